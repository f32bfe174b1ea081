/* A tensor as `print` shows it: name, shape, statistics, the corners of its last two axes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "command/show.h"
#include "values.h"

enum { CORNER = 3, BLOCKS = 4 }; /* indices shown at each end; leading blocks shown one by one */

void values_data(struct result *out, struct data *to, const char *name, const struct tensor *t)
{
    struct arena *a = &out->arena;
    data_add_str(a, to, "site", name);
    struct data *axes = data_add_list(a, to, "axes"), *shape = data_add_list(a, to, "shape");
    for (int i = 0; i < t->ndim; i++) {
        data_add_str(a, axes, NULL, t->axis[i]);
        data_add_int(a, shape, NULL, t->shape[i]);
    }
    data_add_str(a, to, "dtype", dtype_name(t->dtype));
    data_add_tensor(a, to, "data", t);
}

/* Which of n indices are shown: all, or `ends` at each end with a gap (-1) between. */
static int corner(int64_t n, int ends, int64_t *index)
{
    int k = 0;
    if (n <= 2 * ends + 1) {
        for (int64_t i = 0; i < n; i++)
            index[k++] = i;
        return k;
    }
    for (int64_t i = 0; i < ends; i++)
        index[k++] = i;
    index[k++] = -1;
    for (int64_t i = n - ends; i < n; i++)
        index[k++] = i;
    return k;
}

/* The tokens that the rows of an axis stand for, or NULL. */
static const int32_t *row_tokens(struct session *s, const struct site_ref *r, const char *axis,
                                 int64_t rows, enum token_side *side)
{
    if (r == NULL || r->nslices > 0 || r->step >= 0 || s->model == NULL ||
        (axis[0] != 'S' && axis[0] != 'T') || (axis[1] != 0 && axis[1] != '\''))
        return NULL;
    int64_t n;
    *side = axis[0] == 'S' ? TOKEN_SOURCE : TOKEN_TARGET;
    const int32_t *ids = session_tokens(s, *side, &n);
    return rows <= n ? ids : NULL;
}

/* One format for all numbers of the tensor, so that they stand under each other: as many decimals
 * as the largest leaves of the digits that are wanted. */
static struct number_format common_format(const struct tensor *t, int digits)
{
    struct tensor_stats st;
    struct number_format f;
    tensor_stats(t, &st);
    double largest = fmax(fabs(st.min), fabs(st.max));
    if (!isfinite(largest) || largest == 0)
        largest = 1;
    int decimals = digits - (int)floor(log10(largest)) - 1;
    if (largest < 1e-3 || largest >= 1e6)
        snprintf(f.fmt, sizeof f.fmt, "%%.%de", digits - 1);
    else
        snprintf(f.fmt, sizeof f.fmt, "%%.%df",
                 decimals < 0        ? 0
                 : decimals > digits ? digits
                                     : decimals);
    return f;
}

static struct cell number_cell(struct result *out, double v, const struct number_format *f)
{
    if (f->fmt[0] != 0)
        return cell_num(v, arena_strdup(&out->arena, f->fmt));
    struct str t = STR_INIT;
    values_number(&t, v, f);
    struct cell c = cell_str(out, t.s);
    str_release(&t);
    return c;
}

/* Wide numbers leave room for fewer columns in 80. */
static int ends_for(const struct tensor *t, const struct number_format *f)
{
    struct tensor_stats st;
    struct str lo = STR_INIT, hi = STR_INIT;
    tensor_stats(t, &st);
    values_number(&lo, st.min, f);
    values_number(&hi, st.max, f);
    size_t widest = lo.len > hi.len ? lo.len : hi.len;
    str_release(&lo);
    str_release(&hi);
    return widest > 11 ? 1 : widest > 8 ? 2 : CORNER;
}

/* One matrix [rows, cols]; a vector has one row. */
static void draw_block(struct session *s, struct result *out, const struct site_ref *r,
                       const struct tensor *t, const char *title, const struct number_format *f)
{
    bool vector = t->ndim == 1;
    int64_t rows = vector ? 1 : t->shape[0], row[2 * CORNER + 1], col[2 * CORNER + 1];
    int nrow = corner(rows, CORNER, row), ncol = corner(t->shape[t->ndim - 1], ends_for(t, f), col);
    enum token_side side = TOKEN_SOURCE;
    const int32_t *ids = vector ? NULL : row_tokens(s, r, t->axis[0], rows, &side);
    struct str heads = STR_INIT;
    str_add(&heads, vector ? "" : "_>");
    for (int i = 0; i < ncol; i++) {
        if (col[i] < 0)
            str_add(&heads, " ...>");
        else
            str_addf(&heads, " %lld>", (long long)col[i]);
    }
    str_add(&heads, ids != NULL ? " _*" : "");
    struct table *table = out_table(out, heads.s);
    str_release(&heads);
    table->title = title;
    for (int i = 0; i < nrow; i++) {
        struct cell *c = table_row(out, table);
        if (!vector)
            *c++ = row[i] < 0 ? cell_str(out, "...") : cell_int(row[i]);
        for (int j = 0; j < ncol; j++, c++) {
            const int64_t at[] = {vector ? col[j] : row[i], col[j]};
            *c = row[i] < 0 || col[j] < 0 ? cell_str(out, "...")
                                          : number_cell(out, tensor_get(t, at), f);
        }
        char buf[24];
        if (ids != NULL)
            *c = cell_str(out, row[i] < 0 ? "" : session_piece(s, side, ids[row[i]], buf));
    }
}

