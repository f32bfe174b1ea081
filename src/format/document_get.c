/* Members of a document's JSON. Nothing in the file is trusted. */
#include "document_get.h"

#include <math.h>
#include <string.h>

bool document_wrong(struct err *e, const char *key, const char *what)
{
    return err_set(e, ERR_FILE, "the document's \"%s\" is not %s", key, what);
}

bool get_int(const json_t *o, const char *key, int64_t lo, int64_t hi, int64_t *out, struct err *e)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_integer(v) || json_integer_value(v) < lo || json_integer_value(v) > hi)
        return err_set(e, ERR_FILE, "the document's \"%s\" is not a whole number from %lld to %lld",
                       key, (long long)lo, (long long)hi);
    *out = json_integer_value(v);
    return true;
}

bool get_id(const json_t *o, int32_t *out, struct err *e)
{
    int64_t v;
    if (!get_int(o, "id", 0, INT32_MAX, &v, e))
        return false;
    *out = (int32_t)v;
    return true;
}

bool get_bool(const json_t *o, const char *key, bool *out, struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = json_is_true(v);
    return json_is_boolean(v) || document_wrong(e, key, "true or false");
}

bool get_number(const json_t *v, const char *key, double *out, struct err *e)
{
    *out = json_is_number(v) ? json_number_value(v) : NAN;
    return json_is_number(v) || json_is_null(v) || document_wrong(e, key, "a number or null");
}

static bool is_text(const json_t *v)
{
    return json_is_string(v) && strlen(json_string_value(v)) == json_string_length(v);
}

bool get_str(struct document *d, const json_t *o, const char *key, const char **out, struct err *e)
{
    const json_t *v = json_object_get(o, key);
    if (!is_text(v))
        return document_wrong(e, key, "a text");
    *out = arena_strdup(&d->arena, json_string_value(v));
    return true;
}

bool get_text(struct document *d, const json_t *o, const char *key, const char **out, size_t *n,
              struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = NULL;
    *n = 0;
    if (json_is_null(v))
        return true;
    if (!json_is_string(v))
        return document_wrong(e, key, "a text or null");
    *n = json_string_length(v);
    *out = arena_strndup(&d->arena, json_string_value(v), *n);
    return true;
}

bool get_strs(struct document *d, const json_t *o, const char *key, const char ***out, size_t *n,
              struct err *e)
{
    const json_t *list;
    if (!get_list(o, key, &list, n, e))
        return false;
    *out = arena_alloc(&d->arena, (*n + 1) * sizeof **out);
    for (size_t i = 0; i < *n; i++) {
        const json_t *v = json_array_get(list, i);
        if (!is_text(v))
            return document_wrong(e, key, "a list of texts");
        (*out)[i] = arena_strdup(&d->arena, json_string_value(v));
    }
    return true;
}

bool get_list(const json_t *o, const char *key, const json_t **out, size_t *n, struct err *e)
{
    *out = json_object_get(o, key);
    *n = json_array_size(*out);
    return json_is_array(*out) || document_wrong(e, key, "a list");
}

bool get_object(const json_t *o, const char *key, const json_t **out, struct err *e)
{
    *out = json_object_get(o, key);
    return json_is_object(*out) || document_wrong(e, key, "an object");
}
