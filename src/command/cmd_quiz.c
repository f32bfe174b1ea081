/* quiz: fresh questions on the open model's shapes, counts and costs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "base/random.h"
#include "rules.h"
#include "values.h"

/* One draw: everything that a question is made of comes from its random numbers. */
struct draw {
    struct session *s;
    const struct plan *p;
    uint64_t seed;
    int64_t question, next;
    struct binding b;
};

static int64_t pick(struct draw *d, int64_t n)
{
    return (int64_t)(random_uniform(d->seed, d->question, d->next++) * (double)n);
}

/* Sizes that can be multiplied without paper, and some that show a mistake at once. */
static void draw_sizes(struct draw *d)
{
    static const int64_t batches[] = {1, 2, 4, 8, 16, 32}, lengths[] = {5, 7, 12, 20, 64, 128, 512};
    d->b.b = batches[pick(d, 6)];
    d->b.s = lengths[pick(d, 7)];
    d->b.t = lengths[pick(d, 7)];
    if (d->p->max_positions > 0) {
        d->b.s = d->b.s < d->p->max_positions ? d->b.s : d->p->max_positions;
        d->b.t = d->b.t < d->p->max_positions ? d->b.t : d->p->max_positions;
    }
}

/* A node at random of those that a question is good for; -1: there is none. */
static int draw_node(struct draw *d, bool (*good)(const struct plan *p, int node))
{
    int n = 0;
    for (int i = 0; i < d->p->nnodes; i++)
        n += good(d->p, i);
    int64_t k = n > 0 ? pick(d, n) : 0;
    for (int i = 0; i < d->p->nnodes; i++)
        if (good(d->p, i) && k-- == 0)
            return i;
    return -1;
}

static bool has_shape_rule(const struct plan *p, int node)
{
    enum op op = p->nodes[node].op;
    return op == OP_LINEAR || op == OP_SCORES || op == OP_MIX || op == OP_EMBED ||
           (op == OP_SOFTMAX && p->nodes[node].ndim == 4);
}

static bool is_linear(const struct plan *p, int node)
{
    return p->nodes[node].op == OP_LINEAR && !p->params[p->nodes[node].param[0]].formula;
}

static bool is_product(const struct plan *p, int node)
{
    enum op op = p->nodes[node].op;
    return op == OP_LINEAR || op == OP_SCORES || op == OP_MIX;
}

static bool is_cached(const struct plan *p, int node)
{
    return p->nodes[node].state;
}

/* "B = 32, S = 2048, T = 64": those that the value depends on, or all. */
static void sizes_text(const struct draw *d, int node, struct str *out)
{
    const struct node *n = &d->p->nodes[node];
    bool s = node < 0, t = node < 0;
    for (int i = 0; !s && i < n->ndim; i++)
        s = n->shape[i].a == SYM_S;
    for (int i = 0; !t && i < n->ndim; i++)
        t = n->shape[i].a == SYM_T;
    s = s || (n->op == OP_MIX && d->p->nodes[n->in[1]].source);
    str_addf(out, "`B=%lld", (long long)d->b.b);
    if (s)
        str_addf(out, ", S=%lld", (long long)d->b.s);
    if (t)
        str_addf(out, ", T=%lld", (long long)d->b.t);
    str_addc(out, '`');
}

/* ---- kinds of questions ---------------------------------------------------------------------- */

static bool ask_a_shape(struct draw *d)
{
    int node = draw_node(d, has_shape_rule);
    if (node < 0)
        return false;
    bool joined = d->p->nodes[node].op == OP_MIX && pick(d, 2) == 1;
    struct str sizes = STR_INIT, text = STR_INIT;
    sizes_text(d, node, &sizes);
    str_addf(&text, joined ? rules_says(d->s, RULE_ASK_JOINED) : rules_says(d->s, RULE_ASK_SHAPE),
             d->p->nodes[node].name, sizes.s);
    rules_ask_shape(d->s, node, joined, &d->b, text.s);
    str_release(&sizes);
    str_release(&text);
    return true;
}

static bool ask_parameters(struct draw *d)
{
    int node = draw_node(d, is_linear);
    if (node < 0)
        return false;
    bool bias = d->p->nodes[node].param[1] >= 0;
    struct str text = STR_INIT;
    str_addf(&text,
             bias ? rules_says(d->s, RULE_ASK_WITH_BIAS) : rules_says(d->s, RULE_ASK_PARAMETERS),
             d->p->nodes[node].name, (long long)d->b.b,
             (long long)(d->p->nodes[node].source ? d->b.s : d->b.t));
    rules_ask_count(d->s, COUNT_PARAMS, node, false, &d->b, text.s);
    str_release(&text);
    return true;
}

static bool ask_amount(struct draw *d, enum count_kind kind, enum rule ask)
{
    int node = draw_node(d, kind == COUNT_FLOPS ? is_product : has_shape_rule);
    if (node < 0)
        return false;
    struct str sizes = STR_INIT, text = STR_INIT;
    sizes_text(d, node, &sizes);
    str_addf(&text, rules_says(d->s, ask), d->p->nodes[node].name, sizes.s);
    rules_ask_count(d->s, kind, node, false, &d->b, text.s);
    str_release(&sizes);
    str_release(&text);
    return true;
}

