/* w2v pairs: the training examples that a window makes of a text, and how many they are. */
#include "words.h"
#include "words/pairs.h"

enum { SHOWN = 40 };

struct counting {
    const struct text *t;
    int64_t window, negatives, most;
    int64_t pairs;   /* inputs of CBOW, pairs of skip-gram */
    int64_t middles; /* words with a neighbour: examples of CBOW */
};

static int64_t length(const struct text *t, int64_t sentence)
{
    return t->from[sentence + 1] - t->from[sentence];
}

static void count(struct counting *c)
{
    for (int64_t s = 0; s < c->t->sentences; s++) {
        int64_t n = length(c->t, s);
        c->pairs += pairs_count(n, c->window);
        c->middles += n > 1 ? n : 0;
    }
}

/* A row for each position of the first sentences: how many words its window holds on either side. */
static void positions(const struct counting *c, struct result *out)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "i> min(i-1,w)> min(L-i,w)> sum> word*");
    struct data *list = data_add_list(a, out->data, "positions");
    for (int64_t s = 0; s < c->t->sentences; s++)
        for (int64_t i = 0, n = length(c->t, s); i < n; i++) {
            if ((int64_t)t->nrows == c->most)
                return;
            const char *word = c->t->vocab.word[c->t->ids[c->t->from[s] + i]];
            int64_t before = pairs_before(i, c->window), after = pairs_after(i, n, c->window);
            struct cell *cell = table_row(out, t);
            cell[0] = cell_int(i + 1);
            cell[1] = cell_int(before);
            cell[2] = cell_int(after);
            cell[3] = cell_int(before + after);
            cell[4] = cell_str(out, word);
            struct data *d = data_add_map(a, list, NULL);
            data_add_int(a, d, "sentence", s + 1);
            data_add_int(a, d, "i", i + 1);
            data_add_str(a, d, "word", word);
            data_add_int(a, d, "before", before);
            data_add_int(a, d, "after", after);
            data_add_int(a, d, "inputs", before + after);
        }
}

/* The words of the window around position i, in order, i itself left out. */
static const char *window_text(const struct counting *c, int64_t s, int64_t i, struct arena *a)
{
    struct str text = STR_INIT;
    int64_t n = length(c->t, s);
    for (int64_t j = i - pairs_before(i, c->window); j <= i + pairs_after(i, n, c->window); j++)
        if (j != i)
            str_addf(&text, "%s%s", text.len > 0 ? " " : "",
                     c->t->vocab.word[c->t->ids[c->t->from[s] + j]]);
    const char *copy = arena_strdup(a, text.s);
    str_release(&text);
    return copy;
}

static void examples_cbow(const struct counting *c, struct result *out)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "#> i> inputs> inputs_->_middle_word*");
    struct data *list = data_add_list(a, out->data, "examples");
    for (int64_t s = 0; s < c->t->sentences; s++)
        for (int64_t i = 0, n = length(c->t, s); i < n && n > 1; i++) {
            if ((int64_t)t->nrows == c->most)
                return;
            const char *inputs = window_text(c, s, i, a),
                       *word = c->t->vocab.word[c->t->ids[c->t->from[s] + i]];
            int64_t k = pairs_before(i, c->window) + pairs_after(i, n, c->window);
            struct cell *cell = table_row(out, t);
            cell[0] = cell_int((int64_t)t->nrows);
            cell[1] = cell_int(i + 1);
            cell[2] = cell_int(k);
            cell[3] = cell_str(out, arena_printf(a, "%s -> %s", inputs, word));
            struct data *d = data_add_map(a, list, NULL);
            data_add_int(a, d, "i", i + 1);
            data_add_str(a, d, "target", word);
            data_add_str(a, d, "inputs", inputs);
        }
}

static void pair(const struct counting *c, int64_t s, int64_t i, int64_t j, struct table *t,
                 struct data *list, struct result *out)
{
    struct arena *a = &out->arena;
    const int32_t *ids = c->t->ids + c->t->from[s];
    const char *target = c->t->vocab.word[ids[i]], *context = c->t->vocab.word[ids[j]];
    struct cell *cell = table_row(out, t);
    cell[0] = cell_int((int64_t)t->nrows);
    cell[1] = cell_int(i + 1);
    cell[2] = cell_int(j + 1);
    cell[3] = cell_str(out, arena_printf(a, "%s -> %s", target, context));
    struct data *d = data_add_map(a, list, NULL);
    data_add_int(a, d, "i", i + 1);
    data_add_int(a, d, "j", j + 1);
    data_add_str(a, d, "target", target);
    data_add_str(a, d, "context", context);
}

static void examples_pairs(const struct counting *c, struct result *out)
{
    struct table *t = out_table(out, "#> i> j> target_->_context*");
    struct data *list = data_add_list(&out->arena, out->data, "pairs");
    for (int64_t s = 0; s < c->t->sentences; s++)
        for (int64_t i = 0, n = length(c->t, s); i < n; i++)
            for (int64_t j = i - pairs_before(i, c->window); j <= i + pairs_after(i, n, c->window);
                 j++) {
                if (j == i)
                    continue;
                if ((int64_t)t->nrows == c->most)
                    return;
                pair(c, s, i, j, t, list, out);
            }
}

