/* The product p v, whose vectors hold one column each of many outputs, and transposition; written
 * once for every vector width. Each output is one sum, in the order of p's columns. */
#ifndef RASAD_TENSOR_K_MIX_H
#define RASAD_TENSOR_K_MIX_H

#include "k_ops.h"

enum { MIX_V = 4 }; /* vectors of columns held at a time */

/* clang-format does not know UNROLL. */
/* clang-format off */

struct mix_args {
    float *z;
    int64_t ldz;
    const float *p;
    int64_t ldp;
    const float *v;
    int64_t ldv;
    const float *bias; /* or NULL */
    int64_t n;
    int64_t part; /* columns of the last vector, VW = whole */
};

/* M rows of z, V vectors of columns. */
VEC void mix_tile(const int M, const int V, const struct mix_args *a, const int64_t part)
{
    const float *p = a->p, *v = a->v;
    const int64_t ldp = a->ldp, ldv = a->ldv, n = a->n;
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
    for (int c = 0; c < V; c++) {
        bool whole = c < V - 1 || part == VW;
        vf bias = v_zero();
        if (a->bias)
            bias = whole ? v_load(a->bias + c * VW) : v_load_n(a->bias + c * VW, part);
        UNROLL
        for (int i = 0; i < M; i++) {
            float *z = a->z + i * a->ldz + c * VW;
            vf y = a->bias ? v_add(sum[i][c], bias) : sum[i][c];
            if (whole)
                v_store(z, y);
            else
                v_store_n(z, y, part);
        }
    }
}

#define MIX(M, V)                                                                                  \
    static __attribute__((noinline)) void mix_##M##_##V(const struct mix_args *a)                  \
    {                                                                                              \
        if (a->part == VW)                                                                         \
            mix_tile(M, V, a, VW);                                                                 \
        else                                                                                       \
            mix_tile(M, V, a, a->part);                                                            \
    }
MIX(1, 1) MIX(2, 1) MIX(3, 1) MIX(1, 4) MIX(2, 4) MIX(3, 4)
#if TILE_ROWS == 6
MIX(4, 1) MIX(5, 1) MIX(6, 1) MIX(4, 4) MIX(5, 4) MIX(6, 4)
#endif

typedef void mix_fn(const struct mix_args *);
static mix_fn *const mixes[2][TILE_M] = {
#if TILE_ROWS == 6
    {mix_1_1, mix_2_1, mix_3_1, mix_4_1, mix_5_1, mix_6_1},
    {mix_1_4, mix_2_4, mix_3_4, mix_4_4, mix_5_4, mix_6_4},
#else
    {mix_1_1, mix_2_1, mix_3_1},
    {mix_1_4, mix_2_4, mix_3_4},
#endif
};

static void mix(float *z, int64_t ldz, const float *p, int64_t ldp, const float *v, int64_t ldv,
                const float *bias, int64_t m, int64_t n, int64_t width)
{
    int64_t count = (m + TILE_M - 1) / TILE_M;
    for (int64_t c = 0; c < width;) {
        bool wide = width - c > (MIX_V - 1) * VW;
        int64_t here = wide ? MIX_V * VW : VW;
        here = width - c < here ? width - c : here;
        struct mix_args a = {.ldz = ldz,
                             .ldp = ldp,
                             .v = v + c,
                             .ldv = ldv,
                             .bias = bias ? bias + c : NULL,
                             .n = n,
                             .part = wide ? here - (MIX_V - 1) * VW : here};
        for (int64_t i = 0, t = 0; t < count; t++) {
            int64_t mine = (m - i) / (count - t);
            a.z = z + i * ldz + c;
            a.p = p + i * ldp;
            mixes[wide][mine - 1](&a);
            i += mine;
        }
        c += here;
    }
}

/* As many vectors as one has elements, as a matrix: transposed by floats, by pairs, by quarters. */
VEC void turn_vectors(vf r[VW])
{
    vf t[VW];
    UNROLL
    for (int i = 0; i < VW; i += 2) {
        t[i] = v_zip_lo(r[i], r[i + 1]);
        t[i + 1] = v_zip_hi(r[i], r[i + 1]);
    }
    UNROLL
    for (int i = 0; i < VW; i += 4)
        UNROLL
        for (int k = 0; k < 2; k++) {
            r[i + 2 * k] = v_zip2_lo(t[i + k], t[i + k + 2]);
            r[i + 2 * k + 1] = v_zip2_hi(t[i + k], t[i + k + 2]);
        }
    v_turn_quarters(r);
}

/* A square of vectors at a time, through registers. */
VEC void turn_square(float *y, int64_t ldy, const float *x, int64_t ldx, int64_t m, int64_t n)
{
    vf row[VW];
    UNROLL
    for (int i = 0; i < VW; i++)
        row[i] = i >= m ? v_zero() : n == VW ? v_load(x + i * ldx) : v_load_n(x + i * ldx, n);
    turn_vectors(row);
    UNROLL
    for (int j = 0; j < VW; j++) {
        if (m == VW && n == VW)
            v_store(y + j * ldy, row[j]);
        else if (j < n)
            v_store_n(y + j * ldy, row[j], m);
    }
}

static void turn(float *y, int64_t ldy, const float *x, int64_t ldx, int64_t m, int64_t n)
{
    for (int64_t i = 0; i < m; i += VW) {
        int64_t rows = m - i < VW ? m - i : VW, j = 0;
        for (; rows == VW && j + VW <= n; j += VW)
            turn_square(y + j * ldy + i, ldy, x + i * ldx + j, ldx, VW, VW);
        for (; j < n; j += VW)
            turn_square(y + j * ldy + i, ldy, x + i * ldx + j, ldx, rows, n - j < VW ? n - j : VW);
    }
}

/* clang-format on */

#endif
