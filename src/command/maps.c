/* Finding attention maps by name, and their numbers with the tokens of both axes. */
#include "maps.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* ---- which map is meant ---------------------------------------------------------------------- */

const char *attn_words(struct arena *a, const struct args *args, const char *name)
{
    const char *all = "";
    for (int i = 0, n = args_count(args, name); i < n; i++)
        all = arena_printf(a, "%s%s%s", all, *all ? "." : "", args_nth(args, name, i));
    return all;
}

bool attn_is_pattern(const struct plan *p, int node)
{
    return p->nodes[node].op == OP_SOFTMAX && p->nodes[node].ndim == 4;
}

bool attn_is_map(const struct plan *p, int node)
{
    return attn_is_pattern(p, node) || (p->nodes[node].op == OP_SCORES && p->nodes[node].ndim == 4);
}

int attn_mixed(const struct plan *p, int pattern)
{
    for (int i = pattern; i < p->nnodes; i++)
        if (p->nodes[i].op == OP_MIX && p->nodes[i].in[0] == pattern)
            return i;
    return -1;
}

int attn_projection(const struct plan *p, int node)
{
    while (node >= 0 && p->nodes[node].op != OP_LINEAR)
        node = p->nodes[node].in[0];
    return node;
}

static bool same_part(const struct node *a, const struct node *b)
{
    return a->stack == b->stack && a->layer == b->layer && a->part == b->part;
}

bool attn_here(struct session *s, int *node, struct err *e)
{
    const struct plan *p = s->model->plan;
    int at = session_node(s), found = -1, first = -1, last = -1, here = -1;
    for (int i = 0; i < p->nnodes; i++) {
        if (!attn_is_pattern(p, i))
            continue;
        first = first < 0 ? i : first;
        if (i < at)
            found = i;
        if (at >= 0 && same_part(&p->nodes[i], &p->nodes[at]))
            here = i;
        last = i;
    }
    bool later = found >= 0 && gen_place(s->gen).pass > 0 && !gen_done(s->gen);
    /* At the beginning of a later decoder step the latest is the end of the one before. */
    if (later && p->nodes[found].stack != p->nodes[last].stack)
        found = last;
    if (here >= 0 && (found < 0 || later)) /* the rows of the earlier steps are there */
        found = here;
    if (first < 0)
        return err_set(e, ERR_COMMAND, "this model has no attention");
    if (found < 0)
        return err_set(e, ERR_COMMAND, "no attention has been computed yet") ||
               err_hint(e, "until %s runs to the first", p->nodes[first].name);
    *node = found;
    return true;
}

/* "h3", "h0-2", "h*" */
static bool only_head(const char *spec)
{
    return spec[0] == 'h' && spec[1] != 0 && strspn(spec + 1, "0123456789-*") == strlen(spec + 1);
}

static int head_count(const struct plan *p, int node)
{
    return (int)dim_size(p, p->nodes[node].shape[1], &(struct binding){1, 1, 1});
}

bool attn_head(struct attn_ref *r, const struct plan *p, int64_t head, struct err *e)
{
    int heads = head_count(p, r->site.node);
    if (head < 0 || head >= heads)
        return err_set(e, ERR_COMMAND, "head %lld: this model has heads 0-%d", (long long)head,
                       heads - 1);
    r->site.head = r->last_head = (int)head;
    return true;
}

bool attn_layer(struct session *s, int node, int64_t layer, struct attn_ref *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[node];
    int layers = p->layers[n->stack];
    for (int i = 0; i < p->nnodes; i++) {
        const struct node *x = &p->nodes[i];
        if (x->stack == n->stack && x->part == n->part && x->op == n->op && x->ndim == 4 &&
            x->layer == layer) {
            *out = (struct attn_ref){.site = {.name = x->name, .node = i, .head = -1, .step = -1},
                                     .last_head = -1};
            return true;
        }
    }
    return err_set(e, ERR_COMMAND, "layer %lld: the %s of this model has layers 0-%d",
                   (long long)layer, stack_word(n->stack), layers - 1);
}

/* Other values than maps are left out where maps are among them, and scores where patterns are. */
static void keep_maps(const struct plan *p, struct site_ref *v, size_t *n)
{
    size_t patterns = 0, k = 0;
    for (size_t i = 0; i < *n; i++)
        patterns += attn_is_pattern(p, v[i].node) && !v[i].result;
    for (size_t i = 0; i < *n; i++)
        if (!v[i].result &&
            (patterns > 0 ? attn_is_pattern(p, v[i].node) : attn_is_map(p, v[i].node)))
            v[k++] = v[i];
    *n = k;
}

