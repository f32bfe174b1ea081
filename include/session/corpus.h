/* A text file whose lines are sentences, one after the other made the input. Lines count from 1, as
 * editors count. */
#ifndef RASAD_SESSION_CORPUS_H
#define RASAD_SESSION_CORPUS_H

#include <stdint.h>

#include "base/err.h"

struct corpus;

/* Reads the whole file (at most 1 GiB). Errors: ERR_FILE. */
bool corpus_open(const char *path, struct corpus **out, struct err *e);
void corpus_free(struct corpus *c);
const char *corpus_path(const struct corpus *c);
int64_t
corpus_count(const struct corpus *c); /* lines; a newline at the end begins no further one */
int64_t corpus_current(const struct corpus *c); /* the line that was taken last, 0 = none yet */
/* Line `number`, without its end of line (\n or \r\n); becomes the current one. Out of range: an
 * error that says the range. The text may hold any byte and lives as long as the corpus. */
bool corpus_line(struct corpus *c, int64_t number, const char **text, size_t *n, struct err *e);

#endif
