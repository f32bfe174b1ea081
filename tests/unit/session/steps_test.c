/* Run control: the ladder forward and back, stops, until, goto, choose, interventions. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "session/session.h"

static int setup(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    *state = s;
    const int32_t ids[] = {80, 98, 14, 11, 1, 6, 97, 0};
    if (!session_open(s, "tests/golden/marian/swish-3h", &e) || !session_ids(s, ids, 8, &e))
        fail_msg("%s", e.msg);
    settings_set(&s->settings, "max-new", "8", &e);
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

static const char *at(struct session *s)
{
    struct place p = gen_place(s->gen);
    return p.node < s->model->plan->nnodes ? s->model->plan->nodes[p.node].name : "choice";
}

static struct stop step(struct session *s, enum ladder l, int64_t n)
{
    struct stop stop;
    struct err e = ERR_INIT;
    if (!session_step(s, l, n, &stop, &e))
        fail_msg("%s", e.msg);
    return stop;
}

static void test_steps__ladder(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    assert_true(session_start(s, &e));
    assert_string_equal(at(s), "enc.embed");
    step(s, STEP_OP, 1);
    assert_string_equal(at(s), "enc.pos");
    step(s, STEP_PART, 1);
    assert_string_equal(at(s), "enc.0.self.q");
    step(s, STEP_PART, 1);
    assert_string_equal(at(s), "enc.0.mlp.pre");
    step(s, STEP_LAYER, 1);
    assert_string_equal(at(s), "enc.1.self.q");
    step(s, STEP_STACK, 1);
    assert_string_equal(at(s), "dec.embed");
    step(s, STEP_PART, 2);
    assert_string_equal(at(s), "dec.0.cross.q");
    step(s, STEP_STACK, 1);
    assert_string_equal(at(s), "choice");
    struct stop stop = step(s, STEP_EMIT, 1);
    assert_int_equal(stop.emitted, 1);
    assert_string_equal(at(s), "dec.embed");
    stop = step(s, STEP_EMIT, 2);
    assert_int_equal(stop.emitted, 2);
    assert_int_equal(gen_nsteps(s->gen), 3);
}

static void test_steps__back_is_a_move(void **state)
{
    struct session *s = *state;
    struct stop stop;
    struct err e = ERR_INIT;
    step(s, STEP_EMIT, 2);
    struct place frontier = gen_frontier(s->gen);
    assert_true(session_back(s, STEP_EMIT, 1, &stop, &e));
    assert_string_equal(at(s), "choice");
    assert_int_equal(gen_place(s->gen).pass, 1);
    assert_true(session_back(s, STEP_PART, 2, &stop, &e));
    assert_string_equal(at(s), "dec.2.mlp.pre");
    assert_true(session_back(s, STEP_LAYER, 1, &stop, &e));
    assert_string_equal(at(s), "dec.2.self.q"); /* to where its own layer begins */
    assert_true(session_back(s, STEP_LAYER, 1, &stop, &e));
    assert_string_equal(at(s), "dec.1.self.q");
    struct tensor t;
    int node = s->model->plan->sites[plan_site(s->model->plan, "dec.1.self.q")].node;
    assert_true(session_value(s, node, &t,
                              &e)); /* the row of the step before is there, this step's is not */
    assert_int_equal(t.shape[2], 1);
    tensor_unref(&t);
    assert_int_equal(gen_frontier(s->gen).pass, frontier.pass);
    assert_true(session_back(s, STEP_STACK, 100, &stop, &e));
    assert_int_equal(stop.reason, STOP_BEGIN);
    assert_string_equal(at(s), "enc.embed");
    step(s, STEP_EMIT, 2);
    assert_int_equal(gen_frontier(s->gen).pass, frontier.pass);
}

static void run_through(struct session *s, int32_t *ids, int64_t *n)
{
    const struct gen_hypothesis *h;
    assert_int_equal(gen_results(s->gen, &h), 1);
    *n = h[0].n;
    memcpy(ids, h[0].ids, (size_t)h[0].n * sizeof *ids);
}

