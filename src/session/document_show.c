/* A document's run as what it read and a machine that stands where it stood. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "document.h"

/* ---- the model ------------------------------------------------------------------------------- */

static bool read_parts(const struct document *d, struct model_parts *x, struct err *e)
{
    if (d->generation != NULL && !config_parse(d->generation, strlen(d->generation),
                                               "the document's generation", &x->generation, e))
        return false;
    if (d->modules != NULL && !modules_parse(d->modules, &x->modules, e))
        return false;
    x->tensors = d->weighed ? weights_named(d->tensors, d->ntensors) : NULL;
    return true;
}

struct model *document_model_of(const struct document *d, struct err *e)
{
    struct model_parts x = {0};
    struct model *m;
    if (!config_parse(d->config, strlen(d->config), "the document's config", &x.config, e))
        return NULL;
    if (!read_parts(d, &x, e)) {
        config_free(x.config);
        config_free(x.generation);
        return NULL;
    }
    if (!model_of_parts(&x, d->name, &m, e))
        return NULL;
    m->params = mem_alloc((size_t)(m->plan->nparams + 1) * sizeof *m->params);
    m->param_names = mem_alloc((size_t)(m->plan->nparams + 1) * sizeof *m->param_names);
    free(m->path);
    m->path = mem_strdup(d->path);
    return m;
}

/* ---- the source ------------------------------------------------------------------------------ */

void document_source(const struct document *d, const struct document_run *r, struct source *x)
{
    size_t n = r->ntokens;
    *x = (struct source){.len = r->text_len, .pair_len = r->pair_len, .n = (int64_t)n};
    x->text = r->text != NULL ? mem_strndup(r->text, r->text_len) : NULL;
    x->pair = r->pair != NULL ? mem_strndup(r->pair, r->pair_len) : NULL;
    x->ids = mem_alloc((n + 1) * sizeof *x->ids);
    x->segments = mem_alloc((n + 1) * sizeof *x->segments);
    bool any = false;
    struct encoding *code = &x->coding;
    code->tokens = arena_alloc(&code->arena, (n + 1) * sizeof *code->tokens);
    for (size_t i = 0; i < n; i++) {
        const struct document_token *t = &r->tokens[i];
        const char *piece = document_piece(d, TOKEN_SOURCE, t->id);
        x->ids[i] = t->id;
        x->segments[i] = t->segment;
        any = any || t->segment != 0;
        code->tokens[i] = (struct token){
            .id = t->id,
            .piece = piece != NULL ? arena_strdup(&code->arena, piece)
                                   : arena_printf(&code->arena, "<%d>", (int)t->id),
            .start = t->start,
            .end = t->end,
            .special = t->special,
            .segment = t->segment,
            .second = t->second,
        };
        code->tokens[i].piece_len = strlen(code->tokens[i].piece);
    }
    if (!any) {
        free(x->segments);
        x->segments = NULL;
    }
    if (r->coded) {
        code->n = n;
        code->normalized = "";
        code->normalized2 = r->pair != NULL ? "" : NULL;
    }
}

static bool check_source(const struct document_run *r, const struct plan *p, struct err *e)
{
    int64_t kinds = p->segments > 0 ? p->segments : 1;
    for (size_t i = 0; i < r->ntokens; i++)
        if (r->tokens[i].id >= p->vocab_source || r->tokens[i].segment >= kinds)
            return err_set(e, ERR_FILE, "token %zu has an id or segment that the model lacks", i);
    if (p->max_positions > 0 && (int64_t)r->ntokens > p->max_positions)
        return err_set(e, ERR_FILE, "%zu tokens are more than the model takes", r->ntokens);
    return true;
}

/* ---- the machine ----------------------------------------------------------------------------- */

static bool refuse_value(struct err *e, const char *name, const char *why)
{
    struct str shown = STR_INIT;
    str_add_visible(&shown, name, strlen(name));
    err_set(e, ERR_FILE, "the value %.100s %s", shown.s, why);
    str_release(&shown);
    return false;
}

