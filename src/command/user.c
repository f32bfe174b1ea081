/* Aliases, and commands made at run time. */
#include "command/user.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/internal.h"

enum { ALIAS_DEPTH = 16 }; /* aliases of aliases */

struct user *user_of(struct session *s)
{
    if (!s->user)
        s->user = mem_alloc(sizeof(struct user));
    return s->user;
}

static bool check_name(const char *name, struct err *e)
{
    size_t n = strcspn(name, " \t/\"'#;|>=!?\\");
    if (n > 0 && !name[n] && n <= 40 && name[0] != '-' && (name[0] < '0' || name[0] > '9'))
        return true;
    err_set(e, ERR_COMMAND, "'%.60s' cannot be the name of a command", name);
    return err_hint(e, "a name has letters, digits and '-', and begins with a letter");
}

static bool taken(const char *name)
{
    for (size_t i = 0; commands[i]; i++) {
        const char *second;
        size_t n = name_first(commands[i]->name, &second);
        if (strlen(name) == n && memcmp(commands[i]->name, name, n) == 0)
            return true;
    }
    return false;
}

bool command_alias(struct session *s, const char *name, const char *text, struct err *e)
{
    struct user *u = user_of(s);
    size_t i = 0;
    while (i < u->naliases && strcmp(u->aliases[i].name, name) != 0)
        i++;
    if (!text) {
        if (i == u->naliases)
            return err_set(e, ERR_COMMAND, "there is no alias '%.60s'", name);
        free(u->aliases[i].name);
        free(u->aliases[i].text);
        memmove(u->aliases + i, u->aliases + i + 1, (--u->naliases - i) * sizeof *u->aliases);
        return true;
    }
    if (!check_name(name, e))
        return false;
    if (taken(name)) {
        err_set(e, ERR_COMMAND, "'%s' is a command; an alias needs another name", name);
        return false;
    }
    if (i == u->naliases)
        ARRAY_PUSH(u->aliases, u->naliases, u->aliases_cap) =
            (struct alias){.name = mem_strdup(name)};
    free(u->aliases[i].text);
    u->aliases[i].text = mem_strdup(text);
    return true;
}

bool command_alias_at(struct session *s, size_t i, const char **name, const char **text)
{
    const struct user *u = s->user;
    if (!u || i >= u->naliases)
        return false;
    *name = u->aliases[i].name;
    *text = u->aliases[i].text;
    return true;
}

static const char *alias_text(const struct user *u, const char *word, size_t n)
{
    for (size_t i = 0; i < u->naliases; i++)
        if (strlen(u->aliases[i].name) == n && memcmp(u->aliases[i].name, word, n) == 0)
            return u->aliases[i].text;
    return NULL;
}

bool command_expand(struct session *s, struct arena *a, const char **line, struct err *e)
{
    const struct user *u = s->user;
    for (int depth = 0; u; depth++) {
        size_t at = line_skip(*line, 0), n = strcspn(*line + at, " \t\r\n/;|>");
        const char *text = n ? alias_text(u, *line + at, n) : NULL;
        if (!text)
            break;
        if (depth == ALIAS_DEPTH)
            return err_set(e, ERR_COMMAND, "the alias '%.*s' stands for itself", (int)n,
                           *line + at);
        *line = arena_printf(a, "%s%s", text, *line + at + n);
    }
    return true;
}

bool command_add(struct session *s, const struct command *c,
                 void (*release)(const struct command *c), struct err *e)
{
    struct user *u = user_of(s);
    if (!check_name(c->name, e))
        return false;
    if (taken(c->name))
        return err_set(e, ERR_COMMAND, "'%s' is a command already", c->name);
    struct added fresh = {.command = c, .release = release};
    for (size_t i = 0; i < u->nadded; i++) {
        if (strcmp(u->added[i].command->name, c->name) != 0)
            continue;
        ARRAY_PUSH(u->replaced, u->nreplaced, u->replaced_cap) = u->added[i];
        u->added[i] = fresh;
        return true;
    }
    ARRAY_PUSH(u->added, u->nadded, u->added_cap) = fresh;
    return true;
}

const struct command *command_added(struct session *s, size_t i)
{
    const struct user *u = s->user;
    return u && i < u->nadded ? u->added[i].command : NULL;
}

void command_release(struct session *s)
{
    struct user *u = s->user;
    if (!u)
        return;
    for (size_t i = 0; i < u->naliases; i++) {
        free(u->aliases[i].name);
        free(u->aliases[i].text);
    }
    for (size_t i = 0; i < u->nadded; i++)
        if (u->added[i].release)
            u->added[i].release(u->added[i].command);
    for (size_t i = 0; i < u->nreplaced; i++)
        if (u->replaced[i].release)
            u->replaced[i].release(u->replaced[i].command);
    if (u->shown)
        shown_release(u->shown);
    free(u->shown);
    free(u->aliases);
    free(u->added);
    free(u->replaced);
    free(u);
    s->user = NULL;
}
