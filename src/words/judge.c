/* Measuring what neighbours are. */
#include "words/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

/* ---- lexicon --------------------------------------------------------------------------------- */

enum { LIMIT = 1 << 28 };

/* The number of a name; parts and classes share them. */
static int32_t number(struct lexicon *l, const char *name, size_t n)
{
    int64_t id = map_get(&l->names, name, n, -1);
    if (id < 0) {
        id = (int64_t)l->names.n;
        map_add(&l->names, arena_strndup(&l->arena, name, n), n, id);
    }
    return (int32_t)id;
}

static bool read_line(struct lexicon *l, const struct vocab *v, const char *line, size_t n)
{
    const char *tab = memchr(line, '\t', n), *end = line + n;
    const char *second = tab != NULL ? memchr(tab + 1, '\t', (size_t)(end - tab - 1)) : NULL;
    if (second == NULL || tab == line || second == tab + 1 || second + 1 == end)
        return false;
    int64_t id = map_get(&v->index, line, (size_t)(tab - line), -1);
    if (id >= 0 && l->part[id] < 0) {
        l->part[id] = number(l, tab + 1, (size_t)(second - tab - 1));
        l->kind[id] = number(l, second + 1, (size_t)(end - second - 1));
        l->listed++;
    }
    return true;
}

bool lexicon_open(const char *path, const struct vocab *v, struct lexicon *out, struct err *e)
{
    size_t size;
    char *bytes = file_read(path, LIMIT, &size, e);
    if (bytes == NULL)
        return false;
    struct lexicon l = {.n = v->n};
    l.part = mem_alloc((size_t)v->n * sizeof *l.part);
    l.kind = mem_alloc((size_t)v->n * sizeof *l.kind);
    memset(l.part, -1, (size_t)v->n * sizeof *l.part);
    memset(l.kind, -1, (size_t)v->n * sizeof *l.kind);
    bool ok = true;
    int64_t number_of_line = 1;
    for (size_t at = 0; ok && at < size; number_of_line++) {
        const char *newline = memchr(bytes + at, '\n', size - at);
        size_t end = newline != NULL ? (size_t)(newline - bytes) : size, n = end - at;
        n -= n > 0 && bytes[end - 1] == '\r';
        ok = n == 0 || bytes[at] == '#' || read_line(&l, v, bytes + at, n) ||
             err_set(e, ERR_FILE,
                     "%s, line %lld: a word, its part of speech and its class are "
                     "wanted, with tabs between them",
                     path, (long long)number_of_line);
        at = end + 1;
    }
    ok = ok &&
         (l.listed > 0 || err_set(e, ERR_COMMAND, "%s lists no word of this vocabulary", path));
    free(bytes);
    if (!ok)
        lexicon_release(&l);
    else
        *out = l;
    return ok;
}

void lexicon_release(struct lexicon *l)
{
    free(l->part);
    free(l->kind);
    map_release(&l->names);
    arena_release(&l->arena);
    *l = (struct lexicon){0};
}

/* ---- companions ------------------------------------------------------------------------------ */

/* Which sentences hold each word, once each, and counts of those that hold another word too. */
struct company {
    const struct text *t;
    int32_t words;
    int64_t *from;     /* [words + 1] where the sentences of a word begin in `in` */
    int32_t *in;       /* numbers of sentences */
    int32_t *together; /* [words] with the present word */
    int32_t *seen;     /* [words] the last sentence (+1) in which it was counted */
};

static int32_t holding(const struct company *c, int32_t word)
{
    return (int32_t)(c->from[word + 1] - c->from[word]);
}

