/* Text to WordPiece tokens and back: added tokens are cut out, the rest is normalised and cut at
 * spaces and punctuation, and each word by the longest pieces from its beginning. */
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "wordpiece.h"

enum { CHUNK = 1 << 16 }; /* bytes normalised at once, up to the next space */

/* ---- one word -------------------------------------------------------------------------------- */

/* 0: no piece begins so. */
static uint32_t node_of(const struct trie *t, const struct spelling *s)
{
    uint32_t node = 0;
    for (size_t i = 0; i < s->n; i++) {
        node = trie_step(t, node, (unsigned char)s->s[i]);
        if (!node)
            break;
    }
    return node;
}

const struct trie *wordpiece_trie(const struct wordpiece *w)
{
    struct wordpiece *own = (struct wordpiece *)w;
    if (w->trie.edges)
        return &w->trie;
    const struct vocab *v = w->vocab;
    trie_init(&own->trie, v->ids.n);
    for (int32_t id = 0; id < v->size; id++)
        if (v->by[id].s && v->by[id].n)
            trie_add(&own->trie, v->by[id].s, v->by[id].n, id);
    for (size_t i = 0; i < w->added.n; i++)
        if (w->added.v[i].outside && w->added.v[i].text.n)
            own->trie.values[node_of(&w->trie, &w->added.v[i].text)] = -1;
    own->continued = node_of(&w->trie, &(struct spelling){w->prefix, strlen(w->prefix)});
    return &w->trie;
}

int32_t wordpiece_id(const struct wordpiece *w, const char *s, size_t n)
{
    const struct trie *t = wordpiece_trie(w);
    uint32_t node = node_of(t, &(struct spelling){s, n});
    return node ? t->values[node] : -1;
}

size_t wordpiece_longest(const struct wordpiece *w, const char *s, size_t n, size_t from,
                         int32_t *id)
{
    const struct trie *t = wordpiece_trie(w);
    uint32_t node = from > 0 ? w->continued : 0;
    size_t best = 0;
    if (from > 0 && *w->prefix && !w->continued)
        return 0;
    for (size_t i = from; i < n; i++) {
        node = trie_step(t, node, (unsigned char)s[i]);
        if (!node)
            break;
        if (t->values[node] >= 0) {
            best = i + 1;
            *id = t->values[node];
        }
    }
    return best;
}

/* ---- words and added tokens in order --------------------------------------------------------- */

static bool words(const struct bert_text *x, size_t from, size_t to, const struct word_sink *sink,
                  struct err *e)
{
    const char *s = x->text.s;
    size_t start = from;
    bool fine = true;
    for (size_t at = from, next; fine && at < to; at = next) {
        int32_t cp = (unsigned char)s[at];
        next = at + 1;
        if (cp >= 0x80)
            next = at + (size_t)utf8_decode(s + at, to - at, &cp);
        unsigned class = char_class(cp);
        if (!(class & (CHAR_SPACE | CHAR_PUNCT)))
            continue;
        fine = start == at || sink->word(sink->ud, x, start, at, e);
        if (fine && class & CHAR_PUNCT && !(class & CHAR_SPACE))
            fine = sink->word(sink->ud, x, at, next, e);
        start = next;
    }
    return fine && (start == to || sink->word(sink->ud, x, start, to, e));
}

/* Normalised text, with the tokens that are looked for there. */
static bool normal_part(const struct wordpiece *w, const struct bert_text *x,
                        const struct word_sink *sink, struct err *e)
{
    size_t at = 0, from, to, n = x->n;
    int i;
    while (w->added.has_normal && at < n &&
           (i = added_next(&w->added, true, x->text.s, n, at, &from, &to)) >= 0) {
        if (!words(x, at, from, sink, e) ||
            !sink->token(sink->ud, &w->added.v[i], x->start[from], x->end[to - 1], e))
            return false;
        at = to;
    }
    return words(x, at, n, sink, e);
}

/* The end of a part that begins at `from`: a space after CHUNK bytes; tokens that are looked for in
 * normalised text may have spaces in them, and then it is one part. */
