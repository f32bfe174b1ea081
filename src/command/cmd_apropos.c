/* apropos: searches names, summaries and help texts. */
#include <string.h>
#include <strings.h>

#include "command/command.h"

static bool holds(const char *text, const char *word)
{
    return text && strcasestr(text, word);
}

static void add(struct result *out, struct data *list, struct table **t, const char *name,
                const char *about)
{
    struct data *one = data_add_map(&out->arena, list, NULL);
    data_add_str(&out->arena, one, "name", name);
    data_add_str(&out->arena, one, "summary", about);
    if (!*t)
        *t = out_table(out, "_ _");
    struct cell *row = table_row(out, *t);
    row[0] = cell_str(out, name);
    row[1] = cell_str(out, about ? about : "");
}

/* In the name or summary, in an argument's help, or only in the long help. */
static bool matches(const struct command *c, const char *word)
{
    if (holds(c->name, word) || holds(c->summary, word) || holds(c->help, word))
        return true;
    for (const struct arg *g = c->args; g && g->name; g++)
        if (holds(g->name, word) || holds(g->help, word) || holds(g->choices, word))
            return true;
    return false;
}

static bool apropos_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *word = args_str(a, "word");
    if (!*word) {
        err_set(e, ERR_COMMAND, "apropos: the word is empty");
        return args_blame(a, "word", 0, e);
    }
    struct data *list = data_add_list(&out->arena, out->data, "found");
    struct table *t = NULL;
    const struct command *c;
    for (size_t i = 0; commands[i]; i++)
        if (matches(commands[i], word))
            add(out, list, &t, commands[i]->name, commands[i]->summary);
    for (size_t i = 0; (c = command_added(s, i)) != NULL; i++)
        if (matches(c, word))
            add(out, list, &t, c->name, c->summary);
    for (int i = 0; i < SET_COUNT; i++) {
        const struct setting *g = &setting_table[i];
        if (!holds(g->name, word) && !holds(g->help, word) && !holds(g->domain, word))
            continue;
        char name[64] = "set ";
        strncat(name, g->name, sizeof name - 8);
        add(out, list, &t, name, g->help);
    }
    if (!t)
        out_line(out, TONE_PLAIN, "nothing about '%s'", word);
    return true;
}

static const struct arg args[] = {
    {"word", ARG_REST, "what to look for, in names, summaries and help", .optional = false},
    {0},
};

const struct command cmd_apropos = {
    .name = "apropos",
    .alias = "ap",
    .group = GROUP_HELP,
    .args = args,
    .summary = "Search the help for a word",
    .help = "Commands and settings whose name or help holds the word, in any case of letters.\n"
            "\n"
            "  apropos entropy\n",
    .exec = apropos_exec,
};
