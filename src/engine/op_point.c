/* Rows of the op table that work row by row or number by number: add, norm, activation. */
#include <math.h>

#include "ops.h"

static const char *short_name(const struct plan *p, const struct node *n, int i)
{
    return p->nodes[n->in[i]].name;
}

/* ---- add ------------------------------------------------------------------------------------ */

static bool add_shape(struct plan *p, struct node *n, struct err *e)
{
    const struct node *a = &p->nodes[n->in[0]], *b = &p->nodes[n->in[1]];
    op_like(n, a);
    for (int i = 0; i < a->ndim; i++)
        if (a->ndim != b->ndim || !dim_equal(a->shape[i], b->shape[i]))
            return err_set(e, ERR_FILE, "cannot add %s and %s: their shapes differ", a->name,
                           b->name);
    return true;
}

static struct dim one_flop(const struct plan *p, const struct node *n)
{
    (void)p, (void)n;
    return dim_const(1);
}

static void add_run(const struct op_args *a)
{
    k_add(op_row_at(&a->out, a->first), op_row_at(&a->in[0], a->first),
          op_row_at(&a->in[1], a->first), a->n * a->out.batch * a->out.width);
}

static double add_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    double a = tensor_get(&c->in[0], ix), b = tensor_get(&c->in[1], ix);
    if (log != NULL)
        str_addf(log, "%s + %s = %.9g + %.9g = %.9g\n", short_name(c->plan, c->node, 0),
                 short_name(c->plan, c->node, 1), a, b, a + b);
    return a + b;
}

static void add_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_add(out, short_name(p, n, 0));
    str_add(out, " + ");
    str_add(out, short_name(p, n, 1));
}

const struct op_row op_add = {"add", add_shape, one_flop, add_run, add_cell, add_formula, true};

/* ---- layer norm ----------------------------------------------------------------------------- */

static bool like_shape(struct plan *p, struct node *n, struct err *e)
{
    (void)e;
    op_like(n, &p->nodes[n->in[0]]);
    return true;
}

static struct dim norm_flops(const struct plan *p, const struct node *n)
{
    (void)p, (void)n;
    return dim_const(8); /* sum, centre, square, sum, scale, gain, bias and the root */
}

static void norm_run(const struct op_args *a)
{
    k_layernorm(op_row_at(&a->out, a->first), op_row_at(&a->in[0], a->first), &a->w[0], &a->w[1],
                a->node->eps, a->n * a->out.batch, a->out.width);
}

/* Ba, Kiros and Hinton 2016, equation 4; the variance is divided by n. */
static double norm_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    int last = c->node->ndim - 1;
    int64_t n = c->in[0].shape[last], pos = c->node->pos_axis < 0 ? 0 : ix[1];
    double sum = 0, squares = 0;
    for (int64_t f = 0; f < n; f++)
        sum += op_feature(&c->in[0], ix[0], pos, f);
    double mean = sum / (double)n;
    for (int64_t f = 0; f < n; f++) {
        double d = op_feature(&c->in[0], ix[0], pos, f) - mean;
        squares += d * d;
    }
    double var = squares / (double)n, x = tensor_get(&c->in[0], ix);
    const int64_t at[] = {ix[last]};
    double g = c->w[0].data != NULL ? tensor_get(&c->w[0], at) : 1;
    double b = c->w[1].data != NULL ? tensor_get(&c->w[1], at) : 0;
    double v = (x - mean) / sqrt(var + c->node->eps) * g + b;
    if (log != NULL) {
        str_addf(log, "mean of the %lld numbers of the row = %.9g\n", (long long)n, mean);
        str_addf(log, "variance = %.9g\n", var);
        str_addf(log, "(x - mean) / sqrt(variance + %.3g) = (%.9g - %.9g) / %.9g = %.9g\n",
                 c->node->eps, x, mean, sqrt(var + c->node->eps),
                 (x - mean) / sqrt(var + c->node->eps));
        str_addf(log, "times gain %.9g plus bias %.9g = %.9g\n", g, b, v);
    }
    return v;
}

static void norm_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_addf(out, "(x - mean) / sqrt(var + %.3g) * gain + bias, x = %s", n->eps,
             short_name(p, n, 0));
}

const struct op_row op_norm = {"layer norm", like_shape,   norm_flops, norm_run,
                               norm_cell,    norm_formula, true};

/* ---- activation ----------------------------------------------------------------------------- */

static struct dim act_flops(const struct plan *p, const struct node *n)
{
    (void)p;
    return dim_const(n->act == ACT_RELU ? 1 : 4);
}

static void act_run(const struct op_args *a)
{
    k_activate(a->node->act, op_row_at(&a->out, a->first), op_row_at(&a->in[0], a->first),
               a->n * a->out.batch * a->out.width);
}

static const char *act_text(enum k_act act)
{
    static const char *const text[ACT_COUNT] = {
        [ACT_RELU] = "max(0, x)",
        [ACT_GELU] = "x (1 + erf(x / sqrt 2)) / 2",
        [ACT_GELU_TANH] = "x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2",
        [ACT_SILU] = "x / (1 + exp(-x))",
        [ACT_TANH] = "tanh x",
        [ACT_SIGMOID] = "1 / (1 + exp(-x))",
        [ACT_NONE] = "x",
    };
    return text[act];
}

static double act_cell(const struct cell_args *c, const int64_t *ix, struct str *log)
{
    double x = tensor_get(&c->in[0], ix), v = k_act_cell(c->node->act, x);
    if (log != NULL)
        str_addf(log, "%s, x = %.9g: %.9g\n", act_text(c->node->act), x, v);
    return v;
}

static void act_formula(const struct plan *p, const struct node *n, struct str *out)
{
    str_addf(out, "%s(x) = %s, x = %s", k_act_name(n->act), act_text(n->act), short_name(p, n, 0));
}

const struct op_row op_act = {"activation", like_shape,  act_flops, act_run,
                              act_cell,     act_formula, true};