static size_t part_end(const struct wordpiece *w, const char *s, size_t from, size_t to)
{
    if (to - from <= CHUNK || w->added.has_normal)
        return to;
    const char *space = memchr(s + from + CHUNK, ' ', to - from - CHUNK);
    return space ? (size_t)(space - s) : to;
}

static bool raw_part(const struct wordpiece *w, const char *s, size_t from, size_t to,
                     struct bert_text *x, const struct word_sink *sink, struct err *e)
{
    for (size_t end; from < to; from = end) {
        if (interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted while tokenizing");
        end = part_end(w, s, from, to);
        bert_normal(&w->rules, s, from, end, x);
        if (!sink->stretch(sink->ud, x, from, end, e) || !normal_part(w, x, sink, e))
            return false;
    }
    return true;
}

bool wordpiece_walk(const struct wordpiece *w, const char *s, size_t n,
                    const struct word_sink *sink, struct err *e)
{
    struct bert_text x = BERT_TEXT_INIT;
    size_t at = 0, from, to;
    bool fine = n <= TEXT_LIMIT ||
                err_set(e, ERR_COMMAND, "the text is too long: past %d MiB", TEXT_LIMIT >> 20);
    int i;
    while (fine && w->added.has_raw && at < n &&
           (i = added_next(&w->added, false, s, n, at, &from, &to)) >= 0) {
        fine = raw_part(w, s, at, from, &x, sink, e) &&
               sink->token(sink->ud, &w->added.v[i], from, to, e);
        at = to;
    }
    fine = fine && raw_part(w, s, at, n, &x, sink, e);
    bert_text_release(&x);
    return fine;
}

/* ---- encoding -------------------------------------------------------------------------------- */

struct job {
    const struct wordpiece *w;
    struct encoding *x;
    const char *typed;
    struct token *tokens;
    size_t n, cap;
    struct change_list changes;
    struct str normalized;
    bool second;
    int segment;
};

static struct token *push(struct job *j, int32_t id, const char *piece, size_t n)
{
    struct token *t = &ARRAY_PUSH(j->tokens, j->n, j->cap);
    *t = (struct token){
        .id = id,
        .piece = arena_strndup(&j->x->arena, piece, n),
        .piece_len = n,
        .start = -1,
        .end = -1,
        .segment = j->segment,
        .second = j->second,
    };
    return t;
}

static void push_piece(struct job *j, const struct bert_text *x, size_t from, size_t to, int32_t id)
{
    bool known = id >= 0;
    struct spelling piece = {x->text.s + from, to - from};
    if (known)
        piece = j->w->vocab->by[id];
    struct token *t = push(j, known ? id : j->w->unk, piece.s, piece.n);
    t->start = x->start[from];
    t->end = x->end[to - 1];
    t->unknown = !known;
}

static bool on_word(void *ud, const struct bert_text *x, size_t from, size_t to, struct err *e)
{
    struct job *j = ud;
    const char *s = x->text.s + from;
    size_t n = to - from, first = j->n, at = 0;
    (void)e;
    bool known = n <= j->w->longest || utf8_count(s, n) <= j->w->longest;
    while (known && at < n) {
        int32_t id;
        size_t end = wordpiece_longest(j->w, s, n, at, &id);
        known = end > 0;
        if (known)
            push_piece(j, x, from + at, from + end, id);
        at = end;
    }
    if (!known) { /* one piece that fails makes the whole word unknown */
        j->n = first;
        push_piece(j, x, from, to, -1);
    }
    return true;
}

static bool on_token(void *ud, const struct added *a, size_t start, size_t end, struct err *e)
{
    struct job *j = ud;
    (void)e;
    struct token *t = push(j, a->id, a->text.s, a->text.n);
    t->start = (int64_t)start;
    t->end = (int64_t)end;
    t->special = a->special;
    t->unknown = a->id == j->w->unk;
    if (!a->normalized)
        str_addn(&j->normalized, a->text.s, a->text.n);
    return true;
}

static bool on_stretch(void *ud, const struct bert_text *x, size_t from, size_t to, struct err *e)
{
    struct job *j = ud;
    str_addn(&j->normalized, x->text.s, x->text.len);
    bert_changes(&j->w->rules, j->typed, from, to, x, j->second, &j->x->arena, &j->changes);
    return j->normalized.len <= TEXT_LIMIT ||
           err_set(e, ERR_COMMAND, "the text is too long: past %d MiB when normalised",
                   TEXT_LIMIT >> 20);
}

static bool push_text(struct job *j, const char *s, size_t n, int segment, bool second,
                      struct err *e)
{
    const struct word_sink sink = {on_word, on_token, on_stretch, j};
    j->typed = s;
    j->segment = segment;
    j->second = second;
    str_clear(&j->normalized);
    if (!wordpiece_walk(j->w, s, n, &sink, e))
        return false;
    const char *copy = arena_strndup(&j->x->arena, j->normalized.s, j->normalized.len);
    if (second) {
        j->x->normalized2 = copy;
        j->x->normalized2_len = j->normalized.len;
    } else {
        j->x->normalized = copy;
        j->x->normalized_len = j->normalized.len;
    }
    return true;
}

static void push_special(struct job *j, const struct item *item)
{
    const struct spelling *piece = &j->w->vocab->by[item->id];
    j->segment = item->segment;
    j->second = false;
    push(j, item->id, piece->s, piece->n)->special = true;
}

bool wordpiece_encode(const struct wordpiece *w, const char *const *texts, const size_t *sizes,
                      int count, bool special, struct encoding *out, struct err *e)
{
    static const struct item bare[] = {{ITEM_FIRST, 0}, {ITEM_SECOND, 1}};
    const struct template *t = count > 1 ? &w->pair : &w->single;
    const struct item *items = special ? t->v : bare;
    size_t n = special ? t->n : (size_t)count;
    struct encoding x = {0};
    struct job j = {.w = w, .x = &x, .normalized = STR_INIT};
    bool fine = true;
    for (size_t i = 0; i < n && fine; i++) {
        if (items[i].id >= 0) {
            push_special(&j, &items[i]);
        } else {
            int k = items[i].id == ITEM_SECOND;
            fine = push_text(&j, texts[k], sizes[k], items[i].segment, k, e);
        }
    }
    if (fine) {
        encoding_fill(&x, j.tokens, j.n, j.changes.v, j.changes.n);
        *out = x;
    } else {
        arena_release(&x.arena);
    }
    free(j.tokens);
    free(j.changes.v);
    str_release(&j.normalized);
    return fine;
}

/* ---- decoding -------------------------------------------------------------------------------- */

bool wordpiece_is_special(const struct wordpiece *w, int32_t id)
{
    return (w->flags[id] & ADDED_SPECIAL) != 0;
}

static const struct spelling *decoded_piece(const struct wordpiece *w, int32_t id)
{
    if (w->flags[id] & ADDED_NORMALIZED)
        for (size_t i = 0; i < w->added.n; i++)
            if (w->added.v[i].id == id && w->added.v[i].plain.s)
                return &w->added.v[i].plain;
    return &w->vocab->by[id];
}

void wordpiece_decode(const struct wordpiece *w, const int32_t *ids, size_t n, struct str *out)
{
    struct str text = STR_INIT, piece = STR_INIT;
    size_t prefix = strlen(w->decoded_prefix);
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        const struct spelling *p = decoded_piece(w, ids[i]);
        if (wordpiece_is_special(w, ids[i]))
            continue;
        bool joined = w->decoder && p->n >= prefix && memcmp(p->s, w->decoded_prefix, prefix) == 0;
        str_clear(&piece);
        if (!first && joined)
            str_addn(&piece, p->s + prefix, p->n - prefix);
        else {
            str_add(&piece, first ? "" : " ");
            str_addn(&piece, p->s, p->n);
        }
        if (w->tidy)
            clean_up_spaces(&piece);
        str_addn(&text, piece.s, piece.len);
        first = false;
    }
    if (w->clean_up)
        clean_up_spaces(&text);
    str_addn(out, text.s, text.len);
    str_release(&text);
    str_release(&piece);
}
