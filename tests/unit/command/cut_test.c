/* Cutting a line at ';', '|', '>' and completing words in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "command/command.h"

static bool nothing(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)s, (void)a, (void)out, (void)e;
    return true;
}

static const struct arg mixed_args[] = {
    {"n", ARG_INT, "a number", .optional = true},
    {"as", ARG_CHOICE, "how", .choices = "heat|table|bars"},
    {"--keep", ARG_CHOICE, "what is kept", .optional = true, .choices = "auto|all|none"},
    {"--to", ARG_FILE, "where to", .optional = true},
    {"--all", ARG_FLAG, "everything", .optional = true},
    {0},
};
static const struct arg raw_args[] = {{"text", ARG_REST, "text", .optional = false}, {0}};
static const struct command made[] = {
    {.name = "zmixed", .summary = "a mixture", .args = mixed_args, .exec = nothing},
    {.name = "zraw", .args = raw_args, .flags = CMD_RAW, .exec = nothing},
    {.name = "zblock", .args = raw_args, .flags = CMD_BLOCK, .exec = nothing},
};

static int setup(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        assert_true(command_add(s, &made[i], NULL, &e));
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    command_release(*state);
    session_free(*state);
    return 0;
}

/* The commands of a line as "a|b|c", redirections as "a{>file}". */
static void cuts(struct session *s, const char *text, const char *want)
{
    static const char *const signs[] = {"", "|", ">", ">>"};
    struct str got = STR_INIT;
    struct err e = ERR_INIT;
    struct line_part p;
    for (size_t at = 0; text[at]; at = p.next) {
        if (!line_cut(s, text, at, &p, &e))
            fail_msg("%s: %s", text, e.msg);
        str_addf(&got, "%s[%.*s]", at ? " " : "", (int)(p.end - p.start), text + p.start);
        if (p.redirect)
            str_addf(&got, "{%s%.*s}", signs[p.redirect], (int)(p.target_end - p.target),
                     text + p.target);
    }
    assert_string_equal(got.s, want);
    str_release(&got);
}

static void test_cut__semicolons(void **state)
{
    struct session *s = *state;
    cuts(s, "zmixed 1; show", "[zmixed 1] [show]");
    cuts(s, " zmixed 'a;b' \"c;\\\";d\" «e;f»;show ;", "[zmixed 'a;b' \"c;\\\";d\" «e;f»] [show]");
    cuts(s, "zmixed don't; show", "[zmixed don't] [show]");
    cuts(s, "show # a; b", "[show]");
    cuts(s, "zmixed f(\"a;b\")", "[zmixed f(\"a;b\")]");
    cuts(s, "zmixed \"open; show", "[zmixed \"open] [show]");
    cuts(s, ";;", "[] []");
    cuts(s, "show; zraw a; b | c > d # e ", "[show] [zraw a; b | c > d # e ]");
    cuts(s, "zblock 1; 2\nshow; x\nend", "[zblock 1; 2\nshow; x\nend]");
    cuts(s, "!ls | wc; true", "[!ls | wc; true]");
    cuts(s, "=a>b; c", "[=a>b; c]");
}

static void test_cut__redirections(void **state)
{
    struct session *s = *state;
    cuts(s, "show | head -n 3", "[show]{|head -n 3}");
    cuts(s, "show|head; show", "[show]{|head} [show]");
    cuts(s, "show > a.txt; zmixed", "[show]{>a.txt} [zmixed]");
    cuts(s, "show >> \"a b;c\" # d", "[show]{>>\"a b;c\"}");
    cuts(s, "show | grep ';' | wc > x; show", "[show]{|grep ';' | wc > x} [show]");
    cuts(s, "zmixed a>b", "[zmixed a>b]");
}

static void test_cut__a_redirection_needs_a_target(void **state)
{
    struct err e = ERR_INIT;
    struct line_part p;
    assert_false(line_cut(*state, "show > ; x", 0, &p, &e));
    assert_string_equal(e.msg, "'>' needs a file name after it");
    assert_int_equal(e.column, 5);
    assert_false(line_cut(*state, "show |", 0, &p, &e));
    assert_int_equal(e.column, 5);
    struct arena a = ARENA_INIT;
    assert_true(line_cut(*state, "show >> a b", 0, &p, &e));
    assert_null(line_target(&a, "show >> a b", &p, &e));
    assert_int_equal(e.column, 10);
    assert_true(line_cut(*state, "show > 'a b'", 0, &p, &e));
    assert_string_equal(line_target(&a, "show > 'a b'", &p, &e), "a b");
    setenv("HOME", "/home/of", 1);
    assert_true(line_cut(*state, "show > ~/x", 0, &p, &e));
    assert_string_equal(line_target(&a, "show > ~/x", &p, &e), "/home/of/x");
    arena_release(&a);
}

