/* similarity: how alike two sentences are to an encoder, under each way of pooling, with what every
 * token has in it; or all sentences of a file. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "sentence.h"
#include "session/corpus.h"
#include "texts.h"

enum { NEIGHBOURS = 3, MOST_SENTENCES = 5000 };

/* ---- two sentences --------------------------------------------------------------------------- */

static void add_number(struct arena *a, struct data *to, const char *key, double v)
{
    if (isnan(v))
        data_add_null(a, to, key);
    else
        data_add_num(a, to, key, v);
}

static struct cell number(struct result *out, double v, const char *fmt)
{
    return isnan(v) ? cell_str(out, "-") : cell_num(v, fmt);
}

static void poolings(struct result *out, const struct sentence *a, const struct sentence *b)
{
    static const char *const about[] = {"the first token's state, [CLS]", "the mean of all tokens",
                                        "the largest in each dimension", "the model's own modules"};
    struct arena *r = &out->arena;
    struct table *t = out_table(out, "pooling cosine> | length_a> length_b> vector");
    struct data *list = data_add_list(r, out->data, "poolings");
    for (enum pooling k = POOLING_CLS; k < POOLING_COUNT; k++) {
        if (a->vector[k] == NULL)
            continue;
        int64_t n = k == POOLING_MODEL ? a->own_width : a->width;
        double c = sentence_cosine(a, b, k), la = vector_length(a->vector[k], n),
               lb = vector_length(b->vector[k], n);
        struct data *d = data_add_map(r, list, NULL);
        data_add_str(r, d, "pooling", pooling_name(k));
        add_number(r, d, "cosine", c);
        data_add_num(r, d, "length_first", la);
        data_add_num(r, d, "length_second", lb);
        struct cell *row = table_row(out, t);
        row[0] = cell_str(out, pooling_name(k));
        row[1] = number(out, c, "%.4f");
        row[1].tone = TONE_STRONG;
        row[2] = cell_bar(isnan(c) ? 0 : c);
        row[3] = cell_num(la, "%.3f");
        row[4] = cell_num(lb, "%.3f");
        row[5] = cell_str(out, about[k]);
    }
}

/* What each token of x has in the mean's cosine and in the maximum. */
static void contributions(struct session *s, struct result *out, const char *key, const char *title,
                          const struct sentence *x, const struct sentence *other)
{
    struct arena *r = &out->arena;
    double *shares = mem_alloc((size_t)x->n * sizeof *shares), most = 0, sum = 0;
    sentence_shares(x, other, shares);
    for (int64_t i = 0; i < x->n; i++)
        most = fabs(shares[i]) > most ? fabs(shares[i]) : most;
    struct data *d = data_add_map(r, out->data, key);
    data_add_strn(r, d, "text", x->text, x->len);
    struct data *list = data_add_list(r, d, "tokens");
    struct table *t = out_table(out, "#> in_the_mean> | maxima> of_all> piece*");
    t->title = title;
    for (int64_t i = 0; i < x->n; i++) {
        char buf[24];
        const char *piece = session_piece(s, TOKEN_SOURCE, x->ids[i], buf);
        double part = (double)x->wins[i] / (double)x->width;
        sum += shares[i];
        struct data *to = data_add_map(r, list, NULL);
        data_add_int(r, to, "id", x->ids[i]);
        data_add_str(r, to, "piece", piece);
        add_number(r, to, "share", shares[i]);
        data_add_int(r, to, "maxima", x->wins[i]);
        struct cell *row = table_row(out, t);
        row[0] = cell_int(i);
        row[1] = number(out, shares[i], "%+.4f");
        row[2] = cell_bar(most > 0 ? shares[i] / most : 0);
        row[3] = cell_int(x->wins[i]);
        row[4] = cell_num(100 * part, "%.1f%%");
        row[5] = cell_str(out, piece);
    }
    struct data *winners = data_add_list(r, d, "winners");
    for (int64_t k = 0; k < x->width; k++)
        data_add_int(r, winners, NULL, x->winner[k]);
    t->footer = arena_printf(r, "sum %.4f: the cosine of the means; %lld dimensions", sum,
                             (long long)x->width);
    free(shares);
}

static bool two(struct session *s, const char *text, size_t n, struct result *out, struct err *e)
{
    struct texts p;
    struct sentence a, b;
    if (!texts_cut(text, n, &p, e) || !sentence_open(s, p.a, p.na, "the first text", &a, e))
        return false;
    if (!sentence_open(s, p.b, p.nb, "the second text", &b, e)) {
        sentence_release(&a);
        return false;
    }
    poolings(out, &a, &b);
    contributions(s, out, "first", "the first text's tokens", &a, &b);
    contributions(s, out, "second", "the second text's tokens", &b, &a);
    sentence_release(&a);
    sentence_release(&b);
    return true;
}

/* ---- a file ---------------------------------------------------------------------------------- */

struct many {
    struct sentence *v;
    int64_t n;
    enum pooling pooling;
    double *cosines; /* [n, n] */
};

static void release_many(struct many *m)
{
    for (int64_t i = 0; i < m->n; i++)
        sentence_release(&m->v[i]);
    free(m->v);
    free(m->cosines);
}

