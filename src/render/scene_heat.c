/* Heat maps in a scene: cells, the tokens of both axes in their own direction, names of the axes,
 * notes; one map or several in rows. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "scene.h"

#define SMALL 11.0
enum { ONE_MAP = 640, THUMB = 200, MOST = 4096, MOST_THUMB = 1024, PANEL_GAP = 24, NUMBERED = 12 };

/* One drawing of a heat map. */
struct map {
    struct scene *s;
    const struct heat *h;
    struct grid **g; /* one a panel */
    struct scale scale;
    bool thumbs, mirror, labelled, numbers;
    double cw, ch; /* of a cell */
    double labels; /* room for the tokens of the rows, 0 = none */
    double index;  /* room for their numbers */
    double over;   /* room for the tokens of the columns, over the numbers */
    double turn;   /* of those tokens */
    double lean;   /* how far the last of them reaches past the map */
};

static double clamp(double v, double lo, double hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

/* Half a unit is one pixel of a picture; nothing is drawn at a fraction of that. */
static double half_steps(double v)
{
    return v < 1 ? 0.5 : floor(v);
}

static void size_cells(struct map *m, int64_t rows, int64_t cols)
{
    double room = m->thumbs ? THUMB : ONE_MAP, most = m->thumbs ? 22 : 44;
    int64_t n = rows > cols ? rows : cols;
    m->cw = m->ch = half_steps(clamp(room / (double)(n > 0 ? n : 1), 0.5, most));
    /* What is much wider than high, or higher than wide, is no thread. */
    if (m->ch * (double)rows < 40)
        m->ch = half_steps(clamp(40 / (double)(rows > 0 ? rows : 1), m->ch, most));
    if (m->cw * (double)cols < 40)
        m->cw = half_steps(clamp(40 / (double)(cols > 0 ? cols : 1), m->cw, most));
    m->numbers = m->h->numbers || (!m->thumbs && n <= NUMBERED);
    if (m->numbers && m->scale.most > 0) {
        char buf[400];
        snprintf(buf, sizeof buf, heat_number_format(m->scale.most), -m->scale.most);
        m->cw = fmax(m->cw, ceil(scene_width(buf, SMALL, false)) + 6);
        m->ch = fmax(m->ch, 18);
    }
}

static double widest(struct map *m, const char **labels, int64_t n)
{
    double most = 0;
    for (int64_t i = 0; labels && i < n; i++)
        if (labels[i])
            most =
                fmax(most, scene_width(scene_visible(m->s, labels[i], LABEL_CELLS), SMALL, false));
    return most;
}

static bool same_size(const struct map *m)
{
    for (int i = 0; i < m->h->npanels; i++)
        if (m->g[i]->full_rows != m->g[0]->full_rows || m->g[i]->full_cols != m->g[0]->full_cols ||
            m->g[i]->kr > 1 || m->g[i]->kc > 1)
            return false;
    return true;
}

static void size_labels(struct map *m)
{
    const struct heat *h = m->h;
    const struct grid *g = m->g[0];
    char buf[32];
    snprintf(buf, sizeof buf, "%" PRId64, h->row0 + g->full_rows);
    m->index = ceil(scene_width(buf, SMALL, false)) + 8;
    m->labelled = same_size(m);
    if (!m->labelled)
        return;
    if (m->ch >= SMALL && h->row_labels)
        m->labels = ceil(widest(m, h->row_labels, g->rows)) + 6;
    double w = ceil(widest(m, h->col_labels, g->cols));
    if (w <= 0 || m->cw < SMALL)
        return;
    if (w + 6 <= m->cw) {
        m->over = SMALL + 5;
    } else if (m->cw >= 18 && !m->thumbs) {
        m->turn = 45;
        m->over = m->lean = ceil(w * 0.71) + 12;
    } else {
        m->turn = 90;
        m->over = w + 6;
    }
}

static struct item *small(struct map *m, double x, double y, const char *text, enum side side,
                          enum ink i)
{
    return scene_text(m->s, x, y, text, SMALL, side, ink(i));
}

static const char *index_text(struct map *m, int64_t i)
{
    char buf[32];
    snprintf(buf, sizeof buf, "%" PRId64, i);
    return scene_digits(m->s, buf);
}

/* Every how many rows or columns a number has room. */
static int64_t index_step(double cell, double need)
{
    static const int64_t steps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && (double)steps[i] * cell < need)
        i++;
    return steps[i];
}

