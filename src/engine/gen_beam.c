/* Beam search as transformers defines it: one choice of it.
 *
 * The best max(2, 1 + end tokens) * width continuations of all beams are looked at, so that
 * `width` of them go on even when each beam ends. Continuations that end and are among the best
 * `width` become hypotheses, ranked by score / length^penalty; the best `width` hypotheses are
 * kept. The search is over when no running beam can beat the worst hypothesis (how that is
 * estimated depends on early stopping), when enough hypotheses are there and early stopping is on,
 * or at the limit of length. A forced token counts as probability 1: scores are normalised before
 * the rules are applied. */
#include "gen_internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "tensor/kernels.h"

struct continuation {
    int32_t parent, id;
    double score, logp;
    bool stops; /* the end token, or the last one that there is room for */
};

/* What a row's logits say: log of the sum of their exponentials, and the best tokens. */
struct look {
    double lse;
    int n;
    int32_t *idx;
};

/* The best continuations so far, falling; of equals the earlier beam and lower id come first. */
struct best {
    struct continuation *v;
    int n, cap;
};

static bool best_add(struct best *b, struct continuation c)
{
    if (b->n == b->cap) {
        if (!(c.score > b->v[b->n - 1].score)) {
            return false;
        }
        b->n--;
    }
    int i = b->n++;
    for (; i > 0 && c.score > b->v[i - 1].score; i--) {
        b->v[i] = b->v[i - 1];
    }
    b->v[i] = c;
    return true;
}

static int looked_at(const struct decoder *d)
{
    return (d->rules.neos > 1 ? 1 + d->rules.neos : 2) * d->o.width;
}

/* Score of a row before this choice. */
static double score_before(const struct decoder *d, int64_t row)
{
    if (d->nrecords > 0) {
        return d->records[d->nrecords - 1].rows[row].score;
    }
    return row == 0 ? 0 : DECODER_NEVER; /* all rows are alike: only the first may go on */
}

/* All rows, shared out among the threads; idx of each has room for k. */
static void look_at(const struct decoder *d, const float *const *logits, int k, struct look *look)
{
    const int64_t worth = 8000; /* numbers in all: less is done sooner than a thread is woken */
#pragma omp parallel for schedule(static) if (d->rows * d->vocab > worth)
    for (int64_t r = 0; r < d->rows; r++) {
        look[r].lse = k_logsumexp(logits[r], d->vocab);
        look[r].n = k_topk(logits[r], d->vocab, k < d->vocab ? k : (int)d->vocab, look[r].idx);
    }
}

/* Adds the continuations of one row. */
static void extend(const struct decoder *d, const struct decoder_rule *rule, int64_t row,
                   const float *logits, const struct look *look, struct best *best)
{
    double lse = look->lse;
    double score = score_before(d, row);
    struct continuation c = {.parent = (int32_t)row};
    if (rule->forced >= 0) {
        c.id = rule->forced;
        c.logp = (double)logits[c.id] - lse;
        c.score = score;
        best_add(best, c);
        return;
    }
    double norm = d->rules.renormalize ? rule_norm(rule, logits, d->vocab, lse) : lse;
    for (int i = 0; i < look->n; i++) {
        if (rule_bans(rule, look->idx[i])) {
            continue;
        }
        c.id = look->idx[i];
        c.logp = (double)logits[c.id] - lse;
        c.score = score + ((double)logits[c.id] - norm);
        if (!best_add(best, c)) {
            break;
        }
    }
}

/* Puts a hypothesis into the list of the best `width`; those that were there first win a tie. */
void beam_finish(const struct decoder *d, struct decoder_record *rec, struct decoder_end end)
{
    if (rec->nends == d->o.width) {
        if (!(end.ranked > rec->ends[rec->nends - 1].ranked)) {
            return;
        }
        rec->nends--;
    }
    int i = rec->nends++;
    for (; i > 0 && end.ranked > rec->ends[i - 1].ranked; i--) {
        rec->ends[i] = rec->ends[i - 1];
    }
    rec->ends[i] = end;
}

void beam_inherit(const struct decoder *d, struct decoder_record *rec)
{
    const struct decoder_record *before = d->nrecords > 0 ? &d->records[d->nrecords - 1] : NULL;
    for (rec->nends = 0; before && rec->nends < before->nends; rec->nends++) {
        rec->ends[rec->nends] = before->ends[rec->nends];
    }
}

/* Could a running beam still beat the worst hypothesis? */
static bool may_improve(const struct decoder *d, const struct decoder_record *rec,
                        int64_t generated)
{
    if (rec->nends < d->o.width) {
        return true;
    }
    int64_t length =
        d->o.early == EARLY_NEVER && d->o.length_penalty > 0 ? d->limit - d->nprompt : generated;
    double possible = rec->rows[0].score / pow((double)length, d->o.length_penalty);
    return possible > rec->ends[rec->nends - 1].ranked;
}

