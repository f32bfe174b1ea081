/* profile: where the time of a generation goes. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "values.h"

/* One line of the table: the operations that share a label. */
struct share {
    const char *label;
    double seconds, flops, bytes;
    int nodes;
};

/* What a node did in all passes: encoder values once, decoder values row by row. */
static void add_cost(const struct plan *p, int node, int64_t source, int64_t first_rows,
                     int64_t positions, int element, struct share *g)
{
    const struct node *n = &p->nodes[node];
    struct binding b = {1, source, positions};
    if (n->source) {
        struct cost c = plan_cost(p, node, &b, source, element);
        g->flops += c.flops;
        g->bytes += c.weight_bytes + c.value_bytes;
        return;
    }
    for (int64_t t = first_rows; t <= positions; t++) {
        b.t = t;
        struct cost c = plan_cost(p, node, &b, t == first_rows ? first_rows : 1, element);
        g->flops += c.flops;
        g->bytes += c.weight_bytes + c.value_bytes;
    }
}

static const char *label_of(const struct plan *p, int node, const char *by, struct arena *a)
{
    const struct node *n = &p->nodes[node];
    if (strcmp(by, "site") == 0)
        return n->name;
    if (strcmp(by, "layer") == 0)
        return n->layer < 0 ? n->name : arena_printf(a, "%s.%d", stack_name(n->stack), n->layer);
    return arena_printf(a, "%s %s", stack_name(n->stack), op_name(n->op));
}

static int by_time(const void *x, const void *y)
{
    double a = ((const struct share *)x)->seconds, b = ((const struct share *)y)->seconds;
    return a < b ? 1 : a > b ? -1 : 0;
}

static size_t collect(struct session *s, struct gen *g, const char *by, struct arena *a,
                      struct share *groups)
{
    const struct plan *p = s->model->plan;
    const double *seconds = run_seconds(gen_run(g));
    int element =
        s->model->params != NULL && p->nparams > 0 ? (int)dtype_size(s->model->params[0].dtype) : 4;
    int64_t positions = run_positions(gen_run(g));
    size_t n = 0;
    for (int i = 0; i < p->nnodes; i++) {
        const char *label = label_of(p, i, by, a);
        size_t k = 0;
        while (k < n && strcmp(groups[k].label, label) != 0)
            k++;
        if (k == n)
            groups[n++] = (struct share){.label = label};
        groups[k].seconds += seconds[i];
        groups[k].nodes++;
        add_cost(p, i, s->source.n, gen_prefix_length(g), positions, element, &groups[k]);
    }
    return n;
}

static void show(struct result *out, struct share *groups, size_t n, double total)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "what ops> ms> share> | GFLOP/s> GB/s>");
    struct data *list = data_add_list(a, out->data, "operations");
    qsort(groups, n, sizeof *groups, by_time);
    for (size_t i = 0; i < n; i++) {
        const struct share *g = &groups[i];
        struct data *d = data_add_map(a, list, NULL);
        data_add_str(a, d, "name", g->label);
        data_add_int(a, d, "operations", g->nodes);
        data_add_num(a, d, "seconds", g->seconds);
        data_add_num(a, d, "flops", g->flops);
        data_add_num(a, d, "bytes", g->bytes);
        struct cell *c = table_row(out, t);
        c[0] = cell_str(out, g->label);
        c[1] = cell_int(g->nodes);
        c[2] = cell_num(g->seconds * 1e3, "%.3f");
        c[3] = cell_str(out, arena_printf(a, "%.1f %%", total > 0 ? 100 * g->seconds / total : 0));
        c[4] = cell_bar(total > 0 ? g->seconds / total : 0);
        c[5] = g->seconds > 0 ? cell_num(g->flops / g->seconds * 1e-9, "%.2f") : cell_str(out, "-");
        c[6] = g->seconds > 0 ? cell_num(g->bytes / g->seconds * 1e-9, "%.2f") : cell_str(out, "-");
    }
}

static bool profile_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    const char *by = args_str(a, "--by") != NULL ? args_str(a, "--by") : "op";
    struct run_input in = source_input(&s->source);
    struct gen_options o = s->search;
    o.search = SEARCH_GREEDY;
    int64_t set = s->settings.number[SET_MAXNEW];
    o.max_new = args_int(a, "--max", set > 0 ? set : s->model->defaults.max_new);
    o.prefix = s->prefix;
    o.nprefix = s->nprefix;
    struct gen *g = gen_new(p, s->model->params, &in, &s->model->rules, &o, e);
    if (g == NULL)
        return false;
    run_time(gen_run(g));
    double begin = clock_seconds();
    bool ok = run_keep(gen_run(g), KEEP_NONE, 0, 0, e) && gen_all(g, e) == GEN_DONE;
    double wall = clock_seconds() - begin, inside = 0;
    if (ok) {
        struct share *groups = arena_alloc(&out->arena, (size_t)p->nnodes * sizeof *groups);
        size_t n = collect(s, g, by, &out->arena, groups);
        for (size_t i = 0; i < n; i++)
            inside += groups[i].seconds;
        show(out, groups, n, inside);
        data_add_num(&out->arena, out->data, "seconds", wall);
        data_add_int(&out->arena, out->data, "tokens", gen_nsteps(g));
        out_begin(out);
        out_span(out, TONE_PLAIN, "total %.3f ms, %lld source tokens", wall * 1e3,
                 (long long)s->source.n);
        if (plan_decodes(p))
            out_span(out, TONE_PLAIN, ", %lld generated", (long long)gen_nsteps(g));
        out_span(out, TONE_PLAIN, "; %.1f %% outside the operations",
                 wall > 0 ? 100 * (wall - inside) / wall : 0);
        out_line(out, TONE_DIM,
                 "nothing is kept; scores and softmax inside a fused attention count to its mix");
    }
    gen_free(g);
    return ok;
}

static const struct arg profile_args[] = {
    {.name = "--by",
     .kind = ARG_CHOICE,
     .help = "what a line stands for (op)",
     .optional = true,
     .choices = "op|layer|site"},
    {.name = "--max",
     .kind = ARG_INT,
     .help = "most tokens to generate",
     .optional = true,
     .lo = 1,
     .hi = 1000000},
    {0},
};

const struct command cmd_profile = {
    .name = "profile",
    .alias = "prof",
    .group = GROUP_LOOK,
    .needs = NEED_WEIGHTS | NEED_TEXT,
    .flags = CMD_VARIES,
    .args = profile_args,
    .summary = "Time per operation of a fresh greedy run",
    .help = "Rates are the operations and bytes that the plan counts, over the time measured. The "
            "session's run is not\n"
            "touched.\n  profile\n  profile --by layer",
    .exec = profile_exec,
};
