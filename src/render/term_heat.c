/* Heat maps on a terminal: title, one map with its labels in column blocks, legend and key. */
#include "render/term.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "heat.h"

enum { INDEX = 4, INDEX_GAP = 2, MOST_CELLS = 80, MOST_THUMB = 40 };

static bool labels_fit(const struct picture *p)
{
    const struct grid *g = &p->grids[0];
    for (int i = 1; i < p->h->npanels; i++)
        if (p->grids[i].rows != g->rows || p->grids[i].kr != g->kr)
            return false;
    return g->kr == 1 && p->brush.band <= 2;
}

static int widest(const struct picture *p, const char *const *texts)
{
    int max = 0;
    for (int64_t r = 0; texts && r < p->grids[0].rows; r++) {
        int w = texts[r] ? term_text_width(texts[r], strlen(texts[r]), &p->st) : 0;
        max = w > max ? w : max;
    }
    return max;
}

static void measure(struct picture *p)
{
    char buf[32];
    int64_t last = p->h->row0;
    for (int i = 0; i < p->h->npanels; i++)
        if (p->h->row0 + p->grids[i].full_rows > last)
            last = p->h->row0 + p->grids[i].full_rows;
    int digits = snprintf(buf, sizeof buf, "%" PRId64, last);
    p->left = (digits > INDEX ? digits : INDEX) + INDEX_GAP;
    if (!labels_fit(p))
        return;
    p->labels = widest(p, p->h->row_labels);
    p->notes = widest(p, p->h->row_notes);
    int head =
        p->notes && p->h->note_head ? utf8_width(p->h->note_head, strlen(p->h->note_head)) : 0;
    if (head > p->notes)
        p->notes = head;
    if (p->st.width <= 0)
        return;
    /* A few columns must find room; then labels are cut and notes left out, in that order. */
    int spare = p->st.width - p->left - 4 * p->brush.pitch, most = p->st.width / 3;
    if (p->notes && spare - 3 - p->notes < 6)
        p->notes = 0;
    spare -= p->notes ? 3 + p->notes : 0;
    most = most > 8 ? most : 8;
    most = most < spare - 2 ? most : spare - 2;
    if (p->labels > most)
        p->labels = most > 1 ? most : 0;
}

int64_t heat_room(const struct picture *p)
{
    int64_t taken = p->left + (p->notes ? 3 + p->notes : 0) + (p->labels ? 2 + p->labels : 0);
    if (p->st.width <= 0)
        return INT64_MAX / 4;
    return p->st.width > taken + p->brush.pitch ? p->st.width - taken : p->brush.pitch;
}

void heat_index(struct str *out, const struct picture *p, int64_t row)
{
    char buf[32];
    bool opened = term_tone(out, TONE_DIM, &p->st);
    snprintf(buf, sizeof buf, "%*" PRId64, p->left - INDEX_GAP, p->h->row0 + row);
    term_digits(out, buf, &p->st);
    term_untone(out, opened);
    term_spaces(out, INDEX_GAP);
}

void heat_row_end(struct str *out, const struct picture *p, int64_t row)
{
    if (p->notes) {
        const char *note = p->h->row_notes[row] ? p->h->row_notes[row] : "";
        struct str s = STR_INIT;
        term_visible(&s, note, strlen(note));
        term_spaces(out, 3);
        term_digits(out, s.s, &p->st);
        term_spaces(out, p->notes - utf8_width(s.s, s.len));
        str_release(&s);
    }
    if (p->labels && p->h->row_labels[row]) {
        term_spaces(out, 2);
        term_text_fit(out, p->h->row_labels[row], strlen(p->h->row_labels[row]), p->labels, &p->st);
    }
}

static void draw_title(struct str *out, const struct picture *p)
{
    const struct heat *h = p->h;
    struct pack pack;
    struct str names = STR_INIT;
    pack_begin(&pack, out, &p->st, 0, "  ");
    if (h->title) {
        pack_add(&pack, h->title, TONE_SITE);
        pack.indent = 2;
    }
    if (h->row_name || h->col_name) {
        str_addf(&names, "rows: %s, columns: %s", h->row_name ? h->row_name : "index",
                 h->col_name ? h->col_name : "index");
        pack_add(&pack, names.s, TONE_PLAIN);
    }
    if (h->npanels == 1 && h->panels[0].title)
        pack_add(&pack, h->panels[0].title, TONE_PLAIN);
    pack.gap = "   ";
    if (h->npanels == 1 && h->panels[0].side)
        pack_add(&pack, h->panels[0].side, TONE_PLAIN);
    pack_end(&pack);
    str_release(&names);
}

static void draw_block_lines(struct str *out, const struct picture *p, int64_t from, int64_t to)
{
    const struct grid *g = &p->grids[0];
    size_t start = out->len;
    term_spaces(out, p->left);
    heat_header(out, p->h, &p->brush, g, from, to, p->mirror);
    if (p->notes && p->h->note_head)
        str_addf(out, "   %s", p->h->note_head);
    term_end_line(out, start);
    for (int64_t r = 0; r < g->rows; r += p->brush.band) {
        start = out->len;
        heat_index(out, p, r * g->kr);
        brush_line(out, &p->brush, &p->scale, g, r, from, to, p->mirror);
        heat_row_end(out, p, r);
        term_end_line(out, start);
    }
}

