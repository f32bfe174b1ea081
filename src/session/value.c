/* Values of the present run or a named one: as kept, cut to where it stands, or computed again. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

/* A run with all that its values follow from. */
struct past {
    const struct plan *plan;
    const struct tensor *params;
    struct gen *gen;
    const struct source *source;
    struct intervention *const *changes;
    size_t nchanges;
    struct replay *replay;
    const struct named_run *named; /* NULL = the present run */
    bool only;                     /* a document's: nothing can be computed again */
};

static struct past past_of(struct session *s, struct named_run *r)
{
    struct past a = {.named = r, .only = r != NULL ? r->shown : s->document != NULL};
    if (s->model != NULL) {
        a.plan = s->model->plan;
        a.params = s->model->params;
    }
    a.gen = r != NULL ? r->gen : s->gen;
    a.source = r != NULL ? &r->source : &s->source;
    a.changes = r != NULL ? r->changes : s->interventions;
    a.nchanges = r != NULL ? r->nchanges : s->ninterventions;
    a.replay = r != NULL ? &r->replay : &s->replay;
    return a;
}

void replay_drop(struct replay *p)
{
    run_free(p->run);
    free(p->nodes);
    free(p->observers);
    *p = (struct replay){0};
}

void session_drop_replay(struct session *s)
{
    replay_drop(&s->replay);
}

/* Decoder positions of a node that exist where the program stands now. */
static int64_t visible(const struct past *a, int node)
{
    struct place at = gen_place(a->gen);
    const struct node *n = &a->plan->nodes[node];
    if (n->source)
        return at.pass > 0 || node < at.node ? node_source_rows(n, a->source->n) : 0;
    int64_t rows = node < at.node ? pass_end(a->gen, at.pass) : pass_start(a->gen, at.pass);
    /* the best sentence of a search may be shorter than the search */
    int64_t held = a->only ? run_positions(gen_run(a->gen)) : rows;
    return rows < held ? rows : held;
}

/* The tokens that a fresh pass goes over: those of the best hypothesis, without the last one when
 * it was chosen but never fed back. */
static int64_t fed_tokens(const struct past *a, const int32_t **ids)
{
    int64_t n;
    *ids = gen_tokens(a->gen, &n);
    if (gen_done(a->gen))
        return n > 0 ? n - 1 : 0; /* an encoder alone has none */
    int64_t computed = pass_end(a->gen, gen_place(a->gen).pass);
    return n < computed ? n : computed;
}

static bool replayed(const struct replay *p, const int *nodes, int n, int64_t tokens)
{
    bool all = p->run != NULL && p->end == tokens;
    for (int i = 0; all && i < n; i++)
        all = nodes[i] < 0 || p->nodes[nodes[i]];
    return all;
}

/* The changes act on the fresh pass as they did on the run. Their accounts are of the run, so
 * copies look on. */
static void observe_copies(const struct past *a, struct replay *p)
{
    p->observers = mem_alloc((a->nchanges + 1) * sizeof *p->observers);
    for (size_t i = 0; i < a->nchanges; i++) {
        p->observers[i] = a->changes[i]->observer;
        run_observe(p->run, &p->observers[i]);
    }
}

/* Names some of the values that a document holds. */
static bool not_in_document(const struct past *a, int node, struct err *e)
{
    enum { NAMED = 6 };
    struct str list = STR_INIT;
    int n = 0;
    for (int i = 0; i < a->plan->nnodes; i++)
        if (run_computed(gen_run(a->gen), i) && ++n <= NAMED)
            str_addf(&list, "%s%s", n > 1 ? ", " : "", a->plan->nodes[i].name);
    const char *site = a->plan->nodes[node].name;
    if (a->named != NULL)
        err_set(e, ERR_COMMAND, "%s of %s is not part of the document", site, a->named->name);
    else
        err_set(e, ERR_COMMAND, "%s is not part of this document", site);
    err_hint(e, "it has %s%s; what a document lacks is not computed", n > 0 ? list.s : "no values",
             n > NAMED ? ", ..." : "");
    str_release(&list);
    return false;
}

/* One pass over the same source and tokens that holds these values (-1 = none) and those asked for
 * before. */
static bool replay(const struct past *a, const int *wanted, int nwanted, struct err *e)
{
    const struct plan *p = a->plan;
    const int32_t *ids;
    int64_t n = fed_tokens(a, &ids);
    if (replayed(a->replay, wanted, nwanted, n))
        return true;
    for (int i = 0; a->only && i < nwanted; i++)
        if (wanted[i] >= 0)
            return not_in_document(a, wanted[i], e);
    if (a->named != NULL && a->named->hooked)
        return err_set(
            e, ERR_COMMAND,
            "a value of the run %s was not kept, and a hook that changed that run is not "
            "there to compute it again",
            a->named->name);
    struct replay next = {.end = n, .nodes = mem_alloc((size_t)p->nnodes)};
    if (a->replay->run != NULL && a->replay->end == n)
        memcpy(next.nodes, a->replay->nodes, (size_t)p->nnodes);
    for (int i = 0; i < nwanted; i++)
        if (wanted[i] >= 0)
            next.nodes[wanted[i]] = true;
    replay_drop(a->replay);
    struct run_input in = source_input(a->source);
    next.run = run_new(p, a->params, &in, e);
    bool ok = next.run != NULL && run_keep(next.run, KEEP_NONE, n, 0, e);
    if (ok) {
        for (int i = 0; i < p->nnodes; i++)
            if (next.nodes[i])
                run_keep_node(next.run, i);
        observe_copies(a, &next);
        ok = run_pass(next.run, ids, n, e) && run_all(next.run, e) == RUN_DONE;
    }
    if (ok)
        *a->replay = next;
    else
        replay_drop(&next);
    return ok;
}

