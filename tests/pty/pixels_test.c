/* Pixels at the prompt: the terminal is asked once, when they are wanted, and what it answers never
 * reaches the line that is typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "prompt.h"

#define MAP "attn/p enc.0.self h1"

static void start(struct prompt_test *t, const char *variable)
{
    prompt_start(t, TINY, (const char *[]){"RASAD_HISTFILE=", "PAGER=", variable, NULL}, NULL, 40,
                 100);
    prompt_line(t, "input --ids 80,98,14,0");
    prompt_line(t, "forward");
}

static void test_pixels__are_asked_for_and_shown(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t, NULL);
    assert_null(strstr(prompt_line(&t, "attn enc.0.self h1"), "no pixels"));
    /* The answer waits where the program looks for it: a VT200 with sixels. */
    pty_send(t.p, MAP "\r\033[?62;4c");
    assert_true(pty_wait(t.p, "(rasad)", 5000));
    pty_settle(t.p, 300, 5000);
    assert_null(strstr(pty_output(t.p), "no pixels"));
    assert_null(strstr(pty_output(t.p), "62;4c"));
    /* It is not asked again: nobody answers now. */
    assert_null(strstr(prompt_line(&t, MAP), "no pixels"));
    assert_non_null(strstr(prompt_line(&t, "echo well"), "well"));
    prompt_end(&t);
}

static void test_pixels__without_an_answer_are_cells(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t, NULL);
    double began = clock_ms();
    const char *out = prompt_line(&t, MAP);
    assert_non_null(strstr(out, "no pixels"));
    assert_non_null(strstr(out, "scale 0-1"));
    assert_true(clock_ms() - began < 5000);
    assert_non_null(strstr(prompt_line(&t, "echo well"), "well"));
    prompt_line(&t, "set pixels kitty");
    assert_null(strstr(prompt_line(&t, MAP), "no pixels"));
    prompt_line(&t, "set pixels off");
    assert_non_null(strstr(prompt_line(&t, MAP), "no pixels"));
    prompt_end(&t);
}

/* Inside tmux there are none unless they are forced. */
static void test_pixels__are_not_for_tmux(void **state)
{
    (void)state;
    struct prompt_test t;
    start(&t, "TMUX=/tmp/none,1,0");
    assert_non_null(strstr(prompt_line(&t, MAP), "no pixels"));
    prompt_line(&t, "set pixels sixel");
    assert_null(strstr(prompt_line(&t, MAP), "no pixels"));
    prompt_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixels__are_asked_for_and_shown),
        cmocka_unit_test(test_pixels__without_an_answer_are_cells),
        cmocka_unit_test(test_pixels__are_not_for_tmux),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
