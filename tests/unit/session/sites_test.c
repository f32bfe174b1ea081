/* Sites as users write them: globs, ranges, heads, steps, slices, other spellings, and why nothing
 * matches. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "session/session.h"

static int setup(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    *state = s;
    const int32_t ids[] = {80, 98, 14, 11, 0}, prefix[] = {66, 73, 89};
    if (!session_open(s, "tests/golden/marian/swish-3h", &e) || !session_ids(s, ids, 5, &e) ||
        !session_prefix_ids(s, prefix, 3, &e) || !session_forward(s, &e))
        fail_msg("%s", e.msg);
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

/* How many values match, and the first and last as text. */
static void expect(struct session *s, const char *text, size_t count, const char *first,
                   const char *last)
{
    struct site_ref *v;
    size_t n;
    struct err e = ERR_INIT;
    if (!sites_match(s, text, &v, &n, &e))
        fail_msg("%s: %s", text, e.msg);
    struct str a = STR_INIT, b = STR_INIT;
    sites_text(&v[0], &a);
    sites_text(&v[n - 1], &b);
    assert_string_equal(a.s, first);
    assert_string_equal(b.s, last);
    if (count > 0)
        assert_int_equal(n, count);
    str_release(&a);
    str_release(&b);
    free(v);
}

static void refuse(struct session *s, const char *text, const char *message, const char *hint)
{
    struct site_ref *v;
    size_t n;
    struct err e = ERR_INIT;
    assert_false(sites_match(s, text, &v, &n, &e));
    if (strstr(e.msg, message) == NULL || strstr(e.hint, hint) == NULL)
        fail_msg("%s: got \"%s\" (%s)", text, e.msg, e.hint);
}

static void test_sites__globs_and_ranges(void **state)
{
    struct session *s = *state;
    expect(s, "enc.0.self.q", 1, "enc.0.self.q", "enc.0.self.q");
    expect(s, "dec.*.cross.pattern", 3, "dec.0.cross.pattern", "dec.2.cross.pattern");
    expect(s, "dec.1-2.resid_post", 2, "dec.1.resid_post", "dec.2.resid_post");
    expect(s, "enc.1.self", 7, "enc.1.self.q", "enc.1.self.out");
    expect(s, "*", (size_t)s->model->plan->nsites, "enc.embed", "probs");
    expect(s, "dec.*.cross.pattern.h2@1", 3, "dec.0.cross.pattern.h2@1",
           "dec.2.cross.pattern.h2@1");
    expect(s, "dec.0.cross.pattern.h*", 3, "dec.0.cross.pattern.h0", "dec.0.cross.pattern.h2");
    expect(s, "dec.0.cross.h1", 1, "dec.0.cross.pattern.h1", "dec.0.cross.pattern.h1");
    expect(s, "dec.۲.cross.pattern.h۱", 1, "dec.2.cross.pattern.h1", "dec.2.cross.pattern.h1");
    expect(s, "enc.0.mlp.post[0,2,5:9]", 1, "enc.0.mlp.post[0,2,5:9]", "enc.0.mlp.post[0,2,5:9]");
    expect(s, "dec.0.self.result", 1, "dec.0.self.result", "dec.0.self.result");
}

static void test_sites__other_spellings(void **state)
{
    struct session *s = *state;
    expect(s, "blocks.1.attn.hook_pattern", 1, "enc.1.self.pattern", "enc.1.self.pattern");
    expect(s, "decoder_blocks.2.cross_attn.hook_z", 1, "dec.2.cross.z", "dec.2.cross.z");
    expect(s, "model.decoder.layers.0.encoder_attn.k_proj", 1, "dec.0.cross.k", "dec.0.cross.k");
    expect(s, "cross_attentions[1]", 1, "dec.1.cross.pattern", "dec.1.cross.pattern");
    expect(s, "encoder_l1_self_Wq", 1, "enc.0.self.q", "enc.0.self.q");
    expect(s, "decoder.1.attn.hook_result", 1, "dec.1.self.result", "dec.1.self.result");
    struct str all = STR_INIT;
    sites_spellings(s->model->plan,
                    s->model->plan->sites[plan_site(s->model->plan, "dec.0.cross.q")].node, &all);
    assert_non_null(strstr(all.s, "model.decoder.layers.0.encoder_attn.q_proj"));
    assert_non_null(strstr(all.s, "decoder_l1_context_Wq"));
    str_release(&all);
}

