/* What a run tells: tokens, texts, scores, candidates, and values by the names of sites. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/run.h"
#include "tensor/kernels.h"

/* ---- values ---------------------------------------------------------------------------------- */

/* Inside a hook nothing may be computed: the machine stands in the middle of an operation. */
static bool readable(struct run_box *r, const struct site_ref *ref, struct err *e)
{
    struct session *s = r->s;
    if (r->inside == 0)
        return true;
    if (s->gen != NULL && run_kept(gen_run(s->gen), ref->node) &&
        gen_opts(s->gen)->search != SEARCH_BEAM)
        return true;
    return err_set(e, ERR_COMMAND, "inside a hook only values that are kept can be read; %s is not",
                   ref->name);
}

bool script_run_value(struct run_box *r, const char *site, struct tensor *out, struct err *e)
{
    struct site_ref ref;
    return sites_one(r->s, site, &ref, e) && readable(r, &ref, e) &&
           sites_tensor(r->s, &ref, out, e);
}

static int push_value(lua_State *L, struct run_box *r, const char *site)
{
    struct err e = ERR_INIT;
    struct script *sc = script_of(L);
    struct tensor *t = script_push_box(L);
    lua_State *outer = sc->now;
    sc->now = L; /* a value that was not kept is computed again, through the hooks */
    bool ok = script_run_value(r, site, t, &e);
    sc->now = outer;
    if (!ok)
        return script_throw(L, &e);
    return t->ndim > 0 ? 1 : script_push_view(L, t);
}

int script_run_read(lua_State *L)
{
    return push_value(L, script_run_box(L, 1), luaL_checkstring(L, 2));
}

static void free_refs(void *p)
{
    free(p);
}

static int r_sites(lua_State *L)
{
    struct run_box *r = script_run_box(L, 1);
    const char *glob = luaL_optstring(L, 2, "*");
    void **slot = script_guard(L, free_refs);
    struct site_ref *refs = NULL;
    size_t n = 0;
    struct err e = ERR_INIT;
    if (!sites_match(r->s, glob, &refs, &n, &e))
        return script_throw(L, &e);
    *slot = refs;
    lua_createtable(L, (int)n, 0);
    struct str *text = script_str(L);
    for (size_t i = 0; i < n; i++) {
        str_clear(text);
        sites_text(&refs[i], text);
        lua_pushlstring(L, text->s, text->len);
        lua_rawseti(L, -3, (lua_Integer)i + 1);
    }
    lua_pop(L, 1);
    return 1;
}

/* ---- tokens ---------------------------------------------------------------------------------- */

bool script_token_id(const struct model *m, const char *piece, int32_t *id, struct err *e)
{
    const struct tokenizer *t = m->tokenizer[TOKEN_TARGET];
    if (t == NULL)
        return err_set(e, ERR_COMMAND, "%s has no tokenizer files; use the id of the token",
                       m->name);
    *id = tokenizer_id(t, piece);
    if (*id >= 0)
        return true;
    char *word = mem_printf("\xE2\x96\x81%s", piece); /* U+2581 begins a word */
    *id = tokenizer_id(t, word);
    free(word);
    return *id >= 0 ||
           err_set(e, ERR_COMMAND, "no token is spelt '%s' or '\xE2\x96\x81%s'", piece, piece);
}

static void push_token(lua_State *L, struct session *s, enum token_side side, int32_t id)
{
    char buf[24];
    lua_createtable(L, 0, 5);
    lua_pushinteger(L, id);
    lua_setfield(L, -2, "id");
    lua_pushstring(L, session_piece(s, side, id, buf));
    lua_setfield(L, -2, "piece");
    const struct tokenizer *t = s->model->tokenizer[side];
    lua_pushboolean(L, t != NULL && tokenizer_is_special(t, id));
    lua_setfield(L, -2, "special");
}

