/* Typed arguments of a command line: values, and errors with the column that a caret is put
 * under. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "command/command.h"

/* What the last command of the tests was given, as text. */
static struct str seen;

static void add_value(const struct args *a, const struct arg *t)
{
    if (!args_has(a, t->name))
        return;
    str_addf(&seen, "%s%s=", seen.len ? " " : "", t->name);
    int n;
    size_t len;
    const int32_t *ids;
    switch (t->kind) {
    case ARG_INT:
        for (int i = 0; i < args_count(a, t->name); i++)
            str_addf(&seen, "%s%lld", i ? "," : "", (long long)args_nth_int(a, t->name, i, -99));
        break;
    case ARG_NUM:
        str_addf(&seen, "%g", args_num(a, t->name, -1));
        break;
    case ARG_IDS:
        ids = args_ids(a, t->name, &n);
        for (int i = 0; i < n; i++)
            str_addf(&seen, "%s%d", i ? "," : "", (int)ids[i]);
        break;
    case ARG_REST:
    case ARG_LUA: {
        const char *text = args_text(a, t->name, &len);
        str_addc(&seen, '<');
        str_addn(&seen, text, len);
        str_addc(&seen, '>');
        break;
    }
    default:
        for (int i = 0; i < args_count(a, t->name); i++)
            str_addf(&seen, "%s%s", i ? "," : "", args_nth(a, t->name, i));
    }
}

static bool record(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)s, (void)out, (void)e;
    str_clear(&seen);
    if (*args_letters(a))
        str_addf(&seen, "/%s", args_letters(a));
    for (const struct arg *t = args_command(a)->args; t->name; t++)
        add_value(a, t);
    if (args_block(a))
        str_addf(&seen, " block[%s]", args_block(a));
    return true;
}

static const struct arg table_args[] = {
    {"n", ARG_INT, "a number", .optional = true, .lo = 1, .hi = 9},
    {"as", ARG_CHOICE, "how", .optional = true, .choices = "heat|table|tables|bars"},
    {"word", ARG_WORD, "words", .optional = true, .many = true},
    {"--max", ARG_INT, "at most", .optional = true, .lo = 0, .hi = INT32_MAX},
    {"--ratio", ARG_NUM, "a ratio", .optional = true},
    {"--all", ARG_FLAG, "everything", .optional = true},
    {"-n", ARG_INT, "short", .optional = true},
    {"--ids", ARG_IDS, "ids", .optional = true},
    {"--to", ARG_FILE, "a file", .optional = true},
    {"--key", ARG_SETTING, "a setting", .optional = true},
    {0},
};
static const struct arg raw_args[] = {
    {"text", ARG_REST, "the text", .optional = false},
    {"--ids", ARG_IDS, "ids", .optional = true},
    {0},
};
static const struct arg rest_args[] = {
    {"site", ARG_SITE, "a site", .optional = false},
    {"rest", ARG_REST, "what follows", .optional = true},
    {0},
};
static const struct arg id_args[] = {
    {"id", ARG_IDS, "ids", .optional = false, .many = true},
    {0},
};
static const struct arg token_args[] = {
    {"token", ARG_TOKEN, "a token", .optional = false},
    {0},
};
static const struct arg lua_args[] = {
    {"count", ARG_INT, "times", .optional = true},
    {"expr", ARG_LUA, "Lua", .optional = true},
    {0},
};
static const struct command made[] = {
    {.name = "ttable", .args = table_args, .letters = "#fxn", .exec = record},
    {.name = "traw", .args = raw_args, .flags = CMD_RAW, .exec = record},
    {.name = "trest", .args = rest_args, .exec = record},
    {.name = "tids", .args = id_args, .exec = record},
    {.name = "ttoken", .args = token_args, .exec = record},
    {.name = "tlua", .args = lua_args, .flags = CMD_RAW, .exec = record},
    {.name = "tblock", .args = token_args, .flags = CMD_BLOCK, .exec = record},
    {.name = "tmodel", .args = token_args, .needs = NEED_MODEL, .exec = record},
    {.name = "trun", .args = token_args, .needs = NEED_RUN, .exec = record},
};

static int setup(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    seen = (struct str)STR_INIT;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        assert_true(command_add(s, &made[i], NULL, &e));
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    command_release(*state);
    session_free(*state);
    str_release(&seen);
    return 0;
}

static bool run(struct session *s, const char *line, struct err *e)
{
    struct result out;
    const struct command *ran;
    *e = (struct err)ERR_INIT;
    result_init(&out);
    str_clear(&seen);
    bool ok = command_run(s, line, false, &out, &ran, e);
    result_release(&out);
    return ok;
}

static void gives(struct session *s, const char *line, const char *want)
{
    struct err e;
    if (!run(s, line, &e))
        fail_msg("%s: %s", line, e.msg);
    assert_string_equal(seen.s, want);
}

