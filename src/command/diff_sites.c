/* How far the values of two runs are apart, site by site and layer by layer. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "diff.h"
#include "maps.h"
#include "values.h"

struct apart {
    const struct site_ref *ref;
    bool fits;      /* the shapes agree; else nothing is known */
    double diff;    /* largest difference */
    double largest; /* largest number of both */
    int64_t rows;   /* positions compared */
    double share;   /* diff / largest; 0 when both are 0 */
};

/* The part of both values that can be compared. false: there is none. */
static bool common(const struct plan *p, const struct site_ref *r, int64_t same, struct tensor t[2])
{
    const struct node *n = &p->nodes[r->node];
    int64_t rows = node_positions(n, &t[0]), other = node_positions(n, &t[1]);
    if (n->source && rows != other)
        return false;
    if (!n->source) {
        rows = rows < other ? rows : other;
        rows = rows < same ? rows : same;
    }
    if (rows == 0 || r->step >= rows)
        return false;
    for (int k = 0; k < 2; k++) {
        t[k] = tensor_slice(&t[k], 0, 0, 1);
        t[k] = r->step >= 0 ? node_slice(n, &t[k], r->step, r->step + 1)
                            : node_slice(n, &t[k], 0, rows);
        if (r->head >= 0)
            t[k] = tensor_slice(&t[k], 1, r->head, r->head + 1);
        /* keys after the rows compared are masked */
        if (!r->result && !n->source && n->ndim == 4 && n->shape[3].a == SYM_T)
            t[k] = tensor_slice(&t[k], 3, 0, rows);
    }
    for (int i = 0; i < t[0].ndim; i++)
        if (t[0].shape[i] != t[1].shape[i])
            return false;
    return true;
}

static double distance(double x, double y)
{
    if (x == y || (isnan(x) && isnan(y))) /* masked in both */
        return 0;
    return isfinite(x) && isfinite(y) ? fabs(x - y) : INFINITY;
}

/* Fills the difference |first - second| when `to` is given (contiguous). */
static void measure(const struct tensor t[2], struct apart *out, float *to)
{
    int64_t at[TENSOR_DIMS] = {0};
    for (int64_t k = tensor_count(&t[0]); k > 0; k--) {
        double x = tensor_get(&t[0], at), y = tensor_get(&t[1], at), d = distance(x, y);
        out->diff = d > out->diff ? d : out->diff;
        if (isfinite(x))
            out->largest = fmax(out->largest, fabs(x));
        if (isfinite(y))
            out->largest = fmax(out->largest, fabs(y));
        if (to != NULL)
            *to++ = (float)d;
        for (int i = t[0].ndim - 1; i >= 0 && ++at[i] == t[0].shape[i]; i--)
            at[i] = 0;
    }
    out->share = out->diff == 0 ? 0 : out->diff / out->largest;
}

static bool load(struct session *s, const struct diff_side side[2], const struct site_ref *r,
                 struct tensor t[2], struct err *e)
{
    struct site_ref whole = *r;
    whole.head = -1;
    whole.step = -1;
    if (!sites_tensor_of(s, side[0].run, &whole, &t[0], e))
        return false;
    if (sites_tensor_of(s, side[1].run, &whole, &t[1], e))
        return true;
    tensor_unref(&t[0]);
    return false;
}

/* Has the run come to this value? */
static bool reached(const struct diff_side *x, int node)
{
    struct place at = gen_place(x->gen);
    return at.pass > 0 || node < at.node;
}

static bool compare(struct session *s, const struct diff_side side[2], int64_t same,
                    const struct site_ref *r, struct apart *out, struct tensor *map, struct err *e)
{
    const struct plan *p = s->model->plan;
    struct tensor t[2];
    *out = (struct apart){.ref = r};
    if (!reached(&side[0], r->node) || !reached(&side[1], r->node))
        return true;
    if (!load(s, side, r, t, e))
        return false;
    bool ok = true;
    out->fits = common(p, r, same, t);
    if (out->fits) {
        out->rows = node_positions(&p->nodes[r->node], &t[0]);
        if (map != NULL)
            ok = tensor_new(map, DT_F32, 3, t[0].shape + 1, "the difference of two maps", e);
        if (ok && map != NULL)
            memcpy(map->axis, t[0].axis + 1, 3 * sizeof *map->axis);
        if (ok)
            measure(t, out, map != NULL ? tensor_f32(map) : NULL);
    }
    tensor_unref(&t[0]);
    tensor_unref(&t[1]);
    return ok;
}

