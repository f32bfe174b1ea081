/* Values as text, and the part of the API that is written in Lua. */
#include "script/internal.h"

extern const char script_prelude_lua[];
extern const size_t script_prelude_lua_len;

static const char show_key[] = "rasad.show";

const char *script_show(lua_State *L, int i)
{
    i = lua_absindex(L, i);
    lua_getfield(L, LUA_REGISTRYINDEX, show_key);
    lua_pushvalue(L, i);
    lua_call(L, 1, 1);
    return luaL_checkstring(L, -1);
}

void script_open_prelude(lua_State *L)
{
    if (luaL_loadbufferx(L, script_prelude_lua, script_prelude_lua_len, "=prelude", "t") != LUA_OK)
        lua_error(L);
    lua_call(L, 0, 0);
    lua_getglobal(L, "rasad");
    lua_getfield(L, -1, "show");
    lua_setfield(L, LUA_REGISTRYINDEX, show_key);
    lua_pop(L, 1);
}
