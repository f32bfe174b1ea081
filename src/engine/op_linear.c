/* Row of the op table: x W^T + b, whose result may be split into heads. */
#include <stdio.h>
#include <string.h>

#include "ops.h"

static bool linear_shape(struct plan *p, struct node *n, struct err *e)
{
    const struct node *x = &p->nodes[n->in[0]];
    const struct param *w = &p->params[n->param[0]];
    const struct binding none = {1, 1, 1};
    n->source = x->source;
    n->pos_axis = x->pos_axis < 0 ? -1 : 1;
    if (dim_size(p, op_features(p, x), &none) != dim_size(p, w->shape[1], &none))
        return err_set(e, ERR_FILE, "%s has %lld features but %s takes %lld", x->name,
                       (long long)dim_size(p, op_features(p, x), &none), w->name,
                       (long long)dim_size(p, w->shape[1], &none));
    op_stream_shape(p, n, w->shape[0]);
    if (n->heads_sym == SYM_ONE)
        return true;
    if (n->pos_axis < 0)
        return err_set(e, ERR_FILE, "%s has no positions, so it cannot be split into heads",
                       x->name);
    int64_t joined = dim_size(p, (struct dim){n->heads_sym, n->width_sym, 1}, &none);
    if (joined != dim_size(p, w->shape[0], &none))
        return err_set(e, ERR_FILE, "%s gives %lld numbers, which are not %lld heads of %lld",
                       w->name, (long long)dim_size(p, w->shape[0], &none),
                       (long long)p->symbols[n->heads_sym].size,
                       (long long)p->symbols[n->width_sym].size);
    n->ndim = 4;
    n->pos_axis = 2;
    n->shape[2] = n->shape[1];
    n->shape[1] = dim_sym(n->heads_sym);
    n->shape[3] = dim_sym(n->width_sym);
    memcpy(n->axis[2], n->axis[1], AXIS_NAME);
    snprintf(n->axis[1], AXIS_NAME, "H");
    snprintf(n->axis[3], AXIS_NAME, "K");
    return true;
}

/* A product and a sum for each input; the first sum is that with the bias. */
static struct dim linear_flops(const struct plan *p, const struct node *n)
{
    struct dim in = p->params[n->param[0]].shape[1];
    return (struct dim){in.a, in.b, 2 * in.k};
}

static void linear_run(const struct op_args *a)
{
    const struct op_rowset *x = &a->in[0];
    k_linear(a->out.p + (a->first - a->out.base) * a->out.batch * a->out.width, a->out.width,
             x->p + (a->first - x->base) * x->batch * x->width, x->width, &a->w[0], &a->w[1],
             a->n * a->out.batch);
}

static double linear_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    bool heads = c->node->ndim == 4;
    int64_t pos = c->node->pos_axis < 0 ? 0 : ix[c->node->pos_axis];
    int64_t row = heads ? ix[1] * dim_size(c->plan, c->node->shape[3], &(struct binding){0}) + ix[3]
                        : ix[c->node->ndim - 1];
    int64_t k = c->w[0].shape[1];
    double sum = 0;
    if (log != NULL)
        str_addf(log, "x = %s row %lld, w = row %lld of %s, %lld products:\n",
                 c->plan->nodes[c->node->in[0]].name, (long long)pos, (long long)row,
                 c->plan->params[c->node->param[0]].name, (long long)k);
    for (int64_t j = 0; j < k; j++) {
        const int64_t at[] = {row, j};
        double x = op_feature(&c->in[0], ix[0], pos, j), w = tensor_get(&c->w[0], at);
        sum += x * w;
        if (log != NULL && (j < 4 || j == k - 1))
            str_addf(log, "  x[%lld] w[%lld] = %.9g * %.9g = %.9g, sum %.9g\n", (long long)j,
                     (long long)j, x, w, x * w, sum);
        else if (log != NULL && j == 4)
            str_addf(log, "  ... %lld more\n", (long long)(k - 5));
    }
    if (c->w[1].data == NULL)
        return sum;
    /* final_logits_bias lies as [1, V] in the file */
    int64_t at[2] = {row, 0};
    if (c->w[1].ndim == 2)
        at[0] = 0, at[1] = row;
    double b = tensor_get(&c->w[1], at);
    if (log != NULL)
        str_addf(log, "plus bias %.9g = %.9g\n", b, sum + b);
    return sum + b;
}

static void linear_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_add(out, p->nodes[n->in[0]].name);
    str_add(out, n->param[1] >= 0 ? " W^T + b, W" : " W^T, W");
    const struct binding none = {0};
    const struct param *w = &p->params[n->param[0]];
    str_addc(out, '[');
    str_add_int(out, dim_size(p, w->shape[0], &none));
    str_add(out, ", ");
    str_add_int(out, dim_size(p, w->shape[1], &none));
    str_addc(out, ']');
    if (n->heads_sym != SYM_ONE)
        str_addf(out, ", split into %lld heads of %lld", (long long)p->symbols[n->heads_sym].size,
                 (long long)p->symbols[n->width_sym].size);
}

const struct op_row op_linear = {"linear",    linear_shape,   linear_flops, linear_run,
                                 linear_cell, linear_formula, true};
