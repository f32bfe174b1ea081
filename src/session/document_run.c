/* A run as a document tells it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "document.h"
#include "tensor/kernels.h"

static void add_tokens(const struct source *x, struct arena *a, struct document_run *r)
{
    r->text = x->text;
    r->text_len = x->len;
    r->pair = x->pair;
    r->pair_len = x->pair_len;
    r->coded = x->coding.n > 0;
    r->ntokens = (size_t)x->n;
    r->tokens = arena_alloc(a, (r->ntokens + 1) * sizeof *r->tokens);
    for (size_t i = 0; i < r->ntokens; i++) {
        struct document_token *t = &r->tokens[i];
        *t = (struct document_token){.id = x->ids[i], .start = -1, .end = -1};
        if (x->segments != NULL)
            t->segment = x->segments[i];
        if (i >= x->coding.n)
            continue;
        const struct token *from = &x->coding.tokens[i];
        t->start = from->start;
        t->end = from->end;
        t->special = from->special;
        t->second = from->second;
    }
}

static struct document_choice choice_of(struct arena *a, const struct gen_step *step, int32_t id)
{
    struct document_choice c = {.id = id, .logp = step->logp, .forced = step->forced};
    c.candidates = arena_alloc(a, ((size_t)step->ncandidates + 1) * sizeof *c.candidates);
    for (int k = 0; k < step->ncandidates; k++)
        if (!step->candidates[k].banned)
            c.candidates[c.ncandidates++] =
                (struct document_candidate){step->candidates[k].id, step->candidates[k].logp};
    return c;
}

static void add_beams(struct gen *g, struct arena *a, struct document_run *r)
{
    const struct gen_options *o = gen_opts(g);
    struct document_beams *b = r->beams = arena_alloc(a, sizeof *b);
    b->width = o->width;
    b->max_new = o->max_new;
    b->min_new = o->min_new;
    b->length_penalty = o->length_penalty;
    b->early_stopping = early_stopping_name(o->early);
    b->nsteps = (size_t)gen_nsteps(g);
    b->steps = arena_alloc(a, (b->nsteps + 1) * sizeof *b->steps);
    for (size_t i = 0; i < b->nsteps; i++) {
        const struct gen_step *step = gen_step_at(g, (int64_t)i);
        struct document_step *to = &b->steps[i];
        to->best = choice_of(a, step, step->id);
        to->nbeams = (size_t)step->nbeams;
        to->beams = arena_alloc(a, (to->nbeams + 1) * sizeof *to->beams);
        for (size_t k = 0; k < to->nbeams; k++) {
            const struct gen_beam *x = &step->beams[k];
            to->beams[k] = (struct document_beam){x->parent, x->id,       x->score,
                                                  x->ranked, x->finished, x->alive};
        }
    }
}

static void add_hypotheses(struct session *s, struct gen *g, struct arena *a,
                           struct document_run *r)
{
    const struct gen_hypothesis *h;
    int n = gen_results(g, &h);
    r->hypotheses = arena_alloc(a, (size_t)(n + 1) * sizeof *r->hypotheses);
    for (int i = 0; i < n && h[i].n > 0; i++) {
        struct document_hypothesis *to = &r->hypotheses[r->nhypotheses++];
        *to = (struct document_hypothesis){.n = (size_t)h[i].n, .score = h[i].score};
        to->ids = arena_alloc(a, to->n * sizeof *to->ids);
        memcpy(to->ids, h[i].ids, to->n * sizeof *to->ids);
        to->text = session_decode(s, h[i].ids, h[i].n, a);
    }
}

/* Where it was computed up to (it stands there now) and where it stood before. */
static void add_places(struct gen *g, const struct plan *p, struct place stood,
                       struct document_run *r)
{
    struct place end = gen_place(g);
    int64_t chosen = gen_nsteps(g);
    bool back = stood.pass < end.pass || (stood.pass == end.pass && stood.node < end.node);
    r->end = (struct document_place){chosen, end.node};
    /* nothing of this pass is done */
    if (chosen > 0 && (gen_done(g) || end.node <= run_executes(gen_run(g), 0, false)))
        r->end.node = p->dec_first;
    r->at = back ? (struct document_place){stood.pass, stood.node} : r->end;
}

