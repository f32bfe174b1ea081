/* A fast hash of bytes: eight at a time, each word folded in by a 64 x 64 -> 128 bit product. */
#include "base/hash.h"

#include <string.h>

static uint64_t mix(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_bytes(uint64_t seed, const char *key, size_t len)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u, other = 0xD6E8FEB86659FD93u;
    uint64_t h = seed ^ mix(len ^ odd, other), word;
    while (len >= 8) {
        memcpy(&word, key, 8);
        h = mix(h ^ word, odd);
        key += 8;
        len -= 8;
    }
    word = 0;
    if (len)
        memcpy(&word, key, len);
    return mix(mix(h ^ word, odd) ^ other, odd);
}

uint64_t hash_seed(const void *table)
{
    return (uint64_t)(uintptr_t)table * 0xA0761D6478BD642Fu;
}
