/* w2v gradient: the gradients of one example step by step on the present numbers, beside finite
 * differences. */
#include <math.h>

#include "base/interrupt.h"
#include "words.h"
#include "words/gradient.h"

enum {
    PRODUCTS = 3,      /* of a dot product that are written out */
    SHOWN = 4,         /* components of a gradient */
    BUDGET = 200000000 /* multiplications that checking more than is shown may take */
};

/* One loss, and where its gradients go. */
struct showing {
    struct example x;
    struct result *out;
    struct data *list;      /* the gradients */
    double *formula;        /* [dim] */
    int64_t shown, checked; /* components */
    double worst, size;     /* largest difference from finite differences; largest component */
};

/* "s_o = v_o . u_t = (0.11)(0.25) + ... (64 products) = 1.2345" */
static void dot_line(const struct showing *w, int64_t row, const char *name)
{
    struct str text = STR_INIT;
    const struct example *x = &w->x;
    const double *v = x->v + row * x->dim;
    for (int64_t c = 0; c < x->dim && c < PRODUCTS; c++)
        str_addf(&text, "%s(%.4f)(%.4f)", c > 0 ? " + " : "", v[c], x->u[c]);
    if (x->dim > PRODUCTS)
        str_addf(&text, " + ... (%lld products)", (long long)x->dim);
    out_line(w->out, TONE_PLAIN, "  s_%s = v_%s . u_t = %s = %.6f", name, name, text.s,
             x->score[row]);
    str_release(&text);
}

