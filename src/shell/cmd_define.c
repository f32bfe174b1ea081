/* define and document: commands made of commands. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "shell/shell.h"

enum { ARGUMENTS = 32 };

/* A defined command owns its strings; command.ud is this structure. */
struct defined {
    struct command command;
    char *name, *body, *summary, *help;
};

static void defined_free(const struct command *c)
{
    struct defined *d = c->ud;
    free(d->name);
    free(d->body);
    free(d->summary);
    free(d->help);
    free(d);
}

static struct defined *find_defined(struct session *s, const char *name)
{
    const struct command *c;
    for (size_t i = 0; (c = command_added(s, i)) != NULL; i++)
        if (strcmp(c->name, name) == 0 && c->group == GROUP_LUA && c->ud &&
            ((struct defined *)c->ud)->name == c->name)
            return c->ud;
    return NULL;
}

/* $arg0 ... are the words after the command, $argc their number, $args all of them. */
static void add_argument(struct str *out, const char **at, const struct args *a)
{
    const char *p = *at + 4;
    int n = args_count(a, "argument");
    if (*p == 'c') {
        str_addf(out, "%d", n);
        p++;
    } else if (*p == 's') {
        for (int i = 0; i < n; i++)
            str_addf(out, "%s%s", i ? " " : "", args_nth(a, "argument", i));
        p++;
    } else if (*p >= '0' && *p <= '9') {
        char *end;
        long i = strtol(p, &end, 10);
        str_add(out, i < n ? args_nth(a, "argument", (int)i) : "");
        p = end;
    } else {
        str_add(out, "$arg");
    }
    *at = p;
}

static bool defined_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct shell *sh = s->shell;
    const struct defined *d = args_command(a)->ud;
    struct str text = STR_INIT;
    (void)out;
    if (!sh)
        return err_set(e, ERR_COMMAND, "defined commands work in the shell only");
    for (const char *p = d->body; *p;) {
        if (strncmp(p, "$arg", 4) == 0)
            add_argument(&text, &p, a);
        else
            str_addc(&text, *p++);
    }
    bool ok = shell_text(sh, text.s, text.len, NULL);
    str_release(&text);
    if (!ok) {
        err_set(e, ERR_COMMAND, "a command of '%s' failed", d->name);
        e->told = true;
    }
    return ok;
}

static const struct arg defined_args[] = {
    {"argument", ARG_WORD, "words for $arg0, $arg1 ...", .optional = true, .many = true},
    {0},
};

static bool define_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *body = args_block(a), *name = args_str(a, "name");
    (void)out;
    if (!body) {
        err_set(e, ERR_COMMAND, "define: there are no lines");
        return err_hint(e, "commands follow on lines of their own, then 'end'");
    }
    struct defined *old = find_defined(s, name), *d = mem_alloc(sizeof *d);
    d->name = mem_strdup(name);
    d->body = mem_strdup(body);
    d->summary = mem_strdup(old ? old->summary : "Defined by the user");
    d->help = old ? mem_strdup(old->help) : mem_printf("Carries out:\n\n%s", body);
    d->command = (struct command){.name = d->name,
                                  .group = GROUP_LUA,
                                  .flags = CMD_SHELL,
                                  .args = defined_args,
                                  .summary = d->summary,
                                  .help = d->help,
                                  .exec = defined_exec,
                                  .ud = d};
    if (command_add(s, &d->command, defined_free, e))
        return true;
    defined_free(&d->command);
    return args_blame(a, "name", 0, e);
}

static const struct arg define_args[] = {
    {"name", ARG_WORD, "the new command", .optional = false},
    {0},
};

const struct command cmd_define = {
    .name = "define",
    .alias = "def",
    .group = GROUP_LUA,
    .flags = CMD_BLOCK | CMD_SHELL,
    .args = define_args,
    .summary = "Make a command of the lines up to 'end'",
    .help = "$arg0, $arg1 ... are the words that follow the new command when it is used, $argc is "
            "their\n"
            "number and $args all of them. 'document NAME' gives it a help text.\n"
            "\n"
            "  define look\n"
            "  shapes $arg0\n"
            "  stats $arg0\n"
            "  end\n"
            "  look enc.0.self.*\n",
    .exec = define_exec,
};

static bool document_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    const char *text = args_block(a), *name = args_str(a, "name");
    struct defined *d = find_defined(s, name);
    (void)out;
    if (!d) {
        err_set(e, ERR_COMMAND, "'%.60s' is no defined command", name);
        err_hint(e, "'define NAME' makes one");
        return args_blame(a, "name", 0, e);
    }
    if (!text || !*text)
        return err_set(e, ERR_COMMAND, "document: there are no lines");
    size_t first = strcspn(text, "\n");
    free(d->summary);
    free(d->help);
    d->summary = mem_strndup(text, first);
    d->help = mem_strdup(text[first] ? text + first + 1 : "");
    d->command.summary = d->summary;
    d->command.help = d->help;
    return true;
}

const struct command cmd_document = {
    .name = "document",
    .alias = "doc",
    .group = GROUP_LUA,
    .flags = CMD_BLOCK | CMD_SHELL,
    .args = define_args,
    .summary = "Give a defined command the help text up to 'end'",
    .help = "The first line is its summary.\n"
            "\n"
            "  document look\n"
            "  Shapes and statistics of some values\n"
            "  end\n",
    .exec = document_exec,
};
