/* The global table `rasad`: what is open, and every command as a function. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/term.h"
#include "script/run.h"

/* ---- commands -------------------------------------------------------------------------------- */

static void free_result(void *p)
{
    result_release(p);
    free(p);
}

/* A command that moves the present run cannot be called from inside one of its hooks. */
static void check_outside(lua_State *L)
{
    if (script_of(L)->asked > 0)
        luaL_error(L, "commands cannot run inside a condition or a watch");
    script_push_present(L);
    if (script_test_run(L, -1)->inside > 0)
        luaL_error(L, "commands cannot run inside a hook of the present run");
    lua_pop(L, 1);
}

/* upvalue 1: the guard of the result. The picture that the shell would have shown. */
static int result_text(lua_State *L)
{
    struct result **slot = lua_touserdata(L, lua_upvalueindex(1));
    struct str *text = script_str(L);
    struct style style = script_style(script_of(L));
    term_result(text, *slot, &style);
    while (text->len > 0 && text->s[text->len - 1] == '\n')
        str_truncate(text, text->len - 1);
    lua_pushlstring(L, text->s, text->len);
    return 1;
}

/* The data of the result whose guard is at stack index i, as a table that prints like the
 * command. */
static int push_result(lua_State *L, int i, const struct result *r)
{
    script_push_data(L, r->data);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, i);
    lua_pushcclosure(L, result_text, 1);
    lua_setfield(L, -2, "__tostring");
    lua_setmetatable(L, -2);
    return 1;
}

static struct result *new_result(lua_State *L)
{
    void **slot = script_guard(L, free_result);
    struct result *r = *slot = mem_alloc(sizeof *r);
    result_init(r);
    return r;
}

static int finish(lua_State *L, lua_State *outer, bool ok, int guard, const struct result *r,
                  const struct err *e)
{
    script_of(L)->now = outer;
    return ok ? push_result(L, guard, r) : script_throw(L, e);
}

/* rasad.cmd("attn enc.0.self h3") */
static int run_text(lua_State *L)
{
    struct script *sc = script_of(L);
    const char *line = luaL_checkstring(L, 1);
    check_outside(L);
    struct result *r = new_result(L);
    int guard = lua_gettop(L);
    const struct command *ran = NULL;
    struct err e = ERR_INIT;
    lua_State *outer = sc->now;
    sc->now = L;
    bool ok = command_run(sc->session, line, false, r, &ran, &e);
    return finish(L, outer, ok, guard, r, &e);
}

/* Options of a table: { head = 3, flag = true } become --head 3 --flag, or fill positional
 * arguments of that name. */
struct call {
    const char **argv;
    int argc;
};

static const struct arg *find_arg(const struct command *c, const char *key)
{
    for (const struct arg *a = c->args; a != NULL && a->name != NULL; a++) {
        const char *name = strncmp(a->name, "--", 2) == 0 ? a->name + 2 : a->name;
        size_t i = 0;
        while (name[i] != 0 && (name[i] == key[i] || (name[i] == '-' && key[i] == '_')))
            i++;
        if (name[i] == 0 && key[i] == 0)
            return a;
    }
    return NULL;
}

static void add_option(lua_State *L, const struct command *c, struct call *call, int value)
{
    const char *key = lua_tostring(L, value - 1);
    const struct arg *a = find_arg(c, key);
    if (a == NULL)
        luaL_error(L, "%s has no argument '%s'", c->name, key);
    if (lua_isboolean(L, value) && !lua_toboolean(L, value))
        return;
    if (strncmp(a->name, "--", 2) == 0)
        call->argv[call->argc++] = a->name;
    if (a->kind != ARG_FLAG)
        call->argv[call->argc++] =
            luaL_tolstring(L, value, NULL); /* the string stays on the stack */
}

/* upvalue 1: the command. Strings that argv points to stay on the stack until the call is over. */
static int run_command(lua_State *L)
{
    struct script *sc = script_of(L);
    const struct command *c = lua_touserdata(L, lua_upvalueindex(1));
    int n = lua_gettop(L), options = 0;
    for (int i = 1; i <= n; i++)
        options += lua_type(L, i) == LUA_TTABLE ? (int)lua_rawlen(L, i) + 64 : 0;
    check_outside(L);
    luaL_checkstack(L, 2 * options + 2 * n + 16, "arguments");
    struct call call = {
        .argv = lua_newuserdatauv(L, (size_t)(2 * options + n + 2) * sizeof *call.argv, 0)};
    for (int i = 1; i <= n; i++) {
        if (lua_type(L, i) != LUA_TTABLE) {
            call.argv[call.argc++] = luaL_tolstring(L, i, NULL);
            continue;
        }
        int members = (int)lua_rawlen(L, i), named = 0;
        for (int k = 1; k <= members; k++) { /* f{"enc.0.self", head = 3}, f{5, 6, 7} */
            lua_rawgeti(L, i, k);
            call.argv[call.argc++] = luaL_tolstring(L, -1, NULL);
        }
        lua_pushnil(L);
        while (lua_next(L, i) != 0) {
            int value = lua_gettop(L);
            if (lua_type(L, value - 1) == LUA_TSTRING) {
                if (++named > 60)
                    return luaL_error(L, "too many options");
                add_option(L, c, &call, value);
                lua_pushvalue(L, value - 1); /* the key on top, what argv needs stays below */
            } else {
                lua_settop(L, value - 1);
            }
        }
    }
    struct result *r = new_result(L);
    int guard = lua_gettop(L);
    struct err e = ERR_INIT;
    lua_State *outer = sc->now;
    sc->now = L;
    bool ok = command_call(sc->session, c, call.argc, call.argv, r, &e);
    return finish(L, outer, ok, guard, r, &e);
}

