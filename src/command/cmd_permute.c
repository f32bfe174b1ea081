/* permute: the present sentence in another order, with positions switched off and on. Without them
 * an encoder cannot tell order: every value is permuted as the sentence was. */
#include <math.h>
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "session/pass.h"
#include "values.h"

#define ROUNDING 1e-5 /* differences of this share of a value's largest number are rounding */

/* ---- what is compared ------------------------------------------------------------------------ */

struct permutation {
    const int32_t *from; /* [n] row i of the permuted sentence is row from[i] of the sentence */
    int64_t n;
    int32_t *ids;      /* [n] of the permuted sentence */
    int32_t *segments; /* the same, NULL = all 0 */
};

/* One site and how far the permuted sentence's value is from the permuted value, as a share of its
 * largest number; [0]: positions off, [1]: on. */
struct row {
    int node;
    int axes; /* how many of its axes are positions: 1 for streams and heads, 2 for maps */
    double differs[2];
};

static bool position_axis(const struct node *n, int axis)
{
    return n->shape[axis].a == SYM_S && n->shape[axis].b == SYM_ONE;
}

static int position_axes(const struct node *n)
{
    int axes = 0;
    for (int i = 0; i < n->ndim; i++)
        axes += position_axis(n, i);
    return axes;
}

/* The largest |x - y| with y read at permuted positions, and the largest finite |y|. Equal
 * infinities (masks) do not differ. */
static double difference(const struct node *n, const struct permutation *p, const struct tensor *x,
                         const struct tensor *y)
{
    int64_t at[TENSOR_DIMS] = {0}, there[TENSOR_DIMS];
    double most = 0, largest = 0;
    for (int64_t k = tensor_count(x); k > 0; k--) {
        for (int i = 0; i < x->ndim; i++)
            there[i] = position_axis(n, i) ? p->from[at[i]] : at[i];
        double a = tensor_get(x, at), b = tensor_get(y, there);
        double d = a == b ? 0 : fabs(a - b);
        most = d > most || isnan(d) ? d : most;
        largest = isfinite(b) && fabs(b) > largest ? fabs(b) : largest;
        for (int i = x->ndim - 1; i >= 0 && ++at[i] == x->shape[i]; i--)
            at[i] = 0;
    }
    return most == 0 ? 0 : most / largest;
}

/* ---- running --------------------------------------------------------------------------------- */

