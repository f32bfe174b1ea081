/* explain: what an operation computes, with its sizes; and one number of it, from its operands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scaling.h"
#include "values.h"
#include "why.h"

/* ---- an operation ---------------------------------------------------------------------------- */

static void operand_line(struct session *s, const char *role, int node, struct result *out,
                         struct data *list)
{
    const struct plan *p = s->model->plan;
    struct site_ref r = {.name = p->nodes[node].name, .node = node, .head = -1, .step = -1};
    struct binding b = session_binding(s);
    struct value_shape v;
    struct str symbols = STR_INIT, sizes = STR_INIT;
    values_shape(p, &r, &b, &v);
    values_symbols(&symbols, &v);
    values_sizes(&sizes, &v);
    if (list != NULL)
        data_add_str(&out->arena, list, NULL, r.name);
    out_begin(out);
    out_span(out, TONE_DIM, "  %-8s", role);
    out_span(out, TONE_SITE, "%s", r.name);
    out_span(out, TONE_PLAIN, "  %s = %s", symbols.s, sizes.s);
    str_release(&symbols);
    str_release(&sizes);
}

static void param_line(struct session *s, const char *role, int param, struct result *out,
                       struct data *list)
{
    const struct model *m = s->model;
    const struct param *w = &m->plan->params[param];
    const struct tensor *t = m->params != NULL ? &m->params[param] : NULL;
    struct str shape = STR_INIT;
    for (int i = 0; i < w->ndim; i++) {
        if (i > 0)
            str_add(&shape, ", ");
        dim_text(m->plan, w->shape[i], &shape);
        int64_t size = dim_size(m->plan, w->shape[i], &(struct binding){1, 1, 1});
        if (w->shape[i].a != SYM_ONE)
            str_addf(&shape, "=%lld", (long long)size);
    }
    data_add_str(&out->arena, list, NULL, w->name);
    out_begin(out);
    out_span(out, TONE_DIM, "  %-8s", role);
    out_span(out, TONE_PLAIN, "%s  [%s]", w->name, shape.s);
    if (t != NULL && t->data != NULL)
        out_span(out, TONE_DIM, "  %s", dtype_name(t->dtype));
    else if (m->weights != NULL)
        out_span(out, TONE_DIM, "  %s", w->formula ? "not stored: by formula" : "not stored: zero");
    str_release(&shape);
}

static const char *param_role(enum op op, int i)
{
    if (op == OP_EMBED || op == OP_POSITION)
        return "table";
    if (op == OP_NORM)
        return i == 0 ? "gain" : "bias";
    return i == 0 ? "W" : "bias";
}

static const char *input_role(enum op op, int i)
{
    static const char *const scores[] = {"q", "k"}, *const mix[] = {"pattern", "v"};
    return op == OP_SCORES ? scores[i]
           : op == OP_MIX  ? mix[i]
           : op == OP_ADD  ? (i == 0 ? "x" : "y")
                           : "x";
}

/* Operations and bytes of all positions, when the lengths are known. */
static void cost_line(struct session *s, int node, struct result *out)
{
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[node];
    struct binding b = session_binding(s);
    bool known = b.s > 0 && (n->stack == STACK_ENC || n->source || b.t > 0);
    if (!known) {
        out_line(out, TONE_DIM,
                 "cost     depends on the lengths; set an input, or see: shapes --len N");
        return;
    }
    struct cost c = plan_cost(p, node, &b, n->source ? b.s : b.t, sizeof(float));
    struct arena *a = &out->arena;
    data_add_num(a, out->data, "flops", c.flops);
    data_add_num(a, out->data, "weight_bytes", c.weight_bytes);
    data_add_num(a, out->data, "value_bytes", c.value_bytes);
    out_line(out, TONE_PLAIN,
             "cost     %.4g operations, %s of weights, %s of values read and written", c.flops,
             values_bytes_text(a, c.weight_bytes), values_bytes_text(a, c.value_bytes));
}

