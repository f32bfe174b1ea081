/* The interpreter: life of a run, passes, and the one loop that executes operations. */
#include "engine/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "run_internal.h"

/* ---- life ------------------------------------------------------------------------------------ */

static bool check_ids(const int32_t *ids, int64_t n, int64_t vocab, const char *whose,
                      struct err *e)
{
    for (int64_t i = 0; i < n; i++)
        if (ids[i] < 0 || ids[i] >= vocab)
            return err_set(e, ERR_COMMAND, "id %d is outside the %s vocabulary (ids 0-%lld)",
                           ids[i], whose, (long long)vocab - 1);
    return true;
}

static bool check_length(const struct plan *p, int64_t n, const char *what, struct err *e)
{
    if (p->max_positions > 0 && n > p->max_positions)
        return err_set(e, ERR_COMMAND, "%s has %lld tokens, but this model takes at most %lld",
                       what, (long long)n, (long long)p->max_positions);
    return true;
}

static bool check_segments(const struct plan *p, const struct run_input *in, struct err *e)
{
    int64_t most = p->segments > 0 ? p->segments : 1; /* without a table all are 0 */
    for (int64_t i = 0; in->segments != NULL && i < in->length * in->batch; i++)
        if (in->segments[i] < 0 || in->segments[i] >= most)
            return err_set(e, ERR_COMMAND, "segment %d: this model has segments 0-%lld",
                           in->segments[i], (long long)most - 1);
    return true;
}

static void place_source(struct run *r, const struct run_input *in)
{
    r->source_ids = mem_alloc((size_t)(in->length * in->batch) * sizeof *r->source_ids);
    for (int64_t b = 0; b < in->batch; b++)
        for (int64_t i = 0; i < in->length; i++)
            r->source_ids[i * in->batch + b] = in->ids[b * in->length + i];
    if (r->plan->segments > 0) {
        r->segments = mem_alloc((size_t)(in->length * in->batch) * sizeof *r->segments);
        for (int64_t b = 0; in->segments != NULL && b < in->batch; b++)
            for (int64_t i = 0; i < in->length; i++)
                r->segments[i * in->batch + b] = in->segments[b * in->length + i];
    }
    bool padded = false;
    for (int64_t b = 0; in->lengths != NULL && b < in->batch; b++)
        padded = padded || in->lengths[b] < in->length;
    if (!padded)
        return;
    r->key_count = mem_alloc((size_t)in->batch * sizeof *r->key_count);
    memcpy(r->key_count, in->lengths, (size_t)in->batch * sizeof *r->key_count);
    r->row_keys = mem_alloc((size_t)r->dbatch * sizeof *r->row_keys);
    for (int64_t b = 0; b < r->dbatch; b++)
        r->row_keys[b] = in->lengths[b / r->beams];
}

static struct k_weight weight(const struct tensor *t)
{
    if (t->data == NULL)
        return (struct k_weight){0};
    int64_t cols = t->ndim > 0 ? t->shape[t->ndim - 1] : 1;
    return (struct k_weight){t->data, t->dtype, tensor_count(t) / (cols > 0 ? cols : 1), cols};
}

struct run *run_new(const struct plan *p, const struct tensor *params, const struct run_input *in,
                    struct err *e)
{
    if (in->length < 1 || in->batch < 1)
        return err_set(e, ERR_COMMAND, "there is no token to run on"), NULL;
    if (!check_length(p, in->length, "the input", e) ||
        (p->vocab_source > 0 && /* a decoder alone looks at no source */
         !check_ids(in->ids, in->length * in->batch, p->vocab_source, "source", e)) ||
        !check_segments(p, in, e))
        return NULL;
    struct run *r = mem_alloc(sizeof *r);
    size_t n = (size_t)p->nnodes;
    *r = (struct run){.plan = p,
                      .params = params,
                      .sbatch = in->batch,
                      .source = in->length,
                      .beams = in->beams > 0 ? in->beams : 1};
    r->dbatch = in->batch * r->beams;
    place_source(r, in);
    r->source_row = mem_alloc((size_t)r->dbatch * sizeof *r->source_row);
    for (int64_t b = 0; b < r->dbatch; b++)
        r->source_row[b] = (int32_t)(b / r->beams);
    r->values = mem_alloc(n * sizeof *r->values);
    memory_init(r);
    r->weights = mem_alloc((size_t)p->nparams * sizeof *r->weights);
    for (int i = 0; i < p->nparams; i++)
        r->weights[i] = weight(&params[i]);
    r->kept = mem_alloc(n * sizeof *r->kept);
    r->persist = mem_alloc(n * sizeof *r->persist);
    r->exec = mem_alloc(n * sizeof *r->exec);
    r->absorbed = mem_alloc(n * sizeof *r->absorbed);
    r->watch = mem_alloc(n * sizeof *r->watch);
    r->stretch = mem_alloc(n * sizeof *r->stretch);
    return r;
}