static bool compare(const struct permutation *p, struct run *permuted, struct run *plain,
                    struct row *rows, int n, int which, struct err *e)
{
    for (int i = 0; i < n; i++) {
        struct tensor x, y = {0};
        bool ok = run_value(permuted, rows[i].node, &x, e) && run_value(plain, rows[i].node, &y, e);
        if (ok)
            rows[i].differs[which] = difference(&run_plan(plain)->nodes[rows[i].node], p, &x, &y);
        tensor_unref(&x);
        tensor_unref(&y);
        if (!ok)
            return false;
        if (interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted");
    }
    return true;
}

/* The sentence and the permuted one, both with these observers, compared at every row's site. */
static bool measure(struct session *s, const struct permutation *p, const bool *keep,
                    struct observer *const *observers, int nobservers, struct row *rows, int n,
                    int which, struct err *e)
{
    struct pass in = {.source = s->source.ids,
                      .segments = s->source.segments,
                      .nsource = p->n,
                      .keep = keep,
                      .observers = observers,
                      .nobservers = nobservers};
    struct run *plain = session_pass(s, &in, 0, e), *permuted = NULL;
    int64_t held = session_pass_bytes(s->model->plan, &in);
    in.source = p->ids;
    in.segments = p->segments;
    if (plain != NULL)
        permuted = session_pass(s, &in, held, e);
    bool ok = permuted != NULL && compare(p, permuted, plain, rows, n, which, e);
    run_free(permuted);
    run_free(plain);
    return ok;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_order(struct session *s, struct result *out, const struct permutation *p)
{
    struct table *t = out_table(out, "#> was> piece*");
    struct data *list = data_add_list(&out->arena, out->data, "permutation");
    for (int64_t i = 0; i < p->n; i++) {
        char buf[24];
        struct cell *c = table_row(out, t);
        c[0] = cell_int(i);
        c[1] = cell_int(p->from[i]);
        c[2] = cell_str(out, session_piece(s, TOKEN_SOURCE, p->ids[i], buf));
        data_add_int(&out->arena, list, NULL, p->from[i]);
    }
}

static struct cell share(struct result *out, double v, bool off)
{
    struct cell c = v == 0 ? cell_str(out, "0") : cell_num(v, v < 0.001 ? "%.1e" : "%.3f");
    c.tone = off ? (v <= ROUNDING ? TONE_GOOD : TONE_BAD) : TONE_PLAIN;
    return c;
}

static void draw_sites(struct session *s, struct result *out, const struct row *rows, int n)
{
    static const char *const axes[] = {"", "rows", "rows and columns"};
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "site permuted off> on>");
    struct data *list = data_add_list(a, out->data, "sites");
    t->title = "difference, as a share of the value's largest number; positions";
    for (int i = 0; i < n; i++) {
        const char *name = s->model->plan->nodes[rows[i].node].name;
        struct cell *c = table_row(out, t);
        c[0] = cell_str(out, name);
        c[0].tone = TONE_SITE;
        c[1] = cell_str(out, axes[rows[i].axes]);
        c[2] = share(out, rows[i].differs[0], true);
        c[3] = share(out, rows[i].differs[1], false);
        struct data *d = data_add_map(a, list, NULL);
        data_add_str(a, d, "site", name);
        data_add_str(a, d, "permuted", axes[rows[i].axes]);
        data_add_num(a, d, "off", rows[i].differs[0]);
        data_add_num(a, d, "on", rows[i].differs[1]);
    }
}

/* What the table says, in two lines. */
static void verdict(struct session *s, struct result *out, const struct row *rows, int n)
{
    const struct plan *p = s->model->plan;
    struct arena *a = &out->arena;
    int worst = 0, first = -1, broken = 0, last = -1;
    for (int i = 0; i < n; i++) {
        worst =
            rows[i].differs[0] > rows[worst].differs[0] || isnan(rows[i].differs[0]) ? i : worst;
        broken += !(rows[i].differs[0] <= ROUNDING);
        first = first < 0 && !(rows[i].differs[1] <= ROUNDING) ? i : first;
        last = rows[i].axes == 1 ? i : last;
    }
    const char *at = p->nodes[rows[worst].node].name;
    data_add_bool(a, out->data, "holds", broken == 0);
    data_add_num(a, out->data, "rounding", ROUNDING);
    data_add_num(a, out->data, "largest", rows[worst].differs[0]);
    if (broken == 0)
        out_line(out, TONE_GOOD,
                 "positions off: O_p(i) = P O_i at all %d sites, to rounding (largest %.1e, at %s)",
                 n, rows[worst].differs[0], at);
    else
        out_line(out, TONE_BAD,
                 "positions off: O_p(i) = P O_i fails at %d of %d sites (largest %.2g, at %s)%s",
                 broken, n, rows[worst].differs[0], at,
                 s->ninterventions > 0 ? "; a change to the computation is in force (info state)"
                                       : "");
    if (first < 0) {
        data_add_null(a, out->data, "first");
        out_line(out, TONE_PLAIN, "positions on: no difference either: the order was not changed");
        return;
    }
    data_add_str(a, out->data, "first", p->nodes[rows[first].node].name);
    out_line(out, TONE_PLAIN, "positions on: first broken at %s, by %.2f; at %s by %.2f",
             p->nodes[rows[first].node].name, rows[first].differs[1],
             p->nodes[rows[last].node].name, rows[last].differs[1]);
    out_line(out, TONE_DIM,
             "position i stays with place i, not with the word that was moved there");
}

/* ---- the command ----------------------------------------------------------------------------- */

/* What is wrong with the indices, or nothing. */
static bool check(struct session *s, const struct permutation *p, int count, struct err *e)
{
    if (count != p->n) {
        struct str reversed = STR_INIT;
        for (int64_t i = p->n - 1; i >= 0 && p->n <= 40; i--)
            str_addf(&reversed, "%lld%s", (long long)i, i > 0 ? "," : "");
        err_set(e, ERR_COMMAND,
                "%d ind%s for %lld tokens: each token of the sentence stands once in the order",
                count, count == 1 ? "ex" : "ices", (long long)p->n);
        if (reversed.len > 0)
            err_hint(e, "tokens lists them; backwards: permute %s", reversed.s);
        str_release(&reversed);
        return false;
    }
    bool *seen = mem_alloc((size_t)p->n + 1), ok = true;
    for (int64_t i = 0; ok && i < p->n; i++) {
        int32_t at = p->from[i];
        if (at < 0 || at >= p->n)
            ok = err_set(e, ERR_COMMAND, "index %d is not a token: the range is 0-%lld", at,
                         (long long)p->n - 1);
        else if (seen[at])
            ok = err_set(e, ERR_COMMAND, "index %d stands twice: a permutation has each once", at);
        else
            seen[at] = true;
    }
    free(seen);
    (void)s;
    return ok;
}

/* The sites of the encoder and which of them are positions; false + e: the question makes no sense
 * here. */
static bool survey(const struct plan *p, bool *keep, struct silence *off, struct row *rows, int *n,
                   struct err *e)
{
    int positions = 0;
    *n = 0;
    for (int i = 0; i < p->nnodes; i++) {
        int axes = position_axes(&p->nodes[i]);
        if (p->nodes[i].stack != STACK_ENC || axes == 0)
            continue;
        keep[i] = true;
        rows[(*n)++] = (struct row){.node = i, .axes = axes};
        off->nodes[i] = p->nodes[i].op == OP_POSITION;
        positions += off->nodes[i];
    }
    if (*n == 0)
        return err_set(e, ERR_COMMAND,
                       "this model has no encoder; a decoder's causal mask knows "
                       "the order even without positions");
    if (positions == 0)
        return err_set(e, ERR_COMMAND,
                       "this model adds no positions to its embeddings: there is nothing to "
                       "switch off");
    return true;
}

static bool permute_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *plan = s->model->plan;
    int count, n;
    struct permutation p = {.n = s->source.n};
    p.from = args_ids(a, "order", &count);
    if (!check(s, &p, count, e))
        return args_blame(a, "order", 0, e);
    size_t nodes = (size_t)plan->nnodes;
    p.ids = mem_alloc((size_t)p.n * sizeof *p.ids);
    for (int64_t i = 0; i < p.n; i++)
        p.ids[i] = s->source.ids[p.from[i]];
    if (s->source.segments != NULL) {
        p.segments = mem_alloc((size_t)p.n * sizeof *p.segments);
        for (int64_t i = 0; i < p.n; i++)
            p.segments[i] = s->source.segments[p.from[i]];
    }
    bool *keep = mem_alloc(nodes + 1);
    struct row *rows = mem_alloc((nodes + 1) * sizeof *rows);
    struct silence off;
    silence_init(&off, plan);
    struct observer *const observers[] = {&off.observer};
    bool ok = survey(plan, keep, &off, rows, &n, e) &&
              measure(s, &p, keep, observers, 1, rows, n, 0, e) &&
              measure(s, &p, keep, NULL, 0, rows, n, 1, e);
    if (ok) {
        draw_order(s, out, &p);
        draw_sites(s, out, rows, n);
        verdict(s, out, rows, n);
    }
    silence_release(&off);
    free(rows);
    free(keep);
    free(p.ids);
    free(p.segments);
    return ok;
}

static const struct arg permute_args[] = {
    {.name = "order",
     .kind = ARG_IDS,
     .help = "the tokens in their new order: 2,0,1",
     .many = true},
    {0},
};

const struct command cmd_permute = {
    .name = "permute",
    .alias = "perm",
    .group = GROUP_ANALYSIS,
    .needs = NEED_WEIGHTS | NEED_TEXT,
    .args = permute_args,
    .summary = "The sentence in another order, positions off and on: what the encoder can tell",
    .help =
        "Runs the sentence and its permutation through the encoder and compares them at every "
        "site: the value of the\n"
        "permuted sentence with the value of the sentence, permuted (rows of streams and heads, "
        "rows and columns of maps).\n"
        "With positions off they are equal to rounding: O_p(i) = P O_i. With positions on they "
        "are not. The run that is\n"
        "open stays as it is; changes to the computation hold here too.\n"
        "  permute 5,4,3,2,1,0    the sentence of six tokens backwards",
    .exec = permute_exec,
};
