/* Tensors in Lua: shape and axes, indexing, selection, text. A tensor never changes; what looks
 * like a change makes a new one, so that views may share the memory of runs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/show.h"
#include "script/internal.h"

/* ---- axes and indices ------------------------------------------------------------------------ */

static const char *axis_name(lua_State *L, const struct tensor *t, int axis)
{
    return t->axis[axis][0] != 0 ? t->axis[axis] : lua_pushfstring(L, "%d", axis + 1);
}

static int no_axis(lua_State *L, const char *name, const struct tensor *t)
{
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (int i = 0; i < t->ndim; i++) {
        luaL_addstring(&b, i > 0 ? " " : "");
        luaL_addstring(&b, t->axis[i][0] != 0 ? t->axis[i] : "(unnamed)");
    }
    luaL_pushresult(&b);
    return luaL_error(L, "this tensor has no axis '%s'; its axes are: %s", name,
                      lua_tostring(L, -1));
}

int script_check_axis(lua_State *L, int i, const struct tensor *t)
{
    if (lua_type(L, i) == LUA_TSTRING) {
        int axis = tensor_axis(t, lua_tostring(L, i));
        return axis >= 0 ? axis : no_axis(L, lua_tostring(L, i), t);
    }
    lua_Integer n = luaL_checkinteger(L, i);
    if (n < 0)
        n += t->ndim + 1;
    if (n < 1 || n > t->ndim)
        return luaL_error(L, "axis %I: this tensor has the axes 1-%d",
                          (LUAI_UACINT)lua_tointeger(L, i), t->ndim);
    return (int)n - 1;
}

/* 1-based index (negative: from the end) to 0-based. */
static int64_t check_index(lua_State *L, lua_Integer i, const struct tensor *t, int axis)
{
    int64_t n = t->shape[axis], at = i > 0 ? i - 1 : i < 0 ? n + i : -1;
    if (at < 0 || at >= n)
        luaL_error(L, "index %I of axis %s: the range is 1-%I", (LUAI_UACINT)i,
                   axis_name(L, t, axis), (LUAI_UACINT)n);
    return at;
}

static lua_Integer integer_at(lua_State *L, int i, const char *what)
{
    int fits;
    lua_Integer v = lua_tointegerx(L, i, &fits);
    if (!fits)
        luaL_error(L, "%s must be a whole number, not %s", what, luaL_tolstring(L, i, NULL));
    return v;
}

/* ---- selection ------------------------------------------------------------------------------- */

/* The value at the top picks from an axis: an index drops it, {from, to} cuts it. */
static struct tensor pick(lua_State *L, const struct tensor *t, int axis)
{
    if (lua_type(L, -1) != LUA_TTABLE)
        return tensor_index(t, axis, check_index(L, integer_at(L, -1, "an index"), t, axis));
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    lua_Integer from = lua_isnil(L, -2) ? 1 : integer_at(L, -2, "the first index");
    lua_Integer to = lua_isnil(L, -1) ? -1 : integer_at(L, -1, "the last index");
    lua_pop(L, 2);
    int64_t a = check_index(L, from, t, axis), b = check_index(L, to, t, axis);
    if (b < a)
        luaL_error(L, "axis %s from %I to %I: the end lies before the beginning",
                   axis_name(L, t, axis), (LUAI_UACINT)from, (LUAI_UACINT)to);
    return tensor_slice(t, axis, a, b + 1);
}

/* The part that the table at i names: { H = 2, T = {1, 3} }, axes by name or number. */
static struct tensor pick_axes(lua_State *L, const struct tensor *t, int i)
{
    bool given[TENSOR_DIMS] = {false};
    struct tensor part = *t;
    luaL_checktype(L, i, LUA_TTABLE);
    luaL_checkstack(L, 20, "selection");
    for (lua_pushnil(L); lua_next(L, i) != 0; lua_pop(L, 1))
        given[script_check_axis(L, -2, t)] = true;
    for (int axis = t->ndim - 1; axis >= 0; axis--) { /* from the last, so that numbers stay true */
        if (!given[axis])
            continue;
        lua_Integer number = axis + 1;
        if (t->axis[axis][0] == 0 || lua_getfield(L, i, t->axis[axis]) == LUA_TNIL)
            lua_rawgeti(L, i, number);
        if (lua_isnil(L, -1)) { /* given as a number from the end */
            lua_pop(L, 1);
            lua_rawgeti(L, i, number - t->ndim - 1);
        }
        part = pick(L, &part, axis);
    }
    return part;
}

