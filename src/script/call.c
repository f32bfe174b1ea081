/* Errors between Lua and the layers below, and the one way in: protected calls with a traceback. */
#include <stdio.h>
#include <string.h>

#include "base/interrupt.h"
#include "script/internal.h"

int script_interrupt(lua_State *L)
{
    lua_pushlightuserdata(L, &script_of(L)->mark);
    return lua_error(L);
}

int script_throw(lua_State *L, const struct err *e)
{
    if (e->kind == ERR_INTERRUPT)
        return script_interrupt(L);
    luaL_where(L, 1);
    lua_pushstring(L, e->msg);
    if (e->hint[0] != 0)
        lua_pushfstring(L, " (%s)", e->hint);
    lua_concat(L, e->hint[0] != 0 ? 3 : 2);
    return lua_error(L);
}

/* Lines of the calls that were under way, C functions left out unless the setting asks for them. */
static void trace(lua_State *L, struct script *sc)
{
    bool full = sc->session->settings.number[SET_TRACEBACK] == 1;
    lua_Debug ar;
    int shown = 0;
    str_clear(&sc->traceback);
    for (int level = 1; lua_getstack(L, level, &ar) && shown < 20; level++) {
        lua_getinfo(L, "Slnt", &ar);
        if (*ar.what == 'C' && !full)
            continue;
        str_add(&sc->traceback, "  ");
        str_add_visible(&sc->traceback, ar.short_src, strlen(ar.short_src));
        str_addc(&sc->traceback, ':');
        if (ar.currentline > 0)
            str_addf(&sc->traceback, "%d:", ar.currentline);
        if (*ar.namewhat != 0)
            str_addf(&sc->traceback, " in %s '%s'\n", ar.namewhat, ar.name);
        else if (*ar.what == 'm')
            str_add(&sc->traceback, " in the main chunk\n");
        else
            str_add(&sc->traceback, *ar.what == 'C' ? " in a C function\n" : " in a function\n");
        shown++;
    }
    if (shown < 2 && !full)
        str_clear(&sc->traceback);
}

/* "attempt to call a nil value (global 'pritn')": the global that may be meant is added. */
static void add_nearest(lua_State *L)
{
    const char *msg = lua_tostring(L, 1), *at = strstr(msg, "(global '");
    char name[64];
    if (at == NULL || strstr(msg, "a nil value") == NULL)
        return;
    size_t n = strcspn(at + 9, "'");
    if (n >= sizeof name)
        return;
    memcpy(name, at + 9, n);
    name[n] = 0;
    lua_pushglobaltable(L);
    const char *meant = script_nearest(L, name);
    if (meant == NULL)
        return;
    lua_pushfstring(L, "%s; did you mean '%s'?", msg, meant);
    lua_replace(L, 1);
}

/* Message handler: any value becomes text here, where memory may still be asked for. */
static int on_error(lua_State *L)
{
    struct script *sc = script_of(L);
    if (lua_touserdata(L, 1) == &sc->mark)
        return 1;
    if (lua_type(L, 1) != LUA_TSTRING) {
        if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING)
            lua_replace(L, 1);
        else
            lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1)),
                lua_replace(L, 1);
    }
    trace(L, sc);
    add_nearest(L);
    lua_settop(L, 1);
    return 1;
}

/* lua_pcall with the handler that notes the traceback. */
static int protected_call(lua_State *L, int nargs, int nresults)
{
    int base = lua_gettop(L) - nargs;
    lua_pushcfunction(L, on_error);
    lua_insert(L, base);
    int status = lua_pcall(L, nargs, nresults, base);
    lua_remove(L, base);
    return status;
}

/* The further lines of a message, safe for a terminal. */
static void add_lines(struct str *out, const char *text)
{
    while (text != NULL && text[1] != 0) {
        size_t n = strcspn(++text, "\n");
        str_add_visible(out, text, n);
        str_addc(out, '\n');
        text = strchr(text, '\n');
    }
}

/* Turns the error value on top (popped) into e; returns false. */
static bool failed(struct script *sc, lua_State *L, int status, struct err *e)
{
    bool stopped = lua_touserdata(L, -1) == &sc->mark;
    const char *msg =
        lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "an error without a message";
    str_clear(&sc->detail);
    if (stopped) {
        err_set(e, ERR_INTERRUPT, "interrupted");
    } else if (status == LUA_ERRMEM) {
        err_set(e, ERR_INTERNAL, "out of memory: the script holds %.1f MiB and may hold %.1f MiB",
                (double)sc->memory.used / (1 << 20), (double)sc->memory.limit / (1 << 20));
        err_hint(e, "set memory raises the limit of the next start");
    } else {
        const char *line = strchr(msg, '\n');
        int n = line != NULL ? (int)(line - msg) : (int)strlen(msg);
        err_set(e, ERR_COMMAND, "%.*s", n, msg);
        add_lines(&sc->detail, line);
        str_add(&sc->detail, sc->traceback.s);
    }
    str_clear(&sc->traceback);
    lua_pop(L, 1);
    return false;
}

bool script_call(struct script *sc, lua_CFunction f, void *ud, struct err *e)
{
    lua_State *L = sc->now != NULL ? sc->now : sc->L, *outer = sc->now;
    if (!lua_checkstack(L, 8))
        return err_set(e, ERR_COMMAND, "calls are nested too deeply");
    if (outer == NULL)
        script_watch_interrupts(L);
    sc->now = L;
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, ud);
    int status = protected_call(L, 1, 0);
    sc->now = outer;
    if (status == LUA_OK)
        return true;
    failed(sc, L, status, e);
    if (status == LUA_ERRMEM && outer == NULL)
        lua_gc(L, LUA_GCCOLLECT); /* string buffers ask for memory without collecting first */
    return false;
}

/* os.exit in a script leaves as the shell's quit does. */
bool script_leave(struct script *sc, bool ok, struct err *e)
{
    if (ok || !sc->quitting || sc->now != NULL)
        return ok;
    char status[16];
    const char *const argv[] = {status};
    struct result out;
    snprintf(status, sizeof status, "%d", sc->quit_status);
    sc->quitting = false;
    err_clear(e);
    const struct command *quit = command_find(sc->session, "quit", &(int){0}, e);
    result_init(&out);
    ok = quit != NULL && command_call(sc->session, quit, 1, argv, &out, e);
    result_release(&out);
    return ok;
}
