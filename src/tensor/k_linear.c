/* y = x w^T + bias. */
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "k_ops.h"

/* The bias as aligned floats: itself, or widened into `scratch` [n]. */
static const float *bias_floats(const struct k_weight *b, float *scratch, int64_t n)
{
    if (!b || !b->data)
        return NULL;
    if (b->dtype == DT_F32 && (uintptr_t)b->data % sizeof(float) == 0)
        return b->data;
    k_ops()->widen(scratch, b->data, b->dtype, n);
    return scratch;
}

void k_linear(float *y, int64_t ldy, const float *x, int64_t ldx, const struct k_weight *w,
              const struct k_weight *bias, int64_t m)
{
    const struct k_ops *ops = k_ops();
    int64_t n = w->rows, k = w->cols;
    if (m <= 0 || n <= 0)
        return;
    float *scratch = NULL;
    if (bias && bias->data)
        scratch = mem_alloc((size_t)n * sizeof *scratch);
    const float *b = bias_floats(bias, scratch, n);
    int team = k_team((double)m * (double)n * (double)k / 10);
    enum { BLOCK = 64 };
    #pragma omp parallel for schedule(static) num_threads(team) if (team > 1)
    for (int64_t j = 0; j < n; j += BLOCK) {
        if (!interrupted())
            ops->linear(y, ldy, x, ldx, w->data, w->dtype, b, m, j, j + BLOCK < n ? j + BLOCK : n,
                        k);
    }
    free(scratch);
}
