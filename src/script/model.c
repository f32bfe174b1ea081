/* Models in Lua: what they are, their tokenizers, and runs of them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/internal.h"

static struct model *check_model(lua_State *L, int i)
{
    struct model **box = luaL_checkudata(L, i, MODEL_MT);
    luaL_argcheck(L, *box != NULL, i, "this model is closed");
    return *box;
}

void script_push_model(lua_State *L, struct model *m)
{
    struct model **box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = NULL;
    luaL_setmetatable(L, MODEL_MT);
    *box = model_ref(m);
}

static int close_model(lua_State *L)
{
    struct model **box = luaL_checkudata(L, 1, MODEL_MT);
    model_free(*box);
    *box = NULL;
    return 0;
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static void free_ids(void *p)
{
    free(p);
}

int32_t *script_check_ids(lua_State *L, int i, int64_t *n)
{
    luaL_checktype(L, i, LUA_TTABLE);
    i = lua_absindex(L, i);
    *n = (int64_t)lua_rawlen(L, i);
    void **slot = script_guard(L, free_ids);
    int32_t *ids = *slot = mem_alloc((size_t)(*n + 1) * sizeof *ids);
    for (int64_t k = 0; k < *n; k++) {
        int fits;
        if (lua_rawgeti(L, i, k + 1) == LUA_TTABLE) { /* a token of tokenize */
            lua_getfield(L, -1, "id");
            lua_replace(L, -2);
        }
        lua_Integer id = lua_tointegerx(L, -1, &fits);
        if (!fits || id < 0 || id > INT32_MAX)
            luaL_error(L, "element %I of the list is no token id", (LUAI_UACINT)k + 1);
        ids[k] = (int32_t)id;
        lua_pop(L, 1);
    }
    return ids;
}