static void free_reorders(struct run *r, size_t from)
{
    for (size_t i = from; i < r->nreorders; i++)
        free(r->reorders[i].parent);
    r->nreorders = from < r->nreorders ? from : r->nreorders;
}

void run_free(struct run *r)
{
    if (r == NULL)
        return;
    memory_release(r);
    for (size_t i = 0; i < r->nwatchers; i++)
        free(r->watchers[i].wants);
    free_reorders(r, 0);
    free(r->reorders);
    free(r->watchers);
    free(r->source_ids);
    free(r->segments);
    free(r->key_count);
    free(r->row_keys);
    free(r->target_ids);
    free(r->source_row);
    free(r->slot);
    free(r->values);
    free(r->weights);
    free(r->kept);
    free(r->persist);
    free(r->exec);
    free(r->absorbed);
    free(r->watch);
    free(r->stretch);
    free(r->seconds);
    free(r);
}

static void *copy_of(const void *p, size_t n)
{
    if (p == NULL)
        return NULL;
    void *q = mem_alloc(n > 0 ? n : 1);
    memcpy(q, p, n);
    return q;
}

struct run *run_fork(const struct run *r, struct err *e)
{
    (void)e; /* nothing large is copied: storages are shared until one side writes */
    size_t n = (size_t)r->plan->nnodes, rows = (size_t)r->dbatch,
           cells = (size_t)r->target_cap * rows;
    struct run *f = copy_of(r, sizeof *r);
    f->source_ids = copy_of(r->source_ids, (size_t)(r->source * r->sbatch) * sizeof(int32_t));
    f->segments = copy_of(r->segments, (size_t)(r->source * r->sbatch) * sizeof(int32_t));
    f->key_count = copy_of(r->key_count, (size_t)r->sbatch * sizeof(int32_t));
    f->row_keys = copy_of(r->row_keys, rows * sizeof(int32_t));
    f->target_ids = copy_of(r->target_ids, cells * sizeof(int32_t));
    f->source_row = copy_of(r->source_row, rows * sizeof(int32_t));
    f->slot = copy_of(r->slot, cells * sizeof(int32_t));
    f->reorders = copy_of(r->reorders, r->nreorders * sizeof *r->reorders);
    f->reorder_cap = r->nreorders;
    for (size_t i = 0; i < r->nreorders; i++)
        f->reorders[i].parent = copy_of(r->reorders[i].parent, rows * sizeof(int32_t));
    f->weights = copy_of(r->weights, (size_t)r->plan->nparams * sizeof *r->weights);
    f->values = copy_of(r->values, n * sizeof *r->values);
    for (size_t i = 0; i < n; i++)
        if (f->values[i].st != NULL)
            storage_ref(f->values[i].st);
    f->buffers = copy_of(r->buffers, (size_t)r->nbuffers * sizeof *r->buffers);
    for (int b = 0; b < r->nbuffers; b++)
        if (f->buffers[b] != NULL)
            storage_ref(f->buffers[b]);
    f->kept = copy_of(r->kept, n * sizeof *r->kept);
    f->persist = copy_of(r->persist, n * sizeof *r->persist);
    f->exec = copy_of(r->exec, n * sizeof *r->exec);
    f->absorbed = copy_of(r->absorbed, n * sizeof *r->absorbed);
    f->watch = mem_alloc(n * sizeof *f->watch);
    f->stretch = mem_alloc(n * sizeof *f->stretch);
    stretch_plan(f, false);
    f->watchers = NULL;
    f->nwatchers = f->watcher_cap = 0;
    f->seconds = copy_of(r->seconds, n * sizeof *r->seconds);
    return f;
}

/* ---- observers ------------------------------------------------------------------------------- */