static bool refuse(struct session *s, const char *spec, const struct site_ref *r, struct err *e)
{
    const struct node *n = &s->model->plan->nodes[r->node];
    struct str axes = STR_INIT;
    for (int i = 0; i < n->ndim; i++)
        str_addf(&axes, "%s%s", i > 0 ? "," : "", n->axis[i]);
    err_set(e, ERR_COMMAND, "%s [%s] is no map of queries by keys", *spec ? spec : r->name, axes.s);
    err_hint(e, "maps are named scores and pattern; print %s shows these values", r->name);
    str_release(&axes);
    return false;
}

/* "cross.h1", "self": of the layer of attn_here, where the frame itself has none. */
static char *in_layer(struct session *s, const char *spec)
{
    struct site_ref *v;
    size_t n;
    int node;
    struct err ignored = ERR_INIT;
    if ((!str_starts(spec, "self") && !str_starts(spec, "cross")) || !attn_here(s, &node, &ignored))
        return NULL;
    if (sites_match(s, spec, &v, &n, &ignored)) {
        free(v);
        return NULL;
    }
    const struct node *x = &s->model->plan->nodes[node];
    return mem_printf("%s.%d.%s", stack_name(x->stack), x->layer, spec);
}

bool attn_find(struct session *s, const char *spec, struct attn_ref **out, size_t *n, struct err *e)
{
    const struct plan *p = s->model->plan;
    char *full = NULL;
    if (spec == NULL || *spec == 0 || only_head(spec)) {
        int node;
        if (!attn_here(s, &node, e))
            return false;
        bool none = spec == NULL || *spec == 0;
        full = mem_printf("%s%s%s", p->nodes[node].name, none ? "" : ".", none ? "" : spec);
        spec = full;
    } else if ((full = in_layer(s, spec)) != NULL) {
        spec = full;
    }
    struct site_ref *v;
    size_t count, k = 0;
    bool ok = sites_match(s, spec, &v, &count, e);
    if (ok) {
        struct site_ref first = v[0];
        keep_maps(p, v, &count);
        ok = count > 0 || refuse(s, spec, &first, e);
        *out = mem_alloc((count + 1) * sizeof **out);
        for (size_t i = 0; i < count; i++) { /* heads of one site become one reference */
            struct attn_ref *last = k > 0 ? &(*out)[k - 1] : NULL;
            if (last != NULL && last->site.node == v[i].node && v[i].head == last->last_head + 1)
                last->last_head = v[i].head;
            else if (last == NULL || last->site.node != v[i].node)
                (*out)[k++] = (struct attn_ref){v[i], v[i].head};
        }
        *n = k;
        if (!ok)
            free(*out);
        free(v);
    }
    free(full);
    return ok;
}

bool attn_find_one(struct session *s, const char *spec, struct attn_ref *out, struct err *e)
{
    struct attn_ref *v;
    size_t n;
    if (!attn_find(s, spec, &v, &n, e))
        return false;
    *out = v[0];
    if (n > 1) {
        err_set(e, ERR_COMMAND, "`%s` names %zu maps; one is wanted", spec, n);
        err_hint(e, "for example %s", v[0].site.name);
    }
    free(v);
    return n == 1;
}

/* ---- axes ------------------------------------------------------------------------------------ */

static void axis_tokens(struct session *s, struct arena *a, struct attn_axis *x)
{
    int64_t have;
    const int32_t *ids = session_tokens(s, x->side, &have);
    x->pieces = arena_alloc(a, ((size_t)x->n + 1) * sizeof *x->pieces);
    x->ids = arena_alloc(a, ((size_t)x->n + 1) * sizeof *x->ids);
    for (int64_t i = 0; i < x->n; i++) {
        int64_t at = x->first + i;
        char buf[24];
        x->ids[i] = at < have ? ids[at] : -1;
        x->pieces[i] = at < have ? arena_strdup(a, session_piece(s, x->side, ids[at], buf)) : "";
        x->rtl = x->rtl || utf8_has_rtl(x->pieces[i], strlen(x->pieces[i]));
    }
}

const char *attn_axis_name(struct arena *a, const struct attn_axis *x, const char *role)
{
    return arena_printf(a, "%s (%s)", x->side == TOKEN_SOURCE ? "source" : "target", role);
}

