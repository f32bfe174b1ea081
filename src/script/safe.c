/* What keeps the session whole whatever a script does: a bound on memory, interrupts that nothing
 * can swallow, and library functions that would end the program or hide an interrupt replaced. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "script/internal.h"

enum { POLL_COUNT = 10000 }; /* instructions between two looks at the flag */

void *script_alloc(void *ud, void *p, size_t old, size_t n)
{
    struct script_memory *m = ud;
    if (p == NULL)
        old = 0;
    if (n == 0) {
        m->used -= old;
        free(p);
        return NULL;
    }
    m->calls++;
    if (m->fail_at > 0 && m->calls >= m->fail_at && n > old)
        return NULL;
    if (n > old && (m->used - old > m->limit || n > m->limit - (m->used - old)))
        return NULL;
    void *q = realloc(p, n);
    if (q != NULL)
        m->used = m->used - old + n;
    return q;
}

/* ---- interrupts ------------------------------------------------------------------------------ */

/* Once raised, every further instruction raises again, so that no loop round a catching function
 * goes on; new coroutines inherit the hook. */
static void on_count(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    bool stop = interrupted() || script_of(L)->quitting;
    int count = stop ? 1 : POLL_COUNT;
    if (lua_gethookcount(L) != count)
        lua_sethook(L, on_count, LUA_MASKCOUNT, count);
    if (stop)
        script_interrupt(L);
}

void script_watch_interrupts(lua_State *L)
{
    lua_sethook(L, on_count, LUA_MASKCOUNT, POLL_COUNT);
}

static bool is_stop(lua_State *L, int i)
{
    struct script *sc = script_of(L);
    return lua_touserdata(L, i) == &sc->mark || interrupted() || sc->quitting;
}

/* Results of a protected call: true and values, or false and the error; an interrupt goes on. */
static int finish(lua_State *L, int status, lua_KContext extra)
{
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - (int)extra;
    if (is_stop(L, -1))
        return script_interrupt(L);
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    return 2;
}

static int safe_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    return finish(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish), 0);
}

static int safe_xpcall(lua_State *L)
{
    int n = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2); /* f handler true f args */
    return finish(L, lua_pcallk(L, n - 2, LUA_MULTRET, 2, 2, finish), 2);
}

/* Calls the library's own function (upvalue 1), which answers false and an error for a failure. */
static int pass_on_stop(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    if (lua_gettop(L) > 0 && !lua_toboolean(L, 1) && is_stop(L, lua_gettop(L)))
        return script_interrupt(L);
    return lua_gettop(L);
}

/* ---- replaced functions ---------------------------------------------------------------------- */

static int safe_exit(lua_State *L)
{
    struct script *sc = script_of(L);
    if (lua_isboolean(L, 1))
        sc->quit_status = lua_toboolean(L, 1) ? 0 : 1;
    else
        sc->quit_status = (int)(luaL_optinteger(L, 1, 0) & 0xFF);
    sc->quitting = true;
    return script_interrupt(L);
}

static void write_text(struct script *sc, const char *s, size_t n)
{
    if (sc->output.write != NULL)
        sc->output.write(sc->output.ud, s, n);
    else
        fwrite(s, 1, n, stdout);
}

static int print(lua_State *L)
{
    int n = lua_gettop(L);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (int i = 1; i <= n; i++) {
        if (i > 1)
            luaL_addchar(&b, '\t');
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&b);
    }
    luaL_addchar(&b, '\n');
    luaL_pushresult(&b);
    size_t len;
    const char *s = lua_tolstring(L, -1, &len);
    write_text(script_of(L), s, len);
    return 0;
}

static void wrap(lua_State *L, const char *library, const char *name)
{
    lua_getglobal(L, library);
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, pass_on_stop, 1);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void script_open_safe(lua_State *L)
{
    static const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base},
                                         {LUA_COLIBNAME, luaopen_coroutine},
                                         {LUA_TABLIBNAME, luaopen_table},
                                         {LUA_IOLIBNAME, luaopen_io},
                                         {LUA_OSLIBNAME, luaopen_os},
                                         {LUA_STRLIBNAME, luaopen_string},
                                         {LUA_MATHLIBNAME, luaopen_math},
                                         {LUA_UTF8LIBNAME, luaopen_utf8},
                                         {NULL, NULL}};
    for (const luaL_Reg *r = libraries; r->func != NULL; r++) {
        luaL_requiref(L, r->name, r->func, 1);
        lua_pop(L, 1);
    }
    lua_register(L, "pcall", safe_pcall);
    lua_register(L, "xpcall", safe_xpcall);
    lua_register(L, "print", print);
    wrap(L, "coroutine", "resume");
    wrap(L, "coroutine", "close");
    lua_getglobal(L, "os");
    lua_pushcfunction(L, safe_exit);
    lua_setfield(L, -2, "exit");
    lua_pop(L, 1);
}
