/* A fast hash of bytes. The seed should not be known to who writes the file, for example the
 * address of the table, so that keys cannot be made that all collide. */
#ifndef RASAD_BASE_HASH_H
#define RASAD_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(uint64_t seed, const char *key, size_t len);
uint64_t hash_seed(const void *table);

#endif
