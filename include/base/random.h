/* Random numbers by counter: each is a function of a seed and two counters alone, so the same ones
 * come whatever the order or the thread they are asked for in. */
#ifndef RASAD_BASE_RANDOM_H
#define RASAD_BASE_RANDOM_H

#include <stdint.h>

double random_uniform(uint64_t seed, int64_t i, int64_t j); /* [0, 1), 53 bits */
/* Mean 0, variance 1 (Box and Muller 1958). */
double random_normal(uint64_t seed, int64_t i, int64_t j);

#endif
