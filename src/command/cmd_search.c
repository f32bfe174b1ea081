/* greedy, beam, sample: which search chooses tokens; beams: what a beam search looked at. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report.h"

static const char *search_word(enum search x)
{
    static const char *const words[] = {"greedy", "beam", "sample"};
    return words[x];
}

static void tell(const struct gen_options *o, struct result *out)
{
    struct arena *a = &out->arena;
    data_add_str(a, out->data, "search", search_word(o->search));
    out_begin(out);
    if (o->search == SEARCH_GREEDY) {
        out_span(out, TONE_PLAIN, "greedy search: the most probable token each time");
    } else if (o->search == SEARCH_BEAM) {
        data_add_int(a, out->data, "width", o->width);
        data_add_num(a, out->data, "length_penalty", o->length_penalty);
        data_add_str(a, out->data, "early_stopping", early_stopping_name(o->early));
        out_span(out, TONE_PLAIN, "beam search: width %d, length penalty %g, early stopping %s",
                 o->width, o->length_penalty, early_stopping_name(o->early));
    } else {
        data_add_num(a, out->data, "temperature", o->temperature);
        data_add_int(a, out->data, "top_k", o->top_k);
        data_add_num(a, out->data, "top_p", o->top_p);
        data_add_int(a, out->data, "seed", (int64_t)o->seed);
        out_span(out, TONE_PLAIN, "sampling: temperature %g, ", o->temperature);
        if (o->top_k > 0)
            out_span(out, TONE_PLAIN, "of the %d best, ", o->top_k);
        if (o->top_p < 1)
            out_span(out, TONE_PLAIN, "of the best that hold %g of the probability, ", o->top_p);
        out_span(out, TONE_PLAIN, "seed %llu", (unsigned long long)o->seed);
    }
}

/* From now on. A generation under way goes on with it where it can. */
static bool use(struct session *s, const struct gen_options *o, struct result *out, struct err *e)
{
    if (s->document != NULL)
        return err_set(e, ERR_COMMAND,
                       "a document only shows what was computed: no search begins in it") ||
               err_hint(e, "'model load PATH' opens a model to compute with");
    if (s->gen != NULL && !gen_done(s->gen)) {
        const struct gen_options *now = gen_opts(s->gen);
        if (now->search != SEARCH_BEAM && o->search != SEARCH_BEAM) {
            struct gen_options with = *now;
            with.search = o->search;
            with.temperature = o->temperature;
            with.top_k = o->top_k;
            with.top_p = o->top_p;
            with.seed = o->seed;
            if (!gen_set_search(s->gen, &with, e))
                return false;
        } else {
            session_note(
                s, "the generation under way stays as it is: run or start begins with this search");
        }
    }
    s->search = *o;
    tell(o, out);
    return true;
}

static bool greedy_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a;
    struct gen_options o = s->search;
    o.search = SEARCH_GREEDY;
    return use(s, &o, out, e);
}

const struct command cmd_greedy = {
    .name = "greedy",
    .group = GROUP_GENERATE,
    .needs = NEED_MODEL | NEED_DECODER,
    .summary = "Search: the most probable token each time",
    .help = "What run and emit do unless beam or sample was set.",
    .exec = greedy_exec,
};

static const struct arg beam_args[] = {
    {.name = "width",
     .kind = ARG_INT,
     .help = "beams, 4 when not given",
     .optional = true,
     .lo = 1,
     .hi = 1000},
    {.name = "--length-penalty",
     .kind = ARG_NUM,
     .help = "score / length^P ranks what is finished",
     .optional = true},
    {.name = "--early-stopping",
     .kind = ARG_CHOICE,
     .help = "when enough is finished",
     .optional = true,
     .choices = "true|false|never"},
    {0},
};

static bool beam_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct gen_options o = s->search;
    o.search = SEARCH_BEAM;
    o.width = (int)args_int(a, "width", o.width > 1 ? o.width : 4);
    o.length_penalty = args_num(a, "--length-penalty", o.length_penalty);
    if (!isfinite(o.length_penalty))
        return err_set(e, ERR_COMMAND, "the length penalty must be a finite number") ||
               args_blame(a, "--length-penalty", 0, e);
    const char *early = args_str(a, "--early-stopping");
    if (early != NULL)
        early_stopping_parse(early, &o.early);
    return use(s, &o, out, e);
}

