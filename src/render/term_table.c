/* Tables: in a box, plain, or as Markdown, CSV and TSV; columns aligned by cells, never wrapped. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "internal.h"

enum { BAR_CELLS = 20 };

/* What a column holds, for the order in which columns give way. */
enum column_class { COLUMN_FIXED, COLUMN_TEXT, COLUMN_BAR, COLUMN_FOREIGN };

struct slot {
    int col; /* in the table */
    int width, natural;
    enum column_class class;
    bool hidden;
};

struct layout {
    const struct table *t;
    const struct style *st;
    int n;
    struct slot *slots; /* in the order drawn */
    size_t rows;        /* drawn */
};

static bool is_data_mode(enum table_mode m)
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

static void add_foreign(struct str *out, const char *s, const struct style *st)
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

/* The logical text of a cell; `cells` is the room of a bar. */
static void cell_text(struct str *out, const struct cell *c, int cells, const struct style *st)
{
    char buf[24];
    switch (c->kind) {
    case CELL_EMPTY:
        break;
    case CELL_STR:
        add_foreign(out, c->s ? c->s : "", st);
        break;
    case CELL_INT:
        snprintf(buf, sizeof buf, "%" PRId64, c->i);
        term_digits(out, buf, st);
        break;
    case CELL_NUM:
        term_number(out, c->d, is_data_mode(st->mode) ? "%.9g" : c->fmt, st);
        break;
    case CELL_BAR:
        add_bar(out, c->d, cells, st);
        break;
    }
}

static const struct cell *cell_at(const struct table *t, size_t row, int col)
{
    return &t->cells[row * (size_t)t->ncols + (size_t)col];
}

