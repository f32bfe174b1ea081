/* plot cost: what the operations of a pass cost as its sentences grow, by kind; measured too. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "counts.h"
#include "plot.h"
#include "session/random_weights.h"
#include "values.h"

enum { POINTS = 32 };

/* ---- curves ---------------------------------------------------------------------------------- */

static const struct {
    const char *key, *label;
    unsigned parts; /* kinds of growth that it adds up */
} curves[] = {
    {"attention", "attention, all of it", 1 << GROWTH_PAIRS | 1 << GROWTH_MAPS},
    {"pairs", "scores, softmax, mix (N^2)", 1 << GROWTH_PAIRS},
    {"feed_forward", "feed-forward", 1 << GROWTH_MLP},
    {"other", "other", 1 << GROWTH_OTHER},
};
enum { CURVES = sizeof curves / sizeof *curves };

static double curve_at(const struct growth_sums *g, int curve, int64_t length)
{
    double sum = 0;
    for (int k = 0; k < GROWTH_COUNT; k++)
        if (curves[curve].parts >> k & 1)
            sum += growth_at(g, (enum growth)k, length);
    return sum;
}

static void draw(struct result *out, const struct growth_sums *g, const int64_t *lengths, int n)
{
    struct arena *a = &out->arena;
    struct plot *p = out_plot(out, CURVES, n);
    bool both = g->p->layers[0] > 0 && g->p->layers[1] > 0;
    p->title = both ? "operations of a pass over N source and N target tokens"
                    : "operations of a pass over N tokens";
    p->x_name = "N, tokens";
    p->y_name = "operations";
    p->x_log = p->y_log = lengths[0] < lengths[n - 1];
    struct data *x = data_add_list(a, out->data, "lengths");
    for (int i = 0; i < n; i++)
        data_add_int(a, x, NULL, lengths[i]);
    for (int c = 0; c < CURVES; c++) {
        struct data *y = data_add_list(a, out->data, curves[c].key);
        p->series[c].label = curves[c].label;
        for (int i = 0; i < n; i++) {
            p->series[c].x[i] = (double)lengths[i];
            p->series[c].y[i] = curve_at(g, c, lengths[i]);
            data_add_num(a, y, NULL, p->series[c].y[i]);
        }
    }
}

/* ---- measuring ------------------------------------------------------------------------------- */

/* What stays quick: no pass is begun that is expected to take longer, nor any after the last
 * second. */
#define LONGEST_PASS 0.6
#define ALL_PASSES 3.0
enum { MEASURED = 16, ROUNDS = 5 };

struct measured {
    int64_t length;
    double pairs, rest; /* seconds */
};

struct measuring {
    struct session *s;
    const struct plan *p;
    const struct tensor *params;
    int64_t batch;
};

/* One pass over `length` tokens on both sides that keeps nothing. */
static bool one_pass(const struct measuring *w, int64_t length, struct measured *out, struct err *e)
{
    const struct plan *p = w->p;
    int64_t n = length * w->batch;
    int32_t *source = mem_alloc((size_t)n * sizeof *source),
            *target = mem_alloc((size_t)n * sizeof *target);
    for (int64_t i = 0; i < n; i++) {
        source[i] = p->vocab_source > 0 ? (int32_t)(i * 7919 % p->vocab_source) : 0;
        target[i] = p->vocab_target > 0 ? (int32_t)(i * 7907 % p->vocab_target) : 0;
    }
    bool decoder = p->dec_first < p->nnodes;
    struct run_input in = {.ids = source, .batch = w->batch, .length = length, .beams = 1};
    struct run *r = run_new(p, w->params, &in, e);
    bool ok = r != NULL && run_keep(r, KEEP_NONE, 0, 0, e);
    if (ok)
        run_time(r);
    ok = ok && run_pass(r, target, decoder ? length : 0, e) && run_all(r, e) == RUN_DONE;
    *out = (struct measured){.length = length};
    for (int i = 0; ok && i < p->nnodes; i++) {
        double t = run_seconds(r)[i];
        if (growth_of(&p->nodes[i]) == GROWTH_PAIRS)
            out->pairs += t;
        else
            out->rest += t;
    }
    run_free(r);
    free(source);
    free(target);
    return ok;
}

/* The quickest of some passes: others did not have the machine to themselves. */
static bool best_pass(const struct measuring *w, int64_t length, struct measured *best,
                      struct err *e)
{
    double begin = clock_seconds();
    for (int i = 0; i < ROUNDS && (i == 0 || clock_seconds() - begin < LONGEST_PASS / 2); i++) {
        struct measured m;
        if (!one_pass(w, length, &m, e))
            return false;
        if (i == 0 || m.pairs + m.rest < best->pairs + best->rest)
            *best = m;
    }
    return true;
}

