/* A typed line as the Lua that does the same. */
#include <stdio.h>
#include <string.h>

#include "command/internal.h"

static void add_string(struct str *out, const char *s, size_t n)
{
    str_addc(out, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '"' || c == '\\')
            str_addf(out, "\\%c", c);
        else if (c == '\n')
            str_add(out, "\\n");
        else if (c < 32 || c == 127)
            str_addf(out, "\\%03d", c);
        else
            str_addc(out, (char)c);
    }
    str_addc(out, '"');
}

static void add_value(struct str *out, const struct value *v)
{
    if (v->arg->kind == ARG_FLAG)
        str_add(out, "true");
    else if (v->arg->kind == ARG_INT)
        str_addf(out, "%lld", (long long)v->i);
    else if (v->arg->kind == ARG_NUM)
        str_addf(out, "%.17g", v->d);
    else
        add_string(out, v->s != NULL ? v->s : "", v->s != NULL ? v->n : 0);
}

/* rasad.top(3, "enc.0.self"), or with options rasad.topk{5, rank = 2} */
static void add_call(struct str *out, const struct args *a)
{
    bool options = false;
    for (size_t i = 0; i < a->n; i++)
        options = options || a->v[i].arg->name[0] == '-';
    str_add(out, "rasad.");
    for (const char *p = a->command->name; *p != 0; p++)
        str_addc(out, *p == ' ' || *p == '-' ? '_' : *p);
    static const char *const words[] = {"goto", "until", "end", "for", "break", "repeat", NULL};
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], a->command->name) == 0)
            str_addc(out, '_');
    str_addc(out, options ? '{' : '(');
    for (size_t i = 0; i < a->n; i++) {
        const char *name = a->v[i].arg->name;
        str_add(out, i > 0 ? ", " : "");
        if (name[0] == '-') {
            for (const char *p = name + 2; *p != 0; p++)
                str_addc(out, *p == '-' ? '_' : *p);
            str_add(out, " = ");
        }
        add_value(out, &a->v[i]);
    }
    str_addc(out, options ? '}' : ')');
}

/* The line as it stands: for what has no function, letters after '/', blocks. */
static void add_line(struct str *out, const char *line)
{
    str_add(out, "rasad.cmd(");
    add_string(out, line, strlen(line));
    str_addc(out, ')');
}

bool command_as_lua(struct session *s, const char *line, struct str *out, struct err *e)
{
    struct arena scratch = ARENA_INIT;
    int used = 0;
    line += line_skip(line, 0);
    if (*line == '=') {
        str_add(out, line + 1 + line_skip(line + 1, 0));
        return true;
    }
    bool ok = command_expand(s, &scratch, &line, e);
    const struct command *c = ok ? command_find(s, line, &used, e) : NULL;
    struct args a = {.command = c};
    struct feed f = {.line = line, .at = (size_t)used};
    if (c != NULL && strcmp(c->name, "lua") == 0) {
        str_add(out, line + used + line_skip(line + used, 0));
    } else if (c != NULL && (c->flags & (CMD_SHELL | CMD_BLOCK)) != 0) {
        add_line(out, line);
    } else if (c != NULL) {
        ok = args_parse(s, &a, &f, e);
        if (ok && args_letters(&a)[0] != 0)
            add_line(out, line);
        else if (ok)
            add_call(out, &a);
        args_release(&a);
    }
    arena_release(&scratch);
    return c != NULL && ok;
}
