/* Attention: scores, mixing of values, and both in one.
 *
 * A unit of work is one head of one sequence, or some of its queries. Where the keys of a sequence
 * lie in one row of the batch their rows are evenly spaced and go to the matrix loops, many queries
 * at a time; in a cache reordered by slots each row is looked up. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "k_ops.h"

enum {
    SCRATCH = 64 << 10, /* scores of a block of queries, in floats: a quarter of the second cache */
    TILE_QUERIES = 3,   /* fewer go one by one, with less ado */
    TURN_QUERIES = 16,  /* from so many queries on it pays to transpose the keys first */
};

/* What one thread works on: head h of sequence b, queries from..to. */
struct unit {
    const struct k_attn *a;
    int64_t b, h, from, to;
    float *turned; /* transposed keys [width, keys] of this unit, or NULL */
};

static bool even(const struct k_attn *a)
{
    return !a->slot || a->slot_step == 0;
}

static int64_t kv_head(const struct unit *u)
{
    return u->h / (u->a->heads / u->a->kv_heads);
}

/* Key or value row 0 of the unit where rows are evenly spaced. */
static const float *rows_of(const struct unit *u, const struct k_rows *r)
{
    int64_t row = u->a->slot ? u->a->slot[u->b] : u->b;
    return r->p + row * r->batch + kv_head(u) * r->head;
}

static struct k_gather gather_of(const struct unit *u, const struct k_rows *r, int64_t rows)
{
    static const int32_t same = 0;
    struct k_gather g = {.pos = r->pos, .rows = rows, .width = u->a->width};
    if (even(u->a)) {
        g.p = rows_of(u, r);
        g.slot = &same;
    } else {
        g.p = r->p + kv_head(u) * r->head;
        g.batch = r->batch;
        g.slot = u->a->slot + u->b;
        g.step = u->a->slot_step;
    }
    return g;
}

static float *at(const struct k_out *o, const struct unit *u, int64_t i)
{
    return o->p + i * o->pos + u->b * o->batch + u->h * o->head;
}

/* How many keys query i of the unit sees. */
static int64_t visible_keys(const struct unit *u, int64_t i)
{
    const struct k_attn *a = u->a;
    int64_t n = a->keys;
    if (a->key_count && a->key_count[u->b] < n)
        n = a->key_count[u->b];
    if (a->causal_from >= 0 && a->causal_from + i + 1 < n)
        n = a->causal_from + i + 1;
    return n < 0 ? 0 : n;
}

/* Scores of queries i .. i+m-1 into out [m, keys], rows ld apart: scaled and masked. */
static void scores_block(const struct unit *u, float *out, int64_t ld, int64_t i, int64_t m)
{
    const struct k_ops *ops = k_ops();
    const struct k_attn *a = u->a;
    const float *q = a->q.p + i * a->q.pos + u->b * a->q.batch + u->h * a->q.head;
    int64_t most = visible_keys(u, i + m - 1); /* later queries see no less */
    if (u->turned) {
        ops->mix(out, ld, q, a->q.pos, u->turned, a->keys, NULL, m, a->width, most);
    } else if (even(a) && m >= TILE_QUERIES) {
        ops->linear(out, ld, q, a->q.pos, rows_of(u, &a->k), a->k.pos, DT_F32, NULL, m, 0, most,
                    a->width);
    } else {
        struct k_gather g = gather_of(u, &a->k, most);
        for (int64_t r = 0; r < m; r++)
            ops->gather_dots(out + r * ld, q + r * a->q.pos, &g);
    }
    if (visible_keys(u, i) == a->keys && ld == a->keys) { /* all queries see all keys */
        ops->scale(out, out, a->scale, m * ld);
        return;
    }
    for (int64_t r = 0; r < m; r++) {
        int64_t n = visible_keys(u, i + r);
        ops->scale(out + r * ld, out + r * ld, a->scale, n);
        for (int64_t j = n; j < a->keys; j++)
            out[r * ld + j] = -INFINITY;
    }
}

/* z of m queries from their patterns over the first n keys. */
static void mix_block(const struct unit *u, float *z, int64_t ldz, const float *pattern, int64_t ld,
                      int64_t m, int64_t n)
{
    const struct k_ops *ops = k_ops();
    const struct k_attn *a = u->a;
    if (even(a) && m >= TILE_QUERIES) {
        ops->mix(z, ldz, pattern, ld, rows_of(u, &a->v), a->v.pos, NULL, m, n, a->width);
        return;
    }
    struct k_gather g = gather_of(u, &a->v, n);
    for (int64_t r = 0; r < m; r++)
        ops->gather_mix(z + r * ldz, pattern + r * ld, &g);
}

/* Queries of a block whose scores fit the scratch. */
static int64_t block_of(const struct k_attn *a)
{
    int64_t n = SCRATCH / (a->keys > 0 ? a->keys : 1);
    n = n > 96 ? 96 : n < 6 ? 6 : n;
    return n < a->queries ? n : a->queries;
}

/* How the work is split: `parts` units for each head of each sequence. */
struct split {
    int team;
    int64_t block, parts, each, units;
};

/* `read`: how many of keys and values are read. Few queries wait for these to come from memory, 20 bytes
 * a nanosecond. */
static struct split split_of(const struct k_attn *a, double per_cell, int read)
{
    int64_t heads = a->batch * a->heads;
    double cells = (double)heads * (double)a->queries * (double)a->keys;
    bool few = a->queries < TILE_QUERIES;
    double cell = (double)a->width * (few ? 0.2 * read : 0.03) + per_cell; /* ns */
    struct split s = {.team = k_team(cells * cell), .block = block_of(a), .parts = 1};
    int64_t blocks = (a->queries + s.block - 1) / s.block;
    if (s.team > 1 && heads < 4 * s.team)
        s.parts = (4 * s.team + heads - 1) / heads;
    s.parts = s.parts < blocks ? s.parts : blocks;
    s.each = (blocks + s.parts - 1) / s.parts * s.block;
    s.units = heads * s.parts;
    return s;
}

