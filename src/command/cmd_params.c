/* params: the parameters of the model. */
#include <string.h>

#include "values.h"

static const char *shape_of(struct arena *a, const struct plan *p, const struct param *w,
                            const struct tensor *t, struct data *shape)
{
    struct str text = STR_INIT;
    int n = t != NULL ? t->ndim : w->ndim;
    int64_t sizes[TENSOR_DIMS];
    for (int i = 0; i < n; i++) {
        sizes[i] = t != NULL ? t->shape[i] : dim_size(p, w->shape[i], &(struct binding){1, 1, 1});
        data_add_int(a, shape, NULL, sizes[i]);
    }
    shape_text(&text, n, sizes);
    const char *copy = arena_strdup(a, text.s);
    str_release(&text);
    return copy;
}

/* The sites that a parameter serves: "enc.0.self.q". */
static const char *used_by(struct arena *a, const struct plan *p, int param)
{
    struct str text = STR_INIT;
    for (int i = 0; i < p->nnodes; i++)
        for (int k = 0; k < NODE_PARAMS; k++)
            if (p->nodes[i].param[k] == param)
                str_addf(&text, "%s%s", text.len > 0 ? " " : "", p->nodes[i].name);
    const char *copy = arena_strdup(a, text.s);
    str_release(&text);
    return copy;
}

static void params_row(struct session *s, int i, struct result *out, struct table *t,
                       struct data *list)
{
    const struct model *m = s->model;
    const struct plan *p = m->plan;
    struct arena *a = &out->arena;
    const struct tensor *x = m->params != NULL && m->params[i].data != NULL ? &m->params[i] : NULL;
    const char *name =
        x != NULL && m->param_names[i] != NULL ? m->param_names[i] : p->params[i].name;
    struct data *d = data_add_map(a, list, NULL);
    data_add_str(a, d, "name", name);
    struct data *shape = data_add_list(a, d, "shape");
    struct cell *c = table_row(out, t);
    const char *sizes = shape_of(a, p, &p->params[i], x, shape);
    c[0] = cell_str(out, name);
    c[1] = cell_str(out, sizes);
    if (x != NULL) {
        struct tensor_stats st;
        int64_t bytes = tensor_count(x) * (int64_t)dtype_size(x->dtype);
        tensor_stats(x, &st);
        data_add_str(a, d, "dtype", dtype_name(x->dtype));
        data_add_int(a, d, "bytes", bytes);
        data_add_num(a, d, "norm", st.norm);
        c[2] = cell_str(out, dtype_name(x->dtype));
        c[3] = cell_str(out, values_bytes_text(a, (double)bytes));
        c[4] = cell_num(st.norm, NULL);
    } else {
        data_add_null(a, d, "dtype");
        data_add_null(a, d, "bytes");
        data_add_null(a, d, "norm");
        c[2] = cell_str(out, m->weights == NULL ? "" : p->params[i].formula ? "formula" : "zero");
        c[3] = c[4] = cell_str(out, "");
    }
    const char *used = used_by(a, p, i);
    data_add_str(a, d, "used_by", used);
}

static bool params_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    const char *glob = args_str(a, "pattern");
    if (p == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: it has no parameters",
                       s->model->name);
    struct data *list = data_add_list(&out->arena, out->data, "parameters");
    struct table *t = out_table(out, "name shape type bytes> norm>");
    if (glob != NULL && strpbrk(glob, "*?") == NULL)
        glob = arena_printf(&out->arena, "*%s*", glob);
    for (int i = 0; i < p->nparams; i++) {
        const char *file = s->model->param_names != NULL ? s->model->param_names[i] : NULL;
        if (glob == NULL || values_glob(glob, p->params[i].name) ||
            (file != NULL && values_glob(glob, file)))
            params_row(s, i, out, t, list);
    }
    if (t->nrows == 0)
        return err_set(e, ERR_COMMAND, "no parameter of %d matches", p->nparams) ||
               err_hint(e, "* stands for any text: params *layers.0*, or one name: %s",
                        p->params[0].name) ||
               args_blame(a, "pattern", 0, e);
    for (const struct data *d = t->nrows <= 4 ? list->first : NULL; d != NULL; d = d->next)
        out_line(out, TONE_DIM, "%s: %s", data_get(d, "name")->u.str.s,
                 data_get(d, "used_by")->u.str.s);
    int64_t total = model_parameters(s->model);
    data_add_int(&out->arena, out->data, "total", total);
    out_line(out, TONE_PLAIN, "%zu of %d tensors; %lld numbers in the model", t->nrows, p->nparams,
             (long long)total);
    return true;
}

static const struct arg params_args[] = {
    {.name = "pattern",
     .kind = ARG_WORD,
     .help = "part of a name, or a pattern with * and ?",
     .optional = true},
    {0},
};

const struct command cmd_params = {
    .name = "params",
    .alias = "par",
    .group = GROUP_MODEL,
    .needs = NEED_MODEL,
    .args = params_args,
    .summary = "Parameters: name, shape, type, bytes, norm",
    .help = "With few of them also the sites that use each. Tied weights stand once. Without "
            "weights on disk: what the configuration asks for.\n"
            "  params\n  params encoder.layers.0\n  params *bias",
    .exec = params_exec,
};
