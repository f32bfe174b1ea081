/* The kernels by themselves: seconds, bytes of weights and operations a second, and what part of
 * the machine's limit that is. Weights are cold, as in a model larger than the caches: each trial
 * takes the next of many matrices. The best trial counts. */
#include "kernels.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "limits.h"
#include "tensor/kernels.h"

enum { MOST_ROWS = 512, TRIALS = 60 };
static const int64_t POOL_BYTES = 256 << 20;

struct bench {
    double read, rate; /* limits: 1e9 bytes, 1e9 operations a second */
    unsigned char *pool;
    float *x, *y;
    const char *word;
};

static bool wanted(const struct bench *b, const char *name)
{
    return !b->word || strncmp(name, b->word, strlen(b->word)) == 0;
}

static void line(const struct bench *b, const char *name, double seconds, double bytes, double ops)
{
    double gbs = bytes / seconds / 1e9, rate = ops / seconds / 1e9;
    printf("%-34s %9.1f us  %6.1f GB/s %4.0f%%  %6.1f GFLOP/s %4.0f%%\n", name, seconds * 1e6, gbs,
           100 * gbs / b->read, rate, 100 * rate / b->rate);
    fflush(stdout);
}

static void linear(const struct bench *b, enum dtype t, int64_t m, int64_t n, int64_t k)
{
    char name[64];
    snprintf(name, sizeof name, "linear %s %lldx%lld, %lld row%s", dtype_name(t), (long long)n,
             (long long)k, (long long)m, m > 1 ? "s" : "");
    if (!wanted(b, name))
        return;
    int64_t bytes = n * k * (int64_t)dtype_size(t), count = POOL_BYTES / bytes;
    int trials = m >= 128 ? 8 : TRIALS;
    double best = 1e9;
    for (int i = 0; i < trials; i++) {
        struct k_weight w = {b->pool + i % count * bytes, t, n, k};
        double start = clock_seconds();
        k_linear(b->y, n, b->x, k, &w, NULL, m);
        double s = clock_seconds() - start;
        best = s < best ? s : best;
    }
    line(b, name, best, (double)bytes, 2.0 * (double)(m * n * k));
}

/* Attention of 8 heads of 64 over q queries and k keys, one sentence. */
static void attention(const struct bench *b, int64_t queries, int64_t keys, bool fused)
{
    char name[64];
    snprintf(name, sizeof name, "attention %s %lld over %lld", fused ? "fused" : "open",
             (long long)queries, (long long)keys);
    if (!wanted(b, name))
        return;
    enum { H = 8, K = 64, D = H * K };
    float *q = (float *)b->pool, *k = q + queries * D, *v = k + keys * D;
    float *scores = v + keys * D, *z = b->y;
    struct k_attn a = {1,    H, H,    queries, keys,  K, {q, D, D, K}, {k, D, D, K}, {v, D, D, K},
                       NULL, 0, NULL, -1,      0.125f};
    double best = 1e9;
    for (int i = 0; i < TRIALS; i++) {
        double start = clock_seconds();
        if (fused) {
            k_attn_fused(&a, (struct k_out){z, D, D, K});
        } else {
            k_attn_scores(&a, (struct k_out){scores, H * keys, H * keys, keys});
            k_softmax(scores, keys, scores, keys, queries * H, keys);
            k_attn_mix(&a, (struct k_rows){scores, H * keys, H * keys, keys},
                       (struct k_out){z, D, D, K});
        }
        double s = clock_seconds() - start;
        best = s < best ? s : best;
    }
    line(b, name, best, 8.0 * (double)(keys * D), 4.0 * (double)(queries * keys * D));
}

enum rowwise { SOFTMAX, LAYERNORM, ADD, GELU, SILU, RELU, ARGMAX, TOPK, LOGSUMEXP };

