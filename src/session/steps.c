/* Run control: the ladder of steps forward and back, until, goto, run to the end. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "internal.h"

/* ---- starting -------------------------------------------------------------------------------- */

static bool ready(struct session *s, struct err *e)
{
    if (s->model == NULL || s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "no model is open") ||
               err_hint(e, "open one with: model load FOLDER");
    if (s->document != NULL)
        return err_set(e, ERR_COMMAND,
                       "this document is read-only: it shows what was computed, and no more") ||
               err_hint(e, "'model load PATH' opens a model to compute with");
    if (s->model->weights == NULL)
        return err_set(e, ERR_COMMAND, "%s has no weights, so nothing can be computed",
                       s->model->name) ||
               err_hint(e, "shapes and tokenize work without them");
    if (s->source.n == 0)
        return err_set(e, ERR_COMMAND, "there is no input") ||
               err_hint(e, "type a sentence with: input TEXT");
    return true;
}

enum { RECORDED = 10 }; /* candidates of each choice, where anything is kept */

/* Target positions that a run may come to. */
static int64_t most_positions(const struct session *s, const struct gen_options *o)
{
    int64_t n = 1 + s->nprefix + o->max_new, most = s->model->plan->max_positions;
    return most > 0 && n > most ? most : n;
}

const char *stop_reason_name(enum stop_reason r)
{
    static const char *const names[] = {"moved", "break", "target", "end", "begin", "interrupt"};
    return names[r];
}

static void mebibytes(char out[32], int64_t bytes)
{
    if (bytes == INT64_MAX)
        snprintf(out, 32, "more than 2^63 bytes");
    else
        snprintf(out, 32, "%.1f MiB", (double)bytes / (1 << 20));
}

/* Says before anything is taken what keeping the values may take, when not all fit. The estimate is
 * for the present length doubled, not for the longest output that the model allows. */
static void tell_memory(struct session *s, const struct binding *b, int64_t limit)
{
    int64_t all, some;
    run_keep_bytes(s->model->plan, b, &all, &some);
    if (all <= limit)
        return;
    char a[32], r[32], l[32];
    mebibytes(a, all);
    mebibytes(r, some);
    mebibytes(l, limit);
    if (some <= limit)
        session_note(s,
                     "keeping every value may take %s, more than the limit of %s: residual streams "
                     "and patterns "
                     "are kept (%s), the rest is computed again when asked for",
                     a, l, r);
    else
        session_note(s,
                     "keeping residual streams and patterns alone may take %s, more than the limit "
                     "of %s: nothing is "
                     "kept, values are computed again when asked for (set memory raises the limit)",
                     r, l);
}

static int64_t max_new(const struct session *s, int64_t asked)
{
    if (asked > 0)
        return asked;
    int64_t set = s->settings.number[SET_MAXNEW];
    return set > 0 ? set : s->model->defaults.max_new;
}

static bool begin(struct session *s, const struct gen_options *with, enum keep keep, struct err *e)
{
    if (!ready(s, e))
        return false;
    struct gen_options o = *with;
    o.max_new = max_new(s, o.max_new);
    o.prefix = s->prefix;
    o.nprefix = s->nprefix;
    o.candidates = keep == KEEP_NONE ? 0 : RECORDED;
    struct run_input in = source_input(&s->source);
    struct gen *g = gen_new(s->model->plan, s->model->params, &in, &s->model->rules, &o, e);
    if (g == NULL)
        return false;
    struct run *r = gen_run(g);
    int64_t limit = s->settings.number[SET_MEMORY] << 20;
    /* What a sentence of this length will usually come to; an output at the model's limit is
     * rare. */
    int64_t usual = 2 * s->source.n + 16 + s->nprefix, most = most_positions(s, &o);
    struct binding b = {run_binding(r).b, s->source.n, usual < most ? usual : most};
    if (keep == KEEP_AUTO)
        tell_memory(s, &b, limit);
    if (!run_keep(r, keep, b.t, limit, e)) {
        gen_free(g);
        return false;
    }
    session_kill(s);
    s->gen = g;
    for (size_t i = 0; i < s->ninterventions; i++) {
        s->interventions[i]->observer.fired = s->interventions[i]->observer.changed = 0;
        run_observe(r, &s->interventions[i]->observer);
    }
    for (size_t i = 0; i < s->nstops; i++)
        s->stops[i].has_last = false;
    return true;
}

bool session_begin(struct session *s, const struct gen_options *o, enum keep keep, struct err *e)
{
    return begin(s, o, keep, e);
}

