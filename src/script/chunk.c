/* Compiling and running text: lines of the prompt, expressions of the session, files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "command/show.h"
#include "script/internal.h"

enum { FILE_LIMIT = 64 << 20, CACHE_LIMIT = 200 };

static const char cache_key[] = "rasad.compiled";

/* ---- the place of an error ------------------------------------------------------------------- */

/* "NAME:LINE:" at the beginning of a message; false when it is of another chunk. */
static bool message_line(const char *msg, const char *name, long *line)
{
    size_t n = strlen(name);
    if (strncmp(msg, name, n) != 0 || msg[n] != ':')
        return false;
    char *end;
    *line = strtol(msg + n + 1, &end, 10);
    return *line > 0 && *end == ':';
}

/* Line number `line` of the text: offset and length. */
static bool text_line(const char *text, long line, size_t *from, size_t *n)
{
    const char *p = text;
    for (long i = 1; i < line; i++) {
        p = strchr(p, '\n');
        if (p++ == NULL)
            return false;
    }
    *from = (size_t)(p - text);
    *n = strcspn(p, "\r\n");
    return true;
}

/* Where the line has the token that a syntax error names ("near 'x'"): the last one, for errors are
 * found late. */
static bool near_token(const char *msg, const char *line, size_t n, size_t *from, size_t *length)
{
    const char *near = strstr(msg, " near '"), *end = near != NULL ? strrchr(near, '\'') : NULL;
    if (end == NULL || end <= near + 7)
        return false;
    near += 7;
    size_t k = (size_t)(end - near);
    for (size_t i = n + 1; i-- > 0;) {
        if (i + k <= n && memcmp(line + i, near, k) == 0) {
            *from = i;
            *length = k;
            return true;
        }
    }
    return false;
}

/* The source line and, where it is known, a caret under the place, put before the traceback. */
static void add_source(struct script *sc, const struct err *e, const char *name, const char *text)
{
    long line;
    size_t from, n, at, length;
    if (!message_line(e->msg, name, &line) || !text_line(text, line, &from, &n) || n > 500)
        return;
    struct str out = STR_INIT;
    size_t indent = strspn(text + from, " \t");
    indent = indent < n ? indent : n;
    str_add(&out, "  ");
    str_add_visible(&out, text + from + indent, n - indent);
    str_addc(&out, '\n');
    if (near_token(e->msg, text + from, n, &at, &length) && at >= indent &&
        !utf8_has_rtl(text + from + indent, at - indent)) {
        str_repeat(&out, " ", 2 + utf8_width(text + from + indent, at - indent));
        str_addc(&out, '^');
        str_repeat(&out, "~", utf8_width(text + from + at, length) - 1);
        str_addc(&out, '\n');
    }
    str_add(&out, sc->detail.s);
    str_clear(&sc->detail);
    str_add(&sc->detail, out.s);
    str_release(&out);
}

/* ---- lines ----------------------------------------------------------------------------------- */

struct line {
    const char *text;
    struct str *source; /* rewritten, with "return " before it */
    struct result *out;
    bool incomplete, wants_more;
};

/* More lines could complete the text; not a '...' string, which must end on its line. */
static bool ends_early(const char *msg)
{
    size_t n = strlen(msg);
    return strstr(msg, "unfinished string") == NULL && n >= 5 && strcmp(msg + n - 5, "<eof>") == 0;
}

/* How far a reading got: the place of the token that it could not take. */
static size_t reach(const char *msg, const char *code)
{
    long line = 0;
    size_t from, n, at, length;
    if (ends_early(msg))
        return SIZE_MAX;
    if (!message_line(msg, "lua", &line) || !text_line(code, line, &from, &n) ||
        !near_token(msg, code + from, n, &at, &length))
        return 0;
    return from + at;
}

/* Expression first, then statements; of two errors the one that got further. Leaves the
 * function. */
static void compile_line(lua_State *L, struct line *x)
{
    static const char ret[] = "return ";
    size_t skip = sizeof ret - 1;
    struct str *source = x->source;
    str_add(source, ret);
    script_rewrite(source, x->text);
    const char *code = source->s + skip;
    if (luaL_loadbufferx(L, source->s, source->len, "=lua", "t") == LUA_OK)
        return;
    if (luaL_loadbufferx(L, code, source->len - skip, "=lua", "t") == LUA_OK) {
        lua_remove(L, -2);
        return;
    }
    const char *expression = luaL_checkstring(L, -2), *statement = luaL_checkstring(L, -1);
    x->incomplete = x->wants_more && (ends_early(expression) || ends_early(statement));
    if (x->incomplete)
        return;
    if (reach(expression, code) > reach(statement, code))
        lua_pop(L, 1);
    lua_error(L);
}

