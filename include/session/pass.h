/* One pass over given tokens, beside the run that is open and without touching it: for questions
 * that run the model again on other words, with something switched off, or over a file. */
#ifndef RASAD_SESSION_PASS_H
#define RASAD_SESSION_PASS_H

#include "session/session.h"

struct pass {
    const int32_t *source;   /* what the encoder gets */
    const int32_t *segments; /* of each; NULL = all 0 */
    int64_t nsource;
    const int32_t *target; /* what the decoder gets, start token included */
    int64_t ntarget;       /* 0: the encoder alone is run */
    const bool *keep;      /* [nnodes] the values to hold */
    struct observer *const *observers;
    int nobservers; /* beside the changes of the session that are in force, which hold here too */
};
/* The run when the pass is done, without observers; freed with run_free. NULL + e. Ids are checked.
 * What it holds counts against the memory setting, with `before` bytes that are held already;
 * beyond it: an error that says how much is wanted. */
struct run *session_pass(struct session *s, const struct pass *in, int64_t before, struct err *e);
int64_t session_pass_bytes(const struct plan *p, const struct pass *in); /* of what it holds */

/* The changes in force act on a run of one's own too, without its counting in their accounts: copies
 * of their observers, freed by session_unobserve. */
struct observer *session_observe(struct session *s, struct run *r);
void session_unobserve(struct session *s, struct run *r, struct observer *copies);

/* An observer that sets values to zero: all of nodes [nnodes], or one head of theirs. */
struct silence {
    struct observer observer;
    bool *nodes;
    int head; /* -1: all */
};
void silence_init(struct silence *z, const struct plan *p); /* of nothing yet */
void silence_release(struct silence *z);

#endif
