/* What the environment decides: colour depth, who turns right-to-left text; and the colour maps. */
#define _XOPEN_SOURCE 600
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/term.h"

static int tty = -1, not_tty = -1;

static int open_both(void **state)
{
    (void)state;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) || unlockpt(master))
        return -1;
    tty = open(ptsname(master), O_RDWR | O_NOCTTY);
    not_tty = open("/dev/null", O_RDWR);
    return tty < 0 || not_tty < 0 ? -1 : 0;
}

/* "A=1 B=2", everything else that matters unset. */
static void environment(const char *vars)
{
    static const char *const known[] = {"TERM",
                                        "COLORTERM",
                                        "NO_COLOR",
                                        "CLICOLOR_FORCE",
                                        "VTE_VERSION",
                                        "KONSOLE_VERSION",
                                        "TERM_PROGRAM",
                                        "MLTERM",
                                        "WT_SESSION",
                                        "TMUX",
                                        "KITTY_WINDOW_ID",
                                        "XTERM_VERSION",
                                        "STY"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        unsetenv(known[i]);
    while (*vars) {
        char buf[128] = "";
        size_t n = strcspn(vars, " ");
        assert_true(n < sizeof buf);
        memcpy(buf, vars, n);
        char *eq = strchr(buf, '=');
        assert_non_null(eq);
        *eq = '\0';
        setenv(buf, eq + 1, 1);
        vars += n;
        vars += *vars == ' ';
    }
}

static void test_color(void **state)
{
    (void)state;
    static const struct {
        const char *env, *color;
        enum color_depth on_tty, elsewhere;
    } cases[] = {
        {"TERM=xterm", "auto", COLOR_BASIC, COLOR_NONE},
        {"TERM=xterm-256color", "auto", COLOR_256, COLOR_NONE},
        {"TERM=xterm-256color COLORTERM=truecolor", "auto", COLOR_24BIT, COLOR_NONE},
        {"TERM=xterm COLORTERM=24bit", "auto", COLOR_24BIT, COLOR_NONE},
        {"TERM=screen-256color COLORTERM=truecolor STY=1.x", "auto", COLOR_256, COLOR_NONE},
        {"TERM=dumb", "auto", COLOR_NONE, COLOR_NONE},
        {"TERM=dumb COLORTERM=truecolor", "auto", COLOR_NONE, COLOR_NONE},
        {"TERM=", "auto", COLOR_NONE, COLOR_NONE},
        {"", "auto", COLOR_NONE, COLOR_NONE},
        {"TERM=vt100", "auto", COLOR_NONE, COLOR_NONE},
        {"TERM=xterm NO_COLOR=1", "auto", COLOR_NONE, COLOR_NONE},
        {"TERM=xterm NO_COLOR=", "auto", COLOR_BASIC, COLOR_NONE}, /* empty is unset */
        {"TERM=xterm NO_COLOR=1 CLICOLOR_FORCE=1", "auto", COLOR_NONE, COLOR_NONE},
        {"TERM=xterm CLICOLOR_FORCE=1", "auto", COLOR_BASIC, COLOR_BASIC},
        {"TERM=xterm CLICOLOR_FORCE=0", "auto", COLOR_BASIC, COLOR_NONE},
        {"TERM=xterm NO_COLOR=1", "always", COLOR_BASIC, COLOR_BASIC}, /* the flag is stronger */
        {"TERM=foot", "always", COLOR_256, COLOR_256},
        {"", "always", COLOR_BASIC, COLOR_BASIC},
        {"TERM=xterm COLORTERM=truecolor", "never", COLOR_NONE, COLOR_NONE},
        {"TERM=dumb NO_COLOR=1", "24bit", COLOR_24BIT, COLOR_NONE},
        {"TERM=xterm", "256", COLOR_256, COLOR_NONE},
        {"TERM=xterm-256color", "16", COLOR_BASIC, COLOR_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        environment(cases[i].env);
        enum color_depth a = term_color_depth(tty, cases[i].color);
        enum color_depth b = term_color_depth(not_tty, cases[i].color);
        if (a != cases[i].on_tty || b != cases[i].elsewhere)
            fail_msg("%s, color %s: %d on a terminal, %d elsewhere", cases[i].env, cases[i].color,
                     a, b);
    }
}

static void test_bidi(void **state)
{
    (void)state;
    static const struct {
        const char *env;
        enum bidi_mode mode;
        bool uncertain;
    } cases[] = {
        {"TERM=xterm-256color VTE_VERSION=6003", BIDI_TERMINAL, false},
        {"TERM=xterm-256color VTE_VERSION=5602", BIDI_VISUAL, true},
        {"TERM=xterm-256color KONSOLE_VERSION=220401", BIDI_TERMINAL, false},
        {"TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", BIDI_TERMINAL, false},
        {"TERM=xterm TERM_PROGRAM=mintty", BIDI_TERMINAL, false},
        {"TERM=mlterm MLTERM=3.9.0", BIDI_TERMINAL, false},
        {"TERM=linux", BIDI_VISUAL, false},
        {"TERM=xterm XTERM_VERSION=XTerm(379)", BIDI_VISUAL, false},
        {"TERM=alacritty", BIDI_VISUAL, false},
        {"TERM=foot", BIDI_VISUAL, false},
        {"TERM=xterm-256color WT_SESSION=abc", BIDI_VISUAL, false},
        {"TERM=xterm-kitty KITTY_WINDOW_ID=1", BIDI_TERMINAL, true},
        {"TERM=xterm-256color TERM_PROGRAM=iTerm.app", BIDI_TERMINAL, true},
        {"TERM=xterm-256color TERM_PROGRAM=WezTerm", BIDI_TERMINAL, true},
        {"TERM=tmux-256color TMUX=/tmp/x VTE_VERSION=6003", BIDI_TERMINAL, true},
        {"TERM=screen", BIDI_TERMINAL, true},
        {"TERM=strange", BIDI_TERMINAL, true},
    };
    bool uncertain;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        environment(cases[i].env);
        enum bidi_mode mode = term_bidi_mode(true, &uncertain);
        if (mode != cases[i].mode || uncertain != cases[i].uncertain)
            fail_msg("%s: mode %d, uncertain %d", cases[i].env, mode, uncertain);
        assert_int_equal(term_bidi_mode(false, &uncertain), BIDI_OFF);
        assert_false(uncertain);
    }
}

/* Lightness rises along every map and every ramp: a brighter cell is always a larger value. */
static void test_lightness_rises(void **state)
{
    (void)state;
    for (int m = MAP_VIRIDIS; m <= MAP_GRAY; m++) {
        double before = -1, before_256 = -1;
        for (int i = 0; i <= 256; i++) {
            unsigned char rgb[3];
            colormap_rgb((enum colormap)m, i / 256.0, rgb);
            double l = colormap_lightness(rgb);
            assert_true(l > before - 0.5); /* rounding to bytes */
            before = l;
            colormap_256_rgb(colormap_256((enum colormap)m, i / 256.0), rgb);
            l = colormap_lightness(rgb);
            assert_true(l >= before_256);
            before_256 = l;
        }
    }
}

static void test_known_colors(void **state)
{
    (void)state;
    static const struct {
        enum colormap m;
        double v;
        unsigned char rgb[3];
    } cases[] = {
        {MAP_VIRIDIS, 0, {68, 1, 84}},    {MAP_VIRIDIS, 1, {253, 231, 37}},
        {MAP_VIRIDIS, -3, {68, 1, 84}},   {MAP_VIRIDIS, 7, {253, 231, 37}},
        {MAP_MAGMA, 0.5, {182, 55, 121}}, {MAP_CIVIDIS, 1, {254, 232, 56}},
        {MAP_GRAY, 0.5, {128, 128, 128}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char rgb[3];
        colormap_rgb(cases[i].m, cases[i].v, rgb);
        assert_memory_equal(rgb, cases[i].rgb, 3);
    }
    assert_int_equal(colormap_256(MAP_VIRIDIS, 0), 17);
    assert_int_equal(colormap_256(MAP_VIRIDIS, 1), 220);
    assert_int_equal(colormap_256(MAP_GRAY, 1), 255);
    unsigned char white[3] = {255, 255, 255}, black[3] = {0}, gray[3] = {119, 119, 119};
    assert_true(colormap_lightness(white) > 99.9 && colormap_lightness(black) < 0.1);
    assert_true(colormap_lightness(gray) > 49 && colormap_lightness(gray) < 51);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_color),
        cmocka_unit_test(test_bidi),
        cmocka_unit_test(test_lightness_rises),
        cmocka_unit_test(test_known_colors),
    };
    return cmocka_run_group_tests_name("render: environment", tests, open_both, NULL);
}
