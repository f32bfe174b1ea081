/* Reductions of tensors: of all elements to a number, or along one axis, which is dropped. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"
#include "tensor/kernels.h"

/* One number from n elements `step` apart, in double precision. */
typedef double reduce_fn(const float *x, int64_t n, int64_t step);

static double sum(const float *x, int64_t n, int64_t step)
{
    double s = 0;
    for (int64_t i = 0; i < n; i++)
        s += x[i * step];
    return s;
}

static double mean(const float *x, int64_t n, int64_t step)
{
    return n > 0 ? sum(x, n, step) / (double)n : NAN;
}

static double largest(const float *x, int64_t n, int64_t step)
{
    double m = -INFINITY;
    for (int64_t i = 0; i < n; i++)
        if (x[i * step] > m)
            m = x[i * step];
    return m;
}

static double smallest(const float *x, int64_t n, int64_t step)
{
    double m = INFINITY;
    for (int64_t i = 0; i < n; i++)
        if (x[i * step] < m)
            m = x[i * step];
    return m;
}

static double norm(const float *x, int64_t n, int64_t step)
{
    double s = 0;
    for (int64_t i = 0; i < n; i++)
        s += (double)x[i * step] * x[i * step];
    return sqrt(s);
}

static double deviation(const float *x, int64_t n, int64_t step)
{
    double m = mean(x, n, step), s = 0;
    for (int64_t i = 0; i < n; i++)
        s += (x[i * step] - m) * (x[i * step] - m);
    return n > 0 ? sqrt(s / (double)n) : NAN;
}

static double entropy(const float *x, int64_t n, int64_t step)
{
    double s = 0;
    for (int64_t i = 0; i < n; i++)
        if (x[i * step] > 0)
            s -= x[i * step] * log2(x[i * step]);
    return s;
}

/* 1-based place of the largest (the first of equals); 0 when all are NaN. */
static double place(const float *x, int64_t n, int64_t step)
{
    int64_t best = -1;
    for (int64_t i = 0; i < n; i++)
        if (!isnan(x[i * step]) && (best < 0 || x[i * step] > x[best * step]))
            best = i;
    return (double)best + 1;
}

static int along(lua_State *L, reduce_fn *f)
{
    const float *x = script_floats(L, 1);
    struct tensor t = *(struct tensor *)lua_touserdata(L, 1), names = t;
    int axis = script_check_axis(L, 2, &t);
    int64_t outer = 1, inner = 1, n = t.shape[axis], shape[TENSOR_DIMS];
    int nd = 0;
    for (int i = 0; i < t.ndim; i++) {
        if (i < axis)
            outer *= t.shape[i];
        if (i > axis)
            inner *= t.shape[i];
        if (i == axis)
            continue;
        memcpy(names.axis[nd], t.axis[i], AXIS_NAME);
        shape[nd++] = t.shape[i];
    }
    if (nd == 0) {
        lua_pushnumber(L, f(x, n, 1));
        return 1;
    }
    float *y = script_push_new(L, nd, shape, &names)->data;
    for (int64_t o = 0; o < outer; o++)
        for (int64_t i = 0; i < inner; i++)
            *y++ = (float)f(x + o * n * inner + i, n, inner);
    return 1;
}

static int reduce(lua_State *L, reduce_fn *f)
{
    lua_settop(L, 2);
    if (!lua_isnil(L, 2))
        return along(L, f);
    const float *x = script_floats(L, 1);
    lua_pushnumber(L, f(x, tensor_count(lua_touserdata(L, 1)), 1));
    return 1;
}

static int t_sum(lua_State *L)
{
    return reduce(L, sum);
}
static int t_mean(lua_State *L)
{
    return reduce(L, mean);
}
static int t_max(lua_State *L)
{
    return reduce(L, largest);
}
static int t_min(lua_State *L)
{
    return reduce(L, smallest);
}
static int t_norm(lua_State *L)
{
    return reduce(L, norm);
}
static int t_std(lua_State *L)
{
    return reduce(L, deviation);
}

static int t_entropy(lua_State *L)
{
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_pushinteger(L, script_check_tensor(L, 1)->ndim);
        lua_replace(L, 2);
    }
    return along(L, entropy);
}

