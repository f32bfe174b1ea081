/* The byte cursor: values, ends, and that a failed read stays failed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"

static void test_cursor__numbers(void **state)
{
    (void)state;
    static const unsigned char b[] = {1,  2,  3,  4,  5,  6, 7, 8,    9,   10,
                                      11, 12, 13, 14, 15, 0, 0, 0x80, 0x3f};
    struct cursor c = cursor_make(b, sizeof b);
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;
    assert_true(cursor_u8(&c, &u8) && u8 == 1);
    assert_true(cursor_u16(&c, &u16) && u16 == 0x0302);
    assert_true(cursor_u32(&c, &u32) && u32 == 0x07060504);
    assert_true(cursor_u64(&c, &u64) && u64 == 0x0f0e0d0c0b0a0908);
    assert_int_equal(cursor_left(&c), 4);
    assert_true(cursor_u32(&c, &u32) && u32 == 0x3f800000);
    assert_int_equal(cursor_left(&c), 0);
    assert_true(!c.bad && !cursor_u8(&c, &u8) && c.bad);
}

static void test_cursor__bad_stays_bad(void **state)
{
    (void)state;
    static const unsigned char b[] = {1, 2, 3};
    struct cursor c = cursor_make(b, sizeof b), sub;
    uint32_t u32 = 9;
    uint8_t u8 = 9;
    assert_false(cursor_u32(&c, &u32));
    assert_int_equal(u32, 9);
    assert_false(cursor_u8(&c, &u8));
    assert_int_equal(u8, 9);
    assert_null(cursor_bytes(&c, 1));
    assert_null(cursor_bytes(&c, 0));
    assert_null(cursor_bytes(&c, 1));
    assert_false(cursor_sub(&c, 1, &sub));
}

static void test_cursor__sub(void **state)
{
    (void)state;
    static const unsigned char b[] = {1, 2, 3, 4};
    struct cursor c = cursor_make(b, sizeof b), sub;
    uint8_t u8;
    assert_true(cursor_bytes(&c, 1) && cursor_sub(&c, 2, &sub));
    assert_int_equal(cursor_left(&sub), 2);
    assert_true(cursor_u8(&sub, &u8) && u8 == 2);
    assert_true(cursor_u8(&c, &u8) && u8 == 4);
    assert_non_null(cursor_bytes(&c, 0));
    assert_false(cursor_sub(&c, SIZE_MAX, &sub));
    struct cursor empty = cursor_make(NULL, 0);
    assert_non_null(cursor_bytes(&empty, 0));
    assert_null(cursor_bytes(&empty, 1));
}

static bool varint(const char *bytes, size_t n, uint64_t *v)
{
    struct cursor c = cursor_make(bytes, n);
    bool ok = cursor_varint(&c, v);
    return ok && cursor_left(&c) == 0;
}

static void test_cursor__varint(void **state)
{
    (void)state;
    uint64_t v;
    assert_true(varint("\0", 1, &v) && v == 0);
    assert_true(varint("\x7f", 1, &v) && v == 127);
    assert_true(varint("\xac\x02", 2, &v) && v == 300);
    assert_true(varint("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10, &v) && v == UINT64_MAX);
    assert_true(varint("\x80\0", 2, &v) && v == 0);
    assert_false(varint("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10, &v));
    assert_false(varint("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11, &v));
    assert_false(varint("\x80", 1, &v));
    assert_false(varint("", 0, &v));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cursor__numbers),
        cmocka_unit_test(test_cursor__bad_stays_bad),
        cmocka_unit_test(test_cursor__sub),
        cmocka_unit_test(test_cursor__varint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
