/* Writing tensors to files, by the ending: .safetensors .npz .npy .json .csv */
#ifndef RASAD_FORMAT_SAVE_H
#define RASAD_FORMAT_SAVE_H

#include "base/err.h"
#include "tensor/tensor.h"

struct save_item {
    const char *name; /* the site */
    struct tensor t;
};
struct save_meta {
    const char *key, *value; /* strings; JSON texts where the value is a list */
};

/* The known endings in words, for messages and help. */
extern const char save_endings[];
bool save_known(const char *path); /* ends it with one of them? */

/* Writes all items as float32 atomically (the old file stays whole on any failure). .npy and .csv
 * take exactly one item; .csv one of at most two dimensions after dropping those of size 1 (more
 * dimensions: one line an innermost row with its indices first). JSON: infinities and NaN as the
 * strings "-inf" "inf" "nan". Only .safetensors (as __metadata__) and .json keep the meta.
 * Errors: unknown ending, a name twice, cannot write, disk full (ERR_COMMAND); ERR_INTERRUPT. */
bool save_tensors(const char *path, const struct save_item *items, size_t n,
                  const struct save_meta *meta, size_t nmeta, struct err *e);

#endif
