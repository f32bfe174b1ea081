/* Building a scene: items, the widths of texts, the views one under another. */
#include "scene.h"

#include <fribidi.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { GAP = 16 }; /* between blocks */

/* ---- paint ----------------------------------------------------------------------------------- */

struct paint ink(enum ink i)
{
    return (struct paint){.ink = i};
}

struct paint rgb_paint(const unsigned char rgb[3])
{
    return (struct paint){.ink = INK_RGB, .rgb = {rgb[0], rgb[1], rgb[2]}};
}

struct paint tone_paint(enum tone t)
{
    static const enum ink inks[] = {
        [TONE_PLAIN] = INK_TEXT,  [TONE_DIM] = INK_DIM,   [TONE_STRONG] = INK_TEXT,
        [TONE_GOOD] = INK_GOOD,   [TONE_BAD] = INK_BAD,   [TONE_SITE] = INK_SITE,
        [TONE_NUMBER] = INK_TEXT, [TONE_ERROR] = INK_BAD,
    };
    return ink(inks[t]);
}

/* Seven colours of M. Okabe and K. Ito, "Color Universal Design" (2008), less the yellow, which
 * paper does not show. */
struct paint series_paint(int series)
{
    static const unsigned char colors[][3] = {{0, 114, 178},   {213, 94, 0},  {0, 158, 115},
                                              {204, 121, 167}, {230, 159, 0}, {86, 180, 233},
                                              {110, 110, 110}};
    return rgb_paint(colors[series % (int)(sizeof colors / sizeof *colors)]);
}

void paint_rgb(const struct paint *p, unsigned char rgb[3])
{
    /* On white all of them have a contrast of at least 4.5:1 but the grid lines. */
    static const unsigned char inks[INK_COUNT][3] = {
        [INK_TEXT] = {26, 26, 26}, [INK_DIM] = {92, 92, 92},  [INK_FAINT] = {208, 208, 208},
        [INK_GOOD] = {0, 110, 60}, [INK_BAD] = {179, 32, 32}, [INK_SITE] = {0, 92, 140},
    };
    memcpy(rgb, p->ink == INK_RGB ? p->rgb : inks[p->ink], 3);
}

/* ---- items ----------------------------------------------------------------------------------- */

void scene_grow(struct scene *s, double x, double y)
{
    s->w = x > s->w ? x : s->w;
    s->h = y > s->h ? y : s->h;
}

static struct item *add(struct scene *s, enum item_kind kind, double x, double y)
{
    struct item *i = arena_alloc(&s->arena, sizeof *i);
    i->kind = kind;
    i->x = x;
    i->y = y;
    if (s->last)
        s->last->next = i;
    else
        s->first = i;
    s->last = i;
    return i;
}

struct item *scene_rect(struct scene *s, double x, double y, double w, double h, struct paint p)
{
    struct item *i = add(s, ITEM_RECT, x, y);
    i->w = w;
    i->h = h;
    i->paint = p;
    scene_grow(s, x + w, y + h);
    return i;
}

struct item *scene_path(struct scene *s, const double *points, int n, double stroke, struct paint p)
{
    struct item *i = add(s, ITEM_PATH, 0, 0);
    i->points = points;
    i->npoints = n;
    i->stroke = stroke;
    i->paint = p;
    return i;
}

struct item *scene_line(struct scene *s, double x0, double y0, double x1, double y1, struct paint p)
{
    double *points = arena_alloc(&s->arena, 4 * sizeof *points);
    memcpy(points, (double[]){x0, y0, x1, y1}, 4 * sizeof *points);
    scene_grow(s, fmax(x0, x1), fmax(y0, y1));
    return scene_path(s, points, 2, 1, p);
}

struct item *scene_mark(struct scene *s, double x, double y, int shape, struct paint p)
{
    struct item *i = add(s, ITEM_MARK, x, y);
    i->shape = shape;
    i->paint = p;
    return i;
}

struct item *scene_cells(struct scene *s, double x, double y, double w, double h,
                         const struct cells *c)
{
    struct item *i = add(s, ITEM_CELLS, x, y);
    i->w = w;
    i->h = h;
    i->cells = *c;
    scene_grow(s, x + w, y + h);
    return i;
}

struct item *scene_text(struct scene *s, double x, double y, const char *text, double size,
                        enum side side, struct paint p)
{
    struct item *i = add(s, ITEM_TEXT, x, y);
    i->runs = arena_alloc(&s->arena, sizeof *i->runs);
    i->runs[0] = (struct run_of_text){text, p, false, false};
    i->nruns = 1;
    i->size = size;
    i->side = side;
    double w = scene_width(text, size, false);
    scene_grow(s, side == SIDE_LEFT ? x + w : side == SIDE_CENTER ? x + w / 2 : x, y + size / 3);
    return i;
}

/* ---- texts ----------------------------------------------------------------------------------- */

const char *scene_visible(struct scene *s, const char *text, int cells)
{
    struct style logical = *s->st;
    logical.tty = false;
    logical.unicode = true;
    struct str v = STR_INIT;
    if (cells > 0)
        term_text_fit(&v, text, strlen(text), cells, &logical);
    else
        term_text(&v, text, strlen(text), &logical);
    const char *copy = arena_strndup(&s->arena, v.s, v.len);
    str_release(&v);
    return copy;
}

