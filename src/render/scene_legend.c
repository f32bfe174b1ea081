/* The scale of a heat map in a scene: its colours, its ends, and every sign used. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "scene.h"

#define SMALL 11.0
enum { STRIP = 160, STRIP_HEIGHT = 10, STRIP_STEPS = 80 };

static double put(struct scene *s, double x, const char *text)
{
    scene_text(s, x, s->y + STRIP_HEIGHT, text, SMALL, SIDE_LEFT, ink(INK_TEXT));
    return x + scene_width(text, SMALL, false) + 8;
}

/* A colour and its name, on a new line where the width ends. */
static double put_sign(struct scene *s, double left, double x, const unsigned char rgb[3],
                       const char *name, bool stroke)
{
    if (x + 14 + scene_width(name, SMALL, false) > SCENE_WIDE) {
        s->y += SMALL + 8;
        x = left;
    }
    scene_rect(s, x, s->y, STRIP_HEIGHT, STRIP_HEIGHT, rgb_paint(rgb));
    if (stroke)
        scene_line(s, x + 1, s->y + STRIP_HEIGHT - 1, x + STRIP_HEIGHT - 1, s->y + 1,
                   rgb_paint(masked_stroke));
    return put(s, x + STRIP_HEIGHT + 5, name) + 6;
}

void scene_legend(struct scene *s, double left, const struct scale *scale, const struct grid *g,
                  bool mirror)
{
    unsigned char *rgb = arena_alloc(&s->arena, 3 * STRIP_STEPS);
    double x = left;
    s->y += 8;
    for (int i = 0; i < STRIP_STEPS; i++)
        colormap_rgb(s->st->map, (double)i / (STRIP_STEPS - 1), rgb + 3 * i);
    if (scale->kind != SCALE_ROW)
        x = put(s, x, scene_number(s, scale->lo, "%.3g"));
    struct cells c = {.rows = 1, .cols = STRIP_STEPS, .rgb = rgb};
    scene_cells(s, x, s->y, STRIP, STRIP_HEIGHT, &c);
    x += STRIP + 8;
    if (scale->kind != SCALE_ROW)
        x = put(s, x, scene_number(s, scale->hi, "%.3g"));
    struct str words = STR_INIT;
    scale_words(&words, scale);
    x = put(s, x + 4, scene_digits(s, words.s)) + 6;
    str_release(&words);
    const struct {
        bool seen;
        double value;
        const char *name;
    } signs[] = {{scale->masked, -INFINITY, "masked"},
                 {scale->nan, NAN, "? NaN"},
                 {scale->inf, INFINITY, "^ +inf"}};
    for (int i = 0; i < 3; i++) {
        unsigned char sign[3];
        cell_color(sign, signs[i].value, 0, s->st->map);
        if (signs[i].seen)
            x = put_sign(s, left, x, sign, signs[i].name, i == 0);
    }
    s->y += STRIP_HEIGHT + 8;
    struct str more = STR_INIT;
    if (g->kr > 1 || g->kc > 1)
        str_addf(&more, "%" PRId64 "x%" PRId64 " max-pooled from %" PRId64 "x%" PRId64 "   ", g->kr,
                 g->kc, g->full_rows, g->full_cols);
    if (mirror)
        str_add(&more, "columns run from right to left");
    if (more.len)
        scene_words(s, &(struct span){TONE_DIM, scene_digits(s, more.s)}, 1, SMALL);
    str_release(&more);
    scene_grow(s, x, s->y);
}
