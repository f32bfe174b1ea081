/* Positions as vectors that are added to the embeddings: the sinusoid, and a model's learned table
 * beside it. */
#include <math.h>

#include "base/interrupt.h"
#include "position_kinds.h"
#include "tensor/position.h"

void kind_begin(struct result *out, const char *kind, const char *formula)
{
    data_add_str(&out->arena, out->data, "kind", kind);
    data_add_str(&out->arena, out->data, "formula", formula);
    out_begin(out);
    out_span(out, TONE_STRONG, "%s", formula);
}

int kind_some(int64_t n, int64_t at[KIND_SHOWN])
{
    int k = n < KIND_SHOWN ? (int)n : KIND_SHOWN;
    for (int i = 0; i < k; i++)
        at[i] = i * n / k;
    return k;
}

/* ---- tables of vectors ----------------------------------------------------------------------- */

static double row_product(const void *ud, int64_t query, int64_t key)
{
    const struct tensor *t = ud;
    double sum = 0;
    for (int64_t i = 0; i < t->shape[1]; i++) {
        const int64_t q[] = {query, i}, k[] = {key, i};
        sum += tensor_get(t, q) * tensor_get(t, k);
    }
    return sum;
}

/* Everything that is shown of a table [length, width]; columns named by `name`. */
static void show_table(struct result *out, const struct tensor *t, const int64_t *cols,
                       const char *const *names, int n, const char *what,
                       const struct position_scheme *beside)
{
    struct arena *a = &out->arena;
    const struct position_scheme own = {beside != NULL ? "learned" : "product", row_product, t};
    const char *title =
        arena_printf(a, "%s  [%lld,%lld]", what, (long long)t->shape[0], (long long)t->shape[1]);
    data_add_int(a, out->data, "length", t->shape[0]);
    data_add_int(a, out->data, "width", t->shape[1]);
    data_add_tensor(a, out->data, "table", t);
    position_rows(out, t, title, cols, names, n);
    position_curves(out, t, NULL, cols, names, n < KIND_SHOWN ? n : KIND_SHOWN);
    position_map(out, t, what, "position", "dimension");
    position_products(out, &own, beside, t->shape[0],
                      "product of two positions' vectors, by distance");
}

static bool fill_sinusoid(const struct scheme *c, struct tensor *t, struct err *e)
{
    const int64_t shape[] = {c->length, c->width};
    if (!tensor_new(t, DT_F32, 2, shape, "the table of positions", e))
        return false;
    tensor_set_axes(t, (const char *const[]){"position", "D"});
    for (int64_t p = 0; p < c->length && !interrupted(); p++)
        for (int64_t i = 0; i < c->width; i++)
            tensor_f32(t)[p * c->width + i] = (float)position_sinusoid(p, i, c->width, c->base);
    return true;
}

bool kind_sinusoid(const struct scheme *c, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    int64_t half = (c->width + 1) / 2, pairs[KIND_SHOWN], cols[2 * KIND_SHOWN];
    const char *names[2 * KIND_SHOWN];
    int n = kind_some(half, pairs), k = 0;
    for (int i = 0; i < n; i++) {
        cols[k] = pairs[i];
        names[k++] = arena_printf(a, "sin_%lld", (long long)pairs[i]);
    }
    for (int i = 0; i < n; i++)
        if (half + pairs[i] < c->width) {
            cols[k] = half + pairs[i];
            names[k++] = arena_printf(a, "cos_%lld", (long long)pairs[i]);
        }
    struct tensor t;
    if (!fill_sinusoid(c, &t, e))
        return false;
    kind_begin(out, "sinusoid",
               arena_printf(a, "P[p, j] = sin(p / %g^(2j/%lld)), P[p, %lld + j] = cos of the same",
                            c->base, (long long)c->width, (long long)half));
    data_add_num(a, out->data, "base", c->base);
    out_line(out, TONE_DIM,
             "fixed, no parameters; dimension 0 turns once in %.2f positions, the slowest once in "
             "%.4g",
             2 * M_PI, 2 * M_PI / position_angle(1, half - 1, c->width, c->base));
    show_table(out, &t, cols, names, k, "sinusoid positions, sines then cosines", NULL);
    tensor_unref(&t);
    return true;
}

/* ---- the model's own ------------------------------------------------------------------------- */

static int position_node(const struct plan *p)
{
    for (int i = 0; i < p->nnodes; i++)
        if (p->nodes[i].op == OP_POSITION)
            return i;
    return -1;
}

bool kind_learned(struct session *s, const struct scheme *c, bool asked, struct result *out,
                  struct err *e)
{
    const struct model *m = s->model;
    int node = m != NULL && m->plan != NULL ? position_node(m->plan) : -1;
    if (node < 0)
        return err_set(e, ERR_COMMAND, "%s",
                       m == NULL ? "no model is open: a learned table is a model's"
                                 : "this model adds no table of positions to its embeddings") ||
               err_hint(e, "from formulas: positions sinusoid, relative, rotary");
    const struct node *x = &m->plan->nodes[node];
    const struct param *w = x->param[0] >= 0 ? &m->plan->params[x->param[0]] : NULL;
    const struct tensor *table =
        w != NULL && m->params != NULL && m->params[x->param[0]].data != NULL
            ? &m->params[x->param[0]]
            : NULL;
    if (table == NULL && (w == NULL || w->formula)) {
        struct scheme own = *c;
        own.base = 10000;
        own.width = dim_size(m->plan, x->shape[2], &(struct binding){1, 1, 1});
        out_line(out, TONE_PLAIN, "this model stores no table: %s is the sinusoid, by formula",
                 x->name);
        return kind_sinusoid(&own, out, e);
    }
    if (table == NULL)
        return err_set(e, ERR_COMMAND, "%s is learned, and this model was opened without weights",
                       w->name);
    int64_t have = table->shape[0], n = c->length;
    if (asked && n > have)
        return err_set(e, ERR_COMMAND, "the table has %lld positions, not %lld", (long long)have,
                       (long long)n);
    struct tensor part = tensor_slice(table, 0, 0, n < have ? n : have), t;
    if (!tensor_to_f32(&part, &t, e))
        return false;
    tensor_set_axes(&t, (const char *const[]){"position", "D"});
    struct arena *a = &out->arena;
    int64_t cols[KIND_SHOWN];
    const char *names[KIND_SHOWN];
    int k = kind_some(t.shape[1], cols);
    for (int i = 0; i < k; i++)
        names[i] = arena_printf(a, "d%lld", (long long)cols[i]);
    kind_begin(out, "learned",
               arena_printf(a, "P[p] = row p of %s [%lld, %lld]", w->name, (long long)have,
                            (long long)table->shape[1]));
    data_add_int(a, out->data, "parameters", have * table->shape[1]);
    out_line(out, TONE_DIM, "%lld x %lld = %lld parameters; no position after %lld has a row",
             (long long)have, (long long)table->shape[1], (long long)(have * table->shape[1]),
             (long long)have - 1);
    struct scheme fixed = {.length = t.shape[0], .width = t.shape[1], .base = 10000};
    struct tensor other;
    bool ok = fill_sinusoid(&fixed, &other, e);
    if (ok) {
        const struct position_scheme beside = {"sinusoid", row_product, &other};
        show_table(out, &t, cols, names, k, "learned positions", &beside);
        out_line(out, TONE_DIM,
                 "sinusoid: of the same width, brought to the same product at "
                 "distance 0");
        tensor_unref(&other);
    }
    tensor_unref(&t);
    return ok;
}