/* Cuts one axis of [heads, rows, columns] as the slice says; one index keeps the axis. */
static bool cut(struct attn *m, struct attn_axis *x, int axis, const struct slice *c, struct err *e)
{
    int64_t n = x->n, from = c->from < 0 ? c->from + n : c->from;
    int64_t to = c->one ? from + 1 : c->to == INT64_MAX ? n : c->to < 0 ? c->to + n : c->to;
    const char *what = axis == 1 ? "query" : "key";
    if (c->one && (from < 0 || to > n))
        return err_set(e, ERR_COMMAND, "%s %lld of %s: the range is 0-%lld", what,
                       (long long)c->from, m->name, (long long)n - 1);
    if (from < 0 || to > n || from >= to)
        return err_set(e, ERR_COMMAND, "%s %lld:%lld of %s: the range is 0:%lld",
                       axis == 1 ? "queries" : "keys", (long long)c->from,
                       (long long)(c->to == INT64_MAX ? n : c->to), m->name, (long long)n);
    m->t = tensor_slice(&m->t, axis, from, to);
    x->first += from;
    x->n = to - from;
    return true;
}

/* ---- numbers --------------------------------------------------------------------------------- */

double attn_at(const struct attn *m, int64_t head, int64_t row, int64_t col)
{
    const int64_t at[] = {head, row, col};
    return tensor_get(&m->t, at);
}

bool attn_masked(const struct attn *m, int64_t row, int64_t col)
{
    return m->causal && m->cols.first + col > m->rows.first + row;
}

bool attn_forced(const struct attn *m, int64_t row)
{
    return m->causal && m->pattern && m->rows.first + row == 0;
}

double attn_edge(const struct attn *m, int64_t head, int64_t *row, int64_t *col)
{
    double best = -INFINITY;
    *row = *col = 0;
    for (int64_t r = attn_forced(m, 0) && m->t.shape[1] > 1 ? 1 : 0; r < m->t.shape[1]; r++)
        for (int64_t c = 0; c < m->t.shape[2]; c++) {
            double v = attn_at(m, head, r, c);
            if (isfinite(v) && v > best) {
                best = v;
                *row = r;
                *col = c;
            }
        }
    return best;
}

/* Of each head: -sum p log2 p of a row, mean over the rows. */
static double *entropies(struct arena *a, const struct attn *m)
{
    double *out = arena_alloc(a, ((size_t)m->t.shape[0] + 1) * sizeof *out);
    for (int64_t h = 0; h < m->t.shape[0]; h++) {
        for (int64_t r = 0; r < m->t.shape[1]; r++)
            for (int64_t c = 0; c < m->t.shape[2]; c++) {
                double p = attn_at(m, h, r, c);
                out[h] -= p > 0 ? p * log2(p) : 0;
            }
        out[h] = m->t.shape[1] > 0 ? out[h] / (double)m->t.shape[1] : 0;
    }
    return out;
}

/* [B,H,rows,cols] of the reference, its heads alone, without B. The view's reference goes along. */
static void pick_heads(struct attn *m, const struct attn_ref *r)
{
    m->heads = m->t.shape[1];
    m->t = tensor_index(&m->t, 0, 0);
    m->head = r->site.head >= 0 ? r->site.head : 0;
    if (r->site.head >= 0)
        m->t = tensor_slice(&m->t, 0, r->site.head, r->last_head + 1);
}

static bool cut_all(struct arena *a, struct attn *m, const struct attn_ref *r, struct err *e)
{
    const struct site_ref *x = &r->site;
    if (x->step >= m->rows.n)
        return err_set(e, ERR_COMMAND, "step %lld of %s: steps 0-%lld have been computed",
                       (long long)x->step, x->name, (long long)m->rows.n - 1);
    struct slice step = {.one = true, .from = x->step};
    if (x->step >= 0 && !cut(m, &m->rows, 1, &step, e))
        return false;
    int n = x->nslices;
    if (n > 2)
        return err_set(e, ERR_COMMAND, "%s: a map takes [rows,columns], not %d indices", m->title,
                       n);
    if (n > 0 && !x->slices[0].all && !cut(m, &m->rows, 1, &x->slices[0], e))
        return false;
    if (m->pattern)
        m->entropy = entropies(a, m); /* of whole rows: before columns are cut off */
    return n < 2 || x->slices[1].all || cut(m, &m->cols, 2, &x->slices[1], e);
}

