/* Attention: scores, mixing of values, and both in one. */
#include <math.h>
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "k_ops.h"

static int64_t slot_of(const struct k_attn *a, int64_t j, int64_t b)
{
    return a->slot ? a->slot[j * a->slot_step + b] : b;
}

/* Key or value row j of sequence b, head h of the queries. */
static const float *row_of(const struct k_attn *a, const struct k_rows *r, int64_t j, int64_t b,
                           int64_t h)
{
    return r->p + j * r->pos + slot_of(a, j, b) * r->batch + h / (a->heads / a->kv_heads) * r->head;
}

/* How many keys query i of sequence b sees. */
static int64_t visible_keys(const struct k_attn *a, int64_t i, int64_t b)
{
    int64_t n = a->keys;
    if (a->key_count && a->key_count[b] < n)
        n = a->key_count[b];
    if (a->causal_from >= 0 && a->causal_from + i + 1 < n)
        n = a->causal_from + i + 1;
    return n;
}

static void scores_row(const struct k_attn *a, float *out, int64_t i, int64_t b, int64_t h)
{
    const struct k_ops *ops = k_ops();
    const float *q = a->q.p + i * a->q.pos + b * a->q.batch + h * a->q.head;
    int64_t n = visible_keys(a, i, b), j = 0;
    for (; j < n; j++)
        out[j] = a->scale * ops->dot(q, row_of(a, &a->k, j, b, h), a->width);
    for (; j < a->keys; j++)
        out[j] = -INFINITY;
}

static void mix_row(const struct k_attn *a, const float *pattern, float *z, int64_t b, int64_t h,
                    int64_t n)
{
    const struct k_ops *ops = k_ops();
    for (int64_t c = 0; c < a->width; c++)
        z[c] = 0;
    for (int64_t j = 0; j < n; j++)
        ops->axpy(z, pattern[j], row_of(a, &a->v, j, b, h), a->width);
}

static int team_of(const struct k_attn *a)
{
    return k_team((double)(a->batch * a->heads * a->queries) * (double)a->keys *
                  (double)a->width * 0.1);
}

void k_attn_scores(const struct k_attn *a, struct k_out scores)
{
    int64_t rows = a->batch * a->heads * a->queries;
    int team = team_of(a);
    #pragma omp parallel for schedule(static) num_threads(team) if (team > 1)
    for (int64_t r = 0; r < rows; r++) {
        int64_t i = r % a->queries, h = r / a->queries % a->heads, b = r / a->queries / a->heads;
        if (!interrupted())
            scores_row(a, scores.p + i * scores.pos + b * scores.batch + h * scores.head, i, b, h);
    }
}

void k_attn_mix(const struct k_attn *a, struct k_rows pattern, struct k_out z)
{
    int64_t rows = a->batch * a->heads * a->queries;
    int team = team_of(a);
    #pragma omp parallel for schedule(static) num_threads(team) if (team > 1)
    for (int64_t r = 0; r < rows; r++) {
        int64_t i = r % a->queries, h = r / a->queries % a->heads, b = r / a->queries / a->heads;
        if (!interrupted())
            mix_row(a, pattern.p + i * pattern.pos + b * pattern.batch + h * pattern.head,
                    z.p + i * z.pos + b * z.batch + h * z.head, b, h, a->keys);
    }
}

void k_attn_fused(const struct k_attn *a, struct k_out z)
{
    int64_t rows = a->batch * a->heads * a->queries;
    int team = team_of(a);
    #pragma omp parallel num_threads(team) if (team > 1)
    {
        float *row = mem_alloc((size_t)a->keys * sizeof *row + 1);
        #pragma omp for schedule(static)
        for (int64_t r = 0; r < rows; r++) {
            int64_t i = r % a->queries, h = r / a->queries % a->heads;
            int64_t b = r / a->queries / a->heads, n = visible_keys(a, i, b);
            if (interrupted())
                continue;
            scores_row(a, row, i, b, h);
            k_ops()->softmax(row, row, n);
            mix_row(a, row, z.p + i * z.pos + b * z.batch + h * z.head, b, h, n);
        }
        free(row);
    }
}
