/* Reading text: normalised words, their counts, sentences of ids. */
#include "words/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

enum { LIMIT = 1 << 30, ZWNJ = 0x200C, REPLACEMENT = 0xFFFD };

enum role { LETTER, JOINER, SILENT, BREAK };

/* What a character does to the word under way. */
static enum role role_of(int32_t cp)
{
    if (cp == ZWNJ || cp == '\'' || cp == 0x2019)
        return JOINER;
    if (cp == 0x0640 || cp == 0x200B || cp == 0x200D || cp == 0xFEFF || cp == 0x061C ||
        (cp >= 0x200E && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
        (cp >= 0x2066 && cp <= 0x2069))
        return SILENT;
    if (cp == REPLACEMENT)
        return LETTER;
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return LETTER;
    default:
        return BREAK;
    }
}

static int32_t folded(int32_t cp)
{
    if (cp == 0x064A || cp == 0x0649) /* Arabic yeh, alef maksura */
        return 0x06CC;
    if (cp == 0x0643) /* Arabic kaf */
        return 0x06A9;
    return cp == 0x2019 ? '\'' : utf8proc_tolower(cp);
}

/* The next word of [*at, n) into `word`; empty at the end of the stretch. Joiners count only
 * between letters. */
static void next_word(const char *s, size_t n, size_t *at, struct str *word, int64_t *bad)
{
    char utf8[4], joiner[4];
    int waiting = 0; /* bytes of the joiner that a letter may still follow */
    str_clear(word);
    while (*at < n) {
        int32_t cp;
        *at += (size_t)utf8_decode(s + *at, n - *at, &cp);
        if (cp < 0) {
            cp = REPLACEMENT;
            ++*bad;
        }
        switch (role_of(cp)) {
        case LETTER:
            str_addn(word, joiner, (size_t)waiting);
            str_addn(word, utf8, (size_t)utf8_encode(folded(cp), utf8));
            waiting = 0;
            break;
        case JOINER:
            waiting = word->len > 0 ? utf8_encode(folded(cp), joiner) : 0;
            break;
        case SILENT:
            break;
        case BREAK:
            if (word->len > 0)
                return;
        }
    }
}

char *text_word(const char *word)
{
    struct str out = STR_INIT;
    size_t at = 0;
    int64_t bad = 0;
    next_word(word, strlen(word), &at, &out, &bad);
    return str_detach(&out);
}

/* ---- vocabulary ------------------------------------------------------------------------------ */

void vocab_release(struct vocab *v)
{
    arena_release(&v->arena);
    map_release(&v->index);
    free(v->word);
    free(v->count);
    *v = (struct vocab){0};
}

void vocab_move(struct vocab *to, struct vocab *from)
{
    *to = *from;
    *from = (struct vocab){0};
}

int64_t vocab_tokens(const struct vocab *v)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < v->n; i++)
        sum += v->count[i];
    return sum;
}

bool vocab_find(const struct vocab *v, const char *word, int32_t *id, struct err *e)
{
    int64_t found = map_gets(&v->index, word, -1);
    if (found < 0) {
        char *normal = text_word(word);
        found = map_gets(&v->index, normal, -1);
        free(normal);
    }
    if (found >= 0) {
        *id = (int32_t)found;
        return true;
    }
    err_set(e, ERR_COMMAND, "'%s' is not among the %d words of the vocabulary", word, v->n);
    const char **names = mem_alloc(((size_t)v->n + 1) * sizeof *names);
    if (v->n > 0)
        memcpy(names, v->word, (size_t)v->n * sizeof *names);
    const char *meant = str_nearest(word, names);
    if (meant != NULL)
        err_hint(e, "did you mean '%s'?", meant);
    free(names);
    return false;
}

/* ---- counting -------------------------------------------------------------------------------- */

/* Words by order of first occurrence, until they are sorted. */
struct counter {
    int64_t *count;
    size_t n, cap, words_cap, ids_cap, from_cap;
};

struct ranked {
    int64_t count;
    int32_t id; /* by first occurrence */
};

static int by_count(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return a->id < b->id ? -1 : 1;
}

static void add_word(struct text *t, struct counter *c, const struct str *word)
{
    struct vocab *v = &t->vocab;
    int64_t id = map_get(&v->index, word->s, word->len, -1);
    if (id < 0) {
        id = (int64_t)c->n;
        const char *copy = arena_strndup(&v->arena, word->s, word->len);
        size_t n = c->n;
        ARRAY_PUSH(v->word, n, c->words_cap) = copy;
        ARRAY_PUSH(c->count, c->n, c->cap) = 0;
        map_add(&v->index, copy, word->len, id);
    }
    c->count[id]++;
    size_t n = (size_t)t->n;
    ARRAY_PUSH(t->ids, n, c->ids_cap) = (int32_t)id;
    t->n++;
}

