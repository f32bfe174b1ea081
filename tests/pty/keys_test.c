/* Keys at the prompt: Ctrl-C, Ctrl-D, Enter, paste, sizes, terminals without cursor movement. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "prompt.h"

static void start(struct prompt_test *t)
{
    prompt_start(t, TINY, NULL, NULL, 24, 100);
}

static void test_prompt__greets_with_the_model(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    const char *text = pty_text(t.p);
    assert_non_null(strstr(text, "rasad 0."));
    assert_non_null(strstr(text, "swish-3h: encoder-decoder 2+3 layers, 3 heads, d_model 24"));
    assert_non_null(strstr(text, "? for help"));
    assert_int_equal(pty_unknown(t.p), 0);
    prompt_end(&t);
}

static void test_prompt__ctrl_c_drops_the_line(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    pty_send(t.p, "stp");
    assert_true(pty_settle(t.p, 60, 5000)); /* the terminal drops what is not read yet */
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "^C\n(rasad) ", 5000));
    assert_null(strstr(pty_output(t.p), "leaves"));
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "(q or Ctrl-D leaves)\n(rasad) ", 5000));
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "^C\n(rasad) ", 5000));
    assert_null(strstr(pty_output(t.p), "leaves")); /* said once */
    assert_null(strstr(prompt_line(&t, "history"), "stp"));
    prompt_end(&t);
}

static void test_prompt__ctrl_c_drops_a_block(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    pty_enter(t.p, "=x + (");
    assert_true(pty_expect(t.p, ">> ", 5000));
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "(rasad) ", 5000));
    assert_non_null(strstr(prompt_line(&t, "=40+2"), "42"));
    prompt_end(&t);
}

static void test_prompt__ctrl_d_leaves_an_empty_line(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    prompt_line(&t, "stpe"); /* an error at the prompt is no status */
    pty_send(t.p, "quit 9\001\004");
    assert_true(pty_settle(t.p, 100, 5000));
    assert_false(pty_wait_end(t.p, 100)); /* it has deleted the q */
    pty_send(t.p, "\005\025\004");
    assert_int_equal(pty_end(t.p, 5000), 0);
}

static void test_prompt__quit_has_a_status(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    pty_enter(t.p, "quit 9");
    assert_int_equal(pty_end(t.p, 5000), 9);
}

static void test_prompt__lua_is_left_by_a_dot_and_ctrl_d(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    pty_enter(t.p, "lua");
    assert_true(pty_expect(t.p, "lua> ", 5000));
    pty_enter(t.p, "for i = 1, 2 do");
    assert_true(pty_expect(t.p, ">> ", 5000));
    pty_enter(t.p, "print('n' .. i) end");
    assert_true(pty_expect(t.p, "n1\nn2\nlua> ", 5000));
    pty_send(t.p, "\004");
    assert_true(pty_expect(t.p, "(rasad) ", 5000));
    pty_enter(t.p, "lua");
    assert_true(pty_expect(t.p, "lua> ", 5000));
    prompt_line(&t, ".");
    prompt_end(&t);
}

static void test_prompt__asks_before_work_is_lost(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    pty_enter(t.p, "ablate enc.0.self.h1");
    assert_true(pty_expect(t.p, "(rasad*) ", 5000));
    pty_send(t.p, "\004");
    assert_true(pty_expect(t.p, "(y/N) ", 5000));
    pty_enter(t.p, "n");
    assert_true(pty_expect(t.p, "(rasad*) ", 5000));
    pty_send(t.p, "\004");
    assert_true(pty_expect(t.p, "(y/N) ", 5000));
    pty_send(t.p, "\004");
    assert_int_equal(pty_end(t.p, 5000), 0);
}

static void test_enter__repeats_what_goes_on(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    assert_int_equal(occurrences(prompt_line(&t, ""), "["), 0);
    prompt_line(&t, "input --ids 5,6,7,0");
    assert_null(strstr(prompt_line(&t, ""), "["));
    prompt_line(&t, "start");
    prompt_line(&t, "si");
    assert_non_null(strstr(prompt_line(&t, ""), "[stepi]"));
    assert_non_null(strstr(prompt_line(&t, ""), "[stepi]"));
    prompt_line(&t, "stpe"); /* not after an error */
    assert_null(strstr(prompt_line(&t, ""), "["));
    prompt_line(&t, "si 2");
    assert_non_null(strstr(prompt_line(&t, ""), "[stepi 2]"));
    pty_send(t.p, "\003"); /* nor after Ctrl-C */
    assert_true(pty_expect(t.p, "(rasad) ", 5000));
    assert_null(strstr(prompt_line(&t, ""), "["));
    prompt_line(&t, "set repeat off");
    prompt_line(&t, "si");
    assert_null(strstr(prompt_line(&t, ""), "["));
    prompt_end(&t);
}

