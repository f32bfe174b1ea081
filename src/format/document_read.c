/* Reading documents. Nothing in the file is trusted. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "format/document.h"
#include "internal.h"

static bool wrong(struct err *e, const char *key, const char *what)
{
    return err_set(e, ERR_FILE, "the document's \"%s\" is not %s", key, what);
}

static bool get_int(const json_t *o, const char *key, int64_t lo, int64_t hi, int64_t *out,
                    struct err *e)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_integer(v) || json_integer_value(v) < lo || json_integer_value(v) > hi)
        return err_set(e, ERR_FILE, "the document's \"%s\" is not a whole number from %lld to %lld",
                       key, (long long)lo, (long long)hi);
    *out = json_integer_value(v);
    return true;
}

static bool get_id(const json_t *o, int32_t *out, struct err *e)
{
    int64_t v;
    if (!get_int(o, "id", 0, INT32_MAX, &v, e))
        return false;
    *out = (int32_t)v;
    return true;
}

static bool get_bool(const json_t *o, const char *key, bool *out, struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = json_is_true(v);
    return json_is_boolean(v) || wrong(e, key, "true or false");
}

/* null is NAN. */
static bool get_number(const json_t *v, const char *key, double *out, struct err *e)
{
    *out = json_is_number(v) ? json_number_value(v) : NAN;
    return json_is_number(v) || json_is_null(v) || wrong(e, key, "a number or null");
}

static bool get_str(struct document *d, const json_t *o, const char *key, const char **out,
                    struct err *e)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v))
        return wrong(e, key, "a text");
    *out = arena_strdup(&d->arena, json_string_value(v));
    return true;
}

/* A text that may be null, and may hold NULs. */
static bool get_text(struct document *d, const json_t *o, const char *key, const char **out,
                     size_t *n, struct err *e)
{
    const json_t *v = json_object_get(o, key);
    *out = NULL;
    *n = 0;
    if (json_is_null(v))
        return true;
    if (!json_is_string(v))
        return wrong(e, key, "a text or null");
    *n = json_string_length(v);
    *out = arena_strndup(&d->arena, json_string_value(v), *n);
    return true;
}

static bool get_list(const json_t *o, const char *key, const json_t **out, size_t *n, struct err *e)
{
    *out = json_object_get(o, key);
    *n = json_array_size(*out);
    return json_is_array(*out) || wrong(e, key, "a list");
}

static bool get_object(const json_t *o, const char *key, const json_t **out, struct err *e)
{
    *out = json_object_get(o, key);
    return json_is_object(*out) || wrong(e, key, "an object");
}

/* ---- parts ----------------------------------------------------------------------------------- */

static bool read_model(struct document *d, const json_t *root, struct err *e)
{
    const json_t *m, *c;
    if (!get_object(root, "model", &m, e) || !get_object(root, "config", &c, e) ||
        !get_str(d, m, "name", &d->name, e) || !get_str(d, m, "path", &d->path, e) ||
        !get_str(d, m, "digest", &d->digest, e) || !get_str(d, m, "family", &d->family, e))
        return false;
    char *text = json_dumps(c, JSON_COMPACT);
    if (text == NULL)
        return wrong(e, "config", "an object");
    d->config = arena_strdup(&d->arena, text);
    free(text);
    return true;
}

static bool read_token(const json_t *x, const struct document *d, struct document_token *t,
                       struct err *e)
{
    int64_t segment;
    if (!get_id(x, &t->id, e) || !get_int(x, "segment", 0, INT32_MAX, &segment, e) ||
        !get_bool(x, "special", &t->special, e) || !get_bool(x, "second", &t->second, e))
        return false;
    t->segment = (int32_t)segment;
    int64_t most = (int64_t)(t->second ? d->pair_len : d->text_len);
    if (!get_int(x, "start", -1, most, &t->start, e) || !get_int(x, "end", -1, most, &t->end, e))
        return false;
    return (t->start < 0) == (t->end < 0) && t->start <= t->end
               ? true
               : wrong(e, "start", "before the end of its token");
}

