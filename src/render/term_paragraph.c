/* Running text: wrapped by cells, in its own direction, code in it from left to right. */
#include <string.h>

#include "base/utf8.h"
#include "internal.h"

enum { WIDEST = 100, MARK = 3 }; /* longer lines are hard to read; bytes of LRI and PDI */

/* Visible text with LRI and PDI for the backquotes. */
static void mark_code(struct str *out, const char *text)
{
    bool code = false;
    while (*text) {
        size_t n = strcspn(text, "`");
        term_visible(out, text, n);
        text += n;
        if (*text) {
            code = !code;
            str_add(out, code ? TEXT_LRI : TEXT_PDI);
            text++;
        }
    }
    if (code)
        str_add(out, TEXT_PDI);
}

/* Are most of its letters, those of code left out, written from right to left? */
static bool is_rtl(const char *s, size_t n)
{
    size_t rtl = 0, ltr = 0;
    bool code = false;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        if (cp == 0x2066 || cp == 0x2069)
            code = cp == 0x2066;
        else if (!code && utf8_has_rtl(s + i, (size_t)len))
            rtl++;
        else if (!code && ((cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z')))
            ltr++;
        i += (size_t)len;
    }
    return rtl > ltr;
}

/* How many bytes fit in `room` cells: up to a blank; a word that is wider stays whole. */
static size_t fitting(const char *s, size_t n, int room)
{
    size_t blank = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] != ' ')
            continue;
        if (utf8_width(s, i) > room)
            return blank ? blank : i;
        blank = i;
    }
    return utf8_width(s, n) > room && blank ? blank : n;
}

/* The line in its tone; code in it has a tone of its own where nothing is turned. */
static void add_tones(struct str *out, const char *s, size_t n, enum tone tone,
                      const struct style *st)
{
    bool code = false;
    for (size_t i = 0; i < n;) {
        const char *mark = code ? TEXT_PDI : TEXT_LRI;
        size_t to = i;
        while (to < n && !(n - to >= MARK && memcmp(s + to, mark, MARK) == 0))
            to++;
        bool opened = to > i && term_tone(out, code ? TONE_SITE : tone, st);
        str_addn(out, s + i, to - i);
        term_untone(out, opened);
        code = !code;
        i = to + MARK;
    }
}

static void add_line(struct str *out, const char *s, size_t n, const struct paragraph *p, bool rtl,
                     int room, const struct style *st)
{
    size_t start = out->len;
    bool turns = st->tty && st->bidi != BIDI_OFF && (rtl || term_needs_bidi(s, n));
    int gap = rtl && turns && st->bidi == BIDI_VISUAL ? room - utf8_width(s, n) : 0;
    term_spaces(out, p->indent + (gap > 0 ? gap : 0));
    if (turns) {
        bool opened = term_tone(out, p->tone, st);
        term_directed(out, s, n, rtl, st);
        term_untone(out, opened);
    } else {
        add_tones(out, s, n, p->tone, st);
    }
    term_end_line(out, start);
}

/* Does the line end inside code that was begun in it (or before: `open`)? */
static bool ends_in_code(const char *s, size_t n, bool open)
{
    for (size_t i = 0; i + MARK <= n; i++) {
        if (memcmp(s + i, TEXT_LRI, MARK) == 0)
            open = true;
        else if (memcmp(s + i, TEXT_PDI, MARK) == 0)
            open = false;
    }
    return open;
}

void term_paragraph(struct str *out, const struct paragraph *p, const struct style *st)
{
    struct str all = STR_INIT, line = STR_INIT;
    mark_code(&all, p->text);
    bool rtl = is_rtl(all.s, all.len), open = false;
    int width = !st->tty || st->width <= 0 ? 0 : st->width < WIDEST ? st->width : WIDEST;
    int room = width == 0 ? 0 : width > 2 * p->indent + 10 ? width - p->indent : 10;
    for (size_t at = 0; at < all.len || at == 0;) {
        size_t n = room ? fitting(all.s + at, all.len - at, room) : all.len - at;
        str_clear(&line);
        str_add(&line, open ? TEXT_LRI : "");
        str_addn(&line, all.s + at, n);
        open = ends_in_code(line.s, line.len, false);
        str_add(&line, open ? TEXT_PDI : "");
        add_line(out, line.s, line.len, p, rtl, room, st);
        for (at += n; at < all.len && all.s[at] == ' ';)
            at++;
        if (all.len == 0)
            break;
    }
    str_release(&all);
    str_release(&line);
}
