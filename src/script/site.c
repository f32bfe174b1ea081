/* Names of values as Lua writes them: enc[2].self.pattern.h[3], site "enc.2.self.pattern.h3",
 * logits, probs. A site is a name until a number is wanted; then it is the tensor of the present
 * run (or of the run it came from). */
#include <string.h>

#include "script/run.h"

static const char *check_site(lua_State *L, int i)
{
    return luaL_checkudata(L, i, SITE_MT); /* the name itself */
}

void script_push_site(lua_State *L, const char *path, int run)
{
    size_t n = strlen(path);
    if (run != 0)
        run = lua_absindex(L, run);
    char *to = lua_newuserdatauv(L, n + 1, 1);
    memcpy(to, path, n + 1);
    if (run != 0) {
        lua_pushvalue(L, run);
        lua_setiuservalue(L, -2, 1);
    }
    luaL_setmetatable(L, SITE_MT);
}

/* The run of the site at i, pushed. */
static struct run_box *push_run(lua_State *L, int i)
{
    i = lua_absindex(L, i);
    if (lua_getiuservalue(L, i, 1) != LUA_TUSERDATA) {
        lua_pop(L, 1);
        script_push_present(L);
    }
    if (script_test_run(L, -1)->s->model == NULL)
        luaL_error(L, "%s has no value: no model is open", check_site(L, i));
    return script_run_box(L, -1);
}

static int value(lua_State *L)
{
    const char *path = check_site(L, 1);
    struct run_box *r = push_run(L, 1);
    lua_pushcfunction(L, script_run_read);
    lua_insert(L, -2);
    lua_pushstring(L, path);
    lua_call(L, 2, 1);
    (void)r;
    return 1;
}

/* Does a name of the model begin with path.word? */
static bool goes_on(const struct plan *p, const char *path, const char *word)
{
    size_t n = strlen(path), k = strlen(word);
    for (int i = 0; p != NULL && i < p->nsites; i++) {
        const char *s = p->sites[i].name;
        if (strncmp(s, path, n) == 0 && s[n] == '.' && strncmp(s + n + 1, word, k) == 0 &&
            (s[n + 1 + k] == 0 || s[n + 1 + k] == '.'))
            return true;
    }
    return false;
}

static bool head_word(const char *word)
{
    return word[0] == 'h' && strspn(word + 1, "0123456789") == strlen(word) - 1;
}

/* path + separator + word as a site of the same run */
static int push_longer(lua_State *L, const char *path, const char *separator, const char *word)
{
    const char *longer = lua_pushfstring(L, "%s%s%s", path, separator, word);
    bool owned = lua_getiuservalue(L, 1, 1) == LUA_TUSERDATA;
    script_push_site(L, longer, owned ? -1 : 0);
    return 1;
}

static int by_number(lua_State *L, const char *path, lua_Integer n)
{
    size_t len = strlen(path);
    lua_pushfstring(L, "%I", (LUAI_UACINT)n);
    const char *number = lua_tostring(L, -1);
    if (strcmp(path, "enc") == 0 || strcmp(path, "dec") == 0)
        return push_longer(L, path, ".", number);
    if (len > 2 && strcmp(path + len - 2, ".h") == 0)
        return push_longer(L, path, "", number);
    return 0;
}

/* The row of one token: probs["▁went"] is [T]. */
static int by_token(lua_State *L, const struct model *m, const char *word)
{
    struct err e = ERR_INIT;
    int32_t id;
    if (!script_token_id(m, word, &id, &e))
        return script_throw(L, &e);
    lua_settop(L, 1);
    struct tensor *t = script_check_tensor(L, 1);
    struct tensor part = tensor_index(t, t->ndim - 1, id);
    if (part.ndim > 1 && part.shape[0] == 1)
        part = tensor_index(&part, 0, 0);
    return script_push_view(L, &part);
}

