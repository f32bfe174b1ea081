/* Going on slowly, for a lecture: a pause after each sub-layer, which is shown at once. */
#ifndef RASAD_COMMAND_SLOW_H
#define RASAD_COMMAND_SLOW_H

#include "command/command.h"

/* As session_step(s, STEP_ALL, 1, ...), with s->slow seconds after each step. Ctrl-C stops at once,
 * also within a pause. */
bool slow_run(struct session *s, struct stop *stop, struct err *e);

#endif
