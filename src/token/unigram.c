/* The best segmentation under a Unigram model, in the arithmetic of SentencePiece 0.2.3: float32
 * totals, the first of equal candidates stays, totals brought back to zero past 100,000. */
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "internal.h"

/* Bytes of a character by its first byte; other bytes count as one. */
static size_t char_bytes(unsigned char first)
{
    return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

void matches_begin(struct matches *m, const struct spm *model, const char *s, size_t n, size_t from)
{
    size_t one = char_bytes((unsigned char)s[from]);
    *m = (struct matches){
        .model = model,
        .trie = spm_trie(model),
        .s = s,
        .n = n,
        .from = from,
        .at = from,
        .one = one < n - from ? one : n - from,
    };
}

/* A user-defined piece beats all others, and one long piece beats several short ones. */
static float score_of(const struct piece *p, size_t bytes)
{
    return p->type == PIECE_USER ? (float)(0.1 * ((double)bytes - 1)) : p->score;
}

bool matches_next(struct matches *m, struct match *out)
{
    const struct trie *t = m->trie;
    while (!m->done && m->at < m->n) {
        m->node = trie_step(t, m->node, (unsigned char)m->s[m->at]);
        if (!m->node)
            break;
        m->at++;
        int32_t id = t->values[m->node];
        if (id < 0 || m->model->pieces[id].type == PIECE_UNUSED)
            continue;
        size_t bytes = m->at - m->from;
        m->single |= bytes == m->one;
        *out = (struct match){m->at, id, score_of(&m->model->pieces[id], bytes)};
        return true;
    }
    if (m->done || m->single)
        return false;
    m->done = true;
    *out = (struct match){m->from + m->one, m->model->unk, m->model->unk_score};
    return true;
}

/* The best path that ends at one byte. */
struct end {
    int32_t id;
    float total;   /* of the path */
    float score;   /* of its last piece */
    uint32_t from; /* where that piece begins */
    bool reached;
};

static bool search(const struct spm *model, const char *s, size_t n, struct end *ends,
                   struct err *e)
{
    const float far = 100000.0f;
    size_t frontier = 0, count = 0;
    for (size_t from = 0; from < n; count++) {
        if (count % POLL_EVERY == 0 && interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted while tokenizing");
        float total = ends[from].total;
        if (total < -far || total > far) {
            /* Only differences matter, and small numbers have finer ones. */
            for (size_t i = from; i <= frontier; i++)
                if (i == from || ends[i].reached)
                    ends[i].total -= total;
            total = 0.0f;
        }
        struct matches m;
        struct match found;
        matches_begin(&m, model, s, n, from);
        while (matches_next(&m, &found)) {
            struct end *end = &ends[found.to];
            float candidate = found.score + total;
            if (found.to > frontier)
                frontier = found.to;
            if (!end->reached || candidate > end->total)
                *end = (struct end){found.id, candidate, found.score, (uint32_t)from, true};
        }
        from += m.one;
    }
    return true;
}

bool unigram_best(const struct spm *model, const char *s, size_t n, struct step **steps,
                  size_t *count, struct err *e)
{
    size_t bytes = (n + 1) * sizeof(struct end); /* n is at most TEXT_LIMIT */
    struct end *ends = calloc(n + 1, sizeof *ends);
    if (!ends)
        return err_memory(e, bytes, "the segmentation of this text");
    if (!search(model, s, n, ends, e)) {
        free(ends);
        return false;
    }
    size_t used = 0;
    for (size_t to = n; to > 0; to = ends[to].from)
        used++;
    struct step *path = mem_alloc(used * sizeof *path);
    size_t i = used;
    for (size_t to = n; to > 0; to = ends[to].from)
        path[--i] = (struct step){ends[to].from, (uint32_t)to, ends[to].id, ends[to].score};
    free(ends);
    *steps = path;
    *count = used;
    return true;
}
