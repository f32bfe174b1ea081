/* Heat maps as one table of numbers, for Markdown, CSV and TSV. */
#include <inttypes.h>

#include "base/arena.h"
#include "heat.h"

enum { MOST_COLS = 100000 };

static struct cell text_cell(const char *s)
{
    return s ? (struct cell){.kind = CELL_STR, .s = s} : (struct cell){0};
}

static void add_rows(struct cell **at, const struct heat *h, int panel, const struct grid *g,
                     int64_t cols)
{
    struct cell *c = *at;
    for (int64_t r = 0; r < g->rows; r++) {
        if (h->npanels > 1)
            *c++ = text_cell(h->panels[panel].title);
        *c++ = (struct cell){.kind = CELL_INT, .i = h->row0 + r};
        for (int64_t i = 0; i < cols; i++, c++)
            if (i < g->cols)
                *c = (struct cell){.kind = CELL_NUM, .d = grid_at(g, r, i)};
        if (h->row_labels)
            *c++ = text_cell(h->row_labels[r]);
    }
    *at = c;
}

/* Columns: panel (when there are several), row, one for each column, label. */
void term_heat_table(struct str *out, const struct heat *h, const struct style *st)
{
    struct arena a = ARENA_INIT;
    struct grid *g = arena_alloc(&a, sizeof *g * (size_t)(h->npanels + 1));
    int64_t rows = 0, cols = 0;
    int n = 0;
    for (int i = 0; i < h->npanels; i++) {
        if (!grid_make(&g[i], &h->panels[i].t))
            continue;
        rows += g[i].rows;
        cols = g[i].cols > cols ? g[i].cols : cols;
    }
    if (cols > MOST_COLS)
        cols = MOST_COLS;
    struct column *heads = arena_alloc(&a, sizeof *heads * (size_t)(cols + 3));
    if (h->npanels > 1)
        heads[n++].head = "panel";
    heads[n++] = (struct column){.head = "row", .right = true};
    for (int64_t i = 0; i < cols; i++)
        heads[n++] =
            (struct column){.head = arena_printf(&a, "%" PRId64, h->col0 + i), .right = true};
    if (h->row_labels)
        heads[n++] = (struct column){.head = "label", .foreign = true};

    struct cell *cells = arena_alloc(&a, sizeof *cells * (size_t)n * (size_t)(rows + 1)),
                *c = cells;
    for (int i = 0; i < h->npanels; i++)
        if (g[i].t.ndim == 2 && h->panels[i].t.ndim <= 2)
            add_rows(&c, h, i, &g[i], cols);
    struct table t = {
        .title = h->title, .ncols = n, .cols = heads, .cells = cells, .nrows = (size_t)rows};
    term_table(out, &t, st);
    arena_release(&a);
}
