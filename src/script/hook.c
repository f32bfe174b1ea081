/* Lua functions as observers of a run. The engine knows an intervention with two pointers; the
 * bridge calls the function protected, on the thread that moves the run, and turns a failure into
 * struct err. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/run.h"

enum { HOOK_HEADS = 64 };

struct hook {
    struct script *sc;
    struct run_box *run; /* lives as long: its session holds this */
    struct intervention *v;
    struct hook **handle; /* in the Lua object, NULL when that is gone */
    int function, infos;  /* references in the run object */
    int64_t step;         /* -1: any */
    uint64_t *heads;      /* [nnodes] the heads that are wanted, one bit each; 0: all as one */
    int64_t fired, changed;
};

/* The decoder position that is wanted; false: it is not among these rows. */
static bool position_of(const struct hook *h, const struct node *n, int64_t first,
                        struct tensor *value)
{
    if (h->step < 0)
        return true;
    int64_t rows = node_positions(n, value);
    if (h->step < first || h->step >= first + rows)
        return false;
    *value = node_slice(n, value, h->step - first, h->step - first + 1);
    return true;
}

struct call {
    struct hook *h;
    int node, head; /* head -1: all */
    int64_t position;
    struct tensor *value;
    bool changed;
};

static void fill(struct tensor *t, float v)
{
    struct tensor one = *t;
    struct err ignored = ERR_INIT;
    one.data = &v;
    memset(one.stride, 0, sizeof one.stride);
    tensor_copy(t, &one, &ignored);
}

/* The result on top takes the value's place. */
static void replace(lua_State *L, struct tensor *value)
{
    struct tensor *t = script_check_tensor(L, -1);
    bool fits = t->ndim == value->ndim;
    for (int i = 0; fits && i < t->ndim; i++)
        fits = t->shape[i] == value->shape[i];
    if (!fits) {
        luaL_Buffer b;
        luaL_buffinit(L, &b);
        luaL_addstring(&b, "a hook returned a tensor of shape [");
        for (int i = 0; i < t->ndim; i++) {
            lua_pushfstring(L, i > 0 ? ", %I" : "%I", (LUAI_UACINT)t->shape[i]);
            luaL_addvalue(&b);
        }
        luaL_addstring(&b, "], the value has [");
        for (int i = 0; i < value->ndim; i++) {
            lua_pushfstring(L, i > 0 ? ", %I" : "%I", (LUAI_UACINT)value->shape[i]);
            luaL_addvalue(&b);
        }
        luaL_addchar(&b, ']');
        luaL_pushresult(&b);
        lua_error(L);
    }
    struct err e = ERR_INIT;
    if (t->st == value->st) { /* a view of the value itself: another order of its numbers */
        struct tensor *copy = script_push_box(L);
        if (!tensor_to_f32(t, copy, &e))
            script_throw(L, &e);
        t = copy;
    }
    tensor_copy(value, t, &e);
}

static int call_function(lua_State *L)
{
    struct call *c = lua_touserdata(L, 1);
    struct hook *h = c->h;
    script_push_refs(L, h->run);
    int refs = lua_gettop(L);
    struct tensor *box = script_push_box(L);
    *box = tensor_ref(c->value);
    lua_rawgeti(L, refs, h->infos);
    lua_rawgeti(L, -1, c->node);
    lua_pushinteger(L, c->position);
    lua_setfield(L, -2, "position");
    if (c->head >= 0) {
        lua_pushinteger(L, c->head);
        lua_setfield(L, -2, "head");
    }
    lua_rawgeti(L, refs, h->function);
    lua_pushvalue(L, refs + 1);
    lua_pushvalue(L, -3); /* refs t infos info f t info */
    lua_call(L, 2, 1);
    if (lua_isnil(L, -1))
        ;
    else if (lua_type(L, -1) == LUA_TNUMBER)
        fill(c->value, (float)lua_tonumber(L, -1)), c->changed = true;
    else if (script_test_tensor(L, -1) != NULL)
        replace(L, c->value), c->changed = true;
    else
        return luaL_error(L, "a hook returns a tensor, a number or nothing, not a %s",
                          luaL_typename(L, -1));
    /* The run writes these rows in place later on: what the script wants to keep it clones. */
    tensor_unref(box);
    box->ndim = -1;
    return 0;
}

