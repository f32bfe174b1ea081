/* shape and shapes: what shape everything has, with weights and text or without them. */
#include <stdlib.h>
#include <string.h>

#include "values.h"

/* ---- shape ----------------------------------------------------------------------------------- */

static void strides_text(struct str *out, const struct tensor *t)
{
    str_addc(out, '(');
    for (int i = 0; i < t->ndim; i++)
        str_addf(out, "%s%lld", i > 0 ? ", " : "", (long long)t->stride[i]);
    str_addc(out, ')');
}

/* Lists of axes and sizes; a size that is not known is null. */
static void shape_data(struct result *out, struct data *to, const struct value_shape *v)
{
    struct arena *a = &out->arena;
    struct data *axes = data_add_list(a, to, "axes"), *shape = data_add_list(a, to, "shape");
    for (int i = 0; i < v->ndim; i++) {
        data_add_str(a, axes, NULL, v->axis[i]);
        if (v->size[i] < 0)
            data_add_null(a, shape, NULL);
        else
            data_add_int(a, shape, NULL, v->size[i]);
    }
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
    shape_data(out, to, &v);
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

/* ---- shapes ---------------------------------------------------------------------------------- */

static void shapes_row(struct session *s, struct result *out, struct table *t, struct data *list,
                       const struct site_ref *r, const struct binding *b)
{
    const struct plan *p = s->model->plan;
    const struct node *node = &p->nodes[r->node];
    struct arena *a = &out->arena;
    struct value_shape v;
    struct str both = STR_INIT, formula = STR_INIT, made = STR_INIT, dim = STR_INIT;
    values_shape(p, r, b, &v);
    values_both(&both, &v);
    bool same = !r->result && strcmp(r->name, node->name) != 0;
    if (r->result)
        str_add(&formula, "z of each head times its columns of W_O");
    else
        plan_formula(p, r->node, &formula);
    if (same)
        str_addf(&made, "= %s", node->name);
    else if (r->result)
        str_add(&made, "z of a head, W_O");
    else
        values_made_by(&made, p, r->node);
    struct data *to = data_add_map(a, list, NULL);
    const char *name = values_name(a, r);
    data_add_str(a, to, "site", name);
    shape_data(out, to, &v);
    struct data *names = data_add_list(a, to, "symbols");
    for (int i = 0; i < v.ndim; i++) {
        dim_text(p, v.dim[i], &dim);
        data_add_str(a, names, NULL, dim.s);
        str_clear(&dim);
    }
    data_add_str(a, to, "dtype", "f32");
    if (v.bytes < 0)
        data_add_null(a, to, "bytes");
    else
        data_add_int(a, to, "bytes", v.bytes);
    data_add_str(a, to, "op", op_name(node->op));
    data_add_str(a, to, "formula", formula.s);
    if (same)
        data_add_str(a, to, "same", node->name);
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, name);
    c[0].tone = TONE_SITE;
    c[1] = cell_str(out, both.s);
    c[2] = v.bytes < 0 ? cell_str(out, "") : cell_str(out, values_bytes_text(a, (double)v.bytes));
    c[3] = cell_str(out, made.s);
    c[3].tone = TONE_DIM;
    str_release(&both);
    str_release(&formula);
    str_release(&made);
    str_release(&dim);
}

static bool occurs(const struct data *list, const char *name)
{
    for (const struct data *d = list->first; d != NULL; d = d->next)
        for (const struct data *x = data_get(d, "symbols")->first; x != NULL; x = x->next)
            if (strcmp(x->u.str.s, name) == 0)
                return true;
    return false;
}

/* What the letters in the list stand for, with the sizes that are known. */
static void legend(const struct plan *p, const struct binding *b, const struct data *list,
                   struct result *out)
{
    const int64_t bound[SYM_FIXED] = {1, b->b, b->s, b->t};
    for (int i = SYM_B; i < p->nsymbols; i++) {
        int64_t n = i < SYM_FIXED ? bound[i] : p->symbols[i].size;
        if (!occurs(list, p->symbols[i].name))
            continue;
        char *size = n > 0 ? arena_printf(&out->arena, "%lld", (long long)n)
                           : arena_strdup(&out->arena, "?");
        out_line(out, TONE_DIM, "%-2s = %-6s %s", p->symbols[i].name, size, p->symbols[i].meaning);
    }
}

