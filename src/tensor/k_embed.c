/* Rows of an embedding table. */
#include "k_ops.h"

struct embed {
    float *y;
    const struct k_weight *table;
    const int32_t *ids;
    float scale;
};

static void embed_rows(const void *work, int64_t from, int64_t to)
{
    const struct embed *e = work;
    const struct k_ops *ops = k_ops();
    int64_t d = e->table->cols, bytes = d * (int64_t)dtype_size(e->table->dtype);
    for (int64_t i = from; i < to; i++) {
        const unsigned char *row = (const unsigned char *)e->table->data + e->ids[i] * bytes;
        ops->widen(e->y + i * d, row, e->table->dtype, d);
        if (e->scale != 1)
            ops->scale(e->y + i * d, e->y + i * d, e->scale, d);
    }
}

void k_embed(float *y, const struct k_weight *table, const int32_t *ids, int64_t m, float scale)
{
    struct embed e = {y, table, ids, scale};
    int64_t d = table->cols;
    k_split(k_team((double)m * (double)d * 0.3), m, k_rows_at_once(d), embed_rows, &e);
}
