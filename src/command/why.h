/* Why an operation is there: one sentence for a reader who sees it for the first time, in English
 * or Persian. */
#ifndef RASAD_COMMAND_WHY_H
#define RASAD_COMMAND_WHY_H

#include "engine/plan.h"

const char *why_text(const struct plan *p, int node, bool persian);

#endif