static void collect_watches(struct run *r)
{
    int n = r->plan->nnodes;
    memset(r->watch, 0, (size_t)n);
    for (size_t k = 0; k < r->nwatchers; k++)
        for (int i = 0; i < n; i++)
            if (r->watchers[k].wants[i])
                r->watch[i] |= r->watchers[k].o->before ? NODE_BEFORE : NODE_AFTER;
    r->planned = false;
}

void run_observe(struct run *r, struct observer *o)
{
    struct watcher w = {o, mem_alloc((size_t)r->plan->nnodes)};
    o->matched = 0;
    for (int i = 0; i < r->plan->nnodes; i++) {
        w.wants[i] = o->wants(o->ud, r->plan, i);
        o->matched += w.wants[i];
    }
    ARRAY_PUSH(r->watchers, r->nwatchers, r->watcher_cap) = w;
    collect_watches(r);
}

void run_unobserve(struct run *r, struct observer *o)
{
    size_t k = 0;
    for (size_t i = 0; i < r->nwatchers; i++) {
        if (r->watchers[i].o == o)
            free(r->watchers[i].wants);
        else
            r->watchers[k++] = r->watchers[i];
    }
    r->nwatchers = k;
    collect_watches(r);
}

/* Shows the value to those who want it. `replay`: it is not new, so only those that change
 * nothing. */
static enum observe show(struct run *r, int node, bool before, bool replay, int64_t first,
                         int64_t rows, struct err *e)
{
    enum observe answer = OBSERVE_GO;
    for (size_t k = 0; k < r->nwatchers; k++) {
        struct observer *o = r->watchers[k].o;
        if (!r->watchers[k].wants[node] || o->before != before || (replay && o->changes))
            continue;
        struct tensor t = before ? (struct tensor){0} : value_view(r, node, first, first + rows);
        bool changed = false;
        enum observe a = o->seen(o->ud, r, node, before ? NULL : &t, first, &changed, e);
        o->fired++;
        o->changed += changed;
        if (a == OBSERVE_FAIL)
            return a;
        if (a == OBSERVE_PAUSE)
            answer = a;
    }
    return answer;
}

enum observe run_notify(struct run *r, int node, int64_t first, int64_t rows, struct err *e)
{
    enum observe a = OBSERVE_GO;
    if (r->watch[node] & NODE_BEFORE)
        a = show(r, node, true, true, first, rows, e);
    if (a != OBSERVE_FAIL && (r->watch[node] & NODE_AFTER) && r->values[node].st != NULL) {
        enum observe b = show(r, node, false, true, first, rows, e);
        a = b == OBSERVE_GO ? a : b;
    }
    return a;
}

/* ---- passes ---------------------------------------------------------------------------------- */

static void identity_slots(struct run *r)
{
    for (int64_t j = 0; j < r->target_cap; j++)
        for (int64_t b = 0; b < r->dbatch; b++)
            r->slot[j * r->dbatch + b] = (int32_t)b;
}

/* Sequence b takes over the history of row parent[b], for positions before `position`. */
static void apply_reorder(struct run *r, const struct reorder *o)
{
    int32_t *row = mem_alloc((size_t)r->dbatch * sizeof *row);
    for (int64_t j = 0; j < o->position; j++) {
        int32_t *slot = r->slot + j * r->dbatch;
        memcpy(row, slot, (size_t)r->dbatch * sizeof *row);
        for (int64_t b = 0; b < r->dbatch; b++)
            slot[b] = row[o->parent[b]];
    }
    free(row);
}

static void rebuild_slots(struct run *r)
{
    if (r->slot == NULL)
        return;
    identity_slots(r);
    for (size_t i = 0; i < r->nreorders; i++)
        apply_reorder(r, &r->reorders[i]);
}

void run_reorder(struct run *r, const int32_t *parent)
{
    struct reorder o = {r->total, copy_of(parent, (size_t)r->dbatch * sizeof *parent)};
    ARRAY_PUSH(r->reorders, r->nreorders, r->reorder_cap) = o;
    if (r->slot == NULL) {
        r->slot = mem_alloc((size_t)(r->target_cap * r->dbatch) * sizeof *r->slot);
        identity_slots(r);
    }
    apply_reorder(r, &r->reorders[r->nreorders - 1]);
}

