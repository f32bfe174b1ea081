/* fill, nsp: what the two heads of BERT's pre-training say. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "candidates.h"
#include "texts.h"

enum { USUAL = 5 };

/* One pass, and what a head made in it: [B, ...], own reference. */
static bool head_value(struct session *s, const char *name, struct tensor *out, struct err *e)
{
    struct site_ref r;
    return sites_one(s, name, &r, e) && session_encode(s, e) && session_value(s, r.node, out, e);
}

/* ---- fill ------------------------------------------------------------------------------------ */

static const struct arg fill_args[] = {
    {.name = "--top",
     .kind = ARG_INT,
     .help = "candidates shown, 5 when not given",
     .optional = true,
     .lo = 1,
     .hi = 10000},
    {.name = "--at",
     .kind = ARG_IDS,
     .help = "positions that are asked, masked or not",
     .optional = true},
    {.name = "text", .kind = ARG_REST, .help = "a new sentence, [MASK] in it", .optional = true},
    {0},
};

/* The positions that are asked: those given, else where the mask token stands. */
static bool positions(struct session *s, const struct args *a, int32_t *out, int *n, struct err *e)
{
    int given;
    const int32_t *at = args_ids(a, "--at", &given);
    *n = 0;
    for (int i = 0; at != NULL && i < given; i++) {
        if (at[i] < 0 || at[i] >= s->source.n)
            return err_set(e, ERR_COMMAND, "position %d: the source has positions 0-%lld", at[i],
                           (long long)s->source.n - 1) ||
                   args_blame(a, "--at", 0, e);
        if (*n == s->source.n)
            return err_set(e, ERR_COMMAND, "the source has %lld positions, and more are asked",
                           (long long)s->source.n) ||
                   args_blame(a, "--at", 0, e);
        out[(*n)++] = at[i];
    }
    int32_t mask = session_mask(s);
    for (int64_t i = 0; at == NULL && mask >= 0 && i < s->source.n; i++)
        if (s->source.ids[i] == mask)
            out[(*n)++] = (int32_t)i;
    if (*n > 0)
        return true;
    if (mask < 0)
        return err_set(e, ERR_COMMAND, "without a tokenizer no token is known to be the mask") ||
               err_hint(e, "say which positions are asked: fill --at 2");
    char buf[24];
    err_set(e, ERR_COMMAND, "no %s stands in the text", session_piece(s, TOKEN_SOURCE, mask, buf));
    return err_hint(e, "write it where a word is to be found, or ask a position: fill --at 2");
}

/* The k likeliest tokens of one row of logits; returns how many. */
static int best_of(const float *x, int64_t vocab, int k, struct candidate_token *out)
{
    int32_t *ids = mem_alloc((size_t)(k + 1) * sizeof *ids);
    double lse = k_logsumexp(x, vocab);
    int n = k_topk(x, vocab, k, ids);
    for (int i = 0; i < n; i++)
        out[i] = (struct candidate_token){.id = ids[i], .logp = (double)x[ids[i]] - lse};
    free(ids);
    return n;
}

/* The text with the best token at each position asked. */
static void filled_text(struct session *s, const int32_t *ids, struct result *out)
{
    const struct tokenizer *t = s->model->tokenizer[TOKEN_SOURCE];
    struct str text = STR_INIT;
    struct err ignored = ERR_INIT;
    if (t != NULL && tokenizer_decode(t, ids, (size_t)s->source.n, &text, &ignored)) {
        data_add_strn(&out->arena, out->data, "text", text.s, text.len);
        out_begin(out);
        out_span(out, TONE_STRONG, "%s", out_strn(out, text.s, text.len));
    } else {
        data_add_null(&out->arena, out->data, "text");
    }
    struct data *list = data_add_list(&out->arena, out->data, "ids");
    for (int64_t i = 0; i < s->source.n; i++)
        data_add_int(&out->arena, list, NULL, ids[i]);
    str_release(&text);
}

static bool show_fill(struct session *s, const struct tensor *logits, const int32_t *at, int n,
                      int k, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    int64_t vocab = logits->shape[2];
    int32_t *ids = arena_alloc(a, (size_t)s->source.n * sizeof *ids);
    struct candidate_token *c = arena_alloc(a, (size_t)k * sizeof *c);
    struct data *list = data_add_list(a, out->data, "masks");
    for (int64_t i = 0; i < s->source.n; i++)
        ids[i] = s->source.ids[i];
    for (int i = 0; i < n; i++) {
        struct tensor one = tensor_index(logits, 1, at[i]), row;
        one = tensor_index(&one, 0, 0);
        if (!tensor_to_f32(&one, &row, e))
            return false;
        int found = best_of(tensor_f32(&row), vocab, k, c);
        tensor_unref(&row);
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "position", at[i]);
        char buf[24];
        out_begin(out);
        out_span(out, TONE_PLAIN, "position %d  ", at[i]);
        out_span(out, TONE_STRONG, "%s", session_piece(s, TOKEN_SOURCE, s->source.ids[at[i]], buf));
        candidates_show(s, TOKEN_SOURCE, c, 0, found, NULL, out, d);
        if (found > 0)
            ids[at[i]] = c[0].id;
    }
    filled_text(s, ids, out);
    return true;
}