/* A call of one of the three: what to read and where to write. */
struct call {
    const struct k_attn *a;
    struct split s;
    struct k_rows pattern;
    struct k_out out;
};

/* All units, a few for each thread at a time. */
static void run(const struct call *c, k_range *f)
{
    int64_t stretches = c->s.team > 1 ? 4 * c->s.team : 1;
    k_split(c->s.team, c->s.units, (c->s.units + stretches - 1) / stretches, f, c);
}

static struct unit unit_of(const struct k_attn *a, const struct split *s, int64_t n)
{
    int64_t from = n % s->parts * s->each, to = from + s->each, head = n / s->parts;
    to = to < a->queries ? to : a->queries;
    return (struct unit){
        .a = a, .b = head / a->heads, .h = head % a->heads, .from = from, .to = to};
}

static bool nothing(const struct k_attn *a)
{
    return a->batch <= 0 || a->heads <= 0 || a->queries <= 0;
}

/* Room for the transposed keys where that pays, else NULL. */
static float *turning_room(const struct k_attn *a, const struct split *s)
{
    /* Not by what falls to one thread: the order of the sums hangs on it. */
    bool pays =
        even(a) && s->block >= TURN_QUERIES / 2 && a->keys >= 16 && a->queries >= TURN_QUERIES;
    size_t bytes = (size_t)a->width * (size_t)a->keys * sizeof(float);
    return pays ? mem_realloc(NULL, bytes) : NULL;
}

/* Unit n with its keys transposed where there is room. */
static struct unit begin(const struct call *c, int64_t n, float *room)
{
    struct unit u = unit_of(c->a, &c->s, n);
    u.turned = room;
    if (room && u.from < u.to)
        k_ops()->turn(room, c->a->keys, rows_of(&u, &c->a->k), c->a->k.pos, c->a->keys,
                      c->a->width);
    return u;
}

static int64_t block_at(const struct call *c, const struct unit *u, int64_t i)
{
    return u->to - i < c->s.block ? u->to - i : c->s.block;
}

static void scores_units(const void *work, int64_t from, int64_t to)
{
    const struct call *c = work;
    float *room = turning_room(c->a, &c->s);
    for (int64_t n = from; n < to && !interrupted(); n++) {
        struct unit u = begin(c, n, room);
        for (int64_t i = u.from; i < u.to && !interrupted(); i += c->s.block)
            scores_block(&u, at(&c->out, &u, i), c->out.pos, i, block_at(c, &u, i));
    }
    free(room);
}

void k_attn_scores(const struct k_attn *a, struct k_out scores)
{
    if (nothing(a))
        return;
    struct call c = {.a = a, .s = split_of(a, 0.2, 1), .out = scores};
    run(&c, scores_units);
}

static void mix_units(const void *work, int64_t from, int64_t to)
{
    const struct call *c = work;
    const struct k_rows *p = &c->pattern;
    for (int64_t n = from; n < to && !interrupted(); n++) {
        struct unit u = unit_of(c->a, &c->s, n);
        for (int64_t i = u.from; i < u.to && !interrupted(); i += c->s.block)
            mix_block(&u, at(&c->out, &u, i), c->out.pos,
                      p->p + i * p->pos + u.b * p->batch + u.h * p->head, p->pos,
                      block_at(c, &u, i), c->a->keys);
    }
}

void k_attn_mix(const struct k_attn *a, struct k_rows pattern, struct k_out z)
{
    if (nothing(a))
        return;
    struct call c = {.a = a, .s = split_of(a, 0, 1), .pattern = pattern, .out = z};
    run(&c, mix_units);
}

static void fused_units(const void *work, int64_t from, int64_t to)
{
    const struct call *c = work;
    int64_t keys = c->a->keys;
    float *room = turning_room(c->a, &c->s);
    float *rows = mem_realloc(NULL, (size_t)(c->s.block * keys) * sizeof *rows + 1);
    for (int64_t n = from; n < to && !interrupted(); n++) {
        struct unit u = begin(c, n, room);
        for (int64_t i = u.from; i < u.to && !interrupted(); i += c->s.block) {
            int64_t m = block_at(c, &u, i), most = visible_keys(&u, i + m - 1);
            scores_block(&u, rows, keys, i, m);
            for (int64_t r = 0; r < m; r++)
                k_ops()->softmax(rows + r * keys, rows + r * keys, most);
            mix_block(&u, at(&c->out, &u, i), c->out.pos, rows, keys, m, most);
        }
    }
    free(rows);
    free(room);
}

/* Do all rows of the batch have one query each, and the same keys? (beams of one source) */
static bool same_keys(const struct k_attn *a)
{
    bool same = a->queries == 1 && a->causal_from < 0 && a->slot && a->slot_step == 0;
    for (int64_t b = 1; same && b < a->batch; b++)
        same = a->slot[b] == a->slot[0] && (!a->key_count || a->key_count[b] == a->key_count[0]);
    return same;
}

void k_attn_fused(const struct k_attn *a, struct k_out z)
{
    if (nothing(a))
        return;
    struct k_attn one = *a;
    if (same_keys(a)) { /* then they are the queries of one row, which share each key */
        one.queries = a->batch;
        one.batch = 1;
        one.q.pos = a->q.batch;
        z.pos = z.batch;
    }
    struct call c = {.a = &one, .s = split_of(&one, 1, 2), .out = z};
    run(&c, fused_units);
}
