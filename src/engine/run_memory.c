/* Where values lie: who is computed, who keeps rows of its own, who shares a buffer, and growth. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "run_internal.h"

enum { FIRST_POSITIONS = 32 }; /* room that is made for a target at first */

void memory_init(struct run *r)
{
    const struct plan *p = r->plan;
    const struct binding none = {1, 1, 1};
    for (int i = 0; i < p->nnodes; i++) {
        const struct node *n = &p->nodes[i];
        r->values[i] = (struct value){.buffer = -1, .unit = 1};
        for (int d = 0; d < n->ndim; d++)
            if (d != n->pos_axis && n->shape[d].a != SYM_B && !(node_is_map(n) && d == 3))
                r->values[i].unit *= dim_size(p, n->shape[d], &none);
    }
}

/* Maps over the source have a fixed number of keys, over the target one that grows. */
static int64_t keys_wanted(const struct run *r, const struct node *n, int64_t cap)
{
    if (!node_is_map(n))
        return 0;
    return n->shape[3].a == SYM_S ? r->source : cap;
}

static bool watched(const struct run *r, int node)
{
    return r->watch[node] != 0;
}

/* Marks scores and softmax that run inside the mix that follows, where nobody looks at them. */
static void absorb(struct run *r, const int *consumers)
{
    const struct plan *p = r->plan;
    for (int i = 0; i < p->nnodes; i++) {
        if (p->nodes[i].op != OP_MIX)
            continue;
        int pattern = p->nodes[i].in[0], scores = p->nodes[pattern].in[0];
        bool plain = p->nodes[pattern].op == OP_SOFTMAX && p->nodes[scores].op == OP_SCORES;
        bool unseen =
            !r->kept[pattern] && !r->kept[scores] && !watched(r, pattern) && !watched(r, scores);
        bool alone = consumers[pattern] == 1 && consumers[scores] == 1;
        /* the fused kernel takes keys and values of one width */
        bool even = dim_equal(p->nodes[p->nodes[i].in[1]].shape[3],
                              p->nodes[p->nodes[scores].in[1]].shape[3]);
        r->absorbed[pattern] = r->absorbed[scores] = plain && unseen && alone && even;
    }
}

/* The inputs that an operation really reads: a fused mix reads the operands of its scores. */
static int reads(const struct run *r, int node, int out[4])
{
    const struct plan *p = r->plan;
    const struct node *n = &p->nodes[node];
    int k = 0;
    if (n->op == OP_MIX && r->absorbed[n->in[0]]) {
        const struct node *scores = &p->nodes[p->nodes[n->in[0]].in[0]];
        out[k++] = scores->in[0];
        out[k++] = scores->in[1];
        out[k++] = n->in[1];
        return k;
    }
    for (int i = 0; i < NODE_INPUTS; i++)
        if (n->in[i] >= 0)
            out[k++] = n->in[i];
    return k;
}

/* Which nodes are computed: what is kept or watched, the results, and what these need. */
static void mark_needed(struct run *r, const int *consumers)
{
    const struct plan *p = r->plan;
    for (int i = p->nnodes - 1; i >= 0; i--) {
        /* what a decoder says; of an encoder alone, all that nothing else reads */
        bool end = p->logits >= 0 ? i == p->logits : consumers[i] == 0;
        bool root = r->kept[i] || watched(r, i) || p->nodes[i].state || (end && !r->narrow);
        r->exec[i] = (r->exec[i] || root) && !r->absorbed[i];
        int in[4], k = r->exec[i] ? reads(r, i, in) : 0;
        for (int j = 0; j < k; j++)
            r->exec[in[j]] = true;
    }
}

