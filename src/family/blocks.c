/* Blocks that families are built of. */
#include "blocks.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define NAME 96

static int add(struct blocks *b, struct node n, const char *name)
{
    if (b->failed)
        return -1;
    n.name = name;
    n.stack = b->stack;
    n.layer = b->layer;
    n.part = b->part;
    int node = plan_add(b->p, &n, b->e);
    b->failed = node < 0;
    return node;
}

static const struct node blank = {.in = {-1, -1}, .param = {-1, -1}, .scale = 1};

int block_param(struct blocks *b, int ndim, struct dim d0, struct dim d1, const char *fmt, ...)
{
    char name[2 * NAME];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof name, fmt, ap);
    va_end(ap);
    int param = plan_param(b->p, ndim, d0, d1, "%s", name);
    if (b->also != NULL)
        b->also(b->p, param);
    return param;
}

/* An operation on one or two values that needs nothing else. */
static int plain(struct blocks *b, enum op op, int x, int y, const char *name)
{
    struct node n = blank;
    n.op = op;
    n.in[0] = x;
    n.in[1] = y;
    return add(b, n, name);
}

static int embed(struct blocks *b, int table, float scale, bool source, const char *what)
{
    struct node n = blank;
    n.op = OP_EMBED;
    n.param[0] = table;
    n.scale = scale;
    n.source = source;
    n.segments = strcmp(what, "segment") == 0;
    char name[NAME];
    snprintf(name, sizeof name, "%s.%s", stack_name(b->stack), what);
    return add(b, n, name);
}

int block_embed(struct blocks *b, int table, float scale, bool source)
{
    return embed(b, table, scale, source, "embed");
}

int block_segment(struct blocks *b, int table, bool source)
{
    return embed(b, table, 1, source, "segment");
}

int block_pos(struct blocks *b, int table, int width_sym, bool source)
{
    struct node n = blank;
    n.op = OP_POSITION;
    n.param[0] = table;
    n.width_sym = width_sym;
    n.source = source;
    char name[NAME];
    snprintf(name, sizeof name, "%s.pos", stack_name(b->stack));
    return add(b, n, name);
}

int block_add(struct blocks *b, int x, int y, const char *fmt, ...)
{
    char name[NAME];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof name, fmt, ap);
    va_end(ap);
    return plain(b, OP_ADD, x, y, name);
}

int block_norm(struct blocks *b, int x, float eps, struct dim width, const char *prefix,
               const char *fmt, ...)
{
    char name[NAME];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof name, fmt, ap);
    va_end(ap);
    struct node n = blank;
    n.op = OP_NORM;
    n.in[0] = x;
    n.eps = eps;
    n.param[0] = block_param(b, 1, width, dim_const(1), "%s.weight", prefix);
    n.param[1] = block_param(b, 1, width, dim_const(1), "%s.bias", prefix);
    return add(b, n, name);
}

static int weighted(struct blocks *b, int x, int weight, int bias, const struct heads *heads,
                    const char *name)
{
    struct node n = blank;
    n.op = OP_LINEAR;
    n.in[0] = x;
    n.param[0] = weight;
    n.param[1] = bias;
    if (heads != NULL) {
        n.heads_sym = heads->heads;
        n.width_sym = heads->width;
    }
    return add(b, n, name);
}

static int linear(struct blocks *b, int x, struct linear l, const struct heads *heads,
                  const char *name)
{
    int weight = block_param(b, 2, l.out, l.in, "%s.weight", l.prefix), bias = -1;
    if (l.bias)
        bias = block_param(b, 1, l.out, dim_const(1), "%s.bias", l.prefix);
    return weighted(b, x, weight, bias, heads, name);
}

int block_linear(struct blocks *b, int x, struct linear l, const char *name)
{
    return linear(b, x, l, NULL, name);
}

int block_tied(struct blocks *b, int x, int weight, int bias, const char *name)
{
    return weighted(b, x, weight, bias, NULL, name);
}