static void test_prompt__stays_after_wrong_input(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    assert_non_null(strstr(prompt_line(&t, "brek"), "did you mean 'break'?"));
    const char *out = prompt_line(&t, "show colour");
    assert_non_null(strstr(out, "\n  show colour\n       ^~~~~~\n"));
    prompt_line(&t, "=error('x')");
    prompt_line(&t, "=)");
    prompt_line(&t, "\"");
    prompt_line(&t, "; ; |");
    prompt_line(&t, "\377\376");
    assert_non_null(strstr(prompt_line(&t, "=1+1"), "2"));
    prompt_end(&t);
}

static void test_paste__runs_line_by_line_up_to_an_error(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t);
    pty_send(t.p, "\033[200~show mode\n\n=10+\n1\nstpe\nshow digits\n\033[201~\r");
    assert_true(pty_expect(t.p, "did you mean 'step'?", 5000));
    assert_true(pty_settle(t.p, 100, 5000));
    const char *out = pty_output(t.p);
    assert_non_null(strstr(out, "mode is plain"));
    assert_non_null(strstr(out, "(rasad) =10+\n>> 1\n$1 = 11\n(rasad) stpe\n"));
    assert_null(strstr(out, "digits is"));
    prompt_end(&t);
}

static void test_resize__is_seen_by_the_next_view(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 70, 120);
    prompt_line(&t, "input --ids 5,6,7,8,9,10,11,12,13,14,15,16,17,18,0");
    prompt_line(&t, "forward");
    prompt_line(&t, "set cells number");
    assert_null(strstr(prompt_line(&t, "attn enc.0.self.pattern.h0"), "columns 0-"));
    pty_resize(t.p, 70, 50);
    const char *out = prompt_line(&t, "attn enc.0.self.pattern.h0");
    assert_non_null(strstr(out, "columns 0-"));
    for (int i = 0; i < 70; i++)
        assert_true(strlen(pty_line(t.p, i)) < 100);
    /* A resize while a line is edited keeps it. */
    pty_send(t.p, "show mo");
    assert_true(pty_settle(t.p, 60, 5000));
    pty_resize(t.p, 20, 90);
    assert_true(pty_settle(t.p, 60, 5000));
    assert_non_null(strstr(prompt_line(&t, "de"), "mode is plain"));
    prompt_end(&t);
}

static void test_setup__asks_and_remembers(void **state)
{
    (void)state;
    struct prompt_test t;
    char path[128], text[200] = "";
    prompt_start(&t, TINY, NULL, NULL, 24, 80);
    assert_non_null(strstr(pty_text(t.p), "hint: "));
    pty_enter(t.p, "setup");
    assert_true(pty_expect(t.p, "neither: ", 5000));
    pty_enter(t.p, "1");
    assert_true(pty_expect(t.p, "(y/N) ", 5000));
    assert_non_null(strstr(prompt_line(&t, "y"), "bidi is terminal now"));
    assert_non_null(strstr(prompt_line(&t, "show bidi"), "bidi is terminal"));
    snprintf(path, sizeof path, "%s/.config/rasad/init.rasad", t.home);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(text, "set bidi terminal\n");
    prompt_keep_home(&t);
    struct prompt_test next;
    prompt_start(&next, TINY, NULL, t.home, 24, 80);
    assert_null(strstr(pty_text(next.p), "hint: ")); /* once for each user */
    prompt_end(&next);
}

static void test_dumb_terminal__gets_no_escape_codes(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, (const char *[]){"TERM=dumb", NULL}, NULL, 24, 80);
    prompt_line(&t, "input --ids 5,6,7,0");
    prompt_line(&t, "forward");
    prompt_line(&t, "attn enc.0.self.pattern.h0");
    prompt_line(&t, "help"); /* no pager, either */
    prompt_line(&t, "stpe");
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "(rasad) ", 5000));
    pty_enter(t.p, "si");
    pty_enter(t.p, "");
    assert_true(pty_expect(t.p, "[stepi]", 5000));
    assert_int_equal(pty_escapes(t.p), 0);
    pty_send(t.p, "\004");
    assert_int_equal(pty_end(t.p, 5000), 0);
}

