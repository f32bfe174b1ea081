/* Rows of the op table for vectors of whole sentences: pooling over positions, joining vectors end
 * to end, scaling to length 1 (Reimers and Gurevych 2019, section 3). */
#include <math.h>

#include "ops.h"

static int64_t width_of(const struct plan *p, const struct node *n)
{
    return dim_size(p, n->shape[n->ndim - 1], &(struct binding){0});
}

/* ---- pool ----------------------------------------------------------------------------------- */

static bool pool_shape(struct plan *p, struct node *n, struct err *e)
{
    const struct node *x = &p->nodes[n->in[0]];
    if (x->ndim != 3 || !x->source)
        return err_set(e, ERR_FILE, "%s is no stream over the positions of the source", x->name);
    n->source = true;
    n->pos_axis = -1;
    op_stream_shape(p, n, x->shape[2]);
    return true;
}

static struct dim pool_flops(const struct plan *p, const struct node *n)
{
    struct dim all = p->nodes[n->in[0]].shape[1]; /* what each column sums */
    all.k *= n->pool == POOL_FIRST || n->pool == POOL_LAST ? 0 : n->pool == POOL_WEIGHTED ? 2 : 1;
    return all;
}

static void pool_run(const struct op_args *a)
{
    k_pool(a->node->pool, op_row_at(&a->out, 0), op_row_at(&a->in[0], 0), a->key_count, a->keys,
           a->out.batch, a->out.width);
}

static void log_sum(const struct cell_args *c, const int64_t *ix, int64_t n, bool weighted,
                    struct str *log)
{
    double sum = 0;
    str_addf(log, "column %lld over %lld positions:\n", (long long)ix[1], (long long)n);
    for (int64_t i = 0; i < n; i++) {
        double x = op_feature(&c->in[0], ix[0], i, ix[1]);
        sum += weighted ? (double)(i + 1) * x : x;
        if (i < 12 || i == n - 1) {
            str_addf(log, "  x[%lld] = %.9g", (long long)i, x);
            if (weighted)
                str_addf(log, ", counted %lld times", (long long)i + 1);
            str_addf(log, ", sum %.9g\n", sum);
        } else if (i == 12) {
            str_addf(log, "  ... %lld more\n", (long long)(n - 13));
        }
    }
}

static double pool_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int64_t n = c->key_count != NULL ? c->key_count[ix[0]] : c->in[0].shape[1], at = 0;
    enum k_pool how = c->node->pool;
    double sum = 0, max = -INFINITY;
    for (int64_t i = 0; i < n; i++) {
        double x = op_feature(&c->in[0], ix[0], i, ix[1]);
        sum += how == POOL_WEIGHTED ? (double)(i + 1) * x : x;
        if (x > max) {
            max = x;
            at = i;
        }
    }
    if (how == POOL_FIRST || how == POOL_LAST)
        at = how == POOL_FIRST ? 0 : n - 1;
    if (how == POOL_FIRST || how == POOL_LAST || how == POOL_MAX) {
        double v = op_feature(&c->in[0], ix[0], at, ix[1]);
        if (log != NULL)
            str_addf(log, "%s position %lld of %lld: %.9g\n",
                     how == POOL_MAX ? "the largest of the column stands at" : "taken from",
                     (long long)at, (long long)n, v);
        return v;
    }
    double by = how == POOL_MEAN        ? (double)n
                : how == POOL_SQRT_MEAN ? sqrt((double)n)
                                        : (double)n * (double)(n + 1) / 2;
    if (log != NULL) {
        log_sum(c, ix, n, how == POOL_WEIGHTED, log);
        str_addf(log, "%.9g / %.9g = %.9g\n", sum, by, sum / by);
    }
    return sum / by;
}

static void pool_formula(const struct plan *p, const struct node *n, struct str *out)
{
    static const char *const text[POOL_COUNT] = {
        [POOL_FIRST] = "the first position of %s",
        [POOL_LAST] = "the last position of %s that is not padding",
        [POOL_MEAN] = "mean of %s over the positions",
        [POOL_MAX] = "largest of each column of %s over the positions",
        [POOL_SQRT_MEAN] = "sum of %s over the positions / sqrt(positions)",
        [POOL_WEIGHTED] = "mean of %s over the positions, position i counted i + 1 times",
    };
    const char *name = p->nodes[n->in[0]].name, *t = text[n->pool];
    for (; *t != 0; t++) {
        if (*t == '%')
            str_add(out, name), t++;
        else
            str_addc(out, *t);
    }
}

