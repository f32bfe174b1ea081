/* The screen of a small xterm; see screen.h. */
#include "screen.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static void *need(void *p)
{
    if (!p)
        abort();
    return p;
}

static char *cell_at(const struct screen *s, int row, int col)
{
    return s->cell[row * s->cols + col];
}

static void blank(struct screen *s, int row, int from, int to)
{
    for (int c = from; c < to && c < s->cols; c++)
        memcpy(cell_at(s, row, c), " ", 2);
}

void screen_init(struct screen *s, int rows, int cols)
{
    *s = (struct screen){.rows = rows, .cols = cols, .last_row = -1};
    s->cell = need(calloc((size_t)rows * (size_t)cols, sizeof *s->cell));
    for (int r = 0; r < rows; r++)
        blank(s, r, 0, cols);
}

void screen_release(struct screen *s)
{
    free(s->cell);
    free(s->scrolled);
    free(s->plain);
    *s = (struct screen){0};
}

static void append(char **text, size_t *len, const char *s, size_t n)
{
    *text = need(realloc(*text, *len + n + 1));
    memcpy(*text + *len, s, n);
    *len += n;
    (*text)[*len] = '\0';
}

char *screen_line(const struct screen *s, int row)
{
    char *line = need(malloc((size_t)s->cols * SCREEN_CELL + 1));
    size_t n = 0, end = 0;
    for (int c = 0; c < s->cols; c++) {
        const char *text = cell_at(s, row, c);
        size_t len = strlen(text);
        memcpy(line + n, text, len);
        n += len;
        if (len && strcmp(text, " ") != 0)
            end = n;
    }
    line[end] = '\0';
    return line;
}

char *screen_text(const struct screen *s)
{
    char *text = NULL;
    size_t len = 0, end = 0;
    append(&text, &len, s->scrolled ? s->scrolled : "", s->scrolled_len);
    end = len;
    for (int r = 0; r < s->rows; r++) {
        char *line = screen_line(s, r);
        append(&text, &len, line, strlen(line));
        append(&text, &len, "\n", 1);
        if (*line)
            end = len;
        free(line);
    }
    text[end] = '\0';
    return text;
}

static void scroll_up(struct screen *s)
{
    char *line = screen_line(s, 0);
    append(&s->scrolled, &s->scrolled_len, line, strlen(line));
    append(&s->scrolled, &s->scrolled_len, "\n", 1);
    free(line);
    memmove(s->cell, s->cell + s->cols, (size_t)(s->rows - 1) * (size_t)s->cols * sizeof *s->cell);
    blank(s, s->rows - 1, 0, s->cols);
}

static void line_feed(struct screen *s)
{
    if (s->row == s->rows - 1)
        scroll_up(s);
    else
        s->row++;
    s->wrap = 0;
}

static void put_char(struct screen *s, const char *bytes, int n, int32_t code)
{
    int width = utf8proc_charwidth(code);
    append(&s->plain, &s->plain_len, bytes, (size_t)n);
    if (width == 0) {
        if (s->last_row < 0)
            return;
        char *cell = cell_at(s, s->last_row, s->last_col);
        size_t len = strlen(cell);
        if (len + (size_t)n < SCREEN_CELL)
            memcpy(cell + len, bytes, (size_t)n), cell[len + (size_t)n] = '\0';
        return;
    }
    if (s->wrap || s->col + width > s->cols) {
        s->col = 0;
        line_feed(s);
    }
    char *cell = cell_at(s, s->row, s->col);
    memcpy(cell, bytes, (size_t)n);
    cell[n] = '\0';
    if (width == 2)
        cell_at(s, s->row, s->col + 1)[0] = '\0';
    s->last_row = s->row;
    s->last_col = s->col;
    s->col += width;
    if (s->col >= s->cols) {
        s->col = s->cols - 1;
        s->wrap = 1;
    }
}

