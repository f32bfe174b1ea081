/* Writing .npz: a zip archive of stored (uncompressed) .npy members, as numpy.savez writes it.
 * Record layouts and numbers are those of PKWARE's APPNOTE.TXT, without the 64-bit extension. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

enum {
    LOCAL = 0x04034b50,
    CENTRAL = 0x02014b50,
    END = 0x06054b50,
    VERSION = 20,
    UTF8_NAMES = 1 << 11,
    FIRST_DAY = 1 << 5 | 1, /* 1980-01-01: the same values give the same bytes */
};

struct member {
    char *name;
    uint32_t crc, size, at;
};

static void crc_table(uint32_t table[256])
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
        table[i] = c;
    }
}

/* CRC-32 of ISO 3309, continued from `crc` (0 at the start). */
static uint32_t crc_add(const uint32_t table[256], uint32_t crc, const void *p, size_t n)
{
    const unsigned char *b = p;
    uint32_t c = ~crc;
    for (size_t i = 0; i < n; i++)
        c = table[(c ^ b[i]) & 0xFF] ^ c >> 8;
    return ~c;
}

/* The fields that the local and the central record share. */
static void put_common(struct sink *s, const struct member *m)
{
    sink_u16(s, VERSION);
    sink_u16(s, UTF8_NAMES);
    sink_u16(s, 0); /* stored */
    sink_u16(s, 0); /* midnight */
    sink_u16(s, FIRST_DAY);
    sink_u32(s, m->crc);
    sink_u32(s, m->size);
    sink_u32(s, m->size);
    sink_u16(s, (unsigned)strlen(m->name));
    sink_u16(s, 0); /* no extra field */
}

static bool too_large(const char *name, struct err *e)
{
    err_set(e, ERR_COMMAND, "\"%s\" does not fit: an .npz file holds at most 4 GiB",
            shown(name, strlen(name)).s);
    return err_hint(e, "write a .safetensors file");
}

static bool put_member(struct sink *s, const uint32_t table[256], const struct save_item *item,
                       struct member *m, struct err *e)
{
    struct tensor t;
    struct str h = STR_INIT;
    if (strlen(item->name) > 60000)
        return err_set(e, ERR_COMMAND, "the name \"%s\" is too long for an .npz file",
                       shown(item->name, strlen(item->name)).s);
    if (!tensor_to_f32(&item->t, &t, e))
        return false;
    npy_header(&h, &t);
    size_t bytes = (size_t)tensor_count(&t) * sizeof(float), end = 0;
    m->name = mem_printf("%s.npy", item->name);
    bool ok = mem_add(bytes, h.len + s->bytes + strlen(m->name) + 64, &end) && end < UINT32_MAX;
    if (ok) {
        m->at = (uint32_t)s->bytes;
        m->size = (uint32_t)(h.len + bytes);
        m->crc = crc_add(table, crc_add(table, 0, h.s, h.len), t.data, bytes);
        sink_u32(s, LOCAL);
        put_common(s, m);
        sink_text(s, m->name);
        sink_put(s, h.s, h.len);
        sink_put(s, t.data, bytes);
    } else {
        too_large(item->name, e);
    }
    str_release(&h);
    tensor_unref(&t);
    return ok;
}

static void put_directory(struct sink *s, const struct member *members, size_t n)
{
    uint64_t from = s->bytes;
    for (size_t i = 0; i < n; i++) {
        sink_u32(s, CENTRAL);
        sink_u16(s, VERSION);
        put_common(s, &members[i]);
        sink_u16(s, 0); /* no comment */
        sink_u16(s, 0); /* disk */
        sink_u16(s, 0); /* attributes */
        sink_u32(s, 0);
        sink_u32(s, members[i].at);
        sink_text(s, members[i].name);
    }
    uint64_t size = s->bytes - from;
    sink_u32(s, END);
    sink_u32(s, 0); /* this disk, first disk */
    sink_u16(s, (unsigned)n);
    sink_u16(s, (unsigned)n);
    sink_u32(s, (uint32_t)size);
    sink_u32(s, (uint32_t)from);
    sink_u16(s, 0); /* no comment */
}

bool save_npz(struct sink *s, const struct save_item *items, size_t n, const struct save_meta *meta,
              size_t nmeta, struct err *e)
{
    uint32_t table[256];
    (void)meta, (void)nmeta; /* the format has no room for remarks */
    if (n >= UINT16_MAX)
        return err_set(e, ERR_COMMAND, "an .npz file holds at most %d tensors, not %zu",
                       UINT16_MAX - 1, n);
    crc_table(table);
    struct member *members = mem_alloc((n + 1) * sizeof *members);
    size_t done = 0;
    bool ok = true;
    while (ok && done < n) {
        ok = save_go(s, e) && put_member(s, table, &items[done], &members[done], e);
        done++;
    }
    if (ok)
        put_directory(s, members, n);
    if (ok && !s->failed && s->bytes > UINT32_MAX)
        ok = too_large(items[n - 1].name, e);
    for (size_t i = 0; i < done; i++)
        free(members[i].name);
    free(members);
    return ok;
}
