/* Curves on a terminal: braille dots, or one character a point in ASCII, between two axes. Where
 * there are several series each has a mark of its own, so that colour only helps. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "axis.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "heat.h"

enum { ROWS = 15, MOST_COLS = 100, LEAST_COLS = 8, MANY_POINTS = 200, SHAPES = 8 };

struct canvas {
    const struct plot *p;
    const struct style *st;
    struct axis x, y;
    int cols, rows; /* characters */
    int dx, dy;     /* dots a character */
    int left;       /* cells before the y axis */
    struct dot {
        unsigned char bits; /* braille dots, or 1 */
        short line, mark;   /* series + 1, 0 = none */
    } * cell;
};

static const char *mark_of(const struct canvas *c, int series)
{
    static const char *const shapes[SHAPES] = {"●", "○", "■", "□", "▲", "△", "◆", "◇"};
    static const char *const ascii[SHAPES] = {"*", "o", "+", "x", "#", "@", "%", "&"};
    static const char *const letters[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                          "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                          "s", "t", "u", "v", "w", "x", "y", "z"};
    enum { LETTERS = sizeof letters / sizeof *letters };
    if (c->p->nseries > SHAPES)
        return letters[series % LETTERS];
    return c->st->unicode ? shapes[series] : ascii[series];
}

static bool open_color(struct str *out, const struct canvas *c, int series)
{
    static const int codes[] = {36, 33, 32, 35, 31, 34};
    if (c->st->color == COLOR_NONE || series < 0)
        return false;
    str_addf(out, "\033[%dm", codes[series % (int)(sizeof codes / sizeof *codes)]);
    return true;
}

static struct dot *cell_at(struct canvas *c, int x, int y)
{
    return &c->cell[(y / c->dy) * c->cols + x / c->dx];
}

static void put_dot(struct canvas *c, int x, int y, int series)
{
    /* Bits of the dots in U+2800, by column and row. */
    static const unsigned char bit[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
    struct dot *d = cell_at(c, x, y);
    d->bits |= bit[x % c->dx][y % c->dy];
    d->line = (short)(series + 1);
}

static void put_line(struct canvas *c, int x0, int y0, int x1, int y1, int series)
{
    int n = abs(x1 - x0) > abs(y1 - y0) ? abs(x1 - x0) : abs(y1 - y0);
    for (int i = 0; i <= n; i++) {
        double f = n ? (double)i / n : 0;
        put_dot(c, (int)lround(x0 + f * (x1 - x0)), (int)lround(y0 + f * (y1 - y0)), series);
    }
}

/* Where a point stands in dots; false: it cannot be drawn. */
static bool place(const struct canvas *c, const struct plot_series *s, int k, int *x, int *y)
{
    double u = axis_at(&c->x, s->x[k]), v = axis_at(&c->y, s->y[k]);
    if (isnan(u) || isnan(v))
        return false;
    *x = (int)lround(u * (c->cols * c->dx - 1));
    *y = (int)lround((1 - v) * (c->rows * c->dy - 1));
    return true;
}

static void draw_series(struct canvas *c, int series)
{
    enum { APART = 5, SPARSE = 6 }; /* cells between the marks of one line; of its points */
    const struct plot *p = c->p;
    const struct plot_series *s = &p->series[series];
    bool marked = p->nseries > 1 || (p->points ? s->n <= MANY_POINTS : s->n <= c->cols / SPARSE);
    int before_x = 0, before_y = 0, marked_at = -APART, x, y;
    bool before = false;
    for (int k = 0; k < s->n; k++) {
        bool here = place(c, s, k, &x, &y);
        if (here && before && !p->points)
            put_line(c, before_x, before_y, x, y, series);
        else if (here)
            put_dot(c, x, y, series);
        if (here && marked && (p->points || abs(x / c->dx - marked_at) >= APART)) {
            cell_at(c, x, y)->mark = (short)(series + 1);
            marked_at = x / c->dx;
        }
        before = here;
        before_x = x;
        before_y = y;
    }
}

/* ---- lines of output ------------------------------------------------------------------------- */

static void add_cell(struct str *out, const struct canvas *c, const struct dot *d, int *color)
{
    int series = d->mark ? d->mark - 1 : d->line ? d->line - 1 : -1;
    if (series != *color) {
        term_untone(out, *color >= 0 && c->st->color != COLOR_NONE);
        open_color(out, c, series);
        *color = series;
    }
    if (series < 0) {
        str_addc(out, ' ');
    } else if (d->mark || !c->st->unicode) {
        str_add(out, mark_of(c, series));
    } else {
        char bytes[4];
        str_addn(out, bytes, (size_t)utf8_encode(0x2800 + d->bits, bytes));
    }
}

/* The tick that stands in a line of the drawing, or NULL. */
static const struct tick *tick_in(const struct canvas *c, int row)
{
    for (int i = 0; i < c->y.n; i++)
        if ((int)lround((1 - c->y.tick[i].at) * (c->rows * c->dy - 1)) / c->dy == row)
            return &c->y.tick[i];
    return NULL;
}

static void draw_row(struct str *out, const struct canvas *c, int row)
{
    const struct tick *t = tick_in(c, row);
    const char *text = t ? t->text : "";
    size_t start = out->len;
    int color = -1;
    term_spaces(out, c->left - 2 - (int)strlen(text));
    term_digits(out, text, c->st);
    str_add(out, c->st->unicode ? t ? " ┤" : " │" : t ? " +" : " |");
    for (int i = 0; i < c->cols; i++)
        add_cell(out, c, &c->cell[row * c->cols + i], &color);
    term_untone(out, color >= 0 && c->st->color != COLOR_NONE);
    term_end_line(out, start);
}

/* The x axis and the numbers under it, each centred under its tick where there is room. */
static void draw_x_axis(struct str *out, const struct canvas *c)
{
    bool u = c->st->unicode;
    size_t start = out->len;
    int at = 0, end = -1;
    struct str line = STR_INIT, numbers = STR_INIT;
    for (int i = 0; i < c->x.n; i++) {
        const char *text = c->x.tick[i].text;
        int col = (int)lround(c->x.tick[i].at * (c->cols * c->dx - 1)) / c->dx;
        int len = (int)strlen(text), from = c->left + col - len / 2;
        if (from + len > c->left + c->cols)
            from = c->left + c->cols - len;
        if (from <= end)
            continue;
        str_repeat(&line, u ? "─" : "-", col - at);
        str_add(&line, u ? "┬" : "+");
        at = col + 1;
        term_spaces(&numbers, from - (end < 0 ? 0 : end));
        term_digits(&numbers, text, c->st);
        end = from + len;
    }
    str_repeat(&line, u ? "─" : "-", c->cols - at);
    term_spaces(out, c->left - 1);
    str_addf(out, "%s%s\n", u ? "└" : "+", line.s);
    start = out->len;
    str_add(out, numbers.s);
    term_end_line(out, start);
    if (c->p->x_name) {
        int w = term_text_width(c->p->x_name, strlen(c->p->x_name), c->st);
        struct pack k;
        pack_begin(&k, out, c->st, w < c->cols ? c->left + (c->cols - w) / 2 : 0, "");
        pack_add(&k, c->p->x_name, TONE_PLAIN);
        pack_end(&k);
    }
    str_release(&line);
    str_release(&numbers);
}

static void draw_legend(struct str *out, const struct canvas *c)
{
    struct pack k;
    bool alone = c->p->nseries == 1;
    pack_begin(&k, out, c->st, c->left, "   ");
    for (int i = 0; i < c->p->nseries; i++) {
        const char *label = c->p->series[i].label;
        if (!label || (alone && !*label))
            continue;
        struct str s = STR_INIT;
        if (!alone) {
            bool opened = open_color(&s, c, i);
            str_add(&s, mark_of(c, i));
            term_untone(&s, opened);
            str_addc(&s, ' ');
        }
        int most = c->st->width > 0 ? c->st->width - c->left - 2 : 60;
        int w = term_text_width(label, strlen(label), c->st);
        term_text_fit(&s, label, strlen(label), most > 8 ? most : 8, c->st);
        pack_raw(&k, s.s, (w < most ? w : most) + (alone ? 0 : 2));
        if (utf8_has_rtl(label, strlen(label))) /* one right-to-left field a line */
            pack_end(&k);
        str_release(&s);
    }
    pack_end(&k);
}

static void draw_remarks(struct str *out, const struct canvas *c, int64_t left_out)
{
    struct pack k;
    struct str s = STR_INIT, digits = STR_INIT;
    pack_begin(&k, out, c->st, c->left, "   ");
    if (c->x.log || c->y.log)
        pack_add(&k,
                 c->x.log && c->y.log ? "both axes logarithmic"
                 : c->x.log           ? "x axis logarithmic"
                                      : "y axis logarithmic",
                 TONE_DIM);
    if (left_out) {
        str_addf(&s, "%lld point%s left out: infinite, or no place on a logarithmic axis",
                 (long long)left_out, left_out == 1 ? "" : "s");
        term_digits(&digits, s.s, c->st);
        pack_add(&k, digits.s, TONE_DIM);
    }
    pack_end(&k);
    str_release(&s);
    str_release(&digits);
}

static void measure(struct canvas *c)
{
    int widest = 1, width = c->st->width > 0 ? c->st->width : 80;
    for (int i = 0; i < c->y.n; i++) {
        int n = (int)strlen(c->y.tick[i].text);
        widest = n > widest ? n : widest;
    }
    c->left = widest + 3;
    c->cols = (width < MOST_COLS ? width : MOST_COLS) - c->left - 1;
    c->cols = c->cols < LEAST_COLS ? LEAST_COLS : c->cols;
    c->rows = ROWS;
    c->dx = c->st->unicode ? 2 : 1;
    c->dy = c->st->unicode ? 4 : 1;
}

void term_plot(struct str *out, const struct plot *p, const struct style *st)
{
    struct canvas c = {.p = p, .st = st};
    int64_t left_out;
    int wide = st->width > 0 && st->width < 60 ? 4 : 8;
    if (p->title)
        term_text_line(out, p->title, TONE_STRONG, st);
    if (!plot_axes(p, wide, 6, &c.x, &c.y, &left_out)) {
        term_text_line(out, "no point that can be drawn", TONE_DIM, st);
        return;
    }
    measure(&c);
    c.cell = mem_alloc(sizeof *c.cell * (size_t)(c.cols * c.rows));
    for (int i = 0; i < p->nseries; i++)
        draw_series(&c, i);
    if (p->y_name)
        term_text_line(out, p->y_name, TONE_PLAIN, st);
    for (int r = 0; r < c.rows; r++)
        draw_row(out, &c, r);
    draw_x_axis(out, &c);
    draw_legend(out, &c);
    draw_remarks(out, &c, left_out);
    free(c.cell);
}
