/* The tree that a command returns to programs, and its JSON. */
#include "render/data.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void data_attach(struct arena *a, struct data *to, const char *key, struct data *d)
{
    if (to->kind == DATA_MAP)
        d->key = arena_strdup(a, key ? key : "");
    if (to->last)
        to->last->next = d;
    else
        to->first = d;
    to->last = d;
}

static struct data *add(struct arena *a, struct data *to, const char *key, enum data_kind kind)
{
    struct data *d = arena_alloc(a, sizeof *d);
    d->kind = kind;
    if (to)
        data_attach(a, to, key, d);
    return d;
}

struct data *data_map(struct arena *a)
{
    return add(a, NULL, NULL, DATA_MAP);
}

struct data *data_list(struct arena *a)
{
    return add(a, NULL, NULL, DATA_LIST);
}

void data_add_null(struct arena *a, struct data *to, const char *key)
{
    add(a, to, key, DATA_NULL);
}

void data_add_bool(struct arena *a, struct data *to, const char *key, bool v)
{
    add(a, to, key, DATA_BOOL)->u.b = v;
}

void data_add_int(struct arena *a, struct data *to, const char *key, int64_t v)
{
    add(a, to, key, DATA_INT)->u.i = v;
}

void data_add_num(struct arena *a, struct data *to, const char *key, double v)
{
    add(a, to, key, DATA_NUM)->u.d = v;
}

void data_add_str(struct arena *a, struct data *to, const char *key, const char *s)
{
    if (s)
        data_add_strn(a, to, key, s, strlen(s));
    else
        data_add_null(a, to, key);
}

void data_add_strn(struct arena *a, struct data *to, const char *key, const char *s, size_t n)
{
    struct data *d = add(a, to, key, DATA_STR);
    d->u.str.s = arena_strndup(a, s, n);
    d->u.str.n = n;
}

void data_add_tensor(struct arena *a, struct data *to, const char *key, const struct tensor *t)
{
    struct tensor *copy = arena_alloc(a, sizeof *copy);
    *copy = tensor_ref(t);
    add(a, to, key, DATA_TENSOR)->u.t = copy;
}

struct data *data_add_map(struct arena *a, struct data *to, const char *key)
{
    return add(a, to, key, DATA_MAP);
}

struct data *data_add_list(struct arena *a, struct data *to, const char *key)
{
    return add(a, to, key, DATA_LIST);
}

const struct data *data_get(const struct data *map, const char *key)
{
    if (!map || map->kind != DATA_MAP)
        return NULL;
    for (const struct data *d = map->first; d; d = d->next)
        if (strcmp(d->key, key) == 0)
            return d;
    return NULL;
}

void data_release(struct data *d)
{
    if (!d)
        return;
    if (d->kind == DATA_TENSOR)
        tensor_unref(d->u.t);
    for (struct data *c = d->first; c; c = c->next)
        data_release(c);
}

/* Controls, C1 and bidi controls are escaped although JSON wants only the first: the value is the
 * same, and a line that ends up on a terminal cannot steer it. */
static bool json_escaped(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x061C ||
           (cp >= 0x200E && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

void data_json_string(struct str *out, const char *s, size_t n)
{
    str_addc(out, '"');
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        if (cp < 0)
            str_add(out, "\xEF\xBF\xBD");
        else if (cp == '"' || cp == '\\')
            str_addf(out, "\\%c", (char)cp);
        else if (cp == '\n')
            str_add(out, "\\n");
        else if (cp == '\t')
            str_add(out, "\\t");
        else if (json_escaped(cp))
            str_addf(out, "\\u%04x", (unsigned)cp);
        else
            str_addn(out, s + i, (size_t)len);
        i += (size_t)len;
    }
    str_addc(out, '"');
}

static void json_number(struct str *out, double v, const char *fmt)
{
    char buf[40];
    if (isnan(v)) {
        str_add(out, "\"nan\"");
        return;
    }
    if (isinf(v)) {
        str_add(out, v > 0 ? "\"inf\"" : "\"-inf\"");
        return;
    }
    snprintf(buf, sizeof buf, fmt, v);
    /* A locale of the user must not put a comma where JSON wants a point. */
    char *comma = strchr(buf, ',');
    if (comma)
        *comma = '.';
    str_add(out, buf);
}

static void json_element(struct str *out, enum dtype t, const char *p)
{
    int64_t i;
    uint64_t u;
    switch (t) {
    case DT_I64: /* a double would lose the last bits */
        memcpy(&i, p, sizeof i);
        str_addf(out, "%" PRId64, i);
        break;
    case DT_U64:
        memcpy(&u, p, sizeof u);
        str_addf(out, "%" PRIu64, u);
        break;
    case DT_BOOL:
        str_add(out, *p ? "true" : "false");
        break;
    case DT_F64:
        json_number(out, dtype_load(t, p), "%.17g");
        break;
    case DT_I32:
    case DT_U32:
        json_number(out, dtype_load(t, p), "%.0f");
        break;
    default:
        json_number(out, dtype_load(t, p), "%.9g");
    }
}

static void json_axis(struct str *out, const struct tensor *t, int axis, const char *p)
{
    if (axis == t->ndim) {
        json_element(out, t->dtype, p);
        return;
    }
    ptrdiff_t step = (ptrdiff_t)t->stride[axis] * (ptrdiff_t)dtype_size(t->dtype);
    str_addc(out, '[');
    for (int64_t i = 0; i < t->shape[axis]; i++) {
        if (i)
            str_add(out, ", ");
        json_axis(out, t, axis + 1, p + i * step);
    }
    str_addc(out, ']');
}

void data_json(struct str *out, const struct data *d)
{
    switch (d->kind) {
    case DATA_NULL:
        str_add(out, "null");
        break;
    case DATA_BOOL:
        str_add(out, d->u.b ? "true" : "false");
        break;
    case DATA_INT:
        str_addf(out, "%" PRId64, d->u.i);
        break;
    case DATA_NUM:
        json_number(out, d->u.d, "%.17g");
        break;
    case DATA_STR:
        data_json_string(out, d->u.str.s, d->u.str.n);
        break;
    case DATA_TENSOR:
        json_axis(out, d->u.t, 0, d->u.t->data);
        break;
    case DATA_LIST:
    case DATA_MAP:
        str_addc(out, d->kind == DATA_MAP ? '{' : '[');
        for (const struct data *c = d->first; c; c = c->next) {
            if (c != d->first)
                str_add(out, ", ");
            if (d->kind == DATA_MAP) {
                data_json_string(out, c->key, strlen(c->key));
                str_add(out, ": ");
            }
            data_json(out, c);
        }
        str_addc(out, d->kind == DATA_MAP ? '}' : ']');
        break;
    }
}
