/* The product with a weight against sums in double precision: odd sizes, types, strides. */
#include "kernel_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"

struct product_case {
    int64_t m, n, k;
    enum dtype type;
    int off; /* bytes off alignment */
    bool bias;
};

static void check_case(struct product_case c)
{
    double *w, *b = NULL;
    struct k_weight weight = random_weight(c.type, c.n, c.k, c.off, 1, &w);
    struct k_weight bias = {0};
    if (c.bias)
        bias = random_weight(c.type, 1, c.n, c.off, 2, &b);
    int64_t ldx = c.k + 3, ldy = c.n + 5;
    float *x = random_floats(c.m * ldx, 1, 3), *y = random_floats(c.m * ldy, 1, 4);
    float *row = malloc((size_t)c.n * sizeof *row);
    double *want = malloc((size_t)c.n * sizeof *want);
    float edge = y[ldy - 5 < 0 ? 0 : c.n];
    k_linear(y, ldy, x, ldx, &weight, c.bias ? &bias : NULL, c.m);
    char what[128];
    snprintf(what, sizeof what, "m %d n %d k %d %s off %d bias %d", (int)c.m, (int)c.n, (int)c.k,
             dtype_name(c.type), c.off, c.bias);
    for (int64_t i = 0; i < c.m; i++) {
        for (int64_t j = 0; j < c.n; j++) {
            want[j] = c.bias ? b[j] : 0;
            for (int64_t l = 0; l < c.k; l++)
                want[j] += (double)x[i * ldx + l] * w[j * c.k + l];
        }
        check_close(what, y + i * ldy, want, c.n, 2e-6, sqrt((double)c.k) + 1);
        if (strcmp(k_isa(), "c") != 0 && c.m < 64) { /* alone and in a batch: the same bits */
            k_linear(row, c.n, x + i * ldx, ldx, &weight, c.bias ? &bias : NULL, 1);
            assert_memory_equal(row, y + i * ldy, (size_t)c.n * sizeof *row);
        }
    }
    assert_true(c.m == 0 || y[c.n] == edge); /* nothing beyond the row */
    free(x);
    free(y);
    free(row);
    free(want);
    weight_free(&weight, w);
    if (c.bias)
        weight_free(&bias, b);
}

static void test_linear__odd_sizes(void **state)
{
    (void)state;
    const int64_t rows[] = {1, 2, 3, 4, 5, 7, 12, 17, 33, 67};
    const int64_t sizes[] = {1, 3, 17, 33, 130};
    const enum dtype types[] = {DT_F32, DT_F16, DT_BF16};
    FOR_EACH_ISA(isa)
    for (int t = 0; t < 3; t++)
        for (int r = 0; r < 10; r++)
            for (int n = 0; n < 5; n++)
                for (int k = 0; k < 5; k++)
                    check_case((struct product_case){rows[r], sizes[n], sizes[k], types[t],
                                                     (n + k) % 4, (r + n) % 2});
}

static void test_linear__long_rows(void **state)
{
    (void)state;
    const int64_t lengths[] = {512, 513, 1024, 1541};
    const int64_t rows[] = {1, 2, 4, 9, 150};
    const enum dtype types[] = {DT_F32, DT_F16, DT_BF16};
    FOR_EACH_ISA(isa)
    for (int t = 0; t < 3; t++)
        for (int k = 0; k < 4; k++)
            for (int r = 0; r < 5; r++)
                check_case((struct product_case){rows[r], 37, lengths[k], types[t], k % 2, r % 2});
}

static void test_linear__many_weight_rows(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        check_case((struct product_case){1, 3001, 64, DT_F32, 0, true});
        check_case((struct product_case){3, 3001, 64, DT_F16, 1, false});
        check_case((struct product_case){300, 131, 64, DT_F32, 0, true});
        check_case((struct product_case){300, 131, 64, DT_F32, 2, true});
        check_case((struct product_case){260, 40, 8200, DT_F32, 0, true}); /* OpenBLAS */
        check_case((struct product_case){2060, 35, 20, DT_F16, 0, true});
    }
}

