/* contrast, rank and explain scaling: numbers of the bundled model worked out by hand, and laws that
 * hold whatever the numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "command/command.h"

static struct session *opened(const char *model, const char *input)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    const struct command *ran;
    struct result out;
    result_init(&out);
    if (!session_open(s, model, &e) || !command_run(s, input, false, &out, &ran, &e) ||
        !command_run(s, "run --max 8", false, &out, &ran, &e))
        fail_msg("%s", e.msg);
    result_release(&out);
    return s;
}

static void run(struct session *s, const char *line, struct result *out)
{
    struct err e = ERR_INIT;
    const struct command *ran;
    result_init(out);
    if (!command_run(s, line, false, out, &ran, &e))
        fail_msg("%s: %s", line, e.msg);
}

static double number(const struct data *d, const char *key)
{
    const struct data *v = data_get(d, key);
    assert_non_null(v);
    return v->kind == DATA_INT ? (double)v->u.i : v->u.d;
}

static const struct data *nth(const struct data *list, int i)
{
    const struct data *d = list->first;
    while (i-- > 0)
        d = d->next;
    return d;
}

/* Six tokens, D = 128, four heads of 32. W of N x N: 36. From N x N to D x D: 36 numbers in, 16,384
 * out, 36 x 16,384 = 589,824. A head: W_Q, W_K, W_V of 128 x 32 each with 32 biases, 3 x 4,128 =
 * 12,384. One token more: 49; 49 x 16,384 = 802,816; 12,384 still. Twelve: 144; 2,359,296. */
static void test_contrast__parameters(void **state)
{
    (void)state;
    struct session *s =
        opened("examples/models/fa-en", "input علی به مدرسه می‌رود");
    struct result out;
    run(s, "contrast", &out);
    static const double want[3][3] = {
        {36, 49, 144}, {589824, 802816, 2359296}, {12384, 12384, 12384}};
    for (int m = 0; m < 3; m++) {
        assert_true(number(nth(data_get(out.data, "maps"), m), "parameters") == want[m][0]);
        const struct data *grown = data_get(nth(data_get(out.data, "growth"), m), "parameters");
        for (int i = 0; i < 3; i++)
            assert_true(nth(grown, i)->u.d == want[m][i]);
    }
    const struct data *longer = data_get(out.data, "longer");
    assert_true(number(longer, "n") == 12);
    assert_false(data_get(longer, "w_fits")->u.b);
    result_release(&out);
    session_free(s);
}

/* Rows of softmax(A W) and of the head's pattern sum to 1, A is symmetric, and its first cell is the
 * square of the length of Y's first row. */
static void test_contrast__maps(void **state)
{
    (void)state;
    struct session *s =
        opened("examples/models/fa-en", "input علی به مدرسه می‌رود");
    struct result out;
    struct tensor y;
    struct err e = ERR_INIT;
    run(s, "contrast enc.1.self.h2", &out);
    const struct tensor *a = data_get(out.data, "a")->u.t;
    const struct plan *p = s->model->plan;
    if (!session_value(s, p->sites[plan_site(p, "enc.1.resid_pre")].node, &y, &e))
        fail_msg("%s", e.msg);
    double square = 0;
    for (int64_t i = 0; i < 128; i++) {
        const int64_t at[] = {0, 0, i};
        square += tensor_get(&y, at) * tensor_get(&y, at);
    }
    tensor_unref(&y);
    assert_true(fabs(square - tensor_get(a, (const int64_t[]){0, 0})) < 1e-3 * square);
    static const char *const maps[] = {"connected", "pattern"};
    for (int64_t i = 0; i < 6; i++) {
        assert_true(tensor_get(a, (const int64_t[]){i, 2}) ==
                    tensor_get(a, (const int64_t[]){2, i}));
        for (int m = 0; m < 2; m++) {
            double sum = 0;
            for (int64_t j = 0; j < 6; j++)
                sum += tensor_get(data_get(out.data, maps[m])->u.t, (const int64_t[]){i, j});
            assert_true(fabs(sum - 1) < 1e-5);
        }
    }
    result_release(&out);
    session_free(s);
}

/* Twenty tokens, heads of 8: Q K^T [20,20] has the rank 8 and softmax raises it; W_Q W_K^T [24,24]
 * has the rank 8 too. */
static void test_rank__no_more_than_the_width(void **state)
{
    (void)state;
    struct session *s = opened("tests/golden/marian/swish-3h",
                               "input --ids 5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,0");
    struct result out;
    int n = 0;
    run(s, "rank enc.*.self", &out);
    for (const struct data *d = data_get(out.data, "heads")->first; d != NULL; d = d->next, n++) {
        const struct data *qk = data_get(d, "qk"), *w = data_get(d, "weights");
        assert_true(number(qk, "rows") == 20 && number(qk, "rank") == 8 && number(qk, "most") == 8);
        assert_true(number(w, "rows") == 24 && number(w, "rank") == 8);
        assert_true(number(data_get(d, "pattern"), "rank") > 8);
    }
    assert_int_equal(n, 6); /* two layers of three heads */
    result_release(&out);
    session_free(s);
}

/* sd of q . k within a tenth of sqrt(d_k); entropy falls with the width without the division and
 * stays with it, above four fifths of log2 32 = 5 bits. */
static void test_scaling__laws(void **state)
{
    (void)state;
    struct session *s =
        opened("examples/models/fa-en", "input علی به مدرسه می‌رود");
    struct result out;
    double before = INFINITY;
    int n = 0;
    run(s, "explain scaling", &out);
    for (const struct data *d = data_get(out.data, "widths")->first; d != NULL; d = d->next, n++) {
        double width = number(d, "width");
        assert_true(width == pow(2, n + 1));
        if (width >= 8)
            assert_true(fabs(number(d, "sd") / sqrt(width) - 1) < 0.1);
        assert_true(number(d, "without") < before);
        assert_true(number(d, "with") > 4 && number(d, "with") < 5);
        before = number(d, "without");
    }
    assert_int_equal(n, 9); /* 2 to 512 */
    assert_true(before < 0.5);
    n = 0;
    for (const struct data *d = data_get(out.data, "model")->first; d != NULL; d = d->next, n++)
        assert_true(number(d, "width") == 32 && number(d, "with") > number(d, "without"));
    assert_int_equal(n, 9); /* three encoder layers, three of the decoder with two each */
    result_release(&out);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast__parameters),
        cmocka_unit_test(test_contrast__maps),
        cmocka_unit_test(test_rank__no_more_than_the_width),
        cmocka_unit_test(test_scaling__laws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