const struct op_row op_pool = {"pool",    pool_shape,   pool_flops, pool_run,
                               pool_cell, pool_formula, false};

/* ---- concat --------------------------------------------------------------------------------- */

static bool concat_shape(struct plan *p, struct node *n, struct err *e)
{
    const struct node *a = &p->nodes[n->in[0]], *b = &p->nodes[n->in[1]];
    int last = a->ndim - 1;
    bool fits = a->ndim == b->ndim && a->ndim < 4 && a->pos_axis == b->pos_axis;
    for (int i = 0; fits && i < last; i++)
        fits = dim_equal(a->shape[i], b->shape[i]);
    struct dim x = a->shape[last], y = b->shape[last];
    if (!fits || x.a != y.a || x.b != y.b)
        return err_set(e, ERR_FILE, "cannot join %s and %s end to end: their shapes do not fit",
                       a->name, b->name);
    op_like(n, a);
    n->shape[last] = (struct dim){x.a, x.b, x.k + y.k};
    return true;
}

static struct dim nothing(const struct plan *p, const struct node *n)
{
    (void)p, (void)n;
    return dim_const(0);
}

static void concat_run(const struct op_args *a)
{
    float *y = op_row_at(&a->out, a->first);
    const float *x[2] = {op_row_at(&a->in[0], a->first), op_row_at(&a->in[1], a->first)};
    for (int64_t r = 0; r < a->n * a->out.batch; r++)
        for (int k = 0; k < 2; k++)
            for (int64_t f = 0; f < a->in[k].width; f++)
                *y++ = *x[k]++;
}

static double concat_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int last = c->node->ndim - 1;
    int64_t first = c->in[0].shape[last], at[NODE_DIMS] = {0};
    for (int i = 0; i <= last; i++)
        at[i] = ix[i];
    int k = ix[last] >= first;
    at[last] -= k ? first : 0;
    double v = tensor_get(&c->in[k], at);
    if (log != NULL)
        str_addf(log, "column %lld of %s = %.9g\n", (long long)at[last],
                 c->plan->nodes[c->node->in[k]].name, v);
    return v;
}

static void concat_formula(const struct plan *p, const struct node *n, struct str *out)
{
    const struct node *a = &p->nodes[n->in[0]], *b = &p->nodes[n->in[1]];
    str_addf(out, "%s | %s, %lld and %lld columns side by side", a->name, b->name,
             (long long)width_of(p, a), (long long)width_of(p, b));
}

const struct op_row op_concat = {"concat",    concat_shape,   nothing, concat_run,
                                 concat_cell, concat_formula, false};

/* ---- normalize ------------------------------------------------------------------------------ */

static bool unit_shape(struct plan *p, struct node *n, struct err *e)
{
    (void)e;
    op_like(n, &p->nodes[n->in[0]]);
    return true;
}

static struct dim unit_flops(const struct plan *p, const struct node *n)
{
    (void)p, (void)n;
    return dim_const(3); /* square, sum, division */
}

static void unit_run(const struct op_args *a)
{
    k_unit(op_row_at(&a->out, a->first), op_row_at(&a->in[0], a->first), a->node->eps,
           a->n * a->out.batch, a->out.width);
}

static double unit_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int last = c->node->ndim - 1;
    int64_t n = c->in[0].shape[last], pos = c->node->pos_axis < 0 ? 0 : ix[c->node->pos_axis];
    double squares = 0, x = tensor_get(&c->in[0], ix);
    for (int64_t f = 0; f < n; f++) {
        double v = op_feature(&c->in[0], ix[0], pos, f);
        squares += v * v;
    }
    double length = fmax(sqrt(squares), c->node->eps);
    if (log != NULL) {
        str_addf(log, "length = root of the sum of the %lld squares = sqrt(%.9g) = %.9g\n",
                 (long long)n, squares, length);
        str_addf(log, "%.9g / %.9g = %.9g\n", x, length, x / length);
    }
    return x / length;
}

static void unit_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_addf(out, "x / |x|, x = %s", p->nodes[n->in[0]].name);
}

const struct op_row op_unit = {"normalize", unit_shape,   unit_flops, unit_run,
                               unit_cell,   unit_formula, false};
