/* Kernels: the arithmetic, on plain float32 rows, with weights in the type they have on disk.
 *
 * Matrices are row-major; `ld*` is the distance between rows in floats. Weights are [out, in] as
 * PyTorch stores a Linear. Kernels use the OpenMP pool where the work is worth it, poll
 * interrupted() in long loops and then return early: the caller looks at the flag and discards.
 *
 * The number of threads does not show in a result, and a row alone and the same row in a batch give
 * the same bits as long as both are in one of these classes: linear maps of up to 63 rows, of more,
 * and those for OpenBLAS (256 and more rows of 8,192 and more columns; in plain C from 4 rows on);
 * attention of up to 15 queries, and of more. Classes, and instruction sets, agree to rounding. */
#ifndef RASAD_TENSOR_KERNELS_H
#define RASAD_TENSOR_KERNELS_H

#include <stdbool.h>
#include <stdint.h>

#include "tensor/dtype.h"

/* A weight matrix [rows, cols] or vector [cols] (rows = 1), contiguous, F32, F16 or BF16, possibly
 * not aligned to its type. data NULL = absent (a missing bias). */
struct k_weight {
    const void *data;
    enum dtype dtype;
    int64_t rows, cols;
};

/* y [m,n] = x [m,k] w [n,k]^T + bias [n] */
void k_linear(float *y, int64_t ldy, const float *x, int64_t ldx, const struct k_weight *w,
              const struct k_weight *bias, int64_t m);

enum k_act {
    ACT_RELU,
    ACT_GELU,
    ACT_GELU_TANH,
    ACT_SILU,
    ACT_TANH,
    ACT_SIGMOID,
    ACT_NONE,
    ACT_COUNT
};
/* gelu: x Phi(x) with erf; gelu_tanh: Hendrycks and Gimpel's tanh form; silu: x sigmoid(x). */
void k_activate(enum k_act act, float *y, const float *x, int64_t n);
double k_act_cell(enum k_act act, double x); /* the same in double precision, plain */
const char *k_act_name(enum k_act act);      /* "relu" "gelu" "gelu_new" "silu" "tanh" ... */
bool k_act_parse(const char *name, enum k_act *out); /* Hugging Face names, "swish" too */

/* y [m,n] = (x - mean) / sqrt(var + eps) * gain + bias, each row; var is divided by n. In place is
 * fine. */
void k_layernorm(float *y, const float *x, const struct k_weight *gain, const struct k_weight *bias,
                 float eps, int64_t m, int64_t n);

/* y [m,n] = softmax of each row of x, rows `ld` apart; -inf gives 0; a row of -inf alone gives 0s.
 * In place is fine. */
void k_softmax(float *y, int64_t ldy, const float *x, int64_t ldx, int64_t m, int64_t n);

/* y [m,n] = x / max(|x|, eps), |x| the Euclidean length of each row. In place is fine. */
void k_unit(float *y, const float *x, float eps, int64_t m, int64_t n);

/* What becomes of the positions of a sentence. first, last: that position alone; mean; max: of each
 * feature; sqrt mean: the sum over the root of how many there are; weighted: position i, from 0,
 * counts i + 1 times. */
enum k_pool {
    POOL_FIRST,
    POOL_LAST,
    POOL_MEAN,
    POOL_MAX,
    POOL_SQRT_MEAN,
    POOL_WEIGHTED,
    POOL_COUNT
};
/* y [batch,n] from x [positions,batch,n]; count [batch]: positions of each row that are not
 * padding, at least 1, NULL = all. Sums are made in double precision. */
void k_pool(enum k_pool how, float *y, const float *x, const int32_t *count, int64_t positions,
            int64_t batch, int64_t n);
const char *k_pool_name(enum k_pool how); /* "first" "mean" ... */

void k_add(float *y, const float *a, const float *b, int64_t n);

/* y [m,d] = table[ids[i]] * scale; ids have been checked. */
void k_embed(float *y, const struct k_weight *table, const int32_t *ids, int64_t m, float scale);

