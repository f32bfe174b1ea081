/* BERT's normaliser: control characters out, white space to spaces, spaces around Chinese
 * characters, accents off (canonical decomposition, then marks out), lower case. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "wordpiece.h"

struct source {
    int32_t cp;
    uint32_t start, end;
};
/* One part of a decomposed character; the first of them stands in its place, the others are
 * insertions, which belong where the one before them does. */
struct part {
    int32_t cp;
    unsigned char order;
    bool inserted;
};
struct job {
    const struct bert_rules *rules;
    struct bert_text *out;
    /* Characters since the last one that marks cannot pass: in the order typed, and taken apart. */
    struct source *sources;
    size_t nsources, sources_cap;
    struct part *parts, *sorted;
    size_t nparts, parts_cap, sorted_cap;
};

static void put(struct job *j, const char *s, size_t n, uint32_t start, uint32_t end)
{
    struct bert_text *o = j->out;
    str_addn(&o->text, s, n);
    while (o->n + n > o->start_cap) {
        o->start = mem_grow(o->start, &o->start_cap, sizeof *o->start);
        o->end = mem_realloc(o->end, o->start_cap * sizeof *o->end);
    }
    for (size_t i = 0; i < n; i++) {
        o->start[o->n] = start;
        o->end[o->n++] = end;
    }
}

static void put_char(struct job *j, int32_t cp, uint32_t start, uint32_t end)
{
    int32_t lower[2] = {cp, 0};
    int n = j->rules->lower && char_class(cp) & CHAR_UPPER ? char_lower(cp, lower) : 1;
    for (int i = 0; i < n; i++) {
        char bytes[4];
        put(j, bytes, (size_t)utf8_encode(lower[i], bytes), start, end);
    }
}

/* ---- accents ---- */

/* Marks in a row by their combining class, equal ones as they stood: a counting sort, so that a
 * text of nothing but marks takes no longer than another. */
static void sort_marks(struct job *j, size_t from, size_t to)
{
    size_t first[256] = {0}, at = from;
    for (size_t i = from; i < to; i++)
        first[j->parts[i].order]++;
    for (int k = 0; k < 256; k++) {
        size_t here = first[k];
        first[k] = at;
        at += here;
    }
    for (size_t i = from; i < to; i++)
        j->sorted[first[j->parts[i].order]++] = j->parts[i];
    memcpy(j->parts + from, j->sorted + from, (to - from) * sizeof *j->parts);
}

static void sort_parts(struct job *j)
{
    if (j->nparts > j->sorted_cap) {
        j->sorted_cap = j->parts_cap;
        j->sorted = mem_realloc(j->sorted, j->sorted_cap * sizeof *j->sorted);
    }
    for (size_t from = 0; from < j->nparts;) {
        size_t to = from + 1;
        while (j->parts[from].order > 0 && to < j->nparts && j->parts[to].order > 0)
            to++;
        if (to - from > 1)
            sort_marks(j, from, to);
        from = to;
    }
}

/* A part that is no insertion stands where the next character stood, whichever it was: order among
 * marks changes, places do not. This is how the reference library counts. */
static void flush(struct job *j)
{
    size_t place = 0;
    sort_parts(j);
    for (size_t i = 0; i < j->nparts; i++) {
        const struct part *p = &j->parts[i];
        place += !p->inserted;
        const struct source *s = &j->sources[place > 0 ? place - 1 : 0];
        if (!(char_class(p->cp) & CHAR_MARK))
            put_char(j, p->cp, s->start, s->end);
    }
    j->nparts = j->nsources = 0;
}

static void strip(struct job *j, const struct source *s, unsigned class)
{
    if (!(class & (CHAR_COMPOSED | CHAR_MOVES))) {
        if (j->nparts)
            flush(j);
        if (!(class & CHAR_MARK))
            put_char(j, s->cp, s->start, s->end);
        return;
    }
    int32_t parts[MOST_PARTS];
    int n = char_parts(s->cp, parts);
    if (j->nparts && char_order(parts[0]) == 0)
        flush(j);
    ARRAY_PUSH(j->sources, j->nsources, j->sources_cap) = *s;
    for (int i = 0; i < n; i++)
        ARRAY_PUSH(j->parts, j->nparts, j->parts_cap) =
            (struct part){parts[i], (unsigned char)char_order(parts[i]), i > 0};
}

/* ---- the whole text ---- */

