/* fill and nsp against the reference library: what they say is the softmax of its logits, worked out
 * here in doubles, for every token of the vocabulary at every position, and for both classes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/command.h"
#include "format/weights.h"

#define TOLERANCE 1e-5 /* of a probability */
enum { POSITIONS = 7 };

/* The inputs of the golden files (source_ids and segments of expected.safetensors). */
static const struct {
    const char *dir, *ids, *segments;
    bool mlm, nsp;
} cases[] = {
    {"tests/golden/bert/full-3h", "13,15,37,60,32,48,0", "0,0,0,0,1,1,1", true, true},
    {"tests/golden/bert/masked-untied", "19,31,18,6,21,44,29", "0,0,0,1,1,2,2", true, false},
    {"tests/golden/bert/old-names", "16,5,20,5,23,19,28", "0,0,0,0,1,1,1", true, true},
    {"tests/golden/bert/next-f16", "25,2,3,14,9,4,27", "0,0,0,0,1,1,1", false, true},
};

static void run(struct session *s, const char *line, struct result *out)
{
    struct err e = ERR_INIT;
    const struct command *ran;
    result_init(out);
    if (!command_run(s, line, false, out, &ran, &e))
        fail_msg("%s: %s", line, e.msg);
}

static struct session *opened(size_t i, struct weights **expected)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    char *path = mem_printf("%s/expected.safetensors", cases[i].dir);
    char *line = mem_printf("input --ids %s --segments %s", cases[i].ids, cases[i].segments);
    struct result out;
    if (!session_open(s, cases[i].dir, &e) || !weights_open(path, expected, &e))
        fail_msg("%s: %s", cases[i].dir, e.msg);
    run(s, line, &out);
    result_release(&out);
    free(path);
    free(line);
    return s;
}

/* p[i] = exp(x[i]) / sum of exp(x[j]), x the n logits of the reference whose index begins with at. */
static void softmax_of(const struct weight *logits, int64_t *at, int axis, int64_t n, double *p)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++) {
        at[axis] = i;
        p[i] = exp(tensor_get(&logits->t, at));
        sum += p[i];
    }
    for (int64_t i = 0; i < n; i++)
        p[i] /= sum;
}

static int64_t whole(const struct data *d, const char *key)
{
    const struct data *v = data_get(d, key);
    assert_true(v != NULL && v->kind == DATA_INT);
    return v->u.i;
}

static double number(const struct data *d, const char *key)
{
    const struct data *v = data_get(d, key);
    assert_true(v != NULL && v->kind == DATA_NUM);
    return v->u.d;
}

/* All tokens are listed once, the likeliest first, each with the reference's probability. */
static void check_mask(const struct data *mask, const double *want, int64_t vocab, const char *dir)
{
    bool *seen = mem_alloc((size_t)vocab * sizeof *seen);
    double sum = 0, before = 1;
    int64_t rank = 0;
    for (const struct data *c = data_get(mask, "candidates")->first; c != NULL; c = c->next) {
        int64_t id = whole(c, "id");
        double p = number(c, "p");
        assert_int_equal(whole(c, "rank"), ++rank);
        assert_true(id >= 0 && id < vocab && !seen[id]);
        seen[id] = true;
        if (!(fabs(p - want[id]) <= TOLERANCE))
            fail_msg("%s: p of token %lld is %.9g, the reference's is %.9g", dir, (long long)id, p,
                     want[id]);
        assert_true(fabs(exp(number(c, "logp")) - p) <= 1e-12);
        assert_true(p <= before);
        before = p;
        sum += p;
    }
    assert_int_equal(rank, vocab);
    assert_true(fabs(sum - 1) <= 1e-6);
    free(seen);
}

static void test_heads__fill(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!cases[i].mlm)
            continue;
        struct weights *expected;
        struct session *s = opened(i, &expected);
        const struct weight *logits = weights_find(expected, "mlm.logits");
        int64_t vocab = logits->t.shape[2], at[3] = {0}, n = 0;
        double *want = mem_alloc((size_t)vocab * sizeof *want);
        struct result out;
        run(s, "fill --top 10000 --at 0,1,2,3,4,5,6", &out);
        const struct data *mask = data_get(out.data, "masks")->first;
        for (; mask != NULL; mask = mask->next, n++) {
            at[1] = n;
            assert_int_equal(whole(mask, "position"), n);
            softmax_of(logits, at, 2, vocab, want);
            check_mask(mask, want, vocab, cases[i].dir);
        }
        assert_int_equal(n, POSITIONS);
        result_release(&out);
        free(want);
        weights_free(expected);
        session_free(s);
    }
}

static void test_heads__nsp(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!cases[i].nsp)
            continue;
        struct weights *expected;
        struct session *s = opened(i, &expected);
        const struct weight *logits = weights_find(expected, "nsp.logits");
        int64_t at[2] = {0};
        double want[2];
        struct result out;
        softmax_of(logits, at, 1, 2, want);
        run(s, "nsp", &out);
        const struct data *p = data_get(out.data, "probs")->first,
                          *x = data_get(out.data, "logits")->first;
        for (int c = 0; c < 2; c++, p = p->next, x = x->next) {
            at[1] = c;
            assert_true(fabs(p->u.d - want[c]) <= TOLERANCE);
            assert_true(fabs(x->u.d - tensor_get(&logits->t, at)) <= 1e-4);
        }
        assert_true(p == NULL && x == NULL);
        assert_true(data_get(out.data, "follows")->u.b == (want[0] > want[1]));
        result_release(&out);
        weights_free(expected);
        session_free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads__fill),
        cmocka_unit_test(test_heads__nsp),
    };
    return cmocka_run_group_tests_name("heads", tests, NULL, NULL);
}
