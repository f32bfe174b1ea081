/* cross: which source tokens each target position looks at. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "maps.h"

static const struct arg cross_args[] = {
    {.name = "layer",
     .kind = ARG_SITE,
     .help = "LAYER, LAYER.HEAD, h2; without: the mean of the last layer's heads",
     .optional = true},
    {0},
};

/* "5", "5.h1", "5.1", "h1" (of the last layer); anything else is a site. */
static bool find(struct session *s, struct arena *a, const char *spec, struct attn_ref *out,
                 struct err *e)
{
    const struct plan *p = s->model->plan;
    int first = -1;
    for (int i = 0; first < 0 && i < p->nnodes; i++)
        if (attn_is_pattern(p, i) && p->nodes[i].part == PART_CROSS)
            first = i;
    if (first < 0)
        return err_set(e, ERR_COMMAND, "this model has no cross-attention") ||
               err_hint(e, "attn shows its self-attention");
    int64_t layer = p->layers[STACK_DEC] - 1, head;
    if (spec == NULL)
        return attn_layer(s, first, layer, out, e);
    char *text = arena_strdup(a, spec), *dot = strchr(text, '.');
    const char *last = dot != NULL ? dot + 1 : text;
    bool has_head = (dot != NULL || *last == 'h') &&
                    str_int(*last == 'h' ? last + 1 : last, INT32_MIN, INT32_MAX, &head);
    if (dot != NULL)
        *dot = 0;
    bool number = (*text == 'h' && dot == NULL) || str_int(text, INT32_MIN, INT32_MAX, &layer);
    if (number && (has_head || dot == NULL))
        return attn_layer(s, first, layer, out, e) && (!has_head || attn_head(out, p, head, e));
    if (!attn_find_one(s, spec, out, e))
        return false;
    if (p->nodes[out->site.node].part != PART_CROSS)
        return err_set(e, ERR_COMMAND, "%s is no cross-attention", p->nodes[out->site.node].name) ||
               err_hint(e, "attn %s draws it", p->nodes[out->site.node].name);
    return true;
}

static int64_t strongest(const struct attn *m, int64_t row)
{
    int64_t best = 0;
    for (int64_t c = 1; c < m->cols.n; c++)
        if (attn_at(m, 0, row, c) > attn_at(m, 0, row, best))
            best = c;
    return best;
}

/* Two right-to-left pieces on a line would change places on the screen. */
static bool arrows(struct session *s, struct arena *a, const struct attn *m)
{
    const char *last = attn_next_piece(s, a, m->rows.first + m->rows.n - 1);
    return !m->rows.rtl && (last == NULL || !utf8_has_rtl(last, strlen(last)));
}

/* Row t has read token t and leads to token t + 1: "▁Ali -> ▁goes". */
static const char *row_label(struct session *s, struct arena *a, const struct attn *m, int64_t row)
{
    const char *next = attn_next_piece(s, a, m->rows.first + row);
    return next != NULL ? arena_printf(a, "%s -> %s", m->rows.pieces[row], next)
                        : m->rows.pieces[row];
}

static void add_most(struct session *s, struct result *out, struct heat *h, const struct attn *m)
{
    struct arena *a = &out->arena;
    const char **notes = arena_alloc(a, ((size_t)m->rows.n + 1) * sizeof *notes);
    const char **labels = arena_alloc(a, ((size_t)m->rows.n + 1) * sizeof *labels);
    struct data *most = data_add_list(a, out->data, "most");
    bool both = arrows(s, a, m);
    for (int64_t r = 0; r < m->rows.n; r++) {
        int64_t c = strongest(m, r);
        double w = attn_at(m, 0, r, c);
        notes[r] = arena_printf(a, "%2lld  %.2f", (long long)(m->cols.first + c), w);
        labels[r] = both ? row_label(s, a, m, r) : m->rows.pieces[r];
        struct data *d = data_add_map(a, most, NULL);
        const char *next = attn_next_piece(s, a, m->rows.first + r);
        data_add_int(a, d, "query", m->rows.first + r);
        data_add_str(a, d, "predicts", next);
        data_add_int(a, d, "key", m->cols.first + c);
        data_add_str(a, d, "token", m->cols.pieces[c]);
        data_add_num(a, d, "weight", w);
    }
    h->row_notes = notes;
    h->note_head = "most";
    h->row_labels = labels;
    out_line(out, TONE_DIM, "a row has read its token and leads to the %s; most: strongest column",
             both ? "one after ->" : "one after it");
}

static bool cross_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct attn_ref ref;
    struct attn m;
    if (!find(s, &out->arena, args_str(a, "layer"), &ref, e))
        return args_blame(a, "layer", 0, e);
    if (!attn_load(s, &out->arena, &ref, &m, e))
        return args_blame(a, "layer", 0, e);
    bool ok = m.t.shape[0] == 1 || attn_average(&out->arena, &m, e);
    if (ok) {
        const char *title = arena_printf(&out->arena, "%s  [%lld,%lld]", m.title,
                                         (long long)m.rows.n, (long long)m.cols.n);
        attn_data(out, out->data, &m);
        add_most(s, out, attn_draw(s, out, &m, 1, title, args_letters(a)), &m);
    }
    attn_release(&m);
    return ok;
}

const struct command cmd_cross = {
    .name = "cross",
    .alias = "cr",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN | NEED_DECODER,
    .args = cross_args,
    .letters = "cnthp",
    .summary = "Cross-attention: target rows by source columns, up to now",
    .help = "Without an argument the mean over the heads of the last layer.\n"
            "  cross\n  cross 1           the mean of layer 1\n  cross 1.h2        one head\n  "
            "cross h2          of the last layer",
    .exec = cross_exec,
};