static void rowwise(const struct bench *b, enum rowwise what, int64_t m, int64_t n)
{
    static const char *const names[] = {"softmax", "layernorm", "add",  "gelu",     "silu",
                                        "relu",    "argmax",    "topk", "logsumexp"};
    char name[64];
    snprintf(name, sizeof name, "%s %lldx%lld", names[what], (long long)m, (long long)n);
    if (!wanted(b, name))
        return;
    struct k_weight gain = {b->pool, DT_F32, 1, n};
    int32_t idx[8];
    volatile double sink = 0;
    double best = 1e9;
    for (int i = 0; i < TRIALS; i++) {
        double start = clock_seconds();
        switch (what) {
        case SOFTMAX:
            k_softmax(b->y, n, b->x, n, m, n);
            break;
        case LAYERNORM:
            k_layernorm(b->y, b->x, &gain, &gain, 1e-5f, m, n);
            break;
        case ADD:
            k_add(b->y, b->x, b->x, m * n);
            break;
        case GELU:
            k_activate(ACT_GELU, b->y, b->x, m * n);
            break;
        case SILU:
            k_activate(ACT_SILU, b->y, b->x, m * n);
            break;
        case RELU:
            k_activate(ACT_RELU, b->y, b->x, m * n);
            break;
        case ARGMAX:
            sink += (double)k_argmax(b->x, n);
            break;
        case TOPK:
            sink += k_topk(b->x, n, 8, idx);
            break;
        case LOGSUMEXP:
            sink += k_logsumexp(b->x, n);
            break;
        }
        double s = clock_seconds() - start;
        best = s < best ? s : best;
    }
    line(b, name, best, 4.0 * (double)(m * n), (double)(m * n));
}

static void fill(const struct bench *b)
{
    int64_t n = POOL_BYTES / 4;
    float *p = (float *)b->pool;
#pragma omp parallel for
    for (int64_t i = 0; i < n; i++)
        p[i] = 0.01f * (float)(i * 7 % 13 - 6);
    for (int64_t i = 0; i < MOST_ROWS * 2048; i++)
        b->x[i] = 0.01f * (float)(i * 11 % 101 - 50);
}

void bench_kernels(const char *word)
{
    static const int64_t shapes[][2] = {{58101, 512}, {512, 512}, {2048, 512}, {512, 2048}};
    static const int64_t rows[] = {1, 2, 4, 8, 16, 32, 64, 128, 512};
    static const enum dtype types[] = {DT_F32, DT_F16, DT_BF16};
    struct bench b = {.word = word};
    b.pool = mem_try((size_t)POOL_BYTES + 4096);
    b.x = mem_try((size_t)MOST_ROWS * 2048 * sizeof *b.x);
    b.y = mem_try((size_t)MOST_ROWS * 58112 * sizeof *b.y);
    if (!b.pool || !b.x || !b.y) {
        puts("kernels: skipped, 400 MB of memory cannot be had");
    } else {
        fill(&b);
        b.read = limits_read_gbs(k_threads());
        b.rate = limits_gflops(k_threads());
        printf("%s, %d threads: reads %.1f GB/s, multiplies %.0f GFLOP/s\n", k_isa(), k_threads(),
               b.read, b.rate);
        for (int t = 0; t < 3; t++)
            for (int s = 0; s < 4; s++)
                for (int r = 0; r < 9; r++)
                    if (rows[r] <= (s == 0 ? 16 : t == 0 ? 512 : 64))
                        linear(&b, types[t], rows[r], shapes[s][0], shapes[s][1]);
        for (int fused = 0; fused < 2; fused++) {
            attention(&b, 1, 32, fused);
            attention(&b, 32, 32, fused);
            attention(&b, 512, 512, fused);
        }
        for (int w = SOFTMAX; w <= RELU; w++) {
            rowwise(&b, (enum rowwise)w, 1, 512);
            rowwise(&b, (enum rowwise)w, 32, 512);
            rowwise(&b, (enum rowwise)w, 512, 2048);
        }
        for (int w = ARGMAX; w <= LOGSUMEXP; w++)
            rowwise(&b, (enum rowwise)w, 1, 58101);
    }
    free(b.pool);
    free(b.x);
    free(b.y);
}
