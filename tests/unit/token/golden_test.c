/* Every line of tests/golden/token: ids, pieces, spans, normalised text and decoded text as the
 * sentencepiece library gave them; and the lines of the Marian models, as transformers did. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "make.h"

static const char *const models[] = {"bytes", "identity", "nfkc",   "nfkc-bytes", "no-prefix",
                                     "raw",   "spaces",   "suffix", "unused",     "user"};

static void unbase64(const char *s, struct str *out)
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0, have = 0;
    for (; *s && *s != '='; s++) {
        bits = bits << 6 | (unsigned)(strchr(set, *s) - set);
        have += 6;
        if (have >= 8) {
            have -= 8;
            str_addc(out, (char)(bits >> have));
        }
    }
}

/* The bytes of a key, or of key64 in base 64. */
static struct str bytes_of(const json_t *row, const char *key)
{
    struct str out = STR_INIT;
    char key64[32];
    snprintf(key64, sizeof key64, "%s64", key);
    const json_t *plain = json_object_get(row, key);
    if (plain)
        str_addn(&out, json_string_value(plain), json_string_length(plain));
    else
        unbase64(json_string_value(json_object_get(row, key64)), &out);
    return out;
}

struct lines {
    char *text, *at;
    const char *name;
    int number;
};

static void lines_open(struct lines *l, const char *path)
{
    struct err e = ERR_INIT;
    size_t n;
    *l = (struct lines){.name = path};
    l->text = l->at = file_read(path, 64 << 20, &n, &e);
    if (!l->text)
        fail_msg("%s", e.msg);
}

static json_t *lines_next(struct lines *l)
{
    char *end = strchr(l->at, '\n');
    if (!end) {
        free(l->text);
        return NULL;
    }
    json_error_t why;
    json_t *row = json_loadb(l->at, (size_t)(end - l->at), JSON_ALLOW_NUL, &why);
    l->number++;
    if (!row)
        fail_msg("%s:%d: %s", l->name, l->number, why.text);
    l->at = end + 1;
    return row;
}

static void same_bytes(const struct lines *l, const char *what, const struct str *want,
                       const char *got, size_t n)
{
    if (want->len != n || memcmp(want->s, got, n) != 0)
        fail_msg("%s:%d: %s: expected '%s', got '%.*s'", l->name, l->number, what, want->s, (int)n,
                 got);
}

static void same_ids(const struct lines *l, const json_t *want, const struct encoding *x)
{
    if (json_array_size(want) != x->n)
        fail_msg("%s:%d: expected %zu tokens, got %zu", l->name, l->number, json_array_size(want),
                 x->n);
    for (size_t i = 0; i < x->n; i++)
        if (json_integer_value(json_array_get(want, i)) != x->tokens[i].id)
            fail_msg("%s:%d: token %zu: expected %d, got %d", l->name, l->number, i,
                     (int)json_integer_value(json_array_get(want, i)), (int)x->tokens[i].id);
}

static void check_decode(const struct lines *l, const struct tokenizer *t, const json_t *ids,
                         const struct str *want)
{
    struct err e = ERR_INIT;
    struct str got = STR_INIT;
    int32_t list[4096];
    size_t n = json_array_size(ids);
    assert_true(n <= 4096);
    for (size_t i = 0; i < n; i++)
        list[i] = (int32_t)json_integer_value(json_array_get(ids, i));
    if (!tokenizer_decode(t, list, n, &got, &e))
        fail_msg("%s:%d: %s", l->name, l->number, e.msg);
    same_bytes(l, "decoded", want, got.s, got.len);
    str_release(&got);
}

