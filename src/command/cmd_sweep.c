/* sweep: every head or layer silenced in turn, and what that does to the score of reference
 * translations; beside it what each head does with its attention. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "head_use.h"
#include "pairs.h"
#include "session/pass.h"
#include "values.h"

/* What is silenced together: one head at its z, or all that a layer adds to the stream. */
struct target {
    const char *name; /* "dec.2.cross.h1", "enc.0" */
    int pattern;      /* node of the head's pattern, -1: a layer */
    int first;        /* the first node that changes */
    int layer;
    struct silence off;
    struct head_use use;
    struct pair_score score; /* of all sentences, with it silenced */
};

struct sweep {
    struct session *s;
    const struct plan *p;
    struct target *v;
    int n;
    bool *all; /* [nnodes] every value: what a pass holds, so that others go on from it */
    struct pair_score whole;
    int64_t tokens;
    double done, steps; /* of the progress */
};

/* ---- targets --------------------------------------------------------------------------------- */

static void add_head(struct sweep *w, struct arena *a, int pattern, int head)
{
    const struct node *n = &w->p->nodes[pattern];
    struct target *t = &w->v[w->n++];
    silence_init(&t->off, w->p);
    t->pattern = pattern;
    t->first = attn_mixed(w->p, pattern);
    t->layer = n->layer;
    t->off.nodes[t->first] = true;
    t->off.head = head;
    t->name =
        arena_printf(a, "%s.%d.%s.h%d", stack_name(n->stack), n->layer, part_name(n->part), head);
}

static void heads(struct sweep *w, struct arena *a)
{
    const struct binding none = {1, 1, 1};
    int count = 0;
    for (int i = 0; i < w->p->nnodes; i++)
        if (attn_is_pattern(w->p, i) && attn_mixed(w->p, i) >= 0)
            count += (int)dim_size(w->p, w->p->nodes[i].shape[1], &none);
    w->v = arena_alloc(a, ((size_t)count + 1) * sizeof *w->v);
    for (int i = 0; i < w->p->nnodes; i++)
        for (int h = 0; attn_is_pattern(w->p, i) && attn_mixed(w->p, i) >= 0 &&
                        h < dim_size(w->p, w->p->nodes[i].shape[1], &none);
             h++)
            add_head(w, a, i, h);
}

/* Does this value end a sub-layer: what the stream is given? */
static bool is_out(const struct node *n)
{
    const char *leaf = strrchr(n->name, '.');
    return n->layer >= 0 && leaf != NULL && strcmp(leaf, ".out") == 0 && n->ndim == 3;
}

static void layers(struct sweep *w, struct arena *a)
{
    w->v = arena_alloc(a, (size_t)(w->p->layers[0] + w->p->layers[1] + 1) * sizeof *w->v);
    for (int i = 0; i < w->p->nnodes; i++) {
        const struct node *n = &w->p->nodes[i];
        if (!is_out(n))
            continue;
        const char *name = arena_printf(a, "%s.%d", stack_name(n->stack), n->layer);
        struct target *t = w->n > 0 ? &w->v[w->n - 1] : NULL;
        if (t == NULL || strcmp(t->name, name) != 0) {
            t = &w->v[w->n++];
            silence_init(&t->off, w->p);
            *t = (struct target){
                .name = name, .pattern = -1, .first = i, .layer = n->layer, .off = t->off};
            t->off.observer.ud = &t->off;
        }
        t->off.nodes[i] = true;
    }
}

/* ---- running --------------------------------------------------------------------------------- */

static void progress(struct sweep *w, bool over)
{
    struct session_hooks *h = &w->s->hooks;
    if (h->progress != NULL)
        h->progress(h->ud, "sweep", w->done / w->steps, over);
}

static bool score(struct sweep *w, struct run *r, const struct pair *p, struct pair_score *sum,
                  struct err *e)
{
    struct tensor logits;
    if (!run_value(r, w->p->logits, &logits, e))
        return false;
    struct pair_score one = pairs_score(&logits, p);
    tensor_unref(&logits);
    sum->logp += one.logp;
    sum->first += one.first;
    return true;
}

static bool add_use(struct sweep *w, struct run *r, struct target *t, struct err *e)
{
    struct tensor pattern;
    const struct plan *p = w->p;
    if (t->pattern < 0)
        return true;
    if (!run_value(r, t->pattern, &pattern, e))
        return false;
    struct tensor row = tensor_index(&pattern, 0, 0), one = tensor_index(&row, 0, t->off.head);
    head_use_add(&t->use, &one, p->nodes[p->nodes[t->pattern].in[0]].causal);
    tensor_unref(&pattern);
    return true;
}

