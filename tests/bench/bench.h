/* The parts of the benchmark. Each measures one promise of speed against a limit of this machine
 * that is measured in the same minutes, and reports figures; main prints them as a table at the
 * end. */
#ifndef RASAD_BENCH_H
#define RASAD_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "session/model.h"

/* ---- figures (figures.c) -------------------------------------------------------------------- */

enum goal { AT_LEAST, AT_MOST, NO_GOAL };

/* Remembers a figure for the table and prints it at once. unit: "%" "ms" "x" ... */
void figure(const char *what, double value, const char *unit, enum goal goal, double target);
/* A line of detail. */
void detail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The table; how many goals were missed. */
int figures_table(void);

double median(const double *v, int n);

/* ---- limits of this machine (machine.c) ----------------------------------------------------- */

/* One sample each, a few milliseconds: bytes read a second from memory that no cache holds, and
 * multiplications and additions a second of a large single precision product. */
double machine_read(int threads);
double machine_read_of(const void *memory, size_t bytes, int threads); /* of this memory */
double machine_multiply(int threads);

/* ---- models made for the purpose (made.c) --------------------------------------------------- */

struct made {
    int64_t d_model, layers, heads, filter, vocab;
    enum dtype dtype; /* of the matrices: F32 or F16 */
};
extern const struct made made_usual, made_tiny;

/* Writes a Marian of these sizes with random weights into a folder that must exist. */
bool made_write(const char *dir, const struct made *m, struct err *e);

/* ---- parts ---------------------------------------------------------------------------------- */

struct bench {
    const char *self;  /* this program */
    const char *rasad; /* the program that users start, NULL = not built */
    const char *model; /* folder of the model of the usual size */
    const char *half;  /* the same in half precision, NULL = not made */
    const char *tiny;  /* one whose operations take next to no time */
    char *bundled;     /* NULL: not there */
    int rounds;        /* of each measurement */
};

void bench_limits(const struct bench *b); /* machine.c */
void bench_decode(const struct bench *b); /* decode.c */
void bench_beam(const struct bench *b);
void bench_half(const struct bench *b);
void bench_encode(const struct bench *b); /* encode.c */
void bench_shapes(const struct bench *b); /* shapes.c */
void bench_start(const struct bench *b);  /* start.c */
void bench_memory(const struct bench *b);
void bench_ops(const struct bench *b); /* ops.c */
void bench_hook(const struct bench *b);
void bench_bundled(const struct bench *b); /* decode.c and encode.c on the bundled model */
void bench_words(const struct bench *b);   /* words.c */
void bench_profile(const struct bench *b); /* profile.c */
void bench_picture(const struct bench *b); /* picture.c */
void bench_report(const struct bench *b);  /* report.c */

/* What this program does when it starts itself to be measured from outside: "open" or "decode" and
 * a folder. */
int bench_child(int argc, char **argv);

/* ---- shared by parts (subject.c) ------------------------------------------------------------ */

/* An open model and a source of random ids. Leaves the program when it cannot be opened. */
struct subject {
    struct model *m;
    int32_t ids[512];
};
struct subject subject_open(const char *dir);
void subject_close(struct subject *s);
struct gen *subject_gen(const struct subject *s, int64_t source, const struct gen_options *o,
                        bool keep);
void must(bool ok, const struct err *e);

/* A program run to its end without input (process.c). */
struct process {
    double seconds;
    double peak;    /* bytes of memory */
    int status;     /* 127: could not be started, or killed */
    char out[4096]; /* what it printed, cut off */
};
struct process process_run(char *const argv[]);

void decode_figures(const struct bench *b, const struct subject *s, const char *name, bool goals);
void encode_figures(const struct bench *b, const struct subject *s, const char *name, bool goals);
void beam_figures(const struct bench *b, const struct subject *s, const char *name, bool goals);

#endif
