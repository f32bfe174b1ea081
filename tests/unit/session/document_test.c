/* Documents: what was computed comes back bit for bit without the model, and what would compute says
 * that it cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/mem.h"
#include "documents.h"
#include "format/document.h"

/* Every value that one has of the run (NULL: the present one), the other has, bit for bit. Returns
 * how many. */
static size_t same_run_values(struct session *a, struct session *b, const char *run)
{
    size_t n = 0;
    struct err why = ERR_INIT;
    struct named_run *ra = run != NULL ? session_named(a, run, &why) : NULL,
                     *rb = run != NULL ? session_named(b, run, &why) : NULL;
    assert_int_equal(why.kind, ERR_NONE);
    for (int i = 0; i < a->model->plan->nnodes; i++) {
        struct tensor x, y, fx, fy;
        struct err none = ERR_INIT;
        bool there = session_run_value(a, ra, i, &x, &none);
        err_clear(&none);
        assert_int_equal(there, session_run_value(b, rb, i, &y, &none));
        if (!there)
            continue;
        n++;
        assert_true(tensor_to_f32(&x, &fx, &none) && tensor_to_f32(&y, &fy, &none));
        assert_int_equal(fx.ndim, fy.ndim);
        assert_memory_equal(fx.shape, fy.shape, (size_t)fx.ndim * sizeof *fx.shape);
        assert_memory_equal(fx.axis, fy.axis, sizeof fx.axis);
        assert_memory_equal(fx.data, fy.data, (size_t)tensor_count(&fx) * sizeof(float));
        tensor_unref(&x);
        tensor_unref(&y);
        tensor_unref(&fx);
        tensor_unref(&fy);
    }
    return n;
}

static size_t same_values(struct session *a, struct session *b)
{
    return same_run_values(a, b, NULL);
}

/* All hypotheses, and the beams of every step. */
static void same_search(struct gen *a, struct gen *b)
{
    const struct gen_hypothesis *x, *y;
    int n = gen_results(a, &x);
    assert_int_equal(n, gen_results(b, &y));
    for (int i = 0; i < n; i++) {
        assert_int_equal(x[i].n, y[i].n);
        assert_memory_equal(x[i].ids, y[i].ids, (size_t)x[i].n * sizeof *x[i].ids);
        assert_true(x[i].score - y[i].score < 1e-12 && y[i].score - x[i].score < 1e-12);
        assert_int_equal(x[i].eos, y[i].eos);
    }
    assert_int_equal(gen_opts(a)->search == SEARCH_BEAM, gen_opts(b)->search == SEARCH_BEAM);
    if (gen_opts(a)->search == SEARCH_BEAM)
        assert_int_equal(gen_opts(a)->width, gen_opts(b)->width);
    assert_int_equal(gen_nsteps(a), gen_nsteps(b));
    for (int64_t i = 0; i < gen_nsteps(a); i++) {
        const struct gen_step *p = gen_step_at(a, i), *q = gen_step_at(b, i);
        assert_int_equal(p->nbeams, q->nbeams);
        for (int k = 0; k < p->nbeams; k++) {
            assert_int_equal(p->beams[k].parent, q->beams[k].parent);
            assert_int_equal(p->beams[k].id, q->beams[k].id);
            assert_true(p->beams[k].score == q->beams[k].score);
            assert_int_equal(p->beams[k].alive, q->beams[k].alive);
            assert_int_equal(p->beams[k].finished, q->beams[k].finished);
        }
    }
}

static void round_trip(struct session *s, bool all)
{
    size_t n = document_write_to(s, document_path, NULL);
    struct session *d = document_shown(document_path);
    document_same(s, d);
    same_search(s->gen, d->gen);
    assert_int_equal(same_values(s, d), n);
    if (all)
        assert_int_equal(n, s->model->plan->nnodes);
    /* and once more from the document itself */
    assert_int_equal(document_write_to(d, document_other, NULL), n);
    struct session *again = document_shown(document_other);
    same_search(d->gen, again->gen);
    assert_int_equal(same_values(d, again), n);
    session_free(again);
    session_free(d);
    session_free(s);
}

static void test_document__round_trip(void **state)
{
    (void)state;
    round_trip(document_ran(MARIAN, SEARCH_GREEDY), true);
    round_trip(document_ran(MARIAN, SEARCH_BEAM), true);
    round_trip(document_ran(MARIAN, SEARCH_SAMPLE), true);
    round_trip(document_ran(BERT, SEARCH_GREEDY), true);
}