static int site_index(lua_State *L)
{
    const char *path = check_site(L, 1);
    if (lua_type(L, 2) == LUA_TSTRING) {
        const char *word = lua_tostring(L, 2);
        if (strcmp(word, "name") == 0)
            return lua_pushstring(L, path), 1;
        if (strcmp(word, "value") == 0)
            return lua_pushcfunction(L, value), 1;
        const struct model *m = push_run(L, 1)->s->model;
        bool leaf = m->plan != NULL && plan_site(m->plan, path) >= 0;
        if (goes_on(m->plan, path, word) || (head_word(word) && word[1] != 0 && leaf))
            return push_longer(L, path, ".", word);
        if (leaf && strcmp(word, "h") == 0)
            return push_longer(L, path, ".", "h");
        luaL_getmetatable(L, TENSOR_MT);
        lua_getfield(L, -1, "__index");
        lua_getupvalue(L, -1, 1);
        lua_pushvalue(L, 2);
        if (lua_rawget(L, -2) != LUA_TNIL)
            return 1;
        if (strcmp(path, "probs") == 0 || strcmp(path, "logits") == 0)
            return by_token(L, m, word);
        bool field = strcmp(word, "shape") == 0 || strcmp(word, "axes") == 0 ||
                     strcmp(word, "dtype") == 0 || strcmp(word, "ndim") == 0;
        if (!field && !leaf && strstr(path, ".h") == NULL && strchr(path, '@') == NULL)
            return push_longer(L, path, ".", word); /* the look-up says what is wrong with it */
        if (!field)
            return luaL_error(L, "%s has no part '%s'", path, word);
    } else if (lua_isinteger(L, 2) && by_number(L, path, lua_tointeger(L, 2)) == 1) {
        return 1;
    }
    lua_pushcfunction(L, value);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    lua_pushvalue(L, 2);
    lua_gettable(L, -2);
    return 1;
}

static int len(lua_State *L)
{
    lua_pushinteger(L, script_check_tensor(L, 1)->shape[0]);
    return 1;
}

/* site() is its value, site{H=1} a part of it. */
static int call(lua_State *L)
{
    if (lua_gettop(L) == 1)
        return value(L);
    struct tensor *t = script_check_tensor(L, 1);
    (void)t;
    lua_getfield(L, 1, "sel");
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

static int tostring(lua_State *L)
{
    const char *path = check_site(L, 1);
    struct run_box *r = push_run(L, 1);
    struct tensor *t = script_push_box(L);
    struct err e = ERR_INIT;
    struct site_ref ref;
    if (!sites_one(r->s, path, &ref, &e) || !script_run_value(r, path, t, &e))
        return lua_pushfstring(L, "%s: %s", path, e.msg), 1;
    struct str *text = script_str(L);
    script_tensor_text(script_of(L), text, r->s, path, &ref, t);
    lua_pushlstring(L, text->s, text->len);
    return 1;
}

bool script_resolve(lua_State *L, int i, struct session **s, struct site_ref *ref)
{
    if (luaL_testudata(L, i, SITE_MT) == NULL)
        return false;
    const char *path = check_site(L, i);
    i = lua_absindex(L, i);
    struct run_box *r = push_run(L, i);
    struct tensor *t = script_push_box(L);
    struct err ignored = ERR_INIT;
    *s = r->s;
    if (!sites_one(r->s, path, ref, &ignored) || !script_run_value(r, path, t, &ignored)) {
        lua_pop(L, 2);
        return false;
    }
    if (t->ndim == 0)
        script_push_view(L, t);
    lua_replace(L, i); /* what else was pushed does no harm */
    return true;
}

static int new_site(lua_State *L)
{
    script_push_site(L, luaL_checkstring(L, 1), 0);
    return 1;
}

void script_open_site(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__index", site_index},  {"__len", len},   {"__call", call},
                                    {"__tostring", tostring}, {"value", value}, {NULL, NULL}};
    static const char *const globals[] = {"enc", "dec", "logits", "probs",
                                          "mlm", "nsp", "pooled", "embedding"};
    luaL_newmetatable(L, SITE_MT);
    luaL_setfuncs(L, meta, 0);
    script_tensor_metamath(L);
    lua_pop(L, 1);
    lua_pushcfunction(L, new_site);
    script_document(
        L, "site",
        "site \"enc.2.self.pattern.h3\", enc[2].self.pattern.h[3], logits, probs[\"piece\"]",
        "a value of the present run by name: has all that tensors have, .name and :value()");
    lua_setglobal(L, "site");
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++) {
        script_push_site(L, globals[i], 0);
        lua_setglobal(L, globals[i]);
    }
}
