/* Heat maps as HTML tables: headers are the tokens, every cell says its weight to people who do not
 * see it and on hovering. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "html.h"

enum { NUMBERED = 16, LABEL = 40, TALL = 6, DENSE = 24 }; /* the last two as in page.js */

int64_t html_heat_cells(const struct heat *h)
{
    int64_t sum = 0;
    for (int i = 0; i < h->npanels; i++) {
        struct grid g;
        if (!grid_make(&g, &h->panels[i].t) || g.rows > HTML_CELLS || g.cols > HTML_CELLS)
            return INT64_MAX;
        sum += g.rows * g.cols;
    }
    return h->npanels > 0 ? sum : INT64_MAX;
}

struct page_map {
    const struct heat *h;
    const struct style *st;
    struct scale scale;
    bool mirror, numbers;
};

static void add_header(struct str *out, const struct page_map *m, const char *const *labels,
                       int64_t first, int64_t i, const char *scope)
{
    char buf[32];
    snprintf(buf, sizeof buf, "%" PRId64, first + i);
    str_addf(out, "<th scope=\"%s\">", scope);
    if (labels && labels[i]) {
        html_bdi(out, labels[i], LABEL);
        str_add(out, strcmp(scope, "row") == 0 ? " " : "<br>");
    }
    str_add(out, "<span class=\"dim\">");
    html_digits(out, buf, m->st);
    str_add(out, "</span></th>");
}

static void add_cell(struct str *out, const struct page_map *m, const struct grid *g, int64_t r,
                     int64_t c)
{
    double v = grid_at(g, r, c);
    unsigned char rgb[3];
    struct str number = STR_INIT;
    cell_color(rgb, v, isfinite(v) ? scale_unit(&m->scale, g, r, v) : 0, m->st->map);
    if (isinf(v) && v < 0)
        str_add(&number, "masked");
    else
        term_number(&number, v == 0 ? 0 : v, heat_number_format(m->scale.most), m->st);
    bool hide = !m->numbers || (isinf(v) && v < 0);
    str_addf(out, "<td style=\"background:#%02x%02x%02x;color:%s\" title=\"", rgb[0], rgb[1],
             rgb[2], colormap_lightness(rgb) > 49.5 ? "#000" : "#fff");
    cell_tip(out, m->h, g, r, c);
    str_addf(out, hide ? "\"><span class=\"hide\">%s</span></td>" : "\">%s</td>", number.s);
    str_release(&number);
}

static void add_panel(struct str *out, const struct page_map *m, const struct grid *g, int panel)
{
    const struct heat *h = m->h;
    const char *parts[] = {h->panels[panel].title, h->panels[panel].side};
    str_addf(out, "<table class=\"map%s%s%s\" style=\"--columns:%" PRId64 "\">\n<caption>",
             m->numbers ? "" : " small", g->cols > TALL ? " tall" : "",
             g->cols > DENSE ? " dense" : "", g->cols);
    for (int i = 0; i < 2; i++)
        if (parts[i]) {
            str_add(out, i ? " <span class=\"dim\">" : "");
            html_any(out, parts[i]);
            str_add(out, i ? "</span>" : "");
        }
    str_add(out, "</caption>\n<thead><tr><td></td>");
    for (int64_t i = 0; i < g->cols; i++)
        add_header(out, m, h->col_labels, h->col0, m->mirror ? g->cols - 1 - i : i, "col");
    if (h->row_notes) {
        str_add(out, "<th scope=\"col\" class=\"note\">");
        html_any(out, h->note_head ? h->note_head : "");
        str_add(out, "</th>");
    }
    str_add(out, "</tr></thead>\n<tbody>\n");
    for (int64_t r = 0; r < g->rows; r++) {
        str_add(out, "<tr>");
        add_header(out, m, h->row_labels, h->row0, r, "row");
        for (int64_t i = 0; i < g->cols; i++)
            add_cell(out, m, g, r, m->mirror ? g->cols - 1 - i : i);
        if (h->row_notes) {
            str_add(out, "<td class=\"note\">");
            html_any(out, h->row_notes[r] ? h->row_notes[r] : "");
            str_add(out, "</td>");
        }
        str_add(out, "</tr>\n");
    }
    str_add(out, "</tbody></table>\n");
}

static void add_sign(struct str *out, const struct page_map *m, double v, const char *name)
{
    unsigned char rgb[3];
    cell_color(rgb, v, 0, m->st->map);
    str_addf(out, "<span><i class=\"sign\" style=\"background:#%02x%02x%02x\"></i> %s</span>",
             rgb[0], rgb[1], rgb[2], name);
}

static void add_legend(struct str *out, const struct page_map *m)
{
    enum { STOPS = 16 };
    const struct scale *s = &m->scale;
    bool ends = s->kind != SCALE_ROW;
    str_add(out, "<p class=\"legend\"><span>");
    if (ends)
        term_number(out, s->lo, "%.3g", m->st);
    str_add(out, "</span><i style=\"background:linear-gradient(90deg");
    for (int i = 0; i <= STOPS; i++) {
        unsigned char rgb[3];
        colormap_rgb(m->st->map, (double)i / STOPS, rgb);
        str_addf(out, ",#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    }
    str_add(out, ")\"></i><span>");
    if (ends)
        term_number(out, s->hi, "%.3g", m->st);
    str_add(out, "</span><span>");
    scale_words(out, s);
    str_add(out, "</span>");
    if (s->masked)
        add_sign(out, m, -INFINITY, "masked");
    if (s->nan)
        add_sign(out, m, NAN, "NaN");
    if (s->inf)
        add_sign(out, m, INFINITY, "+inf");
    if (m->mirror)
        str_add(out, "<span>columns run from right to left</span>");
    str_add(out, "</p>\n");
}

void html_heat(struct str *out, const struct heat *h, const struct style *st)
{
    struct arena a = ARENA_INIT;
    struct style logical = *st;
    logical.tty = false;
    struct page_map m = {.h = h, .st = &logical, .mirror = st->axis_rtl && h->col_rtl};
    struct grid *g = arena_alloc(&a, sizeof *g * (size_t)h->npanels);
    int64_t cols = 0;
    for (int i = 0; i < h->npanels; i++) {
        grid_make(&g[i], &h->panels[i].t);
        cols = g[i].cols > cols ? g[i].cols : cols;
    }
    scale_make(&m.scale, h, g, h->npanels);
    m.numbers = h->numbers || (h->npanels == 1 && cols <= NUMBERED);
    str_add(out, "<figure>\n<figcaption>");
    html_any(out, h->title ? h->title : "");
    if (h->row_name || h->col_name) {
        str_add(out, " <span class=\"dim\">rows: ");
        html_any(out, h->row_name ? h->row_name : "index");
        str_add(out, ", columns: ");
        html_any(out, h->col_name ? h->col_name : "index");
        str_add(out, "</span>");
    }
    str_add(out, "</figcaption>\n<div class=\"panels\">\n");
    for (int i = 0; i < h->npanels; i++) {
        str_add(out, "<div class=\"scroll\" tabindex=\"0\">\n");
        add_panel(out, &m, &g[i], i);
        str_add(out, "</div>\n");
        grid_release(&g[i]);
    }
    str_add(out, "</div>\n");
    add_legend(out, &m);
    str_add(out, "</figure>\n");
    arena_release(&a);
}
