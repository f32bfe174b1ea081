/* The search rules of a model's files, in transformers' order: banned tokens, least length, forced
 * first token, forced last token. The later ones overrule the earlier. */
#include "gen_internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "tensor/kernels.h"

bool rule_is_end(const struct gen_rules *r, int32_t id)
{
    for (int i = 0; i < r->neos; i++) {
        if (r->eos[i] == id) {
            return true;
        }
    }
    return false;
}

static void ban(struct decoder_rule *rule, int32_t id)
{
    for (int i = 0; i < rule->nbanned; i++) {
        if (rule->banned[i] == id) {
            return;
        }
    }
    rule->banned[rule->nbanned++] = id;
}

void rule_at(const struct decoder *d, int64_t length, struct decoder_rule *out)
{
    const struct gen_rules *r = &d->rules;
    out->forced = -1;
    out->nbanned = 0;
    for (int i = 0; i < r->nbanned; i++) {
        /* A list of bad words cannot forbid the end. */
        if (!rule_is_end(r, r->banned[i])) {
            ban(out, r->banned[i]);
        }
    }
    for (int i = 0; i < r->neos && length - d->nprompt < d->o.min_new; i++) {
        ban(out, r->eos[i]);
    }
    if (r->forced_bos >= 0 && length == 1) {
        out->forced = r->forced_bos;
    }
    if (r->forced_eos >= 0 && length == d->limit - 1) {
        out->forced = r->forced_eos;
    }
}

bool rule_bans(const struct decoder_rule *r, int32_t id)
{
    if (r->forced >= 0) {
        return id != r->forced;
    }
    for (int i = 0; i < r->nbanned; i++) {
        if (r->banned[i] == id) {
            return true;
        }
    }
    return false;
}

int32_t rule_best(const struct decoder_rule *r, const float *logits, int64_t n)
{
    if (r->forced >= 0) {
        return r->forced;
    }
    int32_t best = (int32_t)k_argmax(logits, n);
    if (best < 0 || !rule_bans(r, best)) {
        return best;
    }
    int32_t idx[2 * GEN_MAX_IDS + 1];
    int got = k_topk(logits, n, r->nbanned + 1, idx);
    for (int i = 0; i < got; i++) {
        if (!rule_bans(r, idx[i])) {
            return idx[i];
        }
    }
    return -1;
}

int rule_candidates(const struct decoder_rule *r, const float *logits, int64_t n, double lse, int k,
                    struct candidate_token *out)
{
    if (k > n) {
        k = (int)n;
    }
    if (k <= 0) {
        return 0;
    }
    int32_t *idx = mem_alloc((size_t)k * sizeof *idx);
    int got = k_topk(logits, n, k, idx);
    for (int i = 0; i < got; i++) {
        out[i].id = idx[i];
        out[i].logp = (double)logits[idx[i]] - lse;
        out[i].banned = rule_bans(r, idx[i]);
    }
    free(idx);
    return got;
}

bool decoder_norm(double lse, int64_t position, struct err *e)
{
    if (!isfinite(lse)) {
        err_set(e, ERR_COMMAND,
                "the logits of target position %lld are not finite: no token can be chosen",
                (long long)position);
        return err_hint(e, "an intervention may have made them so; look at them with stats logits");
    }
    return true;
}

double rule_norm(const struct decoder_rule *r, const float *logits, int64_t n, double lse)
{
    double gone = 0;
    for (int i = 0; i < r->nbanned; i++) {
        if (r->banned[i] >= 0 && r->banned[i] < n) {
            gone += exp((double)logits[r->banned[i]] - lse);
        }
    }
    if (gone < 0.5) {
        return lse + log1p(-gone);
    }
    /* Little is left: summed anew, the difference would lose its digits. */
    int32_t best = rule_best(r, logits, n);
    double sum = 0;
    for (int64_t i = 0; best >= 0 && i < n; i++) {
        if (!rule_bans(r, (int32_t)i)) {
            sum += exp((double)logits[i] - (double)logits[best]);
        }
    }
    return best >= 0 ? (double)logits[best] + log(sum) : lse;
}
