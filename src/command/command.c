/* Running a command: name, arguments, needs, exec. */
#include "command/command.h"

#include <string.h>

#include "command/internal.h"

extern const struct command cmd_help;

const char *group_name(enum group g)
{
    static const char *const names[GROUP_COUNT] = {
        "model",         "input",    "run control", "inspection", "attention views",
        "interventions", "analysis", "generation",  "encoders",   "word vectors",
        "lua",           "export",   "settings",    "teaching",   "help"};
    return g < GROUP_COUNT ? names[g] : "";
}

void command_usage(const struct command *c, struct str *out)
{
    str_add(out, c->name);
    if (c->letters)
        str_addf(out, "[/%s%s]", strchr(c->letters, '#') ? "N" : "",
                 c->letters + (c->letters[0] == '#'));
    for (const struct arg *t = c->args; t && t->name; t++) {
        char name[ARG_SHOWN];
        bool option = t->name[0] == '-', optional = t->optional || option;
        str_addf(out, " %s", optional ? "[" : "");
        if (option)
            str_addf(out, "%s%s", t->name, t->kind == ARG_FLAG ? "" : " ");
        if (t->kind == ARG_CHOICE)
            str_add(out, t->choices);
        else if (!option)
            str_add(out, arg_shown(t, name));
        else if (t->kind != ARG_FLAG)
            str_add(out, t->kind == ARG_INT    ? "N"
                         : t->kind == ARG_FILE ? "FILE"
                         : t->kind == ARG_IDS  ? "5,6,7"
                                               : "X");
        if (t->many)
            str_add(out, "...");
        if (optional)
            str_addc(out, ']');
    }
    if (c->flags & CMD_BLOCK)
        str_add(out, " ... end");
}

bool command_ready(struct session *s, const struct command *c, unsigned needs, struct err *e)
{
    const struct model *m = s->model;
    if (needs != 0 && !m) {
        err_set(e, ERR_COMMAND, "%s needs a model", c->name);
        return err_hint(e, "open one with 'model load PATH'");
    }
    if ((needs & NEED_DECODER) && m->plan && !plan_decodes(m->plan)) {
        err_set(e, ERR_COMMAND, "%s needs a decoder, and %s is an encoder: it has none", c->name,
                m->plan->family);
        return err_hint(e, "an encoder is looked at with forward, attn, heads, layers, print");
    }
    if ((needs & NEED_WEIGHTS) && s->document && c->group != GROUP_RUN) {
        err_set(e, ERR_COMMAND, "%s computes, and a document only shows what was computed",
                c->name);
        return err_hint(e, "'model load PATH' opens a model to compute with");
    }
    if ((needs & (NEED_WEIGHTS | NEED_RUN | NEED_VALUES)) && !m->weights && !s->document) {
        err_set(e, ERR_COMMAND, "%s needs weights, and '%s' has none", c->name,
                m->name ? m->name : m->path);
        return err_hint(e, "without weights there are still shapes, counts and tokens");
    }
    if ((needs & NEED_TOKENIZER) && !m->tokenizer[TOKEN_SOURCE] && !m->tokenizer[TOKEN_TARGET]) {
        if (m->tokenizer_error.kind != ERR_NONE) {
            *e = m->tokenizer_error;
            return err_wrap(e, "%s", c->name);
        }
        err_set(e, ERR_COMMAND, "%s needs a tokenizer, and '%s' has no tokenizer files", c->name,
                m->name ? m->name : m->path);
        return err_hint(e, "ids work: input --ids 5,6,7");
    }
    bool text = s->source.n > 0;
    if ((needs & NEED_RUN) && !s->gen) {
        if (!text)
            return err_set(e, ERR_COMMAND,
                           "%s needs a run: type a sentence with 'input TEXT', then 'run'",
                           c->name);
        return err_set(e, ERR_COMMAND, "%s needs a run: type 'run', or 'start' to go step by step",
                       c->name);
    }
    if ((needs & NEED_TEXT) && !text)
        return err_set(e, ERR_COMMAND, "%s needs a source: type a sentence with 'input TEXT'",
                       c->name);
    return true;
}

static bool execute(struct session *s, const struct command *c, struct feed *f, const char *block,
                    bool repeated, struct result *out, struct err *e)
{
    struct args a = {.command = c, .block = block, .repeated = repeated};
    bool ok = args_parse(s, &a, f, e) && command_ready(s, c, c->needs, e) && c->exec(s, &a, out, e);
    args_release(&a);
    return ok;
}

/* `cmd ?` and `cmd --help`, but not where the rest is somebody's text. */
static bool asks_for_help(const struct command *c, const char *rest)
{
    const struct arg *t = args_positional(c, 0);
    if ((c->flags & CMD_RAW) && t && (t->kind == ARG_REST || t->kind == ARG_LUA))
        return false;
    const char *p = rest + line_skip(rest, 0);
    size_t n = strcspn(p, " \t\r\n");
    return !p[n + line_skip(p + n, 0)] &&
           ((n == 1 && *p == '?') || (n == 6 && memcmp(p, "--help", 6) == 0));
}

/* The first line of a block command; *block: the lines after it without the last `end`. */
static const char *cut_block(struct arena *a, const char *line, const char **block)
{
    const char *nl = strchr(line, '\n');
    if (!nl)
        return line;
    char *lines = arena_strdup(a, nl + 1);
    size_t n = strlen(lines);
    while (n > 0 && line_blank(lines[n - 1]))
        n--;
    if (n >= 3 && memcmp(lines + n - 3, "end", 3) == 0 && (n == 3 || line_blank(lines[n - 4])))
        n -= 3;
    lines[n] = '\0';
    *block = lines;
    return arena_strndup(a, line, (size_t)(nl - line));
}

bool command_run(struct session *s, const char *line, bool repeated, struct result *out,
                 const struct command **ran, struct err *e)
{
    struct arena scratch = ARENA_INIT;
    const char *typed = line;
    *ran = NULL;
    bool ok = command_expand(s, &scratch, &line, e);
    size_t at = line_skip(line, 0);
    if (ok && line[at] && line[at] != '#') {
        int used;
        const struct command *c = command_find(s, line, &used, e);
        *ran = c;
        ok = c != NULL;
        if (c && asks_for_help(c, line + used)) {
            const char *name = c->name;
            *ran = &cmd_help;
            ok = command_call(s, &cmd_help, 1, &name, out, e);
        } else if (c) {
            const char *block = NULL;
            if (c->flags & CMD_BLOCK)
                line = cut_block(&scratch, line, &block);
            struct feed f = {.line = line, .at = (size_t)used};
            ok = execute(s, c, &f, block, repeated, out, e);
        }
    }
    /* Columns of a line that an alias made are none of the line that was typed. */
    if (!ok && line != typed && !strchr(typed, '\n'))
        err_at(e, -1, 0);
    arena_release(&scratch);
    return ok;
}

bool command_call(struct session *s, const struct command *c, int argc, const char *const *argv,
                  struct result *out, struct err *e)
{
    struct feed f = {.line = "", .argc = argc, .argv = argv};
    static const char *const none[] = {NULL};
    if (!f.argv)
        f.argv = none;
    return execute(s, c, &f, NULL, false, out, e);
}