/* A gradient (w->formula) in a table beside finite differences of its cells. */
static bool compare(struct showing *w, const char *name, const char *word, const char *formula,
                    double *cells, struct err *e)
{
    struct arena *a = &w->out->arena;
    out_begin(w->out);
    out_span(w->out, TONE_STRONG, "dL/d%s = %s", name, formula);
    if (word != NULL)
        out_span(w->out, TONE_PLAIN, "   of the word %s", word);
    struct table *t = out_table(w->out, "i> number> by_formula> finite_difference> difference>");
    struct data *g = data_add_map(a, w->list, NULL);
    data_add_str(a, g, "of", name);
    data_add_str(a, g, "word", word);
    struct data *list = data_add_list(a, g, "components");
    double worst = 0;
    for (int64_t c = 0; c < w->checked; c++) {
        if (interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted");
        double here = cells[c], finite = example_finite(&w->x, &cells[c]),
               off = fabs(finite - w->formula[c]);
        worst = fmax(worst, off);
        w->size = fmax(w->size, fabs(w->formula[c]));
        if (c >= w->shown)
            continue;
        struct cell *cell = table_row(w->out, t);
        cell[0] = cell_int(c + 1);
        cell[1] = cell_num(here, "%.6f");
        cell[2] = cell_num(w->formula[c], "%.9f");
        cell[3] = cell_num(finite, "%.9f");
        cell[4] = cell_num(off, "%.0e");
        struct data *d = data_add_map(a, list, NULL);
        data_add_num(a, d, "number", here);
        data_add_num(a, d, "formula", w->formula[c]);
        data_add_num(a, d, "finite", finite);
        data_add_num(a, d, "difference", off);
    }
    data_add_int(a, g, "checked", w->checked);
    data_add_num(a, g, "worst", worst);
    if (w->checked > w->shown)
        out_line(w->out, TONE_DIM, "  %lld of %lld components checked, largest difference %.0e",
                 (long long)w->checked, (long long)w->x.dim, worst);
    w->worst = fmax(w->worst, worst);
    return true;
}

static bool compare_v(struct showing *w, int64_t row, const char *name, const char *word,
                      const char *formula, struct err *e)
{
    example_gradient_v(&w->x, row, w->formula);
    return compare(w, name, word, formula, w->x.v + row * w->x.dim, e);
}

static bool compare_u(struct showing *w, const char *formula, struct err *e)
{
    example_gradient_u(&w->x, w->formula);
    return compare(w, "u_t", NULL, formula, w->x.u, e);
}

static void begin(struct showing *w, const char *key, struct result *out, int64_t shown)
{
    double each = 6.0 * (double)w->x.rows * (double)w->x.dim;
    int64_t most = (int64_t)fmin(BUDGET / each, (double)w->x.dim);
    struct data *d = data_add_map(&out->arena, out->data, key);
    w->out = out;
    w->shown = shown < w->x.dim ? shown : w->x.dim;
    w->checked = most > w->shown ? most : w->shown;
    w->formula = arena_alloc(&out->arena, (size_t)w->x.dim * sizeof *w->formula);
    double loss = example_forward(&w->x);
    data_add_num(&out->arena, d, "loss", loss);
    data_add_num(&out->arena, d, "score", w->x.score[w->x.right]);
    data_add_num(&out->arena, d, "p", w->x.p[w->x.right]);
    w->list = data_add_list(&out->arena, d, "gradients");
}

static void verdict(const struct showing *w)
{
    /* Rounding of the loss over the step, and what the third derivative leaves. */
    bool agree = w->worst <= 1e-8 + 1e-6 * w->size;
    out_line(w->out, agree ? TONE_GOOD : TONE_BAD,
             "formula and finite differences %s: largest difference %.0e (components up to %.0e)",
             agree ? "agree" : "differ", w->worst, w->size);
}

/* ---- full softmax ---------------------------------------------------------------------------- */

static int64_t strongest_other(const struct example *x)
{
    int64_t best = x->right == 0 ? 1 : 0;
    for (int64_t j = 0; j < x->rows; j++)
        if (j != x->right && x->p[j] > x->p[best])
            best = j;
    return best;
}

static void softmax_steps(const struct showing *w)
{
    const struct example *x = &w->x;
    struct result *out = w->out;
    double s = x->score[x->right], p = x->p[x->right];
    out_line(out, TONE_STRONG, "Full softmax: L = -log P(o|t)");
    out_line(out, TONE_DIM, "1. the score of o, and the probability that it gives");
    dot_line(w, x->right, "o");
    out_line(out, TONE_PLAIN,
             "  P(o|t) = exp(s_o) / sum over %lld words w of exp(s_w) = %.6g / %.6g = %.6g",
             (long long)x->rows, exp(s), exp(s) / p, p);
    out_line(out, TONE_PLAIN, "  L = -log %.6g = %.6f", p, -log(p));
    out_line(out, TONE_DIM, "2. L = log sum_w exp(s_w) - s_o, so by the chain rule");
    out_line(out, TONE_PLAIN, "  dL/ds_w = exp(s_w) / sum_w exp(s_w) - [w = o] = P(w|t) - [w = o]");
    out_line(out, TONE_PLAIN, "  dL/ds_o = P(o|t) - 1 = %.6g - 1 = %.6f", p, p - 1);
    out_line(out, TONE_DIM, "3. s_w = v_w . u_t, so ds_w/dv_w = u_t and ds_w/du_t = v_w");
}

static bool softmax_part(const struct w2v *m, int32_t t, int32_t o, int64_t shown,
                         struct result *out, struct err *e)
{
    struct showing w = {0};
    if (!example_softmax(m, t, o, &w.x, e))
        return false;
    begin(&w, "softmax", out, shown);
    softmax_steps(&w);
    int64_t other = strongest_other(&w.x);
    double p = w.x.p[o], q = w.x.p[other];
    struct arena *a = &out->arena;
    bool ok = compare_v(&w, o, "v_o", m->vocab.word[o],
                        arena_printf(a, "(P(o|t) - 1) u_t = %.6f u_t", p - 1), e) &&
              compare_v(&w, other, "v_w", m->vocab.word[other],
                        arena_printf(a, "P(w|t) u_t = %.6g u_t, w the likeliest other", q), e) &&
              compare_u(&w, "sum_w P(w|t) v_w - v_o", e);
    if (ok)
        verdict(&w);
    example_release(&w.x);
    return ok;
}

/* ---- negative sampling ----------------------------------------------------------------------- */

static void negative_steps(const struct showing *w, const struct w2v *m, double loss)
{
    const struct example *x = &w->x;
    struct result *out = w->out;
    out_line(out, TONE_STRONG,
             "Negative sampling: L = -log sigma(s_o) - sum_k log sigma(-s_k), sigma(x) = 1 / (1 + "
             "e^-x)");
    out_line(out, TONE_DIM, "1. the scores of o and of %lld word%s drawn by count^power",
             (long long)x->rows - 1, x->rows == 2 ? "" : "s");
    struct table *t = out_table(out, "row s> sigma(s)> y> sigma_-_y> word*");
    for (int64_t j = 0; j < x->rows; j++) {
        double y = j == x->right;
        struct cell *c = table_row(out, t);
        c[0] = cell_str(out, j == x->right ? "o" : "k");
        c[1] = cell_num(x->score[j], "%.6f");
        c[2] = cell_num(x->p[j], "%.6f");
        c[3] = cell_num(y, "%.0f");
        c[4] = cell_num(x->p[j] - y, "%.6f");
        c[5] = cell_str(out, m->vocab.word[x->id[j]]);
    }
    out_line(out, TONE_PLAIN, "  L = %.6f", loss);
    out_line(out, TONE_DIM,
             "2. d(-log sigma(x))/dx = sigma(x) - 1, d(-log sigma(-x))/dx = sigma(x): dL/ds = "
             "sigma - y");
}

static bool negative_part(const struct w2v *m, int32_t t, int32_t o, const struct args *args,
                          int64_t shown, struct result *out, struct err *e)
{
    struct showing w = {0};
    double power = m->trained ? m->options.power : 0.75;
    if (!example_negative(m, t, o, args_int(args, "--negatives", 5), power,
                          (uint64_t)args_int(args, "--seed", 1), &w.x, e))
        return false;
    begin(&w, "negative", out, shown);
    negative_steps(&w, m, example_forward(&w.x));
    struct arena *a = &out->arena;
    bool ok = compare_v(&w, 0, "v_o", m->vocab.word[o],
                        arena_printf(a, "(sigma(s_o) - 1) u_t = %.6f u_t", w.x.p[0] - 1), e);
    if (ok && w.x.rows > 1)
        ok = compare_v(&w, 1, "v_k", m->vocab.word[w.x.id[1]],
                       arena_printf(a, "sigma(s_k) u_t = %.6f u_t", w.x.p[1]), e);
    ok = ok && compare_u(&w, "(sigma(s_o) - 1) v_o + sum_k sigma(s_k) v_k", e);
    if (ok)
        verdict(&w);
    example_release(&w.x);
    return ok;
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool w2v_gradient_exec(struct session *s, const struct args *a, struct result *out,
                              struct err *e)
{
    const struct w2v *m = words_present(s, true, e);
    int32_t t, o;
    int64_t shown = args_int(a, "--components", SHOWN);
    if (m == NULL || !words_id(a, "target", m, &t, e) || !words_id(a, "context", m, &o, e))
        return false;
    data_add_str(&out->arena, out->data, "target", m->vocab.word[t]);
    data_add_str(&out->arena, out->data, "context", m->vocab.word[o]);
    out_begin(out);
    out_span(out, TONE_PLAIN, "target t: ");
    out_span(out, TONE_STRONG, "%s", m->vocab.word[t]);
    out_span(out, TONE_DIM, "   its vector u_t is a row of u [%d, %lld]", m->vocab.n,
             (long long)m->dim);
    out_begin(out);
    out_span(out, TONE_PLAIN, "context o: ");
    out_span(out, TONE_STRONG, "%s", m->vocab.word[o]);
    out_span(out, TONE_DIM, "   its vector v_o is a row of v [%d, %lld]", m->vocab.n,
             (long long)m->dim);
    const char *only = args_str(a, "loss");
    return ((only != NULL && *only == 'n') || softmax_part(m, t, o, shown, out, e)) &&
           ((only != NULL && *only == 's') || negative_part(m, t, o, a, shown, out, e));
}

static const struct arg w2v_gradient_args[] = {
    {.name = "target", .kind = ARG_WORD, .help = "the word in the middle, t"},
    {.name = "context", .kind = ARG_WORD, .help = "a word near it, o"},
    {.name = "loss",
     .kind = ARG_CHOICE,
     .help = "one of the two losses; none: both",
     .optional = true,
     .choices = "softmax|negative"},
    {.name = "--negatives",
     .kind = ARG_INT,
     .help = "words drawn against o (5)",
     .lo = 1,
     .hi = W2V_MOST_NEGATIVES},
    {.name = "--components",
     .kind = ARG_INT,
     .help = "rows of each table (4)",
     .lo = 1,
     .hi = W2V_MOST_DIM},
    {.name = "--seed", .kind = ARG_INT, .help = "of the words drawn (1)"},
    {0},
};

const struct command cmd_w2v_gradient = {
    .name = "w2v gradient",
    .alias = "g",
    .group = GROUP_WORDS,
    .args = w2v_gradient_args,
    .summary = "The gradients of one pair, derived step by step and checked by finite differences",
    .help =
        "u_t is the vector of the target word, v_o that of the output (context) word: "
        "P(o|t) = exp(v_o . u_t) / sum_w\n"
        "exp(v_w . u_t). For -log P(o|t) the gradient of v_o is (P(o|t) - 1) u_t; those of the "
        "other v_w, of u_t, and of\n"
        "negative sampling follow. Every number is of the present vectors, in double precision; "
        "beside it stands\n"
        "(L(x + h) - L(x - h)) / 2h with h = 1e-5, where the whole loss is computed again.\n"
        "  w2v gradient مدرسه به\n  w2v gradient مدرسه به softmax --components 8",
    .exec = w2v_gradient_exec,
};
