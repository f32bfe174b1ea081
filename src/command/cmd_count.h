/* The pieces of `count`. */
#ifndef RASAD_COMMAND_CMD_COUNT_H
#define RASAD_COMMAND_CMD_COUNT_H

#include "counts.h"
#include "values.h"

/* count memory: weights by type, values, cache. */
bool count_memory(struct session *s, const struct args *a, struct result *out, struct err *e);

#endif