static void test_sites__why_nothing_matches(void **state)
{
    struct session *s = *state;
    refuse(s, "enc.0.slef", "no site matches `enc.0.slef`", "did you mean `self`?");
    refuse(s, "enc.7.self.q", "the encoder of this model has layers 0-1", "");
    refuse(s, "dec.0-9.cross.pattern", "the decoder of this model has layers 0-2", "");
    refuse(s, "enc.0.cross.q", "only decoder layers have cross-attention", "");
    refuse(s, "dec.0.cross.pattern.h3", "head 3: this model has heads 0-2", "");
    refuse(s, "enc.0.self.q@2", "has no decoder steps", "");
    refuse(s, "enc.0.mlp.pre.h0", "has no heads", "");
    refuse(s, "frob", "no site matches `frob`", "enc, dec, logits or probs");
    refuse(s, "dec.0.self.q[1,2,3,4,5]", "at most 4 indices", "");
    refuse(s, "dec.0.self.q[x]", "an index is a number", "");
    refuse(s, "dec.0.self.q@-1", "a decoder step is a number", "");
    struct site_ref one;
    struct err e = ERR_INIT;
    assert_false(sites_one(s, "dec.*.resid_post", &one, &e));
    assert_non_null(strstr(e.msg, "names 3 values"));
}

static void test_sites__tensors(void **state)
{
    struct session *s = *state;
    struct site_ref r;
    struct tensor t, whole;
    struct err e = ERR_INIT;
    assert_true(sites_one(s, "dec.1.cross.pattern", &r, &e) && sites_tensor(s, &r, &whole, &e));
    assert_int_equal(whole.ndim, 4);
    assert_int_equal(whole.shape[2], 4); /* start token and prefix */
    assert_int_equal(whole.shape[3], 5);
    assert_true(sites_one(s, "dec.1.cross.pattern.h2@3[0,1:4]", &r, &e) &&
                sites_tensor(s, &r, &t, &e));
    assert_int_equal(t.ndim, 1);
    assert_int_equal(t.shape[0], 3);
    assert_string_equal(t.axis[0], "S");
    const int64_t at[] = {0, 2, 3, 2}, in[] = {1};
    assert_true(tensor_get(&whole, at) == tensor_get(&t, in));
    tensor_unref(&t);
    tensor_unref(&whole);
    assert_true(sites_one(s, "dec.1.cross.pattern@9", &r, &e));
    assert_false(sites_tensor(s, &r, &t, &e));
    assert_non_null(strstr(e.msg, "steps 0-3 have been computed"));
    err_clear(&e);
    assert_true(sites_one(s, "enc.0.self.q[0,5]", &r, &e));
    assert_false(sites_tensor(s, &r, &t, &e));
    assert_non_null(strstr(e.msg, "the range is 0-4")); /* head 0, position 5: B is left out */
}

/* What the heads write, with the bias, is what comes out of the attention. */
static void test_sites__results_of_heads_sum_to_out(void **state)
{
    struct session *s = *state;
    struct site_ref r;
    struct tensor result, out;
    struct err e = ERR_INIT;
    assert_true(sites_one(s, "dec.2.cross.result", &r, &e) && sites_tensor(s, &r, &result, &e));
    assert_true(sites_one(s, "dec.2.cross.out", &r, &e) && sites_tensor(s, &r, &out, &e));
    const struct tensor *bias = &s->model->params[s->model->plan->nodes[r.node].param[1]];
    for (int64_t t = 0; t < 4; t++)
        for (int64_t d = 0; d < 24; d++) {
            const int64_t b[] = {d}, o[] = {0, t, d};
            double sum = tensor_get(bias, b);
            for (int64_t h = 0; h < 3; h++) {
                const int64_t x[] = {0, h, t, d};
                sum += tensor_get(&result, x);
            }
            assert_true(sum - tensor_get(&out, o) < 1e-5 && tensor_get(&out, o) - sum < 1e-5);
        }
    tensor_unref(&result);
    tensor_unref(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sites__globs_and_ranges, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sites__other_spellings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sites__why_nothing_matches, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sites__tensors, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sites__results_of_heads_sum_to_out, setup, teardown),
    };
    return cmocka_run_group_tests_name("sites", tests, NULL, NULL);
}
