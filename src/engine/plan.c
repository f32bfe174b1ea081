/* Building and querying plans: symbols, parameters, nodes and the names of their values. */
#include "engine/plan.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "ops.h"

const char *stack_name(enum stack s)
{
    return s == STACK_ENC ? "enc" : "dec";
}

const char *stack_word(enum stack s)
{
    return s == STACK_ENC ? "encoder" : "decoder";
}

const char *part_name(enum part p)
{
    static const char *const names[PART_COUNT] = {"embed", "self", "cross", "mlp",
                                                  "out",   "pool", "mlm",   "nsp"};
    return names[p];
}

const char *part_word(enum part p)
{
    static const char *const words[PART_COUNT] = {
        [PART_EMBED] = "embeddings",
        [PART_SELF] = "self-attention",
        [PART_CROSS] = "cross-attention",
        [PART_MLP] = "feed-forward",
        [PART_OUT] = "output",
        [PART_POOL] = "pooling",
        [PART_MLM] = "head for masked tokens",
        [PART_NSP] = "head for the next sentence",
    };
    return words[p];
}

struct plan *plan_new(const char *family)
{
    struct plan *p = mem_alloc(sizeof *p);
    p->family = arena_strdup(&p->arena, family);
    p->logits = p->probs = p->enc_out = -1;
    static const struct symbol first[] = {
        [SYM_ONE] = {"1", "one", 1},
        [SYM_B] = {"B", "sentences in the batch", -1},
        [SYM_S] = {"S", "source length", -1},
        [SYM_T] = {"T", "target length", -1},
    };
    for (int i = 0; i < SYM_FIXED; i++)
        plan_symbol(p, first[i].name, first[i].meaning, first[i].size);
    return p;
}

void plan_free(struct plan *p)
{
    if (p == NULL)
        return;
    map_release(&p->site_index);
    free(p->nodes);
    free(p->params);
    free(p->sites);
    free(p->symbols);
    free(p->ignored);
    arena_release(&p->arena);
    free(p);
}

int plan_symbol(struct plan *p, const char *name, const char *meaning, int64_t size)
{
    size_t n = (size_t)p->nsymbols;
    ARRAY_PUSH(p->symbols, n, p->symbol_cap) =
        (struct symbol){arena_strdup(&p->arena, name), arena_strdup(&p->arena, meaning), size};
    p->nsymbols = (int)n;
    return p->nsymbols - 1;
}

int plan_param(struct plan *p, int ndim, struct dim d0, struct dim d1, const char *fmt, ...)
{
    char name[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof name, fmt, ap);
    va_end(ap);
    size_t n = (size_t)p->nparams;
    ARRAY_PUSH(p->params, n, p->param_cap) =
        (struct param){.name = arena_strdup(&p->arena, name), .ndim = ndim, .shape = {d0, d1}};
    p->nparams = (int)n;
    return p->nparams - 1;
}

void plan_param_name(struct plan *p, int param, const char *name)
{
    for (int i = 0; i < 3; i++)
        if (p->params[param].alt[i] == NULL) {
            p->params[param].alt[i] = arena_strdup(&p->arena, name);
            return;
        }
    assert(!"too many names of one parameter");
}

void plan_ignore(struct plan *p, const char *name)
{
    size_t n = (size_t)p->nignored;
    ARRAY_PUSH(p->ignored, n, p->ignored_cap) = arena_strdup(&p->arena, name);
    p->nignored = (int)n;
}

static void add_site(struct plan *p, const char *name, int node)
{
    size_t n = (size_t)p->nsites;
    if (!map_add(&p->site_index, name, strlen(name), (int64_t)n))
        return; /* the same name twice would be a family's mistake: the first stands */
    ARRAY_PUSH(p->sites, n, p->site_cap) = (struct site){name, node, -1};
    p->nsites = (int)n;
    int *last = &p->nodes[node].site;
    while (*last >= 0)
        last = &p->sites[*last].next;
    *last = p->nsites - 1;
}

int plan_add(struct plan *p, const struct node *spec, struct err *e)
{
    struct node n = *spec;
    n.name = arena_strdup(&p->arena, spec->name);
    n.site = -1;
    for (int i = 0; i < NODE_INPUTS; i++)
        assert(n.in[i] < p->nnodes);
    if (!op_rows[n.op]->shape(p, &n, e)) {
        err_wrap(e, "%s", n.name);
        return -1;
    }
    /* In the decoder, what depends on the source alone is computed once. */
    n.once = n.stack == STACK_DEC && n.source;
    size_t count = (size_t)p->nnodes;
    ARRAY_PUSH(p->nodes, count, p->node_cap) = n;
    if (n.stack == STACK_ENC) /* past the end until the decoder's first node comes */
        p->dec_first = (int)count;
    p->nnodes = (int)count;
    add_site(p, n.name, p->nnodes - 1);
    return p->nnodes - 1;
}

