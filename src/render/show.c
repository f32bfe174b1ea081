/* Drawing a tensor as text: one line about it, then its numbers or their corners. */
#include "render/show.h"

#include <math.h>

enum { EDGE = 4, MATRICES = 3 }; /* numbers shown at each end of an axis; matrices of a stack */

void show_shape(struct str *out, const struct tensor *t)
{
    str_addf(out, "%s [", dtype_name(t->dtype));
    for (int i = 0; i < t->ndim; i++) {
        str_add(out, i > 0 ? ", " : "");
        if (t->axis[i][0] != 0) {
            str_add(out, t->axis[i]);
            str_addc(out, '=');
        }
        str_addf(out, "%lld", (long long)t->shape[i]);
    }
    str_addc(out, ']');
}

static void bytes_text(struct str *out, double n)
{
    if (n < 1024)
        str_addf(out, "%.0f B", n);
    else if (n < 1024 * 1024)
        str_addf(out, "%.1f KiB", n / 1024);
    else
        str_addf(out, "%.1f MiB", n / (1024 * 1024));
}

/* Indices of an axis that are shown: all when few, else both ends with -1 for the gap. */
static int shown(int64_t n, int64_t out[2 * EDGE + 1])
{
    int k = 0;
    if (n <= 2 * EDGE) {
        for (int64_t i = 0; i < n; i++)
            out[k++] = i;
        return k;
    }
    for (int i = 0; i < EDGE; i++)
        out[k++] = i;
    out[k++] = -1;
    for (int i = EDGE; i > 0; i--)
        out[k++] = n - i;
    return k;
}

/* A matrix (or one row) as a table; index 0 of `columns` heads the row numbers. */
static void matrix(struct result *r, const struct tensor *t, const char *title)
{
    int64_t cols[2 * EDGE + 1], rows[2 * EDGE + 1];
    int last = t->ndim - 1;
    int ncols = shown(t->shape[last], cols), nrows = last > 0 ? shown(t->shape[0], rows) : 1;
    struct str heads = STR_INIT;
    str_add(&heads, last > 0 ? "_>" : "");
    for (int j = 0; j < ncols; j++) {
        if (cols[j] < 0)
            str_add(&heads, " ...");
        else
            str_addf(&heads, " %lld>", (long long)cols[j]);
    }
    struct table *table = out_table(r, heads.s);
    str_release(&heads);
    table->title = title;
    for (int i = 0; i < nrows; i++) {
        struct cell *c = table_row(r, table);
        if (last > 0)
            *c++ = rows[i] < 0 ? cell_str(r, "...") : cell_int(rows[i]);
        for (int j = 0; j < ncols; j++, c++) {
            int64_t at[2] = { last > 0 ? rows[i] : cols[j], cols[j] };
            if (cols[j] < 0 || (last > 0 && rows[i] < 0))
                *c = cell_str(r, "...");
            else
                *c = cell_num(tensor_get(t, at), NULL);
        }
    }
}

/* The matrices of a stack one after another, the leading axes counted like an odometer. */
static void stack(struct result *r, const struct tensor *t)
{
    int64_t at[TENSOR_DIMS] = { 0 }, left = 1;
    int lead = t->ndim - 2;
    for (int i = 0; i < lead; i++)
        left *= t->shape[i];
    for (int shown_ones = 0; left > 0 && shown_ones < MATRICES; left--, shown_ones++) {
        struct tensor m = *t;
        struct str title = STR_INIT;
        for (int i = 0; i < lead; i++) {
            if (t->shape[i] > 1 || t->axis[i][0] == 0)
                str_addf(&title, "%s%s%lld", title.len > 0 ? " " : "", t->axis[i], (long long)at[i]);
            m = tensor_index(&m, 0, at[i]);
        }
        matrix(r, &m, title.len > 0 ? arena_strdup(&r->arena, title.s) : NULL);
        str_release(&title);
        for (int i = lead - 1; i >= 0 && ++at[i] == t->shape[i]; i--)
            at[i] = 0;
    }
    if (left > 0)
        out_line(r, TONE_DIM, "%lld more matrices", (long long)left);
}

void out_tensor(struct result *r, const char *name, const struct tensor *t)
{
    struct str about = STR_INIT;
    struct tensor_stats s;
    tensor_stats(t, &s);
    show_shape(&about, t);
    str_add(&about, "  ");
    bytes_text(&about, (double)s.count * (double)dtype_size(t->dtype));
    out_begin(r);
    if (name != NULL)
        out_span(r, TONE_SITE, "%s  ", name);
    out_span(r, TONE_PLAIN, "%s", about.s);
    str_release(&about);
    if (isfinite(s.mean))
        out_span(r, TONE_DIM, "  mean %.3g sd %.3g min %.3g max %.3g", s.mean, s.sd, s.min, s.max);
    if (s.nan > 0)
        out_span(r, TONE_BAD, "  %lld NaN", (long long)s.nan);
    if (s.inf > 0)
        out_span(r, TONE_DIM, "  %lld inf", (long long)s.inf);
    if (s.count == 0)
        return;
    if (t->ndim > 2)
        stack(r, t);
    else if (t->ndim > 0)
        matrix(r, t, NULL);
    else
        out_line(r, TONE_NUMBER, "%.9g", tensor_get(t, NULL));
}
