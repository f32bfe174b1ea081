/* Writing .json: {"metadata": {...}, "sites": [{"site", "axes", "shape", "dtype", "data"}, ...]},
 * the values nested as the shape, each with the digits that give the same float back. */
#include <math.h>

#include "internal.h"

static void put_quoted(struct sink *s, const char *text)
{
    struct str b = STR_INIT;
    json_quote(&b, text);
    sink_put(s, b.s, b.len);
    str_release(&b);
}

/* JSON has no word for infinities: they are strings. */
static void put_value(struct sink *s, float x)
{
    if (isfinite(x)) {
        sink_number(s, x);
        return;
    }
    sink_text(s, "\"");
    sink_number(s, x);
    sink_text(s, "\"");
}

/* The values from *p on as nested lists of axes d and up; moves *p past them. */
static bool put_nested(struct sink *s, const struct tensor *t, int d, const float **p,
                       struct err *e)
{
    if (d == t->ndim) {
        put_value(s, *(*p)++);
        return true;
    }
    sink_text(s, "[");
    for (int64_t i = 0; i < t->shape[d]; i++) {
        if (i)
            sink_text(s, ",");
        if ((d + 1 < t->ndim || i % 4096 == 0) && !save_go(s, e))
            return false;
        if (!put_nested(s, t, d + 1, p, e))
            return false;
    }
    sink_text(s, "]");
    return true;
}

static void put_about(struct sink *s, const struct save_item *item)
{
    const struct tensor *t = &item->t;
    struct str b = STR_INIT;
    str_add(&b, "{\"site\":");
    json_quote(&b, item->name);
    str_add(&b, ",\"axes\":[");
    for (int d = 0; d < t->ndim; d++) {
        str_add(&b, d ? "," : "");
        json_quote(&b, t->axis[d]);
    }
    str_add(&b, "],\"shape\":[");
    for (int d = 0; d < t->ndim; d++)
        str_addf(&b, "%s%lld", d ? "," : "", (long long)t->shape[d]);
    str_add(&b, "],\"dtype\":\"f32\",\"data\":");
    sink_put(s, b.s, b.len);
    str_release(&b);
}

bool save_json(struct sink *s, const struct save_item *items, size_t n,
               const struct save_meta *meta, size_t nmeta, struct err *e)
{
    sink_text(s, "{\"metadata\":{");
    for (size_t i = 0; i < nmeta; i++) {
        sink_text(s, i ? "," : "");
        put_quoted(s, meta[i].key);
        sink_text(s, ":");
        put_quoted(s, meta[i].value);
    }
    sink_text(s, "},\n\"sites\":[");
    for (size_t i = 0; i < n; i++) {
        struct tensor t;
        if (!save_go(s, e) || !tensor_to_f32(&items[i].t, &t, e))
            return false;
        const float *p = tensor_f32(&t);
        sink_text(s, i ? ",\n" : "\n");
        put_about(s, &items[i]);
        bool ok = put_nested(s, &t, 0, &p, e);
        sink_text(s, "}");
        tensor_unref(&t);
        if (!ok)
            return false;
    }
    sink_text(s, "\n]}\n");
    return true;
}