/* Gives passing values buffers, each reused after the last reader of the value before. */
static void share_buffers(struct run *r)
{
    const struct plan *p = r->plan;
    int *last = mem_alloc((size_t)p->nnodes * sizeof *last);
    int *busy_until = mem_alloc((size_t)(p->nnodes + 1) * sizeof *busy_until);
    for (int i = 0; i < p->nnodes; i++) {
        last[i] = r->stretch[i]; /* its rows come at different times */
        int in[4], k = r->exec[i] ? reads(r, i, in) : 0;
        for (int j = 0; j < k; j++)
            last[in[j]] = r->stretch[i];
    }
    for (int i = 0; i < p->nnodes; i++) {
        if (!r->exec[i] || r->persist[i] || r->values[i].buffer >= 0)
            continue;
        int b = 0;
        while (b < r->nbuffers && busy_until[b] >= i)
            b++;
        if (b == r->nbuffers) {
            r->buffers = mem_realloc(r->buffers, (size_t)(b + 1) * sizeof *r->buffers);
            r->buffers[b] = NULL;
            r->nbuffers++;
        }
        r->values[i].buffer = b;
        busy_until[b] = last[i];
    }
    free(last);
    free(busy_until);
}

void memory_plan(struct run *r)
{
    const struct plan *p = r->plan;
    size_t n = (size_t)p->nnodes;
    int *consumers = mem_alloc(n * sizeof *consumers);
    memset(r->exec, 0, n * sizeof *r->exec);
    memset(r->absorbed, 0, n * sizeof *r->absorbed);
    for (int i = 0; i < p->nnodes; i++)
        for (int j = 0; j < NODE_INPUTS; j++)
            if (p->nodes[i].in[j] >= 0)
                consumers[p->nodes[i].in[j]]++;
    absorb(r, consumers);
    mark_needed(r, consumers);
    free(consumers);
    /* Rows of their own: what is kept, the cache, and what the decoder reads of the encoder. A
     * value that has a buffer in a pass under way keeps it until the next. */
    bool fresh = r->pc == p->nnodes || !r->begun;
    for (int i = 0; i < p->nnodes; i++) {
        r->persist[i] = r->kept[i] || p->nodes[i].state || p->nodes[i].once;
        if (fresh)
            r->values[i].buffer = -1;
    }
    for (int i = 0; i < p->nnodes; i++)
        for (int j = 0; j < NODE_INPUTS && p->nodes[i].stack == STACK_DEC; j++)
            if (p->nodes[i].in[j] >= 0 && p->nodes[p->nodes[i].in[j]].stack == STACK_ENC)
                r->persist[p->nodes[i].in[j]] = true;
    stretch_plan(r, fresh);
    if (fresh)
        share_buffers(r);
    else
        /* someone began to look at what had no place yet: it gets one of its own */
        for (int i = 0; i < p->nnodes; i++)
            if (r->exec[i] && r->values[i].buffer < 0)
                r->persist[i] = true;
    r->planned = true;
}

static bool product(int64_t a, int64_t b, int64_t c, int64_t d, size_t *out)
{
    int64_t x;
    if (__builtin_mul_overflow(a, b, &x) || __builtin_mul_overflow(x, c, &x) ||
        __builtin_mul_overflow(x, d, &x) || x < 0)
        return false;
    *out = (size_t)x;
    return true;
}

void memory_mask(const struct run *r, int node, float *rows, int64_t n, int64_t keys)
{
    int64_t keycap = r->values[node].keycap, heads = r->values[node].unit;
    float filler = r->plan->nodes[node].op == OP_SCORES ? -INFINITY : 0;
    for (int64_t i = 0; i < n * heads; i++)
        for (int64_t j = keys; j < keycap; j++)
            rows[i * keycap + j] = filler;
}

/* More room for a persistent value, what it holds copied (a map's rows get longer too). */
static bool grow(struct run *r, int node, int64_t cap, struct err *e)
{
    const struct node *n = &r->plan->nodes[node];
    struct value *v = &r->values[node];
    int64_t batch = node_batch(r, n), old_width = v->st != NULL ? node_width(r, node) : 0;
    struct value before = *v;
    struct value next = {
        .buffer = -1, .cap = cap, .keycap = keys_wanted(r, n, cap), .unit = v->unit};
    next.from = before.st != NULL ? before.from : node_first(r, n);
    *v = next;
    int64_t width = node_width(r, node);
    size_t bytes;
    if (!product(cap, batch, width, sizeof(float), &bytes)) {
        *v = before;
        return err_memory(e, SIZE_MAX, n->name);
    }
    struct storage *st = storage_new(bytes, n->name, e);
    if (st == NULL) {
        *v = before;
        return false;
    }
    if (before.st != NULL && old_width == width) {
        memcpy(st->data, before.st->data, (size_t)(before.cap * batch * width) * sizeof(float));
    } else if (before.st != NULL) {
        memory_mask(r, node, st->data, before.cap * batch, 0);
        for (int64_t i = 0; i < before.cap * batch * v->unit; i++)
            memcpy((float *)st->data + i * next.keycap,
                   (float *)before.st->data + i * before.keycap,
                   (size_t)before.keycap * sizeof(float));
    }
    storage_unref(before.st);
    v->st = st;
    return true;
}

