/* The .model file: what is read of it, what is refused, and every small damage. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "make.h"

#define SP "\u2581"

static const struct made_piece usual[] = {
    {"<unk>", 0, PIECE_UNKNOWN},
    {"<s>", 0, PIECE_CONTROL},
    {"</s>", 0, PIECE_CONTROL},
    {SP "a", -1, 0},
    {SP, -2, PIECE_NORMAL},
    {"a", -2.5f, 0},
    {"ab", -2, 0},
    {"b", -3, 0},
    {0},
};

static void test_spm__defaults_and_specials(void **state)
{
    (void)state;
    struct str b = STR_INIT;
    put_pieces(&b, usual);
    struct made m = make_model(&b);
    assert_int_equal(m.spm->n, 8);
    assert_true(m.spm->unk == 0 && m.spm->eos == 2);
    assert_true(m.spm->normal.dummy_prefix && m.spm->normal.remove_extra && m.spm->normal.escape);
    /* Two ways of equal score: the one whose last piece begins earlier was there first. */
    tokens_are(&m.t, "ab a", SP "/4 ab/6 " SP "a/3");
    tokens_are(&m.t, "  a  ", SP "a/3");
    tokens_are(&m.t, "", "");
    tokens_are(&m.t, "   ", "");
    tokens_are(&m.t, "axyb", SP "a/3 xy/0 b/7");
    tokens_are(&m.t, "<s>", SP "/4 <s>/0");
    static const int32_t ids[] = {1, 3, 7, 3, 0, 2};
    decoded_is(&m.t, ids, 6, "ab a \u2047 ");
    decoded_is(&m.t, NULL, 0, "");
    assert_int_equal(tokenizer_id(&m.t, "ab"), 6);
    assert_int_equal(tokenizer_id(&m.t, "zz"), -1);
    assert_int_equal(tokenizer_id(&m.t, "<unk>"), 0);
    assert_string_equal(tokenizer_piece(&m.t, 6), "ab");
    assert_null(tokenizer_piece(&m.t, 8));
    assert_null(tokenizer_piece(&m.t, -1));
    assert_true(tokenizer_is_special(&m.t, 1) && tokenizer_is_special(&m.t, 0));
    assert_false(tokenizer_is_special(&m.t, 6) || tokenizer_is_special(&m.t, 99));
    struct err e = ERR_INIT;
    struct str out = STR_INIT;
    static const int32_t far[] = {3, 8};
    assert_false(tokenizer_decode(&m.t, far, 2, &out, &e));
    assert_non_null(strstr(e.msg, "0-7"));
    made_free(&m);
}

static void test_spm__unknown_fields_and_repeats(void **state)
{
    (void)state;
    struct str b = STR_INIT, part = STR_INIT;
    put_varint(&b, 99, 7);
    put_bytes(&b, 98, "skip", 4);
    put_float(&b, 97, 1);
    put_varint(&b, 1, 5); /* not a piece: the wire type is another */
    put_pieces(&b, usual);
    put_varint(&part, 3, 2); /* BPE, taken back by the next message */
    put_bytes(&b, 2, part.s, part.len);
    str_clear(&part);
    put_varint(&part, 3, 1);
    put_varint(&part, 3, 77); /* no kind: ignored */
    put_bytes(&part, 44, "[?]", 3);
    put_bytes(&part, 47, "<s>", 3);
    put_bytes(&b, 2, part.s, part.len);
    str_clear(&part);
    put_varint(&part, 3, 0);
    put_bytes(&b, 3, part.s, part.len);
    str_clear(&part);
    put_varint(&part, 4, 0);
    put_bytes(&b, 3, part.s, part.len);
    str_release(&part);
    struct made m = make_model(&b);
    assert_false(m.spm->normal.dummy_prefix || m.spm->normal.remove_extra);
    assert_true(m.spm->normal.escape);
    assert_int_equal(m.spm->eos, 1);
    assert_string_equal(m.spm->unk_surface, "[?]");
    tokens_are(&m.t, " a", SP "a/3");
    tokens_are(&m.t, "a  ", "a/5 " SP "/4 " SP "/4");
    made_free(&m);
}

