/* Arithmetic on tensors: element by element with broadcasting, functions of one number,
 * products. */
#include <math.h>
#include <string.h>

#include "base/interrupt.h"
#include "script/internal.h"

enum math_op { ADD, SUB, MUL, DIV, POW, LESS, GREATER, LARGER, SMALLER };

/* An operand seen in the shape of the result: repeated axes have stride 0. */
struct operand {
    const float *p;
    int64_t stride[TENSOR_DIMS];
};

/* Sizes from the last axis backwards must be equal or 1. */
static bool broadcast(const struct tensor *a, const struct tensor *b, int *ndim, int64_t *shape)
{
    *ndim = a->ndim > b->ndim ? a->ndim : b->ndim;
    for (int i = 0; i < *ndim; i++) {
        int ia = i - (*ndim - a->ndim), ib = i - (*ndim - b->ndim);
        int64_t na = ia < 0 ? 1 : a->shape[ia], nb = ib < 0 ? 1 : b->shape[ib];
        if (na != nb && na != 1 && nb != 1)
            return false;
        shape[i] = na == 1 ? nb : na;
    }
    return true;
}

/* t is float32; any strides. */
static struct operand operand(const struct tensor *t, int ndim, const int64_t *shape)
{
    struct operand o = {t->data, {0}};
    for (int i = 0; i < t->ndim; i++) {
        int at = i + ndim - t->ndim;
        o.stride[at] = t->shape[i] == shape[at] ? t->stride[i] : 0;
    }
    return o;
}

/* Into a buffer of Lua: what is held by C alone would be lost when memory runs out. */
static void push_shape(lua_State *L, luaL_Buffer *b, const struct tensor *t)
{
    luaL_addchar(b, '[');
    for (int i = 0; i < t->ndim; i++) {
        luaL_addstring(b, i > 0 ? ", " : "");
        lua_pushinteger(L, t->shape[i]);
        luaL_addvalue(b);
    }
    luaL_addchar(b, ']');
}

static int no_fit(lua_State *L, const struct tensor *a, const struct tensor *b, const char *what)
{
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    push_shape(L, &text, a);
    luaL_addstring(&text, " and ");
    push_shape(L, &text, b);
    luaL_pushresult(&text);
    return luaL_error(L, "%s: shapes %s do not fit", what, lua_tostring(L, -1));
}

static inline float apply(enum math_op op, float x, float y)
{
    switch (op) {
    case ADD:
        return x + y;
    case SUB:
        return x - y;
    case MUL:
        return x * y;
    case DIV:
        return x / y;
    case POW:
        return powf(x, y);
    case LESS:
        return x < y;
    case GREATER:
        return x > y;
    case LARGER:
        return x > y ? x : y;
    case SMALLER:
        return x < y ? x : y;
    }
    return 0;
}

/* One row; the operation is the same for all of it, so it is chosen outside the loop. */
static void row(enum math_op op, float *z, const float *x, int64_t sx, const float *y, int64_t sy,
                int64_t n)
{
#define EACH(o)                                                                                    \
    case o:                                                                                        \
        for (int64_t i = 0; i < n; i++)                                                            \
            z[i] = apply(o, x[i * sx], y[i * sy]);                                                 \
        break;
    switch (op) {
        EACH(ADD)
        EACH(SUB)
        EACH(MUL)
        EACH(DIV)
        EACH(POW)
        EACH(LESS)
        EACH(GREATER)
        EACH(LARGER)
        EACH(SMALLER)
    }
#undef EACH
}

static void each_row(enum math_op op, const struct tensor *z, struct operand a, struct operand b)
{
    int last = z->ndim - 1;
    int64_t at[TENSOR_DIMS] = {0}, n = z->shape[last], rows = n > 0 ? tensor_count(z) / n : 0;
    float *out = z->data;
    for (; rows > 0; rows--, out += n) {
        row(op, out, a.p, a.stride[last], b.p, b.stride[last], n);
        for (int i = last - 1; i >= 0; i--) {
            a.p += a.stride[i];
            b.p += b.stride[i];
            if (++at[i] < z->shape[i])
                break;
            a.p -= a.stride[i] * at[i];
            b.p -= b.stride[i] * at[i];
            at[i] = 0;
        }
    }
}

