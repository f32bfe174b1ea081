/* Starting, talking to and leaving a prompt; see prompt.h. */
#include "prompt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { PATIENCE = 8000, QUIET = 60, ENVIRONMENT = 16 };

void prompt_start(struct prompt_test *t, const char *model, const char *const env[],
                  const char *home, int rows, int cols)
{
    char variable[96];
    const char *all[ENVIRONMENT + 2];
    int n = 0;
    snprintf(t->home, sizeof t->home, "%s", home ? home : "/tmp/rasad-pty-XXXXXX");
    if (!home)
        assert_non_null(mkdtemp(t->home));
    snprintf(variable, sizeof variable, "HOME=%s", t->home);
    all[n++] = variable;
    for (int i = 0; env && env[i] && n < ENVIRONMENT; i++)
        all[n++] = env[i];
    all[n] = NULL;
    t->p = pty_start((const char *[]){"-n", "-m", model, NULL}, all, rows, cols);
    assert_true(pty_wait(t->p, "(rasad)", PATIENCE));
    assert_true(pty_settle(t->p, QUIET, PATIENCE));
}

const char *prompt_line(struct prompt_test *t, const char *line)
{
    pty_enter(t->p, line);
    assert_true(pty_expect(t->p, "\n(rasad", PATIENCE));
    assert_true(pty_settle(t->p, QUIET, PATIENCE));
    return pty_output(t->p);
}

void prompt_keep_home(struct prompt_test *t)
{
    pty_enter(t->p, "quit");
    assert_int_equal(pty_end(t->p, PATIENCE), 0);
}

void prompt_end(struct prompt_test *t)
{
    char command[96];
    prompt_keep_home(t);
    snprintf(command, sizeof command, "rm -rf %s", t->home);
    assert_int_equal(system(command), 0);
}

int occurrences(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)) != NULL; p += strlen(what))
        n++;
    return n;
}

double clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return 1e3 * (double)ts.tv_sec + 1e-6 * (double)ts.tv_nsec;
}
