/* Where the time of decoding goes: by kind of operation, by stack, and what is left between
 * operations. On demand: the clock that it reads for each operation costs time of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "bench.h"

enum { STEPS = 24 };

struct account {
    double seconds;
    int calls;
};

static void profile(const struct subject *s, const char *how, const struct gen_options *o,
                    bool keep)
{
    const struct plan *p = s->m->plan;
    struct err e = ERR_INIT;
    struct gen *g = subject_gen(s, 32, o, keep);
    struct run *r = gen_run(g);
    run_time(r);
    must(gen_finish_pass(g, &e) == GEN_OP && gen_advance(g, &e) == GEN_CHOSE, &e);
    size_t size = (size_t)p->nnodes * sizeof(double);
    double *before = mem_alloc(size);
    memcpy(before, run_seconds(r), size);
    double passes = 0, choices = 0, inside = 0;
    for (int i = 0; i < STEPS; i++) {
        double t0 = clock_seconds();
        must(gen_finish_pass(g, &e) == GEN_OP, &e);
        double t1 = clock_seconds();
        must(gen_advance(g, &e) == GEN_CHOSE, &e);
        passes += t1 - t0;
        choices += clock_seconds() - t1;
    }
    struct account kinds[OP_COUNT + 1] = {0};
    for (int i = 0; i < p->nnodes; i++) {
        double t = run_seconds(r)[i] - before[i];
        struct account *a = &kinds[i == p->logits ? OP_COUNT : p->nodes[i].op];
        a->seconds += t;
        a->calls += t > 0;
        inside += t;
    }
    free(before);
    detail("%s: a step %.0f us, choice %.0f us, between operations %.0f us", how,
           1e6 * passes / STEPS, 1e6 * choices / STEPS, 1e6 * (passes - inside) / STEPS);
    for (int k = 0; k <= OP_COUNT; k++)
        if (kinds[k].calls > 0)
            detail("  %-12s %4d %8.1f us, %7.2f us each",
                   k == OP_COUNT ? "logits" : op_name((enum op)k), kinds[k].calls,
                   1e6 * kinds[k].seconds / STEPS, 1e6 * kinds[k].seconds / STEPS / kinds[k].calls);
    gen_free(g);
}

static void all_ways(const char *dir)
{
    struct subject s = subject_open(dir);
    struct gen_options greedy = gen_defaults(), beam;
    greedy.max_new = greedy.min_new = STEPS + 8;
    beam = greedy;
    beam.search = SEARCH_BEAM;
    beam.width = 4;
    profile(&s, "greedy, nothing kept", &greedy, false);
    profile(&s, "greedy, every site kept", &greedy, true);
    profile(&s, "beam 4, nothing kept", &beam, false);
    subject_close(&s);
}

void bench_profile(const struct bench *b)
{
    detail("%s", b->model);
    all_ways(b->model);
    if (b->bundled != NULL) {
        detail("%s", b->bundled);
        all_ways(b->bundled);
    }
}
