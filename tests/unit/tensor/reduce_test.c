/* Reductions over rows of logits. */
#include "kernel_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void test_argmax__first_of_equals(void **state)
{
    (void)state;
    float x[100];
    FOR_EACH_ISA(isa)
    {
        for (int n = 1; n <= 100; n++) {
            for (int at = 0; at < n; at++) {
                for (int i = 0; i < n; i++)
                    x[i] = i > at && i % 7 == 3 ? 5 : -1 - (float)i;
                x[at] = 5;
                assert_int_equal(k_argmax(x, n), at);
            }
        }
    }
}

static void test_argmax__nan_and_infinity(void **state)
{
    (void)state;
    float x[40];
    FOR_EACH_ISA(isa)
    {
        for (int i = 0; i < 40; i++)
            x[i] = NAN;
        assert_int_equal(k_argmax(x, 40), -1);
        assert_int_equal(k_argmax(x, 0), -1);
        x[33] = -INFINITY;
        assert_int_equal(k_argmax(x, 40), 33);
        x[20] = -3;
        assert_int_equal(k_argmax(x, 40), 20);
        x[39] = INFINITY;
        assert_int_equal(k_argmax(x, 40), 39);
        assert_int_equal(k_argmax(x, 39), 20);
    }
}

struct entry {
    float v;
    int32_t i;
};

static int by_value(const void *p, const void *q)
{
    const struct entry *a = p, *b = q;
    return a->v > b->v ? -1 : a->v < b->v ? 1 : a->i < b->i ? -1 : a->i > b->i;
}

static void check_topk(const float *x, int64_t n, int k)
{
    struct entry *sorted = malloc((size_t)(n + 1) * sizeof *sorted);
    int32_t *idx = malloc((size_t)(k + 1) * sizeof *idx);
    int usable = 0;
    for (int64_t i = 0; i < n; i++)
        if (x[i] > -INFINITY)
            sorted[usable++] = (struct entry){x[i], (int32_t)i};
    qsort(sorted, (size_t)usable, sizeof *sorted, by_value);
    int got = k_topk(x, n, k, idx);
    assert_int_equal(got, k < usable ? k : usable);
    for (int i = 0; i < got; i++)
        assert_int_equal(idx[i], sorted[i].i);
    free(sorted);
    free(idx);
}

static void test_topk__as_sorting(void **state)
{
    (void)state;
    const int ks[] = {0, 1, 2, 5, 64, 999, 1500};
    FOR_EACH_ISA(isa)
    {
        for (int k = 0; k < 7; k++) {
            float *x = random_floats(1000, 3, (uint32_t)k);
            check_topk(x, 1000, ks[k]);
            for (int i = 0; i < 1000; i++)
                x[i] = roundf(x[i]); /* many equals */
            check_topk(x, 1000, ks[k]);
            for (int i = 0; i < 1000; i += 3)
                x[i] = i % 2 ? NAN : -INFINITY;
            check_topk(x, 1000, ks[k]);
            check_topk(x, 1, ks[k]);
            check_topk(x, 0, ks[k]);
            free(x);
        }
    }
}

static void test_logsumexp__against_plain(void **state)
{
    (void)state;
    const int64_t sizes[] = {1, 15, 17, 300, 5000};
    FOR_EACH_ISA(isa)
    {
        for (int s = 0; s < 5; s++) {
            float *x = random_floats(sizes[s], 30, 4);
            long double sum = 0;
            for (int64_t i = 0; i < sizes[s]; i++)
                sum += expl((long double)x[i]);
            double want = (double)logl(sum);
            assert_true(fabs(k_logsumexp(x, sizes[s]) - want) < 1e-6);
            for (int64_t i = 0; i < sizes[s]; i++)
                x[i] = -INFINITY;
            assert_true(k_logsumexp(x, sizes[s]) == -INFINITY);
            x[sizes[s] - 1] = -1000;
            assert_true(fabs(k_logsumexp(x, sizes[s]) + 1000) < 1e-6);
            x[0] = INFINITY;
            assert_true(k_logsumexp(x, sizes[s]) == INFINITY);
            x[sizes[s] / 2] = NAN;
            assert_true(isnan(k_logsumexp(x, sizes[s])));
            free(x);
        }
        assert_true(k_logsumexp(NULL, 0) == -INFINITY);
    }
}

static void test_isa__by_name(void **state)
{
    (void)state;
    assert_true(k_force_isa("c"));
    assert_string_equal(k_isa(), "c");
    assert_false(k_force_isa("mmx"));
    assert_string_equal(k_isa(), "c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_argmax__first_of_equals),
        cmocka_unit_test(test_argmax__nan_and_infinity),
        cmocka_unit_test(test_topk__as_sorting),
        cmocka_unit_test(test_logsumexp__against_plain),
        cmocka_unit_test(test_isa__by_name),
    };
    return cmocka_run_group_tests_name("tensor/reduce", tests, NULL, NULL);
}
