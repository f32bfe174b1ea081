/* One number recomputed: agrees with the stored one whatever was kept and however tokens were
 * chosen. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "session/session.h"

static int setup(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    *state = s;
    const int32_t ids[] = {80, 98, 14, 11, 1, 6, 97, 0};
    if (!session_open(s, "tests/golden/marian/swish-3h", &e) || !session_ids(s, ids, 8, &e))
        fail_msg("%s", e.msg);
    settings_set(&s->settings, "max-new", "5", &e);
    return 0;
}

static int setup_encoder(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    *state = s;
    const int32_t ids[] = {2, 8, 14, 3, 1, 6, 3}, segments[] = {0, 0, 0, 0, 1, 1, 1};
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

/* The last cell of every value. */
static void check_all(struct session *s, int from)
{
    const struct plan *p = s->model->plan;
    for (int node = from; node < p->nnodes; node++) {
        struct err e = ERR_INIT;
        struct tensor t;
        struct tensor_stats st;
        int64_t at[NODE_DIMS];
        double got, want;
        if (!session_value(s, node, &t, &e))
            fail_msg("%s: %s", p->nodes[node].name, e.msg);
        for (int i = 0; i < t.ndim; i++)
            at[i] = t.shape[i] - 1;
        want = tensor_get(&t, at);
        tensor_stats(&t, &st);
        tensor_unref(&t);
        if (!session_cell(s, node, at, &got, NULL, &e))
            fail_msg("%s: %s", p->nodes[node].name, e.msg);
        double allowed = 1e-5 * fmax(fmax(fabs(st.min), fabs(st.max)), 1e-6);
        if (!(got == want || fabs(got - want) <= allowed))
            fail_msg("%s: computed %.9g, stored %.9g", p->nodes[node].name, got, want);
    }
}

static void run(struct session *s, enum search search, enum keep keep)
{
    struct err e = ERR_INIT;
    struct stop stop;
    struct gen_options o = s->search;
    o.search = search;
    o.width = 3;
    if (!session_run(s, &o, keep, &stop, &e))
        fail_msg("%s", e.msg);
}

static void test_cell__kept(void **state)
{
    run(*state, SEARCH_GREEDY, KEEP_ALL);
    check_all(*state, 0);
}

static void test_cell__nothing_kept(void **state)
{
    run(*state, SEARCH_GREEDY, KEEP_NONE);
    check_all(*state, 80); /* each value asked for is one more pass: the last ones will do */
}

static void test_cell__beams(void **state)
{
    run(*state, SEARCH_BEAM, KEEP_ALL);
    check_all(*state, 80);
}

static void test_cell__encoder(void **state)
{
    run(*state, SEARCH_GREEDY, KEEP_ALL);
    check_all(*state, 0);
    run(*state, SEARCH_GREEDY, KEEP_NONE);
    check_all(*state, 0);
}

static void test_cell__says_what_is_wrong(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    const int64_t far[NODE_DIMS] = {0, 8, 0};
    double v;
    assert_false(session_cell(s, 0, far, &v, NULL, &e));
    assert_non_null(strstr(e.msg, "nothing has been computed"));
    run(s, SEARCH_GREEDY, KEEP_ALL);
    e = (struct err)ERR_INIT;
    assert_false(session_cell(s, 0, far, &v, NULL, &e));
    assert_string_equal(e.msg, "index 8 of axis S of enc.embed: the range is 0-7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cell__kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cell__nothing_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cell__beams, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cell__encoder, setup_encoder, teardown),
        cmocka_unit_test_setup_teardown(test_cell__says_what_is_wrong, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
