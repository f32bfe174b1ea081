/* Activations, and the sum of two tensors: element by element. */
#include <math.h>
#include <string.h>

#include "k_ops.h"

enum { STRETCH = 8192 }; /* elements at a time: some microseconds */

static const struct {
    const char *name;
    enum k_act act;
} names[] = {
    {"relu", ACT_RELU},          {"gelu", ACT_GELU},
    {"gelu_new", ACT_GELU_TANH}, {"silu", ACT_SILU},
    {"tanh", ACT_TANH},          {"linear", ACT_NONE},
    {"swish", ACT_SILU},         {"gelu_pytorch_tanh", ACT_GELU_TANH},
    {"gelu_python", ACT_GELU},   {"gelu_fast", ACT_GELU_TANH},
    {"none", ACT_NONE},          {"sigmoid", ACT_SIGMOID},
};

double k_act_cell(enum k_act act, double x)
{
    switch (act) {
    case ACT_RELU:
        return x > 0 || isnan(x) ? x : 0;
    case ACT_GELU:
        return 0.5 * x * erfc(-x * M_SQRT1_2);
    case ACT_GELU_TANH:
        return 0.5 * x * (1 + tanh(sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
    case ACT_SILU:
        return x / (1 + exp(-x));
    case ACT_TANH:
        return tanh(x);
    case ACT_SIGMOID:
        return 1 / (1 + exp(-x));
    case ACT_NONE:
    case ACT_COUNT:
        break;
    }
    return x;
}

const char *k_act_name(enum k_act act)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].act == act)
            return names[i].name;
    return "?";
}

bool k_act_parse(const char *name, enum k_act *out)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) == 0) {
            *out = names[i].act;
            return true;
        }
    }
    return false;
}

struct elements {
    enum k_act act;
    float *y;
    const float *a, *b;
};

static void activate(const void *work, int64_t from, int64_t to)
{
    const struct elements *e = work;
    k_ops()->act(e->act, e->y + from, e->a + from, to - from);
}

void k_activate(enum k_act act, float *y, const float *x, int64_t n)
{
    struct elements e = {.act = act, .y = y, .a = x};
    double each = act == ACT_RELU || act == ACT_NONE ? 0.1 : 0.6; /* ns */
    k_split(k_team((double)n * each), n, STRETCH, activate, &e);
}

static void add(const void *work, int64_t from, int64_t to)
{
    const struct elements *e = work;
    k_ops()->add(e->y + from, e->a + from, e->b + from, to - from);
}

void k_add(float *y, const float *a, const float *b, int64_t n)
{
    struct elements e = {.y = y, .a = a, .b = b};
    k_split(k_team((double)n * 0.15), n, STRETCH, add, &e);
}