/* `at`: what the caret stands under, NULL = no caret. `part`: of the message. */
static void fails(struct session *s, const char *line, const char *at, const char *part)
{
    struct err e;
    if (run(s, line, &e))
        fail_msg("%s: should fail, but gave %s", line, seen.s);
    if (!strstr(e.msg, part))
        fail_msg("%s: '%s' does not say '%s'", line, e.msg, part);
    assert_int_equal(e.kind, ERR_COMMAND);
    if (!at) {
        assert_int_equal(e.column, -1);
        return;
    }
    if (e.column < 0)
        fail_msg("%s: no column, wanted '%s'", line, at);
    assert_int_equal(e.length, strlen(at));
    assert_memory_equal(line + e.column, at, strlen(at));
}

static void test_parse__values_of_every_kind(void **state)
{
    struct session *s = *state;
    gives(s, "ttable", "");
    gives(s, "  ttable   3 heat a b  ", "n=3 as=heat word=a,b");
    gives(s, "ttable ۳", "n=3");
    gives(s, "ttable ٣ bars", "n=3 as=bars");
    gives(s, "ttable --max 5 --ratio=0.5 --all", "--max=5 --ratio=0.5 --all=");
    gives(s, "ttable 2 --max ۱۲ x", "n=2 word=x --max=12");
    gives(s, "ttable -n -3", "-n=-3");
    gives(s, "ttable --ids 5,6,7 --ids=8", "--ids=8");
    gives(s, "ttable --ids 5, 6, ۷ 4", "n=4 --ids=5,6,7");
    gives(s, "ttable --key prec", "--key=precision");
    gives(s, "ttable/8f 1", "/8f n=1");
    gives(s, "ttable/6.3f", "/6.3f");
    gives(s, "tids 5 6,7 8", "id=5,6,7,8");
}

static void test_parse__optional_numbers_and_choices_are_left_out(void **state)
{
    struct session *s = *state;
    gives(s, "ttable some words", "word=some,words");
    gives(s, "ttable 4 words", "n=4 word=words");
    gives(s, "ttable he", "as=heat");
    gives(s, "ttable table", "as=table");
    gives(s, "ttable -- --all", "word=--all");
    gives(s, "tlua 3 f(\"a;b\")", "count=3 expr=<f(\"a;b\")>");
    gives(s, "tlua f('x", "expr=<f('x>");
}

static void test_parse__quotes(void **state)
{
    struct session *s = *state;
    gives(s, "ttable \"a b\" 'c d' «ه و»", "word=a b,c d,ه و");
    gives(s, "ttable \"a \\\"b\\\" \\\\ c\"", "word=a \"b\" \\ c");
    gives(s, "ttable don't", "word=don't");
    gives(s, "ttable --to=\"a b\"", "--to=a b");
    gives(s, "ttable \"--all\"", "word=--all");
    gives(s, "ttable ''", "word=");
    fails(s, "ttable x \"abc", "\"", "never closed");
    fails(s, "ttable «abc", "«", "never closed");
}

static void test_parse__comments(void **state)
{
    struct session *s = *state;
    gives(s, "# ttable", "");
    gives(s, "   ", "");
    gives(s, "ttable 3 # a comment \"", "n=3");
    gives(s, "ttable a#b", "word=a#b");
    gives(s, "ttoken #3", "token=#3");
    gives(s, "trest a #3 is a comment for other commands", "site=a");
}

static void test_parse__raw_text_stands_as_it_is(void **state)
{
    struct session *s = *state;
    gives(s, "traw علی به مدرسه می‌رود",
          "text=<علی به مدرسه می‌رود>");
    gives(s, "traw  a; b | c > d # e 'f ", "text=< a; b | c > d # e 'f >");
    gives(s, "traw \"a\\tb\\n\\u{6CC}\\\"\\\\\"", "text=<a\tb\nی\"\\>");
    gives(s, "traw \"\"", "text=<>");
    gives(s, "traw \"", "text=<\">");
    gives(s, "traw \"abc\\\"", "text=<\"abc\\\">");
    gives(s, "traw \"a\" b", "text=<\"a\" b>");
    gives(s, "traw «a»", "text=<«a»>");
    gives(s, "traw 'a'", "text=<'a'>");
    gives(s, "traw --foo bar", "text=<--foo bar>");
    gives(s, "traw --x=\"open", "text=<--x=\"open>");
    gives(s, "traw ?", "text=<?>");
    gives(s, "traw --help", "text=<--help>");
    fails(s, "traw --ids 5,6", NULL, "TEXT is missing");
    fails(s, "traw", NULL, "TEXT is missing");
    fails(s, "traw \"a\\qb\"", "\\q", "unknown escape '\\q'");
    fails(s, "traw \"\\u{D800}\"", "\\u", "number of a character");
    fails(s, "traw \"\\u{110000}\"", "\\u", "number of a character");
    fails(s, "traw \"\\u6\"", "\\u", "number of a character");
}

