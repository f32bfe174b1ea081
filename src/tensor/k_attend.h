/* The products of attention, written once for every vector width: weighted sums of value rows, and
 * the dot products and sums over rows that lie in different slots of a cache. */
#ifndef RASAD_TENSOR_K_ATTEND_H
#define RASAD_TENSOR_K_ATTEND_H

#include "k_ops.h"

enum { MIX_V = 4 }; /* vectors of columns held at a time */

/* clang-format does not know UNROLL. */
/* clang-format off */

/* M rows of z, V vectors of columns (the last `part` wide, VW = whole). */
VEC void mix_tile(const int M, const int V, float *z, int64_t ldz, const float *p, int64_t ldp,
                  const float *v, int64_t ldv, int64_t n, int64_t part)
{
    vf sum[TILE_M][MIX_V], weight[TILE_M];
    UNROLL
    for (int i = 0; i < M; i++)
        UNROLL
        for (int c = 0; c < V; c++)
            sum[i][c] = v_zero();
    for (int64_t j = 0; j < n; j++) {
        UNROLL
        for (int i = 0; i < M; i++)
            weight[i] = v_set(p[i * ldp + j]);
        UNROLL
        for (int c = 0; c < V; c++) {
            const float *at = v + j * ldv + c * VW;
            vf row = c < V - 1 || part == VW ? v_load(at) : v_load_n(at, part);
            UNROLL
            for (int i = 0; i < M; i++)
                sum[i][c] = v_fma(weight[i], row, sum[i][c]);
        }
    }
    UNROLL
    for (int i = 0; i < M; i++) {
        UNROLL
        for (int c = 0; c < V - 1; c++)
            v_store(z + i * ldz + c * VW, sum[i][c]);
        if (part == VW)
            v_store(z + i * ldz + (V - 1) * VW, sum[i][V - 1]);
        else
            v_store_n(z + i * ldz + (V - 1) * VW, sum[i][V - 1], part);
    }
}

#define MIX(M, V)                                                                                  \
    static __attribute__((noinline)) void mix_##M##_##V(                                           \
        float *z, int64_t ldz, const float *p, int64_t ldp, const float *v, int64_t ldv,           \
        int64_t n, int64_t part)                                                                   \
    {                                                                                              \
        if (part == VW)                                                                            \
            mix_tile(M, V, z, ldz, p, ldp, v, ldv, n, VW);                                         \
        else                                                                                       \
            mix_tile(M, V, z, ldz, p, ldp, v, ldv, n, part);                                       \
    }
MIX(1, 1) MIX(2, 1) MIX(3, 1) MIX(1, 4) MIX(2, 4) MIX(3, 4)
#if TILE_ROWS == 6
MIX(4, 1) MIX(5, 1) MIX(6, 1) MIX(4, 4) MIX(5, 4) MIX(6, 4)
#endif

typedef void mix_fn(float *z, int64_t ldz, const float *p, int64_t ldp, const float *v,
                        int64_t ldv, int64_t n, int64_t part);
static mix_fn *const mixes[2][TILE_M] = {
#if TILE_ROWS == 6
    {mix_1_1, mix_2_1, mix_3_1, mix_4_1, mix_5_1, mix_6_1},
    {mix_1_4, mix_2_4, mix_3_4, mix_4_4, mix_5_4, mix_6_4},
#else
    {mix_1_1, mix_2_1, mix_3_1},
    {mix_1_4, mix_2_4, mix_3_4},
#endif
};

/* clang-format on */

static void mix(float *z, int64_t ldz, const float *p, int64_t ldp, const float *v, int64_t ldv,
                int64_t m, int64_t n, int64_t width)
{
    int64_t count = (m + TILE_M - 1) / TILE_M;
    for (int64_t c = 0; c < width;) {
        bool wide = width - c > (MIX_V - 1) * VW;
        int64_t here = wide ? MIX_V * VW : VW;
        here = width - c < here ? width - c : here;
        int64_t part = wide ? here - (MIX_V - 1) * VW : here;
        for (int64_t i = 0, t = 0; t < count; t++) {
            int64_t mine = (m - i) / (count - t);
            mixes[wide][mine - 1](z + i * ldz + c, ldz, p + i * ldp, ldp, v + c, ldv, n, part);
            i += mine;
        }
        c += here;
    }
}

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
