/* Pooling over positions and scaling to length 1, against numbers worked out by hand. */
#include "kernel_check.h"

#include <math.h>

/* Two sentences of three positions and two features, as values lie: position, sentence, feature.
 * The second sentence has two positions; the third is padding.
 *   first:  (1, -4) (3, 2) (-1, 5)      second: (2, 0) (6, -1) (100, 100) */
static const float x[] = {1, -4, 2, 0, 3, 2, 6, -1, -1, 5, 100, 100};
static const int32_t count[] = {3, 2};

static void check(enum k_pool how, double a, double b, double c, double d)
{
    const double want[] = {a, b, c, d};
    float y[4];
    k_pool(how, y, x, count, 3, 2, 2);
    check_close("pool", y, want, 4, 1e-6, 1);
}

static void test_pool__by_hand(void **state)
{
    (void)state;
    check(POOL_FIRST, 1, -4, 2, 0);
    check(POOL_LAST, -1, 5, 6, -1);
    /* (1 + 3 - 1) / 3, (-4 + 2 + 5) / 3; (2 + 6) / 2, (0 - 1) / 2 */
    check(POOL_MEAN, 1, 1, 4, -0.5);
    check(POOL_MAX, 3, 5, 6, 0);
    /* 3 / sqrt 3, 3 / sqrt 3; 8 / sqrt 2, -1 / sqrt 2 */
    check(POOL_SQRT_MEAN, 1.7320508, 1.7320508, 5.6568542, -0.70710678);
    /* (1*1 + 2*3 + 3*-1) / 6, (-4 + 4 + 15) / 6; (2 + 12) / 3, (0 - 2) / 3 */
    check(POOL_WEIGHTED, 0.66666667, 2.5, 4.6666667, -0.66666667);
}

static void test_pool__no_padding(void **state)
{
    (void)state;
    float y[4];
    const double mean[] = {1, 1, 36, 33}; /* (2 + 6 + 100) / 3, (0 - 1 + 100) / 3 */
    k_pool(POOL_MEAN, y, x, NULL, 3, 2, 2);
    check_close("pool", y, mean, 4, 1e-6, 1);
}

static void test_pool__nan_is_kept(void **state)
{
    (void)state;
    const float bad[] = {1, NAN, 2};
    float y;
    k_pool(POOL_MAX, &y, bad, NULL, 3, 1, 1);
    assert_true(isnan(y));
}

static void test_unit__by_hand(void **state)
{
    (void)state;
    /* |(3, 4)| = 5; a row of zeros stays what it is; |(1e-20, 0)| is below eps */
    float y[] = {3, 4, 0, 0, 1e-20f, 0};
    const double want[] = {0.6, 0.8, 0, 0, 1e-8, 0};
    k_unit(y, y, 1e-12f, 3, 2);
    check_close("unit", y, want, 6, 1e-6, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool__by_hand),
        cmocka_unit_test(test_pool__no_padding),
        cmocka_unit_test(test_pool__nan_is_kept),
        cmocka_unit_test(test_unit__by_hand),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
