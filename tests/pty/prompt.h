/* A prompt on a pseudo-terminal with a home folder of its own, for the tests in this folder. */
#ifndef TESTS_PROMPT_H
#define TESTS_PROMPT_H

#include "pty.h"

#define TINY "tests/golden/marian/swish-3h" /* 2+3 layers, 3 heads, at most 64 positions */
#define BUNDLED "examples/models/fa-en"

struct prompt_test {
    struct pty *p;
    char home[64];
};

/* Starts the program in `model` and waits for the prompt. env: more variables, NULL last, or NULL.
 * `home`: of an earlier start, to go on in it; NULL: a new, empty one. */
void prompt_start(struct prompt_test *t, const char *model, const char *const env[],
                  const char *home, int rows, int cols);
/* Types a line and waits until the next prompt has been printed and all is quiet; what came in
 * between. */
const char *prompt_line(struct prompt_test *t, const char *line);
/* Leaves with `quit`, expects status 0, removes the home folder. */
void prompt_end(struct prompt_test *t);
void prompt_keep_home(struct prompt_test *t); /* the same, but the folder stays */
/* How often `what` occurs in `text`. */
int occurrences(const char *text, const char *what);
double clock_ms(void);

#endif
