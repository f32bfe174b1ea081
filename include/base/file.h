/* Files: mapping one for reading, writing one so that the old stays whole until the new is,
 * paths. */
#ifndef RASAD_BASE_FILE_H
#define RASAD_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

/* A read-only mapping, shared by reference count. */
struct mapping {
    const unsigned char *data; /* never NULL; size may be 0 */
    size_t size;
    int refs;
    char *path;
};

struct mapping *mapping_open(const char *path, struct err *e); /* new reference */
struct mapping *mapping_ref(struct mapping *m);
void mapping_unref(struct mapping *m);

bool file_exists(const char *path);
bool file_is_dir(const char *path);
/* Whole file as bytes, NUL added after them; the caller frees. Refused past `limit` bytes. */
char *file_read(const char *path, size_t limit, size_t *size, struct err *e);

/* dir/name; name must be a plain file name (no '/', not "..", no NUL) and the result must not be a
 * symbolic link that leads out of dir: names come from untrusted files. NULL = refused. */
char *path_inside(const char *dir, const char *name, struct err *e);
char *path_join(const char *dir, const char *name); /* for names of our own */

/* ${XDG_STATE_HOME:-~/.local/state}/rasad/NAME; folders are made. NULL: there is no home. The
 * caller frees. */
char *path_state(const char *name);
/* What came with the program, found relative to it: NAME in examples/FOLDER of the sources, or in
 * share/rasad/FOLDER or share/rasad/examples/FOLDER of an installation; FOLDER may be "". NULL: it is not there. The caller frees. */
char *path_bundled(const char *folder, const char *name);

/* Atomic writing: everything goes to a new file beside the target, which takes the target's name
 * only in file_commit. On any failure the old file is whole and the new one is gone. */
struct file_writer {
    FILE *f;
    char *path, *temp;
};
bool file_create(struct file_writer *w, const char *path, struct err *e);
bool file_commit(struct file_writer *w, struct err *e); /* flush, sync, rename */
/* For a file that grows while others read it: the first time something was written it takes the
 * target's name, and more may follow. Later failures leave what has been delivered. */
bool file_deliver(struct file_writer *w, struct err *e);
void file_abort(struct file_writer *w);
bool file_replace(const char *path, const void *bytes, size_t n, struct err *e); /* all at once */

/* Adds bytes at the end of an open file (O_APPEND): all of them, or it stays as it was. */
bool file_add(int fd, const char *path, const void *bytes, size_t n, struct err *e);

#endif
