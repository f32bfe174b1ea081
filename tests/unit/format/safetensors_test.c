/* Reading .safetensors: good files, every way in which a file may lie, every small damage. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "files.h"
#include "format/internal.h"

static struct scratch scratch;

static int setup(void **state)
{
    (void)state;
    scratch_open(&scratch);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_close(&scratch);
    return 0;
}

/* Opens bytes as a file. NULL and a message in *e, or weights that have been checked. */
static struct weights *open_bytes(const void *bytes, size_t n, struct err *e)
{
    struct weights *w = mem_alloc(sizeof *w);
    scratch_set(&scratch, bytes, n);
    *e = (struct err)ERR_INIT;
    if (safetensors_read(w, scratch.path, e)) {
        const char *broken = weights_broken(w);
        if (broken)
            fail_msg("accepted, but has %s", broken);
        return w;
    }
    assert_int_equal(e->kind, ERR_FILE);
    assert_true(e->msg[0]);
    weights_free(w);
    return NULL;
}

static struct weights *open_header(const char *header, size_t data, struct err *e)
{
    struct str b = STR_INIT;
    st_build(&b, header, data);
    struct weights *w = open_bytes(b.s, b.len, e);
    str_release(&b);
    return w;
}

static void accepts(const char *header, size_t data)
{
    struct err e;
    struct weights *w = open_header(header, data, &e);
    if (!w)
        fail_msg("refused: %s\n%s", header, e.msg);
    weights_free(w);
}

static void refuses(const char *header, size_t data, const char *expect)
{
    struct err e;
    struct weights *w = open_header(header, data, &e);
    if (w)
        fail_msg("accepted: %s", header);
    if (!strstr(e.msg, expect))
        fail_msg("%s\nexpected \"%s\" in: %s", header, expect, e.msg);
}

#define F32(name, shape, from, to)                                                                 \
    "\"" name "\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":[" #from "," #to "]}"

static void test_safetensors__good_file(void **state)
{
    (void)state;
    struct err e;
    struct weights *w = open_header(
        "{\"__metadata__\":{\"format\":\"pt\",\"a\\\"b\":\"\\u062c\\ud83d\\ude00\"}," F32(
            "b", "[2,3]", 4, 28) "," F32("a", "[1]", 0, 4) "}",
        28, &e);
    assert_non_null(w);
    assert_int_equal(weights_count(w), 2);
    assert_int_equal(weights_bytes(w), 28);
    assert_string_equal(weights_at(w, 0)->name, "a"); /* data order, not header order */
    const struct tensor *b = &weights_find(w, "b")->t;
    assert_int_equal(b->ndim, 2);
    assert_int_equal(b->shape[0], 2);
    assert_int_equal(b->shape[1], 3);
    assert_int_equal(*(const unsigned char *)b->data, 4);
    assert_null(weights_find(w, "c"));
    assert_string_equal(weights_metadata(w, "format"), "pt");
    assert_string_equal(weights_metadata(w, "a\"b"), "\u062c\U0001F600");
    assert_null(weights_metadata(w, "b"));
    struct tensor kept = tensor_ref(b);
    weights_free(w);
    assert_int_equal(*(const unsigned char *)kept.data, 4); /* outlives the weights */
    tensor_unref(&kept);
}

static void test_safetensors__every_type(void **state)
{
    (void)state;
    for (int t = 0; t < DT_COUNT; t++) {
        char header[128];
        size_t size = dtype_size((enum dtype)t);
        snprintf(header, sizeof header,
                 "{\"x\":{\"dtype\":\"%s\",\"shape\":[3],\"data_offsets\":[0,%zu]}}",
                 dtype_safetensors((enum dtype)t), 3 * size);
        accepts(header, 3 * size);
        refuses(header, 3 * size - 1, "of data, but the file has");
    }
}

