/* Cells of a heat map: coloured blanks, half blocks, characters, braille dots, numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "heat.h"

enum sign { SIGN_VALUE, SIGN_MASKED, SIGN_NAN, SIGN_INF };

static enum sign sign_of(double v)
{
    if (isnan(v))
        return SIGN_NAN;
    if (isinf(v))
        return v < 0 ? SIGN_MASKED : SIGN_INF;
    return SIGN_VALUE;
}

const char *brush_sign(const struct brush *b, double v)
{
    switch (sign_of(v)) {
    case SIGN_MASKED:
        return b->ascii ? "x" : "·";
    case SIGN_NAN:
        return "?";
    default:
        return "^";
    }
}

const char *brush_mark(const struct brush *b, int level)
{
    static const char *const ascii[] = {" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"};
    static const char *const blocks[] = {" ", "░", "▒", "▓", "█"};
    return b->ascii ? ascii[level] : blocks[level];
}

int brush_levels(const struct brush *b)
{
    return b->ascii ? 10 : 5;
}

/* A hair is added before rounding down: 0.3f is a little less than three tenths. */
static int level_of(const struct brush *b, double unit)
{
    int n = brush_levels(b), level = (int)(unit * n + 1e-6);
    return level < n ? level : n - 1;
}

const char *heat_number_format(double most)
{
    if (most >= 10000 || (most > 0 && most < 0.001))
        return "%.2e";
    return most < 0.1 && most > 0 ? "%.4f" : most < 10 ? "%.2f" : "%.1f";
}

static void number_text(struct str *out, const struct brush *b, double v)
{
    if (v == 0)
        v = 0; /* no "-0.00" */
    term_number(out, v, b->fmt, b->st);
}

static int number_width(const struct scale *s, const char *fmt)
{
    char buf[400];
    int w = snprintf(buf, sizeof buf, fmt, -s->most);
    if (s->lo >= 0 && !s->masked && w > 4)
        w--; /* no sign will be needed */
    return w < 4 ? 4 : w;
}

void brush_make(struct brush *b, const struct heat *h, const struct style *st,
                const struct scale *s, int64_t rows, int64_t cols, bool thumb)
{
    enum cells_mode mode = h->numbers ? CELLS_NUMBER : st->cells;
    int64_t many = thumb ? 20 : 40;
    int wide = st->large && !thumb ? 4 : 2;
    *b = (struct brush){.st = st, .cell = wide, .pitch = wide, .band = 1, .join = 1};
    b->colored = st->color >= COLOR_256 && mode != CELLS_ASCII;
    b->bold = st->color == COLOR_BASIC;
    b->ascii = !st->unicode || mode == CELLS_ASCII || st->color == COLOR_BASIC;
    if (mode == CELLS_AUTO)
        /* a note a row wants a line a row */
        mode = rows > many || (cols > many && !h->row_notes) ? CELLS_HALF : CELLS_BLOCK;
    if (mode == CELLS_BRAILLE && !st->unicode)
        mode = CELLS_HALF;
    b->draw = b->colored ? DRAW_BLOCK : DRAW_RAMP;
    if (mode == CELLS_HALF) {
        b->cell = b->pitch = 1;
        if (b->colored && st->unicode) {
            b->draw = DRAW_HALF;
            b->band = 2;
        }
    } else if (mode == CELLS_BRAILLE) {
        b->draw = DRAW_BRAILLE;
        b->cell = b->pitch = 1;
        b->band = 4;
        b->join = 2;
    } else if (mode == CELLS_NUMBER) {
        b->draw = DRAW_NUMBER;
        b->fmt = heat_number_format(s->most);
        b->cell = number_width(s, b->fmt);
        b->pitch = b->cell + (thumb ? 1 : 2);
    }
}

int64_t brush_cells(const struct brush *b, int64_t cols)
{
    return (cols + b->join - 1) / b->join * b->pitch;
}

