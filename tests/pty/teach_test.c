/* Lessons at the prompt: Enter goes on, also after other commands; Ctrl-C within a pause of slow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "prompt.h"

static const char *const no_history[] = {"RASAD_HISTFILE=", NULL};

static void test_enter__goes_on_in_a_lesson(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, BUNDLED, no_history, NULL, 60, 100);
    prompt_line(&t, "set pager off");
    assert_non_null(
        strstr(prompt_line(&t, "teach tests/transcript/lessons/small.lesson"), "step 1 of 2"));
    /* An open question is asked again; once it is answered, Enter shows what follows. */
    assert_non_null(strstr(prompt_line(&t, ""), "How wide is a head?"));
    assert_non_null(strstr(prompt_line(&t, "answer 32"), "Question 2 of 2"));
    assert_non_null(strstr(prompt_line(&t, "answer [1, 4, 6, 32]"), "That was the shape."));
    assert_non_null(strstr(prompt_line(&t, ""), "step 2 of 2"));
    /* After a command that does not repeat, Enter is the lesson's again. */
    prompt_line(&t, "glossary head");
    assert_non_null(strstr(prompt_line(&t, ""), "Question 1 of 4"));
    prompt_line(&t, "teach stop");
    assert_null(strstr(prompt_line(&t, ""), "Question"));
    prompt_end(&t);
}

static void test_slow__answers_ctrl_c_within_a_pause(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, BUNDLED, no_history, NULL, 24, 100);
    prompt_line(&t, "input علی به مدرسه می‌رود");
    prompt_line(&t, "slow 60");
    pty_enter(t.p, "run");
    assert_true(pty_expect(t.p, "resid_pre [6,128]", 5000)); /* shown before the pause */
    double began = clock_ms();
    pty_send(t.p, "\003");
    assert_true(pty_expect(t.p, "c continues", 1500));
    assert_true(clock_ms() - began < 1500);
    prompt_line(&t, "slow off");
    assert_non_null(strstr(prompt_line(&t, "continue"), "Ali goes to school"));
    prompt_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enter__goes_on_in_a_lesson),
        cmocka_unit_test(test_slow__answers_ctrl_c_within_a_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
