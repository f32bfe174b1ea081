/* The decoding machine on a small model: however one walks through it, the numbers are the same.
 * Stepping, going back and forth, forgetting and computing again, branching, batches and the
 * cache. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "engine/gen.h"
#include "session/model.h"

#define MODEL "tests/golden/marian/swish-3h"

static const int32_t source[] = {80, 98, 14, 11, 1, 6, 97, 0};

enum { NSOURCE = 8, NKEEPS = 3 };

static const enum keep keeps[NKEEPS] = {KEEP_ALL, KEEP_AUTO, KEEP_NONE};

static int setup(void **state)
{
    struct err e = ERR_INIT;
    struct model *m;
    if (!model_open(MODEL, &m, &e)) {
        fail_msg("%s", e.msg);
    }
    *state = m;
    return 0;
}

static int teardown(void **state)
{
    model_free(*state);
    return 0;
}

static struct gen_options options(enum search search)
{
    struct gen_options o = gen_defaults();
    o.search = search;
    o.width = 3;
    o.max_new = 9;
    o.min_new = 6;
    o.seed = 11;
    o.temperature = 1.5;
    o.top_k = 20;
    return o;
}

/* KEEP_AUTO with a limit that residual streams and patterns alone fit into. */
static struct gen *make(const struct model *m, const struct gen_options *o, enum keep keep)
{
    struct err e = ERR_INIT;
    struct run_input in = {.ids = source, .batch = 1, .length = NSOURCE};
    struct gen *g = gen_new(m->plan, m->params, &in, &m->rules, o, &e);
    if (!g) {
        fail_msg("%s", e.msg);
    }
    struct binding b = run_binding(gen_run(g));
    int64_t all, some;
    run_keep_bytes(m->plan, &(struct binding){b.b, b.s, 40}, &all, &some);
    assert_true(some < all);
    assert_true(run_keep(gen_run(g), keep, 40, some, &e));
    return g;
}

static void run_out(struct gen *g)
{
    struct err e = ERR_INIT;
    if (gen_all(g, &e) != GEN_DONE) {
        fail_msg("%s", e.msg);
    }
    assert_true(gen_done(g));
}

static void close_to(double a, double b)
{
    if (!(fabs(a - b) <= 1e-5 * (1 + fabs(b)))) {
        fail_msg("%.9g is not %.9g", a, b);
    }
}

static void same_results(struct gen *a, struct gen *b)
{
    const struct gen_hypothesis *x, *y;
    int n = gen_results(a, &x);
    assert_int_equal(n, gen_results(b, &y));
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        assert_int_equal(x[i].n, y[i].n);
        assert_memory_equal(x[i].ids, y[i].ids, (size_t)x[i].n * sizeof *x[i].ids);
        close_to(x[i].score, y[i].score);
    }
}

/* All values that both kept. */
static void same_values(struct gen *a, struct gen *b, enum keep keep)
{
    int compared = 0;
    const struct plan *p = run_plan(gen_run(a));
    for (int node = 0; node < p->nnodes; node++) {
        struct tensor x, y, u, v;
        struct err e = ERR_INIT;
        if (!run_kept(gen_run(a), node) || !run_kept(gen_run(b), node)) {
            continue;
        }
        if (!run_value(gen_run(a), node, &x, &e) || !run_value(gen_run(b), node, &y, &e) ||
            !tensor_to_f32(&x, &u, &e) || !tensor_to_f32(&y, &v, &e)) {
            fail_msg("%s", e.msg);
        }
        assert_int_equal(tensor_count(&u), tensor_count(&v));
        for (int64_t i = 0; i < tensor_count(&u); i++) {
            float s = tensor_f32(&u)[i], t = tensor_f32(&v)[i];
            if (!(s == t || fabsf(s - t) <= 1e-5f * (1 + fabsf(t)))) {
                fail_msg("%s: %g is not %g at %lld", p->nodes[node].name, s, t, (long long)i);
            }
        }
        tensor_unref(&x);
        tensor_unref(&y);
        tensor_unref(&u);
        tensor_unref(&v);
        compared++;
    }
    assert_true(compared > 10 || keep == KEEP_NONE);
}