/* A colour as one number, so that neighbours of one colour share one escape sequence. */
enum { NO_COLOR = -1 };

static int32_t color_of(const struct brush *b, double unit)
{
    unsigned char rgb[3];
    if (b->st->color == COLOR_256)
        return colormap_256(b->st->map, unit);
    colormap_rgb(b->st->map, unit, rgb);
    return (int32_t)rgb[0] << 16 | rgb[1] << 8 | rgb[2];
}

static int32_t color_of_nan(const struct brush *b)
{
    return b->st->color == COLOR_256 ? 196 : 0xFF0000; /* a red that no map has */
}

/* ground: 38 letters, 48 what is behind them */
static void add_color(struct str *out, const struct brush *b, int ground, int32_t c)
{
    if (b->st->color == COLOR_256)
        str_addf(out, "\033[%d;5;%dm", ground, c);
    else
        str_addf(out, "\033[%d;2;%d;%d;%dm", ground, c >> 16, c >> 8 & 255, c & 255);
}

static bool text_is_black(const struct brush *b, int32_t c)
{
    unsigned char rgb[3] = {(unsigned char)(c >> 16), (unsigned char)(c >> 8), (unsigned char)c};
    if (b->st->color == COLOR_256)
        colormap_256_rgb(c, rgb);
    return colormap_lightness(rgb) > 55;
}

/* What the terminal is set to; changed only when it must. */
struct pen {
    int32_t fore, back;
};

static void pen_set(struct str *out, const struct brush *b, struct pen *p, int32_t fore,
                    int32_t back)
{
    if ((fore == NO_COLOR && p->fore != NO_COLOR) || (back == NO_COLOR && p->back != NO_COLOR)) {
        str_add(out, TERM_RESET);
        *p = (struct pen){NO_COLOR, NO_COLOR};
    }
    if (fore != p->fore)
        add_color(out, b, 38, fore);
    if (back != p->back)
        add_color(out, b, 48, back);
    *p = (struct pen){fore, back};
}

static void draw_block(struct str *out, const struct brush *b, struct pen *p, double v, double unit)
{
    enum sign sign = sign_of(v);
    if (sign == SIGN_MASKED)
        pen_set(out, b, p, NO_COLOR, NO_COLOR);
    else if (sign == SIGN_NAN)
        pen_set(out, b, p, color_of_nan(b), NO_COLOR);
    else
        pen_set(out, b, p, NO_COLOR, color_of(b, sign == SIGN_INF ? 1 : unit));
    str_repeat(out, sign == SIGN_VALUE ? " " : brush_sign(b, v), b->cell);
}

static void draw_ramp(struct str *out, const struct brush *b, double v, double unit)
{
    bool value = sign_of(v) == SIGN_VALUE, bold = b->bold && value && unit >= 0.5;
    term_spaces(out, b->pitch - b->cell);
    if (bold)
        str_add(out, "\033[1m");
    str_repeat(out, value ? brush_mark(b, level_of(b, unit)) : brush_sign(b, v), b->cell);
    if (bold)
        str_add(out, TERM_RESET);
}

static void draw_number(struct str *out, const struct brush *b, struct pen *p, double v,
                        double unit)
{
    struct str text = STR_INIT;
    number_text(&text, b, v);
    bool bold = b->bold && sign_of(v) == SIGN_VALUE && unit >= 0.5;
    if (b->colored && !isnan(v) && sign_of(v) != SIGN_MASKED) {
        int32_t back = color_of(b, isinf(v) ? 1 : unit);
        int32_t black = b->st->color == COLOR_256 ? 16 : 0;
        int32_t white = b->st->color == COLOR_256 ? 231 : 0xFFFFFF;
        pen_set(out, b, p, text_is_black(b, back) ? black : white, back);
    } else {
        pen_set(out, b, p, b->colored && isnan(v) ? color_of_nan(b) : NO_COLOR, NO_COLOR);
    }
    term_spaces(out, b->pitch - utf8_width(text.s, text.len));
    if (bold)
        str_add(out, "\033[1m");
    str_add(out, text.s);
    if (bold)
        str_add(out, TERM_RESET);
    str_release(&text);
}

