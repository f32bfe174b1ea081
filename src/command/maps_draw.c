/* Attention maps as pictures and as data. */
#include <math.h>
#include <string.h>

#include "maps.h"
#include "render/term.h"

enum { LONG = 40 }; /* from here on cells have no room of their own */

/* A map as it is drawn: cells that the mask forbids are no small weights, they are marked. Numbers
 * stay as stored. */
static struct tensor panel_of(const struct attn *m, int64_t head, bool marks)
{
    struct tensor view = tensor_index(&m->t, 0, head), copy;
    struct err ignored = ERR_INIT;
    if (!marks || !m->causal || !m->pattern ||
        !tensor_new(&copy, DT_F32, 2, view.shape, "the masked cells", &ignored))
        return tensor_ref(&view);
    memcpy(copy.axis, view.axis, sizeof copy.axis);
    float *to = tensor_f32(&copy);
    for (int64_t r = 0; r < view.shape[0]; r++)
        for (int64_t c = 0; c < view.shape[1]; c++)
            *to++ = attn_masked(m, r, c) ? -INFINITY : (float)attn_at(m, head, r, c);
    return copy;
}

/* "1.90 bits" and "0.72  2 -> 2" of a thumbnail. */
static void panel_texts(struct arena *a, struct heat_panel *p, const struct attn *m, int64_t h,
                        bool by_layer, int layer)
{
    int64_t row, col;
    double edge = attn_edge(m, h, &row, &col);
    const char *name = by_layer  ? arena_printf(a, "layer %d", layer)
                       : m->mean ? "mean"
                                 : arena_printf(a, "h%lld", (long long)(m->head + h));
    p->title = m->entropy != NULL ? arena_printf(a, "%s  %.2f bits", name, m->entropy[h]) : name;
    p->side = arena_printf(a, "%.2f  %lld -> %lld", edge, (long long)(m->rows.first + row),
                           (long long)(m->cols.first + col));
}

static int cells_of(const char *letters)
{
    return strchr(letters, 'p') != NULL   ? CELLS_PIXEL
           : strchr(letters, 'c') != NULL ? CELLS_BLOCK
           : strchr(letters, 'h') != NULL ? CELLS_HALF
           : strchr(letters, 't') != NULL ? CELLS_ASCII
                                          : CELLS_AUTO;
}

/* Does a reader get numbers rather than colours? */
static bool as_numbers(const struct session *s, const char *letters)
{
    const char *cells = s->settings.text[SET_CELLS], *mode = s->settings.text[SET_MODE];
    return strchr(letters, 'n') != NULL || (*letters == 0 && strcmp(cells, "number") == 0) ||
           (strcmp(mode, "plain") != 0 && strcmp(mode, "box") != 0);
}

/* On the scale 0-1 a flat pattern is an empty picture. */
static void faint(struct result *out, const struct attn *maps, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        for (int64_t k = 0; k < maps[i].t.shape[0]; k++) {
            int64_t row, col;
            double edge = attn_edge(&maps[i], k, &row, &col);
            most = edge > most ? edge : most;
        }
    if (most < 0.2)
        out_line(out, TONE_DIM, "no weight is above %.2f; set scale max shows the differences",
                 most);
}

struct heat *attn_heat(struct session *s, struct result *out, const struct attn *maps, size_t n,
                       const char *title, const char *letters)
{
    const struct attn *m = &maps[0];
    struct arena *a = &out->arena;
    const struct plan *p = s->model->plan;
    int panels = 0;
    for (size_t i = 0; i < n; i++)
        panels += (int)maps[i].t.shape[0];
    struct heat *h = out_heat(out, panels);
    h->title = title;
    h->row_labels = m->rows.pieces;
    h->col_labels = m->cols.pieces;
    h->col_rtl = m->cols.rtl;
    h->row0 = m->rows.first;
    h->col0 = m->cols.first;
    h->row_name = attn_axis_name(a, &m->rows, "queries");
    h->col_name = attn_axis_name(a, &m->cols, "keys");
    h->numbers = strchr(letters, 'n') != NULL;
    h->cells = cells_of(letters);
    const char *scale = s->settings.text[SET_SCALE];
    h->scale = !m->pattern && strcmp(scale, "0-1") == 0 ? "max" : scale;
    bool marks = !as_numbers(s, letters);
    struct heat_panel *to = h->panels;
    for (size_t i = 0; i < n; i++)
        for (int64_t k = 0; k < maps[i].t.shape[0]; k++, to++) {
            to->t = panel_of(&maps[i], k, marks);
            if (panels > 1)
                panel_texts(a, to, &maps[i], k, n > 1, p->nodes[maps[i].node].layer);
            else if (m->entropy != NULL)
                to->title = arena_printf(a, "entropy %.2f bits (mean of the rows)", m->entropy[0]);
        }
    return h;
}

struct heat *attn_draw(struct session *s, struct result *out, const struct attn *maps, size_t n,
                       const char *title, const char *letters)
{
    const struct attn *m = &maps[0];
    struct arena *a = &out->arena;
    struct heat *h = attn_heat(s, out, maps, n, title, letters);
    if (m->rows.n > LONG || m->cols.n > LONG)
        out_line(out, TONE_DIM, "a part of it: attn %s%s[0:%d,0:%d]", m->name,
                 m->t.shape[0] == 1 && !m->mean ? arena_printf(a, ".h%lld", (long long)m->head)
                                                : "",
                 LONG, LONG);
    if (!as_numbers(s, letters) && m->pattern && strcmp(h->scale, "0-1") == 0)
        faint(out, maps, n);
    return h;
}

static void axis_data(struct arena *a, struct data *to, const char *key, const struct attn_axis *x)
{
    struct data *d = data_add_map(a, to, key);
    data_add_str(a, d, "sentence", x->side == TOKEN_SOURCE ? "source" : "target");
    data_add_int(a, d, "first", x->first);
    struct data *ids = data_add_list(a, d, "ids"), *tokens = data_add_list(a, d, "tokens");
    for (int64_t i = 0; i < x->n; i++) {
        data_add_int(a, ids, NULL, x->ids[i]);
        data_add_str(a, tokens, NULL, x->pieces[i]);
    }
}

void attn_data(struct result *out, struct data *to, const struct attn *m)
{
    struct arena *a = &out->arena;
    struct tensor one = m->t.shape[0] == 1 ? tensor_index(&m->t, 0, 0) : m->t;
    bool single = m->t.shape[0] == 1;
    data_add_str(a, to, "site", m->name);
    if (m->mean) {
        data_add_str(a, to, "heads", "mean");
    } else {
        struct data *heads = data_add_list(a, to, "heads");
        for (int64_t h = 0; h < m->t.shape[0]; h++)
            data_add_int(a, heads, NULL, m->head + h);
    }
    struct data *axes = data_add_list(a, to, "axes"), *shape = data_add_list(a, to, "shape");
    for (int i = 0; i < one.ndim; i++) {
        data_add_str(a, axes, NULL, one.axis[i]);
        data_add_int(a, shape, NULL, one.shape[i]);
    }
    axis_data(a, to, "rows", &m->rows);
    axis_data(a, to, "columns", &m->cols);
    data_add_tensor(a, to, "data", &one);
    if (m->entropy == NULL)
        return;
    if (single) {
        data_add_num(a, to, "entropy", m->entropy[0]);
        return;
    }
    struct data *list = data_add_list(a, to, "entropy");
    for (int64_t h = 0; h < m->t.shape[0]; h++)
        data_add_num(a, list, NULL, m->entropy[h]);
}