static int t_sel(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    struct tensor part = pick_axes(L, t, 2);
    return script_push_view(L, &part);
}

static int t_slice(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    int axis = script_check_axis(L, 2, t);
    int64_t a = check_index(L, luaL_optinteger(L, 3, 1), t, axis),
            b = check_index(L, luaL_optinteger(L, 4, -1), t, axis);
    if (b < a)
        return luaL_error(L, "axis %s: the end lies before the beginning", axis_name(L, t, axis));
    struct tensor part = tensor_slice(t, axis, a, b + 1);
    return script_push_view(L, &part);
}

/* Decoder position n, counted from 0 as in names of sites. */
static int t_at(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    lua_Integer n = luaL_checkinteger(L, 2);
    int axis = tensor_axis(t, "T");
    if (axis < 0)
        return luaL_error(L, "this value has no axis T of decoder positions");
    if (n < 0 || n >= t->shape[axis])
        return luaL_error(L, "decoder position %I: the range is 0-%I", (LUAI_UACINT)n,
                          (LUAI_UACINT)t->shape[axis] - 1);
    struct tensor part = tensor_index(t, axis, n);
    return script_push_view(L, &part);
}

/* A new tensor with a part replaced: by a number or by a tensor of that part's shape. */
static int t_put(lua_State *L)
{
    lua_settop(L, 3);
    struct tensor *t = script_check_tensor(L, 1), *v = script_test_tensor(L, 3);
    double number = v == NULL ? luaL_checknumber(L, 3) : 0;
    struct err e = ERR_INIT;
    struct tensor *out = script_push_box(L);
    if (!tensor_to_f32(t, out, &e))
        return script_throw(L, &e);
    struct tensor part = pick_axes(L, out, 2);
    lua_settop(L, 4);
    if (v != NULL && !tensor_copy(&part, v, &e))
        return script_throw(L, &e);
    if (v == NULL) {
        /* a number in every place: a view that repeats it */
        float value = (float)number;
        struct tensor fill = part;
        fill.data = &value;
        memset(fill.stride, 0, sizeof fill.stride);
        tensor_copy(&part, &fill, &e);
    }
    return 1;
}

static int t_permute(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    int order[TENSOR_DIMS];
    bool taken[TENSOR_DIMS] = {false};
    if (lua_gettop(L) - 1 != t->ndim)
        return luaL_error(L, "permute takes all %d axes, in their new order", t->ndim);
    for (int i = 0; i < t->ndim; i++) {
        order[i] = script_check_axis(L, i + 2, t);
        if (taken[order[i]])
            return luaL_error(L, "axis %s comes twice", axis_name(L, t, order[i]));
        taken[order[i]] = true;
    }
    struct tensor p = tensor_permute(t, order);
    return script_push_view(L, &p);
}

static int t_transpose(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    if (t->ndim < 2)
        return luaL_error(L, "transpose needs two axes or more");
    int order[TENSOR_DIMS], a = t->ndim - 2, b = t->ndim - 1;
    if (!lua_isnoneornil(L, 2)) {
        a = script_check_axis(L, 2, t);
        b = script_check_axis(L, 3, t);
    }
    for (int i = 0; i < t->ndim; i++)
        order[i] = i == a ? b : i == b ? a : i;
    struct tensor p = tensor_permute(t, order);
    return script_push_view(L, &p);
}

/* Axes of length 1 dropped: all of them, or the one named. */
static int t_squeeze(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    struct tensor p = *t;
    int only = lua_isnoneornil(L, 2) ? -1 : script_check_axis(L, 2, t);
    if (only >= 0 && t->shape[only] != 1)
        return luaL_error(L, "axis %s has %I elements, not 1", axis_name(L, t, only),
                          (LUAI_UACINT)t->shape[only]);
    for (int i = t->ndim - 1; i >= 0; i--)
        if (t->shape[i] == 1 && (only < 0 || i == only))
            p = tensor_index(&p, i, 0);
    return script_push_view(L, &p);
}

