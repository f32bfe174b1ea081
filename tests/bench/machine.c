/* What this machine can do at best: reading memory, and single precision products. Samples are
 * short, so that each can be taken beside the figure that is compared with it. */
#include <cblas.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "base/mem.h"
#include "bench.h"
#include "tensor/kernels.h"

enum { READ_BYTES = 192 << 20, PIECE = 32 << 10, SIDE = 1024 };

typedef uint64_t lane __attribute__((vector_size(16)));

/* All bytes of a piece, in four streams so that no addition waits for another. */
static uint64_t read_piece(const unsigned char *p)
{
    lane a = {0}, b = {0}, c = {0}, d = {0};
    for (size_t i = 0; i < PIECE; i += 4 * sizeof a) {
        const lane *q = (const lane *)(const void *)(p + i);
        a ^= q[0];
        b ^= q[1];
        c ^= q[2];
        d ^= q[3];
    }
    a ^= b ^ c ^ d;
    return a[0] ^ a[1];
}

/* In huge pages where they are to be had: small ones would not show what the machine can do. */
static void *room(size_t bytes)
{
    enum { HUGE_PAGE = 2 << 20 };
    size_t whole = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    void *p = aligned_alloc(HUGE_PAGE, whole);
    if (p == NULL) {
        fprintf(stderr, "bench: no memory for %zu bytes\n", bytes);
        exit(4);
    }
    madvise(p, whole, MADV_HUGEPAGE);
    memset(p, 1, whole);
    return p;
}

double machine_read_of(const void *memory, size_t bytes, int threads)
{
    const unsigned char *p =
        (const unsigned char *)(((uintptr_t)memory + PIECE - 1) / PIECE * PIECE);
    int pieces = (int)(bytes / PIECE) - 1;
    uint64_t sum = 0;
    double began = clock_seconds();
    /* Guided: long stretches for each thread, in which the hardware reads ahead. */
#pragma omp parallel for schedule(guided) num_threads(threads) reduction(^ : sum)
    for (int i = 0; i < pieces; i++)
        sum ^= read_piece(p + (size_t)i * PIECE);
    double seconds = clock_seconds() - began;
    static volatile uint64_t sink;
    sink = sum;
    return (double)pieces * PIECE / seconds + 0 * (double)sink;
}

double machine_read(int threads)
{
    static unsigned char *memory;
    if (memory == NULL)
        memory = room(READ_BYTES);
    return machine_read_of(memory, READ_BYTES, threads);
}

double machine_multiply(int threads)
{
    static float *a, *b, *c;
    const size_t n = (size_t)SIDE * SIDE;
    if (a == NULL) {
        a = room(n * sizeof *a);
        b = room(n * sizeof *b);
        c = room(n * sizeof *c);
        for (size_t i = 0; i < n; i++)
            a[i] = b[i] = (float)(i % 7) - 3;
    }
    int most = k_threads(), rows = SIDE / threads;
    omp_set_num_threads(threads);
    double began = clock_seconds();
#pragma omp parallel for schedule(static) num_threads(threads)
    for (int i = 0; i < threads; i++)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, SIDE, rows, SIDE, 1, a, SIDE,
                    b + (size_t)i * (size_t)rows * SIDE, SIDE, 0, c + (size_t)i * (size_t)rows,
                    SIDE);
    double seconds = clock_seconds() - began;
    omp_set_num_threads(most);
    return 2.0 * SIDE * SIDE * rows * threads / seconds;
}

void bench_limits(const struct bench *b)
{
    int most = k_threads();
    for (int threads = 1; threads <= most; threads += most - 1 > 0 ? most - 1 : 1) {
        double *read = mem_alloc((size_t)b->rounds * sizeof *read),
               *mult = mem_alloc((size_t)b->rounds * sizeof *mult);
        for (int i = 0; i < b->rounds; i++) {
            read[i] = machine_read(threads) / 1e9;
            mult[i] = machine_multiply(threads) / 1e9;
        }
        char what[64];
        snprintf(what, sizeof what, "reading memory, %d thread%s", threads, threads > 1 ? "s" : "");
        figure(what, median(read, b->rounds), "GB/s", NO_GOAL, 0);
        snprintf(what, sizeof what, "multiplying matrices, %d thread%s", threads,
                 threads > 1 ? "s" : "");
        figure(what, median(mult, b->rounds), "GFLOP/s", NO_GOAL, 0);
        free(read);
        free(mult);
    }
}
