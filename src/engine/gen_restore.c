/* The decoding machine made again from what a file tells of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen_internal.h"

static bool check_id(const struct decoder *d, int32_t id, const char *what, struct err *e)
{
    if (id >= 0 && id < d->vocab) {
        return true;
    }
    return err_set(e, ERR_FILE, "%s %d is outside the vocabulary (0 to %lld)", what, (int)id,
                   (long long)d->vocab - 1);
}

/* The i-th choice, as far as it is no matter of beams. */
static bool take_step(const struct decoder *d, const struct gen_choice *c, int64_t i,
                      struct gen_step *out, struct err *e)
{
    bool ok = check_id(d, c->id, "token", e);
    for (int k = 0; ok && k < c->ncandidates; k++) {
        ok = check_id(d, c->candidates[k].id, "candidate", e);
    }
    if (!ok) {
        return false;
    }
    *out = (struct gen_step){.position = d->nprompt - 1 + i,
                             .id = c->id,
                             .logp = c->logp,
                             .forced = c->forced,
                             .ncandidates = c->ncandidates};
    if (c->ncandidates > 0) {
        size_t bytes = (size_t)c->ncandidates * sizeof *out->candidates;
        out->candidates = mem_alloc(bytes);
        memcpy(out->candidates, c->candidates, bytes);
    }
    return true;
}

static bool take_choice(struct gen *g, const struct gen_past *past, int64_t i, struct err *e)
{
    struct decoder *d = &g->d;
    const struct gen_choice *c = &past->choices[i];
    struct decoder_record rec = {.over = i + 1 == past->nchoices && past->over};
    if (!take_step(d, c, i, &rec.step, e)) {
        return false;
    }
    rec.rows = mem_alloc(sizeof *rec.rows);
    rec.rows[0] = (struct decoder_row){
        .id = c->id, .score = past->score, .ended = rule_is_end(&d->rules, c->id)};
    ARRAY_PUSH(d->records, d->nrecords, d->cap) = rec;
    return true;
}

/* ---- beams ----------------------------------------------------------------------------------- */

static bool check_beams(const struct decoder *d, const struct gen_beam_choice *c, struct err *e)
{
    bool ok = c->nbeams >= d->beams;
    for (int k = 0; ok && k < c->nbeams; k++) {
        const struct gen_beam *b = &c->beams[k];
        ok = b->parent >= 0 && b->parent < d->beams && !isnan(b->score) && !isnan(b->ranked) &&
             b->id >= 0 && b->id < d->vocab;
    }
    return ok || err_set(e, ERR_FILE, "a choice has beams that a search of width %lld cannot have",
                         (long long)d->beams);
}

static bool take_beams(struct gen *g, const struct gen_past *past, int64_t i, struct err *e)
{
    struct decoder *d = &g->d;
    const struct gen_beam_choice *c = &past->beams->steps[i];
    struct decoder_record rec = {.over = i + 1 == past->beams->nsteps && past->over};
    if (!check_beams(d, c, e) || !take_step(d, &c->best, i, &rec.step, e)) {
        return false;
    }
    size_t bytes = (size_t)c->nbeams * sizeof *c->beams;
    rec.step.beams = mem_alloc(bytes);
    memcpy(rec.step.beams, c->beams, bytes);
    rec.step.nbeams = c->nbeams;
    rec.rows = mem_alloc((size_t)d->rows * sizeof *rec.rows);
    rec.ends = mem_alloc((size_t)d->rows * sizeof *rec.ends);
    beam_inherit(d, &rec);
    for (int k = 0; k < c->nbeams; k++) {
        const struct gen_beam *b = &c->beams[k];
        if (k < d->rows) {
            rec.rows[k] = (struct decoder_row){.parent = b->parent, .id = b->id, .score = b->score};
        } else if (b->finished) {
            beam_finish(d, &rec,
                        (struct decoder_end){.step = i,
                                             .parent = b->parent,
                                             .id = b->id,
                                             .ranked = b->ranked,
                                             .eos = rule_is_end(&d->rules, b->id)});
        }
    }
    ARRAY_PUSH(d->records, d->nrecords, d->cap) = rec;
    return true;
}

/* The search; the run has one row, that of the best sentence. */
static bool set_beams(struct gen *g, const struct gen_beam_past *b, struct err *e)
{
    struct decoder *d = &g->d;
    d->o.search = SEARCH_BEAM;
    d->o.width = b->width;
    d->o.length_penalty = b->length_penalty;
    d->o.early = b->early;
    d->o.max_new = b->max_new;
    d->o.min_new = b->min_new;
    if (!decoder_check(&d->o, d->batch, e)) {
        return false;
    }
    d->beams = d->rows = b->width;
    return true;
}

