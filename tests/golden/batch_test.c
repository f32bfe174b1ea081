/* Sentences of unequal length, padded and masked, run together: their numbers against the
 * reference's batch, and against the same sentences run alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/run.h"
#include "session/model.h"

#define MOST 64

struct batch {
    struct model *model;
    struct weights *want;
    int64_t b, s, t;
    int32_t source[MOST * MOST], segments[MOST * MOST], target[MOST * MOST];
    int32_t lengths[MOST], target_lengths[MOST];
};

static void read_ints(const struct weights *w, const char *name, int32_t *out)
{
    const struct weight *x = weights_find(w, name);
    if (x == NULL) /* no target, or no segments: all zero */
        return;
    assert_true(tensor_count(&x->t) <= MOST * MOST);
    for (int64_t i = 0; i < tensor_count(&x->t); i++)
        out[i] =
            (int32_t)dtype_load(x->t.dtype, (char *)x->t.data + (size_t)i * dtype_size(x->t.dtype));
}

static void open_batch(struct batch *x, const char *dir)
{
    struct err e = ERR_INIT;
    char *path = mem_printf("%s/batch.safetensors", dir);
    if (!model_open(dir, &x->model, &e) || !weights_open(path, &x->want, &e))
        fail_msg("%s", e.msg);
    free(path);
    const struct weight *ids = weights_find(x->want, "source_ids"),
                        *to = weights_find(x->want, "decoder_ids");
    x->b = ids->t.shape[0];
    x->s = ids->t.shape[1];
    x->t = to != NULL ? to->t.shape[1] : 0;
    assert_true(to != NULL || !plan_decodes(x->model->plan));
    read_ints(x->want, "source_ids", x->source);
    read_ints(x->want, "segments", x->segments);
    read_ints(x->want, "decoder_ids", x->target);
    read_ints(x->want, "decoder_lengths", x->target_lengths);
    int32_t mask[MOST * MOST];
    read_ints(x->want, "source_mask", mask);
    for (int64_t b = 0; b < x->b; b++) {
        x->lengths[b] = 0;
        for (int64_t i = 0; i < x->s; i++)
            x->lengths[b] += mask[b * x->s + i];
    }
}

/* `b` sentences of it that begin at row `row`. */
static struct run *compute(const struct batch *x, int64_t row, int64_t b, int64_t s,
                           const int32_t *lengths, const int32_t *target, int64_t t)
{
    struct err e = ERR_INIT;
    struct run_input in = {.ids = x->source + row * x->s,
                           .segments =
                               x->model->plan->segments > 0 ? x->segments + row * x->s : NULL,
                           .batch = b,
                           .length = s,
                           .lengths = lengths,
                           .beams = 1};
    struct run *r = run_new(x->model->plan, x->model->params, &in, &e);
    if (r == NULL || !run_keep(r, KEEP_ALL, t, INT64_MAX, &e) || !run_pass(r, target, t, &e) ||
        run_all(r, &e) != RUN_DONE)
        fail_msg("%s", e.msg);
    return r;
}

/* Is this position of a row a real one, not padding? */
static bool real(const struct batch *x, const struct node *n, const int64_t *at)
{
    if (n->pos_axis < 0)
        return true;
    bool source = n->source || n->stack == STACK_ENC;
    return at[n->pos_axis] < (source ? x->lengths : x->target_lengths)[at[0]];
}

/* got against want, element by element where positions are real; `row` >= 0: got is that row
 * alone. */
static void compare(const struct batch *x, const char *site, const struct tensor *got,
                    const struct tensor *want, int64_t row)
{
    const struct node *n =
        &x->model->plan->nodes[x->model->plan->sites[plan_site(x->model->plan, site)].node];
    double worst = 0, largest = 1e-30;
    int64_t at[4] = {0}, shape[4] = {1, 1, 1, 1};
    for (int i = 0; i < got->ndim; i++)
        shape[i] = got->shape[i];
    for (int64_t k = 0; k < tensor_count(got); k++) {
        int64_t rest = k;
        for (int i = got->ndim - 1; i >= 0; i--) {
            at[i] = rest % shape[i];
            rest /= shape[i];
        }
        int64_t to[4];
        memcpy(to, at, sizeof to);
        if (row >= 0)
            to[0] = row;
        if (!real(x, n, to))
            continue;
        double g = tensor_get(got, at), w = tensor_get(want, to);
        if (isinf(g) || isinf(w)) {
            if (g != w)
                fail_msg("%s: masked cells differ at flat index %lld", site, (long long)k);
            continue;
        }
        worst = fmax(worst, fabs(g - w));
        largest = fmax(largest, fabs(w));
    }
    if (!(worst / largest <= 1e-5))
        fail_msg("%s: difference %.3g of the largest value", site, worst / largest);
}

static void check_reference(const char *dir)
{
    struct batch x = {0};
    open_batch(&x, dir);
    struct run *r = compute(&x, 0, x.b, x.s, x.lengths, x.target, x.t);
    int compared = 0;
    for (int i = 0; i < x.model->plan->nsites; i++) {
        const struct site *site = &x.model->plan->sites[i];
        const struct weight *want = weights_find(x.want, site->name);
        if (want == NULL)
            continue;
        struct err e = ERR_INIT;
        struct tensor got;
        assert_true(run_value(r, site->node, &got, &e));
        compare(&x, site->name, &got, &want->t, -1);
        tensor_unref(&got);
        compared++;
    }
    assert_true(compared >= 5);
    run_free(r);
    weights_free(x.want);
    model_free(x.model);
}

