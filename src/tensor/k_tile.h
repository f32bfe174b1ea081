/* The product x w^T for few rows, written once for every vector width.
 *
 * Both operands are contiguous along k, so nothing is packed: sums of whole vectors stay in
 * registers and their elements are added up at the end. One row of x, or a few short ones, take the
 * weights row by row, in the order in which they lie, which the hardware reads ahead by itself.
 * More rows share each weight through tiles of 4 weight rows by TILE_M input rows, some weight rows
 * at a time, and ask for the next ones while they work on these. Every sum is taken in the same order either way,
 * so a row alone and the same row in a batch give the same bits. */
#ifndef RASAD_TENSOR_K_TILE_H
#define RASAD_TENSOR_K_TILE_H

#include "k_elem.h" /* widen */
#include "k_ops.h"

enum {
    PANEL = 512,         /* columns summed at a time: a tile of operands fits the first cache */
    TILE_R = 4,          /* weight rows of a tile */
    STREAM_M = 2,        /* most rows that are streamed */
    STREAM_BYTES = 4096, /* and the most bytes of x then: they share the first cache with weights */
    BLOCK_BYTES = 384 << 10, /* of x in one pass over the weights: some of the second cache */
    FIRST_BYTES = 8 << 10,   /* a quarter of the first cache */
    LINE = 64,
};

VEC vf load_as(enum dtype t, const unsigned char *p)
{
    return t == DT_F32 ? v_load_far(p) : t == DT_F16 ? v_half(p) : v_bf16(p);
}

VEC vf load_part(enum dtype t, const unsigned char *p, int64_t n)
{
    return t == DT_F32 ? v_load_n(p, n) : t == DT_F16 ? v_half_n(p, n) : v_bf16_n(p, n);
}

struct tile_args {
    float *y;
    int64_t ldy;
    const float *x;
    int64_t ldx;
    const unsigned char *w;
    int64_t ldw;       /* bytes */
    const float *bias; /* of the first weight row, or NULL */
    int64_t k;
    int64_t n;                  /* weight rows */
    bool more;                  /* add to y (tile) */
    const unsigned char *ahead; /* weights to ask for, NULL = none (tile) */
    int lines;                  /* cache lines of them for each vector of columns (tile) */
};

/* clang-format does not know UNROLL. */
/* clang-format off */
VEC void stream(const int M, const enum dtype t, const struct tile_args *a)
{
    const int64_t size = t == DT_F32 ? 4 : 2, ldx = a->ldx;
    const unsigned char *w = a->w;
    for (int64_t j = 0; j < a->n; j++, w += a->ldw) {
        for (int64_t from = 0; from < a->k || from == 0; from += PANEL) {
            int64_t k = a->k - from < PANEL ? a->k - from : PANEL, c = 0;
            const unsigned char *p = w + from * size;
            const float *x = a->x + from;
            vf sum[STREAM_M];
            UNROLL
            for (int i = 0; i < M; i++)
                sum[i] = v_zero();
            for (; c + VW <= k; c += VW) {
                vf wv = load_as(t, p + c * size);
                UNROLL
                for (int i = 0; i < M; i++)
                    sum[i] = v_fma(wv, v_load(x + i * ldx + c), sum[i]);
            }
            if (c < k) {
                vf wv = load_part(t, p + c * size, k - c);
                UNROLL
                for (int i = 0; i < M; i++)
                    sum[i] = v_fma(wv, v_load_n(x + i * ldx + c, k - c), sum[i]);
            }
            float two[4];
            _mm_storeu_ps(two, v_sum4(sum[0], sum[M - 1], sum[0], sum[M - 1]));
            UNROLL
            for (int i = 0; i < M; i++) {
                float *y = a->y + i * a->ldy + j;
                *y = from > 0 ? two[i] + *y : a->bias ? two[i] + a->bias[j] : two[i];
            }
        }
    }
}

