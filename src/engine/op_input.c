/* Rows of the op table: token embedding and positions. */
#include <math.h>

#include "ops.h"

static bool embed_shape(struct plan *p, struct node *n, struct err *e)
{
    (void)e;
    op_stream_shape(p, n, p->params[n->param[0]].shape[1]);
    return true;
}

static struct dim no_flops(const struct plan *p, const struct node *n)
{
    (void)p;
    return dim_const(n->scale != 1.0f); /* what is looked up is multiplied at most */
}

static void embed_run(const struct op_args *a)
{
    k_embed(a->out.p + (a->first - a->out.base) * a->out.batch * a->out.width, &a->w[0], a->ids,
            a->n * a->out.batch, a->node->scale);
}

static double embed_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int32_t id = c->ids[ix[1] * c->batch + ix[0]];
    const int64_t at[] = {id, ix[2]};
    double w = tensor_get(&c->w[0], at);
    double v = w * c->node->scale;
    if (log != NULL)
        str_addf(log, "E[%s %d, %lld] * %.9g = %.9g * %.9g = %.9g\n",
                 c->node->segments ? "segment" : "id", id, (long long)ix[2], c->node->scale, w,
                 c->node->scale, v);
    return v;
}

static void embed_formula(const struct plan *p, const struct node *n, struct str *out)
{
    const struct param *w = &p->params[n->param[0]];
    str_add(out, n->segments ? "by segment, rows of E[" : "rows of E[");
    dim_text(p, w->shape[0], out);
    str_addf(out, "=%lld, ", (long long)dim_size(p, w->shape[0], &(struct binding){0}));
    dim_text(p, w->shape[1], out);
    str_addf(out, "=%lld]", (long long)dim_size(p, w->shape[1], &(struct binding){0}));
    if (n->scale != 1.0f)
        /* d_model is whole, so the square of the factor says where it comes from */
        str_addf(out, " times sqrt(%.6g) = %.6g", n->scale * n->scale, n->scale);
}

const struct op_row op_embed = {"embed",    embed_shape,   no_flops, embed_run,
                                embed_cell, embed_formula, true};

static bool position_shape(struct plan *p, struct node *n, struct err *e)
{
    (void)e;
    op_stream_shape(p, n, dim_sym(n->width_sym));
    return true;
}

static void position_run(const struct op_args *a)
{
    float *out = a->out.p + (a->first - a->out.base) * a->out.batch * a->out.width;
    if (a->w[0].data == NULL)
        k_sinusoid(out, a->out.batch * a->out.width, a->first, a->n, a->out.width);
    for (int64_t i = 0; i < a->n; i++) {
        float *row = out + i * a->out.batch * a->out.width;
        int32_t pos = (int32_t)(a->first + i);
        if (a->w[0].data != NULL)
            k_embed(row, &a->w[0], &pos, 1, 1.0f);
        for (int64_t b = 1; b < a->out.batch; b++)
            for (int64_t d = 0; d < a->out.width; d++)
                row[b * a->out.width + d] = row[d];
    }
}

static double position_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int64_t pos = ix[1], f = ix[2];
    if (c->w[0].data != NULL) {
        const int64_t at[] = {pos, f};
        double v = tensor_get(&c->w[0], at);
        if (log != NULL)
            str_addf(log, "row %lld of the stored table, column %lld = %.9g\n", (long long)pos,
                     (long long)f, v);
        return v;
    }
    int64_t d = dim_size(c->plan, c->node->shape[2], &(struct binding){0}), half = (d + 1) / 2;
    int64_t j = f < half ? f : f - half;
    double angle = (double)pos / pow(10000.0, 2.0 * (double)j / (double)d);
    double v = f < half ? sin(angle) : cos(angle);
    if (log != NULL)
        str_addf(log, "%s(%lld / 10000^(2*%lld/%lld)) = %s(%.9g) = %.9g\n",
                 f < half ? "sin" : "cos", (long long)pos, (long long)j, (long long)d,
                 f < half ? "sin" : "cos", angle, v);
    return v;
}

static void position_formula(const struct plan *p, const struct node *n, struct str *out)
{
    if (n->param[0] >= 0 && !p->params[n->param[0]].formula) {
        str_add(out, "rows of the position table");
        return;
    }
    str_addf(out, "sin | cos of position / 10000^(2j/%lld)",
             (long long)dim_size(p, n->shape[2], &(struct binding){0}));
}

const struct op_row op_position = {"position",    position_shape,   no_flops, position_run,
                                   position_cell, position_formula, false};
