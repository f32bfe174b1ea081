/* Lines of words on a terminal: broken between words where the screen ends, further lines under the
 * first. Pipes and files get the line whole. */
#include <string.h>

#include "base/utf8.h"
#include "internal.h"

/* Where the further lines begin: under the text after the first gap of two blanks ("cost     256
 * operations"), else a little to the right of the line's own beginning. */
static int hanging(const char *s, size_t n, int width)
{
    size_t lead = 0, i;
    while (lead < n && s[lead] == ' ')
        lead++;
    for (i = lead; i + 1 < n && !(s[i] == ' ' && s[i + 1] == ' ');)
        i++;
    while (i < n && s[i] == ' ')
        i++;
    int cells = utf8_width(s, i < n ? i : lead);
    if (i < n && i > lead && cells <= width / 3)
        return cells;
    return (int)lead + 2 <= width / 2 ? (int)lead + 2 : 0;
}

/* How many bytes of s fit: up to the last blank that leaves the line in `room` cells; a word that
 * is wider than the screen is left to the terminal. */
static size_t fitting(const char *s, size_t n, int room)
{
    size_t blank = 0, i = 0;
    int used = 0, w;
    while (i < n) {
        if (s[i] == ' ' && i > 0 && s[i - 1] != ' ')
            blank = i;
        size_t len = utf8_cluster(s + i, n - i, &w);
        if (used + w > room && blank > 0)
            return blank;
        if (used + w > room) {
            while (i < n && s[i] != ' ')
                i++;
            return i;
        }
        used += w;
        i += len;
    }
    return n;
}

/* The bytes [from, to) of the spans' joined texts. */
static void add_part(struct str *out, const struct span *spans, const size_t *ends, int n,
                     size_t from, size_t to, const struct style *st)
{
    size_t begin = 0;
    for (int i = 0; i < n; begin = ends[i++]) {
        size_t a = from > begin ? from : begin, b = to < ends[i] ? to : ends[i];
        if (a >= b)
            continue;
        bool opened = term_tone(out, spans[i].tone, st);
        term_text(out, spans[i].s + (a - begin), b - a, st);
        term_untone(out, opened);
    }
}

static void add_whole(struct str *out, const struct span *spans, int n, const struct style *st)
{
    for (int i = 0; i < n; i++) {
        bool opened = term_tone(out, spans[i].tone, st);
        term_text(out, spans[i].s, strlen(spans[i].s), st);
        term_untone(out, opened);
    }
}

void term_words(struct str *out, const struct span *spans, int n, const struct style *st)
{
    enum { SPANS = 64 };
    size_t start = out->len, ends[SPANS], at = 0;
    struct str all = STR_INIT;
    for (int i = 0; i < n && i < SPANS; i++) {
        str_add(&all, spans[i].s);
        ends[i] = all.len;
    }
    int width = st->width;
    if (!st->tty || width <= 0 || n > SPANS || term_text_width(all.s, all.len, st) <= width) {
        add_whole(out, spans, n, st);
        term_end_line(out, start);
    } else {
        int indent = hanging(all.s, all.len, width), room = width;
        while (at < all.len) {
            size_t to = at + fitting(all.s + at, all.len - at, room);
            start = out->len;
            term_spaces(out, width - room);
            add_part(out, spans, ends, n, at, to, st);
            term_end_line(out, start);
            for (at = to; at < all.len && all.s[at] == ' ';)
                at++;
            room = width - indent;
        }
    }
    str_release(&all);
}