static unsigned draw(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* ---- walking -------------------------------------------------------------------------------- */

static void stepping_is_running(void **state)
{
    struct err e = ERR_INIT;
    for (int search = SEARCH_GREEDY; search <= SEARCH_SAMPLE; search++) {
        for (int k = 0; k < NKEEPS; k++) {
            struct gen_options o = options((enum search)search);
            struct gen *a = make(*state, &o, keeps[k]), *b = make(*state, &o, keeps[k]);
            run_out(a);
            enum gen_status s;
            int64_t chose = 0;
            while ((s = gen_advance(b, &e)) == GEN_OP || s == GEN_CHOSE) {
                chose += s == GEN_CHOSE;
            }
            assert_int_equal(s, GEN_DONE);
            assert_int_equal(chose, gen_nsteps(b));
            same_results(a, b);
            same_values(a, b, keeps[k]);
            gen_free(a);
            gen_free(b);
        }
    }
}

static bool everything(void *ud, const struct plan *p, int node)
{
    (void)ud;
    (void)p;
    (void)node;
    return true;
}

static enum observe count_seen(void *ud, struct run *r, int node, struct tensor *value,
                               int64_t first, bool *changed, struct err *e)
{
    (void)r;
    (void)node;
    (void)first;
    (void)changed;
    (void)e;
    assert_non_null(value);
    ++*(int64_t *)ud;
    return OBSERVE_GO;
}

/* Going to and fro computes nothing: only observers that change nothing see the values again. */
static void back_and_forth_is_free(void **state)
{
    struct err e = ERR_INIT;
    for (int search = SEARCH_GREEDY; search <= SEARCH_SAMPLE; search++) {
        struct gen_options o = options((enum search)search);
        struct gen *a = make(*state, &o, KEEP_ALL), *b = make(*state, &o, KEEP_ALL);
        int64_t seen = 0, made = 0;
        struct observer look = {
            .what = "look", .wants = everything, .seen = count_seen, .ud = &seen};
        struct observer touch = look;
        touch.ud = &made;
        touch.changes = true;
        run_observe(gen_run(b), &look);
        run_observe(gen_run(b), &touch);
        run_out(a);
        unsigned seed = 3;
        while (!gen_done(b)) {
            int back = (int)(draw(&seed) % 300), forth = (int)(draw(&seed) % 600);
            if (draw(&seed) % 8 == 0) {
                struct place to = gen_frontier(b);
                to.pass -= to.pass > 0;
                assert_true(gen_goto(b, to, &e));
            }
            for (int i = 0; i < back && gen_back(b); i++) {}
            for (int i = 0; i < forth && !gen_done(b); i++) {
                enum gen_status s = gen_advance(b, &e);
                assert_true(s == GEN_OP || s == GEN_CHOSE);
            }
        }
        same_results(a, b);
        same_values(a, b, KEEP_ALL);
        /* each operation once: the first pass all nodes, later ones what is not of the source */
        const struct plan *p = run_plan(gen_run(b));
        int64_t later = 0;
        for (int i = 0; i < p->nnodes; i++) {
            later += !p->nodes[i].source;
        }
        assert_int_equal(made, p->nnodes + later * (gen_nsteps(b) - 1));
        assert_true(seen > made);
        while (gen_back(b)) {}
        assert_int_equal(gen_place(b).pass, 0);
        assert_int_equal(gen_place(b).node, 0);
        assert_false(gen_goto(b, (struct place){99, 0}, &e));
        run_unobserve(gen_run(b), &look);
        run_unobserve(gen_run(b), &touch);
        gen_free(a);
        gen_free(b);
    }
}

/* Forgets at random places and goes on: the same in the end, whatever was kept. */
static void forgetting_is_harmless(void **state)
{
    struct err e = ERR_INIT;
    unsigned seed = 17;
    for (int search = SEARCH_GREEDY; search <= SEARCH_SAMPLE; search++) {
        for (int k = 0; k < NKEEPS; k++) {
            struct gen_options o = options((enum search)search);
            struct gen *a = make(*state, &o, keeps[k]), *b = make(*state, &o, keeps[k]);
            run_out(a);
            run_out(b);
            int64_t steps = gen_nsteps(b);
            int nnodes = run_plan(gen_run(b))->nnodes;
            int64_t seen = 0;
            struct observer look = {
                .what = "look", .wants = everything, .seen = count_seen, .ud = &seen};
            for (int i = 0; i < 40; i++) {
                struct place to = {draw(&seed) % (unsigned)steps,
                                   (int)(draw(&seed) % (unsigned)(nnodes + 1))};
                if (i % 4 == 0) {
                    to.node = nnodes;
                }
                if (i % 5 == 2) { /* somebody begins to look, and ceases */
                    run_observe(gen_run(b), &look);
                } else if (i % 5 == 4) {
                    run_unobserve(gen_run(b), &look);
                }
                if (!gen_goto(b, to, &e) || !gen_truncate(b, &e)) {
                    fail_msg("%s", e.msg);
                }
                assert_int_equal(gen_nsteps(b), to.pass);
                struct place at = gen_place(b), end = gen_frontier(b);
                assert_true(at.pass == end.pass && at.node == end.node);
                if (i % 3 != 0) {
                    enum gen_status s = gen_finish_pass(b, &e);
                    assert_int_equal(s, GEN_OP);
                }
                run_out(b);
                assert_int_equal(gen_nsteps(b), steps);
                same_results(a, b);
                same_values(a, b, keeps[k]);
            }
            gen_free(a);
            gen_free(b);
        }
    }
}

struct trap {
    enum observe answer;
    int left; /* values to let pass */
};

static enum observe sprung(void *ud, struct run *r, int node, struct tensor *value, int64_t first,
                           bool *changed, struct err *e)
{
    (void)r;
    (void)node;
    (void)value;
    (void)first;
    (void)changed;
    struct trap *t = ud;
    if (t->left-- > 0) {
        return OBSERVE_GO;
    }
    t->left = 97;
    if (t->answer == OBSERVE_FAIL) {
        err_set(e, ERR_COMMAND, "sprung");
    }
    return t->answer;
}

/* Stopped by observers and by the user at many places, it goes on to the same end. */
static void stops_are_harmless(void **state)
{
    for (int search = SEARCH_GREEDY; search <= SEARCH_SAMPLE; search++) {
        for (int how = 0; how < 3; how++) {
            struct gen_options o = options((enum search)search);
            struct gen *a = make(*state, &o, KEEP_NONE), *b = make(*state, &o, KEEP_NONE);
            run_out(a);
            struct trap trap = {how == 0 ? OBSERVE_PAUSE : OBSERVE_FAIL, 50};
            struct observer watch = {
                .what = "trap", .wants = everything, .seen = sprung, .ud = &trap};
            if (how < 2) {
                run_observe(gen_run(b), &watch);
            }
            int stops = 0;
            enum gen_status s = GEN_OP;
            for (int i = 0; s != GEN_DONE; i++) {
                struct err e = ERR_INIT;
                interrupt_flag = how == 2 && i % 3 == 1;
                struct place at = gen_place(b);
                s = how == 2 && i % 3 == 0 ? gen_advance(b, &e) : gen_all(b, &e);
                bool stopped = s == GEN_PAUSED || s == GEN_FAILED;
                assert_true(stopped || s == GEN_DONE || how == 2);
                assert_true(how != 2 || !stopped || e.kind == ERR_INTERRUPT);
                assert_true(how != 1 || !stopped || strcmp(e.msg, "sprung") == 0);
                assert_true(gen_place(b).pass >= at.pass);
                stops += stopped;
            }
            interrupt_flag = 0;
            assert_true(stops > 0 && (how == 2 || stops >= 5));
            same_results(a, b);
            if (how < 2) {
                run_unobserve(gen_run(b), &watch);
            }
            gen_free(a);
            gen_free(b);
        }
    }
}

/* ---- choosing ------------------------------------------------------------------------------- */

/* A forced token: as if it had been in the prefix; the machine it was branched off stays. */
static void branches(void **state)
{
    struct err e = ERR_INIT;
    for (int k = 0; k < NKEEPS; k++) {
        struct gen_options o = options(SEARCH_GREEDY);
        o.min_new = 0;
        struct gen *a = make(*state, &o, keeps[k]), *plain = make(*state, &o, keeps[k]);
        run_out(a);
        run_out(plain);
        for (int64_t at = 0; at < 5; at++) {
            struct gen *b = gen_fork(a, &e);
            assert_non_null(b);
            int nnodes = run_plan(gen_run(b))->nnodes;
            assert_true(gen_goto(b, (struct place){at, nnodes}, &e));
            if (!gen_choose(b, 42, &e)) {
                fail_msg("%s", e.msg);
            }
            assert_true(gen_step_at(b, at)->forced && gen_step_at(b, at)->id == 42);
            run_out(b);
            int64_t n;
            const int32_t *tokens = gen_tokens(b, &n);
            assert_int_equal(tokens[at + 1], 42);
            struct gen_options with = o;
            with.prefix = tokens;
            with.nprefix = at + 2; /* the start token is not doubled */
            with.max_new = o.max_new - at - 1;
            struct gen *c = make(*state, &with, keeps[k]);
            assert_int_equal(gen_prefix_length(c), at + 2);
            run_out(c);
            int64_t m;
            const int32_t *again = gen_tokens(c, &m);
            tokens = gen_tokens(b, &n);
            assert_int_equal(n, m);
            assert_memory_equal(tokens, again, (size_t)n * sizeof *tokens);
            same_results(a, plain);
            same_values(a, plain, keeps[k]);
            gen_free(b);
            gen_free(c);
        }
        assert_false(gen_choose(a, 1, &e)); /* not at a choice */
        gen_free(a);
        gen_free(plain);
    }
    struct gen_options o = options(SEARCH_BEAM);
    struct gen *g = make(*state, &o, KEEP_ALL);
    assert_int_equal(gen_finish_pass(g, &e), GEN_OP);
    assert_false(gen_choose(g, 1, &e));
    assert_non_null(strstr(e.msg, "whole sentences"));
    gen_free(g);
}

/* A branch of a beam search in the middle goes on as its origin does. */
static void beams_branch(void **state)
{
    struct err e = ERR_INIT;
    struct gen_options o = options(SEARCH_BEAM);
    struct gen *a = make(*state, &o, KEEP_ALL);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(gen_finish_pass(a, &e), GEN_OP);
        assert_int_equal(gen_advance(a, &e), GEN_CHOSE);
    }
    struct gen *b = gen_fork(a, &e);
    run_out(b);
    run_out(a);
    same_results(a, b);
    same_values(a, b, KEEP_ALL);
    gen_free(a);
    gen_free(b);
}

