/* Cells of a heat map in pictures: their colours, and what each of them says. */
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

/* A colour map is smooth: this many steps of it differ by less than one part in 255. */
enum { STEPS = 4096 };

static void table_of_colors(unsigned char (*table)[3], enum colormap map)
{
    for (int i = 0; i <= STEPS; i++)
        colormap_rgb(map, (double)i / STEPS, table[i]);
}

void cells_paint(unsigned char *rgb, const struct grid *g, const struct scale *s, enum colormap map,
                 bool mirror)
{
    unsigned char(*table)[3] = mem_alloc((STEPS + 1) * sizeof *table);
    bool many = g->rows * g->cols > 16 * STEPS;
    if (many)
        table_of_colors(table, map);
#pragma omp parallel for schedule(static) if (many)
    for (int64_t r = 0; r < g->rows; r++)
        for (int64_t i = 0; i < g->cols; i++) {
            double v = grid_at(g, r, mirror ? g->cols - 1 - i : i);
            unsigned char *to = rgb + 3 * (r * g->cols + i);
            double unit = isfinite(v) ? scale_unit(s, g, r, v) : 0;
            if (many && isfinite(v))
                memcpy(to, table[(int)(unit * STEPS + 0.5)], 3);
            else
                cell_color(to, v, unit, map);
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
