/* What surrounds the cells of a heat map: indices over the columns, the scale, every sign used. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "heat.h"

void pack_begin(struct pack *p, struct str *out, const struct style *st, int indent,
                const char *gap)
{
    *p = (struct pack){.out = out, .st = st, .start = out->len, .indent = indent, .gap = gap};
}

void pack_raw(struct pack *p, const char *text, int width)
{
    int gap = (int)strlen(p->gap);
    if (p->used && p->st->width > 0 && p->used + gap + width > p->st->width)
        pack_end(p);
    if (p->used)
        str_add(p->out, p->gap);
    else
        term_spaces(p->out, p->indent);
    p->used += p->used ? gap : p->indent;
    str_add(p->out, text);
    p->used += width;
}

void pack_add(struct pack *p, const char *text, enum tone tone)
{
    struct str s = STR_INIT;
    int room = p->st->width > 0 ? p->st->width - p->indent : 0, width;
    bool opened = term_tone(&s, tone, p->st);
    width = term_text_width(text, strlen(text), p->st);
    if (room > 0 && width > room) {
        term_text_fit(&s, text, strlen(text), room, p->st);
        width = room;
    } else {
        term_text(&s, text, strlen(text), p->st);
    }
    term_untone(&s, opened);
    pack_raw(p, s.s, width);
    str_release(&s);
}

void pack_end(struct pack *p)
{
    if (p->used)
        term_end_line(p->out, p->start);
    p->used = 0;
    p->start = p->out->len;
}

static void pack_number(struct pack *p, double v)
{
    struct str s = STR_INIT;
    term_number(&s, v, "%.3g", p->st);
    pack_raw(p, s.s, utf8_width(s.s, s.len));
    str_release(&s);
}

/* ".1.. .2:: .3--": what each mark stands for, where the scale goes from 0 to 1. */
static void add_marks(struct pack *p, const struct brush *b, const struct scale *s)
{
    int n = brush_levels(b);
    struct str text = STR_INIT;
    bool unit = s->kind == SCALE_LINEAR && s->lo == 0 && s->hi == 1;
    for (int i = 1; unit && i < n; i++) {
        char edge[16];
        snprintf(edge, sizeof edge, ".%d", i * 10 / n);
        str_clear(&text);
        term_digits(&text, edge, p->st);
        str_repeat(&text, brush_mark(b, i), b->cell);
        pack_raw(p, text.s, utf8_width(text.s, text.len));
    }
    if (!unit) {
        str_clear(&text);
        str_addc(&text, '[');
        for (int i = 0; i < n; i++)
            str_add(&text, brush_mark(b, i));
        str_addc(&text, ']');
        if (s->kind != SCALE_ROW)
            pack_number(p, s->lo);
        pack_raw(p, text.s, utf8_width(text.s, text.len));
        if (s->kind != SCALE_ROW)
            pack_number(p, s->hi);
    }
    str_release(&text);
}

static void add_swatch(struct pack *p, const struct brush *b, const struct scale *s)
{
    enum { CELLS = 16 };
    struct str text = STR_INIT;
    brush_swatch(&text, b, CELLS);
    if (s->kind != SCALE_ROW)
        pack_number(p, s->lo);
    pack_raw(p, text.s, CELLS);
    if (s->kind != SCALE_ROW)
        pack_number(p, s->hi);
    str_release(&text);
}

void scale_words(struct str *out, const struct scale *s)
{
    if (!s->word)
        str_addf(out, "scale %.3g to %.3g", s->lo, s->hi);
    else if (s->kind == SCALE_ROW)
        str_add(out, "scale row: each row from 0 to its own largest");
    else if (s->kind == SCALE_LOG)
        str_add(out, "scale log");
    else
        str_addf(out, "scale %.60s", s->word);
}

static void add_scale_word(struct pack *p, const struct scale *s)
{
    struct str words = STR_INIT, text = STR_INIT;
    scale_words(&words, s);
    term_digits(&text, words.s, p->st);
    pack_add(p, text.s, TONE_PLAIN);
    str_release(&words);
    str_release(&text);
}

