/* The rules of shapes: which one a wrong answer has broken, in English or Persian. */
#include "rules.h"

#include <stdio.h>
#include <string.h>

#include "values.h"

const char *rules_says(const struct session *s, enum rule r)
{
    static const char *const texts[RULE_COUNT][2] = {
#define RULE(id, english, persian) {english, persian},
#include "rules.def"
#undef RULE
    };
    return session_says(s, texts[r][0], texts[r][1]);
}

/* ---- what an axis is ------------------------------------------------------------------------- */

/* Everything that the rule of one axis speaks of. */
struct axis_case {
    struct session *s;
    const struct plan *p;
    const struct node *n;
    int axis;     /* of the node; -1: the joined heads */
    int64_t size; /* the right one */
    struct str *out;
};

static int64_t fixed(const struct plan *p, struct dim d)
{
    return dim_size(p, d, &(struct binding){0});
}

static void sizes_product(const struct axis_case *c, struct dim d)
{
    struct sum x = {0};
    sum_add(&x, product_of(d));
    str_addc(c->out, '`');
    sum_formula(c->p, &x, c->out);
    str_add(c->out, " = ");
    if (x.n == 1 && x.terms[0].n > 1) {
        sum_numbers(c->p, &x, &(struct binding){0}, c->out);
        str_add(c->out, " = ");
    }
    str_addf(c->out, "%lld`", (long long)fixed(c->p, d));
    sum_release(&x);
}

/* "H*K = 4*192 = 768" of one head's width and the heads. */
static struct dim joined_dim(const struct node *n)
{
    return (struct dim){n->shape[1].a, n->shape[3].a, n->shape[1].k * n->shape[3].k};
}

static void width_rule(const struct axis_case *c)
{
    const struct node *n = c->n;
    const struct param *w = n->param[0] >= 0 ? &c->p->params[n->param[0]] : NULL;
    struct dim last = n->shape[n->ndim - 1];
    switch (n->op) {
    case OP_LINEAR:
        if (n->ndim == 4) {
            str_add(c->out, rules_says(c->s, RULE_MATRIX_GIVES));
            sizes_product(c, joined_dim(n));
            str_addf(c->out, rules_says(c->s, RULE_SHARED_OUT), n->axis[3], (long long)c->size);
        } else {
            str_addf(c->out, rules_says(c->s, RULE_TAKES_ROWS), (long long)fixed(c->p, w->shape[0]),
                     (long long)fixed(c->p, w->shape[1]), (long long)fixed(c->p, w->shape[1]));
            sizes_product(c, w->shape[0]);
        }
        break;
    case OP_MIX:
        str_addf(c->out, rules_says(c->s, RULE_SUMMED_KEYS), n->axis[3], (long long)c->size);
        break;
    case OP_EMBED:
        str_add(c->out, rules_says(c->s, RULE_TABLE_ROW));
        sizes_product(c, last);
        break;
    case OP_ADD:
        str_add(c->out, rules_says(c->s, RULE_ONE_SHAPE));
        sizes_product(c, last);
        break;
    default:
        str_addf(c->out, rules_says(c->s, RULE_SAME_SHAPE), op_name(n->op));
        sizes_product(c, last);
    }
}

static bool is_map(const struct node *n)
{
    return n->ndim == 4 && (n->op == OP_SCORES || n->op == OP_SOFTMAX);
}

