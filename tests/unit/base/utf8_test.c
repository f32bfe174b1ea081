/* UTF-8: every code point both ways, every kind of bad byte, clusters and cells, direction. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"

static void test_utf8__all_code_points(void **state)
{
    (void)state;
    for (int32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp == 0xD800)
            cp = 0xE000;
        char b[4];
        int n = utf8_encode(cp, b);
        int32_t back;
        if (utf8_decode(b, (size_t)n, &back) != n || back != cp)
            fail_msg("U+%04X came back as %d", (unsigned)cp, (int)back);
        for (int cut = 1; cut < n; cut++)
            if (utf8_decode(b, (size_t)cut, &back) != 1 || back != -1)
                fail_msg("U+%04X cut to %d bytes was accepted", (unsigned)cp, cut);
    }
    char b[4];
    assert_int_equal(utf8_encode(0xD800, b), 3);
    assert_memory_equal(b, "\ufffd", 3);
    assert_int_equal(utf8_encode(0x110000, b), 3);
    assert_int_equal(utf8_encode(-1, b), 3);
}

static void test_utf8__bad_bytes(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xff",
        "\xc3(",
        "\xe2\x82(",
        "\xf0\x9f\x98(",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t cp = 0;
        assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
        assert_int_equal(cp, -1);
        assert_int_equal(utf8_valid(bad[i], strlen(bad[i])), 0);
    }
    assert_int_equal(utf8_valid("ab\u06cc\xff", 5), 4);
    assert_int_equal(utf8_valid("", 0), 0);
    assert_int_equal(utf8_count("ab\u06cc\xff\xe2\x82", 7), 6);
}

static int width(const char *s)
{
    return utf8_width(s, strlen(s));
}

static void test_utf8__widths(void **state)
{
    (void)state;
    assert_int_equal(width(""), 0);
    assert_int_equal(width("abc"), 3);
    assert_int_equal(width("\u65e5\u672c"), 4);
    assert_int_equal(width("\u0645\u06cc\u200c\u0631\u0648\u062f"), 5); /* ZWNJ has none */
    assert_int_equal(width("e\u0301"), 1);
    assert_int_equal(width("\u00e9"), 1);
    assert_int_equal(width("\U0001F468\u200d\U0001F469\u200d\U0001F467"), 2);
    assert_int_equal(width("\u200e\u2066\u061c"), 0);
    assert_int_equal(width("\u0640\u064e"), 1); /* tatweel with a vowel sign */
    assert_int_equal(width("\u2581\u2588\u2800\u2500"), 4);
    assert_int_equal(width("\u2039ZWNJ\u203a"), 6);
    assert_int_equal(width("\u0378"), 1); /* unassigned */
    assert_int_equal(width("\uff21"), 2);
    assert_int_equal(width("\xff"), 1);
}

static void test_utf8__clusters(void **state)
{
    (void)state;
    int cells;
    assert_int_equal(utf8_cluster("", 0, &cells), 0);
    assert_int_equal(cells, 0);
    assert_int_equal(utf8_cluster("ab", 2, &cells), 1);
    assert_int_equal(utf8_cluster("\r\n", 2, &cells), 2);
    assert_int_equal(utf8_cluster("e\u0301x", 4, &cells), 3);
    const char *family = "\U0001F468\u200d\U0001F469\u200d\U0001F467";
    assert_int_equal(utf8_cluster(family, strlen(family), &cells), strlen(family));
    assert_int_equal(cells, 2);
    const char *flags = "\U0001F1EE\U0001F1F7\U0001F1EB\U0001F1F7";
    assert_int_equal(utf8_cluster(flags, strlen(flags), &cells), 8);
    assert_int_equal(utf8_cluster("\xff\u0301", 3, &cells), 1);
    assert_int_equal(utf8_cluster("a\xff", 2, &cells), 1);
}

static void test_utf8__direction(void **state)
{
    (void)state;
    assert_true(utf8_has_rtl("x \u0639\u0644\u06cc", 8));
    assert_true(utf8_has_rtl("\u05d0", 2));
    assert_true(utf8_has_rtl("\U00010900", 4)); /* Phoenician */
    assert_false(utf8_has_rtl("abc 12 \u65e5", 10));
    assert_false(utf8_has_rtl("\u06f1\u06f2", 4)); /* digits do not turn a line round */
    assert_false(utf8_has_rtl("\u200f", 3));
    assert_false(utf8_has_rtl("\xff\xd8", 2));
    assert_false(utf8_has_rtl("", 0));
}

static void test_utf8__names(void **state)
{
    (void)state;
    assert_string_equal(utf8_invisible_name(0x200C), "ZWNJ");
    assert_string_equal(utf8_invisible_name(0xA0), "NBSP");
    assert_string_equal(utf8_invisible_name(0x1B), "ESC");
    assert_null(utf8_invisible_name('a'));
    assert_null(utf8_invisible_name(' '));
    assert_null(utf8_invisible_name(-1));
    assert_true(utf8_unsafe(0x1B) && utf8_unsafe(0x9B) && utf8_unsafe(0x202E) &&
                utf8_unsafe(0x2028) && utf8_unsafe(0xE0001) && utf8_unsafe(0xFFFF));
    assert_false(utf8_unsafe('a') || utf8_unsafe(0x0600) || utf8_unsafe(0x0301) ||
                 utf8_unsafe(0xFFFD) || utf8_unsafe(0xE000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8__all_code_points), cmocka_unit_test(test_utf8__bad_bytes),
        cmocka_unit_test(test_utf8__widths),          cmocka_unit_test(test_utf8__clusters),
        cmocka_unit_test(test_utf8__direction),       cmocka_unit_test(test_utf8__names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
