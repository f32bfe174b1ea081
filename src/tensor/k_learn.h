/* Rows of a matrix against one vector, and their gradient step, written once for every vector
 * width. Rows come eight at a time, so that their coefficients stay in registers. */
#ifndef RASAD_TENSOR_K_LEARN_H
#define RASAD_TENSOR_K_LEARN_H

#include "k_ops.h"

enum { LEARN_ROWS = 8 };

VEC int64_t learn_row(const int32_t *row, int64_t j)
{
    return row ? row[j] : j;
}

/* clang-format does not know UNROLL. */
/* clang-format off */

VEC void dots_of(const int R, float *y, const float *x, const float *const *w, int64_t d)
{
    vf sum[LEARN_ROWS];
    int64_t c = 0;
    UNROLL
    for (int r = 0; r < R; r++)
        sum[r] = v_zero();
    for (; c + VW <= d; c += VW) {
        vf xv = v_load(x + c);
        UNROLL
        for (int r = 0; r < R; r++)
            sum[r] = v_fma(v_load(w[r] + c), xv, sum[r]);
    }
    if (c < d) {
        vf xv = v_load_n(x + c, d - c);
        UNROLL
        for (int r = 0; r < R; r++)
            sum[r] = v_fma(v_load_n(w[r] + c, d - c), xv, sum[r]);
    }
    UNROLL
    for (int r = 0; r < R; r += 4) {
        float four[4];
        vf none = v_zero();
        _mm_storeu_ps(four, v_sum4(sum[r], r + 1 < R ? sum[r + 1] : none,
                                   r + 2 < R ? sum[r + 2] : none, r + 3 < R ? sum[r + 3] : none));
        for (int k = 0; k < 4 && r + k < R; k++)
            y[r + k] = four[k];
    }
}

VEC void push_of(const int R, float *dx, const float *x, const float *g, float *const *w, int64_t d)
{
    vf gv[LEARN_ROWS];
    int64_t c = 0;
    UNROLL
    for (int r = 0; r < R; r++)
        gv[r] = v_set(g[r]);
    for (; c + VW <= d; c += VW) {
        vf xv = v_load(x + c), sum = v_load(dx + c);
        UNROLL
        for (int r = 0; r < R; r++) {
            vf wv = v_load(w[r] + c);
            sum = v_fma(gv[r], wv, sum);
            v_store(w[r] + c, v_fma(gv[r], xv, wv));
        }
        v_store(dx + c, sum);
    }
    if (c < d) {
        int64_t n = d - c;
        vf xv = v_load_n(x + c, n), sum = v_load_n(dx + c, n);
        UNROLL
        for (int r = 0; r < R; r++) {
            vf wv = v_load_n(w[r] + c, n);
            sum = v_fma(gv[r], wv, sum);
            v_store_n(w[r] + c, v_fma(gv[r], xv, wv), n);
        }
        v_store_n(dx + c, sum, n);
    }
}

/* clang-format on */

#define LEARN_CASES(CALL)                                                                          \
    case 1:                                                                                        \
        CALL(1);                                                                                   \
        break;                                                                                     \
    case 2:                                                                                        \
        CALL(2);                                                                                   \
        break;                                                                                     \
    case 3:                                                                                        \
        CALL(3);                                                                                   \
        break;                                                                                     \
    case 4:                                                                                        \
        CALL(4);                                                                                   \
        break;                                                                                     \
    case 5:                                                                                        \
        CALL(5);                                                                                   \
        break;                                                                                     \
    case 6:                                                                                        \
        CALL(6);                                                                                   \
        break;                                                                                     \
    case 7:                                                                                        \
        CALL(7);                                                                                   \
        break;                                                                                     \
    default:                                                                                       \
        CALL(8);                                                                                   \
        break;

static void row_dots(float *y, const float *x, const float *w, int64_t ld, const int32_t *row,
                     int64_t n, int64_t d)
{
    const float *at[LEARN_ROWS];
    for (int64_t j = 0; j < n; j += LEARN_ROWS) {
        int count = (int)(n - j < LEARN_ROWS ? n - j : LEARN_ROWS);
        for (int r = 0; r < count; r++)
            at[r] = w + learn_row(row, j + r) * ld;
#define DOTS(R) dots_of(R, y + j, x, at, d)
        switch (count) {
            LEARN_CASES(DOTS)
        }
#undef DOTS
    }
}

static void row_push(float *dx, const float *x, const float *g, float *w, int64_t ld,
                     const int32_t *row, int64_t n, int64_t d)
{
    float *at[LEARN_ROWS];
    for (int64_t j = 0; j < n; j += LEARN_ROWS) {
        int count = (int)(n - j < LEARN_ROWS ? n - j : LEARN_ROWS);
        for (int r = 0; r < count; r++)
            at[r] = w + learn_row(row, j + r) * ld;
#define PUSH(R) push_of(R, dx, x, g + j, at, d)
        switch (count) {
            LEARN_CASES(PUSH)
        }
#undef PUSH
    }
}

static void sigmoid(float *y, const float *x, int64_t n)
{
    vf one = v_set(1);
    int64_t i = 0;
    for (; i + VW <= n; i += VW)
        v_store(y + i, v_div(one, v_add(one, v_exp(v_sub(v_zero(), v_load(x + i))))));
    if (i < n)
        v_store_n(y + i, v_div(one, v_add(one, v_exp(v_sub(v_zero(), v_load_n(x + i, n - i))))),
                  n - i);
}

#endif
