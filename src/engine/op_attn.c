/* Rows of the op table for attention: scores, softmax, mix (Vaswani and others 2017, equation
 * 1). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ops.h"

static int64_t fixed(const struct plan *p, struct dim d)
{
    return dim_size(p, d, &(struct binding){0});
}

/* ---- scores --------------------------------------------------------------------------------- */

static bool scores_shape(struct plan *p, struct node *n, struct err *e)
{
    const struct node *q = &p->nodes[n->in[0]], *k = &p->nodes[n->in[1]];
    if (q->ndim != 4 || k->ndim != 4 || fixed(p, q->shape[3]) != fixed(p, k->shape[3]) ||
        fixed(p, q->shape[1]) % fixed(p, k->shape[1]) != 0)
        return err_set(e, ERR_FILE, "queries %s and keys %s do not fit together", q->name, k->name);
    op_like(n, q);
    n->shape[3] = k->shape[2];
    bool same = dim_equal(q->shape[2], k->shape[2]);
    snprintf(n->axis[3], AXIS_NAME, "%.6s%s", k->axis[2], same ? "'" : "");
    return true;
}

static struct dim twice(struct dim d)
{
    return (struct dim){d.a, d.b, 2 * d.k};
}

static struct dim scores_flops(const struct plan *p, const struct node *n)
{
    return twice(p->nodes[n->in[0]].shape[3]);
}

static struct k_rows heads_of(const struct op_rowset *s, int64_t width, int64_t first)
{
    return (struct k_rows){s->p + (first - s->base) * s->batch * s->width, s->batch * s->width,
                           s->width, width};
}

static struct k_out out_rows(const struct op_rowset *s, int64_t head, int64_t first)
{
    return (struct k_out){s->p + (first - s->base) * s->batch * s->width, s->batch * s->width,
                          s->width, head};
}

/* The problem as the kernels take it, from the scores node and its operands. */
static struct k_attn attention(const struct op_args *a, const struct node *scores,
                               const struct op_rowset *q, const struct op_rowset *k)
{
    const struct plan *p = a->plan;
    const struct node *qn = &p->nodes[scores->in[0]], *kn = &p->nodes[scores->in[1]];
    int64_t width = fixed(p, qn->shape[3]);
    return (struct k_attn){
        .batch = q->batch,
        .heads = fixed(p, qn->shape[1]),
        .kv_heads = fixed(p, kn->shape[1]),
        .queries = a->n,
        .keys = a->keys,
        .width = width,
        .q = heads_of(q, width, a->first),
        .k = heads_of(k, width, 0),
        .slot = a->slot,
        .slot_step = a->slot_step,
        .key_count = a->key_count,
        .causal_from = scores->causal ? a->first : -1,
        .scale = scores->scale,
    };
}

static void scores_run(const struct op_args *a)
{
    struct k_attn k = attention(a, a->node, &a->in[0], &a->in[1]);
    k_attn_scores(&k, out_rows(&a->out, a->out.keycap, a->first));
}

/* Why a score is masked, or NULL. */
static const char *masked(const struct cell_args *c, const int64_t *ix)
{
    if (c->node->causal && ix[3] > ix[2])
        return "the key comes after the query: masked";
    if (c->key_count != NULL && ix[3] >= c->key_count[ix[0]])
        return "the key is padding: masked";
    return NULL;
}

static double scores_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    const char *why = masked(c, ix);
    if (why != NULL) {
        if (log != NULL)
            str_addf(log, "%s, -inf\n", why);
        return -INFINITY;
    }
    int64_t width = c->in[0].shape[3], group = c->in[0].shape[1] / c->in[1].shape[1];
    double sum = 0;
    if (log != NULL)
        str_addf(log, "q[%lld] . k[%lld] of head %lld, %lld products:\n", (long long)ix[2],
                 (long long)ix[3], (long long)ix[1], (long long)width);
    for (int64_t j = 0; j < width; j++) {
        const int64_t qi[] = {ix[0], ix[1], ix[2], j}, ki[] = {ix[0], ix[1] / group, ix[3], j};
        double q = tensor_get(&c->in[0], qi), k = tensor_get(&c->in[1], ki);
        sum += q * k;
        if (log != NULL && (j < 4 || j == width - 1))
            str_addf(log, "  q[%lld] k[%lld] = %.9g * %.9g = %.9g, sum %.9g\n", (long long)j,
                     (long long)j, q, k, q * k, sum);
        else if (log != NULL && j == 4)
            str_addf(log, "  ... %lld more\n", (long long)(width - 5));
    }
    double v = sum * c->node->scale;
    if (log != NULL)
        str_addf(log, "%.9g / sqrt(%lld) = %.9g\n", sum, (long long)width, v);
    return v;
}

static void scores_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_addf(out, "q k^T / sqrt(%lld)%s", (long long)fixed(p, p->nodes[n->in[0]].shape[3]),
             n->causal ? ", -inf where the key comes after the query" : "");
}

const struct op_row op_scores = {"scores",    scores_shape,   scores_flops, scores_run,
                                 scores_cell, scores_formula, false};

/* ---- softmax -------------------------------------------------------------------------------- */

static bool softmax_shape(struct plan *p, struct node *n, struct err *e)
{
    (void)e;
    op_like(n, &p->nodes[n->in[0]]);
    return true;
}

