/* Tab: commands, settings, sites, tokens, files and Lua, with descriptions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "prompt.h"

/* What is printed after these keys, once all is quiet. */
static const char *typed(struct prompt_test *t, const char *keys)
{
    pty_send(t->p, keys);
    assert_true(pty_settle(t->p, 80, 5000));
    return pty_output(t->p);
}

/* The line being edited is now this. */
static void assert_line(struct prompt_test *t, const char *line)
{
    char want[200];
    snprintf(want, sizeof want, "(rasad)%s%s", *line ? " " : "", line);
    assert_string_equal(pty_line(t->p, pty_row(t->p)), want);
}

static void clear(struct prompt_test *t)
{
    typed(t, "\005\025");
}

static void test_tab__completes_commands_with_their_summaries(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 40, 80);
    const char *out = typed(&t, "ste\t"); /* one Tab, though there are two of them */
    assert_non_null(strstr(out, "\n  step   -- One sub-layer"));
    assert_non_null(strstr(out, "\n  stepi  -- One operation"));
    assert_line(&t, "step");
    clear(&t);
    typed(&t, "trans\t");
    assert_int_equal(pty_col(t.p), strlen("(rasad) translate ")); /* a blank follows the only one */
    clear(&t);
    typed(&t, "model i\t");
    assert_line(&t, "model info");
    clear(&t);
    assert_null(strstr(typed(&t, "zz\t"), "--"));
    assert_line(&t, "zz");
    clear(&t);
    prompt_end(&t);
}

static void test_tab__completes_sites_a_component_at_a_time(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 40, 80);
    typed(&t, "attn enc\t");
    assert_line(&t, "attn enc.");
    typed(&t, "1.se\t");
    assert_line(&t, "attn enc.1.self.");
    const char *out = typed(&t, "\t");
    assert_non_null(strstr(out, "enc.1.self.pattern"));
    assert_non_null(strstr(out, "enc.1.self.scores"));
    assert_line(&t, "attn enc.1.self.");
    typed(&t, "pa\t");
    assert_line(&t, "attn enc.1.self.pattern");
    clear(&t);
    typed(&t, "print de\t2.cr\t");
    assert_line(&t, "print dec.2.cross.");
    clear(&t);
    prompt_end(&t);
}

static void test_tab__completes_settings_and_values(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 40, 80);
    const char *out = typed(&t, "set co\t");
    assert_non_null(strstr(out, "  color     -- colours on the terminal"));
    assert_non_null(strstr(out, "  colormap  -- colours of heat maps"));
    assert_line(&t, "set co");
    typed(&t, "lorm\t");
    out = typed(&t, "\t");
    assert_non_null(strstr(out, "viridis"));
    typed(&t, "mag\t");
    assert_line(&t, "set colormap magma");
    clear(&t);
    prompt_end(&t);
}

static void test_tab__completes_lua_and_files(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 40, 80);
    typed(&t, "=mat\t");
    assert_line(&t, "=math");
    const char *out = typed(&t, ".si\t");
    assert_non_null(strstr(out, "\n  sinh"));
    assert_line(&t, "=math.sin");
    clear(&t);
    typed(&t, "source tests/golden/mar\t");
    assert_line(&t, "source tests/golden/marian/");
    typed(&t, "sw\tREA\t");
    assert_line(&t, "source tests/golden/marian/swish-3h/REA");
    clear(&t);
    prompt_end(&t);
}

/* Documents, but no other files. */
static void test_tab__completes_what_diff_compares(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 40, 80);
    typed(&t, "diff tests/unit/session/document-v1\t");
    assert_line(&t, "diff tests/unit/session/document-v1.rasad.safetensors");
    clear(&t);
    prompt_end(&t);
}

static void test_tab__completes_tokens_of_the_sentence(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, BUNDLED, (const char *[]){"RASAD_HISTFILE=", "VTE_VERSION=7000", NULL}, NULL,
                 40, 80);
    prompt_line(&t, "input علی به مدرسه می‌رود");
    prompt_line(&t, "run");
    const char *out = typed(&t, "row \t");
    assert_non_null(strstr(out, "مدرسه"));
    assert_non_null(strstr(out, "-- source 2"));
    typed(&t, "sch\t");
    assert_line(&t, "row school");
    clear(&t);
    prompt_end(&t);
}

static void test_tab__drops_descriptions_on_narrow_screens(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 30, 50);
    const char *out = typed(&t, "ste\t");
    assert_non_null(strstr(out, "\nstep   stepi\n"));
    assert_null(strstr(out, "--"));
    clear(&t);
    prompt_end(&t);
}

static void test_tab__pages_long_lists_and_keys_go_on(void **state)
{
    (void)state;
    struct prompt_test t;
    prompt_start(&t, TINY, NULL, NULL, 12, 80);
    assert_non_null(strstr(typed(&t, "set \t"), "--More--"));
    assert_null(strstr(typed(&t, "q"), "--More--"));
    assert_line(&t, "set");
    assert_non_null(strstr(typed(&t, "\t"), "--More--"));
    assert_non_null(strstr(typed(&t, " "), "--More--"));
    typed(&t, "prec"); /* typing goes on as if there were no list */
    assert_line(&t, "set prec");
    typed(&t, "\t");
    assert_line(&t, "set precision");
    clear(&t);
    assert_non_null(strstr(typed(&t, "set \t"), "--More--"));
    assert_non_null(strstr(typed(&t, "\003"), "^C")); /* Ctrl-C ends list and line */
    assert_line(&t, "");
    prompt_end(&t);
}

static void test_tab__asks_before_very_long_lists(void **state)
{
    (void)state;
    struct prompt_test t;
    char name[160];
    prompt_start(&t, TINY, NULL, NULL, 24, 80);
    for (int i = 0; i < 220; i++) {
        snprintf(name, sizeof name, "%s/file%03d", t.home, i);
        FILE *f = fopen(name, "w");
        assert_non_null(f);
        fclose(f);
    }
    snprintf(name, sizeof name, "source %s/fi\t", t.home);
    assert_non_null(strstr(typed(&t, name), "all 220? (y or n)"));
    assert_null(strstr(typed(&t, "n"), "file000"));
    assert_non_null(strstr(typed(&t, "\t"), "all 220? (y or n)"));
    const char *out = typed(&t, "y");
    assert_non_null(strstr(out, "file000"));
    assert_non_null(strstr(out, "--More--"));
    typed(&t, "q");
    clear(&t);
    prompt_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tab__completes_commands_with_their_summaries),
        cmocka_unit_test(test_tab__completes_sites_a_component_at_a_time),
        cmocka_unit_test(test_tab__completes_settings_and_values),
        cmocka_unit_test(test_tab__completes_lua_and_files),
        cmocka_unit_test(test_tab__completes_what_diff_compares),
        cmocka_unit_test(test_tab__completes_tokens_of_the_sentence),
        cmocka_unit_test(test_tab__drops_descriptions_on_narrow_screens),
        cmocka_unit_test(test_tab__pages_long_lists_and_keys_go_on),
        cmocka_unit_test(test_tab__asks_before_very_long_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
