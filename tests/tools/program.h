/* The program itself, run as another program would run it, in a folder of its own. */
#ifndef RASAD_TESTS_PROGRAM_H
#define RASAD_TESTS_PROGRAM_H

#include <stddef.h>

#define PROGRAM_MODEL "tests/golden/marian/swish-3h"

enum program_end { PROGRAM_WORDS = 32 };

struct program {
    char folder[200]; /* made by program_folder, removed by program_clean */
    long size_limit;  /* RLIMIT_FSIZE of the runs; 0: none */
    int status;       /* exit status, or 128 + signal */
    char *out, *err;  /* of the last run, ended by NUL */
    size_t out_size, err_size;
};

void program_folder(struct program *p);
void program_clean(struct program *p);

/* Files of the folder. The path lives until the fourth call after it. */
const char *program_path(const struct program *p, const char *name);
void program_write(const struct program *p, const char *name, const void *bytes, size_t n);
char *program_read(const char *path, size_t *n); /* allocated; fails the test when it cannot */
/* Copies the files of a model folder (not what is expected of it) to a new folder of that name. */
void program_copy_model(const struct program *p, const char *from, const char *name);

/* Runs it with -n and these words (the last is NULL); standard input is the text, or empty. */
int program_run(struct program *p, const char *input, ...);

/* Lines of a text that begin so. */
int program_lines(const char *text, const char *start);

#endif
