/* Configurations: values of the right type and range, messages that can be acted on, damage. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "files.h"
#include "format/config.h"

static struct config *parse(const char *text)
{
    struct err e = ERR_INIT;
    struct config *c = NULL;
    if (!config_parse(text, strlen(text), "config.json", &c, &e))
        fail_msg("refused: %s\n%s", text, e.msg);
    return c;
}

static void says(const struct err *e, const char *expect)
{
    assert_int_equal(e->kind, ERR_FILE);
    if (!strstr(e->msg, expect))
        fail_msg("expected \"%s\" in: %s", expect, e->msg);
}

static void test_config__values(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct config *c =
        parse("{\"n\":512,\"f\":0.5,\"i\":2,\"yes\":true,\"no\":false,\"s\":\"marian\","
              "\"z\":null,\"big\":9223372036854775807}");
    int64_t n;
    double x;
    bool b;
    const char *s;
    assert_string_equal(config_path(c), "config.json");
    assert_true(config_has(c, "n") && !config_has(c, "z") && !config_has(c, "other"));
    assert_true(config_int(c, "n", 1, 1024, &n, &e) && n == 512);
    assert_true(config_int(c, "n", 512, 512, &n, &e) && n == 512);
    assert_true(config_int(c, "big", INT64_MIN, INT64_MAX, &n, &e) && n == INT64_MAX);
    assert_true(config_int_or(c, "z", 1, 9, 7, &n, &e) && n == 7);
    assert_true(config_int_or(c, "other", 1, 9, -7, &n, &e) && n == -7);
    assert_true(config_int_or(c, "i", 1, 9, 7, &n, &e) && n == 2);
    assert_true(config_double_or(c, "f", 0, 1, 3, &x, &e) && x == 0.5);
    assert_true(config_double_or(c, "i", 0, 9, 3, &x, &e) && x == 2);
    assert_true(config_double_or(c, "z", 0, 1, 3, &x, &e) && x == 3);
    assert_true(config_bool_or(c, "yes", false, &b, &e) && b);
    assert_true(config_bool_or(c, "no", true, &b, &e) && !b);
    assert_true(config_bool_or(c, "z", true, &b, &e) && b);
    assert_true(config_str(c, "s", &s, &e) && strcmp(s, "marian") == 0);
    assert_true(config_str_or(c, "z", "d", &s, &e) && strcmp(s, "d") == 0);
    assert_true(config_str_or(c, "other", NULL, &s, &e) && !s);
    assert_int_equal(e.kind, ERR_NONE);
    config_free(c);
    config_free(NULL);
}

static void test_config__wrong_values(void **state)
{
    (void)state;
    static const struct {
        const char *value, *message;
    } ints[] = {
        {"-3", "config.json: \"d_model\" is -3; it must be between 1 and 1048576"},
        {"0", "is 0; it must be between 1 and 1048576"},
        {"1048577", "is 1048577; it must be between"},
        {"\"512\"", "is the text \"512\"; it must be an integer between 1 and 1048576"},
        {"512.0", "is 512; it must be an integer"},
        {"1e300", "it must be an integer"},
        {"true", "is true; it must be an integer"},
        {"[512]", "is a list; it must be an integer"},
        {"{}", "is an object; it must be an integer"},
        {"null", "\"d_model\" is null; it must be given"},
        {"99999999999999999999", "is 1e+20; it must be an integer"},
        {"-99999999999999999999", "it must be an integer"},
        {"\"\\u001b[0m\\u202e\"", "it must be an integer"},
    };
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++) {
        struct err e = ERR_INIT;
        struct str b = STR_INIT;
        int64_t n = 42;
        str_addf(&b, "{\"d_model\":%s}", ints[i].value);
        struct config *c = parse(b.s);
        assert_false(config_int(c, "d_model", 1, 1048576, &n, &e));
        assert_int_equal(n, 42);
        says(&e, ints[i].message);
        for (const char *p = e.msg; *p; p++)
            assert_true((unsigned char)*p >= 0x20);
        config_free(c);
        str_release(&b);
    }
    struct err e = ERR_INIT;
    struct config *c = parse("{\"a\":1,\"s\":\"x\",\"f\":2.5}");
    int64_t n;
    double x;
    bool b;
    const char *s;
    assert_false(config_int(c, "d_model", 1, 2, &n, &e));
    says(&e, "config.json: \"d_model\" is missing");
    assert_false(config_str(c, "a", &s, &e));
    says(&e, "\"a\" is 1; it must be a text");
    assert_false(config_str(c, "b", &s, &e));
    says(&e, "\"b\" is missing");
    assert_false(config_str_or(c, "a", "d", &s, &e));
    assert_false(config_bool_or(c, "a", true, &b, &e));
    says(&e, "\"a\" is 1; it must be true or false");
    assert_false(config_double_or(c, "f", 0, 1, 0, &x, &e));
    says(&e, "\"f\" is 2.5; it must be a number between 0 and 1");
    assert_false(config_double_or(c, "s", 0, 1, 0, &x, &e));
    says(&e, "is the text \"x\"");
    assert_false(config_int_or(c, "s", 0, 1, 0, &n, &e));
    config_free(c);
}

/* A "no limit" of 10^30 elsewhere must not cost the values that can be read. */
static void test_config__huge_number_elsewhere(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct config *c =
        parse("{\"max\":1000000000000000019884624838656,\"n\":512,\"ids\":[[1],2],\"half\":0.5,"
              "\"far\":9007199254740994}");
    int64_t n;
    int32_t ids[4];
    int count;
    double x;
    assert_true(config_int(c, "n", 1, 1024, &n, &e) && n == 512);
    assert_true(config_ids(c, "ids", ids, 4, &count, &e) && count == 2 && ids[1] == 2);
    assert_false(config_int(c, "half", 0, 9, &n, &e));
    assert_false(config_int(c, "max", 0, INT64_MAX, &n, &e));
    says(&e, "\"max\" is 1");
    assert_false(config_int(c, "far", 0, INT64_MAX, &n, &e)); /* may have been rounded */
    assert_true(config_double_or(c, "max", 0, 1e31, 0, &x, &e) && x > 9e29);
    config_free(c);
}

