/* Counting nodes of a plan in groups, and how their costs grow. */
#include "counts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "values.h"

/* ---- one value ------------------------------------------------------------------------------- */

/* The product for one of the heads: without the symbol of their number. */
static bool one_head(const struct node *n, struct product *x)
{
    int heads = n->ndim == 4 ? n->shape[1].a : SYM_ONE;
    for (int i = 0; i < x->n; i++)
        if (heads != SYM_ONE && x->symbol[i] == heads) {
            memmove(&x->symbol[i], &x->symbol[i + 1], (size_t)(x->n - i - 1) * sizeof x->symbol[0]);
            x->n--;
            return true;
        }
    return false;
}

static bool is_matrix(const struct param *w)
{
    return w->ndim == 2 && (w->shape[0].a != SYM_ONE || w->shape[0].k > 1);
}

/* Whether a parameter is part of the model: a formula gives some, others are not in the file. */
static bool counted(const struct model *m, int param)
{
    return !m->plan->params[param].formula && (m->weights == NULL || m->params[param].data != NULL);
}

struct counting {
    const struct model *m;
    enum count_kind kind;
    bool matrices;
    int *owner; /* [nparams] the node whose parameter it was first, -1 = not met yet */
};

/* Adds the count of one value. *tied: the node where its parameters were counted, -1 = here. */
static bool add_value(const struct counting *c, const struct site_ref *r, struct sum *to, int *tied,
                      struct err *e)
{
    const struct plan *p = c->m->plan;
    const struct node *n = &p->nodes[r->node];
    bool fits = true;
    *tied = -1;
    if (c->kind != COUNT_PARAMS) {
        struct product x =
            c->kind == COUNT_FLOPS ? count_flops(p, r->node) : count_value(p, r->node);
        if (r->head >= 0)
            fits = one_head(n, &x);
        sum_add(to, x);
    }
    for (int i = 0; c->kind == COUNT_PARAMS && i < NODE_PARAMS; i++) {
        int w = n->param[i];
        if (w < 0 || !counted(c->m, w) || (c->matrices && !is_matrix(&p->params[w])))
            continue;
        if (c->owner[w] >= 0 && c->owner[w] != r->node) {
            *tied = c->owner[w];
            continue;
        }
        c->owner[w] = r->node;
        struct product x = count_param(p, w);
        if (r->head >= 0)
            fits = fits && one_head(n, &x);
        sum_add(to, x);
    }
    return fits ||
           err_set(e, ERR_COMMAND, "%s.h%d: there is no such count for one head", r->name, r->head);
}

/* ---- groups ---------------------------------------------------------------------------------- */

static bool same_group(const struct count_group *g, const struct node *n, enum count_by by)
{
    bool part = g->part == n->part || (by == COUNT_BY_LAYER && n->layer >= 0);
    return g->stack == n->stack && g->layer == n->layer && part;
}

static const char *group_name_of(struct arena *a, const struct node *n, enum count_by by)
{
    const char *stack = stack_name(n->stack);
    if (n->part == PART_OUT)
        return "output";
    if (n->layer < 0)
        return arena_printf(a, "%s.%s", stack, part_name(n->part));
    if (by == COUNT_BY_LAYER)
        return arena_printf(a, "%s.%d", stack, n->layer);
    return arena_printf(a, "%s.%d.%s", stack, n->layer, part_name(n->part));
}

static struct count_group *group_for(struct counts *c, struct arena *a, const struct plan *p,
                                     const struct site_ref *r, enum count_by by)
{
    const struct node *n = &p->nodes[r->node];
    for (size_t i = c->n; by != COUNT_BY_SITE && i-- > 0;)
        if (same_group(&c->groups[i], n, by))
            return &c->groups[i];
    const char *name;
    if (by == COUNT_BY_SITE) {
        struct str text = STR_INIT;
        sites_text(r, &text);
        name = arena_strdup(a, text.s);
        str_release(&text);
    } else {
        name = group_name_of(a, n, by);
    }
    struct count_group *g = &ARRAY_PUSH(c->groups, c->n, c->cap);
    *g = (struct count_group){.name = name,
                              .stack = n->stack,
                              .layer = n->layer,
                              .last_layer = n->layer,
                              .part = n->part,
                              .times = 1};
    return g;
}

/* "enc.0.self" "enc.1.self" ... with the same count become "enc.0-11.self". */
static void merge_layers(struct counts *c, struct arena *a)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        struct count_group *g = &c->groups[i];
        size_t k = 0;
        while (k < n && !(g->layer >= 0 && c->groups[k].stack == g->stack &&
                          c->groups[k].part == g->part && c->groups[k].last_layer == g->layer - 1 &&
                          sum_equal(&c->groups[k].each, &g->each)))
            k++;
        if (k == n) {
            c->groups[n++] = *g;
            continue;
        }
        c->groups[k].last_layer = g->layer;
        c->groups[k].times++;
        sum_release(&g->each);
    }
    c->n = n;
    for (size_t k = 0; k < n; k++)
        if (c->groups[k].times > 1)
            c->groups[k].name =
                arena_printf(a, "%s.%d-%d.%s", stack_name(c->groups[k].stack), c->groups[k].layer,
                             c->groups[k].last_layer, part_name(c->groups[k].part));
}

