/* Small models and vocabularies written by the tests themselves. */
#ifndef TESTS_UNIT_TOKEN_MAKE_H
#define TESTS_UNIT_TOKEN_MAKE_H

#include "base/str.h"
#include "token/internal.h"

struct made_piece {
    const char *text;
    float score;
    int type; /* enum piece_type; 0: the field is left out */
};

/* Protobuf: a varint, bytes or a float32 field. */
void put_varint(struct str *b, unsigned field, uint64_t value);
void put_bytes(struct str *b, unsigned field, const void *data, size_t n);
void put_float(struct str *b, unsigned field, float value);

/* The pieces of a model; end them with text NULL. */
void put_pieces(struct str *b, const struct made_piece *pieces);
void put_piece(struct str *b, const struct made_piece *piece);

/* A model that must be good, and one that must be refused with `expect` in the message. Both take
 * the bytes out of *b and give it back empty; the data of a good one is kept till made_free. */
struct made {
    struct spm *spm;
    struct tokenizer t;
    unsigned char *data;
};
struct made make_model(struct str *b);
void made_free(struct made *m);
void must_refuse(struct str *b, const char *expect);

/* Tokens joined as "piece/id" with spaces. */
void tokens_are(const struct tokenizer *t, const char *text, const char *expect);
void decoded_is(const struct tokenizer *t, const int32_t *ids, size_t n, const char *expect);

/* A whole file in memory of exactly its size, so that a sanitizer sees one byte too far. */
unsigned char *load_exactly(const char *path, size_t *n);

#endif
