/* Outside text on terminals: stand-ins, guards, reordering and shaping, cutting, widths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fribidi.h>

#include "base/utf8.h"
#include "render/term.h"

#define LRM "\u200E"

static struct style on_tty(enum bidi_mode bidi)
{
    struct style st;
    style_init(&st);
    st.tty = true;
    st.bidi = bidi;
    return st;
}

static void text_is(const char *in, const struct style *st, const char *expect)
{
    struct str s = STR_INIT;
    term_text(&s, in, strlen(in), st);
    assert_string_equal(s.s, expect);
    assert_int_equal(term_text_width(in, strlen(in), st), utf8_width(expect, strlen(expect)));
    str_release(&s);
}

static void fit_is(const char *in, int cells, const struct style *st, const char *expect)
{
    struct str s = STR_INIT;
    term_text_fit(&s, in, strlen(in), cells, st);
    assert_string_equal(s.s, expect);
    assert_true(utf8_width(s.s, s.len) <= cells);
    str_release(&s);
}

static void test_stand_ins(void **state)
{
    (void)state;
    struct style st = on_tty(BIDI_OFF);
    text_is("a\033[31mb", &st, "a‹ESC›[31mb");
    text_is("\xC2\x9B"
            "2J",
            &st, "‹U+009B›2J");
    text_is("x\u202Ey\u2066z", &st, "x‹U+202E›y‹U+2066›z");
    text_is("\xE2\x80", &st, "<0xE2><0x80>");
    text_is("line\nnext\ttab", &st, "line‹LF›next‹TAB›tab");
    /* A joiner at its work stays; one at the end of a piece, or between Latin letters, is told. */
    text_is("می\u200Cرود", &st, "می\u200Cرود");
    text_is("▁می\u200C", &st, "▁می‹ZWNJ›");
    text_is("\u200Cرود", &st, "‹ZWNJ›رود");
    text_is("a\u200Cb", &st, "a‹ZWNJ›b");
    text_is("👨‍👩‍👧", &st, "👨‍👩‍👧");
    text_is("日本 e\u0301 é", &st, "日本 e\u0301 é");
}

static void test_guards(void **state)
{
    (void)state;
    struct style st = on_tty(BIDI_TERMINAL);
    text_is("علی", &st, LRM "علی" LRM);
    text_is("  ▁به ", &st, "  " LRM "▁به" LRM " ");
    text_is("٣ ٤", &st, LRM "٣ ٤" LRM); /* Arabic-Indic digits move too */
    text_is("Ali", &st, "Ali");
    text_is("", &st, "");
    st.tty = false; /* files and pipes get what is in memory */
    text_is("علی", &st, "علی");
    st = on_tty(BIDI_OFF);
    text_is("علی", &st, "علی");
}

static void test_visual(void **state)
{
    (void)state;
    struct style st = on_tty(BIDI_VISUAL);
    st.shaping = false;
    text_is("علی", &st, "یلع");
    text_is("(علی)", &st, "(یلع)"); /* brackets mirror */
    text_is("علی 12", &st, "12 یلع");
    text_is("  علی ", &st, "  یلع ");
    text_is("با e\u0301 و", &st, "و e\u0301 اب"); /* marks stay on their letters */
    text_is("به 👨‍👩‍👧", &st, "👨‍👩‍👧 هب");
    st.shaping = true;
    text_is("علی", &st, "ﯽﻠﻋ");
    /* The final form before ZWNJ, which has then done its work; no lam-alef ligature. */
    text_is("می\u200Cرود", &st, "ﺩﻭﺭﯽﻣ");
    text_is("سلام", &st, "ﻡﺎﻠﺳ");
    text_is("می\u200C", &st, "‹ZWNJ›ﯽﻣ");
    st.tty = false;
    text_is("می\u200Cرود", &st, "می\u200Cرود");
}

static void test_fit(void **state)
{
    (void)state;
    struct style st = on_tty(BIDI_OFF);
    fit_is("school", 6, &st, "school");
    fit_is("school", 5, &st, "scho…");
    fit_is("school", 1, &st, "…");
    fit_is("school", 0, &st, "");
    fit_is("日本語", 6, &st, "日本語");
    fit_is("日本語", 5, &st, "日本…");
    fit_is("日本語", 4, &st, "日…"); /* half a character is no character */
    fit_is("👨‍👩‍👧👨‍👩‍👧", 3, &st, "👨‍👩‍👧…");
    fit_is("e\u0301e\u0301e\u0301", 2, &st, "e\u0301…");
    fit_is("می\u200Cرود", 3, &st, "می\u200C…");
    st.unicode = false;
    fit_is("school", 5, &st, "scho~");
    st = on_tty(BIDI_TERMINAL);
    fit_is("مدرسه", 4, &st, LRM "مدر…" LRM);
    st = on_tty(BIDI_VISUAL);
    st.shaping = false;
    fit_is("مدرسه", 4, &st, "…ردم");
}

