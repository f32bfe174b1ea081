/* Random numbers by counter: the mixing of SplitMix64 over seed and counters. */
#include "base/random.h"

#include <math.h>

double random_uniform(uint64_t seed, int64_t i, int64_t j)
{
    const uint64_t step = 0x9E3779B97F4A7C15u; /* 2^64 / golden ratio */
    uint64_t h = random_mix(seed + step);
    h = random_mix(h + step * ((uint64_t)i + 1));
    h = random_mix(h + step * ((uint64_t)j + 1));
    return (double)(h >> 11) * 0x1p-53;
}

double random_normal(uint64_t seed, int64_t i, int64_t j)
{
    const double turn = 6.283185307179586; /* 2 pi */
    double radius = sqrt(-2 * log(1 - random_uniform(seed, i, 2 * j)));
    return radius * cos(turn * random_uniform(seed, i, 2 * j + 1));
}