/* a->n weight rows, R at a time. */
VEC void tile(const int R, const int M, const struct tile_args *a)
{
    const unsigned char *w = a->w, *ahead = a->ahead;
    const float *x = a->x, *bias = a->bias;
    const int64_t ldw = a->ldw, ldx = a->ldx, k = a->k, lines = a->lines;
    /* These and a vector of weights: as many as there are registers. */
    vf sum[TILE_R][TILE_M], xv[TILE_M];
    for (int64_t j = 0; j < a->n; j += R, w += R * ldw) {
        int64_t c = 0;
        UNROLL
        for (int r = 0; r < R; r++)
            UNROLL
            for (int i = 0; i < M; i++)
                sum[r][i] = v_zero();
        for (; c + VW <= k; c += VW) {
            UNROLL
            for (int i = 0; i < M; i++)
                xv[i] = v_load(x + i * ldx + c);
            if (ahead) { /* into the second cache: the first has no room for two blocks */
                __builtin_prefetch(ahead, 0, 2);
                if (lines > 1)
                    __builtin_prefetch(ahead + LINE, 0, 2);
                if (lines > 2) { /* 4 then */
                    __builtin_prefetch(ahead + 2 * LINE, 0, 2);
                    __builtin_prefetch(ahead + 3 * LINE, 0, 2);
                }
                ahead += lines * LINE;
            }
            UNROLL
            for (int r = 0; r < R; r++) {
                vf wv = v_load(w + r * ldw + c * 4);
                UNROLL
                for (int i = 0; i < M; i++)
                    sum[r][i] = v_fma(wv, xv[i], sum[r][i]);
            }
        }
        if (c < k) {
            UNROLL
            for (int i = 0; i < M; i++)
                xv[i] = v_load_n(x + i * ldx + c, k - c);
            UNROLL
            for (int r = 0; r < R; r++) {
                vf wv = v_load_n(w + r * ldw + c * 4, k - c);
                UNROLL
                for (int i = 0; i < M; i++)
                    sum[r][i] = v_fma(wv, xv[i], sum[r][i]);
            }
        }
        UNROLL
        for (int i = 0; i < M; i++) {
            float *y = a->y + i * a->ldy + j;
            if (R == TILE_R) {
                __m128 s = v_sum4(sum[0][i], sum[1][i], sum[2][i], sum[3][i]);
                if (a->more)
                    s = _mm_add_ps(s, _mm_loadu_ps(y));
                else if (bias)
                    s = _mm_add_ps(s, _mm_loadu_ps(bias + j));
                _mm_storeu_ps(y, s);
            } else {
                float s = v_sum(sum[0][i]);
                *y = a->more ? s + *y : bias ? s + bias[j] : s;
            }
        }
    }
}

/* One function for each size of tile, so that the sums have registers of their own. */
#define TILE(R, M)                                                                                 \
    static __attribute__((noinline)) void tile_##R##_##M(const struct tile_args *a)                \
    {                                                                                              \
        tile(R, M, a);                                                                             \
    }
