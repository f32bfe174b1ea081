/* Writing documents, and what both directions share. */
#include "format/document.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool document_named(const char *path)
{
    return str_ends(path, ".safetensors");
}

void document_free(struct document *d)
{
    weights_free(d->values);
    arena_release(&d->arena);
    *d = (struct document){0};
}

static int by_id(const void *a, const void *b)
{
    const struct document_piece *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

const char *document_piece(const struct document *d, int side, int32_t id)
{
    struct document_piece key = {.id = id};
    const struct document_piece *found = NULL;
    if (d->npieces[side] > 0)
        found = bsearch(&key, d->pieces[side], d->npieces[side], sizeof key, by_id);
    return found != NULL ? found->piece : NULL;
}

/* ---- to JSON --------------------------------------------------------------------------------- */

/* JSON has no infinities: they and NaN are null. */
static json_t *number(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

static json_t *text_or_null(const char *s, size_t n)
{
    return s != NULL ? json_stringn(s, n) : json_null();
}

static json_t *model_json(const struct document *d)
{
    json_t *m = json_object();
    json_object_set_new(m, "name", json_string(d->name));
    json_object_set_new(m, "path", json_string(d->path));
    json_object_set_new(m, "digest", json_string(d->digest));
    json_object_set_new(m, "family", json_string(d->family));
    return m;
}

static json_t *tokens_json(const struct document *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->ntokens; i++) {
        const struct document_token *t = &d->tokens[i];
        json_t *x = json_object();
        json_object_set_new(x, "id", json_integer(t->id));
        json_object_set_new(x, "segment", json_integer(t->segment));
        json_object_set_new(x, "start", json_integer(t->start));
        json_object_set_new(x, "end", json_integer(t->end));
        json_object_set_new(x, "special", json_boolean(t->special));
        json_object_set_new(x, "second", json_boolean(t->second));
        json_array_append_new(list, x);
    }
    return list;
}

static json_t *source_json(const struct document *d)
{
    json_t *s = json_object();
    json_object_set_new(s, "text", text_or_null(d->text, d->text_len));
    json_object_set_new(s, "pair", text_or_null(d->pair, d->pair_len));
    json_object_set_new(s, "coded", json_boolean(d->coded));
    json_object_set_new(s, "tokens", tokens_json(d));
    return s;
}

static json_t *choice_json(const struct document_choice *c)
{
    json_t *x = json_object(), *list = json_array();
    for (size_t k = 0; k < c->ncandidates; k++) {
        json_t *pair = json_array();
        json_array_append_new(pair, json_integer(c->candidates[k].id));
        json_array_append_new(pair, number(c->candidates[k].logp));
        json_array_append_new(list, pair);
    }
    json_object_set_new(x, "id", json_integer(c->id));
    json_object_set_new(x, "logp", number(c->logp));
    json_object_set_new(x, "forced", json_boolean(c->forced));
    json_object_set_new(x, "candidates", list);
    return x;
}

static json_t *run_json(const struct document *d)
{
    if (!d->started)
        return json_null();
    json_t *r = json_object(), *prompt = json_array(), *choices = json_array();
    for (size_t i = 0; i < d->nprompt; i++)
        json_array_append_new(prompt, json_integer(d->prompt[i]));
    for (size_t i = 0; i < d->nchoices; i++)
        json_array_append_new(choices, choice_json(&d->choices[i]));
    json_object_set_new(r, "prompt", prompt);
    json_object_set_new(r, "choices", choices);
    json_object_set_new(r, "over", json_boolean(d->over));
    json_object_set_new(r, "score", number(d->score));
    json_object_set_new(r, "pass", json_integer(d->pass));
    json_object_set_new(r, "node", json_integer(d->node));
    return r;
}

static json_t *pieces_json(const struct document *d, int side)
{
    json_t *x = json_object();
    for (size_t i = 0; i < d->npieces[side]; i++) {
        char key[16];
        snprintf(key, sizeof key, "%d", (int)d->pieces[side][i].id);
        json_t *piece = json_string(d->pieces[side][i].piece);
        if (piece != NULL) /* a spelling that is not UTF-8 is left out */
            json_object_set_new(x, key, piece);
    }
    return x;
}

/* NULL + e: something is no UTF-8. */
static char *document_text(const struct document *d, struct err *e)
{
    json_t *root = json_object(), *pieces = json_object();
    json_object_set_new(pieces, "source", pieces_json(d, 0));
    json_object_set_new(pieces, "target", pieces_json(d, 1));
    bool ok = json_object_set_new(root, "version", json_integer(DOCUMENT_VERSION)) == 0;
    ok &= json_object_set_new(root, "model", model_json(d)) == 0;
    ok &= json_object_set_new(root, "config", json_loads(d->config, 0, NULL)) == 0;
    ok &= json_object_set_new(root, "commands", json_string(d->commands)) == 0;
    ok &= json_object_set_new(root, "source", source_json(d)) == 0;
    ok &= json_object_set_new(root, "run", run_json(d)) == 0;
    ok &= json_object_set_new(root, "pieces", pieces) == 0;
    bool texts = json_object_get(json_object_get(root, "source"), "text") != NULL &&
                 json_object_get(json_object_get(root, "source"), "pair") != NULL &&
                 json_object_size(json_object_get(root, "model")) == 4;
    char *out = ok && texts ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(root);
    if (out == NULL)
        err_set(e, ERR_COMMAND, "a document holds UTF-8 alone, and the text or a path is not");
    return out;
}

bool document_write(const char *path, const struct document *d, const struct save_item *values,
                    size_t n, const char *axes, const char *program, struct err *e)
{
    char *text = document_text(d, e);
    if (text == NULL)
        return false;
    const struct save_meta meta[] = {{"rasad", program}, {"axes", axes}, {"document", text}};
    bool ok = save_tensors(path, values, n, meta, sizeof meta / sizeof *meta, e);
    free(text);
    return ok;
}