static void axis_rule(const struct axis_case *c)
{
    struct session *s = c->s;
    const struct node *n = c->n;
    if (c->axis < 0) {
        str_add(c->out, rules_says(s, RULE_SIDE_BY_SIDE));
        sizes_product(c, joined_dim(n));
    } else if (n->shape[c->axis].a == SYM_B) {
        str_addf(c->out, rules_says(s, RULE_BATCH), (long long)c->size);
    } else if (is_map(n) && c->axis == 3) {
        str_addf(c->out, rules_says(s, RULE_KEYS),
                 n->shape[3].a == SYM_S ? rules_says(s, RULE_SOURCE) : rules_says(s, RULE_TARGET),
                 n->axis[3], (long long)c->size);
    } else if (c->axis == n->pos_axis) {
        str_addf(c->out, rules_says(s, RULE_ROWS),
                 n->shape[c->axis].a == SYM_S ? rules_says(s, RULE_SOURCE)
                                              : rules_says(s, RULE_TARGET),
                 n->axis[c->axis], (long long)c->size);
    } else if (n->ndim == 4 && c->axis == 1) {
        str_addf(c->out, rules_says(s, RULE_HEADS), n->axis[1], (long long)c->size);
    } else {
        width_rule(c);
    }
}

/* ---- what was given instead ------------------------------------------------------------------ */

/* "1024 is D, the width of the residual stream"; nothing when it is no size of the model. */
static void name_size(const struct axis_case *c, int64_t given)
{
    const struct plan *p = c->p;
    for (int i = SYM_FIXED; i < p->nsymbols; i++)
        if (p->symbols[i].size == given && given > 1) {
            str_addf(c->out, rules_says(c->s, RULE_IS_SIZE), (long long)given, p->symbols[i].name,
                     p->symbols[i].meaning);
            return;
        }
    if (c->n->ndim == 4 && !is_map(c->n) && fixed(p, joined_dim(c->n)) == given)
        str_addf(c->out, rules_says(c->s, RULE_IS_JOINED), (long long)given, c->n->axis[1],
                 c->n->axis[3]);
}

/* ---- axes of a question ---------------------------------------------------------------------- */

/* The axis of the node that an axis of the question is; -1: joined heads, -2: none. */
static int axis_of(const struct node *n, const struct question_axis *x)
{
    if (x->name == NULL)
        return -2;
    if (strchr(x->name, '*') != NULL)
        return n->ndim == 4 ? -1 : -2;
    for (int i = 0; i < n->ndim; i++)
        if (strcmp(n->axis[i], x->name) == 0)
            return i;
    return -2;
}

static void count_rule(struct session *s, const struct node *n, const struct question *q, int given,
                       struct str *out)
{
    bool joined = q->naxes == 3 && q->axes[2].name != NULL && strchr(q->axes[2].name, '*') != NULL;
    if (q->naxes == 4 && n->ndim == 4 && given == 3)
        str_add(out, rules_says(s, RULE_AXIS_OF_HEADS));
    else if (q->naxes == 3 && (joined || n->op == OP_LINEAR) && given == 4)
        str_add(out, rules_says(s, RULE_NO_AXIS));
    else if (given < q->naxes && q->axes[0].size > 1)
        str_add(out, rules_says(s, RULE_AXIS_OF_BATCH));
}

void rules_shape_why(struct session *s, const struct question *q, const char *given,
                     struct str *out)
{
    const struct plan *p = s->model != NULL ? s->model->plan : NULL;
    int site = p != NULL && q->site != NULL ? plan_site(p, q->site) : -1;
    int64_t sizes[QUESTION_AXES];
    int n = question_sizes(given, sizes);
    if (site < 0 || n <= 0)
        return;
    struct axis_case c = {.s = s, .p = p, .n = &p->nodes[p->sites[site].node], .out = out};
    int skip = n == q->naxes - 1 && q->axes[0].size == 1; /* a batch of one may be left out */
    if (n + skip != q->naxes) {
        count_rule(s, c.n, q, n, out);
        return;
    }
    for (int i = 0; i < n; i++) {
        const struct question_axis *x = &q->axes[i + skip];
        if (sizes[i] == x->size)
            continue;
        c.axis = axis_of(c.n, x);
        c.size = x->size;
        if (c.axis == -2)
            return;
        name_size(&c, sizes[i]);
        axis_rule(&c);
        return;
    }
}
