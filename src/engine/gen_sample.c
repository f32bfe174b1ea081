/* Sampling: a row's logits are cut and scaled by the warpers and one token is drawn.
 *
 * Draws are counter-based: the number for a position and row depends on the seed, the position and
 * the row alone, so that going back and forth, branching and batches give the same tokens. */
#include "gen_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "tensor/kernels.h"

/* Everything below the k-th largest goes; equals of the k-th stay. */
static void keep_top_k(float *x, int64_t n, int k)
{
    if (k >= n) {
        return;
    }
    int32_t *idx = mem_alloc((size_t)k * sizeof *idx);
    int got = k_topk(x, n, k, idx);
    if (got == k) {
        float least = x[idx[k - 1]];
        for (int64_t i = 0; i < n; i++) {
            if (x[i] < least) {
                x[i] = -INFINITY;
            }
        }
    }
    free(idx);
}

/* The nucleus: a token stays while those before it, in falling order, sum to less than p; the first
 * always stays. The order is found in growing pieces: the nucleus is small as a rule. */
static void keep_top_p(float *x, int64_t n, double p)
{
    double lse = k_logsumexp(x, n);
    int32_t *idx = NULL;
    int kept = 0;
    if (!isfinite(lse)) {
        return;
    }
    for (int64_t k = n < 64 ? n : 64;; k = k < n / 8 ? 8 * k : n) {
        idx = mem_realloc(idx, (size_t)k * sizeof *idx);
        int got = k_topk(x, n, (int)k, idx);
        double sum = 0;
        for (kept = 0; kept < got && (kept == 0 || sum < p); kept++) {
            sum += exp((double)x[idx[kept]] - lse);
        }
        if (kept < got || got < k || k == n) {
            break;
        }
    }
    float *values = mem_alloc((size_t)(kept + 1) * sizeof *values);
    for (int i = 0; i < kept; i++) {
        values[i] = x[idx[i]];
    }
    for (int64_t i = 0; i < n; i++) {
        x[i] = -INFINITY;
    }
    for (int i = 0; i < kept; i++) {
        x[idx[i]] = values[i];
    }
    free(values);
    free(idx);
}

void gen_warp(float *logits, int64_t n, double temperature, int top_k, double top_p)
{
    if (n <= 0) {
        return;
    }
    if (temperature != 1.0) {
        for (int64_t i = 0; i < n; i++) {
            logits[i] = (float)(logits[i] / temperature);
        }
    }
    if (top_k > 0) {
        keep_top_k(logits, n, top_k);
    }
    if (top_p < 1.0) {
        keep_top_p(logits, n, top_p);
    }
}

int32_t sample_token(struct decoder *d, const struct decoder_rule *rule, const float *logits,
                     int64_t position, int64_t row)
{
    int64_t n = d->vocab;
    if (!d->weights) {
        d->weights = mem_alloc((size_t)n * sizeof *d->weights);
    }
    float *w = d->weights;
    memcpy(w, logits, (size_t)n * sizeof *w);
    for (int i = 0; i < rule->nbanned; i++) {
        if (rule->banned[i] >= 0 && rule->banned[i] < n) {
            w[rule->banned[i]] = -INFINITY;
        }
    }
    gen_warp(w, n, d->o.temperature, d->o.top_k, d->o.top_p);
    int64_t best = k_argmax(w, n);
    if (best < 0 || w[best] == -INFINITY) {
        return -1;
    }
    k_softmax(w, n, w, n, 1, n);
    double total = 0, sum = 0;
    for (int64_t i = 0; i < n; i++) {
        total += w[i];
    }
    double u = random_uniform(d->o.seed, position, row) * total;
    int32_t last = (int32_t)best;
    for (int64_t i = 0; i < n; i++) {
        if (w[i] > 0) {
            sum += w[i];
            last = (int32_t)i;
            if (u < sum) {
                return last;
            }
        }
    }
    return last; /* rounding left u at the very end */
}
