/* Stretches: operations one after the other whose rows do not depend on one another. With nobody
 * watching, each thread takes its rows through all of them, and waits for the others but once. */
#include "base/interrupt.h"
#include "run_internal.h"

/* Can rows of it be computed apart, with the same bits, and does that pay? */
static bool by_rows(const struct run *r, int node)
{
    const struct node *n = &r->plan->nodes[node];
    /* later passes have other numbers of rows, but those of the source stay */
    return op_rows[n->op]->by_rows && n->source && n->pos_axis >= 0 && r->watch[node] == 0 &&
           k_rows_team(r->source, node_batch(r, n)) > 1 &&
           (n->op != OP_LINEAR || k_small(&r->weights[n->param[0]]));
}

/* join: buffers are shared out anew; else the values of a pass under way lie as they lie. */
void stretch_plan(struct run *r, bool join)
{
    int end = -1; /* of the stretch that the operation before is the first of */
    for (int i = r->plan->nnodes - 1; i >= 0; i--) {
        bool joins = join && r->exec[i] && by_rows(r, i);
        r->stretch[i] = joins && end >= 0 ? end : i;
        if (joins || r->exec[i])
            end = joins ? r->stretch[i] : -1;
    }
}

struct stretch {
    struct run *r;
    int from, to;
};

static void do_rows(const void *work, int64_t from, int64_t to)
{
    const struct stretch *s = work;
    for (int i = s->from; i <= s->to; i++)
        if (s->r->exec[i])
            compute(s->r, i, from, to - from);
}

enum run_status stretch_run(struct run *r, int end, struct err *e)
{
    struct stretch s = {r, r->pc, r->pc};
    if (r->begun && r->planned && r->pc < r->plan->nnodes && r->seconds == NULL)
        s.to = r->stretch[r->pc] < end ? r->stretch[r->pc] : end - 1;
    if (s.to == s.from)
        return run_step(r, e);
    for (int i = s.from; i <= s.to; i++)
        if (r->exec[i] && !memory_writable(r, i, e))
            return RUN_FAILED;
    if (!interrupted())
        k_share_rows(r->source, node_batch(r, &r->plan->nodes[s.from]), do_rows, &s);
    if (interrupted()) { /* what it began with is still there */
        err_set(e, ERR_INTERRUPT, "interrupted at %s", r->plan->nodes[s.from].name);
        return RUN_FAILED;
    }
    r->skip_before = false;
    r->pc = run_executes(r, s.to + 1, run_first_pass(r));
    return r->pc == r->plan->nnodes ? RUN_DONE : RUN_READY;
}
