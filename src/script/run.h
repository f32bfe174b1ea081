/* Runs in Lua: shared by the run object and its hooks. */
#ifndef RASAD_SCRIPT_RUN_H
#define RASAD_SCRIPT_RUN_H

#include "script/internal.h"

/* A run owns a session of its own that shares the model, unless it stands for the present run. */
struct run_box {
    struct session *s; /* NULL: closed */
    bool own;
    int inside; /* depth of its hooks that are being called */
};

struct run_box *script_run_box(lua_State *L, int i); /* open */
/* The same, and not inside one of its hooks: it may move. */
struct run_box *script_run_idle(lua_State *L, int i);
struct run_box *script_test_run(lua_State *L, int i); /* may be closed; NULL: no run */
int script_run_read(lua_State *L);                    /* run:value(site) */
/* Pushes the table that holds the functions of its hooks; false when the object is being
 * collected. */
bool script_push_refs(lua_State *L, struct run_box *r);
/* A value by name. Inside a hook only what is kept, for nothing may be computed then. */
bool script_run_value(struct run_box *r, const char *site, struct tensor *out, struct err *e);
/* A token of the target by spelling: exact, or as the beginning of a word. */
bool script_token_id(const struct model *m, const char *piece, int32_t *id, struct err *e);
extern const struct script_fn script_run_moves[];
int script_run_hook(lua_State *L);         /* run:hook(glob, function) */
void script_open_run_fields(lua_State *L); /* into the metatable on top */
/* Pushes the run object of the session's present run. */
void script_push_present(lua_State *L);

#endif
