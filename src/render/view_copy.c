/* A copy of views that owns all it shows: the settings, the model and the run that the first ones
 * were made of may change or go. */
#include <string.h>

#include "render/view.h"

static const char *copy_text(struct arena *a, const char *s)
{
    return s ? arena_strdup(a, s) : NULL;
}

static const char **copy_texts(struct arena *a, const char *const *from, int64_t n)
{
    if (!from)
        return NULL;
    const char **to = arena_alloc(a, sizeof *to * (size_t)(n + 1));
    for (int64_t i = 0; i < n; i++)
        to[i] = copy_text(a, from[i]);
    return to;
}

static void copy_table(struct arena *a, struct table *to, const struct table *from)
{
    size_t cells = from->nrows * (size_t)from->ncols;
    *to = *from;
    to->cap = from->nrows;
    to->title = copy_text(a, from->title);
    to->footer = copy_text(a, from->footer);
    to->cols = arena_alloc(a, sizeof *to->cols * (size_t)from->ncols);
    for (int c = 0; c < from->ncols; c++) {
        to->cols[c] = from->cols[c];
        to->cols[c].head = arena_strdup(a, from->cols[c].head ? from->cols[c].head : "");
    }
    to->cells = arena_alloc(a, sizeof *to->cells * (cells + 1));
    for (size_t i = 0; i < cells; i++) {
        to->cells[i] = from->cells[i];
        to->cells[i].s = copy_text(a, from->cells[i].s);
        to->cells[i].fmt = copy_text(a, from->cells[i].fmt);
    }
}

static int64_t axis_length(const struct heat *h, int from_end)
{
    int64_t most = 0;
    for (int i = 0; i < h->npanels; i++) {
        const struct tensor *t = &h->panels[i].t;
        int64_t n = t->ndim >= from_end ? t->shape[t->ndim - from_end] : 1;
        most = n > most ? n : most;
    }
    return most;
}

static bool copy_heat(struct arena *a, struct heat *to, const struct heat *from, struct err *e)
{
    int64_t rows = axis_length(from, 2), cols = axis_length(from, 1);
    *to = *from;
    to->npanels = 0;
    to->title = copy_text(a, from->title);
    to->row_labels = copy_texts(a, from->row_labels, rows);
    to->col_labels = copy_texts(a, from->col_labels, cols);
    to->row_notes = copy_texts(a, from->row_notes, rows);
    to->note_head = copy_text(a, from->note_head);
    to->scale = copy_text(a, from->scale);
    to->row_name = copy_text(a, from->row_name);
    to->col_name = copy_text(a, from->col_name);
    to->panels = arena_alloc(a, sizeof *to->panels * (size_t)(from->npanels + 1));
    for (; to->npanels < from->npanels; to->npanels++) {
        struct heat_panel *p = &to->panels[to->npanels];
        const struct heat_panel *old = &from->panels[to->npanels];
        p->title = copy_text(a, old->title);
        p->side = copy_text(a, old->side);
        /* The numbers too: a run goes on in the same memory. What this view alone holds stays. */
        if (old->t.st && old->t.st->refs == 1)
            p->t = tensor_ref(&old->t);
        else if (!tensor_to_f32(&old->t, &p->t, e))
            return false;
    }
    return true;
}

static void copy_bars(struct arena *a, struct bars *to, const struct bars *from)
{
    *to = *from;
    to->title = copy_text(a, from->title);
    to->unit = copy_text(a, from->unit);
    to->labels = copy_texts(a, from->labels, from->n);
    to->values = arena_alloc(a, sizeof *to->values * (size_t)(from->n + 1));
    memcpy(to->values, from->values, sizeof *to->values * (size_t)from->n);
}

static void copy_plot(struct arena *a, struct plot *to, const struct plot *from)
{
    *to = *from;
    to->title = copy_text(a, from->title);
    to->x_name = copy_text(a, from->x_name);
    to->y_name = copy_text(a, from->y_name);
    to->series = arena_alloc(a, sizeof *to->series * (size_t)(from->nseries + 1));
    for (int i = 0; i < from->nseries; i++) {
        const struct plot_series *old = &from->series[i];
        size_t bytes = sizeof(double) * (size_t)old->n;
        to->series[i] = (struct plot_series){.label = copy_text(a, old->label), .n = old->n};
        to->series[i].x = arena_alloc(a, bytes + 1);
        to->series[i].y = arena_alloc(a, bytes + 1);
        memcpy(to->series[i].x, old->x, bytes);
        memcpy(to->series[i].y, old->y, bytes);
    }
}

static void copy_line(struct arena *a, struct view *to, const struct view *from)
{
    int n = from->u.line.n;
    to->u.line.n = n;
    to->u.line.spans = arena_alloc(a, sizeof *to->u.line.spans * (size_t)(n + 1));
    for (int i = 0; i < n; i++)
        to->u.line.spans[i] =
            (struct span){from->u.line.spans[i].tone, copy_text(a, from->u.line.spans[i].s)};
}

bool result_copy_views(struct result *to, const struct result *from, struct err *e)
{
    struct arena *a = &to->arena;
    for (const struct view *v = from->first; v; v = v->next) {
        struct view *copy = arena_alloc(a, sizeof *copy);
        copy->kind = v->kind;
        if (to->last)
            to->last->next = copy;
        else
            to->first = copy;
        to->last = copy;
        switch (v->kind) {
        case VIEW_LINE:
            copy_line(a, copy, v);
            break;
        case VIEW_TEXT:
            copy->u.text = copy_text(a, v->u.text);
            break;
        case VIEW_PARAGRAPH:
            copy->u.paragraph = v->u.paragraph;
            copy->u.paragraph.text = copy_text(a, v->u.paragraph.text);
            break;
        case VIEW_TABLE:
            copy_table(a, &copy->u.table, &v->u.table);
            break;
        case VIEW_HEAT:
            if (!copy_heat(a, &copy->u.heat, &v->u.heat, e))
                return false;
            break;
        case VIEW_BARS:
            copy_bars(a, &copy->u.bars, &v->u.bars);
            break;
        case VIEW_PLOT:
            copy_plot(a, &copy->u.plot, &v->u.plot);
            break;
        }
    }
    return true;
}