static void grow_target(struct run *r, int64_t total)
{
    if (total <= r->target_cap)
        return;
    int64_t cap = total < 16 ? 32 : total * 2;
    r->target_ids = mem_realloc(r->target_ids, (size_t)(cap * r->dbatch) * sizeof *r->target_ids);
    if (r->slot != NULL) {
        r->slot = mem_realloc(r->slot, (size_t)(cap * r->dbatch) * sizeof *r->slot);
        for (int64_t j = r->target_cap; j < cap; j++)
            for (int64_t b = 0; b < r->dbatch; b++)
                r->slot[j * r->dbatch + b] = (int32_t)b;
    }
    r->target_cap = cap;
}

/* The first operation of a pass. */
static int pass_entry(const struct run *r)
{
    return run_first_pass(r) ? 0 : r->plan->dec_first;
}

bool run_pass(struct run *r, const int32_t *ids, int64_t n, struct err *e)
{
    const struct plan *p = r->plan;
    if (r->begun && r->pc < p->nnodes)
        return err_set(e, ERR_COMMAND, "the pass before is not finished");
    int64_t first = r->begun ? r->total : 0;
    if (!check_length(p, first + n, "the target", e) ||
        !check_ids(ids, n * r->dbatch, p->vocab_target, "target", e))
        return false;
    int64_t old_first = r->first, old_n = r->n, old_total = r->total;
    r->first = first;
    r->n = n;
    r->total = first + n;
    grow_target(r, r->total);
    for (int64_t b = 0; b < r->dbatch; b++)
        for (int64_t i = 0; i < n; i++)
            r->target_ids[(first + i) * r->dbatch + b] = ids[b * n + i];
    if (!r->planned)
        memory_plan(r);
    if (!memory_reserve(r, e)) {
        r->first = old_first, r->n = old_n, r->total = old_total;
        return false;
    }
    r->begun = true;
    r->pc = run_executes(r, pass_entry(r), run_first_pass(r));
    r->skip_before = false;
    return true;
}

int run_executes(const struct run *r, int node, bool first_pass)
{
    const struct plan *p = r->plan;
    while (node < p->nnodes && (!r->exec[node] || (!first_pass && p->nodes[node].source)))
        node++;
    return node;
}

bool run_rewind(struct run *r, int64_t position, int64_t pass_rows, int node, struct err *e)
{
    if (!r->begun || position < 0 || position + pass_rows > r->total)
        return err_set(e, ERR_COMMAND, "cannot go back to position %lld: %lld were computed",
                       (long long)position, (long long)r->total);
    r->first = position;
    r->n = pass_rows;
    r->total = position + pass_rows;
    size_t keep = 0;
    while (keep < r->nreorders && r->reorders[keep].position <= position)
        keep++;
    free_reorders(r, keep);
    rebuild_slots(r);
    if (!r->planned) {
        r->pc = r->plan->nnodes; /* nothing is under way in a buffer */
        memory_plan(r);
    }
    r->pc = run_executes(r, node < pass_entry(r) ? pass_entry(r) : node, run_first_pass(r));
    r->skip_before = false;
    return memory_reserve(r, e);
}

/* ---- one operation --------------------------------------------------------------------------- */

static struct op_rowset rowset(const struct run *r, int node)
{
    struct op_rowset s = {.batch = node_batch(r, &r->plan->nodes[node]),
                          .width = node_width(r, node),
                          .keycap = r->values[node].keycap};
    s.p = memory_base(r, node, &s.base);
    return s;
}

static void attention_args(const struct run *r, struct op_args *a)
{
    const struct plan *p = r->plan;
    const struct node *n = a->node;
    bool fused = n->op == OP_MIX && r->absorbed[n->in[0]];
    const struct node *scores = n;
    if (n->op == OP_MIX || n->op == OP_SOFTMAX)
        scores = &p->nodes[n->op == OP_MIX ? p->nodes[n->in[0]].in[0] : n->in[0]];
    bool cross = n->stack == STACK_DEC && p->nodes[scores->in[1]].source;
    if (fused) {
        a->scores = scores;
        a->q = rowset(r, scores->in[0]);
        a->k = rowset(r, scores->in[1]);
    }
    if (n->stack == STACK_ENC) {
        a->keys = r->source;
        a->key_count = r->key_count;
    } else if (cross) {
        a->keys = r->source;
        a->key_count = r->row_keys;
        a->slot = r->beams > 1 ? r->source_row : NULL;
        a->slot_step = 0;
    } else {
        a->keys = r->first + a->n;
        a->slot = r->slot;
        a->slot_step = r->dbatch;
    }
}