static void put_columns(struct map *m, const struct grid *g, double x, double y)
{
    int64_t step = index_step(m->cw, m->index);
    for (int64_t i = 0; i < g->cols; i++) {
        int64_t c = m->mirror ? g->cols - 1 - i : i;
        double middle = x + ((double)i + 0.5) * m->cw;
        if (c % step == 0)
            small(m, middle, y - 4, index_text(m, m->h->col0 + c * g->kc), SIDE_CENTER, INK_DIM);
        if (m->over <= 0 || !m->h->col_labels[c])
            continue;
        const char *label = scene_visible(m->s, m->h->col_labels[c], LABEL_CELLS);
        double base = y - SMALL - 9;
        struct item *t = small(m,
                               middle + (m->turn == 90 ? SMALL * 0.36
                                         : m->turn > 0 ? 2
                                                       : 0),
                               base, label, m->turn > 0 ? SIDE_LEFT : SIDE_CENTER, INK_TEXT);
        t->turn = m->turn;
    }
}

static void put_rows(struct map *m, const struct grid *g, double x, double y)
{
    int64_t step = index_step(m->ch, SMALL + 2);
    for (int64_t r = 0; r < g->rows; r++) {
        double base = y + ((double)r + 0.5) * m->ch + SMALL * 0.36;
        if (r % step == 0)
            small(m, x - 5, base, index_text(m, m->h->row0 + r * g->kr), SIDE_RIGHT, INK_DIM);
        if (m->labels > 0 && m->h->row_labels[r])
            small(m, x - m->index - 2, base, scene_visible(m->s, m->h->row_labels[r], LABEL_CELLS),
                  SIDE_RIGHT, INK_TEXT);
    }
}

/* Numbers in the cells, black or white by the lightness of what is behind them. */
static void put_numbers(struct map *m, const struct grid *g, const unsigned char *rgb, double x,
                        double y)
{
    static const unsigned char black[3] = {0, 0, 0}, white[3] = {255, 255, 255};
    const char *fmt = heat_number_format(m->scale.most);
    for (int64_t r = 0; r < g->rows; r++)
        for (int64_t i = 0; i < g->cols; i++, rgb += 3) {
            double v = grid_at(g, r, m->mirror ? g->cols - 1 - i : i);
            const char *text = isinf(v) ? v < 0 ? "" : "^" : isnan(v) ? "?" : NULL;
            if (!text && !m->numbers)
                continue;
            if (!text)
                text = scene_number(m->s, v == 0 ? 0 : v, fmt);
            struct item *t =
                small(m, x + ((double)i + 0.5) * m->cw,
                      y + ((double)r + 0.5) * m->ch + SMALL * 0.36, text, SIDE_CENTER, INK_TEXT);
            t->runs[0].paint = rgb_paint(colormap_lightness(rgb) > 49.5 ? black : white);
        }
}

/* A stroke through each masked cell: its pale colour alone might be taken for a value. */
static void put_masked(struct map *m, const struct grid *g, double x, double y)
{
    size_t n = 0, cells = (size_t)(g->rows * g->cols);
    if (m->cw < 6 || m->ch < 6 || !m->scale.masked)
        return;
    double *points = arena_alloc(&m->s->arena, sizeof *points * 6 * (cells + 1));
    for (int64_t r = 0; r < g->rows; r++)
        for (int64_t i = 0; i < g->cols; i++) {
            double v = grid_at(g, r, m->mirror ? g->cols - 1 - i : i);
            if (!isinf(v) || v > 0)
                continue;
            double left = x + (double)i * m->cw, top = y + (double)r * m->ch;
            points[n++] = left + 2;
            points[n++] = top + m->ch - 2;
            points[n++] = left + m->cw - 2;
            points[n++] = top + 2;
            points[n++] = NAN;
            points[n++] = NAN;
        }
    scene_path(m->s, points, (int)(n / 2), 1, rgb_paint(masked_stroke));
}

static void put_map(struct map *m, int panel, double x, double y)
{
    const struct grid *g = m->g[panel];
    unsigned char *rgb = arena_alloc(&m->s->arena, 3 * (size_t)(g->rows * g->cols + 1));
    cells_paint(rgb, g, &m->scale, m->s->st->map, m->mirror);
    m->s->ncells += g->rows * g->cols;
    struct cells c = {g->rows, g->cols, rgb, m->h, g, m->mirror};
    scene_cells(m->s, x, y, (double)g->cols * m->cw, (double)g->rows * m->ch, &c);
    put_columns(m, g, x, y);
    if (m->ch >= SMALL && m->cw >= SMALL) {
        put_masked(m, g, x, y);
        put_numbers(m, g, rgb, x, y);
    }
}

static void put_notes(struct map *m, double x, double y)
{
    const struct heat *h = m->h;
    if (!h->row_notes || !m->labelled || m->ch < SMALL)
        return;
    if (h->note_head)
        small(m, x, y - 4, scene_visible(m->s, h->note_head, LABEL_CELLS), SIDE_LEFT, INK_DIM);
    for (int64_t r = 0; r < m->g[0]->rows; r++)
        if (h->row_notes[r])
            small(m, x, y + ((double)r + 0.5) * m->ch + SMALL * 0.36,
                  scene_digits(m->s, scene_visible(m->s, h->row_notes[r], LABEL_CELLS)), SIDE_LEFT,
                  INK_TEXT);
}

