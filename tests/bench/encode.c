/* The encoder: multiplications and additions of its matrix products against the matrix rate. */
#include <stdio.h>

#include "base/clock.h"
#include "bench.h"
#include "tensor/kernels.h"

/* Operations of matrix products alone: what else it computes has to fit into the time left. */
static double products(const struct plan *p, int64_t length)
{
    struct binding b = {1, length, 1};
    double sum = 0;
    for (int i = 0; i < p->dec_first; i++) {
        enum op op = p->nodes[i].op;
        if (op == OP_LINEAR || op == OP_SCORES || op == OP_MIX)
            sum += plan_cost(p, i, &b, length, 4).flops;
    }
    return sum;
}

/* Seconds of the encoder alone, allocation of its values included. */
static double encode(const struct subject *s, int64_t length)
{
    struct err e = ERR_INIT;
    const struct plan *p = s->m->plan;
    struct run_input in = {.ids = s->ids, .batch = 1, .length = length};
    struct run *r = run_new(p, s->m->params, &in, &e);
    must(r != NULL, &e);
    double began = clock_seconds();
    must(run_pass(r, s->ids, 1, &e) && run_to(r, p->dec_first, &e) == RUN_READY, &e);
    double seconds = clock_seconds() - began;
    run_free(r);
    return seconds;
}

/* The median of some, one right after the other. The first of them is not counted: the matrices of
 * the limit that is measured in between have thrown everything out of the caches, which no sentence
 * does to the next. */
static double encode_again(const struct subject *s, int64_t length)
{
    enum { TIMES = 9 };
    double seconds[TIMES];
    encode(s, length);
    for (int i = 0; i < TIMES; i++)
        seconds[i] = encode(s, length);
    return median(seconds, TIMES);
}

void encode_figures(const struct bench *b, const struct subject *s, const char *name, bool goals)
{
    static const int64_t lengths[] = {32, 512};
    static const double target[] = {75, 88};
    for (int k = 0; k < 2; k++) {
        double part[64], ms[64], flops = products(s->m->plan, lengths[k]);
        int rounds = 3 * b->rounds < 64 ? 3 * b->rounds : 64;
        for (int i = 0; i < rounds; i++) {
            double before = machine_multiply(k_threads()), seconds = encode_again(s, lengths[k]);
            double limit = (before + machine_multiply(k_threads())) / 2;
            part[i] = 100 * flops / seconds / limit;
            ms[i] = 1e3 * seconds;
        }
        char what[96];
        snprintf(what, sizeof what, "%s: encoder, %d tokens, of the matrix rate", name,
                 (int)lengths[k]);
        figure(what, median(part, rounds), "%", goals ? AT_LEAST : NO_GOAL, target[k]);
        detail("%.2f GFLOP of products in %.2f ms", flops / 1e9, median(ms, rounds));
    }
}
