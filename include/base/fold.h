/* Words as they compare: without case, and without the differences of Persian spelling. */
#ifndef RASAD_BASE_FOLD_H
#define RASAD_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Adds `s` folded: letters in lower case; Arabic yeh and kaf as the Persian ones; Persian digits
 * as Latin ones; vowel signs, tatweel, joiners and direction marks gone; '-', '_' and the word mark
 * U+2581 as blanks; blanks single, none at the ends. A half-space is none at all, so that "می‌رود"
 * is "میرود". Bytes that are not UTF-8 stay. */
void fold_add(struct str *out, const char *s, size_t n);
bool fold_equal(const char *a, const char *b);

#endif