/* A number as a tensor of one element; *value must live as long. */
static struct tensor scalar(lua_State *L, int i, float *value)
{
    static const int64_t one[1] = {1};
    int fits;
    *value = (float)lua_tonumberx(L, i, &fits);
    if (!fits)
        luaL_error(L, "arithmetic on a tensor and a %s", luaL_typename(L, i));
    return tensor_borrow(DT_F32, 1, one, value);
}

static int binary(lua_State *L, enum math_op op, const char *what)
{
    float v[2] = {0};
    struct tensor in[2];
    lua_settop(L, 2);
    for (int i = 0; i < 2; i++) {
        struct tensor *t = script_test_tensor(L, i + 1);
        if (t != NULL && t->dtype != DT_F32) {
            script_floats(L, i + 1);
            t = lua_touserdata(L, i + 1);
        }
        in[i] = t != NULL ? *t : scalar(L, i + 1, &v[i]);
    }
    int ndim;
    int64_t shape[TENSOR_DIMS];
    if (!broadcast(&in[0], &in[1], &ndim, shape))
        return no_fit(L, &in[0], &in[1], what);
    struct tensor *out =
        script_push_new(L, ndim, shape, &in[in[0].ndim == ndim && lua_isuserdata(L, 1) ? 0 : 1]);
    each_row(op, out, operand(&in[0], ndim, shape), operand(&in[1], ndim, shape));
    return 1;
}

static int add(lua_State *L)
{
    return binary(L, ADD, "+");
}
static int sub(lua_State *L)
{
    return binary(L, SUB, "-");
}
static int mul(lua_State *L)
{
    return binary(L, MUL, "*");
}
static int divide(lua_State *L)
{
    return binary(L, DIV, "/");
}
static int power(lua_State *L)
{
    return binary(L, POW, "^");
}
static int t_lt(lua_State *L)
{
    return binary(L, LESS, "lt");
}
static int t_gt(lua_State *L)
{
    return binary(L, GREATER, "gt");
}
static int t_larger(lua_State *L)
{
    return binary(L, LARGER, "larger");
}
static int t_smaller(lua_State *L)
{
    return binary(L, SMALLER, "smaller");
}

static int negate(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushinteger(L, -1);
    return binary(L, MUL, "-");
}

/* ---- functions of one number ----------------------------------------------------------------- */

static int map(lua_State *L, float (*f)(float))
{
    const float *x = script_floats(L, 1);
    struct tensor *t = lua_touserdata(L, 1);
    struct tensor *out = script_push_new(L, t->ndim, t->shape, t);
    float *y = out->data;
    for (int64_t i = 0, n = tensor_count(out); i < n; i++)
        y[i] = f(x[i]);
    return 1;
}

static int t_abs(lua_State *L)
{
    return map(L, fabsf);
}
static int t_exp(lua_State *L)
{
    return map(L, expf);
}
static int t_log(lua_State *L)
{
    return map(L, logf);
}
static int t_sqrt(lua_State *L)
{
    return map(L, sqrtf);
}

/* Any Lua function of one number. */
static int t_map(lua_State *L)
{
    const float *x = script_floats(L, 1);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    struct tensor *t = lua_touserdata(L, 1);
    struct tensor *out = script_push_new(L, t->ndim, t->shape, t);
    float *y = out->data;
    for (int64_t i = 0, n = tensor_count(out); i < n; i++) {
        lua_pushvalue(L, 2);
        lua_pushnumber(L, x[i]);
        lua_call(L, 1, 1);
        int fits;
        y[i] = (float)lua_tonumberx(L, -1, &fits);
        if (!fits)
            return luaL_error(L, "map: the function returned a %s, not a number",
                              luaL_typename(L, -1));
        lua_pop(L, 1);
    }
    return 1;
}

