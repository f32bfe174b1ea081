/* Singular values and rank, against numbers worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "tensor/matrix.h"

static void near(double got, double want, double allowed)
{
    if (fabs(got - want) > allowed)
        fail_msg("%.15g, not %.15g", got, want);
}

/* A = [3 0; 4 5]: A^T A = [25 20; 20 25] has the eigenvalues 25 + 20 and 25 - 20. */
static void test_singular__by_hand(void **state)
{
    (void)state;
    double a[] = {3, 0, 4, 5}, s[2];
    assert_true(matrix_singular(a, 2, 2, s));
    near(s[0], sqrt(45), 1e-13);
    near(s[1], sqrt(5), 1e-13);
    assert_int_equal(matrix_rank(s, 2, 1e-6), 2);
}

/* [1 2 3; 2 4 6]: every row a multiple of (1 2 3), whose length is sqrt 14; rows once and twice it,
 * so the one singular value is sqrt(14 (1 + 4)) = sqrt 70. The same lying and standing. */
static void test_singular__rank_one(void **state)
{
    (void)state;
    double wide[] = {1, 2, 3, 2, 4, 6}, tall[] = {1, 2, 2, 4, 3, 6}, s[2];
    assert_true(matrix_singular(wide, 2, 3, s));
    near(s[0], sqrt(70), 1e-13);
    near(s[1], 0, 1e-13);
    assert_int_equal(matrix_rank(s, 2, 1e-6), 1);
    assert_true(matrix_singular(tall, 3, 2, s));
    near(s[0], sqrt(70), 1e-13);
    assert_int_equal(matrix_rank(s, 2, 1e-6), 1);
}

static void test_singular__zero(void **state)
{
    (void)state;
    double a[6] = {0}, s[2];
    assert_true(matrix_singular(a, 3, 2, s));
    assert_true(s[0] == 0 && s[1] == 0);
    assert_int_equal(matrix_rank(s, 2, 1e-6), 0);
}

/* x y^T with x = (3, 4)^T and y = (1, 2, 2)^T has the one singular value |x| |y| = 5 * 3. */
static void test_product__by_hand(void **state)
{
    (void)state;
    double x[] = {3, 4}, y[] = {1, 2, 2}, s[1];
    assert_true(matrix_singular_product(x, 2, y, 3, 1, s));
    near(s[0], 15, 1e-13);
}

/* Through the two triangles and through the product itself: the same numbers, and the rest 0. */
static void test_product__both_ways(void **state)
{
    (void)state;
    enum { M = 9, N = 7, K = 4 };
    double x[M * K], y[N * K], p[M * N], s[K], t[N];
    for (int i = 0; i < M * K; i++)
        x[i] = random_normal(1, i, 0);
    for (int i = 0; i < N * K; i++)
        y[i] = random_normal(2, i, 0);
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++) {
            p[i * N + j] = 0;
            for (int k = 0; k < K; k++)
                p[i * N + j] += x[i * K + k] * y[j * K + k];
        }
    assert_true(matrix_singular(p, M, N, t));
    assert_true(matrix_singular_product(x, M, y, N, K, s));
    for (int k = 0; k < K; k++)
        near(s[k], t[k], 1e-12);
    assert_int_equal(matrix_rank(t, N, 1e-10), K);
    for (int k = 1; k < K; k++)
        assert_true(s[k] <= s[k - 1]);
}

/* Wider than the rows: min(m, n) values. (1 1; 1 1) (1 1 1; ...)^T = all 2 of [1,2]: 2 sqrt 2. */
static void test_product__short(void **state)
{
    (void)state;
    double x[] = {1, 1}, y[] = {1, 1, 1, 1}, s[1];
    assert_true(matrix_singular_product(x, 1, y, 2, 2, s));
    near(s[0], 2 * sqrt(2), 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_singular__by_hand),  cmocka_unit_test(test_singular__rank_one),
        cmocka_unit_test(test_singular__zero),     cmocka_unit_test(test_product__by_hand),
        cmocka_unit_test(test_product__both_ways), cmocka_unit_test(test_product__short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