const char *scene_digits(struct scene *s, const char *text)
{
    struct str v = STR_INIT;
    term_digits(&v, text, s->st);
    const char *copy = arena_strndup(&s->arena, v.s, v.len);
    str_release(&v);
    return copy;
}

const char *scene_number(struct scene *s, double v, const char *fmt)
{
    struct str t = STR_INIT;
    term_number(&t, v, fmt, s->st);
    const char *copy = arena_strndup(&s->arena, t.s, t.len);
    str_release(&t);
    return copy;
}

/* Widths in hundredths of the size of letters, of a wide sans-serif (those of most machines are no
 * wider): the printable ASCII characters. */
static const unsigned char widths[95] = {
    32,  41, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 37, 32, 34, /*  !"#$%&'()*+,-./ */
    64,  64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, /* 0-9:;<=>? */
    100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, /* @A-O */
    61,  79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 39, 34, 39, 84, 50, /* P-Z[\]^_ */
    50,  62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, /* `a-o */
    64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,     /* p-z{|}~ */
};

double scene_width(const char *text, double size, bool mono)
{
    size_t n = strlen(text);
    int64_t sum = 0;
    for (size_t i = 0; i < n;) {
        int cells;
        size_t len = utf8_cluster(text + i, n - i, &cells);
        unsigned char c = (unsigned char)text[i];
        if (mono)
            sum += 61 * cells;
        else if (c >= 0x20 && c < 0x7F)
            sum += widths[c - 0x20];
        else
            sum += cells == 2 ? 100 : cells == 1 ? 66 : 0;
        i += len;
    }
    return (double)sum * size / 100;
}

bool text_is_rtl(const char *s)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        int32_t cp;
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        FriBidiCharType t = fribidi_get_bidi_type((FriBidiChar)(cp < 0 ? 0xFFFD : cp));
        if (FRIBIDI_IS_STRONG(t) && FRIBIDI_IS_LETTER(t)) /* overrides are shown, not obeyed */
            return FRIBIDI_IS_RTL(t);
    }
    return false;
}

bool item_is_rtl(const struct item *i)
{
    if (i->dir != DIR_AUTO)
        return i->dir == DIR_RTL;
    return i->nruns == 1 && text_is_rtl(i->runs[0].text);
}

int mark_shape(int shape, const double **corners)
{
    static const double square[] = {-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85};
    static const double triangle[] = {0, -1.1, 1, 0.8, -1, 0.8};
    static const double diamond[] = {0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0};
    switch (shape / 2 % 4) {
    case 1:
        *corners = square;
        return 4;
    case 2:
        *corners = triangle;
        return 3;
    case 3:
        *corners = diamond;
        return 4;
    default:
        *corners = NULL;
        return 0;
    }
}

/* ---- views ----------------------------------------------------------------------------------- */

static void lay_view(struct scene *s, const struct view *v)
{
    switch (v->kind) {
    case VIEW_LINE:
        scene_words(s, v->u.line.spans, v->u.line.n, 13);
        break;
    case VIEW_TEXT:
        scene_lines(s, v->u.text);
        break;
    case VIEW_PARAGRAPH:
        scene_paragraph(s, &v->u.paragraph);
        break;
    case VIEW_TABLE:
        scene_table(s, &v->u.table);
        break;
    case VIEW_HEAT:
        scene_heat(s, &v->u.heat);
        break;
    case VIEW_BARS:
        scene_bars(s, &v->u.bars);
        break;
    case VIEW_PLOT:
        scene_plot(s, &v->u.plot);
        break;
    }
}

static void lay_caption(struct scene *s, const struct caption *c)
{
    if (c->title) {
        struct span title = {TONE_STRONG, c->title};
        scene_words(s, &title, 1, 16);
    }
    for (int i = 0; i < c->nlines; i++) {
        struct span line = {TONE_PLAIN, c->lines[i]};
        scene_words(s, &line, 1, 13);
    }
    if (c->title || c->nlines)
        s->y += GAP;
}

static bool is_words(const struct view *v)
{
    return v->kind == VIEW_LINE || v->kind == VIEW_TEXT || v->kind == VIEW_PARAGRAPH;
}

void scene_make(struct scene *s, const struct view *v, bool one, const struct caption *c,
                const struct style *st)
{
    *s = (struct scene){.st = st, .y = SCENE_MARGIN};
    if (c)
        lay_caption(s, c);
    for (const struct view *before = NULL; v; before = v, v = one ? NULL : v->next) {
        if (before && !(is_words(before) && is_words(v)))
            s->y += GAP;
        lay_view(s, v);
    }
    s->w = ceil(s->w + SCENE_MARGIN);
    s->h = ceil(fmax(s->y, s->h) + SCENE_MARGIN);
}

void scene_release(struct scene *s)
{
    for (size_t i = 0; i < s->ngrids; i++)
        grid_release(s->grids[i]);
    free(s->grids);
    arena_release(&s->arena);
    *s = (struct scene){0};
}
