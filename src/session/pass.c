/* Passes of their own, and silence: values set to zero. */
#include "session/pass.h"

#include <stdlib.h>

#include "base/mem.h"

/* ---- silence --------------------------------------------------------------------------------- */

static bool silence_wants(void *ud, const struct plan *p, int node)
{
    (void)p;
    return ((const struct silence *)ud)->nodes[node];
}

static enum observe silence_seen(void *ud, struct run *r, int node, struct tensor *value,
                                 int64_t first, bool *changed, struct err *e)
{
    (void)r, (void)node, (void)first, (void)e;
    const struct silence *z = ud;
    struct tensor t = z->head >= 0 ? tensor_slice(value, 1, z->head, z->head + 1) : *value;
    tensor_scale(&t, 0);
    *changed = true;
    return OBSERVE_GO;
}

void silence_init(struct silence *z, const struct plan *p)
{
    *z = (struct silence){.nodes = mem_alloc((size_t)p->nnodes + 1), .head = -1};
    z->observer = (struct observer){
        .what = "silence", .wants = silence_wants, .seen = silence_seen, .ud = z, .changes = true};
}

void silence_release(struct silence *z)
{
    free(z->nodes);
    *z = (struct silence){0};
}

/* ---- a pass ---------------------------------------------------------------------------------- */

int64_t session_pass_bytes(const struct plan *p, const struct pass *in)
{
    struct binding b = {1, in->nsource, in->ntarget > 0 ? in->ntarget : 1};
    int64_t sum = 0, shape[NODE_DIMS], n;
    for (int i = 0; i < p->nnodes; i++)
        if (in->keep[i] &&
            (__builtin_mul_overflow(plan_shape(p, i, &b, shape), (int64_t)sizeof(float), &n) ||
             __builtin_add_overflow(sum, n, &sum)))
            return INT64_MAX;
    return sum;
}

static bool fits(const struct session *s, int64_t before, int64_t bytes, struct err *e)
{
    int64_t most = s->settings.number[SET_MEMORY], want;
    if (__builtin_add_overflow(before, bytes, &want))
        want = INT64_MAX;
    if (want >> 20 < most)
        return true;
    err_set(e, ERR_COMMAND, "this holds %.1f MiB of values, and %lld MiB are allowed",
            (double)want / (1 << 20), (long long)most);
    return err_hint(e, "take a shorter sentence, or: set memory %lld",
                    (long long)((want >> 20) + 1));
}

struct observer *session_observe(struct session *s, struct run *r)
{
    struct observer *copies = mem_alloc((s->ninterventions + 1) * sizeof *copies);
    for (size_t i = 0; i < s->ninterventions; i++) {
        copies[i] = s->interventions[i]->observer;
        run_observe(r, &copies[i]);
    }
    return copies;
}

void session_unobserve(struct session *s, struct run *r, struct observer *copies)
{
    for (size_t i = 0; i < s->ninterventions; i++)
        run_unobserve(r, &copies[i]);
    free(copies);
}

/* To the end of the pass, or of the encoder. */
static bool finish(struct run *r, bool encoder, struct err *e)
{
    const struct plan *p = run_plan(r);
    enum run_status status = RUN_READY;
    while (status == RUN_READY && (!encoder || run_next(r) < p->dec_first))
        status = run_step(r, e);
    return status != RUN_FAILED;
}

struct run *session_pass(struct session *s, const struct pass *in, int64_t before, struct err *e)
{
    const struct plan *p = s->model->plan;
    bool decoder = p->dec_first < p->nnodes;
    int32_t start = s->model->rules.start > 0 ? s->model->rules.start : 0;
    struct run_input input = {
        .ids = in->source, .segments = in->segments, .batch = 1, .length = in->nsource, .beams = 1};
    if (!fits(s, before, session_pass_bytes(p, in), e))
        return NULL;
    struct run *r = run_new(p, s->model->params, &input, e);
    if (r == NULL)
        return NULL;
    int64_t n = !decoder ? 0 : in->ntarget > 0 ? in->ntarget : 1;
    bool ok = run_keep(r, KEEP_NONE, n, 0, e);
    for (int i = 0; ok && i < p->nnodes; i++)
        if (in->keep[i])
            run_keep_node(r, i);
    struct observer *copies = session_observe(s, r);
    for (int i = 0; i < in->nobservers; i++)
        run_observe(r, in->observers[i]);
    ok = ok && run_pass(r, in->ntarget > 0 ? in->target : &start, n, e) &&
         finish(r, decoder && in->ntarget == 0, e);
    session_unobserve(s, r, copies);
    for (int i = 0; i < in->nobservers; i++)
        run_unobserve(r, in->observers[i]);
    if (!ok) {
        run_free(r);
        return NULL;
    }
    return r;
}