static bool call_once(struct call *c, bool *changed, struct err *e)
{
    struct hook *h = c->h;
    c->changed = false;
    h->fired++;
    h->run->inside++;
    bool ok = script_call(h->sc, call_function, c, e);
    h->run->inside--;
    *changed |= c->changed;
    h->changed += c->changed;
    return ok;
}

static enum observe seen(void *ud, struct run *r, int node, struct tensor *value, int64_t first,
                         bool *changed, struct err *e)
{
    struct hook *h = ((struct intervention *)ud)->ud;
    struct tensor part = *value;
    const struct node *n = &run_plan(r)->nodes[node];
    if (!position_of(h, n, first, &part))
        return OBSERVE_GO;
    struct call c = {h, node, -1, h->step >= 0 ? h->step : first, &part, false};
    uint64_t heads = h->heads[node];
    if (heads == 0)
        return call_once(&c, changed, e) ? OBSERVE_GO : OBSERVE_FAIL;
    const struct tensor whole = part;
    bool ok = true;
    for (int i = 0; ok && i < HOOK_HEADS; i++) {
        if (!(heads >> i & 1))
            continue;
        part = tensor_index(&whole, tensor_axis(&whole, "H"), i);
        c.head = i;
        ok = call_once(&c, changed, e);
    }
    return ok ? OBSERVE_GO : OBSERVE_FAIL;
}

static void release(struct intervention *v)
{
    struct hook *h = v->ud;
    lua_State *L = h->sc->now != NULL ? h->sc->now : h->sc->L;
    if (h->handle != NULL)
        *h->handle = NULL;
    if (lua_checkstack(L, 6) && script_push_refs(L, h->run)) {
        luaL_unref(L, -1, h->function);
        luaL_unref(L, -1, h->infos);
        lua_pop(L, 1);
    }
    free(h->heads);
    free(h);
}

/* The engine counts operations; a hook on one decoder position may have been passed by all the
 * same. */
bool script_account(struct session *s, struct err *e)
{
    for (size_t i = 0; i < s->ninterventions; i++) {
        const struct intervention *v = s->interventions[i];
        if (v->release == release && ((struct hook *)v->ud)->fired == 0)
            return err_set(e, ERR_COMMAND, "%s: matched %d value%s but never fired", v->text,
                           v->observer.matched, v->observer.matched == 1 ? "" : "s");
    }
    return true;
}

void script_drop_hooks(struct session *s)
{
    struct err ignored = ERR_INIT;
    for (size_t i = s->ninterventions; i-- > 0;)
        if (s->interventions[i]->release == release)
            session_remove(s, s->interventions[i], &ignored);
}

/* ---- the Lua object -------------------------------------------------------------------------- */

static struct hook *check_hook(lua_State *L)
{
    struct hook **box = luaL_checkudata(L, 1, HOOK_MT);
    if (*box == NULL)
        luaL_error(L, "this hook was removed");
    return *box;
}

static int remove_hook(lua_State *L)
{
    struct hook *h = check_hook(L);
    if (h->run->inside > 0)
        return luaL_error(L, "a hook cannot be removed inside a hook of the same run");
    struct err e = ERR_INIT;
    return session_remove(h->run->s, h->v, &e) ? 0 : script_throw(L, &e);
}

static int forget(lua_State *L)
{
    struct hook **box = luaL_checkudata(L, 1, HOOK_MT);
    if (*box != NULL)
        (*box)->handle = NULL;
    *box = NULL;
    return 0;
}

static int hook_index(lua_State *L)
{
    const char *key = luaL_checkstring(L, 2);
    if (strcmp(key, "remove") == 0)
        return lua_pushcfunction(L, remove_hook), 1;
    struct hook *h = check_hook(L);
    if (strcmp(key, "matched") == 0)
        return lua_pushinteger(L, h->v->observer.matched), 1;
    if (strcmp(key, "fired") == 0)
        return lua_pushinteger(L, h->fired), 1;
    if (strcmp(key, "changed") == 0)
        return lua_pushinteger(L, h->changed), 1;
    if (strcmp(key, "site") == 0)
        return lua_pushstring(L, h->v->text), 1;
    return luaL_error(
        L, "hooks have no field '%s'; they have remove, matched, fired, changed, site", key);
}

