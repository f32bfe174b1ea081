/* Writing .safetensors: u64 length, JSON padded with spaces to 8 bytes, data in the order given. */
#include <string.h>

#include "base/mem.h"
#include "internal.h"

/* What a float32 copy takes; false past what the format or memory can count. */
static bool f32_bytes(const struct tensor *t, size_t *out)
{
    return mem_mul((size_t)tensor_count(t), sizeof(float), out);
}

static void put_metadata(struct str *h, const struct save_meta *meta, size_t nmeta)
{
    str_add(h, "\"__metadata__\":{");
    for (size_t i = 0; i < nmeta; i++) {
        str_add(h, i ? "," : "");
        json_quote(h, meta[i].key);
        str_addc(h, ':');
        json_quote(h, meta[i].value);
    }
    str_addc(h, '}');
}

static bool build_header(struct str *h, const struct save_item *items, size_t n,
                         const struct save_meta *meta, size_t nmeta, struct err *e)
{
    size_t at = 0, bytes, end;
    str_addc(h, '{');
    if (nmeta)
        put_metadata(h, meta, nmeta);
    for (size_t i = 0; i < n; i++) {
        const struct tensor *t = &items[i].t;
        if (strcmp(items[i].name, "__metadata__") == 0)
            return err_set(e, ERR_COMMAND, "a tensor cannot be named __metadata__");
        if (!f32_bytes(t, &bytes) || !mem_add(at, bytes, &end))
            return err_set(e, ERR_COMMAND, "\"%s\" is too large to write",
                           shown(items[i].name, strlen(items[i].name)).s);
        str_add(h, h->len > 1 ? "," : "");
        json_quote(h, items[i].name);
        str_add(h, ":{\"dtype\":\"F32\",\"shape\":[");
        for (int d = 0; d < t->ndim; d++)
            str_addf(h, "%s%lld", d ? "," : "", (long long)t->shape[d]);
        str_addf(h, "],\"data_offsets\":[%zu,%zu]}", at, end);
        at = end;
    }
    str_addc(h, '}');
    while (h->len % 8)
        str_addc(h, ' ');
    return true;
}

bool save_safetensors(struct sink *s, const struct save_item *items, size_t n,
                      const struct save_meta *meta, size_t nmeta, struct err *e)
{
    struct str h = STR_INIT;
    bool ok = build_header(&h, items, n, meta, nmeta, e);
    if (ok) {
        sink_u32(s, (uint32_t)h.len);
        sink_u32(s, (uint32_t)((uint64_t)h.len >> 32));
        sink_put(s, h.s, h.len);
    }
    for (size_t i = 0; ok && i < n; i++) {
        struct tensor t;
        ok = save_go(s, e) && tensor_to_f32(&items[i].t, &t, e);
        if (ok) {
            sink_put(s, t.data, (size_t)tensor_count(&t) * sizeof(float));
            tensor_unref(&t);
        }
    }
    str_release(&h);
    return ok;
}
