/* Random weights. */
#include "session/random_weights.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { MOST_PARAMETERS = 64 << 20 };

static void fill(struct tensor *t, uint64_t *state)
{
    float *x = tensor_f32(t);
    int64_t n = tensor_count(t), cols = t->shape[t->ndim - 1];
    float scale = sqrtf(3.0f / (float)cols) * 0x1p-31f;
    for (int64_t i = 0; i < n; i++) {
        *state ^= *state << 13; /* Marsaglia 2003, xorshift64 */
        *state ^= *state >> 7;
        *state ^= *state << 17;
        x[i] = t->ndim < 2 ? 1 : (float)(int32_t)(uint32_t)(*state >> 32) * scale;
    }
}

struct tensor *random_weights(const struct plan *p, struct err *e)
{
    const struct binding none = {1, 1, 1};
    if (plan_parameters(p) > MOST_PARAMETERS) {
        err_set(
            e, ERR_COMMAND,
            "a model without weights gets random ones, but %lld million parameters are too many",
            (long long)(plan_parameters(p) / 1000000));
        err_hint(e, "a smaller one: model new transformer --d-model 256 --layers 2 --vocab 1000");
        return NULL;
    }
    struct tensor *out = mem_alloc((size_t)(p->nparams + 1) * sizeof *out);
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < p->nparams; i++) {
        const struct param *w = &p->params[i];
        int64_t shape[2];
        if (w->formula)
            continue;
        for (int d = 0; d < w->ndim; d++)
            shape[d] = dim_size(p, w->shape[d], &none);
        if (!tensor_new(&out[i], DT_F32, w->ndim, shape, "random weights", e)) {
            random_weights_free(p, out);
            return NULL;
        }
        fill(&out[i], &state);
    }
    return out;
}

void random_weights_free(const struct plan *p, struct tensor *params)
{
    for (int i = 0; params != NULL && i < p->nparams; i++)
        tensor_unref(&params[i]);
    free(params);
}
