/* The decoding machine made again from what a file tells of it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen_internal.h"

static bool take_choice(struct gen *g, const struct gen_past *past, int64_t i, struct err *e)
{
    struct decoder *d = &g->d;
    const struct gen_choice *c = &past->choices[i];
    bool last = i + 1 == past->nchoices;
    if (c->id < 0 || c->id >= d->vocab) {
        return err_set(e, ERR_FILE, "token %d is outside the vocabulary (0 to %lld)", (int)c->id,
                       (long long)d->vocab - 1);
    }
    for (int k = 0; k < c->ncandidates; k++) {
        if (c->candidates[k].id < 0 || c->candidates[k].id >= d->vocab) {
            return err_set(e, ERR_FILE, "candidate %d is outside the vocabulary (0 to %lld)",
                           (int)c->candidates[k].id, (long long)d->vocab - 1);
        }
    }
    struct decoder_record rec = {.over = last && past->over};
    rec.rows = mem_alloc(sizeof *rec.rows);
    rec.rows[0] = (struct decoder_row){
        .id = c->id, .score = past->score, .ended = rule_is_end(&d->rules, c->id)};
    rec.step = (struct gen_step){.position = d->nprompt - 1 + i,
                                 .id = c->id,
                                 .logp = c->logp,
                                 .forced = c->forced,
                                 .ncandidates = c->ncandidates};
    if (c->ncandidates > 0) {
        size_t bytes = (size_t)c->ncandidates * sizeof *rec.step.candidates;
        rec.step.candidates = mem_alloc(bytes);
        memcpy(rec.step.candidates, c->candidates, bytes);
    }
    ARRAY_PUSH(d->records, d->nrecords, d->cap) = rec;
    return true;
}

/* The place and the choices must agree: a choice stands before every pass but the first. */
static bool check_place(const struct gen *g, const struct gen_past *past, struct err *e)
{
    struct place at = past->end;
    if (at.pass == past->nchoices && at.node >= 0 && at.node <= g->plan->nnodes &&
        (past->nchoices == 0 || gen_chooses(g))) {
        return true;
    }
    return err_set(e, ERR_FILE, "pass %lld, operation %d is no place after %lld choices",
                   (long long)at.pass, at.node, (long long)past->nchoices);
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
    int64_t pass = g->begun - 1, first = 0, n = 0;
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
    bare.start = -1; /* the prompt is given whole */
    o.prefix = past->prompt;
    o.nprefix = past->nprompt;
    o.max_new = past->nchoices + !past->over;
    struct gen *g = gen_new(p, params, source, &bare, &o, e);
    if (g == NULL) {
        return NULL;
    }
    bool ok = check_place(g, past, e);
    for (int64_t i = 0; ok && i < past->nchoices; i++) {
        ok = take_choice(g, past, i, e);
    }
    ok = ok && put_values(g, past, e);
    if (!ok) {
        gen_free(g);
        return NULL;
    }
    g->past = true;
    g->frontier = g->cursor = past->end;
    if (!gen_goto(g, past->at, e)) {
        e->kind = ERR_FILE;
        gen_free(g);
        return NULL;
    }
    return g;
}