bool session_start(struct session *s, struct err *e)
{
    return begin(s, &s->search, s->keep, e);
}

/* ---- going on -------------------------------------------------------------------------------- */

/* What makes two places the same step of a ladder: they are passed in one go. */
struct group {
    int64_t pass;
    int stack, layer, part;
};

static struct group group_of(const struct session *s, struct place at, enum ladder l)
{
    const struct plan *p = s->model->plan;
    if (at.node == p->nnodes)
        return (struct group){at.pass, 2, 0, 0}; /* the choice */
    const struct node *n = &p->nodes[at.node];
    struct group g = {at.pass, n->stack, n->layer, n->part};
    if (l >= STEP_LAYER)
        g.part = n->layer >= 0 ? 0 : n->part;
    if (l >= STEP_STACK) /* what stands on an encoder comes after it */
        g.layer = g.part = n->part >= PART_POOL ? n->part : 0;
    return g;
}

static bool same_group(struct group a, struct group b)
{
    return a.pass == b.pass && a.stack == b.stack && a.layer == b.layer && a.part == b.part;
}

/* One operation or choice, with what happened. *over: nothing is left, or something stopped it. */
static bool advance(struct session *s, struct stop *out, bool *over, struct err *e)
{
    struct place from = gen_place(s->gen);
    struct err why = ERR_INIT;
    enum gen_status status = gen_advance(s->gen, &why);
    *over = true;
    if (status == GEN_FAILED && why.kind == ERR_INTERRUPT) {
        out->reason = STOP_INTERRUPT;
        return true;
    }
    if (status == GEN_FAILED) {
        *e = why;
        return false;
    }
    if (status == GEN_DONE) {
        out->reason = STOP_END;
        return true;
    }
    session_drop_replay(s);
    int done = status == GEN_CHOSE ? -1 : from.node;
    if (done >= 0)
        out->last_node = done;
    out->emitted += status == GEN_CHOSE;
    bool hit;
    if (!stops_check(s, done, from, gen_place(s->gen), out, &hit, e))
        return false;
    *over = hit || status == GEN_PAUSED;
    return true;
}

static struct stop begin_stop(const struct session *s)
{
    return (struct stop){
        .reason = STOP_MOVED, .last_node = -1, .from = gen_place(s->gen), .to = gen_place(s->gen)};
}

/* Long work tells how far it is. */
static void progress(struct session *s, bool done)
{
    if (s->hooks.progress == NULL)
        return;
    const struct gen_options *o = gen_opts(s->gen);
    double most = o->max_new > 0 ? (double)o->max_new : 1;
    struct place at = gen_place(s->gen);
    double inside = (double)at.node / s->model->plan->nnodes;
    s->hooks.progress(s->hooks.ud, at.pass == 0 ? "first pass" : "generating",
                      ((double)at.pass + inside) / (most + 1), done);
}

/* However it was come to, the end of a generation is where changes must have had their effect. */
static bool finish(struct session *s, struct stop *out, double began, bool ok, struct err *e)
{
    progress(s, true);
    out->to = gen_place(s->gen);
    out->seconds = clock_seconds() - began;
    s->frame = FRAME_OP;
    bool moved = out->last_node >= 0 || out->emitted > 0;
    return ok && (out->reason != STOP_END || !moved || session_account(s, e));
}

/* One step of the ladder. */
static bool forward_one(struct session *s, enum ladder l, struct stop *out, bool *over,
                        struct err *e)
{
    int64_t emitted = out->emitted;
    struct group g = group_of(s, gen_place(s->gen), l);
    do {
        if (!advance(s, out, over, e))
            return false;
        progress(s, false);
        if (*over || l == STEP_OP)
            break;
    } while (l == STEP_ALL    ? true
             : l == STEP_EMIT ? out->emitted == emitted
                              : same_group(g, group_of(s, gen_place(s->gen), l)));
    return true;
}

bool session_step(struct session *s, enum ladder l, int64_t count, struct stop *out, struct err *e)
{
    if (s->gen == NULL && !session_start(s, e))
        return false;
    double began = clock_seconds();
    *out = begin_stop(s);
    bool over = false, ok = true;
    for (int64_t i = 0; ok && !over && i < count; i++)
        ok = forward_one(s, l, out, &over, e);
    if (ok && !over && gen_done(s->gen))
        out->reason = STOP_END;
    return finish(s, out, began, ok, e);
}

