/* Sinusoid positions: sines in the first half of the row, cosines in the second. With d odd the
 * first half is the longer one. */
#include <math.h>
#include <stdbool.h>

#include "k_ops.h"

struct sinusoid {
    float *y;
    int64_t ld, pos, rows, d;
};

/* From one position to the next the angle of a column grows by a fixed step: sine and cosine are
 * turned by it, in double precision, and computed anew before rounding errors could show. */
enum { ANEW = 64 };

/* Columns from..to of the first half of all rows, and those of the same frequencies in the
 * second. */
static void columns(const void *work, int64_t from, int64_t to)
{
    const struct sinusoid *s = work;
    int64_t half = (s->d + 1) / 2;
    for (int64_t j = from; j < to; j++) {
        double period = pow(10000, 2.0 * (double)j / (double)s->d), sine = 0, cosine = 1;
        double step_sine = s->rows > 1 ? sin(1 / period) : 0;
        double step_cosine = s->rows > 1 ? cos(1 / period) : 1;
        bool both = half + j < s->d;
        for (int64_t i = 0; i < s->rows; i++) {
            if (i % ANEW == 0) {
                double angle = (double)(s->pos + i) / period;
                sine = sin(angle);
                cosine = cos(angle);
            }
            s->y[i * s->ld + j] = (float)sine;
            if (both)
                s->y[i * s->ld + half + j] = (float)cosine;
            double next = sine * step_cosine + cosine * step_sine;
            cosine = cosine * step_cosine - sine * step_sine;
            sine = next;
        }
    }
}

void k_sinusoid(float *y, int64_t ld, int64_t pos, int64_t rows, int64_t d)
{
    enum { COLUMNS = 16 }; /* a cache line: no two threads write to the same */
    struct sinusoid s = {y, ld, pos, rows, d};
    double each = 2 * (double)rows + 40; /* nanoseconds */
    k_split(k_team((double)d * each), (d + 1) / 2, COLUMNS, columns, &s);
}
