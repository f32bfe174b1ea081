/* count memory: weights by type, values of a pass, key/value cache. */
#include <string.h>

#include "cmd_count.h"

struct memory {
    const struct model *m;
    const struct plan *p;
    struct binding b;
    struct result *out;
    struct table *t;
    struct data *list;
};

/* A line with a formula of bytes: `factor` bytes for each of these numbers. */
static void sum_row(const struct memory *w, const char *what, const char *key, const struct sum *x,
                    int64_t factor)
{
    struct arena *a = &w->out->arena;
    struct sum bytes = {0};
    struct str formula = STR_INIT, numbers = STR_INIT;
    int64_t whole;
    sum_add_all(&bytes, x, factor);
    sum_formula(w->p, &bytes, &formula);
    sum_numbers(w->p, &bytes, &w->b, &numbers);
    bool known = sum_known(w->p, &bytes, &w->b);
    double d = sum_value(w->p, &bytes, &w->b, &whole);
    struct data *row = data_add_map(a, w->list, NULL);
    data_add_str(a, row, "name", key);
    data_add_str(a, row, "formula", formula.s);
    data_add_str(a, row, "numbers", numbers.s);
    struct cell *c = table_row(w->out, w->t);
    c[0] = cell_str(w->out, what);
    c[1] = cell_str(w->out, known ? values_bytes_text(a, d) : "?");
    /* sums of whole models are too long to read here: count activations shows their terms */
    c[2] = cell_str(w->out, x->n <= 2 ? formula.s : "");
    c[3] = cell_str(w->out, x->n <= 2 ? numbers.s : "");
    if (!known)
        data_add_null(a, row, "bytes");
    else if (whole == INT64_MAX)
        data_add_num(a, row, "bytes", d);
    else
        data_add_int(a, row, "bytes", whole);
    str_release(&formula);
    str_release(&numbers);
    sum_release(&bytes);
}

static void bytes_row(const struct memory *w, const char *what, const char *key, int64_t bytes,
                      const char *formula, const char *numbers)
{
    struct arena *a = &w->out->arena;
    struct data *row = data_add_map(a, w->list, NULL);
    data_add_str(a, row, "name", key);
    data_add_str(a, row, "formula", formula);
    data_add_str(a, row, "numbers", numbers);
    struct cell *c = table_row(w->out, w->t);
    c[0] = cell_str(w->out, what);
    c[1] = cell_str(w->out, bytes < 0            ? "?"
                            : bytes == INT64_MAX ? "more than 8 EiB"
                                                 : values_bytes_text(a, (double)bytes));
    c[2] = cell_str(w->out, formula);
    c[3] = cell_str(w->out, numbers);
    if (bytes < 0 || bytes == INT64_MAX)
        data_add_null(a, row, "bytes");
    else
        data_add_int(a, row, "bytes", bytes);
}

static void weights_rows(const struct memory *w)
{
    static const struct {
        const char *what, *key, *formula;
        int bytes;
    } types[] = {{"weights as float32", "weights_f32", "4*P", 4},
                 {"weights as float16 or bfloat16", "weights_f16", "2*P", 2},
                 {"weights as int8", "weights_int8", "P", 1}};
    struct arena *a = &w->out->arena;
    int64_t n = model_parameters(w->m), bytes;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (__builtin_mul_overflow(n, (int64_t)types[i].bytes, &bytes))
            bytes = INT64_MAX;
        bytes_row(w, types[i].what, types[i].key, bytes, types[i].formula,
                  types[i].bytes == 1 ? arena_printf(a, "%lld", (long long)n)
                                      : arena_printf(a, "%d*%lld", types[i].bytes, (long long)n));
    }
    if (w->m->weights != NULL)
        bytes_row(w, "weights as they are in the file", "weights_file", (int64_t)model_bytes(w->m),
                  "", "");
}

/* A cached value: keys and values that later positions read. */
static bool cached(const struct node *n, bool cross)
{
    return cross ? n->once && n->op == OP_LINEAR && n->ndim == 4 : n->state;
}

/* Numbers of the cache: of one layer (-1: all of them). */
static void cache_sum(const struct plan *p, bool cross, int layer, struct sum *out)
{
    for (int i = 0; i < p->nnodes; i++)
        if (cached(&p->nodes[i], cross) && (layer < 0 || p->nodes[i].layer == layer))
            sum_add(out, count_value(p, i));
}

/* The same for one position of one sentence. */
static void token_sum(const struct plan *p, int layer, struct sum *out)
{
    for (int i = 0; i < p->nnodes; i++) {
        if (!cached(&p->nodes[i], false) || (layer >= 0 && p->nodes[i].layer != layer))
            continue;
        struct product x = {.k = 1};
        for (int d = 1; d < p->nodes[i].ndim; d++)
            if (d != p->nodes[i].pos_axis)
                x = product_times(x, p->nodes[i].shape[d]);
        sum_add(out, x);
    }
}

