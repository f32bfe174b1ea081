/* Named runs and patches: what is taken from a run is that run's, bit by bit, whatever was kept,
 * undone or changed since. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "command/command.h"

static const int32_t first[] = {80, 98, 14, 11, 1, 6, 97, 0};
static const int32_t second[] = {12, 7, 61, 33, 97, 20, 5, 0};

static int setup(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    *state = s;
    if (!session_open(s, "tests/golden/marian/swish-3h", &e))
        fail_msg("%s", e.msg);
    settings_set(&s->settings, "max-new", "6", &e);
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

static bool try(struct session *s, const char *line, struct err *e)
{
    struct result out;
    const struct command *ran;
    result_init(&out);
    bool ok = command_run(s, line, false, &out, &ran, e);
    result_release(&out);
    return ok;
}

static void does(struct session *s, const char *line)
{
    struct err e = ERR_INIT;
    if (!try(s, line, &e))
        fail_msg("%s: %s", line, e.msg);
}

static void refuses(struct session *s, const char *line, const char *why)
{
    struct err e = ERR_INIT;
    if (try(s, line, &e))
        fail_msg("%s: no error", line);
    if (strstr(e.msg, why) == NULL)
        fail_msg("%s: '%s', not '%s'", line, e.msg, why);
}

static void sentence(struct session *s, const int32_t *ids, int64_t n)
{
    struct err e = ERR_INIT;
    if (!session_ids(s, ids, n, &e))
        fail_msg("%s", e.msg);
}

/* A contiguous copy of a value of a run (NULL: the present one). */
static struct tensor value(struct session *s, const char *run, int node)
{
    struct err e = ERR_INIT;
    struct tensor t, copy;
    struct named_run *r = run != NULL ? session_named(s, run, &e) : NULL;
    if (!session_run_value(s, r, node, &t, &e) || !tensor_to_f32(&t, &copy, &e))
        fail_msg("%s: %s", s->model->plan->nodes[node].name, e.msg);
    tensor_unref(&t);
    return copy;
}

static bool same(const struct tensor *a, const struct tensor *b)
{
    return tensor_count(a) == tensor_count(b) &&
           memcmp(a->data, b->data, (size_t)tensor_count(a) * sizeof(float)) == 0;
}

/* Is a value of the two runs the same, bit by bit? */
static bool agree(struct session *s, const char *one, const char *other, int node)
{
    struct tensor a = value(s, one, node), b = value(s, other, node);
    bool yes = same(&a, &b);
    tensor_unref(&a);
    tensor_unref(&b);
    return yes;
}

static int node_of(struct session *s, const char *site)
{
    struct site_ref r;
    struct err e = ERR_INIT;
    if (!sites_one(s, site, &r, &e))
        fail_msg("%s", e.msg);
    return r.node;
}

static void test_patch__own_values_change_nothing(void **state)
{
    struct session *s = *state;
    sentence(s, first, 8);
    does(s, "run");
    does(s, "save-run own");
    does(s, "patch * from own");
    does(s, "run");
    assert_true(s->interventions[0]->observer.changed >= s->model->plan->nnodes);
    for (int i = 0; i < s->model->plan->nnodes; i++)
        if (!agree(s, NULL, "own", i))
            fail_msg("%s differs", s->model->plan->nodes[i].name);
}

static void other_sentence(struct session *s, const char *how)
{
    int logits = s->model->plan->logits;
    sentence(s, first, 8);
    does(s, how);
    does(s, "save-run other");
    sentence(s, second, 8);
    does(s, how);
    does(s, "save-run clean");
    assert_false(agree(s, "clean", "other", logits));
    does(s, "patch enc.out from other");
    does(s, how);
    assert_true(agree(s, NULL, "other", logits));
    does(s, "undo");
    does(s, how);
    assert_true(agree(s, NULL, "clean", logits));
}

static void test_patch__encoder_output_gives_the_other_logits(void **state)
{
    other_sentence(*state, "run");
    other_sentence(*state, "run --keep none");
}

static void test_patch__every_beam(void **state)
{
    does(*state, "beam 3");
    other_sentence(*state, "run");
}

static void test_patch__one_head_at_one_step(void **state)
{
    struct session *s = *state;
    sentence(s, first, 8);
    does(s, "prefix --ids 5,6,7");
    does(s, "forward");
    does(s, "save-run other");
    sentence(s, second, 8);
    does(s, "forward");
    does(s, "save-run clean");
    does(s, "patch dec.1.cross.z.h1@3 from other@2");
    does(s, "forward");
    int node = node_of(s, "dec.1.cross.z");
    struct tensor now = value(s, NULL, node), clean = value(s, "clean", node),
                  other = value(s, "other", node);
    for (int64_t h = 0; h < now.shape[1]; h++)
        for (int64_t t = 0; t < now.shape[2]; t++)
            for (int64_t k = 0; k < now.shape[3]; k++) {
                const int64_t at[] = {0, h, t, k}, there[] = {0, h, 2, k};
                double want = h == 1 && t == 3 ? tensor_get(&other, there) : tensor_get(&clean, at);
                assert_true(tensor_get(&now, at) == want);
            }
    assert_int_equal(now.shape[2], 4);
    tensor_unref(&now);
    tensor_unref(&clean);
    tensor_unref(&other);
}