static void refuse_pieces(const struct made_piece *pieces, const char *expect)
{
    struct str b = STR_INIT;
    put_pieces(&b, pieces);
    must_refuse(&b, expect);
}

static void test_spm__refused(void **state)
{
    (void)state;
    struct str b = STR_INIT, part = STR_INIT;
    must_refuse(&b, "no pieces");
    str_add(&b, "{\"a\": 1}");
    must_refuse(&b, "no SentencePiece model");
    static const struct made_piece no_unk[] = {{"a", 0, 0}, {0}};
    static const struct made_piece two_unk[] = {{"a", 0, 0}, {"u", 0, 2}, {"v", 0, 2}, {0}};
    static const struct made_piece same[] = {{"a", 0, 0}, {"u", 0, 2}, {"a", 0, 4}, {0}};
    static const struct made_piece same_control[] = {{"a", 0, 0}, {"u", 0, 2}, {"u", 0, 3}, {0}};
    static const struct made_piece empty[] = {{"", 0, 0}, {"u", 0, 2}, {0}};
    static const struct made_piece only_unk[] = {{"u", 0, 2}, {0}};
    static const struct made_piece byte[] = {{"a", 0, 0}, {"u", 0, 2}, {"<0x41>", 0, 6}, {0}};
    static const struct made_piece nan[] = {{"a", NAN, 0}, {"u", 0, 2}, {0}};
    static const struct made_piece inf[] = {{"a", -INFINITY, 0}, {"u", 0, 2}, {0}};
    refuse_pieces(no_unk, "no unknown piece");
    refuse_pieces(two_unk, "both the unknown piece");
    refuse_pieces(same, "'a' twice");
    refuse_pieces(same_control, "'u' twice");
    refuse_pieces(empty, "no spelling");
    refuse_pieces(only_unk, "no pieces to match");
    refuse_pieces(byte, "byte fallback");
    refuse_pieces(nan, "no number");
    refuse_pieces(inf, "no number");
    static const char *const kinds[] = {"BPE", "word", "character"};
    for (unsigned kind = 2; kind <= 4; kind++) {
        put_pieces(&b, usual);
        str_clear(&part);
        put_varint(&part, 3, kind);
        put_bytes(&b, 2, part.s, part.len);
        must_refuse(&b, kinds[kind - 2]);
    }
    /* Byte fallback without the bytes. */
    put_pieces(&b, usual);
    str_clear(&part);
    put_varint(&part, 35, 1);
    put_bytes(&b, 2, part.s, part.len);
    must_refuse(&b, "<0x00>");
    /* A piece of 8,000 bytes, and one with a NUL. */
    char longest[8001];
    memset(longest, 'x', 8000);
    longest[8000] = '\0';
    struct made_piece large = {longest, 0, 0};
    put_pieces(&b, usual);
    put_piece(&b, &large);
    must_refuse(&b, "8000 bytes long");
    str_clear(&part);
    put_bytes(&part, 1, "a\0b", 3);
    put_pieces(&b, usual);
    put_bytes(&b, 1, part.s, part.len);
    must_refuse(&b, "NUL");
    /* A group, field 0, a varint of 11 bytes, a length past the end. */
    static const char *const broken[] = {
        "\x0b", "\x02\x01x", "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "\x0a\x7f"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        put_pieces(&b, usual);
        str_add(&b, broken[i]);
        must_refuse(&b, "cannot be read");
    }
    str_release(&part);
}

static void test_spm__charsmap_refused(void **state)
{
    (void)state;
    static const unsigned bad_sizes[] = {0, 4, 1020, 1028, 2048, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof bad_sizes / sizeof *bad_sizes + 4; i++) {
        unsigned char blob[4 + 1024 + 2] = {0};
        uint32_t size = i < 6 ? bad_sizes[i] : 1024;
        size_t n = sizeof blob;
        memcpy(blob, &size, 4);
        blob[5] = 4; /* the root leads to unit 1 */
        if (i == 6)
            blob[n - 1] = 'x'; /* a string without end */
        if (i == 7)
            blob[7] = 1; /* a root that leads far out */
        if (i == 8)
            n = 1028; /* no strings at all */
        if (i == 9)
            n = 3;
        struct err e = ERR_INIT;
        struct normalizer z = {0};
        unsigned char *exact = malloc(n);
        memcpy(exact, blob, n);
        assert_false(normalizer_rules(&z, exact, n, &e));
        assert_int_equal(e.kind, ERR_FILE);
        assert_int_equal(z.nunits, 0);
        free(exact);
    }
}