static void cache_rows(const struct memory *w)
{
    struct sum token = {0}, every = {0}, self = {0}, cross = {0};
    token_sum(w->p, 0, &token);
    token_sum(w->p, -1, &every);
    cache_sum(w->p, false, -1, &self);
    cache_sum(w->p, true, -1, &cross);
    if (token.n > 0) {
        sum_row(w, "cache, a token, a layer", "cache_token_layer", &token, sizeof(float));
        sum_row(w, "cache, a token, all layers", "cache_token", &every, sizeof(float));
        sum_row(w, "cache, all tokens and layers", "cache", &self, sizeof(float));
    }
    if (cross.n > 0)
        sum_row(w, "keys and values of the source", "cache_cross", &cross, sizeof(float));
    sum_release(&token);
    sum_release(&every);
    sum_release(&self);
    sum_release(&cross);
}

/* Whether the lengths that the values need are bound. */
static bool lengths_known(const struct memory *w)
{
    for (int i = 0; i < w->p->nnodes; i++) {
        struct sum x = {0};
        sum_add(&x, count_value(w->p, i));
        bool known = sum_known(w->p, &x, &w->b);
        sum_release(&x);
        if (!known)
            return false;
    }
    return true;
}

static void values_rows(const struct memory *w)
{
    int64_t all = -1, some = -1, peak = -1;
    if (lengths_known(w)) {
        run_keep_bytes(w->p, &w->b, &all, &some);
        peak = run_peak_bytes(w->p, &w->b);
    }
    bytes_row(w, "values, all kept", "kept_all", all, "", "");
    bytes_row(w, "values, residuals and patterns", "kept_some", some, "", "");
    bytes_row(w, "values at the peak, none kept", "peak", peak, "", "");
}

/* ---- by layer -------------------------------------------------------------------------------- */

static void layer_row(const struct memory *w, const struct count_group *weights,
                      const struct count_group *values)
{
    struct arena *a = &w->out->arena;
    struct sum cache = {0}, token = {0};
    if (weights->stack == STACK_DEC && weights->layer >= 0) {
        cache_sum(w->p, false, weights->layer, &cache);
        cache_sum(w->p, true, weights->layer, &cache);
        token_sum(w->p, weights->layer, &token);
    }
    const struct sum *sums[] = {&weights->each, &values->each, &token, &cache};
    static const char *const keys[] = {"weights_f32", "values", "cache_token", "cache"};
    struct data *d = data_add_map(a, w->list, NULL);
    struct cell *c = table_row(w->out, w->t);
    data_add_str(a, d, "name", weights->name);
    c[0] = cell_str(w->out, weights->name);
    for (int i = 0; i < 4; i++) {
        double bytes = sizeof(float) * sum_value(w->p, sums[i], &w->b, NULL);
        bool known = sum_known(w->p, sums[i], &w->b);
        c[i + 1] = cell_str(w->out, sums[i]->n == 0 ? ""
                                    : !known        ? "?"
                                                    : values_bytes_text(a, bytes));
        if (known)
            data_add_num(a, d, keys[i], bytes);
        else
            data_add_null(a, d, keys[i]);
    }
    sum_release(&cache);
    sum_release(&token);
}

static bool by_layer(struct memory *w, struct err *e)
{
    struct counts weights, values = {0};
    struct arena *a = &w->out->arena;
    bool ok = counts_of(w->m, a, COUNT_PARAMS, COUNT_BY_LAYER, false, NULL, 0, &weights, e) &&
              counts_of(w->m, a, COUNT_ACTIVATIONS, COUNT_BY_LAYER, false, NULL, 0, &values, e);
    w->t = out_table(w->out, "layer weights_f32> values> cache/token> cache>");
    for (size_t i = 0; ok && i < weights.n && i < values.n; i++)
        layer_row(w, &weights.groups[i], &values.groups[i]);
    counts_release(&weights);
    counts_release(&values);
    return ok;
}

bool count_memory(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct memory w = {.m = s->model, .p = s->model->plan, .b = values_binding(s, a), .out = out};
    const char *by = args_str(a, "--by");
    if (args_count(a, "site") > 0)
        return err_set(e, ERR_COMMAND, "memory is counted for the whole model; shapes %s has bytes",
                       args_nth(a, "site", 0)) ||
               args_blame(a, "site", 0, e);
    if (args_has(a, "--sort"))
        return err_set(e, ERR_COMMAND, "--sort: the lines of memory stand in one order") ||
               args_blame(a, "--sort", 0, e);
    if (by != NULL && strcmp(by, "layer") != 0)
        return err_set(e, ERR_COMMAND, "--by %s: memory is counted whole, or --by layer", by) ||
               args_blame(a, "--by", 0, e);
    data_add_str(&out->arena, out->data, "count", "memory");
    w.list = data_add_list(&out->arena, out->data, "rows");
    if (by != NULL)
        return by_layer(&w, e);
    w.t = out_table(out, "what bytes> formula* with_sizes*");
    weights_rows(&w);
    values_rows(&w);
    cache_rows(&w);
    if (!lengths_known(&w))
        out_line(out, TONE_PLAIN, "the lengths are not known: --len N and --batch N give them");
    out_line(out, TONE_DIM,
             "P parameters; values and cache are float32; attention that is not kept is fused: no "
             "whole scores or patterns");
    return true;
}
