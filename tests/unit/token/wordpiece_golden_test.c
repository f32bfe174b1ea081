/* Every line of tests/golden/token/wordpiece: ids, byte spans, segments, normalised and decoded text
 * as tokenizers and transformers gave them. Another folder made by scripts/make-golden.py may be
 * named: wordpiece_golden_test FOLDER. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "token/tokenizer.h"

static const char *folder = "tests/golden/token/wordpiece";

struct place {
    const char *name;
    int line;
};

static void same_text(const struct place *p, const char *what, const json_t *want, const char *got,
                      size_t n)
{
    if (json_string_length(want) != n || memcmp(json_string_value(want), got, n) != 0)
        fail_msg("%s:%d: %s: expected '%s', got '%.*s'", p->name, p->line, what,
                 json_string_value(want), (int)n, got);
}

static void same_tokens(const struct place *p, const json_t *want, const struct encoding *x)
{
    const json_t *ids = json_object_get(want, "ids"), *spans = json_object_get(want, "spans"),
                 *segments = json_object_get(want, "segments");
    if (json_array_size(ids) != x->n)
        fail_msg("%s:%d: expected %zu tokens, got %zu", p->name, p->line, json_array_size(ids),
                 x->n);
    for (size_t i = 0; i < x->n; i++) {
        const json_t *span = json_array_get(spans, i);
        const struct token *t = &x->tokens[i];
        int id = (int)json_integer_value(json_array_get(ids, i));
        int64_t start = json_integer_value(json_array_get(span, 0));
        int64_t end = json_integer_value(json_array_get(span, 1));
        if (t->id != id || t->start != start || t->end != end)
            fail_msg("%s:%d: token %zu: expected %d at %d-%d, got %d at %d-%d", p->name, p->line, i,
                     id, (int)start, (int)end, (int)t->id, (int)t->start, (int)t->end);
        if (segments && json_integer_value(json_array_get(segments, i)) != t->segment)
            fail_msg("%s:%d: token %zu has segment %d", p->name, p->line, i, t->segment);
    }
}

static void check_decoded(const struct place *p, const struct tokenizer *t, const json_t *row,
                          const struct encoding *x)
{
    struct err e = ERR_INIT;
    struct str got = STR_INIT;
    int32_t *ids = mem_alloc((x->n + 1) * sizeof *ids);
    for (size_t i = 0; i < x->n; i++)
        ids[i] = x->tokens[i].id;
    if (!tokenizer_decode(t, ids, x->n, &got, &e))
        fail_msg("%s:%d: %s", p->name, p->line, e.msg);
    same_text(p, "decoded", json_object_get(row, "decoded"), got.s, got.len);
    str_release(&got);
    free(ids);
}

static void check_pair(const struct place *p, const struct tokenizer *t, const json_t *text,
                       const json_t *pair)
{
    const json_t *second = json_object_get(pair, "second");
    struct err e = ERR_INIT;
    struct encoding x;
    if (!tokenizer_encode_pair(t, json_string_value(text), json_string_length(text),
                               json_string_value(second), json_string_length(second), &x, &e))
        fail_msg("%s:%d: %s", p->name, p->line, e.msg);
    same_tokens(p, pair, &x);
    encoding_release(&x);
}

static void check_row(const struct place *p, const struct tokenizer *t, const json_t *row)
{
    const json_t *text = json_object_get(row, "text"), *normal = json_object_get(row, "normalized"),
                 *pair = json_object_get(row, "pair");
    struct err e = ERR_INIT;
    struct encoding x;
    if (!tokenizer_encode(t, json_string_value(text), json_string_length(text), true, &x, &e))
        fail_msg("%s:%d: %s", p->name, p->line, e.msg);
    same_tokens(p, row, &x);
    if (normal)
        same_text(p, "normalized", normal, x.normalized, x.normalized_len);
    check_decoded(p, t, row, &x);
    encoding_release(&x);
    if (pair)
        check_pair(p, t, text, pair);
}

static void check_case(const char *name, int at_least)
{
    struct err e = ERR_INIT;
    struct tokenizer *t;
    size_t n;
    char *dir = path_join(folder, name), *path = mem_printf("%s.jsonl", dir);
    if (!tokenizer_open(dir, TOKEN_SOURCE, &t, &e))
        fail_msg("%s", e.msg);
    char *text = file_read(path, (size_t)1 << 30, &n, &e);
    if (!text)
        fail_msg("%s", e.msg);
    struct place p = {path, 0};
    for (char *at = text, *end; (end = strchr(at, '\n')); at = end + 1) {
        json_error_t why;
        json_t *row = json_loadb(at, (size_t)(end - at), JSON_ALLOW_NUL, &why);
        p.line++;
        if (!row)
            fail_msg("%s:%d: %s", path, p.line, why.text);
        check_row(&p, t, row);
        json_decref(row);
    }
    assert_true(p.line >= at_least);
    print_message("%s: %d texts\n", name, p.line);
    free(text);
    free(dir);
    free(path);
    tokenizer_free(t);
}

static void test_golden__uncased(void **state)
{
    (void)state;
    check_case("uncased", 600);
}
static void test_golden__cased(void **state)
{
    (void)state;
    check_case("cased", 400);
}
static void test_golden__added(void **state)
{
    (void)state;
    check_case("added", 600);
}
static void test_golden__json(void **state)
{
    (void)state;
    check_case("json", 400);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden__uncased),
        cmocka_unit_test(test_golden__cased),
        cmocka_unit_test(test_golden__added),
        cmocka_unit_test(test_golden__json),
    };
    if (argc > 1)
        folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