/* "(0+2) + (1+2) + (2+2) + ... + (2+0) = 34" */
static void substituted(const struct counting *c, struct result *out)
{
    enum { HEAD = 4, TAIL = 2 };
    struct str text = STR_INIT;
    int64_t n = length(c->t, 0), w = c->window;
    for (int64_t i = 0; i < n; i++) {
        if (i == HEAD && n > HEAD + TAIL) {
            str_add(&text, " + ...");
            i = n - TAIL;
        }
        str_addf(&text, "%s(%lld+%lld)", i > 0 ? " + " : "", (long long)pairs_before(i, w),
                 (long long)pairs_after(i, n, w));
    }
    out_line(out, TONE_PLAIN, "sum over i = 1..L of min(i-1, w) + min(L-i, w), w = %lld",
             (long long)w);
    out_line(out, TONE_PLAIN, "%sL = %lld: %s = %lld", c->t->sentences > 1 ? "sentence 1, " : "",
             (long long)n, text.s, (long long)pairs_count(n, w));
    str_release(&text);
    if (c->t->sentences > 1)
        out_line(out, TONE_PLAIN, "all %lld sentences: %lld", (long long)c->t->sentences,
                 (long long)c->pairs);
}

static void totals(const struct counting *c, bool cbow, struct result *out)
{
    struct arena *a = &out->arena;
    int64_t positive = cbow ? c->middles : c->pairs, each = 1 + c->negatives;
    data_add_int(a, out->data, "words", c->t->n);
    data_add_int(a, out->data, "vocabulary", c->t->vocab.n);
    data_add_int(a, out->data, "sentences", c->t->sentences);
    data_add_int(a, out->data, "window", c->window);
    data_add_int(a, out->data, "negatives", c->negatives);
    data_add_int(a, out->data, "inputs", c->pairs);
    data_add_int(a, out->data, "positive", positive);
    data_add_int(a, out->data, "all", positive * each);
    if (cbow)
        out_line(out, TONE_STRONG, "%lld inputs in %lld examples (a middle word with its window)",
                 (long long)c->pairs, (long long)c->middles);
    else
        out_line(out, TONE_STRONG, "%lld positive pairs (target, context)", (long long)c->pairs);
    if (c->negatives > 0)
        out_line(out, TONE_STRONG,
                 "with %lld negative%s for each: %lld x (%lld+1) = %lld training examples",
                 (long long)c->negatives, c->negatives == 1 ? "" : "s", (long long)positive,
                 (long long)c->negatives, (long long)(positive * each));
}

static bool w2v_pairs_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    struct counting c = {.window = args_int(a, "--window", 2),
                         .negatives = args_int(a, "--negatives", 5),
                         .most = args_int(a, "--max", SHOWN)};
    struct text t;
    const char *name;
    if (c.window < 1)
        return err_set(e, ERR_COMMAND, "a window of %lld makes no pairs; it is at least 1",
                       (long long)c.window) ||
               args_blame(a, "--window", 0, e);
    if (!words_text(a, &out->arena, true, 1, &t, &name, e))
        return false;
    words_note(s, &t);
    c.t = &t;
    count(&c);
    bool cbow = args_has(a, "--cbow");
    bool ok =
        c.pairs > 0 || err_set(e, ERR_COMMAND,
                               t.n == 1 ? "%s is one word: a pair needs two"
                                        : "no sentence of %s has two words: a line is a sentence",
                               name);
    if (ok) {
        out_line(out, TONE_DIM, "%s: %lld words (%d different) in %lld sentence%s", name,
                 (long long)t.n, t.vocab.n, (long long)t.sentences, t.sentences == 1 ? "" : "s");
        if (c.most > 0)
            positions(&c, out);
        substituted(&c, out);
        if (c.most > 0 && cbow)
            examples_cbow(&c, out);
        else if (c.most > 0)
            examples_pairs(&c, out);
        int64_t rows = cbow ? c.middles : c.pairs;
        if (rows > c.most)
            out_line(out, TONE_DIM, "%lld more (--max N shows more)", (long long)(rows - c.most));
        totals(&c, cbow, out);
    }
    text_release(&t);
    return ok;
}

static const struct arg w2v_pairs_args[] = {
    WORDS_FILE_ARG,
    {.name = "--window",
     .kind = ARG_INT,
     .help = "words on either side (2)",
     .hi = INT32_MAX,
     .lo = INT32_MIN},
    {.name = "--negatives", .kind = ARG_INT, .help = "for each pair (5)", .lo = 0, .hi = 1000000},
    {.name = "--cbow", .kind = ARG_FLAG, .help = "the inputs of CBOW instead of pairs"},
    {.name = "--max", .kind = ARG_INT, .help = "rows of the tables (40)", .lo = 0, .hi = 1000000},
    {0},
};

const struct command cmd_w2v_pairs = {
    .name = "w2v pairs",
    .alias = "p",
    .group = GROUP_WORDS,
    .args = w2v_pairs_args,
    .summary = "The training examples that word2vec makes of a text, and their number",
    .help =
        "Skip-gram learns from pairs: the word in the middle of a window (target) and each word "
        "around it (context).\n"
        "Negative sampling adds to each pair some words drawn by lot, to be told apart from the "
        "right one. CBOW has one\n"
        "example a position: the words of the window together (inputs) give the middle one. A "
        "line is a sentence.\n"
        "  w2v pairs corpus.txt --window 2 --negatives 5\n"
        "  w2v pairs علی به مدرسه می‌رود --window 1\n"
        "  w2v pairs corpus.txt --cbow",
    .exec = w2v_pairs_exec,
};
