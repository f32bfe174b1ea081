/* mlm draw: the exercise that BERT is trained on, made of a text: some tokens are chosen; of these
 * most become [MASK], some another token, some stay, and the model has to say what stood there. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/random.h"
#include "texts.h"
#include "tokens.h"

enum { MOST_DRAWS = 1000000, MOST_NUMBERS = 50000000 };
#define MASKED 0.8
#define RANDOM 0.1
#define KEPT 0.1

enum fate { FATE_LEFT, FATE_MASK, FATE_RANDOM, FATE_SAME, FATE_SPECIAL, FATE_COUNT };
static const char *const fates[] = {"", "[MASK]", "random", "kept", "special"};
static const char *const keys[] = {"left", "mask", "random", "kept", "special"};

struct exercise {
    const struct tokenizer *t;
    struct encoding x;
    uint64_t seed;
    double rate;
    int32_t *ids; /* those that have a piece: what a random token is drawn from */
    int64_t nids;
};

/* What becomes of token i in the d-th draw, by three numbers of its own; *id: what the model gets. */
static enum fate draw(const struct exercise *z, int64_t d, int64_t i, int32_t *id)
{
    const struct token *k = &z->x.tokens[i];
    *id = k->id;
    if (k->special)
        return FATE_SPECIAL;
    if (random_uniform(z->seed, d, 3 * i) >= z->rate)
        return FATE_LEFT;
    double how = random_uniform(z->seed, d, 3 * i + 1);
    if (how < MASKED) {
        *id = tokenizer_mask(z->t);
        return FATE_MASK;
    }
    if (how >= MASKED + RANDOM)
        return FATE_SAME;
    *id = z->ids[(int64_t)(random_uniform(z->seed, d, 3 * i + 2) * (double)z->nids)];
    return FATE_RANDOM;
}

/* ---- one draw -------------------------------------------------------------------------------- */

static void show_draw(struct result *out, const struct exercise *z)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "#> segment> id> chosen input> label> piece*");
    struct data *list = data_add_list(a, out->data, "tokens");
    struct str input = STR_INIT;
    int64_t chosen = 0;
    for (size_t i = 0; i < z->x.n; i++) {
        const struct token *k = &z->x.tokens[i];
        int32_t id;
        enum fate f = draw(z, 0, (int64_t)i, &id);
        bool asked = f == FATE_MASK || f == FATE_RANDOM || f == FATE_SAME;
        const char *piece = out_strn(out, k->piece, k->piece_len);
        chosen += asked;
        str_addf(&input, "%s%s", i > 0 ? " " : "", id == k->id ? piece : tokenizer_piece(z->t, id));
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "id", k->id);
        data_add_strn(a, d, "piece", k->piece, k->piece_len);
        data_add_int(a, d, "segment", k->segment);
        data_add_str(a, d, "fate", keys[f]);
        data_add_int(a, d, "input", id);
        data_add_bool(a, d, "label", asked);
        struct cell *c = table_row(out, t);
        c[0] = cell_int((int64_t)i);
        c[1] = cell_int(k->segment);
        c[2] = cell_int(k->id);
        c[3] = cell_str(out, fates[f]);
        c[3].tone = asked ? TONE_STRONG : TONE_DIM;
        c[4] = cell_int(id);
        c[5] = asked ? cell_int(k->id) : cell_str(out, "-");
        c[6] = cell_str(out, piece);
        c[6].tone = asked ? TONE_STRONG : TONE_PLAIN;
    }
    data_add_int(a, out->data, "chosen", chosen);
    out_begin(out);
    out_span(out, TONE_DIM, "the model gets: ");
    out_span(out, TONE_PLAIN, "%s", input.s);
    out_line(out, TONE_PLAIN,
             chosen == 0
                 ? "nothing was chosen: this text teaches nothing this time (another --seed "
                   "draws again)"
                 : "it is asked for the labels alone: %lld of them",
             (long long)chosen);
    str_release(&input);
}

/* ---- many ------------------------------------------------------------------------------------ */

struct tally {
    int64_t counts[FATE_COUNT], trials;
};

static bool count(struct session *s, const struct exercise *z, int64_t draws, struct tally *t,
                  struct err *e)
{
    for (int64_t d = 0; d < draws; d++) {
        for (size_t i = 0; i < z->x.n; i++) {
            int32_t id;
            t->counts[draw(z, d, (int64_t)i, &id)]++;
        }
        if (d % 4096 == 0 && interrupted()) {
            if (s->hooks.progress != NULL)
                s->hooks.progress(s->hooks.ud, "drawing", 1, true);
            return err_set(e, ERR_INTERRUPT, "interrupted after %lld draws", (long long)d);
        }
        if (d % 65536 == 65535 && s->hooks.progress != NULL)
            s->hooks.progress(s->hooks.ud, "drawing", (double)d / (double)draws, false);
    }
    if (s->hooks.progress != NULL)
        s->hooks.progress(s->hooks.ud, "drawing", 1, true);
    t->trials = draws * (int64_t)z->x.n - t->counts[FATE_SPECIAL];
    return true;
}

/* A count that is so often expected: n p, and give or take its standard deviation. */
static void tally_row(struct result *out, struct table *t, struct data *list, const char *key,
                      const char *name, int64_t had, int64_t trials, double p)
{
    struct arena *a = &out->arena;
    double expected = (double)trials * p, deviation = sqrt(expected * (1 - p));
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "what", key);
    data_add_int(a, d, "count", had);
    data_add_num(a, d, "expected", expected);
    data_add_num(a, d, "deviation", deviation);
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, name);
    c[1] = cell_int(had);
    c[2] = cell_num(trials > 0 ? 100 * (double)had / (double)trials : 0, "%.3f%%");
    c[3] = cell_num(100 * p, "%.3f%%");
    c[4] = cell_num(expected, "%.1f");
    c[5] = cell_num(deviation, "%.1f");
    c[6] = deviation > 0 ? cell_num(((double)had - expected) / deviation, "%+.2f")
                         : cell_str(out, "-");
}

