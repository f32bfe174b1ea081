/* Writing PNG files (W3C "Portable Network Graphics", 3rd edition, 2025). The rows are packed in
 * bands by all threads: deflate may be begun anew anywhere at a byte, and the checksums of bands are
 * combined. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "scene.h"

/* From LARGE pixels on time matters more than size: runs alone are looked for, which takes three
 * quarters of the time, for a quarter more bytes where the picture is noise. */
enum { BAND = 512 << 10, FILTER_SUB = 1, FILTER_UP = 2, LARGE = 2000000 };

struct band {
    unsigned char *packed;
    size_t n;
    uLong adler;
    size_t plain; /* bytes before packing */
    bool ok;
};

static void add_u32(struct str *out, size_t v)
{
    unsigned char b[4] = {(unsigned char)(v >> 24), (unsigned char)(v >> 16),
                          (unsigned char)(v >> 8), (unsigned char)v};
    str_addn(out, (const char *)b, 4);
}

/* Length, type, data, checksum of type and data; data is what was added since `from`. */
static size_t chunk_begin(struct str *out, const char *type)
{
    add_u32(out, 0);
    str_add(out, type);
    return out->len;
}

static void chunk_end(struct str *out, size_t from)
{
    size_t n = out->len - from;
    for (int i = 0; i < 4; i++)
        out->s[from - 8 + (size_t)i] = (char)(n >> (24 - 8 * i));
    add_u32(out, crc32_z(crc32(0, NULL, 0), (const Bytef *)out->s + from - 4, n + 4));
}

/* How many bytes differ: a row that repeats the one above packs to almost nothing as differences. */
static bool like_above(const unsigned char *row, const unsigned char *above, size_t n)
{
    size_t same = 0;
    for (size_t i = 0; i < n; i += 7)
        same += row[i] == above[i];
    return same * 7 > n / 2;
}

/* Rows [from, to) with a filter byte before each. */
static void filter_rows(unsigned char *to_bytes, size_t row_bytes, int64_t from, int64_t to,
                        png_row *row, const void *ud, unsigned char *two)
{
    unsigned char *now = two, *above = two + row_bytes;
    if (from > 0)
        row(ud, from - 1, above);
    for (int64_t y = from; y < to; y++, to_bytes += row_bytes + 1) {
        row(ud, y, now);
        if (y > 0 && like_above(now, above, row_bytes)) {
            to_bytes[0] = FILTER_UP;
            for (size_t i = 0; i < row_bytes; i++)
                to_bytes[1 + i] = (unsigned char)(now[i] - above[i]);
        } else {
            to_bytes[0] = FILTER_SUB;
            memcpy(to_bytes + 1, now, 3);
            for (size_t i = 3; i < row_bytes; i++)
                to_bytes[1 + i] = (unsigned char)(now[i] - now[i - 3]);
        }
        unsigned char *swap = now;
        now = above;
        above = swap;
    }
}

static void pack(struct band *b, const unsigned char *plain, bool last, bool large)
{
    z_stream z = {0};
    /* Level 1: half the time of the usual level for files a tenth larger. Without a header. */
    if (deflateInit2(&z, 1, Z_DEFLATED, -15, 9, large ? Z_RLE : Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    uLong most = deflateBound(&z, (uLong)b->plain) + 16;
    b->packed = mem_try(most);
    if (b->packed) {
        z.next_in = (Bytef *)(uintptr_t)plain;
        z.avail_in = (uInt)b->plain;
        z.next_out = b->packed;
        z.avail_out = (uInt)most;
        int status = deflate(&z, last ? Z_FINISH : Z_FULL_FLUSH);
        b->ok = (status == Z_OK || status == Z_STREAM_END) && z.avail_in == 0;
        b->n = most - z.avail_out;
    }
    b->adler = adler32_z(adler32(0, NULL, 0), plain, b->plain);
    deflateEnd(&z);
}

static bool pack_all(struct band *bands, int64_t n, int64_t rows, size_t row_bytes, int64_t h,
                     png_row *row, const void *ud)
{
    bool ok = true;
#pragma omp parallel for schedule(dynamic) reduction(&& : ok)
    for (int64_t i = 0; i < n; i++) {
        int64_t from = i * rows, to = from + rows < h ? from + rows : h;
        struct band *b = &bands[i];
        b->plain = (size_t)(to - from) * (row_bytes + 1);
        unsigned char *plain = mem_try(b->plain), *two = mem_try(2 * row_bytes);
        if (plain && two) {
            filter_rows(plain, row_bytes, from, to, row, ud, two);
            pack(b, plain, i + 1 == n, (int64_t)(row_bytes / 3) * h > LARGE);
        }
        free(plain);
        free(two);
        ok = ok && b->ok;
    }
    return ok;
}

bool png_rows(struct str *out, int64_t w, int64_t h, png_row *row, const void *ud, struct err *e)
{
    size_t row_bytes;
    if (w < 1 || h < 1 || w > INT32_MAX / 4 || h > INT32_MAX || !mem_mul((size_t)w, 3, &row_bytes))
        return err_set(e, ERR_INTERNAL, "a picture of %lld x %lld pixels", (long long)w,
                       (long long)h);
    int64_t rows = BAND / (int64_t)row_bytes + 1, n = (h + rows - 1) / rows;
    struct band *bands = mem_alloc(sizeof *bands * (size_t)n);
    bool ok = pack_all(bands, n, rows, row_bytes, h, row, ud);
    if (ok) {
        str_addn(out, "\x89PNG\r\n\x1a\n", 8);
        size_t at = chunk_begin(out, "IHDR");
        add_u32(out, (size_t)w);
        add_u32(out, (size_t)h);
        str_addn(out, "\x08\x02\0\0\0", 5); /* 8 bits, red green blue, no interlace */
        chunk_end(out, at);
        at = chunk_begin(out, "IDAT");
        str_addn(out, "\x78\x01", 2);
        uLong adler = adler32(0, NULL, 0);
        for (int64_t i = 0; i < n; i++) {
            str_addn(out, (const char *)bands[i].packed, bands[i].n);
            adler = adler32_combine(adler, bands[i].adler, (z_off_t)bands[i].plain);
        }
        add_u32(out, adler);
        chunk_end(out, at);
        at = chunk_begin(out, "IEND");
        chunk_end(out, at);
    }
    for (int64_t i = 0; i < n; i++)
        free(bands[i].packed);
    free(bands);
    return ok || err_memory(e, (size_t)h * row_bytes, "the picture");
}

struct rgb_rows {
    const unsigned char *rgb;
    size_t row_bytes;
};

static void rgb_row(const void *ud, int64_t y, unsigned char *to)
{
    const struct rgb_rows *r = ud;
    memcpy(to, r->rgb + (size_t)y * r->row_bytes, r->row_bytes);
}

bool png_encode(struct str *out, const unsigned char *rgb, int64_t w, int64_t h, struct err *e)
{
    struct rgb_rows r = {rgb, 3 * (size_t)w};
    return png_rows(out, w, h, rgb_row, &r, e);
}