static bool check_count(const char *path, int64_t n, struct err *e)
{
    if (n < 2)
        return err_set(e, ERR_COMMAND, "%s has %s: two sentences at least can be compared", path,
                       n == 0 ? "no lines" : "one line");
    return n <= MOST_SENTENCES ||
           err_set(e, ERR_COMMAND, "%s has %lld lines; at most %d are compared", path, (long long)n,
                   MOST_SENTENCES);
}

static bool read_one(struct session *s, struct corpus *c, int64_t line, const char *path,
                     struct sentence *out, struct err *e)
{
    const char *text;
    size_t n, blank = 0;
    char what[48];
    snprintf(what, sizeof what, "line %lld", (long long)line);
    if (!corpus_line(c, line, &text, &n, e))
        return false;
    while (blank < n && (text[blank] == ' ' || text[blank] == '\t'))
        blank++;
    if (blank == n)
        return err_set(e, ERR_COMMAND, "%s: line %lld is empty; each line is a sentence", path,
                       (long long)line);
    if (interrupted())
        return err_set(e, ERR_INTERRUPT, "interrupted after %lld sentences", (long long)line - 1);
    return sentence_open(s, text, n, what, out, e) || err_wrap(e, "%s", path);
}

static bool read_many(struct session *s, struct corpus *c, const char *path, struct many *m,
                      struct err *e)
{
    int64_t count = corpus_count(c);
    bool ok = check_count(path, count, e);
    if (ok)
        m->v = mem_alloc((size_t)count * sizeof *m->v);
    while (ok && m->n < count) {
        ok = read_one(s, c, m->n + 1, path, &m->v[m->n], e);
        if (ok)
            sentence_forget(&m->v[m->n++]);
        if (s->hooks.progress != NULL)
            s->hooks.progress(s->hooks.ud, "sentences", (double)m->n / (double)count, false);
    }
    if (s->hooks.progress != NULL)
        s->hooks.progress(s->hooks.ud, "sentences", 1, true);
    return ok;
}

static void compare(struct many *m)
{
    m->cosines = mem_alloc((size_t)(m->n * m->n) * sizeof *m->cosines);
    for (int64_t i = 0; i < m->n; i++)
        for (int64_t k = i; k < m->n; k++) {
            double c = sentence_cosine(&m->v[i], &m->v[k], m->pooling);
            if (k == i && !isnan(c))
                c = 1; /* whatever rounding says */
            m->cosines[i * m->n + k] = m->cosines[k * m->n + i] = c;
        }
}

static bool draw_matrix(struct result *out, const struct many *m, struct err *e)
{
    struct tensor t;
    const int64_t shape[] = {m->n, m->n};
    if (!tensor_new(&t, DT_F32, 2, shape, "the matrix", e))
        return false;
    for (int64_t i = 0; i < m->n * m->n; i++)
        tensor_f32(&t)[i] = isnan(m->cosines[i]) ? 0 : (float)m->cosines[i];
    struct heat *h = out_heat(out, 1);
    h->title =
        arena_printf(&out->arena, "cosine of sentences, %s pooling", pooling_name(m->pooling));
    h->panels[0].t = t;
    h->row_name = "line";
    h->col_name = "line";
    h->row0 = h->col0 = 1;
    h->lo = m->cosines[0];
    h->hi = 1;
    for (int64_t i = 0; i < m->n * m->n; i++)
        h->lo = m->cosines[i] < h->lo ? m->cosines[i] : h->lo;
    struct arena *a = &out->arena;
    struct data *rows = data_add_list(a, out->data, "matrix");
    for (int64_t i = 0; i < m->n; i++) {
        struct data *row = data_add_list(a, rows, NULL);
        for (int64_t k = 0; k < m->n; k++)
            add_number(a, row, NULL, m->cosines[i * m->n + k]);
    }
    return true;
}

/* The best of row i that is not i and not yet taken; -1: none. */
static int64_t nearest(const struct many *m, int64_t i, const bool *taken)
{
    int64_t best = -1;
    for (int64_t k = 0; k < m->n; k++) {
        double c = m->cosines[i * m->n + k];
        if (k != i && !taken[k] && !isnan(c) && (best < 0 || c > m->cosines[i * m->n + best]))
            best = k;
    }
    return best;
}

static void draw_neighbours(struct result *out, const struct many *m, int64_t count)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "line> nearest> cosine> sentence*");
    struct data *list = data_add_list(a, out->data, "sentences");
    bool *taken = mem_alloc((size_t)m->n * sizeof *taken);
    for (int64_t i = 0; i < m->n; i++) {
        struct cell *row = table_row(out, t);
        row[0] = cell_int(i + 1);
        row[3] = cell_str(out, out_strn(out, m->v[i].text, m->v[i].len));
        row[3].tone = TONE_STRONG;
        struct data *d = data_add_map(a, list, NULL);
        data_add_strn(a, d, "text", m->v[i].text, m->v[i].len);
        struct data *near = data_add_list(a, d, "neighbours");
        for (int64_t k = 0; k < m->n; k++)
            taken[k] = false;
        for (int64_t k = 0, best; k < count && (best = nearest(m, i, taken)) >= 0; k++) {
            double c = m->cosines[i * m->n + best];
            taken[best] = true;
            struct data *to = data_add_map(a, near, NULL);
            data_add_int(a, to, "line", best + 1);
            data_add_num(a, to, "cosine", c);
            row = table_row(out, t);
            row[1] = cell_int(best + 1);
            row[2] = cell_num(c, "%.4f");
            row[3] = cell_str(out, out_strn(out, m->v[best].text, m->v[best].len));
        }
    }
    free(taken);
}

