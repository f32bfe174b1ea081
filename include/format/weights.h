/* Named weights, wherever they lie: a .safetensors file, several with an index, a model folder. */
#ifndef RASAD_FORMAT_WEIGHTS_H
#define RASAD_FORMAT_WEIGHTS_H

#include "base/err.h"
#include "tensor/tensor.h"

struct weights;
struct weight {
    const char *name; /* unique; UTF-8 without NUL, but otherwise as the file has it */
    struct tensor t;  /* a view of the mapped file; may be misaligned for its type */
};

/* Opens a folder (model.safetensors, or model.safetensors.index.json), one .safetensors file or one
 * .index.json. *out is NULL with success for a folder that holds no weights at all. Reads headers
 * only. Errors (ERR_FILE): every violation of the format, by name and number; a folder whose only
 * weights are in a format that cannot be read. */
bool weights_open(const char *path, struct weights **out, struct err *e);
/* Weights without data (NULL), for what is asked of their names and shapes alone. */
struct weights *weights_named(const struct weight *v, size_t n);
void weights_free(struct weights *w); /* tensors that were ref'ed stay valid */
const struct weight *weights_find(const struct weights *w, const char *name); /* NULL: none */
size_t weights_count(const struct weights *w);
const struct weight *weights_at(const struct weights *w, size_t i); /* in order of the data */
size_t weights_bytes(const struct weights *w);
/* The file's own remark under that key of __metadata__ ("format"), untrusted text; NULL: none. */
const char *weights_metadata(const struct weights *w, const char *key);
/* One line about something odd but harmless that the user should know; NULL: nothing. */
const char *weights_note(const struct weights *w);

#endif
