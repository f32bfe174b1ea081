/* Asking for shapes and counts; what a wrong count has left out. */
#include <math.h>
#include <string.h>

#include "base/calc.h"
#include "rules.h"
#include "values.h"

uint64_t rules_seed(struct session *s)
{
    return (uint64_t)s->settings.number[SET_SEED] + 1000003 * s->drawn++;
}

struct question *rules_ask_shape(struct session *s, int node, bool joined, const struct binding *b,
                                 const char *ask)
{
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[node];
    struct site_ref r = {.name = n->name, .node = node, .head = -1, .step = -1};
    struct value_shape v;
    struct str rule = STR_INIT, symbols = STR_INIT;
    if (joined)
        values_joined(p, node, b, &v);
    else
        values_shape(p, &r, b, &v);
    values_symbols(&symbols, &v);
    values_made_by(&rule, p, node);
    struct question *q = questions_add(s, QUESTION_SHAPE);
    q->ask = questions_copy(s, ask);
    q->site = questions_copy(s, n->name);
    q->hint = questions_copy(s, symbols.s);
    str_addf(&symbols, joined ? "  (H heads of K, side by side)" : ":  %s", rule.s);
    q->rule = questions_copy(s, symbols.s);
    q->why = rules_shape_why;
    q->naxes = v.ndim;
    for (int i = 0; i < v.ndim; i++)
        q->axes[i] = (struct question_axis){v.size[i], questions_copy(s, v.axis[i]), NULL};
    str_release(&rule);
    str_release(&symbols);
    return q;
}

/* What a count's question is about; in the arena of the questions. */
struct count_case {
    enum count_kind kind;
    struct binding b;
    double without_bias, heads, positions, parameters; /* what mistakes are made of; 0 = none */
};

static bool near(double x, double y)
{
    return y > 0 && fabs(x - y) <= 1e-9 * y;
}

/* Parameters multiplied by what they are shared by. */
static const char *params_mistake(struct session *s, const struct count_case *c, double given,
                                  double right)
{
    double times[] = {(double)c->b.b, c->positions, (double)c->b.b * c->positions};
    for (int i = 0; i < 3; i++)
        if (times[i] > 1 &&
            (near(given, right * times[i]) || near(given, c->without_bias * times[i])))
            return rules_says(s, RULE_SHARED_MATRIX);
    if (near(given, c->without_bias))
        return rules_says(s, RULE_NO_BIAS);
    if (c->heads > 1 && near(given, right / c->heads))
        return rules_says(s, RULE_ONE_HEAD);
    return NULL;
}

static const char *value_mistake(struct session *s, const struct count_case *c, double given,
                                 double right)
{
    if (c->kind == COUNT_FLOPS && near(2 * given, right))
        return rules_says(s, RULE_TWO_OPERATIONS);
    if (c->b.b > 1 && near(given * (double)c->b.b, right))
        return rules_says(s, RULE_ONE_SENTENCE);
    if (c->positions > 1 && near(given * c->positions, right))
        return rules_says(s, RULE_ONE_POSITION);
    if (c->heads > 1 && near(given * c->heads, right))
        return rules_says(s, RULE_ONE_HEAD);
    if (near(given, c->parameters))
        return rules_says(s, RULE_LEARNED);
    return NULL;
}

static void count_why(struct session *s, const struct question *q, const char *given,
                      struct str *out)
{
    const struct count_case *c = q->ud;
    struct err ignored = ERR_INIT;
    double v;
    if (!calc(given, NULL, &v, &ignored))
        return;
    const char *why = c->kind == COUNT_PARAMS ? params_mistake(s, c, v, q->number)
                                              : value_mistake(s, c, v, q->number);
    if (why != NULL)
        str_add(out, why);
}

static double params_of(const struct plan *p, const struct node *n, bool matrices, struct sum *sum)
{
    const struct binding none = {1, 1, 1};
    for (int i = 0; i < NODE_PARAMS; i++)
        if (n->param[i] >= 0 && !(matrices && i > 0))
            sum_add(sum, count_param(p, n->param[i]));
    return sum_value(p, sum, &none, NULL);
}

struct question *rules_ask_count(struct session *s, enum count_kind kind, int node, bool matrices,
                                 const struct binding *b, const char *ask)
{
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[node];
    struct sum x = {0}, plain = {0}, all = {0};
    struct str text = STR_INIT;
    struct count_case *c = arena_alloc(&s->questions.arena, sizeof *c);
    *c = (struct count_case){.kind = kind, .b = *b};
    c->without_bias = params_of(p, n, true, &plain);
    c->parameters = params_of(p, n, false, &all);
    c->heads = n->ndim == 4 ? (double)dim_size(p, n->shape[1], b) : 0;
    c->positions = n->pos_axis >= 0 ? (double)dim_size(p, n->shape[n->pos_axis], b) : 0;
    if (kind == COUNT_PARAMS)
        params_of(p, n, matrices, &x);
    else
        sum_add(&x, kind == COUNT_FLOPS ? count_flops(p, node) : count_value(p, node));
    struct question *q = questions_add(s, QUESTION_NUMBER);
    q->ask = questions_copy(s, ask);
    q->site = questions_copy(s, n->name);
    q->number = sum_value(p, &x, b, NULL);
    q->why = count_why;
    q->ud = c;
    sum_formula(p, &x, &text);
    q->hint = questions_copy(s, text.s);
    str_add(&text, " = ");
    sum_numbers(p, &x, b, &text);
    q->rule = questions_copy(s, text.s);
    str_release(&text);
    sum_release(&x);
    sum_release(&plain);
    sum_release(&all);
    return q;
}
