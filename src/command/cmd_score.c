/* score: the log-probability of a translation that is given. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pairs.h"
#include "session/pass.h"

static const struct arg score_args[] = {
    {.name = "--ids",
     .kind = ARG_IDS,
     .help = "token ids, the end token too if it is to count",
     .optional = true,
     .many = true},
    {.name = "text", .kind = ARG_REST, .help = "the translation", .optional = true},
    {0},
};

/* The tokens to be scored, allocated: of ids as given, of text with the end token. */
static bool target(struct session *s, const struct args *a, int32_t **ids, int64_t *n,
                   struct err *e)
{
    int count;
    const int32_t *given = args_ids(a, "--ids", &count);
    if (given != NULL) {
        int skip = count > 0 && given[0] == s->model->rules.start; /* it stands there anyhow */
        *n = count - skip;
        *ids = mem_alloc((size_t)(count + 1) * sizeof **ids);
        memcpy(*ids, given + skip, (size_t)*n * sizeof **ids);
    } else {
        size_t len;
        const char *text = args_text(a, "text", &len);
        if (text == NULL)
            return err_set(e, ERR_COMMAND, "score: a translation is missing") ||
                   err_hint(e, "usage: score TEXT, or score --ids 5,6,0");
        if (!pairs_encode(s, TOKEN_TARGET, text, len, ids, n, e))
            return s->model->tokenizer[TOKEN_TARGET] != NULL ||
                   err_hint(e, "give ids instead: score --ids 5,6,0");
    }
    bool ok = pairs_check(s, TOKEN_TARGET, *ids, *n, e);
    if (!ok)
        free(*ids);
    return ok;
}

/* Logits [1, n, V] of a pass of its own over start token and target; the session's run is not
 * touched. Interventions hold here too. */
static bool logits_of(struct session *s, struct arena *a, int32_t *ids, int64_t n,
                      struct tensor *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    const struct pair pair = {.target = ids, .ntarget = n};
    struct pass in = {.source = s->source.ids, .nsource = s->source.n};
    bool *keep = arena_alloc(a, (size_t)p->nnodes + 1);
    keep[p->logits] = true;
    in.keep = keep;
    in.target = pairs_fed(s, a, &pair, &in.ntarget);
    if (in.ntarget != n)
        return err_set(e, ERR_COMMAND,
                       "this model has no start token: nothing foretells the first");
    struct run *r = session_pass(s, &in, 0, e);
    bool ok = r != NULL && run_value(r, p->logits, out, e);
    run_free(r);
    return ok;
}

struct scored {
    double logp;
    int64_t rank; /* 1 = the most probable */
};

static struct scored score_of(const struct tensor *logits, int64_t row, int32_t id)
{
    int64_t vocab = logits->shape[2], at[] = {0, row, id}, above = 0;
    double own = tensor_get(logits, at), max = -INFINITY, sum = 0;
    for (at[2] = 0; at[2] < vocab; at[2]++) {
        double v = tensor_get(logits, at);
        max = v > max ? v : max;
        above += v > own || (v == own && at[2] < id);
    }
    for (at[2] = 0; at[2] < vocab; at[2]++)
        sum += exp(tensor_get(logits, at) - max);
    return (struct scored){own - max - log(sum), above + 1};
}

static void draw(struct session *s, struct result *out, const int32_t *ids, int64_t n,
                 const struct tensor *logits)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "#> id> p> log_p> rank> | piece*");
    struct data *list = data_add_list(a, out->data, "tokens");
    double total = 0;
    for (int64_t i = 0; i < n; i++) {
        char buf[24];
        struct scored x = score_of(logits, i, ids[i]);
        const char *piece = session_piece(s, TOKEN_TARGET, ids[i], buf);
        double p = exp(x.logp);
        total += x.logp;
        struct cell *c = table_row(out, t);
        *c++ = cell_int(i);
        *c++ = cell_int(ids[i]);
        *c++ = cell_num(p, p < 0.0005 ? "%.1e" : "%.3f");
        *c++ = cell_num(x.logp, "%.4f");
        *c++ = cell_int(x.rank);
        *c++ = cell_bar(p);
        *c = cell_str(out, piece);
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "id", ids[i]);
        data_add_str(a, d, "piece", piece);
        data_add_num(a, d, "p", p);
        data_add_num(a, d, "logp", x.logp);
        data_add_int(a, d, "rank", x.rank);
    }
    data_add_num(a, out->data, "score", total);
    out_line(out, TONE_STRONG,
             "log p %.4f, %.4f a token (%lld token%s); rank: place among all tokens", total,
             total / (double)n, (long long)n, n == 1 ? "" : "s");
}

static bool score_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    if (s->model->plan->logits < 0)
        return err_set(e, ERR_COMMAND,
                       "this model has no logits: it says no probability of a text");
    int32_t *ids = NULL;
    int64_t n = 0;
    struct tensor logits;
    if (!target(s, a, &ids, &n, e))
        return false;
    bool ok = logits_of(s, &out->arena, ids, n, &logits, e);
    if (ok) {
        draw(s, out, ids, n, &logits);
        tensor_unref(&logits);
    }
    free(ids);
    return ok;
}

const struct command cmd_score = {
    .name = "score",
    .group = GROUP_GENERATE,
    .needs = NEED_WEIGHTS | NEED_TEXT | NEED_DECODER,
    .args = score_args,
    .summary = "Log-probability of a given translation, a token a line",
    .help = "What the model would have said to this translation of the input, its end token "
            "included. The run that is open\n"
            "stays as it is; interventions hold.\n"
            "  score Ali went to school.\n  score --ids 845,1377,0",
    .exec = score_exec,
};
