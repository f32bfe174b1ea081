/* count: parameters, activations, operations and memory, as formula, with sizes, and as numbers. */
#include "cmd_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- what is counted ------------------------------------------------------------------------- */

static const char *const words[] = {"parameters", "numbers", "operations"};
static const char *const keys[] = {"params", "activations", "flops"};

/* A second name of a value that was made elsewhere: dec.1.resid_pre is the last norm of layer 0. */
static bool second_name(const struct plan *p, const struct site_ref *r)
{
    return !r->result && strcmp(r->name, p->nodes[r->node].name) != 0;
}

/* The sites of the arguments as one list; NULL when there are none. */
static bool find_sites(struct session *s, const struct args *a, struct site_ref **out, size_t *n,
                       struct err *e)
{
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    for (int i = 0; i < args_count(a, "site"); i++) {
        struct site_ref *v;
        size_t k;
        if (!values_match(s, a, "site", i, &v, &k, e))
            return false;
        bool several = k > 1; /* a whole layer is what was made in it */
        for (size_t j = 0; j < k; j++)
            if (!several || !second_name(s->model->plan, &v[j]))
                ARRAY_PUSH(*out, *n, cap) = v[j];
        free(v);
    }
    /* A value may have several names, and several patterns may match it: it counts once. */
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++) {
        size_t k = 0;
        while (k < kept && ((*out)[k].node != (*out)[i].node || (*out)[k].head != (*out)[i].head))
            k++;
        if (k == kept)
            (*out)[kept++] = (*out)[i];
    }
    *n = kept;
    return true;
}

/* ---- rows ------------------------------------------------------------------------------------ */

struct shown {
    const struct plan *p;
    const struct binding *b;
    struct result *out;
    struct table *t;
    struct data *list;
    double total; /* of everything, 0 = not known */
};

static const char *text_of(struct arena *a, struct str *t)
{
    const char *copy = arena_strdup(a, t->s);
    str_clear(t);
    return copy;
}

static struct cell number(struct result *out, const struct plan *p, const struct sum *x,
                          const struct binding *b)
{
    int64_t whole;
    if (!sum_known(p, x, b))
        return cell_str(out, "?");
    double d = sum_value(p, x, b, &whole);
    return cell_str(out, values_grouped(&out->arena, d, whole));
}

static void data_number(struct arena *a, struct data *to, const char *key, const struct plan *p,
                        const struct sum *x, const struct binding *b)
{
    int64_t whole;
    double d = sum_value(p, x, b, &whole);
    if (!sum_known(p, x, b))
        data_add_null(a, to, key);
    else if (whole == INT64_MAX)
        data_add_num(a, to, key, d);
    else
        data_add_int(a, to, key, whole);
}

/* A line for each term, then what the layers make together. */
static void group_rows(const struct shown *w, const struct count_group *g)
{
    struct arena *a = &w->out->arena;
    struct str t = STR_INIT;
    struct sum all = {0};
    sum_add_all(&all, &g->each, g->times);
    struct cell *c = NULL;
    for (size_t i = 0; i < g->each.n; i++) {
        struct sum term = {.terms = &g->each.terms[i], .n = 1};
        c = table_row(w->out, w->t);
        c[0] = cell_str(w->out, i == 0 ? g->name : "");
        sum_formula(w->p, &term, &t);
        c[1] = cell_str(w->out, text_of(a, &t));
        sum_numbers(w->p, &term, w->b, &t);
        c[2] = cell_str(w->out, text_of(a, &t));
        c[3] = number(w->out, w->p, &term, w->b);
    }
    if (g->each.n == 0) {
        c = table_row(w->out, w->t);
        c[0] = cell_str(w->out, g->name);
        c[1] = cell_str(w->out, g->tied != NULL ? "tied:" : "0");
        c[2] = cell_str(w->out, g->tied != NULL ? g->tied : "");
        c[3] = cell_int(0);
    } else if (g->each.n > 1 || g->times > 1) {
        c = table_row(w->out, w->t);
        int64_t whole;
        double one = sum_value(w->p, &g->each, w->b, &whole);
        const char *each = sum_known(w->p, &g->each, w->b) ? values_grouped(a, one, whole) : "?";
        c[1] = cell_str(w->out, g->times > 1 ? "all layers" : "sum");
        c[2] = cell_str(
            w->out, g->times > 1 ? arena_printf(a, "%lld * %s", (long long)g->times, each) : "");
        c[3] = number(w->out, w->p, &all, w->b);
        c[1].tone = c[2].tone = TONE_DIM;
    }
    c[0].tone = TONE_SITE;
    if (w->total > 0)
        c[4] = cell_str(
            w->out, arena_printf(a, "%.1f %%", 100 * sum_value(w->p, &all, w->b, NULL) / w->total));
    struct data *d = data_add_map(a, w->list, NULL);
    data_add_str(a, d, "name", g->name);
    data_add_int(a, d, "times", g->times);
    sum_formula(w->p, &g->each, &t);
    data_add_str(a, d, "formula", t.s);
    str_clear(&t);
    sum_numbers(w->p, &g->each, w->b, &t);
    data_add_str(a, d, "numbers", t.s);
    data_number(a, d, "each", w->p, &g->each, w->b);
    data_number(a, d, "total", w->p, &all, w->b);
    if (g->tied != NULL)
        data_add_str(a, d, "tied", g->tied);
    str_release(&t);
    sum_release(&all);
}

