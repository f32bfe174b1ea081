/* Searches whose rows are independent: greedy takes the best allowed token of each row, sampling
 * draws one. The score is the sum of raw log-probabilities, forced tokens included. Rows that have
 * ended are fed padding. */
#include "gen_internal.h"

static int32_t padding(const struct gen_rules *r)
{
    if (r->pad >= 0) {
        return r->pad;
    }
    return r->neos > 0 ? r->eos[0] : r->start;
}

static int32_t row_token(struct decoder *d, const struct decoder_rule *rule, const float *logits,
                         int64_t position, int64_t row)
{
    if (row == 0 && d->pick >= 0) {
        return d->pick;
    }
    if (d->o.search == SEARCH_SAMPLE && rule->forced < 0) {
        return sample_token(d, rule, logits, position, row);
    }
    return rule_best(rule, logits, d->vocab);
}

bool rows_choose(struct decoder *d, const float *const *logits, struct decoder_record *rec,
                 struct err *e)
{
    const struct decoder_row *before = d->nrecords > 0 ? d->records[d->nrecords - 1].rows : NULL;
    int64_t length = d->nprompt + (int64_t)d->nrecords, position = length - 1;
    struct decoder_rule rule;
    rule_at(d, length, &rule);
    bool all = true;
    for (int64_t r = 0; r < d->rows; r++) {
        struct decoder_row *row = &rec->rows[r];
        *row = (struct decoder_row){.parent = (int32_t)r, .score = before ? before[r].score : 0};
        if (before && before[r].ended) {
            row->ended = true;
            row->id = padding(&d->rules);
            if (r == 0) {
                rec->step.id = row->id;
            }
            continue;
        }
        double lse = k_logsumexp(logits[r], d->vocab);
        if (!decoder_norm(lse, position, e)) {
            return false;
        }
        row->id = row_token(d, &rule, logits[r], position, r);
        if (row->id < 0) {
            return err_set(e, ERR_COMMAND, "every token is forbidden at target position %lld",
                           (long long)position);
        }
        double logp = (double)logits[r][row->id] - lse;
        row->score += logp;
        row->ended = rule_is_end(&d->rules, row->id);
        all = all && row->ended;
        if (r == 0) {
            rec->step.id = row->id;
            rec->step.logp = logp;
            rec->step.forced = d->pick >= 0 || rule.forced >= 0;
            rec->step.ncandidates = rule_candidates(&rule, logits[r], d->vocab, lse,
                                                    d->o.candidates, rec->step.candidates);
        }
    }
    rec->over = all || length + 1 >= d->limit;
    return true;
}
