/* Reading one .safetensors file: u64 length N, N bytes of JSON, data. Only the header is read; each
 * tensor is a view of the mapping. A file is untrusted: the data must be covered by the tensors
 * exactly once, so that no two of them alias and nothing lies beside them. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
    HEADER_MAX = 100000000, /* the limit of the format's own library */
    ENTRY_BYTES = 100,      /* of a usual entry, to guess how many there are */
};

struct span {
    uint64_t begin, end; /* relative to the data */
    size_t item;
};

struct reader {
    struct weights *w;
    const char *path;
    struct scan scan;
    struct storage *st;
    const unsigned char *data; /* where the data begins, `room` bytes */
    size_t room;
    struct span *spans; /* of this file's tensors */
    size_t n, cap;
    struct err *e;
};

static bool refuse(struct reader *r, const char *tensor, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* One form for every message: the file, the tensor where there is one, what is wrong. */
static bool refuse(struct reader *r, const char *tensor, const char *fmt, ...)
{
    struct str b = STR_INIT;
    va_list ap;
    if (tensor)
        str_addf(&b, "tensor \"%s\": ", shown(tensor, strlen(tensor)).s);
    va_start(ap, fmt);
    str_vaddf(&b, fmt, ap);
    va_end(ap);
    err_set(r->e, ERR_FILE, "%s: %s", shown_path(r->path).s, b.s);
    str_release(&b);
    return false;
}

/* A mistake of the JSON text itself, with its place. */
static bool refuse_text(struct reader *r, const char *tensor)
{
    return refuse(r, tensor, "the header is wrong at byte %zu: %s", r->scan.at + 8,
                  r->scan.why ? r->scan.why : "unexpected text");
}

static bool read_dtype(struct reader *r, const char *tensor, enum dtype *out)
{
    struct slice word;
    char name[16] = "";
    if (!scan_string(&r->scan, &word))
        return refuse_text(r, tensor);
    if (word.n < sizeof name)
        memcpy(name, word.s, word.n);
    if (dtype_from_safetensors(name, out))
        return true;
    struct str known = STR_INIT;
    for (int t = 0; t < DT_COUNT; t++)
        str_addf(&known, "%s%s", t ? " " : "", dtype_safetensors((enum dtype)t));
    refuse(r, tensor, "the type \"%s\" cannot be read; known are %s", shown(word.s, word.n).s,
           known.s);
    str_release(&known);
    return false;
}

static bool read_shape(struct reader *r, struct weight *w)
{
    int n = 0;
    if (!scan_open(&r->scan, '['))
        return refuse_text(r, w->name);
    for (bool first = true; scan_more(&r->scan, ']', &first);) {
        uint64_t size;
        if (!scan_u64(&r->scan, &size))
            break;
        if (n == TENSOR_DIMS)
            return refuse(r, w->name, "has more than %d dimensions", TENSOR_DIMS);
        if (size > INT64_MAX)
            return refuse(r, w->name, "dimension %d is %llu, which is too large", n,
                          (unsigned long long)size);
        w->t.shape[n++] = (int64_t)size;
    }
    w->t.ndim = n;
    return !r->scan.why || refuse_text(r, w->name);
}

static bool read_offsets(struct reader *r, const char *tensor, struct span *out)
{
    struct scan *s = &r->scan;
    bool first = true;
    if (scan_open(s, '[') && scan_more(s, ']', &first) && scan_u64(s, &out->begin) &&
        scan_more(s, ']', &first) && scan_u64(s, &out->end) && !scan_more(s, ']', &first) &&
        !s->why)
        return true;
    if (s->why)
        return refuse_text(r, tensor);
    return refuse(r, tensor, "data_offsets must be two numbers, begin and end");
}

/* The object after a tensor's name: dtype, shape and data_offsets, each once, nothing else. */
static bool read_entry(struct reader *r, struct weight *w, struct span *span)
{
    static const char *const keys[] = {"dtype", "shape", "data_offsets"};
    bool seen[3] = {false, false, false};
    if (!scan_open(&r->scan, '{'))
        return refuse_text(r, w->name);
    for (bool first = true; scan_more(&r->scan, '}', &first);) {
        struct slice key;
        int k = 0;
        if (!scan_key(&r->scan, &key))
            break;
        while (k < 3 && !slice_is(key, keys[k]))
            k++;
        if (k == 3)
            return refuse(r, w->name, "unknown key \"%s\"", shown(key.s, key.n).s);
        if (seen[k])
            return refuse(r, w->name, "the key \"%s\" appears twice", keys[k]);
        seen[k] = true;
        bool ok = k == 0   ? read_dtype(r, w->name, &w->t.dtype)
                  : k == 1 ? read_shape(r, w)
                           : read_offsets(r, w->name, span);
        if (!ok)
            return false;
    }
    if (r->scan.why)
        return refuse_text(r, w->name);
    for (int k = 0; k < 3; k++)
        if (!seen[k])
            return refuse(r, w->name, "the key \"%s\" is missing", keys[k]);
    return true;
}

static bool read_metadata(struct reader *r)
{
    struct weights *w = r->w;
    struct map seen = MAP_INIT;
    bool ok = scan_open(&r->scan, '{') || refuse(r, NULL, "__metadata__ must be an object");
    for (bool first = true; ok && scan_more(&r->scan, '}', &first);) {
        struct slice text;
        if (!scan_key(&r->scan, &text))
            break;
        char *key = arena_strndup(&w->arena, text.s, text.n);
        if (!map_add(&seen, key, text.n, 0))
            ok = refuse(r, NULL, "__metadata__ has the key \"%s\" twice", shown(key, text.n).s);
        else if (scan_peek(&r->scan) != '"' && !r->scan.why)
            ok = refuse(r, NULL, "__metadata__ \"%s\" must be a string", shown(key, text.n).s);
        else if (scan_string(&r->scan, &text))
            ARRAY_PUSH(w->meta, w->nmeta, w->capmeta) =
                (struct save_meta){key, arena_strndup(&w->arena, text.s, text.n)};
    }
    map_release(&seen);
    return ok && (!r->scan.why || refuse_text(r, NULL));
}

static bool read_tensor(struct reader *r, struct slice name)
{
    struct weights *w = r->w;
    size_t item = w->n;
    struct weight new = {.name = arena_strndup(&w->arena, name.s, name.n)};
    struct span span = {.item = item};
    int64_t other = map_get(&w->by_name, new.name, name.n, -1);
    if (other >= 0) {
        const struct shard *in = weights_shard(w, (size_t)other);
        if (in == &w->shards[w->nshards - 1])
            return refuse(r, new.name, "the header has this name twice");
        return refuse(r, new.name, "is also in %s", shown_path(in->path).s);
    }
    if (!read_entry(r, &new, &span))
        return false;
    map_add(&w->by_name, new.name, name.n, (int64_t)item);
    ARRAY_PUSH(w->items, w->n, w->cap) = new;
    ARRAY_PUSH(r->spans, r->n, r->cap) = span;
    return true;
}

static bool read_header(struct reader *r)
{
    bool had_metadata = false;
    if (!scan_open(&r->scan, '{'))
        return refuse_text(r, NULL);
    for (bool first = true; scan_more(&r->scan, '}', &first);) {
        struct slice name;
        if (!scan_key(&r->scan, &name))
            break;
        if (!slice_is(name, "__metadata__")) {
            if (!read_tensor(r, name))
                return false;
            continue;
        }
        if (had_metadata)
            return refuse(r, NULL, "the header has __metadata__ twice");
        had_metadata = true;
        if (!read_metadata(r))
            return false;
    }
    return scan_end(&r->scan) || refuse_text(r, NULL);
}

/* Bytes of the tensor; false when they cannot be counted. Sizes of 0 count as 1 on the way, so that
 * strides cannot overflow either. */
static bool tensor_bytes(const struct tensor *t, uint64_t *out)
{
    size_t product = dtype_size(t->dtype);
    bool empty = false;
    for (int i = 0; i < t->ndim; i++) {
        empty |= t->shape[i] == 0;
        if (t->shape[i] > 0 && !mem_mul(product, (size_t)t->shape[i], &product))
            return false;
    }
    *out = empty ? 0 : product;
    return product <= INT64_MAX;
}

static bool check_size(struct reader *r, const struct weight *w, const struct span *span)
{
    uint64_t bytes = 0, given = span->end - span->begin;
    bool counted = tensor_bytes(&w->t, &bytes);
    if (counted && bytes == given)
        return true;
    struct str shape = STR_INIT;
    str_addf(&shape, "%s ", dtype_safetensors(w->t.dtype));
    shape_text(&shape, w->t.ndim, w->t.shape);
    if (!counted)
        refuse(r, w->name, "%s is more than 64 bits can count", shape.s);
    else
        refuse(r, w->name, "%s takes %llu bytes, but data_offsets give it %llu", shape.s,
               (unsigned long long)bytes, (unsigned long long)given);
    str_release(&shape);
    return false;
}

static int by_offset(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* The spans in order of the data: no hole, no overlap, the right size each, nothing left over. */
static bool check_spans(struct reader *r)
{
    uint64_t at = 0;
    if (r->n)
        qsort(r->spans, r->n, sizeof *r->spans, by_offset);
    for (size_t i = 0; i < r->n; i++) {
        const struct span *s = &r->spans[i];
        const struct weight *w = &r->w->items[s->item];
        if (s->begin != at)
            return refuse(r, w->name,
                          "begins at byte %llu of the data, but what lies before it ends at %llu",
                          (unsigned long long)s->begin, (unsigned long long)at);
        if (s->end < s->begin)
            return refuse(r, w->name, "ends at byte %llu of the data, before it begins (%llu)",
                          (unsigned long long)s->end, (unsigned long long)s->begin);
        if (!check_size(r, w, s))
            return false;
        at = s->end;
    }
    if (at > r->room) {
        refuse(r, NULL, "the tensors need %llu bytes of data, but the file has %zu",
               (unsigned long long)at, r->room);
        return err_hint(r->e, "the file is cut off: is the download complete?");
    }
    if (at < r->room)
        return refuse(r, NULL, "%zu bytes follow the last tensor", r->room - (size_t)at);
    return true;
}

/* Turns what the header says, now known to be true, into views of the file. */
static void make_views(struct reader *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct span *s = &r->spans[i];
        struct tensor *t = &r->w->items[s->item].t;
        *t = tensor_borrow(t->dtype, t->ndim, t->shape, r->data + s->begin);
        t->st = r->st;
        ARRAY_PUSH(r->w->order, r->w->norder, r->w->caporder) = s->item;
        r->w->bytes += (size_t)(s->end - s->begin);
    }
}

static bool find_header(struct reader *r, const struct mapping *m)
{
    struct cursor c = cursor_make(m->data, m->size);
    uint64_t n;
    if (!cursor_u64(&c, &n)) {
        refuse(r, NULL,
               m->size ? "has only %zu bytes; a safetensors file begins with 8"
                       : "is empty (%zu bytes)",
               m->size);
        return false;
    }
    if (n > HEADER_MAX) {
        refuse(r, NULL, "says that its header has %llu bytes; the limit is %d",
               (unsigned long long)n, HEADER_MAX);
        return err_hint(r->e, "it is probably not a safetensors file");
    }
    const unsigned char *text = cursor_bytes(&c, (size_t)n);
    if (!text) {
        refuse(r, NULL, "says that its header has %llu bytes, but only %zu follow",
               (unsigned long long)n, m->size - 8);
        return err_hint(r->e, "the file is cut off, or it is not a safetensors file");
    }
    size_t valid = utf8_valid((const char *)text, (size_t)n);
    if (valid < n)
        return refuse(r, NULL, "the header is not UTF-8 at byte %zu", valid + 8);
    r->scan = scan_make((const char *)text, (size_t)n);
    r->room = cursor_left(&c);
    r->data = cursor_bytes(&c, r->room);
    map_reserve(&r->w->by_name, r->w->n + (size_t)n / ENTRY_BYTES);
    return true;
}

bool safetensors_read(struct weights *w, const char *path, struct err *e)
{
    struct mapping *m = mapping_open(path, e);
    if (!m)
        return false;
    struct reader r = {.w = w, .path = path, .scan = scan_make("", 0), .e = e};
    r.st = storage_of_mapping(m);
    mapping_unref(m);
    ARRAY_PUSH(w->shards, w->nshards, w->capshards) = (struct shard){mem_strdup(path), r.st, w->n};
    bool ok = find_header(&r, m) && read_header(&r) && check_spans(&r);
    if (ok)
        make_views(&r);
    scan_release(&r.scan);
    free(r.spans);
    return ok;
}
