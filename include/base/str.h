/* Growable string. `s` is never NULL and always NUL-terminated; bytes may hold NULs of their
 * own. */
#ifndef RASAD_BASE_STR_H
#define RASAD_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    char *s;
    size_t len, cap; /* cap 0: s is a shared empty string */
};

extern char str_empty[1];
#define STR_INIT                                                                                   \
    {                                                                                              \
        str_empty, 0, 0                                                                            \
    }

void str_add(struct str *b, const char *s);
void str_addn(struct str *b, const char *s, size_t n);
void str_addc(struct str *b, char c);
void str_addf(struct str *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_add_int(struct str *b, int64_t v); /* what %lld writes, for long tables */
void str_vaddf(struct str *b, const char *fmt, va_list ap);
void str_repeat(struct str *b, const char *s, int n);
void str_clear(struct str *b); /* length 0, memory kept */
void str_truncate(struct str *b, size_t len);
char *str_detach(struct str *b); /* the caller frees it; the string is empty again */
void str_release(struct str *b);

/* Adds text that came from outside (a file, a vocabulary, a script) in a form that is safe on a
 * terminal: control characters, C1, bidi controls, lone surrogates and bytes that are not UTF-8
 * become visible stand-ins: ‹ZWNJ› ‹U+202E› <0xE2>. Letters, marks and spaces stay as they are. */
void str_add_visible(struct str *b, const char *s, size_t n);

/* The number of single edits (insert, delete, replace, swap of neighbours) between two strings. */
int str_distance(const char *a, const char *b);

/* The candidate nearest to `word` (a prefix match first, then distance at most max(len,3)/3), or
 * NULL: none, or the word has one letter. Ends of `names` with NULL. */
const char *str_nearest(const char *word, const char *const *names);

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* Whole-string number parsing; false when anything is left over or out of range. Persian and
 * Arabic-Indic digits are accepted. */
bool str_int(const char *s, int64_t lo, int64_t hi, int64_t *out);
bool str_double(const char *s, double *out);

#endif