const struct command cmd_beam = {
    .name = "beam",
    .group = GROUP_GENERATE,
    .needs = NEED_MODEL | NEED_DECODER,
    .args = beam_args,
    .summary = "Search: the best WIDTH beginnings go on together",
    .help = "As transformers defines it. Finished hypotheses are ranked by score / length^penalty. "
            "early-stopping true: stop\n"
            "when WIDTH are finished; false: when no running beam can beat them at its present "
            "length; never: at any length.\n"
            "  beam 4\n  beam 8 --length-penalty 0.6 --early-stopping true",
    .exec = beam_exec,
};

static const struct arg sample_args[] = {
    {.name = "--temperature",
     .kind = ARG_NUM,
     .help = "logits are divided by it",
     .optional = true},
    {.name = "--top-k",
     .kind = ARG_INT,
     .help = "only the K best; 0 = all",
     .optional = true,
     .lo = 0,
     .hi = INT32_MAX},
    {.name = "--top-p",
     .kind = ARG_NUM,
     .help = "only the best that hold this probability; 1 = all",
     .optional = true},
    {.name = "--seed",
     .kind = ARG_INT,
     .help = "same seed, same tokens",
     .optional = true,
     .lo = 0,
     .hi = INT64_MAX},
    {0},
};

static bool sample_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct gen_options o = s->search;
    o.search = SEARCH_SAMPLE;
    o.temperature = args_num(a, "--temperature", o.temperature);
    o.top_k = (int)args_int(a, "--top-k", o.top_k);
    o.top_p = args_num(a, "--top-p", o.top_p);
    o.seed = (uint64_t)args_int(a, "--seed", s->settings.number[SET_SEED]);
    if (!(o.temperature > 0) || !isfinite(o.temperature))
        return err_set(e, ERR_COMMAND,
                       "the temperature must be above 0; greedy takes the most probable token") ||
               args_blame(a, "--temperature", 0, e);
    if (!(o.top_p > 0) || o.top_p > 1)
        return err_set(e, ERR_COMMAND, "top-p must be above 0 and at most 1") ||
               args_blame(a, "--top-p", 0, e);
    return use(s, &o, out, e);
}

const struct command cmd_sample = {
    .name = "sample",
    .group = GROUP_GENERATE,
    .needs = NEED_MODEL | NEED_DECODER,
    .args = sample_args,
    .summary = "Search: tokens are drawn by their probability",
    .help = "The same seed, sentence and options give the same tokens, also after going back. "
            "Without --seed: `set seed`.\n"
            "  sample\n  sample --temperature 0.7 --top-k 20 --top-p 0.9 --seed 3",
    .exec = sample_exec,
};

/* ---- beams ----------------------------------------------------------------------------------- */

static const struct arg beams_args[] = {
    {.name = "step",
     .kind = ARG_INT,
     .help = "this choice alone",
     .optional = true,
     .lo = 0,
     .hi = INT32_MAX},
    {0},
};

static const char *state(const struct gen_beam *b, int i, int width)
{
    if (b->finished)
        return "finished";
    if (b->alive)
        return "live";
    return i < width ? NULL : "pruned"; /* fillers are no hypotheses */
}

static bool ended(const struct session *s, int32_t id)
{
    for (int i = 0; i < s->model->rules.neos; i++)
        if (s->model->rules.eos[i] == id)
            return true;
    return false;
}