static bool explain_operation(struct session *s, const struct site_ref *r, struct result *out)
{
    const struct plan *p = s->model->plan;
    const struct node *n = &p->nodes[r->node];
    struct arena *a = &out->arena;
    struct str formula = STR_INIT;
    plan_formula(p, r->node, &formula);
    data_add_str(a, out->data, "site", values_name(a, r));
    data_add_str(a, out->data, "op", op_name(n->op));
    data_add_str(a, out->data, "formula", formula.s);
    out_begin(out);
    out_span(out, TONE_SITE, "%s", r->name);
    out_span(out, TONE_STRONG, " = %s", formula.s);
    if (r->result)
        out_line(
            out, TONE_PLAIN,
            "result is what each head writes into the stream: its z times its columns of W_O of %s",
            "the sub-layer; all heads and the bias together are `out`");
    operand_line(s, "result", r->node, out, NULL);
    struct data *inputs = data_add_list(a, out->data, "inputs"),
                *params = data_add_list(a, out->data, "parameters");
    for (int i = 0; i < NODE_INPUTS; i++)
        if (n->in[i] >= 0)
            operand_line(s, input_role(n->op, i), n->in[i], out, inputs);
    for (int i = 0; i < NODE_PARAMS; i++)
        if (n->param[i] >= 0)
            param_line(s, param_role(n->op, i), n->param[i], out, params);
    cost_line(s, r->node, out);
    bool persian = s->settings.number[SET_LANG] == 1;
    const char *why = why_text(p, r->node, persian);
    data_add_str(a, out->data, "why", why);
    out_begin(out);
    out_span(out, TONE_PLAIN, "%s%s", persian ? "" : "why      ", why);
    str_release(&formula);
    return true;
}

/* ---- one number ------------------------------------------------------------------------------ */

/* All logical indices of the cell that is meant; B may be left out when it is 1. False: a part, not
 * a cell. */
static bool cell_index(struct session *s, const struct site_ref *r, const struct tensor *t,
                       int64_t *index, struct err *e)
{
    const struct node *n = &s->model->plan->nodes[r->node];
    int axes[NODE_DIMS], left = 0;
    for (int i = 0; i < n->ndim; i++) {
        if (i == 1 && r->head >= 0)
            index[i] = r->head;
        else if (i == n->pos_axis && r->step >= 0)
            index[i] = r->step;
        else
            axes[left++] = i;
    }
    int skip = r->nslices == left - 1 && left > 0 && axes[0] == 0 && t->shape[0] == 1;
    if (skip)
        index[0] = 0;
    if (r->nslices != left - skip) {
        struct str names = STR_INIT;
        for (int i = 0; i < left; i++)
            str_addf(&names, "%s%s", i > 0 ? "," : "", t->axis[axes[i]]);
        err_set(e, ERR_COMMAND, "a cell of %s needs an index for each of [%s]%s, not %d", r->name,
                names.s, t->shape[0] == 1 ? " (B may be left out)" : "", r->nslices);
        str_release(&names);
        return false;
    }
    for (int i = 0; i < r->nslices; i++) {
        int axis = axes[i + skip];
        int64_t size = t->shape[axis], at = r->slices[i].from;
        if (!r->slices[i].one)
            return err_set(e, ERR_COMMAND, "a cell has single indices, not ranges");
        index[axis] = at < 0 ? at + size : at;
    }
    for (int i = 0; i < n->ndim; i++)
        if (index[i] < 0 || index[i] >= t->shape[i])
            return err_set(e, ERR_COMMAND, "index %lld of axis %s of %s: the range is 0-%lld",
                           (long long)index[i], t->axis[i], r->name, (long long)t->shape[i] - 1);
    return true;
}

/* float32 rounding of a tensor is judged by its largest number. */
static double tolerance(const struct tensor *t)
{
    struct tensor_stats st;
    tensor_stats(t, &st);
    double largest = fmax(fabs(st.min), fabs(st.max));
    return 1e-5 * (isfinite(largest) ? largest : 1) + 1e-30;
}

