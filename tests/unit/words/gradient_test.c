/* Gradients of one example: a vocabulary of three words by hand, and finite differences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "words/gradient.h"

/* Words a b c (ids 0 1 2) with u_b = (1, 2) and
 *     v_a = (0, 0)    v_b = (ln 2, 0)    v_c = (0, ln 5 / 2)
 * so the scores of target b are s = 0, ln 2, ln 5 and exp(s) = 1, 2, 5: their sum is 8. */
static struct w2v *three_words(void)
{
    struct text t;
    struct err e = ERR_INIT;
    assert_true(text_parse("a b c", 5, "it", 1, &t, &e));
    struct w2v *m = w2v_new(&t.vocab, 2, true, 1, &e);
    assert_non_null(m);
    text_release(&t);
    const float u[] = {1, 2}, v[3][2] = {{0, 0}, {logf(2), 0}, {0, logf(5) / 2}};
    memcpy(m->u + 1 * m->stride, u, sizeof u);
    for (int i = 0; i < 3; i++)
        memcpy(m->v + i * m->stride, v[i], sizeof v[i]);
    return m;
}

static void close_to(double got, double want)
{
    if (!(fabs(got - want) < 1e-6)) /* the numbers of the model are floats */
        fail_msg("%.9g instead of %.9g", got, want);
}

static void check_v(const struct example *x, int64_t row, double first, double second)
{
    double g[2];
    example_gradient_v(x, row, g);
    close_to(g[0], first);
    close_to(g[1], second);
}

/* o = a: P = 1/8, 2/8, 5/8, so L = ln 8 and P(o|t) - 1 = -7/8.
 *     dL/dv_a = -7/8 (1, 2)    dL/dv_b = 1/4 (1, 2)    dL/dv_c = 5/8 (1, 2)
 *     dL/du = 1/4 (ln 2, 0) + 5/8 (0, ln 5 / 2) - 0 = (ln 2 / 4, 5 ln 5 / 16) */
static void test_softmax__three_words(void **state)
{
    (void)state;
    struct w2v *m = three_words();
    struct example x;
    struct err e = ERR_INIT;
    double g[2];
    assert_true(example_softmax(m, 1, 0, &x, &e));
    close_to(example_forward(&x), log(8));
    close_to(x.p[0], 1 / 8.0);
    close_to(x.p[1], 2 / 8.0);
    close_to(x.p[2], 5 / 8.0);
    check_v(&x, 0, -7 / 8.0, -14 / 8.0);
    check_v(&x, 1, 1 / 4.0, 2 / 4.0);
    check_v(&x, 2, 5 / 8.0, 10 / 8.0);
    example_gradient_u(&x, g);
    close_to(g[0], log(2) / 4);
    close_to(g[1], 5 * log(5) / 16);
    example_release(&x);
    w2v_free(m);
}

/* o = b with both others drawn: sigma(ln 2) = 2/3, sigma(0) = 1/2, sigma(ln 5) = 5/6, so
 * L = -ln 2/3 - ln(1 - 1/2) - ln(1 - 5/6) = ln(3/2 x 2 x 6) = ln 18 and p - y = -1/3, 1/2, 5/6.
 *     dL/du = -1/3 (ln 2, 0) + 1/2 (0, 0) + 5/6 (0, ln 5 / 2) = (-ln 2 / 3, 5 ln 5 / 12) */
static void test_negative__three_words(void **state)
{
    (void)state;
    struct w2v *m = three_words();
    struct example x;
    struct err e = ERR_INIT;
    double g[2];
    assert_true(example_negative(m, 1, 1, 5, 0.75, 1, &x, &e));
    assert_int_equal(x.rows, 3); /* only two other words can be drawn */
    assert_int_equal(x.id[0], 1);
    close_to(example_forward(&x), log(18));
    for (int64_t j = 0; j < 3; j++) {
        static const double off[] = {1 / 2.0, -1 / 3.0, 5 / 6.0};
        check_v(&x, j, off[x.id[j]], 2 * off[x.id[j]]);
    }
    example_gradient_u(&x, g);
    close_to(g[0], -log(2) / 3);
    close_to(g[1], 5 * log(5) / 12);
    example_release(&x);
    w2v_free(m);
}

static void check_finite(struct example *x)
{
    double g[16];
    double loss = example_forward(x);
    for (int64_t j = 0; j < x->rows; j++) {
        example_gradient_v(x, j, g);
        for (int64_t c = 0; c < x->dim; c++)
            assert_true(fabs(example_finite(x, &x->v[j * x->dim + c]) - g[c]) < 1e-8);
    }
    example_gradient_u(x, g);
    for (int64_t c = 0; c < x->dim; c++)
        assert_true(fabs(example_finite(x, &x->u[c]) - g[c]) < 1e-8);
    assert_true(example_forward(x) == loss); /* everything is as it was */
}

static void test_gradient__finite_differences(void **state)
{
    (void)state;
    static const char text[] = "a b c d e f g\nc a f b g d e\nb b d a c\n";
    struct w2v_options o = w2v_defaults(false, false);
    o.dim = 9;
    o.epochs = 300;
    o.rate = 0.1;
    o.sample = 0;
    struct text t;
    struct w2v *m;
    struct err e = ERR_INIT;
    assert_true(text_parse(text, strlen(text), "it", 1, &t, &e));
    assert_true(w2v_train(&t, &o, NULL, NULL, &m, &e));
    text_release(&t);
    for (int32_t i = 0; i < m->vocab.n; i++) {
        struct example x;
        assert_true(example_softmax(m, i, (i + 3) % m->vocab.n, &x, &e));
        check_finite(&x);
        example_release(&x);
        assert_true(example_negative(m, i, (i + 2) % m->vocab.n, 4, 0.75, 7, &x, &e));
        assert_int_equal(x.rows, 5);
        check_finite(&x);
        example_release(&x);
    }
    w2v_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_softmax__three_words),
        cmocka_unit_test(test_negative__three_words),
        cmocka_unit_test(test_gradient__finite_differences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
