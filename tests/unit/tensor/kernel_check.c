/* What the tests of the kernels share. */
#include "kernel_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

float *random_floats(int64_t n, float scale, uint32_t seed)
{
    float *x = malloc((size_t)(n > 0 ? n : 1) * sizeof *x);
    assert_non_null(x);
    uint32_t state = seed * 2654435761u + 12345;
    for (int64_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        x[i] = scale * ((float)(state >> 8) / 8388608.0f - 1);
    }
    return x;
}

struct k_weight random_weight(enum dtype t, int64_t rows, int64_t cols, int off, uint32_t seed,
                              double **plain)
{
    int64_t n = rows * cols;
    size_t size = dtype_size(t);
    float *x = random_floats(n, 1, seed);
    unsigned char *p = malloc((size_t)n * size + 1 + (size_t)off);
    *plain = malloc((size_t)(n > 0 ? n : 1) * sizeof **plain);
    assert_non_null(p);
    assert_non_null(*plain);
    for (int64_t i = 0; i < n; i++) {
        unsigned char *at = p + off + (size_t)i * size;
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        uint16_t h = t == DT_F16 ? float_to_half(x[i]) : (uint16_t)(bits >> 16);
        if (t == DT_F32)
            memcpy(at, x + i, 4);
        else
            memcpy(at, &h, 2);
        (*plain)[i] = dtype_load(t, at);
    }
    free(x);
    return (struct k_weight){.data = p + off, .dtype = t, .rows = rows, .cols = cols};
}

void weight_free(struct k_weight *w, double *plain)
{
    /* The start of the block: `off` is what keeps the data from being aligned to 16 bytes. */
    free((void *)((uintptr_t)w->data & ~(uintptr_t)15));
    free(plain);
    *w = (struct k_weight){0};
}

void check_close(const char *what, const float *got, const double *want, int64_t n, double tol,
                 double floor)
{
    for (int64_t i = 0; i < n; i++) {
        double g = got[i], w = want[i];
        bool same = isnan(w)   ? isnan(g) != 0
                    : isinf(w) ? g == w
                               : fabs(g - w) <= tol * fmax(fabs(w), floor);
        if (!same)
            fail_msg("%s [%s]: element %lld of %lld is %.9g, not %.9g", what, k_isa(), (long long)i,
                     (long long)n, g, w);
    }
}

bool isa_usable(const char *name)
{
    if (k_force_isa(name))
        return true;
    printf("# skipped: this machine has no %s\n", name);
    return false;
}