/* The names of the axes, and then maps from the left to the right until a row is full. */
static void put_panels(struct map *m)
{
    struct scene *s = m->s;
    const struct heat *h = m->h;
    double left = SCENE_MARGIN + (h->row_name ? 20 : 0) + m->labels + m->index;
    for (int from = 0, to; from < h->npanels; from = to) {
        double x = left, tall = 0;
        double top = s->y + (h->col_name ? 18 : 0) + m->over + SMALL + 8 + (m->thumbs ? 16 : 0);
        for (to = from; to < h->npanels; to++) {
            const struct heat_panel *p = &h->panels[to];
            const struct grid *g = m->g[to];
            double w = (double)g->cols * m->cw, all = w;
            const char *title = m->thumbs && p->title ? scene_visible(s, p->title, 32) : "";
            const char *side = m->thumbs && p->side ? scene_visible(s, p->side, 32) : "";
            all = fmax(all, fmax(scene_width(title, SMALL, false) * SCENE_BOLD,
                                 scene_width(side, SMALL, false)));
            if (to > from && x + all > SCENE_WIDE)
                break;
            put_map(m, to, x, top);
            if (*title)
                small(m, x, s->y + (h->col_name ? 18 : 0) + SMALL, title, SIDE_LEFT, INK_TEXT)
                    ->runs[0]
                    .bold = true;
            if (*side)
                small(m, x, top + (double)g->rows * m->ch + SMALL + 3, side, SIDE_LEFT, INK_DIM);
            tall = fmax(tall, (double)g->rows * m->ch);
            x += all + PANEL_GAP;
        }
        put_rows(m, m->g[from], left, top);
        if (h->row_name)
            small(m, SCENE_MARGIN + SMALL, top + tall / 2, scene_visible(s, h->row_name, 40),
                  SIDE_CENTER, INK_DIM)
                ->turn = 90;
        if (h->col_name)
            small(m, left, s->y + SMALL, scene_visible(s, h->col_name, 60), SIDE_LEFT, INK_DIM);
        if (!m->thumbs)
            put_notes(m, x - PANEL_GAP + 12, top);
        scene_grow(s, x - PANEL_GAP + m->lean, top + tall);
        s->y = top + tall + (m->thumbs ? SMALL + 14 : 8);
    }
}

static bool make_grids(struct map *m)
{
    struct scene *s = m->s;
    int n = m->h->npanels;
    bool ok = n > 0;
    m->g = arena_alloc(&s->arena, sizeof *m->g * (size_t)(n + 1));
    struct grid *grids = arena_alloc(&s->arena, sizeof *grids * (size_t)(n + 1));
    for (int i = 0; i < n; i++) {
        m->g[i] = &grids[i];
        ok = grid_make(&grids[i], &m->h->panels[i].t) && ok;
        ARRAY_PUSH(s->grids, s->ngrids, s->grids_cap) = &grids[i];
        if (ok)
            grid_pool(&grids[i], m->thumbs ? MOST_THUMB : MOST, m->thumbs ? MOST_THUMB : MOST);
    }
    return ok;
}

void scene_heat(struct scene *s, const struct heat *h)
{
    struct map m = {.s = s, .h = h, .thumbs = h->npanels > 1};
    m.mirror = s->st->axis_rtl && h->col_rtl;
    if (h->title)
        scene_words(s, &(struct span){TONE_STRONG, h->title}, 1, 13);
    if (!make_grids(&m)) {
        scene_words(s, &(struct span){TONE_DIM, "a heat map needs values with two axes"}, 1, 13);
        return;
    }
    int64_t rows = 0, cols = 0;
    const struct grid *coarse = m.g[0];
    for (int i = 0; i < h->npanels; i++) {
        rows = m.g[i]->rows > rows ? m.g[i]->rows : rows;
        cols = m.g[i]->cols > cols ? m.g[i]->cols : cols;
        if (m.g[i]->kr * m.g[i]->kc > coarse->kr * coarse->kc)
            coarse = m.g[i];
    }
    scale_make(&m.scale, h, m.g[0], h->npanels);
    size_cells(&m, rows, cols);
    size_labels(&m);
    if (!m.thumbs) {
        const struct heat_panel *p = &h->panels[0];
        struct span about[] = {{TONE_DIM, p->title ? p->title : ""},
                               {TONE_DIM, p->title && p->side ? "   " : ""},
                               {TONE_DIM, p->side ? p->side : ""}};
        if (p->title || p->side)
            scene_words(s, about, 3, 12);
    }
    s->y += 4;
    put_panels(&m);
    scene_legend(s, SCENE_MARGIN + (h->row_name ? 20 : 0) + m.labels + m.index, &m.scale, coarse,
                 m.mirror);
}
