/* The lines typed before, kept in a file that several sessions share: each line is appended at
 * once, under a lock; only at the start is the file cut to its size. An entry may have several
 * lines. */
#ifndef RASAD_SHELL_HISTORY_H
#define RASAD_SHELL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

struct history {
    char *path; /* NULL: nothing is kept */
    char **entries;
    size_t n, cap;
};

/* Reads the file, cut to `limit` entries. Where: RASAD_HISTFILE (empty: nowhere), else
 * ${XDG_STATE_HOME:-~/.local/state}/rasad/history. A file that cannot be read or written is no
 * error: history is then this session's alone. RASAD_HISTSIZE, when set, stands for the limit. */
void history_open(struct history *h, size_t limit);
void history_close(struct history *h);
/* Adds an entry unless it equals the last one or begins with a blank; true: it was added. */
bool history_add(struct history *h, const char *text);

#endif
