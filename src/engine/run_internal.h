/* The state of a run. Private to the engine's run_*.c. */
#ifndef RASAD_ENGINE_RUN_INTERNAL_H
#define RASAD_ENGINE_RUN_INTERNAL_H

#include "engine/run.h"
#include "ops.h"

/* Where the rows of one node's value lie: position-major, then batch row, then heads or
 * features. */
struct value {
    struct storage *st; /* own storage of a persistent value, else NULL */
    int buffer;         /* shared buffer of a passing value, -1 = none */
    int64_t cap;        /* positions that fit (persistent) */
    int64_t from;       /* first position that it holds: later when keeping began later */
    int64_t keycap;     /* maps: keys that fit in a row of one head; else 0 */
    int64_t unit;       /* floats a row; in maps, for each key */
};

/* One observer and the nodes it asked for. */
struct watcher {
    struct observer *o;
    unsigned char *wants; /* [nnodes] */
};

/* Beams: before the position, sequence b took over the history of row parent[b]. */
struct reorder {
    int64_t position;
    int32_t *parent;
};

enum { NODE_BEFORE = 1, NODE_AFTER = 2 }; /* somebody watches */

struct run {
    const struct plan *plan;
    const struct tensor *params;
    struct k_weight *weights; /* [nparams] the same as kernels take them */
    /* the source */
    int64_t sbatch, source; /* rows, length S */
    int32_t *source_ids;    /* [S, sbatch]: position-major, as values are */
    int32_t *segments;      /* [S, sbatch] the same, all 0 when none were given; NULL = no use */
    int32_t *key_count;     /* [sbatch] or NULL when nothing is padding */
    int32_t *row_keys;      /* [dbatch] the same for decoder rows */
    /* the target */
    int64_t dbatch; /* decoder rows: sbatch * beams */
    int64_t beams;
    int64_t first, n, total; /* this pass: [first, first + n) of `total` positions begun */
    int32_t *target_ids;     /* [cap, dbatch] */
    int64_t target_cap;
    int32_t *source_row; /* [dbatch]: whose source a decoder row reads */
    int32_t *slot;       /* [target_cap, dbatch]; used once reordered */
    struct reorder *reorders;
    size_t nreorders, reorder_cap;
    /* the program */
    int pc;
    bool begun;           /* a pass was begun */
    bool skip_before;     /* resumed after a pause before the operation */
    struct value *values; /* [nnodes] */
    bool *kept;           /* [nnodes] asked to be kept */
    bool *persist;        /* kept, cached, or read by later passes */
    bool *exec;           /* computed at all (somebody needs it) */
    bool *absorbed;       /* done inside a fused operation */
    unsigned char *watch; /* NODE_BEFORE, NODE_AFTER */
    int *stretch;         /* [nnodes] the last node of the stretch that it belongs to */
    struct storage **buffers;
    int nbuffers;
    bool planned; /* the five arrays above are up to date */
    bool narrow;  /* nothing is computed for its own sake */
    struct watcher *watchers;
    size_t nwatchers, watcher_cap;
    double *seconds;
};

static inline bool run_first_pass(const struct run *r)
{
    return r->first == 0;
}
/* Batch rows of a node's value. */
static inline int64_t node_batch(const struct run *r, const struct node *n)
{
    return n->source || n->stack == STACK_ENC ? r->sbatch : r->dbatch;
}
/* Positions that a pass computes for a node, and the first of them. */
static inline int64_t node_rows(const struct run *r, const struct node *n)
{
    return n->source ? node_source_rows(n, r->source) : r->n;
}
static inline int64_t node_first(const struct run *r, const struct node *n)
{
    return n->source ? 0 : r->first;
}
static inline bool node_is_map(const struct node *n)
{
    return n->op == OP_SCORES || (n->op == OP_SOFTMAX && n->ndim == 4);
}
/* Floats a row of a node's value, all keys that fit counted for maps. */
static inline int64_t node_width(const struct run *r, int node)
{
    const struct value *v = &r->values[node];
    return v->keycap > 0 ? v->unit * v->keycap : v->unit;
}

/* run_memory.c */
void memory_init(struct run *r);                   /* nothing has a place yet */
void memory_plan(struct run *r);                   /* who is computed, kept, shares a buffer */
bool memory_reserve(struct run *r, struct err *e); /* room for this pass */
bool memory_writable(struct run *r, int node, struct err *e); /* nobody else sees what is written */
float *memory_base(const struct run *r, int node, int64_t *base); /* first stored position */
/* Fills what n rows of a map have beyond their keys, with what the user should see there: positions
 * that come later are masked (-inf in scores, 0 in patterns). */
void memory_mask(const struct run *r, int node, float *rows, int64_t n, int64_t keys);
void memory_release(struct run *r);

/* run.c: one operation for positions [first, first + n). */
void compute(struct run *r, int node, int64_t first, int64_t n);

/* run_stretch.c: operations whose rows do not depend on one another, done row by row. */
void stretch_plan(struct run *r, bool join);
/* The next operation, or where nobody looks the stretch that it belongs to, but nothing from `end`
 * on. */
enum run_status stretch_run(struct run *r, int end, struct err *e);

/* run_value.c: logical view of positions [from, to) as they lie, no reference taken. */
struct tensor value_view(const struct run *r, int node, int64_t from, int64_t to);

#endif
