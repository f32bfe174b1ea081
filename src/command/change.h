/* What the commands share that change the computation. */
#ifndef RASAD_COMMAND_CHANGE_H
#define RASAD_COMMAND_CHANGE_H

#include "command/command.h"

/* The values that are meant: a head of an attention ("dec.5.cross.h1") is what it mixes, its z; a
 * part is what comes out of it. *refs is freed with free(). */
bool change_match(struct session *s, const char *text, struct site_ref **refs, size_t *n,
                  struct err *e);
/* Puts it in force (session_intervene) and says when values that it changes, `node` the first, are
 * there already. */
bool change_begin(struct session *s, struct intervention *v, int node, struct result *out,
                  struct err *e);

#endif
