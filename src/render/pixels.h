/* Pictures inside a terminal: a view's pixels and the sequences that show them. */
#ifndef RASAD_RENDER_PIXELS_H
#define RASAD_RENDER_PIXELS_H

#include "scene.h"

struct pixels {
    int64_t w, h;
    unsigned char *rgb; /* freed by the caller */
};
/* A view at so many pixels a unit, narrower where it would be wider than `most` (0 = any). */
bool view_pixels(struct pixels *out, const struct view *v, const struct style *st, double scale,
                 int64_t most, struct err *e);
/* As DEC sixels with at most 256 colour registers: colours that many pixels have are exact to a
 * hundredth, the others go to the nearest of these. */
void sixel_encode(struct str *out, const struct pixels *p);

#endif
