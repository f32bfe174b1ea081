/* UTF-8: decoding with the checks of RFC 3629, and the widths of what a terminal shows. */
#ifndef RASAD_BASE_UTF8_H
#define RASAD_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the character at s (n bytes left, n > 0). Returns its length 1..4 and sets *cp; for bytes
 * that are not UTF-8 (overlong, surrogate, past U+10FFFF, cut off) returns 1 and sets *cp = -1. */
int utf8_decode(const char *s, size_t n, int32_t *cp);
int utf8_encode(int32_t cp, char out[4]); /* bytes written */
/* Offset of the first byte that is not UTF-8, or n. */
size_t utf8_valid(const char *s, size_t n);
size_t utf8_count(const char *s, size_t n); /* code points; a bad byte counts as one */

/* Bytes of the next grapheme cluster and its cells on a terminal (0..2; the widest code point). */
size_t utf8_cluster(const char *s, size_t n, int *cells);
int utf8_width(const char *s, size_t n); /* cells of the whole string */

/* Hard right-to-left: has a letter of class R or AL. */
bool utf8_has_rtl(const char *s, size_t n);
/* "ZWNJ", "LRM", "NBSP" ... for characters that cannot be seen; NULL for the others. */
const char *utf8_invisible_name(int32_t cp);
/* Must not reach a terminal as it is: controls, C1, format and bidi controls, line separators. */
bool utf8_unsafe(int32_t cp);

#endif
