/* History: kept between sessions and shared by them, without repetitions; recalled with the arrow
 * keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "prompt.h"

static void start(struct prompt_test *t, const char *home)
{
    prompt_start(t, TINY, NULL, home, 24, 100);
}

static void path_of(const struct prompt_test *t, char path[160])
{
    snprintf(path, 160, "%s/.local/state/rasad/history", t->home);
}

/* The history file, as text. */
static const char *file_of(const struct prompt_test *t)
{
    static char text[4000];
    char path[160];
    path_of(t, path);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static void test_history__comes_back_in_the_next_session(void **state)
{
    (void)state;
    struct prompt_test t, next;
    char path[160];
    struct stat st;
    start(&t, NULL);
    prompt_line(&t, "show mode");
    prompt_line(&t, "show digits");
    path_of(&t, path);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_non_null(strstr(file_of(&t), "\nshow digits\n")); /* at once, not at the end */
    prompt_keep_home(&t);
    start(&next, t.home);
    pty_send(next.p, "\033[A\033[A\033[A"); /* quit, show digits, show mode */
    assert_true(pty_settle(next.p, 80, 5000));
    assert_non_null(strstr(prompt_line(&next, ""), "mode is plain"));
    const char *out = prompt_line(&next, "history 3");
    assert_non_null(strstr(out, "    3  quit\n    4  show mode\n    5  history 3\n"));
    prompt_end(&next);
}

static void test_history__leaves_out_repetitions_and_hidden_lines(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t, NULL);
    prompt_line(&t, "show mode");
    prompt_line(&t, "show mode");
    prompt_line(&t, " show digits");
    prompt_line(&t, "input --ids 5,6,0");
    prompt_line(&t, "si");
    prompt_line(&t, "");     /* a repetition is no line */
    prompt_line(&t, "stpe"); /* a wrong line can be mended */
    pty_send(t.p, "dropped");
    assert_true(pty_settle(t.p, 60, 5000));
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "(rasad) ", 5000));
    const char *text = file_of(&t);
    assert_int_equal(occurrences(text, "show mode"), 1);
    assert_int_equal(occurrences(text, "digits"), 0);
    assert_int_equal(occurrences(text, "\nsi\n"), 1);
    assert_int_equal(occurrences(text, "stpe"), 1);
    assert_int_equal(occurrences(text, "dropped"), 0);
    assert_int_equal(occurrences(text, "\n#"), 3); /* four entries, each after its time */
    prompt_end(&t);
}

static void test_history__keeps_a_block_in_one_piece(void **state)
{
    (void)state;
    struct prompt_test t, next;
    start(&t, NULL);
    pty_enter(t.p, "=(function()");
    assert_true(pty_expect(t.p, ">> ", 5000));
    pty_enter(t.p, "return 6 * 7");
    assert_true(pty_expect(t.p, ">> ", 5000));
    assert_non_null(strstr(prompt_line(&t, "end)()"), "42"));
    prompt_keep_home(&t);
    start(&next, t.home);
    pty_send(next.p, "\033[A\033[A");
    assert_true(pty_settle(next.p, 80, 5000));
    assert_non_null(strstr(prompt_line(&next, ""), "42"));
    prompt_end(&next);
}

static void test_history__of_two_sessions_is_kept(void **state)
{
    (void)state;
    struct prompt_test one, two, three;
    start(&one, NULL);
    start(&two, one.home);
    prompt_line(&one, "show mode");
    prompt_line(&two, "show digits");
    prompt_line(&one, "show rows");
    prompt_keep_home(&two);
    prompt_keep_home(&one);
    const char *text = file_of(&one);
    assert_non_null(strstr(text, "\nshow mode\n"));
    assert_non_null(strstr(text, "\nshow digits\n"));
    assert_non_null(strstr(text, "\nshow rows\n"));
    start(&three, one.home);
    assert_non_null(strstr(prompt_line(&three, "history"), "show digits\n"));
    prompt_end(&three);
}

static void test_history__has_a_size_and_can_be_off(void **state)
{
    (void)state;
    struct prompt_test t, small, off;
    start(&t, NULL);
    prompt_line(&t, "show mode");
    prompt_line(&t, "show digits");
    prompt_line(&t, "show rows");
    prompt_keep_home(&t);
    prompt_start(&small, TINY, (const char *[]){"RASAD_HISTSIZE=2", NULL}, t.home, 24, 100);
    const char *text = file_of(&small);
    assert_null(strstr(text, "digits"));
    assert_non_null(strstr(text, "\nshow rows\n"));
    assert_non_null(strstr(text, "\nquit\n"));
    prompt_end(&small);
    prompt_start(&off, TINY, (const char *[]){"RASAD_HISTFILE=", NULL}, NULL, 24, 100);
    prompt_line(&off, "show mode");
    char path[160];
    path_of(&off, path);
    assert_int_equal(access(path, F_OK), -1);
    assert_non_null(
        strstr(prompt_line(&off, "history"), "show mode")); /* this session has its own */
    prompt_end(&off);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history__comes_back_in_the_next_session),
        cmocka_unit_test(test_history__leaves_out_repetitions_and_hidden_lines),
        cmocka_unit_test(test_history__keeps_a_block_in_one_piece),
        cmocka_unit_test(test_history__of_two_sessions_is_kept),
        cmocka_unit_test(test_history__has_a_size_and_can_be_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
