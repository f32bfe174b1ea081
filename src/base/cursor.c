/* Bounds-checked reading of little-endian numbers and byte runs. */
#include "base/cursor.h"

#include <string.h>

struct cursor cursor_make(const void *p, size_t n)
{
    return (struct cursor){.p = p, .n = n};
}

size_t cursor_left(const struct cursor *c)
{
    return c->n - c->at;
}

const unsigned char *cursor_bytes(struct cursor *c, size_t n)
{
    if (c->bad || n > c->n - c->at) {
        c->bad = true;
        return NULL;
    }
    static const unsigned char none[1];
    const unsigned char *p = c->p ? c->p + c->at : none;
    c->at += n;
    return p;
}

bool cursor_sub(struct cursor *c, size_t n, struct cursor *out)
{
    const unsigned char *p = cursor_bytes(c, n);
    if (!p)
        return false;
    *out = cursor_make(p, n);
    return true;
}

static bool little(struct cursor *c, int bytes, uint64_t *out)
{
    const unsigned char *p = cursor_bytes(c, (size_t)bytes);
    if (!p)
        return false;
    uint64_t v = 0;
    for (int i = bytes - 1; i >= 0; i--)
        v = v << 8 | p[i];
    *out = v;
    return true;
}

bool cursor_u8(struct cursor *c, uint8_t *out)
{
    uint64_t v;
    if (!little(c, 1, &v))
        return false;
    *out = (uint8_t)v;
    return true;
}

bool cursor_u16(struct cursor *c, uint16_t *out)
{
    uint64_t v;
    if (!little(c, 2, &v))
        return false;
    *out = (uint16_t)v;
    return true;
}

bool cursor_u32(struct cursor *c, uint32_t *out)
{
    uint64_t v;
    if (!little(c, 4, &v))
        return false;
    *out = (uint32_t)v;
    return true;
}

bool cursor_u64(struct cursor *c, uint64_t *out)
{
    return little(c, 8, out);
}

bool cursor_varint(struct cursor *c, uint64_t *out)
{
    uint64_t v = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        uint8_t byte;
        if (!cursor_u8(c, &byte))
            return false;
        if (shift == 63 && byte > 1) /* past 64 bits */
            break;
        v |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *out = v;
            return true;
        }
    }
    c->bad = true;
    return false;
}
