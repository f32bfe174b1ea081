/* The rows of the op table: what each operation must say about itself. Private to the engine. */
#ifndef RASAD_ENGINE_OPS_H
#define RASAD_ENGINE_OPS_H

#include "base/str.h"
#include "engine/plan.h"

/* An input or output as rows: the row of (position, batch row) begins at
 * p + (position * batch + row) * width; in maps, head h begins `keycap` floats after head h - 1. */
struct op_rowset {
    float *p;     /* of the first stored position */
    int64_t base; /* which position that is */
    int64_t batch;
    int64_t width;  /* floats a row */
    int64_t keycap; /* maps alone: floats a head */
};

/* What a kernel gets: positions [first, first + n) of the output are to be computed. */
struct op_args {
    const struct plan *plan;
    const struct node *node;
    int64_t first, n;
    struct op_rowset out, in[NODE_INPUTS];
    struct k_weight w[NODE_PARAMS];
    const int32_t *ids; /* EMBED: of the new rows, [n, batch]: ids or segments */
    /* attention */
    int64_t keys;        /* positions of k and v that exist; POOL: of its input */
    const int32_t *slot; /* see kernels.h */
    int64_t slot_step;
    const int32_t *key_count; /* [batch of the queries] or NULL */
    struct op_rowset q, k;    /* MIX run as fused attention: the operands of the scores behind it */
    const struct node *scores; /* and their node; NULL = not fused */
};

/* What a cell rule gets: whole operands in logical axes. */
struct cell_args {
    const struct plan *plan;
    const struct node *node;
    struct tensor in[NODE_INPUTS];
    struct tensor w[NODE_PARAMS]; /* data NULL = absent */
    const int32_t *ids;           /* EMBED: [position * batch + row] */
    int64_t batch;
    const int32_t *key_count; /* SCORES, POOL: of each batch row, NULL = all */
};

struct op_row {
    const char *name;
    /* Fills shape, axes, pos_axis and source of n from its inputs, parameters and attributes. */
    bool (*shape)(struct plan *p, struct node *n, struct err *e);
    /* Operations (multiplications and additions) for each number of the result. */
    struct dim (*flops)(const struct plan *p, const struct node *n);
    void (*run)(const struct op_args *a);
    /* One number in double precision; log (may be NULL) gets the computation a line a step. */
    double (*cell)(const struct cell_args *c, const int64_t *ix, struct str *log);
    void (*formula)(const struct plan *p, const struct node *n, struct str *out);
    /* Does a row of the result hang on the same row of the inputs alone, bit for bit? */
    bool by_rows;
};

extern const struct op_row *const op_rows[OP_COUNT];

/* One row each, in op_NAME.c by kind. */
extern const struct op_row op_embed, op_position, op_add, op_linear, op_scores, op_softmax, op_mix,
    op_norm, op_act, op_pool, op_concat, op_unit;

/* Shared by the rows. */
void op_like(struct node *n, const struct node *in); /* shape and axes of an input */
struct dim op_features(const struct plan *p,
                       const struct node *n); /* what follows position: D or H*K */
/* [B, pos, D], or [B, D] where pos_axis is -1 (no positions are left) */
void op_stream_shape(struct plan *p, struct node *n, struct dim features);
/* Where the rows of a position begin. */
static inline float *op_row_at(const struct op_rowset *s, int64_t position)
{
    return s->p + (position - s->base) * s->batch * s->width;
}
/* The feature `f` of row (b, position) of a stream, of joined heads or of a pooled value. */
double op_feature(const struct tensor *x, int64_t b, int64_t pos, int64_t f);

#endif