static void test_parse__text_may_hold_a_nul(void **state)
{
    struct err e;
    assert_true(run(*state, "traw \"a\\u{0}b\"", &e));
    assert_int_equal(seen.len, strlen("text=<a.b>"));
    assert_memory_equal(seen.s, "text=<a\0b>", seen.len);
}

static void test_parse__rest_of_a_usual_command(void **state)
{
    struct session *s = *state;
    gives(s, "trest enc.0   if x == 1  # note", "site=enc.0 rest=<if x == 1>");
    gives(s, "trest \"a b\" c", "site=a b rest=<c>");
    gives(s, "trest enc.0", "site=enc.0");
    fails(s, "trest", NULL, "SITE is missing");
}

static void test_parse__errors_point_at_the_word(void **state)
{
    struct session *s = *state;
    fails(s, "ttable 12", "12", "N must be 1 to 9, not 12");
    fails(s, "ttable --max x", "x", "--max is a whole number, not 'x'");
    fails(s, "ttable --max=-1", "-1", "--max must be at least 0, not -1");
    fails(s, "ttable   --ratio no", "no", "--ratio is a number");
    fails(s, "ttable --al", "--al", "no option '--al'");
    fails(s, "ttable --all=3", "--all=3", "takes no value");
    fails(s, "ttable --max", "--max", "needs a value");
    fails(s, "ttable --ids 5,x,7", "x", "ids like 5,6,7, not 'x'");
    fails(s, "ttable --ids 99999999999", "99999999999", "ids like");
    fails(s, "ttable --key colour", "colour", "no setting 'colour'");
    fails(s, "ttable --to ''", "''", "file name");
    fails(s, "ttoken a b", "b", "one argument too many");
    fails(s, "ttable/q", "q", "not 'q'");
    fails(s, "trest/n x", "n", "takes no flags");
    fails(s, "tids", NULL, "ID is missing");
    fails(s, "tids 99999999999999999999", "99999999999999999999", "ids like");
}

static void test_parse__choices_are_listed(void **state)
{
    struct err e;
    static const struct arg args[] = {{"as", ARG_CHOICE, "how", .choices = "heat|table|bars"}, {0}};
    static const struct command c = {.name = "tchoice", .args = args, .exec = record};
    assert_true(command_add(*state, &c, NULL, &e));
    gives(*state, "tchoice b", "as=bars");
    fails(*state, "tchoice tabel", "tabel", "AS is one of: heat table bars; not 'tabel'");
    run(*state, "tchoice tabel", &e);
    assert_string_equal(e.hint, "did you mean 'table'?");
    fails(*state, "tchoice ''", "''", "one of");
}

static void test_parse__blocks(void **state)
{
    struct session *s = *state;
    gives(s, "tblock 1\nprint x\nend", "token=1 block[print x\n]");
    gives(s, "tblock 1\nend\n", "token=1 block[]");
    gives(s, "tblock 1", "token=1");
    gives(s, "tblock 1\nfriend", "token=1 block[friend]");
}

static void test_parse__split_words_from_a_script(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    struct result out;
    const char *const words[] = {"--max", "7", "a b", "-x"}, *const raw[] = {"two", "words \"x"};
    result_init(&out);
    assert_true(command_call(s, &made[0], 3, words, &out, &e));
    assert_string_equal(seen.s, "word=a b --max=7");
    assert_false(command_call(s, &made[0], 4, words, &out, &e));
    assert_int_equal(e.column, -1);
    assert_true(command_call(s, &made[1], 2, raw, &out, &e));
    assert_string_equal(seen.s, "text=<two words \"x>");
    assert_false(command_call(s, &made[1], 0, NULL, &out, &e));
    result_release(&out);
}

static void test_parse__needs_are_told(void **state)
{
    struct err e;
    assert_false(run(*state, "tmodel x", &e));
    assert_string_equal(e.msg, "tmodel needs a model");
    assert_false(run(*state, "trun x", &e));
    assert_string_equal(e.msg, "trun needs a model");
    /* Arguments first: they can be put right without a model. */
    assert_false(run(*state, "trun x y", &e));
    assert_non_null(strstr(e.msg, "too many"));
}

static void test_parse__usage_says_it_all(void **state)
{
    (void)state;
    struct str usage = STR_INIT;
    command_usage(&made[0], &usage);
    assert_string_equal(
        usage.s,
        "ttable[/Nfxn] [N] [heat|table|tables|bars] [WORD...] [--max N] [--ratio X] [--all] "
        "[-n N] [--ids 5,6,7] [--to FILE] [--key X]");
    str_release(&usage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_parse__values_of_every_kind, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__optional_numbers_and_choices_are_left_out,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__quotes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__comments, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__raw_text_stands_as_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__text_may_hold_a_nul, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__rest_of_a_usual_command, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__errors_point_at_the_word, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__choices_are_listed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__split_words_from_a_script, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parse__needs_are_told, setup, teardown),
        cmocka_unit_test(test_parse__usage_says_it_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
