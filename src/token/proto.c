/* Reading the protobuf wire format: tags, varints, fixed numbers and byte runs. */
#include "proto.h"

#include <string.h>

bool proto_next(struct cursor *c, struct proto_field *f)
{
    uint64_t tag, n;
    if (c->bad || cursor_left(c) == 0)
        return false;
    if (!cursor_varint(c, &tag))
        return false;
    *f = (struct proto_field){.number = (uint32_t)(tag >> 3), .wire = tag & 7};
    if (tag >> 32 != 0 || f->number == 0) {
        c->bad = true;
        return false;
    }
    uint32_t four;
    switch (f->wire) {
    case PROTO_VARINT:
        return cursor_varint(c, &f->value);
    case PROTO_FIXED64:
        return cursor_u64(c, &f->value);
    case PROTO_FIXED32:
        if (!cursor_u32(c, &four))
            return false;
        f->value = four;
        return true;
    case PROTO_BYTES:
        if (!cursor_varint(c, &n) || n > cursor_left(c)) {
            c->bad = true;
            return false;
        }
        return cursor_sub(c, (size_t)n, &f->bytes);
    }
    c->bad = true;
    return false;
}

bool proto_int(const struct proto_field *f, int64_t *out)
{
    if (f->wire != PROTO_VARINT)
        return false;
    *out = (int64_t)f->value;
    return true;
}

bool proto_bool(const struct proto_field *f, bool *out)
{
    if (f->wire != PROTO_VARINT)
        return false;
    *out = f->value != 0;
    return true;
}

bool proto_float(const struct proto_field *f, float *out)
{
    if (f->wire != PROTO_FIXED32)
        return false;
    uint32_t bits = (uint32_t)f->value;
    memcpy(out, &bits, sizeof bits);
    return true;
}
