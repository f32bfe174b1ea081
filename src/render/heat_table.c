/* Heat maps as tables of numbers, for Markdown, CSV and TSV. */
#include <inttypes.h>
#include <math.h>

#include "base/arena.h"
#include "heat.h"

/* Columns: panel (when there are several), row, one for each column, label. */
static void one_table(struct str *out, struct arena *a, const struct heat *h, int panel,
                      const struct style *st)
{
    struct grid g;
    if (!grid_make(&g, &h->panels[panel].t) || g.cols > 100000)
        return;
    int n = 0, ncols = (int)g.cols + 3;
    struct column *cols = arena_alloc(a, sizeof *cols * (size_t)ncols);
    struct cell *cells = arena_alloc(a, sizeof *cells * (size_t)ncols * (size_t)(g.rows + 1));
    struct cell *c = cells;
    if (h->npanels > 1)
        cols[n++].head = "panel";
    cols[n++] = (struct column){.head = "row", .right = true};
    for (int64_t i = 0; i < g.cols; i++)
        cols[n++] = (struct column){.head = arena_printf(a, "%" PRId64, h->col0 + i), .right = true};
    if (h->row_labels)
        cols[n++] = (struct column){.head = "label", .foreign = true};
    for (int64_t r = 0; r < g.rows; r++) {
        if (h->npanels > 1)
            *c++ = (struct cell){.kind = CELL_STR, .s = h->panels[panel].title};
        *c++ = (struct cell){.kind = CELL_INT, .i = h->row0 + r};
        for (int64_t i = 0; i < g.cols; i++)
            *c++ = (struct cell){.kind = CELL_NUM, .d = grid_at(&g, r, i)};
        if (h->row_labels)
            *c++ = (struct cell){.kind = CELL_STR, .s = h->row_labels[r]};
    }
    struct table t = {.title = panel == 0 ? h->title : NULL, .ncols = n, .cols = cols,
                      .cells = cells, .nrows = (size_t)g.rows};
    if (st->mode == MODE_MD && panel > 0)
        str_addc(out, '\n');
    term_table(out, &t, st);
}

void term_heat_table(struct str *out, const struct heat *h, const struct style *st)
{
    struct arena a = ARENA_INIT;
    for (int i = 0; i < h->npanels; i++) {
        one_table(out, &a, h, i, st);
        arena_release(&a);
    }
}
