/* The tree of results and its JSON: strict whatever the strings hold, exact whatever the
 * numbers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/utf8.h"
#include "render/data.h"
#include "render/view.h"

static json_t *parse(const struct data *d)
{
    struct str s = STR_INIT;
    json_error_t e;
    data_json(&s, d);
    assert_null(strchr(s.s, '\n'));
    json_t *j = json_loadb(s.s, s.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
    if (!j)
        fail_msg("%s at %d of %s", e.text, e.position, s.s);
    str_release(&s);
    return j;
}

static void json_is(const struct data *d, const char *expect)
{
    struct str s = STR_INIT;
    data_json(&s, d);
    assert_string_equal(s.s, expect);
    str_release(&s);
}

static void test_kinds(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct data *m = data_map(&a);
    data_add_null(&a, m, "n");
    data_add_bool(&a, m, "b", true);
    data_add_int(&a, m, "i", INT64_MIN);
    data_add_num(&a, m, "d", 0.1);
    data_add_str(&a, m, "s", "می\u200cرود");
    data_add_str(&a, m, "none", NULL);
    struct data *l = data_add_list(&a, m, "l");
    data_add_int(&a, l, NULL, 1);
    data_add_list(&a, l, NULL);
    data_add_map(&a, l, NULL);
    json_is(m,
            "{\"n\": null, \"b\": true, \"i\": -9223372036854775808, \"d\": 0.10000000000000001, "
            "\"s\": \"می\u200cرود\", \"none\": null, \"l\": [1, [], {}]}");
    assert_int_equal(data_get(m, "i")->kind, DATA_INT);
    assert_null(data_get(m, "absent"));
    assert_null(data_get(l, "absent"));
    data_release(m);
    arena_release(&a);
}

static void test_infinities(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct data *l = data_list(&a);
    float f[4] = {NAN, INFINITY, -INFINITY, -0.0f};
    data_add_num(&a, l, NULL, -NAN);
    data_add_num(&a, l, NULL, HUGE_VAL);
    struct tensor t = tensor_borrow(DT_F32, 1, (int64_t[]){4}, f);
    data_add_tensor(&a, l, NULL, &t);
    json_is(l, "[\"nan\", \"inf\", [\"nan\", \"inf\", \"-inf\", -0]]");
    data_release(l);
    arena_release(&a);
}

static void test_strings(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t n;
        const char *json;
    } cases[] = {
        {"\"\\/", 3, "\"\\\"\\\\/\""},
        {"a\0b", 3, "\"a\\u0000b\""},
        {"\033[2J\r\n\t", 7, "\"\\u001b[2J\\u000d\\n\\t\""},
        {"\xC2\x9B"
         "31m",
         5, "\"\\u009b31m\""}, /* C1 CSI */
        {"\xE2\x80\xAE"
         "abc",
         6, "\"\\u202eabc\""},                         /* RLO */
        {"\xED\xA0\x80", 3, "\"\uFFFD\uFFFD\uFFFD\""}, /* a lone surrogate */
        {"\xC0\x80x\xFF", 4, "\"\uFFFD\uFFFDx\uFFFD\""},
        {"👨‍👩‍👧", 18, "\"👨‍👩‍👧\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str s = STR_INIT;
        data_json_string(&s, cases[i].s, cases[i].n);
        assert_string_equal(s.s, cases[i].json);
        str_release(&s);
    }
}

/* Any bytes give JSON that parses; text that is UTF-8 comes back as it was. */
static void test_random_strings(void **state)
{
    (void)state;
    uint32_t x = 1;
    for (int round = 0; round < 500; round++) {
        char bytes[64];
        size_t n = 0;
        while (n < 60) {
            x = x * 1664525u + 1013904223u;
            if (round % 2)
                bytes[n++] = (char)(x >> 24);
            else
                n += (size_t)utf8_encode((int32_t)(x >> 11) % 0x3000, bytes + n);
        }
        struct arena a = ARENA_INIT;
        struct data *m = data_map(&a);
        data_add_strn(&a, m, "text", bytes, n);
        json_t *j = parse(m), *text = json_object_get(j, "text");
        assert_non_null(text);
        if (utf8_valid(bytes, n) == n) {
            assert_int_equal(json_string_length(text), n);
            assert_memory_equal(json_string_value(text), bytes, n);
        } else {
            assert_true(round % 2 == 1);
        }
        json_decref(j);
        arena_release(&a);
    }
}

