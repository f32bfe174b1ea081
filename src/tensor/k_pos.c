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

enum { COLUMNS = 16 }; /* a cache line: no two threads write to the same */

struct turning {
    double sine[COLUMNS], cosine[COLUMNS], step_sine[COLUMNS], step_cosine[COLUMNS];
};

static void advance(struct turning *t)
{
    for (int j = 0; j < COLUMNS; j++) {
        double sine = t->sine[j], cosine = t->cosine[j];
        t->sine[j] = sine * t->step_cosine[j] + cosine * t->step_sine[j];
        t->cosine[j] = cosine * t->step_cosine[j] - sine * t->step_sine[j];
    }
}

/* Columns from..to of the first half of all rows, and those of the same frequencies in the
 * second. */
static void columns(const void *work, int64_t from, int64_t to)
{
    const struct sinusoid *s = work;
    int64_t half = (s->d + 1) / 2, n = to - from, both = s->d - half - from;
    struct turning t = {0};
    double period[COLUMNS], longer = pow(10000, 2.0 / (double)s->d);
    for (int64_t j = 0; j < n; j++) {
        period[j] = j > 0 ? period[j - 1] * longer : pow(10000, 2.0 * (double)from / (double)s->d);
        if (s->rows > 1)
            sincos(1 / period[j], &t.step_sine[j], &t.step_cosine[j]);
    }
    for (int64_t i = 0; i < s->rows; i++, advance(&t)) {
        float *y = s->y + i * s->ld + from;
        for (int64_t j = 0; i % ANEW == 0 && j < n; j++)
            sincos((double)(s->pos + i) / period[j], &t.sine[j], &t.cosine[j]);
        for (int64_t j = 0; j < n; j++)
            y[j] = (float)t.sine[j];
        for (int64_t j = 0; j < n && j < both; j++)
            y[half + j] = (float)t.cosine[j];
    }
}

void k_sinusoid(float *y, int64_t ld, int64_t pos, int64_t rows, int64_t d)
{
    struct sinusoid s = {y, ld, pos, rows, d};
    double each = 2 * (double)rows + 40; /* nanoseconds */
    k_split(k_team((double)d * each), (d + 1) / 2, COLUMNS, columns, &s);
}
