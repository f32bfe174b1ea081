/* How a scheme of positions is shown: numbers, curves, heat map, and products by distance. */
#include "position_views.h"

#include <math.h>

#include "base/interrupt.h"

enum { ROWS = 12, QUERIES = 64 };

static double at(const struct tensor *t, int64_t row, int64_t col)
{
    const int64_t index[] = {row, col};
    return tensor_get(t, index);
}

void position_rows(struct result *out, const struct tensor *t, const char *title,
                   const int64_t *cols, const char *const *heads, int n)
{
    struct str head = STR_INIT;
    str_add(&head, "position>");
    for (int i = 0; i < n; i++)
        str_addf(&head, " %s>", heads[i]);
    struct table *table = out_table(out, head.s);
    str_release(&head);
    table->title = title;
    int64_t rows = t->shape[0] < ROWS ? t->shape[0] : ROWS;
    for (int64_t r = 0; r < rows; r++) {
        struct cell *c = table_row(out, table);
        *c++ = cell_int(r);
        for (int i = 0; i < n; i++)
            *c++ = cell_num(at(t, r, cols[i]), "%.4f");
    }
    if (rows < t->shape[0])
        table->footer = arena_printf(&out->arena, "%lld positions (%lld shown)",
                                     (long long)t->shape[0], (long long)rows);
}

void position_curves(struct result *out, const struct tensor *t, const char *title,
                     const int64_t *cols, const char *const *labels, int n)
{
    struct plot *p = out_plot(out, n, (int)t->shape[0]);
    p->title = title;
    p->x_name = "position";
    p->y_name = "value";
    for (int i = 0; i < n; i++) {
        char *label = arena_strdup(&out->arena, labels[i]);
        for (char *c = label; *c; c++)
            *c = *c == '_' ? ' ' : *c; /* as the head of a column shows it */
        p->series[i].label = label;
        for (int64_t r = 0; r < t->shape[0]; r++) {
            p->series[i].x[r] = (double)r;
            p->series[i].y[r] = at(t, r, cols[i]);
        }
    }
}

void position_map(struct result *out, const struct tensor *t, const char *title,
                  const char *row_name, const char *col_name)
{
    struct heat *h = out_heat(out, 1);
    h->title = title;
    h->row_name = row_name;
    h->col_name = col_name;
    h->scale = "max";
    h->panels[0].t = tensor_ref(t);
}

struct spread {
    double mean, least, most;
};

/* Over at most QUERIES queries, evenly spread, that have a key at this distance. */
static struct spread over_queries(const struct position_scheme *f, int64_t length, int64_t distance)
{
    struct spread s = {0, INFINITY, -INFINITY};
    int64_t have = length - distance, n = have < QUERIES ? have : QUERIES;
    for (int64_t i = 0; i < n; i++) {
        int64_t query = n > 1 ? i * (have - 1) / (n - 1) : 0;
        double v = f->product(f->ud, query, query + distance);
        s.mean += v / (double)n;
        s.least = v < s.least ? v : s.least;
        s.most = v > s.most ? v : s.most;
    }
    return s;
}

/* 0 1 2 3 4 6 8 12 16 ...: each power of two and its half more. */
static bool listed(int64_t distance)
{
    int64_t step = 1;
    while (step * 4 <= distance)
        step *= 2;
    return distance < 4 || distance == step * 2 || distance == step * 3;
}

/* A row of the table; several: more than one query has a key at this distance. */
static void product_row(struct result *out, struct table *t, int64_t distance,
                        const struct spread *s, bool several, const double *other)
{
    /* rounding of numbers of this size counts as none */
    bool none = s->most - s->least <= 1e-5 * (fabs(s->mean) + fabs(s->most));
    struct cell *c = table_row(out, t);
    c[0] = cell_int(distance);
    c[1] = cell_num(s->mean, "%.4f");
    if (several)
        c[2] = none ? cell_str(out, "0") : cell_num(s->most - s->least, "%.4f");
    if (other != NULL)
        c[3] = cell_num(*other, "%.4f");
}

static void product_data(struct arena *a, struct data *row, int64_t distance,
                         const struct spread *s, bool several)
{
    data_add_int(a, row, "distance", distance);
    data_add_num(a, row, "product", s->mean);
    if (several)
        data_add_num(a, row, "spread", s->most - s->least);
    else
        data_add_null(a, row, "spread");
}

void position_products(struct result *out, const struct position_scheme *f,
                       const struct position_scheme *beside, int64_t length, const char *what)
{
    struct arena *a = &out->arena;
    struct plot *p = out_plot(out, beside != NULL ? 2 : 1, (int)length);
    p->title = what;
    p->x_name = "distance";
    p->y_name = "product";
    p->series[0].label = f->name;
    const char *head = "distance> product> spread>";
    if (beside != NULL) {
        p->series[1].label = beside->name;
        head = arena_printf(a, "%s %s>", head, beside->name);
    }
    struct table *t = out_table(out, head);
    struct data *list = data_add_list(a, out->data, "products");
    double factor = 0;
    for (int64_t d = 0; d < length && !interrupted(); d++) {
        struct spread s = over_queries(f, length, d);
        bool several = length - d > 1;
        double other = 0;
        struct data *row = data_add_map(a, list, NULL);
        product_data(a, row, d, &s, several);
        if (beside != NULL) {
            other = over_queries(beside, length, d).mean;
            factor = d == 0 && other != 0 ? s.mean / other : factor;
            other *= factor;
            data_add_num(a, row, beside->name, other);
            p->series[1].x[d] = (double)d;
            p->series[1].y[d] = other;
        }
        p->series[0].x[d] = (double)d;
        p->series[0].y[d] = s.mean;
        if (listed(d))
            product_row(out, t, d, &s, several, beside != NULL ? &other : NULL);
    }
    t->footer = "spread: largest less smallest over the query's position; 0: the distance decides";
}
