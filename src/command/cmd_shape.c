/* shape: shape, strides, type and bytes of values. */
#include <stdlib.h>
#include <string.h>

#include "values.h"

static void strides_text(struct str *out, const struct tensor *t)
{
    str_addc(out, '(');
    for (int i = 0; i < t->ndim; i++)
        str_addf(out, "%s%lld", i > 0 ? ", " : "", (long long)t->stride[i]);
    str_addc(out, ')');
}

static void symbolic_line(struct session *s, struct result *out, struct data *to,
                          const struct site_ref *r)
{
    struct value_shape v;
    struct binding b = session_binding(s);
    struct str symbols = STR_INIT, sizes = STR_INIT;
    values_shape(s->model->plan, r, &b, &v);
    values_symbols(&symbols, &v);
    values_sizes(&sizes, &v);
    values_shape_data(out, to, &v);
    out_begin(out);
    out_span(out, TONE_SITE, "%s", values_name(&out->arena, r));
    out_span(out, TONE_PLAIN, "  f32%s = %s", symbols.s, sizes.s);
    out_span(out, TONE_DIM, "  not computed");
    str_release(&symbols);
    str_release(&sizes);
}

static void tensor_line(struct session *s, struct result *out, struct data *to, const char *name,
                        const struct tensor *t, bool full)
{
    struct str axes = STR_INIT, strides = STR_INIT;
    struct arena *a = &out->arena;
    double bytes = (double)tensor_count(t) * (double)dtype_size(t->dtype);
    values_axes(&axes, t);
    strides_text(&strides, t);
    struct data *names = data_add_list(a, to, "axes"), *shape = data_add_list(a, to, "shape"),
                *steps = data_add_list(a, to, "strides");
    for (int i = 0; i < t->ndim; i++) {
        data_add_str(a, names, NULL, t->axis[i]);
        data_add_int(a, shape, NULL, t->shape[i]);
        data_add_int(a, steps, NULL, t->stride[i]);
    }
    data_add_int(a, to, "bytes", (int64_t)bytes);
    out_begin(out);
    out_span(out, TONE_SITE, "%s", name);
    out_span(out, TONE_PLAIN, "  %s%s  %s", dtype_name(t->dtype), axes.s,
             values_bytes_text(a, bytes));
    out_span(out, TONE_DIM, "  strides %s", strides.s);
    if (full) {
        struct tensor_stats st;
        int digits = (int)s->settings.number[SET_PRECISION];
        tensor_stats(t, &st);
        out_span(out, TONE_DIM, "  mean %.*g sd %.*g", digits, st.mean, digits, st.sd);
    }
    str_release(&axes);
    str_release(&strides);
}

static void shape_line(struct session *s, struct result *out, struct data *list,
                       const struct site_ref *r, bool full)
{
    struct err ignored = ERR_INIT;
    struct tensor t;
    struct data *to = data_add_map(&out->arena, list, NULL);
    data_add_str(&out->arena, to, "site", values_name(&out->arena, r));
    data_add_str(&out->arena, to, "dtype", "f32");
    if (s->gen == NULL || !sites_tensor(s, r, &t, &ignored)) {
        symbolic_line(s, out, to, r);
        return;
    }
    tensor_line(s, out, to, values_name(&out->arena, r), &t, full);
    tensor_unref(&t);
}

/* The value that was computed last, -1 = none. */
static int last_done(struct session *s)
{
    if (s->gen == NULL)
        return -1;
    struct place at = gen_place(s->gen);
    int node = at.node - 1;
    while (node >= 0 && !run_computed(gen_run(s->gen), node))
        node--;
    return node < 0 && at.pass > 0 ? s->model->plan->nnodes - 1 : node;
}

static bool shape_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    int count = args_count(a, "site");
    if (s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: it has no values", s->model->name);
    struct data *list = data_add_list(&out->arena, out->data, "sites");
    if (count == 0) {
        int node = last_done(s);
        if (node < 0)
            return err_set(e, ERR_COMMAND, "nothing has been computed yet") ||
                   err_hint(e, "shapes shows the shape of everything without computing");
        struct site_ref r = {
            .name = s->model->plan->nodes[node].name, .node = node, .head = -1, .step = -1};
        shape_line(s, out, list, &r, true);
        return true;
    }
    for (int i = 0; i < count; i++) {
        struct site_ref *v;
        size_t n;
        if (!values_match(s, a, "site", i, &v, &n, e))
            return false;
        for (size_t k = 0; k < n; k++)
            shape_line(s, out, list, &v[k], n == 1);
        free(v);
    }
    return true;
}

static const struct arg shape_args[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "none: the value computed last",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_shape = {
    .name = "shape",
    .alias = "sh",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .args = shape_args,
    .summary = "Shape, strides, type and bytes of values",
    .help = "  shape enc.0.self.q\n  shape dec.*.cross.pattern\n  display shape",
    .exec = shape_exec,
};