/* All choices; of a beam search the best sentence's, as if each had been chosen. */
static void add_run(struct session *s, struct gen *g, struct place stood, struct arena *a,
                    struct document_run *r)
{
    int64_t n, head = gen_prefix_length(g);
    bool beams = gen_opts(g)->search == SEARCH_BEAM;
    const int32_t *ids = gen_tokens(g, &n);
    r->started = true;
    r->prompt = arena_alloc(a, (size_t)(head + 1) * sizeof *r->prompt);
    r->nprompt = (size_t)head;
    if (head > 0)
        memcpy(r->prompt, ids, (size_t)head * sizeof *ids);
    r->choices = arena_alloc(a, (size_t)(n - head + 1) * sizeof *r->choices);
    for (int64_t i = head; i < n; i++) {
        const struct gen_step *step = gen_step_at(g, i - head); /* of a search: of another beam */
        r->choices[r->nchoices++] = beams ? (struct document_choice){.id = ids[i], .logp = NAN}
                                          : choice_of(a, step, ids[i]);
    }
    add_hypotheses(s, g, a, r);
    if (beams)
        add_beams(g, a, r);
    for (size_t i = 0; i < r->nchoices; i++)
        r->score += beams ? 0 : r->choices[i].logp;
    if (beams && r->nhypotheses > 0)
        r->score = r->hypotheses[0].score;
    r->over = gen_done(g) && r->nchoices > 0;
    add_places(g, s->model->plan, stood, r);
}

enum { BEST = 10 }; /* candidates of each choice, read from its logits */

/* The best tokens of a row of logits, best first. */
static size_t best_of(const float *row, int64_t n, struct document_candidate out[BEST])
{
    double lse = k_logsumexp(row, n);
    size_t k = 0;
    for (int64_t id = 0; id < n; id++) {
        if (k == BEST && !(row[id] - lse > out[BEST - 1].logp))
            continue;
        size_t at = k < BEST ? k++ : BEST - 1;
        for (; at > 0 && out[at - 1].logp < row[id] - lse; at--)
            out[at] = out[at - 1];
        out[at] = (struct document_candidate){(int32_t)id, row[id] - lse};
    }
    return k;
}

/* The value of that node of the run as float32; false: it is not among them, or there is no such
 * node (-1). */
static bool find_value(const struct plan *p, int node, const struct save_item *values, size_t n,
                       const struct document_run *r, struct tensor *out)
{
    struct err none = ERR_INIT;
    for (size_t i = 0; i < n && node >= 0; i++) {
        const char *site = document_site(values[i].name, r->name);
        if (site != NULL && strcmp(site, p->nodes[node].name) == 0)
            return tensor_to_f32(&values[i].t, out, &none);
    }
    return false;
}

static void add_likely(struct document_run *r, struct arena *a, enum token_side side,
                       const struct tensor *logits, int64_t row)
{
    int64_t vocab = logits->shape[2];
    struct document_candidate best[BEST];
    size_t n = best_of(tensor_f32(logits) + row * vocab, vocab, best);
    if (r->likely[side] == NULL)
        r->likely[side] = arena_alloc(a, (size_t)logits->shape[1] * BEST * sizeof(int32_t));
    for (size_t i = 0; i < n; i++)
        r->likely[side][r->nlikely[side]++] = best[i].id;
}

/* What each choice was made from, and what is likely to come next. */
static void add_candidates(const struct tensor *logits, struct arena *a, struct document_run *r)
{
    int64_t vocab = logits->shape[2];
    for (size_t i = 0; i <= r->nchoices; i++) {
        struct document_choice *c = i < r->nchoices ? &r->choices[i] : NULL;
        int64_t at = (int64_t)(r->nprompt + i) - 1;
        if (at < 0 || at >= logits->shape[1] || (c != NULL && c->ncandidates > 0))
            continue;
        if (c == NULL) {
            add_likely(r, a, TOKEN_TARGET, logits, at);
            continue;
        }
        const float *row = tensor_f32(logits) + at * vocab;
        c->candidates = arena_alloc(a, BEST * sizeof *c->candidates);
        c->ncandidates = best_of(row, vocab, c->candidates);
        if (isnan(c->logp) && c->id < vocab)
            c->logp = row[c->id] - k_logsumexp(row, vocab);
    }
}

/* Of the logits that are among the values. */
static void read_logits(const struct plan *p, const struct save_item *values, size_t n,
                        struct arena *a, struct document_run *r)
{
    struct tensor t;
    int mlm = plan_site(p, "mlm.logits");
    if (find_value(p, p->logits, values, n, r, &t)) {
        add_candidates(&t, a, r);
        tensor_unref(&t);
    }
    if (mlm >= 0 && find_value(p, p->sites[mlm].node, values, n, r, &t)) {
        for (int64_t i = 0; i < t.shape[1]; i++)
            add_likely(r, a, TOKEN_SOURCE, &t, i);
        tensor_unref(&t);
    }
}

void document_take_run(struct session *s, struct named_run *named, struct place stood,
                       const struct save_item *values, size_t n, struct arena *a,
                       struct document_run *out)
{
    struct gen *g = named != NULL ? named->gen : s->gen;
    *out = (struct document_run){0};
    char *changes = changes_text(s);
    out->name = named != NULL ? named->name : NULL;
    out->changes = named != NULL         ? named->text
                   : s->document != NULL ? s->document->present.changes
                                         : arena_strdup(a, changes);
    free(changes);
    add_tokens(named != NULL ? &named->source : &s->source, a, out);
    if (g == NULL)
        return;
    add_run(s, g, stood, a, out);
    read_logits(s->model->plan, values, n, a, out);
}
