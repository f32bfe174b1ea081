/* What wrong answers to questions on shapes and counts are told, on the course's model: d_model 1024,
 * 4 heads of 192 (768 joined), d_ff 2000, 30000 target tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "command/rules.h"

static const char course[] =
    "{\"model_type\": \"transformer\", \"d_model\": 1024, \"heads\": 4, \"d_k\": 192, \"d_ff\": "
    "2000, \"encoder_layers\": 1, \"decoder_layers\": 1, \"vocab_size\": 20000, "
    "\"target_vocab_size\": 30000}";
static const struct binding sizes = {32, 2048, 50};

static struct session *open_course(void)
{
    struct session *s = session_new();
    struct config *c;
    struct model *m;
    struct err e = ERR_INIT;
    assert_true(config_parse(course, strlen(course), "config", &c, &e));
    assert_true(model_of_config(c, "course", &m, &e));
    session_take(s, m);
    return s;
}

static int node_of(const struct session *s, const char *site)
{
    int i = plan_site(s->model->plan, site);
    assert_true(i >= 0);
    return s->model->plan->sites[i].node;
}

/* The rule told for an answer to the one question that is asked; "" where it is right. */
static void told(struct session *s, const char *given, const char *rule)
{
    const struct question *q = questions_now(s);
    struct str say = STR_INIT;
    assert_non_null(q);
    q->why(s, q, given, &say);
    assert_string_equal(say.s, rule);
    str_release(&say);
}

static void ask_shape(struct session *s, const char *site, bool joined)
{
    questions_begin(s, "test");
    rules_ask_shape(s, node_of(s, site), joined, &sizes, "?");
}

static void shapes(void **state)
{
    (void)state;
    struct session *s = open_course();
    struct str say = STR_INIT;
    ask_shape(s, "enc.0.self.q", false);
    told(s, "[32, 4, 2048, 1024]",
         "1024 is `D`, the width of the residual stream (d_model); the matrix gives `H*K = 4*192 = "
         "768` numbers, shared out to the heads: `K = 192` for each");
    told(s, "[32, 4, 2048, 768]",
         "768 is `H*K`, all heads together; the matrix gives `H*K = 4*192 = 768` numbers, shared "
         "out to the heads: `K = 192` for each");
    told(s, "[32, 2048, 768]", "the heads are an axis of their own until they are joined");
    told(s, "[1, 4, 2048, 192]", "no operation mixes the sentences of a batch: `B = 32`");
    told(s, "[32, 8, 2048, 192]", "each head has rows of its own: `H = 4`");
    told(s, "[32, 4, 50, 192]", "one row for each token of the source: `S = 2048`");
    told(s, "[32, 4, 2048, 192]", "");
    told(s, "no shape", "");
    ask_shape(s, "enc.0.self.z", true);
    told(s, "[32, 2048, 1024]",
         "1024 is `D`, the width of the residual stream (d_model); the heads stand side by side: "
         "`H*K = 4*192 = 768`");
    told(s, "[32, 4, 2048, 192]", "the heads are joined here: they are no axis any more");
    assert_int_equal(questions_answer(s, "[32, 2048, 768]", &say), ANSWER_RIGHT);
    ask_shape(s, "enc.0.self.out", false);
    told(s, "[32, 2048, 768]",
         "`W[1024, 768]` takes rows of 768 numbers and gives rows of `D = 1024`");
    ask_shape(s, "dec.0.cross.scores", false);
    told(s, "[32, 4, 50, 50]",
         "one column for each key, and the keys are source tokens: `S = 2048`");
    told(s, "[32, 4, 2048, 2048]", "one row for each token of the target: `T = 50`");
    ask_shape(s, "dec.0.cross.z", false);
    told(s, "[32, 4, 50, 2048]",
         "the sum goes over the keys, so what is left is as wide as a head's values: `K = 192`");
    ask_shape(s, "enc.0.mlp.post", false);
    told(s, "[32, 2048, 1024]",
         "1024 is `D`, the width of the residual stream (d_model); activation changes the numbers "
         "and not the shape: `F = 2000`");
    ask_shape(s, "dec.embed", false);
    told(
        s, "[32, 50, 30000]",
        "30000 is `V`, the target vocabulary; each token becomes one row of the table: `D = 1024`");
    ask_shape(s, "logits", false);
    told(s, "[32, 50, 20000]",
         "20000 is `Vs`, the source vocabulary; `W[30000, 1024]` takes rows of 1024 numbers and "
         "gives rows of `V = 30000`");
    /* the question may outlive its model */
    session_close(s);
    told(s, "[32, 50, 20000]", "");
    str_release(&say);
    session_free(s);
}

static void ask_count(struct session *s, enum count_kind kind, const char *site, double right)
{
    questions_begin(s, "test");
    const struct question *q = rules_ask_count(s, kind, node_of(s, site), false, &sizes, "?");
    assert_float_equal(q->number, right, 0);
}

static void counts(void **state)
{
    (void)state;
    static const char shared[] = "one matrix serves every sentence and every position: neither B "
                                 "nor the length multiplies it";
    struct session *s = open_course();
    ask_count(s, COUNT_PARAMS, "enc.0.self.q", 1024 * 768 + 768);
    told(s, "1024 x 768", "the bias is missing: one number more for each output");
    told(s, "(1024 x 768 + 768) / 4", "that is one head alone");
    told(s, "32 x 2048 x 1024 x 768", shared);
    told(s, "32 x (1024 x 768 + 768)", shared);
    told(s, "1000", "");
    ask_count(s, COUNT_ACTIVATIONS, "enc.0.self.q", 32.0 * 2048 * 768);
    told(s, "2048 x 768", "that is one sentence: the batch multiplies it");
    told(s, "32 x 768", "that is one position: every token has its own");
    told(s, "32 x 2048 x 192", "that is one head alone");
    told(s, "1024 x 768 + 768", "that is how many parameters were learned, whatever the length");
    ask_count(s, COUNT_FLOPS, "enc.0.mlp.pre", 2.0 * 32 * 2048 * 2000 * 1024);
    told(s, "32 x 2048 x 2000 x 1024", "a product and the sum it goes into are two operations");
    session_free(s);
}

/* Seeds differ from one drawing to the next, and begin alike for a like setting. */
static void seeds(void **state)
{
    (void)state;
    struct session *a = session_new(), *b = session_new();
    uint64_t first = rules_seed(a);
    assert_true(first == rules_seed(b));
    assert_true(first != rules_seed(a));
    session_free(a);
    session_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes),
        cmocka_unit_test(counts),
        cmocka_unit_test(seeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
