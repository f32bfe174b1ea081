/* Pixels in terminals: sixels read back, the pieces of kitty and iTerm2, what terminals answer. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "render/pixels.h"

/* ---- a reader of sixels ---------------------------------------------------------------------- */

struct reader {
    const char *s;
    int64_t w, h, x, y;
    unsigned char registers[256][3];
    int current, defined;
    unsigned char *rgb;
};

static int number(struct reader *r)
{
    int v = 0;
    assert_true(*r->s >= '0' && *r->s <= '9');
    for (; *r->s >= '0' && *r->s <= '9'; r->s++)
        v = v * 10 + (*r->s - '0');
    return v;
}

static int after(struct reader *r, char c)
{
    assert_int_equal(*r->s, c);
    r->s++;
    return number(r);
}

static void put(struct reader *r, int bits, int times)
{
    assert_true(bits >= 0 && bits < 64);
    for (; times > 0; times--, r->x++)
        for (int row = 0; row < 6; row++)
            if (bits >> row & 1) {
                assert_true(r->x < r->w && r->y + row < r->h);
                memcpy(r->rgb + 3 * ((r->y + row) * r->w + r->x), r->registers[r->current], 3);
            }
}

static void color(struct reader *r)
{
    r->current = number(r);
    assert_in_range(r->current, 0, 255);
    if (*r->s != ';')
        return;
    assert_int_equal(after(r, ';'), 2); /* red, green, blue in hundredths */
    for (int k = 0; k < 3; k++) {
        int v = after(r, ';');
        assert_in_range(v, 0, 100);
        r->registers[r->current][k] = (unsigned char)((v * 255 + 50) / 100);
    }
    r->defined++;
}

/* Every pixel is set or the test fails: the picture begins as a colour that is not in it. */
static void decode(struct reader *r, const char *text)
{
    static const char begin[] = "\033P0;1;0q\"1;1;";
    *r = (struct reader){.s = text};
    assert_memory_equal(text, begin, sizeof begin - 1);
    r->s += sizeof begin - 1;
    r->w = number(r);
    r->h = after(r, ';');
    r->rgb = mem_alloc((size_t)(3 * r->w * r->h));
    memset(r->rgb, 1, (size_t)(3 * r->w * r->h));
    while (*r->s != '\033') {
        char c = *r->s++;
        if (c == '#') {
            color(r);
        } else if (c == '$') {
            r->x = 0;
        } else if (c == '-') {
            r->x = 0;
            r->y += 6;
        } else if (c == '!') {
            int times = number(r);
            put(r, *r->s++ - '?', times);
        } else {
            put(r, c - '?', 1);
        }
    }
    assert_string_equal(r->s, "\033\\");
    assert_true(r->y >= r->h);
}

/* Up to 256 colours come back as they are, to the half of a hundredth: 255 / 100 / 2 < 2. */
static void test_sixel(void **state)
{
    (void)state;
    static const int64_t sizes[][2] = {{1, 1}, {2, 5}, {7, 6}, {9, 7}, {300, 13}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pixels p = {sizes[i][0], sizes[i][1], NULL};
        struct str s = STR_INIT;
        struct reader r;
        p.rgb = mem_alloc((size_t)(3 * p.w * p.h));
        for (int64_t k = 0; k < p.w * p.h; k++) {
            int c = (int)(k * k / 3 % 200); /* runs and single ones of 200 colours */
            p.rgb[3 * k] = (unsigned char)(c % 16 * 16);
            p.rgb[3 * k + 1] = (unsigned char)(c / 16 * 16);
            p.rgb[3 * k + 2] = 90;
        }
        sixel_encode(&s, &p);
        decode(&r, s.s);
        assert_int_equal(r.w, p.w);
        assert_int_equal(r.h, p.h);
        for (int64_t k = 0; k < 3 * p.w * p.h; k++)
            assert_true(abs(r.rgb[k] - p.rgb[k]) < 2);
        free(r.rgb);
        free(p.rgb);
        str_release(&s);
    }
}

