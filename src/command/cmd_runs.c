/* save-run, runs: runs under names. */
#include <string.h>

#include "report.h"
#include "values.h"

/* "علی به ...": the sentence, or the ids where no text was given. */
static const char *sentence(struct session *s, struct arena *a, const struct source *src)
{
    if (src->text != NULL)
        return arena_strndup(a, src->text, src->len);
    struct str t = STR_INIT;
    for (int64_t i = 0; i < src->n; i++) {
        char buf[24];
        str_addf(&t, "%s%s", i > 0 ? " " : "", session_piece(s, TOKEN_SOURCE, src->ids[i], buf));
    }
    const char *text = arena_strndup(a, t.s, t.len);
    str_release(&t);
    return text;
}

/* What was generated so far; "" = nothing. */
static const char *output(struct session *s, struct arena *a, const struct gen_hypothesis *h)
{
    struct str t = STR_INIT;
    if (!report_text(s, h->ids, h->n, &t))
        for (int64_t i = 0; i < h->n; i++)
            str_addf(&t, "%s%d", i > 0 ? " " : "", h->ids[i]);
    const char *text = arena_strndup(a, t.len > 0 ? t.s : "", t.len);
    str_release(&t);
    return text;
}

static void run_data(struct session *s, struct result *out, struct data *d, struct named_run *r)
{
    struct arena *a = &out->arena;
    const struct gen_hypothesis *h;
    data_add_str(a, d, "name", r->name);
    data_add_str(a, d, "source", r->source.text != NULL ? sentence(s, a, &r->source) : NULL);
    struct data *ids = data_add_list(a, d, "source_ids");
    for (int64_t i = 0; i < r->source.n; i++)
        data_add_int(a, ids, NULL, r->source.ids[i]);
    ids = data_add_list(a, d, "ids");
    if (gen_results(r->gen, &h) > 0 && h->n > 0) {
        for (int64_t i = 0; i < h->n; i++)
            data_add_int(a, ids, NULL, h->ids[i]);
        data_add_str(a, d, "text", output(s, a, h));
        data_add_num(a, d, "score", h->score);
    } else {
        data_add_null(a, d, "text");
        data_add_null(a, d, "score");
    }
    data_add_bool(a, d, "done", gen_done(r->gen));
    data_add_int(a, d, "bytes", session_run_bytes(s, r));
    struct data *changes = data_add_list(a, d, "changes");
    for (const char *at = r->text; *at;) {
        size_t n = strcspn(at, "\n");
        data_add_strn(a, changes, NULL, at, n);
        at += n + (at[n] == '\n');
    }
}

/* ---- save-run -------------------------------------------------------------------------------- */

static const struct arg save_run_args[] = {
    {.name = "name", .kind = ARG_WORD, .help = "letters, digits, - and _"},
    {0},
};

static bool save_run_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    const char *name = args_str(a, "name");
    size_t before = s->nruns;
    if (!session_save_run(s, name, e))
        return args_blame(a, "name", 0, e);
    struct named_run *r = &s->runs[s->nruns - 1];
    run_data(s, out, out->data, r);
    out_begin(out);
    out_span(out, TONE_STRONG, "%s", name);
    out_span(out, TONE_PLAIN, " is the present run%s",
             s->nruns == before ? ", in the place of the one before" : "");
    if (s->ninterventions > 0)
        out_span(out, TONE_PLAIN, ", %zu change%s in force", s->ninterventions,
                 s->ninterventions == 1 ? "" : "s");
    return true;
}

const struct command cmd_save_run = {
    .name = "save-run",
    .alias = "sr",
    .group = GROUP_CHANGE,
    .needs = NEED_RUN,
    .args = save_run_args,
    .summary = "Name the present run, to compare with it or take values from it",
    .help =
        "The named run stays as it is, with its sentence and the changes in force; the present one "
        "goes on.\n"
        "What both have in common is held once. 'runs' lists them, 'diff' compares, 'patch' takes "
        "values.\n"
        "  run\n  save-run clean\n  ablate dec.2.cross.h1\n  run\n  diff clean",
    .exec = save_run_exec,
};

/* ---- runs ------------------------------------------------------------------------------------ */

static const struct arg runs_args[] = {
    {.name = "action",
     .kind = ARG_CHOICE,
     .help = "drop: forget a run",
     .optional = true,
     .choices = "drop"},
    {.name = "name", .kind = ARG_WORD, .help = "the run to be dropped", .optional = true},
    {0},
};

static bool drop(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *name = args_str(a, "name");
    if (name == NULL)
        return err_set(e, ERR_COMMAND, "runs drop: the name of a run is missing");
    if (!session_drop_run(s, name, e))
        return args_blame(a, "name", 0, e);
    out_line(out, TONE_PLAIN, "%s is dropped", name);
    data_add_str(&out->arena, out->data, "dropped", name);
    return true;
}

static const char *changes_line(struct arena *a, const struct named_run *r)
{
    char *text = arena_strdup(a, r->text);
    struct str line = STR_INIT;
    for (const char *c = text; *c; c++)
        if (*c == '\n')
            str_add(&line, ", ");
        else
            str_addc(&line, *c);
    const char *out = arena_strndup(a, line.len > 0 ? line.s : "", line.len);
    str_release(&line);
    return out;
}

static bool runs_exec(struct session *s, const struct args *args, struct result *out, struct err *e)
{
    struct arena *a = &out->arena;
    if (args_str(args, "action") != NULL)
        return drop(s, args, out, e);
    struct data *list = data_add_list(a, out->data, "runs");
    if (args_str(args, "name") != NULL)
        return err_set(e, ERR_COMMAND, "runs takes no name alone: runs, or runs drop NAME") ||
               args_blame(args, "name", 0, e);
    if (s->nruns == 0) {
        out_line(out, TONE_DIM, "no run is saved: save-run NAME");
        return true;
    }
    struct table *t = out_table(out, "run score> values> changes source* output*");
    for (size_t i = 0; i < s->nruns; i++) {
        struct named_run *r = &s->runs[i];
        const struct gen_hypothesis *h;
        run_data(s, out, data_add_map(a, list, NULL), r);
        bool any = gen_results(r->gen, &h) > 0 && h->n > 0;
        struct cell *c = table_row(out, t);
        c[0] = cell_str(out, r->name);
        c[0].tone = TONE_STRONG;
        if (any)
            c[1] = cell_num(h->score, "%.4f");
        c[2] = cell_str(out, values_bytes_text(a, (double)session_run_bytes(s, r)));
        c[3] = cell_str(out, changes_line(a, r));
        c[4] = cell_str(out, sentence(s, a, &r->source));
        c[5] = cell_str(out, any ? output(s, a, h) : "");
    }
    return true;
}

const struct command cmd_runs = {
    .name = "runs",
    .group = GROUP_CHANGE,
    .args = runs_args,
    .summary = "The named runs; runs drop NAME",
    .help = "Name, score, values held (those shared with other runs counted in each), changes that "
            "were in force,\n"
            "sentence and output.\n"
            "  runs\n  runs drop clean",
    .exec = runs_exec,
};