static bool ask_values(struct draw *d)
{
    return ask_amount(d, COUNT_ACTIVATIONS, RULE_ASK_VALUES);
}

static bool ask_operations(struct draw *d)
{
    return ask_amount(d, COUNT_FLOPS, RULE_ASK_OPERATIONS);
}

/* Keys and values of one more token, in all layers of the decoder, four bytes each. */
static bool ask_cache(struct draw *d)
{
    struct sum x = {0};
    struct str text = STR_INIT;
    for (int i = 0; i < d->p->nnodes; i++) {
        const struct node *n = &d->p->nodes[i];
        if (is_cached(d->p, i))
            sum_add(&x, product_times(product_times(product_of(n->shape[1]), n->shape[3]),
                                      dim_const(sizeof(float))));
    }
    if (x.n == 0)
        return false;
    struct question *q = questions_add(d->s, QUESTION_NUMBER);
    q->ask = rules_says(d->s, RULE_ASK_CACHE);
    q->number = sum_value(d->p, &x, &d->b, NULL);
    sum_formula(d->p, &x, &text);
    q->hint = questions_copy(d->s, rules_says(d->s, RULE_HINT_CACHE));
    str_add(&text, " = ");
    sum_numbers(d->p, &x, &d->b, &text);
    q->rule = questions_copy(d->s, text.s);
    str_release(&text);
    sum_release(&x);
    return true;
}

/* How the operations of a value grow when all lengths double: 2^(lengths in the product). */
static bool ask_growth(struct draw *d)
{
    int node = draw_node(d, is_product);
    if (node < 0)
        return false;
    struct product x = count_flops(d->p, node);
    struct sum one = {.terms = &x, .n = 1};
    struct str text = STR_INIT;
    int lengths = 0;
    for (int i = 0; i < x.n; i++)
        lengths += x.symbol[i] == SYM_S || x.symbol[i] == SYM_T;
    if (lengths < 1 || lengths > 3)
        return false;
    static const char *const options[] = {"2", "4", "8"};
    const char **list = arena_alloc(&d->s->questions.arena, sizeof options);
    memcpy(list, options, sizeof options);
    struct question *q = questions_add(d->s, QUESTION_CHOICE);
    str_addf(&text, rules_says(d->s, RULE_ASK_GROWTH), d->p->nodes[node].name);
    q->ask = questions_copy(d->s, text.s);
    q->options = list;
    q->noptions = 3;
    q->right = lengths - 1;
    q->points = 1;
    str_clear(&text);
    sum_formula(d->p, &one, &text);
    q->rule = questions_copy(d->s, text.s);
    str_release(&text);
    return true;
}

static bool (*const kinds[])(struct draw *d) = {ask_a_shape,    ask_parameters, ask_values,
                                                ask_operations, ask_growth,     ask_cache};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- the command ----------------------------------------------------------------------------- */

static bool quiz_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    if (s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: there is nothing to ask about",
                       s->model->name);
    int64_t n = args_int(a, "questions", 5);
    struct draw d = {.s = s, .p = s->model->plan, .seed = rules_seed(s)};
    questions_begin(s, "quiz");
    bool cache = false;
    for (int64_t i = 0; s->questions.n < n && i < 20 * n; i++) {
        d.question = i;
        d.next = 0;
        draw_sizes(&d);
        /* shapes and counts in turn from a random beginning; the one on the cache once at most */
        int64_t kind = (i + (int64_t)(d.seed % KINDS)) % KINDS;
        if (kind == KINDS - 1 && cache)
            continue;
        cache = cache || kind == KINDS - 1;
        kinds[kind](&d);
    }
    if (s->questions.n == 0)
        return err_set(e, ERR_COMMAND, "this model has nothing that a question could be about");
    struct str about = STR_INIT;
    for (int i = SYM_FIXED; i < d.p->nsymbols; i++)
        str_addf(&about, "%s%s=%lld", about.len > 0 ? "  " : "", d.p->symbols[i].name,
                 (long long)d.p->symbols[i].size);
    data_add_int(&out->arena, out->data, "questions", s->questions.n);
    out_begin(out);
    out_span(out, TONE_STRONG, "%s", s->model->name);
    out_span(out, TONE_DIM, "  %s", about.s);
    str_release(&about);
    ask_show(s, out);
    return true;
}

static const struct arg quiz_args[] = {
    {.name = "questions",
     .kind = ARG_INT,
     .help = "how many (5)",
     .optional = true,
     .lo = 1,
     .hi = 100},
    {0},
};

const struct command cmd_quiz = {
    .name = "quiz",
    .group = GROUP_TEACH,
    .needs = NEED_MODEL,
    .args = quiz_args,
    .summary = "Questions on the shapes, counts and costs of the open model",
    .help = "The right answers are computed from the model that is open: any will do, one without "
            "weights too (model new).\n"
            "Each quiz of a session asks others; set seed chooses another series.\n"
            "  quiz\n  quiz 10\n  answer [32, 4, 2048, 192]\n  answer 4 x 192 x 1024 + 768",
    .exec = quiz_exec,
};
