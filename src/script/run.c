/* Runs in Lua: made from a model and a text, moved, and read by the names of sites. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/run.h"

struct run_box *script_run_box(lua_State *L, int i)
{
    struct run_box *r = luaL_checkudata(L, i, RUN_MT);
    luaL_argcheck(L, r->s != NULL, i, "this run is closed");
    luaL_argcheck(L, r->s->model != NULL, i, "no model is open");
    return r;
}

struct run_box *script_test_run(lua_State *L, int i)
{
    return luaL_testudata(L, i, RUN_MT);
}

struct run_box *script_run_idle(lua_State *L, int i)
{
    struct run_box *r = script_run_box(L, i);
    if (!r->own && script_of(L)->asked > 0)
        luaL_error(L, "the present run cannot move inside a condition or a watch");
    if (r->inside > 0)
        luaL_error(
            L, "this run is inside one of its hooks and cannot move; return from the hook first");
    return r;
}

static const char runs_key;

/* The functions of its hooks lie in the run object, not in the registry: a function that mentions
 * the run is collected with it. registry[runs_key] finds the object by the address of its box. */
static struct run_box *push_box(lua_State *L)
{
    struct run_box *r = lua_newuserdatauv(L, sizeof *r, 1);
    *r = (struct run_box){0};
    luaL_setmetatable(L, RUN_MT);
    lua_newtable(L);
    lua_setiuservalue(L, -2, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &runs_key);
    lua_pushvalue(L, -2);
    lua_rawsetp(L, -2, r);
    lua_pop(L, 1);
    return r;
}

bool script_push_refs(lua_State *L, struct run_box *r)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &runs_key);
    if (lua_rawgetp(L, -1, r) != LUA_TUSERDATA) {
        lua_pop(L, 2);
        return false;
    }
    lua_getiuservalue(L, -1, 1);
    lua_replace(L, -3);
    lua_pop(L, 1);
    return true;
}

static const char present_key[] = "rasad.present";

void script_push_present(lua_State *L)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, present_key) == LUA_TUSERDATA)
        return;
    lua_pop(L, 1);
    struct run_box *r = push_box(L);
    r->s = script_of(L)->session;
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, present_key);
}

static int close_run(lua_State *L)
{
    struct run_box *r = luaL_checkudata(L, 1, RUN_MT);
    if (r->inside > 0)
        return luaL_error(L, "a run cannot be closed inside one of its hooks");
    if (!r->own && r->s != NULL)
        return 0; /* the present run is the shell's: kill drops it */
    session_free(r->s);
    r->s = NULL;
    return 0;
}

/* ---- making ---------------------------------------------------------------------------------- */

struct wish {
    struct gen_options o;
    enum keep keep;
    bool forward;
};

static bool field(lua_State *L, int table, const char *name)
{
    if (lua_getfield(L, table, name) != LUA_TNIL)
        return true;
    lua_pop(L, 1);
    return false;
}

static lua_Integer field_int(lua_State *L, int table, const char *name, lua_Integer lo,
                             lua_Integer hi, lua_Integer otherwise)
{
    if (!field(L, table, name))
        return otherwise;
    int fits;
    lua_Integer v = lua_tointegerx(L, -1, &fits);
    if (!fits || v < lo || v > hi)
        luaL_error(L, "option %s must be a whole number from %I to %I", name, (LUAI_UACINT)lo,
                   (LUAI_UACINT)hi);
    lua_pop(L, 1);
    return v;
}

static double field_number(lua_State *L, int table, const char *name, double lo, double hi,
                           double otherwise)
{
    if (!field(L, table, name))
        return otherwise;
    int fits;
    double v = lua_tonumberx(L, -1, &fits);
    if (!fits || !(v >= lo) || v > hi)
        luaL_error(L, "option %s must be a number from %f to %f", name, lo, hi);
    lua_pop(L, 1);
    return v;
}

static bool field_bool(lua_State *L, int table, const char *name)
{
    bool v = lua_getfield(L, table, name) != LUA_TNIL && lua_toboolean(L, -1);
    lua_pop(L, 1);
    return v;
}

