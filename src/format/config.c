/* config.json and its kin, read with Jansson and asked for one value at a time, so that every
 * complaint can name the file, the key, what was found and what is allowed. */
#include "format/config.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "internal.h"

enum { CONFIG_MAX = 64 << 20 };

struct config {
    json_t *root;
    char *path;
    bool rounded; /* some integer was past 64 bits, so all of them were read as doubles */
};

static bool refuse(const struct config *c, const char *key, struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static bool refuse(const struct config *c, const char *key, struct err *e, const char *fmt, ...)
{
    struct str b = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&b, fmt, ap);
    va_end(ap);
    err_set(e, ERR_FILE, "%s: \"%s\" %s", shown_path(c->path).s, key, b.s);
    str_release(&b);
    return false;
}

bool config_parse(const char *text, size_t n, const char *name, struct config **out, struct err *e)
{
    json_error_t je;
    bool rounded = false;
    json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, &je);
    /* Some libraries write "no limit" as 10^30: not a reason to refuse the whole file. */
    if (!root && json_error_code(&je) == json_error_numeric_overflow) {
        rounded = true;
        root = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &je);
    }
    if (!root)
        return err_set(e, ERR_FILE, "%s: line %d, column %d: %s", shown_path(name).s, je.line,
                       je.column, shown(je.text, strlen(je.text)).s);
    if (!json_is_object(root)) {
        json_decref(root);
        return err_set(e, ERR_FILE, "%s: not a JSON object", shown_path(name).s);
    }
    struct config *c = mem_alloc(sizeof *c);
    c->root = root;
    c->path = mem_strdup(name);
    c->rounded = rounded;
    *out = c;
    return true;
}

bool config_open(const char *path, struct config **out, struct err *e)
{
    struct mapping *m = mapping_open(path, e);
    if (!m)
        return false;
    bool ok;
    if (m->size == 0)
        ok = err_set(e, ERR_FILE, "%s: the file is empty", shown_path(path).s);
    else if (m->size > CONFIG_MAX)
        ok = err_set(e, ERR_FILE, "%s: has %zu bytes; the limit is %d", shown_path(path).s, m->size,
                     CONFIG_MAX);
    else
        ok = config_parse((const char *)m->data, m->size, path, out, e);
    mapping_unref(m);
    return ok;
}

static bool list_items(json_t *root, const char *path, struct config ***out, int *n, struct err *e)
{
    enum { MOST = 64 };
    size_t count = json_array_size(root);
    if (!json_is_array(root) || count > MOST)
        return err_set(e, ERR_FILE, "%s: not a list of at most %d modules", shown_path(path).s,
                       MOST);
    for (size_t i = 0; i < count; i++)
        if (!json_is_object(json_array_get(root, i)))
            return err_set(e, ERR_FILE, "%s: entry %zu is not an object", shown_path(path).s, i);
    *out = mem_alloc((count + 1) * sizeof **out);
    for (size_t i = 0; i < count; i++) {
        struct config *c = mem_alloc(sizeof *c);
        c->root = json_incref(json_array_get(root, i));
        c->path = mem_strdup(path);
        (*out)[i] = c;
    }
    *n = (int)count;
    return true;
}

bool config_parse_list(const char *text, size_t n, const char *name, struct config ***out,
                       int *count, struct err *e)
{
    json_error_t je;
    json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, &je);
    if (!root)
        return err_set(e, ERR_FILE, "%s: line %d, column %d: %s", shown_path(name).s, je.line,
                       je.column, shown(je.text, strlen(je.text)).s);
    bool ok = list_items(root, name, out, count, e);
    json_decref(root);
    return ok;
}

bool config_open_list(const char *path, struct config ***out, int *n, struct err *e)
{
    size_t size;
    char *text = file_read(path, CONFIG_MAX, &size, e);
    bool ok = text != NULL && config_parse_list(text, size, path, out, n, e);
    free(text);
    return ok;
}

struct config *config_inner(const struct config *c, const char *key)
{
    json_t *inner = json_object_get(c->root, key);
    if (!json_is_object(inner))
        return NULL;
    struct config *out = mem_alloc(sizeof *out);
    out->root = json_incref(inner);
    out->path = mem_strdup(c->path);
    out->rounded = c->rounded;
    return out;
}

