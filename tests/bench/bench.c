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
    {"limits", bench_limits, 0},
    {"shapes", bench_shapes, 0},
    {"start", bench_start, NEEDS_MODEL},
    {"decode", bench_decode, NEEDS_MODEL},
    {"beam", bench_beam, NEEDS_MODEL},
    {"encode", bench_encode, NEEDS_MODEL},
    {"memory", bench_memory, NEEDS_MODEL},
    {"ops", bench_ops, NEEDS_TINY},
    {"hook", bench_hook, NEEDS_TINY},
    {"bundled", bench_bundled, 0},
    {"half", bench_half, NEEDS_HALF},
    {"words", bench_words, 0},
    {"picture", bench_picture, 0},
    {"report", bench_report, 0},
    {"profile", bench_profile, NEEDS_MODEL | ON_DEMAND},
    {"kernels", all_kernels, ON_DEMAND},
};
enum { PARTS = sizeof parts / sizeof *parts };

/* ---- models ---------------------------------------------------------------------------------- */

/* A folder with such a model in it, made when it is not there yet. */
static char *model_in(const char *base, const char *name, struct made m)
{
    struct err e = ERR_INIT;
    char *dir = path_join(base, name), *weights = path_join(dir, "model.safetensors");
    mkdir(dir, 0700);
    if (!file_exists(weights)) {
        printf("making %s\n", dir);
        fflush(stdout);
        must(made_write(dir, &m, &e), &e);
    }
    free(weights);
    return dir;
}

static void remove_model(const char *base, const char *name)
{
    static const char *const files[] = {"config.json", "model.safetensors"};
    char *dir = path_join(base, name);
    for (int i = 0; i < 2; i++) {
        char *path = path_join(dir, files[i]);
        unlink(path);
        free(path);
    }
    rmdir(dir);
    free(dir);
}

static char *base_folder(bool keep)
{
    const char *tmp = getenv("TMPDIR");
    if (tmp == NULL || *tmp == 0)
        tmp = "/tmp";
    char *base = mem_printf("%s/rasad-bench%s", tmp, keep ? "" : "-XXXXXX");
    if (keep ? mkdir(base, 0700) != 0 && !file_is_dir(base) : mkdtemp(base) == NULL) {
        fprintf(stderr, "bench: cannot make the folder %s\n", base);
        exit(1);
    }
    return base;
}

/* ---- main ------------------------------------------------------------------------------------ */

struct request {
    const char *model, *rasad;
    bool keep, chosen[PARTS], any;
    int rounds;
};

static int usage(void)
{
    fprintf(stderr,
            "usage: bench [--model DIR] [--keep] [--rounds N] [--rasad PROGRAM] [PART]...\nparts:");
    for (int i = 0; i < PARTS; i++)
        fprintf(stderr, " %s", parts[i].name);
    fprintf(stderr, "\n");
    return 2;
}

static bool choose(struct request *q, const char *word)
{
    for (int i = 0; i < PARTS; i++)
        if (strcmp(parts[i].name, word) == 0)
            return q->chosen[i] = q->any = true;
    return false;
}

static bool read_request(struct request *q, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *a = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
        int64_t n;
        if (strcmp(a, "--keep") == 0)
            q->keep = true;
        else if (strcmp(a, "--model") == 0 && value != NULL)
            q->model = argv[++i];
        else if (strcmp(a, "--rasad") == 0 && value != NULL)
            q->rasad = argv[++i];
        else if (strcmp(a, "--rounds") == 0 && value != NULL && str_int(argv[++i], 1, 20, &n))
            q->rounds = (int)n;
        else if (!choose(q, a))
            return false;
    }
    for (int i = 0; i < PARTS && !q->any; i++)
        q->chosen[i] = !(parts[i].needs & ON_DEMAND);
    return true;
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[1], "--child") == 0)
        return bench_child(argc - 2, argv + 2);
    struct request q = {.rasad = "./rasad", .rounds = 5};
    if (!read_request(&q, argc, argv))
        return usage();
    struct bench b = {.self = argv[0],
                      .model = q.model,
                      .rounds = q.rounds,
                      .rasad = access(q.rasad, X_OK) == 0 ? q.rasad : NULL};
    b.bundled = model_bundled("fa-en");
    if (b.bundled == NULL && file_is_dir("examples/models/fa-en"))
        b.bundled = mem_strdup("examples/models/fa-en");
    int needs = 0;
    for (int i = 0; i < PARTS; i++)
        needs |= q.chosen[i] ? parts[i].needs : 0;
    char *base = base_folder(q.keep), *made[3] = {NULL};
    struct made half = made_usual;
    half.dtype = DT_F16;
    if ((needs & NEEDS_MODEL) && q.model == NULL)
        b.model = made[0] = model_in(base, "usual", made_usual);
    if (needs & NEEDS_HALF)
        b.half = made[1] = model_in(base, "half", half);
    if (needs & NEEDS_TINY)
        b.tiny = made[2] = model_in(base, "tiny", made_tiny);
    printf("%s kernels, %d threads\n", k_isa(), k_threads());
    for (int i = 0; i < PARTS; i++)
        if (q.chosen[i]) {
            printf("%s\n", parts[i].name);
            parts[i].measure(&b);
        }
    int missed = figures_table();
    printf("%d missed\n", missed);
    static const char *const names[] = {"usual", "half", "tiny"};
    for (int i = 0; i < 3; i++) {
        if (!q.keep)
            remove_model(base, names[i]);
        free(made[i]);
    }
    if (!q.keep)
        rmdir(base);
    free(base);
    free(b.bundled);
    return 0;
}