static void search_changes(void **state)
{
    struct err e = ERR_INIT;
    struct gen_options o = options(SEARCH_SAMPLE), greedy = options(SEARCH_GREEDY);
    struct gen *a = make(*state, &o, KEEP_ALL), *b = make(*state, &greedy, KEEP_ALL);
    run_out(a);
    run_out(b);
    assert_true(gen_goto(a, (struct place){0, 0}, &e));
    assert_true(gen_set_search(a, &greedy, &e));
    assert_int_equal(gen_nsteps(a), 0);
    run_out(a);
    same_results(a, b);
    greedy.max_new = 15; /* after its end it goes on with a longer limit, if no end token came */
    greedy.min_new = 15;
    assert_true(gen_set_search(b, &greedy, &e));
    const struct gen_hypothesis *h;
    gen_results(b, &h);
    if (!h->eos) {
        assert_false(gen_done(b));
        run_out(b);
        assert_int_equal(gen_nsteps(b), 15);
    }
    o = options(SEARCH_BEAM);
    assert_false(gen_set_search(a, &o, &e));
    gen_free(a);
    gen_free(b);
}

/* ---- the cache and batches ------------------------------------------------------------------ */

/* Every length of the target: token by token with the cache, and all at once, give one
 * distribution. */
static void cached_is_uncached(void **state)
{
    const struct model *m = *state;
    enum { LENGTH = 20, V = 100 };
    struct err e = ERR_INIT;
    struct gen_options o = gen_defaults();
    o.max_new = o.min_new = LENGTH;
    struct gen *a = make(m, &o, KEEP_ALL);
    struct candidate_token x[V], y[V];
    double p[V];
    for (int64_t n = 1; n <= LENGTH; n++) {
        assert_int_equal(gen_finish_pass(a, &e), GEN_OP);
        int64_t have;
        const int32_t *tokens = gen_tokens(a, &have);
        assert_int_equal(have, n);
        struct gen_options with = o;
        with.prefix = tokens;
        with.nprefix = n;
        struct gen *b = make(m, &with, KEEP_NONE);
        assert_int_equal(gen_finish_pass(b, &e), GEN_OP);
        assert_int_equal(run_positions(gen_run(b)), n);
        assert_int_equal(gen_candidates(a, V, x), V);
        assert_int_equal(gen_candidates(b, V, y), V);
        for (int i = 0; i < V; i++) {
            p[x[i].id] = x[i].logp;
        }
        for (int i = 0; i < V; i++) {
            close_to(y[i].logp, p[y[i].id]);
        }
        gen_free(b);
        assert_int_equal(gen_advance(a, &e), GEN_CHOSE);
    }
    assert_true(gen_done(a));
    gen_free(a);
}

