/* While something runs: Ctrl-C in computing, in Lua and in programs of the system; pager, progress,
 * editor. */
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

/* A loaded machine answers late; a loop that does not look answers never. */
enum { PROMPTLY = 1500, LONG_ENOUGH = 300 };

static const char *const no_history[] = {"RASAD_HISTFILE=", NULL};
static const char long_run[] = "run --beam 60 --min 450 --max 450";

/* Types a line that goes on for ever, lets it run, presses Ctrl-C. */
static void interrupt(struct prompt_test *t, const char *line, const char *message)
{
    pty_enter(t->p, line);
    pty_settle(t->p, LONG_ENOUGH, LONG_ENOUGH + 400);
    assert_null(strstr(pty_output(t->p), "\n(rasad"));
    double began = clock_ms();
    pty_send(t->p, "\003");
    assert_true(pty_expect(t->p, "\n(rasad) ", PROMPTLY));
    assert_true(clock_ms() - began < PROMPTLY);
    assert_non_null(strstr(pty_output(t->p), message));
}

static void test_ctrl_c__stops_computing_and_keeps_the_place(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, BUNDLED, no_history, NULL, 24, 100);
    prompt_line(&t, "input علی به مدرسه می‌رود");
    interrupt(&t, long_run, "interrupted at ");
    assert_non_null(strstr(pty_output(t.p), "; c continues"));
    assert_non_null(strstr(prompt_line(&t, "where"), "#0"));
    prompt_line(&t, "stepi"); /* goes on from there */
    assert_null(strstr(pty_output(t.p), "error"));
    prompt_line(&t, "run");
    assert_null(strstr(pty_output(t.p), "error"));
    prompt_end(&t);
}

static void test_ctrl_c__stops_any_lua(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, no_history, NULL, 24, 100);
    interrupt(&t, "=(function() while true do end end)()", "interrupted");
    interrupt(&t, "lua while true do end", "interrupted");
    interrupt(&t, "=coroutine.wrap(function() while true do end end)()", "interrupted");
    interrupt(&t, "lua while true do pcall(function() while true do end end) end", "interrupted");
    interrupt(&t,
              "lua while true do coroutine.resume(coroutine.create(function() while true do end "
              "end)) end",
              "interrupted");
    prompt_line(&t, "input --ids 5,6,7,0");
    interrupt(&t, "lua while true do rasad.run() end", "interrupted");
    assert_non_null(strstr(prompt_line(&t, "=1+1"), "2"));
    prompt_end(&t);
}

static void test_ctrl_c__ends_scripts(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, no_history, NULL, 24, 100);
    char path[128], line[200];
    snprintf(path, sizeof path, "%s/long.rasad", t.home);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("input --ids 5,6,7,0\n", f);
    for (int i = 0; i < 200000; i++)
        fputs("run\n", f);
    assert_int_equal(fclose(f), 0);
    snprintf(line, sizeof line, "source %s > /dev/null", path);
    interrupt(&t, line, "interrupted");
    prompt_end(&t);
}

static void test_ctrl_c__belongs_to_a_program_while_it_runs(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, no_history, NULL, 24, 100);
    interrupt(&t, "!sleep 100", "^C");
    interrupt(&t, "!trap 'echo caught; exit 7' INT; sleep 100",
              "caught\nerror: the shell command ended with status 7");
    assert_non_null(strstr(prompt_line(&t, "!echo a''b"), "\nab\n"));
    prompt_end(&t);
}

static void test_ctrl_c__three_times_ends_what_does_not_listen(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, no_history, NULL, 24, 100);
    /* Matching goes on for years inside one C function. */
    pty_enter(t.p, "=string.find(('a'):rep(60), ('a?'):rep(60) .. ('a'):rep(60) .. 'b')");
    pty_settle(t.p, LONG_ENOUGH, LONG_ENOUGH + 400);
    /* A loaded machine may deliver two presses as one signal. */
    for (int i = 0; i < 6 && !pty_wait_end(t.p, 300); i++)
        pty_send(t.p, "\003");
    assert_true(pty_wait(t.p, "killed", 2000));
    assert_int_equal(pty_end(t.p, 2000), 130);
}

static void test_progress__appears_late_and_is_erased(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, BUNDLED, no_history, NULL, 24, 100);
    prompt_line(&t, "input علی به مدرسه می‌رود");
    assert_null(strstr(prompt_line(&t, "run"), "%"));
    pty_enter(t.p, long_run);
    double began = clock_ms();
    assert_true(pty_expect(t.p, "% ", 5000));
    assert_true(clock_ms() - began > 400);
    assert_non_null(strstr(pty_line(t.p, pty_row(t.p)), "%"));
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "\n(rasad) ", PROMPTLY));
    for (int i = 0; i < 24; i++)
        assert_null(strstr(pty_line(t.p, i), "%"));
    prompt_line(&t, "set progress off");
    pty_enter(t.p, long_run);
    pty_settle(t.p, 1200, 1500);
    assert_null(strstr(pty_output(t.p), "%"));
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "\n(rasad) ", PROMPTLY));
    prompt_end(&t);
}

