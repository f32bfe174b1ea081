/* Views: what a command returns to people. A result is a list of blocks, each the description of
 * one drawing (a line, a table, a heat map, bars, curves); a backend draws all kinds for its target, so a
 * new view is drawn everywhere at once. Nothing here knows the terminal. */
#ifndef RASAD_RENDER_VIEW_H
#define RASAD_RENDER_VIEW_H

#include "render/data.h"

/* How a piece of text is meant, not how it looks. */
enum tone {
    TONE_PLAIN,
    TONE_DIM,
    TONE_STRONG,
    TONE_GOOD,
    TONE_BAD,
    TONE_SITE,
    TONE_NUMBER,
    TONE_ERROR
};

enum view_kind {
    VIEW_LINE,
    VIEW_TABLE,
    VIEW_HEAT,
    VIEW_BARS,
    VIEW_PLOT,
    VIEW_TEXT,
    VIEW_PARAGRAPH
};

enum cell_kind { CELL_EMPTY, CELL_STR, CELL_INT, CELL_NUM, CELL_BAR };
struct cell {
    enum cell_kind kind;
    enum tone tone;
    const char *s; /* CELL_STR: from outside, made visible and guarded when drawn */
    int64_t i;
    double d;        /* CELL_NUM; CELL_BAR: 0..1, below 0 drawn in another sign */
    const char *fmt; /* CELL_NUM: printf format of one double; NULL = %g with the set precision */
};
struct column {
    const char *head; /* "" = none */
    bool right;       /* right-aligned */
    bool foreign;     /* may hold text of any script: put last when there is a choice, guarded */
};
struct table {
    const char *title; /* NULL = none */
    int ncols;
    struct column *cols;
    struct cell *cells; /* row-major */
    size_t nrows, cap;
    const char *footer; /* "40 rows (20 shown)"; NULL = none */
};

/* Heat maps: rows are queries, columns are keys, always. One or several panels (thumbnails). */
struct heat_panel {
    const char *title; /* "h3  1.90 bits" */
    struct tensor t;   /* 2-d [rows, cols]; -inf = masked, drawn as such */
    const char *side;  /* per-panel note or NULL */
};
struct heat {
    const char *title; /* site, sizes, what rows and columns are */
    int npanels;
    struct heat_panel *panels;
    const char **row_labels; /* tokens; NULL = indices alone */
    const char **col_labels; /* key under the map; left out when they are the row labels */
    const char **row_notes;  /* ASCII, between cells and label ("0  0.70"); NULL = none */
    const char *note_head;   /* heading over row_notes; NULL = none */
    bool col_rtl;
    double lo, hi;     /* the scale; lo == hi: as `scale` says */
    const char *scale; /* "0-1" (also NULL); "row": each row to its own largest; "max": to
                                 * the largest of all panels; "log": four decades below that */
    bool numbers;      /* print the values instead of colours */
    int cells;         /* enum cells_mode of term.h for this map alone; 0 = as the user set it */
    const char *row_name, *col_name; /* "query (target)", "key (source)" */
    int64_t row0, col0;              /* index of the first row and column shown */
};
struct bars {
    const char *title;
    int n;
    const char **labels; /* text of any script */
    double *values;
    double max; /* full length; 0 = the largest value */
    const char *unit;
};
/* Curves over a numeric axis; all series share both axes. */
struct plot_series {
    const char *label; /* in the legend; text of any script */
    int n;
    double *x, *y; /* NaN in y: a gap */
};
struct plot {
    const char *title;
    const char *x_name, *y_name; /* with units: "tokens", "operations" */
    bool x_log, y_log;
    double y_most; /* no value can be larger: the axis is from 0 to here; 0 = as the points want */
    bool points;   /* marks alone, no line between them */
    int nseries;
    struct plot_series *series;
};
struct span {
    enum tone tone;
    const char *s;
};
/* Running text of either direction, which is that of most of its letters. What stands between
 * backquotes is code, from left to right in any case; the backquotes are not shown. */
struct paragraph {
    enum tone tone;
    int indent; /* blanks before each of its lines */
    const char *text;
};
struct view {
    enum view_kind kind;
    struct view *next;
    union {
        struct {
            struct span *spans;
            int n;
        } line;
        struct table table;
        struct heat heat;
        struct bars bars;
        struct plot plot;
        struct paragraph paragraph;
        const char *text; /* preformatted, our own text */
    } u;
};

/* A command's result: data for programs and views for people, in one arena. */
struct result {
    struct arena arena;
    struct data *data; /* an object, made by result_init */
    struct view *first, *last;
};
void result_init(struct result *r);
void result_release(struct result *r);
/* Adds copies of all views of `from`, which then needs not live on. False: out of memory. */
bool result_copy_views(struct result *to, const struct result *from, struct err *e);

void out_line(struct result *r, enum tone tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* A line of several tones: out_span adds to the last line begun by out_begin. Text of a model or a
 * user goes in with out_span(..., "%s", text): it is made visible and guarded when drawn. */
void out_begin(struct result *r);
void out_span(struct result *r, enum tone tone, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* A text of known length as a C string for spans and cells: a NUL in it becomes its stand-in. */
const char *out_strn(struct result *r, const char *s, size_t n);
void out_text(struct result *r, const char *text); /* preformatted lines of our own */
/* Running text (see struct paragraph); text from outside may be in it. */
void out_paragraph(struct result *r, enum tone tone, int indent, const char *text);
/* Appends the views of `from`, whose arena `to` takes over; the data of `from` stays where it is,
 * valid as long as `to`. `from` is empty afterwards. */
void out_append(struct result *to, struct result *from);

/* heads: "#> id> p> | piece*" : columns separated by spaces; '>' after a head right-aligned, '*'
 * foreign text, '_' a space in it; "|" or "_" alone is a column without a head (bars). */
struct table *out_table(struct result *r, const char *heads);
struct cell *table_row(struct result *r, struct table *t); /* a new row of empty cells */
struct cell cell_str(struct result *r, const char *s);     /* copies */
struct cell cell_int(int64_t i);
struct cell cell_num(double d, const char *fmt);
struct cell cell_bar(double fraction);
/* Panels zeroed. The caller stores tensors with a reference of their own (tensor_ref), which
 * result_release drops. Labels, titles and notes must live as long as the result (its arena). */
struct heat *out_heat(struct result *r, int npanels);
struct bars *out_bars(struct result *r, int n);
/* Series zeroed but for n, x and y, which have room for `points` numbers each. */
struct plot *out_plot(struct result *r, int nseries, int points);

#endif
