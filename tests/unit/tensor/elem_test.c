/* Row-wise and element-wise kernels against plain double precision. */
#include "kernel_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t sizes[] = {1, 2, 3, 15, 16, 17, 31, 33, 100, 513};
enum { SIZES = 10 };

static void test_activate__close_to_the_cell_rule(void **state)
{
    (void)state;
    enum { N = 60001 };
    float *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
    double *want = malloc(N * sizeof *want);
    for (int i = 0; i < N; i++) { /* -30 .. 30, finer around 0 */
        double u = (i - 30000) / 30000.0;
        x[i] = (float)(30 * u * u * u);
    }
    FOR_EACH_ISA(isa)
    {
        for (int a = 0; a < ACT_COUNT; a++) {
            k_activate((enum k_act)a, y, x, N);
            for (int i = 0; i < N; i++)
                want[i] = k_act_cell((enum k_act)a, x[i]);
            /* in the far tail of the tanh form the exponent is rounded by 2e-6 of itself */
            check_close(k_act_name((enum k_act)a), y, want, N, 1e-6,
                        a == ACT_GELU_TANH ? 1e-3 : 1e-5);
        }
    }
    free(x);
    free(y);
    free(want);
}

static void test_activate__special_values(void **state)
{
    (void)state;
    float x[] = {NAN,   INFINITY, -INFINITY, 0,    -0.0f, 1e-40f, -1e-40f, 3e38f, -3e38f,
                 1e20f, -1e20f,   100,       -100, 88.8f, -88.8f, 1e-20f,  -104};
    enum { N = sizeof x / sizeof *x };
    float y[N];
    double want[N];
    FOR_EACH_ISA(isa)
    {
        for (int a = 0; a < ACT_COUNT; a++) {
            k_activate((enum k_act)a, y, x, N);
            for (int i = 0; i < N; i++)
                want[i] = k_act_cell((enum k_act)a, x[i]);
            check_close(k_act_name((enum k_act)a), y, want, N, 1e-6, 1e-30);
        }
    }
}

static void test_activate__sizes_and_in_place(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        for (int s = 0; s < SIZES; s++) {
            int64_t n = sizes[s];
            float *x = random_floats(n + 1, 4, 1), end = x[n];
            double *want = malloc((size_t)n * sizeof *want);
            for (int64_t i = 0; i < n; i++)
                want[i] = k_act_cell(ACT_SILU, x[i]);
            k_activate(ACT_SILU, x, x, n);
            check_close("silu", x, want, n, 1e-6, 1e-6);
            assert_true(x[n] == end);
            free(x);
            free(want);
        }
        k_activate(ACT_GELU, NULL, NULL, 0);
    }
}

static void test_act__names(void **state)
{
    (void)state;
    enum k_act a;
    assert_true(k_act_parse("swish", &a) && a == ACT_SILU);
    assert_true(k_act_parse("gelu_pytorch_tanh", &a) && a == ACT_GELU_TANH);
    assert_false(k_act_parse("mish", &a));
    for (int i = 0; i < ACT_COUNT; i++)
        assert_true(k_act_parse(k_act_name((enum k_act)i), &a) && a == (enum k_act)i);
}

static void softmax_plain(double *y, const float *x, int64_t n)
{
    double top = -INFINITY, sum = 0;
    for (int64_t i = 0; i < n; i++)
        top = x[i] > top || isnan(x[i]) ? x[i] : top;
    for (int64_t i = 0; i < n; i++)
        sum += y[i] = top == -INFINITY ? 0 : exp(x[i] - top);
    for (int64_t i = 0; i < n; i++)
        y[i] = top == -INFINITY ? 0 : y[i] / sum;
}

static void test_softmax__against_plain(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        for (int s = 0; s < SIZES; s++) {
            int64_t n = sizes[s], ld = n + 2;
            float *x = random_floats(4 * ld, 20, (uint32_t)s);
            float *y = random_floats(4 * ld, 1, 9), edge = y[n];
            double *want = malloc((size_t)n * sizeof *want);
            for (int64_t i = 0; i < n; i++) {
                x[ld + i] = -INFINITY;                    /* nothing to see */
                x[2 * ld + i] = i % 3 ? -INFINITY : 1000; /* masked, large */
            }
            x[3 * ld + n / 2] = NAN;
            k_softmax(y, ld, x, ld, 4, n);
            assert_true(y[n] == edge);
            for (int i = 0; i < 4; i++) {
                softmax_plain(want, x + i * ld, n);
                /* x - max alone is rounded by 1e-6 of itself */
                check_close("softmax", y + i * ld, want, n, 3e-6, 1e-3);
            }
            k_softmax(x, ld, x, ld, 1, n); /* in place */
            assert_memory_equal(x, y, (size_t)n * sizeof *x);
            free(x);
            free(y);
            free(want);
        }
        k_softmax(NULL, 0, NULL, 0, 0, 5);
    }
}

static void test_softmax__one_nan_among_masks(void **state)
{
    (void)state;
    float x[20], y[20];
    for (int i = 0; i < 20; i++)
        x[i] = -INFINITY;
    x[18] = NAN;
    FOR_EACH_ISA(isa)
    {
        k_softmax(y, 20, x, 20, 1, 20);
        assert_true(isnan(y[0]) && isnan(y[18]));
    }
}

