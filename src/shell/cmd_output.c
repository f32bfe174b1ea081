/* output and log: data to a file, and a transcript of the session. */
#include <string.h>

#include "shell/internal.h"

static bool open_file(const struct args *a, struct file_writer *out, struct err *e)
{
    return file_create(out, args_str(a, "file"), e) || args_blame(a, "file", 0, e);
}

static bool is_off(const struct args *a)
{
    const char *path = args_str(a, "file");
    return !path || strcmp(path, "off") == 0;
}

void shell_output_close(struct shell *sh)
{
    struct err told = ERR_INIT; /* when it was written */
    if (sh->output.f == NULL)
        return;
    if (sh->sink == sh->output.f)
        sh->sink = stdout;
    if (!file_commit(&sh->output, &told))
        err_clear(&told);
}

static bool output_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    struct file_writer f = {0};
    (void)out;
    if (!sh)
        return err_set(e, ERR_COMMAND, "output works in the shell only");
    if (!is_off(a) && !open_file(a, &f, e))
        return false;
    shell_output_close(sh);
    sh->output = f;
    if (f.f != NULL)
        sh->sink = f.f;
    return true;
}

static const struct arg output_args[] = {
    {"file", ARG_FILE, "where data goes from now on; off or nothing: to the screen",
     .optional = true},
    {0},
};

const struct command cmd_output = {
    .name = "output",
    .group = GROUP_EXPORT,
    .flags = CMD_SHELL,
    .args = output_args,
    .summary = "Send what commands print to a file",
    .help = "For one command alone: 'shapes > FILE', 'shapes >> FILE', 'shapes | PROGRAM'.\n"
            "\n"
            "  output numbers.txt\n"
            "  print enc.0.out\n"
            "  output off\n",
    .exec = output_exec,
};

static bool log_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    struct file_writer f = {0};
    (void)out;
    if (!sh)
        return err_set(e, ERR_COMMAND, "log works in the shell only");
    if (!is_off(a) && !open_file(a, &f, e))
        return false;
    tee_close(sh, TEE_LOG);
    sh->tees[TEE_LOG] = (struct tee){.file = f, .command = "log"};
    return true;
}

static const struct arg log_args[] = {
    {"file", ARG_FILE, "the transcript; off: no more", .optional = false},
    {0},
};

const struct command cmd_log = {
    .name = "log",
    .group = GROUP_EXPORT,
    .flags = CMD_SHELL,
    .args = log_args,
    .summary = "Write a transcript of commands and output",
    .help = "Text as it stands, without colours and reordering, to hand out or to look up later.\n"
            "\n"
            "  log lesson.txt\n"
            "  log off\n",
    .exec = log_exec,
};
