/* Curves as a table: one row a point, one column a series. */
#include <stdlib.h>

#include "base/mem.h"
#include "internal.h"

void term_plot(struct str *out, const struct plot *p, const struct style *st)
{
    int n = p->nseries > 0 ? p->series[0].n : 0, cols = p->nseries + 1;
    struct column *heads = mem_alloc(sizeof *heads * (size_t)cols);
    struct cell *cells = mem_alloc(sizeof *cells * (size_t)cols * (size_t)(n + 1)), *c = cells;
    heads[0] = (struct column){.head = p->x_name != NULL ? p->x_name : "x", .right = true};
    for (int i = 0; i < p->nseries; i++)
        heads[i + 1] = (struct column){.head = p->series[i].label, .right = true};
    for (int k = 0; k < n; k++) {
        *c++ = (struct cell){.kind = CELL_NUM, .d = p->series[0].x[k]};
        for (int i = 0; i < p->nseries; i++)
            *c++ = k < p->series[i].n ? (struct cell){.kind = CELL_NUM, .d = p->series[i].y[k]}
                                      : (struct cell){.kind = CELL_EMPTY};
    }
    struct table t = {
        .title = p->title, .ncols = cols, .cols = heads, .cells = cells, .nrows = (size_t)n};
    term_table(out, &t, st);
    free(cells);
    free(heads);
}
