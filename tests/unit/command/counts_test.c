/* Counts in groups and the crossing of N^2 and N, against numbers worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "command/counts.h"
#include "engine/run.h"
#include "session/model.h"

static struct model *made(const char *text)
{
    struct config *c;
    struct model *m;
    struct err e = ERR_INIT;
    assert_true(config_parse(text, strlen(text), "config", &c, &e));
    if (!model_of_config(c, "made", &m, &e))
        fail_msg("%s", e.msg);
    return m;
}

/* A decoder of 3 layers, d_model 16, 4 heads of 4, d_ff 64, 50 tokens. In one layer at length N:
 *   pairs     scores 2*4*N*N*4, mix the same, softmax 4*4*N*N: 80 N^2
 *   maps      q, k, v 2*16*16 each, out the same: 2048 N
 *   mlp       2*16*64 twice and relu 64: 4160 N
 *   other     2 sums and 2 norms: 2*(1 + 8)*16 = 288 N
 * outside: embeddings times 4 and plus positions 32 N, output 2*16*50 + 4*50 = 1800 N.
 * 240 N^2 >= 12480 N from N = 52 on; >= 21320 N (3 * 6496 + 1832) from N = 88.8 on. */
static void crossing(void **state)
{
    (void)state;
    struct model *m = made("{\"model_type\": \"transformer\", \"d_model\": 16, \"heads\": 4, "
                           "\"encoder_layers\": 0, \"decoder_layers\": 3, \"vocab_size\": 50}");
    struct growth_sums g;
    growth_init(&g, m->plan, 1);
    assert_float_equal(growth_at(&g, GROWTH_PAIRS, 10), 24000, 0);
    assert_float_equal(growth_at(&g, GROWTH_MAPS, 10), 3 * 20480, 0);
    assert_float_equal(growth_at(&g, GROWTH_MLP, 10), 3 * 41600, 0);
    assert_float_equal(growth_at(&g, GROWTH_OTHER, 10), 3 * 2880 + 18320, 0);
    assert_int_equal(growth_crossing(&g, false), 52);
    assert_int_equal(growth_crossing(&g, true), 89);
    growth_release(&g);
    /* the batch multiplies both sides */
    growth_init(&g, m->plan, 7);
    assert_float_equal(growth_at(&g, GROWTH_PAIRS, 10), 7 * 24000, 0);
    assert_int_equal(growth_crossing(&g, true), 89);
    growth_release(&g);
    model_free(m);
}

static void groups(void **state)
{
    (void)state;
    struct model *m =
        made("{\"model_type\": \"transformer\", \"d_model\": 8, \"heads\": 2, \"d_ff\": 5, "
             "\"encoder_layers\": 3, \"decoder_layers\": 1, \"vocab_size\": 11}");
    struct arena a = ARENA_INIT;
    struct counts c;
    struct err e = ERR_INIT;
    assert_true(counts_of(m, &a, COUNT_PARAMS, COUNT_BY_PART, false, NULL, 0, &c, &e));
    static const char *const names[] = {"enc.embed",  "enc.0-2.self", "enc.0-2.mlp", "dec.embed",
                                        "dec.0.self", "dec.0.cross",  "dec.0.mlp",   "output"};
    static const int times[] = {1, 3, 3, 1, 1, 1, 1, 1};
    assert_int_equal(c.n, 8);
    for (size_t i = 0; i < c.n; i++) {
        assert_string_equal(c.groups[i].name, names[i]);
        assert_int_equal(c.groups[i].times, times[i]);
    }
    /* attention 4*64 + 4*8 + norm 16 = 304; mlp 2*40 + 5 + 8 + 16 = 109; tables 88 each; output
     * 88 + 11: 3*413 + 2*304 + 109 + 176 + 99 = 2231 */
    int64_t whole;
    sum_value(m->plan, &c.total, &(struct binding){1, 1, 1}, &whole);
    assert_int_equal(whole, 2231);
    assert_int_equal(model_parameters(m), 2231);
    counts_release(&c);
    /* one head of one projection: 4 * 8 weights and 4 biases; one head of the pattern S*S */
    struct site_ref q = {.name = "enc.1.self.q", .head = 1, .step = -1};
    q.node = m->plan->sites[plan_site(m->plan, q.name)].node;
    assert_true(counts_of(m, &a, COUNT_PARAMS, COUNT_BY_SITE, false, &q, 1, &c, &e));
    sum_value(m->plan, &c.total, &(struct binding){1, 1, 1}, &whole);
    assert_int_equal(whole, 36);
    counts_release(&c);
    assert_true(counts_of(m, &a, COUNT_PARAMS, COUNT_BY_SITE, true, &q, 1, &c, &e));
    sum_value(m->plan, &c.total, &(struct binding){1, 1, 1}, &whole);
    assert_int_equal(whole, 32);
    counts_release(&c);
    arena_release(&a);
    model_free(m);
}

/* An encoder of 1 layer, d_model 4, 1 head of 4, d_ff 6, N = 3, nothing kept. Values that are alive
 * together need a buffer of their own each: at the mix q, k, v and z (48 bytes each) and the stream
 * for the sum that follows; the feed-forward layer needs less: stream 48, pre or post 72 each. */
static void peak(void **state)
{
    (void)state;
    struct model *m =
        made("{\"model_type\": \"transformer\", \"d_model\": 4, \"heads\": 1, \"d_ff\": 6, "
             "\"encoder_layers\": 1, \"decoder_layers\": 0, \"vocab_size\": 5}");
    const struct binding b = {1, 3, 0};
    int64_t all, some;
    run_keep_bytes(m->plan, &b, &all, &some);
    /* 3 outside, 5 of attention, 2 norms' sums, 2 norms, mlp.out: 13 of 12 numbers; 2 maps of 9;
     * pre and post of 18: 156 + 18 + 36 = 210 numbers */
    assert_int_equal(all, 840);
    int64_t p = run_peak_bytes(m->plan, &b);
    assert_in_range(p, 5 * 48, 5 * 48 + 2 * 24);
    /* the peak grows as N: attention is fused */
    int64_t twice = run_peak_bytes(m->plan, &(struct binding){1, 6, 0});
    assert_int_equal(twice, 2 * p);
    model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crossing),
        cmocka_unit_test(groups),
        cmocka_unit_test(peak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
