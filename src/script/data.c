/* Between what commands return and Lua values. */
#include <math.h>
#include <string.h>

#include "script/internal.h"

enum { DATA_DEPTH = 16 };

void script_push_data(lua_State *L, const struct data *d)
{
    luaL_checkstack(L, 4, "data");
    switch (d->kind) {
    case DATA_NULL:
        lua_pushnil(L);
        break;
    case DATA_BOOL:
        lua_pushboolean(L, d->u.b);
        break;
    case DATA_INT:
        lua_pushinteger(L, d->u.i);
        break;
    case DATA_NUM:
        lua_pushnumber(L, d->u.d);
        break;
    case DATA_STR:
        lua_pushlstring(L, d->u.str.s, d->u.str.n);
        break;
    case DATA_TENSOR:
        script_push_view(L, d->u.t);
        break;
    case DATA_LIST:
    case DATA_MAP: {
        lua_Integer i = 0;
        lua_newtable(L);
        for (const struct data *m = d->first; m != NULL; m = m->next) {
            script_push_data(L, m);
            if (d->kind == DATA_MAP)
                lua_setfield(L, -2, m->key);
            else
                lua_rawseti(L, -2, ++i);
        }
        break;
    }
    }
}

static void add(lua_State *L, int i, struct arena *a, struct data *to, const char *key, int depth);

static void add_table(lua_State *L, int i, struct arena *a, struct data *to, const char *key,
                      int depth)
{
    size_t n = lua_rawlen(L, i);
    luaL_checkstack(L, 8, "data");
    if (depth == DATA_DEPTH) { /* also a table that holds itself */
        data_add_str(a, to, key, "...");
        return;
    }
    if (n > 0) {
        struct data *list = data_add_list(a, to, key);
        for (size_t k = 1; k <= n; k++) {
            lua_rawgeti(L, i, (lua_Integer)k);
            add(L, lua_gettop(L), a, list, NULL, depth + 1);
            lua_pop(L, 1);
        }
        return;
    }
    struct data *map = data_add_map(a, to, key);
    for (lua_pushnil(L); lua_next(L, i) != 0; lua_pop(L, 1)) {
        int value = lua_gettop(L);
        const char *name = luaL_tolstring(L, value - 1, NULL);
        add(L, value, a, map, arena_strdup(a, name), depth + 1);
        lua_pop(L, 1);
    }
}

static void add(lua_State *L, int i, struct arena *a, struct data *to, const char *key, int depth)
{
    size_t n;
    const struct tensor *t;
    switch (lua_type(L, i)) {
    case LUA_TNIL:
        data_add_null(a, to, key);
        return;
    case LUA_TBOOLEAN:
        data_add_bool(a, to, key, lua_toboolean(L, i));
        return;
    case LUA_TNUMBER:
        if (lua_isinteger(L, i))
            data_add_int(a, to, key, lua_tointeger(L, i));
        else
            data_add_num(a, to, key, lua_tonumber(L, i));
        return;
    case LUA_TSTRING: {
        const char *s = lua_tolstring(L, i, &n);
        data_add_strn(a, to, key, s, n);
        return;
    }
    case LUA_TTABLE:
        add_table(L, i, a, to, key, depth);
        return;
    default:
        t = luaL_testudata(L, i, TENSOR_MT);
        if (t != NULL && t->data != NULL) {
            data_add_tensor(a, to, key, t);
            return;
        }
        const char *s = luaL_tolstring(L, i, &n);
        data_add_strn(a, to, key, s, n);
        lua_pop(L, 1);
    }
}

void script_add_data(lua_State *L, int i, struct arena *a, struct data *to, const char *key)
{
    add(L, lua_absindex(L, i), a, to, key, 0);
}
