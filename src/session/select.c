/* The tensor that a site reference means: head, step, slices, and what each head writes into the
 * stream. */
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "session/sites.h"

/* result [B, H, T, D]: z of each head times its columns of W_O; with the bias they sum to `out`. */
static bool head_results(struct session *s, struct named_run *run, int z_node, struct tensor *out,
                         struct err *e)
{
    const struct plan *p = s->model->plan;
    int out_node = -1;
    for (int i = z_node + 1; i < p->nnodes && out_node < 0; i++)
        if (p->nodes[i].in[0] == z_node && p->nodes[i].op == OP_LINEAR)
            out_node = i;
    struct tensor z, w32;
    if (s->document != NULL)
        return err_set(e, ERR_COMMAND,
                       "what each head writes takes the weight %s, and a document has none",
                       p->params[p->nodes[out_node].param[0]].name);
    if (!session_run_value(s, run, z_node, &z, e))
        return false;
    const struct tensor *w = &s->model->params[p->nodes[out_node].param[0]];
    int64_t heads = z.shape[1], width = z.shape[3], stream = w->shape[0];
    const int64_t shape[] = {z.shape[0], heads, z.shape[2], stream};
    bool ok = tensor_to_f32(w, &w32, e);
    if (ok && !tensor_new(out, DT_F32, 4, shape, "what each head writes", e)) {
        tensor_unref(&w32);
        ok = false;
    }
    if (!ok) {
        tensor_unref(&z);
        return false;
    }
    const float *wo = tensor_f32(&w32);
    float *to = tensor_f32(out);
    for (int64_t r = 0; r < shape[0] * heads * shape[2]; r++) {
        int64_t b = r / (heads * shape[2]), h = r / shape[2] % heads, t = r % shape[2];
        for (int64_t d = 0; d < stream; d++) {
            double sum = 0;
            for (int64_t k = 0; k < width; k++) {
                const int64_t at[] = {b, h, t, k};
                sum += tensor_get(&z, at) * wo[d * heads * width + h * width + k];
            }
            to[r * stream + d] = (float)sum;
        }
    }
    memcpy(out->axis, z.axis, sizeof out->axis);
    snprintf(out->axis[3], AXIS_NAME, "D");
    tensor_unref(&z);
    tensor_unref(&w32);
    return true;
}

/* Replaces the view by a part of itself; the storage reference goes along. */
static bool cut(struct tensor *t, int axis, const struct slice *c, const char *site, struct err *e)
{
    int64_t n = t->shape[axis];
    int64_t from = c->from < 0 ? c->from + n : c->from, to = c->to == INT64_MAX ? n
                                                             : c->to < 0        ? c->to + n
                                                                                : c->to;
    if (c->one && (from < 0 || from >= n))
        return err_set(e, ERR_COMMAND, "index %lld of axis %s of %s: the range is 0-%lld",
                       (long long)c->from, t->axis[axis], site, (long long)n - 1);
    if (!c->one && (from < 0 || to > n || from > to))
        return err_set(e, ERR_COMMAND, "%lld:%lld of axis %s of %s: it has %lld",
                       (long long)c->from, (long long)(c->to == INT64_MAX ? n : c->to),
                       t->axis[axis], site, (long long)n);
    *t = c->one ? tensor_index(t, axis, from) : tensor_slice(t, axis, from, to);
    return true;
}

static bool cut_position(struct tensor *t, int axis, int64_t step, const char *site, struct err *e)
{
    int64_t n = t->shape[axis];
    if (step >= n)
        return err_set(e, ERR_COMMAND, "step %lld of %s: steps 0-%lld have been computed",
                       (long long)step, site, (long long)n - 1);
    *t = tensor_index(t, axis, step);
    return true;
}

bool sites_tensor(struct session *s, const struct site_ref *r, struct tensor *out, struct err *e)
{
    return sites_tensor_of(s, NULL, r, out, e);
}

bool sites_tensor_of(struct session *s, struct named_run *run, const struct site_ref *r,
                     struct tensor *out, struct err *e)
{
    const struct node *n = &s->model->plan->nodes[r->node];
    bool ok = r->result ? head_results(s, run, r->node, out, e)
                        : session_run_value(s, run, r->node, out, e);
    if (!ok)
        return false;
    /* From the last axis to the first, so that dropped axes do not move those still to be cut.
     * Slices count over the axes that head and step leave. */
    bool dropped[NODE_DIMS] = {false};
    if (n->pos_axis >= 0)
        dropped[n->pos_axis] = r->step >= 0;
    if (r->head >= 0)
        dropped[1] = true;
    int axes[NODE_DIMS], left = 0;
    for (int i = 0; i < n->ndim; i++)
        if (!dropped[i])
            axes[left++] = i;
    /* The batch of one sentence need not be counted: pattern[2,0,1] is head 2, query 0, key 1. */
    if (ok && left > 0 && axes[0] == 0 && out->shape[0] == 1 && r->nslices < left)
        memmove(axes, axes + 1, (size_t)--left * sizeof axes[0]);
    if (r->nslices > left)
        ok = err_set(e, ERR_COMMAND, "%s has %d axes, but %d indices were given", r->name, left,
                     r->nslices);
    for (int i = n->ndim - 1; ok && i >= 0; i--) {
        int k = 0;
        while (k < left && axes[k] != i)
            k++;
        if (i == n->pos_axis && r->step >= 0)
            ok = cut_position(out, i, r->step, r->name, e);
        else if (i == 1 && r->head >= 0)
            *out = tensor_index(out, 1, r->head);
        else if (k < left && k < r->nslices && !r->slices[k].all)
            ok = cut(out, i, &r->slices[k], r->name, e);
    }
    if (ok && out->ndim == 1 && r->nslices > 0 && strcmp(out->axis[0], "B") == 0 &&
        out->shape[0] == 1)
        *out = tensor_index(out, 0, 0); /* one number */
    if (!ok)
        tensor_unref(out);
    return ok;
}