static int hook_tostring(lua_State *L)
{
    struct hook **box = luaL_checkudata(L, 1, HOOK_MT);
    if (*box == NULL)
        return lua_pushliteral(L, "hook (removed)"), 1;
    lua_pushfstring(L, "%s: matched %d, fired %I, changed %I", (*box)->v->text,
                    (*box)->v->observer.matched, (LUAI_UACINT)(*box)->fired,
                    (LUAI_UACINT)(*box)->changed);
    return 1;
}

static void free_refs(void *p)
{
    free(p);
}

/* What the function is told beside the value: one table for each node, made once. */
static void push_infos(lua_State *L, const struct plan *p, const struct site_ref *refs, size_t n)
{
    lua_newtable(L);
    for (size_t i = 0; i < n; i++) {
        const struct node *node = &p->nodes[refs[i].node];
        lua_createtable(L, 0, 6);
        lua_pushstring(L, refs[i].name);
        lua_setfield(L, -2, "site");
        lua_pushstring(L, stack_name(node->stack));
        lua_setfield(L, -2, "stack");
        if (node->layer >= 0) {
            lua_pushinteger(L, node->layer);
            lua_setfield(L, -2, "layer");
        }
        lua_pushinteger(L, 0);
        lua_setfield(L, -2, "position");
        lua_rawseti(L, -2, refs[i].node);
    }
}

static void check_refs(lua_State *L, const struct site_ref *refs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (refs[i].nslices > 0)
            luaL_error(L, "a hook takes no slice; it gets the whole of %s", refs[i].name);
        if (refs[i].result)
            luaL_error(L, "%s is derived from z when asked for; hook z instead", refs[i].name);
        if (refs[i].head >= HOOK_HEADS)
            luaL_error(L, "a hook can be put on the heads 0-%d", HOOK_HEADS - 1);
    }
}

int script_hook_new(lua_State *L, int run, const char *glob, int function)
{
    struct run_box *r = script_run_idle(L, run);
    struct session *s = r->s;
    luaL_checktype(L, function, LUA_TFUNCTION);
    run = lua_absindex(L, run);
    function = lua_absindex(L, function);
    void **slot = script_guard(L, free_refs);
    struct site_ref *refs = NULL;
    size_t n = 0;
    struct err e = ERR_INIT;
    if (!sites_match(s, glob, &refs, &n, &e))
        return script_throw(L, &e);
    *slot = refs;
    check_refs(L, refs, n);
    struct hook **box = lua_newuserdatauv(L, sizeof *box, 1); /* keeps the run alive */
    *box = NULL;
    luaL_setmetatable(L, HOOK_MT);
    lua_pushvalue(L, run);
    lua_setiuservalue(L, -2, 1);
    int object = lua_gettop(L);
    script_push_refs(L, r);
    push_infos(L, s->model->plan, refs, n);
    int infos = luaL_ref(L, -2);
    lua_pushvalue(L, function);
    int f = luaL_ref(L, -2);
    lua_settop(L, object);
    int nodes = s->model->plan->nnodes;
    struct hook *h = mem_alloc(sizeof *h);
    *h = (struct hook){.sc = script_of(L),
                       .run = r,
                       .handle = box,
                       .function = f,
                       .infos = infos,
                       .step = refs[0].step};
    h->heads = mem_alloc((size_t)nodes * sizeof *h->heads);
    struct intervention *v = h->v = mem_alloc(sizeof *v);
    *v = (struct intervention){.text = mem_printf("hook %s", glob),
                               .nodes = mem_alloc((size_t)nodes),
                               .head = -1,
                               .step = -1,
                               .release = release,
                               .looks = true,
                               .ud = h};
    for (size_t i = 0; i < n; i++) {
        v->nodes[refs[i].node] = true;
        if (refs[i].head >= 0)
            h->heads[refs[i].node] |= (uint64_t)1 << refs[i].head;
    }
    *box = h;
    bool ok = session_intervene(s, v, &e);
    v->observer.seen = seen; /* tells what really changed */
    return ok ? 1 : script_throw(L, &e);
}

int script_run_hook(lua_State *L)
{
    return script_hook_new(L, 1, luaL_checkstring(L, 2), 3);
}

void script_open_hook(lua_State *L)
{
    static const luaL_Reg meta[] = {
        {"__gc", forget}, {"__index", hook_index}, {"__tostring", hook_tostring}, {NULL, NULL}};
    luaL_newmetatable(L, HOOK_MT);
    luaL_setfuncs(L, meta, 0);
    lua_pop(L, 1);
}
