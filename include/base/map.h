/* Hash map from byte strings to 64-bit integers. Keys are borrowed: they must outlive the map. */
#ifndef RASAD_BASE_MAP_H
#define RASAD_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_slot;
struct map {
    struct map_slot *slots;
    size_t n, cap;
};

#define MAP_INIT                                                                                   \
    {                                                                                              \
        0                                                                                          \
    }

/* Sets key -> value; false when the key was there already (its value stays). */
bool map_add(struct map *m, const char *key, size_t len, int64_t value);
/* The value of a key, or `otherwise`. */
int64_t map_get(const struct map *m, const char *key, size_t len, int64_t otherwise);
int64_t map_gets(const struct map *m, const char *key, int64_t otherwise);
void map_reserve(struct map *m, size_t n); /* room for n keys without growing */
void map_release(struct map *m);

#endif