/* Sorting needs the numbers; groups with the same keep their order. */
struct ordered {
    size_t at;
    double size;
    const char *name;
};

static int by_size(const void *x, const void *y)
{
    const struct ordered *a = x, *b = y;
    if (a->size != b->size)
        return a->size < b->size ? 1 : -1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static int by_name(const void *x, const void *y)
{
    const struct ordered *a = x, *b = y;
    int c = strcmp(a->name, b->name);
    return c != 0 ? c : a->at < b->at ? -1 : a->at > b->at;
}

static struct ordered *order(const struct shown *w, const struct counts *c, const char *sort)
{
    struct ordered *v = mem_alloc((c->n + 1) * sizeof *v);
    for (size_t i = 0; i < c->n; i++)
        v[i] = (struct ordered){
            i, (double)c->groups[i].times * sum_value(w->p, &c->groups[i].each, w->b, NULL),
            c->groups[i].name};
    if (sort != NULL && c->n > 0)
        qsort(v, c->n, sizeof *v, strcmp(sort, "name") == 0 ? by_name : by_size);
    return v;
}

static void tell_growth(struct session *s, const struct binding *b, struct result *out)
{
    struct growth_sums g;
    growth_init(&g, s->model->plan, b->b);
    counts_crossing(out, &g);
    growth_release(&g);
}

static void footer(struct session *s, enum count_kind kind, const struct counts *c, bool all,
                   const struct shown *w)
{
    struct result *out = w->out;
    struct arena *a = &out->arena;
    int64_t whole;
    double d = sum_value(w->p, &c->total, w->b, &whole);
    if (!sum_known(w->p, &c->total, w->b))
        out_line(out, TONE_PLAIN, "the lengths are not known: --len N and --batch N give them");
    else
        out_line(out, TONE_STRONG, "total %s %s", values_grouped(a, d, whole), words[kind]);
    if (kind == COUNT_PARAMS)
        out_line(out, TONE_DIM,
                 "neither batch nor length stands in a formula: parameters do not depend on them");
    if (kind == COUNT_FLOPS && all)
        tell_growth(s, w->b, out);
    if (kind == COUNT_ACTIVATIONS)
        out_line(out, TONE_DIM, "numbers that a pass makes, not numbers that were learned");
}

static bool count_kind(struct session *s, const struct args *a, enum count_kind kind,
                       struct result *out, struct err *e)
{
    static const char *const by_words[] = {"part", "layer", "site"};
    const char *by_text = args_str(a, "--by");
    struct binding b = values_binding(s, a);
    struct site_ref *sites;
    size_t n;
    struct counts c = {0};
    bool ok = find_sites(s, a, &sites, &n, e);
    enum count_by by = sites != NULL ? COUNT_BY_SITE : COUNT_BY_PART;
    for (int i = 0; by_text != NULL && i < 3; i++)
        if (strcmp(by_words[i], by_text) == 0)
            by = (enum count_by)i;
    bool matrices = args_has(a, "--no-bias");
    ok = ok && counts_of(s->model, &out->arena, kind, by, matrices, sites, n, &c, e);
    if (ok) {
        struct shown w = {s->model->plan, &b, out, NULL, NULL, 0};
        struct arena *m = &out->arena;
        if (sum_known(w.p, &c.total, &b))
            w.total = sum_value(w.p, &c.total, &b, NULL);
        data_add_str(m, out->data, "count", keys[kind]);
        data_number(m, out->data, "total", w.p, &c.total, &b);
        w.list = data_add_list(m, out->data, "rows");
        w.t = out_table(
            out, arena_printf(m, "%s term with_sizes %s> share>", by_words[by], words[kind]));
        struct ordered *v = order(&w, &c, args_str(a, "--sort"));
        for (size_t i = 0; i < c.n; i++)
            group_rows(&w, &c.groups[v[i].at]);
        free(v);
        footer(s, kind, &c, sites == NULL, &w);
    }
    counts_release(&c);
    free(sites);
    return ok;
}

/* ---- everything in short --------------------------------------------------------------------- */

static bool count_all(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    static const char *const hints[] = {"count params", "count activations", "count flops"};
    const struct plan *p = s->model->plan;
    struct binding b = values_binding(s, a);
    struct arena *m = &out->arena;
    struct table *t = out_table(out, "what number> more");
    for (int k = 0; k < 3; k++) {
        struct counts c;
        if (!counts_of(s->model, m, (enum count_kind)k, COUNT_BY_PART, false, NULL, 0, &c, e)) {
            counts_release(&c);
            return false;
        }
        data_number(m, out->data, keys[k], p, &c.total, &b);
        struct cell *row = table_row(out, t);
        row[0] = cell_str(out, k == COUNT_ACTIVATIONS ? keys[k] : words[k]);
        row[1] = number(out, p, &c.total, &b);
        row[2] = cell_str(out, hints[k]);
        row[2].tone = TONE_DIM;
        counts_release(&c);
    }
    struct cell *row = table_row(out, t);
    row[0] = cell_str(out, "memory");
    row[1] = cell_str(out, values_bytes_text(m, 4 * (double)model_parameters(s->model)));
    row[2] = cell_str(out, "count memory: weights as float32; activations, cache");
    row[2].tone = TONE_DIM;
    tell_growth(s, &b, out);
    return true;
}

static bool count_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *what = args_str(a, "what");
    if (s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: there is nothing to count",
                       s->model->name);
    if (args_has(a, "--no-bias") && (what == NULL || strcmp(what, "params") != 0))
        return err_set(e, ERR_COMMAND, "--no-bias belongs to count params") ||
               args_blame(a, "--no-bias", 0, e);
    if (what == NULL && args_count(a, "site") > 0)
        return err_set(e, ERR_COMMAND, "%s: count params, activations or flops of it?",
                       args_nth(a, "site", 0)) ||
               args_blame(a, "site", 0, e);
    if (what == NULL)
        return count_all(s, a, out, e);
    if (strcmp(what, "memory") == 0)
        return count_memory(s, a, out, e);
    for (int k = 0; k < 3; k++)
        if (strcmp(what, keys[k]) == 0)
            return count_kind(s, a, (enum count_kind)k, out, e);
    return err_set(e, ERR_INTERNAL, "count: no such subject");
}

