/* headcount: the same width cut into more or fewer heads: what changes and what does not. */
#include <stdio.h>
#include <string.h>

#include "counts.h"
#include "values.h"

enum { MOST_CUTS = 32 };
#define WIDEST (1 << 20)

/* What is cut: the width of the stream, and that of all heads joined. */
struct whole {
    int64_t stream, joined, own; /* own: the heads of the open model, 0 = other sizes were given */
    bool bias, measurable;       /* the open model has weights */
    struct binding b;
};

/* The counts of a cut come from a plan like any other's: a model of one layer with so many heads. */
static bool make_cut(const struct whole *w, int64_t heads, struct model **out, struct err *e)
{
    struct config *c;
    struct str text = STR_INIT;
    str_addf(&text,
             "{\"model_type\": \"transformer\", \"d_model\": %lld, \"heads\": %lld, \"d_k\": %lld, "
             "\"d_ff\": 1, \"encoder_layers\": 1, \"decoder_layers\": 0, \"vocab_size\": 1, "
             "\"bias\": %s}",
             (long long)w->stream, (long long)heads, (long long)(w->joined / heads),
             w->bias ? "true" : "false");
    bool ok = config_parse(text.s, text.len, "headcount", &c, e) &&
              model_of_config(c, "headcount", out, e);
    str_release(&text);
    return ok;
}

static int node_of(const struct plan *p, const char *site)
{
    return p->sites[plan_site(p, site)].node;
}

static const char *shape(struct arena *a, const struct plan *p, const char *site,
                         const struct binding *b, struct data *to, const char *key)
{
    int64_t sizes[NODE_DIMS];
    struct str text = STR_INIT;
    int node = node_of(p, site);
    plan_shape(p, node, b, sizes);
    struct data *list = data_add_list(a, to, key);
    for (int i = 0; i < p->nodes[node].ndim; i++)
        data_add_int(a, list, NULL, sizes[i]);
    shape_text(&text, p->nodes[node].ndim, sizes);
    const char *copy = arena_strdup(a, text.s);
    str_release(&text);
    return copy;
}

/* A count as a cell and as data. */
static struct cell amount(struct result *out, const struct plan *p, const struct sum *x,
                          const struct binding *b, struct data *to, const char *key, bool bytes)
{
    int64_t whole;
    double d = sum_value(p, x, b, &whole);
    if (whole == INT64_MAX)
        data_add_num(&out->arena, to, key, d);
    else
        data_add_int(&out->arena, to, key, whole);
    return cell_str(out, bytes ? values_bytes_text(&out->arena, d)
                               : values_grouped(&out->arena, d, whole));
}

struct views {
    struct table *shapes, *costs;
};

static void cut_row(const struct whole *w, const struct model *m, int64_t heads, struct result *out,
                    const struct views *v, struct data *list)
{
    const struct plan *p = m->plan;
    struct arena *a = &out->arena;
    struct sum params = {0}, flops = {0}, scores = {0};
    for (int i = 0; i < p->nnodes; i++) {
        const struct node *n = &p->nodes[i];
        enum growth g = growth_of(n);
        if (g != GROWTH_MAPS && g != GROWTH_PAIRS)
            continue;
        sum_add(&flops, count_flops(p, i));
        for (int k = 0; k < NODE_PARAMS; k++)
            if (n->param[k] >= 0)
                sum_add(&params, count_param(p, n->param[k]));
    }
    sum_add(&scores, product_times(count_value(p, node_of(p, "enc.0.self.scores")),
                                   dim_const(sizeof(float))));
    int64_t width = w->joined / heads, rank = width < w->b.s ? width : w->b.s;
    struct data *d = data_add_map(a, list, NULL);
    struct cell *x = table_row(out, v->shapes), *y = table_row(out, v->costs);
    data_add_int(a, d, "heads", heads);
    data_add_int(a, d, "d_k", width);
    x[0] = y[0] = cell_str(out, heads == w->own ? "*" : "");
    x[1] = y[1] = cell_int(heads);
    x[2] = cell_int(width);
    x[3] = cell_str(out, shape(a, p, "enc.0.self.q", &w->b, d, "q"));
    x[4] = cell_str(out, shape(a, p, "enc.0.self.scores", &w->b, d, "scores"));
    y[2] = amount(out, p, &params, &w->b, d, "parameters", false);
    y[3] = amount(out, p, &flops, &w->b, d, "operations", false);
    y[4] = amount(out, p, &scores, &w->b, d, "scores_bytes", true);
    y[5] = cell_int(rank);
    data_add_int(a, d, "rank", rank);
    sum_release(&params);
    sum_release(&flops);
    sum_release(&scores);
}

