/* explain scaling: entropy of patterns with and without the division by sqrt(d_k), of drawn queries
 * and keys over widths, and of the heads of the present run. */
#include "scaling.h"

#include <math.h>
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/random.h"
#include "head_use.h"
#include "tensor/kernels.h"

enum { QUERIES = 64, KEYS = 32, LEAST = 2, MOST = 512 };

/* What softmax makes of scores, raw and divided. */
struct effect {
    double sd;            /* of q . k */
    double without, with; /* bits, mean of the rows */
    double strongest[2];  /* weight on the strongest key, without and with */
};

/* Entropy and strongest weight of softmax(x * factor), x [rows, cols] contiguous. */
static bool soften(const struct tensor *x, float factor, bool causal, double *bits,
                   double *strongest, struct err *e)
{
    struct tensor y;
    if (!tensor_to_f32(x, &y, e))
        return false;
    int64_t rows = y.shape[0], cols = y.shape[1];
    for (int64_t i = 0; i < rows * cols; i++)
        tensor_f32(&y)[i] *= factor;
    k_softmax(tensor_f32(&y), cols, tensor_f32(&y), cols, rows, cols);
    struct head_use u = {0};
    head_use_add(&u, &y, causal);
    *bits = head_use_mean(&u, USE_ENTROPY);
    *strongest = head_use_mean(&u, USE_STRONGEST);
    tensor_unref(&y);
    return true;
}

static double sd_of(const struct tensor *t, double factor)
{
    struct tensor_stats s;
    tensor_stats(t, &s);
    return s.sd * factor;
}

/* Products of drawn queries and keys of one width; their numbers have mean 0 and variance 1. */
static bool drawn(uint64_t seed, int64_t width, struct effect *out, struct err *e)
{
    const int64_t shape[] = {QUERIES, KEYS};
    struct tensor t;
    if (!tensor_new(&t, DT_F32, 2, shape, "drawn scores", e))
        return false;
    double *v = mem_alloc((size_t)((QUERIES + KEYS) * width) * sizeof *v);
    for (int64_t i = 0; i < (QUERIES + KEYS) * width; i++)
        v[i] = random_normal(seed, i / width, i % width);
    for (int64_t i = 0; i < QUERIES; i++)
        for (int64_t j = 0; j < KEYS; j++) {
            const double *q = v + i * width, *k = v + (QUERIES + j) * width;
            double sum = 0;
            for (int64_t c = 0; c < width; c++)
                sum += q[c] * k[c];
            tensor_f32(&t)[i * KEYS + j] = (float)sum;
        }
    free(v);
    out->sd = sd_of(&t, 1);
    float scale = (float)(1 / sqrt((double)width));
    bool ok = soften(&t, 1, false, &out->without, &out->strongest[0], e) &&
              soften(&t, scale, false, &out->with, &out->strongest[1], e);
    tensor_unref(&t);
    return ok;
}

static void effect_data(struct arena *a, struct data *d, int64_t width, const struct effect *x)
{
    data_add_int(a, d, "width", width);
    data_add_num(a, d, "sd", x->sd);
    data_add_num(a, d, "sqrt", sqrt((double)width));
    data_add_num(a, d, "without", x->without);
    data_add_num(a, d, "with", x->with);
    if (isnan(x->strongest[0]))
        return;
    data_add_num(a, d, "strongest_without", x->strongest[0]);
    data_add_num(a, d, "strongest_with", x->strongest[1]);
}

static void effect_cells(struct cell *c, int64_t width, const struct effect *x)
{
    const double v[] = {x->sd,   sqrt((double)width), x->without,
                        x->with, x->strongest[0],     x->strongest[1]};
    *c++ = cell_int(width);
    for (size_t i = 0; i < sizeof v / sizeof *v; i++, c++)
        if (!isnan(v[i])) /* the strongest of no row that could be otherwise */
            *c = cell_num(v[i], "%.2f");
}

#define COLUMNS "width> sd_q.k> sqrt> bits_raw> divided> strongest> divided>"

