/* Values as the user knows them: logical views over rows, beams put in order, single numbers
 * explained. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "run_internal.h"

struct tensor value_view(const struct run *r, int node, int64_t from, int64_t to)
{
    const struct node *n = &r->plan->nodes[node];
    const struct value *v = &r->values[node];
    int64_t batch = node_batch(r, n), width = node_width(r, node), base;
    float *p = memory_base(r, node, &base);
    struct tensor t = {.dtype = DT_F32, .ndim = n->ndim};
    t.st = v->buffer >= 0 ? r->buffers[v->buffer] : v->st;
    t.data = p + (from - base) * batch * width;
    struct binding bind = {batch, r->source, r->total};
    plan_shape(r->plan, node, &bind, t.shape);
    if (n->pos_axis >= 0)
        t.shape[n->pos_axis] = to - from;
    memcpy(t.axis, n->axis, sizeof n->axis);
    int64_t stride = 1;
    for (int i = n->ndim - 1; i >= 0; i--) {
        if (i == n->pos_axis) {
            t.stride[i] = batch * width;
        } else if (n->shape[i].a == SYM_B) {
            t.stride[i] = width;
        } else {
            t.stride[i] = stride;
            stride *= node_is_map(n) && i == 3 ? v->keycap : t.shape[i];
        }
    }
    return t;
}

/* Positions of a node's value that exist: of the pass under way only those whose operation is
 * done. */
static int64_t positions(const struct run *r, int node)
{
    const struct node *n = &r->plan->nodes[node];
    if (n->source)
        return node < r->pc || !run_first_pass(r) ? node_source_rows(n, r->source) : 0;
    return node < r->pc ? r->total : r->first;
}

bool run_computed(const struct run *r, int node)
{
    return r->begun && r->exec[node] && positions(r, node) > 0;
}

/* The same rows, each sequence's history gathered from where its beams left it. */
static bool gathered(struct run *r, int node, const struct tensor *view, int64_t from,
                     struct tensor *out, struct err *e)
{
    const struct node *n = &r->plan->nodes[node];
    if (!tensor_new(out, DT_F32, view->ndim, view->shape, n->name, e))
        return false;
    memcpy(out->axis, view->axis, sizeof out->axis);
    for (int64_t j = 0; j < view->shape[n->pos_axis]; j++) {
        struct tensor src = tensor_slice(view, n->pos_axis, j, j + 1);
        struct tensor dst = tensor_slice(out, n->pos_axis, j, j + 1);
        for (int64_t b = 0; b < r->dbatch; b++) {
            int64_t row = r->slot[(from + j) * r->dbatch + b];
            struct tensor s = tensor_slice(&src, 0, row, row + 1),
                          d = tensor_slice(&dst, 0, b, b + 1);
            if (!tensor_copy(&d, &s, e))
                return false;
        }
    }
    return true;
}

bool run_rows(struct run *r, int node, int64_t from, int64_t to, struct tensor *out, struct err *e)
{
    const struct node *n = &r->plan->nodes[node];
    int64_t have = r->begun ? positions(r, node) : 0, base;
    if (have == 0 || to > have)
        return err_set(e, ERR_COMMAND, "%s is not computed yet%s", n->name,
                       to > have && have > 0 ? " at that position" : "");
    if (!r->exec[node] || r->absorbed[node])
        return err_set(e, ERR_COMMAND, "%s was not kept", n->name);
    bool held = r->values[node].buffer < 0 && r->values[node].st != NULL;
    memory_base(r, node, &base);
    if (!held || from < r->values[node].from)
        return err_set(e, ERR_COMMAND, "%s was not kept", n->name);
    struct tensor view = value_view(r, node, from, to);
    if (r->slot != NULL && !n->source)
        return gathered(r, node, &view, from, out, e);
    *out = tensor_ref(&view);
    return true;
}

bool run_value(struct run *r, int node, struct tensor *out, struct err *e)
{
    int64_t have = r->begun ? positions(r, node) : 0;
    return run_rows(r, node, 0, have, out, e);
}

const float *run_logits(const struct run *r, int64_t row)
{
    int node = r->plan->logits;
    int64_t base, width = node_width(r, node);
    const float *p = memory_base(r, node, &base);
    if (!r->exec[node] || p == NULL)
        return NULL; /* not part of what was restored */
    return p + ((r->total - 1 - base) * r->dbatch + row) * width;
}

/* ---- one number ------------------------------------------------------------------------------ */

static bool cell_operands(struct run *r, int node, struct cell_args *c, struct err *e)
{
    const struct node *n = &r->plan->nodes[node];
    for (int i = 0; i < NODE_INPUTS; i++)
        if (n->in[i] >= 0 && !run_value(r, n->in[i], &c->in[i], e))
            return err_wrap(e, "an operand of %s", n->name);
    for (int i = 0; i < NODE_PARAMS; i++) {
        const struct param *w = n->param[i] >= 0 ? &r->plan->params[n->param[i]] : NULL;
        if (w == NULL)
            continue;
        c->w[i] = r->params[n->param[i]];
        if (c->w[i].data == NULL && !w->optional && !w->formula)
            return err_set(e, ERR_COMMAND, "the weight %s is not here, so %s cannot be worked out",
                           w->name, n->name);
    }
    c->batch = node_batch(r, n);
    c->ids = n->segments ? r->segments : n->source ? r->source_ids : r->target_ids;
    bool cross = n->op == OP_SCORES && n->stack == STACK_DEC && r->plan->nodes[n->in[1]].source;
    if (n->stack == STACK_ENC)
        c->key_count = r->key_count;
    else if (cross)
        c->key_count = r->row_keys;
    return true;
}

/* The row of ids that sequence b really had at a position (its ancestor's, where beams crossed). */
static int64_t id_row(const struct run *r, const struct node *n, int64_t b, int64_t pos)
{
    return n->source || r->slot == NULL ? b : r->slot[pos * r->dbatch + b];
}

bool run_cell(struct run *r, int node, const int64_t *index, double *out, struct str *log,
              struct err *e)
{
    const struct node *n = &r->plan->nodes[node];
    struct cell_args c = {.plan = r->plan, .node = n};
    int64_t shape[NODE_DIMS], at[NODE_DIMS] = {0};
    struct binding bind = {node_batch(r, n), r->source, r->total};
    plan_shape(r->plan, node, &bind, shape);
    for (int i = 0; i < n->ndim; i++) {
        if (index[i] < 0 || index[i] >= shape[i])
            return err_set(e, ERR_COMMAND, "index %lld of axis %s of %s: the range is 0-%lld",
                           (long long)index[i], n->axis[i], n->name, (long long)shape[i] - 1);
        at[i] = index[i];
    }
    bool ok = cell_operands(r, node, &c, e);
    if (ok) {
        if (n->op == OP_EMBED)
            at[0] = id_row(r, n, at[0], at[n->pos_axis]);
        *out = op_rows[n->op]->cell(&c, at, log);
    }
    for (int i = 0; i < NODE_INPUTS; i++)
        tensor_unref(&c.in[i]);
    return ok;
}
