/* Names: exact, abbreviated, ambiguous, mistyped; aliases and commands made at run time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "command/command.h"

static bool nothing(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)s, (void)a, (void)e;
    out_line(out, TONE_PLAIN, "done");
    return true;
}

static const struct command made[] = {
    {.name = "zebra", .exec = nothing},
    {.name = "zebu", .alias = "z", .exec = nothing},
    {.name = "zoo", .summary = "first", .exec = nothing},
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

static void finds(struct session *s, const char *line, const char *name, int used)
{
    struct err e = ERR_INIT;
    int n;
    const struct command *c = command_find(s, line, &n, &e);
    if (!c)
        fail_msg("%s: %s", line, e.msg);
    assert_string_equal(c->name, name);
    assert_int_equal(n, used);
}

static void fails(struct session *s, const char *line, const char *msg, const char *hint,
                  int column, int length)
{
    struct err e = ERR_INIT;
    int n;
    assert_null(command_find(s, line, &n, &e));
    assert_string_equal(e.msg, msg);
    assert_string_equal(e.hint, hint);
    assert_int_equal(e.column, column);
    assert_int_equal(e.length, length);
}

static void test_find__names_abbreviations_prefixes(void **state)
{
    struct session *s = *state;
    finds(s, "zebra x", "zebra", 5);
    finds(s, "  zebr", "zebra", 6);
    finds(s, "z", "zebu", 1);
    finds(s, "zo/3f", "zoo", 2);
    finds(s, "? set", "help", 1);
    finds(s, "h", "help", 1);
    finds(s, "help", "help", 4);
}

static void test_find__what_went_wrong_is_told(void **state)
{
    struct session *s = *state;
    fails(s, "zeb 1", "'zeb' may be any of: zebra zebu", "", 0, 3);
    fails(s, " zebar", "unknown command 'zebar'", "did you mean 'zebra'?", 1, 5);
    fails(s, "ozo", "unknown command 'ozo'", "did you mean 'zoo'?", 0, 3);
    fails(s, "qqqqqq", "unknown command 'qqqqqq'", "'help' lists the commands", 0, 6);
    fails(NULL, "zebraa", "unknown command 'zebraa'", "'help' lists the commands", 0, 6);
    fails(s, "\033[2J", "unknown command '‹ESC›[2J'", "'help' lists the commands", 0, 4);
}

static void test_find__persian_keyboard(void **state)
{
    struct session *s = *state;
    fails(s, "اثمح", "unknown command 'اثمح'", "did you mean 'help'?", 0, 8);
    fails(s, "ظثذقش x", "unknown command 'ظثذقش'", "did you mean 'zebra'?", 0, 10);
    fails(s, "ظثذشق", "unknown command 'ظثذشق'", "did you mean 'zebra'?", 0, 10);
}

/* The shell's promise: these letters always mean these commands. A command that is not in this
 * program yet leaves its letter free. */
static void test_find__reserved_letters(void **state)
{
    static const char *const reserved[][2] = {
        {"a", "attn"}, {"b", "break"},  {"c", "continue"},    {"d", "delete"},
        {"e", "emit"}, {"f", "frame"},  {"g", "goto"},        {"h", "help"},
        {"i", "info"}, {"k", "topk"},   {"l", "list"},        {"m i", "model info"},
        {"n", "next"}, {"p", "print"},  {"q", "quit"},        {"r", "run"},
        {"s", "step"}, {"t", "tokens"}, {"u", "until"},       {"w", "where"},
        {"x", "x"},    {"bt", "where"}, {"m l", "model load"}};
    (void)state;
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        bool there = false;
        for (size_t k = 0; commands[k]; k++)
            there = there || strcmp(commands[k]->name, reserved[i][1]) == 0;
        if (there)
            finds(NULL, reserved[i][0], reserved[i][1], (int)strlen(reserved[i][0]));
    }
}