static bool widths(struct session *s, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    uint64_t seed = (uint64_t)s->settings.number[SET_SEED];
    int n = 0;
    for (int w = LEAST; w <= MOST; w *= 2)
        n++;
    struct table *t = out_table(out, COLUMNS);
    t->title = arena_printf(a, "%d queries and %d keys drawn, every number with variance 1",
                            QUERIES, KEYS);
    struct plot *p = out_plot(out, 2, n);
    p->title = "entropy of the pattern";
    p->x_name = "d_k";
    p->y_name = "bits";
    p->x_log = true;
    p->series[0].label = "q.k";
    p->series[1].label = "q.k / sqrt(d_k)";
    struct data *list = data_add_list(a, out->data, "widths");
    for (int i = 0, w = LEAST; w <= MOST; w *= 2, i++) {
        struct effect x;
        if (!drawn(seed, w, &x, e))
            return false;
        if (interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted");
        effect_cells(table_row(out, t), w, &x);
        effect_data(a, data_add_map(a, list, NULL), w, &x);
        p->series[0].x[i] = p->series[1].x[i] = w;
        p->series[0].y[i] = x.without;
        p->series[1].y[i] = x.with;
    }
    return true;
}

/* ---- the heads of the present run ------------------------------------------------------------ */

/* Of all heads of one attention, the mean; scores are divided and masked already. */
static bool heads_effect(const struct tensor *scores, const struct node *n, struct effect *out,
                         struct err *e)
{
    struct tensor all = tensor_index(scores, 0, 0);
    int64_t heads = all.shape[0];
    *out = (struct effect){.sd = sd_of(&all, 1 / (double)n->scale)};
    for (int64_t h = 0; h < heads; h++) {
        struct tensor one = tensor_index(&all, 0, h);
        struct effect x;
        if (!soften(&one, 1 / n->scale, n->causal, &x.without, &x.strongest[0], e) ||
            !soften(&one, 1, n->causal, &x.with, &x.strongest[1], e))
            return false;
        out->without += x.without / (double)heads;
        out->with += x.with / (double)heads;
        for (int i = 0; i < 2; i++)
            out->strongest[i] += x.strongest[i] / (double)heads;
    }
    return true;
}

static bool model_heads(struct session *s, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    struct arena *a = &out->arena;
    struct table *t = NULL;
    struct data *list = data_add_list(a, out->data, "model");
    for (int i = 0; p != NULL && s->gen != NULL && i < p->nnodes; i++) {
        const struct node *n = &p->nodes[i];
        struct tensor scores;
        struct effect x;
        struct err ignored = ERR_INIT;
        if (n->op != OP_SCORES || n->ndim != 4 || !session_value(s, i, &scores, &ignored))
            continue;
        bool ok = heads_effect(&scores, n, &x, e);
        tensor_unref(&scores);
        if (!ok)
            return false;
        int64_t width = dim_size(p, p->nodes[n->in[0]].shape[3], &(struct binding){1, 1, 1});
        if (t == NULL) {
            t = out_table(out, "attention " COLUMNS);
            t->title = "the heads of this run, mean of each layer";
        }
        struct cell *c = table_row(out, t);
        const char *name =
            arena_printf(a, "%s.%d.%s", stack_name(n->stack), n->layer, part_name(n->part));
        *c = cell_str(out, name);
        c->tone = TONE_SITE;
        effect_cells(c + 1, width, &x);
        struct data *d = data_add_map(a, list, NULL);
        data_add_str(a, d, "attention", name);
        effect_data(a, d, width, &x);
    }
    return true;
}

bool scaling_explain(struct session *s, struct result *out, struct err *e)
{
    data_add_str(&out->arena, out->data, "topic", "scaling");
    data_add_int(&out->arena, out->data, "keys", KEYS);
    data_add_num(&out->arena, out->data, "most_bits", log2(KEYS));
    out_line(out, TONE_STRONG, "why scores are divided by sqrt(d_k)");
    out_line(out, TONE_PLAIN,
             "q.k is a sum of d_k products. Where each has mean 0 and variance 1, so has the sum "
             "variance d_k: its sd grows like");
    out_line(out, TONE_PLAIN,
             "sqrt(d_k), and softmax of such numbers is nearly a hard choice. Divided, the sd is 1 "
             "at any width.");
    if (!widths(s, out, e) || !model_heads(s, out, e))
        return false;
    out_line(
        out, TONE_DIM,
        "bits: entropy, mean of the rows, %.2f when %d keys share evenly; strongest: weight on "
        "the strongest key",
        log2(KEYS), KEYS);
    if (s->gen == NULL)
        out_line(out, TONE_DIM, "after a run its heads are measured here too");
    return true;
}
