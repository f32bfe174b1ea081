/* Random numbers by counter: each is a function of a seed and two counters alone, so the same ones
 * come whatever the order or the thread they are asked for in. */
#ifndef RASAD_BASE_RANDOM_H
#define RASAD_BASE_RANDOM_H

#include <stdint.h>

/* The finaliser of SplitMix64 (Steele, Lea and Flood 2014): each input bit reaches all output
 * bits. */
static inline uint64_t random_mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}
/* The next 64 bits of a stream (SplitMix64); *state is its seed at first. For the innermost loops:
 * one step, but the order of asking counts. */
static inline uint64_t random_next(uint64_t *state)
{
    return random_mix(*state += 0x9E3779B97F4A7C15u);
}

double random_uniform(uint64_t seed, int64_t i, int64_t j); /* [0, 1), 53 bits */
/* Mean 0, variance 1 (Box and Muller 1958). */
double random_normal(uint64_t seed, int64_t i, int64_t j);

#endif
