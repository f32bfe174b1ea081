/* What turns an encoder's positions into one vector for a sentence, as sentence-transformers lays
 * it out (modules.json): pooling, dense layers, scaling to length 1. It stands on any encoder. */
#ifndef RASAD_FAMILY_SENTENCE_H
#define RASAD_FAMILY_SENTENCE_H

#include "engine/plan.h"
#include "format/config.h"

enum sentence_kind { SENTENCE_POOL, SENTENCE_DENSE, SENTENCE_UNIT, SENTENCE_KINDS };

/* Appends one module to the plan: its configuration (NULL: it has none) and the folder that it lies
 * in, which begins the names of its weights ("2_Dense/linear.weight"). *value is the node that it
 * reads and then the one that it gave; -1 at first. Errors: ERR_FILE. */
bool sentence_module(struct plan *p, enum sentence_kind kind, const struct config *c,
                     const char *folder, int *value, struct err *e);
/* The last module's value becomes the site `embedding`. */
void sentence_end(struct plan *p, int value);

#endif
