/* Reading a document's runs: the present one, and those with names. */
#include "document_get.h"

#include <math.h>

static bool read_token(const json_t *x, const struct document_run *r, struct document_token *t,
                       struct err *e)
{
    int64_t segment;
    if (!get_id(x, &t->id, e) || !get_int(x, "segment", 0, INT32_MAX, &segment, e) ||
        !get_bool(x, "special", &t->special, e) || !get_bool(x, "second", &t->second, e))
        return false;
    t->segment = (int32_t)segment;
    int64_t most = (int64_t)(t->second ? r->pair_len : r->text_len);
    if (!get_int(x, "start", -1, most, &t->start, e) || !get_int(x, "end", -1, most, &t->end, e))
        return false;
    return (t->start < 0) == (t->end < 0) && t->start <= t->end
               ? true
               : document_wrong(e, "start", "before the end of its token");
}

static bool read_source(struct document *d, const json_t *o, struct document_run *r, struct err *e)
{
    const json_t *s, *list;
    if (!get_object(o, "source", &s, e) || !get_text(d, s, "text", &r->text, &r->text_len, e) ||
        !get_text(d, s, "pair", &r->pair, &r->pair_len, e) || !get_bool(s, "coded", &r->coded, e) ||
        !get_list(s, "tokens", &list, &r->ntokens, e))
        return false;
    if ((r->coded || r->pair != NULL) && r->text == NULL)
        return document_wrong(e, "text", "there, but something is said of it");
    r->tokens = arena_alloc(&d->arena, (r->ntokens + 1) * sizeof *r->tokens);
    bool ok = true;
    for (size_t i = 0; ok && i < r->ntokens; i++)
        ok = read_token(json_array_get(list, i), r, &r->tokens[i], e);
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
            return document_wrong(e, "candidates", "a list of an id and a number each");
        c->candidates[k].id = (int32_t)json_integer_value(id);
        if (!get_number(json_array_get(pair, 1), "candidates", &c->candidates[k].logp, e))
            return false;
    }
    return true;
}

static bool read_place(const json_t *o, struct document_place *out, struct err *e)
{
    int64_t node;
    if (!get_int(o, "pass", 0, INT32_MAX, &out->pass, e) ||
        !get_int(o, "node", 0, INT32_MAX, &node, e))
        return false;
    out->node = (int)node;
    return true;
}

static bool read_ids(struct document *d, const json_t *o, const char *key, int32_t **out, size_t *n,
                     struct err *e)
{
    const json_t *list;
    if (!get_list(o, key, &list, n, e))
        return false;
    *out = arena_alloc(&d->arena, (*n + 1) * sizeof **out);
    for (size_t i = 0; i < *n; i++) {
        const json_t *v = json_array_get(list, i);
        if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > INT32_MAX)
            return document_wrong(e, key, "a list of ids");
        (*out)[i] = (int32_t)json_integer_value(v);
    }
    return true;
}

static bool read_beam(const json_t *x, struct document_beam *b, struct err *e)
{
    int64_t from;
    if (!get_id(x, &b->id, e) || !get_int(x, "from", 0, INT32_MAX, &from, e) ||
        !get_number(json_object_get(x, "score"), "score", &b->score, e) ||
        !get_bool(x, "finished", &b->finished, e) || !get_bool(x, "live", &b->alive, e) ||
        !get_number(json_object_get(x, "ranked"), "ranked", &b->ranked, e))
        return false;
    b->parent = (int32_t)from;
    b->score = isnan(b->score) ? -INFINITY : b->score;
    b->ranked = isnan(b->ranked) ? 0 : b->ranked;
    return true;
}

static bool read_step(struct document *d, const json_t *x, struct document_step *s, struct err *e)
{
    const json_t *list;
    if (!read_choice(d, x, &s->best, e) || !get_list(x, "beams", &list, &s->nbeams, e))
        return false;
    s->beams = arena_alloc(&d->arena, (s->nbeams + 1) * sizeof *s->beams);
    bool ok = true;
    for (size_t i = 0; ok && i < s->nbeams; i++)
        ok = read_beam(json_array_get(list, i), &s->beams[i], e);
    return ok;
}

static bool read_beams(struct document *d, const json_t *o, struct document_run *r, struct err *e)
{
    const json_t *x = json_object_get(o, "beams"), *list;
    if (json_is_null(x))
        return true;
    struct document_beams *b = r->beams = arena_alloc(&d->arena, sizeof *b);
    if (!get_object(o, "beams", &x, e) || !get_int(x, "width", 1, INT32_MAX, &b->width, e) ||
        !get_int(x, "max_new", -1, INT64_MAX, &b->max_new, e) ||
        !get_int(x, "min_new", 0, INT64_MAX, &b->min_new, e) ||
        !get_number(json_object_get(x, "length_penalty"), "length_penalty", &b->length_penalty,
                    e) ||
        !get_str(d, x, "early_stopping", &b->early_stopping, e) ||
        !get_list(x, "steps", &list, &b->nsteps, e))
        return false;
    b->steps = arena_alloc(&d->arena, (b->nsteps + 1) * sizeof *b->steps);
    bool ok = true;
    for (size_t i = 0; ok && i < b->nsteps; i++)
        ok = read_step(d, json_array_get(list, i), &b->steps[i], e);
    return ok;
}

static bool read_hypotheses(struct document *d, const json_t *o, struct document_run *r,
                            struct err *e)
{
    const json_t *list;
    if (!get_list(o, "hypotheses", &list, &r->nhypotheses, e))
        return false;
    r->hypotheses = arena_alloc(&d->arena, (r->nhypotheses + 1) * sizeof *r->hypotheses);
    for (size_t i = 0; i < r->nhypotheses; i++) {
        const json_t *x = json_array_get(list, i);
        struct document_hypothesis *h = &r->hypotheses[i];
        size_t n;
        if (!read_ids(d, x, "ids", &h->ids, &h->n, e) || !get_text(d, x, "text", &h->text, &n, e) ||
            !get_number(json_object_get(x, "score"), "score", &h->score, e))
            return false;
    }
    return true;
}

/* Version 1 knew no place but the end, no changes, beams and texts. */
static bool read_since_2(struct document *d, const json_t *x, struct document_run *r, struct err *e)
{
    const json_t *at;
    return get_object(x, "at", &at, e) && read_place(at, &r->at, e) &&
           get_str(d, x, "changes", &r->changes, e) && read_beams(d, x, r, e) &&
           read_hypotheses(d, x, r, e);
}

bool document_read_run(struct document *d, const json_t *o, int64_t version,
                       struct document_run *out, struct err *e)
{
    const json_t *x = json_object_get(o, "run"), *choices;
    if (!read_source(d, o, out, e))
        return false;
    out->started = !json_is_null(x);
    if (!out->started)
        return true;
    if (!get_object(o, "run", &x, e) || !read_ids(d, x, "prompt", &out->prompt, &out->nprompt, e) ||
        !get_list(x, "choices", &choices, &out->nchoices, e) ||
        !get_bool(x, "over", &out->over, e) ||
        !get_number(json_object_get(x, "score"), "score", &out->score, e) ||
        !read_place(x, &out->end, e))
        return false;
    out->at = out->end;
    out->changes = "";
    out->choices = arena_alloc(&d->arena, (out->nchoices + 1) * sizeof *out->choices);
    bool ok = true;
    for (size_t i = 0; ok && i < out->nchoices; i++)
        ok = read_choice(d, json_array_get(choices, i), &out->choices[i], e);
    return ok && (version < 2 || read_since_2(d, x, out, e));
}
