/* What heads do with their attention: measures of a pattern, and grids of them, layer by head. */
#include "head_use.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"

static const char *const names[USE_COUNT] = {"entropy", "strongest", "previous", "same", "next",
                                             "first",   "last",      "under",    "top"};

const char *use_name(enum use u)
{
    return names[u];
}

/* ---- one pattern ----------------------------------------------------------------------------- */

static void count(struct head_use *u, enum use which, double v)
{
    u->sum[which] += v;
    u->rows[which]++;
}

/* The sum of the k largest of n weights. */
static double top_sum(const double *row, int64_t n, int k)
{
    double best[USE_MOST_TOP], sum = 0;
    int have = 0;
    for (int64_t j = 0; j < n; j++) {
        int at = have < k ? have++ : k;
        for (; at > 0 && row[j] > best[at - 1]; at--)
            if (at < k)
                best[at] = best[at - 1];
        if (at < k)
            best[at] = row[j];
    }
    for (int i = 0; i < have; i++)
        sum += best[i];
    return sum;
}

static void add_row(struct head_use *u, const double *row, int64_t keys, int64_t seen, int64_t at,
                    bool causal)
{
    double bits = 0, most = 0;
    int64_t under = 0;
    for (int64_t j = 0; j < seen; j++) {
        bits -= row[j] > 0 ? row[j] * log2(row[j]) : 0;
        most = row[j] > most ? row[j] : most;
        under += row[j] < u->under;
    }
    count(u, USE_ENTROPY, bits);
    if (causal && at == 0)
        return;
    count(u, USE_STRONGEST, most);
    count(u, USE_UNDER, (double)under / (double)seen);
    if (seen > u->top && u->top > 0)
        count(u, USE_TOP, top_sum(row, seen, u->top));
    if (at >= 1 && at - 1 < seen)
        count(u, USE_PREVIOUS, row[at - 1]);
    if (at < seen)
        count(u, USE_SAME, row[at]);
    if (at + 1 < seen)
        count(u, USE_NEXT, row[at + 1]);
    count(u, USE_FIRST, row[0]);
    if (!causal)
        count(u, USE_LAST, row[keys - 1]);
}

void head_use_add(struct head_use *u, const struct tensor *pattern, bool causal)
{
    int64_t rows = pattern->shape[0], keys = pattern->shape[1];
    double *row = mem_alloc((size_t)(keys + 1) * sizeof *row);
    for (int64_t i = 0; i < rows && keys > 0 && !interrupted(); i++) {
        for (int64_t j = 0; j < keys; j++) {
            const int64_t at[] = {i, j};
            row[j] = tensor_get(pattern, at);
        }
        add_row(u, row, keys, causal && i + 1 < keys ? i + 1 : keys, i, causal);
    }
    free(row);
}

double head_use_mean(const struct head_use *u, enum use which)
{
    return u->rows[which] > 0 ? u->sum[which] / (double)u->rows[which] : NAN;
}

/* ---- grids ----------------------------------------------------------------------------------- */

enum { KINDS = 8 };

static struct head_grids grids_new(struct arena *a, const struct plan *p, int nwhich)
{
    struct head_grids g = {.a = a, .plan = p, .nwhich = nwhich};
    g.v = arena_alloc(a, sizeof *g.v * KINDS * (size_t)nwhich);
    return g;
}

struct head_grid *head_grids_of(struct head_grids *g, int node)
{
    const struct plan *p = g->plan;
    const struct node *n = &p->nodes[node];
    const char *kind = arena_printf(g->a, "%s%s.%s", stack_name(n->stack), n->layer < 0 ? "" : ".*",
                                    part_name(n->part));
    if (g->v == NULL)
        *g = grids_new(g->a, p, g->nwhich);
    for (int i = 0; i < g->nkinds; i++)
        if (strcmp(g->v[i * g->nwhich].kind, kind) == 0)
            return &g->v[i * g->nwhich];
    struct head_grid *made = &g->v[g->nkinds++ * g->nwhich];
    int layers = n->layer < 0 ? 1 : p->layers[n->stack],
        heads = (int)dim_size(p, n->shape[1], &(struct binding){1, 1, 1});
    for (int w = 0; w < g->nwhich; w++) {
        made[w] = (struct head_grid){.kind = kind, .layers = layers, .heads = heads};
        size_t cells = (size_t)layers * (size_t)heads;
        made[w].v = arena_alloc(g->a, (cells + 1) * sizeof *made[w].v);
        for (size_t i = 0; i < cells; i++)
            made[w].v[i] = NAN;
    }
    return made;
}

double *head_grid_cell(const struct head_grid *g, int layer, int64_t head)
{
    return &g->v[(layer < 0 ? 0 : layer) * g->heads + head];
}

static void measure(struct head_grids *g, const struct attn *m, const struct head_use *how,
                    const enum use *which)
{
    struct head_grid *grids = head_grids_of(g, m->node);
    int layer = g->plan->nodes[m->node].layer;
    grids[0].keys = m->t.shape[2] > grids[0].keys ? m->t.shape[2] : grids[0].keys;
    for (int64_t h = 0; h < m->t.shape[0]; h++) {
        struct head_use u = *how;
        struct tensor one = tensor_index(&m->t, 0, h);
        head_use_add(&u, &one, m->causal);
        for (int w = 0; w < g->nwhich; w++)
            *head_grid_cell(&grids[w], layer, m->head + h) = head_use_mean(&u, which[w]);
    }
}

