/* Softmax of rows. */
#include "base/interrupt.h"
#include "k_ops.h"

void k_softmax(float *y, int64_t ldy, const float *x, int64_t ldx, int64_t m, int64_t n)
{
    const struct k_ops *ops = k_ops();
    int team = k_team((double)m * (double)n * 1.0);
#pragma omp parallel for schedule(static) num_threads(team) if (team > 1)
    for (int64_t i = 0; i < m; i++)
        if (!interrupted())
            ops->softmax(y + i * ldy, x + i * ldx, n);
}
