/* How each word of a text is cut by WordPiece: every beginning that is looked up, up to the one
 * that is taken, and the shorter pieces that would have fitted. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "wordpiece.h"

enum { MOST_ATTEMPTS = 1 << 20 };

struct job {
    const struct wordpiece *w;
    struct trace *x;
    struct cut_word *words;
    size_t n, cap;
    struct attempt *attempts; /* of the word at hand */
    size_t nattempts, attempts_cap;
    size_t total;
    struct str normalized, key;
};

static struct cut_word *push_word(struct job *j, const char *s, size_t n, int64_t start,
                                  int64_t end, enum word_end how)
{
    struct cut_word *w = &ARRAY_PUSH(j->words, j->n, j->cap);
    *w = (struct cut_word){
        .text = arena_strndup(&j->x->arena, s, n),
        .start = start,
        .end = end,
        .chars = utf8_count(s, n),
        .how = how,
    };
    return w;
}

static void try(struct job *j, const struct bert_text *x, size_t word, size_t from, size_t to,
                bool taken)
{
    struct str *key = &j->key;
    str_clear(key);
    if (from > word)
        str_add(key, j->w->prefix);
    str_addn(key, x->text.s + from, to - from);
    int32_t id = wordpiece_id(j->w, key->s, key->len);
    if (taken && id < 0)
        return; /* it would have fitted, had it been a piece */
    ARRAY_PUSH(j->attempts, j->nattempts, j->attempts_cap) = (struct attempt){
        .from = (int64_t)(from - word),
        .to = (int64_t)(to - word),
        .start = x->start[from],
        .end = x->end[to - 1],
        .piece = arena_strndup(&j->x->arena, key->s, key->len),
        .id = id,
        .kind = taken    ? ATTEMPT_SHORTER
                : id < 0 ? ATTEMPT_MISS
                         : ATTEMPT_TAKEN,
    };
}

/* All beginnings of from..to, the longest first; the end of the one taken, or 0. */
static size_t place(struct job *j, const struct bert_text *x, size_t word, size_t from, size_t to)
{
    const char *s = x->text.s;
    size_t taken = 0;
    for (size_t end = to; end > from;) {
        size_t before = j->nattempts;
        try(j, x, word, from, end, taken > 0);
        if (!taken && j->attempts[before].kind == ATTEMPT_TAKEN)
            taken = end;
        do
            end--;
        while (end > from && ((unsigned char)s[end] & 0xC0) == 0x80);
    }
    return taken;
}

static bool on_word(void *ud, const struct bert_text *x, size_t from, size_t to, struct err *e)
{
    struct job *j = ud;
    const char *s = x->text.s;
    struct cut_word *w =
        push_word(j, s + from, to - from, x->start[from], x->end[to - 1], WORD_CUT);
    j->nattempts = 0;
    if (w->chars > j->w->longest)
        w->how = WORD_TOO_LONG;
    for (size_t at = from; w->how == WORD_CUT && at < to;) {
        at = place(j, x, from, at, to);
        if (!at)
            w->how = WORD_MISS;
    }
    w->n = j->nattempts;
    w->attempts = arena_alloc(&j->x->arena, w->n * sizeof *w->attempts);
    for (size_t i = 0; i < w->n; i++) {
        w->attempts[i] = j->attempts[i];
        w->looked_up += j->attempts[i].kind != ATTEMPT_SHORTER;
    }
    j->total += w->n + 1;
    return j->total <= MOST_ATTEMPTS ||
           err_set(e, ERR_COMMAND, "the text is too long to show every piece looked up (%d)",
                   MOST_ATTEMPTS);
}

static bool on_token(void *ud, const struct added *a, size_t start, size_t end, struct err *e)
{
    struct job *j = ud;
    (void)e;
    push_word(j, a->text.s, a->text.n, (int64_t)start, (int64_t)end, WORD_ADDED);
    if (!a->normalized)
        str_addn(&j->normalized, a->text.s, a->text.n);
    return true;
}

static bool on_stretch(void *ud, const struct bert_text *x, size_t from, size_t to, struct err *e)
{
    struct job *j = ud;
    (void)from, (void)to, (void)e;
    str_addn(&j->normalized, x->text.s, x->text.len);
    return true;
}

bool tokenizer_traces(const struct tokenizer *t)
{
    return t->wordpiece != NULL;
}

bool tokenizer_trace(const struct tokenizer *t, const char *text, size_t n, struct trace *out,
                     struct err *e)
{
    if (!t->wordpiece)
        return err_set(e, ERR_COMMAND, "this tokenizer (%s) does not cut words by longest matches",
                       tokenizer_kind(t));
    struct trace x = {.longest = t->wordpiece->longest};
    struct job j = {.w = t->wordpiece, .x = &x, .normalized = STR_INIT, .key = STR_INIT};
    const struct word_sink sink = {on_word, on_token, on_stretch, &j};
    bool fine = wordpiece_walk(t->wordpiece, text, n, &sink, e);
    if (fine) {
        x.n = j.n;
        x.words = arena_alloc(&x.arena, j.n * sizeof *x.words);
        if (j.n)
            memcpy(x.words, j.words, j.n * sizeof *x.words);
        x.normalized = arena_strndup(&x.arena, j.normalized.s, j.normalized.len);
        x.normalized_len = j.normalized.len;
        *out = x;
    } else {
        arena_release(&x.arena);
    }
    free(j.words);
    free(j.attempts);
    str_release(&j.normalized);
    str_release(&j.key);
    return fine;
}

void trace_release(struct trace *x)
{
    arena_release(&x->arena);
    *x = (struct trace){0};
}
