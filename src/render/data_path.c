/* Looking into data by a path. */
#include <string.h>

#include "base/err.h"
#include "render/data.h"

/* What is left of the path, and where it stands. */
struct walk {
    struct arena *a;
    const struct data *d;
    const char *p;
    int64_t index[TENSOR_DIMS]; /* inside a tensor: the axes already chosen */
    int axes;
    struct err *e;
};

static bool has_no(struct walk *w, const char *what, size_t n)
{
    return err_set(w->e, ERR_COMMAND, "the data have no '%.*s'", n < 60 ? (int)n : 60, what);
}

static void list_keys(const struct data *d, struct err *e)
{
    struct str keys = STR_INIT;
    for (const struct data *x = d->first; x && keys.len < 300; x = x->next)
        str_addf(&keys, "%s%s", keys.len ? " " : "", x->key ? x->key : "");
    if (keys.len)
        err_hint(e, "there are: %s", keys.s);
    str_release(&keys);
}

static int64_t count_of(const struct data *d)
{
    int64_t n = 0;
    for (const struct data *x = d->first; x; x = x->next)
        n++;
    return n;
}

static bool step_key(struct walk *w)
{
    size_t n = strcspn(w->p, ".[");
    char *key = arena_strndup(w->a, w->p, n);
    const struct data *found = w->d->kind == DATA_MAP ? data_get(w->d, key) : NULL;
    if (!found && w->d->kind == DATA_LIST && strcmp(key, "length") == 0) {
        struct data *map = data_map(w->a);
        data_add_int(w->a, map, key, count_of(w->d));
        found = map->first;
    }
    if (!found) {
        has_no(w, w->p, n);
        if (w->d->kind == DATA_MAP)
            list_keys(w->d, w->e);
        return false;
    }
    w->d = found;
    w->p += n;
    return true;
}

/* One number of a tensor, once all of its axes have an index. */
static bool step_tensor(struct walk *w, int64_t i)
{
    const struct tensor *t = w->d->u.t;
    int64_t size = w->axes < t->ndim ? t->shape[w->axes] : 0;
    if (i < 0)
        i += size;
    if (i < 0 || i >= size)
        return err_set(w->e, ERR_COMMAND, "the index %lld is outside an axis of %lld", (long long)i,
                       (long long)size);
    w->index[w->axes] = i;
    if (++w->axes < t->ndim)
        return true;
    struct data *map = data_map(w->a);
    data_add_num(w->a, map, "value", tensor_get(t, w->index));
    w->d = map->first;
    return true;
}

static bool step_index(struct walk *w, const char *text)
{
    int64_t i;
    if (!str_int(text, INT32_MIN, INT32_MAX, &i))
        return err_set(w->e, ERR_COMMAND, "'[%.40s]' is neither an index nor [key=value]", text);
    if (w->d->kind == DATA_TENSOR)
        return step_tensor(w, i);
    if (w->d->kind != DATA_LIST)
        return err_set(w->e, ERR_COMMAND, "'[%.40s]' needs a list before it", text);
    int64_t n = count_of(w->d), at = i < 0 ? i + n : i;
    const struct data *x = w->d->first;
    for (int64_t k = 0; x && k < at; k++)
        x = x->next;
    if (!x || at < 0)
        return err_set(w->e, ERR_COMMAND, "the list has %lld entries, there is no [%.40s]",
                       (long long)n, text);
    w->d = x;
    return true;
}

static bool same(const struct data *d, const char *text)
{
    struct str json = STR_INIT;
    if (d->kind == DATA_STR)
        return d->u.str.n == strlen(text) && memcmp(d->u.str.s, text, d->u.str.n) == 0;
    data_json(&json, d);
    bool equal = strcmp(json.s, text) == 0;
    str_release(&json);
    return equal;
}

/* The first object of a list whose member `key` has that value. */
static bool step_where(struct walk *w, char *text, char *equals)
{
    *equals = '\0';
    for (const struct data *x = w->d->kind == DATA_LIST ? w->d->first : NULL; x; x = x->next) {
        const struct data *v = x->kind == DATA_MAP ? data_get(x, text) : NULL;
        if (v && same(v, equals + 1)) {
            w->d = x;
            return true;
        }
    }
    return err_set(w->e, ERR_COMMAND, "no entry has %.40s=%.60s", text, equals + 1);
}

static bool step_bracket(struct walk *w)
{
    size_t n = strcspn(w->p, "]");
    if (!w->p[n])
        return err_set(w->e, ERR_COMMAND, "a ']' is missing in the path");
    char *text = arena_strndup(w->a, w->p + 1, n - 1), *equals = strchr(text, '=');
    w->p += n + 1;
    return equals ? step_where(w, text, equals) : step_index(w, text);
}

bool data_path(struct arena *a, const struct data *d, const char *path, const struct data **out,
               struct err *e)
{
    struct walk w = {.a = a, .d = d, .p = path, .e = e};
    while (*w.p) {
        if (*w.p == '.')
            w.p++;
        if (*w.p == '[' ? !step_bracket(&w) : !step_key(&w))
            return false;
    }
    *out = w.d;
    return true;
}