/* Sizes from the options, else from the first attention of the open model. */
static bool read_whole(struct session *s, const struct args *a, struct whole *w, struct err *e)
{
    const struct plan *p = s->model != NULL ? s->model->plan : NULL;
    int64_t given = args_int(a, "--width", 0);
    *w = (struct whole){.stream = given, .joined = given, .bias = true};
    if (given == 0 && p == NULL)
        return err_set(e, ERR_COMMAND, "no model is open: the width is not known") ||
               err_hint(e, "headcount --width 512");
    for (int i = 0; given == 0 && i < p->nnodes; i++) {
        const struct node *n = &p->nodes[i];
        if (n->op != OP_LINEAR || n->ndim != 4)
            continue;
        const struct binding none = {1, 1, 1};
        w->stream = p->symbols[p->sym_stream].size;
        w->own = dim_size(p, n->shape[1], &none);
        w->joined = w->own * dim_size(p, n->shape[3], &none);
        w->bias = n->param[1] >= 0;
        w->measurable = s->model->weights != NULL;
        break;
    }
    if (w->joined == 0)
        return err_set(e, ERR_COMMAND, "this model has no attention to cut into heads");
    if (p != NULL)
        w->b = values_binding(s, a);
    w->b.b = args_int(a, "--batch", 1);
    w->b.s = args_int(a, "--len", w->b.s > 0 ? w->b.s : 128);
    w->b.t = w->b.s;
    return true;
}

/* "1,2,4" or "1 2 4" into cuts; how many, -1 + e. */
static int read_cuts(const struct args *a, const struct whole *w, int64_t *cuts, struct err *e)
{
    int n = 0;
    for (int i = 0; i < args_count(a, "heads"); i++) {
        const char *at = args_nth(a, "heads", i);
        while (*at != 0) {
            char word[24];
            size_t len = strcspn(at, ",");
            snprintf(word, sizeof word, "%.*s", (int)(len < sizeof word ? len : sizeof word - 1),
                     at);
            if (n == MOST_CUTS)
                err_set(e, ERR_COMMAND, "at most %d numbers of heads", MOST_CUTS);
            else if (len >= sizeof word || !str_int(word, 1, WIDEST, &cuts[n]))
                err_set(e, ERR_COMMAND, "'%.40s' is no number of heads", word);
            else if (w->joined % cuts[n] != 0)
                err_set(e, ERR_COMMAND, "a width of %lld cannot be cut into %lld heads",
                        (long long)w->joined, (long long)cuts[n]);
            if (e->kind != ERR_NONE) {
                args_blame(a, "heads", i, e);
                return -1;
            }
            n++;
            at += len + (at[len] == ',');
        }
    }
    for (int64_t h = 1; n < 5 && args_count(a, "heads") == 0 && h <= 16; h *= 2)
        if (w->joined % h == 0)
            cuts[n++] = h;
    return n;
}

static void tell(const struct whole *w, struct result *out)
{
    data_add_int(&out->arena, out->data, "width", w->joined);
    data_add_int(&out->arena, out->data, "length", w->b.s);
    out_line(out, TONE_PLAIN, "one self-attention of width %lld over %lld tokens%s",
             (long long)w->joined, (long long)w->b.s, w->own > 0 ? "; * as in the open model" : "");
    out_line(out, TONE_DIM,
             "W is cut, not copied: parameters and products stay as they are; each head adds a "
             "matrix of scores");
    out_line(
        out, TONE_DIM,
        "rank: the highest that Q K^T of one head can have, the smaller of d_k and the length");
    if (w->own > 0 && w->measurable)
        out_line(out, TONE_DIM, "the command rank measures those of the open model");
}

static bool headcount_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    struct whole w;
    int64_t cuts[MOST_CUTS];
    int n = read_whole(s, a, &w, e) ? read_cuts(a, &w, cuts, e) : -1;
    if (n < 0)
        return false;
    struct data *list = data_add_list(&out->arena, out->data, "cuts");
    const struct views v = {
        out_table(out, "_ heads> d_k> q,_k,_v,_z:_B,_H,_S,_K scores,_pattern:_B,_H,_S,_S"),
        out_table(out, "_ heads> parameters> operations> score_matrices> rank_at_most>")};
    for (int i = 0; i < n; i++) {
        struct model *m;
        if (!make_cut(&w, cuts[i], &m, e))
            return false;
        cut_row(&w, m, cuts[i], out, &v, list);
        model_free(m);
    }
    tell(&w, out);
    return true;
}

static const struct arg headcount_args[] = {
    {.name = "--width",
     .kind = ARG_INT,
     .help = "width of all heads together, and of the stream",
     .optional = true,
     .lo = 1,
     .hi = WIDEST},
    VALUES_SIZE_ARG("--batch", "sentences at once (1)"),
    VALUES_SIZE_ARG("--len", "tokens (128)"),
    {.name = "heads",
     .kind = ARG_WORD,
     .help = "numbers of heads (1,2,4,8,16)",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_headcount = {
    .name = "headcount",
    .group = GROUP_ANALYSIS,
    .args = headcount_args,
    .summary = "The same width cut into 1, 2, 4, 8, 16 heads: shapes, costs, highest rank",
    .help =
        "Of one self-attention of the open model's width, or of --width. Numbers of heads that do "
        "not divide the width\n"
        "are left out, or refused when they were asked for.\n"
        "  headcount\n  headcount 1,3,6,12 --width 768\n  headcount --len 2048 --batch 32",
    .exec = headcount_exec,
};
