/* Arithmetic in texts, and words folded for comparison. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/calc.h"
#include "base/fold.h"

static void is(const char *text, double want)
{
    struct err e = ERR_INIT;
    double got = NAN;
    if (!calc(text, NULL, &got, &e))
        fail_msg("%s: %s", text, e.msg);
    if (fabs(got - want) > 1e-12 * fabs(want))
        fail_msg("%s: %.17g, not %.17g", text, got, want);
}

static void fails(const char *text, int column)
{
    struct err e = ERR_INIT;
    double got;
    if (calc(text, NULL, &got, &e))
        fail_msg("'%s' is taken as %g", text, got);
    assert_int_equal(e.column, column);
}

static void test_calc__arithmetic(void **state)
{
    (void)state;
    is("3 x 1024 x 768", 2359296); /* 3 * 786,432 */
    is("1024*1024 + 1024", 1049600);
    is("3,145,728", 3145728);
    is("1_000", 1000);
    is("۳٬۱۴۵٬۷۲۸", 3145728);
    is("۱٫۵ × ٢", 3);
    is("2^3^2", 512); /* from the right: 2^9 */
    is("-2^2", -4);
    is("2 - -3", 5);
    is("7 − 2 − 1", 4);
    is("(1 + 2) * (3 - 1) / 4", 1.5);
    is("10%", 0.1);
    is("1.5e3 + 2E-1", 1500.2);
    is("sqrt(64) + log2(8) + abs(-1) + round(2.6) + floor(2.6) + ceil(2.1)", 8 + 3 + 1 + 3 + 2 + 3);
    is("exp(log(5))", 5);
}

static void test_calc__mistakes(void **state)
{
    (void)state;
    fails("", 0);
    fails("1 +", 3);
    fails("(1", 2);
    fails("1 2", 2);
    fails("two", 0);
    fails("1/0", 3);
    fails("sqrt 4", 5);
    fails("`x`", 1);
    char deep[400];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    double got;
    struct err e = ERR_INIT;
    assert_false(calc(deep, NULL, &got, &e));
    memset(deep, '-', sizeof deep - 1);
    assert_false(calc(deep, NULL, &got, &e));
}

static bool length(void *ud, const char *text, size_t n, double *out, struct err *e)
{
    (void)text, (void)e;
    ++*(int *)ud;
    *out = (double)n;
    return true;
}

static void test_calc__values(void **state)
{
    (void)state;
    int asked = 0;
    struct calc_values values = {length, &asked};
    struct err e = ERR_INIT;
    double got;
    assert_true(calc("`abc` * 2 + `a b -> c`", &values, &got, &e));
    assert_true(got == 14);
    assert_int_equal(asked, 2);
    assert_false(calc("`abc", &values, &got, &e));
}

static void test_fold(void **state)
{
    (void)state;
    assert_true(fold_equal("Residual-Stream", "residual  stream "));
    assert_true(fold_equal("▁علي", "علی"));
    assert_true(fold_equal("می‌رود", "ميرود"));
    assert_true(fold_equal("سَر", "سر"));
    assert_true(fold_equal("كلید ۱۲", "کلید 12"));
    assert_false(fold_equal("query", "key"));
    assert_false(fold_equal("می رود", "میرود"));
    assert_true(fold_equal("\xFF", "\xFF"));
    assert_true(fold_equal("", " - "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calc__arithmetic),
        cmocka_unit_test(test_calc__mistakes),
        cmocka_unit_test(test_calc__values),
        cmocka_unit_test(test_fold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