/* Goes on from the whole pass at the first value that changes; what lies before is shared. */
static bool without(struct sweep *w, const struct run *whole, struct target *t,
                    const struct pair *p, struct err *e)
{
    struct run *r = run_fork(whole, e);
    if (r == NULL)
        return false;
    struct observer *copies = session_observe(w->s, r);
    run_observe(r, &t->off.observer);
    int64_t fed = run_positions(whole);
    bool ok = run_rewind(r, 0, fed, t->first, e) && run_all(r, e) == RUN_DONE &&
              score(w, r, p, &t->score, e);
    run_unobserve(r, &t->off.observer);
    session_unobserve(w->s, r, copies);
    run_free(r);
    return ok;
}

static bool sentence(struct sweep *w, struct arena *a, const struct pair *p, struct err *e)
{
    struct pass in = {.source = p->source, .nsource = p->nsource, .keep = w->all};
    in.target = pairs_fed(w->s, a, p, &in.ntarget);
    if (in.ntarget < 1)
        return err_set(e, ERR_COMMAND,
                       "a translation of one token and no start token: nothing "
                       "foretells it");
    struct run *whole = session_pass(w->s, &in, 0, e);
    bool ok = whole != NULL && score(w, whole, p, &w->whole, e);
    w->tokens += in.ntarget;
    for (int i = 0; ok && i < w->n; i++) {
        ok = add_use(w, whole, &w->v[i], e) && without(w, whole, &w->v[i], p, e);
        w->done++;
        progress(w, false);
    }
    run_free(whole);
    return ok;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static double metric(const struct sweep *w, const struct pair_score *s, bool logp)
{
    double n = w->tokens > 0 ? (double)w->tokens : 1;
    return logp ? s->logp / n : (double)s->first / n;
}

static const enum use shown[] = {USE_ENTROPY, USE_STRONGEST, USE_PREVIOUS, USE_SAME,
                                 USE_NEXT,    USE_FIRST,     USE_LAST};
enum { SHOWN = sizeof shown / sizeof *shown };

static void use_cells(struct result *out, struct data *d, const struct target *t, struct cell *c)
{
    for (int u = 0; u < SHOWN; u++) {
        double v = head_use_mean(&t->use, shown[u]);
        if (isnan(v)) {
            data_add_null(&out->arena, d, use_name(shown[u]));
            continue;
        }
        c[u] = cell_num(v, "%.2f");
        data_add_num(&out->arena, d, use_name(shown[u]), v);
    }
}

static void draw(const struct sweep *w, struct result *out, bool logp, bool by_head)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(
        out, by_head ? "head bits> most> prev> same> next> first> last> lost> |" : "layer lost> |");
    struct data *list = data_add_list(a, out->data, "rows");
    struct head_grids grids = {.a = a, .plan = w->p, .nwhich = 1};
    double base = metric(w, &w->whole, logp), most = 1e-9;
    int worst = 0;
    for (int i = 0; i < w->n; i++) {
        double lost = base - metric(w, &w->v[i].score, logp);
        most = fabs(lost) > most ? fabs(lost) : most;
        worst = lost > base - metric(w, &w->v[worst].score, logp) ? i : worst;
    }
    for (int i = 0; i < w->n; i++) {
        const struct target *x = &w->v[i];
        double after = metric(w, &x->score, logp), lost = base - after;
        struct cell *c = table_row(out, t);
        struct data *d = data_add_map(a, list, NULL);
        *c = cell_str(out, x->name);
        c++->tone = TONE_SITE;
        data_add_str(a, d, by_head ? "head" : "layer", x->name);
        if (by_head) {
            use_cells(out, d, x, c);
            c += SHOWN;
            *head_grid_cell(head_grids_of(&grids, x->pattern), x->layer, x->off.head) = lost;
        }
        *c++ = cell_num(fabs(lost) < 0.00005 ? 0 : lost, "%.4f"); /* no -0.0000 */
        *c = cell_bar(lost / most);
        data_add_num(a, d, "after", after);
        data_add_num(a, d, "lost", lost);
    }
    static const char *const titles[] = {"lost"};
    for (int k = 0; k < grids.nkinds; k++)
        head_grid_draw(out, &grids.v[k], 1, titles, "max", NULL);
    out_line(out, TONE_STRONG, "most is lost without %s: %.4f", w->v[worst].name,
             base - metric(w, &w->v[worst].score, logp));
}

