/* Numeric axes of curves: nice ticks, linear and logarithmic, and where a value stands on them.
 * Every drawing of curves uses these, so that all show the same. */
#ifndef RASAD_RENDER_AXIS_H
#define RASAD_RENDER_AXIS_H

#include "render/view.h"

enum { AXIS_TICKS = 16 };
struct tick {
    double at; /* 0..1 along the axis */
    char text[16];
};
struct axis {
    double lo, hi; /* hi > lo; both above 0 when logarithmic */
    bool log;
    int n;
    struct tick tick[AXIS_TICKS];
};
/* An axis over [lo, hi] with about `want` ticks. `round`: it begins and ends at a tick. `whole`:
 * the values are counts, no tick stands between two of them. */
void axis_make(struct axis *a, double lo, double hi, bool log, int want, bool round, bool whole);
/* 0 at the low end, 1 at the high one; NaN for what cannot stand on it (zero and below on a
 * logarithmic axis, infinities, NaN). */
double axis_at(const struct axis *a, double v);
/* "20k" "1.5M" "0.25" "1e-07": short, exact to the step between ticks. */
void axis_number(char text[16], double v, double step);

/* Both axes of a plot. False: it has no point that can be drawn. *left_out: points with numbers
 * that cannot be drawn (NaN is a gap, not one of them). */
bool plot_axes(const struct plot *p, int x_want, int y_want, struct axis *x, struct axis *y,
               int64_t *left_out);

#endif