static void test_patch__several_heads(void **state)
{
    struct session *s = *state;
    sentence(s, first, 8);
    does(s, "forward");
    does(s, "save-run other");
    sentence(s, second, 8);
    does(s, "forward");
    does(s, "patch enc.0.self.pattern.h0-2 from other");
    does(s, "forward");
    assert_true(agree(s, NULL, "other", node_of(s, "enc.0.self.pattern")));
    assert_false(agree(s, NULL, "other", node_of(s, "enc.0.self.z")));
}

static void test_patch__what_does_not_fit(void **state)
{
    struct session *s = *state;
    refuses(s, "patch enc.out from other", "none is saved");
    sentence(s, first, 8);
    does(s, "run");
    does(s, "save-run other");
    refuses(s, "patch enc.out from othr", "no run has the name 'othr'");
    refuses(s, "patch enc.out from other@2", "enc.out has no decoder steps");
    refuses(s, "patch enc.out from other@x", "a decoder step is a number");
    refuses(s, "patch dec.0.resid_post from other@6", "steps 0-5");
    refuses(s, "patch dec.0.self.scores@1 from other@0", "one key for each step");
    refuses(s, "patch enc.out[0] from other", "no slice");
    refuses(s, "patch enc.0.self.result from other", "derived");
    assert_int_equal(s->ninterventions, 0);
    does(s, "patch dec.0.resid_post@40 from other@1");
    refuses(s, "run", "changed nothing");
    does(s, "undo");
    does(s, "patch enc.out from other");
    sentence(s, second, 5); /* the patch stays; it fits no longer */
    refuses(s, "run", "enc.out has 8 source positions in the run other, and 5 here");
    refuses(s, "patch dec.0.cross.pattern from other", "has 8 source positions");
}

/* ---- named runs ------------------------------------------------------------------------------ */

static void test_runs__stay_as_they_were(void **state)
{
    static const char *const how[] = {"run --keep all", "run --keep none"};
    struct session *s = *state;
    int nodes = s->model->plan->nnodes;
    struct tensor *were = calloc((size_t)nodes, sizeof *were);
    for (int k = 0; k < 2; k++) {
        sentence(s, first, 8);
        does(s, "ablate enc.0.self.h1");
        does(s, how[k]);
        for (int i = 0; i < nodes; i++)
            were[i] = value(s, NULL, i);
        does(s, "save-run cut");
        does(s, "undo"); /* the run needs the change still */
        does(s, how[k]);
        assert_false(agree(s, NULL, "cut", s->model->plan->logits));
        sentence(s, second, 5);
        does(s, "run");
        for (int i = 0; i < nodes; i++) {
            struct tensor now = value(s, "cut", i);
            if (!same(&now, &were[i]))
                fail_msg("%s, %s", how[k], s->model->plan->nodes[i].name);
            tensor_unref(&now);
            tensor_unref(&were[i]);
        }
    }
    free(were);
    assert_int_equal(s->nruns, 1);
    assert_string_equal(s->runs[0].text, "enc.0.self.h1 zero");
}

static void test_runs__a_paused_run(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct tensor t;
    sentence(s, first, 8);
    does(s, "start");
    does(s, "until enc.1");
    does(s, "save-run half");
    does(s, "run");
    assert_true(agree(s, NULL, "half", node_of(s, "enc.0.resid_post")));
    int out = node_of(s, "enc.out");
    assert_false(session_run_value(s, session_named(s, "half", &e), out, &t, &e));
    assert_non_null(strstr(e.msg, "was not computed in the run half"));
    refuses(s, "patch enc.out from half", "was not computed in the run half");
    does(s, "diff half");
    does(s, "diff half present enc.*");
}

static void test_runs__another_model_drops_them(void **state)
{
    struct session *s = *state;
    sentence(s, first, 8);
    does(s, "run");
    does(s, "save-run a");
    does(s, "patch enc.out from a");
    does(s, "runs drop a"); /* the patch holds what it took */
    does(s, "run");
    does(s, "save-run a");
    does(s, "model load tests/golden/marian/swish-3h");
    assert_int_equal(s->nruns, 0);
    assert_int_equal(s->ninterventions, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
        T(test_patch__own_values_change_nothing),
        T(test_patch__encoder_output_gives_the_other_logits),
        T(test_patch__every_beam),
        T(test_patch__one_head_at_one_step),
        T(test_patch__several_heads),
        T(test_patch__what_does_not_fit),
        T(test_runs__stay_as_they_were),
        T(test_runs__a_paused_run),
        T(test_runs__another_model_drops_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
