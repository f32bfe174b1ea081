/* Completion of Lua: global names, and the fields of what a path of names leads to. Nothing is
 * called: tables are read raw, userdata through the methods of their metatable. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/internal.h"

enum { MOST = 500 };

struct completion {
    const char *path; /* "rasad.mod": what is typed of the path */
    size_t n, word;   /* its bytes; where the last name begins */
    struct arena *a;
    struct candidate *list;
    size_t count, cap;
};

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Replaces the value on top by the table of its fields; false when it has none that can be
 * listed. */
static bool fields(lua_State *L)
{
    if (lua_istable(L, -1))
        return true;
    if (lua_type(L, -1) == LUA_TSTRING) {
        lua_pop(L, 1);
        lua_getglobal(L, "string");
        return lua_istable(L, -1);
    }
    if (luaL_getmetafield(L, -1, "__index") == LUA_TNIL)
        return false;
    if (lua_isfunction(L, -1) && lua_getupvalue(L, -1, 1) != NULL)
        lua_remove(L, -2);
    lua_remove(L, -2);
    return lua_istable(L, -1);
}

/* First line of the documentation of the value on top, without its own name; "" = none. */
static const char *about(lua_State *L, struct arena *a)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "rasad.docs");
    lua_pushvalue(L, -2);
    lua_rawget(L, -2);
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    const char *line = text != NULL ? strchr(text, '\n') : NULL;
    const char *copy =
        line != NULL ? arena_strdup(a, line + 1 + strspn(line + 1, " ")) : luaL_typename(L, -3);
    lua_pop(L, 2);
    return copy;
}

static void add(struct completion *x, const char *name, const char *text)
{
    if (x->count == x->cap) {
        size_t cap = x->cap > 0 ? 2 * x->cap : 32;
        struct candidate *more = arena_alloc(x->a, cap * sizeof *more);
        if (x->count > 0)
            memcpy(more, x->list, x->count * sizeof *more);
        x->list = more;
        x->cap = cap;
    }
    x->list[x->count++] =
        (struct candidate){.text = arena_strdup(x->a, name), .about = text, .open = true};
}

static bool known(const struct completion *x, const char *name)
{
    for (size_t i = 0; i < x->count; i++)
        if (strcmp(x->list[i].text, name) == 0)
            return true;
    return false;
}

/* Commands are fields of rasad that its metatable finds. */
static void add_commands(struct completion *x, const char *word, size_t n)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        char *name = arena_strdup(x->a, commands[i]->name);
        for (char *p = name; *p != 0; p++)
            *p = *p == ' ' || *p == '-' ? '_' : *p;
        if ((commands[i]->flags & CMD_SHELL) == 0 && strncmp(name, word, n) == 0 && !known(x, name))
            add(x, name, commands[i]->summary);
    }
}

static int complete(lua_State *L)
{
    struct completion *x = lua_touserdata(L, 1);
    lua_pushglobaltable(L);
    size_t at = 0;
    while (at < x->word) {
        size_t n = 0;
        while (name_char(x->path[at + n]))
            n++;
        lua_pushlstring(L, x->path + at, n);
        lua_rawget(L, -2);
        lua_remove(L, -2);
        if (!fields(L))
            return 0;
        at += n + 1;
    }
    const char *word = x->path + x->word;
    size_t n = x->n - x->word;
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || x->count >= MOST)
            continue;
        const char *name = lua_tostring(L, -2);
        if (strncmp(name, word, n) == 0 && (n > 0 || name[0] != '_'))
            add(x, name, about(L, x->a));
    }
    lua_getglobal(L, "rasad");
    if (lua_rawequal(L, -1, -2))
        add_commands(x, word, n);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct candidate *)a)->text, ((const struct candidate *)b)->text);
}

struct candidate *script_complete(struct script *sc, struct arena *a, const char *text, size_t n,
                                  size_t *word_start, size_t *count)
{
    size_t from = n, word = n;
    while (word > 0 && name_char(text[word - 1]))
        word--;
    for (from = word; from > 1 && (text[from - 1] == '.' || text[from - 1] == ':') &&
                      name_char(text[from - 2]);) {
        from--;
        while (from > 0 && name_char(text[from - 1]))
            from--;
    }
    struct completion x = {.path = arena_strndup(a, text + from, n - from),
                           .n = n - from,
                           .word = word - from,
                           .a = a};
    *word_start = word;
    *count = 0;
    /* After "]." or ")." the value is not known without running something. */
    if (from == word && word > 0 && (text[word - 1] == '.' || text[word - 1] == ':'))
        return NULL;
    struct err ignored = ERR_INIT;
    if (!script_call(sc, complete, &x, &ignored))
        return NULL;
    if (x.count > 0)
        qsort(x.list, x.count, sizeof *x.list, by_name);
    *count = x.count;
    return x.list;
}
