/* Random weights for a plan that has none: what speed can be measured on, and nothing more. */
#ifndef RASAD_SESSION_RANDOM_WEIGHTS_H
#define RASAD_SESSION_RANDOM_WEIGHTS_H

#include "engine/plan.h"

/* One float32 tensor for each parameter: matrices of variance 1 / inputs, vectors of ones. More than
 * 64 million parameters are refused. NULL + e. */
struct tensor *random_weights(const struct plan *p, struct err *e);
void random_weights_free(const struct plan *p, struct tensor *params); /* NULL is fine */

#endif