static void measure(struct layout *l, struct slot *s)
{
    const struct table *t = l->t;
    struct str text = STR_INIT;
    add_foreign(&text, t->cols[s->col].head, l->st);
    s->width = utf8_width(text.s, text.len);
    for (size_t r = 0; r < l->rows; r++) {
        const struct cell *c = cell_at(t, r, s->col);
        str_clear(&text);
        cell_text(&text, c, BAR_CELLS, l->st);
        int w = c->kind == CELL_BAR ? BAR_CELLS : utf8_width(text.s, text.len);
        if (w > s->width)
            s->width = w;
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
    sum += l->st->mode == MODE_BOX ? 3 * shown + 1 : 1 + 2 * (shown - 1);
    return sum < INT32_MAX ? (int)sum : INT32_MAX;
}

/* Takes one cell from the widest column of a class; false when all are at their least. */
static bool narrow(struct layout *l, enum column_class class, int least)
{
    struct slot *widest = NULL;
    for (int i = 0; i < l->n; i++) {
        struct slot *s = &l->slots[i];
        if (!s->hidden && s->class == class && s->width > least &&
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
    } steps[] = {{COLUMN_FOREIGN, 12}, {COLUMN_BAR, 8},     {COLUMN_TEXT, 12}, {COLUMN_FOREIGN, 6},
                 {COLUMN_TEXT, 6},     {COLUMN_BAR, 4},     {COLUMN_FOREIGN, 3}, {COLUMN_TEXT, 3}};
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

static void layout_make(struct layout *l)
{
    const struct table *t = l->t;
    bool data = is_data_mode(l->st->mode), move = l->st->mode <= MODE_PLAIN;
    l->slots = mem_alloc(sizeof *l->slots * (size_t)(t->ncols + 1));
    for (int pass = 0; pass < 2; pass++) /* right-to-left text is safest at the end of a line */
        for (int c = 0; c < t->ncols; c++) {
            bool bar = l->rows && cell_at(t, 0, c)->kind == CELL_BAR;
            if ((move && t->cols[c].foreign) == (pass == 1) && !(bar && data))
                l->slots[l->n++].col = c;
        }
    for (int i = 0; i < l->n && !data; i++)
        measure(l, &l->slots[i]);
    fit_width(l);
}

/* One cell in its place: text cut to the column, toned, padded. */
static void put(struct str *out, const struct layout *l, const struct slot *s, const char *text,
                size_t n, enum tone tone)
{
    int w = utf8_width(text, n);
    int pad = w < s->width ? s->width - w : 0;
    bool right = l->t->cols[s->col].right;
    if (right)
        term_spaces(out, pad);
    bool opened = n && term_tone(out, tone, l->st);
    if (w <= s->width) {
        term_bidi(out, text, n, l->st);
    } else {
        /* A wide character at the cut may leave one cell over. */
        struct str cut = STR_INIT;
        struct style logical = *l->st;
        logical.tty = false;
        term_text_fit(&cut, text, n, s->width, &logical);
        pad = s->width - utf8_width(cut.s, cut.len);
        term_bidi(out, cut.s, cut.len, l->st);
        str_release(&cut);
    }
    term_untone(out, opened);
    if (!right || w > s->width)
        term_spaces(out, pad);
}

/* A row of cells, or the headings when `row` is SIZE_MAX. */
static void draw_row(struct str *out, const struct layout *l, size_t row)
{
    enum table_mode mode = l->st->mode;
    const char *bar = mode == MODE_BOX && l->st->unicode ? "│" : "|";
    size_t start = out->len;
    struct str text = STR_INIT;
    bool first = true;
    for (int i = 0; i < l->n; i++) {
        const struct slot *s = &l->slots[i];
        if (s->hidden)
            continue;
        str_clear(&text);
        enum tone tone = TONE_STRONG;
        if (row == SIZE_MAX) {
            add_foreign(&text, l->t->cols[s->col].head, l->st);
        } else {
            const struct cell *c = cell_at(l->t, row, s->col);
            cell_text(&text, c, s->width, l->st);
            tone = c->tone;
        }
        if (is_data_mode(mode)) {
            str_add(out, first ? "" : mode == MODE_CSV ? "," : "\t");
            str_addn(out, text.s, text.len);
        } else {
            if (mode == MODE_PLAIN)
                str_add(out, first ? " " : "  ");
            else
                str_addf(out, "%s ", bar);
            put(out, l, s, text.s, text.len, tone);
            if (mode != MODE_PLAIN)
                str_addc(out, ' ');
        }
        first = false;
    }
    str_release(&text);
    if (mode == MODE_BOX || mode == MODE_MD)
        str_add(out, bar);
    if (is_data_mode(mode))
        str_addc(out, '\n');
    else
        term_end_line(out, start);
}

enum rule { RULE_TOP, RULE_HEAD, RULE_BOTTOM };

static void draw_rule(struct str *out, const struct layout *l, enum rule rule)
{
    static const char *const lines[][3] = {
        [RULE_TOP] = {"┌", "┬", "┐"}, [RULE_HEAD] = {"├", "┼", "┤"}, [RULE_BOTTOM] = {"└", "┴", "┘"}};
    bool u = l->st->unicode;
    bool first = true;
    for (int i = 0; i < l->n; i++) {
        if (l->slots[i].hidden)
            continue;
        str_add(out, u ? lines[rule][first ? 0 : 1] : "+");
        str_repeat(out, u ? "─" : "-", l->slots[i].width + 2);
        first = false;
    }
    str_addf(out, "%s\n", u ? lines[rule][2] : "+");
}

static void draw_md_rule(struct str *out, const struct layout *l)
{
    for (int i = 0; i < l->n; i++) {
        int w = l->slots[i].width > 1 ? l->slots[i].width : 1;
        bool right = l->t->cols[l->slots[i].col].right;
        str_add(out, right ? "|" : "|:");
        str_repeat(out, "-", w + (right ? 1 : 0));
        str_add(out, right ? ":" : "-");
    }
    str_add(out, "|\n");
}

static void draw_hidden(struct str *out, const struct layout *l)
{
    struct str s = STR_INIT;
    for (int i = 0; i < l->n; i++) {
        const char *head = l->t->cols[l->slots[i].col].head;
        if (l->slots[i].hidden)
            str_addf(&s, "%s %s", s.len ? "," : "too narrow for:", *head ? head : "bars");
    }
    if (s.len)
        term_text_line(out, s.s, TONE_DIM, l->st);
    str_release(&s);
}

static void draw_footers(struct str *out, const struct layout *l)
{
    bool cut = l->rows < l->t->nrows;
    if (l->st->mode == MODE_MD && (cut || l->t->footer))
        str_addc(out, '\n');
    if (cut) {
        struct str s = STR_INIT;
        char buf[64];
        snprintf(buf, sizeof buf, "%zu rows (%zu shown)", l->t->nrows, l->rows);
        term_digits(&s, buf, l->st);
        term_text_line(out, s.s, TONE_DIM, l->st);
        str_release(&s);
    }
    draw_hidden(out, l);
    if (l->t->footer)
        term_text_line(out, l->t->footer, TONE_DIM, l->st);
}

/* Data modes and Markdown are to be copied: logical order, no cuts, no colours. */
static struct style style_for(const struct style *st)
{
    struct style s = *st;
    if (s.mode > MODE_PLAIN) {
        s.tty = false;
        s.color = COLOR_NONE;
        s.width = 0;
    }
    if (is_data_mode(s.mode)) {
        s.persian_digits = false;
        s.rows = 0;
    }
    return s;
}

void term_table(struct str *out, const struct table *t, const struct style *style)
{
    struct style st = style_for(style);
    struct layout l = {.t = t, .st = &st, .rows = t->nrows};
    bool heads = st.mode > MODE_PLAIN, box = st.mode == MODE_BOX;
    if (t->ncols <= 0)
        return;
    if (st.rows > 0 && l.rows > (size_t)st.rows)
        l.rows = (size_t)st.rows;
    for (int c = 0; c < t->ncols; c++)
        heads = heads || *t->cols[c].head;
    layout_make(&l);
    if (t->title && !is_data_mode(st.mode)) {
        term_text_line(out, t->title, TONE_STRONG, &st);
        if (st.mode == MODE_MD)
            str_addc(out, '\n');
    }
    if (box)
        draw_rule(out, &l, RULE_TOP);
    if (heads)
        draw_row(out, &l, SIZE_MAX);
    if (box && heads)
        draw_rule(out, &l, RULE_HEAD);
    else if (st.mode == MODE_MD)
        draw_md_rule(out, &l);
    for (size_t r = 0; r < l.rows; r++)
        draw_row(out, &l, r);
    if (box)
        draw_rule(out, &l, RULE_BOTTOM);
    if (!is_data_mode(st.mode))
        draw_footers(out, &l);
    free(l.slots);
}
