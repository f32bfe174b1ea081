/* patch: values of another run written into this one. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change.h"
#include "values.h"

/* The values of one node, of one head or of all. */
struct piece {
    const char *name; /* as it was asked for; lives as long as the plan */
    int node, head;
    struct tensor from; /* [B, .., positions, ..] of the other run */
};
struct patch {
    const struct plan *plan;
    char *run;        /* the other run's name */
    int64_t step, to; /* decoder positions there and here; -1: each to its own */
    struct piece *pieces;
    size_t n;
};

/* Writes the row of one position. Later keys of a causal map are masked in both, so fewer of them
 * will do. */
static bool write_row(const struct piece *x, const struct node *n, const struct tensor *row,
                      int64_t position, struct err *e)
{
    struct tensor to = *row;
    struct tensor from = node_slice(n, &x->from, position, position + 1);
    if (x->head >= 0) {
        to = tensor_slice(&to, 1, x->head, x->head + 1);
        from = tensor_slice(&from, 1, x->head, x->head + 1);
    }
    if (n->ndim == 4 && n->shape[3].a == SYM_T && to.shape[3] != from.shape[3]) {
        int64_t keys = to.shape[3] < from.shape[3] ? to.shape[3] : from.shape[3];
        to = tensor_slice(&to, 3, 0, keys);
        from = tensor_slice(&from, 3, 0, keys);
    }
    if (from.shape[0] == 1) { /* every beam gets it */
        from.shape[0] = to.shape[0];
        from.stride[0] = 0;
    }
    return tensor_copy(&to, &from, e);
}

/* Do both sentences have as many tokens, where the value counts them? A later sentence may have
 * others. */
static bool fits(const struct patch *p, const struct piece *x, int64_t source, struct err *e)
{
    const struct node *n = &p->plan->nodes[x->node];
    for (int i = 1; i < n->ndim; i++)
        if (n->shape[i].a == SYM_S && source > 0 && x->from.shape[i] != source) {
            err_set(
                e, ERR_COMMAND,
                "%s has %lld source positions in the run %s, and %lld here: its values do not fit",
                x->name, (long long)x->from.shape[i], p->run, (long long)source);
            return err_hint(e, "both sentences need the same number of tokens");
        }
    return true;
}

static bool patch_apply(struct intervention *v, struct tensor *value, int node, int64_t first,
                        struct err *e)
{
    const struct patch *p = v->ud;
    const struct node *n = &p->plan->nodes[node];
    v->idle = true;
    for (size_t i = 0; i < p->n; i++) {
        const struct piece *x = &p->pieces[i];
        if (x->node != node)
            continue;
        int64_t source = 0;
        for (int k = 1; k < n->ndim; k++)
            if (n->shape[k].a == SYM_S)
                source = value->shape[k];
        if (!fits(p, x, source, e))
            return false;
        for (int64_t r = 0; r < node_positions(n, value); r++) {
            int64_t there = p->step >= 0 ? p->step : first + r;
            if ((p->to >= 0 && first + r != p->to) || there >= node_positions(n, &x->from))
                continue;
            struct tensor row = node_slice(n, value, r, r + 1);
            if (!write_row(x, n, &row, there, e))
                return false;
            v->idle = false;
        }
    }
    return true;
}

static void patch_free(struct patch *p)
{
    for (size_t i = 0; i < p->n; i++)
        tensor_unref(&p->pieces[i].from);
    free(p->pieces);
    free(p->run);
    free(p);
}

static void patch_release(struct intervention *v)
{
    patch_free(v->ud);
}

/* ---- the command ----------------------------------------------------------------------------- */

/* "clean@3": the run, and the decoder position or -1. */
static struct named_run *run_meant(struct session *s, struct arena *a, const char *text,
                                   int64_t *step, struct err *e)
{
    const char *at = strrchr(text, '@');
    const char *name = at != NULL ? arena_strndup(a, text, (size_t)(at - text)) : text;
    *step = -1;
    if (at != NULL && !str_int(at + 1, 0, INT32_MAX, step)) {
        err_set(e, ERR_COMMAND, "@%s: a decoder step is a number from 0", at + 1);
        return NULL;
    }
    return session_named(s, name, e);
}

static bool check_ref(const struct plan *p, const struct site_ref *r, const struct patch *x,
                      struct err *e)
{
    const struct node *n = &p->nodes[r->node];
    if (r->nslices > 0)
        return err_set(e, ERR_COMMAND, "patch takes no slice: a value, a head or a step of it");
    if (r->result)
        return err_set(e, ERR_COMMAND, "%s is derived from z; patch z instead", r->name);
    if (x->step >= 0 && n->source)
        return err_set(e, ERR_COMMAND,
                       "%s has no decoder steps: it is computed once from the source", r->name);
    if (x->step >= 0 && x->to != x->step && n->ndim == 4 && n->shape[3].a == SYM_T)
        return err_set(e, ERR_COMMAND,
                       "%s has one key for each step up to its own, so step %lld does not fit into "
                       "step %lld",
                       r->name, (long long)x->step, (long long)x->to);
    return true;
}

