/* make bench: measures this machine, then the program against it.
 *
 * bench [--model DIR] [--keep] [--rounds N] [--rasad PROGRAM] [PART]... Without --model a random
 * Marian of the usual size is made in a temporary folder and deleted at the end, or with --keep
 * left for the next time. Parts: see the table below; none = all but `profile` and `kernels`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "bench.h"
#include "kernels.h"
#include "tensor/kernels.h"

static void all_kernels(const struct bench *b)
{
    (void)b;
    bench_kernels(NULL);
}

static void on(void (*figures)(const struct bench *, const struct subject *, const char *, bool),
               const struct bench *b, const char *dir, const char *name, bool goals)
{
    struct subject s = subject_open(dir);
    figures(b, &s, name, goals);
    subject_close(&s);
}

void bench_decode(const struct bench *b)
{
    on(decode_figures, b, b->model, "300 MB", true);
}

void bench_beam(const struct bench *b)
{
    on(beam_figures, b, b->model, "300 MB", true);
}

void bench_encode(const struct bench *b)
{
    on(encode_figures, b, b->model, "300 MB", true);
}

void bench_half(const struct bench *b)
{
    on(decode_figures, b, b->half, "150 MB in half precision", false);
}

void bench_bundled(const struct bench *b)
{
    if (b->bundled == NULL) {
        detail("the bundled model is not there");
        return;
    }
    on(decode_figures, b, b->bundled, "bundled", true);
    on(beam_figures, b, b->bundled, "bundled", true);
    on(encode_figures, b, b->bundled, "bundled", true);
}

enum { NEEDS_MODEL = 1, NEEDS_HALF = 2, NEEDS_TINY = 4, ON_DEMAND = 8 };

static const struct bench_part {
    const char *name;
    void (*measure)(const struct bench *b);
    int needs;
} parts[] = {