/* Two commands with one name or abbreviation would hide each other. */
static void test_find__names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; commands[i]; i++) {
        struct err e = ERR_INIT;
        int used;
        const struct command *c = command_find(NULL, commands[i]->name, &used, &e);
        if (c != commands[i])
            fail_msg("'%s' does not find its command", commands[i]->name);
        if (strchr(commands[i]->name, ' '))
            continue;
        for (const char *p = commands[i]->alias ? commands[i]->alias : ""; *p;) {
            char alias[32] = "";
            size_t n = strcspn(p, " ");
            memcpy(alias, p, n);
            if (command_find(NULL, alias, &used, &e) != commands[i])
                fail_msg("'%s' does not find '%s'", alias, commands[i]->name);
            p += n + (p[n] == ' ');
        }
    }
}

static void test_find__every_command_is_documented(void **state)
{
    (void)state;
    for (size_t i = 0; commands[i]; i++) {
        const struct command *c = commands[i];
        if (!c->summary || !*c->summary || c->summary[strlen(c->summary) - 1] == '.')
            fail_msg("%s needs a summary without a full stop", c->name);
        if (!c->help || !*c->help || !c->exec)
            fail_msg("%s needs a help text", c->name);
        for (const struct arg *t = c->args; t && t->name; t++)
            if (!t->help || (t->kind == ARG_CHOICE && !t->choices))
                fail_msg("%s: %s needs a help text", c->name, t->name);
    }
}

static bool run(struct session *s, const char *line, struct err *e)
{
    struct result out;
    const struct command *ran;
    *e = (struct err)ERR_INIT;
    result_init(&out);
    bool ok = command_run(s, line, false, &out, &ran, e);
    result_release(&out);
    return ok;
}

static void test_find__aliases(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    const char *name, *text;
    assert_true(command_alias(s, "pr", "set precision", &e));
    assert_true(run(s, "pr 7", &e));
    assert_string_equal(s->settings.text[SET_PRECISION], "7");
    assert_true(command_alias(s, "deep", "pr", &e));
    assert_true(run(s, "deep 8", &e));
    assert_string_equal(s->settings.text[SET_PRECISION], "8");
    assert_true(command_alias_at(s, 0, &name, &text));
    assert_string_equal(name, "pr");
    assert_true(command_alias(s, "pr", NULL, &e));
    assert_false(command_alias(s, "pr", NULL, &e));
    assert_false(run(s, "pr 7", &e));
    assert_true(command_alias(s, "loop", "loop 1", &e));
    assert_false(run(s, "loop", &e));
    assert_string_equal(e.msg, "the alias 'loop' stands for itself");
    assert_false(command_alias(s, "set", "show", &e));
    assert_false(command_alias(s, "a b", "show", &e));
    assert_false(command_alias(s, "-x", "show", &e));
}

static int released;
static void count_release(const struct command *c)
{
    (void)c;
    released++;
}

static void test_find__run_time_commands_are_replaced_and_released(void **state)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    struct command one = {.name = "mine", .exec = nothing}, two = {.name = "mine", .exec = nothing};
    (void)state;
    released = 0;
    assert_true(command_add(s, &one, count_release, &e));
    assert_true(command_add(s, &two, count_release, &e));
    assert_ptr_equal(command_added(s, 0), &two);
    assert_null(command_added(s, 1));
    assert_true(run(s, "mine", &e));
    struct command bad = {.name = "help", .exec = nothing};
    assert_false(command_add(s, &bad, count_release, &e));
    command_release(s);
    assert_int_equal(released, 2);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_find__names_abbreviations_prefixes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_find__what_went_wrong_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(test_find__persian_keyboard, setup, teardown),
        cmocka_unit_test(test_find__reserved_letters),
        cmocka_unit_test(test_find__names_are_unique),
        cmocka_unit_test(test_find__every_command_is_documented),
        cmocka_unit_test_setup_teardown(test_find__aliases, setup, teardown),
        cmocka_unit_test(test_find__run_time_commands_are_replaced_and_released),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
