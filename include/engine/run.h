/* The interpreter: runs a plan one operation at a time. One loop, whatever is asked for: running,
 * stepping, hooks, timing and shape-only differ in observers and in what is kept.
 *
 * A run holds all state. The decoder works in passes: the first takes the encoder, the start token
 * and the prefix; every later one takes the tokens chosen since. Rows of values are stored by
 * position, then batch row, so that a pass appends: what is kept of self-attention's k and v is the
 * key/value cache, and all kept values of the decoder stack up to [.., T, ..] by themselves. */
#ifndef RASAD_ENGINE_RUN_H
#define RASAD_ENGINE_RUN_H

#include "engine/plan.h"

enum run_status {
    RUN_READY,  /* one operation was done, there are more in this pass */
    RUN_DONE,   /* the pass is complete */
    RUN_PAUSED, /* an observer stopped it; the operation is done */
    RUN_FAILED  /* e says why; the operation is not done and may be tried again */
};

enum keep { KEEP_NONE, KEEP_AUTO, KEEP_ALL };
enum observe { OBSERVE_GO, OBSERVE_PAUSE, OBSERVE_FAIL };

struct run;

/* Somebody who wants to see values as they are made. Asked once for every node when attached; an
 * unwanted operation costs one test. */
struct observer {
    const char *what; /* for messages and the account */
    bool (*wants)(void *ud, const struct plan *p, int node);
    /* value: the rows just computed, logical axes [B, .., new positions, ..], float32, writable
     * when `changes` is set (then after seen() returns, *changed tells whether it was written).
     * first is the position of its first row. */
    enum observe (*seen)(void *ud, struct run *r, int node, struct tensor *value, int64_t first,
                         bool *changed, struct err *e);
    void *ud;
    bool changes; /* may write values: counts for the account, is not called when moving over
                          values that exist already */
    bool before;  /* called before the operation, value NULL */
    /* the account: nodes that matched, calls, calls that changed something */
    int matched;
    int64_t fired, changed;
};

struct run_input {
    const int32_t *ids; /* [batch, length], padded */
    int64_t batch, length;
    const int32_t *lengths;  /* [batch] ids that are not padding; NULL = all of them */
    const int32_t *segments; /* [batch, length] as ids: of which text each token is; NULL = all 0 */
    int64_t beams;           /* decoder rows for each source row, >= 1 */
};

/* `params`: one tensor for each parameter of the plan (data NULL = absent). Both are borrowed and
 * must outlive the run. Ids are checked against the vocabulary. */
struct run *run_new(const struct plan *p, const struct tensor *params, const struct run_input *in,
                    struct err *e);
void run_free(struct run *r);
/* A run that shares what is computed; writing to either copies first. Observers are not taken
 * along. */
struct run *run_fork(const struct run *r, struct err *e);

/* What is kept. KEEP_AUTO: everything when it fits in `limit` bytes for `positions` target
 * positions, else residual streams and patterns. To be set before the first operation. */
bool run_keep(struct run *r, enum keep keep, int64_t positions, int64_t limit, struct err *e);
bool run_kept(const struct run *r, int node);
void run_keep_node(struct run *r, int node); /* this one too */
/* Bytes that keeping takes for that many target positions: all, and residuals and patterns only. */
void run_keep_bytes(const struct plan *p, const struct binding *b, int64_t *all, int64_t *some);
/* Bytes of values at the peak of one pass over the whole source and target that keeps nothing: the
 * cache, what the decoder reads of the encoder, and buffers that are used again and again. */
int64_t run_peak_bytes(const struct plan *p, const struct binding *b);

/* Computes nothing but what is kept or watched, and what that needs: not what the plan ends in. */
void run_narrow(struct run *r);

void run_observe(struct run *r, struct observer *o); /* borrowed until run_unobserve */
void run_unobserve(struct run *r, struct observer *o);
/* Shows observers that change nothing a value that exists already: rows [first, first + rows) of
 * the positions (moving forward over what was computed before). */
enum observe run_notify(struct run *r, int node, int64_t first, int64_t rows, struct err *e);

/* Begins a decoder pass with n new tokens for each decoder row: ids [batch*beams, n]. The first
 * pass also runs the encoder. An encoder without decoder takes n = 0. */
bool run_pass(struct run *r, const int32_t *ids, int64_t n, struct err *e);
/* What was computed elsewhere, put into a run that has not begun: rows of a node's value in logical
 * axes, as run_value gives them. */
struct run_given {
    int node;
    struct tensor value;
};
/* Makes the run stand before `node` of the pass over positions [first, first + n), with the values
 * given as all that is there: everything else was not kept. ids: first + n tokens of the one decoder
 * row. Shapes are checked: an error (ERR_FILE) names the value. */
bool run_restore(struct run *r, const int32_t *ids, int64_t first, int64_t n, int node,
                 const struct run_given *given, size_t ngiven, struct err *e);
/* One operation. */
enum run_status run_step(struct run *r, struct err *e);
/* All operations before this node (RUN_READY when there are more), or until paused or failed. */
enum run_status run_to(struct run *r, int node, struct err *e);
/* All operations to the end of the pass, or until paused or failed. */
enum run_status run_all(struct run *r, struct err *e);

int run_next(const struct run *r); /* node that run_step will do; nnodes at the end of a pass */
/* The first node at or after `node` that this pass really computes (first = first pass). */
int run_executes(const struct run *r, int node, bool first_pass);
int64_t run_positions(const struct run *r);      /* target positions begun so far (T) */
struct binding run_binding(const struct run *r); /* b = decoder rows */
const struct plan *run_plan(const struct run *r);

/* Goes back: positions from `position` on and, in the pass that begins there, operations from
 * `node` on count as not computed. The pass is resumed with the same tokens. */
bool run_rewind(struct run *r, int64_t position, int64_t pass_rows, int node, struct err *e);

/* Beams: sequence b goes on from the history of row parent[b]. Called between passes. */
void run_reorder(struct run *r, const int32_t *parent);

/* The value of a node as the user knows it: all positions so far, logical axes, [B, ...] (new
 * reference; a view where rows lie in order, a copy where beams were reordered). Fails when it was
 * not kept or not computed: the message says which. */
bool run_value(struct run *r, int node, struct tensor *out, struct err *e);
/* Rows of one pass only: the rows [from, to) of the position axis. */
bool run_rows(struct run *r, int node, int64_t from, int64_t to, struct tensor *out, struct err *e);
bool run_computed(const struct run *r, int node); /* in the present pass, or before */
/* Logits of the last position of decoder row b: [V], valid until the next run_step; NULL: they are
 * not there. */
const float *run_logits(const struct run *r, int64_t row);

/* Operands of one number. index: logical, as run_value's. `log` (or NULL) gets the computation in
 * words and numbers, one step a line. Computed in double precision from the operands that are
 * kept. */
bool run_cell(struct run *r, int node, const int64_t *index, double *out, struct str *log,
              struct err *e);

/* Seconds spent in each node since the run began (NULL until run_time was called). */
void run_time(struct run *r);
const double *run_seconds(const struct run *r);

#endif
