/* The competing segmentations: every piece that matches somewhere, the best total of a path through
 * it, and the n best whole paths. Totals are sums in double precision; the winner is the path that
 * the search in single precision took. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "internal.h"

enum { MOST_RANKS = 4 << 20 }; /* positions times paths kept */

struct graph {
    const struct tokenizer *t;
    struct lattice *x;
    struct lattice_edge *edges; /* by `from`, then length */
    size_t n, cap;
    struct str text;    /* normalised, of all stretches */
    struct normal part; /* of one stretch */
    size_t *chosen;     /* indices of the winner's edges, in order */
    size_t nchosen, chosen_cap;
};

/* ---- edges ---- */

/* A piece may end in the middle of a character where its spelling is not UTF-8. */
static bool ends_inside(const char *s, size_t n, size_t at)
{
    return at < n && ((unsigned char)s[at] & 0xC0) == 0x80;
}

static bool add_edges(struct graph *g, const char *s, const struct segment *stretch, struct err *e)
{
    const struct spm *spm = g->t->spm;
    if (!normalizer_run(&spm->normal, s + stretch->start, stretch->end - stretch->start,
                        stretch->start, &g->part, NULL, e))
        return false;
    struct step *steps;
    size_t nsteps, step = 0, base = g->text.len, n = g->part.text.len, one;
    const char *p = g->part.text.s;
    if (!unigram_best(spm, p, n, &steps, &nsteps, e))
        return false;
    bool fine = true;
    for (size_t from = 0; fine && from < n; from += one) {
        struct matches m;
        struct match found;
        matches_begin(&m, spm, p, n, from);
        while (matches_next(&m, &found)) {
            int32_t id = tokenizer_model_id(g->t, found.id, p + from, found.to - from);
            bool won = step < nsteps && steps[step].from == from && steps[step].to == found.to;
            if (!won && ends_inside(p, n, found.to)) /* no path leads on from there */
                continue;
            if (won)
                ARRAY_PUSH(g->chosen, g->nchosen, g->chosen_cap) = g->n;
            ARRAY_PUSH(g->edges, g->n, g->cap) = (struct lattice_edge){
                .from = (int64_t)(base + from),
                .to = (int64_t)(base + found.to),
                .start = g->part.map[from],
                .end = g->part.map[found.to],
                .piece = arena_strndup(&g->x->arena, p + from, found.to - from),
                .id = id < 0 ? tokenizer_unk(g->t) : id,
                .score = found.score,
                .chosen = won,
                .unknown = found.id == spm->unk,
            };
        }
        one = m.one;
        while (step < nsteps && steps[step].from <= from)
            step++;
        if (interrupted())
            fine = err_set(e, ERR_INTERRUPT, "interrupted while listing pieces");
    }
    free(steps);
    str_addn(&g->text, p, n);
    return fine;
}

static void add_special(struct graph *g, const char *s, const struct segment *stretch)
{
    size_t n = stretch->end - stretch->start;
    ARRAY_PUSH(g->chosen, g->nchosen, g->chosen_cap) = g->n;
    ARRAY_PUSH(g->edges, g->n, g->cap) = (struct lattice_edge){
        .from = (int64_t)g->text.len,
        .to = (int64_t)(g->text.len + n),
        .start = (int64_t)stretch->start,
        .end = (int64_t)stretch->end,
        .piece = arena_strndup(&g->x->arena, s + stretch->start, n),
        .id = stretch->id,
        .chosen = true,
        .unknown = stretch->unknown,
    };
    str_addn(&g->text, s + stretch->start, n);
}

/* ---- the best path through each edge ---- */

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* best_through = best total up to the edge + its score + best total after it. */
static void score_edges(struct graph *g)
{
    size_t n = g->text.len;
    double *before = mem_alloc((n + 1) * sizeof *before);
    double *after = mem_alloc((n + 1) * sizeof *after);
    for (size_t i = 1; i <= n; i++)
        before[i] = -INFINITY;
    for (size_t i = 0; i < n; i++)
        after[i] = -INFINITY;
    for (size_t i = 0; i < g->n; i++) {
        struct lattice_edge *edge = &g->edges[i];
        before[edge->to] = larger(before[edge->to], before[edge->from] + (double)edge->score);
    }
    for (size_t i = g->n; i-- > 0;) {
        struct lattice_edge *edge = &g->edges[i];
        after[edge->from] = larger(after[edge->from], after[edge->to] + (double)edge->score);
    }
    double best = 0.0;
    for (size_t i = 0; i < g->nchosen; i++)
        best += (double)g->edges[g->chosen[i]].score;
    /* Totals that single precision cannot tell apart are ties. */
    double near = fabs(best) * FLT_EPSILON;
    for (size_t i = 0; i < g->n; i++) {
        struct lattice_edge *edge = &g->edges[i];
        edge->best_through =
            edge->chosen ? best : before[edge->from] + (double)edge->score + after[edge->to];
        edge->tie = !edge->chosen && edge->best_through >= best - near;
    }
    g->x->best = best;
    free(before);
    free(after);
}

/* ---- the n best paths ---- */

/* One of the best paths up to a place: its last edge, and which of the best paths up to that edge
 * it continues. */
struct rank {
    double total;
    uint32_t edge, before;
};
struct best {
    struct rank *ranks; /* k for each place */
    int *counts;        /* how many a place has */
    int k;
};

