/* entropy, sparsity: how widely each head spreads its attention, layer by head. */
#include <math.h>

#include "head_use.h"

/* Data of one kind of attention: its measures by their names. */
static struct data *kind_data(struct result *out, struct data *list, const struct head_grid *g,
                              const enum use *which, int n)
{
    struct data *d = data_add_map(&out->arena, list, NULL);
    data_add_str(&out->arena, d, "attention", g[0].kind);
    data_add_int(&out->arena, d, "layers", g[0].layers);
    data_add_int(&out->arena, d, "heads", g[0].heads);
    for (int w = 0; w < n; w++)
        head_grid_data(out, d, use_name(which[w]), &g[w]);
    return d;
}

static const struct arg entropy_args[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "patterns: enc.*.self, dec.1, ...; none: all that are computed",
     .optional = true,
     .many = true},
    {0},
};

static bool entropy_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    static const enum use which[] = {USE_ENTROPY};
    struct head_grids all;
    int64_t keys = 1;
    if (!head_grids(s, &out->arena, attn_words(&out->arena, a, "site"), 0, 0, which, 1, &all, e))
        return args_blame(a, "site", 0, e);
    struct data *list = data_add_list(&out->arena, out->data, "kinds");
    for (int i = 0; i < all.nkinds; i++) {
        static const char *const titles[] = {"bits, mean of the rows"};
        head_grid_draw(out, &all.v[i], 1, titles, "max", "%.2f");
        kind_data(out, list, &all.v[i], which, 1);
        keys = all.v[i].keys > keys ? all.v[i].keys : keys;
    }
    out_line(out, TONE_DIM,
             "0 bits: all weight on one key; log2(keys): evenly on all (%lld keys: %.2f)",
             (long long)keys, log2((double)keys));
    return true;
}

const struct command cmd_entropy = {
    .name = "entropy",
    .alias = "ent",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = entropy_args,
    .summary = "How widely each head spreads its attention: entropy, layer by head",
    .help = "Bits of a row: - sum of p log2 p over its keys; the mean of all rows.\n"
            "  entropy\n  entropy dec.*.cross\n  entropy enc.0.self",
    .exec = entropy_exec,
};

static const struct arg sparsity_args[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "patterns: enc.*.self, dec.1, ...; none: all that are computed",
     .optional = true,
     .many = true},
    {.name = "--under", .kind = ARG_NUM, .help = "what counts as nothing", .optional = true},
    {.name = "--top",
     .kind = ARG_INT,
     .help = "how many of the strongest keys",
     .optional = true,
     .lo = 1,
     .hi = USE_MOST_TOP},
    {0},
};

static bool sparsity_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    static const enum use which[] = {USE_UNDER, USE_TOP};
    double under = args_num(a, "--under", 0.01);
    int top = (int)args_int(a, "--top", 3);
    struct arena *arena = &out->arena;
    struct head_grids all;
    if (!(under > 0) || under > 1)
        return err_set(e, ERR_COMMAND, "--under is a weight: above 0, at most 1") ||
               args_blame(a, "--under", 0, e);
    if (!head_grids(s, arena, attn_words(arena, a, "site"), under, top, which, 2, &all, e))
        return args_blame(a, "site", 0, e);
    data_add_num(arena, out->data, "threshold", under);
    data_add_int(arena, out->data, "strongest", top);
    struct data *list = data_add_list(arena, out->data, "kinds");
    const char *const titles[] = {arena_printf(arena, "share under %g", under),
                                  arena_printf(arena, "mass in the top %d", top)};
    for (int i = 0; i < all.nkinds; i++) {
        head_grid_draw(out, &all.v[2 * i], 2, titles, "0-1", "%.2f");
        kind_data(out, list, &all.v[2 * i], which, 2);
    }
    out_line(out, TONE_DIM,
             "masked keys do not count; of the mass, nor do rows that see no more than %d key%s",
             top, top == 1 ? "" : "s");
    return true;
}

const struct command cmd_sparsity = {
    .name = "sparsity",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN,
    .args = sparsity_args,
    .summary = "How many weights of each head are next to nothing, and how much the strongest hold",
    .help = "By layer and head: the share of the weights under a threshold (0.01), and the weight "
            "on the k strongest\n"
            "keys (3) of a row, mean of the rows.\n"
            "  sparsity\n  sparsity dec.*.cross --under 0.05 --top 1",
    .exec = sparsity_exec,
};
