/* Models of made sizes with random weights: what a run computes is what the cell rules say, whatever
 * the widths, and what is kept changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/interrupt.h"
#include "engine/run.h"
#include "session/random_weights.h"
#include "session/model.h"
#include "tensor/kernels.h"

enum { LENGTH = 5, TARGET = 4 };

static struct run *pass(const struct plan *p, const struct tensor *params, enum keep keep)
{
    static const int32_t ids[] = {1, 4, 2, 7, 3};
    struct err e = ERR_INIT;
    struct run_input in = {.ids = ids, .batch = 1, .length = LENGTH, .beams = 1};
    struct run *r = run_new(p, params, &in, &e);
    assert_non_null(r);
    assert_true(run_keep(r, keep, TARGET, 1 << 30, &e));
    assert_true(run_pass(r, ids, p->dec_first < p->nnodes ? TARGET : 0, &e));
    if (run_all(r, &e) != RUN_DONE)
        fail_msg("%s", e.msg);
    return r;
}

static void check_cell(struct run *r, int node, const struct tensor *t, const int64_t *ix)
{
    struct err e = ERR_INIT;
    double cell, stored = tensor_get(t, ix);
    if (!run_cell(r, node, ix, &cell, NULL, &e))
        fail_msg("%s: %s", run_plan(r)->nodes[node].name, e.msg);
    if (isinf(cell) && cell == stored)
        return;
    if (!(fabs(cell - stored) <= 1e-5 * (1 + fabs(cell))))
        fail_msg("%s: computed %g, stored %g", run_plan(r)->nodes[node].name, cell, stored);
}

static void check_model(const char *text)
{
    struct config *c;
    struct model *m;
    struct err e = ERR_INIT;
    assert_true(config_parse(text, strlen(text), "config", &c, &e));
    assert_true(model_of_config(c, "made", &m, &e));
    const struct plan *p = m->plan;
    struct tensor *params = random_weights(p, &e);
    assert_non_null(params);
    struct run *all = pass(p, params, KEEP_ALL), *none = pass(p, params, KEEP_NONE);
    const struct binding b = {1, LENGTH, TARGET};
    for (int i = 0; i < p->nnodes; i++) {
        struct tensor t;
        int64_t shape[NODE_DIMS], first[NODE_DIMS] = {0}, last[NODE_DIMS] = {0};
        assert_true(run_value(all, i, &t, &e));
        plan_shape(p, i, &b, shape);
        assert_int_equal(t.ndim, p->nodes[i].ndim);
        for (int d = 0; d < t.ndim; d++) { /* shape-only is the real shape */
            assert_int_equal(t.shape[d], shape[d]);
            last[d] = shape[d] - 1;
        }
        check_cell(all, i, &t, first);
        check_cell(all, i, &t, last);
        tensor_unref(&t);
    }
    int end = p->logits >= 0 ? p->logits : p->nnodes - 1;
    struct tensor x, y;
    assert_true(run_value(all, end, &x, &e));
    if (run_value(none, end, &y, &e)) { /* fused or not */
        for (int64_t k = 0; k < tensor_count(&x); k++)
            assert_float_equal(tensor_f32(&x)[k], tensor_f32(&y)[k], 1e-4);
        tensor_unref(&y);
    } else {
        const float *logits = run_logits(none, 0);
        const int64_t ix[] = {0, TARGET - 1, 0};
        assert_float_equal(logits[0], tensor_get(&x, ix), 1e-4);
    }
    tensor_unref(&x);
    run_free(all);
    run_free(none);
    random_weights_free(p, params);
    model_free(m);
}

static void models(void **state)
{
    (void)state;
    /* heads that do not divide the width; values of another width than keys; one side alone */
    check_model("{\"model_type\": \"transformer\", \"d_model\": 10, \"heads\": 3, \"d_k\": 4, "
                "\"d_ff\": 7, \"encoder_layers\": 2, \"decoder_layers\": 1, \"vocab_size\": 9, "
                "\"target_vocab_size\": 11}");
    check_model("{\"model_type\": \"transformer\", \"d_model\": 10, \"heads\": 2, \"d_k\": 3, "
                "\"d_v\": 6, \"d_ff\": 7, \"encoder_layers\": 1, \"decoder_layers\": 2, "
                "\"vocab_size\": 9, \"bias\": false, \"activation_function\": \"gelu\"}");
    check_model("{\"model_type\": \"transformer\", \"d_model\": 8, \"heads\": 2, \"d_v\": 3, "
                "\"encoder_layers\": 0, \"decoder_layers\": 2, \"vocab_size\": 9}");
}