bool head_grids(struct session *s, struct arena *a, const char *spec, double under, int top,
                const enum use *which, int nwhich, struct head_grids *out, struct err *e)
{
    const struct head_use how = {.under = under, .top = top};
    struct attn_ref *refs;
    size_t n, loaded = 0;
    *out = (struct head_grids){.a = a, .plan = s->model->plan, .nwhich = nwhich};
    if (!attn_find(s, *spec == 0 ? "*.pattern" : spec, &refs, &n, e))
        return false;
    struct err why = ERR_INIT; /* of the first that is not there */
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct attn m;
        struct err this = ERR_INIT;
        if (!attn_is_pattern(s->model->plan, refs[i].site.node)) {
            ok = err_set(e, ERR_COMMAND, "%s holds no weights: patterns are measured",
                         refs[i].site.name);
        } else if (refs[i].site.nslices > 0 || refs[i].site.step >= 0) {
            ok = err_set(e, ERR_COMMAND, "whole patterns are measured: no step and no [slice]");
        } else if (attn_load(s, a, &refs[i], &m, &this)) {
            measure(out, &m, &how, which);
            attn_release(&m);
            loaded++;
        } else if (why.kind == ERR_NONE) {
            why = this;
        }
        if (ok && interrupted())
            ok = err_set(e, ERR_INTERRUPT, "interrupted");
    }
    free(refs);
    if (ok && loaded == 0) {
        *e = why;
        ok = false;
    }
    return ok;
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* Is anything known of this layer? */
static bool measured(const struct head_grid *g, int layer)
{
    for (int h = 0; h < g->heads; h++)
        if (!isnan(g->v[layer * g->heads + h]))
            return true;
    return false;
}

/* "layer h0 h1 ... mean", the kind in front. */
static void grid_table(struct result *out, const struct head_grid *g, const char *title,
                       const char *fmt)
{
    struct str heads = STR_INIT;
    str_add(&heads, "layer>");
    for (int h = 0; h < g->heads; h++)
        str_addf(&heads, " h%d>", h);
    str_add(&heads, " mean>");
    struct table *t = out_table(out, heads.s);
    t->title = title;
    for (int l = 0; l < g->layers; l++) {
        if (!measured(g, l))
            continue;
        struct cell *c = table_row(out, t);
        double sum = 0;
        int n = 0;
        *c++ = cell_int(l);
        for (int h = 0; h < g->heads; h++, c++) {
            double v = g->v[l * g->heads + h];
            if (isnan(v))
                continue;
            *c = cell_num(v, fmt);
            sum += v;
            n++;
        }
        if (n > 0)
            *c = cell_num(sum / n, fmt);
    }
    str_release(&heads);
}

/* Layers [first, last] as a map; what is not known counts as masked. */
static struct tensor tensor_of(const struct head_grid *g, int first, int last)
{
    const int64_t shape[] = {last - first + 1, g->heads};
    struct tensor t = {0};
    struct err ignored = ERR_INIT;
    if (!tensor_new(&t, DT_F32, 2, shape, "the grid", &ignored))
        return t;
    tensor_set_axes(&t, (const char *const[]){"layer", "head"});
    const double *from = g->v + first * g->heads;
    for (int64_t i = 0; i < shape[0] * shape[1]; i++)
        tensor_f32(&t)[i] = isnan(from[i]) ? -INFINITY : (float)from[i];
    return t;
}

void head_grid_draw(struct result *out, const struct head_grid *grids, int n,
                    const char *const *titles, const char *scale, const char *fmt)
{
    int first = 0, last = grids[0].layers - 1;
    while (first < last && !measured(&grids[0], first))
        first++;
    while (last > first && !measured(&grids[0], last))
        last--;
    struct heat *h = out_heat(out, n);
    h->title = arena_printf(&out->arena, "%s, layers by heads", grids[0].kind);
    h->row_name = "layers";
    h->col_name = "heads";
    h->scale = scale;
    h->row0 = first;
    for (int i = 0; i < n; i++) {
        h->panels[i].t = tensor_of(&grids[i], first, last);
        h->panels[i].title = titles[i];
    }
    for (int i = 0; fmt != NULL && i < n; i++)
        grid_table(out, &grids[i], n > 1 ? titles[i] : NULL, fmt);
}

void head_grid_data(struct result *out, struct data *to, const char *key, const struct head_grid *g)
{
    struct data *rows = data_add_list(&out->arena, to, key);
    for (int l = 0; l < g->layers; l++) {
        struct data *row = data_add_list(&out->arena, rows, NULL);
        for (int h = 0; h < g->heads; h++) {
            double v = g->v[l * g->heads + h];
            if (isnan(v))
                data_add_null(&out->arena, row, NULL);
            else
                data_add_num(&out->arena, row, NULL, v);
        }
    }
}
