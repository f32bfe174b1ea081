/* Hash map with open addressing. The hash is seeded by the table's address, so that a file cannot
 * be made whose names all collide. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct map_slot {
    const char *key; /* NULL: free */
    size_t len;
    uint64_t hash;
    int64_t value;
};

static struct map_slot *find(const struct map *m, const char *key, size_t len, uint64_t hash)
{
    size_t mask = m->cap - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct map_slot *s = &m->slots[i];
        if (!s->key || (s->hash == hash && s->len == len && memcmp(s->key, key, len) == 0))
            return s;
    }
}

/* The seed depends on the table, so all keys are hashed again. */
static void resize(struct map *m, size_t cap)
{
    struct map old = *m;
    size_t bytes;
    if (!mem_mul(cap, sizeof *m->slots, &bytes))
        bytes = SIZE_MAX;
    m->slots = mem_alloc(bytes);
    m->cap = cap;
    uint64_t seed = hash_seed(m->slots);
    for (size_t i = 0; i < old.cap; i++) {
        struct map_slot *s = &old.slots[i];
        if (!s->key)
            continue;
        s->hash = hash_bytes(seed, s->key, s->len);
        *find(m, s->key, s->len, s->hash) = *s;
    }
    free(old.slots);
}

void map_reserve(struct map *m, size_t n)
{
    size_t cap = m->cap ? m->cap : 16;
    while (cap / 4 * 3 < n)
        cap *= 2;
    if (cap > m->cap)
        resize(m, cap);
}

bool map_add(struct map *m, const char *key, size_t len, int64_t value)
{
    map_reserve(m, m->n + 1);
    uint64_t hash = hash_bytes(hash_seed(m->slots), key, len);
    struct map_slot *s = find(m, key, len, hash);
    if (s->key)
        return false;
    *s = (struct map_slot){.key = key, .len = len, .hash = hash, .value = value};
    m->n++;
    return true;
}

int64_t map_get(const struct map *m, const char *key, size_t len, int64_t otherwise)
{
    if (m->n == 0)
        return otherwise;
    const struct map_slot *s = find(m, key, len, hash_bytes(hash_seed(m->slots), key, len));
    return s->key ? s->value : otherwise;
}

int64_t map_gets(const struct map *m, const char *key, int64_t otherwise)
{
    return map_get(m, key, strlen(key), otherwise);
}

void map_release(struct map *m)
{
    free(m->slots);
    *m = (struct map)MAP_INIT;
}
