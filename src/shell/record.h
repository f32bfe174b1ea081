/* Records: commands with what they printed, in a file that `replay` runs again and compares.
 *
 *     # rasad record 1
 *     # model fa-en 0123456789abcdef
 *     # machine avx512, 2 threads, 0.1.0
 *     # width 80, color never, seed 0
 *     + set precision 3              how the session stood at the beginning
 *     > input ...                    a command as typed; several lines for a block; empty: Enter
 *     source: 19 characters ...      what it printed; before '>' and '\' stands a '\'
 */
#ifndef RASAD_SHELL_RECORD_H
#define RASAD_SHELL_RECORD_H

#include "shell/shell.h"

#define RECORD_VERSION 1

/* One command of a record and what it printed. */
struct record_step {
    char *input;    /* its lines joined by newlines */
    char *expected; /* whole lines, unescaped */
    int line;       /* of the input in the file */
};
struct record {
    char model[80], digest[24], machine[80];
    int width;
    char *setup; /* commands, a line each */
    struct record_step *steps;
    size_t n, cap;
};

void record_head(struct shell *sh, int width, struct str *out);
/* The machine as records name it: what may change the last digits of a number. */
void record_machine(char out[80]);
/* Reads a file; e names the line that is wrong. */
bool record_read(const char *path, struct record *r, struct err *e);
void record_release(struct record *r);

/* Do two texts say the same: byte for byte, or, with a tolerance, number for number (within it,
 * relative to the larger, or one unit of the last digit printed) and blanks apart? The number of
 * the first line that differs goes to *line (from 0), and the two lines as new strings. */
struct line_pair {
    int line;
    char *expected, *got;
};
bool record_agrees(const char *expected, const char *got, double tolerance,
                   struct line_pair *first);

#endif
