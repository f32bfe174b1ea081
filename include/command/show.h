/* A tensor as people see it: the one picture behind `print`, displays and Lua's tostring. */
#ifndef RASAD_COMMAND_SHOW_H
#define RASAD_COMMAND_SHOW_H

#include "render/view.h"
#include "session/session.h"

/* "$N = NAME  f32[B=1, H=4, S=7, S'=7]  784 B", statistics, and the numbers or their corners.
 * `name` may be NULL, `number` 0; `r` (or NULL) tells which tokens of the session the rows stand
 * for. */
void show_tensor(struct session *s, struct result *out, const char *name, const struct site_ref *r,
                 const struct tensor *t, int number);

#endif
