/* Bar lists: index, value, bar, and the label last, since it may be right-to-left. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "internal.h"

double bars_most(const struct bars *b)
{
    double max = 0;
    if (b->max > 0)
        return b->max;
    for (int i = 0; i < b->n; i++)
        if (isfinite(b->values[i]) && fabs(b->values[i]) > max)
            max = fabs(b->values[i]);
    return max > 0 ? max : 1;
}

void term_bars(struct str *out, const struct bars *b, const struct style *st)
{
    enum { MOST = 5 };
    struct style style = *st;
    bool data = st->mode == MODE_CSV || st->mode == MODE_TSV;
    bool named = data || st->mode == MODE_MD;
    struct column cols[MOST];
    int n = 0;
    if (!named)
        style.mode = MODE_PLAIN; /* a box round bars says nothing */
    cols[n++] = (struct column){.head = named ? "#" : "", .right = true};
    cols[n++] = (struct column){.head = named ? "value" : "", .right = true};
    if (b->unit)
        cols[n++] = (struct column){.head = named ? "unit" : ""};
    if (!data)
        cols[n++] = (struct column){.head = ""};
    cols[n++] = (struct column){.head = named ? "label" : "", .foreign = true};

    double max = bars_most(b);
    const char *fmt = max >= 10000 || max < 0.01 ? "%.3g" : "%.3f";
    struct cell *cells = mem_alloc(sizeof *cells * (size_t)n * (size_t)(b->n + 1)), *c = cells;
    for (int i = 0; i < b->n; i++) {
        *c++ = (struct cell){.kind = CELL_INT, .i = i, .tone = TONE_DIM};
        *c++ = (struct cell){.kind = CELL_NUM, .d = b->values[i], .fmt = fmt};
        if (b->unit)
            *c++ = (struct cell){.kind = CELL_STR, .s = b->unit};
        if (!data)
            *c++ = (struct cell){.kind = CELL_BAR, .d = b->values[i] / max, .tone = TONE_SITE};
        if (b->labels && b->labels[i])
            *c = (struct cell){.kind = CELL_STR, .s = b->labels[i]};
        c++;
    }
    struct table t = {
        .title = b->title, .ncols = n, .cols = cols, .cells = cells, .nrows = (size_t)b->n};
    term_table(out, &t, &style);
    free(cells);
}