/* The sizes asked for, on top of those of the session. */
static struct binding binding_of(struct session *s, const struct args *a)
{
    struct binding b = session_binding(s);
    if (b.b <= 0)
        b.b = 1;
    b.b = args_int(a, "--batch", b.b);
    b.s = args_int(a, "--len", b.s);
    b.t = args_int(a, "--target-len", b.t);
    return b;
}

/* Without a glob: the sub-layer or layer that the program stands in, when it stands inside a
 * pass. */
static void default_glob(struct session *s, struct str *glob)
{
    if (s->gen != NULL && !gen_done(s->gen)) {
        int node = gen_place(s->gen).node;
        if (node > 0 && node < s->model->plan->nnodes)
            session_frame_prefix(s, glob);
    }
    if (glob->len == 0)
        str_add(glob, "*");
}

static bool add_glob(struct session *s, const struct args *a, int i, const char *glob,
                     struct result *out, struct table *t, struct data *list, struct err *e)
{
    struct site_ref *v;
    size_t n;
    struct binding b = binding_of(s, a);
    if (!sites_match(s, glob, &v, &n, e))
        return i < 0 ? false : args_blame(a, "site", i, e);
    bool ok = true;
    for (size_t k = 0; ok && k < n; k++) {
        if (v[k].nslices > 0)
            ok = err_set(e, ERR_COMMAND, "shapes are those of whole values; print %s shows a part",
                         glob);
        else
            shapes_row(s, out, t, list, &v[k], &b);
    }
    free(v);
    return ok;
}

/* "layer 2": that layer of each stack that has it. */
static bool add_layer(struct session *s, const struct args *a, struct result *out, struct table *t,
                      struct data *list, struct err *e)
{
    const struct plan *p = s->model->plan;
    int most = p->layers[0] > p->layers[1] ? p->layers[0] : p->layers[1];
    int64_t layer;
    const char *text = args_nth(a, "site", 1);
    if (text == NULL || !str_int(text, 0, most - 1, &layer))
        return err_set(e, ERR_COMMAND, "layer %s: layers are 0-%d", text != NULL ? text : "?",
                       most - 1) ||
               args_blame(a, "site", text != NULL, e);
    bool ok = true;
    for (int i = 0; ok && i < 2; i++) {
        char *glob = arena_printf(&out->arena, "%s.%lld", stack_name(i), (long long)layer);
        ok = layer >= p->layers[i] || add_glob(s, a, -1, glob, out, t, list, e);
    }
    return ok;
}

static bool shapes_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    if (p == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: it has no values", s->model->name);
    int count = args_count(a, "site");
    struct data *list = data_add_list(&out->arena, out->data, "sites");
    struct table *t = out_table(out, "tensor shape bytes> from");
    bool ok = true;
    if (count == 0) {
        struct str glob = STR_INIT;
        default_glob(s, &glob);
        ok = add_glob(s, a, -1, glob.s, out, t, list, e);
        str_release(&glob);
    } else if (strcmp(args_nth(a, "site", 0), "layer") == 0) {
        ok = add_layer(s, a, out, t, list, e);
    } else {
        for (int i = 0; ok && i < count; i++)
            ok = add_glob(s, a, i, args_nth(a, "site", i), out, t, list, e);
    }
    struct binding b = binding_of(s, a);
    if (ok)
        legend(p, &b, list, out);
    return ok;
}

#define LENGTH_MAX 100000000

static const struct arg shapes_args[] = {
    {.name = "--batch",
     .kind = ARG_INT,
     .help = "sentences at once",
     .optional = true,
     .lo = 1,
     .hi = LENGTH_MAX},
    {.name = "--len",
     .kind = ARG_INT,
     .help = "source tokens",
     .optional = true,
     .lo = 1,
     .hi = LENGTH_MAX},
    {.name = "--target-len",
     .kind = ARG_INT,
     .help = "target tokens",
     .optional = true,
     .lo = 1,
     .hi = LENGTH_MAX},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "enc, dec, layer N, a glob; none: the frame, or everything",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_shapes = {
    .name = "shapes",
    .alias = "shs",
    .group = GROUP_LOOK,
    .needs = NEED_MODEL,
    .args = shapes_args,
    .summary = "Every tensor in order of computation: symbols, sizes, and what made it",
    .help = "Follows from the configuration alone: weights and text are not needed. Sizes that are "
            "not known yet are ?;\n"
            "--batch, --len and --target-len give them.\n"
            "  shapes\n  shapes enc.0.self\n  shapes layer 2\n  shapes dec.*.cross --len 32 "
            "--target-len 8",
    .exec = shapes_exec,
};
