/* What this machine can do at most, measured: the figures that others are divided by. */
#ifndef RASAD_TESTS_BENCH_LIMITS_H
#define RASAD_TESTS_BENCH_LIMITS_H

/* Single precision matrix rate in 1e9 operations a second (an addition and a multiplication are
 * two): each thread multiplies large matrices of its own. The best of several short trials, so that
 * a busy neighbour disturbs little. */
double limits_gflops(int threads);
/* 1e9 bytes read from memory in a second by that many threads: each sums its part of 64 MiB, in
 * turn one of four, more than the caches hold. The best of several trials; 0 without memory. */
double limits_read_gbs(int threads);

#endif
