/* Positions by formula, against numbers worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/random.h"
#include "tensor/kernels.h"
#include "tensor/position.h"

static void near(double got, double want)
{
    if (fabs(got - want) > 1e-12)
        fail_msg("%.15g, not %.15g", got, want);
}

/* Width 4, base 10000: angles of position p are p / 10000^(0/4) = p and p / 10000^(2/4) = p / 100.
 * Position 1: sin 1 = 0.841471, sin 0.01 = 0.00999983, cos 1 = 0.540302, cos 0.01 = 0.99995. */
static void test_sinusoid__by_hand(void **state)
{
    (void)state;
    const double want[] = {0.8414709848078965, 0.009999833334166664, 0.5403023058681398,
                           0.9999500004166653};
    for (int c = 0; c < 4; c++)
        near(position_sinusoid(1, c, 4, 10000), want[c]);
    for (int c = 0; c < 4; c++) /* position 0: all sines 0, all cosines 1 */
        near(position_sinusoid(0, c, 4, 10000), c < 2 ? 0 : 1);
    near(position_sinusoid(3, 1, 4, 16), sin(3.0 / 4)); /* 16^(2/4) = 4 */
}

/* The table that a run adds is this one, rounded once. Width 5: three sines, two cosines. */
static void test_sinusoid__is_the_kernels(void **state)
{
    (void)state;
    float row[5];
    for (int pos = 0; pos < 50; pos += 7) {
        k_sinusoid(row, 5, pos, 1, 5);
        for (int c = 0; c < 5; c++)
            assert_true(row[c] == (float)position_sinusoid(pos, c, 5, 10000));
    }
}

/* The product of two positions depends on their distance alone: sum of cos(w (p - q)), as
 * sin a sin b + cos a cos b = cos(a - b). Width 4, distance 2: cos 2 + cos 0.02. */
static void test_sinusoid__product_by_distance(void **state)
{
    (void)state;
    for (int p = 0; p < 30; p += 3) {
        double sum = 0;
        for (int c = 0; c < 4; c++)
            sum += position_sinusoid(p, c, 4, 10000) * position_sinusoid(p + 2, c, 4, 10000);
        near(sum, cos(2) + cos(0.02));
    }
}

/* 32 buckets for both directions, to 128: 16 a direction, 8 of them for one distance each. Beyond,
 * 8 + floor(8 ln(n/8) / ln(16)): n = 16 gives 8 + 8/4 = 10, n = 11: ln 1.375 / ln 16 = 0.1149, so 8
 * + 0; n = 12: 0.1462, times 8 = 1.17, so 9; n = 64: 8 + 6 = 14; n = 91: 0.877 times 8 = 7.01, so
 * 15. Keys after the query: 16 more. */
static void test_bucket__both_by_hand(void **state)
{
    (void)state;
    static const int at[][2] = {{0, 0},    {-1, 1},   {1, 17},   {-7, 7},    {7, 23},
                                {-8, 8},   {-11, 8},  {-12, 9},  {-16, 10},  {16, 26},
                                {-64, 14}, {-91, 15}, {128, 31}, {-1000, 15}};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        assert_int_equal(position_bucket(at[i][0], true, 32, 128), at[i][1]);
    assert_int_equal(position_exact(true, 32), 8);
}

/* 32 buckets for keys before the query alone, to 128: 16 single ones; n = 32: 16 + 16 ln 2 / ln 8 =
 * 16 + 5.33; keys after the query share bucket 0. */
static void test_bucket__causal_by_hand(void **state)
{
    (void)state;
    assert_int_equal(position_bucket(5, false, 32, 128), 0);
    assert_int_equal(position_bucket(0, false, 32, 128), 0);
    assert_int_equal(position_bucket(-15, false, 32, 128), 15);
    assert_int_equal(position_bucket(-16, false, 32, 128), 16);
    assert_int_equal(position_bucket(-32, false, 32, 128), 21);
    assert_int_equal(position_bucket(-128, false, 32, 128), 31);
    assert_int_equal(position_exact(false, 32), 16);
}

/* Width 2: one pair, angle p. (1, 0) at position 1 becomes (cos 1, sin 1). Width 4, base 100: the
 * second pair, columns 1 and 3, turns by p / 100^(2/4) = p / 10. */
static void test_rotary__by_hand(void **state)
{
    (void)state;
    double x[2] = {1, 0}, y[4] = {0, 2, 0, 1};
    position_rotate(x, 1, 2, 10000);
    near(x[0], cos(1));
    near(x[1], sin(1));
    position_rotate(y, 5, 4, 100);
    near(y[0], 0);
    near(y[1], 2 * cos(0.5) - sin(0.5));
    near(y[2], 0);
    near(y[3], 2 * sin(0.5) + cos(0.5));
}

/* What rotations are for: R_p q . R_r k depends on p - r alone. */
static void test_rotary__distance_alone(void **state)
{
    (void)state;
    enum { WIDTH = 16 };
    for (int d = -5; d <= 5; d++) {
        double first = 0;
        for (int p = 5; p < 200; p += 13) {
            double q[WIDTH], k[WIDTH], sum = 0;
            for (int i = 0; i < WIDTH; i++) {
                q[i] = random_normal(1, 0, i);
                k[i] = random_normal(1, 1, i);
            }
            position_rotate(q, p, WIDTH, 10000);
            position_rotate(k, p + d, WIDTH, 10000);
            for (int i = 0; i < WIDTH; i++)
                sum += q[i] * k[i];
            first = p == 5 ? sum : first;
            near(sum, first);
        }
    }
}

/* 100,000 draws: the mean's standard error is 0.003, the variance's 0.0045. */
static void test_random__normal(void **state)
{
    (void)state;
    enum { N = 100000 };
    double sum = 0, square = 0;
    for (int i = 0; i < N; i++) {
        double x = random_normal(7, i / 100, i % 100);
        sum += x;
        square += x * x;
    }
    assert_true(fabs(sum / N) < 0.015 && fabs(square / N - 1) < 0.02);
    assert_true(random_normal(7, 3, 4) == random_normal(7, 3, 4));
    assert_true(random_normal(7, 3, 4) != random_normal(8, 3, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sinusoid__by_hand),
        cmocka_unit_test(test_sinusoid__is_the_kernels),
        cmocka_unit_test(test_sinusoid__product_by_distance),
        cmocka_unit_test(test_bucket__both_by_hand),
        cmocka_unit_test(test_bucket__causal_by_hand),
        cmocka_unit_test(test_rotary__by_hand),
        cmocka_unit_test(test_rotary__distance_alone),
        cmocka_unit_test(test_random__normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