/* Every site of every sentence alone is what its row of the batch is. */
static void check_single(const char *dir)
{
    struct batch x = {0};
    open_batch(&x, dir);
    struct run *all = compute(&x, 0, x.b, x.s, x.lengths, x.target, x.t);
    for (int64_t b = 0; b < x.b; b++) {
        struct run *one = compute(&x, b, 1, x.lengths[b], NULL, x.target + b * x.t, x.t);
        for (int i = 0; i < x.model->plan->nsites; i++) {
            const struct site *site = &x.model->plan->sites[i];
            struct err e = ERR_INIT;
            struct tensor got, want;
            assert_true(run_value(one, site->node, &got, &e) &&
                        run_value(all, site->node, &want, &e));
            compare(&x, site->name, &got, &want, b);
            tensor_unref(&got);
            tensor_unref(&want);
        }
        run_free(one);
    }
    run_free(all);
    weights_free(x.want);
    model_free(x.model);
}

static void test_batch__equals_reference(void **state)
{
    (void)state;
    check_reference("tests/golden/marian/swish-3h");
    check_reference("tests/golden/marian/relu-uneven");
    check_reference("tests/golden/bert/full-3h");
    check_reference("tests/golden/bert/masked-untied");
}

static void test_batch__equals_single_sentences(void **state)
{
    (void)state;
    check_single("tests/golden/marian/swish-3h");
    check_single("tests/golden/marian/relu-uneven");
    check_single("tests/golden/bert/full-3h");
    check_single("tests/golden/bert/masked-untied");
}

/* What a later token is does not change what an earlier position computes. */
static void test_causal__later_tokens_change_nothing(void **state)
{
    (void)state;
    struct batch x = {0};
    open_batch(&x, "tests/golden/marian/swish-3h");
    int32_t target[] = {99, 66, 73, 89, 28, 98}, other[] = {99, 66, 73, 12, 40, 7};
    struct run *a = compute(&x, 0, 1, x.lengths[0], NULL, target, 6);
    struct run *b = compute(&x, 0, 1, x.lengths[0], NULL, other, 6);
    int changed = 0;
    for (int i = x.model->plan->dec_first; i < x.model->plan->nnodes; i++) {
        const struct node *n = &x.model->plan->nodes[i];
        struct err e = ERR_INIT;
        struct tensor va, vb;
        if (n->source)
            continue;
        assert_true(run_value(a, i, &va, &e) && run_value(b, i, &vb, &e));
        struct tensor fa = tensor_slice(&va, n->pos_axis, 0, 3),
                      fb = tensor_slice(&vb, n->pos_axis, 0, 3), ca, cb;
        assert_true(tensor_to_f32(&fa, &ca, &e) && tensor_to_f32(&fb, &cb, &e));
        if (memcmp(tensor_f32(&ca), tensor_f32(&cb), (size_t)tensor_count(&ca) * sizeof(float)) !=
            0)
            fail_msg("%s: positions 0-2 changed with a later token", n->name);
        tensor_unref(&ca);
        tensor_unref(&cb);
        assert_true(tensor_to_f32(&va, &ca, &e) && tensor_to_f32(&vb, &cb, &e));
        changed += memcmp(tensor_f32(&ca), tensor_f32(&cb),
                          (size_t)tensor_count(&ca) * sizeof(float)) != 0;
        tensor_unref(&ca);
        tensor_unref(&cb);
        tensor_unref(&va);
        tensor_unref(&vb);
    }
    assert_true(changed > 10);
    run_free(a);
    run_free(b);
    weights_free(x.want);
    model_free(x.model);
}

/* The shape rule alone gives what a run really has. */
static void test_shapes__without_running_equal_those_of_a_run(void **state)
{
    (void)state;
    struct batch x = {0};
    open_batch(&x, "tests/golden/marian/relu-uneven");
    struct run *r = compute(&x, 0, x.b, x.s, x.lengths, x.target, x.t);
    for (int i = 0; i < x.model->plan->nnodes; i++) {
        int64_t shape[NODE_DIMS];
        struct err e = ERR_INIT;
        struct tensor v;
        plan_shape(x.model->plan, i, &(struct binding){x.b, x.s, x.t}, shape);
        assert_true(run_value(r, i, &v, &e));
        assert_int_equal(v.ndim, x.model->plan->nodes[i].ndim);
        assert_memory_equal(v.shape, shape, (size_t)v.ndim * sizeof *shape);
        tensor_unref(&v);
    }
    run_free(r);
    weights_free(x.want);
    model_free(x.model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batch__equals_reference),
        cmocka_unit_test(test_batch__equals_single_sentences),
        cmocka_unit_test(test_causal__later_tokens_change_nothing),
        cmocka_unit_test(test_shapes__without_running_equal_those_of_a_run),
    };
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
