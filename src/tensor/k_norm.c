/* Layer normalisation of rows. */
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "k_ops.h"

static const float *floats(const struct k_weight *w, float *scratch, int64_t n)
{
    if (!w || !w->data)
        return NULL;
    if (w->dtype == DT_F32 && (uintptr_t)w->data % sizeof(float) == 0)
        return w->data;
    k_ops()->widen(scratch, w->data, w->dtype, n);
    return scratch;
}

void k_layernorm(float *y, const float *x, const struct k_weight *gain, const struct k_weight *bias,
                 float eps, int64_t m, int64_t n)
{
    const struct k_ops *ops = k_ops();
    if (m <= 0 || n <= 0)
        return;
    float *scratch = mem_alloc((size_t)n * 2 * sizeof *scratch);
    const float *g = floats(gain, scratch, n), *b = floats(bias, scratch + n, n);
    int team = k_team((double)m * (double)n * 0.5);
    #pragma omp parallel for schedule(static) num_threads(team) if (team > 1)
    for (int64_t i = 0; i < m; i++)
        if (!interrupted())
            ops->norm(y + i * n, x + i * n, g, b, eps, n);
    free(scratch);
}