/* Takes the values out of the other run: what is dropped or changed there later does not matter. */
static bool take(struct session *s, struct named_run *r, const struct site_ref *refs, size_t n,
                 struct patch *x, struct err *e)
{
    int *nodes = mem_alloc((n + 1) * sizeof *nodes);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        nodes[i] = refs[i].node;
        ok = check_ref(x->plan, &refs[i], x, e);
    }
    ok = ok && session_run_prepare(s, r, nodes, (int)n, e);
    free(nodes);
    x->pieces = mem_alloc((n + 1) * sizeof *x->pieces);
    for (size_t i = 0; ok && i < n; i++) {
        struct piece *p = &x->pieces[x->n];
        const struct node *node = &x->plan->nodes[refs[i].node];
        *p = (struct piece){.name = refs[i].name, .node = refs[i].node, .head = refs[i].head};
        if (!session_run_value(s, r, p->node, &p->from, e))
            return false;
        x->n++;
        int64_t have = node_positions(node, &p->from), wanted = x->step;
        if (!node->source && wanted >= have)
            ok = err_set(e, ERR_COMMAND, "the run %s has steps 0-%lld of %s, no step %lld", r->name,
                         (long long)have - 1, p->name, (long long)wanted);
        ok = ok && fits(x, p, s->source.n, e);
    }
    return ok;
}

static void report(const char *site, const struct named_run *r, const struct patch *x,
                   struct result *out)
{
    const struct node *n = &x->plan->nodes[x->pieces[0].node];
    int64_t have = node_positions(n, &x->pieces[0].from);
    out_begin(out);
    out_span(out, TONE_SITE, "%s", site);
    out_span(out, TONE_PLAIN, " taken from the run %s", r->name);
    if (x->step >= 0)
        out_span(out, TONE_PLAIN, ", step %lld", (long long)x->step);
    if (x->n > 1)
        out_span(out, TONE_DIM, ", %zu values", x->n);
    if (x->step < 0 && n->pos_axis >= 0)
        out_span(out, TONE_DIM, ", positions 0-%lld", (long long)have - 1);
    out_span(out, TONE_DIM, " (undo removes it)");
    data_add_str(&out->arena, out->data, "site", site);
    data_add_str(&out->arena, out->data, "run", r->name);
    data_add_int(&out->arena, out->data, "values", (int64_t)x->n);
}

static const struct arg patch_args[] = {
    {.name = "site", .kind = ARG_SITE, .help = "values, or a head; @T: of one decoder step"},
    {.name = "from", .kind = ARG_CHOICE, .choices = "from", .help = "the word from"},
    {.name = "run", .kind = ARG_WORD, .help = "a named run; @T: its step T"},
    {0},
};

static bool patch_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *site = args_str(a, "site");
    struct site_ref *refs;
    size_t n;
    int64_t step;
    struct named_run *r = run_meant(s, &out->arena, args_str(a, "run"), &step, e);
    if (r == NULL)
        return args_blame(a, "run", 0, e);
    if (!change_match(s, site, &refs, &n, e))
        return args_blame(a, "site", 0, e);
    struct patch *x = mem_alloc(sizeof *x);
    *x = (struct patch){.plan = s->model->plan, .run = mem_strdup(r->name)};
    x->to = refs[0].step >= 0 ? refs[0].step : step;
    x->step = step >= 0 ? step : x->to;
    if (!take(s, r, refs, n, x, e)) {
        patch_free(x);
        free(refs);
        return args_blame(a, step >= 0 ? "run" : "site", 0, e);
    }
    struct intervention *v = mem_alloc(sizeof *v);
    v->text = mem_printf("%s from %s", site, args_str(a, "run"));
    v->nodes = mem_alloc((size_t)x->plan->nnodes);
    for (size_t i = 0; i < n; i++)
        v->nodes[refs[i].node] = true;
    v->head = v->step = -1; /* the pieces know theirs */
    v->apply = patch_apply;
    v->release = patch_release;
    v->ud = x;
    report(site, r, x, out);
    int node = refs[0].node;
    free(refs);
    return change_begin(s, v, node, out, e);
}

const struct command cmd_patch = {
    .name = "patch",
    .alias = "pa",
    .group = GROUP_CHANGE,
    .needs = NEED_WEIGHTS,
    .args = patch_args,
    .summary = "Write values of a named run into this one",
    .help = "What is computed from here on goes on from the values of the other run. Positions go "
            "to the "
            "same positions;\n"
            "later ones than the other run has stay as they are. With a step, only this one is "
            "written. "
            "Values over the\n"
            "source need as many tokens in both sentences. 'save-run' names a run.\n"
            "  patch enc.out from clean\n  patch dec.1.cross.h2 from clean\n"
            "  patch dec.*.resid_post@3 from clean@2",
    .exec = patch_exec,
};