/* Is that the command's name? In Lua '_' stands for a blank and for '-'; one more at the end makes
 * a name of a word of Lua (rasad.goto_). */
static bool names(const char *key, const char *name)
{
    size_t i = 0;
    while (name[i] != 0 &&
           (key[i] == name[i] || (key[i] == '_' && (name[i] == ' ' || name[i] == '-'))))
        i++;
    return name[i] == 0 && (key[i] == 0 || (i > 0 && strcmp(key + i, "_") == 0));
}

/* rasad.NAME: a command by its name, "model info" as rasad.model_info. */
static int get_index(lua_State *L)
{
    struct script *sc = script_of(L);
    const char *key = luaL_checkstring(L, 2);
    const struct command *found = NULL;
    for (size_t i = 0; found == NULL && commands[i] != NULL; i++)
        if (names(key, commands[i]->name))
            found = commands[i];
    const struct command *added;
    for (size_t i = 0; found == NULL && (added = command_added(sc->session, i)) != NULL; i++)
        if (strcmp(added->name, key) == 0)
            found = added;
    if (found == NULL || (found->flags & CMD_SHELL) != 0)
        return lua_pushnil(L), 1;
    lua_pushlightuserdata(L, (void *)(uintptr_t)found);
    lua_pushcclosure(L, run_command, 1);
    return 1;
}

/* ---- what is open ---------------------------------------------------------------------------- */

static int get_model(lua_State *L)
{
    struct session *s = script_of(L)->session;
    if (s->model == NULL)
        return luaL_error(L, "no model is open; rasad.open(FOLDER) opens one");
    script_push_model(L, s->model);
    return 1;
}

static int get_run(lua_State *L)
{
    script_push_present(L);
    return 1;
}

static void free_model(void *p)
{
    model_free(p);
}

/* A model of the script's own; the session keeps its. */
static int open_model(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    void **slot = script_guard(L, free_model);
    struct model *m = NULL;
    struct err e = ERR_INIT;
    if (!model_open(path, &m, &e))
        return script_throw(L, &e);
    *slot = m;
    script_push_model(L, m);
    return 1;
}

static int note(lua_State *L)
{
    session_note(script_of(L)->session, "%s", luaL_tolstring(L, 1, NULL));
    return 0;
}

static int progress(lua_State *L)
{
    struct session *s = script_of(L)->session;
    const char *what = luaL_checkstring(L, 1);
    double fraction = luaL_checknumber(L, 2);
    if (s->hooks.progress != NULL)
        s->hooks.progress(s->hooks.ud, what, fraction, fraction >= 1);
    return 0;
}

void script_open_rasad(lua_State *L)
{
    static const struct script_fn functions[] = {
        {"cmd", run_text, "rasad.cmd(\"attn enc.0.self h3\")",
         "runs a command line; its data as a table that prints like the command"},
        {"model", get_model, "rasad.model()", "the open model"},
        {"run", get_run, "rasad.run()",
         "the present run of the shell; model:run(text) makes runs of your own"},
        {"open", open_model, "rasad.open(path)", "opens another model; the shell keeps its own"},
        {"note", note, "rasad.note(text)", "a note on standard error"},
        {"progress", progress, "rasad.progress(what, fraction)",
         "tells how far long work is; 1 ends it"},
        {"add_command", script_add_command, NULL, NULL},
        {NULL, NULL, "", ""}};
    lua_getglobal(L, "rasad");
    script_functions(L, "rasad", functions);
    lua_pushcfunction(L, get_index);
    script_document(L, "rasad",
                    "rasad.topk(5), rasad.attn{\"enc.0.self\", head=3}, rasad.model_info()",
                    "every command of the shell is a function that returns its data; words of Lua "
                    "end in _ (rasad.goto_)");
    lua_createtable(L, 0, 1);
    lua_insert(L, -2);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
