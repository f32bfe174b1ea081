/* diff: two runs compared: what they say, where they part, and how far their values are apart. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff.h"
#include "report.h"

/* ---- tokens ---------------------------------------------------------------------------------- */

/* The probability of a token after the position `at` of that run; -1: the run has not come
 * there. */
static double probability(const struct tensor *logits, int64_t at, int32_t id)
{
    if (logits->ndim == 0 || at < 0 || at >= logits->shape[1])
        return -1;
    int64_t index[] = {0, at, 0};
    double max = -INFINITY, sum = 0;
    for (; index[2] < logits->shape[2]; index[2]++)
        max = fmax(max, tensor_get(logits, index));
    for (index[2] = 0; index[2] < logits->shape[2]; index[2]++)
        sum += exp(tensor_get(logits, index) - max);
    index[2] = id;
    return exp(tensor_get(logits, index) - max) / sum;
}

static void probability_data(struct arena *a, struct data *to, const char *key, double p)
{
    if (p >= 0)
        data_add_num(a, to, key, p);
    else
        data_add_null(a, to, key);
}

static struct cell probability_cell(double p)
{
    return p >= 0 ? cell_num(p, p < 0.0005 ? "%.1e" : "%.3f") : (struct cell){0};
}

static const char *piece_of(struct session *s, struct arena *a, int32_t id)
{
    char buf[24];
    return arena_strdup(a, session_piece(s, TOKEN_TARGET, id, buf));
}

/* One step: the token of each run and its probability there; up to where they part also what the
 * other run gave it. */
static void step_data(struct session *s, struct result *out, struct data *list,
                      const struct diff_side side[2], const struct tensor logits[2], int64_t at,
                      bool comparable)
{
    struct arena *a = &out->arena;
    struct data *d = data_add_map(a, list, NULL);
    data_add_int(a, d, "step", at - side[0].prefix);
    struct data *both = data_add_list(a, d, "tokens");
    for (int k = 0; k < 2; k++) {
        if (at >= side[k].n) {
            data_add_null(a, both, NULL);
            continue;
        }
        struct data *t = data_add_map(a, both, NULL);
        int32_t id = side[k].ids[at];
        data_add_int(a, t, "id", id);
        data_add_str(a, t, "piece", piece_of(s, a, id));
        probability_data(a, t, "p", probability(&logits[k], at - 1, id));
        probability_data(a, t, "p_other",
                         comparable ? probability(&logits[1 - k], at - 1, id) : -1);
    }
}

static void parting(struct session *s, struct result *out, const struct diff_side side[2],
                    const struct tensor logits[2], int64_t at)
{
    out_line(out, TONE_STRONG, "they part at step %lld", (long long)(at - side[0].prefix));
    for (int k = 0; k < 2; k++) {
        double p = at < side[1 - k].n ? probability(&logits[k], at - 1, side[1 - k].ids[at]) : -1;
        if (p < 0)
            continue;
        out_begin(out);
        out_span(out, TONE_PLAIN, "  in %s the token of %s has p ", side[k].name, side[1 - k].name);
        out_span(out, TONE_NUMBER, p < 0.0005 ? "%.1e" : "%.3f", p);
        out_span(out, TONE_PLAIN, "  %s", piece_of(s, &out->arena, side[1 - k].ids[at]));
    }
}

/* Token by token until they part. */
static bool show_tokens(struct session *s, struct result *out, const struct diff_side side[2],
                        int64_t same, struct err *e)
{
    struct arena *a = &out->arena;
    struct tensor logits[2] = {{0}, {0}};
    for (int k = 0; k < 2; k++) {
        struct err why = ERR_INIT;
        bool there = session_run_value(s, side[k].run, s->model->plan->logits, &logits[k], &why);
        if (!there && why.kind != ERR_COMMAND) { /* a run that stands before its logits is none */
            tensor_unref(&logits[0]);
            *e = why;
            return false;
        }
        if (!there)
            logits[k] = (struct tensor){0};
    }
    struct data *list = data_add_list(a, out->data, "steps");
    int64_t end = side[0].n > side[1].n ? side[0].n : side[1].n;
    bool part = same < end;
    struct table *t = out_table(out, "step> p> p> first* second*");
    t->cols[3].head = side[0].name;
    t->cols[4].head = side[1].name;
    for (int64_t at = side[0].prefix; at < end; at++) {
        step_data(s, out, list, side, logits, at, at <= same);
        if (at > same)
            continue;
        struct cell *c = table_row(out, t);
        c[0] = cell_int(at - side[0].prefix);
        for (int k = 0; k < 2; k++) {
            if (at >= side[k].n)
                continue;
            c[1 + k] = probability_cell(probability(&logits[k], at - 1, side[k].ids[at]));
            c[3 + k] = cell_str(out, piece_of(s, a, side[k].ids[at]));
            c[3 + k].tone = at == same ? TONE_STRONG : TONE_PLAIN;
        }
    }
    if (part) {
        data_add_int(a, out->data, "part", same - side[0].prefix);
        parting(s, out, side, logits, same);
    } else {
        data_add_null(a, out->data, "part");
        out_line(out, TONE_PLAIN, "both say the same");
    }
    tensor_unref(&logits[0]);
    tensor_unref(&logits[1]);
    return true;
}

