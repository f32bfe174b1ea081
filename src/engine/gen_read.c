/* What the decoding machine tells: places, tokens, results, candidates. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gen_internal.h"

struct run *gen_run(struct gen *g)
{
    return g->run;
}

struct place gen_place(const struct gen *g)
{
    return g->cursor;
}

struct place gen_frontier(const struct gen *g)
{
    return g->frontier;
}

bool gen_done(const struct gen *g)
{
    return gen_is_end(g, g->cursor);
}

const struct gen_options *gen_opts(const struct gen *g)
{
    return &g->d.o;
}

int64_t gen_nsteps(const struct gen *g)
{
    return (int64_t)g->d.nrecords;
}

const struct gen_step *gen_step_at(const struct gen *g, int64_t i)
{
    return i >= 0 && i < (int64_t)g->d.nrecords ? &g->d.records[i].step : NULL;
}

int64_t gen_prefix_length(const struct gen *g)
{
    return g->d.nprompt;
}

static int32_t *token_buffer(const struct gen *g, int32_t **buffer)
{
    size_t n = (size_t)g->d.nprompt + g->d.nrecords + 1;
    *buffer = mem_realloc(*buffer, n * sizeof **buffer);
    return *buffer;
}

const int32_t *gen_tokens(struct gen *g, int64_t *n)
{
    const struct decoder *d = &g->d;
    int32_t *out = token_buffer(g, &g->tokens);
    const struct decoder_record *last = d->nrecords > 0 ? &d->records[d->nrecords - 1] : NULL;
    if (last && last->over && last->nends > 0) {
        const struct decoder_end *end = &last->ends[0];
        *n = decoder_history(d, end->step, end->parent, out);
        out[(*n)++] = end->id;
    } else {
        *n = decoder_history(d, (int64_t)d->nrecords, 0, out);
    }
    return out;
}

const int32_t *gen_row_tokens(struct gen *g, int64_t row, int64_t *n)
{
    const struct decoder *d = &g->d;
    int32_t *out = token_buffer(g, &g->row_tokens);
    int64_t steps = (int64_t)d->nrecords;
    if (d->beams > 1 && steps > 0 && decoder_over(d)) {
        steps--; /* the rows of the run are those before the last choice */
    }
    *n = row >= 0 && row < d->rows ? decoder_history(d, steps, row, out) : 0;
    return out;
}

void gen_forget_results(struct gen *g)
{
    for (int i = 0; i < g->nresults; i++) {
        free(g->results[i].ids);
    }
    free(g->results);
    g->results = NULL;
    g->nresults = 0;
}

int gen_results(struct gen *g, const struct gen_hypothesis **out)
{
    gen_forget_results(g);
    g->nresults = decoder_results(&g->d, &g->results);
    *out = g->results;
    return g->nresults;
}

/* The pass whose logits were computed last before the cursor; -1 = none yet. */
static int64_t last_logits(const struct gen *g)
{
    return g->cursor.node > g->plan->logits ? g->cursor.pass : g->cursor.pass - 1;
}

int gen_candidates(struct gen *g, int k, struct candidate_token *out)
{
    const struct decoder *d = &g->d;
    int64_t pass = gen_chooses(g) ? last_logits(g) : -1;
    if (pass < 0 || k <= 0) {
        return 0;
    }
    struct decoder_rule rule;
    rule_at(d, d->nprompt + pass, &rule);
    const float *row = NULL;
    struct tensor t = {0};
    struct err ignored = ERR_INIT;
    int64_t position = d->nprompt - 1 + pass;
    bool best = g->past && d->beams > 1 && decoder_over(d); /* the run's are of another sentence */
    if (!best && pass == g->begun - 1 &&
        place_compare(g->frontier, (struct place){pass, g->plan->logits}) > 0) {
        row = run_logits(g->run, 0);
    }
    if (!row && d->beams == 1 &&
        run_rows(g->run, g->plan->logits, position, position + 1, &t, &ignored)) {
        row = tensor_f32(&t); /* of row 0: the first of the batch */
    }
    int n = 0;
    if (row) {
        n = rule_candidates(&rule, row, d->vocab, k_logsumexp(row, d->vocab), k, out);
    } else if (pass < (int64_t)d->nrecords) {
        const struct gen_step *s = &d->records[pass].step;
        n = s->ncandidates < k ? s->ncandidates : k;
        if (n > 0)
            memcpy(out, s->candidates, (size_t)n * sizeof *out);
    }
    tensor_unref(&t);
    return n;
}
