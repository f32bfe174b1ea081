/* Scenes as SVG, written by hand so that text stays text: it can be searched, copied and read
 * aloud, and the browser joins and turns its letters. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scene.h"

/* Cells with an element and a text each; where there are more, maps are images. */
enum { MOST_RECTS = 10000, TITLE_CELLS = 200 };

#define FONTS "system-ui,'DejaVu Sans','Noto Sans','Noto Sans Arabic',Vazirmatn,Tahoma,sans-serif"
#define MONO "ui-monospace,'DejaVu Sans Mono','Noto Sans Mono',monospace"

struct svg {
    struct str *out;
    bool within; /* a part of a page, whose colours hold */
    bool images; /* heat maps are images */
};

/* A number without the zeros at its end. */
static void add_number(struct str *out, double v)
{
    char buf[64];
    int n = snprintf(buf, sizeof buf, "%.2f", v);
    while (n > 0 && buf[n - 1] == '0')
        n--;
    if (n > 0 && buf[n - 1] == '.')
        n--;
    str_addn(out, strncmp(buf, "-0", (size_t)n) == 0 ? "0" : buf,
             strncmp(buf, "-0", (size_t)n) == 0 ? 1 : (size_t)n);
}

static void add_attribute(struct str *out, const char *name, double v)
{
    str_addf(out, " %s=\"", name);
    add_number(out, v);
    str_addc(out, '"');
}

