/* Tables: in a box, plain, or as Markdown, CSV and TSV; columns aligned by cells, never wrapped. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "table.h"

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
            table_text(&text, l->t->cols[s->col].head, l->st);
        } else {
            const struct cell *c = table_at(l->t, row, s->col);
            table_cell(&text, c, s->width, l->st);
            tone = c->tone;
        }
        if (table_is_data(mode)) {
            str_add(out, first ? "" : mode == MODE_CSV ? "," : "\t");
            str_addn(out, text.s, text.len);
        } else {
            if (mode == MODE_PLAIN)
                str_add(out, first ? " " : l->st->large ? "    " : "  ");
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
    if (table_is_data(mode))
        str_addc(out, '\n');
    else
        term_end_line(out, start);
}

enum rule { RULE_TOP, RULE_HEAD, RULE_BOTTOM };

static void draw_rule(struct str *out, const struct layout *l, enum rule rule)
{
    static const char *const lines[][3] = {[RULE_TOP] = {"┌", "┬", "┐"},
                                           [RULE_HEAD] = {"├", "┼", "┤"},
                                           [RULE_BOTTOM] = {"└", "┴", "┘"}};
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
    if (table_is_data(s.mode)) {
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
    table_layout(&l);
    if (t->title && !table_is_data(st.mode)) {
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
    if (!table_is_data(st.mode))
        draw_footers(out, &l);
    free(l.slots);
}