char *config_json(const struct config *c)
{
    return json_dumps(c->root, JSON_COMPACT);
}

void config_free(struct config *c)
{
    if (!c)
        return;
    json_decref(c->root);
    free(c->path);
    free(c);
}

const char *config_path(const struct config *c)
{
    return c->path;
}

static json_t *get(const struct config *c, const char *key)
{
    json_t *v = json_object_get(c->root, key);
    return json_is_null(v) ? NULL : v;
}

bool config_has(const struct config *c, const char *key)
{
    return get(c, key) != NULL;
}

static bool missing(const struct config *c, const char *key, struct err *e)
{
    return refuse(c, key, e, "%s",
                  json_object_get(c->root, key) ? "is null; it must be given" : "is missing");
}

/* What was found, in words that fit after "is". */
static void describe(struct str *out, const json_t *v)
{
    switch (json_typeof(v)) {
    case JSON_OBJECT:
        str_add(out, "an object");
        break;
    case JSON_ARRAY:
        str_add(out, "a list");
        break;
    case JSON_STRING:
        str_addf(out, "the text \"%s\"", shown(json_string_value(v), json_string_length(v)).s);
        break;
    case JSON_INTEGER:
        str_addf(out, "%lld", (long long)json_integer_value(v));
        break;
    case JSON_REAL:
        str_addf(out, "%.17g", json_real_value(v));
        break;
    default:
        str_add(out, json_is_true(v) ? "true" : json_is_false(v) ? "false" : "null");
    }
}

static bool wrong(const struct config *c, const char *key, const json_t *v, const char *allowed,
                  struct err *e)
{
    struct str found = STR_INIT;
    describe(&found, v);
    refuse(c, key, e, "is %s; it must be %s", found.s, allowed);
    str_release(&found);
    return false;
}

/* An integer as the file wrote it, where it can be had exactly. */
static bool exact_int(const struct config *c, const json_t *v, int64_t *out)
{
    if (json_is_integer(v)) {
        *out = json_integer_value(v);
        return true;
    }
    double x = json_is_real(v) ? json_real_value(v) : NAN;
    if (!c->rounded || !(fabs(x) <= 9007199254740992.0) || x != floor(x))
        return false;
    *out = (int64_t)x;
    return true;
}

static bool check_int(const struct config *c, const char *key, const json_t *v, int64_t lo,
                      int64_t hi, int64_t *out, struct err *e)
{
    int64_t x;
    char allowed[96];
    if (exact_int(c, v, &x) && x >= lo && x <= hi) {
        *out = x;
        return true;
    }
    snprintf(allowed, sizeof allowed, "%sbetween %lld and %lld",
             json_is_integer(v) ? "" : "an integer ", (long long)lo, (long long)hi);
    return wrong(c, key, v, allowed, e);
}

bool config_int(const struct config *c, const char *key, int64_t lo, int64_t hi, int64_t *out,
                struct err *e)
{
    const json_t *v = get(c, key);
    return v ? check_int(c, key, v, lo, hi, out, e) : missing(c, key, e);
}

bool config_int_or(const struct config *c, const char *key, int64_t lo, int64_t hi,
                   int64_t otherwise, int64_t *out, struct err *e)
{
    const json_t *v = get(c, key);
    if (v)
        return check_int(c, key, v, lo, hi, out, e);
    *out = otherwise;
    return true;
}

bool config_double_or(const struct config *c, const char *key, double lo, double hi,
                      double otherwise, double *out, struct err *e)
{
    const json_t *v = get(c, key);
    char allowed[96];
    if (!v) {
        *out = otherwise;
        return true;
    }
    double x = json_number_value(v);
    if (json_is_number(v) && x >= lo && x <= hi) {
        *out = x;
        return true;
    }
    snprintf(allowed, sizeof allowed, "a number between %g and %g", lo, hi);
    return wrong(c, key, v, allowed, e);
}

