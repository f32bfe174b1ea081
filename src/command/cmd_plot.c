/* plot: curves or bars of one subject or another. */
#include <math.h>
#include <string.h>

#include "plot.h"
#include "values.h"

#define PLOT(name) extern const struct plot_subject plot_##name;
#include "command/plots.def"
#undef PLOT

static const struct plot_subject *const subjects[] = {
#define PLOT(name) &plot_##name,
#include "command/plots.def"
#undef PLOT
};
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

bool plot_range(const char *text, int64_t most, int64_t *from, int64_t *to, struct err *e)
{
    char first[32], second[32];
    const char *dash = strstr(text, ".."), *rest = dash != NULL ? dash + 2 : NULL;
    if (dash == NULL && (dash = strchr(text, '-')) != NULL)
        rest = dash + 1;
    size_t n = dash != NULL ? (size_t)(dash - text) : strlen(text);
    snprintf(first, sizeof first, "%.*s", (int)(n < sizeof first ? n : sizeof first - 1), text);
    snprintf(second, sizeof second, "%s", rest != NULL ? rest : first);
    if (n >= sizeof first || (rest != NULL && strlen(rest) >= sizeof second) ||
        !str_int(first, 1, most, from) || !str_int(second, 1, most, to))
        return err_set(e, ERR_COMMAND, "'%.60s' is no range of lengths", text) ||
               err_hint(e, "for example 64..8192; lengths are 1 to %lld", (long long)most);
    if (*from > *to)
        return err_set(e, ERR_COMMAND, "'%.60s': the range ends before it begins", text);
    return true;
}

int plot_steps(int64_t from, int64_t to, int n, int64_t *out)
{
    int k = 0;
    for (int i = 0; i <= n; i++) {
        double x = (double)from * pow((double)to / (double)from, n > 0 ? (double)i / n : 0);
        int64_t at = i == n ? to : (int64_t)llround(x);
        if (k == 0 || at > out[k - 1])
            out[k++] = at;
    }
    return k;
}

/* An option that the subject does not know would change nothing. */
static bool check_options(const struct plot_subject *p, const struct args *a, struct err *e)
{
    for (const struct arg *t = args_command(a)->args; t->name != NULL; t++) {
        if (t->name[0] != '-' || !args_has(a, t->name))
            continue;
        bool known = false;
        for (int i = 0; p->options[i] != NULL; i++)
            known = known || strcmp(p->options[i], t->name) == 0;
        if (!known)
            return err_set(e, ERR_COMMAND, "plot %s has no %s", p->name, t->name) ||
                   args_blame(a, t->name, 0, e);
    }
    return true;
}

/* The same points as bars, where the axis is a few whole numbers rather than a continuum. */
static void as_bars(struct result *out, struct view *v)
{
    const struct plot p = v->u.plot;
    struct bars b = {.title = p.title, .unit = p.y_name, .max = p.y_most};
    for (int i = 0; i < p.nseries; i++)
        b.n += p.series[i].n;
    b.labels = arena_alloc(&out->arena, sizeof *b.labels * (size_t)b.n);
    b.values = arena_alloc(&out->arena, sizeof *b.values * (size_t)b.n);
    int at = 0;
    for (int i = 0; i < p.nseries; i++)
        for (int k = 0; k < p.series[i].n; k++, at++) {
            const char *of = p.nseries > 1 && p.series[i].label != NULL ? p.series[i].label : "";
            b.labels[at] = arena_printf(&out->arena, "%s%s%s %g", of, *of != 0 ? ", " : "",
                                        p.x_name != NULL ? p.x_name : "", p.series[i].x[k]);
            b.values[at] = p.series[i].y[k];
        }
    v->kind = VIEW_BARS;
    v->u.bars = b;
}

static bool draw(struct session *s, const struct plot_subject *p, const struct args *a,
                 struct result *out, struct err *e)
{
    if (!check_options(p, a, e) || !p->exec(s, a, out, e))
        return false;
    for (struct view *v = out->first; v != NULL && args_has(a, "--bars"); v = v->next)
        if (v->kind == VIEW_PLOT)
            as_bars(out, v);
    return true;
}

static bool plot_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *what = args_str(a, "what");
    for (int i = 0; i < SUBJECTS; i++) {
        if (strcmp(subjects[i]->name, what) != 0)
            continue;
        data_add_str(&out->arena, out->data, "plot", what);
        return draw(s, subjects[i], a, out, e);
    }
    err_set(e, ERR_COMMAND, "there is no plot of '%.60s'", what);
    struct str list = STR_INIT;
    for (int i = 0; i < SUBJECTS; i++)
        str_addf(&list, "%s%s (%s)", i > 0 ? ", " : "", subjects[i]->name, subjects[i]->summary);
    err_hint(e, "plots: %s", list.s);
    str_release(&list);
    return args_blame(a, "what", 0, e);
}

static const struct arg plot_args[] = {
    {.name = "--len", .kind = ARG_WORD, .help = "lengths, from..to (64..8192)", .optional = true},
    {.name = "--batch",
     .kind = ARG_INT,
     .help = "sentences at once",
     .optional = true,
     .lo = 1,
     .hi = VALUES_LONGEST},
    {.name = "--measure",
     .kind = ARG_FLAG,
     .help = "run it too, and compare times",
     .optional = true},
    {.name = "--bars", .kind = ARG_FLAG, .help = "bars rather than curves", .optional = true},
    {.name = "what",
     .kind = ARG_WORD,
     .help = "cost (against length), entropy (by layer), probability (by step)"},
    {0},
};

const struct command cmd_plot = {
    .name = "plot",
    .alias = "pl",
    .group = GROUP_ANALYSIS,
    .needs = NEED_MODEL,
    .args = plot_args,
    .summary = "Curves or bars: cost against length, entropy by layer, probability by step",
    .help =
        "cost: operations of a pass over N source and N target tokens, by kind, from the plan "
        "alone, and where the\n"
        "curves cross. --measure runs passes over random tokens up to a length that stays quick "
        "and puts the times\n"
        "beside those predicted; a small model without weights gets random ones.\n"
        "entropy: of the patterns that are computed, one curve for each kind of attention. "
        "probability: of the tokens\n"
        "that were chosen; --bars draws the same as bars.\n"
        "  plot cost --len 64..8192\n  plot cost --batch 32\n  plot cost --len 16..512 "
        "--measure\n  plot entropy\n  plot probability --bars",
    .exec = plot_exec,
};