/* Keeps the k best, earlier ones first among equals. False: it was not good enough. */
static bool keep_rank(struct best *b, size_t place, struct rank r)
{
    struct rank *v = b->ranks + place * (size_t)b->k;
    int n = b->counts[place];
    if (n == b->k && v[n - 1].total >= r.total)
        return false;
    int at = n < b->k ? n : n - 1;
    while (at > 0 && v[at - 1].total < r.total) {
        v[at] = v[at - 1];
        at--;
    }
    v[at] = r;
    if (n < b->k)
        b->counts[place]++;
    return true;
}

static bool rank_paths(struct graph *g, struct best *b, struct err *e)
{
    b->counts[0] = 1;
    for (size_t i = 0; i < g->n; i++) {
        const struct lattice_edge *edge = &g->edges[i];
        const struct rank *from = b->ranks + (size_t)edge->from * (size_t)b->k;
        for (int j = 0; j < b->counts[edge->from]; j++)
            if (!keep_rank(
                    b, (size_t)edge->to,
                    (struct rank){from[j].total + (double)edge->score, (uint32_t)i, (uint32_t)j}))
                break;
        if (interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted while ranking segmentations");
    }
    return true;
}

/* The edges of a path, last first, into `out`; their number. */
static size_t path_edges(const struct graph *g, const struct best *b, int rank, size_t *out)
{
    size_t n = 0, place = g->text.len, which = (size_t)rank;
    while (place > 0) {
        struct rank r = b->ranks[place * (size_t)b->k + which];
        out[n++] = r.edge;
        place = (size_t)g->edges[r.edge].from;
        which = r.before;
    }
    return n;
}

static const char *spell(struct graph *g, const size_t *edges, size_t n, bool backwards)
{
    struct str s = STR_INIT;
    for (size_t i = 0; i < n; i++) {
        if (i)
            str_addc(&s, ' ');
        str_add(&s, g->edges[edges[backwards ? n - 1 - i : i]].piece);
    }
    const char *copy = arena_strndup(&g->x->arena, s.s, s.len);
    str_release(&s);
    return copy;
}

static bool is_winner(const struct graph *g, const size_t *edges, size_t n)
{
    if (n != g->nchosen)
        return false;
    for (size_t i = 0; i < n; i++)
        if (edges[n - 1 - i] != g->chosen[i])
            return false;
    return true;
}

/* The winner comes first even where rounding puts another path a hair before it. */
static void list_paths(struct graph *g, const struct best *b)
{
    struct lattice *x = g->x;
    int found = b->counts[g->text.len];
    x->paths = arena_alloc(&x->arena, (size_t)(found + 1) * sizeof *x->paths);
    size_t *edges = mem_alloc((g->text.len + 1) * sizeof *edges);
    x->paths[x->npaths++] = (struct lattice_path){spell(g, g->chosen, g->nchosen, false), x->best};
    for (int i = 0; i < found && x->npaths < (size_t)b->k; i++) {
        size_t n = path_edges(g, b, i, edges);
        if (!is_winner(g, edges, n))
            x->paths[x->npaths++] = (struct lattice_path){
                spell(g, edges, n, true), b->ranks[g->text.len * (size_t)b->k + (size_t)i].total};
    }
    free(edges);
}

static bool find_paths(struct graph *g, int k, struct err *e)
{
    size_t places = g->text.len + 1;
    if (k <= 0)
        return true;
    if ((size_t)k > MOST_RANKS / places)
        return err_set(e, ERR_COMMAND,
                       "%d segmentations of a text of %zu bytes are too many to keep; at most %zu",
                       k, g->text.len, (size_t)MOST_RANKS / places);
    struct best b = {.k = k};
    b.ranks = mem_alloc(places * (size_t)k * sizeof *b.ranks);
    b.counts = mem_alloc(places * sizeof *b.counts);
    bool fine = rank_paths(g, &b, e);
    if (fine)
        list_paths(g, &b);
    free(b.ranks);
    free(b.counts);
    return fine;
}

/* ---- */

static void hand_over(struct graph *g)
{
    struct lattice *x = g->x;
    x->n = g->n;
    x->edges = arena_alloc(&x->arena, g->n * sizeof *x->edges);
    if (g->n)
        memcpy(x->edges, g->edges, g->n * sizeof *x->edges);
    x->normalized = arena_strndup(&x->arena, g->text.s, g->text.len);
    x->normalized_len = g->text.len;
}

bool tokenizer_lattice(const struct tokenizer *t, const char *text, size_t n, int nbest,
                       struct lattice *out, struct err *e)
{
    if (!t->spm)
        return err_set(e, ERR_COMMAND, "this tokenizer (%s) has no competing segmentations",
                       tokenizer_kind(t));
    struct lattice x = {0};
    struct graph g = {.t = t, .x = &x, .text = STR_INIT, .part = NORMAL_INIT};
    size_t count;
    struct segment *stretches = tokenizer_segments(t, text, n, &count);
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        if (stretches[i].id >= 0)
            add_special(&g, text, &stretches[i]);
        else
            fine = add_edges(&g, text, &stretches[i], e);
    }
    if (fine) {
        score_edges(&g);
        fine = find_paths(&g, nbest, e);
    }
    if (fine) {
        hand_over(&g);
        *out = x;
    } else {
        arena_release(&x.arena);
    }
    free(stretches);
    free(g.edges);
    free(g.chosen);
    str_release(&g.text);
    normal_release(&g.part);
    return fine;
}

void lattice_release(struct lattice *x)
{
    arena_release(&x->arena);
    *x = (struct lattice){0};
}