/* ---- a map ----------------------------------------------------------------------------------- */

static void axis_of(struct session *s, struct arena *a, struct attn_axis *x,
                    const struct diff_side *side, bool source, int64_t first, int64_t n)
{
    const int32_t *ids = source ? side->source->ids : side->ids;
    int64_t have = source ? side->source->n : side->n;
    *x = (struct attn_axis){
        .side = source ? TOKEN_SOURCE : TOKEN_TARGET, .first = first, .n = n, .all = have};
    x->pieces = arena_alloc(a, (size_t)(n + 1) * sizeof *x->pieces);
    x->ids = arena_alloc(a, (size_t)(n + 1) * sizeof *x->ids);
    for (int64_t i = 0; i < n; i++) {
        char buf[24];
        int64_t at = first + i;
        x->ids[i] = at < have ? ids[at] : -1;
        x->pieces[i] = at < have ? arena_strdup(a, session_piece(s, x->side, ids[at], buf)) : "";
        x->rtl = x->rtl || utf8_has_rtl(x->pieces[i], strlen(x->pieces[i]));
    }
}

static void draw_map(struct session *s, const struct diff_side side[2], const struct apart *x,
                     struct tensor *t, const char *letters, struct result *out)
{
    struct arena *a = &out->arena;
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[x->ref->node];
    const char *name = values_name(a, x->ref);
    struct attn m = {.node = x->ref->node,
                     .name = n->name,
                     .title = name,
                     .heads = t->shape[0],
                     .head = x->ref->head >= 0 ? x->ref->head : 0,
                     .t = *t};
    axis_of(s, a, &m.rows, &side[0], n->source, x->ref->step >= 0 ? x->ref->step : 0, t->shape[1]);
    axis_of(s, a, &m.cols, &side[0], n->shape[3].a == SYM_S, 0, t->shape[2]);
    const char *title =
        arena_printf(a, "%s  |%s - %s|  largest %.3g", name, side[0].name, side[1].name, x->diff);
    if (x->diff > 0)
        attn_draw(s, out, &m, 1, title, letters);
    attn_data(out, data_add_map(a, out->data, "map"), &m);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void site_data(struct arena *a, struct data *list, const char *name, const struct apart *x)
{
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "site", name);
    if (!x->fits) {
        data_add_null(a, d, "share");
        return;
    }
    data_add_num(a, d, "share", x->share);
    data_add_num(a, d, "difference", x->diff);
    data_add_num(a, d, "largest", x->largest);
    data_add_int(a, d, "positions", x->rows);
}

static void row(struct result *out, struct table *t, const char *name, const struct apart *x,
                const char *where)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, name);
    c[0].tone = TONE_SITE;
    c[1] = cell_num(x->share, "%.2g");
    c[2] = cell_bar(x->share < 1 ? x->share : 1);
    c[3] = cell_num(x->diff, "%.3g");
    c[4] = cell_int(x->rows);
    if (where != NULL)
        c[5] = cell_str(out, where);
}

/* The layers: each by the value that differs most. Values outside the layers stand for
 * themselves. */
static void layer_table(struct session *s, const struct apart *v, size_t n, struct result *out)
{
    struct arena *a = &out->arena;
    const struct plan *p = s->model->plan;
    struct table *t = out_table(out, "layer share> | difference> positions> most_in");
    for (size_t i = 0; i < n;) {
        const struct node *first = &p->nodes[v[i].ref->node];
        const struct apart *most = NULL;
        size_t k = i;
        for (; k < n; k++) {
            const struct node *x = &p->nodes[v[k].ref->node];
            if (k > i && (x->stack != first->stack || x->layer != first->layer || x->layer < 0))
                break;
            if (v[k].fits && (most == NULL || v[k].share > most->share))
                most = &v[k];
        }
        const char *name = first->layer < 0
                               ? v[i].ref->name
                               : arena_printf(a, "%s.%d", stack_name(first->stack), first->layer);
        if (most != NULL)
            row(out, t, name, most, first->layer < 0 || most->share == 0 ? "" : most->ref->name);
        i = k;
    }
}