/* The sentence whose values are there must be the one that the beams lead to. */
static bool check_best(struct gen *g, const struct gen_past *past, struct err *e)
{
    int64_t n;
    const int32_t *ids = gen_tokens(g, &n);
    bool same = n == g->d.nprompt + past->nchoices;
    for (int64_t i = 0; same && i < past->nchoices; i++) {
        same = ids[g->d.nprompt + i] == past->choices[i].id;
    }
    return same || err_set(e, ERR_FILE, "the beams lead to another sentence than the choices");
}

static bool take_past(struct gen *g, const struct gen_past *past, struct err *e)
{
    bool ok = true;
    if (past->beams == NULL) {
        for (int64_t i = 0; ok && i < past->nchoices; i++) {
            ok = take_choice(g, past, i, e);
        }
        return ok;
    }
    for (int64_t i = 0; ok && i < past->nchoices; i++) {
        ok = check_id(&g->d, past->choices[i].id, "token", e);
    }
    ok = ok && set_beams(g, past->beams, e);
    for (int64_t i = 0; ok && i < past->beams->nsteps; i++) {
        ok = take_beams(g, past, i, e);
    }
    return ok && check_best(g, past, e);
}

/* ---- values ---------------------------------------------------------------------------------- */

/* The place and the choices must agree: a choice stands before every pass but the first. */
static bool check_place(const struct gen *g, const struct gen_past *past, struct err *e)
{
    struct place at = past->end;
    int64_t made = past->beams != NULL ? past->beams->nsteps : past->nchoices;
    bool all = past->over ? past->nchoices <= made : past->nchoices == made;
    if (at.pass == made && all && at.node >= 0 && at.node <= g->plan->nnodes &&
        (made == 0 || gen_chooses(g))) {
        return true;
    }
    return err_set(e, ERR_FILE, "pass %lld, operation %d is no place after %lld choices",
                   (long long)at.pass, at.node, (long long)made);
}

/* Is the pass of the place under way, or not yet begun? */
static bool is_begun(const struct gen *g, const struct gen_past *past)
{
    int first = past->end.pass == 0 ? 0 : g->plan->dec_first;
    return past->end.node > first && !(past->over && past->nchoices > 0);
}

static bool put_values(struct gen *g, const struct gen_past *past, struct err *e)
{
    struct decoder *d = &g->d;
    bool begun = is_begun(g, past);
    g->begun = past->end.pass + begun;
    if (g->begun == 0) {
        return past->ngiven == 0 ||
               err_set(e, ERR_FILE, "there are values before the first operation");
    }
    int64_t pass = past->nchoices + begun - 1, first = 0, n = 0;
    if (plan_decodes(g->plan)) {
        first = gen_pass_start(g, pass);
        n = gen_pass_rows(g, pass);
    }
    int32_t *ids = mem_alloc((size_t)(first + n + 1) * sizeof *ids);
    for (int64_t i = 0; i < first + n; i++) {
        ids[i] = i < d->nprompt ? d->prompt[i] : past->choices[i - d->nprompt].id;
    }
    bool ok = run_restore(g->run, ids, first, n, begun ? past->end.node : g->plan->nnodes,
                          past->given, past->ngiven, e);
    free(ids);
    return ok;
}

struct gen *gen_restore(const struct plan *p, const struct tensor *params,
                        const struct run_input *source, const struct gen_rules *rules,
                        const struct gen_past *past, struct err *e)
{
    struct gen_options o = gen_defaults();
    struct gen_rules bare = *rules;
    bare.start = -1;      /* the prompt is given whole */
    bare.forced_eos = -1; /* so are the choices, and what the limit was is not known */
    o.prefix = past->prompt;
    o.nprefix = past->nprompt;
    o.max_new = past->nchoices + !past->over;
    struct gen *g = gen_new(p, params, source, &bare, &o, e);
    if (g == NULL) {
        return NULL;
    }
    bool ok = check_place(g, past, e) && take_past(g, past, e) && put_values(g, past, e);
    g->past = true;
    g->frontier = g->cursor = past->end;
    if (ok && gen_goto(g, past->at, e)) {
        return g;
    }
    e->kind = e->kind == ERR_COMMAND ? ERR_FILE : e->kind;
    gen_free(g);
    return NULL;
}