static void show_tally(struct result *out, const struct exercise *z, const struct tally *t,
                       int64_t draws)
{
    struct data *list = data_add_list(&out->arena, out->data, "counts");
    struct table *table = out_table(out, "what count> share> rule> expected> deviation> off_by>");
    const int64_t *n = t->counts;
    table->title = arena_printf(&out->arena, "%lld draws, %lld tokens that may be chosen",
                                (long long)draws, (long long)t->trials);
    tally_row(out, table, list, "chosen", "chosen", n[FATE_MASK] + n[FATE_RANDOM] + n[FATE_SAME],
              t->trials, z->rate);
    tally_row(out, table, list, keys[FATE_MASK], "  [MASK]", n[FATE_MASK], t->trials,
              z->rate * MASKED);
    tally_row(out, table, list, keys[FATE_RANDOM], "  random", n[FATE_RANDOM], t->trials,
              z->rate * RANDOM);
    tally_row(out, table, list, keys[FATE_SAME], "  kept", n[FATE_SAME], t->trials, z->rate * KEPT);
    out_line(out, TONE_DIM, "off by: in standard deviations; beyond 3 once in some hundred times");
}

/* ---- */

static bool encode(const struct tokenizer *t, const char *text, size_t n, struct encoding *x,
                   struct err *e)
{
    struct texts p;
    if (memmem(text, n, "|||", 3) == NULL)
        return tokenizer_encode(t, text, n, true, x, e);
    return texts_cut(text, n, &p, e) && tokenizer_encode_pair(t, p.a, p.na, p.b, p.nb, x, e);
}

static void collect_ids(struct exercise *z)
{
    int32_t size = tokenizer_size(z->t);
    z->ids = mem_alloc(((size_t)size + 1) * sizeof *z->ids);
    for (int32_t id = 0; id < size; id++)
        if (tokenizer_piece(z->t, id) != NULL && !tokenizer_is_special(z->t, id))
            z->ids[z->nids++] = id;
}

static bool mlm_draw_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    int64_t draws = args_int(a, "--draws", 1), ordinary = 0;
    struct exercise z = {
        .t = tokens_tokenizer(s, TOKEN_SOURCE, e),
        .seed = (uint64_t)args_int(a, "--seed", s->settings.number[SET_SEED]),
        .rate = args_num(a, "--rate", 0.15),
    };
    if (z.t == NULL)
        return false;
    if (tokenizer_mask(z.t) < 0)
        return err_set(e, ERR_COMMAND,
                       "this tokenizer (%s) has no [MASK]: its models are not "
                       "trained so",
                       tokenizer_kind(z.t));
    if (!(z.rate > 0 && z.rate <= 1))
        return err_set(e, ERR_COMMAND, "the rate must be above 0 and at most 1") ||
               args_blame(a, "--rate", 0, e);
    if (!encode(z.t, text, n, &z.x, e))
        return args_blame(a, "text", 0, e);
    for (size_t i = 0; i < z.x.n; i++)
        ordinary += !z.x.tokens[i].special;
    bool ok = true;
    if (ordinary == 0)
        ok = err_set(e, ERR_COMMAND, "the text has special tokens alone: none may be chosen") ||
             args_blame(a, "text", 0, e);
    else if (draws > MOST_NUMBERS / (int64_t)z.x.n)
        ok = err_set(e, ERR_COMMAND, "%lld draws of %zu tokens are too many: at most %lld",
                     (long long)draws, z.x.n, (long long)(MOST_NUMBERS / (int64_t)z.x.n)) ||
             args_blame(a, "--draws", 0, e);
    collect_ids(&z);
    if (ok) {
        data_add_int(&out->arena, out->data, "seed", (int64_t)z.seed);
        show_draw(out, &z);
    }
    if (ok && draws > 1) {
        struct tally t = {0};
        ok = count(s, &z, draws, &t, e);
        if (ok)
            show_tally(out, &z, &t, draws);
    }
    free(z.ids);
    encoding_release(&z.x);
    return ok;
}

static const struct arg mlm_draw_args[] = {
    {.name = "--seed",
     .kind = ARG_INT,
     .help = "another one draws differently (the setting)",
     .optional = true,
     .lo = 0,
     .hi = INT64_MAX},
    {.name = "--rate", .kind = ARG_NUM, .help = "share of tokens chosen (0.15)", .optional = true},
    {.name = "--draws",
     .kind = ARG_INT,
     .help = "draw so often and hold the counts against the rule",
     .optional = true,
     .lo = 1,
     .hi = MOST_DRAWS},
    {.name = "text", .kind = ARG_REST, .help = "a text, or A ||| B"},
    {0},
};

const struct command cmd_mlm_draw = {
    .name = "mlm draw",
    .group = GROUP_ENCODER,
    .needs = NEED_MODEL | NEED_TOKENIZER,
    .flags = CMD_RAW,
    .args = mlm_draw_args,
    .summary = "Draw a training exercise of BERT from a text: 15 % chosen, 80/10/10",
    .help = "Each token but the special ones is chosen with the rate 0.15; of the chosen ones 80 % "
            "become [MASK], 10 % another\n"
            "token drawn from the vocabulary, 10 % stay as they are; the label is the token that "
            "stood there. --draws N counts what\n"
            "came of N draws beside what the rule expects.\n"
            "  mlm draw علی به مدرسه می‌رود\n"
            "  mlm draw --seed 3 --draws 10000 علی آمد ||| او رفت",
    .exec = mlm_draw_exec,
};