/* Score and output of both. */
static void show_outputs(struct session *s, struct result *out, const struct diff_side side[2])
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "run score> output*");
    struct data *list = data_add_list(a, out->data, "runs");
    for (int k = 0; k < 2; k++) {
        const struct gen_hypothesis *h;
        struct data *d = data_add_map(a, list, NULL);
        struct cell *c = table_row(out, t);
        data_add_str(a, d, "name", side[k].name);
        c[0] = cell_str(out, side[k].name);
        if (gen_results(side[k].gen, &h) == 0 || h->n == 0)
            continue;
        struct str text = STR_INIT;
        if (!report_text(s, h->ids, h->n, &text))
            for (int64_t i = 0; i < h->n; i++)
                str_addf(&text, "%s%d", i > 0 ? " " : "", h->ids[i]);
        c[1] = cell_num(h->score, "%.4f");
        c[2] = cell_str(out, text.len > 0 ? text.s : "");
        data_add_strn(a, d, "text", text.len > 0 ? text.s : "", text.len);
        data_add_num(a, d, "score", h->score);
        struct data *ids = data_add_list(a, d, "ids");
        for (int64_t i = 0; i < h->n; i++)
            data_add_int(a, ids, NULL, h->ids[i]);
        str_release(&text);
    }
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool compare(struct diff *d, const struct args *a, struct result *out, struct err *e)
{
    struct session *s = d->s;
    struct diff_side *side = d->side;
    int64_t same = 0;
    while (same < side[0].n && same < side[1].n && side[0].ids[same] == side[1].ids[same])
        same++;
    if (d->site != NULL)
        return diff_sites(s, side, same, d->site, args_letters(a), out, e) ||
               args_blame(a, "what", d->site_word, e);
    bool chosen = side[0].n > side[0].prefix || side[1].n > side[1].prefix;
    if (s->model->plan->logits >= 0 && chosen && side[0].prefix == side[1].prefix &&
        same >= side[0].prefix) {
        show_outputs(s, out, side);
        if (!show_tokens(s, out, side, same, e))
            return false;
    }
    return diff_sites(s, side, same, NULL, "", out, e);
}

static bool diff_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct diff d;
    bool ok = diff_open(s, a, &out->arena, &d, e);
    bool documents = d.s != s || d.borrowed[0] != NULL || d.borrowed[1] != NULL;
    if (ok && documents)
        data_add_bool(&out->arena, out->data, "same_model", !d.other_model);
    if (ok && d.other_model)
        out_line(out, TONE_STRONG, "the models are different ones: other weights, the same shapes");
    ok = ok && compare(&d, a, out, e);
    diff_close(s, &d);
    return ok;
}

static const struct arg diff_args[] = {
    {.name = "what",
     .kind = ARG_RUN,
     .help = "runs or documents (one: against the present run; none: the one saved last), then a "
             "site",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_diff = {
    .name = "diff",
    .alias = "di",
    .group = GROUP_CHANGE,
    .args = diff_args,
    .letters = "cnthp",
    .summary = "Two runs or documents compared: output, probabilities, values",
    .help =
        "Without a site: the outputs, token by token until they part, and for each layer the value "
        "that differs most:\n"
        "its largest difference as a share of its largest number. With sites: each of them; a "
        "single map also as a\n"
        "picture. Values over the target are compared as far as both runs have read the same "
        "tokens. 'present' is the\n"
        "run that is open. A document (save session FILE.rasad.safetensors) stands for the run in "
        "it, with the values that\n"
        "it holds; two of them need no model.\n"
        "  diff\n  diff clean\n  diff clean ablated enc.*.self.z\n  diff clean "
        "dec.1.cross.pattern.h2\n"
        "  diff monday.rasad.safetensors\n  diff monday.rasad.safetensors "
        "friday.rasad.safetensors logits",
    .exec = diff_exec,
};