static struct gen_beam beam_of(const struct continuation *c)
{
    return (struct gen_beam){.parent = c->parent, .id = c->id, .score = c->score};
}

/* Sorts the continuations into rows that go on, hypotheses and pruned ones. */
static void part(struct decoder *d, struct best *best, struct decoder_record *rec)
{
    int64_t generated = (int64_t)d->nrecords + 1;
    double divisor = pow((double)generated, d->o.length_penalty);
    struct gen_beam *others = rec->step.beams + d->rows;
    int width = d->o.width, running = 0, nothers = 0;
    bool all_stop = true;
    for (int i = 0; i < best->n; i++) {
        const struct continuation *c = &best->v[i];
        struct gen_beam b = beam_of(c);
        all_stop = all_stop && c->stops;
        if (!c->stops && running < width) {
            b.alive = c->score > DECODER_REAL;
            if (running == 0) {
                rec->step.id = c->id;
                rec->step.logp = c->logp;
            }
            rec->step.beams[running] = b;
            rec->rows[running++] =
                (struct decoder_row){.parent = c->parent, .id = c->id, .score = c->score};
            continue;
        }
        if (c->stops && i < width && c->score > DECODER_REAL) {
            b.finished = true;
            b.ranked = c->score / divisor;
            beam_finish(d, rec,
                        (struct decoder_end){.step = (int64_t)d->nrecords,
                                             .parent = c->parent,
                                             .id = c->id,
                                             .ranked = b.ranked,
                                             .eos = rule_is_end(&d->rules, c->id)});
        }
        others[nothers++] = b;
    }
    if (running == 0) {
        rec->step.id = best->v[0].id;
        rec->step.logp = best->v[0].logp;
    }
    bool nobody = running == 0 || !rec->step.beams[0].alive;
    /* Too few tokens are allowed: the rows left over repeat the first and cannot win. */
    for (; running < width; running++) {
        struct decoder_row filler = {
            .parent = best->v[0].parent, .id = best->v[0].id, .score = -INFINITY};
        rec->rows[running] = filler;
        rec->step.beams[running] =
            (struct gen_beam){.parent = filler.parent, .id = filler.id, .score = filler.score};
    }
    rec->step.nbeams = width + nothers;
    rec->over = all_stop || nobody || !may_improve(d, rec, generated) ||
                (rec->nends == width && d->o.early == EARLY_TRUE);
}

bool beam_choose(struct decoder *d, const float *const *logits, struct decoder_record *rec,
                 struct err *e)
{
    int64_t length = d->nprompt + (int64_t)d->nrecords;
    if (d->pick >= 0) {
        err_set(e, ERR_COMMAND,
                "beam search weighs whole sentences: no single token can be chosen in it");
        return err_hint(e, "change to greedy search and start again");
    }
    struct decoder_rule rule;
    rule_at(d, length, &rule);
    struct best best = {.cap = looked_at(d)};
    best.v = mem_alloc((size_t)best.cap * sizeof *best.v);
    struct look *look = mem_alloc((size_t)d->rows * sizeof *look);
    int k = best.cap + rule.nbanned;
    int32_t *idx = mem_alloc((size_t)d->rows * (size_t)k * sizeof *idx);
    for (int64_t r = 0; r < d->rows; r++) {
        look[r].idx = idx + r * k;
    }
    look_at(d, logits, k, look);
    rec->step.forced = rule.forced >= 0;
    rec->step.beams = mem_alloc(((size_t)d->rows + (size_t)best.cap) * sizeof *rec->step.beams);
    beam_inherit(d, rec);
    bool ok = true;
    for (int64_t r = 0; ok && r < d->rows; r++) {
        if (best.n == best.cap && score_before(d, r) <= best.v[best.n - 1].score) {
            continue; /* log-probabilities are at most 0: nothing of this row can get in */
        }
        ok = decoder_norm(look[r].lse, length - 1, e);
        if (ok) {
            extend(d, &rule, r, logits[r], &look[r], &best);
        }
        if (ok && r == 0) {
            rec->step.ncandidates = rule_candidates(&rule, logits[0], d->vocab, look[0].lse,
                                                    d->o.candidates, rec->step.candidates);
        }
    }
    if (ok && best.n == 0) {
        ok = err_set(e, ERR_COMMAND, "every token is forbidden at target position %lld",
                     (long long)length - 1);
    }
    if (ok) {
        for (int i = 0; i < best.n; i++) {
            best.v[i].stops = rule_is_end(&d->rules, best.v[i].id) || length + 1 >= d->limit;
        }
        part(d, &best, rec);
    }
    free(best.v);
    free(look);
    free(idx);
    return ok;
}