static void check_row(const struct lines *l, const struct tokenizer *t, const json_t *row)
{
    struct err e = ERR_INIT;
    struct encoding x;
    struct str text = bytes_of(row, "text"), normal = bytes_of(row, "normalized");
    struct str decoded = bytes_of(row, "decoded");
    if (!tokenizer_encode(t, text.s, text.len, true, &x, &e))
        fail_msg("%s:%d: %s", l->name, l->number, e.msg);
    same_ids(l, json_object_get(row, "ids"), &x);
    same_bytes(l, "normalized", &normal, x.normalized, x.normalized_len);
    for (size_t i = 0; i < x.n; i++) {
        const json_t *span = json_array_get(json_object_get(row, "spans"), i);
        const json_t *piece = json_array_get(json_object_get(row, "pieces"), i);
        struct str want = STR_INIT;
        str_addn(&want, json_string_value(piece), json_string_length(piece));
        same_bytes(l, "piece", &want, x.tokens[i].piece, x.tokens[i].piece_len);
        str_release(&want);
        assert_int_equal(json_integer_value(json_array_get(span, 0)), x.tokens[i].start);
        assert_int_equal(json_integer_value(json_array_get(span, 1)), x.tokens[i].end);
    }
    check_decode(l, t, json_object_get(row, "ids"), &decoded);
    encoding_release(&x);
    str_release(&text);
    str_release(&normal);
    str_release(&decoded);
}

static void test_golden__sentencepiece(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        struct err e = ERR_INIT;
        struct tokenizer *t;
        struct lines l;
        json_t *row;
        char *model = mem_printf("tests/golden/token/%s.model", models[i]);
        char *rows = mem_printf("tests/golden/token/%s.jsonl", models[i]);
        char *lists = mem_printf("tests/golden/token/%s.decode.jsonl", models[i]);
        if (!tokenizer_open(model, TOKEN_SOURCE, &t, &e))
            fail_msg("%s", e.msg);
        for (lines_open(&l, rows); (row = lines_next(&l)); json_decref(row))
            check_row(&l, t, row);
        assert_true(l.number > 300);
        for (lines_open(&l, lists); (row = lines_next(&l)); json_decref(row)) {
            struct str decoded = bytes_of(row, "decoded");
            check_decode(&l, t, json_object_get(row, "ids"), &decoded);
            str_release(&decoded);
        }
        assert_true(l.number > 30);
        tokenizer_free(t);
        free(model);
        free(rows);
        free(lists);
    }
}

static bool beyond(const json_t *ids, const struct tokenizer *t)
{
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (json_integer_value(json_array_get(ids, i)) >= tokenizer_size(t))
            return true;
    return false;
}

static void check_marian(const char *name)
{
    struct err e = ERR_INIT;
    struct tokenizer *source, *target;
    struct lines l;
    json_t *row;
    char *dir = mem_printf("tests/golden/marian/%s", name), *rows = path_join(dir, "tokens.jsonl");
    if (!tokenizer_open_pair(dir, &source, &target, &e))
        fail_msg("%s", e.msg);
    for (lines_open(&l, rows); (row = lines_next(&l)); json_decref(row)) {
        struct encoding x;
        struct str text = bytes_of(row, "text"), decoded = bytes_of(row, "target_decoded");
        const json_t *ids = json_object_get(row, "target_ids");
        assert_true(tokenizer_encode(source, text.s, text.len, true, &x, &e));
        same_ids(&l, json_object_get(row, "ids"), &x);
        assert_true(x.tokens[x.n - 1].special && x.tokens[x.n - 1].start == -1);
        encoding_release(&x);
        /* With two vocabularies transformers gives the source's id for a typed <pad>, which the
         * target does not have. */
        if (!beyond(ids, target)) {
            assert_true(tokenizer_encode(target, text.s, text.len, true, &x, &e));
            same_ids(&l, ids, &x);
            encoding_release(&x);
            check_decode(&l, target, ids, &decoded);
        }
        str_release(&text);
        str_release(&decoded);
    }
    assert_true(l.number > 50);
    tokenizer_free(source);
    tokenizer_free(target);
    free(dir);
    free(rows);
}

static void test_golden__marian(void **state)
{
    (void)state;
    check_marian("swish-3h");
    check_marian("lang");
    check_marian("gelu-untied");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden__sentencepiece),
        cmocka_unit_test(test_golden__marian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