bool attn_load(struct session *s, struct arena *a, const struct attn_ref *r, struct attn *out,
               struct err *e)
{
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[r->site.node];
    struct str title = STR_INIT;
    sites_text(&r->site, &title);
    if (r->site.head >= 0 && r->last_head > r->site.head) {
        str_clear(&title);
        str_addf(&title, "%s.h%d-%d", r->site.name, r->site.head, r->last_head);
    }
    *out = (struct attn){
        .node = r->site.node, .name = n->name, .title = arena_strndup(a, title.s, title.len)};
    str_release(&title);
    if (!session_value(s, r->site.node, &out->t, e))
        return false;
    out->pattern = attn_is_pattern(p, r->site.node);
    const struct node *scores = out->pattern && n->in[0] >= 0 ? &p->nodes[n->in[0]] : n;
    out->causal = scores->causal;
    out->rows = (struct attn_axis){.side = n->stack == STACK_ENC ? TOKEN_SOURCE : TOKEN_TARGET};
    out->cols = (struct attn_axis){
        .side = n->stack == STACK_ENC || n->part == PART_CROSS ? TOKEN_SOURCE : TOKEN_TARGET};
    pick_heads(out, r);
    out->rows.n = out->rows.all = out->t.shape[1];
    out->cols.n = out->cols.all = out->t.shape[2];
    if (!cut_all(a, out, r, e)) {
        tensor_unref(&out->t);
        return false;
    }
    axis_tokens(s, a, &out->rows);
    axis_tokens(s, a, &out->cols);
    return true;
}

bool attn_average(struct arena *a, struct attn *m, struct err *e)
{
    int64_t heads = m->t.shape[0], shape[] = {1, m->t.shape[1], m->t.shape[2]};
    struct tensor mean;
    if (!tensor_new(&mean, DT_F32, 3, shape, "the mean over heads", e))
        return false;
    memcpy(mean.axis, m->t.axis, sizeof mean.axis);
    float *to = tensor_f32(&mean);
    for (int64_t r = 0; r < shape[1]; r++)
        for (int64_t c = 0; c < shape[2]; c++) {
            double sum = 0;
            for (int64_t h = 0; h < heads; h++)
                sum += attn_at(m, h, r, c);
            to[r * shape[2] + c] = (float)(sum / (double)heads);
        }
    tensor_unref(&m->t);
    m->t = mean;
    m->mean = true;
    m->title = arena_printf(a, "%s, mean of %lld heads", m->title, (long long)heads);
    m->entropy = m->pattern && m->cols.n == m->cols.all ? entropies(a, m) : NULL;
    return true;
}

void attn_release(struct attn *m)
{
    tensor_unref(&m->t);
}

/* ---- one position ---------------------------------------------------------------------------- */

/* The word mark that SentencePiece puts before a word. */
static const char *bare(const char *piece)
{
    return str_starts(piece, "\xE2\x96\x81") ? piece + 3 : piece;
}

bool attn_position(const struct attn_axis *x, const char *word, const char *what, int64_t *out,
                   struct err *e)
{
    const char *number = word[0] == '#' ? word + 1 : word;
    if (str_int(number, INT64_MIN, INT64_MAX, out)) {
        if (*out < 0 && *out >= -x->all)
            *out += x->all;
        if (*out >= 0 && *out < x->all)
            return true;
        return err_set(e, ERR_COMMAND, "%s %s: the range is 0-%lld", what, word,
                       (long long)x->all - 1);
    }
    struct str where = STR_INIT;
    int found = 0;
    for (int exact = 1; exact >= 0 && found == 0; exact--)
        for (int64_t i = 0; i < x->n; i++) {
            if (strcmp(exact ? x->pieces[i] : bare(x->pieces[i]), exact ? word : bare(word)) != 0)
                continue;
            *out = x->first + i;
            str_addf(&where, "%s%lld", found++ ? ", " : "", (long long)*out);
        }
    if (found == 0) {
        err_set(e, ERR_COMMAND, "no %s token of the %s is `%s`", what,
                x->side == TOKEN_SOURCE ? "source" : "target", word);
        err_hint(e, "tokens lists them; an index 0-%lld works too", (long long)x->all - 1);
    } else if (found > 1) {
        err_set(e, ERR_COMMAND, "`%s` stands at several places: %s", word, where.s);
        err_hint(e, "give the index");
    }
    str_release(&where);
    return found == 1;
}

const char *attn_next_piece(struct session *s, struct arena *a, int64_t t)
{
    int64_t n;
    char buf[24];
    const int32_t *ids = session_tokens(s, TOKEN_TARGET, &n);
    return t + 1 < n ? arena_strdup(a, session_piece(s, TOKEN_TARGET, ids[t + 1], buf)) : NULL;
}
