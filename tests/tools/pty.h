/* Drives ./rasad (or any program) on a real pseudo-terminal, for tests of keys, signals and sizes.
 *
 *     struct pty *p = pty_start((const char *[]){"-n", NULL}, NULL, 24, 80);
 *     assert_true(pty_wait(p, "rasad>", 5000));
 *     pty_send(p, "pri\t");
 *     assert_true(pty_wait(p, "print", 2000));
 *     pty_send(p, "\004");                      (Ctrl-D)
 *     assert_int_equal(pty_end(p, 2000), 0);
 *
 * The terminal is an xterm with 256 colours and UTF-8; the environment is the fixed one of
 * tests/run.sh plus `env`. The program is $RASAD, else ./rasad. Times are in milliseconds. A wait that fails
 * prints the screen. Only what cannot happen (no pty, no memory) aborts. */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct pty;

/* args: arguments after the program's name, NULL last; env: "NAME=VALUE"..., NULL last, or NULL. */
struct pty *pty_start(const char *const args[], const char *const env[], int rows, int cols);
/* The same for another program: argv[0] is its path. */
struct pty *pty_start_program(const char *const argv[], const char *const env[], int rows,
                              int cols);

/* Types bytes: "\t" completes, "\003" is Ctrl-C, "\033[A" the up arrow, "\r" Enter. */
void pty_send(struct pty *p, const char *keys);
/* pty_send with Enter at the end. */
void pty_enter(struct pty *p, const char *line);

/* Waits until the text is on the screen or has scrolled away, anywhere since the start. */
bool pty_wait(struct pty *p, const char *text, int ms);
/* Waits until the text is printed after the last pty_send: escape sequences left out, so it sees
 * the order of output, not the look of the screen. */
bool pty_expect(struct pty *p, const char *text, int ms);
/* Waits until nothing has been printed for `quiet` ms; false when that takes longer than `ms`. */
bool pty_settle(struct pty *p, int quiet, int ms);
/* Waits until the program has ended by itself or the time is over; true = ended. */
bool pty_wait_end(struct pty *p, int ms);

void pty_resize(struct pty *p, int rows, int cols); /* sends SIGWINCH as a terminal does */
void pty_signal(struct pty *p, int sig);
pid_t pty_pid(const struct pty *p);

/* What a person would see now. The strings are valid until the next call on p. */
const char *pty_line(struct pty *p, int row);
const char *pty_text(struct pty *p);   /* what scrolled away and the screen */
const char *pty_output(struct pty *p); /* since the last pty_send, escape sequences left out */
int pty_row(const struct pty *p);      /* where the cursor is, from 0 */
int pty_col(const struct pty *p);
size_t pty_unknown(const struct pty *p); /* escape sequences that the screen does not know */
size_t pty_escapes(const struct pty *p); /* escape characters printed since the start */

/* Waits `ms` for the end, then kills; frees everything. Returns the exit status, 128 + signal when
 * killed by one, or -1 when it had to be killed here. */
int pty_end(struct pty *p, int ms);

#endif
