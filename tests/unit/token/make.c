/* Small models and vocabularies written by the tests themselves. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "make.h"

static void raw_varint(struct str *b, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        str_addc(b, (char)(v | 0x80));
    str_addc(b, (char)v);
}

void put_varint(struct str *b, unsigned field, uint64_t value)
{
    raw_varint(b, field << 3);
    raw_varint(b, value);
}

void put_bytes(struct str *b, unsigned field, const void *data, size_t n)
{
    raw_varint(b, field << 3 | 2);
    raw_varint(b, n);
    str_addn(b, data, n);
}

void put_float(struct str *b, unsigned field, float value)
{
    raw_varint(b, field << 3 | 5);
    str_addn(b, (const char *)&value, 4);
}

void put_piece(struct str *b, const struct made_piece *piece)
{
    struct str one = STR_INIT;
    put_bytes(&one, 1, piece->text, strlen(piece->text));
    put_float(&one, 2, piece->score);
    if (piece->type)
        put_varint(&one, 3, (uint64_t)piece->type);
    put_bytes(b, 1, one.s, one.len);
    str_release(&one);
}

void put_pieces(struct str *b, const struct made_piece *pieces)
{
    for (; pieces->text; pieces++)
        put_piece(b, pieces);
}

static unsigned char *take_exactly(struct str *b, size_t *n)
{
    *n = b->len;
    unsigned char *data = malloc(b->len ? b->len : 1);
    memcpy(data, b->s, b->len);
    str_release(b);
    return data;
}

struct made make_model(struct str *b)
{
    struct err e = ERR_INIT;
    size_t n;
    struct made m = {.data = take_exactly(b, &n)};
    m.spm = spm_parse(m.data, n, &e);
    if (!m.spm)
        fail_msg("refused: %s", e.msg);
    m.t.spm = m.spm;
    return m;
}

void made_free(struct made *m)
{
    spm_free(m->spm);
    free(m->data);
}

void must_refuse(struct str *b, const char *expect)
{
    struct err e = ERR_INIT;
    size_t n;
    unsigned char *data = take_exactly(b, &n);
    struct spm *m = spm_parse(data, n, &e);
    if (m)
        fail_msg("accepted a model that should say: %s", expect);
    assert_int_equal(e.kind, ERR_FILE);
    if (!strstr(e.msg, expect))
        fail_msg("expected \"%s\" in: %s", expect, e.msg);
    free(data);
}

void tokens_are(const struct tokenizer *t, const char *text, const char *expect)
{
    struct err e = ERR_INIT;
    struct encoding x;
    struct str got = STR_INIT;
    if (!tokenizer_encode(t, text, strlen(text), true, &x, &e))
        fail_msg("%s: %s", text, e.msg);
    for (size_t i = 0; i < x.n; i++)
        str_addf(&got, "%s%s/%d", i ? " " : "", x.tokens[i].piece, (int)x.tokens[i].id);
    assert_string_equal(got.s, expect);
    str_release(&got);
    encoding_release(&x);
}

void decoded_is(const struct tokenizer *t, const int32_t *ids, size_t n, const char *expect)
{
    struct err e = ERR_INIT;
    struct str got = STR_INIT;
    if (!tokenizer_decode(t, ids, n, &got, &e))
        fail_msg("%s", e.msg);
    assert_string_equal(got.s, expect);
    str_release(&got);
}

unsigned char *load_exactly(const char *path, size_t *n)
{
    struct err e = ERR_INIT;
    char *text = file_read(path, 64 << 20, n, &e);
    if (!text)
        fail_msg("%s", e.msg);
    unsigned char *data = malloc(*n ? *n : 1);
    memcpy(data, text, *n);
    free(text);
    return data;
}
