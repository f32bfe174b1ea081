/* Writing documents. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/document.h"

struct writer {
    bool ok; /* every member could be made: their texts are UTF-8 */
};

static void put(struct writer *w, json_t *object, const char *key, json_t *value)
{
    w->ok &= json_object_set_new(object, key, value) == 0;
}

/* JSON has no infinities: they and NaN are null. */
static json_t *number(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

static json_t *text_or_null(const char *s, size_t n)
{
    return s != NULL ? json_stringn(s, n) : json_null();
}

/* JSON that is kept as a text; NULL: null. */
static json_t *parsed(const char *json)
{
    return json != NULL ? json_loads(json, 0, NULL) : json_null();
}

/* What only people read: bytes that are not UTF-8 become U+FFFD. */
static json_t *readable(const char *s)
{
    struct str clean = STR_INIT;
    for (size_t n = strlen(s); n > 0;) {
        size_t good = utf8_valid(s, n);
        str_addn(&clean, s, good);
        if (good < n)
            str_add(&clean, "\xEF\xBF\xBD");
        good += good < n;
        s += good;
        n -= good;
    }
    json_t *out = json_string(clean.s);
    str_release(&clean);
    return out;
}

static json_t *readable_list(const char *const *v, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, readable(v[i]));
    return list;
}

/* ---- the model ------------------------------------------------------------------------------- */

static json_t *model_json(struct writer *w, const struct document *d)
{
    json_t *m = json_object();
    put(w, m, "name", json_string(d->name));
    put(w, m, "path", json_string(d->path));
    put(w, m, "digest", json_string(d->digest));
    put(w, m, "family", json_string(d->family));
    return m;
}

static json_t *tensors_json(struct writer *w, const struct document *d)
{
    if (!d->weighed)
        return json_null();
    json_t *all = json_object();
    for (size_t i = 0; i < d->ntensors; i++) {
        const struct tensor *t = &d->tensors[i].t;
        json_t *x = json_object(), *shape = json_array();
        for (int k = 0; k < t->ndim; k++)
            json_array_append_new(shape, json_integer(t->shape[k]));
        put(w, x, "dtype", json_string(dtype_safetensors(t->dtype)));
        put(w, x, "shape", shape);
        put(w, all, d->tensors[i].name, x);
    }
    return all;
}

/* ---- runs ------------------------------------------------------------------------------------ */

static json_t *tokens_json(const struct document_run *r)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->ntokens; i++) {
        const struct document_token *t = &r->tokens[i];
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

static json_t *source_json(struct writer *w, const struct document_run *r)
{
    json_t *s = json_object();
    put(w, s, "text", text_or_null(r->text, r->text_len));
    put(w, s, "pair", text_or_null(r->pair, r->pair_len));
    put(w, s, "coded", json_boolean(r->coded));
    put(w, s, "tokens", tokens_json(r));
    return s;
}

static json_t *ids_json(const int32_t *ids, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_integer(ids[i]));
    return list;
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

static json_t *beam_json(const struct document_beam *b)
{
    json_t *x = json_object();
    json_object_set_new(x, "from", json_integer(b->parent));
    json_object_set_new(x, "id", json_integer(b->id));
    json_object_set_new(x, "score", number(b->score));
    json_object_set_new(x, "ranked", b->finished ? number(b->ranked) : json_null());
    json_object_set_new(x, "finished", json_boolean(b->finished));
    json_object_set_new(x, "live", json_boolean(b->alive));
    return x;
}

static json_t *beams_json(const struct document_beams *b)
{
    if (b == NULL)
        return json_null();
    json_t *x = json_object(), *steps = json_array();
    for (size_t i = 0; i < b->nsteps; i++) {
        json_t *step = choice_json(&b->steps[i].best), *list = json_array();
        for (size_t k = 0; k < b->steps[i].nbeams; k++)
            json_array_append_new(list, beam_json(&b->steps[i].beams[k]));
        json_object_set_new(step, "beams", list);
        json_array_append_new(steps, step);
    }
    json_object_set_new(x, "width", json_integer(b->width));
    json_object_set_new(x, "max_new", json_integer(b->max_new));
    json_object_set_new(x, "min_new", json_integer(b->min_new));
    json_object_set_new(x, "length_penalty", number(b->length_penalty));
    json_object_set_new(x, "early_stopping", json_string(b->early_stopping));
    json_object_set_new(x, "steps", steps);
    return x;
}

static json_t *hypotheses_json(const struct document_run *r)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->nhypotheses; i++) {
        const struct document_hypothesis *h = &r->hypotheses[i];
        json_t *x = json_object();
        json_object_set_new(x, "ids", ids_json(h->ids, h->n));
        json_object_set_new(x, "score", number(h->score));
        json_object_set_new(x, "text", h->text != NULL ? readable(h->text) : json_null());
        json_array_append_new(list, x);
    }
    return list;
}

