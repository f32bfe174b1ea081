/* Values of the present run: as kept, cut to where the program stands, or computed again. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

void session_drop_replay(struct session *s)
{
    if (s->replay == NULL)
        return;
    for (size_t i = 0; i < s->ninterventions; i++)
        run_unobserve(s->replay, &s->interventions[i]->observer);
    run_free(s->replay);
    free(s->replay_nodes);
    s->replay = NULL;
    s->replay_nodes = NULL;
}

/* Decoder positions of a node that exist where the program stands now. */
static int64_t visible(const struct session *s, int node)
{
    struct place at = gen_place(s->gen);
    const struct node *n = &s->model->plan->nodes[node];
    if (n->source)
        return at.pass > 0 || node < at.node ? s->source.n : 0;
    return node < at.node ? pass_end(s->gen, at.pass) : pass_start(s->gen, at.pass);
}

/* The tokens that a fresh pass goes over: those of the best hypothesis, without the last one when it was chosen but
 * never fed back. */
static int64_t fed_tokens(struct session *s, const int32_t **ids)
{
    int64_t n;
    *ids = gen_tokens(s->gen, &n);
    if (gen_done(s->gen))
        return n - 1;
    int64_t computed = pass_end(s->gen, gen_place(s->gen).pass);
    return n < computed ? n : computed;
}

static bool replayed(const struct session *s, const int *nodes, int n, int64_t tokens)
{
    bool all = s->replay != NULL && s->replay_end == tokens;
    for (int i = 0; all && i < n; i++)
        all = nodes[i] < 0 || s->replay_nodes[nodes[i]];
    return all;
}

/* One pass over the same source and tokens that holds these values (-1 = none) and those asked for before. */
static bool replay(struct session *s, const int *wanted, int nwanted, struct err *e)
{
    const struct plan *p = s->model->plan;
    const int32_t *ids;
    int64_t n = fed_tokens(s, &ids);
    if (replayed(s, wanted, nwanted, n))
        return true;
    bool *nodes = mem_alloc((size_t)p->nnodes * sizeof *nodes);
    if (s->replay != NULL && s->replay_end == n)
        memcpy(nodes, s->replay_nodes, (size_t)p->nnodes * sizeof *nodes);
    for (int i = 0; i < nwanted; i++)
        if (wanted[i] >= 0)
            nodes[wanted[i]] = true;
    session_drop_replay(s);
    struct run_input in = {.ids = s->source.ids, .batch = 1, .length = s->source.n, .beams = 1};
    struct run *r = run_new(p, s->model->params, &in, e);
    bool ok = r != NULL && run_keep(r, KEEP_NONE, n, 0, e);
    for (int i = 0; ok && i < p->nnodes; i++)
        if (nodes[i])
            run_keep_node(r, i);
    for (size_t i = 0; ok && i < s->ninterventions; i++)
        run_observe(r, &s->interventions[i]->observer);
    s->replay = r;
    s->replay_nodes = nodes;
    s->replay_end = n;
    ok = ok && run_pass(r, ids, n, e) && run_all(r, e) == RUN_DONE;
    if (!ok && r == NULL) {
        free(nodes);
        s->replay_nodes = NULL;
    } else if (!ok) {
        session_drop_replay(s);
    }
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

bool session_value(struct session *s, int node, struct tensor *out, struct err *e)
{
    const struct plan *p = s->model != NULL ? s->model->plan : NULL;
    if (s->gen == NULL || p == NULL)
        return err_set(e, ERR_COMMAND, "nothing has been computed yet") ||
               err_hint(e, "run, or start and step");
    int64_t rows = visible(s, node);
    if (rows == 0)
        return err_set(e, ERR_COMMAND, "%s is not computed yet", p->nodes[node].name) ||
               err_hint(e, "until %s runs to it", p->nodes[node].name);
    /* After a beam search the rows are the surviving beams'; the user means the best hypothesis. */
    bool beams = gen_opts(s->gen)->search == SEARCH_BEAM && !p->nodes[node].source;
    struct err kept = ERR_INIT;
    if (!beams && run_rows(gen_run(s->gen), node, 0, rows, out, &kept)) {
        cut_keys(p, node, rows, out);
        return true;
    }
    if (!replay(s, &node, 1, e))
        return false;
    int64_t have = p->nodes[node].source ? s->source.n : s->replay_end;
    if (!run_rows(s->replay, node, 0, rows < have ? rows : have, out, e))
        return false;
    cut_keys(p, node, rows, out);
    return true;
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
    bool beams = gen_opts(s->gen)->search == SEARCH_BEAM && !n->source;
    if (!beams && run_cell(gen_run(s->gen), node, index, out, log, &kept))
        return true;
    const int operands[] = {n->in[0], n->in[1], node};
    return replay(s, operands, 3, e) && run_cell(s->replay, node, index, out, log, e);
}
