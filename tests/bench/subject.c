/* What is measured: an open model, random ids, a decoding machine set up on them. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

void must(bool ok, const struct err *e)
{
    if (!ok) {
        fprintf(stderr, "bench: %s\n", e->msg);
        exit(1);
    }
}

struct subject subject_open(const char *dir)
{
    struct err e = ERR_INIT;
    struct subject s = {0};
    must(model_open(dir, &s.m, &e), &e);
    uint32_t state = 12345;
    for (size_t i = 0; i < sizeof s.ids / sizeof *s.ids; i++) {
        state = state * 1664525u + 1013904223u;
        s.ids[i] = (int32_t)((state >> 8) % (uint32_t)(s.m->plan->vocab_source - 1));
    }
    return s;
}

void subject_close(struct subject *s)
{
    model_free(s->m);
}

struct gen *subject_gen(const struct subject *s, int64_t source, const struct gen_options *o,
                        bool keep)
{
    struct err e = ERR_INIT;
    struct run_input in = {.ids = s->ids, .batch = 1, .length = source};
    struct gen *g = gen_new(s->m->plan, s->m->params, &in, &s->m->rules, o, &e);
    must(g != NULL, &e);
    must(run_keep(gen_run(g), keep ? KEEP_ALL : KEEP_NONE, o->max_new, INT64_MAX, &e), &e);
    return g;
}
