/* Writing documents: the session's model, input, runs and values to a file. */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/version.h"

/* ---- all that was computed ------------------------------------------------------------------- */

/* A document holds also what lies after a place that one has gone back to: its runs stand for a
 * while where they were computed up to. */
struct stood {
    struct place present, *named;
};

static struct place to_end(struct gen *g)
{
    struct err none = ERR_INIT;
    struct place at = {0, 0};
    if (g != NULL) {
        at = gen_place(g);
        gen_goto(g, gen_frontier(g), &none);
    }
    return at;
}

static struct stood all_to_end(struct session *s)
{
    struct stood x = {.named = mem_alloc((s->nruns + 1) * sizeof *x.named)};
    x.present = to_end(s->gen);
    for (size_t i = 0; i < s->nruns; i++)
        x.named[i] = to_end(s->runs[i].gen);
    return x;
}

static void all_back(struct session *s, struct stood *x)
{
    struct err none = ERR_INIT;
    if (s->gen != NULL)
        gen_goto(s->gen, x->present, &none);
    for (size_t i = 0; i < s->nruns; i++)
        gen_goto(s->runs[i].gen, x->named[i], &none);
    free(x->named);
}

/* The values of one run that are there; what can be computed again is. */
static bool take_values(struct session *s, struct named_run *r, const bool *wanted,
                        struct document_values *x, struct err *e)
{
    const struct plan *p = s->model->plan;
    int *nodes = mem_alloc((size_t)(p->nnodes + 1) * sizeof *nodes), n = 0;
    for (int i = 0; i < p->nnodes; i++)
        if (wanted[i])
            nodes[n++] = i;
    struct err why = ERR_INIT; /* a hook is gone, a document has no more: what is held is taken */
    bool ok = session_run_prepare(s, r, nodes, n, &why) || why.kind == ERR_COMMAND;
    for (int i = 0; ok && i < n; i++) {
        struct tensor t;
        const char *site = p->nodes[nodes[i]].name;
        err_clear(&why);
        ok = session_run_value(s, r, nodes[i], &t, &why);
        if (ok)
            ARRAY_PUSH(x->v, x->n, x->cap) = (struct save_item){
                r != NULL ? arena_printf(&x->arena, "%s/%s", r->name, site) : site, t};
        else if ((ok = why.kind == ERR_COMMAND))
            x->missing++;
    }
    if (!ok)
        *e = why;
    free(nodes);
    return ok;
}

bool session_document_values(struct session *s, const bool *wanted, struct document_values *out,
                             struct err *e)
{
    *out = (struct document_values){0};
    struct stood x = all_to_end(s);
    bool ok = s->gen == NULL || take_values(s, NULL, wanted, out, e);
    for (size_t i = 0; ok && i < s->nruns; i++)
        ok = take_values(s, &s->runs[i], wanted, out, e);
    all_back(s, &x);
    return ok;
}

void document_values_release(struct document_values *x)
{
    for (size_t i = 0; i < x->n; i++)
        tensor_unref(&x->v[i].t);
    free(x->v);
    arena_release(&x->arena);
}

/* ---- spellings ------------------------------------------------------------------------------- */

struct ids {
    int32_t *v;
    size_t n, cap;
};

static void add_choice_ids(struct ids *x, const struct document_choice *c)
{
    for (size_t k = 0; k < c->ncandidates; k++)
        ARRAY_PUSH(x->v, x->n, x->cap) = c->candidates[k].id;
}

static void add_run_ids(struct ids x[2], const struct document_run *r)
{
    for (size_t i = 0; i < r->ntokens; i++)
        ARRAY_PUSH(x[TOKEN_SOURCE].v, x[TOKEN_SOURCE].n, x[TOKEN_SOURCE].cap) = r->tokens[i].id;
    struct ids *to = &x[TOKEN_TARGET];
    for (size_t i = 0; i < r->nprompt; i++)
        ARRAY_PUSH(to->v, to->n, to->cap) = r->prompt[i];
    for (size_t i = 0; i < r->nchoices; i++) {
        ARRAY_PUSH(to->v, to->n, to->cap) = r->choices[i].id;
        add_choice_ids(to, &r->choices[i]);
    }
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < r->nlikely[side]; i++)
            ARRAY_PUSH(x[side].v, x[side].n, x[side].cap) = r->likely[side][i];
    for (size_t i = 0; r->beams != NULL && i < r->beams->nsteps; i++) {
        const struct document_step *step = &r->beams->steps[i];
        add_choice_ids(to, &step->best);
        for (size_t k = 0; k < step->nbeams; k++)
            ARRAY_PUSH(to->v, to->n, to->cap) = step->beams[k].id;
    }
}