/* Rows pos .. pos + rows - 1 of the sinusoid table of Marian in transformers: [sin | cos] halves,
 * angle pos / 10000^(2j/d), computed in double precision and rounded once. Rows of y [d], d even or
 * odd, are ld apart. */
void k_sinusoid(float *y, int64_t ld, int64_t pos, int64_t rows, int64_t d);

/* Attention. Rows of q, k, v lie at position * pos + batch * row + head * head (strides in floats).
 * Sequence b reads key position j from batch row slot[j * slot_step + b]; slot NULL = row b. With
 * slot_step 0 the map is the same for all positions (beams that share one source). */
struct k_rows {
    const float *p;
    int64_t pos, batch, head;
};
struct k_attn {
    int64_t batch, heads, kv_heads, queries, keys, width; /* B, H, H_kv, Tq, Tk, K */
    struct k_rows q, k, v;
    const int32_t *slot;
    int64_t slot_step;
    const int32_t *key_count; /* [batch] keys that are not padding, NULL = all */
    int64_t causal_from;      /* query i sees keys 0 .. causal_from + i; -1 = no causal mask */
    float scale;
};
/* scores[(i*batch + b)*heads + h][j] = scale * q.k or -inf where masked. Row (i,b,h) begins at
 * out + i*pos + b*batch + h*head of `out`; keys are contiguous. */
struct k_out {
    float *p;
    int64_t pos, batch, head;
};
void k_attn_scores(const struct k_attn *a, struct k_out scores);
/* z (i,b,h) [K] = sum over j of pattern (i,b,h)[j] * v (j,b,h) */
void k_attn_mix(const struct k_attn *a, struct k_rows pattern, struct k_out z);
/* The same result as scores, softmax and mix without storing the two in between. */
void k_attn_fused(const struct k_attn *a, struct k_out z);

/* Learning word vectors, on the calling thread. Rows of w are ld floats apart; row[j] says which is
 * the j-th of n, NULL: rows 0 .. n-1.
 * y[j] = x . w_j [d] */
void k_row_dots(float *y, const float *x, const float *w, int64_t ld, const int32_t *row, int64_t n,
                int64_t d);
/* The step of all rows and of the gradient of x: dx += sum of g[j] w_j, then w_j += g[j] x. A row
 * that comes twice counts twice; its second turn sees what the first has added. x and dx are no
 * rows of w. */
void k_row_push(float *dx, const float *x, const float *g, float *w, int64_t ld, const int32_t *row,
                int64_t n, int64_t d);
void k_sigmoid(float *y, const float *x, int64_t n); /* 1 / (1 + e^-x); in place is fine */

int64_t k_argmax(const float *x, int64_t n); /* the first of equals; NaN never wins; -1 if none */
/* The k largest, descending, ties by lower index; returns how many (fewer than k when n is, or
 * entries are NaN or -inf). idx [k]. */
int k_topk(const float *x, int64_t n, int k, int32_t *idx);
double k_logsumexp(const float *x, int64_t n);

/* Sharing out rows instead of weights: each thread keeps to its rows through one op after the other,
 * and reads all weights. That pays for weights that a cache of its own holds beside much else.
 * Among how many threads n items of `rows` rows each; 1: it does not pay. */
int k_rows_team(int64_t n, int64_t rows);
bool k_small(const struct k_weight *w);
typedef void k_range(const void *work, int64_t from, int64_t to);
/* Calls f for a stretch of the n items on each thread of such a team. Kernels that f calls keep
 * to its thread. When interrupted, some were not done. */
void k_share_rows(int64_t n, int64_t rows, k_range *f, const void *work);

/* Which instruction set was chosen: "avx512", "avx2" or "c". k_force_isa picks one by name (for
 * tests and RASAD_ISA); false when this machine lacks it. */
const char *k_isa(void);
bool k_force_isa(const char *name);
void k_set_threads(int n);
int k_threads(void);

#endif
