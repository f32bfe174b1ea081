/* Rows of an embedding table. */
#include "base/interrupt.h"
#include "k_ops.h"

void k_embed(float *y, const struct k_weight *table, const int32_t *ids, int64_t m, float scale)
{
    const struct k_ops *ops = k_ops();
    int64_t d = table->cols, bytes = d * (int64_t)dtype_size(table->dtype);
    int team = k_team((double)m * (double)d * 0.3);
#pragma omp parallel for schedule(static) num_threads(team) if (team > 1)
    for (int64_t i = 0; i < m; i++) {
        if (interrupted())
            continue;
        ops->widen(y + i * d, (const unsigned char *)table->data + ids[i] * bytes, table->dtype, d);
        if (scale != 1)
            ops->scale(y + i * d, y + i * d, scale, d);
    }
}