static const struct arg count_args[] = {
    {.name = "--by",
     .kind = ARG_CHOICE,
     .help = "what a line stands for: a part of the layers, a layer, a value (part)",
     .optional = true,
     .choices = "part|layer|site"},
    {.name = "--sort",
     .kind = ARG_CHOICE,
     .help = "largest first, or by name (as they are computed)",
     .optional = true,
     .choices = "size|name"},
    {.name = "--no-bias",
     .kind = ARG_FLAG,
     .help = "of the parameters matrices alone, no biases and gains",
     .optional = true},
    VALUES_SIZE_ARGS,
    {.name = "what",
     .kind = ARG_CHOICE,
     .help = "what is counted; none: all of it in short",
     .optional = true,
     .choices = "params|activations|flops|memory"},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "of these values alone: enc.0.self, enc.0.self.q.h0",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_count = {
    .name = "count",
    .alias = "cnt",
    .group = GROUP_ANALYSIS,
    .needs = NEED_MODEL,
    .args = count_args,
    .summary = "Parameters, activations, operations, memory: as formula, with sizes, as number",
    .help =
        "Everything follows from the operations of the plan; neither weights nor text are needed. "
        "Layers of one make\n"
        "stand together (enc.0-11.self). An operation is a multiplication or an addition; causal "
        "attention is counted\n"
        "whole, as it is computed.\n"
        "  count\n  count params --sort size\n  count params enc.0.self --no-bias\n"
        "  count flops --batch 32 --len 2048\n  count activations enc.0.self.q.h0 --batch 32 --len "
        "2048\n  count memory --len 2048 --by layer",
    .exec = count_exec,
};
