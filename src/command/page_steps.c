/* The decoding for the page of a session: choices with their candidates, beams as a tree. */
#include <stdlib.h>

#include "base/mem.h"
#include "candidates.h"
#include "session_page.h"

const char *page_step(struct session *s, int64_t i, struct result *out)
{
    const struct gen_step *step = gen_step_at(s->gen, i);
    bool beams = step->nbeams > 0;
    int n = step->ncandidates;
    struct arena *a = &out->arena;
    const char **fates = arena_alloc(a, ((size_t)n + 1) * sizeof *fates);
    char buf[24];
    const char *chosen = session_piece(s, TOKEN_TARGET, step->id, buf);
    for (int k = 0; k < n; k++)
        fates[k] = !beams && step->candidates[k].id == step->id ? step->forced ? "forced" : "chosen"
                   : step->candidates[k].banned                 ? "banned"
                                                                : "";
    candidates_show(s, TOKEN_TARGET, step->candidates, 0, n, fates, out, data_map(a));
    return beams ? arena_printf(a, "Step %lld, candidates of the best beam", (long long)i)
                 : arena_printf(a, "Step %lld: %s", (long long)i, chosen);
}

/* ---- beams ----------------------------------------------------------------------------------- */

struct tree {
    struct session *s;
    struct arena *a;
    struct page_branch *v;
    size_t n, cap;
    int width;
};

static bool filler(const struct tree *t, const struct gen_beam *b, int k)
{
    return !b->alive && !b->finished && k < t->width;
}

/* What grows out of beam `from` of the choice before; *only: the last of them. */
static int children(const struct tree *t, int64_t step, int from, int *only)
{
    const struct gen_step *x = gen_step_at(t->s->gen, step);
    int n = 0;
    for (int k = 0; x != NULL && k < x->nbeams; k++)
        if (x->beams[k].parent == from && !filler(t, &x->beams[k], k)) {
            n++;
            *only = k;
        }
    return n;
}

static const char *note_of(const struct tree *t, const struct gen_beam *b)
{
    return b->finished ? arena_printf(t->a, "finished, log p %.4f, score %.4f", b->score, b->ranked)
           : b->alive  ? arena_printf(t->a, "log p %.4f", b->score)
                       : arena_printf(t->a, "pruned, log p %.4f", b->score);
}

/* Beam k of a choice and all that grows out of it. While one thing alone does, it stays on the
 * line. */
static void grow(struct tree *t, int64_t step, int k, int depth)
{
    struct str text = STR_INIT;
    const struct gen_beam *b = &gen_step_at(t->s->gen, step)->beams[k];
    int only = 0, n;
    char buf[24];
    str_add(&text, session_piece(t->s, TOKEN_TARGET, b->id, buf));
    while ((n = b->alive ? children(t, step + 1, k, &only) : 0) == 1) {
        k = only;
        b = &gen_step_at(t->s->gen, ++step)->beams[k];
        str_addf(&text, " %s", session_piece(t->s, TOKEN_TARGET, b->id, buf));
    }
    ARRAY_PUSH(t->v, t->n, t->cap) =
        (struct page_branch){depth, arena_strdup(t->a, text.s), note_of(t, b), b->finished};
    str_release(&text);
    const struct gen_step *next = n > 0 ? gen_step_at(t->s->gen, step + 1) : NULL;
    for (int i = 0; next != NULL && i < next->nbeams; i++)
        if (next->beams[i].parent == k && !filler(t, &next->beams[i], i))
            grow(t, step + 1, i, depth + 1);
}

const struct page_branch *page_tree(struct session *s, struct arena *a, int *n)
{
    struct tree t = {.s = s, .a = a, .width = gen_opts(s->gen)->width};
    const struct gen_step *first = gen_step_at(s->gen, 0);
    for (int k = 0; first != NULL && k < first->nbeams; k++)
        if (!filler(&t, &first->beams[k], k))
            grow(&t, 0, k, 0);
    struct page_branch *copy = arena_alloc(a, (t.n + 1) * sizeof *copy);
    for (size_t i = 0; i < t.n; i++)
        copy[i] = t.v[i];
    free(t.v);
    *n = (int)t.n;
    return copy;
}
