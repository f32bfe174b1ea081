/* Lines of words and preformatted text in a scene. */
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "scene.h"

enum { MOST_RUNS = 64, MOST_LETTERS = 2000 };
#define LEADING 1.5

struct line_of_runs {
    struct run_of_text runs[MOST_RUNS];
    int n;
    double width, size;
    double indent; /* on the side where lines begin */
    enum dir dir;
    bool mono;
};

/* Ends a line; the next one is empty and of the same kind. */
static void put_line(struct scene *s, struct line_of_runs *l)
{
    if (l->n) {
        bool rtl = l->dir == DIR_RTL;
        double x = rtl ? SCENE_MARGIN + SCENE_WIDE - l->indent : SCENE_MARGIN + l->indent;
        struct item *i = scene_text(s, x, s->y + l->size, "", l->size, rtl ? SIDE_RIGHT : SIDE_LEFT,
                                    ink(INK_TEXT));
        i->runs = arena_alloc(&s->arena, sizeof *i->runs * (size_t)l->n);
        memcpy(i->runs, l->runs, sizeof *i->runs * (size_t)l->n);
        i->nruns = l->n;
        i->mono = l->mono;
        i->dir = l->dir;
        scene_grow(s, rtl ? x : x + l->width, s->y + l->size * LEADING);
    }
    s->y += ceil(l->size * LEADING);
    l->n = 0;
    l->width = 0;
}

static void add_run(struct scene *s, struct line_of_runs *l, const char *text, size_t n,
                    enum tone tone, bool mono)
{
    const char *copy = arena_strndup(&s->arena, text, n);
    bool bold = tone == TONE_STRONG;
    if (l->n == MOST_RUNS)
        put_line(s, l);
    l->runs[l->n++] = (struct run_of_text){copy, tone_paint(tone), bold, mono};
    l->width += scene_width(copy, l->size, mono || l->mono) * (bold ? SCENE_BOLD : 1);
}

/* Bytes of `text` that still fit, blanks after the last word included. A word that is wider than
 * an empty line is cut. */
static size_t fitting(struct scene *s, const char *text, double room, double size, bool empty)
{
    size_t end = 0, n = strlen(text);
    while (end < n) {
        size_t word = strcspn(text + end, " ");
        word += strspn(text + end + word, " ");
        if (scene_width(arena_strndup(&s->arena, text, end + word), size, false) > room)
            break;
        end += word;
    }
    if (end || !empty)
        return end;
    for (double used = 0; end < n;) {
        int cells;
        size_t len = utf8_cluster(text + end, n - end, &cells);
        used += scene_width(arena_strndup(&s->arena, text + end, len), size, false);
        if (end && used > room)
            break;
        end += len;
    }
    return end;
}

/* Adds words, on new lines where the width ends. */
static void add_words(struct scene *s, struct line_of_runs *l, const char *text, enum tone tone,
                      bool mono)
{
    double wide = tone == TONE_STRONG || mono ? SCENE_BOLD : 1;
    while (*text) {
        double room = (SCENE_WIDE - l->indent - l->width) / wide;
        size_t take = fitting(s, text, room, l->size, l->n == 0);
        if (take)
            add_run(s, l, text, take, tone, mono);
        text += take;
        if (*text)
            put_line(s, l);
    }
}

void scene_words(struct scene *s, const struct span *spans, int n, double size)
{
    struct line_of_runs l = {.size = size};
    for (int i = 0; i < n; i++)
        add_words(s, &l, scene_visible(s, spans[i].s ? spans[i].s : "", MOST_LETTERS),
                  spans[i].tone, false);
    put_line(s, &l);
}

void scene_paragraph(struct scene *s, const struct paragraph *p)
{
    struct line_of_runs l = {.size = 13, .indent = 7.0 * p->indent};
    bool code = false;
    l.dir = text_is_rtl(p->text) ? DIR_RTL : DIR_LTR;
    for (const char *at = p->text; *at; code = !code) {
        size_t n = strcspn(at, "`");
        const char *part = arena_strndup(&s->arena, at, n);
        add_words(s, &l, scene_visible(s, part, MOST_LETTERS), code ? TONE_SITE : p->tone, code);
        at += n + (at[n] == '`');
    }
    put_line(s, &l);
}

void scene_lines(struct scene *s, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        struct str line = STR_INIT;
        for (size_t i = 0; i < n; i++)
            if (text[i] == '\t')
                str_repeat(&line, " ", (int)(8 - line.len % 8));
            else
                str_addc(&line, text[i]);
        struct line_of_runs l = {.size = 12, .mono = true};
        const char *shown = scene_visible(s, line.s, MOST_LETTERS);
        add_run(s, &l, shown, strlen(shown), TONE_PLAIN, false);
        put_line(s, &l);
        str_release(&line);
        text += n + (text[n] == '\n');
    }
}
