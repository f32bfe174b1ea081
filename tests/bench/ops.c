/* What the interpreter adds to an operation: a model so small that its arithmetic takes next to no
 * time, all of it counted. */
#include "base/clock.h"
#include "bench.h"

enum { PASSES = 200 };

static enum observe look(void *ud, struct run *r, int node, struct tensor *value, int64_t first, bool *changed,
                         struct err *e)
{
    (void)r, (void)node, (void)first, (void)changed, (void)e;
    *(double *)ud += *tensor_f32(value);
    return OBSERVE_GO;
}

static bool everything(void *ud, const struct plan *p, int node)
{
    (void)ud, (void)p, (void)node;
    return true;
}

/* Nanoseconds an operation, choices and beginnings of passes shared out. */
static double each(const struct subject *s, bool keep, struct observer *o)
{
    struct err e = ERR_INIT;
    struct gen_options options = gen_defaults();
    options.max_new = options.min_new = PASSES;
    struct gen *g = subject_gen(s, 4, &options, keep);
    if (o != NULL)
        run_observe(gen_run(g), o);
    must(gen_finish_pass(g, &e) == GEN_OP && gen_advance(g, &e) == GEN_CHOSE, &e);
    int64_t ops = 0;
    for (int i = 0; i < s->m->plan->nnodes; i = run_executes(gen_run(g), i + 1, false))
        ops += i >= s->m->plan->dec_first;
    double began = clock_seconds();
    for (int i = 1; i < PASSES; i++)
        must(gen_finish_pass(g, &e) == GEN_OP && gen_advance(g, &e) == GEN_CHOSE, &e);
    double seconds = clock_seconds() - began;
    gen_free(g);
    return 1e9 * seconds / (double)(ops * (PASSES - 1));
}

void bench_ops(const struct bench *b)
{
    struct subject s = subject_open(b->tiny);
    double sum = 0, plain[64], kept[64], seen[64];
    int rounds = 3 * b->rounds < 64 ? 3 * b->rounds : 64;
    struct observer o = { .what = "bench", .wants = everything, .seen = look, .ud = &sum };
    for (int i = 0; i < rounds; i++) {
        plain[i] = each(&s, false, NULL);
        kept[i] = each(&s, true, NULL);
        seen[i] = each(&s, true, &o);
    }
    double p = median(plain, rounds), k = median(kept, rounds), w = median(seen, rounds);
    figure("an unobserved operation of 8 numbers, all told", p / 1e3, "us", AT_MOST, 0.5);
    figure("the same with every site kept", k / 1e3, "us", NO_GOAL, 0);
    figure("an observer in C, added to each", (w - k) / 1e3, "us", NO_GOAL, 0);
    subject_close(&s);
}
