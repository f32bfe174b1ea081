/* Heat maps: each kind of cell to the letter, blocks of columns, pooling, panels, signs,
 * colours. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "render/term.h"

static const char *source[] = {"▁علی", "▁به", "</s>"};
static const float pattern[9] = {0.9f, 0.1f, 0, 0.25f, 0.5f, 0.25f, 0.3f, 0, 0.7f};

/* A result of one map; the numbers are borrowed. */
static struct heat *one(struct result *r, const float *v, int64_t rows, int64_t cols)
{
    result_init(r);
    struct heat *h = out_heat(r, 1);
    h->panels[0].t = tensor_borrow(DT_F32, 2, (int64_t[]){rows, cols}, v);
    return h;
}

static struct heat *labelled(struct result *r)
{
    struct heat *h = one(r, pattern, 3, 3);
    h->title = "pattern [3,3]";
    h->row_name = "query";
    h->col_name = "key";
    h->row_labels = h->col_labels = source;
    h->col_rtl = true;
    h->panels[0].side = "1.90 bits";
    return h;
}

static void drawn_is(const struct result *r, const struct style *st, const char *expect)
{
    struct str s = STR_INIT;
    term_result(&s, r, st);
    assert_string_equal(s.s, expect);
    str_release(&s);
}

static char *drawn(const struct result *r, const struct style *st)
{
    struct str s = STR_INIT;
    term_result(&s, r, st);
    return str_detach(&s);
}

