/* Lines of the prompt, expressions of the session, the additions to Lua, completion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "open.h"

static int setup(void **state)
{
    struct session *s = open_session();
    struct err e = ERR_INIT;
    *state = script_new(s, &e);
    return *state == NULL;
}

static int teardown(void **state)
{
    struct script *sc = *state;
    struct session *s = sc->session;
    command_release(s);
    script_free(sc);
    session_free(s);
    return 0;
}

static void test_rewrite(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"$", "__history(0)"},
        {"$$", "__history(-1)"},
        {"$12+$$3", "__history(12)+__history(-3)"},
        {"x@3", "x:at(3)"},
        {"probs[\"a@1 $\"]@1", "probs[\"a@1 $\"]:at(1)"},
        {"'\\'$' .. $", "'\\'$' .. __history(0)"},
        {"[[ $ ]] .. [==[ ]] $ ]==] .. $1", "[[ $ ]] .. [==[ ]] $ ]==] .. __history(1)"},
        {"$ -- $1", "__history(0) -- $1"},
        {"--[[ $ ]] $", "--[[ $ ]] __history(0)"},
        {"a[b[1]] @ 3", "a[b[1]] @ 3"},
        {"\"open $", "\"open $"},
        {"[[open $", "[[open $"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct str out = STR_INIT;
        script_rewrite(&out, pairs[i][0]);
        assert_string_equal(out.s, pairs[i][1]);
        str_release(&out);
    }
    /* the '*' of the rewritten text lies behind "$ +" in what was typed */
    assert_int_equal(script_rewrite_back("$ +* 2", strlen("__history(0) +")), 3);
    assert_int_equal(script_rewrite_back("ab cd", 4), 4);
    assert_int_equal(script_rewrite_back("'$' + + $", 6), 6);
}

