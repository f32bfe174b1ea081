/* The plan: an immutable list of named operations on named values with symbolic shapes.
 *
 * A family compiles a configuration into a plan; nothing of it needs weights. Every shape,
 * parameter count, cost and memory figure follows from it at any size. The interpreter (run.h) runs
 * it; several runs may share it. Nodes are in order of execution: the encoder's, then the
 * decoder's. */
#ifndef RASAD_ENGINE_PLAN_H
#define RASAD_ENGINE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "tensor/kernels.h"
#include "tensor/tensor.h"

/* ---- symbolic sizes ------------------------------------------------------------------------- */

/* Symbols of every plan; a family adds its own (D, H, K, F, V ...) with plan_symbol. */
enum { SYM_ONE, SYM_B, SYM_S, SYM_T, SYM_FIXED };

struct symbol {
    const char *name;    /* "B" "S" "T" "D" "H" ... */
    const char *meaning; /* "source length" */
    int64_t size;        /* -1: known only when text is bound (B, S, T) */
};

/* k * symbol a * symbol b: enough for every shape of a transformer (H*K when heads are joined). */
struct dim {
    int a, b; /* indices of symbols; SYM_ONE = no factor */
    int64_t k;
};
static inline struct dim dim_sym(int a)
{
    return (struct dim){a, SYM_ONE, 1};
}
static inline struct dim dim_const(int64_t k)
{
    return (struct dim){SYM_ONE, SYM_ONE, k};
}

/* Sizes for the unbound symbols. */
struct binding {
    int64_t b, s, t;
};

/* ---- operations ----------------------------------------------------------------------------- */

enum op {
#define OP(name, text) OP_##name,
#include "engine/ops.def"
#undef OP
    OP_COUNT
};

enum stack { STACK_ENC, STACK_DEC };
/* The sub-layer that a node belongs to: what `step` steps over. */
enum part {
    PART_EMBED,
    PART_SELF,
    PART_CROSS,
    PART_MLP,
    PART_OUT,
    PART_POOL, /* one vector for the sentence */
    PART_MLM,  /* the head for masked tokens */
    PART_NSP,  /* the head that says whether one text follows the other */
    PART_COUNT
};
const char *stack_name(enum stack s); /* "enc" "dec": how names of sites begin */
const char *stack_word(enum stack s); /* "encoder" "decoder" */
const char *part_name(enum part p);   /* "embed" "self" "cross" "mlp" "out" ... */
const char *part_word(enum part p);   /* "embeddings" "self-attention" ... */

#define NODE_INPUTS 2
#define NODE_PARAMS 2
#define NODE_DIMS 4

struct node {
    enum op op;
    const char *name;       /* canonical site: "dec.0.cross.pattern" */
    int site;               /* in sites: the first of its names */
    int in[NODE_INPUTS];    /* earlier nodes, -1 = none */
    int param[NODE_PARAMS]; /* parameters, -1 = none (LINEAR without bias) */
    int ndim;
    struct dim
        shape[NODE_DIMS]; /* logical: streams [B,pos,D], heads [B,H,pos,K], maps [B,H,query,key] */
    char axis[NODE_DIMS][AXIS_NAME]; /* "B" "H" "T" "S'" ... */
    int pos_axis; /* which axis is the position (query); -1: pooled, one row a sentence */
    enum stack stack;
    int layer; /* -1: outside the layers */
    enum part part;
    bool source; /* rows are source positions: encoder values and cross-attention keys, values */
    bool once;   /* in the decoder, but computed in the first pass alone */
    bool state;  /* later passes read the rows of earlier ones (self-attention k and v) */
    /* attributes of some operations */
    bool segments;            /* EMBED: looks up the segment of each token, not its id */
    int heads_sym, width_sym; /* LINEAR: split the output into heads of this width, or SYM_ONE */
    float scale;              /* EMBED, SCORES */
    float eps;                /* NORM, UNIT */
    enum k_act act;           /* ACT */
    enum k_pool pool;         /* POOL */
    bool causal;              /* SCORES */
};

/* A parameter: a weight by its name in the file. Tied ones are one parameter. */
struct param {
    const char *name;   /* "model.encoder.layers.0.fc1.weight" */
    const char *alt[3]; /* other names it may have in a file, NULL-terminated */
    int ndim;
    struct dim shape[2];
    bool optional; /* may be missing from the file: then absent (all zero) */
    bool formula;  /* may be missing: then a formula gives it; not counted as parameters */
};

struct site {
    const char *name;
    int node;
    int next; /* the next name of the same node, -1 = no other */
};

