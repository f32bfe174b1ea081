/* Curves in a scene: axes with ticks and names, lines, marks, the legend. */
#include <math.h>
#include <string.h>

#include "axis.h"
#include "scene.h"

#define SMALL 11.0
enum { WIDE = 600, TALL = 280, SPARSE = 24, MANY_POINTS = 400, LEGEND_CELLS = 40 };

struct area {
    struct scene *s;
    const struct plot *p;
    struct axis x, y;
    double left, top;
};

static void put_axes(struct area *a)
{
    struct scene *s = a->s;
    double right = a->left + WIDE, bottom = a->top + TALL;
    for (int i = 0; i < a->y.n; i++) {
        double y = bottom - a->y.tick[i].at * TALL;
        scene_line(s, a->left, y, right, y, ink(INK_FAINT));
        scene_text(s, a->left - 6, y + SMALL * 0.36, scene_digits(s, a->y.tick[i].text), SMALL,
                   SIDE_RIGHT, ink(INK_TEXT));
    }
    for (int i = 0; i < a->x.n; i++) {
        double x = a->left + a->x.tick[i].at * WIDE;
        scene_line(s, x, bottom, x, bottom + 4, ink(INK_DIM));
        scene_text(s, x, bottom + 17, scene_digits(s, a->x.tick[i].text), SMALL, SIDE_CENTER,
                   ink(INK_TEXT));
    }
    scene_line(s, a->left, a->top, a->left, bottom, ink(INK_DIM));
    scene_line(s, a->left, bottom, right, bottom, ink(INK_DIM));
    s->y = bottom + 22;
    if (a->p->x_name) {
        scene_text(s, a->left + WIDE / 2.0, s->y + SMALL, scene_visible(s, a->p->x_name, 60), SMALL,
                   SIDE_CENTER, ink(INK_DIM));
        s->y += SMALL + 8;
    }
}

static void put_series(struct area *a, int k)
{
    const struct plot_series *v = &a->p->series[k];
    struct scene *s = a->s;
    double *points = arena_alloc(&s->arena, sizeof *points * 2 * (size_t)(v->n + 1));
    double marked_at = -INFINITY;
    bool marked = a->p->nseries > 1 || a->p->points || v->n <= SPARSE;
    for (int i = 0; i < v->n; i++) {
        points[2 * i] = a->left + axis_at(&a->x, v->x[i]) * WIDE;
        points[2 * i + 1] = a->top + (1 - axis_at(&a->y, v->y[i])) * TALL;
        if (isnan(points[2 * i]))
            points[2 * i + 1] = NAN;
    }
    if (!a->p->points)
        scene_path(s, points, v->n, 2, series_paint(k));
    for (int i = 0; marked && i < v->n; i++) {
        double x = points[2 * i], y = points[2 * i + 1];
        if (isnan(y) || (!a->p->points && fabs(x - marked_at) < SPARSE))
            continue;
        scene_mark(s, x, y, k, series_paint(k));
        marked_at = x;
    }
}

static void put_legend(struct area *a)
{
    struct scene *s = a->s;
    double x = a->left;
    bool any = false;
    for (int k = 0; k < a->p->nseries; k++) {
        const char *label = a->p->series[k].label;
        if (!label || !*label)
            continue;
        label = scene_visible(s, label, LEGEND_CELLS);
        double w = 18 + scene_width(label, SMALL, false);
        if (any && x + w > a->left + WIDE) {
            x = a->left;
            s->y += SMALL + 7;
        }
        scene_mark(s, x + 5, s->y + SMALL - 4, k, series_paint(k));
        scene_text(s, x + 14, s->y + SMALL, label, SMALL, SIDE_LEFT, ink(INK_TEXT));
        x += w + 14;
        any = true;
    }
    s->y += any ? SMALL + 9 : 0;
}

static void put_remarks(struct area *a, int64_t left_out)
{
    struct str t = STR_INIT;
    if (a->x.log || a->y.log)
        str_addf(&t, "%s logarithmic",
                 a->x.log && a->y.log ? "both axes"
                 : a->x.log           ? "x axis"
                                      : "y axis");
    if (left_out)
        str_addf(&t, "%s%lld point%s left out: infinite, or no place on a logarithmic axis",
                 t.len ? "; " : "", (long long)left_out, left_out == 1 ? "" : "s");
    if (t.len)
        scene_words(a->s, &(struct span){TONE_DIM, scene_digits(a->s, t.s)}, 1, SMALL);
    str_release(&t);
}

void scene_plot(struct scene *s, const struct plot *p)
{
    struct area a = {.s = s, .p = p};
    int64_t left_out;
    if (p->title)
        scene_words(s, &(struct span){TONE_STRONG, p->title}, 1, 13);
    if (!plot_axes(p, 8, 6, &a.x, &a.y, &left_out)) {
        scene_words(s, &(struct span){TONE_DIM, "no point that can be drawn"}, 1, 13);
        return;
    }
    double widest = 0;
    for (int i = 0; i < a.y.n; i++)
        widest = fmax(widest, scene_width(a.y.tick[i].text, SMALL, false));
    a.left = SCENE_MARGIN + ceil(widest) + 8;
    if (p->y_name) {
        scene_text(s, SCENE_MARGIN, s->y + SMALL, scene_visible(s, p->y_name, 60), SMALL, SIDE_LEFT,
                   ink(INK_DIM));
        s->y += SMALL + 6;
    }
    a.top = s->y + 8;
    scene_grow(s, a.left + WIDE + 10, a.top + TALL);
    put_axes(&a);
    for (int k = 0; k < p->nseries; k++)
        put_series(&a, k);
    put_legend(&a);
    put_remarks(&a, left_out);
    scene_grow(s, 0, s->y);
}