/* At every place of the first two passes. */
static void test_document__places(void **state)
{
    (void)state;
    struct session *s = document_opened(MARIAN);
    struct err e = ERR_INIT;
    struct stop stop;
    s->keep = KEEP_ALL;
    assert_true(session_start(s, &e));
    int64_t places = 0;
    for (; gen_place(s->gen).pass < 2; places++) {
        size_t n = document_write_to(s, document_path, NULL);
        struct session *d = document_shown(document_path);
        assert_int_equal(same_values(s, d), n);
        struct place a = gen_place(s->gen), b = gen_place(d->gen);
        assert_int_equal(a.pass, b.pass);
        assert_int_equal(a.node, b.node);
        session_free(d);
        assert_true(session_step(s, STEP_OP, 1, &stop, &e));
    }
    assert_true(places > s->model->plan->nnodes);
    session_free(s);
}

/* ---- what is beside the run ------------------------------------------------------------------ */

static void test_document__named_runs(void **state)
{
    (void)state;
    static const int32_t other_ids[] = {5, 6, 7};
    struct err e = ERR_INIT;
    struct stop stop;
    struct session *s = document_ran(MARIAN, SEARCH_GREEDY);
    assert_true(session_save_run(s, "clean", &e));
    assert_true(session_ids(s, other_ids, 3, &e));
    struct gen_options o = s->search;
    o.search = SEARCH_BEAM;
    o.width = 2;
    assert_true(session_run(s, &o, KEEP_ALL, &stop, &e) && session_save_run(s, "beams", &e));
    assert_true(session_start(s, &e) && session_step(s, STEP_OP, 20, &stop, &e));
    session_typed(s, "save-run beams");
    session_typed(s, "print \xFF\x1B[2J");
    document_note(s, "head 2 \xD8\xB3\xD8\xB1");
    size_t n = document_write_to(s, document_path, NULL);
    struct session *d = document_shown(document_path);
    session_take_words(d, d->document);
    assert_int_equal(d->nruns, 2);
    assert_int_equal(
        same_values(s, d) + same_run_values(s, d, "clean") + same_run_values(s, d, "beams"), n);
    for (size_t i = 0; i < 2; i++) {
        const struct gen_hypothesis *x, *y;
        assert_true(gen_results(s->runs[i].gen, &x) > 0 && gen_results(d->runs[i].gen, &y) > 0);
        assert_int_equal(x->n, y->n);
        assert_memory_equal(x->ids, y->ids, (size_t)x->n * sizeof *x->ids);
        assert_int_equal(s->runs[i].source.n, d->runs[i].source.n);
        assert_true(d->runs[i].shown);
    }
    assert_int_equal(d->nlines, 2);
    assert_string_equal(d->lines[0], "save-run beams");
    assert_string_equal(d->lines[1], "print \xEF\xBF\xBD\x1B[2J");
    assert_int_equal(d->nnotes, 1);
    session_take_words(d, d->document); /* a note is there once */
    assert_int_equal(d->nnotes, 1);
    assert_string_equal(d->notes[0], s->notes[0]);
    /* one that is named in a document has no more than the document */
    assert_int_equal(document_write_to(d, document_other, "logits"), 2);
    struct session *few = document_shown(document_other);
    struct tensor one;
    assert_true(session_run_value(few, session_named(few, "beams", &e), few->model->plan->logits,
                                  &one, &e));
    tensor_unref(&one);
    assert_true(session_save_run(few, "mine", &e));
    document_refused(session_run_value(few, session_named(few, "mine", &e), 0, &one, &e), &e,
                     "of mine is not part of the document");
    session_free(few);
    /* and once more from the document itself */
    assert_int_equal(document_write_to(d, document_other, NULL), n);
    struct session *again = document_shown(document_other);
    assert_int_equal(same_run_values(d, again, "beams") + same_run_values(d, again, "clean") +
                         same_values(d, again),
                     n);
    session_free(again);
    session_free(d);
    session_free(s);
}

/* A search that ends with sentences of several lengths, at every choice of it. */
static void test_document__beams(void **state)
{
    (void)state;
    static const int32_t ids[] = {5, 6, 7};
    struct err e = ERR_INIT;
    struct stop stop;
    struct session *s = document_opened(MARIAN);
    struct gen_options o = s->search;
    o.search = SEARCH_BEAM;
    o.width = 5;
    o.max_new = 9;
    assert_true(session_ids(s, ids, 3, &e) && session_begin(s, &o, KEEP_ALL, &e));
    for (bool over = false; !over;) {
        over = gen_done(s->gen);
        size_t n = document_write_to(s, document_path, NULL);
        struct session *d = document_shown(document_path);
        same_search(s->gen, d->gen);
        assert_int_equal(gen_place(s->gen).pass, gen_place(d->gen).pass);
        assert_int_equal(gen_place(s->gen).node, gen_place(d->gen).node);
        assert_int_equal(same_values(s, d), n);
        while (gen_back(d->gen)) /* values at every place of it */
            same_values(d, d);
        session_free(d);
        assert_true(over || session_step(s, STEP_EMIT, 1, &stop, &e));
    }
    session_free(s);
}

