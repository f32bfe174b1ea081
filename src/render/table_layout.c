/* What stands in the cells of a table, and how wide its columns may be. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "table.h"

enum { BAR_CELLS = 20 };

bool table_is_data(enum table_mode m)
{
    return m == MODE_CSV || m == MODE_TSV;
}

static void add_bar(struct str *out, double v, int cells, const struct style *st)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    double x = fabs(v) < 1 ? fabs(v) : 1;
    if (isnan(v))
        return;
    if (!st->unicode || v < 0) {
        int full = (int)lround(x * cells);
        str_repeat(out, v < 0 ? (st->unicode ? "░" : "-") : "#", full);
        return;
    }
    int parts = (int)lround(x * cells * 8);
    str_repeat(out, "█", parts / 8);
    str_add(out, eighths[parts % 8]);
}

/* The characters with which Markdown would make something else of a token, `</s>` a tag. */
static void add_escaped(struct str *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strchr("\\`*_|<[", s[i]) && s[i])
            str_addc(out, '\\');
        str_addc(out, s[i]);
    }
}

static void add_csv(struct str *out, const char *s, size_t n)
{
    if (n && !strpbrk(s, ",\"\r\n") && s[0] != ' ' && s[n - 1] != ' ') {
        str_addn(out, s, n);
        return;
    }
    if (n == 0)
        return;
    str_addc(out, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            str_addc(out, '"');
        str_addc(out, s[i]);
    }
    str_addc(out, '"');
}

void table_text(struct str *out, const char *s, const struct style *st)
{
    struct str v = STR_INIT;
    term_visible(&v, s, strlen(s));
    if (st->mode == MODE_MD)
        add_escaped(out, v.s, v.len);
    else if (st->mode == MODE_CSV)
        add_csv(out, v.s, v.len);
    else
        str_addn(out, v.s, v.len);
    str_release(&v);
}

void table_cell(struct str *out, const struct cell *c, int cells, const struct style *st)
{
    char buf[24];
    switch (c->kind) {
    case CELL_EMPTY:
        break;
    case CELL_STR:
        table_text(out, c->s ? c->s : "", st);
        break;
    case CELL_INT:
        snprintf(buf, sizeof buf, "%" PRId64, c->i);
        term_digits(out, buf, st);
        break;
    case CELL_NUM:
        term_number(out, c->d, table_is_data(st->mode) ? "%.9g" : c->fmt, st);
        break;
    case CELL_BAR:
        add_bar(out, c->d, cells, st);
        break;
    }
}

const struct cell *table_at(const struct table *t, size_t row, int col)
{
    return &t->cells[row * (size_t)t->ncols + (size_t)col];
}

/* A number written as text ("25,231,360", "64.0 KiB") in a column of numbers: half of one misleads,
 * so it is not cut. */
static bool is_number(const struct column *c, const struct cell *cell)
{
    const char *s = c->right && cell->kind == CELL_STR && cell->s ? cell->s : "";
    s += *s == '+' || *s == '-';
    return *s >= '0' && *s <= '9' && strlen(s) < 32;
}

static void measure(struct layout *l, struct slot *s)
{
    const struct table *t = l->t;
    struct str text = STR_INIT;
    table_text(&text, t->cols[s->col].head, l->st);
    s->width = utf8_width(text.s, text.len);
    for (size_t r = 0; r < l->rows; r++) {
        const struct cell *c = table_at(t, r, s->col);
        str_clear(&text);
        table_cell(&text, c, BAR_CELLS, l->st);
        int w = c->kind == CELL_BAR ? BAR_CELLS : utf8_width(text.s, text.len);
        if (w > s->width)
            s->width = w;
        if (is_number(&t->cols[s->col], c) && w > s->keep)
            s->keep = w;
        if (s->class == COLUMN_FIXED && c->kind == CELL_STR)
            s->class = COLUMN_TEXT;
        if (s->class == COLUMN_FIXED && c->kind == CELL_BAR)
            s->class = COLUMN_BAR;
    }
    if (t->cols[s->col].foreign)
        s->class = COLUMN_FOREIGN;
    s->natural = s->width;
    str_release(&text);
}

static int total_width(const struct layout *l)
{
    int64_t sum = 0;
    int shown = 0;
    for (int i = 0; i < l->n; i++)
        if (!l->slots[i].hidden) {
            sum += l->slots[i].width;
            shown++;
        }
    sum += l->st->mode == MODE_BOX ? 3 * shown + 1 : 1 + (l->st->large ? 4 : 2) * (shown - 1);
    return sum < INT32_MAX ? (int)sum : INT32_MAX;
}

/* Takes one cell from the widest column of a class; false when all are at their least. */
static bool narrow(struct layout *l, enum column_class class, int least)
{
    struct slot *widest = NULL;
    for (int i = 0; i < l->n; i++) {
        struct slot *s = &l->slots[i];
        if (!s->hidden && s->class == class && s->width > least && s->width > s->keep &&
            (!widest || s->width > widest->width))
            widest = s;
    }
    if (widest)
        widest->width--;
    return widest != NULL;
}

static bool hide_one(struct layout *l)
{
    for (int foreign = 0; foreign < 2; foreign++)
        for (int i = l->n - 1; i > 0; i--)
            if (!l->slots[i].hidden && (l->slots[i].class == COLUMN_FOREIGN) == foreign) {
                l->slots[i].hidden = true;
                return true;
            }
    return false;
}

static void fit_width(struct layout *l)
{
    static const struct {
        enum column_class class;
        int least;
    } steps[] = {{COLUMN_FOREIGN, 12}, {COLUMN_BAR, 8}, {COLUMN_TEXT, 12},   {COLUMN_FOREIGN, 6},
                 {COLUMN_TEXT, 6},     {COLUMN_BAR, 4}, {COLUMN_FOREIGN, 3}, {COLUMN_TEXT, 3}};
    int limit = l->st->width;
    if (limit <= 0 || l->st->mode > MODE_PLAIN)
        return;
    for (int i = 0; i < l->n; i++) /* nothing wider than the screen: the steps stay short */
        if (l->slots[i].class != COLUMN_FIXED && l->slots[i].width > limit)
            l->slots[i].width = limit;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        while (total_width(l) > limit && narrow(l, steps[i].class, steps[i].least))
            ;
    while (total_width(l) > limit && hide_one(l))
        ;
    for (int i = l->n - 1; i >= 0; i--) { /* what a hidden column leaves over goes to the last */
        struct slot *s = &l->slots[i];
        int spare = limit - total_width(l), lost = s->natural - s->width;
        if (!s->hidden && spare > 0 && lost > 0)
            s->width += lost < spare ? lost : spare;
    }
    if (total_width(l) > limit) /* one column that is all numbers */
        l->slots[0].width -= total_width(l) - limit;
}

void table_layout(struct layout *l)
{
    const struct table *t = l->t;
    bool data = table_is_data(l->st->mode), move = l->st->mode <= MODE_PLAIN;
    l->slots = mem_alloc(sizeof *l->slots * (size_t)(t->ncols + 1));
    for (int pass = 0; pass < 2; pass++) /* right-to-left text is safest at the end of a line */
        for (int c = 0; c < t->ncols; c++) {
            bool bar = l->rows && table_at(t, 0, c)->kind == CELL_BAR;
            if ((move && t->cols[c].foreign) == (pass == 1) && !(bar && data))
                l->slots[l->n++].col = c;
        }
    for (int i = 0; i < l->n && !data; i++)
        measure(l, &l->slots[i]);
    fit_width(l);
}
