/* Settings: defaults, checked values, what is said about wrong ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "session/settings.h"

static int setup(void **state)
{
    static struct settings s;
    settings_init(&s);
    *state = &s;
    return 0;
}

static int teardown(void **state)
{
    settings_release(*state);
    return 0;
}

static void takes(struct settings *s, const char *name, const char *value, enum setting_id id,
                  const char *text, int64_t number)
{
    struct err e = ERR_INIT;
    if (!settings_set(s, name, value, &e))
        fail_msg("%s %s: %s", name, value, e.msg);
    assert_string_equal(s->text[id], text);
    assert_int_equal(s->number[id], number);
}

static void refuses(struct settings *s, const char *name, const char *value, const char *msg,
                    const char *hint)
{
    struct err e = ERR_INIT;
    struct settings before = *s;
    assert_false(settings_set(s, name, value, &e));
    assert_string_equal(e.msg, msg);
    assert_string_equal(e.hint, hint);
    assert_int_equal(e.kind, ERR_COMMAND);
    assert_memory_equal(&before, s, sizeof before);
}

static void test_settings__defaults_are_in_their_domains(void **state)
{
    struct settings *s = *state;
    struct err e = ERR_INIT;
    for (int i = 0; i < SET_COUNT; i++) {
        assert_non_null(s->text[i]);
        assert_true(settings_set(s, setting_table[i].name, setting_table[i].otherwise, &e));
        assert_string_equal(s->text[i], setting_table[i].otherwise);
        assert_true(setting_table[i].help[0] != '\0');
    }
    assert_int_equal(s->number[SET_PRECISION], 4);
    assert_int_equal(s->number[SET_WIDTH], -1);
    assert_int_equal(s->number[SET_CONFIRM], 1);
    assert_string_equal(s->text[SET_PROMPT], "(rasad) ");
}

static void test_settings__values(void **state)
{
    struct settings *s = *state;
    takes(s, "colormap", "magma", SET_COLORMAP, "magma", 1);
    takes(s, "colorm", "g", SET_COLORMAP, "gray", 3);
    takes(s, "timing", "on", SET_TIMING, "on", 1);
    takes(s, "timing", "no", SET_TIMING, "off", 0);
    takes(s, "timing", "true", SET_TIMING, "on", 1);
    takes(s, "timing", "0", SET_TIMING, "off", 0);
    takes(s, "precision", "۱۲", SET_PRECISION, "12", 12);
    takes(s, "width", "auto", SET_WIDTH, "auto", -1);
    takes(s, "width", "100", SET_WIDTH, "100", 100);
    takes(s, "prompt", "> ", SET_PROMPT, "> ", 0);
    takes(s, "seed", "9223372036854775807", SET_SEED, "9223372036854775807", INT64_MAX);
    takes(s, "color", "16", SET_COLOR, "16", 3);
}

static void test_settings__wrong_values(void **state)
{
    struct settings *s = *state;
    refuses(s, "colormap", "magna", "colormap is one of: viridis magma cividis gray; not 'magna'",
            "did you mean 'magma'?");
    refuses(s, "color", "a", "color is one of: auto always never 16 256 24bit; not 'a'", "");
    refuses(s, "timing", "maybe", "timing is one of: off on; not 'maybe'", "");
    refuses(s, "precision", "18", "precision is a whole number from 1 to 17; not '18'", "");
    refuses(s, "width", "all", "width is a whole number from 20 to 10000, or 'auto'; not 'all'",
            "");
    refuses(s, "seed", "-1", "seed is a whole number from 0; not '-1'", "");
    refuses(s, "precision", "", "precision is a whole number from 1 to 17; not ''", "");
    refuses(s, "co", "x", "'co' may be any of: color colormap confirm", "");
    refuses(s, "precison", "3", "there is no setting 'precison'", "did you mean 'precision'?");
    refuses(s, "", "3", "there is no setting ''", "'show' lists the settings");
}

static void test_settings__a_text_has_a_limit(void **state)
{
    struct settings *s = *state;
    struct err e = ERR_INIT;
    char text[300];
    memset(text, 'x', sizeof text);
    text[200] = '\0';
    assert_true(settings_set(s, "prompt", text, &e));
    text[200] = 'x';
    text[201] = '\0';
    assert_false(settings_set(s, "prompt", text, &e));
    assert_string_equal(e.msg, "prompt may have 200 bytes, not 201");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_settings__defaults_are_in_their_domains, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_settings__values, setup, teardown),
        cmocka_unit_test_setup_teardown(test_settings__wrong_values, setup, teardown),
        cmocka_unit_test_setup_teardown(test_settings__a_text_has_a_limit, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