/* Completing at the end of the line: where the word begins, and the candidates in order. */
static void completes(struct session *s, const char *line, int word, const char *want)
{
    struct arena a = ARENA_INIT;
    struct str got = STR_INIT;
    int start = -1;
    size_t n;
    struct candidate *c = command_complete(s, &a, line, (int)strlen(line), &start, &n);
    for (size_t i = 0; i < n; i++)
        str_addf(&got, "%s%s%s", i ? " " : "", c[i].text, c[i].open ? "+" : "");
    assert_string_equal(got.s, want);
    assert_int_equal(start, word);
    str_release(&got);
    arena_release(&a);
}

static void test_complete__commands(void **state)
{
    struct session *s = *state;
    completes(s, "zm", 0, "zmixed");
    completes(s, "  z", 2, "zmixed zraw zblock");
    completes(s, "show; ZR", 6, "zraw");
    completes(s, "show;zr", 5, "zraw");
    completes(s, "xyzzy", 0, "");
    completes(s, "unset pre", 6, "precision presenter");
    completes(s, "set col", 4, "color colormap");
    completes(s, "set colormap ", 13, "viridis magma cividis gray");
    completes(s, "set colormap m", 13, "magma");
    completes(s, "set timing o", 11, "on off");
    completes(s, "help zr", 5, "zraw");
    completes(s, "help attention", 5, "attention views");
}

static void test_complete__arguments(void **state)
{
    struct session *s = *state;
    completes(s, "zmixed ", 7, "heat table bars");
    completes(s, "zmixed 3 t", 9, "table");
    completes(s, "zmixed --k", 7, "--keep");
    completes(s, "zmixed --keep a", 14, "auto all");
    completes(s, "zmixed --keep=n", 14, "none");
    completes(s, "zmixed --keep all h", 18, "heat");
    completes(s, "zmixed --all ", 13, "heat table bars");
    completes(s, "zmixed heat ", 12, "--keep --to --all");
    completes(s, "zmixed/", 6, "");
    completes(s, "zraw te", 5, "");
}

/* What only the command itself knows. */
static void test_complete__offers(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    completes(s, "note --drop ", 12, "");
    for (int i = 0; i < 2; i++) {
        struct result r;
        const struct command *ran;
        result_init(&r);
        assert_true(command_run(s, "note \033[31m of no use", false, &r, &ran, &e));
        result_release(&r);
    }
    completes(s, "note --drop ", 12, "1 2");
    completes(s, "model report chrf_g", 13, "");
    assert_true(session_open(s, "examples/models/fa-en", &e));
    completes(s, "model report chrf_g", 13, "chrf_greedy");
    completes(s, "model report parameters chrf_g", 24, "chrf_greedy");
}

static void test_complete__describes(void **state)
{
    struct arena a = ARENA_INIT;
    int start;
    size_t n;
    struct candidate *c = command_complete(*state, &a, "zmi", 3, &start, &n);
    assert_int_equal(n, 1);
    assert_string_equal(c[0].about, "a mixture");
    arena_release(&a);
}

static void test_complete__files(void **state)
{
    struct session *s = *state;
    completes(s, "zmixed --to tests/unit/comm", 12, "tests/unit/command/+");
    completes(s, "show > tests/unit/command/cu", 7, "tests/unit/command/cut_test.c");
    completes(s, "zmixed --to no/such/", 12, "");
    completes(s, "model new tr", 10, "transformer");
    completes(s, "model new src/command/cmd_fil", 10, "src/command/cmd_fill.c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cut__semicolons, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cut__redirections, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cut__a_redirection_needs_a_target, setup, teardown),
        cmocka_unit_test_setup_teardown(test_complete__commands, setup, teardown),
        cmocka_unit_test_setup_teardown(test_complete__arguments, setup, teardown),
        cmocka_unit_test_setup_teardown(test_complete__offers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_complete__describes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_complete__files, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
