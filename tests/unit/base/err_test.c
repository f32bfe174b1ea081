/* Errors: what a message holds, and what it never holds. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

static void test_err__set_wrap_hint_at(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    assert_false(err_set(&e, ERR_FILE, "tensor '%s' ends at byte %d", "a.b", 9021));
    assert_string_equal(e.msg, "tensor 'a.b' ends at byte 9021");
    assert_int_equal(e.kind, ERR_FILE);
    assert_int_equal(e.column, -1);
    assert_false(err_wrap(&e, "opening %s", "x"));
    assert_string_equal(e.msg, "opening x: tensor 'a.b' ends at byte 9021");
    assert_false(err_hint(&e, "try %d", 3));
    assert_string_equal(e.hint, "try 3");
    assert_false(err_at(&e, 7, 0));
    assert_int_equal(e.column, 7);
    assert_int_equal(e.length, 1);
    err_set(&e, ERR_COMMAND, "new");
    assert_string_equal(e.hint, "");
    assert_int_equal(e.column, -1);
    err_clear(&e);
    assert_int_equal(e.kind, ERR_NONE);
    assert_string_equal(e.msg, "");
    err_memory(&e, 3 << 20, "a tensor");
    assert_int_equal(e.kind, ERR_INTERNAL);
    assert_non_null(strstr(e.msg, "3.0 MiB"));
}

static void test_err__no_control_characters(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    err_set(&e, ERR_FILE, "name '%s'", "a\x1b[31m\n\xe2\x80\xae\xff\xc2\x9b");
    assert_string_equal(e.msg, "name 'a\u2039ESC\u203a[31m\u2039LF\u203a\u2039U+202E\u203a<0xFF>"
                               "\u2039U+009B\u203a'");
    err_wrap(&e, "x\t");
    assert_null(strchr(e.msg, '\t'));
    /* Wrapping shows no stand-in twice. */
    assert_null(strstr(e.msg, "\u2039\u2039"));
}

static void test_err__long_messages_are_cut_at_a_character(void **state)
{
    (void)state;
    char name[4 * 1024 + 1];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(name, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof name; i += 2)
            memcpy(name + i, "\u06cc", 3);
        struct err e = ERR_INIT;
        err_set(&e, ERR_FILE, "%s", name);
        size_t n = strlen(e.msg);
        assert_true(n < sizeof e.msg && n > sizeof e.msg - 8);
        assert_int_equal(utf8_valid(e.msg, n), n);
        assert_string_equal(e.msg + n - 3, "...");
        err_hint(&e, "%s", name);
        assert_int_equal(utf8_valid(e.hint, strlen(e.hint)), strlen(e.hint));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_err__set_wrap_hint_at),
        cmocka_unit_test(test_err__no_control_characters),
        cmocka_unit_test(test_err__long_messages_are_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
