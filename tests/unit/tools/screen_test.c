/* The screen model that the terminal tests look at, and the pty around a shell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pty.h"
#include "screen.h"

static void assert_shows(const char *bytes, const char *want)
{
    struct screen s;
    screen_init(&s, 3, 8);
    screen_write(&s, bytes, strlen(bytes));
    char *text = screen_text(&s);
    assert_string_equal(text, want);
    assert_int_equal(s.cuts, 0);
    free(text);
    screen_release(&s);
}

static void test_screen__shows_what_a_terminal_shows(void **state)
{
    (void)state;
    assert_shows("", "");
    assert_shows("ab\r\ncd", "ab\ncd\n");
    assert_shows("ab\ncd", "ab\n  cd\n");
    assert_shows("abc\b\bX", "aXc\n");
    assert_shows("abcdef\r\033[2CX\033[K", "abX\n");
    assert_shows("abc\033[2D\033[1@Z", "aZbc\n");
    assert_shows("abcd\r\033[2P", "cd\n");
    assert_shows("\033[31mred\033[0m\033[?2004h", "red\n");
    assert_shows("\033]0;title\aok", "ok\n");
    assert_shows("junk\033[H\033[2Jnew", "new\n");
    assert_shows("one\r\ntwo\033[Aup", "oneup\ntwo\n");
}

static void test_screen__wraps_after_the_last_column(void **state)
{
    (void)state;
    assert_shows("12345678", "12345678\n");
    assert_shows("12345678\r\nx", "12345678\nx\n");
    assert_shows("123456789", "12345678\n9\n");
    assert_shows("1234567世", "1234567\n世\n");
}

static void test_screen__keeps_what_scrolls_away(void **state)
{
    (void)state;
    assert_shows("1\r\n2\r\n3\r\n4\r\n5", "1\n2\n3\n4\n5\n");
}

static void test_screen__joins_marks_and_persian(void **state)
{
    (void)state;
    assert_shows("می\u200cرود", "می\u200cرود\n");
    assert_shows("e\u0301x", "e\u0301x\n");
}

static void test_pty__runs_keys_sizes_and_signals(void **state)
{
    (void)state;
    struct pty *p = pty_start_program((const char *[]){"/bin/sh", NULL},
                                      (const char *[]){"PS1=ready>", NULL}, 10, 40);
    assert_true(pty_wait(p, "ready>", 5000));
    pty_enter(p, "stty size");
    assert_true(pty_expect(p, "10 40", 5000));
    pty_resize(p, 12, 50);
    pty_enter(p, "stty size");
    assert_true(pty_expect(p, "12 50", 5000));
    pty_enter(p, "sleep 100");
    assert_true(pty_settle(p, 100, 2000));
    pty_send(p, "\003");
    assert_true(pty_expect(p, "ready>", 5000));
    pty_enter(p, "exit 7");
    assert_int_equal(pty_end(p, 5000), 7);
}

static void test_pty__kills_what_does_not_end(void **state)
{
    (void)state;
    struct pty *p = pty_start_program((const char *[]){"/bin/sleep", "100", NULL}, NULL, 10, 40);
    assert_int_equal(pty_end(p, 50), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_screen__shows_what_a_terminal_shows),
        cmocka_unit_test(test_screen__wraps_after_the_last_column),
        cmocka_unit_test(test_screen__keeps_what_scrolls_away),
        cmocka_unit_test(test_screen__joins_marks_and_persian),
        cmocka_unit_test(test_pty__runs_keys_sizes_and_signals),
        cmocka_unit_test(test_pty__kills_what_does_not_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
