/* plot entropy: how widely attention is spread, layer by layer, one curve for each kind of it. */
#include <math.h>

#include "head_use.h"
#include "internal.h"
#include "plot.h"

/* The mean over the heads of a layer that were measured; NaN: none was. */
static double layer_mean(const struct head_grid *g, int layer)
{
    double sum = 0;
    int n = 0;
    for (int h = 0; h < g->heads; h++) {
        double v = g->v[layer * g->heads + h];
        sum += isnan(v) ? 0 : v;
        n += !isnan(v);
    }
    return n > 0 ? sum / n : NAN;
}

static bool entropy_exec(struct session *s, const struct args *args, struct result *out,
                         struct err *e)
{
    static const enum use which[] = {USE_ENTROPY};
    struct arena *a = &out->arena;
    struct head_grids all;
    int layers = 0;
    int64_t keys = 1;
    if (!command_ready(s, args_command(args), NEED_RUN, e) ||
        !head_grids(s, a, "", 0, 0, which, 1, &all, e))
        return false;
    for (int i = 0; i < all.nkinds; i++) {
        layers = all.v[i].layers > layers ? all.v[i].layers : layers;
        keys = all.v[i].keys > keys ? all.v[i].keys : keys;
    }
    struct plot *p = out_plot(out, all.nkinds, layers);
    struct data *kinds = data_add_list(a, out->data, "kinds");
    p->title = "entropy of attention by layer, mean over heads and rows";
    p->x_name = "layer";
    p->y_name = "bits";
    for (int i = 0; i < all.nkinds; i++) {
        const struct head_grid *g = &all.v[i];
        struct data *d = data_add_map(a, kinds, NULL), *list;
        data_add_str(a, d, "attention", g->kind);
        list = data_add_list(a, d, "entropy");
        p->series[i].label = g->kind;
        p->series[i].n = g->layers;
        for (int k = 0; k < g->layers; k++) {
            p->series[i].x[k] = k;
            p->series[i].y[k] = layer_mean(g, k);
            data_add_num(a, list, NULL, p->series[i].y[k]);
        }
    }
    out_line(out, TONE_DIM,
             "0 bits: all weight on one key; log2(keys): evenly on all (%lld keys: %.2f)",
             (long long)keys, log2((double)keys));
    return true;
}

const struct plot_subject plot_entropy = {
    .name = "entropy",
    .summary = "entropy of attention by layer",
    .options = (const char *const[]){"--bars", NULL},
    .exec = entropy_exec,
};
