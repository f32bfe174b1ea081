/* Views as HTML that reads without scripts: headings, tables with headers, labels of cells, each
 * token an element with its own direction; light and dark, narrow and wide, screen and paper. */
#include <math.h>
#include <string.h>

#include "html.h"
#include "table.h"

static const char *class_of(enum tone t)
{
    static const char *const classes[] = {
        [TONE_PLAIN] = "",  [TONE_DIM] = "dim",   [TONE_STRONG] = "strong", [TONE_GOOD] = "good",
        [TONE_BAD] = "bad", [TONE_SITE] = "site", [TONE_NUMBER] = "",       [TONE_ERROR] = "bad",
    };
    return classes[t];
}

void html_digits(struct str *out, const char *text, const struct style *st)
{
    term_digits(out, text, st);
}

/* Text that may be of any direction gets an element of its own. */
void html_any(struct str *out, const char *s)
{
    if (term_needs_bidi(s, strlen(s)))
        html_bdi(out, s, HTML_LETTERS);
    else
        html_text(out, s, HTML_LETTERS);
}

static void draw_line(struct str *out, const struct span *spans, int n)
{
    str_add(out, "<p>");
    for (int i = 0; i < n; i++) {
        const char *class = class_of(spans[i].tone);
        if (*class)
            str_addf(out, "<span class=\"%s\">", class);
        html_any(out, spans[i].s ? spans[i].s : "");
        str_add(out, *class ? "</span>" : "");
    }
    str_add(out, "</p>\n");
}

static void draw_pre(struct str *out, const char *text)
{
    str_add(out, "<pre>");
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        struct str s = STR_INIT;
        for (size_t i = 0; i < n; i++)
            if (line[i] == '\t')
                str_repeat(&s, " ", (int)(8 - s.len % 8));
            else
                str_addc(&s, line[i]);
        html_any(out, s.s);
        str_addc(out, '\n');
        str_release(&s);
        line += n + (line[n] == '\n');
    }
    str_add(out, "</pre>\n");
}

