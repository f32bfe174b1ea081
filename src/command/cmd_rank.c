/* rank: how many directions a head really uses, measured: the rank of Q K^T on the present run, of
 * the pattern that softmax makes of it, and of W_Q W_K^T. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "maps.h"
#include "tensor/matrix.h"

/* Singular values of one matrix of a head. */
struct spectrum {
    int64_t rows, cols, inner; /* inner: the width it is a product over, 0 = none */
    double *s;                 /* [n], falling, in the arena */
    int64_t n, rank, most;     /* most: the rank that its sizes allow */
};

struct head_rank {
    const char *name;
    struct spectrum product, pattern, weights;
};

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The tolerance that NumPy and PyTorch take for float32: the larger side times the rounding unit. */
static void judge(struct spectrum *x, double tolerance)
{
    int64_t side = x->rows > x->cols ? x->rows : x->cols;
    x->rank = matrix_rank(x->s, x->n, tolerance > 0 ? tolerance : (double)side * FLT_EPSILON);
    x->most = least(x->rows, x->cols);
    x->most = x->inner > 0 ? least(x->most, x->inner) : x->most;
}

/* t [rows, cols] as doubles. */
static double *copied(const struct tensor *t)
{
    double *a = mem_alloc((size_t)(t->shape[0] * t->shape[1] + 1) * sizeof *a);
    for (int64_t i = 0; i < t->shape[0]; i++)
        for (int64_t j = 0; j < t->shape[1]; j++) {
            const int64_t at[] = {i, j};
            a[i * t->shape[1] + j] = tensor_get(t, at);
        }
    return a;
}

/* x y^T of x [m,k] and y [n,k]. */
static bool product(struct arena *a, const struct tensor *x, const struct tensor *y,
                    struct spectrum *out)
{
    int64_t k = x->shape[1];
    double *p = copied(x), *q = copied(y);
    *out = (struct spectrum){.rows = x->shape[0], .cols = y->shape[0], .inner = k};
    out->n = least(k, least(out->rows, out->cols));
    /* where one side is shorter than k there may be more values than k, all of them 0 */
    int64_t room = out->rows + out->cols + k;
    out->s = arena_alloc(a, (size_t)(room + 1) * sizeof *out->s);
    bool ok = matrix_singular_product(p, out->rows, q, out->cols, k, out->s);
    free(p);
    free(q);
    return ok;
}

static bool single(struct arena *a, const struct tensor *x, struct spectrum *out)
{
    double *p = copied(x);
    *out = (struct spectrum){.rows = x->shape[0], .cols = x->shape[1]};
    out->n = least(out->rows, out->cols);
    out->s = arena_alloc(a, (size_t)(out->n + 1) * sizeof *out->s);
    bool ok = matrix_singular(p, out->rows, out->cols, out->s);
    free(p);
    return ok;
}

/* One head of [1, heads, positions, width], its place in the value of fewer heads where those are
 * shared. */
static struct tensor head_of(const struct tensor *t, int64_t head, int64_t heads)
{
    struct tensor all = tensor_index(t, 0, 0);
    return tensor_index(&all, 0, head / (heads / t->shape[1]));
}

/* ---- weights --------------------------------------------------------------------------------- */

/* The rows of the projection that make this head's queries or keys, as [D, K]; the node may be turned
 * or normalised after it. False: no such projection, or its weights are not there. */
static bool weights_of(struct session *s, int node, int64_t head, int64_t heads, struct tensor *out)
{
    const struct plan *p = s->model->plan;
    node = attn_projection(p, node);
    if (node < 0 || s->model->params == NULL)
        return false;
    const struct node *n = &p->nodes[node];
    const struct tensor *w = &s->model->params[n->param[0]];
    const struct binding none = {1, 1, 1};
    int64_t own = dim_size(p, n->shape[1], &none), width = dim_size(p, n->shape[3], &none),
            at = head / (heads / own);
    if (w->data == NULL || w->ndim != 2 || w->shape[0] != own * width)
        return false;
    struct tensor rows = tensor_slice(w, 0, at * width, (at + 1) * width);
    *out = tensor_permute(&rows, (const int[]){1, 0});
    return true;
}