static void test_long_label(void **state)
{
    (void)state;
    struct style st = on_tty(BIDI_VISUAL);
    struct str in = STR_INIT, out = STR_INIT;
    str_repeat(&in, "ع", 10000);
    term_text_fit(&out, in.s, in.len, 20, &st);
    assert_int_equal(utf8_width(out.s, out.len), 20);
    str_clear(&out);
    term_text(&out, in.s, in.len, &st);
    assert_int_equal(utf8_width(out.s, out.len), 10000);
    str_release(&in);
    str_release(&out);
}

/* What a terminal that follows UAX 9 shows of a line: the paragraph runs from left to right. */
static char *displayed(const char *line)
{
    static char shown[4096];
    static FriBidiChar text[1024];
    static FriBidiCharType types[1024];
    static FriBidiBracketType brackets[1024];
    static FriBidiLevel levels[1024];
    FriBidiParType dir = FRIBIDI_PAR_LTR;
    FriBidiStrIndex n = fribidi_charset_to_unicode(FRIBIDI_CHAR_SET_UTF8, line,
                                                   (FriBidiStrIndex)strlen(line), text);
    fribidi_get_bidi_types(text, n, types);
    fribidi_get_bracket_types(text, n, types, brackets);
    assert_true(fribidi_get_par_embedding_levels_ex(types, brackets, n, &dir, levels) > 0);
    assert_true(fribidi_reorder_line(0, types, n, 0, dir, levels, text, NULL) > 0);
    fribidi_unicode_to_charset(FRIBIDI_CHAR_SET_UTF8, text, n, shown);
    return shown;
}

static void in_order(const char *shown, const char *const *parts)
{
    const char *at = shown;
    for (; *parts; parts++) {
        const char *found = strstr(at, *parts);
        if (!found)
            fail_msg("%s is not where it belongs in %s", *parts, shown);
        at = found + strlen(*parts);
    }
}

/* 0 | علی | 0.50 | به: without guards the terminal shows the numbers in other columns. */
static void test_columns_keep_their_order(void **state)
{
    (void)state;
    static const char *const right[] = {"0", "یلع", "0.50", "هب", NULL};
    assert_non_null(strstr(displayed("0 | علی | 0.50 | به"), "هب | 0.50 | یلع"));
    struct result r;
    result_init(&r);
    struct table *t = out_table(&r, "#> piece p> next");
    struct cell *c = table_row(&r, t);
    c[0] = cell_int(0);
    c[1] = cell_str(&r, "علی");
    c[2] = cell_num(0.5, "%.2f");
    c[3] = cell_str(&r, "به");
    static const enum table_mode modes[] = {MODE_PLAIN, MODE_BOX};
    for (int m = 0; m < 2; m++)
        for (int ascii = 0; ascii < 2; ascii++) {
            struct style st = on_tty(BIDI_TERMINAL);
            struct str out = STR_INIT;
            st.mode = modes[m];
            st.unicode = !ascii;
            term_result(&out, &r, &st);
            char *row = strstr(out.s, "علی");
            while (row > out.s && row[-1] != '\n')
                row--;
            row[strcspn(row, "\n")] = '\0';
            in_order(displayed(row), right);
            str_release(&out);
        }
    result_release(&r);
}

static void test_lines(void **state)
{
    (void)state;
    struct style st = on_tty(BIDI_TERMINAL);
    struct str out = STR_INIT;
    struct result r;
    result_init(&r);
    out_begin(&r);
    out_span(&r, TONE_PLAIN, "0.61  ");
    out_span(&r, TONE_SITE, "%s", "علی\033[2J");
    out_line(&r, TONE_BAD, "plain");
    out_text(&r, "two\nlines\tand \033a tab");
    term_result(&out, &r, &st);
    assert_string_equal(out.s, "0.61  " LRM "علی‹ESC›[2J" LRM "\nplain\ntwo\n"
                               "lines   and ‹ESC›a tab\n");
    str_clear(&out);
    st.color = COLOR_BASIC;
    st.bidi = BIDI_OFF;
    term_result(&out, &r, &st);
    assert_string_equal(out.s, "0.61  \033[36mعلی‹ESC›[2J\033[0m\n\033[31mplain\033[0m\ntwo\n"
                               "lines   and ‹ESC›a tab\n");
    str_release(&out);
    result_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stand_ins),  cmocka_unit_test(test_guards),
        cmocka_unit_test(test_visual),     cmocka_unit_test(test_fit),
        cmocka_unit_test(test_long_label), cmocka_unit_test(test_columns_keep_their_order),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests_name("render: text", tests, NULL, NULL);
}
