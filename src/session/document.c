/* Writing documents: the session's input, run and values to a file. */
#include "format/document.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/version.h"
#include "internal.h"
#include "tensor/kernels.h"

static void add_tokens(const struct source *x, struct document *d)
{
    d->text = x->text;
    d->text_len = x->len;
    d->pair = x->pair;
    d->pair_len = x->pair_len;
    d->coded = x->coding.n > 0;
    d->ntokens = (size_t)x->n;
    d->tokens = arena_alloc(&d->arena, (d->ntokens + 1) * sizeof *d->tokens);
    for (size_t i = 0; i < d->ntokens; i++) {
        struct document_token *t = &d->tokens[i];
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

static int compare_ids(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* The spellings of these ids, each once. */
static void add_pieces(struct session *s, enum token_side side, int32_t *ids, size_t n,
                       struct document *d)
{
    qsort(ids, n, sizeof *ids, compare_ids);
    d->pieces[side] = arena_alloc(&d->arena, (n + 1) * sizeof **d->pieces);
    for (size_t i = 0; i < n; i++) {
        char buf[24];
        const char *piece = session_piece(s, side, ids[i], buf);
        if (piece != buf && (i == 0 || ids[i] != ids[i - 1]))
            d->pieces[side][d->npieces[side]++] =
                (struct document_piece){ids[i], arena_strdup(&d->arena, piece)};
    }
}

static void add_choice(struct document *d, const struct gen_step *step, int32_t id, bool beams)
{
    struct document_choice *c = &d->choices[d->nchoices++];
    *c = (struct document_choice){.id = id, .logp = NAN};
    if (step == NULL || beams)
        return; /* its candidates are those of another beam */
    c->logp = step->logp;
    c->forced = step->forced;
    c->candidates = arena_alloc(&d->arena, ((size_t)step->ncandidates + 1) * sizeof *c->candidates);
    for (int k = 0; k < step->ncandidates; k++)
        if (!step->candidates[k].banned)
            c->candidates[c->ncandidates++] =
                (struct document_candidate){step->candidates[k].id, step->candidates[k].logp};
}

/* The choices before the present place; of a beam search the best sentence's, as if each had been
 * chosen. */
static void add_run(struct session *s, struct document *d)
{
    if (s->gen == NULL)
        return;
    const struct plan *p = s->model->plan;
    struct place at = gen_place(s->gen);
    const struct gen_hypothesis *h;
    int64_t n, head = gen_prefix_length(s->gen);
    bool beams = gen_opts(s->gen)->search == SEARCH_BEAM, over = gen_done(s->gen);
    const int32_t *ids = gen_tokens(s->gen, &n);
    int64_t chosen = n - head < at.pass || (over && beams) ? n - head : at.pass;
    d->started = true;
    d->prompt = arena_alloc(&d->arena, (size_t)(head + 1) * sizeof *d->prompt);
    d->nprompt = (size_t)head;
    if (head > 0)
        memcpy(d->prompt, ids, (size_t)head * sizeof *ids);
    d->choices = arena_alloc(&d->arena, (size_t)(chosen + 1) * sizeof *d->choices);
    for (int64_t i = 0; i < chosen; i++)
        add_choice(d, gen_step_at(s->gen, i), ids[head + i], beams);
    for (size_t i = 0; i < d->nchoices; i++)
        d->score += beams ? 0 : d->choices[i].logp;
    if (beams && gen_results(s->gen, &h) > 0)
        d->score = h->score;
    d->over = over && chosen > 0;
    d->pass = chosen;
    d->node = at.node;
    /* nothing of this pass is done */
    if (chosen > 0 && (over || at.node <= run_executes(gen_run(s->gen), 0, false)))
        d->node = p->dec_first;
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

/* What each choice was made from, where its logits are among the values; and a candidate for the one
 * that comes next, so that its tokens have their spellings. */
static bool add_candidates(const struct plan *p, const struct save_item *values, size_t n,
                           struct document *d, struct document_choice *next, struct err *e)
{
    const struct save_item *logits = NULL;
    struct tensor t;
    for (size_t i = 0; i < n && d->nprompt > 0; i++)
        if (p->logits >= 0 && strcmp(values[i].name, p->nodes[p->logits].name) == 0)
            logits = &values[i];
    if (logits == NULL)
        return true;
    if (!tensor_to_f32(&logits->t, &t, e))
        return false;
    int64_t rows = t.shape[1], vocab = t.shape[2];
    for (size_t i = 0; i <= d->nchoices; i++) {
        struct document_choice *c = i < d->nchoices ? &d->choices[i] : next;
        int64_t at = (int64_t)(d->nprompt - 1 + i);
        if (at >= rows || c->ncandidates > 0)
            continue;
        const float *row = tensor_f32(&t) + at * vocab;
        c->candidates = arena_alloc(&d->arena, BEST * sizeof *c->candidates);
        c->ncandidates = best_of(row, vocab, c->candidates);
        if (i < d->nchoices && isnan(c->logp) && c->id < vocab)
            c->logp = row[c->id] - k_logsumexp(row, vocab);
    }
    tensor_unref(&t);
    return true;
}

static void add_all_pieces(struct session *s, struct document *d,
                           const struct document_choice *next)
{
    size_t n = d->nprompt + d->nchoices + next->ncandidates, k = 0;
    for (size_t i = 0; i < d->nchoices; i++)
        n += d->choices[i].ncandidates;
    int32_t *ids = mem_alloc((n + d->ntokens + 1) * sizeof *ids);
    for (size_t i = 0; i < d->ntokens; i++)
        ids[i] = d->tokens[i].id;
    add_pieces(s, TOKEN_SOURCE, ids, d->ntokens, d);
    for (size_t i = 0; i < d->nprompt; i++)
        ids[k++] = d->prompt[i];
    for (size_t i = 0; i < d->nchoices; i++) {
        ids[k++] = d->choices[i].id;
        for (size_t c = 0; c < d->choices[i].ncandidates; c++)
            ids[k++] = d->choices[i].candidates[c].id;
    }
    for (size_t c = 0; c < next->ncandidates; c++)
        ids[k++] = next->candidates[c].id;
    add_pieces(s, TOKEN_TARGET, ids, k, d);
    free(ids);
}

/* Does the plan follow from config.json alone? A document has nothing else to build it from. */
static bool plan_follows(const struct plan *p, const char *config, struct err *e)
{
    struct config *c;
    struct model *m;
    if (!config_parse(config, strlen(config), "config.json", &c, e) ||
        !model_of_config(c, "document", &m, e))
        return false;
    bool same = m->plan->nnodes == p->nnodes;
    for (int i = 0; same && i < p->nnodes; i++)
        same = strcmp(m->plan->nodes[i].name, p->nodes[i].name) == 0;
    model_free(m);
    return same ||
           err_set(e, ERR_COMMAND,
                   "this model has parts that its config.json does not tell of (pooling, heads), "
                   "so a document cannot show it") ||
           err_hint(e, "export FILE.safetensors * writes its values");
}

bool session_write_document(struct session *s, const char *path, const struct save_item *values,
                            size_t n, const char *axes, const char *commands, struct err *e)
{
    if (s->model == NULL || s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "a document is of a model, and none is open") ||
               err_hint(e, "model load PATH");
    struct document d = {0};
    char digest[17], *config = config_json(s->model->config);
    if (s->document != NULL)
        memcpy(digest, s->document->digest, sizeof digest);
    else
        model_digest(s->model, digest);
    d.name = s->model->name;
    d.path = s->model->path;
    d.digest = digest;
    d.family = s->model->plan->family;
    d.config = config != NULL ? config : "";
    d.commands = commands;
    add_tokens(&s->source, &d);
    add_run(s, &d);
    struct document_choice next = {0};
    bool ok = add_candidates(s->model->plan, values, n, &d, &next, e);
    add_all_pieces(s, &d, &next);
    ok = ok && plan_follows(s->model->plan, d.config, e) &&
         document_write(path, &d, values, n, axes, RASAD_VERSION, e);
    free(config);
    arena_release(&d.arena);
    return ok;
}