/* ---- measuring ------------------------------------------------------------------------------- */

static bool measure(struct session *s, struct arena *a, const struct attn *m, int64_t h,
                    const struct tensor *q, const struct tensor *k, double tolerance,
                    struct head_rank *out)
{
    const struct plan *p = s->model->plan;
    const struct node *scores = &p->nodes[p->nodes[m->node].in[0]];
    int64_t head = m->head + h;
    struct tensor qh = head_of(q, head, m->heads), kh = head_of(k, head, m->heads),
                  pattern = tensor_index(&m->t, 0, h), wq, wk;
    const struct node *n = &p->nodes[m->node];
    *out = (struct head_rank){.name = arena_printf(a, "%s.%d.%s.h%lld", stack_name(n->stack),
                                                   n->layer, part_name(n->part), (long long)head)};
    if (!product(a, &qh, &kh, &out->product) || !single(a, &pattern, &out->pattern))
        return false;
    judge(&out->product, tolerance);
    judge(&out->pattern, tolerance);
    if (!weights_of(s, scores->in[0], head, m->heads, &wq) ||
        !weights_of(s, scores->in[1], head, m->heads, &wk))
        return true;
    if (!product(a, &wq, &wk, &out->weights))
        return false;
    judge(&out->weights, tolerance);
    return true;
}

static void rank_data(struct result *out, struct data *list, const struct head_rank *r)
{
    static const char *const keys[] = {"qk", "pattern", "weights"};
    const struct spectrum *all[] = {&r->product, &r->pattern, &r->weights};
    struct arena *a = &out->arena;
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "head", r->name);
    for (int i = 0; i < 3; i++) {
        if (all[i]->s == NULL) {
            data_add_null(a, d, keys[i]);
            continue;
        }
        struct data *one = data_add_map(a, d, keys[i]);
        data_add_int(a, one, "rows", all[i]->rows);
        data_add_int(a, one, "columns", all[i]->cols);
        data_add_int(a, one, "rank", all[i]->rank);
        data_add_int(a, one, "most", all[i]->most);
        struct data *s = data_add_list(a, one, "singular_values");
        for (int64_t k = 0; k < all[i]->n; k++)
            data_add_num(a, s, NULL, all[i]->s[k]);
    }
}

/* How many of the largest hold nine tenths of the sum of squares. */
static int64_t nine_tenths(const struct spectrum *x)
{
    double all = 0, sum = 0;
    int64_t n = 0;
    for (int64_t i = 0; i < x->n; i++)
        all += x->s[i] * x->s[i];
    while (n < x->n && sum < 0.9 * all)
        sum += x->s[n] * x->s[n], n++;
    return n;
}

static void rank_row(struct result *out, struct table *t, const struct head_rank *r)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, r->name);
    c[0].tone = TONE_SITE;
    c[1] = cell_str(out, arena_printf(&out->arena, "%lldx%lld", (long long)r->product.rows,
                                      (long long)r->product.cols));
    c[2] = cell_int(r->product.rank);
    c[3] = cell_int(r->product.most);
    c[4] = cell_int(nine_tenths(&r->product));
    c[5] = cell_int(r->pattern.rank);
    if (r->weights.s == NULL)
        return;
    c[6] = cell_int(r->weights.rank);
    c[7] = cell_int(r->weights.most);
    c[8] = cell_int(nine_tenths(&r->weights));
}

/* Of one head: the singular values themselves, falling. */
static void curve(struct result *out, const struct head_rank *r)
{
    static const char *const labels[] = {"Q K^T", "pattern", "W_Q W_K^T"};
    const struct spectrum *all[] = {&r->product, &r->pattern, &r->weights};
    int64_t most = 0;
    for (int i = 0; i < 3; i++)
        most = all[i]->n > most ? all[i]->n : most;
    struct plot *p = out_plot(out, 3, (int)most);
    p->title = "singular values, as shares of the largest";
    p->x_name = "number";
    p->y_name = "share";
    p->y_log = true;
    for (int i = 0; i < 3; i++) {
        p->series[i].label = labels[i];
        for (int64_t k = 0; k < most; k++) {
            double v = k < all[i]->n && all[i]->s[0] > 0 ? all[i]->s[k] / all[i]->s[0] : 0;
            p->series[i].x[k] = (double)(k + 1);
            p->series[i].y[k] = v > FLT_EPSILON ? v : NAN;
        }
    }
}

