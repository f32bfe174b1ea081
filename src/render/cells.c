/* Cells of a heat map in pictures: their colours, and what each of them says. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scene.h"

const unsigned char masked_stroke[3] = {160, 168, 184};

void cell_color(unsigned char rgb[3], double v, double unit, enum colormap map)
{
    static const unsigned char masked[3] = {226, 230, 240}, nan[3] = {255, 0, 0};
    if (isnan(v))
        memcpy(rgb, nan, 3);
    else if (isinf(v) && v < 0)
        memcpy(rgb, masked, 3);
    else
        colormap_rgb(map, isinf(v) ? 1 : unit, rgb);
}

/* A colour map is smooth: neighbours of so many steps differ by less than one part in 255. */
enum { STEPS = 4096, MANY = 65536 };
typedef unsigned char colors[STEPS + 1][3];

static void paint_row(unsigned char *to, const struct grid *g, const struct scale *s,
                      enum colormap map, bool mirror, int64_t row)
{
    for (int64_t i = 0; i < g->cols; i++, to += 3) {
        double v = grid_at(g, row, mirror ? g->cols - 1 - i : i);
        cell_color(to, v, isfinite(v) ? scale_unit(s, g, row, v) : 0, map);
    }
}

/* As paint_row, by a table of colours: for plain numbers on a scale that is no logarithm. */
static void paint_floats(unsigned char *to, const struct grid *g, const struct scale *s,
                         enum colormap map, bool mirror, int64_t row, const colors *table)
{
    const float *v = grid_floats(g, row);
    double lo = s->kind == SCALE_ROW ? g->row_lo[row] : s->lo;
    double hi = s->kind == SCALE_ROW ? g->row_hi[row] : s->hi, steps = STEPS / (hi - lo);
    for (int64_t i = 0; i < g->cols; i++, to += 3) {
        double x = (double)v[mirror ? g->cols - 1 - i : i], u = (x - lo) * steps + 0.5;
        if (!(fabs(x) <= FLT_MAX)) {
            cell_color(to, x, 0, map);
            continue;
        }
        const unsigned char *c = (*table)[u > 0 ? u < STEPS ? (int)u : STEPS : 0];
        to[0] = c[0];
        to[1] = c[1];
        to[2] = c[2];
    }
}

static bool has_steps(const struct grid *g, const struct scale *s, int64_t row)
{
    if (s->kind == SCALE_ROW)
        return g->row_lo && g->row_hi[row] > g->row_lo[row] && grid_floats(g, row);
    return s->kind == SCALE_LINEAR && s->hi > s->lo && grid_floats(g, row);
}

void cells_paint(unsigned char *rgb, const struct grid *g, const struct scale *s, enum colormap map,
                 bool mirror)
{
    bool many = g->rows * g->cols > MANY;
    colors *table = mem_alloc(sizeof *table);
    for (int i = 0; many && i <= STEPS; i++)
        colormap_rgb(map, (double)i / STEPS, (*table)[i]);
#pragma omp parallel for schedule(static) if (many)
    for (int64_t r = 0; r < g->rows; r++) {
        unsigned char *to = rgb + 3 * r * g->cols;
        if (many && has_steps(g, s, r))
            paint_floats(to, g, s, map, mirror, r, (const colors *)table);
        else
            paint_row(to, g, s, map, mirror, r);
    }
    free(table);
}

static void add_place(struct str *out, const char *const *labels, int64_t first, int64_t at)
{
    enum { CELLS = 40 };
    str_addf(out, "%" PRId64, first + at);
    if (!labels || !labels[at])
        return;
    str_add(out, " \u2068"); /* isolates: the token moves nothing beside it */
    html_text(out, labels[at], CELLS);
    str_add(out, "\u2069");
}

void cell_tip(struct str *out, const struct heat *h, const struct grid *g, int64_t row, int64_t col)
{
    double v = grid_at(g, row, col);
    bool whole = g->kr == 1 && g->kc == 1;
    add_place(out, whole ? h->row_labels : NULL, h->row0, row * g->kr);
    str_add(out, " → ");
    add_place(out, whole ? h->col_labels : NULL, h->col0, col * g->kc);
    if (isinf(v) && v < 0)
        str_add(out, ": masked");
    else
        str_addf(out, ": %.9g", v);
}
