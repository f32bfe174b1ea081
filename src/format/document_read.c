/* Reading documents. Nothing in the file is trusted. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "document_get.h"
#include "internal.h"

/* ---- the model ------------------------------------------------------------------------------- */

/* JSON that others read: kept as a text. */
static bool keep_json(struct document *d, const json_t *v, const char *key, const char **out,
                      struct err *e)
{
    char *text = json_dumps(v, JSON_COMPACT);
    if (text == NULL)
        return document_wrong(e, key, "an object or a list");
    *out = arena_strdup(&d->arena, text);
    free(text);
    return true;
}

static bool read_model(struct document *d, const json_t *root, struct err *e)
{
    const json_t *m, *c;
    return get_object(root, "model", &m, e) && get_object(root, "config", &c, e) &&
           get_str(d, m, "name", &d->name, e) && get_str(d, m, "path", &d->path, e) &&
           get_str(d, m, "digest", &d->digest, e) && get_str(d, m, "family", &d->family, e) &&
           keep_json(d, c, "config", &d->config, e);
}

static bool read_tensor(struct document *d, const char *name, const json_t *x, struct weight *out,
                        struct err *e)
{
    const json_t *shape;
    const char *dtype;
    size_t n;
    if (!get_str(d, x, "dtype", &dtype, e) || !get_list(x, "shape", &shape, &n, e))
        return false;
    *out = (struct weight){.name = arena_strdup(&d->arena, name), .t = {.ndim = (int)n}};
    if (n > TENSOR_DIMS || !dtype_from_safetensors(dtype, &out->t.dtype))
        return document_wrong(e, "tensors", "of a type and shape that tensors have");
    for (size_t i = 0; i < n; i++) {
        const json_t *v = json_array_get(shape, i);
        out->t.shape[i] = json_integer_value(v);
        if (!json_is_integer(v) || out->t.shape[i] < 0)
            return document_wrong(e, "shape", "a list of sizes");
    }
    return true;
}

static bool read_tensors(struct document *d, const json_t *root, struct err *e)
{
    const json_t *all = json_object_get(root, "tensors");
    d->weighed = !json_is_null(all);
    if (!d->weighed)
        return true;
    if (!get_object(root, "tensors", &all, e))
        return false;
    d->tensors = arena_alloc(&d->arena, (json_object_size(all) + 1) * sizeof *d->tensors);
    const char *name;
    json_t *x;
    json_object_foreach((json_t *)all, name, x)
    {
        if (!read_tensor(d, name, x, &d->tensors[d->ntensors], e))
            return false;
        d->ntensors++;
    }
    return true;
}

/* What the plan is built from besides the configuration. */
static bool read_mask(struct document *d, const json_t *root, struct err *e)
{
    int64_t mask = -1;
    if (!json_is_null(json_object_get(root, "mask")) &&
        !get_int(root, "mask", 0, INT32_MAX, &mask, e))
        return false;
    d->mask = (int32_t)mask;
    return true;
}

static bool read_parts(struct document *d, const json_t *root, struct err *e)
{
    const json_t *g = json_object_get(root, "generation"), *m = json_object_get(root, "modules");
    size_t n;
    return (json_is_null(g) || (get_object(root, "generation", &g, e) &&
                                keep_json(d, g, "generation", &d->generation, e))) &&
           (json_is_null(m) ||
            (get_list(root, "modules", &m, &n, e) && keep_json(d, m, "modules", &d->modules, e))) &&
           read_tensors(d, root, e);
}

/* ---- spellings ------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const struct document_piece *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static bool read_pieces(struct document *d, const json_t *root, int side, const char *key,
                        struct err *e)
{
    const json_t *all, *x;
    if (!get_object(root, "pieces", &all, e) || !get_object(all, key, &x, e))
        return false;
    d->pieces[side] = arena_alloc(&d->arena, (json_object_size(x) + 1) * sizeof **d->pieces);
    const char *id;
    json_t *piece;
    json_object_foreach((json_t *)x, id, piece)
    {
        int64_t v;
        if (!str_int(id, 0, INT32_MAX, &v) || !json_is_string(piece) ||
            strlen(json_string_value(piece)) != json_string_length(piece))
            return document_wrong(e, "pieces", "a spelling for each id");
        d->pieces[side][d->npieces[side]++] =
            (struct document_piece){(int32_t)v, arena_strdup(&d->arena, json_string_value(piece))};
    }
    qsort(d->pieces[side], d->npieces[side], sizeof **d->pieces, by_id);
    return true;
}

/* ---- named runs ------------------------------------------------------------------------------ */

