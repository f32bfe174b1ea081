/* A scene: views laid out as rectangles, lines, texts and cells in one unit (a pixel of a screen at
 * 100 %). Made once for every target; SVG and PNG only paint it. */
#ifndef RASAD_RENDER_SCENE_H
#define RASAD_RENDER_SCENE_H

#include "heat.h"
#include "render/picture.h"

enum ink {
    INK_RGB,   /* the colour of the paint itself */
    INK_TEXT,  /* of the page */
    INK_DIM,   /* less important text */
    INK_FAINT, /* grid lines, rules */
    INK_GOOD,
    INK_BAD,
    INK_SITE,
    INK_NUMBER,
    INK_COUNT
};
struct paint {
    enum ink ink;
    unsigned char rgb[3];
};
/* INK_RGB's own colour, or that of an ink on white paper. */
void paint_rgb(const struct paint *p, unsigned char rgb[3]);

enum item_kind { ITEM_RECT, ITEM_PATH, ITEM_MARK, ITEM_TEXT, ITEM_CELLS };
/* Where x lies in a text as one sees it, whatever its direction. */
enum side { SIDE_LEFT, SIDE_CENTER, SIDE_RIGHT };
/* Of a line: DIR_AUTO is that of its first letter, left to right where there are several runs. */
enum dir { DIR_AUTO, DIR_LTR, DIR_RTL };

struct run_of_text {
    const char *text; /* visible already: no controls, valid UTF-8 */
    struct paint paint;
    bool bold, mono;
};
/* Cells of a heat map (or the colours of its legend). */
struct cells {
    int64_t rows, cols;
    const unsigned char *rgb; /* [rows, cols, 3] as drawn, mirrored already */
    const struct heat *heat;  /* NULL: a legend, no values */
    const struct grid *grid;
    bool mirror;
};
struct item {
    enum item_kind kind;
    struct item *next;
    double x, y, w,
        h; /* of a text: x at its side, y of its base line, w the room it has, 0 = any */
    struct paint paint;
    double stroke;        /* ITEM_PATH */
    const double *points; /* ITEM_PATH: x0 y0 x1 y1 ...; NaN lifts the pen */
    int npoints;
    int shape; /* ITEM_MARK: 0..7 */
    struct run_of_text *runs;
    int nruns;
    double size, turn; /* of letters; degrees, counter-clockwise */
    enum side side;
    enum dir dir;
    bool mono;
    struct cells cells;
};
struct scene {
    struct arena arena;
    const struct style *st;
    struct item *first, *last;
    int64_t ncells;      /* of all heat maps */
    double w, h;         /* grow with what is put in */
    double y;            /* where the next block begins */
    struct grid **grids; /* of heat maps, released with the scene */
    size_t ngrids, grids_cap;
};

/* Lays out the views from `v` on (`one`: this alone). */
void scene_make(struct scene *s, const struct view *v, bool one, const struct caption *c,
                const struct style *st);
void scene_release(struct scene *s);

/* ---- for the files that lay out -------------------------------------------------------------- */

enum { SCENE_MARGIN = 16, SCENE_WIDE = 900, LABEL_CELLS = 24 };

struct item *scene_rect(struct scene *s, double x, double y, double w, double h, struct paint p);
struct item *scene_path(struct scene *s, const double *points, int n, double stroke,
                        struct paint p);
struct item *scene_mark(struct scene *s, double x, double y, int shape, struct paint p);
struct item *scene_cells(struct scene *s, double x, double y, double w, double h,
                         const struct cells *c);
struct item *scene_line(struct scene *s, double x0, double y0, double x1, double y1,
                        struct paint p);
/* Visible text (see scene_visible). */
struct item *scene_text(struct scene *s, double x, double y, const char *text, double size,
                        enum side side, struct paint p);
/* Outside text as a visible one in the arena, cut after `cells` cells (0 = never). */
const char *scene_visible(struct scene *s, const char *text, int cells);
const char *scene_number(struct scene *s, double v, const char *fmt); /* digits of the settings */
const char *scene_digits(struct scene *s, const char *text);
double scene_width(const char *text, double size, bool mono); /* about, rather too much */
#define SCENE_BOLD 1.13                                       /* how much wider bold letters are */
void scene_grow(struct scene *s, double x, double y);
struct paint ink(enum ink i);
struct paint rgb_paint(const unsigned char rgb[3]);
struct paint tone_paint(enum tone t);
struct paint series_paint(int series); /* told apart by colour-blind people, too */

void scene_heat(struct scene *s, const struct heat *h);
void scene_legend(struct scene *s, double x, const struct scale *scale, const struct grid *g,
                  bool mirror);
void scene_table(struct scene *s, const struct table *t);
void scene_bars(struct scene *s, const struct bars *b);
void scene_plot(struct scene *s, const struct plot *p);
void scene_words(struct scene *s, const struct span *spans, int n, double size);
void scene_lines(struct scene *s, const char *text); /* our own, preformatted */
void scene_paragraph(struct scene *s, const struct paragraph *p);

/* ---- cells ----------------------------------------------------------------------------------- */

/* The colours of all cells of a grid as they are drawn, rows * cols * 3 bytes. */
void cells_paint(unsigned char *rgb, const struct grid *g, const struct scale *s, enum colormap map,
                 bool mirror);
extern const unsigned char masked_stroke[3]; /* through masked cells */
void cell_color(unsigned char rgb[3], double v, double unit, enum colormap map);
/* "3 ▁goes → 1 ▁به: 0.502154326" with all digits, escaped, tokens isolated; row and column of the
 * grid. */
void cell_tip(struct str *out, const struct heat *h, const struct grid *g, int64_t row,
              int64_t col);

/* Corners of a mark, x and y of each, for a radius of 1; 0 = a circle. */
int mark_shape(int shape, const double **corners);

/* Does the first letter with a direction run from right to left? */
bool text_is_rtl(const char *s);
bool item_is_rtl(const struct item *i);

/* Writes row y as w * 3 bytes; called by several threads at once. */
typedef void png_row(const void *ud, int64_t y, unsigned char *rgb);
bool png_rows(struct str *out, int64_t w, int64_t h, png_row *row, const void *ud, struct err *e);

#endif
