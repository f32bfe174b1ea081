/* The decoding machine: a cursor and a frontier over passes of a run and the choices between them.
 *
 * What was computed lies before the frontier. The cursor moves over it without computing; at the
 * frontier an advance is one operation of the run, or one choice. Pass p is followed by choice p; a
 * pass is begun in the run when its first operation is asked for. */
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "gen_internal.h"

/* ---- making --------------------------------------------------------------------------------- */

static int64_t vocabulary(const struct plan *p)
{
    int64_t shape[NODE_DIMS];
    if (p->logits < 0) {
        return p->vocab_target > 0 ? p->vocab_target : INT32_MAX;
    }
    plan_shape(p, p->logits, &(struct binding){1, 1, 1}, shape);
    return shape[p->nodes[p->logits].ndim - 1];
}

struct gen *gen_new(const struct plan *p, const struct tensor *params,
                    const struct run_input *source, const struct gen_rules *rules,
                    const struct gen_options *o, struct err *e)
{
    struct gen *g = mem_alloc(sizeof *g);
    g->plan = p;
    if (!decoder_init(&g->d, rules, o, vocabulary(p), source->batch, p->max_positions, e)) {
        gen_free(g);
        return NULL;
    }
    if (plan_decodes(p) && g->d.nprompt == 0) {
        err_set(e, ERR_COMMAND, "the decoder has no token to begin with");
        gen_free(g);
        return NULL;
    }
    struct run_input in = *source;
    in.beams = g->d.beams;
    g->run = run_new(p, params, &in, e);
    if (!g->run) {
        gen_free(g);
        return NULL;
    }
    return g; /* both places are before the first operation */
}

void gen_free(struct gen *g)
{
    if (g) {
        gen_forget_results(g);
        free(g->tokens);
        free(g->row_tokens);
        decoder_release(&g->d);
        run_free(g->run);
        free(g);
    }
}

struct gen *gen_fork(const struct gen *g, struct err *e)
{
    struct run *run = run_fork(g->run, e);
    if (!run) {
        return NULL;
    }
    struct gen *f = mem_alloc(sizeof *f);
    *f = *g;
    f->run = run;
    f->tokens = f->row_tokens = NULL;
    f->results = NULL;
    f->nresults = 0;
    decoder_copy(&f->d, &g->d);
    return f;
}

/* Where the machine ends, when that is known. */
bool gen_is_end(const struct gen *g, struct place at)
{
    int64_t n = (int64_t)g->d.nrecords;
    if (n == 0) {
        return at.pass == 0 && gen_at_choice(g, at) && (!gen_chooses(g) || decoder_over(&g->d));
    }
    return at.pass == n && decoder_over(&g->d);
}

/* ---- going forward -------------------------------------------------------------------------- */

bool gen_may_compute(const struct gen *g, struct err *e)
{
    if (!g->past) {
        return true;
    }
    err_set(e, ERR_COMMAND, "this run is read-only: it shows what was computed, and no more");
    return err_hint(e, "'model load PATH' opens a model to compute with");
}

static bool begin_pass(struct gen *g, struct err *e)
{
    if (!gen_may_compute(g, e)) {
        return false;
    }
    if (g->begun > g->frontier.pass) {
        return true;
    }
    struct decoder *d = &g->d;
    bool ok;
    if (g->frontier.pass == 0) {
        int64_t n = plan_decodes(g->plan) ? d->nprompt : 0;
        int32_t *ids = mem_alloc((size_t)(d->rows * n + 1) * sizeof *ids);
        for (int64_t r = 0; r < d->rows; r++) {
            memcpy(ids + r * n, d->prompt, (size_t)n * sizeof *ids);
        }
        ok = run_pass(g->run, ids, n, e);
        free(ids);
    } else {
        const struct decoder_row *rows = d->records[g->frontier.pass - 1].rows;
        int32_t *ids = mem_alloc((size_t)d->rows * sizeof *ids);
        for (int64_t r = 0; r < d->rows; r++) {
            ids[r] = rows[r].id;
        }
        ok = run_pass(g->run, ids, 1, e);
        free(ids);
    }
    if (ok) {
        g->begun = g->frontier.pass + 1;
    }
    return ok;
}

/* Takes the frontier along after operations of the run. */
static void follow(struct gen *g)
{
    g->frontier.node = run_next(g->run);
    g->cursor = g->frontier;
}

