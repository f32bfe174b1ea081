/* Sinusoid positions: sines in the first half of the row, cosines in the second. With d odd the
 * first half is the longer one. */
#include <math.h>

#include "k_ops.h"

struct sinusoid {
    float *y;
    int64_t ld, pos, rows, d;
};

/* Columns from..to of the first half of all rows, and those of the same frequencies in the
 * second. */
static void columns(const void *work, int64_t from, int64_t to)
{
    const struct sinusoid *s = work;
    int64_t half = (s->d + 1) / 2;
    for (int64_t j = from; j < to; j++) {
        double period = pow(10000, 2.0 * (double)j / (double)s->d);
        for (int64_t i = 0; i < s->rows; i++) {
            double angle = (double)(s->pos + i) / period;
            s->y[i * s->ld + j] = (float)sin(angle);
            if (half + j < s->d)
                s->y[i * s->ld + half + j] = (float)cos(angle);
        }
    }
}

void k_sinusoid(float *y, int64_t ld, int64_t pos, int64_t rows, int64_t d)
{
    enum { COLUMNS = 16 }; /* a cache line: no two threads write to the same */
    struct sinusoid s = {y, ld, pos, rows, d};
    double each = 20 * (double)rows + 20; /* nanoseconds */
    k_split(k_team((double)d * each), (d + 1) / 2, COLUMNS, columns, &s);
}
