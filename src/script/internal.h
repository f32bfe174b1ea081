/* Shared by the files of the script layer.
 *
 * Two rules hold everywhere: a C resource that must survive a call into Lua sits in a userdata (box
 * first, fill second), and no Lua error crosses a frame of the layers below: they are called with
 * struct err and call back through script_call. */
#ifndef RASAD_SCRIPT_INTERNAL_H
#define RASAD_SCRIPT_INTERNAL_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "base/str.h"
#include "script/script.h"

#define TENSOR_MT "tensor"
#define MODEL_MT "model"
#define RUN_MT "run"
#define SITE_MT "site"
#define HOOK_MT "hook"
#define GUARD_MT "rasad.guard"

/* Counts what Lua holds. Allocation number `fail_at` and all after it fail (0 = none do): for
 * tests. */
struct script_memory {
    size_t used, limit;
    int64_t calls, fail_at;
};

struct script {
    lua_State *L;   /* the main thread */
    lua_State *now; /* the thread that called into the layers below */
    struct session *session;
    struct script_memory memory;
    struct script_output output;
    struct str detail;    /* under the last error message */
    struct str traceback; /* of the error under way */
    int64_t nhistory;
    size_t tensor_bytes; /* made since the collector was told */
    int asked;           /* depth of conditions and watches: the present run cannot move then */
    bool mode;           /* the shell reads Lua */
    bool quitting;       /* os.exit was called */
    int quit_status;
    char mark; /* its address is the error value of an interrupt */
};

struct script *script_open(struct session *s, size_t limit, int64_t fail_at, struct err *e);
static inline struct script *script_of(lua_State *L)
{
    return *(struct script **)lua_getextraspace(L);
}

/* ---- errors and protected calls (call.c) ----------------------------------------------------- */

/* Raises e as a Lua error, with the place; interrupts as such. Use: return script_throw(L, &e); */
int script_throw(lua_State *L, const struct err *e);
int script_interrupt(lua_State *L); /* raises an interrupt */
/* Runs f(L) with ud as a light userdata, protected; an error becomes e. The stack is as before. */
bool script_call(struct script *sc, lua_CFunction f, void *ud, struct err *e);
/* After a call from outside: os.exit in it leaves as the shell's quit does. Gives ok, or what quit
 * says. */
bool script_leave(struct script *sc, bool ok, struct err *e);

/* ---- life (safe.c) --------------------------------------------------------------------------- */

void *script_alloc(void *ud, void *p, size_t old, size_t n);
void script_watch_interrupts(lua_State *L);
void script_open_safe(lua_State *L); /* pcall, xpcall, coroutine.*, os.exit, print */

/* ---- C things in boxes (box.c) --------------------------------------------------------------- */

/* A guard on the stack that frees *slot when it is closed or collected. Returns the slot, NULL
 * inside. */
void **script_guard(lua_State *L, void (*release)(void *p));
/* Growable text, freed with its guard. */
struct str *script_str(lua_State *L);
void script_open_box(lua_State *L);

/* Raises "tensors have no field 'summ' (did you mean 'sum'?)"; the methods are upvalue 1. */
const char *script_nearest(lua_State *L,
                           const char *word); /* among the keys of the table on top, or NULL */
int script_no_field(lua_State *L, const char *kinds, const char *topic, const char *key);

/* A table of methods whose documentation `help` shows. */
struct script_fn {
    const char *name;
    lua_CFunction f;
    const char *signature; /* "t:topk(k)" */
    const char *doc;       /* one line */
};
/* Sets the functions in the table on top and notes their documentation under `topic`. */
void script_functions(lua_State *L, const char *topic, const struct script_fn *f);
/* Notes the documentation of the function on top (kept there). */
void script_document(lua_State *L, const char *topic, const char *signature, const char *doc);
void script_open_doc(lua_State *L);

/* ---- tensors (tensor.c and others) ----------------------------------------------------------- */

struct tensor *script_check_tensor(lua_State *L,
                                   int i); /* a tensor, or a site that stands for one */
struct tensor *script_test_tensor(lua_State *L, int i); /* NULL: neither */
struct tensor *script_push_box(lua_State *L);           /* an empty tensor; fill it at once */
/* A view of the tensor at stack index i: takes its own reference. Rank 0 becomes a number. */
int script_push_view(lua_State *L, const struct tensor *t);
/* New float32 tensor on the stack, with the axes of `like` (or NULL); contents undefined. */
struct tensor *script_push_new(lua_State *L, int ndim, const int64_t *shape,
                               const struct tensor *like);
/* Makes the tensor at i contiguous float32, copying when it is not. Returns its data. */
const float *script_floats(lua_State *L, int i);
int script_check_axis(lua_State *L, int i, const struct tensor *t); /* name or 1-based number */
/* Adds the picture that print draws, without a newline at the end. */
void script_tensor_text(struct script *sc, struct str *out, struct session *s, const char *name,
                        const struct site_ref *ref, const struct tensor *t);
struct style script_style(const struct script *sc);
void script_open_tensor(lua_State *L);
extern const struct script_fn script_tensor_math[], script_tensor_reduce[];
void script_tensor_metamath(lua_State *L); /* sets __add ... in the metatable on top */

/* ---- the rest -------------------------------------------------------------------------------- */

void script_open_model(lua_State *L);
void script_push_model(lua_State *L, struct model *m); /* takes its own reference */
/* Ids from a list at i: an int32_t array in a guard that is pushed. */
int32_t *script_check_ids(lua_State *L, int i, int64_t *n);
void script_push_tokens(lua_State *L, const struct encoding *x);

void script_open_run(lua_State *L);
/* A run with a session of its own; options at index o (or 0). */
int script_run_new(lua_State *L, struct model *m, int text, int options, bool to_end);
int script_hook_new(lua_State *L, int run, const char *glob, int function);
void script_open_hook(lua_State *L);
bool script_account(struct session *s,
                    struct err *e);        /* at the end of a run every hook has fired */
void script_drop_hooks(struct session *s); /* those of Lua, before the state is closed */

void script_open_site(lua_State *L);
void script_push_site(lua_State *L, const char *path, int run); /* run: stack index or 0 */
/* Replaces a site at i by its tensor, when it has one now; which value of which session it was. */
bool script_resolve(lua_State *L, int i, struct session **s, struct site_ref *ref);

void script_push_data(lua_State *L, const struct data *d);
/* Lua value at i as data under key (NULL: into a list). */
void script_add_data(lua_State *L, int i, struct arena *a, struct data *to, const char *key);
int script_add_command(lua_State *L); /* rasad.add_command */
void script_open_rasad(lua_State *L);
void script_open_prelude(lua_State *L);

/* History: records the value on top (popped), returns its number. Look-up pushes a value. */
int64_t script_remember(lua_State *L);
void script_open_history(lua_State *L);
/* Readable text of the value at i, pushed as a string. */
const char *script_show(lua_State *L, int i);

/* A new string: $N, $$N and X@N of the prompt as Lua. *back maps a byte of it to one of text. */
void script_rewrite(struct str *out, const char *text);
size_t script_rewrite_back(const char *text, size_t at);

#endif
