/* A run made from values that were computed before, elsewhere: it holds those and no others. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "run_internal.h"

/* Rows that the value has where the run stands; keys of a map over the target are as many. */
static int64_t rows_there(const struct run *r, int node)
{
    const struct node *n = &r->plan->nodes[node];
    if (n->source)
        return r->first > 0 || node < r->pc ? node_source_rows(n, r->source) : 0;
    return node < r->pc ? r->total : r->first;
}

static bool put(struct run *r, const struct run_given *g, struct err *e)
{
    const struct node *n = &r->plan->nodes[g->node];
    int64_t rows = rows_there(r, g->node), shape[NODE_DIMS];
    if (rows == 0)
        return err_set(e, ERR_FILE, "the value %s is there before it was computed", n->name);
    struct tensor to = value_view(r, g->node, 0, rows);
    bool grows = node_is_map(n) && n->shape[3].a == SYM_T;
    if (grows)
        to.shape[3] = rows;
    memcpy(shape, to.shape, sizeof shape);
    bool fits = g->value.ndim == to.ndim;
    for (int i = 0; fits && i < to.ndim; i++)
        fits = g->value.shape[i] == shape[i];
    if (!fits) {
        struct str have = STR_INIT, need = STR_INIT;
        shape_text(&have, g->value.ndim, g->value.shape);
        shape_text(&need, to.ndim, shape);
        err_set(e, ERR_FILE, "the value %s has shape %s, where the model and the tokens give %s",
                n->name, have.s, need.s);
        str_release(&have);
        str_release(&need);
        return false;
    }
    if (node_is_map(n)) {
        const struct value *v = &r->values[g->node];
        memory_mask(r, g->node, v->st->data, v->cap * node_batch(r, n), 0);
    }
    return tensor_copy(&to, &g->value, e);
}

bool run_restore(struct run *r, const int32_t *ids, int64_t first, int64_t n, int node,
                 const struct run_given *given, size_t ngiven, struct err *e)
{
    const struct plan *p = r->plan;
    bool *there = mem_alloc((size_t)p->nnodes * sizeof *there);
    bool ok = run_keep(r, KEEP_NONE, 0, 0, e);
    for (size_t i = 0; ok && i < ngiven; i++) {
        run_keep_node(r, given[i].node);
        there[given[i].node] = true;
    }
    run_narrow(r);
    ok = ok && run_pass(r, ids, first + n, e);
    if (ok) {
        memcpy(r->exec, there, (size_t)p->nnodes * sizeof *there);
        memset(r->absorbed, 0, (size_t)p->nnodes * sizeof *r->absorbed);
        r->first = first;
        r->n = n;
        r->pc = node;
    }
    for (size_t i = 0; ok && i < ngiven; i++)
        ok = put(r, &given[i], e);
    free(there);
    return ok;
}