/* What lies after a place that one has gone back to stays, as in the session itself. */
static void test_document__gone_back(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct stop stop;
    struct session *s = document_ran(MARIAN, SEARCH_GREEDY);
    assert_true(session_back(s, STEP_EMIT, 2, &stop, &e));
    assert_true(session_back(s, STEP_OP, 3, &stop, &e));
    size_t n = document_write_to(s, document_path, NULL);
    struct place before = gen_place(s->gen);
    struct session *d = document_shown(document_path);
    struct place a = gen_place(s->gen), b = gen_place(d->gen);
    assert_int_equal(before.node, a.node);
    assert_int_equal(a.pass, b.pass);
    assert_int_equal(a.node, b.node);
    assert_int_equal(same_values(s, d), n);
    assert_true(session_step(s, STEP_ALL, 1, &stop, &e));
    assert_true(session_step(d, STEP_ALL, 1, &stop, &e));
    document_same(s, d);
    assert_int_equal(same_values(s, d), n);
    session_free(d);
    session_free(s);
}

/* Runs of a document beside those of a session, where the values are of the same shapes. */
static void test_document__borrowed(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct tensor t;
    char digest[17], own[17];
    struct session *s = document_ran(MARIAN, SEARCH_GREEDY);
    assert_true(session_save_run(s, "clean", &e));
    document_write_to(s, document_path, "logits");
    assert_true(session_drop_run(s, "clean", &e));
    assert_true(session_borrow_runs(s, document_path, NULL, digest, &e));
    assert_true(session_borrow_runs(s, document_path, "that", digest, &e));
    model_digest(s->model, own);
    assert_string_equal(digest, own);
    assert_int_equal(s->nruns, 2);
    assert_true(session_run_value(s, session_named(s, "that", &e), s->model->plan->logits, &t, &e));
    tensor_unref(&t);
    document_refused(session_run_value(s, session_named(s, "clean", &e), 0, &t, &e), &e,
                     "of clean is not part of the document");
    session_free(s);
    s = document_ran(BERT, SEARCH_GREEDY);
    document_refused(session_borrow_runs(s, document_path, "that", digest, &e), &e,
                     "cannot be compared");
    assert_int_equal(s->nruns, 0);
    session_free(s);
}

/* A file that was written elsewhere, with the values that the model has now. Returns how many the
 * present run has. */
static int same_file(struct session *s, const char *file)
{
    struct session *d = document_shown(file);
    struct err e = ERR_INIT;
    struct stop stop;
    int n = 0;
    assert_true(session_step(d, STEP_ALL, 1, &stop, &e));
    document_same(s, d);
    for (int i = 0; i < s->model->plan->nnodes; i++) {
        struct tensor x, y;
        struct err none = ERR_INIT;
        if (!session_value(d, i, &y, &none))
            continue;
        n++;
        assert_true(session_value(s, i, &x, &e));
        assert_memory_equal(x.shape, y.shape, (size_t)x.ndim * sizeof *x.shape);
        int64_t at[TENSOR_DIMS] = {0};
        for (int64_t k = tensor_count(&x); k > 0; k--) {
            double p = tensor_get(&x, at), q = tensor_get(&y, at);
            assert_true(p == q || (p - q < 1e-4 && q - p < 1e-4)); /* of another machine */
            for (int c = x.ndim - 1; c >= 0 && ++at[c] == x.shape[c]; c--)
                at[c] = 0;
        }
        tensor_unref(&x);
        tensor_unref(&y);
    }
    session_free(d);
    return n;
}

