/* Positions that act inside attention: relative buckets, added to the scores, and rotations of queries
 * and keys. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/random.h"
#include "position_kinds.h"
#include "tensor/position.h"

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

bool kind_relative(const struct scheme *c, struct result *out, struct err *e)
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
    kind_begin(out, "relative", relative_formula(a, c));
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

bool kind_rotary(const struct scheme *c, uint64_t seed, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    int64_t pairs = c->width / 2, cols[KIND_SHOWN];
    const char *names[KIND_SHOWN];
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
    int n = kind_some(pairs, cols);
    for (int i = 0; i < n; i++)
        names[i] = arena_printf(a, "pair_%lld", (long long)cols[i]);
    kind_begin(out, "rotary",
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
