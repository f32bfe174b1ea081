/* Scenes as PNG through Cairo and Pango, which join and turn the letters of every script. Cells of
 * heat maps are written as pixels. */
#include <cairo.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pixels.h"

#define FONTS "DejaVu Sans,Noto Sans,Noto Sans Arabic,Vazirmatn,sans-serif"
#define MONO "DejaVu Sans Mono,Noto Sans Mono,monospace"
enum { MOST_PIXELS = 100000000, TWICE_PIXELS = 40000000, MOST_SIDE = 32000 };

struct painter {
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoLayout *layout;
    PangoFontDescription *font;
    double scale; /* pixels a unit */
    int tofu;
};

static void set_paint(struct painter *p, const struct paint *paint)
{
    unsigned char rgb[3];
    paint_rgb(paint, rgb);
    cairo_set_source_rgb(p->cr, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
}

static void draw_path(struct painter *p, const struct item *i)
{
    bool down = false;
    for (int k = 0; k < i->npoints; k++) {
        double x = i->points[2 * k], y = i->points[2 * k + 1];
        if (isnan(y))
            down = false;
        else if (down)
            cairo_line_to(p->cr, x, y);
        else
            cairo_move_to(p->cr, x, y);
        down = !isnan(y);
    }
    set_paint(p, &i->paint);
    cairo_set_line_width(p->cr, i->stroke);
    cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(p->cr, i->stroke > 1 ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_stroke(p->cr);
}

static void draw_mark(struct painter *p, const struct item *i)
{
    const double *corner;
    int n = mark_shape(i->shape, &corner);
    double r = 4;
    cairo_new_path(p->cr);
    if (n == 0)
        cairo_arc(p->cr, i->x, i->y, r, 0, 2 * G_PI);
    for (int k = 0; k < n; k++)
        cairo_line_to(p->cr, i->x + r * corner[2 * k], i->y + r * corner[2 * k + 1]);
    cairo_close_path(p->cr);
    if (i->shape % 2) {
        cairo_set_source_rgb(p->cr, 1, 1, 1);
        cairo_fill_preserve(p->cr);
        set_paint(p, &i->paint);
        cairo_set_line_width(p->cr, 1.5);
        cairo_stroke(p->cr);
    } else {
        set_paint(p, &i->paint);
        cairo_fill(p->cr);
    }
}

/* ---- text ------------------------------------------------------------------------------------ */

/* All runs as one paragraph with colours and weights; those of another direction are isolated. */
static void set_layout(struct painter *p, const struct item *i)
{
    struct str text = STR_INIT;
    PangoAttrList *list = pango_attr_list_new();
    for (int k = 0; k < i->nruns; k++) {
        const struct run_of_text *r = &i->runs[k];
        bool isolate = i->dir == DIR_AUTO
                           ? i->nruns > 1 && term_needs_bidi(r->text, strlen(r->text))
                           : r->mono;
        unsigned char rgb[3];
        guint from = (guint)text.len;
        str_add(&text, !isolate ? "" : r->mono ? "\u2066" : "\u2068");
        str_add(&text, r->text);
        str_add(&text, isolate ? "\u2069" : "");
        paint_rgb(&r->paint, rgb);
        PangoAttribute *a[] = {
            pango_attr_foreground_new((guint16)(rgb[0] * 257), (guint16)(rgb[1] * 257),
                                      (guint16)(rgb[2] * 257)),
            pango_attr_weight_new(r->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL),
            r->mono ? pango_attr_family_new(MONO) : NULL};
        for (int j = 0; j < 3 && a[j]; j++) {
            a[j]->start_index = from;
            a[j]->end_index = (guint)text.len;
            pango_attr_list_insert(list, a[j]);
        }
    }
    pango_font_description_set_family_static(p->font, i->mono ? MONO : FONTS);
    pango_font_description_set_absolute_size(p->font, i->size * PANGO_SCALE);
    pango_layout_set_font_description(p->layout, p->font);
    pango_layout_set_auto_dir(p->layout, i->dir == DIR_AUTO);
    pango_context_set_base_dir(pango_layout_get_context(p->layout),
                               i->dir == DIR_RTL ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_layout_set_text(p->layout, text.s, (int)text.len);
    pango_layout_set_attributes(p->layout, list);
    pango_attr_list_unref(list);
    str_release(&text);
}

static void draw_text(struct painter *p, const struct item *i)
{
    PangoRectangle logical;
    pango_layout_set_width(p->layout, -1);
    set_layout(p, i);
    pango_layout_get_extents(p->layout, NULL, &logical);
    double w = (double)logical.width / PANGO_SCALE;
    /* Where this machine's letters are wider than was thought, they are cut to their room. */
    if (i->w > 0 && w > i->w + 8) {
        pango_layout_set_width(p->layout, (int)((i->w + 8) * PANGO_SCALE));
        pango_layout_set_ellipsize(p->layout, PANGO_ELLIPSIZE_END);
        pango_layout_get_extents(p->layout, NULL, &logical);
        w = (double)logical.width / PANGO_SCALE;
    }
    double x = (double)logical.x / PANGO_SCALE;
    x = -x - (i->side == SIDE_LEFT ? 0 : i->side == SIDE_CENTER ? w / 2 : w);
    p->tofu += pango_layout_get_unknown_glyphs_count(p->layout);
    cairo_save(p->cr);
    cairo_translate(p->cr, i->x, i->y);
    cairo_rotate(p->cr, -i->turn * G_PI / 180);
    cairo_move_to(p->cr, x, -(double)pango_layout_get_baseline(p->layout) / PANGO_SCALE);
    pango_cairo_show_layout(p->cr, p->layout);
    cairo_restore(p->cr);
    cairo_new_path(p->cr);
}

/* ---- cells ----------------------------------------------------------------------------------- */

static int64_t at_most(int64_t v, int64_t most)
{
    return v < 0 ? 0 : v > most ? most : v;
}

static void draw_cells(struct painter *p, const struct item *i)
{
    const struct cells *c = &i->cells;
    cairo_surface_flush(p->surface);
    unsigned char *data = cairo_image_surface_get_data(p->surface);
    int stride = cairo_image_surface_get_stride(p->surface);
    int64_t x0 = at_most(llround(i->x * p->scale), cairo_image_surface_get_width(p->surface));
    int64_t y0 = at_most(llround(i->y * p->scale), cairo_image_surface_get_height(p->surface));
    int64_t x1 =
        at_most(llround((i->x + i->w) * p->scale), cairo_image_surface_get_width(p->surface));
    int64_t y1 =
        at_most(llround((i->y + i->h) * p->scale), cairo_image_surface_get_height(p->surface));
    int64_t w = x1 - x0, h = y1 - y0;
    if (w <= 0 || h <= 0)
        return;
#pragma omp parallel for schedule(static) if (w * h > 100000)
    for (int64_t y = 0; y < h; y++) {
        const unsigned char *row = c->rgb + 3 * c->cols * (y * c->rows / h);
        uint32_t *to = (uint32_t *)(void *)(data + (y0 + y) * stride) + x0;
        for (int64_t x = 0; x < w; x++) {
            const unsigned char *rgb = row + 3 * (w == c->cols ? x : x * c->cols / w);
            to[x] = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
        }
    }
    cairo_surface_mark_dirty(p->surface);
}

static void draw(struct painter *p, const struct scene *s)
{
    cairo_scale(p->cr, p->scale, p->scale);
    cairo_set_source_rgb(p->cr, 1, 1, 1);
    cairo_paint(p->cr);
    for (const struct item *i = s->first; i; i = i->next)
        switch (i->kind) {
        case ITEM_RECT:
            set_paint(p, &i->paint);
            cairo_rectangle(p->cr, i->x, i->y, i->w, i->h);
            cairo_fill(p->cr);
            break;
        case ITEM_PATH:
            draw_path(p, i);
            break;
        case ITEM_MARK:
            draw_mark(p, i);
            break;
        case ITEM_TEXT:
            draw_text(p, i);
            break;
        case ITEM_CELLS:
            draw_cells(p, i);
            break;
        }
}

/* ---- documents ------------------------------------------------------------------------------- */

/* Pango ends the program when it finds no font at all. */
static bool has_font(struct painter *p)
{
    pango_font_description_set_family_static(p->font, FONTS);
    PangoContext *context = pango_layout_get_context(p->layout);
    PangoFont *f = pango_font_map_load_font(pango_cairo_font_map_get_default(), context, p->font);
    if (f)
        g_object_unref(f);
    return f != NULL;
}

/* At p->scale pixels a unit. */
static bool open_painter(struct painter *p, const struct scene *s, struct err *e)
{
    double pixels = s->w * s->h;
    if (pixels > MOST_PIXELS || fmax(s->w, s->h) > MOST_SIDE) {
        err_set(e, ERR_COMMAND, "a picture of %.0f x %.0f pixels is too large for a PNG", s->w,
                s->h);
        return err_hint(e, "take a part of it, or write .svg or .html");
    }
    p->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(s->w * p->scale),
                                            (int)(s->h * p->scale));
    p->cr = cairo_create(p->surface);
    if (cairo_status(p->cr) != CAIRO_STATUS_SUCCESS)
        return err_memory(e, (size_t)(pixels * p->scale * p->scale * 4), "the picture");
    p->layout = pango_cairo_create_layout(p->cr);
    /* Letters where they belong, not on whole pixels: widths are then those of any size. */
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(pango_layout_get_context(p->layout), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(pango_layout_get_context(p->layout), FALSE);
    p->font = pango_font_description_new();
    pango_layout_set_single_paragraph_mode(p->layout, TRUE);
    if (has_font(p))
        return true;
    err_set(e, ERR_COMMAND, "this machine has no font to draw letters with");
    return err_hint(e,
                    "install one (fonts-dejavu-core has Latin and Arabic), or write .svg or .html");
}

static void close_painter(struct painter *p)
{
    if (p->layout)
        g_object_unref(p->layout);
    if (p->font)
        pango_font_description_free(p->font);
    cairo_destroy(p->cr);
    cairo_surface_destroy(p->surface);
}

static void surface_row(const void *ud, int64_t y, unsigned char *rgb)
{
    cairo_surface_t *surface = (cairo_surface_t *)ud;
    const unsigned char *data = cairo_image_surface_get_data(surface);
    const uint32_t *row =
        (const uint32_t *)(const void *)(data + y * cairo_image_surface_get_stride(surface));
    int w = cairo_image_surface_get_width(surface);
    for (int x = 0; x < w; x++) {
        *rgb++ = (unsigned char)(row[x] >> 16);
        *rgb++ = (unsigned char)(row[x] >> 8);
        *rgb++ = (unsigned char)row[x];
    }
}

/* Two pixels a unit where that is not too many. */
static double usual_scale(const struct scene *s)
{
    return s->w * s->h * 4 <= TWICE_PIXELS && fmax(s->w, s->h) * 2 <= MOST_SIDE ? 2 : 1;
}

static bool paint(struct painter *p, const struct scene *s, struct err *e)
{
    bool ok = open_painter(p, s, e);
    if (ok) {
        draw(p, s);
        cairo_surface_flush(p->surface);
    }
    return ok;
}

bool picture_png(struct str *out, const struct view *v, const struct caption *c,
                 const struct style *st, int *tofu, struct err *e)
{
    struct scene s;
    scene_make(&s, v, false, c, st);
    struct painter p = {.scale = usual_scale(&s)};
    bool ok = paint(&p, &s, e) &&
              png_rows(out, cairo_image_surface_get_width(p.surface),
                       cairo_image_surface_get_height(p.surface), surface_row, p.surface, e);
    if (tofu)
        *tofu = p.tofu;
    close_painter(&p);
    scene_release(&s);
    return ok;
}

bool view_pixels(struct pixels *out, const struct view *v, const struct style *st, double scale,
                 int64_t most, struct err *e)
{
    struct scene s;
    scene_make(&s, v, true, NULL, st);
    struct painter p = {.scale = scale};
    if (most > 0 && s.w * scale > (double)most)
        p.scale = (double)most / s.w;
    bool ok = paint(&p, &s, e);
    if (ok) {
        out->w = cairo_image_surface_get_width(p.surface);
        out->h = cairo_image_surface_get_height(p.surface);
        out->rgb = mem_try((size_t)(3 * out->w * out->h));
        ok = out->rgb || err_memory(e, (size_t)(3 * out->w * out->h), "the picture");
    }
    for (int64_t y = 0; ok && y < out->h; y++)
        surface_row(p.surface, y, out->rgb + 3 * out->w * y);
    close_painter(&p);
    scene_release(&s);
    return ok;
}
