/* What the interpreter adds to an operation: steps of a model so small that its arithmetic takes
 * next to no time, less the same kernels called one after the other with nothing in between. */
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "bench.h"

enum { PASSES = 200, SOURCE = 4 };

static enum observe look(void *ud, struct run *r, int node, struct tensor *value, int64_t first,
                         bool *changed, struct err *e)
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

static struct k_weight weight(const struct subject *s, int param)
{
    const struct tensor *t = param >= 0 ? &s->m->params[param] : NULL;
    if (t == NULL || t->data == NULL)
        return (struct k_weight){0};
    int64_t cols = t->shape[t->ndim - 1];
    return (struct k_weight){t->data, t->dtype, tensor_count(t) / cols, cols};
}

/* The kernel of one node for a pass of one position that is number `position`. */
static void kernel(const struct subject *s, const struct node *n, int64_t position)
{
    enum { MOST = 64, HEADS = 2 };
    static float x[MOST], y[MOST], cache[MOST * PASSES];
    static const int32_t id = 3;
    struct k_weight a = weight(s, n->param[0]), b = weight(s, n->param[1]);
    int64_t d = made_tiny.d_model, k = d / HEADS;
    bool cross = n->part == PART_CROSS;
    struct k_attn attn = {.batch = 1,
                          .heads = HEADS,
                          .kv_heads = HEADS,
                          .queries = 1,
                          .keys = cross ? SOURCE : position + 1,
                          .width = k,
                          .q = {x, d, d, k},
                          .k = {cache, d, d, k},
                          .v = {cache, d, d, k},
                          .causal_from = cross ? -1 : position,
                          .scale = 1};
    switch (n->op) {
    case OP_EMBED:
        k_embed(y, &a, &id, 1, n->scale);
        break;
    case OP_POSITION:
        k_sinusoid(y, d, position, 1, d);
        break;
    case OP_ADD:
        k_add(y, x, x, d);
        break;
    case OP_LINEAR:
        k_linear(y, a.rows, x, a.cols, &a, &b, 1);
        break;
    case OP_MIX:
        k_attn_fused(&attn, (struct k_out){y, d, d, k});
        break;
    case OP_NORM:
        k_layernorm(y, x, &a, &b, n->eps, 1, d);
        break;
    case OP_ACT:
        k_activate(n->act, y, x, d);
        break;
    default:
        break;
    }
}

/* Nanoseconds an operation that the kernels take alone, those of the choice among them. */
static double kernels_alone(const struct subject *s)
{
    const struct plan *p = s->m->plan;
    float logits[64] = {0};
    int64_t ops = 0;
    double sum = 0, began = clock_seconds();
    for (int64_t pass = 1; pass < PASSES; pass++) {
        for (int i = p->dec_first; i < p->nnodes; i++) {
            const struct node *n = &p->nodes[i];
            if (n->source || n->op == OP_SCORES || n->op == OP_SOFTMAX)
                continue;
            kernel(s, n, pass);
            ops++;
        }
        sum += k_logsumexp(logits, made_tiny.vocab) + (double)k_argmax(logits, made_tiny.vocab);
    }
    double seconds = clock_seconds() - began;
    static volatile double sink;
    sink = sum;
    (void)sink;
    return 1e9 * seconds / (double)ops;
}

/* Nanoseconds an operation, choices and beginnings of passes shared out. */
static double each(const struct subject *s, bool keep, struct observer *o)
{
    struct err e = ERR_INIT;
    struct gen_options options = gen_defaults();
    options.max_new = options.min_new = PASSES;
    struct gen *g = subject_gen(s, SOURCE, &options, keep);
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
    double sum = 0, alone[64], plain[64], kept[64], seen[64];
    int rounds = 3 * b->rounds < 64 ? 3 * b->rounds : 64;
    struct observer o = {.what = "bench", .wants = everything, .seen = look, .ud = &sum};
    for (int i = 0; i < rounds; i++) {
        alone[i] = kernels_alone(&s);
        plain[i] = each(&s, false, NULL);
        kept[i] = each(&s, true, NULL);
        seen[i] = each(&s, true, &o);
    }
    double a = median(alone, rounds), p = median(plain, rounds), k = median(kept, rounds),
           w = median(seen, rounds);
    figure("interpreter, an unobserved operation", (p - a) / 1e3, "us", AT_MOST, 0.5);
    detail("%.2f us in all for operations on 8 numbers, %.2f us of it their kernels", p / 1e3,
           a / 1e3);
    figure("an operation on 8 numbers with every site kept, in all", k / 1e3, "us", NO_GOAL, 0);
    figure("an observer in C, added to each", (w - k) / 1e3, "us", NO_GOAL, 0);
    subject_close(&s);
}

/* Measured inside the program by a script: see there. */
void bench_hook(const struct bench *b)
{
    static const char script[] = "tests/bench/hook.lua";
    if (b->rasad == NULL || access(script, R_OK) != 0) {
        detail("the program is not built, or %s is not there", script);
        return;
    }
    char *const argv[] = {(char *)(uintptr_t)b->rasad,
                          (char[]){"-n"},
                          (char[]){"--threads"},
                          (char[]){"1"},
                          (char[]){"-m"},
                          (char *)(uintptr_t)b->tiny,
                          (char[]){"-l"},
                          (char *)(uintptr_t)script,
                          NULL};
    struct process p = process_run(argv);
    double us;
    p.out[strcspn(p.out, "\n")] = 0;
    if (p.status != 0 || !str_double(p.out, &us))
        detail("hooks: not measured, the program left with status %d", p.status);
    else
        figure("a hook in Lua, added to each operation", us, "us", AT_MOST, 2);
}