bool memory_reserve(struct run *r, struct err *e)
{
    const struct plan *p = r->plan;
    size_t *need = mem_alloc((size_t)(r->nbuffers + 1) * sizeof *need);
    bool ok = true;
    for (int i = 0; ok && i < p->nnodes; i++) {
        const struct node *n = &p->nodes[i];
        struct value *v = &r->values[i];
        if (!r->exec[i] || (!run_first_pass(r) && n->source))
            continue;
        if (r->persist[i] && (v->buffer < 0 || v->st != NULL)) {
            int64_t want =
                n->source || n->stack == STACK_ENC ? node_source_rows(n, r->source) : r->total;
            if (v->st != NULL && v->cap >= want)
                continue;
            if (!n->source) /* the target grows: leave room, at most the model's limit */
                want = want <= FIRST_POSITIONS ? FIRST_POSITIONS : want * 2;
            if (p->max_positions > 0 && want > p->max_positions && r->total <= p->max_positions &&
                !n->source)
                want = p->max_positions;
            ok = grow(r, i, want, e);
            continue;
        }
        v->keycap = keys_wanted(r, n, r->total);
        size_t bytes = 0;
        ok = product(node_rows(r, n), node_batch(r, n), node_width(r, i), sizeof(float), &bytes) ||
             err_memory(e, SIZE_MAX, n->name);
        if (ok && bytes > need[v->buffer])
            need[v->buffer] = bytes;
    }
    for (int b = 0; ok && b < r->nbuffers; b++) {
        if (need[b] == 0 ||
            (r->buffers[b] != NULL && r->buffers[b]->bytes >= need[b] && r->buffers[b]->refs == 1))
            continue;
        struct storage *st = storage_new(need[b], "the values of this pass", e);
        ok = st != NULL;
        if (ok) {
            storage_unref(r->buffers[b]);
            r->buffers[b] = st;
        }
    }
    free(need);
    return ok;
}

bool memory_writable(struct run *r, int node, struct err *e)
{
    struct value *v = &r->values[node];
    struct storage **st = v->buffer >= 0 ? &r->buffers[v->buffer] : &v->st;
    if (*st == NULL && v->buffer < 0) { /* found to be wanted in the middle of a pass */
        const struct node *n = &r->plan->nodes[node];
        return grow(r, node, n->source ? node_source_rows(n, r->source) : r->total, e);
    }
    if ((*st)->refs == 1)
        return true;
    struct storage *copy = storage_new((*st)->bytes, r->plan->nodes[node].name, e);
    if (copy == NULL)
        return false;
    memcpy(copy->data, (*st)->data, (*st)->bytes);
    storage_unref(*st);
    *st = copy;
    return true;
}

float *memory_base(const struct run *r, int node, int64_t *base)
{
    const struct value *v = &r->values[node];
    const struct storage *st = v->buffer >= 0 ? r->buffers[v->buffer] : v->st;
    *base = v->buffer >= 0 ? node_first(r, &r->plan->nodes[node]) : 0;
    return st != NULL ? st->data : NULL;
}

void memory_release(struct run *r)
{
    for (int i = 0; i < r->plan->nnodes; i++)
        storage_unref(r->values[i].st);
    for (int b = 0; b < r->nbuffers; b++)
        storage_unref(r->buffers[b]);
    free(r->buffers);
}

/* ---- what is kept ---------------------------------------------------------------------------- */

static bool ends(const char *s, const char *with)
{
    size_t n = strlen(s), k = strlen(with);
    return n >= k && strcmp(s + n - k, with) == 0;
}