bool config_bool_or(const struct config *c, const char *key, bool otherwise, bool *out,
                    struct err *e)
{
    const json_t *v = get(c, key);
    if (v && !json_is_boolean(v))
        return wrong(c, key, v, "true or false", e);
    *out = v ? json_is_true(v) : otherwise;
    return true;
}

static bool check_str(const struct config *c, const char *key, const json_t *v, const char **out,
                      struct err *e)
{
    if (!json_is_string(v))
        return wrong(c, key, v, "a text", e);
    *out = json_string_value(v);
    return true;
}

bool config_str(const struct config *c, const char *key, const char **out, struct err *e)
{
    const json_t *v = get(c, key);
    return v ? check_str(c, key, v, out, e) : missing(c, key, e);
}

bool config_str_or(const struct config *c, const char *key, const char *otherwise, const char **out,
                   struct err *e)
{
    const json_t *v = get(c, key);
    if (v)
        return check_str(c, key, v, out, e);
    *out = otherwise;
    return true;
}

const char *config_item(const struct config *c, const char *key, size_t i)
{
    const json_t *v = get(c, key);
    if (json_is_array(v))
        return json_string_value(json_array_get(v, i));
    return i == 0 ? json_string_value(v) : NULL;
}

bool config_ids(const struct config *c, const char *key, int32_t *out, int cap, int *n,
                struct err *e)
{
    const json_t *v = get(c, key);
    bool list = json_is_array(v);
    size_t count = !v ? 0 : list ? json_array_size(v) : 1;
    if (count > (size_t)cap)
        return refuse(c, key, e, "has %zu entries; at most %d are allowed", count, cap);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = list ? json_array_get(v, i) : v;
        int64_t id;
        if (list && json_is_array(item)) {
            if (json_array_size(item) != 1)
                return refuse(c, key, e,
                              "has a list of %zu ids at %zu; only single ids are allowed",
                              json_array_size(item), i);
            item = json_array_get(item, 0);
        }
        if (!check_int(c, key, item, 0, INT32_MAX, &id, e))
            return false;
        out[i] = (int32_t)id;
    }
    *n = (int)count;
    return true;
}

/* ---- any value ------------------------------------------------------------------------------- */

static struct config_part part_of(const json_t *v, const char *key, const json_t *whole, size_t at)
{
    struct config_part p = {.key = key, .node = v, .whole = whole, .at = at};
    switch (json_typeof(v)) {
    case JSON_OBJECT:
        p.kind = CONFIG_MAP;
        p.n = json_object_size(v);
        break;
    case JSON_ARRAY:
        p.kind = CONFIG_LIST;
        p.n = json_array_size(v);
        break;
    case JSON_STRING:
        p.kind = CONFIG_STR;
        p.s = json_string_value(v);
        p.n = json_string_length(v);
        break;
    case JSON_INTEGER:
        p.kind = CONFIG_INT;
        p.i = json_integer_value(v);
        break;
    case JSON_REAL:
        p.kind = CONFIG_NUM;
        p.d = json_real_value(v);
        break;
    default:
        p.kind = json_is_null(v) ? CONFIG_NULL : CONFIG_BOOL;
        p.b = json_is_true(v);
    }
    return p;
}

struct config_part config_whole(const struct config *c)
{
    return part_of(c->root, NULL, NULL, 0);
}

static bool part_at(json_t *whole, void *member, size_t at, struct config_part *out)
{
    if (json_is_object(whole) && member)
        *out = part_of(json_object_iter_value(member), json_object_iter_key(member), whole, at);
    else if (json_is_array(whole) && at < json_array_size(whole))
        *out = part_of(json_array_get(whole, at), NULL, whole, at);
    else
        return false;
    return true;
}

bool config_first(const struct config_part *whole, struct config_part *out)
{
    json_t *v = (json_t *)whole->node;
    return part_at(v, json_object_iter(v), 0, out);
}

bool config_next(struct config_part *part)
{
    json_t *v = (json_t *)part->whole;
    void *member = part->key ? json_object_key_to_iter(part->key) : NULL;
    return part_at(v, member ? json_object_iter_next(v, member) : NULL, part->at + 1, part);
}
