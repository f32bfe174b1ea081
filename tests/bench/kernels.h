/* The table of kernels: each against the limits of the machine. */
#ifndef RASAD_TESTS_BENCH_KERNELS_H
#define RASAD_TESTS_BENCH_KERNELS_H

/* Measures the kernels with k_threads() threads and prints a line for each shape. `word` limits it
 * to lines whose name begins so; NULL = all. */
void bench_kernels(const char *word);

#endif
