/* assert: a condition that must hold. */
#include "command/command.h"

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
