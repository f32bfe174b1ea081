/* Several heat maps as thumbnails side by side, in rows that fit the screen. */
#include <string.h>

#include "base/utf8.h"
#include "heat.h"

enum { PANEL_GAP = 3 };

/* Text in a field of that many cells. */
static void put_field(struct str *out, const char *s, int width, enum tone tone,
                      const struct style *st)
{
    struct str text = STR_INIT;
    term_text_fit(&text, s, strlen(s), width, st);
    bool opened = text.len && term_tone(out, tone, st);
    str_add(out, text.s);
    term_untone(out, opened);
    term_spaces(out, width - utf8_width(text.s, text.len));
    str_release(&text);
}

static int panel_width(const struct picture *p, int i)
{
    enum { MOST_TITLE = 32 };
    const struct heat_panel *panel = &p->h->panels[i];
    int64_t w = brush_cells(&p->brush, p->grids[i].cols), have = heat_room(p);
    int most = have < MOST_TITLE ? (int)have : MOST_TITLE;
    const char *const texts[] = {panel->title, panel->side};
    for (int k = 0; k < 2; k++) {
        int t = texts[k] ? term_text_width(texts[k], strlen(texts[k]), &p->st) : 0;
        t = t > most ? most : t;
        w = t > w ? t : w;
    }
    return (int)w;
}

/* A line of titles or side notes; nothing when no panel has one. */
static void draw_panel_texts(struct str *out, const struct picture *p, int from, int to, bool side)
{
    size_t start = out->len;
    bool any = false;
    term_spaces(out, p->left);
    for (int i = from; i < to; i++) {
        const char *s = side ? p->h->panels[i].side : p->h->panels[i].title;
        any = any || s;
        put_field(out, s ? s : "", panel_width(p, i), side ? TONE_PLAIN : TONE_STRONG, &p->st);
        term_spaces(out, PANEL_GAP);
    }
    if (any)
        term_end_line(out, start);
    else
        str_truncate(out, start);
}

static void draw_panel_row(struct str *out, const struct picture *p, int from, int to)
{
    int64_t rows = 0, kr = p->grids[from].kr;
    draw_panel_texts(out, p, from, to, false);
    size_t start = out->len;
    term_spaces(out, p->left);
    for (int i = from; i < to; i++) {
        const struct grid *g = &p->grids[i];
        heat_header(out, p->h, &p->brush, g, 0, g->cols, p->mirror);
        term_spaces(out, panel_width(p, i) - (int)brush_cells(&p->brush, g->cols) + PANEL_GAP);
        rows = g->rows > rows ? g->rows : rows;
    }
    term_end_line(out, start);
    for (int64_t r = 0; r < rows; r += p->brush.band) {
        start = out->len;
        heat_index(out, p, r * kr);
        for (int i = from; i < to; i++) {
            const struct grid *g = &p->grids[i];
            int pad = panel_width(p, i);
            if (r < g->rows) {
                brush_line(out, &p->brush, &p->scale, g, r, 0, g->cols, p->mirror);
                pad -= (int)brush_cells(&p->brush, g->cols);
            }
            term_spaces(out, pad + (i + 1 < to ? PANEL_GAP : 0));
        }
        heat_row_end(out, p, r);
        term_end_line(out, start);
    }
    draw_panel_texts(out, p, from, to, true);
}

/* Panels are not cut into blocks: one that is wider than the screen is pooled until it fits. */
static void squeeze(struct picture *p)
{
    int64_t have = heat_room(p) / p->brush.pitch * p->brush.join;
    for (int i = 0; i < p->h->npanels; i++)
        if (p->grids[i].cols > have)
            grid_pool(&p->grids[i], p->grids[i].full_rows, have);
}

void heat_panels(struct str *out, struct picture *p)
{
    int64_t have = heat_room(p);
    squeeze(p);
    for (int from = 0; from < p->h->npanels;) {
        int to = from;
        int64_t used = 0;
        while (to < p->h->npanels && (to == from || used + panel_width(p, to) <= have))
            used += panel_width(p, to++) + PANEL_GAP;
        draw_panel_row(out, p, from, to);
        from = to;
    }
}