/* What KEEP_AUTO keeps when memory does not allow everything. */
static bool essential(const struct plan *p, const struct site *at)
{
    const char *site = at->name;
    return p->nodes[at->node].pos_axis < 0 || strstr(site, ".resid_") != NULL ||
           ends(site, ".pattern") || ends(site, ".out") || strcmp(site, "logits") == 0 ||
           ends(site, ".embed");
}

static void mark_essential(const struct plan *p, bool *mark)
{
    for (int i = 0; i < p->nsites; i++) {
        const char *s = p->sites[i].name;
        bool inner_out = ends(s, ".self.out") || ends(s, ".cross.out") || ends(s, ".mlp.out");
        if (essential(p, &p->sites[i]) && !inner_out)
            mark[p->sites[i].node] = true;
    }
}

void run_keep_bytes(const struct plan *p, const struct binding *b, int64_t *all, int64_t *some)
{
    bool *mark = mem_alloc((size_t)p->nnodes * sizeof *mark);
    mark_essential(p, mark);
    *all = *some = 0;
    for (int i = 0; i < p->nnodes; i++) {
        int64_t shape[NODE_DIMS], bytes;
        if (__builtin_mul_overflow(plan_shape(p, i, b, shape), (int64_t)sizeof(float), &bytes) ||
            __builtin_add_overflow(*all, bytes, all))
            *all = INT64_MAX;
        if (mark[i] && (*some == INT64_MAX || __builtin_add_overflow(*some, bytes, some)))
            *some = INT64_MAX;
    }
    free(mark);
}

int64_t run_peak_bytes(const struct plan *p, const struct binding *b)
{
    size_t n = (size_t)p->nnodes;
    struct run r = {.plan = p};
    r.values = mem_alloc(n * sizeof *r.values);
    r.kept = mem_alloc(n * sizeof *r.kept);
    r.persist = mem_alloc(n * sizeof *r.persist);
    r.exec = mem_alloc(n * sizeof *r.exec);
    r.absorbed = mem_alloc(n * sizeof *r.absorbed);
    r.watch = mem_alloc(n * sizeof *r.watch);
    r.stretch = mem_alloc(n * sizeof *r.stretch);
    memory_init(&r);
    memory_plan(&r);
    int64_t *need = mem_alloc((size_t)(r.nbuffers + 1) * sizeof *need), peak = 0;
    for (int i = 0; i < p->nnodes; i++) {
        int64_t shape[NODE_DIMS], bytes, none = 0;
        if (!r.exec[i])
            continue;
        if (__builtin_mul_overflow(plan_shape(p, i, b, shape), (int64_t)sizeof(float), &bytes))
            bytes = INT64_MAX;
        int64_t *of = r.persist[i] ? &none : &need[r.values[i].buffer];
        int64_t more = bytes > *of ? bytes - *of : 0;
        if (__builtin_add_overflow(peak, more, &peak))
            peak = INT64_MAX;
        *of += more;
    }
    free(need);
    free(r.values);
    free(r.kept);
    free(r.persist);
    free(r.exec);
    free(r.absorbed);
    free(r.watch);
    free(r.stretch);
    free(r.buffers);
    return peak;
}

bool run_keep(struct run *r, enum keep keep, int64_t positions, int64_t limit, struct err *e)
{
    const struct plan *p = r->plan;
    if (r->begun)
        return err_set(e, ERR_COMMAND, "what is kept is chosen before the first operation");
    size_t n = (size_t)p->nnodes;
    memset(r->kept, keep == KEEP_ALL, n * sizeof *r->kept);
    if (keep == KEEP_AUTO) {
        int64_t all, some;
        run_keep_bytes(p, &(struct binding){r->dbatch, r->source, positions}, &all, &some);
        if (all <= limit)
            memset(r->kept, 1, n * sizeof *r->kept);
        else if (some <= limit)
            mark_essential(p, r->kept);
    }
    r->planned = false;
    return true;
}

void run_narrow(struct run *r)
{
    r->narrow = true;
    r->planned = false;
}

bool run_kept(const struct run *r, int node)
{
    return r->kept[node];
}

void run_keep_node(struct run *r, int node)
{
    if (!r->kept[node]) {
        r->kept[node] = true;
        r->planned = false;
    }
}