/* Two rows in one character. Masked halves show the screen behind. */
static void draw_half(struct str *out, const struct brush *b, struct pen *p, const double v[2],
                      const double unit[2])
{
    int32_t c[2];
    for (int i = 0; i < 2; i++) {
        enum sign sign = sign_of(v[i]);
        c[i] = sign == SIGN_MASKED ? NO_COLOR
               : sign == SIGN_NAN  ? color_of_nan(b)
                                   : color_of(b, sign == SIGN_INF ? 1 : unit[i]);
    }
    if (c[0] == NO_COLOR) {
        pen_set(out, b, p, c[1], NO_COLOR);
        str_add(out, c[1] == NO_COLOR ? " " : "▄");
    } else {
        pen_set(out, b, p, c[0], c[1]);
        str_add(out, "▀");
    }
}

static void draw_braille(struct str *out, const struct scale *s, const struct grid *g, int64_t row,
                         int64_t left, int64_t right)
{
    /* Bits of the dots in U+2800, by column and row. */
    static const unsigned char dot[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
    const int64_t col[2] = {left, right};
    int bits = 0;
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 4; k++) {
            if (col[i] < 0 || row + k >= g->rows)
                continue;
            double v = grid_at(g, row + k, col[i]);
            if (!isnan(v) && scale_unit(s, g, row + k, v) >= 0.5)
                bits |= dot[i][k];
        }
    char bytes[4];
    str_addn(out, bytes, (size_t)utf8_encode(0x2800 + bits, bytes));
}

static void draw_cell(struct str *out, const struct brush *b, const struct scale *s, struct pen *p,
                      const struct grid *g, int64_t row, int64_t col)
{
    double v[2] = {grid_at(g, row, col), -INFINITY}, unit[2] = {0, 0};
    unit[0] = isfinite(v[0]) ? scale_unit(s, g, row, v[0]) : 0;
    if (b->draw == DRAW_HALF && row + 1 < g->rows) {
        v[1] = grid_at(g, row + 1, col);
        unit[1] = isfinite(v[1]) ? scale_unit(s, g, row + 1, v[1]) : 0;
    }
    if (b->draw == DRAW_BLOCK)
        draw_block(out, b, p, v[0], unit[0]);
    else if (b->draw == DRAW_HALF)
        draw_half(out, b, p, v, unit);
    else if (b->draw == DRAW_NUMBER)
        draw_number(out, b, p, v[0], unit[0]);
    else
        draw_ramp(out, b, v[0], unit[0]);
}

void brush_line(struct str *out, const struct brush *b, const struct scale *s, const struct grid *g,
                int64_t row, int64_t from, int64_t to, bool mirror)
{
    struct pen pen = {NO_COLOR, NO_COLOR};
    for (int64_t i = 0; i < to - from; i += b->join) {
        int64_t col = mirror ? to - 1 - i : from + i;
        int64_t next = mirror ? col - 1 : col + 1;
        if (b->draw == DRAW_BRAILLE)
            draw_braille(out, s, g, row, col, i + 1 < to - from ? next : -1);
        else
            draw_cell(out, b, s, &pen, g, row, col);
    }
    if (pen.fore != NO_COLOR || pen.back != NO_COLOR)
        str_add(out, TERM_RESET);
}

void brush_swatch(struct str *out, const struct brush *b, int cells)
{
    struct pen pen = {NO_COLOR, NO_COLOR};
    for (int i = 0; i < cells; i++) {
        pen_set(out, b, &pen, NO_COLOR, color_of(b, (double)i / (cells - 1)));
        str_addc(out, ' ');
    }
    str_add(out, TERM_RESET);
}