int block_act(struct blocks *b, int x, enum k_act act, const char *name)
{
    struct node n = blank;
    n.op = OP_ACT;
    n.in[0] = x;
    n.act = act;
    return add(b, n, name);
}

int block_softmax(struct blocks *b, int x, const char *name)
{
    return plain(b, OP_SOFTMAX, x, -1, name);
}

void block_output(struct blocks *b, int x, int weight, int bias)
{
    b->stack = STACK_DEC;
    b->layer = -1;
    b->part = PART_OUT;
    b->p->logits = block_tied(b, x, weight, bias, "logits");
    b->p->probs = block_softmax(b, b->p->logits, "probs");
}

int block_pool(struct blocks *b, int x, enum k_pool how, const char *name)
{
    struct node n = blank;
    n.op = OP_POOL;
    n.in[0] = x;
    n.pool = how;
    return add(b, n, name);
}

int block_concat(struct blocks *b, int x, int y, const char *name)
{
    return plain(b, OP_CONCAT, x, y, name);
}

int block_unit(struct blocks *b, int x, float eps, const char *name)
{
    struct node n = blank;
    n.op = OP_UNIT;
    n.in[0] = x;
    n.eps = eps;
    return add(b, n, name);
}

int block_attention(struct blocks *b, int x, int from, const struct heads *h, bool causal,
                    const char *which, const char *const proj[4])
{
    char base[NAME], name[NAME + 16];
    snprintf(base, sizeof base, "%s.%d.%s", stack_name(b->stack), b->layer, which);
    struct heads values = *h;
    if (h->value != SYM_ONE)
        values.width = h->value;
    struct dim joined = {h->heads, h->width, 1}, mixed = {h->heads, values.width, 1},
               stream = dim_sym(h->stream);
    static const char *const what[] = {"q", "k", "v"};
    int qkv[3];
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s.%s", base, what[i]);
        struct linear l = {i < 2 ? joined : mixed, stream, !h->plain, proj[i]};
        qkv[i] = linear(b, i == 0 ? x : from, l, i < 2 ? h : &values, name);
        /* Later passes read the rows of earlier ones: the key/value cache. */
        if (!b->failed && i > 0 && causal)
            b->p->nodes[qkv[i]].state = true;
    }
    if (!b->failed && h->value != SYM_ONE) /* their last axis is not that of the keys */
        snprintf(b->p->nodes[qkv[2]].axis[3], AXIS_NAME, "%s", b->p->symbols[h->value].name);
    struct node n = blank;
    n.op = OP_SCORES;
    n.in[0] = qkv[0];
    n.in[1] = qkv[1];
    n.causal = causal;
    n.scale = (float)(1 / sqrt((double)b->p->symbols[h->width].size));
    snprintf(name, sizeof name, "%s.scores", base);
    int scores = add(b, n, name);
    snprintf(name, sizeof name, "%s.pattern", base);
    int pattern = block_softmax(b, scores, name);
    snprintf(name, sizeof name, "%s.z", base);
    int z = plain(b, OP_MIX, pattern, qkv[2], name);
    snprintf(name, sizeof name, "%s.out", base);
    struct linear l = {stream, mixed, !h->plain, proj[3]};
    return linear(b, z, l, NULL, name);
}

int block_mlp(struct blocks *b, int x, enum k_act act, struct linear in, struct linear out)
{
    char name[NAME];
    snprintf(name, sizeof name, "%s.%d.mlp.pre", stack_name(b->stack), b->layer);
    int pre = linear(b, x, in, NULL, name);
    snprintf(name, sizeof name, "%s.%d.mlp.post", stack_name(b->stack), b->layer);
    int post = block_act(b, pre, act, name);
    snprintf(name, sizeof name, "%s.%d.mlp.out", stack_name(b->stack), b->layer);
    return linear(b, post, out, NULL, name);
}

void block_alias(struct blocks *b, int node, const char *fmt, ...)
{
    if (b->failed)
        return;
    char name[NAME];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(name, sizeof name, fmt, ap);
    va_end(ap);
    plan_alias(b->p, node, "%s", name);
}
