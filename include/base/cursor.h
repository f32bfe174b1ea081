/* Bounds-checked reading of bytes. Every parser of a binary file reads through this: there is no
 * offset arithmetic outside it. After a failed read `bad` is set and all further reads fail. */
#ifndef RASAD_BASE_CURSOR_H
#define RASAD_BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cursor {
    const unsigned char *p;
    size_t n, at;
    bool bad;
};

struct cursor cursor_make(const void *p, size_t n);
size_t cursor_left(const struct cursor *c);
bool cursor_u8(struct cursor *c, uint8_t *out);
bool cursor_u16(struct cursor *c, uint16_t *out); /* all little endian */
bool cursor_u32(struct cursor *c, uint32_t *out);
bool cursor_u64(struct cursor *c, uint64_t *out);
bool cursor_varint(struct cursor *c, uint64_t *out); /* protobuf, at most 10 bytes */
/* n bytes where they lie; NULL when fewer are left. */
const unsigned char *cursor_bytes(struct cursor *c, size_t n);
/* A cursor over the next n bytes, which are skipped in c. */
bool cursor_sub(struct cursor *c, size_t n, struct cursor *out);

#endif