static int count(const char *s, const char *what)
{
    int n = 0;
    for (const char *p = s; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void test_marks(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    labelled(&r);
    style_init(&st);
    st.tty = true;
    st.bidi = BIDI_TERMINAL;
    st.cells = CELLS_ASCII;
    drawn_is(&r, &st,
             "pattern [3,3]  rows: query, columns: key   1.90 bits\n"
             "          0    1    2\n"
             "   0     @@   ..       \u200E▁علی\u200E\n"
             "   1     ::   ++   ::  \u200E▁به\u200E\n"
             "   2     --        ##  </s>\n"
             "      .1.. .2:: .3-- .4== .5++ .6** .7## .8%% .9@@   scale 0-1\n");
    st.cells = CELLS_AUTO;
    st.bidi = BIDI_VISUAL;
    drawn_is(&r, &st,
             "pattern [3,3]  rows: query, columns: key   1.90 bits\n"
             "          0    1    2\n"
             "   0     ██            ﯽﻠﻋ▁\n"
             "   1     ░░   ▒▒   ░░  ﻪﺑ▁\n"
             "   2     ░░        ▓▓  </s>\n"
             "      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1\n");
    st.tty = false;
    st.axis_rtl = true;
    st.unicode = false;
    drawn_is(&r, &st,
             "pattern [3,3]  rows: query, columns: key   1.90 bits\n"
             "          2    1    0\n"
             "   0          ..   @@  ▁علی\n"
             "   1     ::   ++   ::  ▁به\n"
             "   2     ##        --  </s>\n"
             "      .1.. .2:: .3-- .4== .5++ .6** .7## .8%% .9@@   scale 0-1\n"
             "      columns run from right to left\n");
    result_release(&r);
}

static void test_numbers(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    struct heat *h = labelled(&r);
    static const char *target[] = {"▁Ali", "▁goes", "."},
                      *notes[] = {"0  0.90", "1  0.50", "2  0.70"};
    h->numbers = true;
    h->title = NULL;
    h->row_labels = target;
    h->row_notes = notes;
    h->note_head = "most";
    style_init(&st);
    drawn_is(&r, &st,
             "rows: query, columns: key   1.90 bits\n"
             "           0     1     2   most\n"
             "   0    0.90  0.10  0.00   0  0.90  ▁Ali\n"
             "   1    0.25  0.50  0.25   1  0.50  ▁goes\n"
             "   2    0.30  0.00  0.70   2  0.70  .\n"
             "      scale 0-1\n"
             "      columns:\n"
             "         0  ▁علی\n"
             "         1  ▁به\n"
             "         2  </s>\n");
    h->col_labels = target; /* the same words: the rows have said them */
    h->row_notes = NULL;
    h->row0 = 98;
    st.persian_digits = true;
    st.color = COLOR_24BIT;
    char *s = drawn(&r, &st);
    assert_null(strstr(s, "columns:\n"));
    assert_non_null(strstr(s, "\033[38;2;0;0;0m"));       /* black on the bright */
    assert_non_null(strstr(s, "\033[38;2;255;255;255m")); /* white on the dark */
    assert_non_null(strstr(s, "۰.۹۰"));
    assert_non_null(strstr(s, "  ۹۸\033[0m"));
    assert_non_null(strstr(s, " ۱۰۰\033[0m"));
    free(s);
    result_release(&r);
}

static void test_signs(void **state)
{
    (void)state;
    static const float v[6] = {2, -INFINITY, NAN, -2, 4, INFINITY};
    struct result r;
    struct style st;
    struct heat *h = one(&r, v, 2, 3);
    h->scale = "max";
    style_init(&st);
    drawn_is(&r, &st,
             "          0    1    2\n"
             "   0     ▓▓   ··   ??\n"
             "   1          ██   ^^\n"
             "      -2 [ ░▒▓█] 4   scale max   ·· masked   ?? NaN   ^^ +inf\n");
    st.unicode = false;
    st.cells = CELLS_HALF;
    drawn_is(&r, &st,
             "      0\n"
             "   0  *x?\n"
             "   1   @^\n"
             "      -2 [ .:-=+*#%@] 4   scale max   x masked   ? NaN   ^ +inf\n");
    st.cells = CELLS_NUMBER;
    drawn_is(&r, &st,
             "            0      1      2\n"
             "   0     2.00   -inf    nan\n"
             "   1    -2.00   4.00    inf\n"
             "      scale max\n");
    st.cells = CELLS_AUTO;
    st.unicode = true;
    st.color = COLOR_24BIT;
    drawn_is(&r, &st,
             "      \033[2m 0 1 2\033[0m\n"
             "\033[2m   0\033[0m  \033[48;2;55;183;120m  \033[0m··\033[38;2;255;0;0m??\033[0m\n"
             "\033[2m   1\033[0m  \033[48;2;68;1;84m  \033[48;2;253;231;37m  ^^\033[0m\n"
             "      -2 "
             "\033[48;2;68;1;84m \033[48;2;72;25;107m \033[48;2;70;48;124m \033[48;2;65;68;135m "
             "\033[48;2;57;87;140m \033[48;2;49;104;141m \033[48;2;42;120;142m "
             "\033[48;2;36;136;141m \033[48;2;32;152;138m \033[48;2;36;168;131m "
             "\033[48;2;55;183;120m \033[48;2;85;198;104m \033[48;2;123;209;81m "
             "\033[48;2;166;219;53m \033[48;2;210;226;28m \033[48;2;253;231;37m \033[0m"
             " 4   scale max   ·· masked   ?? NaN   ^^ +inf\033[0m\n");
    result_release(&r);
}

static void test_half_blocks(void **state)
{
    (void)state;
    static const float v[6] = {0, 1, -INFINITY, 1, 1, 0};
    struct result r;
    struct style st;
    one(&r, v, 3, 2);
    style_init(&st);
    st.color = COLOR_256;
    st.cells = CELLS_HALF;
    char *s = drawn(&r, &st);
    /* over: 0 above a masked one, 1 above 1; then a last row of its own */
    assert_non_null(strstr(s, "  \033[38;5;17m▀\033[38;5;220m\033[48;5;220m▀\033[0m\n"));
    assert_non_null(strstr(s, "  \033[38;5;220m▀\033[38;5;17m▀\033[0m\n"));
    assert_non_null(strstr(s, "blank masked   two rows a line"));
    free(s);
    result_release(&r);
}

static void test_scales(void **state)
{
    (void)state;
    static const float v[4] = {0.001f, 0.0001f, 0, 1};
    struct result r;
    struct style st;
    struct heat *h = one(&r, v, 2, 2);
    style_init(&st);
    st.cells = CELLS_ASCII;
    h->scale = "row";
    drawn_is(&r, &st,
             "          0    1\n"
             "   0     @@   ..\n"
             "   1          @@\n"
             "      [ .:-=+*#%@]   scale row: each row from 0 to its own largest\n");
    h->scale = "log";
    drawn_is(&r, &st,
             "          0    1\n"
             "   0     ::\n"
             "   1          @@\n"
             "      0.0001 [ .:-=+*#%@] 1   scale log\n");
    h->lo = -1;
    h->hi = 1;
    h->scale = NULL;
    drawn_is(&r, &st,
             "          0    1\n"
             "   0     ++   ++\n"
             "   1     ++   @@\n"
             "      -1 [ .:-=+*#%@] 1   scale -1 to 1\n");
    result_release(&r);
}

/* Too wide: blocks of columns that say which, no line past the edge, every column once. */
static void test_blocks(void **state)
{
    (void)state;
    static float v[48 * 40];
    struct result r;
    struct style st;
    struct heat *h = one(&r, v, 40, 40);
    for (int i = 0; i < 40 * 40; i++)
        v[i] = (float)(i % 41 == 0);
    h->row_labels = NULL;
    style_init(&st);
    st.width = 60;
    st.cells = CELLS_NUMBER;
    char *s = drawn(&r, &st);
    assert_int_equal(count(s, "columns "), 5);
    assert_non_null(strstr(s, "      columns 9-17 of 40\n           9    10    11"));
    assert_int_equal(count(s, "1.00"), 40);
    for (char *p = s; *p; p += strcspn(p, "\n") + 1)
        assert_true(utf8_width(p, strcspn(p, "\n")) <= 60);
    free(s);
    st.cells = CELLS_BLOCK;
    st.color = COLOR_24BIT;
    s = drawn(&r, &st);
    assert_non_null(strstr(s, "columns 0-19 of 40"));
    assert_non_null(strstr(s, "columns 20-39 of 40"));
    assert_int_equal(count(s, "253;231;37m  "), 40);
    free(s);
    result_release(&r);
}

static void test_pooling(void **state)
{
    (void)state;
    static float v[100 * 161];
    struct result r;
    struct style st;
    one(&r, v, 100, 161);
    memset(v, 0, sizeof v);
    v[99 * 161 + 160] = 1; /* the very last: no pooled cell may lose it */
    v[1] = 1;
    style_init(&st);
    st.width = 100;
    char *s = drawn(&r, &st);
    assert_non_null(strstr(s, "2x3 max-pooled from 100x161"));
    assert_int_equal(count(s, "█"), 2 + 1); /* and the legend's */
    assert_non_null(strstr(s, "\n   0  █\n"));
    assert_non_null(strstr(s, "\n  98 "));
    free(s);
    v[5] = NAN;
    s = drawn(&r, &st);
    assert_non_null(strstr(s, "\n   0  █?\n"));
    free(s);
    result_release(&r);
}

static void test_panels(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    result_init(&r);
    struct heat *h = out_heat(&r, 3);
    static const char *const titles[] = {"h0", "h1  1.90 bits", "h2"};
    h->title = "layer 2";
    h->row_labels = h->col_labels = source;
    for (int i = 0; i < 3; i++) {
        h->panels[i].title = titles[i];
        h->panels[i].t = tensor_borrow(DT_F32, 2, (int64_t[]){3, 3}, pattern);
    }
    style_init(&st);
    st.width = 48;
    st.cells = CELLS_ASCII;
    drawn_is(&r, &st,
             "layer 2\n"
             "      h0       h1  1.90 bits   h2\n"
             "       0 1 2    0 1 2           0 1 2\n"
             "   0  @@..     @@..            @@..    ▁علی\n"
             "   1  ::++::   ::++::          ::++::  ▁به\n"
             "   2  --  ##   --  ##          --  ##  </s>\n"
             "      .1.. .2:: .3-- .4== .5++ .6** .7## .8%%\n"
             "      .9@@   scale 0-1\n");
    st.width = 40; /* two fit, the third begins a new row */
    char *s = drawn(&r, &st);
    assert_int_equal(count(s, "0 1 2"), 3);
    assert_int_equal(count(s, "▁علی\n"), 2);
    assert_non_null(strstr(s, "</s>\n      h2\n"));
    free(s);
    result_release(&r);
}

/* Every line with a code ends in a reset, in every mode, and widths do not depend on colours. */
static void test_resets(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    labelled(&r);
    style_init(&st);
    st.tty = true;
    for (int cells = CELLS_AUTO; cells <= CELLS_NUMBER; cells++)
        for (int bidi = BIDI_OFF; bidi <= BIDI_VISUAL; bidi++)
            for (int color = COLOR_BASIC; color <= COLOR_24BIT; color++) {
                st.cells = (enum cells_mode)cells;
                st.bidi = (enum bidi_mode)bidi;
                st.color = (enum color_depth)color;
                char *s = drawn(&r, &st);
                int codes = 0;
                for (char *p = s; *p; p += strlen(p) + 1) {
                    size_t n = strcspn(p, "\n");
                    assert_int_equal(p[n], '\n');
                    p[n] = '\0';
                    char *last = strrchr(p, '\033');
                    codes += last != NULL;
                    if (last)
                        assert_true(str_starts(last, "\033[0m"));
                }
                assert_true(codes >= 3); /* title, header, an index */
                free(s);
            }
    result_release(&r);
}

/* Nothing wraps: no line is wider than the screen, with the longest labels too. */
static void test_fits_the_screen(void **state)
{
    (void)state;
    static const char *labels[] = {
        "日本 می\u200Cرود 👨‍👩‍👧 and much more text than fits anywhere at all",
        "", "x"};
    static const char *notes[] = {"0  0.90", "1  0.50", "2  0.70"};
    for (int width = 20; width < 100; width += 3)
        for (int k = 0; k < 3 * 2 * 3 * 6; k++) {
            struct result r;
            struct style st;
            int n = k % 3 + 1;
            result_init(&r);
            struct heat *h = out_heat(&r, n);
            h->title = "a title that says more than a narrow screen can hold on one line";
            h->row_labels = labels;
            h->col_labels = source;
            h->row_notes = k / 3 % 2 ? notes : NULL;
            for (int i = 0; i < n; i++) {
                h->panels[i].title = labels[0];
                h->panels[i].t = tensor_borrow(DT_F32, 2, (int64_t[]){3, 3}, pattern);
            }
            style_init(&st);
            st.width = width;
            st.tty = true;
            st.bidi = (enum bidi_mode)(k / 6 % 3);
            st.cells = (enum cells_mode)(k / 18);
            char *s = drawn(&r, &st);
            for (char *p = s; *p; p += strcspn(p, "\n") + 1)
                if (utf8_width(p, strcspn(p, "\n")) > width)
                    fail_msg("width %d, case %d:\n%s", width, k, s);
            free(s);
            result_release(&r);
        }
}

static void test_odd_shapes(void **state)
{
    (void)state;
    static const float v[8] = {0, 1, 0, 1, 0, 1, 0, 1};
    struct result r;
    struct style st;
    struct heat *h = one(&r, v, 2, 4);
    style_init(&st);
    h->panels[0].t = tensor_borrow(DT_F32, 1, (int64_t[]){4}, v);
    drawn_is(&r, &st,
             "          0    1    2    3\n   0          ██        ██\n"
             "      .2░░ .4▒▒ .6▓▓ .8██   scale 0-1\n");
    h->panels[0].t = tensor_borrow(DT_F32, 3, (int64_t[]){2, 2, 2}, v);
    drawn_is(&r, &st, "a heat map needs values with two axes\n");
    for (int mode = MODE_BOX; mode <= MODE_TSV; mode++)
        for (int cells = CELLS_AUTO; cells <= CELLS_NUMBER; cells++)
            for (int64_t rows = 0; rows < 3; rows++)
                for (int64_t cols = 0; cols < 4; cols++) {
                    st.cells = (enum cells_mode)cells;
                    st.mode = (enum table_mode)mode;
                    h->panels[0].t = tensor_borrow(DT_F32, 2, (int64_t[]){rows, cols}, v);
                    char *s = drawn(&r, &st);
                    assert_true(str_ends(s, "\n"));
                    free(s);
                }
    st.mode = MODE_CSV;
    h->panels[0].t = tensor_borrow(DT_F32, 2, (int64_t[]){2, 2}, v);
    h->row_labels = source;
    drawn_is(&r, &st, "row,0,1,label\n0,0,1,▁علی\n1,0,1,▁به\n");
    result_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),           cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_signs),           cmocka_unit_test(test_half_blocks),
        cmocka_unit_test(test_scales),          cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_pooling),         cmocka_unit_test(test_panels),
        cmocka_unit_test(test_resets),          cmocka_unit_test(test_odd_shapes),
        cmocka_unit_test(test_fits_the_screen),
    };
    return cmocka_run_group_tests_name("render: heat maps", tests, NULL, NULL);
}