void compute(struct run *r, int node, int64_t first, int64_t rows)
{
    const struct node *n = &r->plan->nodes[node];
    struct op_args a = {.plan = r->plan, .node = n, .first = first, .n = rows};
    a.out = rowset(r, node);
    for (int i = 0; i < NODE_INPUTS; i++)
        if (n->in[i] >= 0 && !r->absorbed[n->in[i]])
            a.in[i] = rowset(r, n->in[i]);
    for (int i = 0; i < NODE_PARAMS; i++)
        if (n->param[i] >= 0)
            a.w[i] = r->weights[n->param[i]];
    if (n->op == OP_EMBED)
        a.ids = (n->segments ? r->segments
                 : n->source ? r->source_ids
                             : r->target_ids) +
                a.first * a.out.batch;
    if (n->op == OP_SCORES || n->op == OP_MIX || node_is_map(n))
        attention_args(r, &a);
    if (n->op == OP_POOL) {
        a.keys = node_rows(r, &r->plan->nodes[n->in[0]]);
        a.key_count = r->key_count;
    }
    op_rows[n->op]->run(&a);
    if (node_is_map(n) && a.keys < a.out.keycap)
        memory_mask(r, node, a.out.p + (a.first - a.out.base) * a.out.batch * a.out.width,
                    a.n * a.out.batch, a.keys);
}

static enum run_status after(struct run *r, enum observe answer)
{
    r->skip_before = false;
    r->pc = run_executes(r, r->pc + 1, run_first_pass(r));
    if (answer == OBSERVE_PAUSE)
        return RUN_PAUSED;
    return r->pc == r->plan->nnodes ? RUN_DONE : RUN_READY;
}

enum run_status run_step(struct run *r, struct err *e)
{
    int node = r->pc;
    if (!r->begun || node == r->plan->nnodes)
        return RUN_DONE;
    if (interrupted()) {
        err_set(e, ERR_INTERRUPT, "interrupted at %s", r->plan->nodes[node].name);
        return RUN_FAILED;
    }
    if (!r->planned)
        memory_plan(r);
    const struct node *n = &r->plan->nodes[node];
    if ((r->watch[node] & NODE_BEFORE) && !r->skip_before) {
        enum observe a = show(r, node, true, false, node_first(r, n), node_rows(r, n), e);
        if (a == OBSERVE_FAIL)
            return RUN_FAILED;
        r->skip_before = true;
        if (a == OBSERVE_PAUSE)
            return RUN_PAUSED;
    }
    if (!memory_writable(r, node, e))
        return RUN_FAILED;
    double began = r->seconds != NULL ? clock_seconds() : 0;
    compute(r, node, node_first(r, n), node_rows(r, n));
    if (r->seconds != NULL)
        r->seconds[node] += clock_seconds() - began;
    if (interrupted()) {
        err_set(e, ERR_INTERRUPT, "interrupted at %s", n->name);
        return RUN_FAILED;
    }
    enum observe answer = OBSERVE_GO;
    if (r->watch[node] & NODE_AFTER)
        answer = show(r, node, false, false, node_first(r, n), node_rows(r, n), e);
    if (answer == OBSERVE_FAIL)
        return RUN_FAILED;
    return after(r, answer);
}

enum run_status run_to(struct run *r, int node, struct err *e)
{
    enum run_status s = RUN_READY;
    while (s == RUN_READY && r->pc < node)
        s = stretch_run(r, node, e);
    return s;
}

enum run_status run_all(struct run *r, struct err *e)
{
    return r->begun && r->pc < r->plan->nnodes ? run_to(r, r->plan->nnodes, e) : RUN_DONE;
}

/* ---- queries --------------------------------------------------------------------------------- */

int run_next(const struct run *r)
{
    return r->begun ? r->pc : pass_entry(r);
}

int64_t run_positions(const struct run *r)
{
    return r->total;
}

struct binding run_binding(const struct run *r)
{
    return (struct binding){r->dbatch, r->source, r->total};
}

const struct plan *run_plan(const struct run *r)
{
    return r->plan;
}

void run_time(struct run *r)
{
    if (r->seconds == NULL)
        r->seconds = mem_alloc((size_t)r->plan->nnodes * sizeof *r->seconds);
}

const double *run_seconds(const struct run *r)
{
    return r->seconds;
}
