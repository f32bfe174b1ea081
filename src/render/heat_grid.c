/* The numbers behind a heat map: pooling of large ones and the scale they are drawn on. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "heat.h"

enum { MANY = 65536 }; /* cells from which on threads share the work */

bool grid_make(struct grid *g, const struct tensor *t)
{
    *g = (struct grid){.t = *t, .kr = 1, .kc = 1};
    if (t->ndim > 2 || t->ndim < 0)
        return false;
    while (g->t.ndim < 2) { /* a vector is one row */
        for (int i = g->t.ndim; i > 0; i--) {
            g->t.shape[i] = g->t.shape[i - 1];
            g->t.stride[i] = g->t.stride[i - 1];
        }
        g->t.shape[0] = 1;
        g->t.stride[0] = 0;
        g->t.ndim++;
    }
    g->rows = g->full_rows = g->t.shape[0];
    g->cols = g->full_cols = g->t.shape[1];
    return true;
}

void grid_release(struct grid *g)
{
    free(g->row_lo);
    free(g->row_hi);
    g->row_lo = g->row_hi = NULL;
}

static int64_t divide_up(int64_t a, int64_t b)
{
    return a / b + (a % b != 0);
}

void grid_pool(struct grid *g, int64_t most_rows, int64_t most_cols)
{
    if (g->full_rows > most_rows)
        g->kr = divide_up(g->full_rows, most_rows);
    if (g->full_cols > most_cols)
        g->kc = divide_up(g->full_cols, most_cols);
    g->rows = divide_up(g->full_rows, g->kr);
    g->cols = divide_up(g->full_cols, g->kc);
}

static double element(const struct grid *g, int64_t row, int64_t col)
{
    ptrdiff_t at = (ptrdiff_t)(row * g->t.stride[0] + col * g->t.stride[1]);
    return dtype_load(g->t.dtype, (const char *)g->t.data + at * (ptrdiff_t)dtype_size(g->t.dtype));
}

double grid_at(const struct grid *g, int64_t row, int64_t col)
{
    double best = -INFINITY;
    int64_t r_end = (row + 1) * g->kr, c_end = (col + 1) * g->kc;
    if (r_end > g->full_rows)
        r_end = g->full_rows;
    if (c_end > g->full_cols)
        c_end = g->full_cols;
    for (int64_t r = row * g->kr; r < r_end; r++)
        for (int64_t c = col * g->kc; c < c_end; c++) {
            double v = element(g, r, c);
            if (isnan(v))
                return v;
            if (v > best)
                best = v;
        }
    return best;
}

struct range {
    double lo, hi, least_positive;
};

static void widen(struct range *r, double v)
{
    r->lo = v < r->lo ? v : r->lo;
    r->hi = v > r->hi ? v : r->hi;
    if (v > 0 && v < r->least_positive)
        r->least_positive = v;
}

static const struct range empty_range = {INFINITY, -INFINITY, INFINITY};

/* What one row holds. */
struct seen {
    struct range range;
    bool nan, inf, masked;
};

static void look(struct seen *s, double v)
{
    if (isfinite(v))
        widen(&s->range, v);
    s->nan = s->nan || isnan(v);
    s->inf = s->inf || (isinf(v) && v > 0);
    s->masked = s->masked || (isinf(v) && v < 0);
}

const float *grid_floats(const struct grid *g, int64_t row)
{
    bool plain = g->t.dtype == DT_F32 && g->kr == 1 && g->kc == 1 && g->t.stride[1] == 1;
    return plain ? (const float *)g->t.data + row * g->t.stride[0] : NULL;
}

static struct seen survey_row(const struct grid *g, int64_t row)
{
    struct seen s = {.range = empty_range};
    const float *v = grid_floats(g, row);
    if (!v) {
        for (int64_t c = 0; c < g->cols; c++)
            look(&s, grid_at(g, row, c));
        return s;
    }
    float lo = INFINITY, hi = -INFINITY, least = INFINITY; /* of the finite ones */
    for (int64_t c = 0; c < g->cols; c++) {
        float x = v[c];
        bool finite = fabsf(x) <= FLT_MAX;
        lo = finite && x < lo ? x : lo;
        hi = finite && x > hi ? x : hi;
        least = x > 0 && x < least ? x : least;
        if (!finite)
            look(&s, (double)x);
    }
    s.range = (struct range){(double)lo, (double)hi, (double)least};
    return s;
}

