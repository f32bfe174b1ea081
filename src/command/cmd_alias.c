/* alias: a name for a command line. */
#include <string.h>

#include "command/command.h"

static void list_one(struct result *out, struct data *list, struct table *t, const char *name,
                     const char *text)
{
    struct data *one = data_add_map(&out->arena, list, NULL);
    data_add_str(&out->arena, one, "name", name);
    data_add_str(&out->arena, one, "text", text);
    struct cell *row = table_row(out, t);
    row[0] = cell_str(out, name);
    row[1] = cell_str(out, text);
}

static bool alias_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *name = args_str(a, "name"), *text = args_str(a, "command");
    const char *n, *t;
    if (name && text) {
        if (strcmp(text, "=") != 0 && text[0] == '=') {
            text++;
            text += strspn(text, " \t");
        }
        if (!*text || strcmp(text, "=") == 0) {
            if (!command_alias(s, name, NULL, e))
                return args_blame(a, "name", 0, e);
            return true;
        }
        return command_alias(s, name, text, e) || args_blame(a, "name", 0, e);
    }
    struct data *list = data_add_list(&out->arena, out->data, "aliases");
    struct table *table = NULL;
    for (size_t i = 0; command_alias_at(s, i, &n, &t); i++) {
        if (name && strcmp(name, n) != 0)
            continue;
        if (!table)
            table = out_table(out, "alias command*");
        list_one(out, list, table, n, t);
    }
    if (!table && name) {
        err_set(e, ERR_COMMAND, "there is no alias '%.60s'", name);
        return args_blame(a, "name", 0, e);
    }
    if (!table)
        out_line(out, TONE_DIM, "no aliases");
    return true;
}

static const struct arg args[] = {
    {"name", ARG_WORD, "the new word", .optional = true},
    {"command", ARG_REST, "= and the command line that it stands for", .optional = true},
    {0},
};

const struct command cmd_alias = {
    .name = "alias",
    .group = GROUP_SETTINGS,
    .flags = CMD_RAW,
    .args = args,
    .summary = "Make a name for a command line, or list them",
    .help =
        "What follows the name when it is used is added to the line. The line may hold several\n"
        "commands with ';' between them. With nothing after '=' the alias is removed.\n"
        "\n"
        "  alias ca = cross 5.h1\n"
        "  alias both = heads 0; heads 1\n"
        "  alias ca =\n",
    .exec = alias_exec,
};
