/* Curves: ticks, drawings to the letter, gaps, logarithmic axes, screens of any width. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "render/axis.h"
#include "render/term.h"

static void ticks_are(const struct axis *a, const char *expect)
{
    struct str s = STR_INIT;
    for (int i = 0; i < a->n; i++)
        str_addf(&s, "%s%s", i ? " " : "", a->tick[i].text);
    assert_string_equal(s.s, expect);
    str_release(&s);
}

static void test_ticks(void **state)
{
    (void)state;
    static const struct {
        double lo, hi;
        bool log, round, whole;
        const char *expect;
    } cases[] = {
        {0, 1, false, false, false, "0 0.2 0.4 0.6 0.8 1.0"},
        {0, 97, false, true, false, "0 20 40 60 80 100"},
        {-1, 1, false, true, false, "-1.0 -0.5 0 0.5 1.0"},
        {0, 3, false, false, true, "0 1 2 3"}, /* no half counts */
        {0, 3, false, false, false, "0 1 2 3"},
        {0, 0.0007, false, true, false, "0 0.0002 0.0004 0.0006 0.0008"},
        {0, 45000, false, true, false, "0 10k 20k 30k 40k 50k"},
        {1, 100000, true, false, false, "1 10 100 1k 10k 100k"},
        {1, 100, true, false, false, "1 2 5 10 20 50 100"},
        {3, 3e9, true, true, false, "1 100 10k 1M 100M 10G"},
        {5, 5, false, false, true, "4 5 6"},
        {0.5, 0.5, false, true, false, "0.2 0.3 0.4 0.5 0.6 0.7 0.8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct axis a;
        axis_make(&a, cases[i].lo, cases[i].hi, cases[i].log, 6, cases[i].round, cases[i].whole);
        ticks_are(&a, cases[i].expect);
        for (int k = 0; k < a.n; k++)
            assert_true(a.tick[k].at >= 0 && a.tick[k].at <= 1);
    }
}

static void test_places(void **state)
{
    (void)state;
    struct axis a;
    axis_make(&a, 1, 100, true, 6, false, false);
    assert_true(fabs(axis_at(&a, 10) - 0.5) < 1e-12);
    assert_true(isnan(axis_at(&a, 0)) && isnan(axis_at(&a, -1)) && isnan(axis_at(&a, INFINITY)));
    axis_make(&a, 10, 30, false, 6, false, false);
    assert_true(axis_at(&a, 15) == 0.25);
    assert_true(isnan(axis_at(&a, NAN)));
}

static struct plot *line_of(struct result *r, int n, const double *y)
{
    result_init(r);
    struct plot *p = out_plot(r, 1, n);
    p->x_name = "step";
    p->y_name = "p";
    for (int k = 0; k < n; k++) {
        p->series[0].x[k] = k;
        p->series[0].y[k] = y[k];
    }
    return p;
}

static char *drawn(const struct result *r, const struct style *st)
{
    struct str s = STR_INIT;
    term_result(&s, r, st);
    return str_detach(&s);
}

static void drawn_is(const struct result *r, const struct style *st, const char *expect)
{
    char *s = drawn(r, st);
    assert_string_equal(s, expect);
    free(s);
}

/* 20 columns less 7 for the numbers: 13 columns, so that x 0 1 3 4 stand in 0 3 9 12; 15 rows, 1
 * in the first and 0.5 in the eighth. The gap at 2 cuts the line in two. */
static void test_ascii(void **state)
{
    (void)state;
    static const double y[] = {1, 0.5, NAN, 0, 0};
    struct result r;
    struct style st;
    style_init(&st);
    st.unicode = false;
    st.width = 20;
    line_of(&r, 5, y)->title = "by step";
    drawn_is(&r, &st,
             "by step\n"
             "p\n"
             " 1.0 +*\n"
             "     |*\n"
             "     | *\n"
             " 0.8 + *\n"
             "     |  *\n"
             "     |  *\n"
             " 0.6 +   *\n"
             "     |   *\n"
             " 0.4 +\n"
             "     |\n"
             "     |\n"
             " 0.2 +\n"
             "     |\n"
             "     |\n"
             "   0 +         ****\n"
             "     ++-----+-----+\n"
             "      0     2     4\n"
             "          step\n");
    result_release(&r);
}