void script_push_tokens(lua_State *L, const struct encoding *x)
{
    lua_createtable(L, (int)x->n, 0);
    for (size_t i = 0; i < x->n; i++) {
        const struct token *t = &x->tokens[i];
        lua_createtable(L, 0, 6);
        lua_pushinteger(L, t->id);
        lua_setfield(L, -2, "id");
        lua_pushlstring(L, t->piece, t->piece_len);
        lua_setfield(L, -2, "piece");
        if (t->start >= 0) {
            lua_pushinteger(L, t->start);
            lua_setfield(L, -2, "start");
            lua_pushinteger(L, t->end);
            lua_setfield(L, -2, "end");
        }
        lua_pushboolean(L, t->special);
        lua_setfield(L, -2, "special");
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static enum token_side check_side(lua_State *L, int i)
{
    static const char *const names[] = {"source", "target", NULL};
    return luaL_checkoption(L, i, "source", names);
}

static struct tokenizer *check_tokenizer(lua_State *L, const struct model *m, enum token_side side)
{
    if (m->tokenizer[side] == NULL)
        luaL_error(L, "%s has no tokenizer files; use ids", m->name);
    return m->tokenizer[side];
}

static void free_encoding(void *p)
{
    encoding_release(p);
    free(p);
}

static int m_tokenize(lua_State *L)
{
    struct model *m = check_model(L, 1);
    size_t n;
    const char *text = luaL_checklstring(L, 2, &n);
    enum token_side side = check_side(L, 3);
    struct tokenizer *t = check_tokenizer(L, m, side);
    struct err e = ERR_INIT;
    void **slot = script_guard(L, free_encoding);
    struct encoding *x = *slot = mem_alloc(sizeof *x);
    if (!tokenizer_encode(t, text, n, side == TOKEN_SOURCE, x, &e))
        return script_throw(L, &e);
    script_push_tokens(L, x);
    return 1;
}

static int m_detok(lua_State *L)
{
    struct model *m = check_model(L, 1);
    struct tokenizer *t =
        check_tokenizer(L, m, lua_isnoneornil(L, 3) ? TOKEN_TARGET : check_side(L, 3));
    int64_t n;
    const int32_t *ids = script_check_ids(L, 2, &n);
    struct str *text = script_str(L);
    struct err e = ERR_INIT;
    if (!tokenizer_decode(t, ids, (size_t)n, text, &e))
        return script_throw(L, &e);
    lua_pushlstring(L, text->s, text->len);
    return 1;
}

static int m_piece(lua_State *L)
{
    struct model *m = check_model(L, 1);
    lua_Integer id = luaL_checkinteger(L, 2);
    struct tokenizer *t =
        check_tokenizer(L, m, lua_isnoneornil(L, 3) ? TOKEN_TARGET : check_side(L, 3));
    const char *piece = id >= 0 && id <= INT32_MAX ? tokenizer_piece(t, (int32_t)id) : NULL;
    if (piece == NULL)
        return luaL_error(L, "id %I: the vocabulary has the ids 0-%d", (LUAI_UACINT)id,
                          (int)tokenizer_size(t) - 1);
    lua_pushstring(L, piece);
    return 1;
}

/* nil when there is none: this look-up may well fail. */
static int m_id(lua_State *L)
{
    struct model *m = check_model(L, 1);
    const char *piece = luaL_checkstring(L, 2);
    struct tokenizer *t =
        check_tokenizer(L, m, lua_isnoneornil(L, 3) ? TOKEN_TARGET : check_side(L, 3));
    int32_t id = tokenizer_id(t, piece);
    if (id < 0)
        lua_pushnil(L);
    else
        lua_pushinteger(L, id);
    return 1;
}

/* ---- runs ------------------------------------------------------------------------------------ */

/* A text, a list of ids, or a list of texts (then a list of runs). */
static int run_some(lua_State *L, bool to_end)
{
    struct model *m = check_model(L, 1);
    lua_settop(L, 3);
    if (lua_type(L, 2) == LUA_TTABLE && lua_rawgeti(L, 2, 1) == LUA_TSTRING) {
        lua_Integer n = (lua_Integer)lua_rawlen(L, 2);
        lua_newtable(L);
        int list = lua_gettop(L);
        for (lua_Integer i = 1; i <= n; i++) {
            lua_rawgeti(L, 2, i);
            script_run_new(L, m, lua_gettop(L), 3, to_end);
            lua_rawseti(L, list, i);
            lua_settop(L, list);
        }
        return 1;
    }
    return script_run_new(L, m, 2, 3, to_end);
}

static int m_run(lua_State *L)
{
    return run_some(L, true);
}

static int m_start(lua_State *L)
{
    return run_some(L, false);
}

/* ---- metatable ------------------------------------------------------------------------------- */

static int64_t size_of(const struct model *m, int symbol)
{
    return m->plan != NULL && symbol > 0 ? m->plan->symbols[symbol].size : 0;
}

static int push_field(lua_State *L, const struct model *m, const char *key)
{
    const struct plan *p = m->plan;
    if (strcmp(key, "name") == 0)
        return lua_pushstring(L, m->name), 1;
    if (strcmp(key, "path") == 0)
        return lua_pushstring(L, m->path), 1;
    if (strcmp(key, "family") == 0)
        return lua_pushstring(L, p != NULL ? p->family : ""), 1;
    if (strcmp(key, "parameters") == 0)
        return lua_pushinteger(L, model_parameters(m)), 1;
    if (p == NULL)
        return 0;
    const struct {
        const char *name;
        int64_t v;
    } sizes[] = {{"layers", p->layers[STACK_DEC] > 0 ? p->layers[STACK_DEC] : p->layers[STACK_ENC]},
                 {"enc_layers", p->layers[STACK_ENC]},
                 {"dec_layers", p->layers[STACK_DEC]},
                 {"heads", p->heads[STACK_DEC] > 0 ? p->heads[STACK_DEC] : p->heads[STACK_ENC]},
                 {"enc_heads", p->heads[STACK_ENC]},
                 {"dec_heads", p->heads[STACK_DEC]},
                 {"cross_heads", p->cross_heads},
                 {"d_model", size_of(m, p->sym_stream)},
                 {"vocab", size_of(m, p->sym_vocab)}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strcmp(key, sizes[i].name) == 0)
            return lua_pushinteger(L, sizes[i].v), 1;
    return 0;
}

static int m_sites(lua_State *L)
{
    const struct model *m = check_model(L, 1);
    lua_newtable(L);
    for (int i = 0; m->plan != NULL && i < m->plan->nsites; i++) {
        lua_pushstring(L, m->plan->sites[i].name);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* upvalue 1: the methods */
static int model_index(lua_State *L)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const char *key = luaL_checkstring(L, 2);
    if (push_field(L, check_model(L, 1), key) == 1)
        return 1;
    return script_no_field(L, "models", MODEL_MT, key);
}

static int tostring(lua_State *L)
{
    struct model **box = luaL_checkudata(L, 1, MODEL_MT);
    if (*box == NULL)
        return lua_pushliteral(L, "model (closed)"), 1;
    const struct plan *p = (*box)->plan;
    if (p == NULL)
        return lua_pushfstring(L, "model %s (tokenizer alone)", (*box)->name), 1;
    lua_pushfstring(L, "model %s: %s, %d+%d layers, %d heads, d_model %I, vocabulary %I",
                    (*box)->name, p->family, p->layers[0], p->layers[1], p->heads[p->layers[1] > 0],
                    (LUAI_UACINT)size_of(*box, p->sym_stream),
                    (LUAI_UACINT)size_of(*box, p->sym_vocab));
    return 1;
}

static int equal(lua_State *L)
{
    struct model **a = luaL_checkudata(L, 1, MODEL_MT), **b = luaL_checkudata(L, 2, MODEL_MT);
    lua_pushboolean(L, *a == *b);
    return 1;
}

void script_open_model(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__gc", close_model},
                                    {"__close", close_model},
                                    {"__tostring", tostring},
                                    {"__eq", equal},
                                    {NULL, NULL}};
    static const struct script_fn methods[] = {
        {"run", m_run, "model:run(text or ids [, options])",
         "runs to the end and gives the run; a list of texts gives a list of runs. Options: max, "
         "min, beam, prefix (text or "
         "ids), keep (\"auto\" \"all\" \"none\"), forward=true, sample=true, temperature, top_k, "
         "top_p, seed, hooks={[glob]=f}"},
        {"start", m_start, "model:start(text or ids [, options])",
         "the same, standing before the first operation"},
        {"tokenize", m_tokenize, "model:tokenize(text [, \"target\"])",
         "list of {id, piece, start, end, special}"},
        {"detok", m_detok, "model:detok(ids [, \"source\"])", "text of a list of ids or tokens"},
        {"piece", m_piece, "model:piece(id [, \"source\"])", "spelling of an id"},
        {"id", m_id, "model:id(piece [, \"source\"])", "id of an exact spelling, or nil"},
        {"sites", m_sites, "model:sites()", "names of all values"},
        {"close", close_model, "model:close()", "lets go of the model now"},
        {NULL, NULL, "", ""}};
    luaL_newmetatable(L, MODEL_MT);
    luaL_setfuncs(L, meta, 0);
    lua_newtable(L);
    script_functions(L, MODEL_MT, methods);
    lua_pushcclosure(L, model_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}