static void test_config__ids(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct config *c = parse("{\"eos\":0,\"list\":[3,[4],2147483647],\"bad\":[[1,2]],\"neg\":[-1],"
                             "\"big\":[2147483648],\"text\":[\"a\"],\"none\":[],\"null\":null,"
                             "\"empty\":[[]],\"obj\":{\"a\":1}}");
    int32_t ids[3];
    int n = -1;
    assert_true(config_ids(c, "eos", ids, 3, &n, &e) && n == 1 && ids[0] == 0);
    assert_true(config_ids(c, "list", ids, 3, &n, &e) && n == 3);
    assert_true(ids[0] == 3 && ids[1] == 4 && ids[2] == INT32_MAX);
    assert_true(config_ids(c, "none", ids, 3, &n, &e) && n == 0);
    n = -1;
    assert_true(config_ids(c, "null", ids, 3, &n, &e) && n == 0);
    n = -1;
    assert_true(config_ids(c, "other", ids, 3, &n, &e) && n == 0);
    assert_false(config_ids(c, "list", ids, 2, &n, &e));
    says(&e, "\"list\" has 3 entries; at most 2 are allowed");
    assert_false(config_ids(c, "bad", ids, 3, &n, &e));
    says(&e, "\"bad\" has a list of 2 ids at 0");
    assert_false(config_ids(c, "empty", ids, 3, &n, &e));
    assert_false(config_ids(c, "neg", ids, 3, &n, &e));
    says(&e, "is -1; it must be between 0 and 2147483647");
    assert_false(config_ids(c, "big", ids, 3, &n, &e));
    assert_false(config_ids(c, "text", ids, 3, &n, &e));
    assert_false(config_ids(c, "obj", ids, 3, &n, &e));
    config_free(c);
}

