/* shapes: the shape of everything at any size, with weights and text or without them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "values.h"

/* Axes, sizes and symbols of a shape, and its bytes. */
static void data_sizes(struct result *out, const struct plan *p, struct data *to,
                       const struct value_shape *v)
{
    struct arena *a = &out->arena;
    struct str dim = STR_INIT;
    values_shape_data(out, to, v);
    struct data *names = data_add_list(a, to, "symbols");
    for (int i = 0; i < v->ndim; i++) {
        dim_text(p, v->dim[i], &dim);
        data_add_str(a, names, NULL, dim.s);
        str_clear(&dim);
    }
    str_release(&dim);
    data_add_str(a, to, "dtype", "f32");
    if (v->bytes < 0)
        data_add_null(a, to, "bytes");
    else
        data_add_int(a, to, "bytes", v->bytes);
}

static void shapes_row(struct session *s, struct result *out, struct table *t, struct data *list,
                       const struct site_ref *r, const struct binding *b)
{
    const struct plan *p = s->model->plan;
    const struct node *node = &p->nodes[r->node];
    struct arena *a = &out->arena;
    struct value_shape v;
    struct str both = STR_INIT, formula = STR_INIT, made = STR_INIT;
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
    data_sizes(out, p, to, &v);
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
}

/* z is kept head by head; W_O reads the heads of a position side by side. Here is what it reads. */
static void joined_row(struct session *s, struct result *out, struct table *t, struct data *list,
                       const struct site_ref *r, const struct binding *b)
{
    const struct node *n = &s->model->plan->nodes[r->node];
    if (n->op != OP_MIX || r->head >= 0 || r->step >= 0 || n->shape[1].b != SYM_ONE ||
        n->shape[3].b != SYM_ONE)
        return;
    struct arena *a = &out->arena;
    struct value_shape v = {.ndim = 3};
    struct dim dims[] = {
        n->shape[0], n->shape[2], {n->shape[1].a, n->shape[3].a, n->shape[1].k * n->shape[3].k}};
    struct str both = STR_INIT;
    v.bytes = sizeof(float);
    for (int i = 0; i < v.ndim; i++)
        values_shape_axis(s->model->plan, &v, i, dims[i], b);
    memcpy(v.axis[0], n->axis[0], AXIS_NAME);
    memcpy(v.axis[1], n->axis[2], AXIS_NAME);
    snprintf(v.axis[2], AXIS_NAME, "%.3s*%.3s", n->axis[1], n->axis[3]);
    values_both(&both, &v);
    struct data *to = data_add_map(a, list, NULL);
    data_add_str(a, to, "site", r->name);
    data_add_bool(a, to, "joined", true);
    data_sizes(out, s->model->plan, to, &v);
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, "  heads joined");
    c[1] = cell_str(out, both.s);
    c[2] = v.bytes < 0 ? cell_str(out, "") : cell_str(out, values_bytes_text(a, (double)v.bytes));
    c[3] = cell_str(out, "heads side by side");
    c[3].tone = TONE_DIM;
    str_release(&both);
}

static bool occurs(const struct data *list, const char *name)
{
    for (const struct data *d = list->first; d != NULL; d = d->next)
        for (const struct data *x = data_get(d, "symbols")->first; x != NULL; x = x->next)
            if (strcmp(x->u.str.s, name) == 0)
                return true;
    return false;
}

static int64_t size_of_symbol(const struct plan *p, int symbol, const struct binding *b)
{
    return dim_size(p, dim_sym(symbol), b);
}

/* What the letters in the list stand for, with the sizes that are known. */
static void legend(const struct plan *p, const struct binding *b, const struct data *list,
                   struct result *out)
{
    struct arena *a = &out->arena;
    int width = 6;
    bool *used = arena_alloc(a, (size_t)p->nsymbols * sizeof *used);
    for (int i = SYM_B; i < p->nsymbols; i++) {
        int digits = snprintf(NULL, 0, "%lld", (long long)size_of_symbol(p, i, b));
        used[i] = occurs(list, p->symbols[i].name);
        width = used[i] && digits > width ? digits : width;
    }
    for (int i = SYM_B; i < p->nsymbols; i++) {
        int64_t n = size_of_symbol(p, i, b);
        const char *size = n > 0 ? arena_printf(a, "%lld", (long long)n) : "?";
        if (used[i])
            out_line(out, TONE_DIM, "%-2s = %-*s %s", p->symbols[i].name, width, size,
                     p->symbols[i].meaning);
    }
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
    struct binding b = values_binding(s, a);
    bool sized = args_has(a, "--batch") || args_has(a, "--len") || args_has(a, "--target-len");
    if (!sites_match(s, glob, &v, &n, e))
        return i < 0 ? false : args_blame(a, "site", i, e);
    bool ok = true;
    for (size_t k = 0; ok && k < n; k++) {
        if (v[k].nslices > 0)
            ok = err_set(e, ERR_COMMAND, "shapes are those of whole values; print %s shows a part",
                         glob);
        else if (values_overflow(s->model->plan, &v[k], &b))
            ok = err_set(e, ERR_COMMAND, "%s has more than 2^63 bytes at these sizes", v[k].name) ||
                 err_hint(e, "choose a smaller --batch or --len");
        else
            shapes_row(s, out, t, list, &v[k], &b);
        if (ok && sized)
            joined_row(s, out, t, list, &v[k], &b);
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
    struct table *t = out_table(out, "tensor shape bytes> from*");
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
    struct binding b = values_binding(s, a);
    if (ok)
        legend(p, &b, list, out);
    return ok;
}

static const struct arg shapes_args[] = {
    VALUES_SIZE_ARGS,
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
            "--batch, --len and --target-len give them, and then the heads are shown joined too.\n"
            "  shapes\n  shapes enc.0.self\n  shapes layer 2\n  shapes dec.*.cross --len 32 "
            "--target-len 8",
    .exec = shapes_exec,
};
