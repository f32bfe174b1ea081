/* Sinusoid positions: sines in the first half of the row, cosines in the second. With d odd the
 * first half is the longer one. */
#include <math.h>

#include "k_ops.h"

void k_sinusoid(float *y, int64_t pos, int64_t d)
{
    int64_t half = (d + 1) / 2;
    for (int64_t i = 0; i < d; i++) {
        int64_t j = i < half ? i : i - half;
        double angle = (double)pos / pow(10000, 2.0 * (double)j / (double)d);
        y[i] = (float)(i < half ? sin(angle) : cos(angle));
    }
}
