/* For the tests of the format layer: small files and a folder to put them in. */
#ifndef RASAD_TEST_FORMAT_FILES_H
#define RASAD_TEST_FORMAT_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "invariants.h"

/* A new empty folder under TMPDIR; removed with all that is in it by folder_remove, which frees. */
char *folder_make(void);
void folder_remove(char *dir);
int folder_count(const char *dir); /* entries in it */

void file_write(const char *dir, const char *name, const void *data, size_t n);
char *file_in(const char *dir, const char *name); /* the path; the caller frees */

/* A .safetensors file of that header and `data` bytes 0 1 2 ... after it. */
void st_build(struct str *out, const char *header, size_t data);
void st_write(const char *dir, const char *name, const char *header, size_t data);

/* A file without a name, for many inputs in a row: its path, which stays the same. */
struct scratch {
    int fd;
    char path[32];
};
void scratch_open(struct scratch *s);
void scratch_set(struct scratch *s, const void *data, size_t n);
void scratch_close(struct scratch *s);

#endif
