/* Opens the weights of a model: finds the files of a folder and answers questions by name. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"

static const char single_name[] = "model.safetensors";
static const char index_name[] = "model.safetensors.index.json";

const struct shard *weights_shard(const struct weights *w, size_t item)
{
    size_t lo = 0, hi = w->nshards; /* the last shard that begins at or before the item */
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (w->shards[mid].first <= item)
            lo = mid;
        else
            hi = mid;
    }
    return &w->shards[lo];
}

/* Also true of a link that leads nowhere: that is a broken model, not a model without weights. */
static bool present(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

/* A folder without safetensors: weights in another format deserve a word, no weights do not. */
static bool other_format(const char *dir, struct err *e)
{
    static const char *const names[] = {
        "pytorch_model.bin", "pytorch_model.bin.index.json",
        "tf_model.h5",       "flax_model.msgpack",
        "model.npz",         "model.bin",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = path_join(dir, names[i]);
        bool there = present(path);
        free(path);
        if (!there)
            continue;
        err_set(e, ERR_FILE,
                "%s: the weights are in %s, which cannot be read; "
                "model.safetensors is needed",
                shown_path(dir).s, names[i]);
        return err_hint(e, "with transformers in Python: AutoModel.from_pretrained(DIR)"
                           ".save_pretrained(NEW), with the model's own class, writes one");
    }
    return true;
}

static bool open_file(struct weights *w, const char *path, struct err *e)
{
    if (str_ends(path, ".index.json"))
        return index_read(w, path, e);
    if (file_exists(path) && !str_ends(path, ".safetensors")) {
        err_set(e, ERR_FILE, "%s: not a .safetensors file", shown_path(path).s);
        return err_hint(e, "give a model folder or a file that ends in .safetensors");
    }
    return safetensors_read(w, path, e);
}

/* *found is false when the folder holds no weights. */
static bool open_folder(struct weights *w, const char *dir, bool *found, struct err *e)
{
    char *single = path_join(dir, single_name), *index = path_join(dir, index_name);
    bool ok;
    *found = true;
    if (present(single)) {
        ok = safetensors_read(w, single, e);
    } else if (present(index)) {
        ok = index_read(w, index, e);
    } else {
        *found = false;
        ok = other_format(dir, e);
    }
    free(single);
    free(index);
    return ok;
}

bool weights_open(const char *path, struct weights **out, struct err *e)
{
    struct weights *w = mem_alloc(sizeof *w);
    bool found = true;
    bool ok = file_is_dir(path) ? open_folder(w, path, &found, e) : open_file(w, path, e);
    if (ok && found) {
        *out = w;
        return true;
    }
    weights_free(w);
    if (ok)
        *out = NULL;
    return ok;
}

struct weights *weights_named(const struct weight *v, size_t n)
{
    struct weights *w = mem_alloc(sizeof *w);
    for (size_t i = 0; i < n; i++) {
        const char *name = arena_strdup(&w->arena, v[i].name);
        ARRAY_PUSH(w->items, w->n, w->cap) = (struct weight){name, v[i].t};
        ARRAY_PUSH(w->order, w->norder, w->caporder) = i;
        map_add(&w->by_name, name, strlen(name), (int64_t)i);
    }
    return w;
}

void weights_free(struct weights *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->nshards; i++) {
        storage_unref(w->shards[i].st);
        free(w->shards[i].path);
    }
    map_release(&w->by_name);
    arena_release(&w->arena);
    free(w->shards);
    free(w->items);
    free(w->order);
    free(w->meta);
    free(w->note);
    free(w);
}

const struct weight *weights_find(const struct weights *w, const char *name)
{
    int64_t i = map_gets(&w->by_name, name, -1);
    return i < 0 ? NULL : &w->items[i];
}

size_t weights_count(const struct weights *w)
{
    return w->n;
}

const struct weight *weights_at(const struct weights *w, size_t i)
{
    return &w->items[w->order[i]];
}

size_t weights_bytes(const struct weights *w)
{
    return w->bytes;
}

const char *weights_metadata(const struct weights *w, const char *key)
{
    for (size_t i = 0; i < w->nmeta; i++)
        if (strcmp(w->meta[i].key, key) == 0)
            return w->meta[i].value;
    return NULL;
}

const char *weights_note(const struct weights *w)
{
    return w->note;
}