static bool fill_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    struct site_ref r;
    if (!sites_one(s, "mlm.logits", &r, e))
        return false;
    if (text != NULL && !session_text(s, text, n, e))
        return false;
    if (s->source.n == 0)
        return err_set(e, ERR_COMMAND, "fill needs a text") ||
               err_hint(e, "for example: fill TEXT with [MASK] in it");
    int32_t *at = arena_alloc(&out->arena, (size_t)s->source.n * sizeof *at);
    int count;
    struct tensor logits;
    if (!positions(s, a, at, &count, e) || !head_value(s, "mlm.logits", &logits, e))
        return false;
    int64_t k = args_int(a, "--top", USUAL);
    bool ok =
        show_fill(s, &logits, at, count, (int)(k < logits.shape[2] ? k : logits.shape[2]), out, e);
    tensor_unref(&logits);
    return ok;
}

const struct command cmd_fill = {
    .name = "fill",
    .group = GROUP_ENCODER,
    .needs = NEED_VALUES,
    .flags = CMD_RAW,
    .args = fill_args,
    .summary = "What could stand at each [MASK]: the likeliest tokens",
    .help =
        "Sets the input (without a text: takes the present one) and computes one pass. Its steps "
        "can be looked at\n"
        "afterwards:\n"
        "  tokens        the input: [CLS], the text with its [MASK]s, [SEP]\n"
        "  print enc.out, attn enc.0.self.h0\n"
        "                what the layers make of it (shapes lists all values)\n"
        "  print mlm.logits[3]\n"
        "                the head: mlm.pre, mlm.post, mlm.norm and mlm.logits, here of position 3\n"
        "  explain mlm.probs[3,174]\n"
        "                their softmax, the p of the table, for token 174\n"
        "Several masks are filled each by itself, as BERT does. --at asks a position that is not "
        "masked: what would\n"
        "stand there.\n"
        "  fill علی به [MASK] می‌رود\n"
        "  fill --top 10 علی [MASK] مدرسه [MASK]\n"
        "  fill --at 2",
    .exec = fill_exec,
};

/* ---- nsp ------------------------------------------------------------------------------------- */

static const struct arg nsp_args[] = {
    {.name = "texts", .kind = ARG_REST, .help = "A ||| B", .optional = true},
    {0},
};

static void show_nsp(const double x[2], struct result *out)
{
    static const char *const what[] = {"the second text follows the first", "it does not follow"};
    struct arena *a = &out->arena;
    double high = fmax(x[0], x[1]), sum = exp(x[0] - high) + exp(x[1] - high);
    struct data *logits = data_add_list(a, out->data, "logits"),
                *probs = data_add_list(a, out->data, "probs");
    struct table *t = out_table(out, "class> logit> p> | meaning");
    for (int i = 0; i < 2; i++) {
        double p = exp(x[i] - high) / sum;
        struct cell *c = table_row(out, t);
        *c++ = cell_int(i);
        *c++ = cell_num(x[i], "%.4f");
        *c++ = cell_num(p, p < 0.0005 ? "%.1e" : "%.3f");
        *c++ = cell_bar(p);
        *c = cell_str(out, what[i]);
        data_add_num(a, logits, NULL, x[i]);
        data_add_num(a, probs, NULL, p);
    }
    data_add_bool(a, out->data, "follows", x[0] >= x[1]);
}

static bool nsp_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    const char *text = args_text(a, "texts", &n);
    struct texts two;
    struct site_ref r;
    if (!sites_one(s, "nsp.logits", &r, e))
        return false;
    if (text != NULL &&
        (!texts_cut(text, n, &two, e) || !session_pair(s, two.a, two.na, two.b, two.nb, e)))
        return false;
    if (s->source.segments == NULL)
        return err_set(e, ERR_COMMAND, "nsp compares two texts, and there is %s",
                       s->source.n == 0 ? "none" : "one") ||
               err_hint(e, "for example: nsp FIRST TEXT ||| SECOND TEXT");
    struct tensor logits;
    if (!head_value(s, "nsp.logits", &logits, e))
        return false;
    const int64_t first[] = {0, 0}, second[] = {0, 1};
    show_nsp((const double[]){tensor_get(&logits, first), tensor_get(&logits, second)}, out);
    tensor_unref(&logits);
    return true;
}

const struct command cmd_nsp = {
    .name = "nsp",
    .group = GROUP_ENCODER,
    .needs = NEED_VALUES,
    .flags = CMD_RAW,
    .args = nsp_args,
    .summary = "Does the second text follow the first: BERT's next-sentence head",
    .help =
        "Two texts with ||| between them (without: the pair that is set) become one input, and one "
        "pass is computed. Its\n"
        "steps, each of which can be looked at afterwards:\n"
        "  tokens        the input: [CLS] A [SEP] of segment 0, B [SEP] of segment 1\n"
        "  print enc.segment\n"
        "                the vector of its segment that is added to each token\n"
        "  print pooled  what the layers gathered at [CLS], through W and tanh (pooled.first, "
        "pooled.pre)\n"
        "  print nsp.logits, explain nsp.probs[0]\n"
        "                the head: two numbers, and their softmax\n"
        "  nsp علی به مدرسه می‌رود ||| او کتاب دارد",
    .exec = nsp_exec,
};