static void test_tensors(void **state)
{
    (void)state;
    static const float f[6] = {0.1f, 1, 16777216, 3.4028235e38f, 1e-45f, -2.5f};
    static const int64_t big[2] = {INT64_MAX, -1};
    static const unsigned char truth[2] = {1, 0};
    static const uint16_t half[2] = {0x3C00, 0x3555};
    struct arena a = ARENA_INIT;
    struct data *l = data_list(&a);
    struct tensor t = tensor_borrow(DT_F32, 2, (int64_t[]){2, 3}, f);
    struct tensor turned = tensor_permute(&t, (int[]){1, 0});
    struct tensor one = tensor_borrow(DT_F32, 0, NULL, f + 1);
    struct tensor empty = tensor_borrow(DT_F32, 2, (int64_t[]){2, 0}, f);
    struct tensor ids = tensor_borrow(DT_I64, 1, (int64_t[]){2}, big);
    struct tensor flags = tensor_borrow(DT_BOOL, 1, (int64_t[]){2}, truth);
    struct tensor halves = tensor_borrow(DT_F16, 1, (int64_t[]){2}, half);
    const struct tensor *all[] = {&t, &turned, &one, &empty, &ids, &flags, &halves};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        data_add_tensor(&a, l, NULL, all[i]);
    json_is(l, "[[[0.100000001, 1, 16777216], [3.40282347e+38, 1.40129846e-45, -2.5]], "
               "[[0.100000001, 3.40282347e+38], [1, 1.40129846e-45], [16777216, -2.5]], "
               "1, [[], []], [9223372036854775807, -1], [true, false], [1, 0.333251953]]");
    json_t *j = parse(l);
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < 3; c++) {
            json_t *v = json_array_get(json_array_get(json_array_get(j, 0), r), c);
            assert_true((float)json_number_value(v) == f[r * 3 + c]);
        }
    json_decref(j);
    data_release(l);
    arena_release(&a);
}

/* A result owns what was put into it: the last reference goes with it. */
static void test_release(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct tensor t;
    struct result r;
    assert_true(tensor_new(&t, DT_F32, 2, (int64_t[]){2, 2}, "test", &e));
    memset(t.data, 0, 16);
    result_init(&r);
    data_add_tensor(&r.arena, r.data, "data", &t);
    struct heat *h = out_heat(&r, 1);
    h->panels[0].t = tensor_ref(&t);
    assert_int_equal(t.st->refs, 3);
    result_release(&r);
    assert_int_equal(t.st->refs, 1);
    tensor_unref(&t);
}

static void test_views(void **state)
{
    (void)state;
    struct result r;
    result_init(&r);
    out_begin(&r);
    for (int i = 0; i < 5; i++)
        out_span(&r, TONE_SITE, "%d", i);
    assert_int_equal(r.last->u.line.n, 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(r.last->u.line.spans[i].s[0], '0' + i);
    struct table *t = out_table(&r, "#> log_p> |  piece* _");
    assert_int_equal(t->ncols, 5);
    assert_string_equal(t->cols[1].head, "log p");
    assert_true(t->cols[1].right && !t->cols[1].foreign);
    assert_string_equal(t->cols[2].head, "");
    assert_true(t->cols[3].foreign && !t->cols[3].right);
    assert_string_equal(t->cols[4].head, "");
    for (int i = 0; i < 100; i++)
        table_row(&r, t)[0] = cell_int(i);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(t->cells[i * 5].i, i);
        assert_int_equal(t->cells[i * 5 + 4].kind, CELL_EMPTY);
    }
    result_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),   cmocka_unit_test(test_infinities),
        cmocka_unit_test(test_strings), cmocka_unit_test(test_random_strings),
        cmocka_unit_test(test_tensors), cmocka_unit_test(test_release),
        cmocka_unit_test(test_views),
    };
    return cmocka_run_group_tests_name("render: data", tests, NULL, NULL);
}