static json_t *run_json(struct writer *w, const struct document_run *r)
{
    if (!r->started)
        return json_null();
    json_t *x = json_object(), *at = json_object(), *choices = json_array();
    for (size_t i = 0; i < r->nchoices; i++)
        json_array_append_new(choices, choice_json(&r->choices[i]));
    put(w, x, "prompt", ids_json(r->prompt, r->nprompt));
    put(w, x, "choices", choices);
    put(w, x, "over", json_boolean(r->over));
    put(w, x, "score", number(r->score));
    put(w, x, "changes", readable(r->changes));
    put(w, x, "hypotheses", hypotheses_json(r));
    put(w, x, "beams", beams_json(r->beams));
    put(w, x, "pass", json_integer(r->end.pass));
    put(w, x, "node", json_integer(r->end.node));
    put(w, at, "pass", json_integer(r->at.pass));
    put(w, at, "node", json_integer(r->at.node));
    put(w, x, "at", at);
    return x;
}

static json_t *named_json(struct writer *w, const struct document *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->nruns; i++) {
        json_t *x = json_object();
        put(w, x, "name", json_string(d->runs[i].name));
        put(w, x, "source", source_json(w, &d->runs[i]));
        put(w, x, "run", run_json(w, &d->runs[i]));
        json_array_append_new(list, x);
    }
    return list;
}

/* ---- all ------------------------------------------------------------------------------------- */

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
static char *whole_text(const struct document *d, struct err *e)
{
    struct writer w = {.ok = true};
    json_t *root = json_object(), *pieces = json_object();
    put(&w, pieces, "source", pieces_json(d, 0));
    put(&w, pieces, "target", pieces_json(d, 1));
    put(&w, root, "version", json_integer(DOCUMENT_VERSION));
    put(&w, root, "model", model_json(&w, d));
    put(&w, root, "config", parsed(d->config));
    put(&w, root, "generation", parsed(d->generation));
    put(&w, root, "modules", parsed(d->modules));
    put(&w, root, "tensors", tensors_json(&w, d));
    put(&w, root, "commands", json_string(d->commands));
    put(&w, root, "source", source_json(&w, &d->present));
    put(&w, root, "run", run_json(&w, &d->present));
    put(&w, root, "runs", named_json(&w, d));
    put(&w, root, "lines", readable_list(d->lines, d->nlines));
    put(&w, root, "notes", readable_list(d->notes, d->nnotes));
    put(&w, root, "mask", d->mask >= 0 ? json_integer(d->mask) : json_null());
    put(&w, root, "pieces", pieces);
    char *out = w.ok ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(root);
    if (out == NULL)
        err_set(e, ERR_COMMAND, "a document holds UTF-8 alone, and the text or a path is not");
    return out;
}

bool document_write(const char *path, const struct document *d, const struct save_item *values,
                    size_t n, const char *axes, const char *program, struct err *e)
{
    char *text = whole_text(d, e);
    if (text == NULL)
        return false;
    const struct save_meta meta[] = {{"rasad", program}, {"axes", axes}, {"document", text}};
    bool ok = save_tensors(path, values, n, meta, sizeof meta / sizeof *meta, e);
    free(text);
    return ok;
}