static void check_names(lua_State *L, int table)
{
    static const char *const names[] = {"max",     "min",    "beam",        "prefix", "keep",
                                        "forward", "sample", "temperature", "top_k",  "top_p",
                                        "seed",    "hooks",  NULL};
    for (lua_pushnil(L); lua_next(L, table) != 0; lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        const char *const *n = names;
        while (*n != NULL && strcmp(*n, key) != 0)
            n++;
        if (*n != NULL)
            continue;
        const char *meant = str_nearest(key, names);
        if (meant != NULL)
            luaL_error(L, "there is no option '%s' (did you mean '%s'?)", key, meant);
        luaL_error(L, "there is no option '%s' (help(rasad.model().run) lists them)", key);
    }
}

static void read_wish(lua_State *L, int table, struct session *s, struct wish *w)
{
    static const char *const keeps[] = {"none", "auto", "all", NULL};
    *w = (struct wish){.o = s->search, .keep = KEEP_AUTO};
    if (table == 0 || lua_isnoneornil(L, table))
        return;
    luaL_checktype(L, table, LUA_TTABLE);
    check_names(L, table);
    w->o.max_new = field_int(L, table, "max", 1, 1000000, 0);
    w->o.min_new = field_int(L, table, "min", 0, 1000000, w->o.min_new);
    int64_t width = field_int(L, table, "beam", 1, 1000, 0);
    if (width > 0) {
        w->o.search = SEARCH_BEAM;
        w->o.width = (int)width;
    }
    if (field_bool(L, table, "sample"))
        w->o.search = SEARCH_SAMPLE;
    w->o.temperature = field_number(L, table, "temperature", 1e-6, 1000, w->o.temperature);
    w->o.top_k = (int)field_int(L, table, "top_k", 0, INT32_MAX, w->o.top_k);
    w->o.top_p = field_number(L, table, "top_p", 0, 1, w->o.top_p);
    w->o.seed = (uint64_t)field_int(L, table, "seed", 0, INT64_MAX, (lua_Integer)w->o.seed);
    w->forward = field_bool(L, table, "forward");
    if (field(L, table, "keep")) {
        w->keep = (enum keep)luaL_checkoption(L, lua_gettop(L), NULL, keeps);
        lua_pop(L, 1);
    }
}

static int check(lua_State *L, bool ok, const struct err *e)
{
    return ok ? 0 : script_throw(L, e);
}

/* Texts and ids at stack index i as source or prefix. */
static void set_input(lua_State *L, struct session *s, int i, bool prefix)
{
    struct err e = ERR_INIT;
    size_t n;
    i = lua_absindex(L, i);
    if (lua_type(L, i) == LUA_TSTRING) {
        const char *text = lua_tolstring(L, i, &n);
        check(L, prefix ? session_prefix_text(s, text, n, &e) : session_text(s, text, n, &e), &e);
    } else if (lua_type(L, i) == LUA_TTABLE) {
        int64_t count;
        const int32_t *ids = script_check_ids(L, i, &count);
        check(L, prefix ? session_prefix_ids(s, ids, count, &e) : session_ids(s, ids, count, &e),
              &e);
        lua_pop(L, 1);
    } else {
        luaL_error(L, "%s must be a text or a list of ids, not a %s",
                   prefix ? "the prefix" : "the input", luaL_typename(L, i));
    }
}

static void forward_note(void *ud, const char *text)
{
    session_note(ud, "%s", text);
}

/* A session that shares the model and the limits, and nothing else. */
static struct session *private_session(struct script *sc, struct model *m)
{
    struct session *s = session_new();
    s->model = model_ref(m);
    s->search = m->plan != NULL ? m->defaults : gen_defaults();
    s->search.search = SEARCH_GREEDY;
    s->settings.number[SET_MEMORY] = sc->session->settings.number[SET_MEMORY];
    s->settings.number[SET_MAXNEW] = sc->session->settings.number[SET_MAXNEW];
    s->hooks = (struct session_hooks){.ud = sc->session, .note = forward_note};
    return s;
}

