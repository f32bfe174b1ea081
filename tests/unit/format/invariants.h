/* What must hold of every set of weights that was accepted; for unit tests and fuzz targets. */
#ifndef RASAD_TEST_FORMAT_INVARIANTS_H
#define RASAD_TEST_FORMAT_INVARIANTS_H

#include <stddef.h>

#include "format/weights.h"

/* NULL, or what is wrong: unknown names, overlaps, tensors outside their file. Touches every
 * tensor's first and last byte, so that a sanitizer or the kernel can object. */
static inline const char *weights_broken(const struct weights *w)
{
    volatile double touched = 0;
    size_t sum = 0;
    const unsigned char *end = NULL;
    const struct storage *st = NULL;
    for (size_t i = 0; i < weights_count(w); i++) {
        const struct weight *x = weights_at(w, i);
        const struct tensor *t = &x->t;
        if (weights_find(w, x->name) != x)
            return "a name that does not find its tensor";
        if (t->ndim < 0 || t->ndim > TENSOR_DIMS || t->dtype >= DT_COUNT || !tensor_contiguous(t))
            return "a tensor of impossible shape or type";
        for (int d = 0; d < t->ndim; d++)
            if (t->shape[d] < 0)
                return "a negative size";
        const unsigned char *p = t->data, *from = t->st->data;
        size_t count = (size_t)tensor_count(t), size = dtype_size(t->dtype);
        if (p < from || count > t->st->bytes || (size_t)(p - from) + count * size > t->st->bytes)
            return "a tensor outside its file";
        if (t->st == st && p != end)
            return "a hole or an overlap";
        if (t->st != st && st && end != (const unsigned char *)st->data + st->bytes)
            return "bytes after the last tensor of a file";
        st = t->st;
        end = p + count * size;
        sum += count * size;
        if (count)
            touched += dtype_load(t->dtype, p) + dtype_load(t->dtype, end - size);
    }
    if (st && end != (const unsigned char *)st->data + st->bytes)
        return "bytes after the last tensor";
    (void)touched;
    return sum == weights_bytes(w) ? NULL : "a wrong sum of bytes";
}

#endif
