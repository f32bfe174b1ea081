/* assert and embed: a condition that must hold, and the embedding of a sentence. */
#include <string.h>

#include "values.h"

static bool assert_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    bool holds;
    const char *expr = args_str(a, "condition");
    if (s->hooks.eval_bool == NULL)
        return err_set(e, ERR_COMMAND, "assert needs Lua, which is not here");
    if (!s->hooks.eval_bool(s->hooks.ud, expr, &holds, e))
        return args_blame(a, "condition", 0, e);
    data_add_str(&out->arena, out->data, "condition", expr);
    if (!holds)
        return err_set(e, ERR_COMMAND, "assertion failed: %s", expr) ||
               args_blame(a, "condition", 0, e);
    return true;
}

static const struct arg assert_args[] = {
    {.name = "condition", .kind = ARG_LUA, .help = "a Lua expression"},
    {0},
};

const struct command cmd_assert = {
    .name = "assert",
    .alias = "as",
    .group = GROUP_LUA,
    .flags = CMD_CONDITION,
    .args = assert_args,
    .summary = "Fail the script when a Lua expression is false",
    .help = "nil and false fail; nothing is printed when it holds.\n  assert #tokens.src == 6",
    .exec = assert_exec,
};

static bool embed_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a, (void)out;
    const struct plan *p = s->model->plan;
    if (p == NULL || plan_site(p, "embedding") < 0)
        return err_set(e, ERR_COMMAND, "%s has no sentence embedding", s->model->name) ||
               err_hint(e, "enc.out holds one vector for each source token: export FILE enc.out");
    size_t n;
    const char *text = args_text(a, "text", &n);
    struct tensor t;
    struct site_ref r;
    if (!session_text(s, text, n, e) || !session_forward(s, e) ||
        !sites_one(s, "embedding", &r, e) || !sites_tensor(s, &r, &t, e))
        return false;
    struct number_format f;
    if (t.ndim == 2 && t.shape[0] == 1) /* one sentence: one vector */
        t = tensor_index(&t, 0, 0);
    data_add_tensor(&out->arena, out->data, "embedding", &t);
    bool ok = values_format(s, "", NULL, &f, e);
    if (ok)
        values_draw(s, out, "embedding", &r, &t, values_record(s, &t), &f);
    tensor_unref(&t);
    return ok;
}

static const struct arg embed_args[] = {
    {.name = "text", .kind = ARG_REST, .help = "the sentence"},
    {0},
};

const struct command cmd_embed = {
    .name = "embed",
    .group = GROUP_ENCODER,
    .needs = NEED_MODEL,
    .flags = CMD_RAW,
    .args = embed_args,
    .summary = "The embedding of a sentence, of models that have one",
    .help = "Sets the input and computes one pass.\n  embed علی به مدرسه می‌رود",
    .exec = embed_exec,
};