static void add_rgb(struct str *out, const unsigned char rgb[3])
{
    str_addf(out, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

/* fill="#1a1a1a"; within a page the inks are its classes (html.css). */
static void add_paint(const struct svg *s, const char *attribute, const struct paint *p)
{
    static const char *const vars[INK_COUNT] = {
        [INK_TEXT] = "ink", [INK_DIM] = "dim",   [INK_FAINT] = "rule", [INK_GOOD] = "good",
        [INK_BAD] = "bad",  [INK_SITE] = "site", [INK_NUMBER] = "ink",
    };
    unsigned char rgb[3];
    paint_rgb(p, rgb);
    str_addf(s->out, " %s=\"", attribute);
    if (s->within && p->ink != INK_RGB) {
        str_addf(s->out, "var(--%s,", vars[p->ink]);
        add_rgb(s->out, rgb);
        str_addc(s->out, ')');
    } else {
        add_rgb(s->out, rgb);
    }
    str_addc(s->out, '"');
}

static void draw_rect(const struct svg *s, const struct item *i)
{
    str_add(s->out, "<rect");
    add_attribute(s->out, "x", i->x);
    add_attribute(s->out, "y", i->y);
    add_attribute(s->out, "width", i->w);
    add_attribute(s->out, "height", i->h);
    add_paint(s, "fill", &i->paint);
    str_add(s->out, "/>\n");
}

static void draw_path(const struct svg *s, const struct item *i)
{
    bool down = false;
    str_add(s->out, "<path fill=\"none\"");
    add_paint(s, "stroke", &i->paint);
    add_attribute(s->out, "stroke-width", i->stroke);
    if (i->stroke > 1)
        str_add(s->out, " stroke-linejoin=\"round\" stroke-linecap=\"round\"");
    str_add(s->out, " d=\"");
    for (int k = 0; k < i->npoints; k++) {
        double x = i->points[2 * k], y = i->points[2 * k + 1];
        if (isnan(y)) {
            down = false;
            continue;
        }
        str_addc(s->out, down ? 'L' : 'M');
        add_number(s->out, x);
        str_addc(s->out, ' ');
        add_number(s->out, y);
        down = true;
    }
    str_add(s->out, "\"/>\n");
}

static void draw_mark(const struct svg *s, const struct item *i)
{
    bool hollow = i->shape % 2;
    double r = 4;
    const double *p;
    int n = mark_shape(i->shape, &p);
    if (n == 0) {
        str_add(s->out, "<circle");
        add_attribute(s->out, "cx", i->x);
        add_attribute(s->out, "cy", i->y);
        add_attribute(s->out, "r", r);
    } else {
        str_add(s->out, "<path d=\"");
        for (int k = 0; k < n; k++) {
            str_addc(s->out, k ? 'L' : 'M');
            add_number(s->out, i->x + r * p[2 * k]);
            str_addc(s->out, ' ');
            add_number(s->out, i->y + r * p[2 * k + 1]);
        }
        str_add(s->out, "z\"");
    }
    if (hollow) {
        static const unsigned char white[3] = {255, 255, 255};
        struct paint paper = rgb_paint(white);
        if (s->within)
            str_add(s->out, " fill=\"var(--paper,#ffffff)\"");
        else
            add_paint(s, "fill", &paper);
        str_add(s->out, " stroke-width=\"1.5\"");
        add_paint(s, "stroke", &i->paint);
    } else {
        add_paint(s, "fill", &i->paint);
    }
    str_add(s->out, "/>\n");
}

/* ---- text ------------------------------------------------------------------------------------ */

static void draw_text(const struct svg *s, const struct item *i)
{
    bool rtl = item_is_rtl(i);
    enum side side = i->side;
    /* SVG's start and end follow the direction of the text, ours what one sees. */
    static const char *const anchors[2][3] = {{"start", "middle", "end"},
                                              {"end", "middle", "start"}};
    str_add(s->out, "<text");
    if (i->turn != 0) {
        str_add(s->out, " transform=\"translate(");
        add_number(s->out, i->x);
        str_addc(s->out, ' ');
        add_number(s->out, i->y);
        str_add(s->out, ") rotate(");
        add_number(s->out, -i->turn);
        str_add(s->out, ")\"");
    } else {
        add_attribute(s->out, "x", i->x);
        add_attribute(s->out, "y", i->y);
    }
    add_attribute(s->out, "font-size", i->size);
    if (side != SIDE_LEFT || rtl)
        str_addf(s->out, " text-anchor=\"%s\"", anchors[rtl][side]);
    if (rtl)
        str_add(s->out, " direction=\"rtl\" unicode-bidi=\"embed\"");
    if (i->mono)
        str_add(s->out, " font-family=\"" MONO "\"");
    str_add(s->out, " xml:space=\"preserve\"");
    bool one = i->nruns == 1;
    if (one) {
        add_paint(s, "fill", &i->runs[0].paint);
        if (i->runs[0].bold)
            str_add(s->out, " font-weight=\"bold\"");
    }
    str_addc(s->out, '>');
    for (int k = 0; k < i->nruns; k++) {
        const struct run_of_text *r = &i->runs[k];
        bool isolate = !one && (i->dir != DIR_AUTO || term_needs_bidi(r->text, strlen(r->text)));
        /* A part of a paragraph continues it; code runs from left to right in any case. */
        isolate = isolate && (i->dir == DIR_AUTO || r->mono);
        if (!one) {
            str_add(s->out, "<tspan");
            add_paint(s, "fill", &r->paint);
            if (r->bold)
                str_add(s->out, " font-weight=\"bold\"");
            if (r->mono)
                str_add(s->out, " font-family=\"" MONO "\"");
            str_addc(s->out, '>');
        }
        /* Isolates of Unicode: what is in one run moves nothing in the next. */
        str_add(s->out, !isolate ? "" : r->mono ? "\u2066" : "\u2068");
        html_text(s->out, r->text, 0);
        str_add(s->out, isolate ? "\u2069" : "");
        if (!one)
            str_add(s->out, "</tspan>");
    }
    str_add(s->out, "</text>\n");
}

/* ---- cells ----------------------------------------------------------------------------------- */

static void draw_rects(const struct svg *s, const struct item *i)
{
    const struct cells *c = &i->cells;
    double w = i->w / (double)c->cols, h = i->h / (double)c->rows;
    str_add(s->out, "<g shape-rendering=\"crispEdges\">\n");
    for (int64_t r = 0; r < c->rows; r++)
        for (int64_t k = 0; k < c->cols; k++) {
            str_add(s->out, "<rect");
            add_attribute(s->out, "x", i->x + (double)k * w);
            add_attribute(s->out, "y", i->y + (double)r * h);
            add_attribute(s->out, "width", w);
            add_attribute(s->out, "height", h);
            str_add(s->out, " fill=\"");
            add_rgb(s->out, c->rgb + 3 * (r * c->cols + k));
            if (c->heat == NULL) {
                str_add(s->out, "\"/>\n");
                continue;
            }
            struct str tip = STR_INIT;
            cell_tip(&tip, c->heat, c->grid, r, c->mirror ? c->cols - 1 - k : k);
            str_add(s->out, "\"><title>");
            str_add(s->out, tip.s);
            str_add(s->out, "</title></rect>\n");
            str_release(&tip);
        }
    str_add(s->out, "</g>\n");
}

static void draw_image(const struct svg *s, const struct item *i)
{
    struct str png = STR_INIT;
    struct err e = ERR_INIT;
    if (!png_encode(&png, i->cells.rgb, i->cells.cols, i->cells.rows, &e)) {
        str_release(&png);
        return;
    }
    str_add(s->out, "<image");
    add_attribute(s->out, "x", i->x);
    add_attribute(s->out, "y", i->y);
    add_attribute(s->out, "width", i->w);
    add_attribute(s->out, "height", i->h);
    str_add(s->out, " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
                    "href=\"data:image/png;base64,");
    base64_encode(s->out, png.s, png.len);
    str_add(s->out, "\"/>\n");
    str_release(&png);
}

/* ---- documents ------------------------------------------------------------------------------- */

static void draw(const struct svg *s, const struct scene *scene, const char *title)
{
    struct str *out = s->out;
    str_add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    add_attribute(out, "width", scene->w);
    add_attribute(out, "height", scene->h);
    str_add(out, " viewBox=\"0 0 ");
    add_number(out, scene->w);
    str_addc(out, ' ');
    add_number(out, scene->h);
    str_add(out, "\" role=\"img\" font-family=\"" FONTS "\">\n");
    if (title && *title) {
        str_add(out, "<title>");
        html_text(out, title, TITLE_CELLS);
        str_add(out, "</title>\n");
    }
    if (!s->within)
        str_add(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (const struct item *i = scene->first; i; i = i->next)
        switch (i->kind) {
        case ITEM_RECT:
            draw_rect(s, i);
            break;
        case ITEM_PATH:
            draw_path(s, i);
            break;
        case ITEM_MARK:
            draw_mark(s, i);
            break;
        case ITEM_TEXT:
            draw_text(s, i);
            break;
        case ITEM_CELLS:
            if (!s->images)
                draw_rects(s, i);
            else
                draw_image(s, i);
            break;
        }
    str_add(out, "</svg>\n");
}

/* What a view is called: its title, as the name of the picture for those who do not see it. */
static const char *view_title(const struct view *v)
{
    switch (v->kind) {
    case VIEW_TABLE:
        return v->u.table.title;
    case VIEW_HEAT:
        return v->u.heat.title;
    case VIEW_BARS:
        return v->u.bars.title;
    case VIEW_PLOT:
        return v->u.plot.title;
    default:
        return NULL;
    }
}

void picture_svg(struct str *out, const struct view *v, const struct caption *c,
                 const struct style *st)
{
    struct scene scene;
    scene_make(&scene, v, false, c, st);
    str_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    draw(&(struct svg){out, false, scene.ncells > MOST_RECTS}, &scene,
         c && c->title ? c->title
         : v           ? view_title(v)
                       : NULL);
    scene_release(&scene);
}

static void draw_one(struct str *out, const struct view *v, const struct style *st, bool small)
{
    struct scene scene;
    scene_make(&scene, v, true, NULL, st);
    draw(&(struct svg){out, true, small || scene.ncells > MOST_RECTS}, &scene, view_title(v));
    scene_release(&scene);
}

void svg_view(struct str *out, const struct view *v, const struct style *st)
{
    draw_one(out, v, st, false);
}

void svg_small(struct str *out, const struct view *v, const struct style *st)
{
    draw_one(out, v, st, true);
}