static void test_ctrl_z__stops_and_fg_goes_on(void **state)
{
    (void)state;
    const char *program = getenv("RASAD") ? getenv("RASAD") : "./rasad";
    struct pty *p =
        pty_start_program((const char *[]){"/bin/sh", "-i", NULL},
                          (const char *[]){"PS1=ready>", "RASAD_HISTFILE=", NULL}, 24, 80);
    char line[400];
    assert_true(pty_wait(p, "ready>", 5000));
    /* Within another shell, as `make demo` is: that one is stopped first. */
    snprintf(line, sizeof line, "sh -c '%s -q -n -m " TINY "; true'", program);
    pty_enter(p, line);
    assert_true(pty_expect(p, "(rasad) ", 20000));
    for (int i = 0; i < 3; i++) {
        pty_send(p, "show mo");
        assert_true(pty_settle(p, 80, 5000));
        pty_send(p, "\032");
        assert_true(pty_expect(p, "ready>", 5000));
        assert_true(pty_settle(p, 200, 5000)); /* the shell may be faster than we */
        pty_enter(p, "stty -a");
        assert_true(pty_expect(p, " icanon", 5000));
        assert_true(pty_settle(p, 80, 5000));
        pty_enter(p, "fg");
        assert_true(pty_expect(p, "(rasad) show mo", 5000));
        pty_enter(p, "de");
        assert_true(pty_expect(p, "mode is plain", 5000));
        assert_true(pty_expect(p, "\n(rasad) ", 5000));
    }
    pty_enter(p, "quit");
    assert_true(pty_expect(p, "ready>", 5000));
    pty_enter(p, "exit");
    assert_int_equal(pty_end(p, 5000), 0);
}

static void test_signals__leave_the_terminal_as_it_was(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGSEGV};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        const char *program = getenv("RASAD") ? getenv("RASAD") : "./rasad";
        struct pty *p = pty_start_program((const char *[]){"/bin/sh", NULL},
                                          (const char *[]){"PS1=ready>", NULL}, 24, 80);
        char line[400];
        long pid = 0;
        assert_true(pty_wait(p, "ready>", 5000));
        snprintf(line, sizeof line,
                 "RASAD_HISTFILE= sh -c 'echo pid=$$,; exec %s -q -n -m " TINY "'", program);
        pty_enter(p, line);
        assert_true(pty_expect(p, "(rasad) ", 20000));
        const char *at = strstr(strstr(pty_output(p), "\npid="), "=");
        pid = strtol(at + 1, NULL, 10);
        assert_true(pid > 1);
        assert_true(pty_settle(p, 60, 5000));
        assert_int_equal(kill((pid_t)pid, signals[i]), 0);
        assert_true(pty_expect(p, "ready>", 5000));
        pty_enter(p, "echo status=$?; stty -a");
        snprintf(line, sizeof line, "\nstatus=%d\n", 128 + signals[i]);
        assert_true(pty_expect(p, line, 5000));
        assert_true(pty_expect(p, " icanon", 5000));
        assert_true(pty_expect(p, " echo ", 5000));
        pty_enter(p, "exit");
        assert_int_equal(pty_end(p, 5000), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prompt__greets_with_the_model),
        cmocka_unit_test(test_prompt__ctrl_c_drops_the_line),
        cmocka_unit_test(test_prompt__ctrl_c_drops_a_block),
        cmocka_unit_test(test_prompt__ctrl_d_leaves_an_empty_line),
        cmocka_unit_test(test_prompt__quit_has_a_status),
        cmocka_unit_test(test_prompt__lua_is_left_by_a_dot_and_ctrl_d),
        cmocka_unit_test(test_prompt__asks_before_work_is_lost),
        cmocka_unit_test(test_enter__repeats_what_goes_on),
        cmocka_unit_test(test_prompt__stays_after_wrong_input),
        cmocka_unit_test(test_paste__runs_line_by_line_up_to_an_error),
        cmocka_unit_test(test_resize__is_seen_by_the_next_view),
        cmocka_unit_test(test_setup__asks_and_remembers),
        cmocka_unit_test(test_dumb_terminal__gets_no_escape_codes),
        cmocka_unit_test(test_ctrl_z__stops_and_fg_goes_on),
        cmocka_unit_test(test_signals__leave_the_terminal_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