static bool pooling_of(const struct args *a, const struct many *m, enum pooling *out, struct err *e)
{
    const char *name = args_str(a, "--pooling");
    bool own = m->v[0].vector[POOLING_MODEL] != NULL;
    *out = own ? POOLING_MODEL : POOLING_MEAN;
    for (enum pooling k = POOLING_CLS; name != NULL && k < POOLING_COUNT; k++)
        if (strcmp(name, pooling_name(k)) == 0)
            *out = k;
    if (*out != POOLING_MODEL || own)
        return true;
    err_set(e, ERR_COMMAND, "this model gives no sentence vector of its own (no modules.json)");
    err_hint(e, "cls, mean and max are there for every encoder");
    return args_blame(a, "--pooling", 0, e);
}

static bool file(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *path = args_str(a, "--file");
    struct corpus *c;
    struct many m = {0};
    if (!corpus_open(path, &c, e))
        return args_blame(a, "--file", 0, e);
    bool ok = read_many(s, c, path, &m, e) || args_blame(a, "--file", 0, e);
    ok = ok && pooling_of(a, &m, &m.pooling, e);
    if (ok) {
        compare(&m);
        data_add_str(&out->arena, out->data, "pooling", pooling_name(m.pooling));
        ok = draw_matrix(out, &m, e);
    }
    if (ok)
        draw_neighbours(out, &m, args_int(a, "--neighbours", NEIGHBOURS));
    release_many(&m);
    corpus_free(c);
    return ok;
}

static bool similarity_exec(struct session *s, const struct args *a, struct result *out,
                            struct err *e)
{
    size_t n;
    const char *text = args_text(a, "texts", &n);
    if (args_has(a, "--pairs") && (text != NULL || args_has(a, "--file")))
        return err_set(e, ERR_COMMAND, "similarity --pairs takes a file and nothing else");
    if (args_has(a, "--pairs"))
        return similarity_pairs(s, args_str(a, "--pairs"), out, e) ||
               args_blame(a, "--pairs", 0, e);
    if (args_has(a, "--file"))
        return text == NULL ? file(s, a, out, e)
                            : err_set(e, ERR_COMMAND, "similarity --file takes no text after it");
    if (args_has(a, "--pooling") || args_has(a, "--neighbours"))
        return err_set(e, ERR_COMMAND,
                       "--pooling and --neighbours are for --file: two texts are "
                       "shown under each pooling");
    if (text == NULL)
        return err_set(e, ERR_COMMAND, "similarity: two texts are missing") ||
               err_hint(e, "usage: similarity FIRST TEXT ||| SECOND TEXT");
    return two(s, text, n, out, e) || args_blame(a, "texts", 0, e);
}

static const struct arg similarity_args[] = {
    {.name = "--file",
     .kind = ARG_FILE,
     .help = "all sentences of a file, one a line",
     .optional = true},
    {.name = "--pooling",
     .kind = ARG_CHOICE,
     .help = "of --file: the model's own where it has one, else mean",
     .optional = true,
     .choices = "cls|mean|max|model"},
    {.name = "--neighbours",
     .kind = ARG_INT,
     .help = "of --file: nearest sentences of each (3)",
     .optional = true,
     .lo = 0,
     .hi = MOST_SENTENCES},
    {.name = "--pairs",
     .kind = ARG_FILE,
     .help = "pairs with the score that people gave: FIRST TAB SECOND TAB SCORE",
     .optional = true},
    {.name = "texts", .kind = ARG_REST, .help = "A ||| B", .optional = true},
    {0},
};

const struct command cmd_similarity = {
    .name = "similarity",
    .alias = "sim",
    .group = GROUP_ENCODER,
    .needs = NEED_MODEL | NEED_WEIGHTS | NEED_TOKENIZER,
    .flags = CMD_RAW,
    .args = similarity_args,
    .summary = "How alike sentences are to an encoder, under each pooling",
    .help =
        "The states of a sentence's tokens become one vector: the first token's (cls), the "
        "mean, or the maximum in each\n"
        "dimension. Two sentences are shown under all of them, with what each token adds to the "
        "cosine of the means (the\n"
        "shares sum to it) and in how many dimensions it has the maximum. --file compares all "
        "sentences of a file and\n"
        "names the nearest ones of each.\n"
        "  similarity علی به مدرسه می‌رود ||| دختر به خانه رفت\n"
        "  similarity --file sentences.txt --pooling mean",
    .exec = similarity_exec,
};
