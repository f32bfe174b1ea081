/* The inner loops of the kernels, one table for each instruction set.
 *
 * Everything here works on one thread and one stretch of rows; the public kernels around them split
 * the work, start threads and poll for interrupts. Weights come as bytes and
 * need not be aligned. */
#ifndef RASAD_TENSOR_K_OPS_H
#define RASAD_TENSOR_K_OPS_H

#include <stdbool.h>
#include <stdint.h>

#include "tensor/dtype.h"
#include "tensor/kernels.h"

/* Rows of keys or values of one head: row j is at p + j * pos + slot[j * step] * batch. */
struct k_gather {
    const float *p;
    int64_t pos, batch;
    const int32_t *slot;
    int64_t step;
    int64_t rows, width;
};

struct k_ops {
    const char *name;
    int64_t blas_rows, blas_columns; /* from such sizes of x on OpenBLAS is faster */
    int64_t turn_rows;               /* from so many rows of x on it pays to transpose weights */
    /* y[i*ldy + j] = x_i . w_j + bias[j] for i < m, from <= j < to; row j of w begins ldw elements
     * after row j-1 and has k of them; bias may be NULL. */
    void (*linear)(float *y, int64_t ldy, const float *x, int64_t ldx, const void *w, int64_t ldw,
                   enum dtype t, const float *bias, int64_t m, int64_t from, int64_t to, int64_t k);
    /* z [m, width] = p [m, n] v [n, width] + bias [width], which may be NULL */
    void (*mix)(float *z, int64_t ldz, const float *p, int64_t ldp, const float *v, int64_t ldv,
                const float *bias, int64_t m, int64_t n, int64_t width);
    /* y [n, m] = x [m, n]^T */
    void (*turn)(float *y, int64_t ldy, const float *x, int64_t ldx, int64_t m, int64_t n);
    /* y[j] = q . row j; z [width] = sum of p[j] row j */
    void (*gather_dots)(float *y, const float *q, const struct k_gather *g);
    void (*gather_mix)(float *z, const float *p, const struct k_gather *g);
    void (*widen)(float *y, const void *w, enum dtype t, int64_t n); /* to float32 */
    void (*scale)(float *y, const float *x, float s, int64_t n);
    void (*add)(float *y, const float *a, const float *b, int64_t n);
    void (*act)(enum k_act act, float *y, const float *x, int64_t n);
    void (*softmax)(float *y, const float *x, int64_t n); /* one row */
    void (*norm)(float *y, const float *x, const float *gain, const float *bias, float eps,
                 int64_t n);                     /* one row; gain and bias may be NULL */
    float (*largest)(const float *x, int64_t n); /* NaN is passed over; -inf if there is nothing */
    double (*exp_sum)(const float *x, float minus, int64_t n); /* sum of e^(x - minus) */
    void (*row_dots)(float *y, const float *x, const float *w, int64_t ld, const int32_t *row,
                     int64_t n, int64_t d);
    void (*row_push)(float *dx, const float *x, const float *g, float *w, int64_t ld,
                     const int32_t *row, int64_t n, int64_t d);
    void (*sigmoid)(float *y, const float *x, int64_t n);
};

extern const struct k_ops k_ops_c;
/* NULL where the compiler does not make such code. */
extern const struct k_ops *const k_ops_avx2;
extern const struct k_ops *const k_ops_avx512;

const struct k_ops *k_ops(void); /* the chosen table */

/* Threads worth starting for so many nanoseconds of work on one thread. */
int k_team(double ns);
/* Calls f for from..to of each stretch of `step` items out of n, on that many threads, as long as
 * nobody interrupts. Which thread does what never shows in the results. */
void k_split(int team, int64_t n, int64_t step, k_range *f, const void *work);
int64_t k_rows_at_once(int64_t width); /* a good step for cheap rows of that many elements */

/* A vector weight as aligned floats: itself, or widened into new memory that goes to *take and is
 * freed by the caller. NULL when there is none. */
const float *k_floats(const struct k_weight *w, int64_t n, float **take);

#endif
