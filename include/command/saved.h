/* The session as the commands that make it again, a line each: what `save` writes and a record
 * begins with. What was computed is not part of it. */
#ifndef RASAD_COMMAND_SAVED_H
#define RASAD_COMMAND_SAVED_H

#include "session/session.h"

void saved_settings(const struct session *s, struct str *out); /* those that differ from defaults */
void saved_breaks(const struct session *s, struct str *out);   /* breaks, watches, displays */
void saved_model(const struct session *s, struct str *out);    /* nothing when none is open */
/* Settings, input, prefix, search, changes, breaks. */
void saved_state(const struct session *s, struct str *out);

#endif