/* Stepping to the end by any rung is running. */
static void test_steps__to_the_end_equals_running(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    struct gen_options o = s->search;
    o.max_new = 8;
    int32_t want[16], got[16];
    int64_t nwant, ngot;
    assert_true(session_run(s, &o, KEEP_NONE, &stop, &e));
    run_through(s, want, &nwant);
    for (int l = STEP_OP; l <= STEP_ALL; l++) {
        assert_true(session_start(s, &e));
        int guard = 0;
        do
            stop = step(s, (enum ladder)l, 1);
        while (stop.reason != STOP_END && guard++ < 100000);
        run_through(s, got, &ngot);
        assert_int_equal(ngot, nwant);
        assert_memory_equal(got, want, (size_t)nwant * sizeof *got);
    }
}

static void test_stops__values_parts_counts(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    int number;
    assert_true(session_break(s, "dec.*.cross.pattern", false, NULL, &number, &e));
    assert_true(session_start(s, &e));
    struct stop stop = step(s, STEP_ALL, 1);
    assert_int_equal(stop.reason, STOP_BREAK);
    assert_string_equal(s->model->plan->nodes[stop.last_node].name, "dec.0.cross.pattern");
    stop = step(s, STEP_ALL, 1);
    assert_string_equal(s->model->plan->nodes[stop.last_node].name, "dec.1.cross.pattern");
    assert_true(session_delete(s, number, &e));
    assert_true(session_break(s, "enc.1", false, NULL, &number, &e));
    session_stop_point(s, number, &e)->ignore = 1;
    assert_true(session_start(s, &e));
    stop = step(s, STEP_ALL, 1);
    assert_int_equal(stop.reason, STOP_END); /* passed over once, and the encoder runs once */
    assert_true(session_start(s, &e));
    stop = step(s, STEP_ALL, 1);
    assert_int_equal(stop.reason, STOP_BREAK);
    assert_string_equal(at(s), "enc.1.self.q");
    assert_false(session_delete(s, 99, &e));
}

static void test_steps__until_goto_choose(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    assert_true(session_until(s, "dec.1.self.scores@2", &stop, &e));
    assert_int_equal(stop.reason, STOP_TARGET);
    assert_int_equal(session_position(s), 2);
    assert_string_equal(at(s), "dec.1.self.pattern");
    assert_true(session_goto(s, "enc.0.self.k", &stop, &e));
    assert_string_equal(at(s), "enc.0.self.k");
    assert_true(session_goto(s, "dec.0.cross.q@1", &stop, &e));
    assert_int_equal(session_position(s), 1);
    assert_false(session_goto(s, "dec.0.cross.q@7", &stop, &e));
    err_clear(&e);
    step(s, STEP_STACK, 1);
    int32_t before = gen_step_at(s->gen, 1)->id, other = before == 5 ? 6 : 5;
    assert_true(session_choose(s, other, &e));
    assert_int_equal(gen_step_at(s->gen, 1)->id, other);
    assert_int_equal(gen_nsteps(s->gen), 2);
    assert_false(session_choose(s, 100000, &e));
}

/* Values that were not kept are computed again, and are the same to rounding. */
static void test_values__recomputed_equal_kept(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    struct gen_options o = s->search;
    o.max_new = 6;
    const struct plan *p = s->model->plan;
    struct tensor *kept = mem_alloc((size_t)p->nnodes * sizeof *kept);
    assert_true(session_run(s, &o, KEEP_ALL, &stop, &e));
    for (int i = 0; i < p->nnodes; i++)
        assert_true(session_value(s, i, &kept[i], &e));
    assert_true(session_run(s, &o, KEEP_NONE, &stop, &e));
    for (int i = 0; i < p->nnodes; i++) {
        struct tensor t, a, b;
        if (!session_value(s, i, &t, &e))
            fail_msg("%s: %s", p->nodes[i].name, e.msg);
        assert_memory_equal(t.shape, kept[i].shape, (size_t)t.ndim * sizeof *t.shape);
        assert_true(tensor_to_f32(&t, &a, &e) && tensor_to_f32(&kept[i], &b, &e));
        for (int64_t k = 0; k < tensor_count(&a); k++) {
            double x = tensor_f32(&a)[k], y = tensor_f32(&b)[k];
            if (x != y && !(fabs(x - y) <= 1e-5 * fmax(1, fabs(y))))
                fail_msg("%s[%lld]: %.9g kept, %.9g again", p->nodes[i].name, (long long)k, y, x);
        }
        tensor_unref(&a);
        tensor_unref(&b);
        tensor_unref(&t);
        tensor_unref(&kept[i]);
    }
    free(kept);
}

