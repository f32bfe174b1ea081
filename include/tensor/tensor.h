/* Tensors: a typed, strided, named-axis view of shared storage.
 *
 * A `struct tensor` is a small value; copying the struct does not take a reference. tensor_ref and
 * tensor_unref count the storage, which alone is shared (between views, runs, Lua and exports). A
 * view of a mapped file holds the mapping, so closing a model never dangles a tensor. */
#ifndef RASAD_TENSOR_TENSOR_H
#define RASAD_TENSOR_TENSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/file.h"
#include "base/str.h"
#include "tensor/dtype.h"

#define TENSOR_DIMS 6
#define AXIS_NAME 8

struct storage {
    void *data;
    size_t bytes, room; /* what was asked for, and what there is */
    int refs;
    struct mapping *map; /* NULL: data is malloc'ed */
};

struct tensor {
    enum dtype dtype;
    int ndim;
    int64_t shape[TENSOR_DIMS];
    int64_t stride[TENSOR_DIMS];       /* in elements; 0 = repeated */
    char axis[TENSOR_DIMS][AXIS_NAME]; /* "B", "H", "S'" ...; "" = unnamed */
    struct storage *st;                /* NULL: borrowed memory */
    void *data;                        /* element [0, 0, ...] */
};

/* New storage of that many bytes (one reference), 64-byte aligned, not zeroed. NULL + e when memory
 * is out; `what` names it in the message. */
struct storage *storage_new(size_t bytes, const char *what, struct err *e);
struct storage *storage_of_mapping(struct mapping *m); /* takes its own reference of m */
struct storage *storage_ref(struct storage *s);
void storage_unref(struct storage *s); /* NULL is fine */

/* New contiguous tensor (row-major), contents undefined. Checks the product of sizes. */
bool tensor_new(struct tensor *out, enum dtype t, int ndim, const int64_t *shape, const char *what,
                struct err *e);
/* A view of memory that the caller keeps alive: no storage. Contiguous strides. */
struct tensor tensor_borrow(enum dtype t, int ndim, const int64_t *shape, const void *data);
struct tensor tensor_ref(const struct tensor *t); /* same view, one more reference */
void tensor_unref(struct tensor *t);              /* drops the reference and clears the view */
void tensor_set_axes(struct tensor *t, const char *const *names);

void shape_text(struct str *out, int ndim, const int64_t *shape); /* "[1, 4, 7]" */
int64_t tensor_count(const struct tensor *t);                     /* elements */
bool tensor_contiguous(const struct tensor *t);
double tensor_get(const struct tensor *t, const int64_t *index);
float *tensor_f32(const struct tensor *t); /* data of an F32 tensor */

/* Views (they share the storage without taking a reference; ref them to keep them). */
/* Element i of an axis, which is dropped; elements [from, to) of an axis; axes in another order. */
struct tensor tensor_index(const struct tensor *t, int axis, int64_t i);
struct tensor tensor_slice(const struct tensor *t, int axis, int64_t from, int64_t to);
struct tensor tensor_permute(const struct tensor *t, const int *order);
int tensor_axis(const struct tensor *t, const char *name); /* -1: no such axis */

/* A contiguous float32 copy in logical order (new reference). */
bool tensor_to_f32(const struct tensor *t, struct tensor *out, struct err *e);
/* Copies element by element; shapes must agree. dst is F32. */
bool tensor_copy(struct tensor *dst, const struct tensor *src, struct err *e);
/* Multiplies every element of an F32 view; 0 gives zeros also where the value is infinite. */
void tensor_scale(const struct tensor *t, float factor);

struct tensor_stats {
    double mean, sd, min, max, norm; /* over the finite elements; sd is the population's */
    int64_t count, nan, inf;
};
void tensor_stats(const struct tensor *t, struct tensor_stats *out);

#endif