/* All heads of one site of maps. */
static bool site(struct session *s, const struct attn_ref *ref, double tolerance,
                 struct result *out, struct table *t, struct data *list, struct head_rank *last,
                 struct err *e)
{
    const struct plan *p = s->model->plan;
    struct arena *a = &out->arena;
    struct attn m;
    struct tensor q = {0}, k = {0};
    if (!attn_is_pattern(p, ref->site.node))
        return err_set(e, ERR_COMMAND,
                       "name patterns, such as enc.0.self: rank finds their q and k");
    if (!attn_load(s, a, ref, &m, e))
        return false;
    const struct node *scores = &p->nodes[p->nodes[m.node].in[0]];
    bool ok = session_value(s, scores->in[0], &q, e) && session_value(s, scores->in[1], &k, e);
    for (int64_t h = 0; ok && h < m.t.shape[0]; h++) {
        ok = measure(s, a, &m, h, &q, &k, tolerance, last) ||
             err_set(e, ERR_INTERRUPT, "interrupted");
        if (ok) {
            rank_row(out, t, last);
            rank_data(out, list, last);
        }
    }
    tensor_unref(&q);
    tensor_unref(&k);
    attn_release(&m);
    return ok;
}

static bool rank_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct arena *arena = &out->arena;
    const char *spec = attn_words(arena, a, "site");
    double tolerance = args_num(a, "--tolerance", 0);
    struct attn_ref *refs;
    size_t n, done = 0;
    struct head_rank last = {0};
    struct err why = ERR_INIT;
    if (tolerance < 0 || tolerance >= 1)
        return err_set(e, ERR_COMMAND, "--tolerance is a share: at least 0, below 1") ||
               args_blame(a, "--tolerance", 0, e);
    if (!attn_find(s, *spec == 0 ? "*.pattern" : spec, &refs, &n, e))
        return args_blame(a, "site", 0, e);
    struct table *t = out_table(out, "head Q_K^T> rank> most> 90%> pattern> Wq_Wk^T> most> 90%>");
    struct data *list = data_add_list(arena, out->data, "heads");
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct err this = ERR_INIT;
        if (site(s, &refs[i], tolerance, out, t, list, &last, &this)) {
            done++;
        } else {
            ok = this.kind != ERR_INTERRUPT;
            why = why.kind == ERR_NONE || !ok ? this : why;
        }
    }
    free(refs);
    if (!ok || done == 0) {
        *e = why;
        return args_blame(a, "site", 0, e);
    }
    if (t->nrows == 1)
        curve(out, &last);
    out_line(out, TONE_DIM,
             "rank: singular values above %s of the largest; most: what the sizes allow,",
             tolerance > 0 ? arena_printf(arena, "%g", tolerance) : "the larger side x 1.2e-07");
    out_line(
        out, TONE_DIM,
        "min(queries, keys, d_k) and min(d_model, d_k); 90%%: how many hold nine tenths of the "
        "sum of squares");
    return true;
}

static const struct arg rank_args[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "heads: enc.0.self, dec.*.cross.h1; none: all that are computed",
     .optional = true,
     .many = true},
    {.name = "--tolerance",
     .kind = ARG_NUM,
     .help = "what counts as zero, as a share of the largest",
     .optional = true},
    {0},
};

const struct command cmd_rank = {
    .name = "rank",
    .group = GROUP_ANALYSIS,
    .needs = NEED_RUN,
    .args = rank_args,
    .summary = "The rank of Q K^T, of the pattern and of W_Q W_K^T of each head, measured",
    .help = "Q K^T on the present sentence has no more than d_k directions, however long it is; "
            "softmax gives the pattern more.\n"
            "Of one head, the singular values too.\n"
            "  rank\n  rank enc.0.self\n  rank dec.2.cross.h1",
    .exec = rank_exec,
};