static bool take_values(const struct document *d, const struct document_run *r,
                        const struct plan *p, struct run_given **out, size_t *n, struct err *e)
{
    bool *seen = mem_alloc((size_t)p->nnodes * sizeof *seen), ok = true;
    size_t all = weights_count(d->values);
    *n = 0;
    *out = mem_alloc((all + 1) * sizeof **out);
    for (size_t i = 0; ok && i < all; i++) {
        const struct weight *w = weights_at(d->values, i);
        const char *name = document_site(w->name, r->name);
        if (name == NULL)
            continue;
        int site = plan_site(p, name), node = site >= 0 ? p->sites[site].node : 0;
        if (site < 0)
            ok = refuse_value(e, w->name, "is none that this model has");
        else if (w->t.dtype != DT_F32)
            ok = refuse_value(e, w->name, "is not of type f32");
        else if (seen[node])
            ok = refuse_value(e, w->name, "is there twice");
        (*out)[(*n)++] = (struct run_given){node, w->t};
        seen[node] = true;
    }
    free(seen);
    return ok;
}

static struct gen_choice choice_of(struct arena *a, const struct document_choice *c)
{
    struct candidate_token *list = arena_alloc(a, (c->ncandidates + 1) * sizeof *list);
    for (size_t k = 0; k < c->ncandidates; k++)
        list[k] = (struct candidate_token){c->candidates[k].id, c->candidates[k].logp, false};
    return (struct gen_choice){.id = c->id,
                               .logp = c->logp,
                               .forced = c->forced,
                               .ncandidates = (int)c->ncandidates,
                               .candidates = list};
}

static struct gen_beam_choice step_of(struct arena *a, const struct document_step *s)
{
    struct gen_beam *beams = arena_alloc(a, (s->nbeams + 1) * sizeof *beams);
    for (size_t k = 0; k < s->nbeams; k++) {
        const struct document_beam *b = &s->beams[k];
        beams[k] = (struct gen_beam){.parent = b->parent,
                                     .id = b->id,
                                     .score = b->score,
                                     .ranked = b->ranked,
                                     .finished = b->finished,
                                     .alive = b->alive};
    }
    return (struct gen_beam_choice){choice_of(a, &s->best), beams, (int)s->nbeams};
}

static bool beams_of(struct arena *a, const struct document_beams *b, struct gen_beam_past *out,
                     struct err *e)
{
    struct gen_beam_choice *steps = arena_alloc(a, (b->nsteps + 1) * sizeof *steps);
    for (size_t i = 0; i < b->nsteps; i++)
        steps[i] = step_of(a, &b->steps[i]);
    *out = (struct gen_beam_past){.width = (int)b->width,
                                  .max_new = b->max_new,
                                  .min_new = b->min_new,
                                  .length_penalty = b->length_penalty,
                                  .steps = steps,
                                  .nsteps = (int64_t)b->nsteps};
    return early_stopping_parse(b->early_stopping, &out->early) ||
           err_set(e, ERR_FILE, "early stopping is true, false or never");
}

static struct gen *restore(struct arena *a, const struct document *d, const struct document_run *r,
                           const struct model *m, const struct source *x, struct err *e)
{
    struct run_given *given = NULL;
    size_t ngiven = 0;
    struct gen_beam_past beams;
    struct gen *g = NULL;
    struct gen_choice *choices = arena_alloc(a, (r->nchoices + 1) * sizeof *choices);
    for (size_t i = 0; i < r->nchoices; i++)
        choices[i] = choice_of(a, &r->choices[i]);
    if (take_values(d, r, m->plan, &given, &ngiven, e) &&
        (r->beams == NULL || beams_of(a, r->beams, &beams, e))) {
        struct run_input in = source_input(x);
        const struct gen_past past = {.prompt = r->prompt,
                                      .nprompt = (int64_t)r->nprompt,
                                      .choices = choices,
                                      .nchoices = (int64_t)r->nchoices,
                                      .over = r->over,
                                      .score = r->score,
                                      .beams = r->beams != NULL ? &beams : NULL,
                                      .end = {r->end.pass, r->end.node},
                                      .at = {r->at.pass, r->at.node},
                                      .given = given,
                                      .ngiven = ngiven};
        g = gen_restore(m->plan, m->params, &in, &m->rules, &past, e);
    }
    free(given);
    return g;
}

bool document_gen(const struct document *d, const struct document_run *r, const struct model *m,
                  const struct source *x, struct gen **out, struct err *e)
{
    struct arena a = ARENA_INIT;
    *out = NULL;
    if (!check_source(r, m->plan, e))
        return false;
    if (!r->started)
        return true;
    *out = restore(&a, d, r, m, x, e);
    arena_release(&a);
    return *out != NULL;
}
