/* Arithmetic written in a text: "3 x 1024 x 768", "(1024 + 1) * 1024", "2^10 / sqrt(64)". */
#ifndef RASAD_BASE_CALC_H
#define RASAD_BASE_CALC_H

#include "base/err.h"

/* What stands between backquotes is the caller's: `shapes enc.0 -> sites[0].bytes`. */
struct calc_values {
    bool (*value)(void *ud, const char *text, size_t n, double *out, struct err *e);
    void *ud;
};

/* Numbers may be grouped (3,145,728 3_145_728), end in % and be written in Persian digits; * x and
 * the multiplication sign multiply, - and the minus sign subtract, ^ raises; sqrt log log2 exp abs
 * round floor ceil take one operand. `values` NULL: there is nothing between backquotes.
 * What is no arithmetic is an error whose column is an offset in `text`. */
bool calc(const char *text, const struct calc_values *values, double *out, struct err *e);

#endif
