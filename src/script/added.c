/* Commands written in Lua: rasad.command{ name=, summary=, run=function(args) ... end }. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/show.h"
#include "script/run.h"

static const char functions_key[] = "rasad.commands";

struct added {
    struct command c; /* first: the framework knows this alone */
    struct arg args[2];
    char *name, *summary, *help;
};

struct call {
    const struct command *c;
    const char *line;
    size_t n;
    struct result *out;
};

/* What the function returned, as data and as text. */
static void show_result(lua_State *L, struct result *out, int i)
{
    script_add_data(L, i, &out->arena, out->data, "value");
    const struct tensor *t = script_test_tensor(L, i);
    if (t != NULL) {
        show_tensor(script_of(L)->session, out, NULL, NULL, t, 0);
        return;
    }
    const char *text = script_show(L, i);
    for (size_t n;; text += n + 1) {
        n = strcspn(text, "\n");
        out_line(out, TONE_PLAIN, "%.*s", (int)n, text);
        if (text[n] == 0)
            break;
    }
}

static int call_function(lua_State *L)
{
    const struct call *x = lua_touserdata(L, 1);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, functions_key);
    lua_getfield(L, -1, x->c->name);
    lua_pushlstring(L, x->line != NULL ? x->line : "", x->n);
    lua_call(L, 1, 1);
    if (!lua_isnil(L, -1))
        show_result(L, x->out, lua_gettop(L));
    return 0;
}

static bool exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct call x = {.c = args_command(a), .out = out};
    x.line = args_text(a, "args", &x.n);
    return script_leave(s->script, script_call(s->script, call_function, &x, e), e);
}

static void release(const struct command *c)
{
    struct added *x = (struct added *)(uintptr_t)c;
    free(x->name);
    free(x->summary);
    free(x->help);
    free(x);
}

/* rasad.add_command(name, summary, help, function(line)): the prelude splits the line into
 * words. */
int script_add_command(lua_State *L)
{
    struct script *sc = script_of(L);
    const char *name = luaL_checkstring(L, 1), *summary = luaL_checkstring(L, 2),
               *help = luaL_checkstring(L, 3);
    luaL_checktype(L, 4, LUA_TFUNCTION);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, functions_key);
    lua_getfield(L, -1, name); /* to be put back when the name is refused */
    lua_pushvalue(L, 4);
    lua_setfield(L, -3, name);
    struct added *x = mem_alloc(sizeof *x);
    x->name = mem_strdup(name);
    x->summary = mem_strdup(summary);
    x->help = mem_strdup(help);
    x->args[0] =
        (struct arg){.name = "args", .kind = ARG_REST, .help = "arguments", .optional = true};
    x->c = (struct command){.name = x->name,
                            .group = GROUP_LUA,
                            .args = x->args,
                            .summary = x->summary,
                            .help = x->help,
                            .exec = exec};
    struct err e = ERR_INIT;
    if (command_add(sc->session, &x->c, release, &e))
        return 0;
    release(&x->c);
    lua_setfield(L, -2, name);
    return script_throw(L, &e);
}
