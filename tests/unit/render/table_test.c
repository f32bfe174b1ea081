/* Tables and bars: every mode to the letter, frames that close whatever the text, narrow
 * screens. */
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

static const char *const hostile[] = {
    "▁علی",          "می\u200Cرود", "日本",     "e\u0301a", "👨‍👩‍👧",
    "x\033]0;own\a", "a|b,c\"d",    "\xFF\xC2", "",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static struct table *hostile_table(struct result *r)
{
    struct table *t = out_table(r, "# piece* id> p> |");
    for (int i = 0; i < HOSTILE; i++) {
        struct cell *c = table_row(r, t);
        c[0] = cell_int(i);
        c[1] = cell_str(r, hostile[i]);
        c[2] = cell_int(1000 * i);
        c[3] = cell_num(1.0 / (i + 1), "%.3f");
        c[4] = cell_bar(1.0 / (i + 1));
    }
    return t;
}

static struct table *small_table(struct result *r)
{
    struct table *t = out_table(r, "#> id> piece* p> |");
    static const char *const pieces[] = {"▁علی", "▁به", "</s>"};
    for (int i = 0; i < 3; i++) {
        struct cell *c = table_row(r, t);
        c[0] = cell_int(i);
        c[1] = cell_int(1874 >> 3 * i);
        c[2] = cell_str(r, pieces[i]);
        c[3] = cell_num(0.71 / (i + 1), i ? "%.3f" : NULL);
        c[4] = cell_bar(0.75 / (i + 1));
    }
    return t;
}

static void drawn_is(const struct result *r, const struct style *st, const char *expect)
{
    struct str s = STR_INIT;
    term_result(&s, r, st);
    assert_string_equal(s.s, expect);
    str_release(&s);
}

static void test_modes(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    style_init(&st);
    result_init(&r);
    small_table(&r)->title = "tokens";
    drawn_is(&r, &st,
             "tokens\n"
             " #    id      p                        piece\n"
             " 0  1874   0.71  ███████████████       ▁علی\n"
             " 1   234  0.355  ███████▌              ▁به\n"
             " 2    29  0.237  █████                 </s>\n");
    st.unicode = false;
    st.tty = true;
    st.bidi = BIDI_TERMINAL;
    st.mode = MODE_BOX;
    drawn_is(&r, &st,
             "tokens\n"
             "+---+------+-------+----------------------+-------+\n"
             "| # |   id |     p |                      | piece |\n"
             "+---+------+-------+----------------------+-------+\n"
             "| 0 | 1874 |  0.71 | ###############      | \u200E▁علی\u200E  |\n"
             "| 1 |  234 | 0.355 | ########             | \u200E▁به\u200E   |\n"
             "| 2 |   29 | 0.237 | #####                | </s>  |\n"
             "+---+------+-------+----------------------+-------+\n");
    st.unicode = true;
    st.bidi = BIDI_VISUAL;
    st.shaping = false;
    st.persian_digits = true;
    drawn_is(&r, &st,
             "tokens\n"
             "┌───┬──────┬───────┬──────────────────────┬───────┐\n"
             "│ # │   id │     p │                      │ piece │\n"
             "├───┼──────┼───────┼──────────────────────┼───────┤\n"
             "│ ۰ │ ۱۸۷۴ │  ۰.۷۱ │ ███████████████      │ یلع▁  │\n"
             "│ ۱ │  ۲۳۴ │ ۰.۳۵۵ │ ███████▌             │ هب▁   │\n"
             "│ ۲ │   ۲۹ │ ۰.۲۳۷ │ █████                │ </s>  │\n"
             "└───┴──────┴───────┴──────────────────────┴───────┘\n");
    st.mode = MODE_CSV; /* for programs: logical order, Latin digits, full precision, no bars */
    drawn_is(&r, &st, "#,id,piece,p\n0,1874,▁علی,0.71\n1,234,▁به,0.355\n2,29,</s>,0.236666667\n");
    st.mode = MODE_TSV;
    drawn_is(
        &r, &st,
        "#\tid\tpiece\tp\n0\t1874\t▁علی\t0.71\n1\t234\t▁به\t0.355\n2\t29\t</s>\t0.236666667\n");
    st.mode = MODE_MD;
    st.persian_digits = false;
    drawn_is(&r, &st,
             "tokens\n\n"
             "| # |   id | piece |     p |                      |\n"
             "|--:|-----:|:------|------:|:---------------------|\n"
             "| 0 | 1874 | ▁علی  |  0.71 | ███████████████      |\n"
             "| 1 |  234 | ▁به   | 0.355 | ███████▌             |\n"
             "| 2 |   29 | \\</s> | 0.237 | █████                |\n");
    result_release(&r);
}

/* Every line of a box has the same width, in every mode and at every width of the screen. */
static void test_frames_close(void **state)
{
    (void)state;
    struct result r;
    result_init(&r);
    hostile_table(&r);
    for (int width = 20; width < 90; width++)
        for (int k = 0; k < 6; k++) {
            struct style st;
            struct str s = STR_INIT;
            style_init(&st);
            st.tty = true;
            st.mode = MODE_BOX;
            st.width = width;
            st.bidi = (enum bidi_mode)(k % 3);
            st.unicode = k < 3;
            term_result(&s, &r, &st);
            int cells = utf8_width(s.s, strcspn(s.s, "\n")), rows = 0;
            assert_true(cells <= width);
            for (char *p = s.s; *p; p += strcspn(p, "\n") + 1, rows++) {
                if (rows == HOSTILE + 4) /* what is said under the box */
                    break;
                assert_int_equal(utf8_width(p, strcspn(p, "\n")), cells);
            }
            assert_int_equal(rows, HOSTILE + 4);
            assert_null(strchr(s.s, '\033'));
            str_release(&s);
        }
    result_release(&r);
}

static void test_long_text_is_cut(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    struct str label = STR_INIT, s = STR_INIT;
    style_init(&st);
    st.width = 40;
    result_init(&r);
    str_repeat(&label, "س", 10000);
    struct table *t = out_table(&r, "#> piece* note");
    struct cell *c = table_row(&r, t);
    c[0] = cell_int(7);
    c[1] = cell_str(&r, label.s);
    c[2] = cell_str(&r, "short");
    term_result(&s, &r, &st);
    char *row = strchr(s.s, '\n') + 1;
    assert_int_equal(utf8_width(row, strcspn(row, "\n")), 40);
    assert_true(str_starts(row, " 7  short  سسس")); /* the foreign column went last and shrank */
    assert_true(str_ends(s.s, "س…\n"));
    str_clear(&s);
    st.width = 0; /* no limit: a file gets all of it */
    term_result(&s, &r, &st);
    assert_non_null(strstr(s.s, label.s));
    str_release(&s);
    str_release(&label);
    result_release(&r);
}

static void test_too_narrow(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    style_init(&st);
    st.width = 20;
    result_init(&r);
    struct table *t = out_table(&r, "#> alpha> beta> gamma> piece*");
    struct cell *c = table_row(&r, t);
    c[0] = cell_int(1);
    for (int i = 1; i < 4; i++)
        c[i] = cell_int(1000000 + i);
    c[4] = cell_str(&r, "a piece");
    drawn_is(&r, &st, " #    alpha  piece\n 1  1000001  a piece\ntoo narrow for: beta, gamma\n");
    result_release(&r);
}

/* 1 + 11 + 2 + 10 + 2 + 5 = 31 cells are wanted: the text gives way alone, and where its three cells
 * are still too many (23) a column goes, but no figure of a number. */
static void test_numbers_stay_whole(void **state)
{
    (void)state;
    struct result r;
    result_init(&r);
    struct table *t = out_table(&r, "about parameters> ops>");
    struct cell *c = table_row(&r, t);
    c[0] = cell_str(&r, "a long text");
    c[1] = cell_str(&r, "25,231,360");
    c[2] = cell_str(&r, "1,024");
    struct style st;
    style_init(&st);
    st.width = 24;
    drawn_is(&r, &st, " abo…  parameters    ops\n a l…  25,231,360  1,024\n");
    st.width = 19;
    drawn_is(&r, &st, " about   parameters\n a lon…  25,231,360\ntoo narrow for: ops\n");
    result_release(&r);
}

static void test_rows_are_counted(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    style_init(&st);
    st.rows = 2;
    result_init(&r);
    struct table *t = out_table(&r, "n>");
    for (int i = 0; i < 40; i++)
        table_row(&r, t)[0] = cell_int(i);
    t->footer = "of the vocabulary";
    drawn_is(&r, &st, " n\n 0\n 1\n40 rows (2 shown)\nof the vocabulary\n");
    st.mode = MODE_CSV;
    struct str s = STR_INIT;
    term_result(&s, &r, &st);
    assert_true(str_ends(s.s, "\n38\n39\n")); /* programs get every row */
    str_release(&s);
    result_release(&r);
}

static void test_csv_quotes(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    style_init(&st);
    st.mode = MODE_CSV;
    result_init(&r);
    out_line(&r, TONE_PLAIN, "words are not data");
    struct table *t = out_table(&r, "a b");
    static const char *const texts[] = {"x,y", "say \"hi\"", " lead", "two\nlines", "", "plain"};
    for (int i = 0; i < 6; i += 2) {
        struct cell *c = table_row(&r, t);
        c[0] = cell_str(&r, texts[i]);
        c[1] = cell_str(&r, texts[i + 1]);
    }
    drawn_is(&r, &st, "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\" lead\",two‹LF›lines\n,plain\n");
    result_release(&r);
}

/* Colours open and close on their own line, and say nothing that the words do not. */
static void test_colours(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    style_init(&st);
    result_init(&r);
    struct table *t = out_table(&r, "site shape");
    struct cell *c = table_row(&r, t);
    c[0] = cell_str(&r, "enc.out");
    c[0].tone = TONE_SITE;
    c[1] = cell_str(&r, "[6,512]");
    c[1].tone = TONE_NUMBER;
    t->footer = "1 site";
    st.color = COLOR_256;
    drawn_is(&r, &st,
             " \033[1msite\033[0m     \033[1mshape\033[0m\n"
             " \033[36menc.out\033[0m  \033[33m[6,512]\033[0m\n"
             "\033[2m1 site\033[0m\n");
    t->cols[1].head = ""; /* padding after the last code */
    drawn_is(&r, &st,
             " \033[1msite\033[0m\n"
             " \033[36menc.out\033[0m  \033[33m[6,512]\033[0m\n"
             "\033[2m1 site\033[0m\n");
    result_release(&r);
}

static void test_bars(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    static const char *labels[] = {"▁علی", "▁به", "?", "neg"};
    static const double values[] = {0.72, 0.09, NAN, -0.36};
    style_init(&st);
    result_init(&r);
    struct bars *b = out_bars(&r, 4);
    memcpy(b->labels, labels, sizeof labels);
    memcpy(b->values, values, sizeof values);
    b->title = "row 0";
    drawn_is(&r, &st,
             "row 0\n"
             " 0   0.720  ████████████████████  ▁علی\n"
             " 1   0.090  ██▌                   ▁به\n"
             " 2     nan                        ?\n"
             " 3  -0.360  ░░░░░░░░░░            neg\n");
    st.unicode = false;
    st.mode = MODE_BOX; /* bars have no frame */
    b->max = 1;
    b->unit = "bits";
    b->n = 2;
    drawn_is(&r, &st,
             "row 0\n"
             " 0  0.720  bits  ##############        ▁علی\n"
             " 1  0.090  bits  ##                    ▁به\n");
    st.mode = MODE_CSV;
    drawn_is(&r, &st, "#,value,unit,label\n0,0.72,bits,▁علی\n1,0.09,bits,▁به\n");
    result_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_modes),
        cmocka_unit_test(test_frames_close),
        cmocka_unit_test(test_too_narrow),
        cmocka_unit_test(test_numbers_stay_whole),
        cmocka_unit_test(test_long_text_is_cut),
        cmocka_unit_test(test_csv_quotes),
        cmocka_unit_test(test_rows_are_counted),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_bars),
    };
    return cmocka_run_group_tests_name("render: tables", tests, NULL, NULL);
}
