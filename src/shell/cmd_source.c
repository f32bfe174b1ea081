/* source: runs a file of commands or a Lua file. */
#include <string.h>

#include "shell/shell.h"

enum { ARGUMENTS = 64 };

static bool source_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    const char *argv[ARGUMENTS];
    int argc = args_count(a, "argument");
    (void)out;
    if (!sh)
        return err_set(e, ERR_COMMAND, "source works in the shell only");
    if (argc > ARGUMENTS)
        return err_set(e, ERR_COMMAND, "source takes %d arguments at most, not %d", ARGUMENTS,
                       argc);
    for (int i = 0; i < argc; i++)
        argv[i] = args_nth(a, "argument", i);
    int before = sh->status;
    sh->status = 0;
    bool ok = shell_file(sh, args_str(a, "file"), argc, argv, e), opened = sh->status != 0;
    if (before)
        sh->status = before;
    /* An error inside a Lua file tells its own place. */
    bool inside = opened || (str_ends(args_str(a, "file"), ".lua") && e->kind != ERR_FILE);
    return ok || (inside ? false : args_blame(a, "file", 0, e));
}

static const struct arg args[] = {
    {"file", ARG_FILE, "a file of commands, or a Lua file (.lua)", .optional = false},
    {"argument", ARG_WORD, "arguments of a Lua script", .optional = true, .many = true},
    {0},
};

const struct command cmd_source = {
    .name = "source",
    .alias = "so",
    .group = GROUP_LUA,
    .flags = CMD_SHELL,
    .args = args,
    .summary = "Run a file of commands or a Lua file",
    .help = "The first error ends the file, unless stop-on-error is off.\n"
            "\n"
            "  source examples/demo.rasad\n"
            "  source examples/heads.lua 5\n",
    .exec = source_exec,
};