/* Names the axes by the arguments from the second on; those that are left out have no name. */
static void take_names(lua_State *L, struct tensor *t)
{
    const char *names[TENSOR_DIMS];
    for (int i = 0; i < t->ndim; i++) {
        names[i] = luaL_optstring(L, i + 2, "");
        if (strlen(names[i]) >= AXIS_NAME)
            luaL_error(L, "axis name '%s' is longer than %d bytes", names[i], AXIS_NAME - 1);
    }
    tensor_set_axes(t, names);
}

/* The same numbers with other names of axes. */
static int t_named(lua_State *L)
{
    struct tensor p = *script_check_tensor(L, 1);
    take_names(L, &p);
    return script_push_view(L, &p);
}

static int t_clone(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    struct err e = ERR_INIT;
    struct tensor *out = script_push_box(L);
    return tensor_to_f32(t, out, &e) ? 1 : script_throw(L, &e);
}

static int t_item(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    int64_t at[TENSOR_DIMS] = {0}, n = tensor_count(t);
    if (n != 1)
        return luaL_error(L, "item needs a tensor of one element; this one has %I", (LUAI_UACINT)n);
    lua_pushnumber(L, tensor_get(t, at));
    return 1;
}

static void push_list(lua_State *L, const struct tensor *t)
{
    if (t->ndim == 0) {
        lua_pushnumber(L, tensor_get(t, NULL));
        return;
    }
    luaL_checkstack(L, 4, "tensor");
    lua_createtable(L, t->shape[0] < 1 << 20 ? (int)t->shape[0] : 0, 0);
    for (int64_t i = 0; i < t->shape[0]; i++) {
        struct tensor row = tensor_index(t, 0, i);
        push_list(L, &row);
        lua_rawseti(L, -2, i + 1);
    }
}

static int t_tolist(lua_State *L)
{
    push_list(L, script_check_tensor(L, 1));
    return 1;
}

/* ---- iteration ------------------------------------------------------------------------------- */

/* Steps of iter(): state is the tensor, control the index just given. */
static int next_row(lua_State *L)
{
    struct tensor *t = script_check_tensor(L, 1);
    lua_Integer i = luaL_checkinteger(L, 2);
    if (i >= t->shape[0])
        return 0;
    lua_pushinteger(L, i + 1);
    struct tensor row = tensor_index(t, 0, i);
    script_push_view(L, &row);
    return 2;
}

