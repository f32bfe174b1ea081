/* heads: all heads of a layer beside each other. */
#include <stdlib.h>

#include "base/mem.h"
#include "maps.h"

static const struct arg heads_args[] = {
    {.name = "layer",
     .kind = ARG_SITE,
     .help = "a number, or a part such as dec.1.cross",
     .optional = true},
    {0},
};

/* Maps that the argument means: a bare number is a layer of the stack and part where the program
 * stands. */
static bool find(struct session *s, const char *spec, struct attn_ref **out, size_t *n,
                 struct err *e)
{
    int64_t layer;
    int here;
    if (spec == NULL || !str_int(spec, INT64_MIN, INT64_MAX, &layer))
        return attn_find(s, spec, out, n, e);
    *out = mem_alloc(sizeof **out);
    *n = 1;
    if (attn_here(s, &here, e) && attn_layer(s, here, layer, *out, e))
        return true;
    free(*out);
    return false;
}

static bool show(struct session *s, const struct attn_ref *ref, const char *letters,
                 struct data *to, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    struct attn m;
    if (!attn_load(s, a, ref, &m, e))
        return false;
    const char *title = arena_printf(a, "%s  [%lld,%lld,%lld]", m.title, (long long)m.t.shape[0],
                                     (long long)m.rows.n, (long long)m.cols.n);
    attn_draw(s, out, &m, 1, title, letters);
    attn_data(out, to, &m);
    struct data *tops = data_add_list(a, to, "top");
    for (int64_t h = 0; h < m.t.shape[0]; h++) {
        int64_t row, col;
        double edge = attn_edge(&m, h, &row, &col);
        struct data *d = data_add_map(a, tops, NULL);
        data_add_int(a, d, "head", m.head + h);
        data_add_int(a, d, "query", m.rows.first + row);
        data_add_int(a, d, "key", m.cols.first + col);
        data_add_num(a, d, "weight", edge);
    }
    attn_release(&m);
    return true;
}

static bool heads_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct attn_ref *refs;
    size_t n;
    if (!find(s, args_str(a, "layer"), &refs, &n, e))
        return args_blame(a, "layer", 0, e);
    struct data *list = n > 1 ? data_add_list(&out->arena, out->data, "maps") : NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++)
        ok = show(s, &refs[i], args_letters(a),
                  list != NULL ? data_add_map(&out->arena, list, NULL) : out->data, out, e);
    free(refs);
    if (ok)
        out_line(out, TONE_DIM,
                 "above: head and entropy (mean of the rows); below: strongest edge, query -> key");
    return ok || args_blame(a, "layer", 0, e);
}

const struct command cmd_heads = {
    .name = "heads",
    .alias = "he",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = heads_args,
    .letters = "cnthp",
    .summary = "All heads of a layer as thumbnails, with entropy and strongest edge",
    .help =
        "A number is a layer of the stack where the program stands. The strongest edge leaves out "
        "the first row of a causal\n"
        "map, which can only look at itself.\n"
        "  heads\n  heads 2\n  heads dec.1         self- and cross-attention\n  heads dec.1.cross",
    .exec = heads_exec,
};
