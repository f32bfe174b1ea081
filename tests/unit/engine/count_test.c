/* Counts of the textbook's transformer against numbers worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/count.h"
#include "family/family.h"

/* The course's model: d_model 1024, 4 heads of 192, d_ff 1024, vocabularies of 20000 and 30000. */
#define COURSE                                                                                     \
    "{\"model_type\": \"transformer\", \"d_model\": 1024, \"heads\": 4, \"d_k\": 192, "            \
    "\"d_ff\": 1024, \"encoder_layers\": 12, \"decoder_layers\": 12, \"vocab_size\": 20000, "      \
    "\"target_vocab_size\": 30000"

static struct plan *build(const char *text, struct err *e)
{
    struct config *c;
    assert_true(config_parse(text, strlen(text), "config", &c, e));
    const struct family *f = family_find(c, e);
    struct plan *p = f != NULL ? f->build(c, NULL, e) : NULL;
    config_free(c);
    return p;
}

static struct plan *must_build(const char *text)
{
    struct err e = ERR_INIT;
    struct plan *p = build(text, &e);
    if (p == NULL)
        fail_msg("%s", e.msg);
    return p;
}

static int node_of(const struct plan *p, const char *site)
{
    int i = plan_site(p, site);
    if (i < 0)
        fail_msg("no site %s", site);
    return p->sites[i].node;
}

/* Parameters of the nodes whose names begin so; biases and gains left out if `matrices`. */
static int64_t parameters(const struct plan *p, const char *prefix, bool matrices)
{
    struct sum s = {0};
    int64_t whole;
    for (int i = 0; i < p->nnodes; i++)
        for (int k = 0; strncmp(p->nodes[i].name, prefix, strlen(prefix)) == 0 && k < NODE_PARAMS;
             k++) {
            int w = p->nodes[i].param[k];
            if (w >= 0 && !(matrices && p->params[w].ndim == 1))
                sum_add(&s, count_param(p, w));
        }
    sum_value(p, &s, &(struct binding){1, 1, 1}, &whole);
    sum_release(&s);
    return whole;
}

static void shape_is(const struct plan *p, const char *site, const struct binding *b, int n, ...)
{
    int64_t shape[NODE_DIMS];
    int node = node_of(p, site);
    plan_shape(p, node, b, shape);
    assert_int_equal(p->nodes[node].ndim, n);
    va_list ap;
    va_start(ap, n);
    for (int i = 0; i < n; i++)
        assert_int_equal(shape[i], va_arg(ap, int));
    va_end(ap);
}

static void shapes_of_the_course(void **state)
{
    (void)state;
    struct plan *p = must_build(COURSE "}");
    const struct binding b = {32, 2048, 2048};
    shape_is(p, "enc.0.resid_pre", &b, 3, 32, 2048, 1024);
    shape_is(p, "enc.11.self.q", &b, 4, 32, 4, 2048, 192);
    shape_is(p, "enc.11.self.scores", &b, 4, 32, 4, 2048, 2048);
    shape_is(p, "enc.11.self.out", &b, 3, 32, 2048, 1024);
    shape_is(p, "enc.0.mlp.pre", &b, 3, 32, 2048, 1024);
    shape_is(p, "enc.0.mlp.out", &b, 3, 32, 2048, 1024);
    shape_is(p, "dec.0.self.pattern", &b, 4, 32, 4, 2048, 2048);
    shape_is(p, "dec.11.cross.z", &b, 4, 32, 4, 2048, 192);
    shape_is(p, "logits", &b, 3, 32, 2048, 30000);
    shape_is(p, "dec.0.cross.scores", &(struct binding){2, 7, 5}, 4, 2, 4, 5, 7);
    plan_free(p);
}

/* One attention without biases: W_Q, W_K, W_V 3 * 1024 * 768 = 2,359,296 and W_O 768 * 1024 =
 * 786,432, together 3,145,728. One feed-forward matrix with bias: 1024 * 1024 + 1024 = 1,049,600.
 * Output: 1024 * 30000 + 30000 = 30,750,000. */
static void parameters_of_the_course(void **state)
{
    (void)state;
    struct plan *p = must_build(COURSE "}"), *plain = must_build(COURSE ", \"bias\": false}");
    assert_int_equal(parameters(p, "enc.0.self.q", false), 1024 * 768 + 768);
    assert_int_equal(parameters(p, "enc.0.self.", true), 3145728);
    assert_int_equal(parameters(plain, "dec.3.cross.", false), 3145728);
    assert_int_equal(parameters(p, "enc.0.self.", false), 3145728 + 3 * 768 + 1024);
    assert_int_equal(parameters(p, "enc.0.mlp.pre", false), 1049600);
    assert_int_equal(parameters(p, "logits", false), 30750000);
    /* All of it. An attention 3,145,728 + 768 * 3 + 1024 = 3,149,056; a feed-forward layer
     * 2 * 1,049,600 = 2,099,200; a norm 2048. Encoder layer 5,252,352 = 3,149,056 + 2,099,200 +
     * 2 * 2048; decoder layer 8,403,456 = 2 * 3,149,056 + 2,099,200 + 3 * 2048. 12 of each:
     * 163,869,696. Tables 20000 * 1024 + 30000 * 1024 = 51,200,000; output 30,750,000. */
    assert_int_equal(plan_parameters(p), 163869696 + 51200000 + 30750000);
    plan_free(p);
    plan_free(plain);
}

