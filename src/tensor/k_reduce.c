/* Reductions over a row of logits: the largest, the k largest, log of the sum of exponentials. */
#include <math.h>

#include "k_ops.h"

int64_t k_argmax(const float *x, int64_t n)
{
    float top = k_ops()->largest(x, n);
    for (int64_t i = 0; i < n; i++)
        if (x[i] == top)
            return i;
    return -1; /* nothing, or NaN alone */
}

/* Does entry a come after entry b? */
static bool after(const float *x, int32_t a, int32_t b)
{
    return x[a] < x[b] || (x[a] == x[b] && a > b);
}

/* Restores the heap (the last of the chosen at the root) below node i. */
static void sink(const float *x, int32_t *heap, int n, int i)
{
    for (;;) {
        int c = 2 * i + 1;
        if (c >= n)
            return;
        if (c + 1 < n && after(x, heap[c + 1], heap[c]))
            c++;
        if (!after(x, heap[c], heap[i]))
            return;
        int32_t t = heap[c];
        heap[c] = heap[i];
        heap[i] = t;
        i = c;
    }
}

/* The k largest so far; once there are k, the least of them at the root of the heap. */
struct chosen {
    int32_t *idx;
    int k, count;
};

static void offer(struct chosen *c, const float *x, int64_t i)
{
    if (c->count < c->k) {
        c->idx[c->count++] = (int32_t)i;
        for (int j = c->k / 2 - 1; c->count == c->k && j >= 0; j--)
            sink(x, c->idx, c->k, j);
    } else if (x[i] > x[c->idx[0]]) { /* an equal one comes later, so it loses */
        c->idx[0] = (int32_t)i;
        sink(x, c->idx, c->k, 0);
    }
}

enum { RUNS = 64, STRIDE = 32 }; /* whole vectors: a rest would be looked at one by one */

/* From the largest entries of some runs: the k-th of them is a floor, since k entries are no smaller.
 * k < runs. */
static float floor_of(const float *top, int runs, int k)
{
    int32_t idx[RUNS];
    struct chosen c = {idx, k, 0};
    for (int i = 0; i < runs; i++)
        offer(&c, top, i);
    return top[idx[0]];
}

int k_topk(const float *x, int64_t n, int k, int32_t *idx)
{
    if (k <= 0)
        return 0;
    float top[RUNS];
    int64_t run = (n / RUNS / STRIDE + 1) * STRIDE;
    int runs = 0;
    for (int64_t from = 0; from < n; from += run)
        top[runs++] = k_ops()->largest(x + from, n - from < run ? n - from : run);
    float floor = k < runs ? floor_of(top, runs, k) : -INFINITY;
    struct chosen c = {idx, k, 0};
    for (int r = 0; r < runs; r++) {
        int64_t from = r * run, to = n - from < run ? n : from + run;
        for (int64_t i = from; top[r] >= floor && i < to; i++)
            if (x[i] >= floor && x[i] > -INFINITY) /* not NaN */
                offer(&c, x, i);
    }
    for (int j = c.count / 2 - 1; c.count < k && j >= 0; j--)
        sink(x, idx, c.count, j);
    for (int left = c.count - 1; left > 0; left--) { /* heap sort: the root comes last */
        int32_t t = idx[0];
        idx[0] = idx[left];
        idx[left] = t;
        sink(x, idx, left, 0);
    }
    return c.count;
}

double k_logsumexp(const float *x, int64_t n)
{
    float top = k_ops()->largest(x, n);
    if (!isinf(top))
        return (double)top + log(k_ops()->exp_sum(x, top, n)); /* NaN if there is one */
    for (int64_t i = 0; i < n; i++)
        if (isnan(x[i]))
            return NAN;
    return top;
}