static struct run *begin(const struct plan *p, const struct tensor *params, int64_t batch,
                         int64_t length, enum keep keep)
{
    enum { MOST = 140 };
    static int32_t ids[2 * MOST], segments[2 * MOST];
    const int32_t lengths[] = {(int32_t)length, (int32_t)length - 9};
    for (int i = 0; i < 2 * MOST; i++) {
        ids[i] = i % 9;
        segments[i] = i % 5 < 2;
    }
    struct err e = ERR_INIT;
    struct run_input in = {.ids = ids,
                           .batch = batch,
                           .length = length,
                           .lengths = batch > 1 ? lengths : NULL,
                           .segments = p->segments > 1 ? segments : NULL,
                           .beams = 1};
    struct run *r = run_new(p, params, &in, &e);
    assert_non_null(r);
    assert_true(run_keep(r, keep, TARGET, 1 << 30, &e));
    run_keep_node(r, p->nnodes - 1);
    assert_true(run_pass(r, ids, p->dec_first < p->nnodes ? TARGET : 0, &e));
    return r;
}

/* One operation after the other, and run free from `node` on: the same bits. */
static void check_rows(const struct plan *p, const struct tensor *params, int64_t batch,
                       int64_t length, enum keep keep, int node)
{
    struct err e = ERR_INIT;
    struct run *one = begin(p, params, batch, length, keep),
               *all = begin(p, params, batch, length, keep);
    enum run_status s;
    do
        s = run_step(one, &e);
    while (s == RUN_READY);
    assert_int_equal(s, RUN_DONE);
    assert_int_equal(run_to(all, node, &e), RUN_READY);
    assert_true(run_next(all) >= node && run_next(all) < node + 5); /* what is fused is skipped */
    interrupt_flag = 1;
    assert_int_equal(run_all(all, &e), RUN_FAILED);
    interrupt_flag = 0;
    e = (struct err)ERR_INIT;
    assert_int_equal(run_all(all, &e), RUN_DONE);
    struct tensor x, y;
    assert_true(run_value(one, p->nnodes - 1, &x, &e) && run_value(all, p->nnodes - 1, &y, &e));
    for (int64_t i = 0; i < tensor_count(&x); i++)
        assert_true(tensor_f32(&x)[i] == tensor_f32(&y)[i]);
    tensor_unref(&x);
    tensor_unref(&y);
    run_free(one);
    run_free(all);
}

static void check_free(const char *text)
{
    static const int64_t lengths[] = {40, 90, 140}; /* around those from which weights are turned */
    struct config *c;
    struct model *m;
    struct err e = ERR_INIT;
    assert_true(config_parse(text, strlen(text), "config", &c, &e));
    assert_true(model_of_config(c, "made", &m, &e));
    struct tensor *params = random_weights(m->plan, &e);
    assert_non_null(params);
    for (int64_t batch = 1; batch <= 2; batch++)
        for (int l = 0; l < 3; l++)
            for (int node = 0; node < m->plan->dec_first; node += 3) {
                check_rows(m->plan, params, batch, lengths[l], KEEP_NONE, node);
                check_rows(m->plan, params, batch, lengths[l], KEEP_ALL, node);
            }
    random_weights_free(m->plan, params);
    model_free(m);
}

/* Threads that take their rows through many operations change nothing, wherever they begin. */
static void rows_apart(void **state)
{
    (void)state;
    int before = k_threads();
    k_set_threads(2);
    check_free("{\"model_type\": \"transformer\", \"d_model\": 20, \"heads\": 2, \"d_ff\": 33, "
               "\"encoder_layers\": 3, \"decoder_layers\": 1, \"vocab_size\": 9}");
    check_free("{\"model_type\": \"bert\", \"hidden_size\": 24, \"intermediate_size\": 37, "
               "\"num_attention_heads\": 3, \"num_hidden_layers\": 2, \"vocab_size\": 61, "
               "\"max_position_embeddings\": 140, \"type_vocab_size\": 2}");
    k_set_threads(before);
}

static void too_large(void **state)
{
    (void)state;
    static const char text[] = "{\"model_type\": \"transformer\", \"d_model\": 4096}";
    struct config *c;
    struct model *m;
    struct err e = ERR_INIT;
    assert_true(config_parse(text, strlen(text), "config", &c, &e));
    assert_true(model_of_config(c, "made", &m, &e));
    assert_null(random_weights(m->plan, &e));
    assert_non_null(strstr(e.msg, "million parameters are too many"));
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models),
        cmocka_unit_test(rows_apart),
        cmocka_unit_test(too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