static int push_tokens(lua_State *L, struct session *s)
{
    if (s->source.text != NULL) {
        script_push_tokens(L, &s->source.coding);
        return 1;
    }
    lua_createtable(L, (int)s->source.n, 0);
    for (int64_t i = 0; i < s->source.n; i++) {
        push_token(L, s, TOKEN_SOURCE, s->source.ids[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* Decoder tokens so far, start token and prefix included: the rows of decoder values, and the last
 * one chosen. */
static int push_targets(lua_State *L, struct session *s)
{
    int64_t n;
    const int32_t *ids = session_tokens(s, TOKEN_TARGET, &n);
    int32_t *copy = lua_newuserdatauv(L, (size_t)(n + 1) * sizeof *copy, 0);
    if (n > 0)
        memcpy(copy, ids, (size_t)n * sizeof *copy);
    lua_createtable(L, (int)n, 0);
    for (int64_t i = 0; i < n; i++) {
        push_token(L, s, TOKEN_TARGET, copy[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static const struct gen_hypothesis *best(struct session *s)
{
    const struct gen_hypothesis *h = NULL;
    return s->gen != NULL && gen_results(s->gen, &h) > 0 ? h : NULL;
}

/* What was generated, with the log-probability of each token where it was recorded. */
static int push_output(lua_State *L, struct session *s)
{
    const struct gen_hypothesis *h = best(s);
    int64_t n = h != NULL ? h->n : 0;
    int32_t *ids = lua_newuserdatauv(L, (size_t)(n + 1) * sizeof *ids, 0);
    if (n > 0)
        memcpy(ids, h->ids, (size_t)n * sizeof *ids);
    bool steps = s->gen != NULL && gen_opts(s->gen)->search != SEARCH_BEAM;
    lua_createtable(L, (int)n, 0);
    for (int64_t i = 0; i < n; i++) {
        push_token(L, s, TOKEN_TARGET, ids[i]);
        const struct gen_step *step = steps ? gen_step_at(s->gen, i) : NULL;
        if (step != NULL) {
            lua_pushnumber(L, step->logp);
            lua_setfield(L, -2, "logp");
            lua_pushinteger(L, step->position);
            lua_setfield(L, -2, "position");
        }
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int push_text(lua_State *L, struct session *s)
{
    const struct gen_hypothesis *h = best(s);
    const struct tokenizer *t = s->model->tokenizer[TOKEN_TARGET];
    if (h == NULL || t == NULL)
        return lua_pushliteral(L, ""), 1;
    struct str *text = script_str(L);
    struct err e = ERR_INIT;
    h = best(
        s); /* making the guard may have collected; nothing of this run, but cheap to be sure */
    if (!tokenizer_decode(t, h->ids, (size_t)h->n, text, &e))
        return script_throw(L, &e);
    lua_pushlstring(L, text->s, text->len);
    return 1;
}

static int push_ids(lua_State *L, const int32_t *ids, int64_t n)
{
    lua_createtable(L, (int)n, 0);
    for (int64_t i = 0; i < n; i++) {
        lua_pushinteger(L, ids[i]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* ---- candidates ------------------------------------------------------------------------------ */

/* The logits of the last position that has any: [V], pushed as a tensor; false when there are
 * none. */
static bool push_last_logits(lua_State *L, struct run_box *r)
{
    struct tensor *t = script_push_box(L);
    struct err ignored = ERR_INIT;
    struct site_ref ref = {.name = "logits",
                           .node = r->s->model->plan != NULL ? r->s->model->plan->logits : -1,
                           .head = -1,
                           .step = -1};
    if (ref.node < 0 || r->s->gen == NULL || !readable(r, &ref, &ignored) ||
        !session_value(r->s, ref.node, t, &ignored)) {
        lua_pop(L, 1);
        return false;
    }
    int axis = r->s->model->plan->nodes[ref.node].pos_axis;
    *t = tensor_index(t, axis, t->shape[axis] - 1); /* the reference goes along */
    if (t->ndim == 2)
        *t = tensor_index(t, 0, 0);
    return true;
}

static int32_t check_token(lua_State *L, struct run_box *r, int i)
{
    struct err e = ERR_INIT;
    int32_t id;
    if (lua_isinteger(L, i)) {
        lua_Integer n = lua_tointeger(L, i),
                    vocab = r->s->model->plan != NULL ? r->s->model->plan->vocab_target : 0;
        if (n < 0 || n >= vocab)
            luaL_error(L, "id %I is outside the vocabulary (ids 0-%I)", (LUAI_UACINT)n,
                       (LUAI_UACINT)vocab - 1);
        return (int32_t)n;
    }
    if (!script_token_id(r->s->model, luaL_checkstring(L, i), &id, &e))
        script_throw(L, &e);
    return id;
}

/* 1 is the likeliest token of the present position; nil before the first logits. */
static int r_rank(lua_State *L)
{
    struct run_box *r = script_run_box(L, 1);
    int32_t id = check_token(L, r, 2);
    if (!push_last_logits(L, r))
        return lua_pushnil(L), 1;
    const float *x = script_floats(L, -1);
    const struct tensor *t = lua_touserdata(L, -1);
    int64_t rank = 1;
    for (int64_t i = 0; i < t->shape[0]; i++)
        rank += x[i] > x[id] || (x[i] == x[id] && i < id);
    lua_pushinteger(L, rank);
    return 1;
}

static int r_prob(lua_State *L)
{
    struct run_box *r = script_run_box(L, 1);
    int32_t id = check_token(L, r, 2);
    if (!push_last_logits(L, r))
        return lua_pushnil(L), 1;
    const float *x = script_floats(L, -1);
    const struct tensor *t = lua_touserdata(L, -1);
    lua_pushnumber(L, exp((double)x[id] - k_logsumexp(x, t->shape[0])));
    return 1;
}

static int r_candidates(lua_State *L)
{
    struct run_box *r = script_run_box(L, 1);
    lua_Integer k = luaL_optinteger(L, 2, 10);
    luaL_argcheck(L, k >= 1 && k <= 1000000, 2, "must be from 1 to 1000000");
    if (r->inside > 0)
        return luaL_error(L, "candidates are not known inside a hook");
    struct candidate_token *c = lua_newuserdatauv(L, (size_t)k * sizeof *c, 0);
    int n = r->s->gen != NULL ? gen_candidates(r->s->gen, (int)k, c) : 0;
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
        push_token(L, r->s, TOKEN_TARGET, c[i].id);
        lua_pushnumber(L, c[i].logp);
        lua_setfield(L, -2, "logp");
        lua_pushnumber(L, exp(c[i].logp));
        lua_setfield(L, -2, "p");
        lua_pushinteger(L, i + 1);
        lua_setfield(L, -2, "rank");
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* ---- place and fields ------------------------------------------------------------------------ */

static int r_at(lua_State *L)
{
    struct session *s = script_run_box(L, 1)->s;
    if (s->gen == NULL)
        return lua_pushnil(L), 1;
    struct place at = gen_place(s->gen);
    if (gen_done(s->gen))
        lua_pushliteral(L, "end");
    else if (at.node == s->model->plan->nnodes)
        lua_pushliteral(L, "choice");
    else
        lua_pushstring(L, s->model->plan->nodes[at.node].name);
    lua_pushinteger(L, session_position(s));
    return 2;
}

static int push_field(lua_State *L, struct session *s, const char *key)
{
    if (strcmp(key, "model") == 0)
        return script_push_model(L, s->model), 1;
    if (strcmp(key, "source") == 0)
        return s->source.text != NULL ? lua_pushlstring(L, s->source.text, s->source.len)
                                      : (lua_pushliteral(L, ""), NULL),
               1;
    if (strcmp(key, "tokens") == 0)
        return push_tokens(L, s);
    if (strcmp(key, "targets") == 0)
        return push_targets(L, s);
    if (strcmp(key, "output") == 0)
        return push_output(L, s);
    if (strcmp(key, "text") == 0)
        return push_text(L, s);
    if (strcmp(key, "source_ids") == 0)
        return push_ids(L, s->source.ids, s->source.n);
    const struct gen_hypothesis *h = best(s);
    if (strcmp(key, "ids") == 0) {
        int64_t n = h != NULL ? h->n : 0;
        int32_t *ids = lua_newuserdatauv(L, (size_t)(n + 1) * sizeof *ids, 0);
        if (n > 0)
            memcpy(ids, h->ids, (size_t)n * sizeof *ids);
        return push_ids(L, ids, n);
    }
    if (strcmp(key, "score") == 0)
        return h != NULL ? lua_pushnumber(L, h->score) : lua_pushnil(L), 1;
    if (strcmp(key, "stopped") == 0) {
        bool over = s->gen != NULL && gen_done(s->gen) && h != NULL;
        return over ? (void)lua_pushstring(L, h->eos ? "eos" : "max") : lua_pushnil(L), 1;
    }
    if (strcmp(key, "done") == 0)
        return lua_pushboolean(L, s->gen != NULL && gen_done(s->gen)), 1;
    return 0;
}

/* upvalue 1: the methods. A key that is neither method nor field is the name of a value. */
static int run_index(lua_State *L)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const char *key = luaL_checkstring(L, 2);
    struct run_box *r = script_run_box(L, 1);
    if (push_field(L, r->s, key) == 1)
        return 1;
    const struct plan *p = r->s->model->plan;
    bool site = strpbrk(key, ".@[") != NULL || (p != NULL && plan_site(p, key) >= 0);
    int first, last;
    bool stack = !site && p != NULL && plan_range(p, key, &first, &last);
    if (stack) {
        script_push_site(L, key, 1);
        return 1;
    }
    if (!site)
        return script_no_field(L, "runs", RUN_MT, key);
    return push_value(L, r, key);
}

static int tostring(lua_State *L)
{
    struct run_box *r = luaL_checkudata(L, 1, RUN_MT);
    if (r->s == NULL || r->s->model == NULL)
        return lua_pushliteral(L, "run (closed)"), 1;
    if (r->s->gen == NULL)
        return lua_pushfstring(L, "run of %s, nothing computed", r->s->model->name), 1;
    lua_pushcfunction(L, r_at);
    lua_pushvalue(L, 1);
    lua_call(L, 1, 2);
    const char *at = lua_tostring(L, -2);
    push_text(L, r->s);
    lua_pushfstring(L, "run of %s at %s: %s", r->s->model->name, at, lua_tostring(L, -1));
    return 1;
}

void script_open_run_fields(lua_State *L)
{
    static const struct script_fn methods[] = {
        {"value", script_run_read,
         "run[\"dec.5.cross.pattern.h2@3\"], run:value(site), run.enc[2].self.pattern",
         "the value of a site as a tensor; heads and decoder positions in names count from 0"},
        {"sites", r_sites, "run:sites([glob])", "names of the values that match"},
        {"at", r_at, "run:at()",
         "what comes next (a site, \"choice\" or \"end\") and the decoder position"},
        {"candidates", r_candidates, "run:candidates([k])",
         "list of {rank, id, piece, p, logp} of the present position"},
        {"rank", r_rank, "run:rank(piece or id)",
         "its rank at the present position, 1 = likeliest; nil: no logits yet"},
        {"prob", r_prob, "run:prob(piece or id)",
         "its probability at the present position; nil: no logits yet"},
        {"hook", script_run_hook, "run:hook(site, function(t, info) ... end)",
         "called with each value as it is made; may return a tensor or a number to take its place. "
         "info: site, layer, "
         "position. Gives a hook: h:remove(), h.matched, h.fired, h.changed"},
        {NULL, NULL, "", ""}};
    lua_newtable(L);
    script_functions(L, RUN_MT, methods);
    script_functions(L, RUN_MT, script_run_moves);
    lua_pushcfunction(L, r_at);
    script_document(
        L, RUN_MT,
        "run.text .ids .output .score .stopped .done .source .source_ids .tokens .targets .model",
        "what was generated and why it stopped; the source and its tokens; decoder tokens so far");
    lua_pop(L, 1);
    lua_pushcclosure(L, run_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, tostring);
    lua_setfield(L, -2, "__tostring");
}
