/* Pictures and pages: well-formed whatever the texts hold, and the colours are those of the
 * weights. */
#include <cairo.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "markup.h"
#include "render/scene.h"

/* The reader finds what it is there to find. */
static void test_reader(void **state)
{
    (void)state;
    static const char *const good[] = {"<svg a=\"1\"><b/>x &lt; y</svg>\n"};
    static const char *const bad[] = {
        "<svg>",
        "<svg></b>",
        "<svg a=1/>",
        "<svg a=\"1\" a=\"2\"/>",
        "<svg>&x;</svg>",
        "<svg>a > b</svg>",
        "<svg a=\"<\"/>",
        "<svg onload=\"1\"/>",
        "<a/><b/>",
        "<svg>\033</svg>",
        "<svg>\xFF</svg>",
        "<svg>\uFFFE</svg>",
        "x",
        "<script></script>",
        "<svg a=\"1\"b=\"2\"/>",
        "<svg>\u202E</svg>",
    };
    const char *why;
    assert_true(markup_ok(good[0], strlen(good[0]), false, &why));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (markup_ok(bad[i], strlen(bad[i]), false, &why))
            fail_msg("taken for good: %s", bad[i]);
}

/* What a vocabulary may hold. The last is filled with 10,000 letters. */
static char many_letters[10001];
static const char *hostile[] = {
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "]]>&amp;&lt;&#x3c;",
    "<!-- --> <?xml ?>",
    "\033[31m\a\x01\x7F",
    "\u202E\u2066abc\u200F",
    "\xFF\xC2\xED\xA0\x80\xF4\x90\x80\x80",
    "\uFFFE\uFFFF\uFDD0",
    "می\u200Cرود\u200C",
    "{{7*7}} ${x} `x`",
    "",
    many_letters,
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static const char *nth(int i)
{
    return hostile[i % HOSTILE];
}

/* Every kind of view, every text of it hostile. */
static void all_views(struct result *r, int first)
{
    static float weights[HOSTILE * HOSTILE];
    static const char *labels[HOSTILE];
    result_init(r);
    for (int i = 0; i < HOSTILE; i++)
        labels[i] = nth(first + i);
    for (int i = 0; i < HOSTILE * HOSTILE; i++)
        weights[i] = (float)(i % 17) / 17;
    weights[3] = NAN;
    weights[5] = INFINITY;
    weights[7] = -INFINITY;
    out_line(r, TONE_SITE, "%s", nth(first));
    out_span(r, TONE_DIM, "%s", nth(first + 1));
    out_span(r, TONE_PLAIN, "%s", nth(first + 9));
    out_text(r, arena_printf(&r->arena, "\tour own\n%s\n", nth(first + 2)));
    for (int i = 0; i < HOSTILE; i++)
        out_paragraph(r, TONE_PLAIN, i % 4, nth(first + i));
    struct table *t = out_table(r, "#> piece* p> |");
    t->title = nth(first + 3);
    t->footer = nth(first + 4);
    t->cols[1].head = nth(first + 5);
    for (int i = 0; i < HOSTILE; i++) {
        struct cell *c = table_row(r, t);
        c[0] = cell_int(i);
        c[1] = cell_str(r, nth(first + i));
        c[2] = cell_num(i % 3 ? 0.25 * i : NAN, NULL);
        c[3] = cell_bar(0.1 * i - 0.3);
    }
    for (int panels = 1; panels <= 2; panels++) {
        struct heat *h = out_heat(r, panels);
        h->title = nth(first + 6);
        h->row_name = nth(first + 7);
        h->col_name = nth(first + 8);
        h->row_labels = h->col_labels = labels;
        h->row_notes = labels;
        h->note_head = nth(first + 2);
        for (int i = 0; i < panels; i++) {
            h->panels[i].title = nth(first + 9);
            h->panels[i].side = nth(first + 10);
            h->panels[i].t = tensor_borrow(DT_F32, 2, (int64_t[]){HOSTILE, HOSTILE}, weights);
        }
    }
    struct bars *b = out_bars(r, HOSTILE);
    b->title = nth(first);
    b->unit = nth(first + 1);
    for (int i = 0; i < HOSTILE; i++) {
        b->labels[i] = labels[i];
        b->values[i] = i - 3;
    }
    struct plot *p = out_plot(r, HOSTILE, 5);
    p->title = nth(first + 2);
    p->x_name = nth(first + 3);
    p->y_name = nth(first + 4);
    for (int i = 0; i < HOSTILE; i++) {
        p->series[i].label = labels[i];
        for (int k = 0; k < 5; k++) {
            p->series[i].x[k] = k;
            p->series[i].y[k] = k == 2 ? NAN : i * k;
        }
    }
}

static void markup_is_ok(const struct str *s, bool html)
{
    const char *why;
    if (!markup_ok(s->s, s->len, html, &why))
        fail_msg("%s", why);
    assert_null(strstr(s->s, "<script"));
    assert_null(strstr(s->s, "<img"));
    assert_null(strstr(s->s, "onerror=\""));
}

static void test_hostile(void **state)
{
    (void)state;
    memset(many_letters, 'W', sizeof many_letters - 1);
    for (int first = 0; first < HOSTILE; first++) {
        struct result r;
        struct style st;
        struct str svg = STR_INIT, html = STR_INIT, png = STR_INIT, part = STR_INIT;
        const char *lines[] = {nth(first + 1), nth(first + 5)};
        struct caption c = {nth(first), lines, 2};
        struct err e = ERR_INIT;
        style_init(&st);
        st.axis_rtl = first % 2;
        st.persian_digits = first % 3 == 0;
        all_views(&r, first);
        picture_svg(&svg, r.first, &c, &st);
        markup_is_ok(&svg, false);
        picture_html(&html, r.first, &c, &st);
        markup_is_ok(&html, true);
        /* What was meant as markup is there as text; letters without end are cut. */
        assert_non_null(strstr(html.s, "&lt;/script&gt;&lt;script&gt;"));
        assert_true(markup_count(html.s, "W") < 60000);
        svg_view(&part, r.first->next, &st);
        markup_is_ok(&part, false);
        if (first < 2) { /* all letters of it are the same in every order */
            assert_true(picture_png(&png, r.first, &c, &st, NULL, &e));
            assert_memory_equal(png.s, "\x89PNG\r\n\x1a\n", 8);
        }
        str_release(&svg);
        str_release(&html);
        str_release(&png);
        str_release(&part);
        result_release(&r);
    }
}

/* ---- PNG ------------------------------------------------------------------------------------- */

struct source {
    const unsigned char *bytes;
    size_t n;
};

static cairo_status_t read_bytes(void *ud, unsigned char *to, unsigned n)
{
    struct source *s = ud;
    if (n > s->n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, s->bytes, n);
    s->bytes += n;
    s->n -= n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *decode(const struct str *png)
{
    struct source s = {(const unsigned char *)png->s, png->len};
    cairo_surface_t *out = cairo_image_surface_create_from_png_stream(read_bytes, &s);
    assert_int_equal(cairo_surface_status(out), CAIRO_STATUS_SUCCESS);
    return out;
}

static void pixel_is(cairo_surface_t *s, int64_t x, int64_t y, const unsigned char rgb[3])
{
    const unsigned char *data = cairo_image_surface_get_data(s);
    const uint32_t *row =
        (const uint32_t *)(const void *)(data + y * cairo_image_surface_get_stride(s));
    uint32_t want = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
    assert_int_equal(row[x] & 0xFFFFFF, want);
}

/* Every size from a pixel on, one band and many, noise and flat areas: read back by libpng. */
static void test_encode(void **state)
{
    (void)state;
    static const int64_t sizes[][2] = {{1, 1}, {1, 7}, {3, 2}, {17, 5}, {700, 900}, {5000, 40}};
    unsigned seed = 3;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int64_t w = sizes[i][0], h = sizes[i][1];
        unsigned char *rgb = mem_alloc((size_t)(3 * w * h));
        for (int64_t k = 0; k < 3 * w * h; k++) {
            seed = seed * 1103515245 + 12345;
            rgb[k] = k / w % 5 < 3 ? (unsigned char)(seed >> 16) : 40;
        }
        struct str png = STR_INIT;
        struct err e = ERR_INIT;
        assert_true(png_encode(&png, rgb, w, h, &e));
        cairo_surface_t *s = decode(&png);
        assert_int_equal(cairo_image_surface_get_width(s), w);
        assert_int_equal(cairo_image_surface_get_height(s), h);
        for (int64_t k = 0; k < w * h; k++)
            pixel_is(s, k % w, k / w, rgb + 3 * k);
        cairo_surface_destroy(s);
        str_release(&png);
        free(rgb);
    }
}

/* A map without numbers in its cells: 14 x 20, some cells without a value. */
static struct heat *unlabelled(struct result *r, float *v)
{
    result_init(r);
    for (int i = 0; i < 14 * 20; i++)
        v[i] = (float)(i * 37 % 280) / 280;
    v[21] = -INFINITY;
    v[42] = NAN;
    v[63] = INFINITY;
    struct heat *h = out_heat(r, 1);
    h->panels[0].t = tensor_borrow(DT_F32, 2, (int64_t[]){14, 20}, v);
    return h;
}

static const struct item *cells_of(const struct scene *s)
{
    for (const struct item *i = s->first; i; i = i->next)
        if (i->kind == ITEM_CELLS && i->cells.heat)
            return i;
    return NULL;
}

static void weight_rgb(unsigned char rgb[3], float v, enum colormap map)
{
    static const unsigned char nan[3] = {255, 0, 0}, masked[3] = {226, 230, 240};
    if (isnan(v))
        memcpy(rgb, nan, 3);
    else if (isinf(v) && v < 0)
        memcpy(rgb, masked, 3);
    else
        colormap_rgb(map, v > 1 ? 1 : (double)v, rgb);
}

/* The colour in each cell, a quarter of the way into it, is that of its weight: two pixels a
 * unit. */
static void test_colors(void **state)
{
    (void)state;
    for (int map = MAP_VIRIDIS; map <= MAP_GRAY; map++) {
        float v[14 * 20];
        struct result r;
        struct style st;
        struct scene scene;
        struct str png = STR_INIT;
        struct err e = ERR_INIT;
        bool mirror = map % 2;
        style_init(&st);
        st.map = (enum colormap)map;
        st.axis_rtl = mirror;
        unlabelled(&r, v)->col_rtl = true;
        scene_make(&scene, r.first, false, NULL, &st);
        const struct item *i = cells_of(&scene);
        assert_true(picture_png(&png, r.first, NULL, &st, NULL, &e));
        cairo_surface_t *s = decode(&png);
        assert_int_equal(cairo_image_surface_get_width(s), (int)(2 * scene.w));
        for (int row = 0; row < 14; row++)
            for (int col = 0; col < 20; col++) {
                unsigned char rgb[3];
                int at = mirror ? 19 - col : col;
                weight_rgb(rgb, v[row * 20 + col], st.map);
                pixel_is(s, (int64_t)(2 * (i->x + (at + 0.25) * i->w / 20)),
                         (int64_t)(2 * (i->y + (row + 0.25) * i->h / 14)), rgb);
            }
        cairo_surface_destroy(s);
        str_release(&png);
        scene_release(&scene);
        result_release(&r);
    }
}

/* A map of 3 x 300 x 300 cells has an image for each panel in SVG, with a pixel for each cell. */
static void test_large(void **state)
{
    (void)state;
    enum { N = 300 };
    struct result r;
    struct style st;
    struct str svg = STR_INIT, html = STR_INIT;
    float *v = mem_alloc(sizeof *v * N * N);
    for (int i = 0; i < N * N; i++)
        v[i] = (float)(i % N) / N;
    style_init(&st);
    result_init(&r);
    struct heat *h = out_heat(&r, 3);
    for (int i = 0; i < 3; i++)
        h->panels[i].t = tensor_borrow(DT_F32, 2, (int64_t[]){N, N}, v);
    picture_svg(&svg, r.first, NULL, &st);
    markup_is_ok(&svg, false);
    assert_int_equal(markup_count(svg.s, "<image "), 4); /* and the scale */
    picture_html(&html, r.first, NULL, &st);
    markup_is_ok(&html, true);
    assert_true(svg.len < 200000);
    str_release(&svg);
    str_release(&html);
    result_release(&r);
    free(v);
}

/* ---- SVG and HTML ---------------------------------------------------------------------------- */

static const char *source[] = {"▁علی", "▁به", "</s>"};
static const float pattern[9] = {0.9f, 0.1f, -INFINITY, 0.25f, 0.5f, 0.25f, 0.3f, 0, 0.7f};

static void labelled(struct result *r)
{
    result_init(r);
    struct heat *h = out_heat(r, 1);
    h->panels[0].t = tensor_borrow(DT_F32, 2, (int64_t[]){3, 3}, pattern);
    h->title = "pattern [3,3]";
    h->row_name = "queries";
    h->col_name = "keys";
    h->row_labels = h->col_labels = source;
    h->col_rtl = true;
}

static void has(const struct str *s, const char *what)
{
    if (!strstr(s->s, what))
        fail_msg("no %s", what);
}

static void test_svg(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    struct str s = STR_INIT;
    style_init(&st);
    labelled(&r);
    picture_svg(&s, r.first, NULL, &st);
    markup_is_ok(&s, false);
    /* Nine cells with all digits of their numbers; 0.9 is the float nearest to it. */
    has(&s, "<title>pattern [3,3]</title>");
    has(&s, "<title>0 \u2068▁علی\u2069 → 0 \u2068▁علی\u2069: 0.899999976</title>");
    has(&s, "<title>0 \u2068▁علی\u2069 → 2 \u2068&lt;/s&gt;\u2069: masked</title>");
    assert_int_equal(markup_count(s.s, " → "), 9);
    /* Persian is text in its own direction, twice: a row and a column. */
    assert_int_equal(markup_count(s.s, "direction=\"rtl\" unicode-bidi=\"embed\" "
                                       "xml:space=\"preserve\" fill=\"#1a1a1a\">▁علی</text>"),
                     2);
    has(&s, ">0.50</text>");
    str_release(&s);
    result_release(&r);
}

static void test_html(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    struct str s = STR_INIT;
    style_init(&st);
    labelled(&r);
    picture_html(&s, r.first, NULL, &st);
    markup_is_ok(&s, true);
    assert_int_equal(markup_count(s.s, "<th scope=\"row\">"), 3);
    assert_int_equal(markup_count(s.s, "<th scope=\"col\">"), 3);
    assert_int_equal(markup_count(s.s, "<bdi dir=\"rtl\">▁علی</bdi>"), 2);
    /* The middle cell: viridis at 0.5 is 33 144 140 (the ninth anchor): black has 5.5:1 on it, white 3.8:1. */
    has(&s, "<td style=\"background:#21908c;color:#000\" title=\"1 \u2068▁به\u2069 → 1 "
            "\u2068▁به\u2069: 0.5\">0.50</td>");
    has(&s, "<span class=\"hide\">masked</span>");
    assert_null(strstr(s.s, "http://"));
    assert_null(strstr(s.s, "https://"));
    str_release(&s);
    result_release(&r);
}

/* An override is shown and turns nothing; a letter after it decides. */
static void test_direction(void **state)
{
    (void)state;
    struct str s = STR_INIT;
    assert_false(text_is_rtl("\u202Eabc"));
    assert_false(text_is_rtl("3 ... "));
    assert_true(text_is_rtl("\u202Dعلی abc"));
    html_bdi(&s, "\u202Eabc", 0);
    assert_string_equal(s.s, "<bdi dir=\"ltr\">‹U+202E›abc</bdi>");
    str_release(&s);
}

/* A series becomes a path with a new beginning after the gap. */
static void test_plot(void **state)
{
    (void)state;
    struct result r;
    struct style st;
    struct str s = STR_INIT;
    style_init(&st);
    result_init(&r);
    struct plot *p = out_plot(&r, 1, 5);
    p->x_name = "tokens";
    p->y_name = "operations";
    for (int k = 0; k < 5; k++) {
        p->series[0].x[k] = k;
        p->series[0].y[k] = k == 2 ? NAN : 25 * k;
    }
    picture_svg(&s, r.first, NULL, &st);
    markup_is_ok(&s, false);
    /* 0 to 100 over 280 units, 0 to 4 over 600; the axis begins after the widest number, "100". */
    has(&s, "stroke=\"#0072b2\" stroke-width=\"2\"");
    const char *path = strstr(s.s, " d=\"M46 321L196 251M496 111L646 41\"");
    assert_non_null(path);
    has(&s, ">operations</text>");
    assert_int_equal(markup_count(s.s, "<circle"), 4);
    str_release(&s);
    result_release(&r);
}

/* A copy needs nothing of the first one. */
static void test_copy(void **state)
{
    (void)state;
    struct result from, to;
    struct style st;
    struct str before = STR_INIT, after = STR_INIT;
    struct err e = ERR_INIT;
    style_init(&st);
    all_views(&from, 1);
    result_init(&to);
    picture_svg(&before, from.first, NULL, &st);
    assert_true(result_copy_views(&to, &from, &e));
    result_release(&from);
    picture_svg(&after, to.first, NULL, &st);
    assert_string_equal(before.s, after.s);
    str_release(&before);
    str_release(&after);
    result_release(&to);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reader),    cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_encode),    cmocka_unit_test(test_colors),
        cmocka_unit_test(test_large),     cmocka_unit_test(test_svg),
        cmocka_unit_test(test_html),      cmocka_unit_test(test_plot),
        cmocka_unit_test(test_direction), cmocka_unit_test(test_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