/* A result as views and, for the first one, as data. */
static void show_value(lua_State *L, struct line *x, int i, bool first)
{
    struct result *out = x->out;
    struct session *s = script_of(L)->session;
    struct site_ref ref;
    /* A site: what it stands for now is recorded; when that is nothing, the check says why. */
    bool named = script_resolve(L, i, &s, &ref);
    const struct tensor *t = script_test_tensor(L, i);
    int number = 0;
    if (first)
        script_add_data(L, i, &out->arena, out->data, "value");
    if (!lua_isnil(L, i)) {
        lua_pushvalue(L, i);
        number = (int)script_remember(L);
    }
    if (t != NULL) {
        struct str *name = script_str(L);
        if (named)
            sites_text(&ref, name);
        show_tensor(s, out, named ? arena_strdup(&out->arena, name->s) : NULL, named ? &ref : NULL,
                    t, number);
        return;
    }
    const char *text = script_show(L, i);
    out_begin(out);
    if (number > 0)
        out_span(out, TONE_DIM, "$%d = ", number);
    for (size_t n;; text += n + 1) {
        n = strcspn(text, "\n");
        out_span(out, TONE_PLAIN, "%.*s", (int)n, text);
        if (text[n] == 0)
            break;
        out_begin(out);
    }
    lua_pop(L, 1);
}

static int run_line(lua_State *L)
{
    struct line *x = lua_touserdata(L, 1);
    compile_line(L, x);
    if (x->incomplete)
        return 0;
    lua_call(L, 0, LUA_MULTRET);
    int n = lua_gettop(L);
    for (int i = 2; i <= n; i++)
        show_value(L, x, i, i == 2);
    return 0;
}

static int run_incomplete(lua_State *L)
{
    compile_line(L, lua_touserdata(L, 1));
    return 0;
}

bool script_incomplete(struct script *sc, const char *text)
{
    struct str source = STR_INIT;
    struct line x = {.text = text + (text[0] == '='), .source = &source, .wants_more = true};
    struct err ignored = ERR_INIT;
    bool ok = script_call(sc, run_incomplete, &x, &ignored);
    str_clear(&sc->detail);
    str_release(&source);
    return ok && x.incomplete;
}

bool script_line(struct script *sc, const char *text, struct result *out, bool *more, struct err *e)
{
    int skip = text[0] == '='; /* in Lua mode, by habit */
    text += skip;
    struct str source = STR_INIT;
    struct line x = {.text = text, .source = &source, .out = out, .wants_more = more != NULL};
    str_clear(&sc->detail);
    bool ok = script_call(sc, run_line, &x, e);
    if (more != NULL)
        *more = ok && x.incomplete;
    long line;
    size_t from, n, at, length;
    if (!ok && e->kind == ERR_COMMAND && message_line(e->msg, "lua", &line)) {
        /* what was compiled last, statements, begins after "return " */
        const char *code = source.s + (source.len < 7 ? source.len : 7);
        if (text_line(code, line, &from, &n) && near_token(e->msg, code + from, n, &at, &length)) {
            size_t a = script_rewrite_back(text, from + at),
                   b = script_rewrite_back(text, from + at + length);
            err_at(e, (int)a + skip, (int)(b > a ? b - a : 1));
        } else if (strchr(text, '\n') != NULL) {
            add_source(sc, e, "lua", code);
        }
    }
    str_release(&source);
    if (ok)
        str_clear(&sc->detail);
    return script_leave(sc, ok, e);
}

/* ---- expressions ----------------------------------------------------------------------------- */

struct expression {
    const char *text;
    bool truth;
    double number;
};

/* Conditions are asked after every operation: the function is kept. */
static void compile_expression(lua_State *L, const char *text)
{
    luaL_getsubtable(L, LUA_REGISTRYINDEX, cache_key);
    if (lua_getfield(L, -1, text) == LUA_TFUNCTION)
        return;
    lua_pop(L, 1);
    struct str *source = script_str(L);
    str_add(source, "return ");
    script_rewrite(source, text);
    if (luaL_loadbufferx(L, source->s, source->len, "=expression", "t") != LUA_OK)
        lua_error(L);
    lua_getfield(L, LUA_REGISTRYINDEX, cache_key);
    if (luaL_len(L, -1) > CACHE_LIMIT) {
        lua_newtable(L);
        lua_replace(L, -2);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, cache_key);
    }
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, text);
    lua_pushboolean(L, 1);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1); /* counts them */
    lua_pop(L, 1);
}