static struct dim softmax_flops(const struct plan *p, const struct node *n)
{
    (void)p, (void)n;
    return dim_const(4); /* maximum, difference and exponential, sum, division */
}

static void softmax_run(const struct op_args *a)
{
    const struct op_rowset *x = &a->in[0], *y = &a->out;
    float *out = y->p + (a->first - y->base) * y->batch * y->width;
    const float *in = x->p + (a->first - x->base) * x->batch * x->width;
    bool map = a->node->ndim == 4;
    int64_t heads = map ? fixed(a->plan, a->node->shape[1]) : 1;
    k_softmax(out, map ? y->keycap : y->width, in, map ? x->keycap : x->width,
              a->n * y->batch * heads, map ? a->keys : y->width);
}

static double softmax_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int last = c->node->ndim - 1;
    int64_t n = c->in[0].shape[last], at[NODE_DIMS];
    memcpy(at, ix, (size_t)c->node->ndim * sizeof at[0]);
    double max = -INFINITY, sum = 0, x = tensor_get(&c->in[0], ix);
    for (at[last] = 0; at[last] < n; at[last]++)
        max = fmax(max, tensor_get(&c->in[0], at));
    for (at[last] = 0; at[last] < n && max != -INFINITY; at[last]++)
        sum += exp(tensor_get(&c->in[0], at) - max);
    double v = max == -INFINITY ? 0 : exp(x - max) / sum;
    if (log != NULL) {
        str_addf(log, "largest of the %lld numbers of the row = %.9g\n", (long long)n, max);
        str_addf(log, "sum of exp(x - %.6g) over the row = %.9g\n", max, sum);
        str_addf(log, "exp(%.9g - %.9g) / %.9g = %.9g\n", x, max, sum, v);
    }
    return v;
}

static void softmax_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_addf(out, "softmax of each row of %s; a row sums to 1", p->nodes[n->in[0]].name);
}

const struct op_row op_softmax = {"softmax",    softmax_shape,   softmax_flops, softmax_run,
                                  softmax_cell, softmax_formula, false};

/* ---- mix ------------------------------------------------------------------------------------ */

static bool mix_shape(struct plan *p, struct node *n, struct err *e)
{
    const struct node *w = &p->nodes[n->in[0]], *v = &p->nodes[n->in[1]];
    if (w->ndim != 4 || v->ndim != 4 || !dim_equal(w->shape[3], v->shape[2]))
        return err_set(e, ERR_FILE, "pattern %s and values %s do not fit together", w->name,
                       v->name);
    op_like(n, w);
    n->shape[3] = v->shape[3];
    memcpy(n->axis[3], v->axis[3], AXIS_NAME);
    return true;
}

static struct dim mix_flops(const struct plan *p, const struct node *n)
{
    return twice(p->nodes[n->in[1]].shape[2]);
}

static void mix_run(const struct op_args *a)
{
    const struct op_rowset *v = &a->in[1];
    int64_t width = fixed(a->plan, a->node->shape[3]);
    struct k_out z = out_rows(&a->out, width, a->first);
    if (a->scores != NULL) {
        struct k_attn k = attention(a, a->scores, &a->q, &a->k);
        k.v = heads_of(v, width, 0);
        k_attn_fused(&k, z);
        return;
    }
    const struct op_rowset *w = &a->in[0];
    const struct node *vn = &a->plan->nodes[a->node->in[1]];
    struct k_attn k = {
        .batch = w->batch,
        .heads = fixed(a->plan, a->node->shape[1]),
        .kv_heads = fixed(a->plan, vn->shape[1]),
        .queries = a->n,
        .keys = a->keys,
        .width = width,
        .v = heads_of(v, width, 0),
        .slot = a->slot,
        .slot_step = a->slot_step,
        .key_count = NULL,
        .causal_from = -1,
        .scale = 1,
    };
    struct k_out rows = out_rows(w, w->keycap, a->first);
    k_attn_mix(&k, (struct k_rows){rows.p, rows.pos, rows.batch, rows.head}, z);
}

static double mix_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int64_t keys = c->in[0].shape[3], group = c->in[0].shape[1] / c->in[1].shape[1];
    double sum = 0;
    if (log != NULL)
        str_addf(log, "pattern row %lld of head %lld times column %lld of v, %lld keys:\n",
                 (long long)ix[2], (long long)ix[1], (long long)ix[3], (long long)keys);
    for (int64_t j = 0; j < keys; j++) {
        const int64_t pi[] = {ix[0], ix[1], ix[2], j}, vi[] = {ix[0], ix[1] / group, j, ix[3]};
        double w = tensor_get(&c->in[0], pi), v = tensor_get(&c->in[1], vi);
        sum += w == 0 ? 0 : w * v;
        if (log != NULL && (j < 12 || j == keys - 1))
            str_addf(log, "  pattern[%lld] v[%lld] = %.9g * %.9g, sum %.9g\n", (long long)j,
                     (long long)j, w, v, sum);
        else if (log != NULL && j == 12)
            str_addf(log, "  ... %lld more\n", (long long)(keys - 13));
    }
    return sum;
}

static void mix_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_addf(out, "pattern v, %lld heads of %lld", (long long)fixed(p, n->shape[1]),
             (long long)fixed(p, n->shape[3]));
}

const struct op_row op_mix = {"mix", mix_shape, mix_flops, mix_run, mix_cell, mix_formula, false};
