/* Blocks that families are built of. Private to families; every name of a site is spelt here.
 *
 * Each function appends operations to the plan and returns the node of its result; after a failure
 * `failed` is set, the error is in e, and all further calls do nothing and return -1. */
#ifndef RASAD_FAMILY_BLOCKS_H
#define RASAD_FAMILY_BLOCKS_H

#include "engine/plan.h"

struct blocks {
    struct plan *p;
    struct err *e;
    enum stack stack;
    int layer; /* -1: outside the layers */
    enum part part;
    bool failed;
    /* Adds the other names that a parameter may have in files of the family; NULL: it has none. */
    void (*also)(struct plan *p, int param);
};

/* A parameter as plan_param makes it, with its other names. */
int block_param(struct blocks *b, int ndim, struct dim d0, struct dim d1, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* The linear map with weight and bias `<prefix>.weight`, `<prefix>.bias`. bias false: none. */
struct linear {
    struct dim out, in;
    bool bias;
    const char *prefix;
};

/* Sizes of one attention: heads, width of each, width of the stream. */
struct heads {
    int heads, width, stream; /* symbols */
    int value;                /* width of a head's values, SYM_ONE (0) = that of its keys */
    bool plain;               /* projections without biases */
};

/* <stack>.embed = rows of table * scale */
int block_embed(struct blocks *b, int table, float scale, bool source);
/* <stack>.segment = rows of table by the segment of each token */
int block_segment(struct blocks *b, int table, bool source);
/* <stack>.pos; table: parameter of a stored table (or -1) */
int block_pos(struct blocks *b, int table, int width_sym, bool source);
/* name = x + y */
int block_add(struct blocks *b, int x, int y, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* name = layer norm of x with <prefix>.weight, <prefix>.bias */
int block_norm(struct blocks *b, int x, float eps, struct dim width, const char *prefix,
               const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* <stack>.I.<which>.{q,k,v,scores,pattern,z,out}; queries from x, keys and values from `from`;
 * names of the four projections in the file, each a printf-free prefix. */
int block_attention(struct blocks *b, int x, int from, const struct heads *h, bool causal,
                    const char *which, const char *const proj[4]);
/* <stack>.I.mlp.{pre,post,out} */
int block_mlp(struct blocks *b, int x, enum k_act act, struct linear in, struct linear out);
/* name = x W^T + b */
int block_linear(struct blocks *b, int x, struct linear l, const char *name);
/* name = x W^T + b, W and b parameters that are there already (b -1: none) */
int block_tied(struct blocks *b, int x, int weight, int bias, const char *name);
/* name = activation of x */
int block_act(struct blocks *b, int x, enum k_act act, const char *name);
/* name = softmax of the rows of x */
int block_softmax(struct blocks *b, int x, const char *name);
/* logits = x W^T + b, of the decoder, and probs, their softmax; W and b as of block_tied. */
void block_output(struct blocks *b, int x, int weight, int bias);
/* name = one vector for the sentence, from the positions of x */
int block_pool(struct blocks *b, int x, enum k_pool how, const char *name);
/* name = x and y end to end */
int block_concat(struct blocks *b, int x, int y, const char *name);
/* name = x / max(|x|, eps) */
int block_unit(struct blocks *b, int x, float eps, const char *name);
/* A further name of a node; nothing after a failure. */
void block_alias(struct blocks *b, int node, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
