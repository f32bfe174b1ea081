/* Nice ticks: steps of 1, 2 and 5 times a power of ten; powers of ten on logarithmic axes. */
#include "axis.h"

#include <math.h>
#include <stdio.h>

void axis_number(char text[16], double v, double step)
{
    static const struct {
        double size;
        const char *sign;
    } units[] = {{1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}};
    double size = fabs(v);
    size_t i = 0;
    if (size < 1e-12 * step || size == 0) {
        snprintf(text, 16, "0");
        return;
    }
    if (size >= 1e18 || size < 1e-3) {
        snprintf(text, 16, "%.3g", v);
        return;
    }
    if (size < 1e4 && step < 1e3) /* 2500 reads better than 2.5k */
        i = 5;
    while (i < 5 && size < units[i].size)
        i++;
    double fine = step / units[i].size;
    int digits = fine >= 1 ? 0 : (int)ceil(-log10(fine) - 1e-9);
    char buf[40];
    snprintf(buf, sizeof buf, "%.*f%s", digits < 6 ? digits : 6, v / units[i].size, units[i].sign);
    snprintf(text, 16, "%.15s", buf);
}

/* The step of 1, 2 or 5 times a power of ten that gives no more than about `want` ticks. */
static double nice_step(double span, int want)
{
    double raw = span / (want > 1 ? want - 1 : 1), power = pow(10, floor(log10(raw)));
    double part = raw / power;
    return power * (part <= 1.0001 ? 1 : part <= 2.0001 ? 2 : part <= 5.0001 ? 5 : 10);
}

double axis_at(const struct axis *a, double v)
{
    if (!isfinite(v) || (a->log && !(v > 0)))
        return NAN;
    if (a->log)
        return (log10(v) - log10(a->lo)) / (log10(a->hi) - log10(a->lo));
    return (v - a->lo) / (a->hi - a->lo);
}

static void add_tick(struct axis *a, double v, double step)
{
    double at = axis_at(a, v);
    if (a->n == AXIS_TICKS || !(at > -1e-9) || !(at < 1 + 1e-9))
        return;
    struct tick *t = &a->tick[a->n++];
    t->at = at < 0 ? 0 : at > 1 ? 1 : at;
    axis_number(t->text, v, step);
}

static void linear_ticks(struct axis *a, int want, bool round, bool whole)
{
    double step = nice_step(a->hi - a->lo, want);
    if (whole && step < 1)
        step = 1;
    if (round && !a->log) {
        a->lo = floor(a->lo / step + 1e-9) * step;
        a->hi = ceil(a->hi / step - 1e-9) * step;
    }
    double first = ceil(a->lo / step - 1e-9);
    for (int i = 0; i < AXIS_TICKS && (first + i) * step <= a->hi + step * 1e-6; i++)
        add_tick(a, (first + i) * step, step);
}

static void log_ticks(struct axis *a, int want, bool round)
{
    static const double parts[] = {1, 2, 5};
    double lo = log10(a->lo), hi = log10(a->hi);
    if (round) {
        lo = floor(lo + 1e-9);
        hi = ceil(hi - 1e-9);
        a->lo = pow(10, lo);
        a->hi = pow(10, hi);
    }
    double decades = hi - lo;
    if (decades < 1) { /* not one power of ten may lie in it */
        linear_ticks(a, want, false, false);
        return;
    }
    bool between = 3 * decades + 1 <= want + 2;
    double every = ceil(decades / want);
    for (double d = floor(lo); d <= hi + 1e-9 && a->n < AXIS_TICKS; d += every)
        for (int k = 0; k < (between ? 3 : 1); k++)
            add_tick(a, parts[k] * pow(10, d), pow(10, d));
}

void axis_make(struct axis *a, double lo, double hi, bool log, int want, bool round, bool whole)
{
    *a = (struct axis){.lo = lo, .hi = hi, .log = log};
    if (!(hi > lo) && log) {
        a->lo = lo / 2;
        a->hi = hi * 2;
    } else if (!(hi - lo > fabs(hi) * 1e-12)) { /* one value, or too near to be told apart */
        double pad = lo == 0 || whole ? 1 : fabs(lo) / 2;
        a->lo = lo - pad;
        a->hi = hi + pad;
    }
    want = want < 2 ? 2 : want > AXIS_TICKS - 4 ? AXIS_TICKS - 4 : want;
    if (log)
        log_ticks(a, want, round);
    else
        linear_ticks(a, want, round, whole);
}

struct span_of {
    double lo, hi;
    bool whole;
};

static void widen(struct span_of *s, double v)
{
    s->lo = v < s->lo ? v : s->lo;
    s->hi = v > s->hi ? v : s->hi;
    s->whole = s->whole && v == floor(v);
}

bool plot_axes(const struct plot *p, int x_want, int y_want, struct axis *x, struct axis *y,
               int64_t *left_out)
{
    const struct span_of none = {INFINITY, -INFINITY, true};
    struct span_of sx = none, sy = none;
    *left_out = 0;
    for (int i = 0; i < p->nseries; i++)
        for (int k = 0; k < p->series[i].n; k++) {
            double vx = p->series[i].x[k], vy = p->series[i].y[k];
            if (isnan(vx) || isnan(vy))
                continue;
            if (isinf(vx) || isinf(vy) || (p->x_log && vx <= 0) || (p->y_log && vy <= 0)) {
                ++*left_out;
                continue;
            }
            widen(&sx, vx);
            widen(&sy, vy);
        }
    if (sx.lo > sx.hi)
        return false;
    if (!p->y_log && sy.lo > 0 && sy.lo < sy.hi / 2) /* heights compare from zero on */
        sy.lo = 0;
    if (p->y_most > 0) {
        sy.lo = fmin(sy.lo, 0);
        sy.hi = fmax(sy.hi, p->y_most);
    }
    axis_make(x, sx.lo, sx.hi, p->x_log, x_want, false, sx.whole);
    axis_make(y, sy.lo, sy.hi, p->y_log, y_want, true, sy.whole);
    return true;
}