/* Sentences of unequal length in one batch, those that end early fed padding. */
static void batch_is_single(void **state)
{
    const struct model *m = *state;
    enum { BATCH = 3, WIDE = 8 };
    const int32_t ids[BATCH][WIDE] = {{80, 98, 14, 11, 1, 6, 97, 0},
                                      {12, 33, 0, 99, 99, 99, 99, 99},
                                      {7, 45, 61, 20, 0, 99, 99, 99}};
    const int32_t lengths[BATCH] = {8, 3, 5};
    struct err e = ERR_INIT;
    struct gen_options o = gen_defaults();
    o.max_new = 14;
    struct run_input in = {.ids = ids[0], .batch = BATCH, .length = WIDE, .lengths = lengths};
    struct gen *g = gen_new(m->plan, m->params, &in, &m->rules, &o, &e);
    run_out(g);
    const struct gen_hypothesis *h, *one;
    assert_int_equal(gen_results(g, &h), BATCH);
    for (int i = 0; i < BATCH; i++) {
        struct run_input single = {.ids = ids[i], .batch = 1, .length = lengths[i]};
        struct gen *s = gen_new(m->plan, m->params, &single, &m->rules, &o, &e);
        run_out(s);
        assert_int_equal(gen_results(s, &one), 1);
        assert_int_equal(one->n, h[i].n);
        assert_memory_equal(one->ids, h[i].ids, (size_t)one->n * sizeof *one->ids);
        close_to(h[i].score, one->score);
        gen_free(s);
    }
    gen_free(g);
}

