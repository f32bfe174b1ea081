/* echo: a line of a script to its reader. */
#include "command/command.h"

static bool echo_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    (void)s, (void)e;
    data_add_strn(&out->arena, out->data, "text", text ? text : "", n);
    out_line(out, TONE_PLAIN, "%s", text ? out_strn(out, text, n) : "");
    return true;
}

static const struct arg args[] = {
    {"text", ARG_REST, "the line", .optional = true},
    {0},
};

const struct command cmd_echo = {
    .name = "echo",
    .group = GROUP_EXPORT,
    .flags = CMD_RAW,
    .args = args,
    .summary = "Print a line",
    .help = "  echo Now the second layer:\n",
    .exec = echo_exec,
};