bool session_forward(struct session *s, struct err *e)
{
    struct gen_options o = s->search;
    o.search = SEARCH_GREEDY;
    if (!begin(s, &o, s->keep, e))
        return false;
    if (gen_finish_pass(s->gen, e) == GEN_FAILED)
        return false;
    return session_account(s, e);
}

bool session_encode(struct session *s, struct err *e)
{
    if (s->document == NULL || s->gen == NULL)
        return session_forward(s, e);
    return gen_goto(s->gen, gen_frontier(s->gen), e);
}

bool session_run(struct session *s, const struct gen_options *o, enum keep keep, struct stop *out,
                 struct err *e)
{
    return begin(s, o, keep, e) && session_step(s, STEP_ALL, 1, out, e);
}

bool session_until(struct session *s, const char *spec, struct stop *out, struct err *e)
{
    int first, last;
    int64_t step;
    if (!sites_span(s, spec, &first, &last, &step, e) || (s->gen == NULL && !session_start(s, e)))
        return false;
    double began = clock_seconds();
    *out = begin_stop(s);
    bool value = first == last, over = false, ok = true;
    while (ok && !over) {
        ok = advance(s, out, &over, e);
        progress(s, false);
        struct place at = gen_place(s->gen);
        int64_t pos = session_position(s);
        bool there = value ? out->last_node == first && at.node != first : at.node == first;
        if (ok && there && (step < 0 || pos >= step) && out->reason == STOP_MOVED) {
            out->reason = STOP_TARGET;
            break;
        }
    }
    return finish(s, out, began, ok, e);
}

/* ---- going back ------------------------------------------------------------------------------ */

/* To the beginning of the step before: one operation back, then on to where its group begins. */
static bool back_one(struct session *s, enum ladder l, struct err *e)
{
    if (!gen_back(s->gen))
        return false;
    if (l == STEP_OP)
        return true;
    if (l == STEP_EMIT) { /* to the last choice that was made: before it */
        while (gen_place(s->gen).node != s->model->plan->nnodes)
            if (!gen_back(s->gen))
                return true;
        return true;
    }
    struct place at = gen_place(s->gen);
    struct group g = group_of(s, at, l);
    while (gen_back(s->gen)) {
        if (!same_group(g, group_of(s, gen_place(s->gen), l)))
            return gen_goto(s->gen, at, e);
        at = gen_place(s->gen);
    }
    return true;
}

bool session_back(struct session *s, enum ladder l, int64_t count, struct stop *out, struct err *e)
{
    if (s->gen == NULL)
        return err_set(e, ERR_COMMAND, "nothing has been computed yet");
    double began = clock_seconds();
    *out = begin_stop(s);
    session_drop_replay(s);
    int64_t i = 0;
    while (i < count && back_one(s, l, e))
        i++;
    if (i < count)
        out->reason = STOP_BEGIN;
    return finish(s, out, began, true, e);
}

bool session_goto(struct session *s, const char *spec, struct stop *out, struct err *e)
{
    int first, last;
    int64_t step;
    if (s->gen == NULL)
        return err_set(e, ERR_COMMAND, "nothing has been computed yet");
    if (!sites_span(s, spec, &first, &last, &step, e))
        return false;
    *out = begin_stop(s);
    /* @t is a decoder position; the first pass holds those of start token and prefix. */
    int64_t head = gen_prefix_length(s->gen), pass = step < 0      ? out->from.pass
                                                     : step < head ? 0
                                                                   : step - head + 1;
    if (s->model->plan->nodes[first].source || s->model->plan->nodes[first].stack == STACK_ENC)
        pass = 0;
    session_drop_replay(s);
    double began = clock_seconds();
    bool ok = gen_goto(s->gen, (struct place){pass, first}, e);
    return finish(s, out, began, ok, e);
}

bool session_choose(struct session *s, int32_t id, struct err *e)
{
    if (s->gen == NULL)
        return err_set(e, ERR_COMMAND, "nothing has been computed yet");
    struct place at = gen_place(s->gen), choice = {at.pass, s->model->plan->nnodes};
    /* Just after a choice, or at the end: that one is meant. */
    if (at.node != choice.node && at.pass > 0 && at.node <= s->model->plan->dec_first)
        choice.pass--;
    if (!gen_goto(s->gen, choice, e)) {
        err_clear(e);
        return err_set(e, ERR_COMMAND, "the candidates of this step are not computed yet") ||
               err_hint(e, "finish runs to the choice");
    }
    session_drop_replay(s);
    if (!gen_choose(s->gen, id, e)) {
        struct err ignored = ERR_INIT;
        gen_goto(s->gen, at, &ignored);
        return false;
    }
    return true;
}