static enum gen_status computed(struct gen *g, enum run_status s)
{
    follow(g);
    return s == RUN_FAILED ? GEN_FAILED : s == RUN_PAUSED ? GEN_PAUSED : GEN_OP;
}

/* Moves the cursor over one operation that was computed before. */
static enum gen_status pass_over(struct gen *g, struct err *e)
{
    struct place at = g->cursor;
    const struct node *n = &g->plan->nodes[at.node];
    g->cursor.node = run_executes(g->run, at.node + 1, at.pass == 0);
    if (place_compare(g->cursor, g->frontier) > 0) {
        g->cursor = g->frontier;
    }
    int64_t first = n->source ? 0 : gen_pass_start(g, at.pass),
            rows =
                n->source ? node_source_rows(n, run_binding(g->run).s) : gen_pass_rows(g, at.pass);
    if (!n->source && first + rows > run_positions(g->run)) {
        return GEN_OP; /* a beam search that was restored has the values of the best sentence */
    }
    enum observe o = run_notify(g->run, at.node, first, rows, e);
    if (o == OBSERVE_FAIL) {
        g->cursor = at;
        return GEN_FAILED;
    }
    return o == OBSERVE_PAUSE ? GEN_PAUSED : GEN_OP;
}

static void after_choice(struct gen *g)
{
    g->cursor.pass++;
    g->cursor.node = gen_first_node(g, g->cursor.pass);
}

/* The rows of a beam search go on from their parents. */
static void reorder(struct gen *g)
{
    const struct decoder *d = &g->d;
    if (d->beams == 1 || decoder_over(d)) {
        return;
    }
    const struct decoder_row *rows = d->records[d->nrecords - 1].rows;
    int32_t *parent = mem_alloc((size_t)d->rows * sizeof *parent);
    bool moved = false;
    for (int64_t r = 0; r < d->rows; r++) {
        parent[r] = rows[r].parent;
        moved = moved || parent[r] != r;
    }
    if (moved) {
        run_reorder(g->run, parent);
    }
    free(parent);
}

enum gen_status gen_make_choice(struct gen *g, struct err *e)
{
    if ((int64_t)g->d.nrecords > g->cursor.pass) {
        after_choice(g); /* it was made before */
        return GEN_CHOSE;
    }
    if (!gen_may_compute(g, e)) {
        return GEN_FAILED;
    }
    const float **rows = mem_alloc((size_t)g->d.rows * sizeof *rows);
    bool ok = true;
    for (int64_t r = 0; ok && r < g->d.rows; r++) {
        rows[r] = run_logits(g->run, r);
        ok = rows[r] || err_set(e, ERR_INTERNAL, "the logits of this position are not there");
    }
    ok = ok && decoder_choose(&g->d, rows, e);
    free(rows);
    if (ok && interrupted()) { /* a kernel may have returned early */
        decoder_truncate(&g->d, g->cursor.pass);
        ok = err_set(e, ERR_INTERRUPT, "interrupted at the choice of a token");
    }
    if (!ok) {
        return GEN_FAILED;
    }
    reorder(g);
    after_choice(g);
    g->frontier = g->cursor;
    return GEN_CHOSE;
}

enum gen_status gen_advance(struct gen *g, struct err *e)
{
    if (gen_is_end(g, g->cursor)) {
        return GEN_DONE;
    }
    if (gen_at_choice(g, g->cursor)) {
        return gen_make_choice(g, e);
    }
    if (place_compare(g->cursor, g->frontier) < 0) {
        return pass_over(g, e);
    }
    if (!begin_pass(g, e)) {
        return GEN_FAILED;
    }
    return computed(g, run_step(g->run, e));
}

enum gen_status gen_finish_pass(struct gen *g, struct err *e)
{
    enum gen_status s = GEN_OP;
    if (gen_is_end(g, g->cursor)) {
        return GEN_DONE;
    }
    while (s == GEN_OP && !gen_at_choice(g, g->cursor)) {
        if (place_compare(g->cursor, g->frontier) < 0) {
            s = pass_over(g, e);
        } else {
            s = begin_pass(g, e) ? computed(g, run_all(g->run, e)) : GEN_FAILED;
        }
    }
    return s;
}

enum gen_status gen_all(struct gen *g, struct err *e)
{
    for (;;) {
        enum gen_status s = gen_finish_pass(g, e);
        if (s == GEN_OP) {
            s = gen_advance(g, e);
        }
        if (s != GEN_OP && s != GEN_CHOSE) {
            return s;
        }
    }
}
