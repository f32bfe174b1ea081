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

int k_topk(const float *x, int64_t n, int k, int32_t *idx)
{
    enum { RUN = 256 }; /* entries passed over at once when none is large enough */
    const struct k_ops *ops = k_ops();
    int count = 0;
    for (int64_t from = 0; from < n && k > 0; from += RUN) {
        int64_t to = n - from < RUN ? n : from + RUN;
        if (count == k && !(ops->largest(x + from, to - from) > x[idx[0]]))
            continue;
        for (int64_t i = from; i < to; i++) {
            if (!(x[i] > -INFINITY)) /* NaN too */
                continue;
            if (count < k) {
                idx[count++] = (int32_t)i;
                for (int j = k / 2 - 1; count == k && j >= 0; j--)
                    sink(x, idx, k, j);
            } else if (x[i] > x[idx[0]]) { /* an equal one comes later, so it loses */
                idx[0] = (int32_t)i;
                sink(x, idx, k, 0);
            }
        }
    }
    for (int j = count / 2 - 1; count < k && j >= 0; j--)
        sink(x, idx, count, j);
    for (int left = count - 1; left > 0; left--) { /* heap sort: the root comes last */
        int32_t t = idx[0];
        idx[0] = idx[left];
        idx[left] = t;
        sink(x, idx, left, 0);
    }
    return count;
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