static void company_init(struct company *c, const struct text *t, int32_t words)
{
    *c = (struct company){.t = t, .words = words};
    c->from = mem_alloc(((size_t)words + 2) * sizeof *c->from);
    c->in = mem_alloc(((size_t)t->n + 1) * sizeof *c->in);
    c->together = mem_alloc((size_t)words * sizeof *c->together);
    c->seen = mem_alloc((size_t)words * sizeof *c->seen);
    /* Counted one place on, so that filling moves each beginning to where it belongs. */
    for (int pass = 0; pass < 2; pass++) {
        memset(c->seen, 0, (size_t)words * sizeof *c->seen);
        for (int64_t s = 0; s < t->sentences; s++)
            for (int64_t i = t->from[s]; i < t->from[s + 1]; i++) {
                int32_t id = t->ids[i];
                if (c->seen[id] == (int32_t)s + 1)
                    continue;
                c->seen[id] = (int32_t)s + 1;
                if (pass == 0)
                    c->from[id + 2]++;
                else
                    c->in[c->from[id + 1]++] = (int32_t)s;
            }
        for (int32_t w = 0; pass == 0 && w < words; w++)
            c->from[w + 2] += c->from[w + 1];
    }
}

static void company_release(struct company *c)
{
    free(c->from);
    free(c->in);
    free(c->together);
    free(c->seen);
}

static void meet(struct company *c, int32_t word)
{
    memset(c->together, 0, (size_t)c->words * sizeof *c->together);
    memset(c->seen, 0, (size_t)c->words * sizeof *c->seen);
    for (int64_t k = c->from[word]; k < c->from[word + 1]; k++) {
        int32_t s = c->in[k];
        for (int64_t i = c->t->from[s]; i < c->t->from[s + 1]; i++)
            if (c->seen[c->t->ids[i]] != s + 1) {
                c->seen[c->t->ids[i]] = s + 1;
                c->together[c->t->ids[i]]++;
            }
    }
}

/* After meet(word). */
static bool companion(const struct company *c, int32_t word, int32_t other)
{
    double both = c->together[other];
    return both >= 2 && both * (double)c->t->sentences >=
                            2.0 * (double)holding(c, word) * (double)holding(c, other);
}

/* ---- judging --------------------------------------------------------------------------------- */

struct sums {
    double part, kind, companions;
    int64_t judged, listed;
};

/* The shares of a word among n others. */
static void add_word(struct sums *s, const struct company *c, const struct lexicon *l, int32_t word,
                     const struct w2v_near *near, int64_t n)
{
    bool listed = l != NULL && l->part[word] >= 0;
    int64_t part = 0, kind = 0, companions = 0;
    if (n == 0)
        return;
    for (int64_t i = 0; i < n; i++) {
        int32_t other = near[i].id;
        part += listed && l->part[other] == l->part[word];
        kind += listed && l->kind[other] == l->kind[word];
        companions += companion(c, word, other);
    }
    s->companions += (double)companions / (double)n;
    s->judged++;
    if (listed) {
        s->part += (double)part / (double)n;
        s->kind += (double)kind / (double)n;
        s->listed++;
    }
}

/* All other words, for the level of chance. */
static int64_t everyone(const struct vocab *v, int32_t word, struct w2v_near *near)
{
    int64_t n = 0;
    for (int32_t i = 0; i < v->n; i++)
        if (i != word)
            near[n++].id = i;
    return n;
}

void judge(const struct w2v *m, const struct vocab *v, const struct text *t,
           const struct lexicon *l, int64_t k, int64_t min_count, struct judgement *out)
{
    struct sums s = {0};
    struct company c;
    struct w2v_near *near = mem_alloc(((size_t)v->n + (size_t)k) * sizeof *near);
    company_init(&c, t, v->n);
    for (int32_t word = 0; word < v->n && v->count[word] >= min_count; word++) {
        meet(&c, word);
        int64_t n = m != NULL ? w2v_nearest(m, m->u + word * m->stride, &word, 1, k, near)
                              : everyone(v, word, near);
        add_word(&s, &c, l, word, near, n);
    }
    company_release(&c);
    free(near);
    *out = (struct judgement){
        .same_part = s.listed > 0 ? s.part / (double)s.listed : NAN,
        .same_class = s.listed > 0 ? s.kind / (double)s.listed : NAN,
        .companions = s.judged > 0 ? s.companions / (double)s.judged : NAN,
        .judged = s.judged,
        .listed = s.listed,
    };
}
