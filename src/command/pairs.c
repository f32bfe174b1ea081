/* Sentences with their translations, as ids, and how well a model says them. */
#include "pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "session/corpus.h"
#include "tensor/kernels.h"

bool pairs_encode(struct session *s, enum token_side side, const char *text, size_t n,
                  int32_t **ids, int64_t *count, struct err *e)
{
    const struct tokenizer *t = s->model->tokenizer[side];
    struct encoding x;
    if (t == NULL)
        return err_set(e, ERR_COMMAND,
                       "%s has no tokenizer files, so text cannot be turned into ids",
                       s->model->name);
    if (!tokenizer_encode(t, text, n, true, &x, e))
        return false;
    *count = (int64_t)x.n;
    *ids = mem_alloc((x.n + 1) * sizeof **ids);
    for (size_t i = 0; i < x.n; i++)
        (*ids)[i] = x.tokens[i].id;
    encoding_release(&x);
    return true;
}

bool pairs_check(struct session *s, enum token_side side, const int32_t *ids, int64_t n,
                 struct err *e)
{
    const struct plan *p = s->model->plan;
    int64_t most = p->max_positions,
            vocab = side == TOKEN_SOURCE ? p->vocab_source : p->vocab_target;
    const char *what = side == TOKEN_SOURCE ? "the sentence" : "the translation";
    if (n == 0)
        return err_set(e, ERR_COMMAND, "%s has no tokens", what);
    for (int64_t i = 0; i < n; i++)
        if (ids[i] < 0 || ids[i] >= vocab)
            return err_set(e, ERR_COMMAND, "id %d is outside the vocabulary (ids 0-%lld)", ids[i],
                           (long long)vocab - 1);
    if (most > 0 && n > most)
        return err_set(e, ERR_COMMAND, "%s has %lld tokens, but this model takes at most %lld",
                       what, (long long)n, (long long)most);
    return true;
}

static bool read_line(struct session *s, const char *text, size_t n, struct pair *p, struct err *e)
{
    const char *tab = memchr(text, '\t', n);
    if (tab == NULL)
        return err_set(e, ERR_COMMAND, "no tab: a line is a sentence, a tab and its translation");
    size_t head = (size_t)(tab - text), rest = n - head - 1;
    const char *second = memchr(tab + 1, '\t', rest);
    rest = second != NULL ? (size_t)(second - tab - 1) : rest;
    return pairs_encode(s, TOKEN_SOURCE, text, head, &p->source, &p->nsource, e) &&
           pairs_check(s, TOKEN_SOURCE, p->source, p->nsource, e) &&
           pairs_encode(s, TOKEN_TARGET, tab + 1, rest, &p->target, &p->ntarget, e) &&
           pairs_check(s, TOKEN_TARGET, p->target, p->ntarget, e);
}

bool pairs_read(struct session *s, const char *path, int64_t most, struct pairs *out, struct err *e)
{
    struct corpus *c;
    if (!corpus_open(path, &c, e))
        return false;
    bool ok = true;
    for (int64_t i = 1; ok && i <= corpus_count(c) && (int64_t)out->n < most; i++) {
        const char *text;
        size_t n;
        if (!corpus_line(c, i, &text, &n, e)) {
            ok = false;
        } else if (n > 0) {
            struct pair *p = &ARRAY_PUSH(out->v, out->n, out->cap);
            *p = (struct pair){0};
            ok = read_line(s, text, n, p, e) || err_wrap(e, "%s, line %lld", path, (long long)i);
        }
    }
    corpus_free(c);
    return ok && (out->n > 0 || err_set(e, ERR_COMMAND, "%s has no sentences", path));
}

bool pairs_present(struct session *s, struct pairs *out, struct err *e)
{
    int64_t nsource, n;
    const int32_t *source = session_tokens(s, TOKEN_SOURCE, &nsource),
                  *target = session_tokens(s, TOKEN_TARGET, &n);
    int64_t skip = n > 0 && target[0] == s->model->rules.start;
    if (nsource == 0 || n - skip < 1)
        return err_set(e, ERR_COMMAND, "there is no sentence with a translation") ||
               err_hint(e, "run one, or give a file of lines: sentence, tab, translation");
    struct pair *p = &ARRAY_PUSH(out->v, out->n, out->cap);
    *p = (struct pair){.nsource = nsource, .ntarget = n - skip};
    p->source = mem_alloc((size_t)nsource * sizeof *p->source);
    memcpy(p->source, source, (size_t)nsource * sizeof *p->source);
    p->target = mem_alloc((size_t)p->ntarget * sizeof *p->target);
    memcpy(p->target, target + skip, (size_t)p->ntarget * sizeof *p->target);
    return true;
}

void pairs_release(struct pairs *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->v[i].source);
        free(p->v[i].target);
    }
    free(p->v);
    *p = (struct pairs){0};
}

int32_t *pairs_fed(const struct session *s, struct arena *a, const struct pair *p, int64_t *n)
{
    bool start = s->model->rules.start >= 0;
    *n = p->ntarget - 1 + start;
    int32_t *ids = arena_alloc(a, (size_t)(*n + 1) * sizeof *ids);
    if (start)
        ids[0] = s->model->rules.start;
    memcpy(ids + start, p->target, (size_t)(p->ntarget - 1) * sizeof *ids);
    return ids;
}

struct pair_score pairs_score(const struct tensor *logits, const struct pair *p)
{
    struct pair_score s = {0};
    int64_t rows = logits->shape[1], vocab = logits->shape[2], before = p->ntarget - rows;
    float *row = mem_alloc((size_t)vocab * sizeof *row);
    for (int64_t i = 0; i < rows; i++) {
        int64_t at[] = {0, i, 0};
        for (at[2] = 0; at[2] < vocab; at[2]++)
            row[at[2]] = (float)tensor_get(logits, at);
        int32_t id = p->target[before + i];
        s.logp += row[id] - k_logsumexp(row, vocab);
        s.first += k_argmax(row, vocab) == id;
    }
    free(row);
    return s;
}
