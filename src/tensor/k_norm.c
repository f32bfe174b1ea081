/* Layer normalisation of rows. */
#include <stdlib.h>

#include "k_ops.h"

struct norm {
    float *y;
    const float *x, *gain, *bias;
    float eps;
    int64_t n;
};

static void norm_rows(const void *work, int64_t from, int64_t to)
{
    const struct norm *s = work;
    for (int64_t i = from; i < to; i++)
        k_ops()->norm(s->y + i * s->n, s->x + i * s->n, s->gain, s->bias, s->eps, s->n);
}

void k_layernorm(float *y, const float *x, const struct k_weight *gain, const struct k_weight *bias,
                 float eps, int64_t m, int64_t n)
{
    if (m <= 0 || n <= 0)
        return;
    float *take_gain, *take_bias;
    struct norm s = {y, x, k_floats(gain, n, &take_gain), k_floats(bias, n, &take_bias), eps, n};
    k_split(k_team((double)m * (double)n * 0.25), m, k_rows_at_once(n), norm_rows, &s);
    free(take_gain);
    free(take_bias);
}
