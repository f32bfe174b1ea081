/* The decoding machine going back, branching off and changing its mind. */
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

/* ---- going back ----------------------------------------------------------------------------- */

bool gen_goto(struct gen *g, struct place to, struct err *e)
{
    if (to.node < 0 || to.pass < 0 || place_compare(to, g->frontier) > 0) {
        err_set(e, ERR_COMMAND, "pass %lld is not computed up to there", (long long)to.pass);
        return err_hint(e, "it stands in pass %lld; go forward with step, emit or continue",
                        (long long)g->frontier.pass);
    }
    to.node = gen_at_choice(g, to) ? g->plan->nnodes : run_executes(g->run, to.node, to.pass == 0);
    g->cursor = place_compare(to, g->frontier) > 0 ? g->frontier : to;
    return true;
}

bool gen_back(struct gen *g)
{
    struct place at = g->cursor;
    int first = gen_first_node(g, at.pass);
    if (at.node <= first) {
        if (at.pass == 0) {
            return false;
        }
        g->cursor = (struct place){at.pass - 1, g->plan->nnodes};
        return true;
    }
    int node = at.node - 1;
    while (node > first && run_executes(g->run, node, at.pass == 0) != node) {
        node--;
    }
    g->cursor.node = node;
    return true;
}

/* Is the value of a node in that pass still there? */
static bool held(struct gen *g, int node, int64_t pass)
{
    struct tensor t = {0};
    struct err why = ERR_INIT;
    int64_t from = g->plan->nodes[node].source ? 0 : gen_pass_start(g, pass);
    bool ok = run_rows(g->run, node, from, from + 1, &t, &why);
    tensor_unref(&t);
    return ok;
}

/* Are all values there that the operations from `to` on read? */
static bool resumable(struct gen *g, struct place to)
{
    const struct plan *p = g->plan;
    if (gen_at_choice(g, to)) {
        return !gen_chooses(g) || held(g, p->logits, to.pass);
    }
    for (int i = to.node; i < p->nnodes; i++) {
        for (int k = 0; k < NODE_INPUTS; k++) {
            int in = p->nodes[i].in[k];
            if (in >= 0 && in < to.node && run_executes(g->run, i, to.pass == 0) == i &&
                !held(g, in, to.pass)) {
                return false;
            }
        }
    }
    return true;
}

/* Makes the run stand before `to` again. Where the operands there were not kept, the pass is
 * computed once more up to it. */
static bool rewind_run(struct gen *g, struct place to, struct err *e)
{
    bool last = to.pass == g->begun - 1;
    if (last && g->d.beams == 1 && to.node == run_next(g->run)) {
        return true; /* a choice alone is undone */
    }
    int64_t start = gen_pass_start(g, to.pass), rows = gen_pass_rows(g, to.pass);
    int node = resumable(g, to) ? to.node : gen_first_node(g, to.pass);
    if (!run_rewind(g->run, start, rows, node, e)) {
        return false;
    }
    while (run_next(g->run) < to.node) {
        if (run_step(g->run, e) == RUN_FAILED) {
            g->cursor.node = run_next(g->run); /* what was there is lost */
            return false;
        }
    }
    return true;
}

bool gen_truncate(struct gen *g, struct err *e)
{
    struct place to = g->cursor;
    if (place_compare(to, g->frontier) == 0) {
        return true;
    }
    if (!gen_may_compute(g, e)) {
        return false; /* what is forgotten could not be computed again */
    }
    bool ok = to.pass >= g->begun || rewind_run(g, to, e);
    decoder_truncate(&g->d, to.pass);
    if (g->begun > to.pass + 1) {
        g->begun = to.pass + 1;
    }
    g->frontier = g->cursor;
    return ok;
}

bool gen_choose(struct gen *g, int32_t id, struct err *e)
{
    struct decoder *d = &g->d;
    if (!gen_chooses(g)) {
        return err_set(e, ERR_COMMAND, "this model chooses no tokens");
    }
    if (!gen_at_choice(g, g->cursor) || (gen_is_end(g, g->cursor) && d->nrecords == 0)) {
        err_set(e, ERR_COMMAND, "no token is to be chosen here");
        return err_hint(e, "go to the end of a decoder pass first");
    }
    if (id < 0 || id >= d->vocab) {
        return err_set(e, ERR_COMMAND, "id %d is outside the vocabulary (0 to %lld)", (int)id,
                       (long long)d->vocab - 1);
    }
    if (d->o.search == SEARCH_BEAM) {
        err_set(e, ERR_COMMAND,
                "beam search weighs whole sentences: no single token can be chosen in it");
        return err_hint(e, "change to greedy search and start again");
    }
    if (g->cursor.pass > 0 && d->records[g->cursor.pass - 1].rows[0].ended) {
        return err_set(e, ERR_COMMAND, "the first sentence has ended before this choice");
    }
    if (!gen_may_compute(g, e) || !gen_truncate(g, e)) {
        return false;
    }
    d->pick = id;
    enum gen_status s = gen_make_choice(g, e);
    d->pick = -1;
    return s == GEN_CHOSE;
}

bool gen_set_search(struct gen *g, const struct gen_options *o, struct err *e)
{
    struct decoder *d = &g->d;
    int64_t beams = o->search == SEARCH_BEAM ? o->width : 1;
    if (!decoder_check(o, d->batch, e)) {
        return false;
    }
    if (beams != d->beams || (o->search == SEARCH_BEAM) != (d->o.search == SEARCH_BEAM)) {
        err_set(e, ERR_COMMAND, "this run was begun with %lld %s for each sentence",
                (long long)d->beams, d->beams == 1 ? "row" : "beams");
        return err_hint(e, "start again: the new search applies from the start");
    }
    if (!gen_truncate(g, e)) {
        return false;
    }
    d->o = *o;
    d->o.prefix = NULL;
    d->o.nprefix = 0;
    decoder_set_limit(d);
    if (d->nrecords > 0 && o->search != SEARCH_BEAM) {
        struct decoder_record *last = &d->records[d->nrecords - 1];
        last->over = d->nprompt + (int64_t)d->nrecords >= d->limit;
        bool all = true;
        for (int64_t r = 0; r < d->rows; r++) {
            all = all && last->rows[r].ended;
        }
        last->over = last->over || all;
    }
    return true;
}
