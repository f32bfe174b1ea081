/* What heads do with their attention, against numbers worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "command/head_use.h"

static void near(double got, double want)
{
    if (fabs(got - want) > 1e-6)
        fail_msg("%.9g, not %.9g", got, want);
}

static struct head_use use_of(const float *rows, int64_t n, int64_t keys, bool causal, double under,
                              int top)
{
    const int64_t shape[] = {n, keys};
    struct tensor t = tensor_borrow(DT_F32, 2, shape, rows);
    struct head_use u = {.under = under, .top = top};
    head_use_add(&u, &t, causal);
    return u;
}

/* Rows: 1/2 1/4 1/4 has 1/2 + 2/4 + 2/4 = 1.5 bits, 0 1 0 none, thirds log2 3 = 1.585: mean 1.0283.
 * Strongest: 1/2, 1, 1/3: mean 0.6111. Under 0.3: 2 of 3, 2 of 3, none: mean 4/9. Top 2: 3/4, 1,
 * 2/3: mean 29/36. Previous: row 1 looks at key 0 with 0, row 2 at key 1 with 1/3: mean 1/6. Same:
 * 1/2, 1, 1/3. Next: 1/4, 0: 1/8. First: 1/2, 0, 1/3: 5/18. Last: 1/4, 0, 1/3: 7/36. */
static void test_use__by_hand(void **state)
{
    (void)state;
    const float p[] = {0.5f, 0.25f, 0.25f, 0, 1, 0, 1 / 3.0f, 1 / 3.0f, 1 / 3.0f};
    struct head_use u = use_of(p, 3, 3, false, 0.3, 2);
    near(head_use_mean(&u, USE_ENTROPY), (1.5 + log2(3)) / 3);
    near(head_use_mean(&u, USE_STRONGEST), 11.0 / 18);
    near(head_use_mean(&u, USE_UNDER), 4.0 / 9);
    near(head_use_mean(&u, USE_TOP), 29.0 / 36);
    near(head_use_mean(&u, USE_PREVIOUS), 1.0 / 6);
    near(head_use_mean(&u, USE_SAME), 11.0 / 18);
    near(head_use_mean(&u, USE_NEXT), 1.0 / 8);
    near(head_use_mean(&u, USE_FIRST), 5.0 / 18);
    near(head_use_mean(&u, USE_LAST), 7.0 / 36);
}

/* Causal: row 0 sees key 0 alone and counts in the entropy (0 bits) only; row 1 has 1/4 and 3/4:
 * 0.811278 bits, mean of the two 0.405639. Under 0.3: one of its two. Top 2: it sees no more than
 * two keys, so no row is left. The masked key is no `next`; no `last` in a causal pattern. */
static void test_use__causal(void **state)
{
    (void)state;
    const float p[] = {1, 0, 0.25f, 0.75f};
    struct head_use u = use_of(p, 2, 2, true, 0.3, 2);
    near(head_use_mean(&u, USE_ENTROPY), 0.8112781244591328 / 2);
    near(head_use_mean(&u, USE_STRONGEST), 0.75);
    near(head_use_mean(&u, USE_UNDER), 0.5);
    near(head_use_mean(&u, USE_PREVIOUS), 0.25);
    near(head_use_mean(&u, USE_SAME), 0.75);
    assert_true(isnan(head_use_mean(&u, USE_TOP)));
    assert_true(isnan(head_use_mean(&u, USE_NEXT)));
    assert_true(isnan(head_use_mean(&u, USE_LAST)));
}

/* The k largest whatever their order: 5/15 + 4/15 + 3/15 of 1..5 over 15. */
static void test_use__top_in_any_order(void **state)
{
    (void)state;
    static const float orders[][5] = {{1, 2, 3, 4, 5}, {5, 4, 3, 2, 1}, {3, 5, 1, 4, 2}};
    for (int o = 0; o < 3; o++) {
        float row[5];
        for (int i = 0; i < 5; i++)
            row[i] = orders[o][i] / 15;
        struct head_use u = use_of(row, 1, 5, false, 0.01, 3);
        near(head_use_mean(&u, USE_TOP), 12.0 / 15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_use__by_hand),
        cmocka_unit_test(test_use__causal),
        cmocka_unit_test(test_use__top_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
