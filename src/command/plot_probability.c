/* plot probability: how sure the model was of each token it chose. */
#include <math.h>

#include "internal.h"
#include "plot.h"

static void step_row(struct session *s, struct result *out, struct table *t, struct data *list,
                     int64_t i, const struct gen_step *step)
{
    struct arena *a = &out->arena;
    char buf[24];
    const char *piece = session_piece(s, TOKEN_TARGET, step->id, buf);
    double p = exp(step->logp);
    struct cell *c = table_row(out, t);
    c[0] = cell_int(i);
    c[1] = cell_num(p, p < 0.0005 ? "%.1e" : "%.3f");
    c[2] = cell_str(out, piece);
    struct data *d = data_add_map(a, list, NULL);
    data_add_int(a, d, "step", i);
    data_add_int(a, d, "id", step->id);
    data_add_str(a, d, "piece", piece);
    data_add_num(a, d, "p", p);
    data_add_bool(a, d, "forced", step->forced);
}

static bool probability_exec(struct session *s, const struct args *args, struct result *out,
                             struct err *e)
{
    if (!command_ready(s, args_command(args), NEED_RUN, e))
        return false;
    int64_t n = gen_nsteps(s->gen);
    if (gen_opts(s->gen)->search == SEARCH_BEAM)
        return err_set(e, ERR_COMMAND, "with beam search a step has no single choice") ||
               err_hint(e, "beams shows them all; score TEXT gives the tokens of one translation");
    if (n == 0)
        return err_set(e, ERR_COMMAND, "no token was chosen yet") ||
               err_hint(e, "type 'run', or 'emit' to go token by token");
    struct plot *p = out_plot(out, 1, (int)n);
    p->title = "probability of the token chosen, by step";
    p->x_name = "step";
    p->y_name = "p";
    p->y_most = 1;
    for (int64_t i = 0; i < n; i++) {
        p->series[0].x[i] = (double)i;
        p->series[0].y[i] = exp(gen_step_at(s->gen, i)->logp);
    }
    struct table *t = out_table(out, "step> p> piece*");
    struct data *list = data_add_list(&out->arena, out->data, "steps");
    for (int64_t i = 0; i < n; i++)
        step_row(s, out, t, list, i, gen_step_at(s->gen, i));
    return true;
}

const struct plot_subject plot_probability = {
    .name = "probability",
    .summary = "probability of the chosen tokens by step",
    .options = (const char *const[]){"--bars", NULL},
    .exec = probability_exec,
};
