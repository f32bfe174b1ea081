/* Tables and bar lists in a scene. */
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "scene.h"
#include "table.h"

#define SIZE 12.0
enum { ROW = 20, BAR = 120, COLUMN_GAP = 18, MOST_CELLS = 48, MOST_ROWS = 400 };

struct grid_of_texts {
    const struct table *t;
    size_t rows;
    const char **text; /* [rows, ncols], NULL = a bar or nothing */
    double *width, *x; /* [ncols] */
};

static void measure(struct scene *s, struct grid_of_texts *g)
{
    const struct table *t = g->t;
    double x = SCENE_MARGIN;
    for (int c = 0; c < t->ncols; c++) {
        double w = scene_width(t->cols[c].head, SIZE, false) * SCENE_BOLD;
        for (size_t r = 0; r < g->rows; r++) {
            const struct cell *cell = table_at(t, r, c);
            if (cell->kind == CELL_BAR) {
                w = fmax(w, BAR);
                continue;
            }
            struct str text = STR_INIT;
            struct style st = *s->st;
            st.mode = MODE_PLAIN;
            table_cell(&text, cell, 0, &st);
            const char *shown = scene_visible(s, text.s, MOST_CELLS);
            str_release(&text);
            g->text[r * (size_t)t->ncols + (size_t)c] = shown;
            w = fmax(w, scene_width(shown, SIZE, false) *
                            (cell->tone == TONE_STRONG ? SCENE_BOLD : 1));
        }
        g->width[c] = w;
        g->x[c] = x;
        x += w + COLUMN_GAP;
    }
}

static void put_text(struct scene *s, const struct grid_of_texts *g, int c, const char *text,
                     enum tone tone)
{
    bool right = g->t->cols[c].right;
    double x = g->x[c] + (right ? g->width[c] : 0);
    struct item *i = scene_text(s, x, s->y + SIZE + 1, text, SIZE, right ? SIDE_RIGHT : SIDE_LEFT,
                                tone_paint(tone));
    i->runs[0].bold = tone == TONE_STRONG;
    i->w = g->width[c];
}

static void put_bar(struct scene *s, double x, double fraction)
{
    double part = fabs(fraction) < 1 ? fabs(fraction) : 1;
    if (!isnan(fraction) && part > 0)
        scene_rect(s, x, s->y + 3, part * BAR, ROW - 8, ink(fraction < 0 ? INK_BAD : INK_SITE));
    scene_grow(s, x + BAR, s->y + ROW);
}

static void put_rows(struct scene *s, const struct grid_of_texts *g)
{
    const struct table *t = g->t;
    for (size_t r = 0; r < g->rows; r++, s->y += ROW)
        for (int c = 0; c < t->ncols; c++) {
            const struct cell *cell = table_at(t, r, c);
            const char *text = g->text[r * (size_t)t->ncols + (size_t)c];
            if (cell->kind == CELL_BAR)
                put_bar(s, g->x[c], cell->d);
            else if (text && *text)
                put_text(s, g, c, text, cell->tone);
        }
}

void scene_table(struct scene *s, const struct table *t)
{
    struct grid_of_texts g = {.t = t, .rows = t->nrows < MOST_ROWS ? t->nrows : MOST_ROWS};
    size_t cols = (size_t)t->ncols;
    bool heads = false;
    if (t->ncols <= 0)
        return;
    g.text = arena_alloc(&s->arena, sizeof *g.text * (g.rows + 1) * cols);
    g.width = arena_alloc(&s->arena, sizeof *g.width * cols);
    g.x = arena_alloc(&s->arena, sizeof *g.x * cols);
    measure(s, &g);
    if (t->title)
        scene_words(s, &(struct span){TONE_STRONG, t->title}, 1, 13);
    for (int c = 0; c < t->ncols; c++)
        heads = heads || *t->cols[c].head;
    if (heads) {
        for (int c = 0; c < t->ncols; c++)
            put_text(s, &g, c, scene_visible(s, t->cols[c].head, MOST_CELLS), TONE_STRONG);
        s->y += ROW;
        double end = g.x[cols - 1] + g.width[cols - 1];
        scene_line(s, SCENE_MARGIN, s->y, end, s->y, ink(INK_FAINT));
        s->y += 3;
    }
    put_rows(s, &g);
    scene_grow(s, 0, s->y);
    if (g.rows < t->nrows) {
        struct str more = STR_INIT;
        str_addf(&more, "%zu rows (%zu shown)", t->nrows, g.rows);
        scene_words(s, &(struct span){TONE_DIM, scene_digits(s, more.s)}, 1, SIZE);
        str_release(&more);
    }
    if (t->footer)
        scene_words(s, &(struct span){TONE_DIM, t->footer}, 1, SIZE);
}

/* As a table: label, value, bar; labels stand first where nothing is moved by their direction. */
void scene_bars(struct scene *s, const struct bars *b)
{
    enum { COLS = 3 };
    double max = bars_most(b);
    const char *fmt = max >= 10000 || max < 0.01 ? "%.3g" : "%.3f";
    struct column cols[COLS] = {
        {.head = "", .right = true}, {.head = b->unit ? b->unit : "", .right = true}, {.head = ""}};
    struct cell *cells = arena_alloc(&s->arena, sizeof *cells * COLS * (size_t)(b->n + 1));
    for (int i = 0; i < b->n; i++) {
        struct cell *c = cells + i * COLS;
        if (b->labels && b->labels[i])
            c[0] = (struct cell){.kind = CELL_STR, .s = b->labels[i]};
        else
            c[0] = (struct cell){.kind = CELL_INT, .i = i, .tone = TONE_DIM};
        c[1] = (struct cell){.kind = CELL_NUM, .d = b->values[i], .fmt = fmt};
        c[2] = (struct cell){.kind = CELL_BAR, .d = b->values[i] / max};
    }
    struct table t = {
        .title = b->title, .ncols = COLS, .cols = cols, .cells = cells, .nrows = (size_t)b->n};
    scene_table(s, &t);
}
