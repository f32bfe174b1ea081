/* The op table and what its rows share. */
#include "ops.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct op_row *const op_rows[OP_COUNT] = {
    [OP_EMBED] = &op_embed,   [OP_POSITION] = &op_position, [OP_ADD] = &op_add,
    [OP_LINEAR] = &op_linear, [OP_SCORES] = &op_scores,     [OP_SOFTMAX] = &op_softmax,
    [OP_MIX] = &op_mix,       [OP_NORM] = &op_norm,         [OP_ACT] = &op_act,
    [OP_POOL] = &op_pool,     [OP_CONCAT] = &op_concat,     [OP_UNIT] = &op_unit,
};

void op_like(struct node *n, const struct node *in)
{
    n->ndim = in->ndim;
    memcpy(n->shape, in->shape, sizeof n->shape);
    memcpy(n->axis, in->axis, sizeof n->axis);
    n->pos_axis = in->pos_axis;
    n->source = in->source;
}

struct dim op_features(const struct plan *p, const struct node *n)
{
    (void)p;
    struct dim d = dim_const(1);
    for (int i = 0; i < n->ndim; i++) {
        if (i == n->pos_axis || n->shape[i].a == SYM_B)
            continue;
        if (d.a == SYM_ONE && d.b == SYM_ONE && d.k == 1)
            d = n->shape[i];
        else
            d = (struct dim){d.a, n->shape[i].a, d.k * n->shape[i].k};
    }
    return d;
}

static void set_axis(struct node *n, int i, const char *name)
{
    snprintf(n->axis[i], AXIS_NAME, "%s", name);
}

void op_stream_shape(struct plan *p, struct node *n, struct dim features)
{
    int pos = n->source ? SYM_S : SYM_T, last = n->pos_axis < 0 ? 1 : 2;
    n->ndim = last + 1;
    n->shape[0] = dim_sym(SYM_B);
    set_axis(n, 0, "B");
    if (n->pos_axis >= 0) {
        n->pos_axis = 1;
        n->shape[1] = dim_sym(pos);
        set_axis(n, 1, p->symbols[pos].name);
    }
    n->shape[last] = features;
    set_axis(n, last, p->symbols[features.a].name);
}

double op_feature(const struct tensor *x, int64_t b, int64_t pos, int64_t f)
{
    if (x->ndim == 2) {
        const int64_t ix[] = {b, f};
        return tensor_get(x, ix);
    }
    if (x->ndim == 3) {
        const int64_t ix[] = {b, pos, f};
        return tensor_get(x, ix);
    }
    const int64_t width = x->shape[3], ix[] = {b, f / width, pos, f % width};
    return tensor_get(x, ix);
}
