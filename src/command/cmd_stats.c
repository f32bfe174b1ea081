/* stats and hist: the numbers of a value in figures and as a histogram. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "values.h"

static void stats_row(struct result *out, struct table *t, struct data *list, const char *name,
                      const struct tensor *x)
{
    struct arena *a = &out->arena;
    struct tensor_stats st;
    tensor_stats(x, &st);
    struct data *to = data_add_map(a, list, NULL);
    data_add_str(a, to, "site", name);
    struct data *shape = data_add_list(a, to, "shape");
    for (int i = 0; i < x->ndim; i++)
        data_add_int(a, shape, NULL, x->shape[i]);
    const double figures[] = {st.mean, st.sd, st.min, st.max, st.norm};
    static const char *const keys[] = {"mean", "sd", "min", "max", "norm"};
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, name);
    c[0].tone = TONE_SITE;
    for (int i = 0; i < 5; i++) {
        data_add_num(a, to, keys[i], figures[i]);
        c[1 + i] = cell_num(figures[i], NULL);
    }
    data_add_int(a, to, "nan", st.nan);
    data_add_int(a, to, "inf", st.inf);
    c[6] = cell_int(st.nan);
    c[6].tone = st.nan > 0 ? TONE_BAD : TONE_PLAIN;
    c[7] = cell_int(st.inf);
}

static bool stats_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct data *list = data_add_list(&out->arena, out->data, "sites");
    struct table *t = out_table(out, "site mean> sd> min> max> norm> NaN> inf>");
    bool ok = true;
    for (int i = 0; ok && i < args_count(a, "site"); i++) {
        struct site_ref *v;
        size_t n;
        if (!values_match(s, a, "site", i, &v, &n, e))
            return false;
        for (size_t k = 0; ok && k < n; k++) {
            struct tensor x;
            ok = sites_tensor(s, &v[k], &x, e) || args_blame(a, "site", i, e);
            if (ok) {
                stats_row(out, t, list, values_name(&out->arena, &v[k]), &x);
                tensor_unref(&x);
            }
        }
        free(v);
    }
    return ok;
}

static const struct arg stats_args[] = {
    {.name = "site", .kind = ARG_SITE, .help = "values, globs", .many = true},
    {0},
};

const struct command cmd_stats = {
    .name = "stats",
    .alias = "st",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .args = stats_args,
    .summary = "Mean, deviation, extremes, norm, NaN and infinite counts of values",
    .help = "Mean to norm are over the finite numbers; masked scores are infinite.\n"
            "  stats *.resid_post\n  stats dec.0.cross.scores.h0",
    .exec = stats_exec,
};

/* ---- hist ------------------------------------------------------------------------------------ */

enum { BINS = 20 };

struct histogram {
    double lo, hi;
    int64_t *count;
    int bins;
};

/* Calls add for every number of the tensor. */
static void count_all(const struct tensor *t, struct histogram *h)
{
    int64_t at[TENSOR_DIMS] = {0}, n = tensor_count(t);
    double scale = h->hi > h->lo ? h->bins / (h->hi - h->lo) : 0;
    for (int64_t i = 0; i < n; i++) {
        double v = tensor_get(t, at);
        if (isfinite(v)) {
            int64_t bin = (int64_t)((v - h->lo) * scale);
            h->count[bin < 0 ? 0 : bin >= h->bins ? h->bins - 1 : bin]++;
        }
        for (int k = t->ndim - 1; k >= 0 && ++at[k] == t->shape[k]; k--)
            at[k] = 0;
    }
}

static void draw_histogram(struct session *s, struct result *out, const char *name,
                           const struct histogram *h, const struct tensor_stats *st)
{
    struct arena *a = &out->arena;
    int digits = (int)s->settings.number[SET_PRECISION];
    struct data *edges = data_add_list(a, out->data, "edges"),
                *counts = data_add_list(a, out->data, "counts");
    struct table *t = out_table(out, "from> to> count> |");
    t->title = arena_printf(a, "%s  %lld numbers, mean %.*g sd %.*g", name, (long long)st->count,
                            digits, st->mean, digits, st->sd);
    double width = (h->hi - h->lo) / h->bins;
    int64_t most = 1;
    for (int i = 0; i < h->bins; i++)
        most = h->count[i] > most ? h->count[i] : most;
    data_add_num(a, edges, NULL, h->lo);
    for (int i = 0; i < h->bins; i++) {
        double from = h->lo + i * width, to = i + 1 == h->bins ? h->hi : h->lo + (i + 1) * width;
        data_add_num(a, edges, NULL, to);
        data_add_int(a, counts, NULL, h->count[i]);
        struct cell *c = table_row(out, t);
        c[0] = cell_num(from, NULL);
        c[1] = cell_num(to, NULL);
        c[2] = cell_int(h->count[i]);
        c[3] = cell_bar((double)h->count[i] / (double)most);
    }
    if (st->nan + st->inf > 0)
        out_line(out, TONE_DIM, "not counted: %lld infinite, %lld NaN", (long long)st->inf,
                 (long long)st->nan);
}

static bool hist_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct site_ref r;
    struct tensor t;
    if (!sites_one(s, args_str(a, "site"), &r, e) || !sites_tensor(s, &r, &t, e))
        return args_blame(a, "site", 0, e);
    const char *name = values_name(&out->arena, &r);
    struct tensor_stats st;
    tensor_stats(&t, &st);
    bool ok =
        st.count > st.nan + st.inf || err_set(e, ERR_COMMAND, "%s has no finite number", name);
    if (ok) {
        struct histogram h = {st.min, st.max, NULL, (int)args_int(a, "--bins", BINS)};
        h.count = arena_alloc(&out->arena, (size_t)h.bins * sizeof *h.count);
        data_add_str(&out->arena, out->data, "site", name);
        count_all(&t, &h);
        draw_histogram(s, out, name, &h, &st);
    }
    tensor_unref(&t);
    return ok;
}

static const struct arg hist_args[] = {
    {.name = "--bins",
     .kind = ARG_INT,
     .help = "how many bars (20)",
     .optional = true,
     .lo = 1,
     .hi = 1000},
    {.name = "site", .kind = ARG_SITE, .help = "one value, or a part of it"},
    {0},
};

const struct command cmd_hist = {
    .name = "hist",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .args = hist_args,
    .summary = "Histogram of a value",
    .help = "  hist enc.0.mlp.pre\n  hist logits@0 --bins 40",
    .exec = hist_exec,
};
