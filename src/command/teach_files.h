/* The lessons that came with the program, and finding one by what a user calls it. */
#ifndef RASAD_COMMAND_TEACH_FILES_H
#define RASAD_COMMAND_TEACH_FILES_H

#include <stddef.h>

#include "base/err.h"

struct lesson_files {
    char **paths; /* in order of their numbers; those without a number are not listed */
    size_t n, cap;
};
bool lesson_files_find(struct lesson_files *f, struct err *e);
void lesson_files_release(struct lesson_files *f);
/* The file of a lesson: its number, its name, or a path ("x/y", "y.lesson"). The caller frees.
 * NULL + e: there is none of that name. */
char *lesson_files_path(const char *what, struct err *e);

#endif
