/* Userdata that own C things: guards for scratch memory, and the tensor box. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/internal.h"

struct guard {
    void *p;
    void (*release)(void *p);
};

static int close_guard(lua_State *L)
{
    struct guard *g = lua_touserdata(L, 1);
    if (g->p != NULL)
        g->release(g->p);
    g->p = NULL;
    return 0;
}

void **script_guard(lua_State *L, void (*release)(void *p))
{
    struct guard *g = lua_newuserdatauv(L, sizeof *g, 0);
    *g = (struct guard){NULL, release};
    luaL_setmetatable(L, GUARD_MT);
    return &g->p;
}

static void free_str(void *p)
{
    str_release(p);
    free(p);
}

struct str *script_str(lua_State *L)
{
    void **slot = script_guard(L, free_str);
    struct str *s = mem_alloc(sizeof *s);
    *s = (struct str)STR_INIT;
    *slot = s;
    return s;
}

void script_open_box(lua_State *L)
{
    luaL_newmetatable(L, GUARD_MT);
    lua_pushcfunction(L, close_guard);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, close_guard);
    lua_setfield(L, -2, "__close");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

/* ---- tensors --------------------------------------------------------------------------------- */

enum { TELL_BYTES = 64 << 10 }; /* the collector is told of tensor memory in steps of this */

struct tensor *script_push_box(lua_State *L)
{
    struct tensor *t = lua_newuserdatauv(L, sizeof *t, 0);
    memset(t, 0, sizeof *t);
    luaL_setmetatable(L, TENSOR_MT);
    return t;
}

/* Big buffers are invisible to the collector, which would let them pile up. */
static void tell(lua_State *L, size_t bytes)
{
    struct script *sc = script_of(L);
    sc->tensor_bytes += bytes;
    if (sc->tensor_bytes < TELL_BYTES)
        return;
    size_t kb = sc->tensor_bytes >> 10;
    sc->tensor_bytes = 0;
    lua_gc(L, LUA_GCSTEP, kb > 1 << 20 ? 1 << 20 : (int)kb);
}

int script_push_view(lua_State *L, const struct tensor *t)
{
    if (t->ndim == 0) {
        lua_pushnumber(L, tensor_get(t, NULL));
        return 1;
    }
    struct tensor *box = script_push_box(L); /* the caller's tensor lives on the stack or in C */
    *box = tensor_ref(t);
    return 1;
}

struct tensor *script_push_new(lua_State *L, int ndim, const int64_t *shape,
                               const struct tensor *like)
{
    struct tensor names;
    if (like != NULL)
        names = *like;
    struct tensor *box = script_push_box(L);
    struct err e = ERR_INIT;
    if (!tensor_new(box, DT_F32, ndim, shape, "a tensor", &e)) {
        script_throw(L, &e);
        return NULL;
    }
    if (like != NULL)
        memcpy(box->axis, names.axis, sizeof box->axis);
    tell(L, (size_t)tensor_count(box) * sizeof(float));
    return box;
}

struct tensor *script_test_tensor(lua_State *L, int i)
{
    struct tensor *t = luaL_testudata(L, i, TENSOR_MT);
    if (t == NULL && luaL_testudata(L, i, SITE_MT) != NULL) {
        i = lua_absindex(L, i);
        if (luaL_getmetafield(L, i, "value") == LUA_TNIL)
            return NULL;
        lua_pushvalue(L, i);
        lua_call(L, 1, 1);
        lua_replace(L, i);
        t = luaL_testudata(L, i, TENSOR_MT);
    }
    if (t != NULL && t->ndim < 0)
        luaL_argerror(
            L, i,
            "this tensor was lent to a hook; what is to stay must be copied there: t:clone()");
    if (t != NULL && t->data == NULL)
        luaL_argerror(L, i, "this tensor is closed");
    return t;
}

struct tensor *script_check_tensor(lua_State *L, int i)
{
    struct tensor *t = script_test_tensor(L, i);
    if (t == NULL)
        luaL_typeerror(L, i, "tensor");
    return t;
}
