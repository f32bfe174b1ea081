/* Positions by formula: sinusoids, relative buckets, rotations. */
#include "tensor/position.h"

#include <math.h>

double position_angle(int64_t pos, int64_t pair, int64_t width, double base)
{
    return (double)pos / pow(base, 2.0 * (double)pair / (double)width);
}

double position_sinusoid(int64_t pos, int64_t column, int64_t width, double base)
{
    int64_t half = (width + 1) / 2;
    return column < half ? sin(position_angle(pos, column, width, base))
                         : cos(position_angle(pos, column - half, width, base));
}

int64_t position_exact(bool both, int64_t buckets)
{
    return (both ? buckets / 2 : buckets) / 2;
}

int64_t position_bucket(int64_t distance, bool both, int64_t buckets, int64_t max_distance)
{
    int64_t side = both ? buckets / 2 : buckets, exact = side / 2,
            away = distance < 0 ? -distance
                   : both       ? distance
                                : 0,
            first = both && distance > 0 ? side : 0;
    if (away < exact)
        return first + away;
    float span = (float)log((double)max_distance / (double)exact),
          share = logf((float)away / (float)exact) / span * (float)(side - exact);
    int64_t wide = exact + (int64_t)share;
    return first + (wide < side ? wide : side - 1);
}

void position_rotate(double *x, int64_t pos, int64_t width, double base)
{
    int64_t half = width / 2;
    for (int64_t j = 0; j < half; j++) {
        double angle = position_angle(pos, j, width, base), c = cos(angle), s = sin(angle);
        double a = x[j], b = x[half + j];
        x[j] = a * c - b * s;
        x[half + j] = a * s + b * c;
    }
}
