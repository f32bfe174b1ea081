/* Named weights, wherever they lie: a .safetensors file, several with an index, a model folder. */
#ifndef RASAD_FORMAT_WEIGHTS_H
#define RASAD_FORMAT_WEIGHTS_H

#include "base/err.h"
#include "tensor/tensor.h"

struct weights;
struct weight {
    const char *name;
    struct tensor t;  /* a view of the mapped file */
};

/* Opens a folder (model.safetensors, or model.safetensors.index.json) or one .safetensors file.
 * *out is NULL with success for a folder that holds no weights at all. Reads headers only.
 * Errors (ERR_FILE): every violation of the format, by name and number. */
bool weights_open(const char *path, struct weights **out, struct err *e);
void weights_free(struct weights *w); /* tensors that were ref'ed stay valid */
const struct weight *weights_find(const struct weights *w, const char *name); /* NULL: none */
size_t weights_count(const struct weights *w);
const struct weight *weights_at(const struct weights *w, size_t i); /* in order of the data */
size_t weights_bytes(const struct weights *w);

#endif