static void text_is(const struct plan *p, struct product x, const struct binding *b,
                    const char *formula, const char *numbers, double value)
{
    struct sum s = {0};
    struct str t = STR_INIT;
    sum_add(&s, x);
    sum_formula(p, &s, &t);
    assert_string_equal(t.s, formula);
    str_clear(&t);
    sum_numbers(p, &s, b, &t);
    assert_string_equal(t.s, numbers);
    assert_float_equal(sum_value(p, &s, b, NULL), value, 0);
    str_release(&t);
    sum_release(&s);
}

/* q: 32 * 2048 rows of 768 sums of 1024 products: 2 * 32 * 4 * 2048 * 192 * 1024 = 103,079,215,104.
 * Scores: 32 * 4 * 2048 * 2048 sums of 192 products: 206,158,430,208 operations. */
static void operations(void **state)
{
    (void)state;
    struct plan *p = must_build(COURSE "}");
    const struct binding b = {32, 2048, 2048};
    text_is(p, count_flops(p, node_of(p, "enc.0.self.q")), &b, "2*B*H*S*K*D",
            "2*32*4*2048*192*1024", 103079215104.0);
    text_is(p, count_flops(p, node_of(p, "enc.0.self.scores")), &b, "2*B*H*S*S*K",
            "2*32*4*2048*2048*192", 206158430208.0);
    text_is(p, count_flops(p, node_of(p, "dec.0.cross.z")), &(struct binding){1, 5, 3},
            "2*B*H*T*K*S", "2*1*4*3*192*5", 23040);
    text_is(p, count_value(p, node_of(p, "enc.0.mlp.pre")), &(struct binding){32, 0, 0}, "B*S*F",
            "32*S*1024", 0);
    /* what the interpreter's own cost says is the same */
    for (int i = 0; i < p->nnodes; i++) {
        struct sum s = {0};
        sum_add(&s, count_flops(p, i));
        int64_t rows = p->nodes[i].source ? b.s : b.t;
        assert_float_equal(sum_value(p, &s, &b, NULL), plan_cost(p, i, &b, rows, 4).flops, 0);
        sum_release(&s);
    }
    plan_free(p);
}

static void sums(void **state)
{
    (void)state;
    struct plan *p = must_build("{\"model_type\": \"transformer\", \"d_model\": 6, \"heads\": 2, "
                                "\"d_k\": 5, \"decoder_layers\": 0}");
    struct sum s = {0}, twice = {0};
    struct str t = STR_INIT;
    int64_t whole;
    sum_formula(p, &s, &t);
    assert_string_equal(t.s, "0");
    str_clear(&t);
    int q = p->nodes[node_of(p, "enc.0.self.q")].param[0],
        out = p->nodes[node_of(p, "enc.0.self.out")].param[0],
        bias = p->nodes[node_of(p, "enc.0.self.q")].param[1];
    sum_add(&s, count_param(p, q)); /* H*K*D */
    sum_add(&s, count_param(p, bias));
    sum_add(&s, count_param(p, out)); /* D*H*K: the same term */
    sum_formula(p, &s, &t);
    assert_string_equal(t.s, "2*H*K*D + H*K");
    assert_float_equal(sum_value(p, &s, &(struct binding){1, 1, 1}, &whole), 2 * 60 + 10, 0);
    assert_int_equal(whole, 130);
    sum_add_all(&twice, &s, 2);
    assert_false(sum_equal(&s, &twice));
    sum_add_all(&s, &s, 1);
    assert_true(sum_equal(&s, &twice));
    /* past 63 bits the number stays, the whole one does not */
    struct sum big = {0};
    sum_add(&big, count_value(p, node_of(p, "enc.0.self.scores")));
    const struct binding b = {100000000, 100000000, 1};
    assert_float_equal(sum_value(p, &big, &b, &whole), 2e24, 1e10);
    assert_true(whole == INT64_MAX);
    sum_release(&big);
    sum_release(&s);
    sum_release(&twice);
    str_release(&t);
    plan_free(p);
}

static void bad_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\"model_type\": \"transformer\", \"d_model\": 10, \"heads\": 3}",
         "config: d_model 10 cannot be split into 3 heads of one width; d_k must say how wide a "
         "head is"},
        {"{\"model_type\": \"transformer\", \"d_model\": 0}",
         "config: \"d_model\" is 0; it must be between 1 and 1048576"},
        {"{\"model_type\": \"transformer\", \"encoder_layers\": 0, \"decoder_layers\": 0}",
         "config: encoder_layers and decoder_layers are both 0"},
        {"{\"model_type\": \"transformer\", \"d_k\": 5.5}",
         "config: \"d_k\" is 5.5; it must be an integer between 1 and 1048576"},
        {"{\"model_type\": \"transformer\", \"activation_function\": \"mish\"}",
         "config: activation_function \"mish\" is not known (relu, gelu, gelu_new, swish)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = ERR_INIT;
        assert_null(build(cases[i].text, &e));
        assert_string_equal(e.msg, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_of_the_course),
        cmocka_unit_test(parameters_of_the_course),
        cmocka_unit_test(operations),
        cmocka_unit_test(sums),
        cmocka_unit_test(bad_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