static void hypotheses(struct session *s, struct result *out)
{
    const struct gen_hypothesis *h;
    int n = gen_results(s->gen, &h);
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "#> score> tokens> state text*");
    struct data *list = data_add_list(a, out->data, "hypotheses");
    for (int i = 0; i < n; i++) {
        struct str text = STR_INIT;
        if (!report_text(s, h[i].ids, h[i].n, &text))
            for (int64_t k = 0; k < h[i].n; k++)
                str_addf(&text, "%s%d", k > 0 ? " " : "", h[i].ids[k]);
        bool over = gen_done(s->gen) || (h[i].n > 0 && ended(s, h[i].ids[h[i].n - 1]));
        struct cell *c = table_row(out, t);
        *c++ = cell_int(i + 1);
        *c++ = cell_num(h[i].score, "%.4f");
        *c++ = cell_int(h[i].n);
        *c++ = cell_str(out, over ? "finished" : "live");
        *c = cell_str(out, text.s);
        struct data *d = data_add_map(a, list, NULL);
        data_add_num(a, d, "score", h[i].score);
        data_add_bool(a, d, "finished", over);
        data_add_str(a, d, "text", text.s);
        struct data *ids = data_add_list(a, d, "ids");
        for (int64_t k = 0; k < h[i].n; k++)
            data_add_int(a, ids, NULL, h[i].ids[k]);
        str_release(&text);
    }
    t->footer = arena_strdup(a, "score: log p / length^penalty, as if each ended here");
}

static void step_rows(struct session *s, struct result *out, struct table *t, int64_t i,
                      struct data *list)
{
    const struct gen_step *step = gen_step_at(s->gen, i);
    struct arena *a = &out->arena;
    struct data *to = data_add_map(a, list, NULL), *beams;
    int width = gen_opts(s->gen)->width;
    data_add_int(a, to, "step", i);
    beams = data_add_list(a, to, "beams");
    bool first = true;
    for (int k = 0; k < step->nbeams; k++) {
        const struct gen_beam *b = &step->beams[k];
        const char *what = state(b, k, width);
        if (what == NULL)
            continue;
        char buf[24];
        const char *piece = session_piece(s, TOKEN_TARGET, b->id, buf);
        struct cell *c = table_row(out, t);
        *c++ = first ? cell_int(i) : (struct cell){0};
        *c++ = b->alive ? cell_int(k) : (struct cell){0};
        *c++ = cell_int(b->parent);
        *c++ = cell_num(b->score, "%.4f");
        *c++ = b->finished ? cell_num(b->ranked, "%.4f") : (struct cell){0};
        *c++ = cell_str(out, what);
        *c = cell_str(out, piece);
        first = false;
        struct data *d = data_add_map(a, beams, NULL);
        if (b->alive)
            data_add_int(a, d, "beam", k);
        data_add_int(a, d, "from", b->parent);
        data_add_int(a, d, "id", b->id);
        data_add_str(a, d, "piece", piece);
        data_add_num(a, d, "score", b->score);
        if (b->finished)
            data_add_num(a, d, "ranked", b->ranked);
        data_add_str(a, d, "state", what);
    }
}

static bool beams_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    if (gen_opts(s->gen)->search != SEARCH_BEAM)
        return err_set(e, ERR_COMMAND, "this generation is no beam search") ||
               err_hint(e, "beam 4, then run; or run --beam 4");
    int64_t n = gen_nsteps(s->gen), only = args_int(a, "step", -1);
    if (n == 0)
        return err_set(e, ERR_COMMAND, "no choice has been made yet") ||
               err_hint(e, "emit runs to the next one");
    if (only >= n)
        return err_set(e, ERR_COMMAND, "step %lld: choices 0-%lld have been made", (long long)only,
                       (long long)n - 1) ||
               args_blame(a, "step", 0, e);
    if (only < 0)
        hypotheses(s, out);
    struct table *t = out_table(out, "step> beam> from> log_p> ranked> state piece*");
    struct data *list = data_add_list(&out->arena, out->data, "steps");
    for (int64_t i = only < 0 ? 0 : only; i < (only < 0 ? n : only + 1); i++)
        step_rows(s, out, t, i, list);
    return true;
}

const struct command cmd_beams = {
    .name = "beams",
    .alias = "be",
    .group = GROUP_GENERATE,
    .needs = NEED_RUN | NEED_DECODER,
    .args = beams_args,
    .summary = "Hypotheses of a beam search, and what it looked at step by step",
    .help = "First the hypotheses, best first. Then for each choice: the beams that went on, with "
            "the beam they came from,\n"
            "the hypotheses that were finished, and what was pruned.\n"
            "  beam 4; run; beams\n  beams 2       the third choice alone",
    .exec = beams_exec,
};
