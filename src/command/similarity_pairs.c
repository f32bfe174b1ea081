/* Pairs of sentences with the scores that people gave them: how well the order of the cosines agrees
 * with theirs, under each pooling. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/str.h"
#include "sentence.h"
#include "session/corpus.h"

enum { MOST_PAIRS = 100000, LONGEST_SCORE = 64 };

struct scored {
    int64_t n;
    double *gold;                   /* [n] */
    double *cosines[POOLING_COUNT]; /* [n] each; NULL: the model has none of this */
};

static bool read_score(const char *s, size_t n, double *out)
{
    char text[LONGEST_SCORE];
    if (n == 0 || n >= sizeof text || memchr(s, '\0', n) != NULL)
        return false;
    memcpy(text, s, n);
    text[n] = '\0';
    return str_double(text, out) && isfinite(*out);
}

/* "first TAB second TAB score". */
static bool cut(const char *line, size_t n, const char **second, const char **score)
{
    *second = memchr(line, '\t', n);
    *score = *second ? memchr(*second + 1, '\t', n - (size_t)(*second + 1 - line)) : NULL;
    return *score != NULL && *second > line && *score > *second + 1;
}

static bool score_pair(struct session *s, const char *line, size_t n, struct scored *z,
                       struct err *e)
{
    const char *tab, *last;
    double gold;
    struct sentence a, b;
    if (!cut(line, n, &tab, &last) || !read_score(last + 1, n - (size_t)(last + 1 - line), &gold))
        return err_set(e, ERR_COMMAND, "two sentences and a score are wanted, tabs between them");
    if (!sentence_open(s, line, (size_t)(tab - line), "the first text", &a, e))
        return false;
    if (!sentence_open(s, tab + 1, (size_t)(last - tab - 1), "the second text", &b, e)) {
        sentence_release(&a);
        return false;
    }
    for (enum pooling k = POOLING_CLS; k < POOLING_COUNT; k++)
        if (a.vector[k] != NULL)
            z->cosines[k][z->n] = sentence_cosine(&a, &b, k);
    z->gold[z->n++] = gold;
    sentence_release(&a);
    sentence_release(&b);
    return true;
}

static bool score_all(struct session *s, struct corpus *c, const char *path, struct scored *z,
                      struct err *e)
{
    int64_t count = corpus_count(c);
    bool ok = true;
    if (count < 2 || count > MOST_PAIRS)
        return err_set(e, ERR_COMMAND, "%s has %lld line%s; 2 to %d pairs can be ranked", path,
                       (long long)count, count == 1 ? "" : "s", MOST_PAIRS);
    size_t bytes = (size_t)count * sizeof(double);
    z->gold = mem_alloc(bytes);
    for (int k = 0; k < POOLING_COUNT; k++)
        z->cosines[k] = mem_alloc(bytes);
    for (int64_t line = 1; ok && line <= count; line++) {
        const char *text;
        size_t n;
        ok = (corpus_line(c, line, &text, &n, e) && score_pair(s, text, n, z, e)) ||
             err_wrap(e, "%s, line %lld", path, (long long)line);
        if (ok && interrupted())
            ok = err_set(e, ERR_INTERRUPT, "interrupted after %lld pairs", (long long)line);
        if (s->hooks.progress != NULL)
            s->hooks.progress(s->hooks.ud, "pairs", (double)line / (double)count, false);
    }
    if (s->hooks.progress != NULL)
        s->hooks.progress(s->hooks.ud, "pairs", 1, true);
    return ok;
}

static void show(struct session *s, struct result *out, const struct scored *z)
{
    struct arena *a = &out->arena;
    bool own = plan_site(s->model->plan, "embedding") >= 0;
    struct table *t = out_table(out, "pooling Spearman> |");
    struct data *list = data_add_list(a, out->data, "poolings");
    data_add_int(a, out->data, "pairs", z->n);
    for (enum pooling k = POOLING_CLS; k < POOLING_COUNT; k++) {
        if (k == POOLING_MODEL && !own)
            continue;
        double r = rank_correlation(z->cosines[k], z->gold, z->n);
        struct data *d = data_add_map(a, list, NULL);
        data_add_str(a, d, "pooling", pooling_name(k));
        if (isnan(r))
            data_add_null(a, d, "spearman");
        else
            data_add_num(a, d, "spearman", r);
        struct cell *c = table_row(out, t);
        c[0] = cell_str(out, pooling_name(k));
        c[1] = isnan(r) ? cell_str(out, "-") : cell_num(r, "%.4f");
        c[1].tone = TONE_STRONG;
        c[2] = cell_bar(isnan(r) ? 0 : r);
    }
    enum pooling shown = own ? POOLING_MODEL : POOLING_MEAN;
    struct plot *p = out_plot(out, 1, (int)z->n);
    p->title = arena_printf(a, "%lld pairs, %s pooling", (long long)z->n, pooling_name(shown));
    p->x_name = "score that people gave";
    p->y_name = "cosine";
    p->points = true;
    for (int64_t i = 0; i < z->n; i++) {
        p->series[0].x[i] = z->gold[i];
        p->series[0].y[i] = z->cosines[shown][i];
    }
    struct data *gold = data_add_list(a, out->data, "scores"),
                *cosines = data_add_list(a, out->data, "cosines");
    for (int64_t i = 0; i < z->n; i++) {
        data_add_num(a, gold, NULL, z->gold[i]);
        if (isnan(z->cosines[shown][i]))
            data_add_null(a, cosines, NULL);
        else
            data_add_num(a, cosines, NULL, z->cosines[shown][i]);
    }
}

bool similarity_pairs(struct session *s, const char *path, struct result *out, struct err *e)
{
    struct corpus *c;
    struct scored z = {0};
    if (!corpus_open(path, &c, e))
        return false;
    bool ok = score_all(s, c, path, &z, e);
    if (ok)
        show(s, out, &z);
    free(z.gold);
    for (int k = 0; k < POOLING_COUNT; k++)
        free(z.cosines[k]);
    corpus_free(c);
    return ok;
}
