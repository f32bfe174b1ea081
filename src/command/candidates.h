/* A list of tokens with their probabilities: as a table and as data. */
#ifndef RASAD_COMMAND_CANDIDATES_H
#define RASAD_COMMAND_CANDIDATES_H

#include "command/command.h"

/* Tokens [from, n) of c, best first, ranks counted from 1, under "candidates" of the object `to`.
 * fates: [n] what happened to each ("chosen", "banned", "" = nothing); NULL = to none. */
void candidates_show(struct session *s, enum token_side side, const struct candidate_token *c,
                     int from, int n, const char *const *fates, struct result *out,
                     struct data *to);

#endif