void plan_alias(struct plan *p, int node, const char *fmt, ...)
{
    char name[128];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof name, fmt, ap);
    va_end(ap);
    add_site(p, arena_strdup(&p->arena, name), node);
}

int plan_site(const struct plan *p, const char *name)
{
    return (int)map_gets(&p->site_index, name, -1);
}

bool plan_range(const struct plan *p, const char *prefix, int *first, int *last)
{
    size_t n = strlen(prefix);
    *first = -1;
    for (int i = 0; i < p->nnodes; i++) {
        const char *s = p->nodes[i].name;
        if (strncmp(s, prefix, n) != 0 || s[n] != '.')
            continue;
        if (*first < 0)
            *first = i;
        *last = i;
    }
    return *first >= 0;
}

int64_t dim_size(const struct plan *p, struct dim d, const struct binding *b)
{
    const int64_t bound[SYM_FIXED] = {1, b->b, b->s, b->t};
    int64_t x = d.a < SYM_FIXED ? bound[d.a] : p->symbols[d.a].size;
    int64_t y = d.b < SYM_FIXED ? bound[d.b] : p->symbols[d.b].size;
    int64_t out;
    if (__builtin_mul_overflow(x, y, &out) || __builtin_mul_overflow(out, d.k, &out))
        return INT64_MAX;
    return out;
}

void dim_text(const struct plan *p, struct dim d, struct str *out)
{
    const char *between = "";
    if (d.k != 1 || (d.a == SYM_ONE && d.b == SYM_ONE)) {
        str_add_int(out, d.k);
        between = "*";
    }
    const int symbols[] = {d.a, d.b};
    for (int i = 0; i < 2; i++)
        if (symbols[i] != SYM_ONE) {
            str_add(out, between);
            str_add(out, p->symbols[symbols[i]].name);
            between = "*";
        }
}

bool dim_equal(struct dim x, struct dim y)
{
    bool straight = x.a == y.a && x.b == y.b, crossed = x.a == y.b && x.b == y.a;
    return x.k == y.k && (straight || crossed);
}

int64_t plan_shape(const struct plan *p, int node, const struct binding *b,
                   int64_t shape[NODE_DIMS])
{
    const struct node *n = &p->nodes[node];
    int64_t count = 1;
    for (int i = 0; i < n->ndim; i++) {
        shape[i] = dim_size(p, n->shape[i], b);
        if (shape[i] == INT64_MAX || __builtin_mul_overflow(count, shape[i], &count))
            count = INT64_MAX;
    }
    return count;
}

int64_t plan_parameters(const struct plan *p)
{
    const struct binding none = {1, 1, 1};
    int64_t total = 0;
    for (int i = 0; i < p->nparams; i++) {
        int64_t n = !p->params[i].formula;
        for (int d = 0; d < p->params[i].ndim; d++)
            if (__builtin_mul_overflow(n, dim_size(p, p->params[i].shape[d], &none), &n))
                return INT64_MAX;
        if (__builtin_add_overflow(total, n, &total))
            return INT64_MAX;
    }
    return total;
}

const char *op_name(enum op op)
{
    return op_rows[op]->name;
}

void plan_formula(const struct plan *p, int node, struct str *out)
{
    op_rows[p->nodes[node].op]->formula(p, &p->nodes[node], out);
}

struct cost plan_cost(const struct plan *p, int node, const struct binding *b, int64_t rows,
                      int element)
{
    const struct node *n = &p->nodes[node];
    const struct binding none = {1, 1, 1};
    struct cost c = {0};
    for (int i = 0; i < NODE_PARAMS; i++) {
        if (n->param[i] < 0)
            continue;
        const struct param *w = &p->params[n->param[i]];
        double count = 1;
        for (int d = 0; d < w->ndim; d++)
            count *= (double)dim_size(p, w->shape[d], &none);
        /* of a table only the rows that are looked up are read */
        if (n->op == OP_EMBED || n->op == OP_POSITION)
            count = (double)dim_size(p, w->shape[1], &none) * (double)rows * (double)b->b;
        c.weight_bytes += count * element;
    }
    int64_t shape[NODE_DIMS];
    plan_shape(p, node, b, shape);
    double out = 1;
    for (int i = 0; i < n->ndim; i++)
        out *= i == n->pos_axis ? (double)rows : (double)shape[i];
    c.value_bytes = out * sizeof(float);
    for (int i = 0; i < NODE_INPUTS; i++) {
        if (n->in[i] < 0)
            continue;
        const struct node *in = &p->nodes[n->in[i]];
        double count = 1;
        plan_shape(p, n->in[i], b, shape);
        /* keys and values are read at all positions, everything else at the new ones */
        bool all = i == 1 && (n->op == OP_SCORES || n->op == OP_MIX);
        for (int d = 0; d < in->ndim; d++)
            count *= d == in->pos_axis && !all ? (double)rows : (double)shape[d];
        c.value_bytes += count * sizeof(float);
    }
    c.flops = out * (double)dim_size(p, op_rows[n->op]->flops(p, n), b);
    return c;
}
