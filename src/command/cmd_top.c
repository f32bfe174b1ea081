/* top: the strongest edges of attention maps. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "maps.h"

static const struct arg top_args[] = {
    {.name = "count",
     .kind = ARG_INT,
     .help = "how many, 10 when not given",
     .optional = true,
     .lo = 1,
     .hi = 1000000},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "maps; without: those of the present sub-layer",
     .optional = true,
     .many = true},
    {0},
};

struct edge {
    double weight;
    int64_t head, row, col; /* of map `map`, indices of its tensor */
    size_t map;
};

static bool before(const struct edge *a, const struct edge *b)
{
    if (a->weight != b->weight)
        return a->weight > b->weight;
    if (a->map != b->map)
        return a->map < b->map;
    if (a->head != b->head)
        return a->head < b->head;
    return a->row != b->row ? a->row < b->row : a->col < b->col;
}

struct best {
    struct edge *v;
    size_t n, most;
};

static void keep(struct best *b, struct edge x)
{
    if (b->n == b->most) {
        if (!before(&x, &b->v[b->n - 1]))
            return;
        b->n--;
    }
    size_t i = b->n++;
    for (; i > 0 && before(&x, &b->v[i - 1]); i--)
        b->v[i] = b->v[i - 1];
    b->v[i] = x;
}

static int64_t cells(const struct attn *m)
{
    return m->t.shape[0] * m->t.shape[1] * m->t.shape[2];
}

static void collect(const struct attn *m, size_t map, struct best *b)
{
    for (int64_t h = 0; h < m->t.shape[0]; h++)
        for (int64_t r = 0; r < m->t.shape[1]; r++)
            for (int64_t c = 0; c < m->t.shape[2]; c++) {
                double w = attn_at(m, h, r, c);
                if (isfinite(w) && !attn_masked(m, r, c) && !attn_forced(m, r))
                    keep(b, (struct edge){w, h, r, c, map});
            }
}

static bool any_rtl(const struct attn *maps, size_t n, bool rows)
{
    bool rtl = false;
    for (size_t i = 0; i < n; i++)
        rtl = rtl || (rows ? maps[i].rows.rtl : maps[i].cols.rtl);
    return rtl;
}

/* Weight, edge, where, and the pieces: both, unless both sides are written from right to left,
 * which do not keep their order on one line; then the query's. */
static void draw(struct result *out, const struct attn *maps, size_t n, const struct best *b,
                 bool heads)
{
    bool rows_rtl = any_rtl(maps, n, true), two = !(rows_rtl && any_rtl(maps, n, false));
    struct str columns = STR_INIT;
    str_addf(&columns, "weight> query> | key%s%s %s", n > 1 ? " site" : "", heads ? " head" : "",
             !two       ? "query_token*"
             : rows_rtl ? "key_token query_token*"
                        : "query_token key_token*");
    struct table *t = out_table(out, columns.s);
    str_release(&columns);
    struct arena *a = &out->arena;
    struct data *list = data_add_list(a, out->data, "edges");
    for (size_t i = 0; i < b->n; i++) {
        const struct edge *x = &b->v[i];
        const struct attn *m = &maps[x->map];
        const char *query = m->rows.pieces[x->row], *key = m->cols.pieces[x->col];
        int64_t q = m->rows.first + x->row, k = m->cols.first + x->col, h = m->head + x->head;
        struct cell *c = table_row(out, t);
        *c++ = cell_num(x->weight, "%.2f");
        *c++ = cell_int(q);
        *c++ = cell_str(out, "->");
        *c++ = cell_int(k);
        if (n > 1)
            *c++ = cell_str(out, m->name);
        if (heads)
            *c++ = cell_str(out, arena_printf(a, "h%lld", (long long)h));
        *c++ = cell_str(out, two && rows_rtl ? key : query);
        if (two)
            *c = cell_str(out, rows_rtl ? query : key);
        struct data *d = data_add_map(a, list, NULL);
        data_add_str(a, d, "site", m->name);
        data_add_int(a, d, "head", h);
        data_add_int(a, d, "query", q);
        data_add_int(a, d, "key", k);
        data_add_num(a, d, "weight", x->weight);
        data_add_str(a, d, "query_token", query);
        data_add_str(a, d, "key_token", key);
    }
}

static bool load_all(struct session *s, struct arena *a, const struct attn_ref *refs, size_t n,
                     struct attn *maps, size_t *loaded, struct err *e)
{
    for (*loaded = 0; *loaded < n; ++*loaded)
        if (!attn_load(s, a, &refs[*loaded], &maps[*loaded], e))
            return false;
    return true;
}

static bool top_exec(struct session *s, const struct args *args, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    struct attn_ref *refs;
    size_t n, loaded = 0;
    if (!attn_find(s, attn_words(a, args, "site"), &refs, &n, e))
        return args_blame(args, "site", 0, e);
    struct attn *maps = arena_alloc(a, (n + 1) * sizeof *maps);
    bool ok = load_all(s, a, refs, n, maps, &loaded, e);
    if (ok) {
        struct best b = {0};
        int64_t all = 0, asked = args_int(args, "count", 10);
        for (size_t i = 0; i < n; i++)
            all += cells(&maps[i]);
        b.most = (size_t)(asked < all ? asked : all);
        b.v = mem_alloc((b.most + 1) * sizeof *b.v);
        for (size_t i = 0; i < n && b.most > 0; i++)
            collect(&maps[i], i, &b);
        out_begin(out);
        out_span(out, TONE_SITE, "%s", n == 1 ? maps[0].title : arena_printf(a, "%zu sites", n));
        out_span(out, TONE_PLAIN, "  queries: %s, keys: %s",
                 maps[0].rows.side == TOKEN_SOURCE ? "source" : "target",
                 maps[0].cols.side == TOKEN_SOURCE ? "source" : "target");
        draw(out, maps, n, &b, n > 1 || maps[0].t.shape[0] > 1);
        free(b.v);
    }
    for (size_t i = 0; i < loaded; i++)
        attn_release(&maps[i]);
    free(refs);
    return ok || args_blame(args, "site", 0, e);
}

const struct command cmd_top = {
    .name = "top",
    .alias = "to",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = top_args,
    .summary = "The strongest edges: weight, query -> key, tokens",
    .help = "Over all heads of the site, or the head named. Cells that the mask forbids are left "
            "out, and the\n"
            "first row of a causal pattern, which can only look at itself.\n"
            "  top 3\n  top 5 enc.0.self h1\n  top 20 dec.*.cross",
    .exec = top_exec,
};
