/* Attention over rows that lie in different slots of a cache, written once for every vector width:
 * dot products with them and weighted sums of them. */
#ifndef RASAD_TENSOR_K_ATTEND_H
#define RASAD_TENSOR_K_ATTEND_H

#include "k_mix.h" /* MIX_V */
#include "k_ops.h"

VEC const float *gathered(const struct k_gather *g, int64_t j)
{
    return g->p + j * g->pos + g->slot[j * g->step] * g->batch;
}

/* clang-format off */

static void gather_dots(float *y, const float *q, const struct k_gather *g)
{
    for (int64_t j = 0; j < g->rows; j += 4) {
        const float *row[4];
        vf sum[4];
        UNROLL
        for (int r = 0; r < 4; r++) {
            row[r] = gathered(g, j + r < g->rows ? j + r : j);
            sum[r] = v_zero();
        }
        int64_t c = 0;
        for (; c + VW <= g->width; c += VW) {
            vf qv = v_load(q + c);
            UNROLL
            for (int r = 0; r < 4; r++)
                sum[r] = v_fma(v_load(row[r] + c), qv, sum[r]);
        }
        if (c < g->width) {
            vf qv = v_load_n(q + c, g->width - c);
            UNROLL
            for (int r = 0; r < 4; r++)
                sum[r] = v_fma(v_load_n(row[r] + c, g->width - c), qv, sum[r]);
        }
        __m128 four = v_sum4(sum[0], sum[1], sum[2], sum[3]);
        if (j + 4 <= g->rows) {
            _mm_storeu_ps(y + j, four);
        } else {
            float last[4];
            _mm_storeu_ps(last, four);
            for (int r = 0; j + r < g->rows; r++)
                y[j + r] = last[r];
        }
    }
}

/* V vectors of columns, the sums of each key after key. */
VEC void gather_columns(const int V, float *z, const float *p, const struct k_gather *g, int64_t c)
{
    vf sum[MIX_V];
    UNROLL
    for (int i = 0; i < V; i++)
        sum[i] = v_zero();
    for (int64_t j = 0; j < g->rows; j++) {
        const float *row = gathered(g, j) + c;
        vf weight = v_set(p[j]);
        UNROLL
        for (int i = 0; i < V; i++)
            sum[i] = v_fma(weight, v_load(row + i * VW), sum[i]);
    }
    UNROLL
    for (int i = 0; i < V; i++)
        v_store(z + c + i * VW, sum[i]);
}

static void gather_mix(float *z, const float *p, const struct k_gather *g)
{
    int64_t c = 0;
    for (; c + MIX_V * VW <= g->width; c += MIX_V * VW)
        gather_columns(MIX_V, z, p, g, c);
    for (; c + 2 * VW <= g->width; c += 2 * VW)
        gather_columns(2, z, p, g, c);
    for (; c + VW <= g->width; c += VW)
        gather_columns(1, z, p, g, c);
    if (c < g->width) {
        int64_t n = g->width - c;
        vf sum = v_zero();
        for (int64_t j = 0; j < g->rows; j++)
            sum = v_fma(v_set(p[j]), v_load_n(gathered(g, j) + c, n), sum);
        v_store_n(z + c, sum, n);
    }
}

/* clang-format on */

#endif
