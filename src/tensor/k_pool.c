/* The positions of a sentence become one vector; vectors become unit length. Few numbers, so plain
 * loops. */
#include <math.h>

#include "tensor/kernels.h"

const char *k_pool_name(enum k_pool how)
{
    static const char *const names[POOL_COUNT] = {"first", "last",      "mean",
                                                  "max",   "sqrt mean", "weighted mean"};
    return names[how];
}

static double pooled(enum k_pool how, const float *x, int64_t n, int64_t stride)
{
    if (how == POOL_FIRST || how == POOL_LAST)
        return x[how == POOL_FIRST ? 0 : (n - 1) * stride];
    double sum = 0, max = x[0];
    for (int64_t i = 0; i < n; i++) {
        double v = x[i * stride];
        sum += how == POOL_WEIGHTED ? (double)(i + 1) * v : v;
        if (!(v <= max) && !isnan(max)) /* NaN is not passed over */
            max = v;
    }
    switch (how) {
    case POOL_MEAN:
        return sum / (double)n;
    case POOL_SQRT_MEAN:
        return sum / sqrt((double)n);
    case POOL_WEIGHTED:
        return sum / ((double)n * (double)(n + 1) / 2);
    default:
        return max;
    }
}

void k_pool(enum k_pool how, float *y, const float *x, const int32_t *count, int64_t positions,
            int64_t batch, int64_t n)
{
    for (int64_t b = 0; b < batch; b++)
        for (int64_t f = 0; f < n; f++)
            y[b * n + f] =
                (float)pooled(how, x + b * n + f, count != NULL ? count[b] : positions, batch * n);
}

void k_unit(float *y, const float *x, float eps, int64_t m, int64_t n)
{
    for (int64_t i = 0; i < m; i++) {
        double squares = 0;
        for (int64_t f = 0; f < n; f++)
            squares += (double)x[i * n + f] * x[i * n + f];
        double length = fmax(sqrt(squares), eps);
        for (int64_t f = 0; f < n; f++)
            y[i * n + f] = (float)(x[i * n + f] / length);
    }
}
