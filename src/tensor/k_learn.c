/* Learning word vectors: the choice of the loops. */
#include "k_ops.h"

void k_row_dots(float *y, const float *x, const float *w, int64_t ld, const int32_t *row, int64_t n,
                int64_t d)
{
    k_ops()->row_dots(y, x, w, ld, row, n, d);
}

void k_row_push(float *dx, const float *x, const float *g, float *w, int64_t ld, const int32_t *row,
                int64_t n, int64_t d)
{
    k_ops()->row_push(dx, x, g, w, ld, row, n, d);
}

void k_sigmoid(float *y, const float *x, int64_t n)
{
    k_ops()->sigmoid(y, x, n);
}