static void test_safetensors__accepted_oddities(void **state)
{
    (void)state;
    accepts("{}", 0);
    accepts("{\"__metadata__\":{}}", 0);
    accepts("   {" F32("a", "[1]", 0, 4) "}", 4);
    accepts("{" F32("a", "[1]", 0, 4) "} \n\t\r ", 4);
    accepts("{ \"a\" : { \"shape\" : [ 1 , 1 ] , \"data_offsets\" : [ 0 , 4 ] , \"dtype\" : "
            "\"F32\" } }",
            4);
    accepts("{" F32("a", "[]", 0, 4) "}", 4);                              /* rank 0 */
    accepts("{" F32("a", "[0,5]", 0, 0) "," F32("b", "[1]", 0, 4) "}", 4); /* no elements */
    accepts("{" F32("b", "[1]", 0, 4) "," F32("a", "[2,0]", 4, 4) "," F32("c", "[1]", 4, 8) "}", 8);
    accepts("{" F32("", "[1]", 0, 4) "}", 4);
    accepts("{" F32("a", "[1,1,1,1,1,1]", 0, 4) "}", 4);
    accepts("{" F32("\\u0641\\t", "[1]", 0, 4) "}", 4);
    /* Every offset odd: views may be misaligned. */
    accepts(
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}," F32("a", "[2]", 1, 9) "}",
        9);
}

static void test_safetensors__refused_layouts(void **state)
{
    (void)state;
    const char *one = "{" F32("a", "[2]", 0, 8) "}";
    refuses(one, 7, "need 8 bytes of data, but the file has 7");
    refuses(one, 0, "need 8 bytes of data, but the file has 0");
    refuses(one, 9, "1 bytes follow the last tensor");
    refuses("{}", 1, "1 bytes follow");
    refuses("{" F32("a", "[1]", 0, 4) "," F32("b", "[1]", 8, 12) "}", 12, "ends at 4");
    refuses("{" F32("a", "[1]", 4, 8) "}", 8, "begins at byte 4");
    refuses("{" F32("a", "[2]", 0, 8) "," F32("b", "[1]", 4, 8) "}", 8, "tensor \"b\"");
    refuses("{" F32("a", "[1]", 0, 4) "," F32("b", "[1]", 0, 4) "}", 4, "begins at byte 0");
    refuses("{" F32("a", "[1]", 4, 0) "}", 4, "begins at byte 4");
    refuses("{" F32("b", "[1]", 0, 4) "," F32("a", "[1]", 4, 0) "}", 4, "before it begins");
    refuses("{" F32("a", "[3]", 0, 8) "}", 8, "F32 [3] takes 12 bytes, but data_offsets give it 8");
    refuses("{" F32("a", "[0]", 0, 8) "}", 8, "takes 0 bytes");
    refuses("{" F32("a", "[]", 0, 8) "}", 8, "F32 [] takes 4 bytes");
    refuses("{" F32("a", "[4294967296,4294967296]", 0, 8) "}", 8, "64 bits");
    refuses("{" F32("a", "[4611686018427387904]", 0, 0) "}", 0, "64 bits");
    refuses("{" F32("a", "[2305843009213693952]", 0, 0) "}", 0, "64 bits");
    refuses("{" F32("a", "[0,4611686018427387904,8]", 0, 0) "}", 0, "64 bits");
    refuses("{" F32("a", "[9223372036854775808]", 0, 8) "}", 8, "too large");
    refuses("{" F32("a", "[18446744073709551616]", 0, 8) "}", 8, "past 64 bits");
    refuses("{" F32("a", "[1]", 0, 18446744073709551615) "}", 4, "give it 18446744073709551615");
    refuses("{" F32("a", "[1,1,1,1,1,1,1]", 0, 4) "}", 4, "more than 6 dimensions");
}

