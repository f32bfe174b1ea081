/* Running text on terminals: wrapping, direction, code in it; and paths into data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"
#include "render/term.h"

static void drawn(const char *text, int indent, const struct style *st, const char *want)
{
    struct view v = {.kind = VIEW_PARAGRAPH, .u.paragraph = {TONE_PLAIN, indent, text}};
    struct str got = STR_INIT;
    term_view(&got, &v, st);
    assert_string_equal(got.s, want);
    str_release(&got);
}

static void test_paragraph__pipe(void **state)
{
    (void)state;
    struct style st;
    style_init(&st);
    drawn("the shape is `[2, 3]`.", 0, &st, "the shape is [2, 3].\n");
    drawn("شکل `[2, 3]` است.", 2, &st, "  شکل [2, 3] است.\n");
    drawn("", 0, &st, "\n");
    drawn("a \u202E b `c", 0, &st, "a ‹U+202E› b c\n");
    drawn("\xE2\x81\xA6x", 0, &st, "‹U+2066›x\n"); /* only our own marks count */
}

static void test_paragraph__wraps(void **state)
{
    (void)state;
    struct style st;
    style_init(&st);
    st.tty = true;
    st.bidi = BIDI_OFF;
    st.width = 20;
    drawn("one two three four five six", 0, &st, "one two three four\nfive six\n");
    drawn("one two three four five six", 4, &st, "    one two three\n    four five six\n");
    drawn("abcdefghijklmnopqrstuvwxyz ab", 0, &st, "abcdefghijklmnopqrstuvwxyz\nab\n");
}

/* The first letter at the right end, code as it is typed, the full stop at the left. */
static void test_paragraph__visual(void **state)
{
    (void)state;
    struct style st;
    style_init(&st);
    st.tty = true;
    st.bidi = BIDI_VISUAL;
    st.shaping = false;
    st.width = 20;
    drawn("اب `[2, 3]` پت.", 0, &st, "       .تپ [2, 3] با\n");
    drawn("a اب b", 0, &st, "a با b\n");
    drawn("BERT یک مدل", 0, &st, "         لدم کی BERT\n");
    drawn("`abcdef` اب", 0, &st, "           با abcdef\n");
    /* Code that is broken stays code on both lines. */
    drawn("اب `aaaa bbbb cccc dddd`", 0, &st, "   aaaa bbbb cccc با\n                dddd\n");
}

static void test_paragraph__terminal(void **state)
{
    (void)state;
    struct style st;
    style_init(&st);
    st.tty = true;
    st.bidi = BIDI_TERMINAL;
    drawn("اب `[2]` پ.", 0, &st, "\u200E\u202Bاب \u202A[2]\u202C پ.\u202C\u200E\n");
    drawn("plain `code`", 0, &st, "plain code\n");
}

static void path_is(struct arena *a, const struct data *d, const char *path, const char *want)
{
    const struct data *found;
    struct err e = ERR_INIT;
    struct str got = STR_INIT;
    if (data_path(a, d, path, &found, &e))
        data_json(&got, found);
    else
        str_addf(&got, "%s", e.msg);
    assert_string_equal(got.s, want);
    str_release(&got);
}

static void test_data_path(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct data *d = data_map(&a), *list = data_add_list(&a, d, "sites");
    for (int i = 0; i < 3; i++) {
        struct data *one = data_add_map(&a, list, NULL);
        data_add_str(&a, one, "site", i == 2 ? "enc.0.self.q" : "enc.pos");
        data_add_int(&a, one, "n", 10 + i);
    }
    float numbers[] = {1, 2, 3, 4, 5, 6};
    struct tensor t = tensor_borrow(DT_F32, 2, (int64_t[]){2, 3}, numbers);
    data_add_tensor(&a, d, "data", &t);
    path_is(&a, d, "sites[1].n", "11");
    path_is(&a, d, "sites[-1].n", "12");
    path_is(&a, d, "sites[site=enc.0.self.q].n", "12");
    path_is(&a, d, "sites[n=11].site", "\"enc.pos\"");
    path_is(&a, d, "sites.length", "3");
    path_is(&a, d, "data[1][0]", "4");
    path_is(&a, d, "data[-1][-1]", "6");
    path_is(&a, d, "data[2][0]", "the index 2 is outside an axis of 2");
    path_is(&a, d, "site", "the data have no 'site'");
    path_is(&a, d, "sites[3]", "the list has 3 entries, there is no [3]");
    path_is(&a, d, "sites[site=x]", "no entry has site=x");
    path_is(&a, d, "sites[", "a ']' is missing in the path");
    path_is(&a, d, "sites[0].n.m", "the data have no 'm'");
    path_is(&a, d, "sites[0].n[0]", "'[0]' needs a list before it");
    data_release(d);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraph__pipe),   cmocka_unit_test(test_paragraph__wraps),
        cmocka_unit_test(test_paragraph__visual), cmocka_unit_test(test_paragraph__terminal),
        cmocka_unit_test(test_data_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
