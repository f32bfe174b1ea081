/* What the tests of the kernels share: filled memory, weights of every type, comparison. */
#ifndef RASAD_TESTS_KERNEL_CHECK_H
#define RASAD_TESTS_KERNEL_CHECK_H

#include <stdint.h>

#include "tensor/kernels.h"

/* cmocka wants these before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* n floats, uniform between -scale and scale, from that seed. Freed by the caller. */
float *random_floats(int64_t n, float scale, uint32_t seed);

/* A weight [rows, cols] of that type, `off` bytes off alignment, holding random numbers; *plain
 * gets the numbers as they are after rounding to the type. Both are freed with weight_free. */
struct k_weight random_weight(enum dtype t, int64_t rows, int64_t cols, int off, uint32_t seed,
                              double **plain);
void weight_free(struct k_weight *w, double *plain);

/* Fails, naming `what` and the place, when |got - want| > tol max(|want|, floor); NaN and infinity
 * must be the same. */
void check_close(const char *what, const float *got, const double *want, int64_t n, double tol,
                 double floor);

/* Runs the body once for each instruction set that this machine has; prints those it lacks. */
#define FOR_EACH_ISA(name)                                                                         \
    for (const char **isa_ = (const char *[]){"c", "avx2", "avx512", NULL}, *name = *isa_; name;   \
         name = *++isa_)                                                                           \
        if (!isa_usable(name)) {                                                                   \
        } else
bool isa_usable(const char *name);

#endif