/* ---- beams ---------------------------------------------------------------------------------- */

/* The rows of the run after crossing beams are those of their tokens: computed alone they are
 * equal. */
static void rows_follow_their_tokens(void **state)
{
    const struct model *m = *state;
    struct err e = ERR_INIT;
    struct gen_options o = options(SEARCH_BEAM);
    struct gen *g = make(m, &o, KEEP_ALL);
    run_out(g);
    const struct plan *p = run_plan(gen_run(g));
    struct tensor all, alone;
    assert_true(run_value(gen_run(g), p->logits, &all, &e));
    int64_t crossed = 0;
    for (int64_t i = 0; i < gen_nsteps(g); i++) {
        for (int b = 0; b < o.width; b++) {
            crossed += gen_step_at(g, i)->beams[b].parent != b;
        }
    }
    assert_true(crossed > 0);
    int64_t T = run_positions(gen_run(g));
    for (int64_t row = 0; row < o.width; row++) {
        int64_t n;
        const int32_t *tokens = gen_row_tokens(g, row, &n);
        assert_int_equal(n, T);
        struct gen_options with = gen_defaults();
        with.prefix = tokens;
        with.nprefix = n;
        struct gen *s = make(m, &with, KEEP_ALL);
        assert_int_equal(gen_finish_pass(s, &e), GEN_OP);
        assert_true(run_value(gen_run(s), p->logits, &alone, &e));
        for (int64_t t = 0; t < T; t++) {
            for (int64_t v = 0; v < m->plan->vocab_target; v += 7) {
                close_to(tensor_get(&all, (int64_t[]){row, t, v}),
                         tensor_get(&alone, (int64_t[]){0, t, v}));
            }
        }
        tensor_unref(&alone);
        gen_free(s);
    }
    tensor_unref(&all);
    gen_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stepping_is_running),
        cmocka_unit_test(back_and_forth_is_free),
        cmocka_unit_test(forgetting_is_harmless),
        cmocka_unit_test(stops_are_harmless),
        cmocka_unit_test(branches),
        cmocka_unit_test(beams_branch),
        cmocka_unit_test(search_changes),
        cmocka_unit_test(cached_is_uncached),
        cmocka_unit_test(batch_is_single),
        cmocka_unit_test(rows_follow_their_tokens),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
