/* Counts that follow from a plan alone: parameters, numbers of a value, operations. Each is a sum of
 * products of symbols, so that one count can be read as a formula (4*D*H*K + D), with its sizes
 * (4*1024*4*192 + 1024), and as a number. Nothing is allocated at the sizes counted. */
#ifndef RASAD_ENGINE_COUNT_H
#define RASAD_ENGINE_COUNT_H

#include "engine/plan.h"

#define PRODUCT_SYMBOLS 8

/* k * symbol * symbol ... */
struct product {
    int64_t k;
    int n;
    int symbol[PRODUCT_SYMBOLS];
};
/* Products without two that have the same symbols. Zeroed: 0. */
struct sum {
    struct product *terms;
    size_t n, cap;
};

/* The numbers of a node's result: one product of its shape. */
struct product count_value(const struct plan *p, int node);
struct product count_param(const struct plan *p, int param);
/* Multiplications and additions of a node: result times operations for each number of it. */
struct product count_flops(const struct plan *p, int node);

struct product product_of(struct dim d);
struct product product_times(struct product x, struct dim d);

void sum_add(struct sum *s, struct product x);
void sum_add_all(struct sum *s, const struct sum *x, int64_t times);
bool sum_equal(const struct sum *x, const struct sum *y); /* the same terms in the same order */
void sum_release(struct sum *s);

/* "4*D*H*K + D"; of no terms "0". */
void sum_formula(const struct plan *p, const struct sum *s, struct str *out);
/* "4*1024*4*192 + 1024"; a size that is not known (a symbol bound to 0 or less) keeps its letter. */
void sum_numbers(const struct plan *p, const struct sum *s, const struct binding *b,
                 struct str *out);
/* Whether every size in it is known under the binding. */
bool sum_known(const struct plan *p, const struct sum *s, const struct binding *b);
/* The number; exact in *whole, or INT64_MAX when it is past 63 bits. `whole` may be NULL. */
double sum_value(const struct plan *p, const struct sum *s, const struct binding *b,
                 int64_t *whole);

#endif