struct plan {
    struct arena arena;
    const char *family;
    struct symbol *symbols;
    int nsymbols;
    struct node *nodes;
    int nnodes;
    int dec_first; /* index of the decoder's first node; nnodes when there is none */
    struct param *params;
    int nparams;
    struct site *sites; /* canonical names and second names, in order of execution */
    int nsites;
    struct map site_index;      /* name -> index in sites */
    int logits, probs, enc_out; /* node indices, -1 = none */
    int layers[2];              /* of encoder and decoder */
    int heads[2], cross_heads;
    int sym_vocab, sym_stream; /* symbols of the output vocabulary and of the width of the stream */
    int64_t max_positions;     /* most positions of a sequence, 0 = no limit */
    int64_t vocab_source, vocab_target;
    int64_t segments;     /* kinds of segments (token types), 0 = the model knows none */
    const char **ignored; /* tensors that files of the family carry without need */
    int nignored;
    const char *note; /* something odd but harmless that the user should know, NULL = nothing */
    size_t node_cap, param_cap, site_cap, symbol_cap, ignored_cap;
};

/* Rows of a value: its positions, or the one row that pooling left. */
static inline int64_t node_positions(const struct node *n, const struct tensor *value)
{
    return n->pos_axis < 0 ? 1 : value->shape[n->pos_axis];
}
/* The rows [from, to) of a value; no new reference. */
static inline struct tensor node_slice(const struct node *n, const struct tensor *value,
                                       int64_t from, int64_t to)
{
    return n->pos_axis < 0 ? *value : tensor_slice(value, n->pos_axis, from, to);
}

void plan_free(struct plan *p);

/* Has it a decoder, and with it a target? */
static inline bool plan_decodes(const struct plan *p)
{
    return p->dec_first < p->nnodes;
}
/* Rows of a value that is computed once from a source of that length. */
static inline int64_t node_source_rows(const struct node *n, int64_t source)
{
    return n->pos_axis < 0 ? 1 : source;
}

/* Value of a size under a binding. INT64_MAX on overflow. */
int64_t dim_size(const struct plan *p, struct dim d, const struct binding *b);
/* "T", "H*K", "2048" into out. */
void dim_text(const struct plan *p, struct dim d, struct str *out);
bool dim_equal(struct dim x, struct dim y);

/* Shape of a node under a binding; returns the number of elements (INT64_MAX on overflow). */
int64_t plan_shape(const struct plan *p, int node, const struct binding *b,
                   int64_t shape[NODE_DIMS]);

/* Index into sites, or -1. Exact canonical or second name (see names.h for other spellings). */
int plan_site(const struct plan *p, const char *name);
/* First and last node of a part of the plan: "enc.2", "enc.2.self", "dec". false = no such part. */
bool plan_range(const struct plan *p, const char *prefix, int *first, int *last);

/* Distinct parameters (tied ones once). INT64_MAX on overflow. */
int64_t plan_parameters(const struct plan *p);

struct cost {
    double flops;        /* multiplications and additions */
    double weight_bytes; /* parameters read, at the element size given */
    double value_bytes;  /* activations read and written, float32 */
};
/* Cost of one node for `rows` new positions under a binding; `element` bytes a weight. */
struct cost plan_cost(const struct plan *p, int node, const struct binding *b, int64_t rows,
                      int element);

/* "q k^T / sqrt(64)" with the sizes in it; the operation's one-line formula. */
void plan_formula(const struct plan *p, int node, struct str *out);
const char *op_name(enum op op); /* "linear" */

/* ---- building (families) -------------------------------------------------------------------- */

struct plan *plan_new(const char *family);
int plan_symbol(struct plan *p, const char *name, const char *meaning, int64_t size);
/* A parameter by printf-style name; shape of one or two sizes (ndim 1 or 2). */
int plan_param(struct plan *p, int ndim, struct dim d0, struct dim d1, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* One more name that the parameter may have in a file (at most 3). */
void plan_param_name(struct plan *p, int param, const char *name);
/* A tensor that may lie in a file and is not needed: nothing is said of it. */
void plan_ignore(struct plan *p, const char *name);
/* Appends the node: its shape rule fills shape and axes from the inputs. Returns its index; -1 + e
 * when shapes do not fit. The canonical name becomes a site. */
int plan_add(struct plan *p, const struct node *n, struct err *e);
/* A second name for a value: "enc.0.resid_post" for "enc.0.norm2". */
void plan_alias(struct plan *p, int node, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
