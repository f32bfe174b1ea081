/* Pages of a session: whatever the texts hold, nothing of them ends the element it stands in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "markup.h"
#include "render/page.h"
#include "render/term.h"

static const char *const hostile[] = {
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "]]>&amp;&lt;",
    "\033[31m\a\x01\x7F",
    "\u202E\u2066abc\u200F",
    "\xFF\xC2\xED\xA0\x80",
    "\uFFFE\uFFFF",
    "می\u200Cرود",
    "",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

/* Cuts out what lies between the first `open` at or after `at` and the `close` after it, both
 * included; *inner is what stood between. */
static char *cut(char *at, const char *open, const char *close, char **inner)
{
    char *from = strstr(at, open);
    assert_non_null(from);
    char *end = strstr(from, close);
    assert_non_null(end);
    size_t skip = strlen(open), n = (size_t)(end - from) - skip;
    *inner = mem_alloc(n + 1);
    memcpy(*inner, from + skip, n);
    (*inner)[n] = 0;
    memmove(from, end + strlen(close), strlen(end + strlen(close)) + 1);
    return from;
}

static void make_page(struct str *out, bool script)
{
    struct result r;
    struct style st;
    style_init(&st);
    result_init(&r);
    struct arena *a = &r.arena;
    struct data *data = data_map(a), *tokens = data_add_list(a, data, "tokens");
    struct table *t = out_table(&r, "#> piece*");
    struct page_branch tree[HOSTILE];
    for (int i = 0; i < HOSTILE; i++) {
        struct cell *c = table_row(&r, t);
        c[0] = cell_int(i);
        c[1] = cell_str(&r, hostile[i]);
        data_add_str(a, tokens, NULL, hostile[i]);
        tree[i] = (struct page_branch){i % 3, hostile[i], hostile[HOSTILE - 1 - i], i == 2};
    }
    struct caption c = {hostile[0], hostile, HOSTILE};
    struct page_section s[HOSTILE + 1] = {{.id = "maps",
                                           .title = "Maps",
                                           .from = r.first,
                                           .maps = true,
                                           .tree = tree,
                                           .ntree = HOSTILE}};
    for (int i = 0; i < HOSTILE; i++)
        s[i + 1] = (struct page_section){
            .id = "steps", .title = "Steps", .from = r.first, .fold = hostile[i], .joins = i > 0};
    page_html(out, &c, s, HOSTILE + 1, script ? data : NULL, &st);
    result_release(&r);
}

static void check_markup(const char *text)
{
    const char *why = "";
    if (!markup_ok(text, strlen(text), true, &why))
        fail_msg("%s", why);
}

/* Without a script the page is strict markup; with one it is, once its two scripts are cut out. */
static void test_hostile(void **state)
{
    (void)state;
    struct str plain = STR_INIT, page = STR_INIT;
    char *data, *code;
    make_page(&plain, false);
    check_markup(plain.s);
    assert_int_equal(markup_count(plain.s, "<script"), 0);
    assert_int_equal(markup_count(plain.s, "<img"), 0);
    make_page(&page, true);
    assert_int_equal(markup_count(page.s, "<script"), 2);
    assert_int_equal(markup_count(page.s, "</script"), 2);
    char *at = cut(page.s, "<script type=\"application/json\" id=\"data\">", "</script>", &data);
    cut(at, "<script>", "</script>", &code);
    check_markup(page.s);
    assert_null(strpbrk(data, "<>&"));
    assert_null(strstr(code, "</"));
    assert_null(strstr(code, "<!--"));
    /* what a parser of JSON reads there is the text again */
    assert_non_null(strstr(data, "\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"));
    free(data);
    free(code);
    str_release(&plain);
    str_release(&page);
}

/* Depths 0 1 2 0 1: two lists at the top are one, each deeper one stands inside its parent. */
static void test_tree(void **state)
{
    (void)state;
    static const struct page_branch tree[] = {
        {0, "a", "", false}, {1, "b", "", true},  {2, "c", "", false},
        {0, "d", "", false}, {1, "e", "", false},
    };
    struct page_section s = {.id = "t", .title = "T", .tree = tree, .ntree = 5, .unscripted = true};
    struct caption c = {.title = "x"};
    struct style st;
    struct str page = STR_INIT;
    style_init(&st);
    page_html(&page, &c, &s, 1, NULL, &st);
    check_markup(page.s);
    assert_int_equal(markup_count(page.s, "<ul class=\"tree\" aria-label=\"T\">"), 1);
    assert_int_equal(markup_count(page.s, "<noscript>"), 1);
    assert_int_equal(markup_count(page.s, "<li class=\"best\"><bdi dir=\"ltr\">b"), 1);
    assert_int_equal(markup_count(page.s, "</span></li></ul></li></ul></li>\n<li>"), 1);
    str_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_tree),
    };
    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
