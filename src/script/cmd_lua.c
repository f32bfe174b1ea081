/* lua: a chunk, or the Lua mode of the prompt. */
#include "script/internal.h"

static bool lua_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *chunk = args_str(a, "chunk");
    if (s->script == NULL)
        return err_set(e, ERR_COMMAND, "Lua is not open");
    if (chunk == NULL || chunk[0] == 0) {
        script_set_mode(s->script, true);
        session_note(s, "Lua until . or Ctrl-D; help() tells what there is");
        return true;
    }
    return script_line(s->script, chunk, out, NULL, e) ||
           (e->column >= 0 && args_blame(a, "chunk", 0, e));
}

static const struct arg lua_args[] = {
    {.name = "chunk", .kind = ARG_LUA, .help = "an expression or statements", .optional = true},
    {0},
};

const struct command cmd_lua = {
    .name = "lua",
    .alias = "lu",
    .group = GROUP_LUA,
    .flags = CMD_RAW | CMD_SHELL,
    .args = lua_args,
    .summary = "One chunk of Lua; alone: Lua mode",
    .help = "=EXPR evaluates and prints, too. Values are recorded as $1, $2, ...; $ is the last, "
            "$$2 the second before it.\n"
            "  lua x = 6 * 7\n"
            "  =x\n"
            "  =help()\n"
            "  =help \"tensor\"",
    .exec = lua_exec,
};