/* Two series without colour: each has its own mark; the legend says which. */
static void test_series(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    style_init(&st);
    st.tty = true;
    st.bidi = BIDI_TERMINAL;
    result_init(&r);
    struct plot *p = out_plot(&r, 2, 3);
    p->points = true;
    p->series[0].label = "علی";
    p->series[1].label = "greedy";
    for (int k = 0; k < 3; k++) {
        p->series[0].x[k] = p->series[1].x[k] = k;
        p->series[0].y[k] = k;
        p->series[1].y[k] = 2 - 0.5 * k;
    }
    char *s = drawn(&r, &st);
    assert_non_null(strstr(s, "\n      ● \u200Eعلی\u200E\n      ○ greedy\n"));
    assert_non_null(strstr(s, "2.0 ┤○"));
    assert_null(strstr(s, "\033["));
    free(s);
    st.color = COLOR_256;
    s = drawn(&r, &st);
    assert_non_null(strstr(s, "\033[36m●"));
    assert_non_null(strstr(s, "\033[33m○"));
    free(s);
    st.mode = MODE_CSV;
    drawn_is(&r, &st, "x,علی,greedy\n0,0,2\n1,1,1.5\n2,2,1\n");
    result_release(&r);
}

/* Series over different x: one row for each x of any of them. */
static void test_table(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    style_init(&st);
    st.mode = MODE_TSV;
    result_init(&r);
    struct plot *p = out_plot(&r, 2, 2);
    p->x_name = "tokens";
    p->series[0].label = "a";
    p->series[1].label = "b";
    memcpy(p->series[0].x, (double[]){4, 1}, 2 * sizeof(double));
    memcpy(p->series[1].x, (double[]){4, 2}, 2 * sizeof(double));
    memcpy(p->series[0].y, (double[]){10, 20}, 2 * sizeof(double));
    memcpy(p->series[1].y, (double[]){30, NAN}, 2 * sizeof(double));
    drawn_is(&r, &st, "tokens\ta\tb\n1\t20\t\n2\t\tnan\n4\t10\t30\n");
    result_release(&r);
}

static void test_log(void **state)
{
    (void)state;
    static const double y[] = {0, 1, 100, INFINITY, 10};
    struct result r;
    struct style st;
    style_init(&st);
    line_of(&r, 5, y)->y_log = true;
    char *s = drawn(&r, &st);
    assert_non_null(strstr(s, "      y axis logarithmic\n      2 points left out: infinite, "));
    assert_non_null(strstr(s, " 100 ┤"));
    assert_null(strstr(s, "   0 ┤"));
    free(s);
    result_release(&r);
}

/* No line is wider than the screen, whatever the numbers are. */
static void test_any(void **state)
{
    (void)state;
    static const double values[] = {0,     -0.0, 1,        -1,   1e-320,   1e308, -1e308, 1e-9,
                                    12345, NAN,  INFINITY, 1e18, 0.333333, 7e15,  -1e-300};
    enum { N = sizeof values / sizeof *values };
    unsigned seed = 7;
    for (int round = 0; round < 400; round++) {
        struct result r;
        struct style st;
        style_init(&st);
        st.width = 20 + round % 70;
        st.tty = true;
        st.unicode = round % 2;
        int series = round % 12, n = round % 5;
        result_init(&r);
        struct plot *p = out_plot(&r, series, n);
        p->x_log = round % 3 == 0;
        p->y_log = round % 7 == 0;
        p->points = round % 4 == 0;
        p->x_name = "a long name of the axis, in tokens";
        for (int i = 0; i < series; i++)
            for (int k = 0; k < n; k++) {
                seed = seed * 1103515245 + 12345;
                p->series[i].label = "a label\033[31m that is rather long";
                p->series[i].x[k] = values[(seed >> 16) % N];
                p->series[i].y[k] = values[(seed >> 22) % N];
            }
        char *s = drawn(&r, &st);
        assert_null(strchr(s, '\033'));
        for (const char *line = s; *line; line += strcspn(line, "\n") + 1)
            assert_true(utf8_width(line, strcspn(line, "\n")) <= st.width);
        free(s);
        result_release(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticks),  cmocka_unit_test(test_places), cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_series), cmocka_unit_test(test_table),  cmocka_unit_test(test_log),
        cmocka_unit_test(test_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
