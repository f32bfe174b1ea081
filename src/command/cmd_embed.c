/* embed: the vector that a sentence encoder gives to a text, and how its modules came to it. */
#include <stdlib.h>

#include "base/mem.h"
#include "values.h"

static const struct arg embed_args[] = {
    {.name = "text", .kind = ARG_REST, .help = "the sentence", .optional = true},
    {0},
};

/* The values between the encoder's end and the embedding that it follows from: own array, true at
 * each. A node's inputs stand before it. */
static bool *way_to(const struct plan *p, int last)
{
    bool *on = mem_alloc((size_t)p->nnodes + 1);
    on[last] = true;
    for (int i = last; i > p->enc_out; i--)
        for (int k = 0; on[i] && k < NODE_INPUTS; k++)
            if (p->nodes[i].in[k] > p->enc_out)
                on[p->nodes[i].in[k]] = true;
    return on;
}

static bool add_module(struct session *s, int node, struct table *t, struct data *list,
                       struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    struct tensor value;
    struct tensor_stats stats;
    if (!session_value(s, node, &value, e))
        return false;
    tensor_stats(&value, &stats);
    int64_t size = value.shape[value.ndim - 1];
    tensor_unref(&value);
    struct str how = STR_INIT;
    plan_formula(p, node, &how);
    struct cell *c = table_row(out, t);
    *c = cell_str(out, p->nodes[node].name);
    c++->tone = TONE_SITE;
    *c++ = cell_int(size);
    *c++ = cell_num(stats.norm, "%.4f");
    *c = cell_str(out, how.s);
    struct data *d = data_add_map(&out->arena, list, NULL);
    data_add_str(&out->arena, d, "site", p->nodes[node].name);
    data_add_int(&out->arena, d, "size", size);
    data_add_num(&out->arena, d, "length", stats.norm);
    data_add_str(&out->arena, d, "formula", how.s);
    str_release(&how);
    return true;
}

/* One row a module's value, in order of execution. */
static bool show_way(struct session *s, int last, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    struct table *t = out_table(out, "site numbers> length> how");
    struct data *list = data_add_list(&out->arena, out->data, "modules");
    bool *on = way_to(p, last), ok = true;
    for (int i = p->enc_out + 1; ok && i <= last; i++)
        if (on[i])
            ok = add_module(s, i, t, list, out, e);
    free(on);
    return ok;
}

static bool show_vector(struct session *s, const struct site_ref *r, struct result *out,
                        struct err *e)
{
    struct tensor t, one;
    struct number_format f;
    if (!sites_tensor(s, r, &t, e))
        return false;
    one = tensor_index(&t, 0, 0); /* one sentence: one vector */
    data_add_tensor(&out->arena, out->data, "embedding", &one);
    data_add_int(&out->arena, out->data, "tokens", s->source.n);
    bool ok = values_format(s, "", NULL, &f, e);
    if (ok)
        values_draw(s, out, "embedding", r, &one, values_record(s, &one), &f);
    tensor_unref(&t);
    return ok && show_way(s, r->node, out, e);
}

static bool embed_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    if (p == NULL || plan_site(p, "embedding") < 0)
        return err_set(e, ERR_COMMAND, "%s has no sentence embedding", s->model->name) ||
               err_hint(e, "enc.out holds one vector for each source token: export FILE enc.out");
    size_t n;
    const char *text = args_text(a, "text", &n);
    struct site_ref r;
    if (text != NULL && !session_text(s, text, n, e))
        return false;
    if (s->source.n == 0)
        return err_set(e, ERR_COMMAND, "embed needs a text") ||
               err_hint(e, "for example: embed TEXT");
    return session_encode(s, e) && sites_one(s, "embedding", &r, e) && show_vector(s, &r, out, e);
}

const struct command cmd_embed = {
    .name = "embed",
    .group = GROUP_ENCODER,
    .needs = NEED_VALUES,
    .flags = CMD_RAW,
    .args = embed_args,
    .summary = "The vector of a sentence, of models that have one, and how it is made",
    .help = "Sets the input (without a text: takes the present one) and computes one pass. Models "
            "that come as a\n"
            "sentence-transformers folder (modules.json) have such a vector: the states of the "
            "tokens are pooled, and\n"
            "dense layers and scaling to length 1 may follow. The table has the value of each, "
            "which `print` shows\n"
            "and `explain` works out. A text longer than the model's limit is cut, and a note says "
            "so.\n"
            "  embed علی به مدرسه می‌رود\n"
            "  embed",
    .exec = embed_exec,
};