static int t_iter(lua_State *L)
{
    script_check_tensor(L, 1);
    lua_pushcfunction(L, next_row);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* ---- metatable ------------------------------------------------------------------------------- */

static void push_shape(lua_State *L, const struct tensor *t)
{
    lua_createtable(L, t->ndim, t->ndim);
    for (int i = 0; i < t->ndim; i++) {
        lua_pushinteger(L, t->shape[i]);
        if (t->axis[i][0] != 0) {
            lua_pushvalue(L, -1);
            lua_setfield(L, -3, t->axis[i]);
        }
        lua_rawseti(L, -2, i + 1);
    }
}

static void push_axes(lua_State *L, const struct tensor *t)
{
    lua_createtable(L, t->ndim, 0);
    for (int i = 0; i < t->ndim; i++) {
        lua_pushstring(L, t->axis[i]);
        lua_rawseti(L, -2, i + 1);
    }
}

/* upvalue 1: the methods */
static int t_index(lua_State *L)
{
    struct tensor *t = luaL_checkudata(L, 1, TENSOR_MT);
    if (lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            return 1;
        const char *key = lua_tostring(L, 2);
        t = script_check_tensor(L, 1);
        if (strcmp(key, "shape") == 0)
            return push_shape(L, t), 1;
        if (strcmp(key, "axes") == 0)
            return push_axes(L, t), 1;
        if (strcmp(key, "dtype") == 0)
            return lua_pushstring(L, dtype_name(t->dtype)), 1;
        if (strcmp(key, "ndim") == 0)
            return lua_pushinteger(L, t->ndim), 1;
        return script_no_field(L, "tensors", TENSOR_MT, key);
    }
    t = script_check_tensor(L, 1);
    lua_Integer i = integer_at(L, 2, "an index");
    if (i == t->shape[0] + 1)
        return lua_pushnil(L), 1; /* so that ipairs ends */
    struct tensor row = tensor_index(t, 0, check_index(L, i, t, 0));
    return script_push_view(L, &row);
}

static int newindex(lua_State *L)
{
    return luaL_error(L, "tensors do not change; t:put({H=2}, 0) makes a changed one");
}

static int len(lua_State *L)
{
    lua_pushinteger(L, script_check_tensor(L, 1)->shape[0]);
    return 1;
}

void script_tensor_text(struct script *sc, struct str *out, struct session *s, const char *name,
                        const struct site_ref *ref, const struct tensor *t)
{
    struct result r;
    struct style style = script_style(sc);
    result_init(&r);
    show_tensor(s, &r, name, ref, t, 0);
    term_result(out, &r, &style);
    result_release(&r);
    while (out->len > 0 && out->s[out->len - 1] == '\n')
        str_truncate(out, out->len - 1);
}

static int tostring(lua_State *L)
{
    struct tensor *t = luaL_checkudata(L, 1, TENSOR_MT);
    if (t->data == NULL)
        return lua_pushliteral(L, "tensor (closed)"), 1;
    struct str *text = script_str(L);
    struct script *sc = script_of(L);
    script_tensor_text(sc, text, sc->session, NULL, NULL, t);
    lua_pushlstring(L, text->s, text->len);
    return 1;
}

static int equal(lua_State *L)
{
    struct tensor *a = script_check_tensor(L, 1), *b = script_check_tensor(L, 2);
    bool same =
        a->ndim == b->ndim && memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape) == 0;
    if (same && tensor_count(a) > 0) {
        const float *x = script_floats(L, 1), *y = script_floats(L, 2);
        for (int64_t i = 0, n = tensor_count(a); same && i < n; i++)
            same = x[i] == y[i];
    }
    lua_pushboolean(L, same);
    return 1;
}

static int close_tensor(lua_State *L)
{
    tensor_unref(luaL_checkudata(L, 1, TENSOR_MT));
    return 0;
}

const float *script_floats(lua_State *L, int i)
{
    struct tensor *t = script_check_tensor(L, i);
    if (t->dtype == DT_F32 && tensor_contiguous(t))
        return t->data;
    i = lua_absindex(L, i);
    struct tensor *copy = script_push_box(L);
    struct err e = ERR_INIT;
    if (!tensor_to_f32(t, copy, &e))
        script_throw(L, &e);
    lua_replace(L, i);
    return copy->data;
}

static const struct script_fn select_functions[] = {
    {"sel", t_sel, "t:sel{H=2, T={1,3}} or t{...}",
     "part by axes: an index drops its axis, {from, to} cuts it"},
    {"slice", t_slice, "t:slice(axis, from [, to])", "from..to of one axis, both included"},
    {"at", t_at, "t:at(n), at the prompt t@n",
     "decoder position n, counted from 0 as in names of sites"},
    {"put", t_put, "t:put({H=2}, value)", "a copy with that part replaced by a number or a tensor"},
    {"permute", t_permute, "t:permute(axis, ...)", "the axes in another order"},
    {"transpose", t_transpose, "t:transpose([axis, axis])",
     "two axes swapped, the last two by default"},
    {"squeeze", t_squeeze, "t:squeeze([axis])", "without axes of length 1"},
    {"named", t_named, "t:named(name, ...)", "the same numbers with these names of axes"},
    {"clone", t_clone, "t:clone()", "a contiguous copy in float32"},
    {"item", t_item, "t:item()", "the number in a tensor of one element"},
    {"tolist", t_tolist, "t:tolist()", "nested Lua tables of numbers"},
    {"iter", t_iter, "for i, v in t:iter() do",
     "the elements of the first axis: tensors or numbers"},
    {"close", close_tensor, "t:close() or local t <close>", "lets go of the memory now"},
    {NULL, NULL, "", ""}};