static void test_linear__empty(void **state)
{
    (void)state;
    float x[4] = {1, 2, 3, 4}, y[2] = {7, 7}, w[4] = {1, 1, 1, 1}, b[2] = {5, 6};
    FOR_EACH_ISA(isa)
    {
        struct k_weight none = {w, DT_F32, 0, 2}, narrow = {w, DT_F32, 2, 0},
                        bias = {b, DT_F32, 1, 2};
        y[0] = y[1] = 7;
        k_linear(y, 2, x, 2, &none, NULL, 1);
        k_linear(y, 2, x, 2, &(struct k_weight){w, DT_F32, 2, 2}, NULL, 0);
        assert_true(y[0] == 7 && y[1] == 7);
        k_linear(y, 2, x, 2, &narrow, &bias, 1); /* an empty sum is the bias */
        assert_true(y[0] == 5 && y[1] == 6);
    }
}

static void test_linear__nan_stays_in_its_row(void **state)
{
    (void)state;
    float x[3 * 20], y[3 * 7];
    double *plain;
    struct k_weight w = random_weight(DT_F32, 7, 20, 0, 5, &plain);
    for (int i = 0; i < 60; i++)
        x[i] = 0.5f;
    x[20] = NAN;
    x[40] = INFINITY;
    FOR_EACH_ISA(isa)
    {
        k_linear(y, 7, x, 20, &w, NULL, 3);
        for (int j = 0; j < 7; j++) {
            assert_true(isfinite(y[j]));
            assert_true(isnan(y[7 + j]));
            assert_true(isinf(y[14 + j]));
        }
    }
    weight_free(&w, plain);
}

/* Work is cut into pieces of fixed shape, so the number of threads does not show in the result. */
static void test_linear__threads_do_not_matter(void **state)
{
    (void)state;
    double *plain;
    struct k_weight w = random_weight(DT_F32, 2003, 300, 0, 5, &plain);
    float *x = random_floats(5 * 300, 1, 3);
    float *one = random_floats(5 * 2003, 1, 4), *three = random_floats(5 * 2003, 1, 4);
    int before = k_threads();
    FOR_EACH_ISA(isa)
    {
        k_set_threads(1);
        k_linear(one, 2003, x, 300, &w, NULL, 5);
        k_set_threads(3);
        assert_int_equal(k_threads(), 3);
        k_linear(three, 2003, x, 300, &w, NULL, 5);
        assert_memory_equal(one, three, 5 * 2003 * sizeof *one);
    }
    k_set_threads(before);
    free(x);
    free(one);
    free(three);
    weight_free(&w, plain);
}

static void test_linear__stops_when_interrupted(void **state)
{
    (void)state;
    double *plain;
    struct k_weight w = random_weight(DT_F32, 50, 30, 0, 5, &plain);
    float *x = random_floats(30, 1, 3), *y = random_floats(50, 1, 4),
          *old = random_floats(50, 1, 4);
    interrupt_flag = 1;
    k_linear(y, 50, x, 30, &w, NULL, 1);
    interrupt_flag = 0;
    assert_memory_equal(y, old, 50 * sizeof *y);
    free(x);
    free(y);
    free(old);
    weight_free(&w, plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_linear__odd_sizes),
        cmocka_unit_test(test_linear__long_rows),
        cmocka_unit_test(test_linear__many_weight_rows),
        cmocka_unit_test(test_linear__empty),
        cmocka_unit_test(test_linear__nan_stays_in_its_row),
        cmocka_unit_test(test_linear__threads_do_not_matter),
        cmocka_unit_test(test_linear__stops_when_interrupted),
    };
    return cmocka_run_group_tests_name("tensor/linear", tests, NULL, NULL);
}