static void add_signs(struct pack *p, const struct brush *b, const struct scale *s)
{
    static const struct {
        double value;
        const char *name;
    } signs[] = {{-INFINITY, "masked"}, {NAN, "NaN"}, {INFINITY, "+inf"}};
    const bool seen[] = {s->masked, s->nan, s->inf};
    for (int i = 0; i < 3; i++) {
        char buf[64];
        if (!seen[i])
            continue;
        const char *sign = brush_sign(b, signs[i].value);
        if (b->draw == DRAW_HALF)
            snprintf(buf, sizeof buf, "%s %s",
                     i == 0   ? "blank"
                     : i == 1 ? "red"
                              : "brightest",
                     signs[i].name);
        else if (b->draw == DRAW_BRAILLE)
            snprintf(buf, sizeof buf, "%s %s", i == 2 ? "dot" : "no dot", signs[i].name);
        else
            snprintf(buf, sizeof buf, "%s%s %s", sign, b->cell == 2 ? sign : "", signs[i].name);
        pack_add(p, buf, TONE_PLAIN);
    }
}

static void add_reduction(struct pack *p, const struct brush *b, const struct grid *g,
                          bool labelled)
{
    struct str s = STR_INIT;
    char buf[128];
    if (g->kr > 1 || g->kc > 1) {
        snprintf(buf, sizeof buf, "%" PRId64 "x%" PRId64 " max-pooled from %" PRId64 "x%" PRId64,
                 g->kr, g->kc, g->full_rows, g->full_cols);
        term_digits(&s, buf, p->st);
        pack_add(p, s.s, TONE_PLAIN);
    }
    if (b->band == 2)
        pack_add(p, labelled ? "two rows a line, labelled by the upper" : "two rows a line",
                 TONE_PLAIN);
    if (b->draw == DRAW_BRAILLE)
        pack_add(p, "a dot from the middle of the scale on, 4 rows and 2 columns a character",
                 TONE_PLAIN);
    str_release(&s);
}

void heat_legend(struct str *out, const struct heat *h, const struct brush *b,
                 const struct scale *s, const struct grid *g, bool mirror, int indent)
{
    struct pack p;
    pack_begin(&p, out, b->st, indent, " ");
    if (b->draw == DRAW_RAMP)
        add_marks(&p, b, s);
    else if (b->colored && b->draw != DRAW_BRAILLE)
        add_swatch(&p, b, s);
    p.gap = p.used ? "   " : " ";
    add_scale_word(&p, s);
    p.gap = "   ";
    if (b->draw != DRAW_NUMBER) /* where numbers stand they say it themselves */
        add_signs(&p, b, s);
    add_reduction(&p, b, g, h->row_labels && g->kr == 1);
    if (mirror)
        pack_add(&p, "columns run from right to left", TONE_PLAIN);
    pack_end(&p);
}

/* Every how many columns an index has room: 1, else a step that reads well. */
static int64_t header_step(const struct brush *b, int digits)
{
    static const int64_t steps[] = {1, 5, 10, 20, 50, 100, 200, 500, 1000};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && steps[i] / b->join * b->pitch < digits + 1)
        i++;
    return steps[i];
}

void heat_header(struct str *out, const struct heat *h, const struct brush *b, const struct grid *g,
                 int64_t from, int64_t to, bool mirror)
{
    char text[32];
    int64_t last = h->col0 + to * g->kc;
    int digits = snprintf(text, sizeof text, "%" PRId64, last);
    int64_t step = header_step(b, digits), at = 0;
    struct str line = STR_INIT;
    for (int64_t i = 0; i < to - from; i++) {
        int64_t col = mirror ? to - 1 - i : from + i;
        int len = snprintf(text, sizeof text, "%" PRId64, h->col0 + col * g->kc);
        if (col % step != 0)
            continue;
        /* Over its own cells where each has a number, else from its first cell on. */
        int64_t x = step == 1 ? (i + 1) * b->pitch - len : i / b->join * b->pitch;
        if (x < at)
            continue;
        term_spaces(&line, (int)(x - at));
        term_digits(&line, text, b->st);
        at = x + len;
    }
    bool opened = term_tone(out, TONE_DIM, b->st);
    str_addn(out, line.s, line.len);
    term_untone(out, opened);
    /* What follows on the line stands where the cells end. */
    term_spaces(out, (int)(brush_cells(b, to - from) - at));
    str_release(&line);
}