static void test_safetensors__refused_entries(void **state)
{
    (void)state;
    refuses("{" F32("a", "[1]", 0, 4) "," F32("a", "[1]", 4, 8) "}", 8, "this name twice");
    refuses("{" F32("a", "[1]", 0, 4) "," F32("\\u0061", "[1]", 4, 8) "}", 8, "this name twice");
    refuses("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4,
            "\"dtype\" appears twice");
    refuses(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"data_offsets\":[0,4]}}",
        4, "appears twice");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}", 4,
            "unknown key \"x\"");
    refuses("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "\"data_offsets\" is missing");
    refuses("{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "\"dtype\" is missing");
    refuses("{\"a\":{}}", 4, "is missing");
    refuses("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1,
            "\"F8_E4M3\"");
    refuses("{\"a\":{\"dtype\":\"F32_and_a_long_tail\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1,
            "known are F32");
    refuses("{\"a\":{\"dtype\":\"\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1, "the type \"\"");
    refuses("{\"a\":{\"dtype\":7,\"shape\":[1],\"data_offsets\":[0,1]}}", 1, "expected a string");
    refuses("{\"a\":{\"dtype\":\"U8\",\"shape\":1,\"data_offsets\":[0,1]}}", 1, "expected '['");
    refuses("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}", 1, "two numbers");
    refuses("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1,1]}}", 1, "two numbers");
    refuses("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[]}}", 1, "two numbers");
    refuses("{\"a\":[]}", 0, "expected '{'");
    refuses("{" F32("a", "[-1]", 0, 4) "}", 4, "negative");
    refuses("{" F32("a", "[1.0]", 0, 4) "}", 4, "plain integer");
    refuses("{" F32("a", "[1e0]", 0, 4) "}", 4, "plain integer");
    refuses("{" F32("a", "[01]", 0, 4) "}", 4, "begins with 0");
    refuses("{" F32("a", "[\"1\"]", 0, 4) "}", 4, "expected a number");
    refuses("{" F32("a", "[null]", 0, 4) "}", 4, "expected a number");
    refuses("{" F32("a", "[1,]", 0, 4) "}", 4, "expected a number");
    refuses("{" F32("a", "[1 1]", 0, 4) "}", 4, "expected ','");
    refuses("{" F32("a", "[1]", -0, 4) "}", 4, "negative");
    refuses("{" F32("a\\u0000b", "[1]", 0, 4) "}", 4, "NUL");
    refuses("{\"__metadata__\":{\"a\":1}}", 0, "must be a string");
    refuses("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0, "\"a\" twice");
    refuses("{\"__metadata__\":[]}", 0, "must be an object");
    refuses("{\"__metadata__\":{},\"__metadata__\":{}}", 0, "__metadata__ twice");
}

static void test_safetensors__refused_json(void **state)
{
    (void)state;
    refuses("", 0, "expected '{'");
    refuses("   ", 0, "expected '{'");
    refuses("[]", 0, "expected '{'");
    refuses("x", 0, "expected '{'");
    refuses("{", 0, "expected a string");
    refuses("{\"a\"", 0, "expected ':'");
    refuses("{\"a\":", 0, "expected '{'");
    refuses("{\"a", 0, "without end");
    refuses("{\"a\\", 0, "escape");
    refuses("{\"\\q\":1}", 0, "escape");
    refuses("{\"\\u12g4\":1}", 0, "hexadecimal");
    refuses("{\"\\ud800\":1}", 0, "surrogate");
    refuses("{\"\\ud800\\u0041\":1}", 0, "surrogate");
    refuses("{\"\\udc00\":1}", 0, "surrogate");
    refuses("{\"a\nb\":1}", 0, "control character");
    refuses("{},", 0, "after the end");
    refuses("{}{}", 0, "after the end");
    refuses("{,}", 0, "expected a string");
    refuses("{a:1}", 0, "expected a string");
    refuses("{\"\xff\":{}}", 0, "not UTF-8 at byte 10");
    refuses("\xef\xbb\xbf{}", 0, "expected '{'");
}