/* Pushes the 1-based indices of a flat place; returns how many. */
static int push_indices(lua_State *L, const struct tensor *t, int64_t flat)
{
    int64_t inner = tensor_count(t);
    luaL_checkstack(L, TENSOR_DIMS, "indices");
    for (int i = 0; i < t->ndim; i++) {
        inner /= t->shape[i];
        lua_pushinteger(L, flat / inner + 1);
        flat %= inner;
    }
    return t->ndim;
}

static int t_argmax(lua_State *L)
{
    lua_settop(L, 2);
    if (!lua_isnil(L, 2))
        return along(L, place);
    const float *x = script_floats(L, 1);
    struct tensor *t = lua_touserdata(L, 1);
    int64_t at = (int64_t)place(x, tensor_count(t), 1);
    if (at == 0)
        return luaL_error(L, "argmax: there is no number in this tensor");
    return push_indices(L, t, at - 1);
}

static int t_top(lua_State *L)
{
    lua_settop(L, 2);
    lua_Integer k = luaL_optinteger(L, 2, 5);
    const float *x = script_floats(L, 1);
    struct tensor *t = lua_touserdata(L, 1);
    int64_t n = tensor_count(t);
    luaL_argcheck(L, k >= 1 && k <= 1 << 20, 2, "how many must be 1 or more");
    luaL_argcheck(L, n < INT32_MAX, 1, "the tensor is too large");
    if (k > n)
        k = n;
    int32_t *at = lua_newuserdatauv(L, (size_t)(k > 0 ? k : 1) * sizeof *at, 0);
    int found = k_topk(x, n, (int)k, at);
    lua_createtable(L, found, 0);
    for (int i = 0; i < found; i++) {
        lua_createtable(L, t->ndim, 1);
        int place_of = lua_gettop(L), count = push_indices(L, t, at[i]);
        for (int j = count; j > 0; j--)
            lua_rawseti(L, place_of, j);
        lua_pushnumber(L, x[at[i]]);
        lua_setfield(L, -2, "value");
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int t_softmax(lua_State *L)
{
    const float *x = script_floats(L, 1);
    struct tensor *t = lua_touserdata(L, 1);
    int64_t n = t->shape[t->ndim - 1], rows = n > 0 ? tensor_count(t) / n : 0;
    struct tensor *out = script_push_new(L, t->ndim, t->shape, t);
    if (rows > 0)
        k_softmax(out->data, n, x, n, rows, n);
    return 1;
}

static int t_stats(lua_State *L)
{
    struct tensor_stats s;
    tensor_stats(script_check_tensor(L, 1), &s);
    const struct {
        const char *name;
        double v;
    } items[] = {{"mean", s.mean}, {"sd", s.sd}, {"min", s.min}, {"max", s.max}, {"norm", s.norm}};
    lua_createtable(L, 0, 8);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        lua_pushnumber(L, items[i].v);
        lua_setfield(L, -2, items[i].name);
    }
    lua_pushinteger(L, s.count);
    lua_setfield(L, -2, "count");
    lua_pushinteger(L, s.nan);
    lua_setfield(L, -2, "nan");
    lua_pushinteger(L, s.inf);
    lua_setfield(L, -2, "inf");
    return 1;
}

const struct script_fn script_tensor_reduce[] = {
    {"sum", t_sum, "t:sum([axis])",
     "sum of all elements, or along an axis (name or number), which is dropped"},
    {"mean", t_mean, "t:mean([axis])", "mean"},
    {"max", t_max, "t:max([axis])", "the largest element"},
    {"min", t_min, "t:min([axis])", "the smallest element"},
    {"norm", t_norm, "t:norm([axis])", "Euclidean norm"},
    {"std", t_std, "t:std([axis])", "standard deviation (of the population)"},
    {"argmax", t_argmax, "t:argmax([axis])",
     "where the largest is: one index for each axis, or along one axis"},
    {"entropy", t_entropy, "t:entropy([axis])",
     "entropy in bits of the probabilities along an axis, the last by default"},
    {"top", t_top, "t:top([k])",
     "the k largest: a list of {index, ..., value=number}, largest first"},
    {"topk", t_top, NULL, NULL},
    {"softmax", t_softmax, "t:softmax()", "softmax along the last axis"},
    {"stats", t_stats, "t:stats()", "a table of mean, sd, min, max, norm, count, nan, inf"},
    {NULL, NULL, "", ""}};