static void show(struct session *s, const struct diff_side side[2], const struct apart *v, size_t n,
                 bool layers, struct result *out)
{
    struct arena *a = &out->arena;
    struct data *list = data_add_list(a, out->data, "sites");
    size_t compared = 0;
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        site_data(a, list, values_name(a, v[i].ref), &v[i]);
        compared += v[i].fits;
        most = v[i].fits && v[i].share > most ? v[i].share : most;
    }
    if (compared > 0 && most == 0 && layers)
        out_line(out, TONE_PLAIN,
                 compared == 1 ? "%zu value compared: it is the same"
                               : "%zu values compared: all are the same",
                 compared);
    else if (layers && compared > 0)
        layer_table(s, v, n, out);
    if (!layers && compared > 0) {
        struct table *t = out_table(out, "site share> | difference> positions>");
        for (size_t i = 0; i < n; i++)
            if (v[i].fits)
                row(out, t, values_name(a, v[i].ref), &v[i], NULL);
    }
    if (compared < n)
        out_line(out, TONE_DIM,
                 "%zu value%s left out: the runs have no positions in common there%s", n - compared,
                 n - compared == 1 ? "" : "s",
                 side[0].source->n != side[1].source->n
                     ? arena_printf(a, " (%lld source tokens against %lld)",
                                    (long long)side[0].source->n, (long long)side[1].source->n)
                     : "");
}

/* ---- which ----------------------------------------------------------------------------------- */

/* Without a glob: the values that both runs have kept. */
static void kept_refs(const struct plan *p, const struct diff_side side[2], struct site_ref **refs,
                      size_t *n)
{
    *n = 0;
    *refs = mem_alloc((size_t)(p->nnodes + 1) * sizeof **refs);
    for (int i = 0; i < p->nnodes; i++) {
        bool both = true;
        for (int k = 0; k < 2; k++)
            both = both && run_kept(gen_run(side[k].gen), i) && reached(&side[k], i);
        if (both)
            (*refs)[(*n)++] =
                (struct site_ref){.name = p->nodes[i].name, .node = i, .head = -1, .step = -1};
    }
}

/* Is it a document's, which has what it has? */
static bool side_shown(const struct session *s, const struct diff_side *x)
{
    return x->run != NULL ? x->run->shown : s->document != NULL;
}

static bool prepare(struct session *s, const struct diff_side side[2], const struct site_ref *refs,
                    size_t n, struct err *e)
{
    int *nodes = mem_alloc((n + 1) * sizeof *nodes);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        nodes[i] = refs[i].node;
        if (refs[i].nslices > 0)
            ok = err_set(e, ERR_COMMAND, "diff takes no slice: values, heads or steps of them");
    }
    for (int k = 0; ok && k < 2; k++)
        ok = session_run_prepare(s, side[k].run, nodes, (int)n, e);
    free(nodes);
    return ok;
}

bool diff_sites(struct session *s, const struct diff_side side[2], int64_t same, const char *glob,
                const char *letters, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    struct site_ref *refs = NULL;
    size_t n;
    if (glob != NULL && !sites_match(s, glob, &refs, &n, e))
        return false;
    if (glob == NULL)
        kept_refs(p, side, &refs, &n);
    struct apart *v = mem_alloc((n + 1) * sizeof *v);
    bool one = glob != NULL && n == 1 && attn_is_map(p, refs[0].node) && !refs[0].result;
    struct tensor map = {0};
    bool ok = prepare(s, side, refs, n, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = compare(s, side, same, &refs[i], &v[i], one ? &map : NULL, e);
    if (ok)
        show(s, side, v, n, glob == NULL, out);
    if (ok && one && v[0].fits)
        draw_map(s, side, &v[0], &map, letters, out);
    if (ok && glob == NULL && n < (size_t)p->nnodes)
        out_line(out, TONE_DIM, "%zu values were not kept in both%s", (size_t)p->nnodes - n,
                 side_shown(s, &side[0]) || side_shown(s, &side[1])
                     ? ""
                     : "; diff RUN RUN SITE computes them");
    tensor_unref(&map);
    free(v);
    free(refs);
    return ok;
}