static void test_safetensors__refused_lengths(void **state)
{
    (void)state;
    struct err e;
    static const struct {
        const char *bytes;
        size_t n;
        const char *expect;
    } cases[] = {
        {"", 0, "is empty"},
        {"1234567", 7, "only 7 bytes"},
        {"\3\0\0\0\0\0\0\0{}", 10, "header has 3 bytes, but only 2 follow"},
        {"\1\0\0\0\0\0\0\0{}", 10, "expected a string"},
        {"\0\0\0\0\0\0\0\0", 8, "expected '{'"},
        {"\1\341\365\5\0\0\0\0{}", 10, "100000001 bytes; the limit is 100000000"},
        {"\377\377\377\377\377\377\377\377{}", 10, "18446744073709551615"},
        {"PK\3\4\0\0\0\0aaaaaaaa", 16, "but only 8 follow"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_null(open_bytes(cases[i].bytes, cases[i].n, &e));
        if (!strstr(e.msg, cases[i].expect))
            fail_msg("case %zu: %s", i, e.msg);
    }
}

/* No control character of a name may reach a message, and none may fill it. */
static void test_safetensors__names_in_messages(void **state)
{
    (void)state;
    struct err e;
    assert_null(open_header("{\"a\\u001b[31m\\u202e\":{}}", 0, &e));
    for (const char *p = e.msg; *p; p++)
        assert_true((unsigned char)*p >= 0x20);
    assert_null(strstr(e.msg, "\u202e"));
    struct str b = STR_INIT;
    str_add(&b, "{\"");
    str_repeat(&b, "\u0628", 5000);
    str_add(&b, "\":{}}");
    assert_null(open_header(b.s, 0, &e));
    assert_non_null(strstr(e.msg, "\"dtype\" is missing"));
    assert_non_null(strstr(e.msg, "..."));
    str_release(&b);
}

static void test_safetensors__many_entries(void **state)
{
    (void)state;
    struct err e;
    enum { MANY = 50000 };
    for (int overlap = 0; overlap < 2; overlap++) {
        struct str b = STR_INIT;
        for (int i = 0; i < MANY; i++) {
            int at = overlap ? 0 : MANY - 1 - i; /* the header in the opposite order of the data */
            str_addf(&b, "%s\"layer.%d\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%d,%d]}",
                     i ? "," : "{", i, at, at + 1);
        }
        str_addc(&b, '}');
        struct weights *w = open_header(b.s, overlap ? 1 : MANY, &e);
        if (overlap) {
            assert_null(w);
            assert_non_null(strstr(e.msg, "begins at byte 0 of the data"));
        } else {
            assert_int_equal(weights_count(w), MANY);
            assert_string_equal(weights_at(w, 0)->name, "layer.49999");
        }
        weights_free(w);
        str_release(&b);
    }
}

static const char small[] = "{\"__metadata__\":{\"k\":\"v\\n\"}," F32("a.b", "[1,2]", 0, 8) "," F32(
    "c", "[0]", 8, 8) ",\"d\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[8,10]}} ";

static void test_safetensors__every_truncation(void **state)
{
    (void)state;
    struct err e;
    struct str b = STR_INIT;
    st_build(&b, small, 10);
    for (size_t n = 0; n < b.len; n++)
        assert_null(open_bytes(b.s, n, &e));
    struct weights *w = open_bytes(b.s, b.len, &e);
    assert_non_null(w);
    weights_free(w);
    str_addc(&b, 0);
    assert_null(open_bytes(b.s, b.len, &e));
    str_release(&b);
}

/* Every byte replaced by every other one. What is accepted has been checked by open_bytes. */
static void test_safetensors__every_byte_change(void **state)
{
    (void)state;
    struct err e;
    struct str b = STR_INIT;
    size_t accepted = 0;
    st_build(&b, small, 10);
    for (size_t i = 0; i < b.len; i++) {
        char old = b.s[i];
        for (int change = 1; change < 256; change++) {
            b.s[i] = (char)(old ^ change);
            struct weights *w = open_bytes(b.s, b.len, &e);
            accepted += w != NULL;
            weights_free(w);
        }
        b.s[i] = old;
    }
    assert_true(accepted > 10 * 255); /* at least every change of the data */
    str_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_safetensors__good_file),
        cmocka_unit_test(test_safetensors__every_type),
        cmocka_unit_test(test_safetensors__accepted_oddities),
        cmocka_unit_test(test_safetensors__refused_layouts),
        cmocka_unit_test(test_safetensors__refused_entries),
        cmocka_unit_test(test_safetensors__refused_json),
        cmocka_unit_test(test_safetensors__refused_lengths),
        cmocka_unit_test(test_safetensors__names_in_messages),
        cmocka_unit_test(test_safetensors__many_entries),
        cmocka_unit_test(test_safetensors__every_truncation),
        cmocka_unit_test(test_safetensors__every_byte_change),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