/* rasad.tensor({{1, 2}, {3, 4}} [, axis names...]) */
static void list_shape(lua_State *L, int i, int *ndim, int64_t *shape)
{
    *ndim = 0;
    lua_pushvalue(L, i);
    while (lua_type(L, -1) == LUA_TTABLE) {
        if (*ndim == TENSOR_DIMS)
            luaL_error(L, "tensors have at most %d axes", TENSOR_DIMS);
        shape[(*ndim)++] = (int64_t)lua_rawlen(L, -1);
        lua_rawgeti(L, -1, 1);
        lua_replace(L, -2);
    }
    lua_pop(L, 1);
}

static float *fill_list(lua_State *L, int depth, const struct tensor *t, float *to)
{
    if (depth == t->ndim) {
        int fits;
        *to = (float)lua_tonumberx(L, -1, &fits);
        if (!fits)
            luaL_error(L, "a tensor holds numbers, not a %s", luaL_typename(L, -1));
        return to + 1;
    }
    if (lua_type(L, -1) != LUA_TTABLE || (int64_t)lua_rawlen(L, -1) != t->shape[depth])
        luaL_error(L, "the lists of a tensor must all be as long as the first (%I)",
                   (LUAI_UACINT)t->shape[depth]);
    luaL_checkstack(L, 4, "tensor");
    for (int64_t i = 0; i < t->shape[depth]; i++) {
        lua_rawgeti(L, -1, i + 1);
        to = fill_list(L, depth + 1, t, to);
        lua_pop(L, 1);
    }
    return to;
}

static int new_tensor(lua_State *L)
{
    int ndim;
    int64_t shape[TENSOR_DIMS];
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, TENSOR_DIMS + 1);
    list_shape(L, 1, &ndim, shape);
    struct tensor *t = script_push_new(L, ndim, shape, NULL);
    lua_pushvalue(L, 1);
    fill_list(L, 0, t, t->data);
    lua_pop(L, 1);
    take_names(L, t);
    return 1;
}

/* rasad.full(value, {2, 3}) */
static int full(lua_State *L)
{
    double v = luaL_checknumber(L, 1);
    int64_t shape[TENSOR_DIMS];
    luaL_checktype(L, 2, LUA_TTABLE);
    int n = (int)lua_rawlen(L, 2);
    luaL_argcheck(L, n <= TENSOR_DIMS, 2, "tensors have at most 6 axes");
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, 2, i + 1);
        shape[i] = integer_at(L, -1, "a size");
        lua_pop(L, 1);
    }
    struct tensor *t = script_push_new(L, n, shape, NULL);
    float *x = t->data;
    for (int64_t i = 0, count = tensor_count(t); i < count; i++)
        x[i] = (float)v;
    return 1;
}

void script_open_tensor(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__newindex", newindex},  {"__len", len},
                                    {"__tostring", tostring},  {"__gc", close_tensor},
                                    {"__close", close_tensor}, {"__eq", equal},
                                    {"__call", t_sel},         {NULL, NULL}};
    static const struct script_fn makers[] = {
        {"tensor", new_tensor, "rasad.tensor({{1, 2}, {3, 4}} [, axis names])",
         "a tensor from nested lists of numbers"},
        {"full", full, "rasad.full(value, {2, 3})", "a tensor of one number"},
        {NULL, NULL, "", ""}};
    luaL_newmetatable(L, TENSOR_MT);
    luaL_setfuncs(L, meta, 0);
    lua_newtable(L);
    script_functions(L, TENSOR_MT, select_functions);
    script_functions(L, TENSOR_MT, script_tensor_math);
    script_functions(L, TENSOR_MT, script_tensor_reduce);
    lua_pushcclosure(L, t_index, 1);
    lua_setfield(L, -2, "__index");
    script_tensor_metamath(L);
    lua_pop(L, 1);
    lua_getglobal(L, "rasad");
    script_functions(L, "rasad", makers);
    lua_pop(L, 1);
}