static void next_char(struct job *j, struct source *s)
{
    const struct bert_rules *r = j->rules;
    unsigned class = char_class(s->cp);
    if (r->clean && class & CHAR_REMOVED)
        return;
    if (r->clean && class & CHAR_SPACE) {
        s->cp = ' ';
        class = CHAR_SPACE;
    }
    bool around = r->chinese && class & CHAR_CHINESE;
    const struct source space = {' ', s->start, s->end};
    if (around && r->strip)
        strip(j, &space, CHAR_SPACE);
    else if (around)
        put_char(j, ' ', s->start, s->end);
    if (r->strip)
        strip(j, s, class);
    else
        put_char(j, s->cp, s->start, s->end);
    if (around && r->strip)
        strip(j, &space, CHAR_SPACE);
    else if (around)
        put_char(j, ' ', s->start, s->end);
}

void bert_normal(const struct bert_rules *r, const char *s, size_t from, size_t to,
                 struct bert_text *out)
{
    struct job j = {.rules = r, .out = out};
    str_clear(&out->text);
    out->n = 0;
    for (size_t at = from; at < to;) {
        struct source c = {.start = (uint32_t)at};
        at += (size_t)utf8_decode(s + at, to - at, &c.cp);
        c.end = (uint32_t)at;
        if (c.cp < 0)
            c.cp = 0xFFFD;
        if (r->any)
            next_char(&j, &c);
        else
            put_char(&j, c.cp, c.start, c.end);
    }
    flush(&j);
    free(j.sources);
    free(j.parts);
    free(j.sorted);
}

void bert_text_release(struct bert_text *x)
{
    str_release(&x->text);
    free(x->start);
    free(x->end);
    *x = (struct bert_text)BERT_TEXT_INIT;
}

/* ---- what was changed, and why ---- */

static const char *why_removed(int32_t cp)
{
    if (cp < 0)
        return "not UTF-8: removed";
    if (cp == 0)
        return "NUL removed";
    if (cp == 0xFFFD)
        return "U+FFFD removed";
    if (!(char_class(cp) & CHAR_REMOVED))
        return "mark removed";
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
        return "control removed";
    if ((cp >= 0xE000 && cp <= 0xF8FF) || cp >= 0xF0000)
        return "private use removed";
    return "invisible removed";
}

static const char *why_changed(const struct bert_rules *r, int32_t cp, size_t n)
{
    unsigned class = cp < 0 ? 0 : char_class(cp);
    int32_t parts[MOST_PARTS];
    if (n == 0)
        return why_removed(cp);
    if (cp < 0)
        return "not UTF-8";
    if (r->clean && class & CHAR_SPACE)
        return "a space instead";
    if (r->chinese && class & CHAR_CHINESE)
        return "spaces around it";
    bool accent = r->strip && class & CHAR_COMPOSED, marked = false;
    for (int i = 0, count = accent ? char_parts(cp, parts) : 0; i < count; i++)
        marked |= (char_class(parts[i]) & CHAR_MARK) != 0;
    bool upper = r->lower && (class & CHAR_UPPER || (accent && char_class(parts[0]) & CHAR_UPPER));
    if (accent && upper)
        return marked ? "lower case, accent off" : "lower case, taken apart";
    if (upper)
        return "lower case";
    if (accent)
        return marked ? "accent off" : "taken apart";
    return "marks put in order";
}

void bert_changes(const struct bert_rules *r, const char *s, size_t from, size_t to,
                  const struct bert_text *x, bool second, struct arena *arena,
                  struct change_list *changes)
{
    size_t o = 0;
    for (size_t at = from, next; at < to; at = next) {
        int32_t cp;
        next = at + (size_t)utf8_decode(s + at, to - at, &cp);
        size_t first = o;
        while (o < x->n && x->start[o] == at)
            o++;
        const char *made = x->text.s + first;
        size_t n = o - first;
        if (n == next - at && memcmp(made, s + at, n) == 0)
            continue;
        const char *why = why_changed(r, cp, n);
        struct change *last = changes->n ? &changes->v[changes->n - 1] : NULL;
        if (last && n == 0 && !last->to[0] && last->why == why && last->end == (int64_t)at &&
            last->second == second) {
            last->end = (int64_t)next;
            continue;
        }
        ARRAY_PUSH(changes->v, changes->n, changes->cap) = (struct change){
            .start = (int64_t)at,
            .end = (int64_t)next,
            .to = n ? arena_strndup(arena, made, n) : "",
            .why = why,
            .second = second,
        };
    }
}
