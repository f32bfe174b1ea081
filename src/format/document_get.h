/* Members of a document's JSON, checked: what is missing or of the wrong type is an error (ERR_FILE)
 * that names the key. Texts and lists are copied into the document. */
#ifndef RASAD_FORMAT_DOCUMENT_GET_H
#define RASAD_FORMAT_DOCUMENT_GET_H

#include <jansson.h>

#include "format/document.h"

bool document_wrong(struct err *e, const char *key, const char *what);
bool get_int(const json_t *o, const char *key, int64_t lo, int64_t hi, int64_t *out, struct err *e);
bool get_id(const json_t *o, int32_t *out, struct err *e);
bool get_bool(const json_t *o, const char *key, bool *out, struct err *e);
/* null is NAN. */
bool get_number(const json_t *v, const char *key, double *out, struct err *e);
bool get_str(struct document *d, const json_t *o, const char *key, const char **out, struct err *e);
/* A text that may be null, and may hold NULs. */
bool get_text(struct document *d, const json_t *o, const char *key, const char **out, size_t *n,
              struct err *e);
/* Texts without NULs. */
bool get_strs(struct document *d, const json_t *o, const char *key, const char ***out, size_t *n,
              struct err *e);
bool get_list(const json_t *o, const char *key, const json_t **out, size_t *n, struct err *e);
bool get_object(const json_t *o, const char *key, const json_t **out, struct err *e);

/* document_read_run.c: "source" and "run" of `o`, the whole document or a member of "runs". */
bool document_read_run(struct document *d, const json_t *o, int64_t version,
                       struct document_run *out, struct err *e);

#endif
