/* Decoding: bytes a step must read against the read bandwidth, and beam search against greedy. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "bench.h"
#include "tensor/kernels.h"

enum { SOURCE = 32, TOKENS = 32, TOGETHER = 4 };

static struct gen_options greedy(void)
{
    struct gen_options o = gen_defaults();
    o.max_new = o.min_new = TOKENS;
    return o;
}

static int64_t param_bytes(const struct subject *s, int param)
{
    const struct tensor *t = &s->m->params[param];
    return t->data != NULL ? tensor_count(t) * (int64_t)dtype_size(t->dtype) : 0;
}

/* What a pass of one position after `before` others cannot do without: each matrix and vector of
 * the decoder once, one row of each table, and the keys and values of all positions. */
static double step_bytes(const struct subject *s, int64_t before)
{
    const struct plan *p = s->m->plan;
    double sum = 0;
    for (int i = p->dec_first; i < p->nnodes; i++) {
        const struct node *n = &p->nodes[i];
        if (n->source || n->op == OP_EMBED || n->op == OP_POSITION || i == p->probs)
            continue;
        for (int j = 0; j < NODE_PARAMS; j++)
            sum += n->param[j] >= 0 ? (double)param_bytes(s, n->param[j]) : 0;
        int kv = n->op == OP_SCORES ? 1 : n->op == OP_MIX ? 1 : -1;
        if (kv < 0)
            continue;
        struct binding b = {1, SOURCE, before + 1};
        int64_t shape[NODE_DIMS];
        sum += (double)plan_shape(p, n->in[kv], &b, shape) * sizeof(float);
    }
    return sum;
}

static double step(struct gen *g)
{
    struct err e = ERR_INIT;
    double began = clock_seconds();
    must(gen_finish_pass(g, &e) == GEN_OP && gen_advance(g, &e) == GEN_CHOSE, &e);
    return clock_seconds() - began;
}

/* The limit: bytes a second of doing nothing but reading the weights where they lie in the mapped
 * file; for a model that fits the caches, of reading memory. */
static double read_weights(const struct subject *s)
{
    const size_t cached = 64 << 20;
    if (model_bytes(s->m) < cached)
        return machine_read(k_threads());
    const char *from = NULL, *to = NULL;
    for (int i = 0; i < s->m->plan->nparams; i++) {
        const char *p = s->m->params[i].data;
        if (p == NULL)
            continue;
        from = from == NULL || p < from ? p : from;
        to = p + param_bytes(s, i) > to ? p + param_bytes(s, i) : to;
    }
    return machine_read_of(from, (size_t)(to - from), k_threads());
}

/* One sentence. The first pass holds the encoder too and is not counted; then a sample of the
 * limit, a step that is not counted since the sample left the caches in its favour or against it, a
 * few that are, and so on. */
struct decoding {
    double part; /* of the limit, median over the stretches */
    double step; /* seconds, mean */
    double first;
};

static struct decoding decode(const struct subject *s, bool keep)
{
    struct gen_options o = greedy();
    struct gen *g = subject_gen(s, SOURCE, &o, keep);
    struct decoding d = {.first = step(g)};
    double part[TOKENS], limit = read_weights(s), sum = 0;
    int n = 0;
    for (int64_t done = 1; done + TOGETHER < TOKENS; n++) {
        double bytes = 0, seconds = 0, before = limit;
        step(g);
        done++;
        for (int i = 0; i < TOGETHER; i++, done++) {
            bytes += step_bytes(s, done);
            seconds += step(g);
        }
        sum += seconds;
        limit = read_weights(s);
        part[n] = bytes / seconds / ((before + limit) / 2);
    }
    d.part = median(part, n);
    d.step = sum / (n * TOGETHER);
    gen_free(g);
    return d;
}

void decode_figures(const struct bench *b, const struct subject *s, const char *name, bool goals)
{
    double part[2][64], ms[2][64], first[2][64];
    int rounds = b->rounds < 64 ? b->rounds : 64;
    for (int i = 0; i < rounds; i++)
        for (int keep = 0; keep < 2; keep++) {
            struct decoding d = decode(s, keep);
            part[keep][i] = 100 * d.part;
            ms[keep][i] = 1e3 * d.step;
            first[keep][i] = 1e3 * d.first;
        }
    static const char *const kept[] = {"nothing kept", "every site kept"};
    static const double target[] = {85, 75};
    for (int keep = 0; keep < 2; keep++) {
        char what[96];
        snprintf(what, sizeof what, "%s: decoding, %s, of the read rate", name, kept[keep]);
        figure(what, median(part[keep], rounds), "%", goals ? AT_LEAST : NO_GOAL, target[keep]);
        detail("%.1f MB a step, %.2f ms a step, first pass with encoder %.1f ms, %d tokens %.0f ms",
               step_bytes(s, 16) / 1e6, median(ms[keep], rounds), median(first[keep], rounds),
               TOKENS, median(first[keep], rounds) + (TOKENS - 1) * median(ms[keep], rounds));
    }
}

static double whole(const struct subject *s, struct gen_options o)
{
    struct err e = ERR_INIT;
    double began = clock_seconds();
    struct gen *g = subject_gen(s, SOURCE, &o, false);
    must(gen_all(g, &e) == GEN_DONE, &e);
    gen_free(g);
    return clock_seconds() - began;
}

void beam_figures(const struct bench *b, const struct subject *s, const char *name, bool goals)
{
    struct gen_options one = greedy(), four = greedy();
    four.search = SEARCH_BEAM;
    four.width = 4;
    double ratio[64], a[64], c[64];
    int rounds = b->rounds < 64 ? b->rounds : 64;
    for (int i = 0; i < rounds; i++) {
        a[i] = whole(s, one);
        c[i] = whole(s, four);
        ratio[i] = c[i] / a[i];
    }
    char what[96];
    snprintf(what, sizeof what, "%s: beam 4, times of greedy", name);
    figure(what, median(ratio, rounds), "x", goals ? AT_MOST : NO_GOAL, 1.4);
    detail("greedy %.1f ms, beam 4 %.1f ms for %d tokens", 1e3 * median(a, rounds),
           1e3 * median(c, rounds), TOKENS);
}