static bool read_source(struct document *d, const json_t *root, struct err *e)
{
    const json_t *s, *list;
    if (!get_object(root, "source", &s, e) || !get_text(d, s, "text", &d->text, &d->text_len, e) ||
        !get_text(d, s, "pair", &d->pair, &d->pair_len, e) || !get_bool(s, "coded", &d->coded, e) ||
        !get_list(s, "tokens", &list, &d->ntokens, e))
        return false;
    if ((d->coded || d->pair != NULL) && d->text == NULL)
        return wrong(e, "text", "there, but something is said of it");
    d->tokens = arena_alloc(&d->arena, (d->ntokens + 1) * sizeof *d->tokens);
    bool ok = true;
    for (size_t i = 0; ok && i < d->ntokens; i++)
        ok = read_token(json_array_get(list, i), d, &d->tokens[i], e);
    return ok;
}

static bool read_choice(struct document *d, const json_t *x, struct document_choice *c,
                        struct err *e)
{
    const json_t *list;
    if (!get_id(x, &c->id, e) || !get_bool(x, "forced", &c->forced, e) ||
        !get_number(json_object_get(x, "logp"), "logp", &c->logp, e) ||
        !get_list(x, "candidates", &list, &c->ncandidates, e))
        return false;
    c->candidates = arena_alloc(&d->arena, (c->ncandidates + 1) * sizeof *c->candidates);
    for (size_t k = 0; k < c->ncandidates; k++) {
        const json_t *pair = json_array_get(list, k), *id = json_array_get(pair, 0);
        if (json_array_size(pair) != 2 || !json_is_integer(id) || json_integer_value(id) < 0 ||
            json_integer_value(id) > INT32_MAX)
            return wrong(e, "candidates", "a list of an id and a number each");
        c->candidates[k].id = (int32_t)json_integer_value(id);
        if (!get_number(json_array_get(pair, 1), "candidates", &c->candidates[k].logp, e))
            return false;
    }
    return true;
}

static bool read_run(struct document *d, const json_t *root, struct err *e)
{
    const json_t *r = json_object_get(root, "run"), *prompt, *choices;
    d->started = !json_is_null(r);
    int64_t node;
    if (!d->started)
        return true;
    if (!get_object(root, "run", &r, e) || !get_list(r, "prompt", &prompt, &d->nprompt, e) ||
        !get_list(r, "choices", &choices, &d->nchoices, e) || !get_bool(r, "over", &d->over, e) ||
        !get_number(json_object_get(r, "score"), "score", &d->score, e) ||
        !get_int(r, "pass", 0, INT32_MAX, &d->pass, e) ||
        !get_int(r, "node", 0, INT32_MAX, &node, e))
        return false;
    d->node = (int)node;
    d->prompt = arena_alloc(&d->arena, (d->nprompt + 1) * sizeof *d->prompt);
    d->choices = arena_alloc(&d->arena, (d->nchoices + 1) * sizeof *d->choices);
    for (size_t i = 0; i < d->nprompt; i++) {
        const json_t *v = json_array_get(prompt, i);
        if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > INT32_MAX)
            return wrong(e, "prompt", "a list of ids");
        d->prompt[i] = (int32_t)json_integer_value(v);
    }
    bool ok = true;
    for (size_t i = 0; ok && i < d->nchoices; i++)
        ok = read_choice(d, json_array_get(choices, i), &d->choices[i], e);
    return ok;
}

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
            return wrong(e, "pieces", "a spelling for each id");
        d->pieces[side][d->npieces[side]++] =
            (struct document_piece){(int32_t)v, arena_strdup(&d->arena, json_string_value(piece))};
    }
    qsort(d->pieces[side], d->npieces[side], sizeof **d->pieces, by_id);
    return true;
}

static bool read_all(struct document *d, const json_t *root, struct err *e)
{
    const json_t *version = json_object_get(root, "version");
    if (!json_is_integer(version) || json_integer_value(version) < 1)
        return wrong(e, "version", "a whole number from 1");
    if (json_integer_value(version) > DOCUMENT_VERSION) {
        err_set(e, ERR_FILE, "the document is of version %lld, and this rasad reads up to %d",
                (long long)json_integer_value(version), DOCUMENT_VERSION);
        return err_hint(e, "a newer rasad opens it");
    }
    return read_model(d, root, e) && read_source(d, root, e) && read_run(d, root, e) &&
           get_str(d, root, "commands", &d->commands, e) && read_pieces(d, root, 0, "source", e) &&
           read_pieces(d, root, 1, "target", e);
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
    return ok;
}
