/* Greedy and beam search on every tiny Marian model: ids, scores and ends as the reference finds
 * them (generate.json). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "engine/gen.h"
#include "session/model.h"

#define ROOT "tests/golden/marian"
#define TOLERANCE 2e-4

static int ids_of(const json_t *row, const char *key, int32_t *out)
{
    const json_t *list = json_object_get(row, key);
    int n = (int)json_array_size(list);
    assert_true(json_is_array(list) && n <= 512);
    for (int i = 0; i < n; i++) {
        out[i] = (int32_t)json_integer_value(json_array_get(list, (size_t)i));
    }
    return n;
}

static double real(const json_t *row, const char *key)
{
    const json_t *v = json_object_get(row, key);
    assert_true(json_is_number(v));
    return json_number_value(v);
}

static void check(const json_t *want, const struct gen_hypothesis *h, const char *what)
{
    int32_t ids[512];
    int n = ids_of(want, "ids", ids);
    double score = real(want, "score");
    if (h->n != n || memcmp(h->ids, ids, (size_t)n * sizeof *ids) != 0) {
        fail_msg("%s: other tokens than the reference", what);
    }
    if (fabs(h->score - score) > TOLERANCE * (1 + fabs(score))) {
        fail_msg("%s: score %f, the reference says %f", what, h->score, score);
    }
    assert_int_equal(h->eos,
                     strcmp(json_string_value(json_object_get(want, "stopped")), "eos") == 0);
}

static struct gen_options options_of(const json_t *row, int32_t *prefix)
{
    struct gen_options o = gen_defaults();
    const json_t *early = json_object_get(row, "early_stopping");
    bool beam = strcmp(json_string_value(json_object_get(row, "method")), "beam") == 0;
    o.search = beam ? SEARCH_BEAM : SEARCH_GREEDY;
    o.width = (int)real(row, "num_beams");
    o.max_new = (int64_t)real(row, "max_new_tokens");
    o.min_new = (int64_t)real(row, "min_new_tokens");
    o.length_penalty = real(row, "length_penalty");
    o.early = json_is_string(early) ? EARLY_NEVER : json_is_true(early) ? EARLY_TRUE : EARLY_FALSE;
    o.prefix = prefix;
    o.nprefix = ids_of(row, "prefix", prefix);
    return o;
}

static void one_search(const struct model *m, const json_t *row, const char *name)
{
    int32_t source[512], prefix[512];
    struct err e = ERR_INIT;
    struct gen_options o = options_of(row, prefix);
    struct run_input in = {.ids = source, .batch = 1, .length = ids_of(row, "source", source)};
    struct gen *g = gen_new(m->plan, m->params, &in, &m->rules, &o, &e);
    if (!g || gen_all(g, &e) != GEN_DONE) {
        fail_msg("%s: %s", name, e.msg);
    }
    const struct gen_hypothesis *h;
    int n = gen_results(g, &h);
    assert_true(n > 0);
    check(row, h, name);
    const json_t *beams = json_object_get(row, "beams");
    if (beams) {
        assert_int_equal(n, json_array_size(beams));
        for (int i = 0; i < n; i++) {
            check(json_array_get(beams, (size_t)i), &h[i], name);
        }
    }
    const json_t *logp = json_object_get(row, "logp");
    for (size_t i = 0; i < json_array_size(logp); i++) {
        double want = json_number_value(json_array_get(logp, i));
        assert_true(fabs(gen_step_at(g, (int64_t)i)->logp - want) < TOLERANCE);
    }
    gen_free(g);
}

static void one_model(void **state)
{
    const char *dir = *state;
    struct err e = ERR_INIT;
    struct model *m;
    char *path = mem_printf("%s/generate.json", dir);
    json_t *rows = json_load_file(path, 0, NULL);
    assert_true(json_array_size(rows) > 0);
    if (!model_open(dir, &m, &e)) {
        fail_msg("%s: %s", dir, e.msg);
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        char *name = mem_printf("%s row %zu", path, i);
        one_search(m, json_array_get(rows, i), name);
        free(name);
    }
    json_decref(rows);
    model_free(m);
    free(path);
}

int main(void)
{
    struct dirent **list;
    int n = scandir(ROOT, &list, NULL, alphasort), count = 0;
    struct CMUnitTest tests[64] = {0};
    for (int i = 0; i < n; i++) {
        char *dir = mem_printf("%s/%s", ROOT, list[i]->d_name);
        char *file = mem_printf("%s/generate.json", dir);
        if (count < 64 && list[i]->d_name[0] != '.' && access(file, R_OK) == 0) {
            tests[count++] =
                (struct CMUnitTest){mem_strdup(list[i]->d_name), one_model, NULL, NULL, dir};
        } else {
            free(dir);
        }
        free(file);
        free(list[i]);
    }
    if (n >= 0) {
        free(list);
    }
    if (count == 0) {
        tests[count++] = (struct CMUnitTest){mem_strdup("there is a model"), one_model, NULL, NULL,
                                             mem_strdup(ROOT)};
    }
    int failed = _cmocka_run_group_tests("generate", tests, (size_t)count, NULL, NULL);
    for (int i = 0; i < count; i++) {
        free((void *)(uintptr_t)tests[i].name);
        free(tests[i].initial_state);
    }
    return failed;
}
