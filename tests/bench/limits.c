/* The limits of the machine: OpenBLAS on large matrices, and a plain sum of large memory. */
#include "limits.h"

#include <cblas.h>
#include <omp.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

enum { SIDE = 768, MATRIX_TRIALS = 24, READ_TRIALS = 64 };
static const int64_t READ_BYTES = 256 << 20, WINDOW_BYTES = 64 << 20;

/* Seconds of one product of SIDE^3 on the calling thread. */
static double multiply(const float *a, const float *b, float *c)
{
    double start = clock_seconds();
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, SIDE, SIDE, SIDE, 1, a, SIDE, b, SIDE, 0,
                c, SIDE);
    return clock_seconds() - start;
}

double limits_gflops(int threads)
{
    double best = 0, work = 2.0 * SIDE * SIDE * SIDE;
    int before = omp_get_max_threads();
#pragma omp parallel num_threads(threads)
    {
        size_t n = (size_t)SIDE * SIDE;
        float *m = mem_alloc(3 * n * sizeof *m);
        for (size_t i = 0; i < 2 * n; i++)
            m[i] = (float)(i % 13) * 0.01f;
        omp_set_num_threads(1);
        multiply(m, m + n, m + 2 * n);
        for (int i = 0; i < MATRIX_TRIALS; i++) {
#pragma omp barrier
            double start = clock_seconds();
            multiply(m, m + n, m + 2 * n);
#pragma omp barrier
#pragma omp master
            {
                double rate = threads * work / (clock_seconds() - start) / 1e9;
                best = rate > best ? rate : best;
            }
        }
        free(m);
    }
    omp_set_num_threads(before);
    return best;
}

/* A cache line: whatever vectors the compiler may use, loads are not what limits the sum. */
typedef uint64_t line __attribute__((vector_size(64)));

static uint64_t sum_lines(const line *p, int64_t n)
{
    line a = {0}, b = {0};
    for (int64_t i = 0; i + 2 <= n; i += 2) {
        a += p[i];
        b += p[i + 1];
    }
    a += b;
    return a[0] + a[1] + a[2] + a[3] + a[4] + a[5] + a[6] + a[7];
}

double limits_read_gbs(int threads)
{
    line *p = mem_try((size_t)READ_BYTES); /* aligned for it */
    if (!p)
        return 0;
    int64_t n = READ_BYTES / 64, window = WINDOW_BYTES / 64, each = window / threads;
    double best = 0;
    volatile uint64_t sink = 0; /* the sums are wanted */
#pragma omp parallel for num_threads(threads)
    for (int64_t i = 0; i < n; i++)
        p[i] = (line){(uint64_t)i};
    for (int t = 0; t < READ_TRIALS; t++) {
        const line *from = p + t * window % n; /* what was read longest ago */
        uint64_t total = 0;
        double start = clock_seconds();
#pragma omp parallel num_threads(threads) reduction(+ : total)
        total += sum_lines(from + omp_get_thread_num() * each, each);
        double rate = (double)WINDOW_BYTES / (clock_seconds() - start) / 1e9;
        best = rate > best ? rate : best;
        sink += total;
    }
    free(p);
    return best;
}
