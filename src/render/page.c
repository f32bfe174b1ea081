/* Pages of a whole session. What is outside text goes in through html_text or as JSON whose '<', '>'
 * and '&' are escaped, so that none of it can end the element it stands in. */
#include "render/page.h"

#include <math.h>
#include <string.h>

#include "html.h"

extern const char render_page_css[], render_page_js[];

static void add_json(struct str *out, const char *json, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strchr("<>&", json[i]) != NULL && json[i] != 0)
            str_addf(out, "\\u%04x", json[i]);
        else
            str_addc(out, json[i]);
}

static void add_color(struct str *out, double v, double unit, const struct style *st)
{
    unsigned char rgb[3];
    cell_color(rgb, v, unit, st->map);
    str_addf(out, "\"#%02x%02x%02x\"", rgb[0], rgb[1], rgb[2]);
}

/* The colours are those of pictures; the maps lie beside them. */
static void add_data(struct str *out, const struct data *data, const struct style *st)
{
    struct str json = STR_INIT;
    data_json(&json, data);
    str_add(out, "<script type=\"application/json\" id=\"data\">{\"colors\":[");
    for (int i = 0; i < 256; i++) {
        str_add(out, i ? "," : "");
        add_color(out, 0, i / 255.0, st);
    }
    str_add(out, "],\"masked\":");
    add_color(out, -INFINITY, 0, st);
    str_addf(out, ",\"rtl\":%s,\"report\":", st->axis_rtl ? "true" : "false");
    add_json(out, json.s, json.len);
    str_addf(out, "}</script>\n<script>\n%s</script>\n", render_page_js);
    str_release(&json);
}

/* `name`: of the section, escaped already. */
static void add_tree(struct str *out, const char *name, const struct page_branch *b, int n)
{
    int open = -1; /* depth of the innermost open list */
    for (int i = 0; i < n; i++) {
        for (; open > b[i].depth; open--)
            str_add(out, "</li></ul>");
        if (open == b[i].depth)
            str_add(out, "</li>\n");
        else if (open < 0)
            str_addf(out, "<ul class=\"tree\" aria-label=\"%s\">", name);
        else
            str_add(out, "<ul>");
        open = b[i].depth;
        str_add(out, b[i].strong ? "<li class=\"best\">" : "<li>");
        html_bdi(out, b[i].text, HTML_LETTERS);
        str_add(out, " <span class=\"dim\">");
        html_any(out, b[i].note);
        str_add(out, "</span>");
    }
    for (; open >= 0; open--)
        str_add(out, "</li></ul>");
    str_add(out, "\n");
}

static void add_section(struct str *out, const struct page_section *s, const struct style *st)
{
    if (s->maps)
        str_add(out, "<div id=\"explorer\" hidden></div>\n");
    add_tree(out, s->title, s->tree, s->ntree);
    if (s->fold != NULL) {
        str_add(out, "<details><summary>");
        html_any(out, s->fold);
        str_add(out, "</summary>\n");
    }
    str_add(out, s->unscripted ? "<noscript>\n" : "");
    for (const struct view *v = s->from; v != NULL && v != s->to; v = v->next)
        if (s->unscripted && v->kind == VIEW_HEAT) {
            str_add(out, "<figure class=\"scroll\" tabindex=\"0\">\n");
            svg_small(out, v, st);
            str_add(out, "</figure>\n");
        } else {
            html_view(out, v, s->fold != NULL ? s->fold : s->title, st);
        }
    str_add(out, s->unscripted ? "</noscript>\n" : "");
    str_add(out, s->fold != NULL ? "</details>\n" : "");
}

/* Only what lies in this file may be loaded, whatever a text in it says. */
static const char policy[] =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src "
    "data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action "
    "'none'\">\n";

void page_html(struct str *out, const struct caption *c, const struct page_section *s, int n,
               const struct data *data, const struct style *st)
{
    str_addf(out,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n%s<title>",
             policy);
    html_text(out, c->title, HTML_LETTERS);
    str_addf(out, "</title>\n<style>\n%s%s</style>\n</head>\n<body class=\"page\">\n<header>\n<h1>",
             render_html_css, render_page_css);
    html_any(out, c->title);
    str_add(out, "</h1>\n");
    for (int i = 0; i < c->nlines; i++) {
        str_add(out, "<p class=\"sentence\" dir=\"auto\">");
        html_any(out, c->lines[i]);
        str_add(out, "</p>\n");
    }
    str_add(out, "<nav aria-label=\"Sections\"><ul>\n");
    for (int i = 0; i < n; i++)
        if (!s[i].joins)
            str_addf(out, "<li><a href=\"#%s\">%s</a></li>\n", s[i].id, s[i].title);
    str_add(out, "</ul></nav>\n</header>\n<main>\n");
    for (int i = 0; i < n; i++) {
        if (!s[i].joins)
            str_addf(
                out,
                "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s</h2>\n",
                s[i].id, s[i].id, s[i].id, s[i].title);
        add_section(out, &s[i], st);
        if (i + 1 == n || !s[i + 1].joins)
            str_add(out, "</section>\n");
    }
    str_add(out, "</main>\n");
    if (data != NULL)
        add_data(out, data, st);
    str_add(out, "</body>\n</html>\n");
}
