/* Drawing by lot, and what training comes to where it can be worked out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/str.h"
#include "words/w2v.h"

/* ---- lots ------------------------------------------------------------------------------------ */

/* Counts 1, 16, 81 to the power 3/4 are 1, 8, 27 of 36. */
static void test_sampler__unigram_to_three_quarters(void **state)
{
    (void)state;
    const int64_t count[] = {1, 16, 81};
    const double want[] = {1 / 36.0, 8 / 36.0, 27 / 36.0};
    struct sampler s;
    sampler_init(&s, count, 3, 0.75);
    double held[3] = {0};
    for (int i = 0; i < 3; i++) { /* the shares that the slots hold, added up */
        double keep = ((double)s.slot[i].keep + 1) / 4294967296.0;
        held[i] += keep / 3;
        held[s.slot[i].other] += (1 - keep) / 3;
    }
    for (int i = 0; i < 3; i++) {
        assert_true(fabs(s.p[i] - want[i]) < 1e-15);
        assert_true(fabs(held[i] - want[i]) < 1e-8);
    }
    enum { DRAWS = 200000 };
    int drawn[3] = {0};
    uint64_t lots = 3;
    for (int i = 0; i < DRAWS; i++)
        drawn[sampler_draw(&s, &lots)]++;
    for (int i = 0; i < 3; i++) /* 5 standard deviations of a share */
        assert_true(fabs((double)drawn[i] / DRAWS - want[i]) <
                    5 * sqrt(want[i] * (1 - want[i]) / DRAWS));
    sampler_release(&s);
}

static void test_sampler__even_and_alone(void **state)
{
    (void)state;
    const int64_t count[] = {5, 9, 1, 7, 30};
    struct sampler s;
    uint64_t lots = 1;
    sampler_init(&s, count, 5, 0); /* to the power 0 all are even */
    for (int i = 0; i < 5; i++)
        assert_true(fabs(s.p[i] - 0.2) < 1e-15);
    sampler_release(&s);
    sampler_init(&s, count, 1, 0.75);
    for (int i = 0; i < 100; i++)
        assert_int_equal(sampler_draw(&s, &lots), 0);
    sampler_release(&s);
}

/* sample 0.01 of a word with share 0.04: the ratio is 1/4, so sqrt(1/4) + 1/4 = 3/4 are kept. */
static void test_keep__by_hand(void **state)
{
    (void)state;
    assert_true(fabs(keep_chance(0.04, 0.01) - 0.75) < 1e-15);
    assert_true(keep_chance(0.04, 0) == 1);
    assert_true(keep_chance(0.001, 0.01) == 1);
}

/* ---- training -------------------------------------------------------------------------------- */

/* Sentences "a b" three times and "a c" once, so P(b|a) is 3/4. */
static const char small[] = "a b\na b\na c\na b\n";

static struct w2v *trained(const char *text, const struct w2v_options *o)
{
    struct text t;
    struct err e = ERR_INIT;
    struct w2v *m = NULL;
    if (!text_parse(text, strlen(text), "it", 1, &t, &e) || !w2v_train(&t, o, NULL, NULL, &m, &e))
        fail_msg("%s", e.msg);
    text_release(&t);
    return m;
}

static double dot(const struct w2v *m, const char *output, const char *target)
{
    struct err e = ERR_INIT;
    int32_t o, t;
    double sum = 0;
    assert_true(vocab_find(&m->vocab, output, &o, &e));
    assert_true(vocab_find(&m->vocab, target, &t, &e));
    for (int64_t c = 0; c < m->stride; c++)
        sum += (double)m->v[o * m->stride + c] * (double)m->u[t * m->stride + c];
    return sum;
}

static struct w2v_options plain(bool cbow)
{
    struct w2v_options o = w2v_defaults(cbow, false);
    o.dim = 5;
    o.window = 1;
    o.sample = 0;
    o.epochs = 4000;
    o.rate = 0.2;
    return o;
}

/* With as many numbers as words the softmax can say the very shares of the text. */
static void check_shares(bool cbow)
{
    struct w2v_options o = plain(cbow);
    o.softmax = true;
    struct w2v *m = trained(small, &o);
    double z = exp(dot(m, "a", "a")) + exp(dot(m, "b", "a")) + exp(dot(m, "c", "a"));
    assert_true(fabs(exp(dot(m, "b", "a")) / z - 0.75) < 0.02);
    assert_true(fabs(exp(dot(m, "c", "a")) / z - 0.25) < 0.02);
    assert_true(exp(dot(m, "a", "a")) / z < 0.01);
    assert_true(m->curve[m->points - 1].loss < m->curve[0].loss);
    w2v_free(m);
}

