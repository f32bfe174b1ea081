/* Reading the protobuf wire format, one field at a time. */
#ifndef RASAD_TOKEN_PROTO_H
#define RASAD_TOKEN_PROTO_H

#include "base/cursor.h"

enum proto_wire { PROTO_VARINT = 0, PROTO_FIXED64 = 1, PROTO_BYTES = 2, PROTO_FIXED32 = 5 };

struct proto_field {
    uint32_t number;
    enum proto_wire wire;
    uint64_t value;      /* of a varint or fixed field */
    struct cursor bytes; /* of a PROTO_BYTES field */
};

/* The next field; false at the end and, with c->bad set, where the message is broken. Groups, which
 * no format of ours has, count as broken. */
bool proto_next(struct cursor *c, struct proto_field *f);

/* The field as a string, number or truth value; false when its wire type is another one, which the
 * format wants treated as an unknown field. */
bool proto_int(const struct proto_field *f, int64_t *out);
bool proto_bool(const struct proto_field *f, bool *out);
bool proto_float(const struct proto_field *f, float *out);

#endif
