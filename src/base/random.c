/* Random numbers by counter: SplitMix64's finaliser over seed and counters. */
#include "base/random.h"

#include <math.h>

/* The finaliser of SplitMix64 (Steele, Lea and Flood 2014): each input bit reaches all output
 * bits. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

double random_uniform(uint64_t seed, int64_t i, int64_t j)
{
    const uint64_t step = 0x9E3779B97F4A7C15u; /* 2^64 / golden ratio */
    uint64_t h = mix(seed + step);
    h = mix(h + step * ((uint64_t)i + 1));
    h = mix(h + step * ((uint64_t)j + 1));
    return (double)(h >> 11) * 0x1p-53;
}

double random_normal(uint64_t seed, int64_t i, int64_t j)
{
    const double turn = 6.283185307179586; /* 2 pi */
    double radius = sqrt(-2 * log(1 - random_uniform(seed, i, 2 * j)));
    return radius * cos(turn * random_uniform(seed, i, 2 * j + 1));
}
