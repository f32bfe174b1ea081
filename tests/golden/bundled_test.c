/* The bundled model on twenty-one sentences: ids of the tokenizer, 64 numbers of every site, and
 * what greedy and beam search say, against the reference library. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/gen.h"
#include "session/model.h"

#define MODEL "examples/models/fa-en"
#define EXPECTED "tests/golden/bundled/expected.safetensors"
#define SEARCHES "tests/golden/bundled/generate.json"
#define SAMPLES 64
#define MOST 512

struct bundled {
    struct model *model;
    struct weights *expected;
    json_t *source, *target, *searches;
};

static json_t *ids_lists(const struct weights *w, const char *key)
{
    json_t *list = json_loads(weights_metadata(w, key), 0, NULL);
    assert_non_null(list);
    return list;
}

static int setup(void **state)
{
    static struct bundled b;
    struct err e = ERR_INIT;
    if (!model_open(MODEL, &b.model, &e) || !weights_open(EXPECTED, &b.expected, &e))
        fail_msg("%s", e.msg);
    b.source = ids_lists(b.expected, "source_ids");
    b.target = ids_lists(b.expected, "decoder_ids");
    b.searches = json_load_file(SEARCHES, 0, NULL);
    assert_non_null(b.searches);
    assert_true(json_array_size(b.source) >= 21);
    *state = &b;
    return 0;
}

static int teardown(void **state)
{
    struct bundled *b = *state;
    json_decref(b->source);
    json_decref(b->target);
    json_decref(b->searches);
    weights_free(b->expected);
    model_free(b->model);
    return 0;
}

static int64_t ids_of(const json_t *list, int32_t *out)
{
    int64_t n = (int64_t)json_array_size(list);
    assert_true(n < MOST);
    for (int64_t i = 0; i < n; i++)
        out[i] = (int32_t)json_integer_value(json_array_get(list, (size_t)i));
    return n;
}

static double flat_get(const struct tensor *t, int64_t k)
{
    int64_t at[TENSOR_DIMS];
    for (int i = t->ndim - 1; i >= 0; i--) {
        at[i] = k % t->shape[i];
        k /= t->shape[i];
    }
    return tensor_get(t, at);
}

static void compare(struct run *r, const struct bundled *b, const struct site *site, int64_t row)
{
    struct err e = ERR_INIT;
    const struct weight *want = weights_find(b->expected, site->name);
    if (want == NULL)
        fail_msg("the golden file has no %s", site->name);
    struct tensor got;
    if (!run_value(r, site->node, &got, &e))
        fail_msg("%s: %s", site->name, e.msg);
    const int64_t largest_at[] = {row, SAMPLES}, count_at[] = {row, SAMPLES + 1};
    double largest = tensor_get(&want->t, largest_at);
    int64_t n = tensor_count(&got);
    assert_true((double)n == tensor_get(&want->t, count_at));
    for (int64_t k = 0; k < SAMPLES; k++) {
        int64_t at = (int64_t)(((uint64_t)k * 2654435761u + 12345u) % (uint64_t)n);
        const int64_t cell[] = {row, k};
        double g = flat_get(&got, at), w = tensor_get(&want->t, cell);
        double limit = strcmp(site->name, "logits") == 0 ? 1e-4 : 1e-5 * largest;
        if (!(g == w || fabs(g - w) <= limit))
            fail_msg("sentence %lld: first wrong site is %s: %.9g at flat index %lld, the "
                     "reference has %.9g",
                     (long long)row, site->name, g, (long long)at, w);
    }
    tensor_unref(&got);
}

static void test_bundled__every_site(void **state)
{
    const struct bundled *b = *state;
    for (size_t row = 0; row < json_array_size(b->source); row++) {
        int32_t source[MOST], target[MOST];
        int64_t n = ids_of(json_array_get(b->source, row), source),
                t = ids_of(json_array_get(b->target, row), target);
        struct err e = ERR_INIT;
        struct run_input in = {.ids = source, .batch = 1, .length = n, .beams = 1};
        struct run *r = run_new(b->model->plan, b->model->params, &in, &e);
        if (r == NULL || !run_keep(r, KEEP_ALL, t, INT64_MAX, &e) || !run_pass(r, target, t, &e) ||
            run_all(r, &e) != RUN_DONE)
            fail_msg("%s", e.msg);
        for (int i = 0; i < b->model->plan->nsites; i++)
            compare(r, b, &b->model->plan->sites[i], (int64_t)row);
        run_free(r);
    }
}

static void test_bundled__tokens(void **state)
{
    const struct bundled *b = *state;
    for (size_t i = 0; i < json_array_size(b->searches); i++) {
        const json_t *s = json_array_get(b->searches, i);
        const char *text = json_string_value(json_object_get(s, "text_in"));
        int32_t want[MOST];
        int64_t n = ids_of(json_object_get(s, "source"), want);
        struct encoding x;
        struct err e = ERR_INIT;
        if (!tokenizer_encode(b->model->tokenizer[TOKEN_SOURCE], text, strlen(text), true, &x, &e))
            fail_msg("%s", e.msg);
        assert_int_equal(x.n, n);
        for (int64_t k = 0; k < n; k++)
            assert_int_equal(x.tokens[k].id, want[k]);
        encoding_release(&x);
    }
}

static void search(const struct bundled *b, const json_t *s)
{
    struct err e = ERR_INIT;
    int32_t source[MOST], want[MOST];
    int64_t n = ids_of(json_object_get(s, "source"), source),
            nwant = ids_of(json_object_get(s, "ids"), want);
    struct gen_options o = b->model->defaults;
    int width = (int)json_integer_value(json_object_get(s, "num_beams"));
    o.search = width > 1 ? SEARCH_BEAM : SEARCH_GREEDY;
    o.width = width;
    o.max_new = json_integer_value(json_object_get(s, "max_new_tokens"));
    struct run_input in = {.ids = source, .batch = 1, .length = n, .beams = 1};
    struct gen *g = gen_new(b->model->plan, b->model->params, &in, &b->model->rules, &o, &e);
    if (g == NULL || gen_all(g, &e) != GEN_DONE)
        fail_msg("%s", e.msg);
    const struct gen_hypothesis *h;
    assert_true(gen_results(g, &h) >= 1);
    const char *text = json_string_value(json_object_get(s, "text_in"));
    if (fabs(h[0].score - json_number_value(json_object_get(s, "score"))) > 1e-3)
        fail_msg("%s (beams %d): score %.6f, the reference has %.6f", text, width, h[0].score,
                 json_number_value(json_object_get(s, "score")));
    if (json_is_true(json_object_get(s, "stable"))) {
        if (h[0].n != nwant || memcmp(h[0].ids, want, (size_t)nwant * sizeof *want) != 0)
            fail_msg("%s (beams %d): other ids than the reference's", text, width);
        struct str out = STR_INIT;
        assert_true(tokenizer_decode(b->model->tokenizer[TOKEN_TARGET], h[0].ids, (size_t)h[0].n,
                                     &out, &e));
        assert_string_equal(out.s, json_string_value(json_object_get(s, "text")));
        str_release(&out);
    }
    gen_free(g);
}

static void test_bundled__searches(void **state)
{
    const struct bundled *b = *state;
    for (size_t i = 0; i < json_array_size(b->searches); i++)
        search(b, json_array_get(b->searches, i));
}

/* What the project promises of its own model. */
static void test_bundled__the_first_sentence(void **state)
{
    const struct bundled *b = *state;
    const json_t *s = json_array_get(b->searches, 0);
    assert_string_equal(json_string_value(json_object_get(s, "text_in")),
                        "علی به مدرسه می‌رود");
    assert_string_equal(json_string_value(json_object_get(s, "text")), "Ali goes to school");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bundled__every_site),
        cmocka_unit_test(test_bundled__tokens),
        cmocka_unit_test(test_bundled__searches),
        cmocka_unit_test(test_bundled__the_first_sentence),
    };
    return cmocka_run_group_tests_name("bundled", tests, setup, teardown);
}