static void row_range(struct grid *g, int64_t row, const struct range *r)
{
    g->row_lo[row] = r->lo < 0 ? r->lo : 0;
    g->row_hi[row] = r->hi > g->row_lo[row] ? r->hi : g->row_lo[row];
}

/* Looks at every cell drawn: range, signs, and the range of each row where rows have their own. */
static struct range survey(struct scale *s, struct grid *g)
{
    struct range all = empty_range;
    struct seen *rows = mem_alloc(sizeof *rows * (size_t)(g->rows + 1));
    if (s->kind == SCALE_ROW) {
        g->row_lo = mem_alloc(sizeof *g->row_lo * (size_t)(g->rows + 1));
        g->row_hi = mem_alloc(sizeof *g->row_hi * (size_t)(g->rows + 1));
    }
#pragma omp parallel for schedule(static) if (g->full_rows * g->full_cols > MANY)
    for (int64_t r = 0; r < g->rows; r++)
        rows[r] = survey_row(g, r);
    for (int64_t r = 0; r < g->rows; r++) {
        const struct range *row = &rows[r].range;
        s->nan = s->nan || rows[r].nan;
        s->inf = s->inf || rows[r].inf;
        s->masked = s->masked || rows[r].masked;
        if (g->row_lo)
            row_range(g, r, row);
        if (row->lo > row->hi)
            continue;
        widen(&all, row->lo);
        widen(&all, row->hi);
        if (row->least_positive < all.least_positive)
            all.least_positive = row->least_positive;
    }
    free(rows);
    return all;
}

void scale_make(struct scale *s, const struct heat *h, struct grid *grids, int n)
{
    const char *word = h->scale ? h->scale : "0-1";
    bool given = h->lo != h->hi;
    *s = (struct scale){.lo = given ? h->lo : 0, .hi = given ? h->hi : 1};
    if (strcmp(word, "row") == 0)
        s->kind = SCALE_ROW;
    else if (strcmp(word, "log") == 0)
        s->kind = SCALE_LOG;
    struct range all = empty_range;
    for (int i = 0; i < n; i++) {
        struct range one = survey(s, &grids[i]);
        if (one.lo <= one.hi) {
            widen(&all, one.lo);
            widen(&all, one.hi);
        }
        if (one.least_positive < all.least_positive)
            all.least_positive = one.least_positive;
    }
    bool any = all.lo <= all.hi;
    if (any)
        s->most = fmax(fabs(all.lo), fabs(all.hi));
    s->word = given && s->kind == SCALE_LINEAR ? NULL : word;
    if (given || !any)
        return;
    if (strcmp(word, "max") == 0) {
        s->lo = all.lo < 0 ? all.lo : 0;
        s->hi = all.hi > s->lo ? all.hi : s->lo + 1;
    } else if (s->kind == SCALE_LOG) {
        s->hi = all.hi > 0 ? all.hi : 1;
        s->lo = fmax(s->hi * 1e-4, all.least_positive < s->hi ? all.least_positive : 0);
    }
}

double scale_unit(const struct scale *s, const struct grid *g, int64_t row, double v)
{
    double lo = s->lo, hi = s->hi;
    if (s->kind == SCALE_ROW && g->row_lo) {
        lo = g->row_lo[row];
        hi = g->row_hi[row];
    } else if (s->kind == SCALE_LOG) {
        if (!(v > 0) || !(lo > 0))
            return 0;
        v = log(v);
        lo = log(lo);
        hi = log(hi);
    }
    if (!(hi > lo))
        return v >= hi && v > 0 ? 1 : 0;
    double u = (v - lo) / (hi - lo);
    return u > 0 ? (u < 1 ? u : 1) : 0;
}