/* Calls into the engine run on the thread that asked, so that hooks are called on it too. */
static lua_State *enter(lua_State *L)
{
    lua_State *outer = script_of(L)->now;
    script_of(L)->now = L;
    return outer;
}

static int finished(lua_State *L, lua_State *outer, bool ok, enum stop_reason reason,
                    const struct err *e)
{
    script_of(L)->now = outer;
    if (!ok)
        return script_throw(L, e);
    if (reason == STOP_INTERRUPT)
        return script_interrupt(L);
    return 0;
}

static void compute(lua_State *L, struct session *s, const struct wish *w)
{
    struct err e = ERR_INIT;
    struct stop stop = {.reason = STOP_MOVED};
    lua_State *outer = enter(L);
    bool ok = w->forward ? session_forward(s, &e) : session_run(s, &w->o, w->keep, &stop, &e);
    if (ok && (w->forward || stop.reason == STOP_END))
        ok = script_account(s, &e);
    finished(L, outer, ok, stop.reason, &e);
}

static void begin(lua_State *L, struct session *s)
{
    struct err e = ERR_INIT;
    lua_State *outer = enter(L);
    bool ok = session_start(s, &e);
    finished(L, outer, ok, STOP_MOVED, &e);
}

int script_run_new(lua_State *L, struct model *m, int text, int options, bool to_end)
{
    struct script *sc = script_of(L);
    struct run_box *r = push_box(L);
    int at = lua_gettop(L);
    r->own = true;
    r->s = private_session(sc, m);
    struct wish w;
    read_wish(L, options, r->s, &w);
    r->s->keep = w.keep;
    r->s->search = w.o;
    set_input(L, r->s, text, false);
    bool given = options != 0 && !lua_isnoneornil(L, options);
    if (given && field(L, options, "prefix")) {
        set_input(L, r->s, -1, true);
        lua_pop(L, 1);
    }
    if (given && field(L, options, "hooks")) {
        luaL_checktype(L, -1, LUA_TTABLE);
        for (lua_pushnil(L); lua_next(L, -2) != 0;) {
            if (lua_type(L, -2) != LUA_TSTRING)
                luaL_error(L, "hooks are given as { [site] = function }");
            int function = lua_gettop(L);
            script_hook_new(L, at, lua_tostring(L, -2), function);
            lua_settop(L, function - 1); /* the key */
        }
        lua_pop(L, 1);
    }
    if (to_end)
        compute(L, r->s, &w);
    else
        begin(L, r->s);
    lua_settop(L, at);
    return 1;
}

/* ---- moving ---------------------------------------------------------------------------------- */

static int push_reason(lua_State *L, const struct session *s, const struct stop *stop)
{
    lua_pushstring(L, stop_reason_name(stop->reason));
    if (stop->last_node >= 0)
        lua_pushstring(L, s->model->plan->nodes[stop->last_node].name);
    else
        lua_pushnil(L);
    return 2;
}

/* Moves forward; at the end every hook must have fired. */
static int ended(lua_State *L, struct run_box *r, lua_State *outer, bool ok,
                 const struct stop *stop, struct err *e)
{
    if (ok && stop->reason == STOP_END)
        ok = script_account(r->s, e);
    finished(L, outer, ok, stop->reason, e);
    return push_reason(L, r->s, stop);
}

/* The arguments of step and back: (), (3), ("layer"), ("layer", 2). */
static enum ladder check_steps(lua_State *L, lua_Integer *n)
{
    static const char *const names[] = {"op", "part", "layer", "stack", "token", NULL};
    bool word = lua_type(L, 2) == LUA_TSTRING;
    enum ladder l = word ? (enum ladder)luaL_checkoption(L, 2, NULL, names) : STEP_OP;
    *n = luaL_optinteger(L, word ? 3 : 2, 1);
    luaL_argcheck(L, *n >= 1, word ? 3 : 2, "must be 1 or more");
    return l;
}

