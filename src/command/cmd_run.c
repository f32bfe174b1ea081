/* run, start, forward, translate, kill: computing a sentence as a whole. */
#include <string.h>

#include "report.h"
#include "slow.h"

static bool run_it(struct session *s, const struct args *a, bool full, struct result *out,
                   struct err *e)
{
    struct gen_options o = s->search;
    o.max_new = args_int(a, "--max", 0);
    o.min_new = args_int(a, "--min", o.min_new);
    if (args_has(a, "--beam")) {
        o.search = SEARCH_BEAM;
        o.width = (int)args_int(a, "--beam", o.width);
    }
    enum keep keep = s->keep;
    const char *word = args_str(a, "--keep");
    if (word != NULL)
        keep = strcmp(word, "all") == 0    ? KEEP_ALL
               : strcmp(word, "none") == 0 ? KEEP_NONE
                                           : KEEP_AUTO;
    static const char *const decoding[] = {"--max", "--min", "--beam"};
    for (int i = 0; i < 3 && !plan_decodes(s->model->plan); i++)
        if (args_has(a, decoding[i]))
            return err_set(e, ERR_COMMAND, "%s is for a decoder, and %s is an encoder", decoding[i],
                           s->model->plan->family) ||
                   args_blame(a, decoding[i], 0, e);
    struct stop stop;
    bool slow = s->slow > 0 && full;
    if (!(slow ? session_begin(s, &o, keep, e) && slow_run(s, &stop, e)
               : session_run(s, &o, keep, &stop, e)))
        return false;
    if (stop.reason != STOP_END)
        return report_stop(s, STEP_ALL, &stop, out, e);
    return report_generation(s, full, out, e);
}

static bool run_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    /* A misspelt option must not become the sentence. */
    if (text != NULL && n > 2 && text[0] == '-' && text[1] == '-' && text[2] >= 'a' &&
        text[2] <= 'z')
        return err_set(e, ERR_COMMAND, "run has no option '%.*s'", (int)strcspn(text, " \t="),
                       text) ||
               err_hint(e, "options: --max --min --beam --keep; a text that begins so: input TEXT, "
                           "then run");
    if (text != NULL && n > 0 && !session_text(s, text, n, e))
        return false;
    return run_it(s, a, true, out, e);
}

#define RUN_OPTIONS                                                                                \
    {.name = "--max",                                                                              \
     .kind = ARG_INT,                                                                              \
     .help = "most tokens to generate",                                                            \
     .optional = true,                                                                             \
     .lo = 1,                                                                                      \
     .hi = 1000000},                                                                               \
        {.name = "--min",                                                                          \
         .kind = ARG_INT,                                                                          \
         .help = "fewest tokens to generate",                                                      \
         .optional = true,                                                                         \
         .lo = 0,                                                                                  \
         .hi = 1000000},                                                                           \
        {.name = "--beam",                                                                         \
         .kind = ARG_INT,                                                                          \
         .help = "beam search of this width",                                                      \
         .optional = true,                                                                         \
         .lo = 1,                                                                                  \
         .hi = 1000},                                                                              \
    {                                                                                              \
        .name = "--keep", .kind = ARG_CHOICE, .help = "which values stay to be looked at",         \
        .optional = true, .choices = "auto|all|none"                                               \
    }

static const struct arg run_args[] = {
    RUN_OPTIONS,
    {.name = "text", .kind = ARG_REST, .help = "a new source sentence", .optional = true},
    {0},
};

const struct command cmd_run = {
    .name = "run",
    .alias = "r",
    .group = GROUP_RUN,
    .needs = NEED_WEIGHTS,
    .args = run_args,
    .summary = "Run the source to its translation, from the start",
    .help =
        "Runs the sentence through the model until the end token or the limit. Breaks stop it. For "
        "an encoder it\nis what forward is.\n"
        "Values are kept as --keep says: auto (all, within `set memory`), all, none.\n"
        "  run\n"
        "  run --beam 4\n"
        "  run علی به مدرسه می‌رود",
    .exec = run_exec,
};

static bool translate_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    enum keep keep = s->keep;
    s->keep = KEEP_NONE;
    bool ok = session_text(s, text, n, e) && run_it(s, a, false, out, e);
    s->keep = keep;
    return ok;
}

static const struct arg translate_args[] = {
    RUN_OPTIONS,
    {.name = "text", .kind = ARG_REST, .help = "the sentence"},
    {0},
};

const struct command cmd_translate = {
    .name = "translate",
    .alias = "tr",
    .group = GROUP_GENERATE,
    .needs = NEED_WEIGHTS | NEED_TOKENIZER | NEED_DECODER,
    .flags = CMD_RAW,
    .args = translate_args,
    .summary = "Print only the translation of a sentence",
    .help = "Sets the input and runs it; nothing is kept.\n"
            "  translate علی به مدرسه می‌رود",
    .exec = translate_exec,
};

static bool start_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a;
    if (!session_start(s, e))
        return false;
    data_add_str(&out->arena, out->data, "next",
                 s->model->plan->nodes[gen_place(s->gen).node].name);
    out_begin(out);
    out_span(out, TONE_PLAIN, "At ");
    out_span(out, TONE_SITE, "%s", s->model->plan->nodes[gen_place(s->gen).node].name);
    out_span(out, TONE_PLAIN, ", nothing computed.");
    return true;
}

const struct command cmd_start = {
    .name = "start",
    .alias = "sta",
    .group = GROUP_RUN,
    .needs = NEED_WEIGHTS | NEED_TEXT,
    .summary = "Stand before the first operation, nothing computed",
    .help = "After it, step, next, until and continue go forward.",
    .exec = start_exec,
};

static bool forward_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a;
    if (!session_forward(s, e))
        return false;
    if (!plan_decodes(s->model->plan)) {
        report_encoded(s, out);
        return true;
    }
    struct binding b = session_binding(s);
    data_add_int(&out->arena, out->data, "source", b.s);
    data_add_int(&out->arena, out->data, "target", b.t);
    out_line(out, TONE_PLAIN,
             "one pass over %lld source and %lld target token%s; nothing is generated",
             (long long)b.s, (long long)b.t, b.t == 1 ? "" : "s");
    return true;
}

const struct command cmd_forward = {
    .name = "forward",
    .alias = "fw",
    .group = GROUP_RUN,
    .needs = NEED_WEIGHTS | NEED_TEXT,
    .summary = "One pass over source, start token and prefix; generate nothing",
    .help =
        "Decoder values then have one row for each decoder position, the start token included.\n"
        "  input --ids 5,6,7,0\n  prefix --ids 8,9\n  forward\n  topk",
    .exec = forward_exec,
};

static bool kill_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a, (void)e;
    session_kill(s);
    out_line(out, TONE_PLAIN,
             "the computed state is dropped; input, breaks and interventions stay");
    return true;
}

const struct command cmd_kill = {
    .name = "kill",
    .group = GROUP_RUN,
    .needs = NEED_RUN,
    .summary = "Drop all computed state of the sentence",
    .help = "The source, the breaks and the changes stay.\n",
    .exec = kill_exec,
};
