/* A model without a decoder: every way to its end gives the same values, and one can go back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "session/session.h"

static const int32_t ids[] = {2, 8, 14, 3, 1, 6, 3}, segments[] = {0, 0, 0, 0, 1, 1, 1};

static int setup(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    *state = s;
    if (!session_open(s, "tests/golden/bert/full-3h", &e) ||
        !session_ids_segments(s, ids, segments, 7, &e))
        fail_msg("%s", e.msg);
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

static struct tensor value(struct session *s, struct named_run *r, int node)
{
    struct err e = ERR_INIT;
    struct tensor t;
    if (!session_run_value(s, r, node, &t, &e))
        fail_msg("%s: %s", s->model->plan->nodes[node].name, e.msg);
    return t;
}

/* Every value of the present run is, bit for bit, that of the run saved as "whole". */
static void same_as_whole(struct session *s)
{
    struct err e = ERR_INIT;
    struct named_run *whole = session_named(s, "whole", &e);
    for (int i = 0; i < s->model->plan->nnodes; i++) {
        struct tensor a = value(s, NULL, i), b = value(s, whole, i);
        int64_t at[TENSOR_DIMS] = {0};
        assert_int_equal(tensor_count(&a), tensor_count(&b));
        for (int64_t k = tensor_count(&a); k > 0; k--) {
            assert_true(tensor_get(&a, at) == tensor_get(&b, at));
            for (int d = a.ndim - 1; d >= 0 && ++at[d] == a.shape[d]; d--)
                at[d] = 0;
        }
        tensor_unref(&a);
        tensor_unref(&b);
    }
}

static void whole_run(struct session *s, enum keep keep)
{
    struct err e = ERR_INIT;
    struct stop stop;
    if (!session_run(s, &s->search, keep, &stop, &e))
        fail_msg("%s", e.msg);
    assert_int_equal(stop.reason, STOP_END);
    assert_int_equal(stop.emitted, 0);
}

static void test_encoder__steps_are_the_run(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    whole_run(s, KEEP_ALL);
    assert_true(session_save_run(s, "whole", &e));
    for (enum ladder l = STEP_OP; l <= STEP_STACK; l++) {
        assert_true(session_start(s, &e));
        int steps = 0;
        do {
            assert_true(session_step(s, l, 1, &stop, &e));
            assert_true(++steps <= s->model->plan->nnodes);
        } while (stop.reason == STOP_MOVED);
        assert_int_equal(stop.reason, STOP_END);
        /* 44 operations; embeddings, 2 x 2 sub-layers, 3 heads; embeddings, 2 layers, 3 heads;
         * the encoder, 3 heads */
        const int want[] = {44, 8, 6, 4};
        assert_int_equal(steps, want[l]);
        same_as_whole(s);
    }
    assert_true(session_forward(s, &e));
    same_as_whole(s);
}

static void test_encoder__nothing_kept_is_computed_again(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    whole_run(s, KEEP_ALL);
    assert_true(session_save_run(s, "whole", &e));
    whole_run(s, KEEP_NONE);
    same_as_whole(s);
}

static void test_encoder__back_and_on(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    whole_run(s, KEEP_ALL);
    assert_true(session_save_run(s, "whole", &e));
    assert_true(session_back(s, STEP_PART, 1, &stop, &e));
    assert_string_equal(s->model->plan->nodes[session_node(s)].name, "nsp.logits");
    assert_true(session_goto(s, "enc.1.self.pattern", &stop, &e));
    struct tensor t;
    assert_false(session_value(s, s->model->plan->enc_out, &t, &e));
    assert_non_null(strstr(e.msg, "not computed yet"));
    e = (struct err)ERR_INIT;
    assert_true(session_until(s, "pooled", &stop, &e));
    assert_int_equal(stop.reason, STOP_TARGET);
    assert_string_equal(s->model->plan->nodes[stop.last_node].name, "pooled");
    assert_true(session_step(s, STEP_ALL, 1, &stop, &e));
    same_as_whole(s);
}

static void test_encoder__segments_matter(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    const int32_t wrong[] = {0, 0, 0, 0, 2, 2, 2};
    whole_run(s, KEEP_ALL);
    struct tensor t = value(s, NULL, s->model->plan->enc_out);
    const int64_t at[] = {0, 0, 0};
    double with = tensor_get(&t, at);
    tensor_unref(&t);
    assert_true(session_ids(s, ids, 7, &e));
    whole_run(s, KEEP_ALL);
    t = value(s, NULL, s->model->plan->enc_out);
    assert_true(tensor_get(&t, at) != with);
    tensor_unref(&t);
    assert_false(session_ids_segments(s, ids, wrong, 7, &e));
    assert_string_equal(e.msg, "segment 2: this model has segments 0-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_encoder__steps_are_the_run, setup, teardown),
        cmocka_unit_test_setup_teardown(test_encoder__nothing_kept_is_computed_again, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_encoder__back_and_on, setup, teardown),
        cmocka_unit_test_setup_teardown(test_encoder__segments_matter, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
