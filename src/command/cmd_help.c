/* help: the classes, the commands of a class, or everything about one command. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "command/command.h"

static const struct command *nth(struct session *s, size_t i)
{
    size_t n = 0;
    while (commands[n])
        n++;
    return i < n ? commands[i] : command_added(s, i - n);
}

/* "help topic" takes words; they are one topic. */
static char *topic_of(const struct args *a)
{
    struct str topic = STR_INIT;
    for (int i = 0; i < args_count(a, "topic"); i++)
        str_addf(&topic, "%s%s", i ? " " : "", args_nth(a, "topic", i));
    return str_detach(&topic);
}

/* The class of this name or unique prefix of a name; GROUP_COUNT = none. */
static enum group find_group(const char *topic, bool exact)
{
    enum group found = GROUP_COUNT;
    for (int g = 0; g < GROUP_COUNT; g++) {
        const char *name = group_name((enum group)g);
        size_t n = strlen(topic);
        if (strncasecmp(name, topic, n) != 0 || (exact && name[n]))
            continue;
        if (found != GROUP_COUNT)
            return GROUP_COUNT;
        found = (enum group)g;
    }
    return found;
}

static void add_command(struct result *out, struct data *list, struct table *t,
                        const struct command *c)
{
    struct data *one = data_add_map(&out->arena, list, NULL);
    data_add_str(&out->arena, one, "name", c->name);
    data_add_str(&out->arena, one, "class", group_name(c->group));
    data_add_str(&out->arena, one, "summary", c->summary);
    struct cell *row = table_row(out, t);
    row[0] = cell_str(out, c->name);
    row[1] = cell_str(out, c->alias ? c->alias : "");
    row[2] = cell_str(out, c->summary ? c->summary : "");
}

static void help_group(struct session *s, struct result *out, struct data *list, enum group g)
{
    struct table *t = NULL;
    const struct command *c;
    for (size_t i = 0; (c = nth(s, i)) != NULL; i++) {
        if (c->group != g)
            continue;
        if (!t) {
            t = out_table(out, "_ _ _");
            t->title = group_name(g);
        }
        add_command(out, list, t, c);
    }
}

static void help_all(struct session *s, struct result *out)
{
    struct data *list = data_add_list(&out->arena, out->data, "commands");
    for (int g = 0; g < GROUP_COUNT; g++)
        help_group(s, out, list, (enum group)g);
    out_line(out, TONE_PLAIN,
             "help COMMAND tells more; help CLASS lists a class; apropos WORD searches.");
    out_line(out, TONE_PLAIN, "Commands and options may be shortened; Tab completes.");
}

static void argument_row(struct result *out, struct data *list, struct table *t,
                         const struct arg *g)
{
    struct data *one = data_add_map(&out->arena, list, NULL);
    data_add_str(&out->arena, one, "name", g->name);
    data_add_str(&out->arena, one, "help", g->help);
    data_add_bool(&out->arena, one, "optional", g->optional || g->name[0] == '-');
    struct str about = STR_INIT;
    str_add(&about, g->help ? g->help : "");
    if (g->kind == ARG_CHOICE) {
        data_add_str(&out->arena, one, "choices", g->choices);
        str_add(&about, " (");
        for (const char *p = g->choices; *p; p++)
            str_addf(&about, *p == '|' ? ", " : "%c", *p);
        str_addc(&about, ')');
    }
    if (g->lo < g->hi && g->hi < INT32_MAX)
        str_addf(&about, " (%lld to %lld)", (long long)g->lo, (long long)g->hi);
    char name[ARG_SHOWN];
    arg_shown(g, name);
    struct cell *row = table_row(out, t);
    row[0] = cell_str(out, "");
    row[1] = cell_str(out, name);
    row[2] = cell_str(out, about.s);
    str_release(&about);
}

static void help_command(struct result *out, const struct command *c)
{
    struct str usage = STR_INIT;
    command_usage(c, &usage);
    data_add_str(&out->arena, out->data, "name", c->name);
    data_add_str(&out->arena, out->data, "class", group_name(c->group));
    data_add_str(&out->arena, out->data, "usage", usage.s);
    data_add_str(&out->arena, out->data, "summary", c->summary);
    data_add_str(&out->arena, out->data, "aliases", c->alias);
    data_add_str(&out->arena, out->data, "help", c->help);
    struct data *list = data_add_list(&out->arena, out->data, "arguments");
    out_begin(out);
    out_span(out, TONE_STRONG, "%s", usage.s);
    str_release(&usage);
    out_line(out, TONE_PLAIN, "%s.", c->summary ? c->summary : "");
    if (c->args && c->args->name) {
        struct table *t = out_table(out, "_ _ _");
        for (const struct arg *g = c->args; g->name; g++)
            argument_row(out, list, t, g);
    }
    if (c->help && *c->help) {
        out_text(out, "\n");
        out_text(out, c->help);
    }
    if (c->alias) {
        out_text(out, "\n");
        out_line(out, TONE_DIM, "Short: %s", c->alias);
    }
}

static bool help_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    char *topic = topic_of(a);
    if (!*topic) {
        free(topic);
        help_all(s, out);
        return true;
    }
    int used;
    struct err spare = ERR_INIT;
    const struct command *c = command_find(s, topic, &used, &spare);
    bool whole = c && !topic[used];
    bool exact = whole && strcmp(c->name, topic) == 0;
    enum group g = exact ? GROUP_COUNT : find_group(topic, true);
    if (g == GROUP_COUNT && !whole)
        g = find_group(topic, false);
    const char *name, *text;
    bool ok = true;
    if (g != GROUP_COUNT) {
        help_group(s, out, data_add_list(&out->arena, out->data, "commands"), g);
    } else if (whole) {
        help_command(out, c);
    } else {
        ok = false;
        for (size_t i = 0; !ok && command_alias_at(s, i, &name, &text); i++) {
            if (strcmp(name, topic) == 0) {
                out_line(out, TONE_PLAIN, "%s is an alias of: %s", name, text);
                ok = true;
            }
        }
        if (!ok) {
            *e = spare;
            if (c)
                err_set(e, ERR_COMMAND, "there is no help on '%.60s'", topic);
            args_blame(a, "topic", 0, e);
        }
    }
    free(topic);
    return ok;
}

static const struct arg args[] = {
    {"topic", ARG_COMMAND, "a command, or a class of commands", .optional = true, .many = true},
    {0},
};

const struct command cmd_help = {
    .name = "help",
    .alias = "h ?",
    .group = GROUP_HELP,
    .args = args,
    .summary = "List the commands, or explain one",
    .help = "A question mark after a command does the same: 'attn ?'.\n"
            "\n"
            "  help\n"
            "  help input\n"
            "  help attention views\n",
    .exec = help_exec,
};
