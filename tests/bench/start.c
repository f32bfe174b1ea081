/* Processes measured from outside: until the prompt, until the first value, and their peak
 * memory. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "bench.h"

/* Median milliseconds of a program that should leave with status 0; -1 when it does not. */
static double time_of(const struct bench *b, char *const argv[])
{
    double ms[64];
    int rounds = 3 * b->rounds < 64 ? 3 * b->rounds : 64;
    process_run(argv);
    for (int i = 0; i < rounds; i++) {
        struct process p = process_run(argv);
        if (p.status != 0)
            return -1;
        ms[i] = 1e3 * p.seconds;
    }
    return median(ms, rounds);
}

static void time_figure(const char *what, double ms, double target)
{
    if (ms < 0)
        detail("%s: not measured, the program left with an error", what);
    else
        figure(what, ms, "ms", AT_MOST, target);
}

static char *text(const char *s)
{
    return (char *)(uintptr_t)s; /* execv wants it so */
}

/* Ids for `input --ids`. */
static void ids_command(struct str *out)
{
    str_add(out, "input --ids 5");
    for (int i = 1; i < 32; i++)
        str_addf(out, ",%d", 5 + i * 37 % 1000);
}

static void start_program(const struct bench *b, const char *dir, const char *name, double target)
{
    char what[96];
    struct str input = STR_INIT;
    ids_command(&input);
    char *const quit[] = {text(b->rasad), text("-n"),   text("-m"), text(dir),
                          text("-c"),     text("quit"), NULL};
    char *const value[] = {text(b->rasad),
                           text("-n"),
                           text("-m"),
                           text(dir),
                           text("-c"),
                           input.s,
                           text("-c"),
                           text("until enc.0.self.q"),
                           text("-c"),
                           text("stats enc.0.self.q"),
                           NULL};
    snprintf(what, sizeof what, "%s: prompt ready", name);
    time_figure(what, time_of(b, quit), target);
    snprintf(what, sizeof what, "%s: first value", name);
    time_figure(what, time_of(b, value), 100);
    str_release(&input);
}

static void start_child(const struct bench *b, const char *dir, const char *name)
{
    char what[96];
    char *const argv[] = {text(b->self), text("--child"), text("value"), text(dir), NULL};
    snprintf(what, sizeof what, "%s: first value, without the shell", name);
    double ms = time_of(b, argv);
    if (ms >= 0)
        figure(what, ms, "ms", NO_GOAL, 0);
}

void bench_start(const struct bench *b)
{
    start_child(b, b->model, "300 MB");
    if (b->rasad == NULL) {
        detail("the program is not built: starting it is not measured");
        return;
    }
    start_program(b, b->model, "300 MB", 50);
    if (b->bundled != NULL)
        start_program(b, b->bundled, "bundled", 30);
}

/* ---- memory ---------------------------------------------------------------------------------- */

enum { MEMORY_SOURCE = 32, MEMORY_TOKENS = 32 };

static void memory(const struct bench *b, const struct subject *s, bool keep)
{
    char *const argv[] = {text(b->self), text("--child"), text(keep ? "keep" : "decode"),
                          text(b->model), NULL};
    struct process p = process_run(argv);
    struct binding bind = {1, MEMORY_SOURCE, MEMORY_TOKENS};
    int64_t all = 0, some;
    if (keep)
        run_keep_bytes(s->m->plan, &bind, &all, &some);
    double weights = (double)model_bytes(s->m), base = weights + (double)all;
    char what[96];
    snprintf(what, sizeof what, "peak memory, %s, times of weights%s",
             keep ? "every site kept" : "nothing kept", keep ? " and kept" : "");
    if (p.status == 0)
        figure(what, p.peak / base, "x", AT_MOST, 1.1);
    detail("peak %.1f MB, weights %.1f MB, kept %.1f MB", p.peak / 1e6, weights / 1e6,
           (double)all / 1e6);
}

void bench_memory(const struct bench *b)
{
    struct subject s = subject_open(b->model);
    memory(b, &s, false);
    memory(b, &s, true);
    subject_close(&s);
}

int bench_child(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    struct err e = ERR_INIT;
    struct subject s = subject_open(argv[1]);
    struct gen_options o = gen_defaults();
    o.max_new = o.min_new = MEMORY_TOKENS;
    bool value = strcmp(argv[0], "value") == 0;
    struct gen *g = subject_gen(&s, MEMORY_SOURCE, &o, strcmp(argv[0], "keep") == 0);
    int q = plan_site(s.m->plan, "enc.0.self.q");
    if (value) {
        while (gen_place(g).node <= s.m->plan->sites[q].node)
            must(gen_advance(g, &e) == GEN_OP, &e);
    } else {
        must(gen_all(g, &e) == GEN_DONE, &e);
    }
    return 0;
}
