/* A strict reader of SVG and of HTML as this project writes it, for tests. */
#ifndef RASAD_TESTS_MARKUP_H
#define RASAD_TESTS_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

/* Is the text well-formed: valid UTF-8 without controls and non-characters, every element closed in
 * order, attributes quoted and none twice, no stray '<' '>' '&', known entities alone, one root?
 * `html`: a doctype, elements that are never closed (meta, br), attributes without values.
 * False: *why says what is wrong and where (static). */
bool markup_ok(const char *s, size_t n, bool html, const char **why);
/* How many times a text occurs. */
int markup_count(const char *s, const char *what);

#endif