static void test_layernorm__against_plain(void **state)
{
    (void)state;
    const enum dtype types[] = {DT_F32, DT_F16, DT_BF16};
    FOR_EACH_ISA(isa)
    {
        for (int s = 0; s < SIZES; s++) {
            for (int v = 0; v < 6; v++) { /* types, with and without gain and bias */
                int64_t n = sizes[s], m = 5;
                double *gain, *bias, *want = malloc((size_t)n * sizeof *want);
                struct k_weight g = random_weight(types[v % 3], 1, n, v % 2, 1, &gain);
                struct k_weight b = random_weight(types[v % 3], 1, n, 1, 2, &bias);
                float *x = random_floats(m * n, 3, 3), *y = random_floats(m * n + 1, 1, 4);
                float end = y[m * n];
                for (int64_t i = 0; i < n; i++)
                    x[n + i] += 1000; /* a mean far from 0 */
                k_layernorm(y, x, v < 3 ? &g : NULL, v < 4 ? &b : NULL, 1e-5f, m, n);
                assert_true(y[m * n] == end);
                for (int64_t r = 0; r < m; r++) {
                    double mean = 0, var = 0;
                    for (int64_t i = 0; i < n; i++)
                        mean += (double)x[r * n + i] / (double)n;
                    for (int64_t i = 0; i < n; i++)
                        var += (x[r * n + i] - mean) * (x[r * n + i] - mean) / (double)n;
                    for (int64_t i = 0; i < n; i++)
                        want[i] = (x[r * n + i] - mean) / sqrt(var + (double)1e-5f) *
                                      (v < 3 ? gain[i] : 1) +
                                  (v < 4 ? bias[i] : 0);
                    /* around 1000 the mean itself is only good to 3e-5 */
                    check_close("layernorm", y + r * n, want, n, r == 1 ? 1e-4 : 3e-6, 1);
                }
                k_layernorm(x, x, v < 3 ? &g : NULL, v < 4 ? &b : NULL, 1e-5f, m, n);
                assert_memory_equal(x, y, (size_t)(m * n) * sizeof *x);
                weight_free(&g, gain);
                weight_free(&b, bias);
                free(x);
                free(y);
                free(want);
            }
        }
    }
}

static void test_add__sizes(void **state)
{
    (void)state;
    FOR_EACH_ISA(isa)
    {
        for (int s = 0; s < SIZES; s++) {
            int64_t n = sizes[s];
            float *a = random_floats(n, 2, 1), *b = random_floats(n, 2, 2);
            float *y = random_floats(n + 1, 2, 3), end = y[n];
            k_add(y, a, b, n);
            for (int64_t i = 0; i < n; i++)
                assert_true(y[i] == a[i] + b[i]);
            assert_true(y[n] == end);
            free(a);
            free(b);
            free(y);
        }
    }
}

static void test_embed__rows_and_scale(void **state)
{
    (void)state;
    const enum dtype types[] = {DT_F32, DT_F16, DT_BF16};
    const int32_t ids[] = {6, 0, 3, 3};
    FOR_EACH_ISA(isa)
    {
        for (int t = 0; t < 3; t++) {
            double *plain;
            struct k_weight w = random_weight(types[t], 7, 19, 1, 1, &plain);
            float y[4 * 19];
            k_embed(y, &w, ids, 4, 4);
            for (int i = 0; i < 4; i++)
                for (int c = 0; c < 19; c++)
                    assert_true(y[i * 19 + c] == (float)(4 * plain[ids[i] * 19 + c]));
            weight_free(&w, plain);
        }
    }
}

static void test_sinusoid__known_values(void **state)
{
    (void)state;
    float y[7], many[100 * 40];
    k_sinusoid(y, 6, 0, 1, 6);
    for (int i = 0; i < 6; i++)
        assert_true(y[i] == (i < 3 ? 0 : 1));
    k_sinusoid(y, 6, 5, 1, 6);
    for (int i = 0; i < 6; i++) {
        double angle = 5 / pow(10000, i % 3 / 3.0);
        assert_true(fabs(y[i] - (i < 3 ? sin(angle) : cos(angle))) < 1e-7);
    }
    k_sinusoid(y, 7, 2, 1, 7); /* odd: four sines, three cosines */
    assert_true(fabs(y[3] - sin(2 / pow(10000, 6.0 / 7))) < 1e-7);
    assert_true(fabs(y[4] - cos(2.0)) < 1e-7);
    many[40 * 3 + 7] = 42;
    k_sinusoid(many, 40, 1000, 100, 7); /* rows together are the same as alone; gaps are left */
    for (int i = 0; i < 100; i++) {
        k_sinusoid(y, 7, 1000 + i, 1, 7);
        assert_memory_equal(y, many + 40 * i, sizeof y);
    }
    assert_true(many[40 * 3 + 7] == 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_activate__close_to_the_cell_rule),
        cmocka_unit_test(test_activate__special_values),
        cmocka_unit_test(test_activate__sizes_and_in_place),
        cmocka_unit_test(test_act__names),
        cmocka_unit_test(test_softmax__against_plain),
        cmocka_unit_test(test_softmax__one_nan_among_masks),
        cmocka_unit_test(test_layernorm__against_plain),
        cmocka_unit_test(test_add__sizes),
        cmocka_unit_test(test_embed__rows_and_scale),
        cmocka_unit_test(test_sinusoid__known_values),
    };
    return cmocka_run_group_tests_name("tensor/elem", tests, NULL, NULL);
}