static void begin_sentence(struct text *t, struct counter *c)
{
    size_t n = (size_t)t->sentences;
    ARRAY_PUSH(t->from, n, c->from_cap) = t->n;
    t->sentences++;
}

/* Until the end, or until somebody interrupts. */
static void count_words(const char *s, size_t n, struct text *t, struct counter *c)
{
    struct str word = STR_INIT;
    for (size_t line = 0; line < n && !interrupted();) {
        const char *newline = memchr(s + line, '\n', n - line);
        size_t end = newline != NULL ? (size_t)(newline - s) : n, at = line;
        int64_t before = t->n;
        while (!interrupted()) {
            next_word(s, end, &at, &word, &t->bad_bytes);
            if (word.len == 0)
                break;
            if (t->n == before)
                begin_sentence(t, c);
            add_word(t, c, &word);
        }
        line = end + 1;
    }
    str_release(&word);
}

/* Sorts the vocabulary by count, cuts off the rare words and gives all ids anew. */
static void settle(struct text *t, struct counter *c, int64_t min_count)
{
    struct vocab *v = &t->vocab;
    struct ranked *order = mem_alloc((c->n + 1) * sizeof *order);
    int32_t *new_id = mem_alloc((c->n + 1) * sizeof *new_id);
    const char **word = mem_alloc((c->n + 1) * sizeof *word);
    for (size_t i = 0; i < c->n; i++)
        order[i] = (struct ranked){c->count[i], (int32_t)i};
    qsort(order, c->n, sizeof *order, by_count);
    map_release(&v->index);
    v->index = (struct map)MAP_INIT;
    for (size_t i = 0; i < c->n; i++) {
        int32_t old = order[i].id;
        new_id[old] = -1;
        if (order[i].count < min_count)
            continue;
        new_id[old] = v->n;
        word[v->n] = v->word[old];
        c->count[v->n] = order[i].count; /* the sorted copy is read from now on */
        map_add(&v->index, word[v->n], strlen(word[v->n]), v->n);
        v->n++;
    }
    free(v->word);
    v->word = word;
    v->count = c->count;
    c->count = NULL;
    int64_t kept = 0, sentences = 0;
    for (int64_t s = 0; s < t->sentences; s++) {
        int64_t end = s + 1 < t->sentences ? t->from[s + 1] : t->n, begin = kept;
        for (int64_t i = t->from[s]; i < end; i++)
            if (new_id[t->ids[i]] >= 0)
                t->ids[kept++] = new_id[t->ids[i]];
        if (kept > begin)
            t->from[sentences++] = begin;
    }
    t->n = kept;
    t->sentences = sentences;
    t->from[sentences] = kept;
    free(order);
    free(new_id);
}

bool text_parse(const char *bytes, size_t n, const char *name, int64_t min_count, struct text *out,
                struct err *e)
{
    struct text t = {0};
    struct counter c = {0};
    count_words(bytes, n, &t, &c);
    t.words = t.n;
    t.kinds = (int64_t)c.n;
    begin_sentence(&t, &c); /* room for the end of the last one */
    t.sentences--;
    bool ok = !interrupted() || err_set(e, ERR_INTERRUPT, "interrupted");
    ok = ok && (t.words > 0 || err_set(e, ERR_COMMAND, "%s holds no words", name));
    ok = ok && (t.words < INT32_MAX || err_set(e, ERR_COMMAND, "%s holds too many words", name));
    if (ok)
        settle(&t, &c, min_count);
    if (ok && t.vocab.n == 0)
        ok = err_set(e, ERR_COMMAND, "no word of %s comes at least %lld times", name,
                     (long long)min_count) ||
             err_hint(e, "lower --min-count");
    free(c.count);
    if (!ok) {
        text_release(&t);
        return false;
    }
    *out = t;
    return true;
}

bool text_open(const char *path, int64_t min_count, struct text *out, struct err *e)
{
    size_t size;
    if (file_is_dir(path))
        return err_set(e, ERR_FILE, "%s is a folder; a text file is wanted", path);
    char *bytes = file_read(path, LIMIT, &size, e);
    if (bytes == NULL)
        return false;
    bool ok = text_parse(bytes, size, path, min_count, out, e);
    free(bytes);
    return ok;
}

void text_release(struct text *t)
{
    vocab_release(&t->vocab);
    free(t->ids);
    free(t->from);
    *t = (struct text){0};
}
