/* Rows against a vector and their gradient step, against plain sums in double precision. */
#include "kernel_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 40, MOST = 70 };

/* dots and step of n rows of width d; `named`: picked rows, one of them twice, else the first n. */
static void check_rows(int64_t n, int64_t d, bool named)
{
    int64_t ld = d + 3;
    int32_t pick[ROWS];
    float *w = random_floats(ROWS * ld, 1, 1), *x = random_floats(d, 1, 2),
          *g = random_floats(n, 0.5f, 3), *dx = random_floats(d, 1, 4), y[ROWS];
    double want[ROWS], *after = malloc(sizeof(double) * (size_t)(ROWS * ld)),
                       *moved = malloc(sizeof(double) * (size_t)(d + 1));
    for (int64_t j = 0; j < n; j++)
        pick[j] = (int32_t)((7 * j + 3) % ROWS);
    if (n > 1)
        pick[n - 1] = pick[0];
    for (int64_t i = 0; i < ROWS * ld; i++)
        after[i] = (double)w[i];
    for (int64_t c = 0; c < d; c++)
        moved[c] = (double)dx[c];
    for (int64_t j = 0; j < n; j++) {
        double *row = after + (named ? pick[j] : j) * ld;
        want[j] = 0;
        for (int64_t c = 0; c < d; c++)
            want[j] += (double)x[c] * (double)w[(named ? pick[j] : j) * ld + c];
        for (int64_t c = 0; c < d; c++) {
            moved[c] += (double)g[j] * row[c];
            row[c] += (double)g[j] * (double)x[c];
        }
    }
    k_row_dots(y, x, w, ld, named ? pick : NULL, n, d);
    check_close("dots", y, want, n, 1e-5, 1);
    k_row_push(dx, x, g, w, ld, named ? pick : NULL, n, d);
    check_close("dx", dx, moved, d, 1e-5, 1);
    check_close("rows", w, after, ROWS * ld, 1e-5, 1); /* what lies between rows stays */
    free(w);
    free(x);
    free(g);
    free(dx);
    free(after);
    free(moved);
}

static void test_rows__dots_and_step(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        for (int64_t n = 1; n <= 20; n++)
            for (int64_t d = 1; d <= MOST; d += d < 20 ? 1 : 7) {
                check_rows(n, d, false);
                check_rows(n, d, true);
            }
    }
}

static void test_sigmoid__values(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        for (int64_t n = 1; n <= 37; n++) {
            float x[37], y[37];
            double want[37];
            for (int64_t i = 0; i < n; i++) {
                x[i] = (float)(i - 18) * 1.7f;
                want[i] = 1 / (1 + exp(-(double)x[i]));
            }
            k_sigmoid(y, x, n);
            check_close("sigmoid", y, want, n, 1e-6, 1e-6);
        }
        float far[2] = {-200, 200};
        k_sigmoid(far, far, 2);
        assert_true(far[0] >= 0 && far[0] < 1e-30f);
        assert_true(far[1] == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows__dots_and_step),
        cmocka_unit_test(test_sigmoid__values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