static void test_pager__takes_what_is_longer_than_the_screen(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, (const char *[]){"RASAD_HISTFILE=", "PAGER=echo paged-by; cat", NULL},
                 NULL, 24, 80);
    assert_null(strstr(prompt_line(&t, "show mode"), "paged-by"));
    assert_non_null(strstr(prompt_line(&t, "help"), "paged-by"));
    assert_null(strstr(prompt_line(&t, "help > /dev/null"), "paged-by"));
    assert_null(strstr(prompt_line(&t, "help | tail -n 2"), "paged-by"));
    prompt_line(&t, "set pager off");
    assert_null(strstr(prompt_line(&t, "help"), "paged-by"));
    prompt_line(&t, "set pager always");
    assert_non_null(strstr(prompt_line(&t, "show mode"), "paged-by"));
    prompt_line(&t, "set pager auto");
    pty_resize(t.p, 200, 80);
    assert_null(strstr(prompt_line(&t, "help"), "paged-by"));
    prompt_end(&t);
}

static void test_pager__may_be_left_early_missing_or_none(void **state)
{
    (void)state;
    static const char *const pagers[] = {"RASAD_PAGER=true", "RASAD_PAGER=/no/such/pager",
                                         "RASAD_PAGER= "};
    for (size_t i = 0; i < sizeof pagers / sizeof *pagers; i++) {
        struct prompt_test t;
        prompt_start(&t, TINY, (const char *[]){"RASAD_HISTFILE=", pagers[i], NULL}, NULL, 24, 80);
        const char *out = prompt_line(&t, "help");
        assert_int_equal(strstr(out, "breaks") != NULL || strstr(out, "break") != NULL, i > 0);
        assert_null(strstr(out, "error"));
        prompt_end(&t);
    }
}

static void write_editor(const struct prompt_test *t, const char *lines)
{
    char path[128];
    snprintf(path, sizeof path, "%s/editor", t->home);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\necho edits \"$(cat \"$1\")\"\nprintf '%s' > \"$1\"\n", lines);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(path, 0700), 0);
}

static void test_editor__changes_lines(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, (const char *[]){"VISUAL=\"$HOME/editor\"", NULL}, NULL, 24, 80);
    write_editor(&t, "show mode\\nshow digits\\n");
    prompt_line(&t, "show bidi");
    pty_enter(t.p, "edit");
    assert_true(pty_expect(t.p, "edits show bidi\n", 5000));
    assert_true(pty_expect(t.p, "(rasad) show mode\nmode is plain", 5000));
    assert_true(pty_expect(t.p, "(rasad) show digits\ndigits is latin", 5000));
    assert_true(pty_settle(t.p, 80, 5000));
    write_editor(&t, "show rows");
    pty_send(t.p, "show xx");
    assert_true(pty_settle(t.p, 80, 5000));
    pty_send(t.p, "\030\005"); /* Ctrl-X Ctrl-E comes back to the line */
    assert_true(pty_expect(t.p, "edits show xx\n", 5000));
    assert_true(pty_expect(t.p, "(rasad) show rows", 5000));
    assert_true(pty_settle(t.p, 80, 5000));
    assert_non_null(strstr(prompt_line(&t, ""), "rows is 40"));
    prompt_end(&t);
}

static void test_log__holds_commands_and_output(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, no_history, NULL, 24, 80);
    char line[128], text[2000] = "";
    snprintf(line, sizeof line, "log %s/session.txt", t.home);
    prompt_line(&t, line);
    prompt_line(&t, "show mode");
    prompt_line(&t, "stpe");
    prompt_line(&t, "log off");
    prompt_line(&t, "show bidi");
    snprintf(line, sizeof line, "%s/session.txt", t.home);
    FILE *f = fopen(line, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    assert_non_null(strstr(text, "> show mode\nmode is plain\n"));
    assert_non_null(strstr(text, "> stpe\nerror: unknown command 'stpe'\n"));
    assert_null(strstr(text, "bidi"));
    assert_null(strchr(text, '\033'));
    prompt_end(&t);
}

static void test_timing__is_told_after_each_command(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, no_history, NULL, 24, 80);
    assert_null(strstr(prompt_line(&t, "show mode"), " ms"));
    prompt_line(&t, "set timing on");
    assert_non_null(strstr(prompt_line(&t, "show mode"), " ms"));
    prompt_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ctrl_c__stops_computing_and_keeps_the_place),
        cmocka_unit_test(test_ctrl_c__stops_any_lua),
        cmocka_unit_test(test_ctrl_c__ends_scripts),
        cmocka_unit_test(test_ctrl_c__belongs_to_a_program_while_it_runs),
        cmocka_unit_test(test_ctrl_c__three_times_ends_what_does_not_listen),
        cmocka_unit_test(test_progress__appears_late_and_is_erased),
        cmocka_unit_test(test_pager__takes_what_is_longer_than_the_screen),
        cmocka_unit_test(test_pager__may_be_left_early_missing_or_none),
        cmocka_unit_test(test_editor__changes_lines),
        cmocka_unit_test(test_log__holds_commands_and_output),
        cmocka_unit_test(test_timing__is_told_after_each_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
