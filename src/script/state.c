/* The Lua state's life. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/internal.h"

static int open_all(lua_State *L)
{
    script_open_safe(L);
    lua_newtable(L);
    lua_setglobal(L, "rasad");
    script_open_doc(L);
    script_open_box(L);
    script_open_tensor(L);
    script_open_model(L);
    script_open_run(L);
    script_open_hook(L);
    script_open_site(L);
    script_open_history(L);
    script_open_rasad(L);
    script_open_prelude(L);
    return 0;
}

/* ---- what the session asks for --------------------------------------------------------------- */

static struct script *script_in(void *ud)
{
    return ((struct session *)ud)->script;
}

static bool eval_bool(void *ud, const char *expr, bool *out, struct err *e)
{
    struct script *sc = script_in(ud);
    sc->asked++;
    bool ok = script_bool(sc, expr, out, e);
    sc->asked--;
    return ok;
}

static bool eval_number(void *ud, const char *expr, double *out, struct err *e)
{
    struct script *sc = script_in(ud);
    sc->asked++;
    bool ok = script_number(sc, expr, out, e);
    sc->asked--;
    return ok;
}

static bool eval_value(void *ud, const char *expr, struct result *out, struct err *e)
{
    return script_line(script_in(ud), expr, out, NULL, e);
}

static int record(void *ud, const struct tensor *t)
{
    struct err ignored = ERR_INIT;
    int64_t number = 0;
    return script_record(script_in(ud), t, &number, &ignored) ? (int)number : 0;
}

/* ---- life ------------------------------------------------------------------------------------ */

struct script *script_open(struct session *s, size_t limit, int64_t fail_at, struct err *e)
{
    struct script *sc = mem_alloc(sizeof *sc);
    sc->session = s;
    sc->memory = (struct script_memory){.limit = limit, .fail_at = fail_at};
    sc->detail = sc->traceback = (struct str)STR_INIT;
    sc->L = lua_newstate(script_alloc, &sc->memory);
    if (sc->L == NULL) {
        free(sc);
        err_memory(e, 1 << 20, "opening Lua");
        return NULL;
    }
    *(struct script **)lua_getextraspace(sc->L) = sc;
    if (!script_call(sc, open_all, NULL, e)) {
        script_free(sc);
        return NULL;
    }
    return sc;
}

struct script *script_new(struct session *s, struct err *e)
{
    struct script *sc = script_open(s, (size_t)s->settings.number[SET_MEMORY] << 20, 0, e);
    if (sc == NULL)
        return NULL;
    s->script = sc;
    s->hooks.ud = s;
    s->hooks.eval_bool = eval_bool;
    s->hooks.eval_number = eval_number;
    s->hooks.eval_value = eval_value;
    s->hooks.record = record;
    return sc;
}

void script_free(struct script *sc)
{
    if (sc == NULL)
        return;
    struct session *s = sc->session;
    script_drop_hooks(s);
    lua_close(sc->L);
    if (s->script == sc) {
        s->script = NULL;
        s->hooks.eval_bool = NULL;
        s->hooks.eval_number = NULL;
        s->hooks.eval_value = NULL;
        s->hooks.record = NULL;
    }
    str_release(&sc->detail);
    str_release(&sc->traceback);
    free(sc);
}

void script_set_output(struct script *sc, const struct script_output *o)
{
    sc->output = *o;
}

struct style script_style(const struct script *sc)
{
    struct style s;
    if (sc->output.style != NULL)
        return sc->output.style(sc->output.ud);
    style_init(&s);
    s.precision = (int)sc->session->settings.number[SET_PRECISION];
    return s;
}

bool script_mode(const struct script *sc)
{
    return sc->mode;
}

void script_set_mode(struct script *sc, bool on)
{
    sc->mode = on;
}

void script_forget_detail(struct script *sc)
{
    str_clear(&sc->detail);
}

const char *script_detail(const struct script *sc)
{
    return sc->detail.s;
}