static int run_expression(lua_State *L)
{
    struct expression *x = lua_touserdata(L, 1);
    compile_expression(L, x->text);
    lua_call(L, 0, 1);
    x->truth = lua_toboolean(L, -1);
    return 1;
}

static int run_bool(lua_State *L)
{
    run_expression(L);
    return 0;
}

static int run_number(lua_State *L)
{
    struct expression *x = lua_touserdata(L, 1);
    run_expression(L);
    int fits;
    x->number = lua_tonumberx(L, -1, &fits);
    if (fits)
        return 0;
    if (lua_isboolean(L, -1)) {
        x->number = x->truth;
        return 0;
    }
    if (lua_isnil(L, -1))
        return luaL_error(L, "%s has no value yet", x->text);
    const struct tensor *t = script_test_tensor(L, -1);
    if (t == NULL)
        return luaL_error(L, "%s is a %s, not a number", x->text, luaL_typename(L, -1));
    int64_t zero[TENSOR_DIMS] = {0};
    if (tensor_count(t) != 1)
        return luaL_error(L, "%s has %I elements; one number is wanted, such as :max()", x->text,
                          (LUAI_UACINT)tensor_count(t));
    x->number = tensor_get(t, zero);
    return 0;
}

bool script_bool(struct script *sc, const char *expr, bool *out, struct err *e)
{
    struct expression x = {.text = expr};
    bool ok = script_leave(sc, script_call(sc, run_bool, &x, e), e);
    *out = ok && x.truth;
    return ok;
}

bool script_number(struct script *sc, const char *expr, double *out, struct err *e)
{
    struct expression x = {.text = expr};
    if (!script_leave(sc, script_call(sc, run_number, &x, e), e))
        return false;
    *out = x.number;
    return true;
}

struct recorded {
    const struct tensor *t;
    int64_t number;
};

static int run_record(lua_State *L)
{
    struct recorded *x = lua_touserdata(L, 1);
    script_push_view(L, x->t);
    x->number = script_remember(L);
    return 0;
}

bool script_record(struct script *sc, const struct tensor *t, int64_t *number, struct err *e)
{
    struct recorded x = {t, 0};
    bool ok = script_call(sc, run_record, &x, e);
    *number = x.number;
    return ok;
}

/* ---- files ----------------------------------------------------------------------------------- */

struct file {
    const char *path, *text;
    size_t n;
    int argc;
    const char *const *argv;
};

static int run_file(lua_State *L)
{
    const struct file *f = lua_touserdata(L, 1);
    const char *text = f->text;
    size_t n = f->n;
    if (n > 0 &&
        text[0] == '#') { /* "#!/usr/bin/env rasad" stays a line, or numbers would be off */
        size_t line = strcspn(text, "\n");
        text += line;
        n -= line;
    }
    lua_createtable(L, f->argc, 1);
    lua_pushstring(L, f->path);
    lua_rawseti(L, -2, 0);
    luaL_checkstack(L, f->argc + 8, "arguments");
    for (int i = 0; i < f->argc; i++) {
        lua_pushstring(L, f->argv[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setglobal(L, "arg");
    const char *name = lua_pushfstring(L, "@%s", f->path);
    if (luaL_loadbufferx(L, text, n, name, "t") != LUA_OK)
        lua_error(L);
    for (int i = 0; i < f->argc; i++)
        lua_pushstring(L, f->argv[i]);
    lua_call(L, f->argc, 0);
    return 0;
}

bool script_file(struct script *sc, const char *path, int argc, const char *const *argv,
                 struct err *e)
{
    struct file f = {.path = path, .argc = argc, .argv = argv};
    str_clear(&sc->detail);
    char *text = file_read(path, FILE_LIMIT, &f.n, e);
    if (text == NULL)
        return false;
    f.text = text;
    bool ok = script_call(sc, run_file, &f, e);
    if (!ok && e->kind == ERR_COMMAND)
        add_source(sc, e, path, text);
    if (ok)
        str_clear(&sc->detail);
    free(text);
    return script_leave(sc, ok, e);
}