static void headline(const struct sweep *w, struct result *out, size_t sentences, bool logp,
                     const char *metric_name)
{
    struct arena *a = &out->arena;
    double base = metric(w, &w->whole, logp);
    data_add_str(a, out->data, "metric", metric_name);
    data_add_int(a, out->data, "sentences", (int64_t)sentences);
    data_add_int(a, out->data, "tokens", w->tokens);
    data_add_num(a, out->data, "base", base);
    out_line(out, TONE_PLAIN, "%zu sentence%s, %lld tokens of their translations: %s %.4f",
             sentences, sentences == 1 ? "" : "s", (long long)w->tokens,
             logp ? "log p a token" : "share that the model says first", base);
    out_line(out, TONE_DIM,
             "lost: how much of that goes when it is set to zero (below 0: it was in "
             "the way)");
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool sweep_all(struct sweep *w, const struct pairs *pairs, struct arena *a, struct err *e)
{
    bool ok = true;
    w->steps = (double)pairs->n * (double)w->n;
    w->all = mem_alloc((size_t)w->p->nnodes + 1);
    memset(w->all, true, (size_t)w->p->nnodes);
    for (size_t i = 0; ok && i < pairs->n; i++) {
        ok = sentence(w, a, &pairs->v[i], e);
        if (ok && interrupted())
            ok = err_set(e, ERR_INTERRUPT, "interrupted");
    }
    progress(w, true);
    free(w->all);
    return ok;
}

static bool sweep_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    bool by_head = strcmp(args_str(a, "what"), "heads") == 0,
         logp = strcmp(args_str(a, "metric") != NULL ? args_str(a, "metric") : "logp", "logp") == 0;
    struct sweep w = {.s = s, .p = p};
    struct pairs pairs = {0};
    const char *file = args_str(a, "file");
    if (p->logits < 0 || p->dec_first == p->nnodes)
        return err_set(e, ERR_COMMAND,
                       "sweep scores translations; %s is an encoder alone and says none",
                       s->model->name);
    bool ok = file != NULL ? pairs_read(s, file, args_int(a, "--count", INT64_MAX), &pairs, e)
                           : pairs_present(s, &pairs, e);
    if (!ok && file != NULL) {
        if (args_str(a, "metric") == NULL)
            err_hint(e, "metrics are logp and first; a file has lines: sentence, tab, translation");
        args_blame(a, "file", 0, e);
    }
    if (ok)
        (by_head ? heads : layers)(&w, &out->arena);
    ok = ok && sweep_all(&w, &pairs, &out->arena, e);
    if (ok) {
        headline(&w, out, pairs.n, logp, logp ? "logp" : "first");
        draw(&w, out, logp, by_head);
    }
    for (int i = 0; i < w.n; i++)
        silence_release(&w.v[i].off);
    pairs_release(&pairs);
    return ok;
}

static const struct arg sweep_args[] = {
    {.name = "what", .kind = ARG_CHOICE, .help = "what is silenced", .choices = "heads|layers"},
    {.name = "metric",
     .kind = ARG_CHOICE,
     .help = "logp: log-probability a token; first: share of tokens that the model says first",
     .choices = "logp|first",
     .optional = true},
    {.name = "file",
     .kind = ARG_FILE,
     .help = "lines: sentence, tab, translation; none: the present ones",
     .optional = true},
    {.name = "--count",
     .kind = ARG_INT,
     .help = "sentences of the file at most",
     .optional = true,
     .lo = 1,
     .hi = INT32_MAX},
    {0},
};

const struct command cmd_sweep = {
    .name = "sweep",
    .alias = "sw",
    .group = GROUP_ANALYSIS,
    .needs = NEED_WEIGHTS,
    .args = sweep_args,
    .summary = "Each head or layer silenced in turn: what reference translations lose",
    .help = "A head is set to zero at its z, a layer in all that it adds to the stream. Beside the "
            "loss, what each head does,\n"
            "mean over the rows of all sentences: entropy in bits, weight on the strongest key "
            "(most), on "
            "the key before the query,\n"
            "at its place, after it, on the first and on the last. The run that is open stays; "
            "changes in force hold.\n"
            "  sweep heads                                        the present sentence\n"
            "  sweep heads logp examples/sentences.fa-en.tsv --count 20\n"
            "  sweep layers first examples/sentences.fa-en.tsv",
    .exec = sweep_exec,
};
