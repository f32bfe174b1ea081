/* The inner loops of the kernels, one table for each instruction set.
 *
 * Everything here works on one thread and one stretch of rows; the public kernels around them split
 * the work, start threads and poll for interrupts. Weights come as bytes: they need not be aligned. */
#ifndef RASAD_TENSOR_K_OPS_H
#define RASAD_TENSOR_K_OPS_H

#include <stdbool.h>
#include <stdint.h>

#include "tensor/dtype.h"
#include "tensor/kernels.h"

struct k_ops {
    const char *name;
    /* y[i*ldy + j] = x_i . w_j + bias[j] for i < m, from <= j < to; w [*, k] of type t; bias may be
     * NULL. */
    void (*linear)(float *y, int64_t ldy, const float *x, int64_t ldx, const void *w, enum dtype t,
                   const float *bias, int64_t m, int64_t from, int64_t to, int64_t k);
    void (*widen)(float *y, const void *w, enum dtype t, int64_t n); /* to float32 */
    void (*scale)(float *y, const float *x, float s, int64_t n);
    void (*add)(float *y, const float *a, const float *b, int64_t n);
    void (*axpy)(float *y, float s, const float *x, int64_t n); /* y += s x */
    float (*dot)(const float *a, const float *b, int64_t n);
    void (*act)(enum k_act act, float *y, const float *x, int64_t n);
    void (*softmax)(float *y, const float *x, int64_t n); /* one row */
    void (*norm)(float *y, const float *x, const float *gain, const float *bias, float eps,
                 int64_t n); /* one row; gain and bias may be NULL */
};

extern const struct k_ops k_ops_c;
const struct k_ops *k_ops_avx2(void);   /* NULL where not compiled in */
const struct k_ops *k_ops_avx512(void);

const struct k_ops *k_ops(void); /* the chosen table */

/* Threads worth starting for so many nanoseconds of work on one thread. */
int k_team(double ns);

#endif
