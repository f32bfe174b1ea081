/* Documentation of the API: signature and one line for each function, shown by help(). */
#include <string.h>

#include "script/internal.h"

/* registry.docs = { [function] = text, topics = { topic = { text, ... }, order = { topic, ... } }
 * } */
static const char docs_key[] = "rasad.docs";

/* Pushes the list of a topic, made when it is new. */
static void push_topic(lua_State *L, const char *topic)
{
    lua_getfield(L, LUA_REGISTRYINDEX, docs_key);
    luaL_getsubtable(L, -1, "topics");
    if (lua_getfield(L, -1, topic) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_setfield(L, -3, topic);
        luaL_getsubtable(L, -3, "order");
        lua_pushstring(L, topic);
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
        lua_pop(L, 1);
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
}

void script_document(lua_State *L, const char *topic, const char *signature, const char *doc)
{
    lua_pushfstring(L, "%s\n    %s", signature, doc); /* f text */
    lua_getfield(L, LUA_REGISTRYINDEX, docs_key);
    lua_pushvalue(L, -3);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    push_topic(L, topic); /* f text list */
    lua_insert(L, -2);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

void script_functions(lua_State *L, const char *topic, const struct script_fn *f)
{
    for (; f->name != NULL; f++) {
        lua_pushcfunction(L, f->f);
        if (f->signature != NULL)
            script_document(L, topic, f->signature, f->doc);
        lua_setfield(L, -2, f->name);
    }
}

enum { NAMES = 200 };

const char *script_nearest(lua_State *L, const char *word)
{
    const char *names[NAMES + 1];
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING && n < NAMES)
            names[n++] = lua_tostring(L, -2);
    names[n] = NULL;
    return str_nearest(word, names);
}

int script_no_field(lua_State *L, const char *kinds, const char *topic, const char *key)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    const char *meant = script_nearest(L, key);
    if (meant != NULL)
        return luaL_error(L, "%s have no field '%s' (did you mean '%s'?)", kinds, key, meant);
    return luaL_error(L, "%s have no field '%s' (help \"%s\" lists what they have)", kinds, key,
                      topic);
}

/* rasad.document(f, topic, signature, text): for functions written in Lua. Returns f. */
static int document(lua_State *L)
{
    luaL_checkany(L, 1);
    const char *topic = luaL_checkstring(L, 2), *signature = luaL_checkstring(L, 3),
               *doc = luaL_checkstring(L, 4);
    lua_pushvalue(L, 1);
    script_document(L, topic, signature, doc);
    return 1;
}

static void add_list(lua_State *L, luaL_Buffer *b, int list)
{
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, list); i++) {
        lua_rawgeti(L, list, i);
        luaL_addvalue(b);
        if (i < (lua_Integer)lua_rawlen(L, list))
            luaL_addchar(b, '\n');
    }
}

static int topics(lua_State *L)
{
    luaL_Buffer b;
    lua_getfield(L, LUA_REGISTRYINDEX, docs_key);
    luaL_getsubtable(L, -1, "order");
    int order = lua_gettop(L);
    luaL_buffinit(L, &b);
    luaL_addstring(&b, "Topics of help \"TOPIC\":");
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, order); i++) {
        luaL_addchar(&b, ' ');
        lua_rawgeti(L, order, i);
        luaL_addvalue(&b);
    }
    luaL_addstring(&b, "\nhelp(f) tells what one function does, for example help(rasad.model).\n"
                       "Indices are 1-based, as everywhere in Lua; layers and heads in names of "
                       "sites count from 0.");
    luaL_pushresult(&b);
    return 1;
}

/* The text for nothing, "tensor", or t.top. */
static int help_text(lua_State *L)
{
    if (lua_isnoneornil(L, 1))
        return topics(L);
    lua_getfield(L, LUA_REGISTRYINDEX, docs_key);
    if (lua_type(L, 1) == LUA_TSTRING) {
        luaL_getsubtable(L, -1, "topics");
        lua_pushvalue(L, 1);
        if (lua_rawget(L, -2) == LUA_TNIL)
            return luaL_error(L, "no help on '%s'; help() lists the topics", lua_tostring(L, 1));
        int list = lua_gettop(L);
        luaL_Buffer b;
        luaL_buffinit(L, &b);
        add_list(L, &b, list);
        luaL_pushresult(&b);
        return 1;
    }
    lua_pushvalue(L, 1);
    if (lua_rawget(L, -2) != LUA_TNIL)
        return 1;
    if (luaL_getmetafield(L, 1, "__name") == LUA_TSTRING) { /* a tensor, a run: its topic */
        lua_replace(L, 1);
        lua_settop(L, 1);
        return help_text(L);
    }
    return luaL_error(L, "no help on this %s; help() lists the topics", luaL_typename(L, 1));
}

/* help(): printed, for it is read and not kept. */
static int help(lua_State *L)
{
    lua_getglobal(L, "print");
    lua_insert(L, 1);
    lua_pushcfunction(L, help_text);
    lua_insert(L, 2);
    lua_call(L, lua_gettop(L) - 2, 1);
    lua_call(L, 1, 0);
    return 0;
}

void script_open_doc(lua_State *L)
{
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, docs_key);
    lua_pushcfunction(L, help);
    script_document(L, "lua", "help([topic or function])",
                    "what there is, or what one function does");
    lua_setglobal(L, "help");
    lua_getglobal(L, "rasad");
    lua_pushcfunction(L, help_text);
    script_document(L, "rasad", "rasad.help([topic or function])", "the text that help prints");
    lua_setfield(L, -2, "help");
    lua_pushcfunction(L, document);
    script_document(L, "rasad", "rasad.document(f, topic, signature, text)",
                    "gives a function of yours a help text; returns f");
    lua_setfield(L, -2, "document");
    lua_pop(L, 1);
}
