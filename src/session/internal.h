/* Shared by the files of the session. */
#ifndef RASAD_SESSION_INTERNAL_H
#define RASAD_SESSION_INTERNAL_H

#include "session/session.h"

/* Drops the values computed again on demand: tokens or interventions changed. */
void session_drop_replay(struct session *s);
void replay_drop(struct replay *p);
void named_run_release(struct named_run *r);
/* Whether a stop point holds at the operation just done or at the place reached; fills `out`.
 * Conditions that fail to evaluate are errors. */
bool stops_check(struct session *s, int done, struct place from, struct place to, struct stop *out,
                 bool *hit, struct err *e);
void stop_point_release(struct stop_point *b);
void intervention_free(struct intervention *v);
/* How many decoder positions lie before the pass, and with it. */
int64_t pass_start(const struct gen *g, int64_t pass);
int64_t pass_end(const struct gen *g, int64_t pass);

#endif
