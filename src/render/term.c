/* Drawing a result: one function for each kind of view, and what all of them share. */
#include "render/term.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "internal.h"

void style_init(struct style *s)
{
    *s = (struct style){
        .unicode = true,
        .shaping = true,
        .width = 80,
        .mode = MODE_PLAIN,
        .precision = 4,
    };
}

bool term_tone(struct str *out, enum tone t, const struct style *st)
{
    static const char *const codes[] = {
        [TONE_DIM] = "2",   [TONE_STRONG] = "1",  [TONE_GOOD] = "32",    [TONE_BAD] = "31",
        [TONE_SITE] = "36", [TONE_NUMBER] = "33", [TONE_ERROR] = "1;31",
    };
    if (st->color == COLOR_NONE || t == TONE_PLAIN)
        return false;
    str_addf(out, "\033[%sm", codes[t]);
    return true;
}

void term_untone(struct str *out, bool opened)
{
    if (opened)
        str_add(out, TERM_RESET);
}

void term_end_line(struct str *out, size_t start)
{
    while (out->len > start && out->s[out->len - 1] == ' ')
        str_truncate(out, out->len - 1);
    if (memchr(out->s + start, '\033', out->len - start) && !str_ends(out->s, TERM_RESET))
        str_add(out, TERM_RESET);
    str_addc(out, '\n');
}

void term_spaces(struct str *out, int n)
{
    str_repeat(out, " ", n > 0 ? n : 0);
}

void term_digits(struct str *out, const char *s, const struct style *st)
{
    for (; *s; s++) {
        if (st->persian_digits && isdigit((unsigned char)*s)) {
            char bytes[4];
            str_addn(out, bytes, (size_t)utf8_encode(0x06F0 + (*s - '0'), bytes));
        } else {
            str_addc(out, *s);
        }
    }
}

void term_number(struct str *out, double v, const char *fmt, const struct style *st)
{
    char buf[400]; /* %f of the largest double has 317 characters */
    if (isnan(v))
        snprintf(buf, sizeof buf, "nan");
    else if (isinf(v))
        snprintf(buf, sizeof buf, v > 0 ? "inf" : "-inf");
    else if (fmt)
        snprintf(buf, sizeof buf, fmt, v);
    else
        snprintf(buf, sizeof buf, "%.*g", st->precision > 0 ? st->precision : 4, v);
    term_digits(out, buf, st);
}

void term_text_line(struct str *out, const char *s, enum tone tone, const struct style *st)
{
    term_words(out, &(struct span){tone, s}, 1, st);
}

/* Lines of our own: newlines and tabs mean what they say, anything else is made visible. */
static void draw_text(struct str *out, const char *text, const struct style *st)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        struct str line = STR_INIT;
        for (size_t i = 0; i < n; i++) {
            if (text[i] == '\t')
                str_repeat(&line, " ", 8 - utf8_width(line.s, line.len) % 8);
            else
                str_addc(&line, text[i]);
        }
        term_words(out, &(struct span){TONE_PLAIN, line.len ? line.s : ""}, 1, st);
        str_release(&line);
        text += n;
        text += *text == '\n';
    }
}

static bool in_pixels(const struct style *st, int cells)
{
    return st->pixels != PIXELS_NONE &&
           (cells == CELLS_PIXEL || (cells == CELLS_AUTO && st->cells == CELLS_PIXEL));
}

void term_view(struct str *out, const struct view *v, const struct style *st)
{
    switch (v->kind) {
    case VIEW_LINE:
        term_words(out, v->u.line.spans, v->u.line.n, st);
        break;
    case VIEW_TABLE:
        term_table(out, &v->u.table, st);
        break;
    case VIEW_HEAT:
        if (st->mode > MODE_PLAIN)
            term_heat_table(out, &v->u.heat, st);
        else if (in_pixels(st, v->u.heat.cells) && term_pixels(out, v, st))
            break;
        else
            term_heat(out, &v->u.heat, st);
        break;
    case VIEW_BARS:
        term_bars(out, &v->u.bars, st);
        break;
    case VIEW_PLOT:
        if (st->mode > MODE_PLAIN)
            term_plot_table(out, &v->u.plot, st);
        else if (in_pixels(st, CELLS_AUTO) && term_pixels(out, v, st))
            break;
        else
            term_plot(out, &v->u.plot, st);
        break;
    case VIEW_TEXT:
        draw_text(out, v->u.text, st);
        break;
    case VIEW_PARAGRAPH:
        term_paragraph(out, &v->u.paragraph, st);
        break;
    }
}

static bool is_words(const struct view *v)
{
    return v->kind == VIEW_LINE || v->kind == VIEW_TEXT || v->kind == VIEW_PARAGRAPH;
}

void term_result(struct str *out, const struct result *r, const struct style *st)
{
    bool data = st->mode == MODE_CSV || st->mode == MODE_TSV, numbers = false;
    const struct view *before = NULL;
    for (const struct view *v = r->first; v; v = v->next)
        numbers = numbers || !is_words(v);
    for (const struct view *v = r->first; v; v = v->next) {
        if (data && numbers && is_words(v)) /* words between records are no data */
            continue;
        /* A blank line ends a table of Markdown and tells tables of numbers apart. */
        if (before && st->mode > MODE_PLAIN && !(is_words(before) && is_words(v)))
            str_addc(out, '\n');
        term_view(out, v, st);
        before = v;
    }
}
