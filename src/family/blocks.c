/* Blocks that families are built of. */
#include "blocks.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

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

int block_embed(struct blocks *b, int table, float scale, bool source)
{
    struct node n = blank;
    n.op = OP_EMBED;
    n.param[0] = table;
    n.scale = scale;
    n.source = source;
    char name[NAME];
    snprintf(name, sizeof name, "%s.embed", stack_name(b->stack));
    return add(b, n, name);
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
    struct node n = blank;
    n.op = OP_ADD;
    n.in[0] = x;
    n.in[1] = y;
    return add(b, n, name);
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
    n.param[0] = plan_param(b->p, 1, width, dim_const(1), "%s.weight", prefix);
    n.param[1] = plan_param(b->p, 1, width, dim_const(1), "%s.bias", prefix);
    return add(b, n, name);
}

static int linear(struct blocks *b, int x, struct linear l, const struct heads *heads,
                  const char *name)
{
    struct node n = blank;
    n.op = OP_LINEAR;
    n.in[0] = x;
    n.param[0] = plan_param(b->p, 2, l.out, l.in, "%s.weight", l.prefix);
    if (l.bias)
        n.param[1] = plan_param(b->p, 1, l.out, dim_const(1), "%s.bias", l.prefix);
    if (heads != NULL) {
        n.heads_sym = heads->heads;
        n.width_sym = heads->width;
    }
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
    n = blank;
    n.op = OP_SOFTMAX;
    n.in[0] = scores;
    snprintf(name, sizeof name, "%s.pattern", base);
    int pattern = add(b, n, name);
    n = blank;
    n.op = OP_MIX;
    n.in[0] = pattern;
    n.in[1] = qkv[2];
    snprintf(name, sizeof name, "%s.z", base);
    int z = add(b, n, name);
    snprintf(name, sizeof name, "%s.out", base);
    struct linear l = {stream, mixed, !h->plain, proj[3]};
    return linear(b, z, l, NULL, name);
}

int block_mlp(struct blocks *b, int x, enum k_act act, struct linear in, struct linear out)
{
    char name[NAME];
    snprintf(name, sizeof name, "%s.%d.mlp.pre", stack_name(b->stack), b->layer);
    int pre = linear(b, x, in, NULL, name);
    struct node n = blank;
    n.op = OP_ACT;
    n.in[0] = pre;
    n.act = act;
    snprintf(name, sizeof name, "%s.%d.mlp.post", stack_name(b->stack), b->layer);
    int post = add(b, n, name);
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