static bool is_name(const struct document *d, const char *name)
{
    bool fits = *name != 0 && strpbrk(name, "/. \t\n") == NULL;
    for (size_t i = 0; fits && i < d->nruns; i++)
        fits = strcmp(d->runs[i].name, name) != 0;
    return fits;
}

static bool read_named(struct document *d, const json_t *root, int64_t version, struct err *e)
{
    const json_t *list;
    size_t n;
    if (!get_list(root, "runs", &list, &n, e))
        return false;
    d->runs = arena_alloc(&d->arena, (n + 1) * sizeof *d->runs);
    for (size_t i = 0; i < n; i++) {
        const json_t *x = json_array_get(list, i);
        struct document_run *r = &d->runs[i];
        if (!get_str(d, x, "name", &r->name, e) || !document_read_run(d, x, version, r, e))
            return false;
        if (!is_name(d, r->name))
            return document_wrong(e, "name", "a name of one run alone");
        if (!r->started)
            return document_wrong(e, "run", "there, though it has a name");
        d->nruns++;
    }
    return true;
}

/* Each value is of a run that is there. */
static bool check_values(const struct document *d, struct err *e)
{
    for (size_t i = 0; i < weights_count(d->values); i++) {
        const char *name = weights_at(d->values, i)->name;
        bool known = document_site(name, NULL) != NULL;
        for (size_t k = 0; !known && k < d->nruns; k++)
            known = document_site(name, d->runs[k].name) != NULL;
        if (!known)
            return err_set(e, ERR_FILE, "the value %s is of no run that the document has",
                           shown(name, strlen(name)).s);
    }
    return true;
}

/* ---- all ------------------------------------------------------------------------------------- */

static bool read_all(struct document *d, const json_t *root, struct err *e)
{
    const json_t *v = json_object_get(root, "version");
    int64_t version = json_integer_value(v);
    if (!json_is_integer(v) || version < 1)
        return document_wrong(e, "version", "a whole number from 1");
    if (version > DOCUMENT_VERSION) {
        err_set(e, ERR_FILE, "the document is of version %lld, and this rasad reads up to %d",
                (long long)version, DOCUMENT_VERSION);
        return err_hint(e, "a newer rasad opens it");
    }
    d->mask = -1;
    return read_model(d, root, e) && document_read_run(d, root, version, &d->present, e) &&
           get_str(d, root, "commands", &d->commands, e) && read_pieces(d, root, 0, "source", e) &&
           read_pieces(d, root, 1, "target", e) &&
           (version < 2 ||
            (read_parts(d, root, e) && read_mask(d, root, e) && read_named(d, root, version, e) &&
             get_strs(d, root, "lines", &d->lines, &d->nlines, e) &&
             get_strs(d, root, "notes", &d->notes, &d->nnotes, e))) &&
           check_values(d, e);
}

bool document_open(const char *path, struct document *out, struct err *e)
{
    *out = (struct document){0};
    if (file_exists(path) && (file_is_dir(path) || !document_named(path))) {
        err_set(e, ERR_FILE, "%s is not a document", shown_path(path).s);
        return err_hint(e, "'save session FILE.rasad.safetensors' writes one; 'model load' opens "
                           "models, 'source' files of commands");
    }
    if (!weights_open(path, &out->values, e))
        return false;
    const char *text = weights_metadata(out->values, "document");
    if (text == NULL) {
        err_set(e, ERR_FILE, "%s is not a document: it has tensors, but tells of no session",
                shown_path(path).s);
        return err_hint(e, "'save session FILE.rasad.safetensors' writes documents");
    }
    json_error_t je;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &je);
    if (!json_is_object(root)) {
        json_decref(root);
        return err_set(e, ERR_FILE, "%s: the document is not a JSON object", shown_path(path).s);
    }
    bool ok = read_all(out, root, e) || err_wrap(e, "%s", shown_path(path).s);
    json_decref(root);
    if (ok)
        document_add_texts(out, out);
    return ok;
}
