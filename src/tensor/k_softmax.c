/* Softmax of rows. */
#include "k_ops.h"

struct softmax {
    float *y;
    const float *x;
    int64_t ldy, ldx, n;
};

static void softmax_rows(const void *work, int64_t from, int64_t to)
{
    const struct softmax *s = work;
    for (int64_t i = from; i < to; i++)
        k_ops()->softmax(s->y + i * s->ldy, s->x + i * s->ldx, s->n);
}

void k_softmax(float *y, int64_t ldy, const float *x, int64_t ldx, int64_t m, int64_t n)
{
    struct softmax s = {y, x, ldy, ldx, n};
    k_split(k_team((double)m * (double)n * 0.4), m, k_rows_at_once(n), softmax_rows, &s);
}
