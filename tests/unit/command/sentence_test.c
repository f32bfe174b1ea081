/* Sentence vectors worked out by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "command/sentence.h"

static struct sentence of(const double *states, int64_t n, int64_t width)
{
    struct sentence x = {.n = n, .width = width};
    size_t bytes = (size_t)(n * width) * sizeof(double);
    x.states = mem_alloc(bytes);
    memcpy(x.states, states, bytes);
    sentence_pool(&x);
    return x;
}

static void vector_is(const double *got, double x, double y)
{
    assert_float_equal(got[0], x, 1e-12);
    assert_float_equal(got[1], y, 1e-12);
}

/* A has the states (1,0) (0,2) (2,1): first (1,0); mean (3/3, 3/3) = (1,1); maximum (2,2), the 2 of
 * the first dimension from token 2, that of the second from token 1. */
static const double a_states[] = {1, 0, 0, 2, 2, 1};
/* B has (1,3) (3,-1): first (1,3); mean (2,1); maximum (3,3), one dimension each. */
static const double b_states[] = {1, 3, 3, -1};

static void test_sentence__pooling(void **state)
{
    (void)state;
    struct sentence a = of(a_states, 3, 2), b = of(b_states, 2, 2);
    vector_is(a.vector[POOLING_CLS], 1, 0);
    vector_is(a.vector[POOLING_MEAN], 1, 1);
    vector_is(a.vector[POOLING_MAX], 2, 2);
    assert_true(a.wins[0] == 0 && a.wins[1] == 1 && a.wins[2] == 1);
    assert_true(a.winner[0] == 2 && a.winner[1] == 1);
    vector_is(b.vector[POOLING_MEAN], 2, 1);
    assert_true(b.wins[0] == 1 && b.wins[1] == 1);
    sentence_release(&a);
    sentence_release(&b);
}

/* Of equals the first token has the maximum: (1,1) (1,2) gives it one dimension. */
static void test_sentence__equal_maxima(void **state)
{
    (void)state;
    static const double states[] = {1, 1, 1, 2};
    struct sentence x = of(states, 2, 2);
    assert_true(x.wins[0] == 1 && x.wins[1] == 1);
    sentence_release(&x);
}

/* first: (1,0).(1,3) / (1 sqrt 10) = 0.31622776601684
 * mean: (1,1).(2,1) / (sqrt 2 sqrt 5) = 3 / sqrt 10 = 0.94868329805051
 * max: (2,2) and (3,3) point the same way: 1 */
static void test_sentence__cosines(void **state)
{
    (void)state;
    struct sentence a = of(a_states, 3, 2), b = of(b_states, 2, 2);
    static const double want[] = {0.31622776601684, 0.94868329805051, 1};
    for (int k = POOLING_CLS; k <= POOLING_MAX; k++)
        assert_float_equal(vector_cosine(a.vector[k], b.vector[k], 2), want[k], 1e-12);
    static const double zero[] = {0, 0};
    assert_true(isnan(vector_cosine(zero, a.vector[POOLING_MEAN], 2)));
    assert_float_equal(vector_length(b.vector[POOLING_MAX], 2), 4.2426406871193, 1e-12);
    sentence_release(&a);
    sentence_release(&b);
}

/* Tokens of A: state . (2,1) is 2, 2, 5, over 3 sqrt 2 sqrt 5 = 9.4868329805051: 0.2108185106779,
 * the same, 0.5270462766947; their sum is the cosine 0.9486832980505. Of B: state . (1,1) is 4, 2,
 * over 2 sqrt 5 sqrt 2 = 6.3245553203368: 0.6324555320337 and 0.3162277660168. */
static void test_sentence__shares(void **state)
{
    (void)state;
    struct sentence a = of(a_states, 3, 2), b = of(b_states, 2, 2);
    double shares[3];
    sentence_shares(&a, &b, shares);
    assert_float_equal(shares[0], 0.2108185106779, 1e-12);
    assert_float_equal(shares[1], 0.2108185106779, 1e-12);
    assert_float_equal(shares[2], 0.5270462766947, 1e-12);
    sentence_shares(&b, &a, shares);
    assert_float_equal(shares[0], 0.6324555320337, 1e-12);
    assert_float_equal(shares[1], 0.3162277660168, 1e-12);
    sentence_release(&a);
    sentence_release(&b);
}

/* Ranks of 1 5 3 3: 0 3 1.5 1.5; of 2 8 4 6: 0 3 1 2. About their mean 1.5: (-1.5 1.5 0 0) and
 * (-1.5 1.5 -.5 .5): 4.5 / sqrt(4.5 * 5) = 0.94868329805051. Against the reverse order -1. */
static void test_rank_correlation(void **state)
{
    (void)state;
    static const double x[] = {1, 5, 3, 3}, y[] = {2, 8, 4, 6}, up[] = {1, 20, 300, 4000},
                        down[] = {4, 3, 2, 1}, same[] = {7, 7, 7, 7};
    assert_float_equal(rank_correlation(x, y, 4), 0.94868329805051, 1e-12);
    assert_float_equal(rank_correlation(up, down, 4), -1, 1e-12);
    assert_float_equal(rank_correlation(up, up, 4), 1, 1e-12);
    assert_true(isnan(rank_correlation(up, same, 4)));
    assert_true(isnan(rank_correlation(up, down, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentence__pooling), cmocka_unit_test(test_sentence__equal_maxima),
        cmocka_unit_test(test_sentence__cosines), cmocka_unit_test(test_sentence__shares),
        cmocka_unit_test(test_rank_correlation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