static int compare_ids(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* The spellings of the ids that occur, each once. */
static void add_pieces(struct session *s, struct document *d)
{
    struct ids all[2] = {{0}, {0}};
    if (d->mask >= 0)
        ARRAY_PUSH(all[0].v, all[0].n, all[0].cap) = d->mask;
    add_run_ids(all, &d->present);
    for (size_t i = 0; i < d->nruns; i++)
        add_run_ids(all, &d->runs[i]);
    for (int side = 0; side < 2; side++) {
        struct ids *x = &all[side];
        if (x->n > 0)
            qsort(x->v, x->n, sizeof *x->v, compare_ids);
        d->pieces[side] = arena_alloc(&d->arena, (x->n + 1) * sizeof **d->pieces);
        for (size_t i = 0; i < x->n; i++) {
            char buf[24];
            const char *piece = session_piece(s, (enum token_side)side, x->v[i], buf);
            if (piece != buf && (i == 0 || x->v[i] != x->v[i - 1]))
                d->pieces[side][d->npieces[side]++] =
                    (struct document_piece){x->v[i], arena_strdup(&d->arena, piece)};
        }
        free(x->v);
    }
}

/* ---- the model ------------------------------------------------------------------------------- */

static char *keep(struct arena *a, char *json)
{
    char *copy = json != NULL ? arena_strdup(a, json) : NULL;
    free(json);
    return copy;
}

/* The tensors that are the plan's parameters: what a family decides by. */
static void add_tensors(const struct model *m, struct document *d)
{
    const struct plan *p = m->plan;
    d->weighed = m->weights != NULL;
    d->tensors = arena_alloc(&d->arena, (size_t)(p->nparams + 1) * sizeof *d->tensors);
    for (int i = 0; d->weighed && i < p->nparams; i++)
        if (m->params[i].data != NULL && weights_find(m->weights, m->param_names[i]) != NULL)
            d->tensors[d->ntensors++] = (struct weight){m->param_names[i], m->params[i]};
}

static void add_model(struct session *s, struct document *d)
{
    const struct model *m = s->model;
    char digest[17];
    d->name = m->name;
    d->path = m->path;
    d->family = m->plan->family;
    d->config = keep(&d->arena, config_json(m->config));
    d->generation = m->generation != NULL ? keep(&d->arena, config_json(m->generation)) : NULL;
    d->modules = keep(&d->arena, modules_json(&m->modules));
    if (s->document != NULL) {
        d->digest = s->document->digest;
        d->weighed = s->document->weighed;
        d->tensors = s->document->tensors;
        d->ntensors = s->document->ntensors;
        return;
    }
    model_digest(m, digest);
    d->digest = arena_strdup(&d->arena, digest);
    add_tensors(m, d);
}

/* ---- all ------------------------------------------------------------------------------------- */

static void add_runs(struct session *s, const struct save_item *values, size_t n,
                     struct document *d)
{
    struct stood x = all_to_end(s);
    d->nruns = s->nruns;
    d->runs = arena_alloc(&d->arena, (s->nruns + 1) * sizeof *d->runs);
    document_take_run(s, NULL, x.present, values, n, &d->arena, &d->present);
    for (size_t i = 0; i < s->nruns; i++)
        document_take_run(s, &s->runs[i], x.named[i], values, n, &d->arena, &d->runs[i]);
    all_back(s, &x);
}

bool session_write_document(struct session *s, const char *path, const struct document_values *x,
                            const char *axes, const char *commands, struct err *e)
{
    if (s->model == NULL || s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "a document is of a model, and none is open") ||
               err_hint(e, "model load PATH");
    struct document d = {.commands = commands,
                         .lines = (const char **)s->lines,
                         .nlines = s->nlines,
                         .notes = (const char **)s->notes,
                         .nnotes = s->nnotes,
                         .mask = session_mask(s)};
    add_model(s, &d);
    add_runs(s, x->v, x->n, &d);
    add_pieces(s, &d);
    bool ok = document_write(path, &d, x->v, x->n, axes, RASAD_VERSION, e);
    arena_release(&d.arena);
    return ok;
}