static int clamp(int v, int lo, int hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

static void move_to(struct screen *s, int row, int col)
{
    s->row = clamp(row, 0, s->rows - 1);
    s->col = clamp(col, 0, s->cols - 1);
    s->wrap = 0;
}

/* ED and EL: mode 0 from the cursor, 1 up to it, 2 all. */
static void erase_line(struct screen *s, int mode)
{
    blank(s, s->row, mode == 0 ? s->col : 0, mode == 1 ? s->col + 1 : s->cols);
}

static void erase_screen(struct screen *s, int mode)
{
    erase_line(s, mode);
    for (int r = 0; r < s->rows; r++)
        if ((mode == 0 && r > s->row) || (mode == 1 && r < s->row) || mode >= 2)
            blank(s, r, 0, s->cols);
}

/* Moves the cells from `col` on by n to the right (insert) or, n < 0, to the left (delete). */
static void shift_cells(struct screen *s, int n)
{
    int k = clamp(abs(n), 0, s->cols - s->col), rest = s->cols - s->col - k;
    char(*at)[SCREEN_CELL] = s->cell + s->row * s->cols + s->col;
    if (n > 0) {
        memmove(at + k, at, (size_t)rest * sizeof *at);
        blank(s, s->row, s->col, s->col + k);
    } else {
        memmove(at, at + k, (size_t)rest * sizeof *at);
        blank(s, s->row, s->col + rest, s->cols);
    }
}

static void control_sequence(struct screen *s, const char *params, char final)
{
    bool private = *params == '?' || *params == '>' || *params == '=';
    int p[2] = {-1, -1};
    if (!private) {
        const char *semi = strchr(params, ';');
        p[0] = *params && *params != ';' ? (int)strtol(params, NULL, 10) : -1;
        p[1] = semi && semi[1] ? (int)strtol(semi + 1, NULL, 10) : -1;
    }
    int n = p[0] > 0 ? p[0] : 1;
    switch (final) {
    case 'A':
        move_to(s, s->row - n, s->col);
        break;
    case 'B':
        move_to(s, s->row + n, s->col);
        break;
    case 'C':
        move_to(s, s->row, s->col + n);
        break;
    case 'D':
        move_to(s, s->row, s->col - n);
        break;
    case 'G':
        move_to(s, s->row, n - 1);
        break;
    case 'd':
        move_to(s, n - 1, s->col);
        break;
    case 'H':
    case 'f':
        move_to(s, n - 1, p[1] > 0 ? p[1] - 1 : 0);
        break;
    case 'J':
        erase_screen(s, p[0] < 0 ? 0 : p[0]);
        break;
    case 'K':
        erase_line(s, p[0] < 0 ? 0 : p[0]);
        break;
    case 'P':
        shift_cells(s, -n);
        break;
    case '@':
        shift_cells(s, n);
        break;
    case 'X':
        blank(s, s->row, s->col, s->col + n);
        break;
    case 'm':
    case 'h':
    case 'l':
    case 'r':
    case 'n':
    case 't':
    case 'q':
        break;
    default:
        s->cuts++;
    }
}

static void escape(struct screen *s, char c)
{
    switch (c) {
    case '7':
        s->saved_row = s->row, s->saved_col = s->col;
        break;
    case '8':
        move_to(s, s->saved_row, s->saved_col);
        break;
    case 'M':
        move_to(s, s->row - 1, s->col);
        break;
    case '=':
    case '>':
        break;
    default:
        s->cuts++;
    }
}

static void control(struct screen *s, char c)
{
    switch (c) {
    case '\n':
        line_feed(s), append(&s->plain, &s->plain_len, "\n", 1);
        break;
    case '\r':
        s->col = 0, s->wrap = 0;
        break;
    case '\b':
        move_to(s, s->row, s->col - 1);
        break;
    case '\t':
        move_to(s, s->row, (s->col / 8 + 1) * 8);
        break;
    default:
        break; /* bell and the like */
    }
}

/* Length of the sequence or character at the start of `h`, or 0 when more bytes are needed. */
static int unit_length(const char *h, int n)
{
    unsigned char c = (unsigned char)h[0];
    if (c != 0x1b) {
        int len = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        return n >= len ? len : 0;
    }
    if (n < 2)
        return 0;
    if (h[1] == '[') {
        for (int i = 2; i < n; i++)
            if (h[i] >= 0x40)
                return i + 1;
        return 0;
    }
    if (h[1] == ']') {
        for (int i = 2; i < n; i++)
            if (h[i] == '\a' || (h[i] == '\\' && h[i - 1] == 0x1b))
                return i + 1;
        return 0;
    }
    if (strchr("()*+", h[1]))
        return n >= 3 ? 3 : 0;
    return 2;
}

static void consume(struct screen *s, const char *h, int len)
{
    if (h[0] == 0x1b && h[1] == '[') {
        char params[sizeof s->held];
        memcpy(params, h + 2, (size_t)(len - 3));
        params[len - 3] = '\0';
        control_sequence(s, params, h[len - 1]);
    } else if (h[0] == 0x1b && len == 2) {
        escape(s, h[1]);
    } else if (h[0] == 0x1b) {
        return;
    } else if ((unsigned char)h[0] < 0x20 || h[0] == 0x7f) {
        control(s, h[0]);
    } else {
        utf8proc_int32_t code;
        bool good = utf8proc_iterate((const utf8proc_uint8_t *)h, len, &code) == len;
        put_char(s, good ? h : "?", good ? len : 1, good ? code : '?');
    }
}

void screen_write(struct screen *s, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        s->held[s->held_len++] = bytes[i];
        int len = unit_length(s->held, s->held_len);
        if (len > 0) {
            consume(s, s->held, len);
            s->held_len = 0;
        } else if (s->held_len == (int)sizeof s->held) {
            s->cuts++;
            s->held_len = 0;
        }
    }
}

void screen_resize(struct screen *s, int rows, int cols)
{
    struct screen old = *s;
    s->rows = rows;
    s->cols = cols;
    s->cell = need(calloc((size_t)rows * (size_t)cols, sizeof *s->cell));
    /* As a terminal does: when the cursor would be left below, lines go off at the top. */
    int up = old.row >= rows ? old.row - rows + 1 : 0;
    for (int r = 0; r < rows; r++) {
        blank(s, r, 0, cols);
        for (int c = 0; c < cols && c < old.cols && r + up < old.rows; c++)
            memcpy(cell_at(s, r, c), cell_at(&old, r + up, c), SCREEN_CELL);
    }
    free(old.cell);
    s->last_row = -1;
    move_to(s, old.row - up, old.col);
}
