/* Attention maps for the page of a session. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "maps.h"
#include "session_page.h"

static bool wanted(const struct plan *p, int node, const struct page_layers *l)
{
    int layer = p->nodes[node].layer;
    return attn_is_pattern(p, node) && (l->last < 0 || (layer >= l->first && layer <= l->last));
}

double page_maps_bytes(struct session *s, const struct page_layers *l)
{
    const struct plan *p = s->model->plan;
    struct binding b = session_binding(s);
    double sum = 0;
    for (int i = 0; i < p->nnodes; i++) {
        int64_t shape[NODE_DIMS];
        if (wanted(p, i, l))
            sum += (double)plan_shape(p, i, &b, shape) * sizeof(float) * 4 / 3;
    }
    return sum;
}

static const char *side_name(enum token_side side)
{
    return side == TOKEN_SOURCE ? "source" : "target";
}

static const char *kind_name(struct arena *a, const struct node *n)
{
    return n->part == PART_CROSS ? "cross-attention"
                                 : arena_printf(a, "%s self-attention", stack_word(n->stack));
}

static void add_weights(struct arena *a, struct data *to, const struct attn *m)
{
    int64_t heads = m->t.shape[0], rows = m->rows.n, cols = m->cols.n;
    struct str text = STR_INIT;
    unsigned char *bytes = mem_alloc((size_t)(heads * rows * cols) * 4 + 1), *at = bytes;
    for (int64_t h = 0; h < heads; h++)
        for (int64_t r = 0; r < rows; r++)
            for (int64_t c = 0; c < cols; c++) {
                float v = (float)attn_at(m, h, r, c);
                uint32_t bits;
                memcpy(&bits, &v, 4);
                for (int k = 0; k < 4; k++)
                    *at++ = (unsigned char)(bits >> (8 * k));
            }
    base64_encode(&text, bytes, (size_t)(at - bytes));
    data_add_strn(a, to, "weights", text.s, text.len);
    str_release(&text);
    free(bytes);
}

static void add_map(struct session *s, struct arena *a, struct data *list, const struct attn *m)
{
    const struct node *n = &s->model->plan->nodes[m->node];
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "site", m->name);
    data_add_str(a, d, "kind", kind_name(a, n));
    data_add_int(a, d, "layer", n->layer);
    data_add_int(a, d, "heads", m->t.shape[0]);
    data_add_int(a, d, "rows", m->rows.n);
    data_add_int(a, d, "columns", m->cols.n);
    data_add_str(a, d, "row_axis", side_name(m->rows.side));
    data_add_str(a, d, "column_axis", side_name(m->cols.side));
    data_add_bool(a, d, "causal", m->causal);
    add_weights(a, d, m);
}

static void add_axis(struct session *s, struct arena *a, struct data *to, enum token_side side)
{
    int64_t n;
    const int32_t *ids = session_tokens(s, side, &n);
    struct data *d = data_add_map(a, to, side_name(side)), *tokens = data_add_list(a, d, "tokens");
    bool rtl = false;
    struct str shown = STR_INIT;
    for (int64_t i = 0; i < n; i++) {
        char buf[24];
        const char *piece = session_piece(s, side, ids[i], buf);
        rtl = rtl || utf8_has_rtl(piece, strlen(piece));
        str_clear(&shown);
        str_add_visible(&shown, piece, strlen(piece));
        data_add_strn(a, tokens, NULL, shown.s, shown.len);
    }
    data_add_bool(a, d, "rtl", rtl);
    struct data *list = data_add_list(a, d, "next");
    for (int64_t i = 0; side == TOKEN_TARGET && i < n; i++) {
        const char *next = attn_next_piece(s, a, i);
        str_clear(&shown);
        if (next != NULL)
            str_add_visible(&shown, next, strlen(next));
        data_add_strn(a, list, NULL, shown.s, shown.len);
    }
    str_release(&shown);
}

/* Is it the last one of its kind that goes in? */
static bool is_last(const struct plan *p, int node, const struct page_layers *l)
{
    for (int i = node + 1; i < p->nnodes; i++)
        if (wanted(p, i, l) && p->nodes[i].part == p->nodes[node].part &&
            p->nodes[i].stack == p->nodes[node].stack)
            return false;
    return true;
}

static bool draw_mean(struct session *s, struct attn *m, struct result *out, struct err *e)
{
    if (m->t.shape[0] > 1 && !attn_average(&out->arena, m, e))
        return false;
    attn_draw(s, out, m, 1, arena_printf(&out->arena, "%s, mean of the heads", m->name), "c");
    return true;
}

static bool draw(struct session *s, const struct attn_ref *ref, bool last, struct attn *m,
                 struct result *means, struct result *all, struct err *e)
{
    attn_heat(s, all, m, 1, m->name, "c");
    if (!last || m->rows.n * m->cols.n > HTML_CELLS)
        return true;
    struct attn mean; /* its pieces live as long as what is drawn of it */
    if (!attn_load(s, &means->arena, ref, &mean, e))
        return false;
    bool ok = draw_mean(s, &mean, means, e);
    attn_release(&mean);
    return ok;
}

bool page_maps(struct session *s, const struct page_layers *l, struct data *to,
               struct result *means, struct result *all, struct page_count *count, struct err *e)
{
    const struct plan *p = s->model->plan;
    struct arena *a = &all->arena;
    struct data *list = data_add_list(a, to, "maps"), *axes = data_add_map(a, to, "axes");
    *count = (struct page_count){0};
    add_axis(s, a, axes, TOKEN_SOURCE);
    add_axis(s, a, axes, TOKEN_TARGET);
    for (int i = 0; i < p->nnodes; i++) {
        struct attn_ref *refs;
        struct attn m;
        size_t n;
        if (!wanted(p, i, l))
            continue;
        if (!attn_find(s, p->nodes[i].name, &refs, &n, e))
            return false;
        bool loaded = attn_load(s, a, &refs[0], &m, e), ok = loaded;
        if (loaded) {
            count->heads += m.t.shape[0];
            add_map(s, a, list, &m);
            ok = draw(s, &refs[0], is_last(p, i, l), &m, means, all, e);
            attn_release(&m);
        } else if (e->kind == ERR_COMMAND) { /* the run has not come so far */
            count->missing++;
            err_clear(e);
            ok = true;
        }
        free(refs);
        if (!ok)
            return false;
    }
    return true;
}
