/* Layer normalisation of rows. */
#include <stdlib.h>

#include "base/interrupt.h"
#include "k_ops.h"

void k_layernorm(float *y, const float *x, const struct k_weight *gain, const struct k_weight *bias,
                 float eps, int64_t m, int64_t n)
{
    const struct k_ops *ops = k_ops();
    if (m <= 0 || n <= 0)
        return;
    float *take_gain, *take_bias;
    const float *g = k_floats(gain, n, &take_gain), *b = k_floats(bias, n, &take_bias);
    int team = k_team((double)m * (double)n * 0.3);
#pragma omp parallel for schedule(static) num_threads(team) if (team > 1)
    for (int64_t i = 0; i < m; i++)
        if (!interrupted())
            ops->norm(y + i * n, x + i * n, g, b, eps, n);
    free(take_gain);
    free(take_bias);
}