static void test_lines(void **state)
{
    struct script *sc = *state;
    static const struct {
        const char *text;
        bool more;
    } lines[] = {
        {"1 + 1", false},    {"x = 1", false},
        {"1 +", true},       {"for i = 1, 3 do", true},
        {"f(", true},        {"'abc", false},
        {"[[abc", true},     {"return 1", false},
        {"if x then", true}, {"local t <close> = nil", false},
        {"", false},         {"x = = 1", false},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_int_equal(script_incomplete(sc, lines[i].text), lines[i].more);

    struct result out;
    struct err e = ERR_INIT;
    bool more;
    result_init(&out);
    assert_true(script_line(sc, "x = 5 y = x +", &out, &more, &e));
    assert_true(more);
    assert_null(out.first);
    assert_true(script_line(sc, "6 * 7", &out, &more, &e));
    assert_false(more);
    assert_int_equal(data_get(out.data, "value")->u.i, 42);
    result_release(&out);

    /* where an error is */
    result_init(&out);
    assert_false(script_line(sc, "$1 +* 2", &out, NULL, &e));
    assert_int_equal(e.column, 4);
    assert_int_equal(e.length, 1);
    err_clear(&e);
    assert_false(script_line(sc, "local a\nlocal b = a.c", &out, NULL, &e));
    assert_int_equal(e.column, -1);
    assert_string_equal(e.msg, "lua:2: attempt to index a nil value (local 'a')");
    assert_non_null(strstr(script_detail(sc), "local b = a.c"));
    script_forget_detail(sc);
    assert_string_equal(script_detail(sc), "");
    /* an error that is a table, and one whose text is several lines */
    err_clear(&e);
    assert_false(script_line(sc, "error({})", &out, NULL, &e));
    assert_string_equal(e.msg, "(error object is a table value)");
    assert_false(script_line(sc,
                             "error(setmetatable({}, {__tostring = function() return 'text' end}))",
                             &out, NULL, &e));
    assert_string_equal(e.msg, "text");
    assert_false(script_line(sc, "error('one\\ntwo\\27', 0)", &out, NULL, &e));
    assert_string_equal(e.msg, "one");
    assert_null(strchr(script_detail(sc), 27));
    result_release(&out);
}

static void test_expressions(void **state)
{
    struct script *sc = *state;
    struct err e = ERR_INIT;
    bool yes;
    double v;
    assert_true(script_bool(sc, "1 < 2", &yes, &e) && yes);
    assert_true(script_bool(sc, "nil", &yes, &e) && !yes);
    assert_true(script_number(sc, "2 * 3", &v, &e) && v == 6);
    assert_true(script_number(sc, "true", &v, &e) && v == 1);
    assert_true(script_number(sc, "rasad.tensor{7}", &v, &e) && v == 7);
    assert_false(script_number(sc, "nil", &v, &e));
    assert_string_equal(e.msg, "nil has no value yet");
    assert_false(script_number(sc, "rasad.tensor{7, 8}", &v, &e));
    assert_non_null(strstr(e.msg, "has 2 elements; one number is wanted"));
    assert_false(script_number(sc, "'x y'", &v, &e));
    assert_false(script_bool(sc, "1 +", &yes, &e));
    /* many of them: the store of compiled ones is bounded */
    for (int i = 0; i < 1000; i++) {
        char text[32];
        snprintf(text, sizeof text, "%d + 1", i);
        assert_true(script_number(sc, text, &v, &e) && v == i + 1);
    }

    struct tensor t;
    int64_t number;
    const int64_t shape[] = {2};
    assert_true(tensor_new(&t, DT_F32, 1, shape, "t", &e));
    tensor_f32(&t)[0] = tensor_f32(&t)[1] = 4;
    assert_true(script_record(sc, &t, &number, &e));
    tensor_unref(&t);
    assert_true(script_number(sc, "$:sum()", &v, &e) && v == 8);
    char again[32];
    snprintf(again, sizeof again, "$%d[1]", (int)number);
    assert_true(script_number(sc, again, &v, &e) && v == 4);
}

static void expect_candidates(struct script *sc, const char *text, const char *first, bool others)
{
    struct arena a = ARENA_INIT;
    size_t start, n;
    struct candidate *list = script_complete(sc, &a, text, strlen(text), &start, &n);
    if (first == NULL) {
        assert_int_equal(n, 0);
    } else {
        assert_true(n > 0);
        assert_string_equal(list[0].text, first);
        assert_int_equal(n > 1, others);
        assert_true(strncmp(list[0].text, text + start, strlen(text + start)) == 0);
    }
    arena_release(&a);
}

static void test_completion(void **state)
{
    struct script *sc = *state;
    struct err e = ERR_INIT;
    assert_true(run_text(sc, "mine = {alpha = {beta = rasad.tensor{1}}} text = 'x'", &e));
    expect_candidates(sc, "rasa", "rasad", false);
    expect_candidates(sc, "rasad.ope", "open", false);
    expect_candidates(sc, "1 + string.for", "format", false);
    expect_candidates(sc, "mine.alpha.be", "beta", false);
    expect_candidates(sc, "mine.alpha.beta:softm", "softmax", false);
    expect_candidates(sc, "text:upp", "upper", false);
    expect_candidates(sc, "rasad.tok", "tokenize", true);
    expect_candidates(sc, "rasad.nothing.", NULL, false);
    expect_candidates(sc, "f(x).s", NULL, false);
    expect_candidates(sc, "nonsense", NULL, false);
}

static void test_files(void **state)
{
    struct script *sc = *state;
    char path[] = "/tmp/rasad-script-XXXXXX";
    int fd = mkstemp(path);
    static const char good[] =
        "#!/usr/bin/env rasad\nassert(arg[1] == 'a' and select('#', ...) == 2) count = 1\n";
    static const char bad[] = "local x = 1\n\tlocal y = (x\nlocal z = 2\n";
    static const char *const args[] = {"a", "b"};
    struct err e = ERR_INIT;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, good, strlen(good)), strlen(good));
    assert_true(script_file(sc, path, 2, args, &e));
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(pwrite(fd, bad, strlen(bad), 0), strlen(bad));
    assert_false(script_file(sc, path, 0, NULL, &e));
    char want[128];
    snprintf(want, sizeof want, "%s:3: ')' expected (to close '(' at line 2) near 'local'", path);
    assert_string_equal(e.msg, want);
    assert_string_equal(script_detail(sc), "  local z = 2\n  ^~~~~\n");
    close(fd);
    remove(path);
    assert_false(script_file(sc, path, 0, NULL, &e));
    assert_int_equal(e.kind, ERR_FILE);
    /* precompiled code could crash the interpreter: it is not loaded */
    err_clear(&e);
    assert_true(run_text(sc, "assert(not load(string.dump(function() end), 'x', 't'))", &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rewrite),
        cmocka_unit_test_setup_teardown(test_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(test_expressions, setup, teardown),
        cmocka_unit_test_setup_teardown(test_completion, setup, teardown),
        cmocka_unit_test_setup_teardown(test_files, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