static void draw_paragraph(struct str *out, const struct paragraph *p)
{
    const char *class = class_of(p->tone);
    bool code = false;
    str_addf(out, "<p dir=\"%s\"", text_is_rtl(p->text) ? "rtl" : "ltr");
    if (*class)
        str_addf(out, " class=\"%s\"", class);
    if (p->indent)
        str_addf(out, " style=\"margin-inline-start:%dch\"", p->indent);
    str_addc(out, '>');
    for (const char *at = p->text; *at; code = !code) {
        struct str part = STR_INIT;
        size_t n = strcspn(at, "`");
        str_addn(&part, at, n);
        str_add(out, code ? "<code dir=\"ltr\">" : "");
        html_text(out, part.s, HTML_LETTERS);
        str_add(out, code ? "</code>" : "");
        str_release(&part);
        at += n + (at[n] == '`');
    }
    str_add(out, "</p>\n");
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void draw_bar(struct str *out, double fraction)
{
    double part = fabs(fraction) < 1 ? fabs(fraction) : 1;
    if (!isnan(fraction))
        str_addf(out,
                 "<span class=\"bar\" aria-hidden=\"true\"><i%s style=\"width:%.1f%%\"></i></span>",
                 fraction < 0 ? " class=\"minus\"" : "", 100 * part);
}

static void draw_cell(struct str *out, const struct cell *c, bool right, const struct style *st)
{
    const char *class = class_of(c->tone);
    bool number = right || c->kind == CELL_INT || c->kind == CELL_NUM;
    str_add(out, "<td");
    if (number || *class)
        str_addf(out, " class=\"%s%s%s\"", number ? "num" : "", number && *class ? " " : "", class);
    str_addc(out, '>');
    if (c->kind == CELL_BAR) {
        draw_bar(out, c->d);
    } else if (c->kind == CELL_STR) {
        html_any(out, c->s ? c->s : "");
    } else {
        struct str text = STR_INIT;
        table_cell(&text, c, 0, st);
        str_add(out, text.s);
        str_release(&text);
    }
    str_add(out, "</td>");
}

/* Wide ones are scrolled in a box of their own, also with keys; `name` is said of it by readers. */
static void open_table(struct str *out, const char *title, const char *name)
{
    str_add(out, "<div class=\"scroll\" tabindex=\"0\"><table");
    if (!title && name) {
        str_add(out, " aria-label=\"");
        html_text(out, name, HTML_LETTERS);
        str_addc(out, '"');
    }
    str_add(out, ">\n");
    if (title) {
        str_add(out, "<caption>");
        html_any(out, title);
        str_add(out, "</caption>\n");
    }
}

static void draw_table(struct str *out, const struct table *t, const char *name,
                       const struct style *style)
{
    struct style st = *style;
    bool heads = false;
    st.mode = MODE_PLAIN;
    st.tty = false;
    open_table(out, t->title, name);
    for (int c = 0; c < t->ncols; c++)
        heads = heads || *t->cols[c].head;
    if (heads) {
        str_add(out, "<thead><tr>");
        for (int c = 0; c < t->ncols; c++) {
            str_addf(out, *t->cols[c].head ? "<th scope=\"col\"%s>" : "<td%s>",
                     t->cols[c].right ? " class=\"num\"" : "");
            html_any(out, t->cols[c].head);
            str_add(out, *t->cols[c].head ? "</th>" : "</td>");
        }
        str_add(out, "</tr></thead>\n");
    }
    str_add(out, "<tbody>\n");
    for (size_t r = 0; r < t->nrows; r++) {
        str_add(out, "<tr>");
        for (int c = 0; c < t->ncols; c++)
            draw_cell(out, table_at(t, r, c), t->cols[c].right, &st);
        str_add(out, "</tr>\n");
    }
    str_add(out, "</tbody></table></div>\n");
    if (t->footer)
        draw_line(out, &(struct span){TONE_DIM, t->footer}, 1);
}

static void draw_bars(struct str *out, const struct bars *b, const char *name,
                      const struct style *st)
{
    enum { COLS = 3 };
    double max = bars_most(b);
    const char *fmt = max >= 10000 || max < 0.01 ? "%.3g" : "%.3f";
    open_table(out, b->title, name);
    str_add(out, "<tbody>\n");
    for (int i = 0; i < b->n; i++) {
        struct cell number = {.kind = CELL_NUM, .d = b->values[i], .fmt = fmt};
        struct cell bar = {.kind = CELL_BAR, .d = b->values[i] / max};
        struct str index = STR_INIT;
        str_addf(&index, "%d", i);
        str_add(out, "<tr><th scope=\"row\">");
        if (b->labels && b->labels[i])
            html_any(out, b->labels[i]);
        else
            html_digits(out, index.s, st);
        str_add(out, "</th>");
        str_release(&index);
        draw_cell(out, &number, true, st);
        if (b->unit) {
            str_add(out, "<td>");
            html_any(out, b->unit);
            str_add(out, "</td>");
        }
        draw_cell(out, &bar, false, st);
        str_add(out, "</tr>\n");
    }
    str_add(out, "</tbody></table></div>\n");
}

/* ---- all kinds ------------------------------------------------------------------------------- */

void html_view(struct str *out, const struct view *v, const char *name, const struct style *st)
{
    switch (v->kind) {
    case VIEW_LINE:
        draw_line(out, v->u.line.spans, v->u.line.n);
        break;
    case VIEW_TEXT:
        draw_pre(out, v->u.text);
        break;
    case VIEW_PARAGRAPH:
        draw_paragraph(out, &v->u.paragraph);
        break;
    case VIEW_TABLE:
        draw_table(out, &v->u.table, name, st);
        break;
    case VIEW_HEAT:
        if (html_heat_cells(&v->u.heat) <= HTML_CELLS) {
            html_heat(out, &v->u.heat, st);
            break;
        }
        str_add(out, "<figure class=\"scroll\" tabindex=\"0\">\n");
        svg_view(out, v, st);
        str_add(out, "</figure>\n");
        break;
    case VIEW_BARS:
        draw_bars(out, &v->u.bars, name, st);
        break;
    case VIEW_PLOT:
        str_add(out, "<figure>\n");
        svg_view(out, v, st);
        str_add(out, "</figure>\n");
        break;
    }
}

void picture_html(struct str *out, const struct view *v, const struct caption *c,
                  const struct style *st)
{
    const char *title = c && c->title ? c->title : "rasad";
    str_add(out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>");
    html_text(out, title, HTML_LETTERS);
    str_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>", render_html_css);
    html_any(out, title);
    str_add(out, "</h1>\n");
    for (int i = 0; c && i < c->nlines; i++)
        draw_line(out, &(struct span){TONE_PLAIN, c->lines[i]}, 1);
    for (; v; v = v->next)
        html_view(out, v, title, st);
    str_add(out, "</main>\n</body>\n</html>\n");
}
