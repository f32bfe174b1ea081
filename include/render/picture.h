/* Views as pictures and pages: SVG whose text is text, PNG with shaped letters, HTML that reads
 * without scripts. One description, the views of render/view.h; `struct style` says which colour
 * map, digits, precision and direction of axes, as on terminals.
 *
 * All text from outside is made visible (controls, direction marks, bytes that are not UTF-8) and
 * escaped; every output is well-formed whatever the texts hold. */
#ifndef RASAD_RENDER_PICTURE_H
#define RASAD_RENDER_PICTURE_H

#include "base/err.h"
#include "render/term.h"

/* What stands over a picture: text of any script. */
struct caption {
    const char *title;        /* NULL = none; also the name of the document */
    const char *const *lines; /* model, sentence ... one a line */
    int nlines;
};

/* A whole document of the views from `v` on. */
void picture_svg(struct str *out, const struct view *v, const struct caption *c,
                 const struct style *st);
/* Bytes of a PNG, two pixels a unit of the SVG (one where that would be too large). *tofu: letters
 * for which this machine has no font, drawn as boxes. Errors: no font at all, memory, size. */
bool picture_png(struct str *out, const struct view *v, const struct caption *c,
                 const struct style *st, int *tofu, struct err *e);
/* A whole page: light and dark, for screens from 400 pixels on and for paper; no scripts. */
void picture_html(struct str *out, const struct view *v, const struct caption *c,
                  const struct style *st);

/* ---- parts of other pages -------------------------------------------------------------------- */

/* One view as HTML: lines are <p>, tables <table>, heat maps <table> with coloured cells (past
 * HTML_CELLS an <svg>), bars <table>, curves <svg>. `name`: what a table without a
 * title is, for those who do not see what stands over it; NULL = nothing. */
enum { HTML_CELLS = 2500 };
void html_view(struct str *out, const struct view *v, const char *name, const struct style *st);
extern const char render_html_css[]; /* the text of a <style> element that html_view relies on */
/* One view as an <svg> element that takes the text colour of the page around it. */
void svg_view(struct str *out, const struct view *v, const struct style *st);
/* The same in few bytes: the cells of each heat map are one image, which tells no numbers. */
void svg_small(struct str *out, const struct view *v, const struct style *st);
/* Outside text made visible and escaped for element content and quoted attributes, cut after
 * `most` characters (0 = never). */
void html_text(struct str *out, const char *s, size_t most);
/* The same as <bdi dir="rtl">: an element of its own that takes its own direction. */
void html_bdi(struct str *out, const char *s, size_t most);

/* ---- images ---------------------------------------------------------------------------------- */

/* A PNG of w x h pixels of three bytes (red, green, blue), rows from the top. */
bool png_encode(struct str *out, const unsigned char *rgb, int64_t w, int64_t h, struct err *e);
void base64_encode(struct str *out, const void *bytes, size_t n);

#endif
