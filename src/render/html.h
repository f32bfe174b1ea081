/* Parts of the HTML target. */
#ifndef RASAD_RENDER_HTML_H
#define RASAD_RENDER_HTML_H

#include "scene.h"

enum { HTML_LETTERS = 2000 }; /* of one text from outside, cut after that */

void html_any(struct str *out, const char *s); /* with an element of its own where it turns */
void html_digits(struct str *out, const char *text, const struct style *st);
int64_t html_heat_cells(const struct heat *h); /* in all panels; INT64_MAX: not drawable as cells */
void html_heat(struct str *out, const struct heat *h, const struct style *st);

#endif
