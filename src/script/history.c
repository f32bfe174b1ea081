/* The value history behind $, $1, $$2. */
#include "script/internal.h"

enum { HISTORY_KEPT = 1000 };
static const char history_key[] = "rasad.history";

int64_t script_remember(lua_State *L)
{
    struct script *sc = script_of(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, history_key);
    lua_insert(L, -2);
    lua_rawseti(L, -2, sc->nhistory + 1);
    if (sc->nhistory >= HISTORY_KEPT) {
        lua_pushnil(L);
        lua_rawseti(L, -2, sc->nhistory + 1 - HISTORY_KEPT);
    }
    lua_pop(L, 1);
    return ++sc->nhistory;
}

/* __history(n): value number n; 0 and less count back from the last. */
static int look_up(lua_State *L)
{
    struct script *sc = script_of(L);
    lua_Integer n = luaL_checkinteger(L, 1), at = n > 0 ? n : sc->nhistory + n;
    if (sc->nhistory == 0)
        return luaL_error(L, "the value history is empty");
    luaL_getsubtable(L, LUA_REGISTRYINDEX, history_key);
    if (at < 1 || at > sc->nhistory)
        return luaL_error(L, "$%I: the history has the values $1-$%I",
                          (LUAI_UACINT)(n > 0 ? n : at), (LUAI_UACINT)sc->nhistory);
    if (lua_rawgeti(L, -1, at) == LUA_TNIL)
        return luaL_error(L, "$%I is no longer kept: the last %d values are", (LUAI_UACINT)at,
                          HISTORY_KEPT);
    return 1;
}

void script_open_history(lua_State *L)
{
    lua_pushcfunction(L, look_up);
    lua_setglobal(L, "__history");
}
