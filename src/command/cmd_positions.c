/* positions: how a model is told the order of its tokens; four schemes, from their formulas or the
 * table of the model. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/random.h"
#include "position_views.h"
#include "tensor/position.h"

enum { LENGTH = 32, WIDTH = 16, BUCKETS = 32, DISTANCE = 128, SHOWN = 4, MOST_CELLS = 1 << 24 };

struct scheme {
    int64_t length, width;
    double base;
    int64_t buckets, distance;
    bool causal;
};

static void common_data(struct result *out, const char *kind, const char *formula)
{
    data_add_str(&out->arena, out->data, "kind", kind);
    data_add_str(&out->arena, out->data, "formula", formula);
    out_begin(out);
    out_span(out, TONE_STRONG, "%s", formula);
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
    position_curves(out, t, NULL, cols, names, n < SHOWN ? n : SHOWN);
    position_map(out, t, what, "position", "dimension");
    position_products(out, &own, beside, t->shape[0],
                      "product of two positions' vectors, by distance");
}

/* Evenly spread from the first, at most SHOWN of n. */
static int spread_out(int64_t n, int64_t *at)
{
    int k = n < SHOWN ? (int)n : SHOWN;
    for (int i = 0; i < k; i++)
        at[i] = i * n / k;
    return k;
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

static bool sinusoid(const struct scheme *c, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    int64_t half = (c->width + 1) / 2, pairs[SHOWN], cols[2 * SHOWN];
    const char *names[2 * SHOWN];
    int n = spread_out(half, pairs), k = 0;
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
    common_data(out, "sinusoid",
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

static bool learned(struct session *s, const struct scheme *c, bool asked, struct result *out,
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
        return sinusoid(&own, out, e);
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
    int64_t cols[SHOWN];
    const char *names[SHOWN];
    int k = spread_out(t.shape[1], cols);
    for (int i = 0; i < k; i++)
        names[i] = arena_printf(a, "d%lld", (long long)cols[i]);
    common_data(out, "learned",
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

/* ---- relative -------------------------------------------------------------------------------- */

static const char *relative_formula(struct arena *a, const struct scheme *c)
{
    int64_t side = c->causal ? c->buckets : c->buckets / 2, exact = side / 2;
    const char *far = arena_printf(a, "%lld + floor(%lld ln(n/%lld) / ln(%lld/%lld)), at most %lld",
                                   (long long)exact, (long long)(side - exact), (long long)exact,
                                   (long long)c->distance, (long long)exact, (long long)side - 1);
    return arena_printf(
        a, "bucket(n) = n for n < %lld, else %s; n = %s", (long long)exact, far,
        c->causal ? "query - key, 0 for keys after the query"
                  : arena_printf(a, "|key - query|; %lld more for keys after", (long long)side));
}

/* Each bucket and the distances (key - query) that fall into it. */
static void bucket_table(const struct scheme *c, struct result *out)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "bucket> key_-_query> distances>");
    struct data *list = data_add_list(a, out->data, "buckets");
    for (int64_t b = 0; b < c->buckets; b++) {
        int64_t first = INT64_MAX, last = INT64_MIN;
        for (int64_t d = -c->distance - 1; d <= c->distance + 1; d++)
            if (position_bucket(d, !c->causal, c->buckets, c->distance) == b) {
                first = d < first ? d : first;
                last = d > last ? d : last;
            }
        if (first > last) /* no distance falls here: bucket 0 of the keys after */
            continue;
        bool before = first<-c->distance, after = last> c->distance;
        struct cell *cell = table_row(out, t);
        cell[0] = cell_int(b);
        cell[1] = cell_str(
            out, first == last ? arena_printf(a, "%lld", (long long)first)
                 : before      ? arena_printf(a, "%lld and before", (long long)last)
                 : after       ? arena_printf(a, "%lld and after", (long long)first)
                         : arena_printf(a, "%lld to %lld", (long long)first, (long long)last));
        if (before || after)
            cell[2] = cell_str(out, "all");
        else
            cell[2] = cell_int(last - first + 1);
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "bucket", b);
        if (before)
            data_add_null(a, d, "from");
        else
            data_add_int(a, d, "from", first);
        if (after)
            data_add_null(a, d, "to");
        else
            data_add_int(a, d, "to", last);
    }
}

static void bucket_curve(const struct scheme *c, struct result *out)
{
    int64_t reach = c->distance + c->distance / 8 + 1;
    struct plot *p = out_plot(out, 1, (int)(2 * reach + 1));
    p->title = "bucket over distance";
    p->x_name = "key - query";
    p->y_name = "bucket";
    p->series[0].label = c->causal ? "causal" : "both directions";
    for (int64_t d = -reach; d <= reach; d++) {
        p->series[0].x[d + reach] = (double)d;
        p->series[0].y[d + reach] = (double)position_bucket(d, !c->causal, c->buckets, c->distance);
    }
}

static bool relative(const struct scheme *c, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    int64_t exact = position_exact(!c->causal, c->buckets);
    if (!c->causal && c->buckets % 2 != 0)
        return err_set(
            e, ERR_COMMAND,
            "%lld buckets cannot be shared by two directions: an even number, or --causal",
            (long long)c->buckets);
    if (exact < 1)
        return err_set(e, ERR_COMMAND, "%lld buckets are too few: at least %d",
                       (long long)c->buckets, c->causal ? 2 : 4);
    if (c->distance <= exact)
        return err_set(e, ERR_COMMAND,
                       "--max-distance %lld: the first %lld distances have a bucket each, so it is "
                       "at least %lld",
                       (long long)c->distance, (long long)exact, (long long)exact + 1);
    const int64_t shape[] = {c->length, c->length};
    struct tensor t;
    if (!tensor_new(&t, DT_F32, 2, shape, "the map of buckets", e))
        return false;
    tensor_set_axes(&t, (const char *const[]){"query", "key"});
    for (int64_t q = 0; q < c->length && !interrupted(); q++)
        for (int64_t k = 0; k < c->length; k++)
            tensor_f32(&t)[q * c->length + k] =
                (float)position_bucket(k - q, !c->causal, c->buckets, c->distance);
    common_data(out, "relative", relative_formula(a, c));
    data_add_bool(a, out->data, "causal", c->causal);
    data_add_int(a, out->data, "num_buckets", c->buckets);
    data_add_int(a, out->data, "max_distance", c->distance);
    data_add_int(a, out->data, "length", c->length);
    data_add_tensor(a, out->data, "map", &t);
    out_line(out, TONE_DIM,
             "added to the scores, not to the embeddings: one learned number for each bucket and "
             "head (%lld x H parameters),",
             (long long)c->buckets);
    out_line(out, TONE_DIM, "so the same for every query at the same distance, by construction");
    bucket_table(c, out);
    bucket_curve(c, out);
    position_map(out, &t, "bucket of each query and key", "query", "key");
    tensor_unref(&t);
    return true;
}

/* ---- rotary ---------------------------------------------------------------------------------- */

struct turned {
    const struct scheme *c;
    double *q, *k, *work; /* [width] each; work twice that */
};

/* R_p q . R_r k of one drawn query and key. */
static double turned_product(const void *ud, int64_t query, int64_t key)
{
    const struct turned *t = ud;
    int64_t n = t->c->width;
    double sum = 0, *k = t->work + n;
    memcpy(t->work, t->q, (size_t)n * sizeof *t->work);
    memcpy(k, t->k, (size_t)n * sizeof *k);
    position_rotate(t->work, query, n, t->c->base);
    position_rotate(k, key, n, t->c->base);
    for (int64_t i = 0; i < n; i++)
        sum += t->work[i] * k[i];
    return sum;
}

/* The same product at three places of the sentence: equal along each row. */
static void turned_table(const struct turned *t, struct result *out)
{
    const int64_t at[] = {0, 7, 1000};
    struct table *table = out_table(out, "key_-_query> query_at_0> at_7> at_1000>");
    table->title = "one query and one key, drawn once, turned to their positions: q_p . k_(p+d)";
    for (int64_t d = 0; d <= 8; d = d < 2 ? d + 1 : 2 * d) {
        struct cell *c = table_row(out, table);
        *c++ = cell_int(d);
        for (int i = 0; i < 3; i++)
            *c++ = cell_num(turned_product(t, at[i], at[i] + d), "%.9f");
    }
}

static void angle_table(const struct scheme *c, struct result *out)
{
    struct table *t = out_table(out, "pair> dimensions turn_a_position> p=10> full_turn_after>");
    t->title = "angles in radians";
    int64_t pairs = c->width / 2;
    for (int64_t j = 0; j < pairs; j++) {
        double step = position_angle(1, j, c->width, c->base);
        struct cell *cell = table_row(out, t);
        cell[0] = cell_int(j);
        cell[1] = cell_str(
            out, arena_printf(&out->arena, "%lld, %lld", (long long)j, (long long)(j + pairs)));
        cell[2] = cell_num(step, "%.4g");
        cell[3] = cell_num(10 * step, "%.4g");
        cell[4] = cell_num(2 * M_PI / step, "%.4g");
    }
}

static bool rotary(const struct scheme *c, uint64_t seed, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    int64_t pairs = c->width / 2, cols[SHOWN];
    const char *names[SHOWN];
    if (c->width % 2 != 0)
        return err_set(e, ERR_COMMAND, "rotary positions turn pairs: --width %lld is odd",
                       (long long)c->width);
    const int64_t shape[] = {c->length, pairs};
    struct tensor angles;
    if (!tensor_new(&angles, DT_F32, 2, shape, "the angles", e))
        return false;
    tensor_set_axes(&angles, (const char *const[]){"position", "pair"});
    for (int64_t p = 0; p < c->length && !interrupted(); p++)
        for (int64_t j = 0; j < pairs; j++)
            tensor_f32(&angles)[p * pairs + j] =
                (float)cos(position_angle(p, j, c->width, c->base));
    int n = spread_out(pairs, cols);
    for (int i = 0; i < n; i++)
        names[i] = arena_printf(a, "pair_%lld", (long long)cols[i]);
    common_data(out, "rotary",
                arena_printf(a,
                             "pair j of q and k, (x_j, x_(j+%lld)), is turned by p / %g^(2j/%lld)",
                             (long long)pairs, c->base, (long long)c->width));
    data_add_int(a, out->data, "length", c->length);
    data_add_int(a, out->data, "width", c->width);
    data_add_num(a, out->data, "base", c->base);
    data_add_tensor(a, out->data, "cosines", &angles);
    out_line(out, TONE_DIM, "no parameters; nothing is added: queries and keys are turned");
    angle_table(c, out);
    position_curves(out, &angles, "cosine of the angle", cols, names, n);
    position_map(out, &angles, "cosine of the angle", "position", "pair");
    struct turned t = {.c = c};
    t.q = mem_alloc((size_t)(4 * c->width) * sizeof *t.q);
    t.k = t.q + c->width;
    t.work = t.k + c->width;
    for (int64_t i = 0; i < c->width; i++) {
        t.q[i] = random_normal(seed, 0, i);
        t.k[i] = random_normal(seed, 1, i);
    }
    turned_table(&t, out);
    const struct position_scheme own = {"product", turned_product, &t};
    position_products(out, &own, NULL, c->length, "product of that query and key, by distance");
    free(t.q);
    tensor_unref(&angles);
    return true;
}

/* ---- the command ----------------------------------------------------------------------------- */

static const struct arg positions_args[] = {
    {.name = "kind",
     .kind = ARG_CHOICE,
     .help = "the scheme",
     .choices = "sinusoid|learned|relative|rotary"},
    {.name = "--len",
     .kind = ARG_INT,
     .help = "positions (32)",
     .optional = true,
     .lo = 1,
     .hi = 65536},
    {.name = "--width",
     .kind = ARG_INT,
     .help = "dimensions of a vector (16)",
     .optional = true,
     .lo = 2,
     .hi = 65536},
    {.name = "--base", .kind = ARG_NUM, .help = "of the powers (10000)", .optional = true},
    {.name = "--buckets",
     .kind = ARG_INT,
     .help = "relative: how many (32)",
     .optional = true,
     .lo = 2,
     .hi = 65536},
    {.name = "--max-distance",
     .kind = ARG_INT,
     .help = "relative: from here on all share a bucket (128)",
     .optional = true,
     .lo = 2,
     .hi = 65536},
    {.name = "--causal", .kind = ARG_FLAG, .help = "relative: keys before alone", .optional = true},
    {0},
};

static bool read_scheme(const struct args *a, struct scheme *c, struct err *e)
{
    *c = (struct scheme){
        .length = args_int(a, "--len", LENGTH),
        .width = args_int(a, "--width", WIDTH),
        .base = args_num(a, "--base", 10000),
        .buckets = args_int(a, "--buckets", BUCKETS),
        .distance = args_int(a, "--max-distance", DISTANCE),
        .causal = args_has(a, "--causal"),
    };
    if (!(c->base > 1) || !isfinite(c->base))
        return err_set(e, ERR_COMMAND, "--base must be above 1") || args_blame(a, "--base", 0, e);
    if (strcmp(args_str(a, "kind"), "learned") == 0 && args_has(a, "--width"))
        return err_set(e, ERR_COMMAND, "a learned table has the width of its model") ||
               args_blame(a, "--width", 0, e);
    int64_t wide = strcmp(args_str(a, "kind"), "relative") == 0 ? c->length : c->width;
    if (c->length * wide > MOST_CELLS)
        return err_set(e, ERR_COMMAND, "%lld x %lld numbers are too many to show",
                       (long long)c->length, (long long)wide) ||
               args_blame(a, "--len", 0, e);
    return true;
}

static bool positions_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    const char *kind = args_str(a, "kind");
    struct scheme c;
    if (!read_scheme(a, &c, e))
        return false;
    bool ok = strcmp(kind, "sinusoid") == 0  ? sinusoid(&c, out, e)
              : strcmp(kind, "learned") == 0 ? learned(s, &c, args_has(a, "--len"), out, e)
              : strcmp(kind, "relative") == 0
                  ? relative(&c, out, e)
                  : rotary(&c, (uint64_t)s->settings.number[SET_SEED], out, e);
    return ok && (!interrupted() || err_set(e, ERR_INTERRUPT, "interrupted"));
}

const struct command cmd_positions = {
    .name = "positions",
    .group = GROUP_ANALYSIS,
    .args = positions_args,
    .summary = "How order is told: sinusoid, learned, relative and rotary positions",
    .help =
        "Formula with its sizes, numbers, curves, heat map and products by distance. sinusoid, "
        "relative (T5's buckets)\n"
        "and rotary follow from their formulas; learned is the table of the model that is open. "
        "The seed setting\n"
        "draws the query and key of rotary.\n"
        "  positions sinusoid\n  positions sinusoid --width 128 --len 64\n  positions learned\n"
        "  positions relative --buckets 32 --max-distance 128 --causal\n"
        "  positions rotary --width 64 --base 500000",
    .exec = positions_exec,
};