/* 4,096 colours on 256 registers: none is far away (a quarter of the range of each part). */
static void test_many_colors(void **state)
{
    (void)state;
    struct pixels p = {64, 64, mem_alloc(3 * 64 * 64)};
    struct str s = STR_INIT;
    struct reader r;
    for (int k = 0; k < 64 * 64; k++) {
        p.rgb[3 * k] = (unsigned char)(k % 16 * 17);
        p.rgb[3 * k + 1] = (unsigned char)(k / 16 % 16 * 17);
        p.rgb[3 * k + 2] = (unsigned char)(k / 256 * 17);
    }
    sixel_encode(&s, &p);
    decode(&r, s.s);
    assert_int_equal(r.defined, 256);
    for (int k = 0; k < 3 * 64 * 64; k++)
        assert_true(r.rgb[k] != 1); /* all were set */
    free(r.rgb);
    free(p.rgb);
    str_release(&s);
}

/* ---- in a terminal --------------------------------------------------------------------------- */

static void a_map(struct result *r, const float *v)
{
    result_init(r);
    struct heat *h = out_heat(r, 1);
    h->panels[0].t = tensor_borrow(DT_F32, 2, (int64_t[]){2, 2}, v);
    h->cells = CELLS_PIXEL;
}

static void test_ways(void **state)
{
    (void)state;
    static const float v[4] = {0.1f, 0.9f, 0.5f, 0.5f};
    struct result r;
    struct style st;
    struct str s = STR_INIT;
    a_map(&r, v);
    style_init(&st);
    st.tty = true;
    term_result(&s, &r, &st); /* no pixels: as it would be without, and that is said */
    assert_null(strchr(s.s, '\033'));
    assert_non_null(strstr(s.s, "no pixels"));
    str_clear(&s);
    st.width = 40; /* no word of it is cut off */
    term_result(&s, &r, &st);
    assert_non_null(strstr(s.s, "no pixels: the terminal offers none; set"));
    assert_true(str_ends(s.s, "forces it\n"));
    st.width = 80;
    str_clear(&s);
    st.pixels = PIXELS_SIXEL;
    st.pixel_width = 100;
    term_result(&s, &r, &st);
    int w = 0;
    assert_int_equal(sscanf(s.s, "\033P0;1;0q\"1;1;%d", &w), 1);
    assert_true(w <= 100);
    assert_true(str_ends(s.s, "\033\\\n"));
    str_clear(&s);
    st.pixels = PIXELS_KITTY;
    st.pixel_width = 0;
    term_result(&s, &r, &st);
    assert_memory_equal(s.s, "\033_Ga=T,f=100,q=2,m=1;iVBORw0KGgo", 31); /* a PNG in base64 */
    for (const char *p = s.s, *end; (p = strstr(p, "\033_G")) != NULL; p = end) {
        const char *text = strchr(p, ';') + 1;
        end = strstr(text, "\033\\");
        assert_true(end - text <= 4096);
        assert_true(strncmp(p + 3, "m=0", 3) != 0 || strcmp(end, "\033\\\n") == 0);
    }
    str_clear(&s);
    st.pixels = PIXELS_ITERM;
    term_result(&s, &r, &st);
    assert_memory_equal(s.s, "\033]1337;File=inline=1;size=", 26);
    assert_true(str_ends(s.s, "\a\n"));
    str_release(&s);
    result_release(&r);
}

static void test_answers(void **state)
{
    (void)state;
    static const struct {
        const char *answer;
        bool whole;
        enum pixel_mode mode;
    } cases[] = {
        {"", false, PIXELS_NONE},
        {"\033[?62;4;22", false, PIXELS_NONE},
        {"\033[?62;4;22c", true, PIXELS_SIXEL},
        {"\033[?65;1;9;4c", true, PIXELS_SIXEL},
        {"\033[?4;6c", true, PIXELS_NONE}, /* a VT132 */
        {"\033[?62;22c", true, PIXELS_NONE},
        {"\033[?64;42c", true, PIXELS_NONE},
        {"\033_Gi=31;OK\033\\", false, PIXELS_NONE},
        {"\033_Gi=31;OK\033\\\033[?62;c", true, PIXELS_KITTY},
        {"\033_Gi=31;ENOTSUPPORTED\033\\\033[?62;4c", true, PIXELS_SIXEL},
        {"typed\033[A\033[?1;2c", true, PIXELS_NONE},
        {"\033[?99999999999999999999;4c", true, PIXELS_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum pixel_mode mode = PIXELS_NONE;
        assert_int_equal(pixels_answer(cases[i].answer, strlen(cases[i].answer), &mode),
                         cases[i].whole);
        assert_int_equal(mode, cases[i].mode);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sixel),
        cmocka_unit_test(test_many_colors),
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
