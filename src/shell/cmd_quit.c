/* quit: leaves the program, with a status when one is given. */
#include "shell/shell.h"

static bool unsaved(const struct session *s)
{
    bool any = s->ninterventions > 0;
    for (size_t i = 0; i < s->nruns; i++)
        any = any || !s->runs[i].shown; /* a document's are in it */
    return any;
}

static bool quit_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    (void)out;
    if (!sh)
        return err_set(e, ERR_COMMAND, "quit works in the shell only");
    if (sh->interactive && sh->confirm && s->settings.number[SET_CONFIRM] && unsaved(s) &&
        !sh->confirm(sh, "There are interventions or named runs that would be lost. Leave? (y/N) "))
        return true;
    sh->quitting = true;
    if (args_has(a, "status"))
        sh->quit_status = (int)args_int(a, "status", 0);
    return true;
}

static const struct arg args[] = {
    {"status", ARG_INT, "exit status of the program", .optional = true, .lo = 0, .hi = 255},
    {0},
};

const struct command cmd_quit = {
    .name = "quit",
    .alias = "q exit",
    .group = GROUP_HELP,
    .flags = CMD_SHELL,
    .args = args,
    .summary = "Leave the program",
    .help =
        "Without a status it is that of the first command that failed, or 0. At the prompt Ctrl-D\n"
        "leaves, too.\n",
    .exec = quit_exec,
};