static void test_train__softmax_learns_the_shares(void **state)
{
    (void)state;
    check_shares(false);
    check_shares(true); /* a window of one word: its mean is that word */
}

/* Negative sampling of k words ends where the right and the drawn ones balance: a pair (t, o) seen n
 * times of N with t has s(v_o . u_t) = n / (n + k p_o (N - n)), for a draw of the right word itself
 * is left out. Counts a 4, b 3, c 1; to the power 1: p_b = 3/8, p_c = 1/8; k = 2.
 *   a, b: n = 3 of N = 4: 3 / (3 + 2 x 3/8 x 1) = 4/5;  a, c: 1 / (1 + 2 x 1/8 x 3) = 4/7. */
static void test_train__negative_sampling_balances(void **state)
{
    (void)state;
    struct w2v_options o = plain(false);
    o.power = 1;
    o.negatives = 2;
    o.epochs = 40000;
    o.rate = 0.05;
    struct w2v *m = trained(small, &o);
    assert_true(fabs(1 / (1 + exp(-dot(m, "b", "a"))) - 0.8) < 0.04);
    assert_true(fabs(1 / (1 + exp(-dot(m, "c", "a"))) - 4 / 7.0) < 0.04);
    w2v_free(m);
}

static void test_train__what_it_counts(void **state)
{
    (void)state;
    struct w2v_options o = plain(false);
    o.window = 2;
    o.fixed = true;
    o.epochs = 3;
    struct w2v *m = trained("k l m n o p q r s t\n", &o); /* 34 pairs, see text_test */
    assert_int_equal(m->pairs, 3 * 34);
    assert_int_equal(m->words, 30);
    assert_int_equal(m->learnt, 30);
    assert_true(m->done == 1);
    w2v_free(m);
    o.cbow = true;
    m = trained("k l m n o p q r s t\n", &o);
    assert_int_equal(m->pairs, 3 * 10);
    w2v_free(m);
}

/* One line of 2,500 words is learnt from as 1,000 + 1,000 + 500, 2 (n - 1) pairs each. */
static void test_train__long_lines_are_cut(void **state)
{
    (void)state;
    struct str text = STR_INIT;
    for (int i = 0; i < 2500; i++)
        str_addf(&text, "w%d ", i % 7);
    struct w2v_options o = plain(false);
    o.fixed = true;
    o.epochs = 1;
    struct w2v *m = trained(text.s, &o);
    assert_int_equal(m->pairs, 2 * (999 + 999 + 499));
    assert_int_equal(m->words, 2500);
    assert_true(m->done == 1);
    w2v_free(m);
    str_release(&text);
}

static void test_train__one_seed_one_result(void **state)
{
    (void)state;
    static const char text[] = "a b c d e f g h i j\nb a d c f e h g j i\na c e g i b d f h j\n";
    for (int kind = 0; kind < 4; kind++) {
        struct w2v_options o = w2v_defaults(kind & 1, kind & 2);
        o.dim = 20;
        struct w2v *x = trained(text, &o), *y = trained(text, &o);
        size_t bytes = (size_t)x->vocab.n * (size_t)x->stride * sizeof(float);
        assert_memory_equal(x->u, y->u, bytes);
        assert_memory_equal(x->v, y->v, bytes);
        for (int32_t i = 0; i < x->vocab.n; i++) /* what pads the rows stays zero */
            for (int64_t c = x->dim; c < x->stride; c++)
                assert_true(x->u[i * x->stride + c] == 0 && x->v[i * x->stride + c] == 0);
        w2v_free(y);
        o.seed = 2;
        y = trained(text, &o);
        assert_memory_not_equal(x->u, y->u, bytes);
        w2v_free(x);
        w2v_free(y);
    }
}

static void stop_now(void *ud, double fraction)
{
    *(double *)ud = fraction;
    interrupt_flag = 1;
}