/* Whatever opens must also work, on text and on ids. */
static void use(const unsigned char *data, size_t n)
{
    static const char text[] =
        " ab\u2581a the \xff \u0639\u0644\u06cc\u200c <0x41></s>e\u0301\ufdfa";
    struct err e = ERR_INIT;
    struct tokenizer t = {.spm = spm_parse(data, n, &e)};
    if (!t.spm) {
        assert_true(e.kind == ERR_FILE && e.msg[0]);
        return;
    }
    struct encoding x;
    struct lattice l;
    struct str out = STR_INIT;
    if (tokenizer_encode(&t, text, sizeof text - 1, true, &x, &e)) {
        int64_t last = 0;
        for (size_t i = 0; i < x.n; i++) {
            assert_true(x.tokens[i].start >= last && x.tokens[i].end >= x.tokens[i].start);
            assert_true(x.tokens[i].end <= (int64_t)sizeof text - 1);
            last = x.tokens[i].start;
        }
        encoding_release(&x);
    }
    if (tokenizer_lattice(&t, text, sizeof text - 1, 2, &l, &e))
        lattice_release(&l);
    for (int32_t id = 0; id < 12 && id < tokenizer_size(&t); id++)
        tokenizer_decode(&t, &id, 1, &out, &e);
    str_release(&out);
    spm_free(t.spm);
}

static void test_spm__every_truncation_and_byte(void **state)
{
    (void)state;
    struct str b = STR_INIT, part = STR_INIT;
    put_pieces(&b, usual);
    static const struct made_piece user = {"the", 0, PIECE_USER};
    put_piece(&b, &user);
    put_varint(&part, 24, 1);
    put_bytes(&part, 44, "?", 1);
    put_bytes(&b, 2, part.s, part.len);
    str_clear(&part);
    put_bytes(&part, 1, "n", 1);
    put_varint(&part, 3, 1);
    put_bytes(&b, 3, part.s, part.len);
    put_bytes(&b, 5, part.s, part.len);
    for (size_t n = 0; n <= b.len; n++) {
        unsigned char *data = malloc(n ? n : 1);
        memcpy(data, b.s, n);
        use(data, n);
        free(data);
    }
    unsigned char *data = malloc(b.len);
    memcpy(data, b.s, b.len);
    for (size_t i = 0; i < b.len; i++) {
        for (unsigned flip = 1; flip < 256; flip++) {
            data[i] = (unsigned char)b.s[i] ^ (unsigned char)flip;
            use(data, b.len);
        }
        data[i] = (unsigned char)b.s[i];
    }
    free(data);
    str_release(&b);
    str_release(&part);
}

static void test_spm__damaged_rules(void **state)
{
    (void)state;
    size_t n;
    unsigned char *data = load_exactly("tests/golden/token/nfkc.model", &n);
    unsigned seed = 3;
    int sound = 0;
    for (int round = 0; round < 400; round++) {
        unsigned char old[3];
        size_t at[3];
        for (int i = 0; i < 3; i++) {
            seed = seed * 1664525u + 1013904223u;
            at[i] = n - 1 - (seed >> 4) % (n - 5000);
            old[i] = data[at[i]];
            data[at[i]] ^= (unsigned char)(1u << (seed >> 29));
        }
        struct err e = ERR_INIT;
        struct spm *m = spm_parse(data, n, &e);
        sound += m != NULL;
        spm_free(m);
        use(data, n);
        for (int i = 2; i >= 0; i--)
            data[at[i]] = old[i];
    }
    /* Damage to strings and to far parts of the trie passes; damage to steps does not. */
    assert_true(sound > 0 && sound < 400);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spm__defaults_and_specials),
        cmocka_unit_test(test_spm__unknown_fields_and_repeats),
        cmocka_unit_test(test_spm__refused),
        cmocka_unit_test(test_spm__charsmap_refused),
        cmocka_unit_test(test_spm__every_truncation_and_byte),
        cmocka_unit_test(test_spm__damaged_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
