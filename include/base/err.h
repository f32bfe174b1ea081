/* Errors: one value, filled by the function that failed, printed by the shell alone.
 *
 * A fallible function takes `struct err *e` last and returns bool (or a pointer, NULL = failed). On
 * success it leaves *e untouched; on failure the message is complete and printable as it is: the
 * thing, the numbers, what to do. Messages hold no control characters: err_set replaces them. */
#ifndef RASAD_BASE_ERR_H
#define RASAD_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* What went wrong, in the terms of the exit statuses that the command line promises. */
enum err_kind {
    ERR_NONE = 0,
    ERR_COMMAND = 1,     /* a command, script or assertion failed */
    ERR_USAGE = 2,       /* the command line itself is wrong */
    ERR_FILE = 3,        /* a model or file cannot be read */
    ERR_INTERNAL = 4,    /* internal error or out of memory */
    ERR_INTERRUPT = 130, /* the user pressed Ctrl-C */
};

struct err {
    enum err_kind kind;
    int column;     /* byte offset in the input line that the message is about, -1 = none */
    int length;     /* bytes to underline from there, at least 1 when column >= 0 */
    bool told;      /* people have read what led to it: only programs get this message */
    char msg[768];  /* what is wrong */
    char hint[512]; /* what to do, or "" */
};

#define ERR_INIT                                                                                   \
    {                                                                                              \
        .column = -1                                                                               \
    }

/* Sets kind and message and returns false, so that a failing function ends in one line. */
bool err_set(struct err *e, enum err_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds the advice that is printed after the message; returns false. */
bool err_hint(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Puts "context: " before the message; returns false. Once for each boundary, not at each level. */
bool err_wrap(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Points at the part of the input line that is wrong; returns false. */
bool err_at(struct err *e, int column, int length);
bool err_memory(struct err *e, size_t bytes, const char *what);
void err_clear(struct err *e);

#endif
