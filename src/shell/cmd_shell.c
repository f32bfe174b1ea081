/* shell: a program of the system, as `!` runs it. */
#include <string.h>
#include <sys/wait.h>

#include "shell/shell.h"

static bool shell_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    int status = 0;
    if (!sh)
        return err_set(e, ERR_COMMAND, "shell works in the shell only");
    if (!shell_system(sh, args_str(a, "command"), NULL, 0, &status, e))
        return false;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    data_add_int(&out->arena, out->data, "status", code);
    return code == 0 || err_set(e, ERR_COMMAND, "the shell command ended with status %d", code);
}

static const struct arg args[] = {
    {"command", ARG_REST, "a command of the system's shell", .optional = false},
    {0},
};

const struct command cmd_shell = {
    .name = "shell",
    .alias = "!",
    .group = GROUP_HELP,
    .flags = CMD_SHELL | CMD_RAW | CMD_VARIES,
    .args = args,
    .summary = "Run a command of the system's shell",
    .help = "'!COMMAND' is the same. 'CMD | PROGRAM' gives a program what a command prints.\n"
            "\n"
            "  !ls -l\n",
    .exec = shell_exec,
};
