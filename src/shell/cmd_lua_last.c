/* lua!!: the last command as Lua. */
#include "shell/shell.h"

static bool lua_last_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    struct shell *sh = s->shell;
    struct str text = STR_INIT;
    (void)a;
    if (sh == NULL || sh->last == NULL)
        return err_set(e, ERR_COMMAND, "there is no command before this one");
    bool ok = command_as_lua(s, sh->last, &text, e);
    if (ok) {
        data_add_str(&out->arena, out->data, "lua", text.s);
        out_begin(out);
        out_span(out, TONE_PLAIN, "%s", text.s);
    }
    str_release(&text);
    return ok;
}

const struct command cmd_lua_last = {
    .name = "lua!!",
    .group = GROUP_LUA,
    .flags = CMD_SHELL,
    .summary = "The Lua that does the same as the last command",
    .help = "What it prints can go into a script, or after '='.\n"
            "  top 3 enc.0.self.pattern.h1\n"
            "  lua!!",
    .exec = lua_last_exec,
};
