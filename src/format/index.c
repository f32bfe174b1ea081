/* model.safetensors.index.json: which tensor lies in which file. The names are those of an
 * untrusted file: they must be plain, and index and files must tell the same story. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { INDEX_MAX = 100000000 };

/* The shard that a tensor should be in, as the index says. */
struct listed {
    const char *tensor;
    size_t len, file;
};

struct index {
    struct weights *w;
    const char *path;
    char *dir;
    struct scan scan;
    struct map files, tensors; /* names -> numbers in the arrays below */
    const char **names;
    size_t nfiles, capfiles;
    size_t *shard_of; /* file -> shard, once they are open */
    struct listed *list;
    size_t n, cap;
    struct err *e;
};

static bool refuse(struct index *x, const char *what)
{
    return err_set(x->e, ERR_FILE, "%s: %s", shown_path(x->path).s, what);
}

static bool refuse_text(struct index *x)
{
    return err_set(x->e, ERR_FILE, "%s: wrong at byte %zu: %s", shown_path(x->path).s, x->scan.at,
                   x->scan.why ? x->scan.why : "unexpected text");
}

/* One "tensor": "file" of the weight map. */
static bool read_listed(struct index *x)
{
    struct slice text;
    if (!scan_key(&x->scan, &text))
        return refuse_text(x);
    struct listed item = {arena_strndup(&x->w->arena, text.s, text.n), text.n, 0};
    if (!map_add(&x->tensors, item.tensor, item.len, (int64_t)x->n))
        return err_set(x->e, ERR_FILE, "%s: lists tensor \"%s\" twice", shown_path(x->path).s,
                       shown(item.tensor, item.len).s);
    if (!scan_string(&x->scan, &text))
        return refuse_text(x);
    int64_t file = map_get(&x->files, text.s, text.n, -1);
    if (file < 0) {
        const char *name = arena_strndup(&x->w->arena, text.s, text.n);
        file = (int64_t)x->nfiles;
        map_add(&x->files, name, text.n, file);
        ARRAY_PUSH(x->names, x->nfiles, x->capfiles) = name;
    }
    item.file = (size_t)file;
    ARRAY_PUSH(x->list, x->n, x->cap) = item;
    return true;
}

/* {"metadata": {...}, "weight_map": {tensor: file, ...}}; other keys are nobody's business. */
static bool read_index(struct index *x)
{
    bool found = false;
    if (!scan_open(&x->scan, '{'))
        return refuse_text(x);
    for (bool first = true; scan_more(&x->scan, '}', &first);) {
        struct slice key;
        if (!scan_key(&x->scan, &key))
            break;
        if (!slice_is(key, "weight_map")) {
            if (!scan_skip(&x->scan))
                break;
            continue;
        }
        if (found)
            return refuse(x, "has weight_map twice");
        found = true;
        if (!scan_open(&x->scan, '{'))
            break;
        for (bool start = true; scan_more(&x->scan, '}', &start);)
            if (!read_listed(x))
                return false;
    }
    if (!scan_end(&x->scan))
        return refuse_text(x);
    return found || refuse(x, "has no weight_map");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each file once, in the order of their names, so that listings do not depend on the index. */
static bool open_shards(struct index *x)
{
    if (x->nfiles)
        qsort(x->names, x->nfiles, sizeof *x->names, by_name);
    x->shard_of = mem_alloc((x->nfiles + 1) * sizeof *x->shard_of);
    for (size_t i = 0; i < x->nfiles; i++) {
        const char *name = x->names[i];
        char *path = path_inside(x->dir, name, x->e);
        if (!path)
            return err_wrap(x->e, "%s", shown_path(x->path).s);
        bool ok = file_exists(path) ? safetensors_read(x->w, path, x->e)
                                    : err_set(x->e, ERR_FILE, "%s: lists %s, which is missing",
                                              shown_path(x->path).s, shown(name, strlen(name)).s);
        free(path);
        if (!ok)
            return false;
        x->shard_of[map_gets(&x->files, name, 0)] = i;
    }
    return true;
}

/* Index and shards must tell the same story. */
static bool check_listed(struct index *x)
{
    struct weights *w = x->w;
    for (size_t i = 0; i < x->n; i++) {
        const struct listed *l = &x->list[i];
        const struct shard *should = &w->shards[x->shard_of[l->file]];
        int64_t item = map_get(&w->by_name, l->tensor, l->len, -1);
        const struct shard *is = item < 0 ? NULL : weights_shard(w, (size_t)item);
        if (is == should)
            continue;
        err_set(x->e, ERR_FILE, "%s: tensor \"%s\" is listed in %s, but %s", shown_path(x->path).s,
                shown(l->tensor, l->len).s, shown_path(should->path).s,
                is ? "lies in another file" : "is not there");
        return err_hint(x->e, "the index and the files do not belong together");
    }
    if (w->n > x->n)
        w->note =
            mem_printf("%zu of %zu tensors are not listed in the index; they are used all the "
                       "same",
                       w->n - x->n, w->n);
    return true;
}

bool index_read(struct weights *w, const char *path, struct err *e)
{
    struct mapping *m = mapping_open(path, e);
    if (!m)
        return false;
    const char *text = (const char *)m->data;
    size_t size = m->size, valid;
    const char *slash = strrchr(path, '/');
    struct index x = {.w = w, .path = path, .scan = scan_make(text, size), .e = e};
    x.dir = slash ? mem_strndup(path, (size_t)(slash - path) + (slash == path)) : mem_strdup(".");
    bool ok;
    if (size > INDEX_MAX)
        ok = err_set(e, ERR_FILE, "%s: has %zu bytes; the limit is %d", shown_path(path).s, size,
                     INDEX_MAX);
    else if ((valid = utf8_valid(text, size)) < size)
        ok = err_set(e, ERR_FILE, "%s: not UTF-8 at byte %zu", shown_path(path).s, valid);
    else
        ok = read_index(&x) && open_shards(&x) && check_listed(&x);
    scan_release(&x.scan);
    map_release(&x.files);
    map_release(&x.tensors);
    free(x.names);
    free(x.shard_of);
    free(x.list);
    free(x.dir);
    mapping_unref(m);
    return ok;
}