static void test_config__refused_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "[]",
        "1",
        "\"x\"",
        "null",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{} x",
        "{}{}",
        "{\"a\":1e400}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":\"\xff\"}",
        "{\"\\u0000\":1}",
        "{\"a\":1,}",
        "{'a':1}",
        "\xef\xbb\xbf{}",
        "{\"a\":99999999999999999999,\"a\":1}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct err e = ERR_INIT;
        struct config *c = NULL;
        if (config_parse(texts[i], strlen(texts[i]), "config.json", &c, &e))
            fail_msg("accepted: %s", texts[i]);
        assert_null(c);
        says(&e, "config.json: ");
    }
    struct str deep = STR_INIT;
    struct err e = ERR_INIT;
    struct config *c = NULL;
    str_repeat(&deep, "{\"a\":[", 100000);
    assert_false(config_parse(deep.s, deep.len, "config.json", &c, &e));
    says(&e, "config.json: line 1");
    str_release(&deep);
}

static void test_config__files(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct config *c = NULL;
    char *dir = folder_make(), *path = file_in(dir, "config.json");
    assert_false(config_open(path, &c, &e));
    says(&e, "No such file");
    assert_false(config_open(dir, &c, &e));
    says(&e, "is a folder");
    file_write(dir, "config.json", "", 0);
    assert_false(config_open(path, &c, &e));
    says(&e, "is empty");
    file_write(dir, "config.json", "{\"a\":\n1,}", 10);
    assert_false(config_open(path, &c, &e));
    says(&e, "line 2");
    file_write(dir, "config.json", "{\"a\":1}\n", 8);
    assert_true(config_open(path, &c, &e));
    assert_true(config_has(c, "a"));
    assert_string_equal(config_path(c), path);
    config_free(c);
    free(path);
    folder_remove(dir);
}

static const char small[] =
    "{\"d\":12, \"x\":-0.5e1,\"s\":\"\\u06cc\",\"e\":[[7],3],\"t\":true,\"n\":null}";

/* Asks for everything; nothing may be out of the range that was asked for. */
static bool ask(const char *text, size_t n)
{
    struct err e = ERR_INIT;
    struct config *c = NULL;
    /* A copy of exactly this size, so that a sanitizer sees a byte too far. */
    char *copy = malloc(n ? n : 1);
    memcpy(copy, text, n);
    bool ok = config_parse(copy, n, "c", &c, &e);
    free(copy);
    if (!ok) {
        assert_true(e.kind == ERR_FILE && e.msg[0]);
        return false;
    }
    int64_t i;
    double x;
    int32_t ids[2];
    int count;
    bool b;
    const char *s;
    if (config_int(c, "d", 1, 50, &i, &e))
        assert_true(i >= 1 && i <= 50);
    if (config_double_or(c, "x", -9, 9, 0, &x, &e))
        assert_true(x >= -9 && x <= 9);
    if (config_ids(c, "e", ids, 2, &count, &e))
        assert_true(count <= 2 && (count == 0 || ids[0] >= 0));
    if (config_str(c, "s", &s, &e))
        assert_non_null(s);
    config_bool_or(c, "t", false, &b, &e);
    config_str_or(c, "n", "", &s, &e);
    config_free(c);
    return true;
}

static void test_config__every_truncation(void **state)
{
    (void)state;
    for (size_t n = 0; n < strlen(small); n++)
        assert_false(ask(small, n));
    assert_true(ask(small, strlen(small)));
}

static void test_config__every_byte_change(void **state)
{
    (void)state;
    char text[sizeof small];
    int accepted = 0;
    memcpy(text, small, sizeof text);
    for (size_t i = 0; i < strlen(small); i++) {
        for (int change = 1; change < 256; change++) {
            text[i] = (char)(small[i] ^ change);
            accepted += ask(text, strlen(small));
        }
        text[i] = small[i];
    }
    assert_true(accepted > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_config__values),
        cmocka_unit_test(test_config__wrong_values),
        cmocka_unit_test(test_config__huge_number_elsewhere),
        cmocka_unit_test(test_config__ids),
        cmocka_unit_test(test_config__refused_texts),
        cmocka_unit_test(test_config__files),
        cmocka_unit_test(test_config__every_truncation),
        cmocka_unit_test(test_config__every_byte_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