/* Beams: the values are those of the best hypothesis. */
static void test_values__of_the_best_beam(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    struct gen_options o = s->search;
    o.search = SEARCH_BEAM;
    o.width = 3;
    o.max_new = 6;
    assert_true(session_run(s, &o, KEEP_AUTO, &stop, &e));
    const struct gen_hypothesis *h;
    assert_true(gen_results(s->gen, &h) > 0);
    int64_t n = h[0].n;
    int32_t ids[16];
    memcpy(ids, h[0].ids, (size_t)n * sizeof *ids);
    struct tensor beam, plain;
    assert_true(session_value(s, s->model->plan->logits, &beam, &e));
    assert_int_equal(beam.shape[0], 1);
    assert_int_equal(beam.shape[1], n); /* start token and all but the last */
    assert_true(session_prefix_ids(s, ids, n - 1, &e) && session_forward(s, &e));
    assert_true(session_value(s, s->model->plan->logits, &plain, &e));
    for (int64_t t = 0; t < n; t++)
        for (int64_t v = 0; v < beam.shape[2]; v++) {
            const int64_t i[] = {0, t, v};
            assert_true(fabs(tensor_get(&beam, i) - tensor_get(&plain, i)) < 1e-4);
        }
    tensor_unref(&beam);
    tensor_unref(&plain);
}

static bool zero(struct intervention *v, struct tensor *value, int node, int64_t first,
                 struct err *e)
{
    (void)node, (void)first, (void)e;
    struct tensor head = tensor_index(value, 1, v->head);
    for (int64_t t = 0; t < head.shape[1]; t++)
        for (int64_t k = 0; k < head.shape[2]; k++)
            *((float *)head.data + t * head.stride[1] + k * head.stride[2]) = 0;
    return true;
}

static void test_interventions__change_and_undo(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct tensor before, with, after;
    const struct plan *p = s->model->plan;
    assert_true(session_forward(s, &e) && session_value(s, p->logits, &before, &e));
    struct intervention *v = mem_alloc(sizeof *v);
    v->text = mem_strdup("enc.0.self.z.h1 zero");
    v->nodes = mem_alloc((size_t)p->nnodes);
    v->nodes[p->sites[plan_site(p, "enc.0.self.z")].node] = true;
    v->head = 1;
    v->step = -1;
    v->apply = zero;
    assert_true(session_intervene(s, v, &e));
    assert_true(session_forward(s, &e) && session_value(s, p->logits, &with, &e));
    assert_int_equal(v->observer.fired, 1);
    assert_true(session_undo(s, 1, &e));
    assert_true(session_forward(s, &e) && session_value(s, p->logits, &after, &e));
    double moved = 0;
    for (int64_t k = 0; k < before.shape[2]; k++) {
        const int64_t i[] = {0, 0, k};
        moved = fmax(moved, fabs(tensor_get(&before, i) - tensor_get(&with, i)));
        assert_true(tensor_get(&before, i) == tensor_get(&after, i));
    }
    assert_true(moved > 1e-4);
    tensor_unref(&before);
    tensor_unref(&with);
    tensor_unref(&after);
}

/* A change that comes too late to act is said at the end, also when the end is stepped to. */
static void test_interventions__that_never_act_are_an_error(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct stop stop;
    const struct plan *p = s->model->plan;
    step(s, STEP_STACK, 1); /* past the encoder */
    struct intervention *v = mem_alloc(sizeof *v);
    v->text = mem_strdup("enc.0.self.z.h1 zero");
    v->nodes = mem_alloc((size_t)p->nnodes);
    v->nodes[p->sites[plan_site(p, "enc.0.self.z")].node] = true;
    v->head = 1;
    v->step = -1;
    v->apply = zero;
    assert_true(session_intervene(s, v, &e));
    assert_false(session_step(s, STEP_ALL, 1, &stop, &e));
    assert_non_null(strstr(e.msg, "never fired"));
    assert_true(gen_done(s->gen)); /* what was generated is there all the same */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_steps__ladder),
        T(test_steps__back_is_a_move),
        T(test_steps__to_the_end_equals_running),
        T(test_stops__values_parts_counts),
        T(test_steps__until_goto_choose),
        T(test_values__recomputed_equal_kept),
        T(test_values__of_the_best_beam),
        T(test_interventions__change_and_undo),
        T(test_interventions__that_never_act_are_an_error),
    };
    return cmocka_run_group_tests_name("steps", tests, NULL, NULL);
}