bool counts_of(const struct model *m, struct arena *a, enum count_kind kind, enum count_by by,
               bool matrices, const struct site_ref *sites, size_t n, struct counts *out,
               struct err *e)
{
    const struct plan *p = m->plan;
    struct counting c = {m, kind, matrices, mem_alloc((size_t)(p->nparams + 1) * sizeof *c.owner)};
    bool ok = true;
    *out = (struct counts){0};
    for (int i = 0; i < p->nparams; i++)
        c.owner[i] = -1;
    if (sites == NULL)
        n = (size_t)p->nnodes;
    for (size_t i = 0; ok && i < n; i++) {
        struct site_ref r = {
            .name = p->nodes[sites == NULL ? i : 0].name, .node = (int)i, .head = -1, .step = -1};
        if (sites != NULL)
            r = sites[i];
        int tied;
        struct count_group *g = group_for(out, a, p, &r, by);
        ok = add_value(&c, &r, &g->each, &tied, e);
        if (tied >= 0 && g->each.n == 0)
            g->tied = p->nodes[tied].name;
    }
    free(c.owner);
    if (by == COUNT_BY_PART)
        merge_layers(out, a);
    for (size_t i = 0; i < out->n; i++)
        sum_add_all(&out->total, &out->groups[i].each, out->groups[i].times);
    return ok;
}

void counts_release(struct counts *c)
{
    for (size_t i = 0; i < c->n; i++)
        sum_release(&c->groups[i].each);
    free(c->groups);
    sum_release(&c->total);
    *c = (struct counts){0};
}

/* ---- growth ---------------------------------------------------------------------------------- */

enum growth growth_of(const struct node *n)
{
    bool attention = n->part == PART_SELF || n->part == PART_CROSS;
    if (n->part == PART_MLP)
        return n->op == OP_ADD || n->op == OP_NORM ? GROWTH_OTHER : GROWTH_MLP;
    if (attention && n->op == OP_LINEAR)
        return GROWTH_MAPS;
    bool map = n->op == OP_SCORES || n->op == OP_MIX || (n->op == OP_SOFTMAX && n->ndim == 4);
    return map ? GROWTH_PAIRS : GROWTH_OTHER;
}

const char *growth_name(enum growth g)
{
    static const char *const names[] = {"attention: scores, softmax, mix",
                                        "attention: q, k, v, out", "feed-forward", "other"};
    return names[g];
}

void growth_init(struct growth_sums *g, const struct plan *p, int64_t batch)
{
    *g = (struct growth_sums){.p = p, .batch = batch};
    for (int i = 0; i < p->nnodes; i++)
        sum_add(&g->part[growth_of(&p->nodes[i])], count_flops(p, i));
}

void growth_release(struct growth_sums *g)
{
    for (int i = 0; i < GROWTH_COUNT; i++)
        sum_release(&g->part[i]);
}

double growth_at(const struct growth_sums *g, enum growth part, int64_t length)
{
    return sum_value(g->p, &g->part[part], &(struct binding){g->batch, length, length}, NULL);
}

static bool crossed(const struct growth_sums *g, bool all, int64_t length)
{
    double rest = growth_at(g, GROWTH_MLP, length);
    if (all)
        rest += growth_at(g, GROWTH_MAPS, length) + growth_at(g, GROWTH_OTHER, length);
    return growth_at(g, GROWTH_PAIRS, length) >= rest;
}

int64_t growth_crossing(const struct growth_sums *g, bool all)
{
    int64_t lo = 1, hi = 1000000000;
    if (g->part[GROWTH_PAIRS].n == 0 || g->part[GROWTH_MLP].n == 0 || !crossed(g, all, hi))
        return 0;
    while (lo < hi) { /* the quotient of the two sides rises with N */
        int64_t mid = lo + (hi - lo) / 2;
        if (crossed(g, all, mid))
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

static void crossing_line(struct result *out, const struct growth_sums *g, bool all,
                          const char *key, const char *what)
{
    int64_t n = growth_crossing(g, all);
    if (n == 0) {
        data_add_null(&out->arena, out->data, key);
        return;
    }
    data_add_int(&out->arena, out->data, key, n);
    out_line(out, TONE_PLAIN, "from N = %s on they cost more than %s",
             values_grouped(&out->arena, (double)n, n), what);
}

void counts_crossing(struct result *out, const struct growth_sums *g)
{
    if (g->part[GROWTH_PAIRS].n == 0) {
        out_line(out, TONE_PLAIN, "there is no attention: every operation grows as N");
        return;
    }
    out_line(out, TONE_PLAIN,
             "scores, softmax and mix of attention grow as N^2, everything else as N:");
    crossing_line(out, g, false, "crossing", "the feed-forward layers");
    crossing_line(out, g, true, "crossing_all", "everything else together");
}
