/* Strings: growing, the visible form of foreign text, numbers, and which word was meant. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

static void test_str__grows(void **state)
{
    (void)state;
    struct str b = STR_INIT;
    assert_string_equal(b.s, "");
    str_clear(&b);
    str_add(&b, "");
    assert_int_equal(b.len, 0);
    for (int i = 0; i < 1000; i++)
        str_addf(&b, "%d,", i);
    assert_int_equal(b.len, 10 * 2 + 90 * 3 + 900 * 4);
    assert_int_equal(strlen(b.s), b.len);
    str_truncate(&b, 4);
    assert_string_equal(b.s, "0,1,");
    str_truncate(&b, 100);
    assert_int_equal(b.len, 4);
    str_addc(&b, '\0');
    str_repeat(&b, "xy", 2);
    assert_memory_equal(b.s, "0,1,\0xyxy", 10);
    char *s = str_detach(&b);
    assert_memory_equal(s, "0,1,\0xyxy", 10);
    free(s);
    assert_string_equal(b.s, "");
    s = str_detach(&b);
    assert_string_equal(s, "");
    free(s);
    str_release(&b);
    str_release(&b);
}

static void visible(const char *in, size_t n, const char *out)
{
    struct str b = STR_INIT;
    str_add_visible(&b, in, n);
    assert_string_equal(b.s, out);
    /* What is safe stays as it is. */
    struct str again = STR_INIT;
    str_add_visible(&again, b.s, b.len);
    assert_string_equal(again.s, out);
    str_release(&b);
    str_release(&again);
}
#define VISIBLE(in, out) visible(in, sizeof(in) - 1, out)

static void test_str__visible(void **state)
{
    (void)state;
    VISIBLE("plain text", "plain text");
    VISIBLE("\u0639\u0644\u06cc \u2581a e\u0301 \u65e5",
            "\u0639\u0644\u06cc \u2581a e\u0301 \u65e5");
    VISIBLE("\u0645\u06cc\u200c\u0631", "\u0645\u06cc\u2039ZWNJ\u203a\u0631");
    VISIBLE("\x1b]0;x\x07", "\u2039ESC\u203a]0;x\u2039BEL\u203a");
    VISIBLE("a\0b\r\n\t\x7f",
            "a\u2039NUL\u203ab\u2039CR\u203a\u2039LF\u203a\u2039TAB\u203a\u2039DEL\u203a");
    VISIBLE("\u202e\u2066\u200e\u061c",
            "\u2039U+202E\u203a\u2039U+2066\u203a\u2039LRM\u203a\u2039ALM\u203a");
    VISIBLE("\xc2\x85\xc2\x9b", "\u2039NEL\u203a\u2039U+009B\u203a");
    VISIBLE("\xed\xa0\x80", "<0xED><0xA0><0x80>"); /* a surrogate */
    VISIBLE("\xe2\x82", "<0xE2><0x82>");
    VISIBLE("\xc0\xaf\xf5", "<0xC0><0xAF><0xF5>");
    VISIBLE("\u00a0\u00ad\ufeff", "\u2039NBSP\u203a\u2039SHY\u203a\u2039BOM\u203a");
    VISIBLE("\U000e0041\ufffe", "\u2039U+E0041\u203a\u2039U+FFFE\u203a");
    VISIBLE("\u2028", "\u2039LS\u203a");
}

static void test_str__visible_is_always_safe(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        char bytes[24];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(seed >> 24);
        }
        struct str b = STR_INIT;
        str_add_visible(&b, bytes, sizeof bytes);
        assert_int_equal(utf8_valid(b.s, b.len), b.len);
        for (size_t i = 0; i < b.len;) {
            int32_t cp;
            i += (size_t)utf8_decode(b.s + i, b.len - i, &cp);
            assert_false(utf8_unsafe(cp));
        }
        str_release(&b);
    }
}

static void test_str__distance(void **state)
{
    (void)state;
    assert_int_equal(str_distance("", ""), 0);
    assert_int_equal(str_distance("", "abc"), 3);
    assert_int_equal(str_distance("self", "slef"), 1);
    assert_int_equal(str_distance("kitten", "sitting"), 3);
    assert_int_equal(str_distance("\u0639\u0644\u06cc", "\u0639\u0644\u064a"), 1);
    assert_int_equal(str_distance("abcd", "badc"), 2);
    char longer[1000];
    memset(longer, 'a', sizeof longer - 1);
    longer[999] = '\0';
    assert_true(str_distance(longer, "b") >= 256);
}

static void test_str__nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"self", "cross", "mlp", "norm1", "norm2", "selfish", NULL};
    assert_string_equal(str_nearest("slef", names), "self");
    assert_string_equal(str_nearest("sel", names), "self");
    assert_string_equal(str_nearest("cros", names), "cross");
    assert_string_equal(str_nearest("norm3", names), "norm1");
    assert_null(str_nearest("x", names));
    assert_null(str_nearest("s", names));
    assert_null(str_nearest("", names));
    assert_null(str_nearest("zzzzzz", names));
    assert_null(str_nearest("mxy", names));
}

static void test_str__starts_ends(void **state)
{
    (void)state;
    assert_true(str_starts("dec.0", "dec") && !str_starts("de", "dec") && str_starts("x", ""));
    assert_true(str_ends("a.npz", ".npz") && !str_ends("npz", ".npz") && str_ends("x", ""));
}

static void test_str__numbers(void **state)
{
    (void)state;
    int64_t n = 77;
    double x;
    assert_true(str_int("42", 0, 100, &n) && n == 42);
    assert_true(str_int("-3", -5, 5, &n) && n == -3);
    assert_true(str_int("\u06f1\u06f2", 0, 100, &n) && n == 12);
    assert_true(str_int("\u0661\u0669", 0, 100, &n) && n == 19);
    assert_true(str_int("9223372036854775807", 0, INT64_MAX, &n) && n == INT64_MAX);
    n = 77;
    static const char *const bad[] = {
        "",    " 1",  "1 ", "1x",  "x",           "0x10", "1.5", "9223372036854775808",
        "--1", "101", "-1", "1e3", "\u06f1\u200c"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(str_int(bad[i], 0, 100, &n));
    assert_int_equal(n, 77);
    assert_true(str_double("0.25", &x) && x == 0.25);
    assert_true(str_double("-1e-3", &x) && x == -1e-3);
    assert_true(str_double("\u06f1\u066b\u06f5", &x) && x == 1.5);
    assert_true(str_double("-inf", &x) && isinf(x) && x < 0);
    assert_false(str_double("", &x));
    assert_false(str_double("1,5", &x));
    assert_false(str_double("1.5 ", &x));
    assert_false(str_double(" 1", &x));
    assert_false(str_double("one", &x));
    char digits[2000];
    memset(digits, '1', sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    assert_false(str_int(digits, 0, 100, &n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_str__grows),
        cmocka_unit_test(test_str__visible),
        cmocka_unit_test(test_str__visible_is_always_safe),
        cmocka_unit_test(test_str__distance),
        cmocka_unit_test(test_str__nearest),
        cmocka_unit_test(test_str__starts_ends),
        cmocka_unit_test(test_str__numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
