/* Curves as a table, for Markdown, CSV and TSV: one row for each x, one column a series. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "internal.h"

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Every x of any series once, in rising order. */
static double *all_x(const struct plot *p, size_t *count)
{
    size_t n = 0, most = 1;
    for (int i = 0; i < p->nseries; i++)
        most += (size_t)p->series[i].n;
    double *x = mem_alloc(sizeof *x * most);
    for (int i = 0; i < p->nseries; i++)
        for (int k = 0; k < p->series[i].n; k++)
            if (!isnan(p->series[i].x[k]))
                x[n++] = p->series[i].x[k];
    qsort(x, n, sizeof *x, by_value);
    size_t unique = 0;
    for (size_t k = 0; k < n; k++)
        if (k == 0 || x[k] != x[unique - 1])
            x[unique++] = x[k];
    *count = unique;
    return x;
}

void term_plot_table(struct str *out, const struct plot *p, const struct style *st)
{
    size_t n, cols = (size_t)p->nseries + 1;
    double *x = all_x(p, &n);
    struct column *heads = mem_alloc(sizeof *heads * cols);
    struct cell *cells = mem_alloc(sizeof *cells * cols * (n + 1));
    heads[0] = (struct column){.head = p->x_name != NULL ? p->x_name : "x", .right = true};
    for (size_t k = 0; k < n; k++)
        cells[k * cols] = (struct cell){.kind = CELL_NUM, .d = x[k]};
    for (int i = 0; i < p->nseries; i++) {
        const struct plot_series *s = &p->series[i];
        const char *name = s->label != NULL ? s->label : p->y_name != NULL ? p->y_name : "y";
        heads[i + 1] = (struct column){.head = name, .right = true};
        for (int k = 0; k < s->n; k++) {
            const double *at = bsearch(&s->x[k], x, n, sizeof *x, by_value);
            if (at != NULL && !isnan(s->x[k]))
                cells[(size_t)(at - x) * cols + (size_t)i + 1] =
                    (struct cell){.kind = CELL_NUM, .d = s->y[k]};
        }
    }
    struct table t = {
        .title = p->title, .ncols = (int)cols, .cols = heads, .cells = cells, .nrows = n};
    term_table(out, &t, st);
    free(cells);
    free(heads);
    free(x);
}