/* Walks over the axes before the last two; with many, the first and the last block stand for
 * all. */
static void draw_blocks(struct session *s, struct result *out, const struct site_ref *r,
                        const struct tensor *t, const struct number_format *f)
{
    int lead = t->ndim > 2 ? t->ndim - 2 : 0;
    int64_t blocks = 1;
    for (int i = 0; i < lead; i++)
        blocks *= t->shape[i];
    for (int64_t b = 0; b < blocks; b++) {
        if (blocks > BLOCKS && b == 1) {
            out_line(out, TONE_DIM, "... %lld more", (long long)blocks - 2);
            b = blocks - 1;
        }
        struct tensor part = *t;
        struct str title = STR_INIT;
        int64_t rest = b, index[TENSOR_DIMS];
        for (int i = lead - 1; i >= 0; i--) {
            index[i] = rest % t->shape[i];
            rest /= t->shape[i];
        }
        for (int i = 0; i < lead; i++) {
            part = tensor_index(&part, 0, index[i]);
            if (t->shape[i] > 1)
                str_addf(&title, "%s%s=%lld", title.len > 0 ? ", " : "", t->axis[i],
                         (long long)index[i]);
        }
        draw_block(s, out, r, &part, title.len > 0 ? arena_strdup(&out->arena, title.s) : NULL, f);
        str_release(&title);
    }
}

static void stats_line(struct result *out, const struct tensor *t, int precision)
{
    struct tensor_stats st;
    tensor_stats(t, &st);
    out_begin(out);
    const struct {
        const char *name;
        double v;
    } all[] = {
        {"mean", st.mean}, {"sd", st.sd}, {"min", st.min}, {"max", st.max}, {"norm", st.norm}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        out_span(out, TONE_DIM, "%s%s %.*g", i > 0 ? "  " : "", all[i].name, precision, all[i].v);
    if (st.inf > 0)
        out_span(out, TONE_DIM, "  infinite %lld of %lld", (long long)st.inf, (long long)st.count);
    if (st.nan > 0)
        out_span(out, TONE_BAD, "  NaN %lld of %lld", (long long)st.nan, (long long)st.count);
}

void values_draw(struct session *s, struct result *out, const char *name, const struct site_ref *r,
                 const struct tensor *t, int number, const struct number_format *f)
{
    struct str shape = STR_INIT, value = STR_INIT;
    values_axes(&shape, t);
    out_begin(out);
    if (number > 0)
        out_span(out, TONE_PLAIN, "$%d = ", number);
    const char *gap = name != NULL ? "  " : "";
    if (name != NULL)
        out_span(out, TONE_SITE, "%s", name);
    if (t->ndim == 0) {
        values_number(&value, tensor_get(t, NULL), f);
        out_span(out, TONE_NUMBER, "%s%s", gap, value.s);
    } else {
        int64_t count = tensor_count(t);
        values_bytes(&value, (double)count * (double)dtype_size(t->dtype));
        out_span(out, TONE_PLAIN, "%s%s%s", gap, dtype_name(t->dtype), shape.s);
        out_span(out, TONE_DIM, "  %s", value.s);
        if (count > 0) {
            int digits = (int)s->settings.number[SET_PRECISION];
            struct number_format common = common_format(t, digits);
            stats_line(out, t, digits);
            draw_blocks(s, out, r, t, f->asked ? f : &common);
        } else {
            out_line(out, TONE_DIM, "empty");
        }
    }
    str_release(&shape);
    str_release(&value);
}

void show_tensor(struct session *s, struct result *out, const char *name, const struct site_ref *r,
                 const struct tensor *t, int number)
{
    struct number_format f;
    struct err ignored = ERR_INIT;
    if (values_format(s, "", NULL, &f, &ignored))
        values_draw(s, out, name, r, t, number, &f);
}