/* Files of every version so far open. */
static void test_document__versions(void **state)
{
    (void)state;
    static const int32_t prefix[] = {5};
    static const char second[] = "tests/unit/session/document-v2.rasad.safetensors";
    struct err e = ERR_INIT;
    struct stop stop;
    struct tensor t;
    struct session *s = document_opened(MARIAN);
    struct gen_options o = s->search;
    assert_true(session_prefix_ids(s, prefix, 1, &e) && session_run(s, &o, KEEP_ALL, &stop, &e));
    assert_int_equal(same_file(s, "tests/unit/session/document-v1.rasad.safetensors"), 10);
    assert_int_equal(same_file(s, second), 5);
    session_free(s);
    s = document_shown(second);
    const struct document *d = s->document;
    assert_int_equal(gen_place(s->gen).pass, 2); /* one had gone back */
    assert_int_equal(gen_frontier(s->gen).pass, 4);
    assert_int_equal(d->nlines, 9);
    assert_string_equal(d->lines[5], "note of version 2");
    assert_int_equal(d->nnotes, 1);
    assert_string_equal(d->notes[0], "of version 2");
    struct named_run *r = session_named(s, "beams", &e);
    assert_non_null(r);
    assert_int_equal(gen_opts(r->gen)->width, 2);
    assert_int_equal(gen_nsteps(r->gen), 3);
    assert_true(session_run_value(s, r, s->model->plan->logits, &t, &e));
    tensor_unref(&t);
    session_free(s);
}

/* Any model can be a document: its plan is built from what the file tells of it. */
static void test_document__every_model(void **state)
{
    (void)state;
    static const char *const models[] = {
        "tests/golden/bert/encoder-alone", "tests/golden/bert/masked-untied",
        "tests/golden/bert/next-f16",      "tests/golden/bert/no-pooler",
        "tests/golden/bert/old-names",     "tests/golden/sentence/all",
        "tests/golden/sentence/cls",       "tests/golden/sentence/last",
        "tests/golden/sentence/two",       "tests/golden/sentence/weighted",
        "tests/golden/marian/gelu-untied", "tests/golden/marian/sharded",
    };
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        struct session *s = document_ran(models[i], SEARCH_GREEDY);
        size_t n = document_write_to(s, document_path, NULL);
        struct session *d = document_shown(document_path);
        assert_int_equal(same_values(s, d), n);
        assert_int_equal(n, s->model->plan->nnodes);
        assert_int_equal(d->model->plan->nsites, s->model->plan->nsites);
        assert_int_equal(document_write_to(d, document_other, NULL), n);
        struct session *again = document_shown(document_other);
        assert_int_equal(same_values(d, again), n);
        session_free(again);
        session_free(d);
        session_free(s);
    }
}

/* ---- read-only ------------------------------------------------------------------------------- */

static void test_document__read_only(void **state)
{
    (void)state;
    struct session *s = document_ran(MARIAN, SEARCH_GREEDY);
    struct err e = ERR_INIT;
    struct stop stop;
    struct tensor t;
    double number;
    assert_int_equal(document_write_to(s, document_path, "logits"), 1);
    session_free(s);
    s = document_shown(document_path);
    int logits = s->model->plan->logits;
    const int32_t ids[] = {1, 2};
    const int64_t at[NODE_DIMS] = {0};
    assert_true(session_value(s, logits, &t, &e));
    tensor_unref(&t);
    document_refused(session_value(s, 0, &t, &e), &e, "is not part of this document");
    document_refused(session_cell(s, logits, at, &number, NULL, &e), &e, "logits");
    document_refused(session_start(s, &e), &e, "read-only");
    document_refused(session_ids(s, ids, 2, &e), &e, "read-only");
    document_refused(session_prefix_ids(s, ids, 2, &e), &e, "read-only");
    assert_true(session_back(s, STEP_EMIT, 2, &stop, &e));
    document_refused(session_choose(s, 7, &e), &e, "read-only");
    assert_true(session_step(s, STEP_ALL, 1, &stop, &e)); /* over what there is, to its end */
    assert_true(gen_done(s->gen));
    session_free(s);

    s = document_opened(MARIAN); /* in the middle: no further */
    assert_true(session_start(s, &e) && session_step(s, STEP_OP, 9, &stop, &e));
    document_write_to(s, document_path, NULL);
    session_free(s);
    s = document_shown(document_path);
    document_refused(session_step(s, STEP_OP, 1, &stop, &e), &e, "read-only");
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document__round_trip), cmocka_unit_test(test_document__places),
        cmocka_unit_test(test_document__named_runs), cmocka_unit_test(test_document__beams),
        cmocka_unit_test(test_document__gone_back),  cmocka_unit_test(test_document__borrowed),
        cmocka_unit_test(test_document__versions),   cmocka_unit_test(test_document__every_model),
        cmocka_unit_test(test_document__read_only),
    };
    return cmocka_run_group_tests(tests, documents_setup, documents_teardown);
}