#define STREAM(M, T)                                                                               \
    static __attribute__((noinline)) void stream_##M##_##T(const struct tile_args *a)              \
    {                                                                                              \
        stream(M, DT_##T, a);                                                                      \
    }
#define STREAMS(T) STREAM(1, T) STREAM(2, T)
STREAMS(F32) STREAMS(F16) STREAMS(BF16)
TILE(1, 1) TILE(1, 2) TILE(1, 3) TILE(4, 1) TILE(4, 2) TILE(4, 3)
#if TILE_ROWS == 6
TILE(1, 4) TILE(1, 5) TILE(1, 6) TILE(4, 4) TILE(4, 5) TILE(4, 6)
#endif

typedef void tile_fn(const struct tile_args *);
static tile_fn *const streams[3][STREAM_M] = {
    [DT_F32] = {stream_1_F32, stream_2_F32},
    [DT_F16] = {stream_1_F16, stream_2_F16},
    [DT_BF16] = {stream_1_BF16, stream_2_BF16},
};
static tile_fn *const tiles[2][TILE_M] = {
#if TILE_ROWS == 6
    {tile_1_1, tile_1_2, tile_1_3, tile_1_4, tile_1_5, tile_1_6},
    {tile_4_1, tile_4_2, tile_4_3, tile_4_4, tile_4_5, tile_4_6},
#else
    {tile_1_1, tile_1_2, tile_1_3},
    {tile_4_1, tile_4_2, tile_4_3},
#endif
};

/* clang-format on */

/* m rows of x against `rows` (4 or 1) weight rows. */
static void tile_row(const struct tile_args *a, enum dtype t, int64_t m, int rows)
{
    float wide[TILE_R * PANEL]; /* the weights as floats, once for all tiles */
    int64_t size = t == DT_F32 ? 4 : 2, tile_count = (m + TILE_M - 1) / TILE_M;
    /* Lines that hold one vector of columns of the next four rows, shared out among the tiles. */
    int total = (int)(TILE_R * VW * size / LINE);
    int lines = (int)((total + tile_count - 1) / tile_count);
    bool whole = a->ldw == a->k * size;
    for (int64_t from = 0; from < a->k || from == 0; from += PANEL) {
        const unsigned char *w = a->w + from * size;
        const unsigned char *ahead = a->w + TILE_R * a->ldw + from * TILE_R * size;
        struct tile_args b = *a;
        b.k = a->k - from < PANEL ? a->k - from : PANEL;
        b.more = from > 0;
        b.lines = lines;
        b.n = rows;
        b.w = w;
        bool apart = a->k > PANEL; /* such rows may all fall on one set of the first cache */
        if (t != DT_F32 || apart) {
            for (int r = 0; r < rows; r++)
                widen(wide + r * PANEL, w + r * a->ldw, t, b.k);
            b.w = (const unsigned char *)wide;
            b.ldw = PANEL * 4;
        }
        for (int64_t i = 0, n = 0; n < tile_count; n++) {
            int64_t mine = (m - i) / (tile_count - n); /* tiles of nearly one size */
            b.x = a->x + i * a->ldx + from;
            b.y = a->y + i * a->ldy;
            b.ahead = whole && n * lines < total ? ahead + n * lines * LINE * (b.k / VW) : NULL;
            tiles[rows == TILE_R][mine - 1](&b);
            i += mine;
        }
    }
}

/* All weight rows but the last few, plain and short, so many at a time that the first cache holds
 * them until the last tile of x has had them. Returns how many. */
static int64_t tile_blocks(const struct tile_args *a, int64_t m)
{
    int64_t all = a->n / TILE_R * TILE_R, block = FIRST_BYTES / (4 * a->k + 1) / TILE_R * TILE_R;
    int64_t tile_count = (m + TILE_M - 1) / TILE_M, total = TILE_R * VW * 4 / LINE;
    block = block < TILE_R ? TILE_R : block;
    for (int64_t j = 0; j < all; j += block) {
        struct tile_args b = *a;
        b.n = all - j < block ? all - j : block;
        b.w += j * b.ldw;
        b.bias = b.bias ? b.bias + j : NULL;
        /* The next block's lines for each vector of columns, shared out among the tiles. */
        b.lines = (int)((total + tile_count - 1) / tile_count);
        b.ahead = b.ldw == a->k * 4 ? b.w + (tile_count == 1 ? TILE_R : b.n) * b.ldw : NULL;
        for (int64_t i = 0, n = 0; n < tile_count; n++) {
            int64_t mine = (m - i) / (tile_count - n); /* tiles of nearly one size */
            b.x = a->x + i * a->ldx;
            b.y = a->y + i * a->ldy + j;
            tiles[1][mine - 1](&b);
            b.ahead = b.ahead && (n + 2) * b.lines <= total
                          ? b.ahead + b.n / TILE_R * (a->k / VW) * b.lines * LINE
                          : NULL;
            i += mine;
        }
    }
    return all;
}

static void linear(float *y, int64_t ldy, const float *x, int64_t ldx, const void *w, int64_t ldw,
                   enum dtype t, const float *bias, int64_t m, int64_t from, int64_t to, int64_t k)
{
    int64_t size = t == DT_F32 ? 4 : 2;
    struct tile_args a = {.y = y + from,
                          .ldy = ldy,
                          .x = x,
                          .ldx = ldx,
                          .w = (const unsigned char *)w + from * ldw * size,
                          .ldw = ldw * size,
                          .bias = bias ? bias + from : NULL,
                          .k = k,
                          .n = to - from};
    bool rows_long = k >= 8 * VW; /* short rows add up their vectors better four at a time */
    if (rows_long && m <= STREAM_M && (m == 1 || m * k * 4 <= STREAM_BYTES)) {
        streams[t][m - 1](&a);
        return;
    }
    int64_t most = BLOCK_BYTES / 4 / (k ? k : 1);
    most = most < 4 * TILE_M ? 4 * TILE_M : most;
    for (int64_t i = 0; i < m; i += most) {
        struct tile_args b = a;
        b.x = x + i * ldx;
        b.y = a.y + i * ldy;
        int64_t rows = m - i < most ? m - i : most, j = 0;
        if (t == DT_F32 && k <= PANEL) {
            j = tile_blocks(&b, rows);
            b.w += j * b.ldw;
            b.y += j;
            b.bias = b.bias ? b.bias + j : NULL;
        }
        while (j < a.n) {
            int r = a.n - j >= TILE_R ? TILE_R : 1;
            tile_row(&b, t, rows, r);
            b.w += r * b.ldw;
            b.y += r;
            b.bias = b.bias ? b.bias + r : NULL;
            j += r;
        }
    }
}

#endif