static void verdict(struct session *s, double computed, double stored, double allowed,
                    struct result *out)
{
    struct arena *a = &out->arena;
    double difference = fabs(computed - stored);
    bool same = computed == stored || (isnan(computed) && isnan(stored));
    bool agree = same || difference <= allowed;
    data_add_num(a, out->data, "computed", computed);
    data_add_num(a, out->data, "stored", stored);
    data_add_num(a, out->data, "difference", same ? 0 : difference);
    data_add_bool(a, out->data, "agree", agree);
    out_begin(out);
    out_span(out, TONE_PLAIN, "computed %.9g, stored %.9g: ", computed, stored);
    if (agree)
        out_span(out, TONE_GOOD, same ? "they agree (equal)" : "they agree (difference %.0e)",
                 difference);
    else
        out_span(out, TONE_BAD, "they do NOT agree (difference %.3g, allowed %.1e)%s", difference,
                 allowed,
                 s->ninterventions > 0 ? "; a change to the computation is in force (info state)"
                                       : "");
}

static bool explain_cell(struct session *s, const struct site_ref *r, struct result *out,
                         struct err *e)
{
    struct tensor t;
    int64_t index[NODE_DIMS];
    if (r->result)
        return err_set(e, ERR_COMMAND,
                       "%s is derived from z and W_O; explain a cell of `out` instead", r->name);
    if (!session_value(s, r->node, &t, e))
        return false;
    struct str log = STR_INIT, formula = STR_INIT;
    double computed = 0, stored = 0, allowed = tolerance(&t);
    bool ok = cell_index(s, r, &t, index, e);
    if (ok)
        stored = tensor_get(&t, index);
    tensor_unref(&t);
    ok = ok && session_cell(s, r->node, index, &computed, &log, e);
    if (ok) {
        plan_formula(s->model->plan, r->node, &formula);
        data_add_str(&out->arena, out->data, "site", values_name(&out->arena, r));
        data_add_str(&out->arena, out->data, "formula", formula.s);
        data_add_str(&out->arena, out->data, "steps", log.s);
        out_begin(out);
        out_span(out, TONE_SITE, "%s", values_name(&out->arena, r));
        out_span(out, TONE_DIM, "  %s", formula.s);
        out_text(out, log.s);
        verdict(s, computed, stored, allowed, out);
    }
    str_release(&log);
    str_release(&formula);
    return ok;
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool explain_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    if (args_count(a, "site") == 1 && strcmp(args_nth(a, "site", 0), "scaling") == 0)
        return scaling_explain(s, out, e);
    const struct plan *p = s->model->plan;
    if (p == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: there is nothing to explain",
                       s->model->name);
    if (!args_has(a, "site")) {
        int node = session_node(s);
        if (node < 0)
            return err_set(e, ERR_COMMAND, "explain: which site?") ||
                   err_hint(e, "for example: explain %s", p->nodes[0].name);
        struct site_ref here = {.name = p->nodes[node].name, .node = node, .head = -1, .step = -1};
        return explain_operation(s, &here, out);
    }
    struct str spec = STR_INIT; /* "[1, 2]" may have blanks */
    for (int i = 0; i < args_count(a, "site"); i++)
        str_add(&spec, args_nth(a, "site", i));
    struct site_ref r;
    bool ok = sites_one(s, spec.s, &r, e);
    str_release(&spec);
    if (ok)
        ok = r.nslices > 0 ? explain_cell(s, &r, out, e) : explain_operation(s, &r, out);
    return ok || args_blame(a, "site", 0, e);
}

static const struct arg explain_args[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "a value, or one cell of it; `scaling`; none: the present operation",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_explain = {
    .name = "explain",
    .alias = "ex",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .args = explain_args,
    .summary = "The formula of an operation with its sizes; or one number, recomputed",
    .help = "With a cell, that one number is computed again from its operands in double precision, "
            "every step shown, and\n"
            "compared with the stored one. Indices stand for all axes; B may be left out. `explain "
            "scaling`: why scores are\n"
            "divided by sqrt(d_k), measured over widths and on the heads of the run.\n"
            "  explain enc.0.self.scores\n  explain enc.0.self.pattern[0,2,1]\n  explain "
            "dec.1.cross.z.h2[3,5]\n  explain scaling",
    .exec = explain_exec,
};