static void draw_block_title(struct str *out, const struct picture *p, int64_t from, int64_t to)
{
    const struct grid *g = &p->grids[0];
    struct str s = STR_INIT;
    char buf[128];
    int64_t last = to * g->kc < g->full_cols ? to * g->kc : g->full_cols;
    if (last - from * g->kc == 1)
        snprintf(buf, sizeof buf, "column %" PRId64 " of %" PRId64, p->h->col0 + last - 1,
                 g->full_cols);
    else
        snprintf(buf, sizeof buf, "columns %" PRId64 "-%" PRId64 " of %" PRId64,
                 p->h->col0 + from * g->kc, p->h->col0 + last - 1, g->full_cols);
    term_digits(&s, buf, &p->st);
    struct pack pack;
    pack_begin(&pack, out, &p->st, p->left, "");
    pack_add(&pack, s.s, TONE_DIM);
    pack_end(&pack);
    str_release(&s);
}

static void draw_single(struct str *out, struct picture *p)
{
    struct grid *g = &p->grids[0];
    struct brush *b = &p->brush;
    int64_t have = heat_room(p);
    if (b->draw == DRAW_RAMP && b->cell == 2) /* as airy as the width allows */
        b->pitch = g->cols <= have / 5 ? 5 : g->cols <= have / 3 ? 3 : 2;
    int64_t each = have / b->pitch * b->join;
    if (each >= g->cols) {
        draw_block_lines(out, p, 0, g->cols);
        return;
    }
    if (each > 10)
        each -= each % 10; /* blocks that begin with a round number */
    for (int64_t from = 0; from < g->cols; from += each) {
        int64_t to = from + each < g->cols ? from + each : g->cols;
        draw_block_title(out, p, from, to);
        draw_block_lines(out, p, from, to);
    }
}

/* The tokens of the columns, unless the rows have said them already. */
static void draw_key(struct str *out, const struct picture *p)
{
    const struct heat *h = p->h;
    const struct grid *g = &p->grids[0];
    bool same = h->row_labels && g->full_rows == g->full_cols, rtl = false;
    if (!h->col_labels || g->kc > 1)
        return;
    for (int64_t c = 0; c < g->cols; c++) {
        const char *s = h->col_labels[c];
        same = same && s && h->row_labels[c] && strcmp(s, h->row_labels[c]) == 0;
        rtl = rtl || (s && utf8_has_rtl(s, strlen(s)));
    }
    if (same)
        return;
    struct pack pack;
    pack_begin(&pack, out, &p->st, p->left, "  ");
    pack_add(&pack, "columns:", TONE_DIM);
    for (int64_t c = 0; c < g->cols; c++) {
        struct str s = STR_INIT;
        char index[32];
        const char *label = h->col_labels[c] ? h->col_labels[c] : "";
        if (rtl) /* one right-to-left field a line */
            pack_end(&pack);
        snprintf(index, sizeof index, rtl ? "%4" PRId64 "  " : "%" PRId64 " ", h->col0 + c);
        term_digits(&s, index, &p->st);
        int most = p->st.width > 0 ? p->st.width - p->left - utf8_width(s.s, s.len) : 24;
        term_text_fit(&s, label, strlen(label), most < 24 ? most : 24, &p->st);
        pack_raw(&pack, s.s, utf8_width(s.s, s.len));
        str_release(&s);
    }
    pack_end(&pack);
}

/* Pools what would be too large to see. Where a mode is set the user gets what was asked for. */
static void reduce(struct picture *p)
{
    bool thumb = p->h->npanels > 1;
    if (p->h->numbers || p->st.cells != CELLS_AUTO)
        return;
    for (int i = 0; i < p->h->npanels; i++) {
        int64_t most = thumb ? MOST_THUMB : MOST_CELLS;
        grid_pool(&p->grids[i], most, most);
    }
}

static void draw(struct str *out, struct picture *p)
{
    const struct heat *h = p->h;
    int n = h->npanels;
    int64_t rows = 0, cols = 0;
    reduce(p);
    const struct grid *coarse = &p->grids[0]; /* the one pooled most is what the legend tells of */
    for (int i = 0; i < n; i++) {
        rows = p->grids[i].rows > rows ? p->grids[i].rows : rows;
        cols = p->grids[i].cols > cols ? p->grids[i].cols : cols;
    }
    scale_make(&p->scale, h, p->grids, n);
    brush_make(&p->brush, h, &p->st, &p->scale, rows, cols, n > 1);
    measure(p);
    draw_title(out, p);
    if (n == 1)
        draw_single(out, p);
    else
        heat_panels(out, p);
    for (int i = 1; i < n; i++)
        if (p->grids[i].kr * p->grids[i].kc > coarse->kr * coarse->kc)
            coarse = &p->grids[i];
    heat_legend(out, h, &p->brush, &p->scale, coarse, p->mirror, p->left);
    draw_key(out, p);
}

void term_heat(struct str *out, const struct heat *h, const struct style *st)
{
    struct picture p = {.h = h, .st = *st, .mirror = st->axis_rtl && h->col_rtl};
    bool drawable = h->npanels > 0;
    if (h->cells != CELLS_AUTO)
        p.st.cells = (enum cells_mode)h->cells;
    bool no_pixels = p.st.cells == CELLS_PIXEL;
    if (no_pixels)
        p.st.cells = CELLS_AUTO;
    p.grids = mem_alloc(sizeof *p.grids * (size_t)(h->npanels + 1));
    for (int i = 0; i < h->npanels; i++)
        drawable = grid_make(&p.grids[i], &h->panels[i].t) && drawable;
    if (drawable) {
        draw(out, &p);
        if (no_pixels && st->tty)
            term_text_line(out,
                           "no pixels: the terminal offers none; set pixels sixel (kitty, iterm) "
                           "forces it",
                           TONE_DIM, st);
    } else {
        draw_title(out, &p);
        term_text_line(out, "a heat map needs values with two axes", TONE_DIM, st);
    }
    for (int i = 0; i < h->npanels; i++)
        grid_release(&p.grids[i]);
    free(p.grids);
}