static void test_train__stops_and_stays_whole(void **state)
{
    (void)state;
    struct text t;
    struct err e = ERR_INIT;
    struct w2v *m;
    double at = 0;
    struct w2v_options o = plain(false);
    o.epochs = 100000;
    assert_true(text_parse(small, strlen(small), "it", 1, &t, &e));
    assert_true(w2v_train(&t, &o, stop_now, &at, &m, &e));
    interrupt_flag = 0;
    text_release(&t);
    assert_true(at > 0 && m->done >= at && m->done < 1);
    for (int32_t i = 0; i < m->vocab.n; i++)
        assert_true(m->norm[i] > 0 && isfinite(m->norm[i]));
    w2v_free(m);
}

static void check_refused(const char *text, struct w2v_options o, const char *want)
{
    struct text t;
    struct err e = ERR_INIT;
    struct w2v *m;
    assert_true(text_parse(text, strlen(text), "it", 1, &t, &e));
    assert_false(w2v_train(&t, &o, NULL, NULL, &m, &e));
    assert_string_equal(e.msg, want);
    text_release(&t);
}

static void test_train__refuses(void **state)
{
    (void)state;
    struct w2v_options o = w2v_defaults(false, false);
    check_refused("a", o, "the text is one word, 'a': a pair needs two");
    check_refused("a a", o, "the vocabulary is one word, 'a': there is nothing to tell it from");
    check_refused("a\nb", o, "no sentence has two words, so there is no pair");
    o.window = 0;
    check_refused("a b", o, "a window of 0 makes no pairs; it is at least 1");
    o = w2v_defaults(false, false);
    o.dim = INT64_MAX;
    check_refused("a b", o, "vectors have 1 to 4096 numbers, not 9223372036854775807");
    o = w2v_defaults(false, false);
    o.rate = NAN;
    check_refused("a b", o, "the learning rate must be 0 to 10, not nan");
}

/* ---- looking --------------------------------------------------------------------------------- */

/* Four words by hand: a = (1, 0), b = (0, 2), c = (3, 3), d = 0. */
static struct w2v *by_hand(void)
{
    struct text t;
    struct err e = ERR_INIT;
    assert_true(text_parse("a b c d", 7, "it", 1, &t, &e));
    struct w2v *m = w2v_new(&t.vocab, 2, false, 1, &e);
    assert_non_null(m);
    text_release(&t);
    const float x[4][2] = {{1, 0}, {0, 2}, {3, 3}, {0, 0}};
    for (int i = 0; i < 4; i++)
        memcpy(m->u + i * m->stride, x[i], sizeof x[i]);
    w2v_settle(m);
    return m;
}

/* cos(a, c) = 3 / (1 x sqrt 18) = 0.7071, cos(a, b) = 0; d has no direction. */
static void test_near__by_hand(void **state)
{
    (void)state;
    struct w2v *m = by_hand();
    struct w2v_near near[4];
    int32_t a = 0;
    assert_int_equal(w2v_nearest(m, m->u, &a, 1, 4, near), 2);
    assert_int_equal(near[0].id, 2);
    assert_true(fabs((double)near[0].cosine - sqrt(0.5)) < 1e-6);
    assert_int_equal(near[1].id, 1);
    assert_true(fabs((double)near[1].cosine) < 1e-6);
    assert_int_equal(w2v_nearest(m, m->u, NULL, 0, 1, near), 1);
    assert_int_equal(near[0].id, 0);
    assert_true(fabs(w2v_cosine(m, 1, 2) - sqrt(0.5)) < 1e-6);
    /* b - a + c, each of length 1: (-1 + 0.7071, 1 + 0.7071) */
    float query[16];
    w2v_analogy(m, 0, 1, 2, query);
    assert_true(fabs((double)query[0] + 1 - sqrt(0.5)) < 1e-6);
    assert_true(fabs((double)query[1] - 1 - sqrt(0.5)) < 1e-6);
    w2v_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sampler__unigram_to_three_quarters),
        cmocka_unit_test(test_sampler__even_and_alone),
        cmocka_unit_test(test_keep__by_hand),
        cmocka_unit_test(test_train__softmax_learns_the_shares),
        cmocka_unit_test(test_train__negative_sampling_balances),
        cmocka_unit_test(test_train__what_it_counts),
        cmocka_unit_test(test_train__long_lines_are_cut),
        cmocka_unit_test(test_train__one_seed_one_result),
        cmocka_unit_test(test_train__stops_and_stays_whole),
        cmocka_unit_test(test_train__refuses),
        cmocka_unit_test(test_near__by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
