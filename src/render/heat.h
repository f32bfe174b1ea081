/* Parts of heat maps: the numbers (pooled or not), their scale, and the brush that draws cells. */
#ifndef RASAD_RENDER_HEAT_H
#define RASAD_RENDER_HEAT_H

#include "internal.h"

/* A panel's numbers as rows and columns, each cell the largest of kr x kc. */
struct grid {
    struct tensor t;    /* 2-d view, not owned */
    int64_t rows, cols; /* as drawn */
    int64_t full_rows, full_cols;
    int64_t kr, kc;
    double *row_lo, *row_hi; /* with scale "row", else NULL */
};
/* False: the tensor has more than two axes. */
bool grid_make(struct grid *g, const struct tensor *t);
void grid_release(struct grid *g);
/* Pools so that no more than that many rows and columns are left. */
void grid_pool(struct grid *g, int64_t most_rows, int64_t most_cols);
/* NaN if any of the pooled is; -inf only if all are. */
const float *grid_floats(const struct grid *g, int64_t row); /* NULL: not as plain numbers */
double grid_at(const struct grid *g, int64_t row, int64_t col);

enum scale_kind { SCALE_LINEAR, SCALE_ROW, SCALE_LOG };
struct scale {
    enum scale_kind kind;
    double lo, hi;
    double most;           /* largest finite magnitude, for the width of numbers */
    bool masked, nan, inf; /* seen anywhere */
    const char *word;      /* as the user set it; NULL: lo and hi were given */
};
void scale_make(struct scale *s, const struct heat *h, struct grid *grids, int n);
double scale_unit(const struct scale *s, const struct grid *g, int64_t row, double v); /* 0..1 */

enum draw {
    DRAW_BLOCK,   /* blanks on a coloured ground */
    DRAW_HALF,    /* two rows a line, upper half blocks in two colours */
    DRAW_RAMP,    /* characters of rising weight */
    DRAW_BRAILLE, /* 4 rows and 2 columns a character; a dot from the middle of the scale on */
    DRAW_NUMBER,
};
struct brush {
    const struct style *st;
    enum draw draw;
    bool colored; /* 256 or 24 bit */
    bool bold;    /* 8 colours: weight is all there is */
    bool ascii;   /* marks of ASCII alone */
    int cell;     /* characters of a mark */
    int pitch;    /* cells from one mark to the next */
    int band;     /* rows of the grid a line */
    int join;     /* columns of the grid a pitch (braille) */
    const char *fmt;
};
void brush_make(struct brush *b, const struct heat *h, const struct style *st,
                const struct scale *s, int64_t rows, int64_t cols, bool thumb);
/* One line of cells: the band at `row`, columns [from, to), mirrored or not. */
void brush_line(struct str *out, const struct brush *b, const struct scale *s, const struct grid *g,
                int64_t row, int64_t from, int64_t to, bool mirror);
/* Signs and marks, for the legend. */
const char *brush_sign(const struct brush *b, double v); /* of a value that is not finite */
const char *brush_mark(const struct brush *b, int level);
int brush_levels(const struct brush *b);
void brush_swatch(struct str *out, const struct brush *b, int cells); /* the colours, low to high */
const char *heat_number_format(double most); /* for numbers up to that size in one map */
int64_t brush_cells(const struct brush *b, int64_t cols); /* width of so many columns */

/* Short texts set one after another, on a new line where the width ends. */
struct pack {
    struct str *out;
    const struct style *st;
    size_t start;
    int used, indent;
    const char *gap;
};
void pack_begin(struct pack *p, struct str *out, const struct style *st, int indent,
                const char *gap);
void pack_add(struct pack *p, const char *text, enum tone tone); /* outside text */
void pack_raw(struct pack *p, const char *text, int width);      /* drawn already */
void pack_end(struct pack *p);

void scale_words(struct str *out, const struct scale *s); /* "scale 0-1" */
/* The scale and every sign used, always. */
void heat_legend(struct str *out, const struct heat *h, const struct brush *b,
                 const struct scale *s, const struct grid *g, bool mirror, int indent);
/* Indices over the columns [from, to); a newline is not added. */
void heat_header(struct str *out, const struct heat *h, const struct brush *b, const struct grid *g,
                 int64_t from, int64_t to, bool mirror);

/* One drawing of a heat map. */
struct picture {
    const struct heat *h;
    struct style st;
    struct grid *grids; /* one a panel */
    struct scale scale;
    struct brush brush;
    int left;          /* cells of the row index and its gap */
    int labels, notes; /* cells of the widest, 0 = none */
    bool mirror;
};
/* Cells left for the map between the index and what stands at the end of the line. */
int64_t heat_room(const struct picture *p);
void heat_index(struct str *out, const struct picture *p, int64_t row);   /* and the gap after it */
void heat_row_end(struct str *out, const struct picture *p, int64_t row); /* note and label */
void heat_panels(struct str *out, struct picture *p);

#endif