/* Keys of later positions are not part of what has been computed here. */
static void cut_keys(const struct plan *p, int node, int64_t positions, struct tensor *t)
{
    const struct node *n = &p->nodes[node];
    bool map =
        n->ndim == 4 && n->shape[3].a == SYM_T && (n->op == OP_SCORES || n->op == OP_SOFTMAX);
    if (map && t->shape[3] > positions)
        *t = tensor_slice(t, 3, 0, positions);
}

/* After a beam search the rows are the surviving beams'; the user means the best hypothesis, which is
 * all that a document has. */
static bool in_rows(const struct past *a, int node)
{
    return a->only || gen_opts(a->gen)->search != SEARCH_BEAM || a->plan->nodes[node].source;
}

static bool held(const struct past *a, int node)
{
    struct tensor t;
    struct err why = ERR_INIT;
    int64_t rows = visible(a, node);
    if (!in_rows(a, node) || rows == 0 || !run_rows(gen_run(a->gen), node, 0, rows, &t, &why))
        return false;
    tensor_unref(&t);
    return true;
}

bool session_run_prepare(struct session *s, struct named_run *r, const int *nodes, int n,
                         struct err *e)
{
    struct past a = past_of(s, r);
    int *wanted = mem_alloc((size_t)(n + 1) * sizeof *wanted), missing = 0;
    for (int i = 0; i < n; i++)
        if (visible(&a, nodes[i]) > 0 && !held(&a, nodes[i]))
            wanted[missing++] = nodes[i];
    bool ok = missing == 0 || replay(&a, wanted, missing, e);
    free(wanted);
    return ok;
}

bool session_run_value(struct session *s, struct named_run *r, int node, struct tensor *out,
                       struct err *e)
{
    struct past a = past_of(s, r);
    const struct plan *p = a.plan;
    if (a.gen == NULL || p == NULL)
        return err_set(e, ERR_COMMAND, "nothing has been computed yet") ||
               err_hint(e, "run, or start and step");
    int64_t rows = visible(&a, node);
    if (rows == 0 && r != NULL)
        return err_set(e, ERR_COMMAND, "%s was not computed in the run %s", p->nodes[node].name,
                       r->name);
    if (rows == 0)
        return err_set(e, ERR_COMMAND, "%s is not computed yet", p->nodes[node].name) ||
               err_hint(e, "until %s runs to it", p->nodes[node].name);
    struct err kept = ERR_INIT;
    if (in_rows(&a, node) && run_rows(gen_run(a.gen), node, 0, rows, out, &kept)) {
        cut_keys(p, node, rows, out);
        return true;
    }
    if (!replay(&a, &node, 1, e))
        return false;
    int64_t have =
        p->nodes[node].source ? node_source_rows(&p->nodes[node], a.source->n) : a.replay->end;
    if (!run_rows(a.replay->run, node, 0, rows < have ? rows : have, out, e))
        return false;
    cut_keys(p, node, rows, out);
    return true;
}

bool session_value(struct session *s, int node, struct tensor *out, struct err *e)
{
    return session_run_value(s, NULL, node, out, e);
}

bool session_cell(struct session *s, int node, const int64_t *index, double *out, struct str *log,
                  struct err *e)
{
    struct tensor stored; /* says what is missing, or which index is out of range here */
    if (!session_value(s, node, &stored, e))
        return false;
    const struct node *n = &s->model->plan->nodes[node];
    bool ok = true;
    for (int i = 0; ok && i < stored.ndim; i++)
        if (index[i] < 0 || index[i] >= stored.shape[i])
            ok = err_set(e, ERR_COMMAND, "index %lld of axis %s of %s: the range is 0-%lld",
                         (long long)index[i], stored.axis[i], n->name,
                         (long long)stored.shape[i] - 1);
    tensor_unref(&stored);
    if (!ok)
        return false;
    struct err kept = ERR_INIT;
    struct past a = past_of(s, NULL);
    if (in_rows(&a, node) && run_cell(gen_run(s->gen), node, index, out, log, &kept))
        return true;
    if (a.only) {
        *e = kept;
        return err_hint(e, "a document has values without the model's weights");
    }
    const int operands[] = {n->in[0], n->in[1], node};
    return replay(&a, operands, 3, e) && run_cell(s->replay.run, node, index, out, log, e);
}