static int r_step(lua_State *L)
{
    struct run_box *r = script_run_idle(L, 1);
    lua_Integer n;
    enum ladder l = check_steps(L, &n);
    struct err e = ERR_INIT;
    struct stop stop;
    lua_State *outer = enter(L);
    bool ok = session_step(r->s, l, n, &stop, &e);
    return ended(L, r, outer, ok, &stop, &e);
}

static int r_continue(lua_State *L)
{
    struct run_box *r = script_run_idle(L, 1);
    struct err e = ERR_INIT;
    struct stop stop;
    lua_State *outer = enter(L);
    bool ok = session_step(r->s, STEP_ALL, 1, &stop, &e);
    return ended(L, r, outer, ok, &stop, &e);
}

static int r_to(lua_State *L)
{
    struct run_box *r = script_run_idle(L, 1);
    const char *site = luaL_checkstring(L, 2);
    struct err e = ERR_INIT;
    struct stop stop;
    lua_State *outer = enter(L);
    bool ok = session_until(r->s, site, &stop, &e);
    return ended(L, r, outer, ok, &stop, &e);
}

static int r_back(lua_State *L)
{
    struct run_box *r = script_run_idle(L, 1);
    lua_Integer n;
    enum ladder l = check_steps(L, &n);
    struct err e = ERR_INIT;
    struct stop stop;
    lua_State *outer = enter(L);
    bool ok = session_back(r->s, l, n, &stop, &e);
    finished(L, outer, ok, stop.reason, &e);
    return push_reason(L, r->s, &stop);
}

static int r_jump(lua_State *L)
{
    struct run_box *r = script_run_idle(L, 1);
    const char *site = luaL_checkstring(L, 2);
    struct err e = ERR_INIT;
    struct stop stop;
    lua_State *outer = enter(L);
    bool ok = session_goto(r->s, site, &stop, &e);
    finished(L, outer, ok, STOP_MOVED, &e);
    return 0;
}

static int r_restart(lua_State *L)
{
    begin(L, script_run_idle(L, 1)->s);
    lua_settop(L, 1);
    return 1;
}

static int r_choose(lua_State *L)
{
    struct run_box *r = script_run_idle(L, 1);
    struct err e = ERR_INIT;
    int32_t id;
    if (lua_isinteger(L, 2)) {
        id = (int32_t)lua_tointeger(L, 2);
    } else if (!script_token_id(r->s->model, luaL_checkstring(L, 2), &id, &e)) {
        return script_throw(L, &e);
    }
    lua_State *outer = enter(L);
    bool ok = session_choose(r->s, id, &e);
    return finished(L, outer, ok, STOP_MOVED, &e);
}

const struct script_fn script_run_moves[] = {
    {"step", r_step, "run:step([\"op\" \"part\" \"layer\" \"stack\" \"token\"] [, n])",
     "goes on; returns why it stopped (\"moved\" \"break\" \"target\" \"end\") and the value made "
     "last"},
    {"continue", r_continue, "run:continue()", "to the end; every hook must have fired"},
    {"to", r_to, "run:to(site)", "until this value is there (the shell's until)"},
    {"back", r_back, "run:back([unit] [, n])", "the way back, units as for step"},
    {"jump", r_jump, "run:jump(site)", "to a place that was computed already (the shell's goto)"},
    {"restart", r_restart, "run:restart()",
     "stands before the first operation again; hooks stay; returns the run"},
    {"choose", r_choose, "run:choose(id or piece)",
     "takes this token at the choice; what lay after it is forgotten"},
    {"close", close_run, "run:close()", "lets go of everything it holds now"},
    {NULL, NULL, "", ""}};

void script_open_run(lua_State *L)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &runs_key);
    luaL_newmetatable(L, RUN_MT);
    lua_pushcfunction(L, close_run);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, close_run);
    lua_setfield(L, -2, "__close");
    script_open_run_fields(L);
    lua_pop(L, 1);
}
