/* Drawing views for a terminal, a pipe or a file: colour depth, right-to-left text, widths. */
#ifndef RASAD_RENDER_TERM_H
#define RASAD_RENDER_TERM_H

#include "render/view.h"

enum color_depth { COLOR_NONE, COLOR_BASIC, COLOR_256, COLOR_24BIT };
enum bidi_mode { BIDI_OFF, BIDI_TERMINAL, BIDI_VISUAL };
enum cells_mode {
    CELLS_AUTO,
    CELLS_BLOCK,
    CELLS_HALF,
    CELLS_ASCII,
    CELLS_BRAILLE,
    CELLS_NUMBER,
    CELLS_PIXEL /* as `auto` where `pixels` is none */
};
enum pixel_mode { PIXELS_NONE, PIXELS_SIXEL, PIXELS_KITTY, PIXELS_ITERM };
enum table_mode { MODE_BOX, MODE_PLAIN, MODE_MD, MODE_CSV, MODE_TSV };
enum colormap { MAP_VIRIDIS, MAP_MAGMA, MAP_CIVIDIS, MAP_GRAY };

/* Everything that decides how a view looks; filled from settings and the stream.
 *
 * Limits follow the mode: csv and tsv are for programs and hold every row, no titles, no cuts,
 * Latin digits. Text from outside is made visible in every mode (data_json has the exact bytes). */
struct style {
    bool tty; /* the stream is a terminal: guards and reordering apply */
    enum color_depth color;
    bool unicode; /* box lines, blocks; else ASCII */
    enum bidi_mode bidi;
    bool shaping;  /* visual mode: presentation forms */
    bool large;    /* for an audience: wider gaps and cells */
    bool axis_rtl; /* mirror the columns of right-to-left sources */
    bool persian_digits;
    enum cells_mode cells;
    enum pixel_mode pixels; /* what the terminal takes */
    int pixel_width;        /* most pixels in a line; 0 = no limit */
    double pixel_scale;     /* pixels a unit of a picture; 0 = 1 */
    enum colormap map;
    enum table_mode mode;
    int width;     /* columns of the screen, at least 20; 0 = no limit */
    int rows;      /* most rows of a table, 0 = all */
    int precision; /* significant digits of numbers without a format of their own */
};
/* A pipe: no tty, no colours, logical order, Unicode, plain tables, 80 columns, 4 digits. */
void style_init(struct style *s);

/* Draws one view, or all of a result, as lines ending in newline; escape codes only when
 * style->color is not COLOR_NONE, each coloured line ends with a reset before the newline. */
void term_view(struct str *out, const struct view *v, const struct style *s);
void term_result(struct str *out, const struct result *r, const struct style *s);

/* Outside text as it may be shown on this stream: visible stand-ins for controls, reordered in
 * visual mode, wrapped in LRM in terminal mode when it has right-to-left letters. Joiners (ZWNJ,
 * ZWJ) between two letters or inside an emoji stay as they are; elsewhere, as at the end of a
 * piece, they are shown as ‹ZWNJ›. */
void term_text(struct str *out, const char *s, size_t n, const struct style *st);
/* Cells that term_text will take. */
int term_text_width(const char *s, size_t n, const struct style *st);
/* Cuts to `cells` at a cluster boundary and adds "…" when something was cut. */
void term_text_fit(struct str *out, const char *s, size_t n, int cells, const struct style *st);

/* What the environment says: TERM, COLORTERM, NO_COLOR, CLICOLOR_FORCE, VTE_VERSION ... for the
 * stream fd; `color` is "auto" "always" "never" "16" "256" "24bit". The depths hold for a
 * terminal only; "always" (also CLICOLOR_FORCE under "auto") for any stream, at least BASIC. */
enum color_depth term_color_depth(int fd, const char *color);
/* Who turns right-to-left text: OFF when there is no terminal. *uncertain: it is a guess, and a
 * hint at the `bidi` setting is due. */
enum bidi_mode term_bidi_mode(bool tty, bool *uncertain);
/* What asks a terminal for its ways to show pixels. */
extern const char pixels_query[];
/* Reads what it answered so far; true: the answer is whole and in *out. */
bool pixels_answer(const char *s, size_t n, enum pixel_mode *out);
/* The colour of v in 0..1. */
void colormap_rgb(enum colormap m, double v, unsigned char rgb[3]);
int colormap_256(enum colormap m, double v); /* fixed ramps, rising in lightness */
void colormap_256_rgb(int index, unsigned char rgb[3]);
/* CIE L*, 0..100. Text on a colour is black above 55, white below. */
double colormap_lightness(const unsigned char rgb[3]);

#endif
