/* Reductions over a row of logits: the largest, the k largest, log of the sum of exponentials. */
#include <math.h>

#include "k_ops.h"

int64_t k_argmax(const float *x, int64_t n)
{
    int64_t best = -1;
    for (int64_t i = 0; i < n; i++)
        if (!isnan(x[i]) && (best < 0 || x[i] > x[best]))
            best = i;
    return best;
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
    int count = 0;
    if (k <= 0)
        return 0;
    for (int64_t i = 0; i < n; i++) {
        if (!(x[i] > -INFINITY)) /* NaN too */
            continue;
        if (count < k) {
            idx[count++] = (int32_t)i;
            if (count == k)
                for (int j = k / 2 - 1; j >= 0; j--)
                    sink(x, idx, k, j);
        } else if (x[i] > x[idx[0]]) { /* an equal one comes later, so it loses */
            idx[0] = (int32_t)i;
            sink(x, idx, k, 0);
        }
    }
    if (count < k)
        for (int j = count / 2 - 1; j >= 0; j--)
            sink(x, idx, count, j);
    for (int left = count - 1; left > 0; left--) { /* heap sort: the root is the last */
        int32_t t = idx[0];
        idx[0] = idx[left];
        idx[left] = t;
        sink(x, idx, left, 0);
    }
    return count;
}

double k_logsumexp(const float *x, int64_t n)
{
    double top = -INFINITY, sum = 0;
    for (int64_t i = 0; i < n; i++)
        if (x[i] > top || isnan(x[i]))
            top = x[i];
    if (!isfinite(top))
        return top;
    for (int64_t i = 0; i < n; i++)
        sum += exp(x[i] - top);
    return top + log(sum);
}