/* Passes of growing length while they stay quick; *n of them. */
static bool measure_all(const struct measuring *w, int64_t from, int64_t to, struct measured *out,
                        int *n, struct err *e)
{
    double begin = clock_seconds();
    struct measured warm; /* the first pass touches the weights */
    *n = 0;
    if (!one_pass(w, from, &warm, e))
        return false;
    for (int64_t length = from; *n < MEASURED; length *= 2) {
        int64_t at = length < to ? length : to;
        if (!best_pass(w, at, &out[(*n)++], e))
            return false;
        double took = out[*n - 1].pairs + out[*n - 1].rest, all = clock_seconds() - begin;
        if (w->s->hooks.progress != NULL)
            w->s->hooks.progress(w->s->hooks.ud, "measuring", all / ALL_PASSES, false);
        if (at == to || 4 * took > LONGEST_PASS || all > ALL_PASSES || interrupted())
            break;
    }
    if (w->s->hooks.progress != NULL)
        w->s->hooks.progress(w->s->hooks.ud, "measuring", 1, true);
    return true;
}

/* Seconds that an operation takes, of the N^2 part and of the rest. */
struct rates {
    double pairs, rest;
};

static void operations_at(const struct growth_sums *g, int64_t length, double *pairs, double *rest)
{
    *pairs = growth_at(g, GROWTH_PAIRS, length);
    *rest = growth_at(g, GROWTH_MAPS, length) + growth_at(g, GROWTH_MLP, length) +
            growth_at(g, GROWTH_OTHER, length);
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* The medians of the passes: a pass that was disturbed spoils no other's prediction. */
static struct rates median_rates(const struct growth_sums *g, const struct measured *m, int n)
{
    double pairs[MEASURED], rest[MEASURED];
    for (int i = 0; i < n; i++) {
        double p, r;
        operations_at(g, m[i].length, &p, &r);
        pairs[i] = p > 0 ? m[i].pairs / p : 0;
        rest[i] = r > 0 ? m[i].rest / r : 0;
    }
    qsort(pairs, (size_t)n, sizeof *pairs, by_value);
    qsort(rest, (size_t)n, sizeof *rest, by_value);
    return (struct rates){pairs[n / 2], rest[n / 2]};
}

static void measured_table(struct result *out, const struct growth_sums *g,
                           const struct measured *m, int n, int64_t to)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "N> operations> predicted_ms> measured_ms> ratio>");
    struct data *list = data_add_list(a, out->data, "measured");
    const struct rates rates = median_rates(g, m, n);
    int64_t length = m[0].length;
    for (int i = 0; length <= to; i++) {
        double pairs, rest;
        operations_at(g, length, &pairs, &rest);
        double ms = 1e3 * (pairs * rates.pairs + rest * rates.rest);
        struct data *d = data_add_map(a, list, NULL);
        data_add_int(a, d, "length", length);
        data_add_num(a, d, "operations", pairs + rest);
        data_add_num(a, d, "predicted_ms", ms);
        struct cell *c = table_row(out, t);
        c[0] = cell_int(length);
        c[1] = cell_num(pairs + rest, "%.3g");
        c[2] = cell_num(ms, "%.2f");
        if (i < n) {
            double real = 1e3 * (m[i].pairs + m[i].rest);
            data_add_num(a, d, "ms", real);
            c[3] = cell_num(real, "%.2f");
            c[4] = cell_num(ms > 0 ? real / ms : 0, "%.2f");
        }
        int64_t next = i + 1 < n ? m[i + 1].length : 2 * length;
        length = next > to && length < to ? to : next;
    }
    out_line(out, TONE_DIM,
             "predicted: operations times the seconds that one takes, the median of the passes "
             "measured: %.3g ns in scores, softmax and mix, %.3g ns elsewhere",
             1e9 * rates.pairs, 1e9 * rates.rest);
}

static bool measure(struct session *s, int64_t batch, int64_t from, int64_t to,
                    const struct growth_sums *g, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    struct measuring w = {.s = s, .p = p, .params = s->model->params, .batch = batch};
    struct tensor *made = NULL;
    struct measured m[MEASURED];
    int n;
    if (p->max_positions > 0 && to > p->max_positions)
        to = p->max_positions;
    if (from > to)
        return err_set(e, ERR_COMMAND, "--measure: this model takes at most %lld tokens",
                       (long long)p->max_positions);
    if (s->model->weights == NULL) {
        made = random_weights(p, e);
        if (made == NULL)
            return false;
        w.params = made;
    }
    bool ok = measure_all(&w, from, to, m, &n, e);
    s->measured = true;
    if (ok && n > 0)
        measured_table(out, g, m, n, to);
    if (ok && made != NULL)
        out_line(out, TONE_DIM, "measured with random weights: this model has none");
    random_weights_free(p, made);
    return ok;
}

/* ---- the subject ----------------------------------------------------------------------------- */

static bool cost_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    const char *range = args_str(a, "--len");
    int64_t from, to, lengths[POINTS + 1];
    if (p == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: it costs nothing", s->model->name);
    if (!plot_range(range != NULL ? range : "64..8192", VALUES_LONGEST, &from, &to, e))
        return args_blame(a, "--len", 0, e);
    struct growth_sums g;
    growth_init(&g, p, args_int(a, "--batch", 1));
    draw(out, &g, lengths, plot_steps(from, to, POINTS, lengths));
    counts_crossing(out, &g);
    bool ok = !args_has(a, "--measure") || measure(s, g.batch, from, to, &g, out, e);
    growth_release(&g);
    return ok;
}

static const char *const options[] = {"--len", "--batch", "--measure", NULL};
const struct plot_subject plot_cost = {"cost", "operations against length, by kind", options,
                                       cost_exec};