/* ---- products -------------------------------------------------------------------------------- */

/* z [m,n] = a [m,k] b [k,n] */
static bool multiply(float *z, const float *a, const float *b, int64_t m, int64_t k, int64_t n)
{
    memset(z, 0, (size_t)(m * n) * sizeof *z);
    for (int64_t i = 0; i < m; i++) {
        if (interrupted())
            return false;
        for (int64_t j = 0; j < k; j++)
            for (int64_t c = 0; c < n; c++)
                z[i * n + c] += a[i * k + j] * b[j * n + c];
    }
    return true;
}

/* Matrix product over the last axis of t and the one before the last of u (the only one of a
 * vector); leading axes must agree, or u has none. */
static int t_dot(lua_State *L)
{
    lua_settop(L, 2);
    const float *x = script_floats(L, 1), *y = script_floats(L, 2);
    struct tensor a = *(struct tensor *)lua_touserdata(L, 1),
                  b = *(struct tensor *)lua_touserdata(L, 2);
    bool va = a.ndim == 1, vb = b.ndim == 1;
    int64_t m = va ? 1 : a.shape[a.ndim - 2], k = a.shape[a.ndim - 1];
    int64_t kb = vb ? b.shape[0] : b.shape[b.ndim - 2], n = vb ? 1 : b.shape[b.ndim - 1], batch = 1;
    int lead = a.ndim > 2 ? a.ndim - 2 : 0, leadb = b.ndim > 2 ? b.ndim - 2 : 0;
    bool fits = k == kb && (leadb == 0 || leadb == lead);
    for (int i = 0; fits && i < lead; i++) {
        fits = leadb == 0 || a.shape[i] == b.shape[i];
        batch *= a.shape[i];
    }
    if (!fits)
        return no_fit(L, &a, &b, "dot");
    struct tensor names = a;
    int64_t shape[TENSOR_DIMS];
    int nd = lead;
    memcpy(shape, a.shape, sizeof shape);
    if (!va)
        shape[nd++] = m;
    if (!vb) {
        memcpy(names.axis[nd], b.axis[b.ndim - 1], AXIS_NAME);
        shape[nd++] = n;
    }
    struct tensor *out = script_push_new(L, nd, shape, &names);
    for (int64_t i = 0; i < batch; i++)
        if (!multiply((float *)out->data + i * m * n, x + i * m * k,
                      y + (leadb > 0 ? i * k * n : 0), m, k, n))
            return script_interrupt(L);
    return nd > 0 ? 1 : script_push_view(L, &(struct tensor){.dtype = DT_F32, .data = out->data});
}

const struct script_fn script_tensor_math[] = {
    {"abs", t_abs, "t:abs()", "absolute values"},
    {"exp", t_exp, "t:exp()", "e to the power of each element"},
    {"log", t_log, "t:log()", "natural logarithms"},
    {"sqrt", t_sqrt, "t:sqrt()", "square roots"},
    {"map", t_map, "t:map(f)", "f of each element; slow, for what has no method"},
    {"lt", t_lt, "t:lt(u)", "1 where t < u, else 0; u may be a number"},
    {"gt", t_gt, "t:gt(u)", "1 where t > u, else 0; u may be a number"},
    {"larger", t_larger, "t:larger(u)", "the larger of each two elements; u may be a number"},
    {"smaller", t_smaller, "t:smaller(u)", "the smaller of each two elements; u may be a number"},
    {"dot", t_dot, "t:dot(u)",
     "matrix product: last axis of t with the one before the last of u; + - * / ^ go by element"},
    {NULL, NULL, "", ""}};

void script_tensor_metamath(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__add", add},    {"__sub", sub},   {"__mul", mul},
                                    {"__div", divide}, {"__pow", power}, {"__unm", negate},
                                    {NULL, NULL}};
    luaL_setfuncs(L, meta, 0);
}
