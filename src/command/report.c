/* Telling where the program stopped, and what was generated. */
#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* ---- generated text -------------------------------------------------------------------------- */

bool report_text(struct session *s, const int32_t *ids, int64_t n, struct str *text)
{
    struct arena a = ARENA_INIT;
    const char *words = session_decode(s, ids, n, &a);
    if (words != NULL)
        str_add(text, words);
    arena_release(&a);
    return words != NULL;
}

static bool is_eos(const struct session *s, int32_t id)
{
    for (int i = 0; i < s->model->rules.neos; i++)
        if (s->model->rules.eos[i] == id)
            return true;
    return false;
}

static void hypothesis_data(struct session *s, const struct gen_hypothesis *h, struct result *out,
                            struct data *to)
{
    struct data *ids = data_add_list(&out->arena, to, "ids");
    for (int64_t i = 0; i < h->n; i++)
        data_add_int(&out->arena, ids, NULL, h->ids[i]);
    struct str text = STR_INIT;
    if (report_text(s, h->ids, h->n, &text))
        data_add_strn(&out->arena, to, "text", text.s, text.len);
    else
        data_add_null(&out->arena, to, "text");
    str_release(&text);
    data_add_num(&out->arena, to, "score", h->score);
    data_add_str(&out->arena, to, "stopped", h->eos ? "eos" : "max");
}

/* The pieces, for models without a tokenizer the ids. */
static void hypothesis_words(struct session *s, const struct gen_hypothesis *h, struct str *text)
{
    if (report_text(s, h->ids, h->n, text))
        return;
    for (int64_t i = 0; i < h->n; i++)
        str_addf(text, "%s%d", i > 0 ? " " : "", h->ids[i]);
}

/* The text; what the prefix forced stands before it, dim. */
static void hypothesis_spans(struct session *s, const struct gen_hypothesis *h, bool full,
                             struct result *out)
{
    struct str text = STR_INIT, forced = STR_INIT, whole = STR_INIT;
    hypothesis_words(s, h, &text);
    int32_t *ids = mem_alloc((size_t)(s->nprefix + h->n + 1) * sizeof *ids);
    if (s->nprefix > 0)
        memcpy(ids, s->prefix, (size_t)s->nprefix * sizeof *ids);
    memcpy(ids + s->nprefix, h->ids, (size_t)h->n * sizeof *ids);
    if (full && s->nprefix > 0 && report_text(s, ids, s->nprefix, &forced) &&
        report_text(s, ids, s->nprefix + h->n, &whole) && str_starts(whole.s, forced.s)) {
        out_span(out, TONE_DIM, "%s", forced.s);
        out_span(out, TONE_STRONG, "%s", whole.s + forced.len);
    } else {
        out_span(out, TONE_STRONG, "%s", text.s);
    }
    free(ids);
    str_release(&text);
    str_release(&forced);
    str_release(&whole);
}

/* "[6,512]" in a chain of values: a sentence alone, B = 1 is not repeated. */
static void size_text(struct session *s, int node, struct str *out)
{
    int64_t shape[NODE_DIMS];
    struct binding b = session_binding(s);
    const struct node *n = &s->model->plan->nodes[node];
    plan_shape(s->model->plan, node, &b, shape);
    str_addc(out, '[');
    for (int i = 1; i < n->ndim; i++)
        str_addf(out, "%s%lld", i > 1 ? "," : "", (long long)shape[i]);
    str_addc(out, ']');
}

/* The values that an encoder is asked for, in the order of names in the user's documents. */
static const char *const results[] = {"enc.out", "mlm.logits", "pooled", "nsp.logits", "embedding"};

void report_encoded(struct session *s, struct result *out)
{
    const struct plan *p = s->model->plan;
    data_add_int(&out->arena, out->data, "source", s->source.n);
    struct data *list = data_add_list(&out->arena, out->data, "values");
    out_begin(out);
    out_span(out, TONE_PLAIN, "one pass over %lld token%s:", (long long)s->source.n,
             s->source.n == 1 ? "" : "s");
    const char *between = " ";
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        int site = plan_site(p, results[i]);
        if (site < 0)
            continue;
        struct str size = STR_INIT;
        size_text(s, p->sites[site].node, &size);
        out_span(out, TONE_PLAIN, "%s", between);
        out_span(out, TONE_SITE, "%s", results[i]);
        out_span(out, TONE_PLAIN, " %s", size.s);
        data_add_str(&out->arena, list, NULL, results[i]);
        str_release(&size);
        between = ", ";
    }
}

bool report_generation(struct session *s, bool full, struct result *out, struct err *e)
{
    if (!plan_decodes(s->model->plan)) {
        report_encoded(s, out);
        return true;
    }
    const struct gen_hypothesis *h;
    int n = gen_results(s->gen, &h);
    if (n == 0)
        return err_set(e, ERR_COMMAND, "nothing was generated");
    bool beams = gen_opts(s->gen)->search == SEARCH_BEAM;
    hypothesis_data(s, &h[0], out, out->data);
    if (beams) {
        struct data *list = data_add_list(&out->arena, out->data, "beams");
        for (int i = 0; i < n; i++)
            hypothesis_data(s, &h[i], out, data_add_map(&out->arena, list, NULL));
    }
    for (int i = 0; i < (full ? n : 1); i++) {
        bool eos = h[i].n > 0 && is_eos(s, h[i].ids[h[i].n - 1]);
        int64_t words = h[i].n - eos;
        out_begin(out);
        hypothesis_spans(s, &h[i], full, out);
        if (full) {
            out_span(out, TONE_DIM, "    %lld token%s%s, ", (long long)words, words == 1 ? "" : "s",
                     eos ? " and the end token" : " (the limit: set max-new, or run --max N)");
            out_span(out, TONE_DIM, beams ? "score %.4f" : "log p %.4f", h[i].score);
        }
    }
    return true;
}

/* ---- stops ----------------------------------------------------------------------------------- */

/* What stands outside the layers, in a word; a head by the name of its sites. */
static void add_outside(const struct node *n, const char *embeddings, struct str *out)
{
    if (n->part >= PART_POOL)
        str_addn(out, n->name, strcspn(n->name, "."));
    else
        str_add(out, n->part == PART_OUT ? "output" : embeddings);
}

/* "enc.2.self  [6,512] -> q [8,6,64] -> k ... -> out [6,512]": what the operations of a part
 * made. */
static void part_line(struct session *s, const struct stop *stop, struct result *out)
{
    const struct plan *p = s->model->plan;
    struct str line = STR_INIT, name = STR_INIT;
    int to = stop->last_node;
    const struct node *end = &p->nodes[to];
    for (int i = stop->from.node < p->nnodes ? stop->from.node : to; i <= to; i++) {
        const struct node *n = &p->nodes[i];
        if (n->part != end->part || n->layer != end->layer || n->stack != end->stack)
            continue;
        const char *leaf = strrchr(n->name, '.');
        leaf = leaf != NULL && strcmp(leaf, ".in") != 0 ? leaf + 1 : n->name;
        if (strcmp(leaf, n->name) == 0 && n->layer >= 0)
            leaf = strchr(strchr(n->name, '.') + 1, '.') + 1;
        str_addf(&line, "%s%s ", line.len > 0 ? " -> " : "", leaf);
        size_text(s, i, &line);
    }
    if (end->layer >= 0) {
        str_addf(&name, "%s.%d.%s", stack_name(end->stack), end->layer, part_name(end->part));
    } else {
        add_outside(end, stack_name(end->stack), &name);
    }
    out_begin(out);
    out_span(out, TONE_SITE, "%s", name.s);
    out_span(out, TONE_PLAIN, "  %s", line.s);
    str_release(&line);
    str_release(&name);
}

static void op_line(struct session *s, int node, struct result *out)
{
    const struct plan *p = s->model->plan;
    struct str shape = STR_INIT, formula = STR_INIT;
    size_text(s, node, &shape);
    plan_formula(p, node, &formula);
    out_begin(out);
    out_span(out, TONE_SITE, "%s", p->nodes[node].name);
    out_span(out, TONE_PLAIN, "  %s  ", shape.s);
    out_span(out, TONE_DIM, "%s", formula.s);
    str_release(&shape);
    str_release(&formula);
}

/* ", 9.4 ms", unless durations are not wanted: two runs never have the same. */
static void add_time(const struct session *s, struct str *out, double seconds)
{
    if (!s->settings.number[SET_TIMES])
        return;
    if (seconds < 1e-3)
        str_addf(out, ", %.0f us", seconds * 1e6);
    else if (seconds < 1)
        str_addf(out, ", %.1f ms", seconds * 1e3);
    else
        str_addf(out, ", %.2f s", seconds);
}

void report_probability(double p, struct result *out)
{
    out_span(out, TONE_NUMBER, p >= 0.0005 ? "p %.3f  " : "p %.1e  ", p);
}

/* At the end of a search no beam goes on, and the first are there to fill up the rows. */
static const struct gen_beam *best_beam(const struct gen_step *step)
{
    int k = 0;
    while (k + 1 < step->nbeams && !step->beams[k].alive && !step->beams[k].finished)
        k++;
    return &step->beams[k];
}

/* The choices made on the way: `step 0  p 0.83  "▁Ali"`. */
static void emitted_lines(struct session *s, const struct stop *stop, struct result *out)
{
    int64_t n = gen_nsteps(s->gen);
    for (int64_t i = stop->from.pass; i < n && i < stop->from.pass + stop->emitted; i++) {
        const struct gen_step *step = gen_step_at(s->gen, i);
        char buf[24];
        out_begin(out);
        out_span(out, TONE_PLAIN, "step %lld  ", (long long)i);
        if (step->nbeams > 0) {
            const struct gen_beam *b = best_beam(step);
            out_span(out, TONE_NUMBER, "score %.3f  ", b->score);
            out_span(out, TONE_STRONG, "%s", session_piece(s, TOKEN_TARGET, b->id, buf));
        } else {
            report_probability(exp(step->logp), out);
            out_span(out, TONE_STRONG, "%s", session_piece(s, TOKEN_TARGET, step->id, buf));
        }
        if (step->forced)
            out_span(out, TONE_DIM, "  (forced)");
    }
}

void report_place(struct session *s, struct result *out)
{
    struct str name = STR_INIT, about = STR_INIT;
    session_frame(s, FRAME_OP, &name, &about);
    out_begin(out);
    out_span(out, TONE_PLAIN, "at ");
    out_span(out, TONE_SITE, "%s", name.s);
    if (session_position(s) > 0 || gen_place(s->gen).pass > 0)
        out_span(out, TONE_PLAIN, ", step %lld", (long long)gen_place(s->gen).pass);
    out_span(out, TONE_DIM, "  %s", about.s);
    str_release(&name);
    str_release(&about);
}

/* Layers passed, and the time: "encoder done: 6 layers, 9.4 ms". */
static void stack_line(struct session *s, const struct stop *stop, struct result *out)
{
    const struct plan *p = s->model->plan;
    const struct node *end = &p->nodes[stop->last_node];
    struct str t = STR_INIT, shape = STR_INIT;
    add_time(s, &t, stop->seconds);
    if (end->part >= PART_POOL) {
        struct str name = STR_INIT;
        size_text(s, stop->last_node, &shape);
        add_outside(end, "", &name);
        out_line(out, TONE_PLAIN, "%s done: %s %s%s", name.s, end->name, shape.s, t.s);
        str_release(&t);
        str_release(&shape);
        str_release(&name);
        return;
    }
    int value = end->stack == STACK_ENC ? p->enc_out : p->logits;
    size_text(s, value, &shape);
    out_line(out, TONE_PLAIN,
             end->stack == STACK_ENC ? "encoder done: enc.out %s, %d layers%s"
                                     : "decoder step done: logits %s, %d layers%s",
             shape.s, p->layers[end->stack], t.s);
    str_release(&t);
    str_release(&shape);
}

static void moved_lines(struct session *s, enum ladder l, const struct stop *stop,
                        struct result *out)
{
    bool back = stop->to.pass < stop->from.pass ||
                (stop->to.pass == stop->from.pass && stop->to.node < stop->from.node);
    if (back || (stop->last_node < 0 && stop->emitted == 0)) {
        report_place(s, out);
        return;
    }
    if (stop->last_node >= 0 && l == STEP_OP)
        op_line(s, stop->last_node, out);
    else if (stop->last_node >= 0 && l == STEP_PART)
        part_line(s, stop, out);
    else if (stop->last_node >= 0 && l == STEP_STACK && stop->emitted == 0)
        stack_line(s, stop, out);
    else if (stop->last_node >= 0 && l == STEP_LAYER) {
        struct str t = STR_INIT, shape = STR_INIT;
        const struct node *n = &s->model->plan->nodes[stop->last_node];
        add_time(s, &t, stop->seconds);
        size_text(s, stop->last_node, &shape);
        out_begin(out);
        struct str name = STR_INIT;
        if (n->layer >= 0)
            str_addf(&name, "%s.%d", stack_name(n->stack), n->layer);
        else
            add_outside(n, "embeddings", &name);
        out_span(out, TONE_SITE, "%s", name.s);
        str_release(&name);
        out_span(out, TONE_PLAIN, "  done, %s %s%s", n->name, shape.s, t.s);
        str_release(&t);
        str_release(&shape);
    }
    emitted_lines(s, stop, out);
}

static void place_data(struct session *s, const struct stop *stop, struct result *out)
{
    struct arena *a = &out->arena;
    struct str name = STR_INIT, about = STR_INIT;
    session_frame(s, FRAME_OP, &name, &about);
    data_add_str(a, out->data, "reason", stop_reason_name(stop->reason));
    data_add_str(a, out->data, "next", name.s);
    if (stop->last_node >= 0)
        data_add_str(a, out->data, "done", s->model->plan->nodes[stop->last_node].name);
    data_add_int(a, out->data, "step", gen_place(s->gen).pass);
    if (stop->reason == STOP_BREAK)
        data_add_int(a, out->data, "break", stop->number);
    str_release(&name);
    str_release(&about);
}

/* Runs a command line whose result is appended: only the first command's data is the answer. */
static void append(struct session *s, const char *line, const char *label, struct result *out)
{
    struct data *data = out->data;
    out->data = data_map(&out->arena);
    const struct command *ran;
    struct err e = ERR_INIT;
    if (!command_run(s, line, false, out, &ran, &e))
        out_line(out, TONE_DIM, "%s%s%s", label, line, e.kind != ERR_NONE ? "" : "");
    if (e.kind != ERR_NONE)
        out_line(out, TONE_BAD, "  %s", e.msg);
    data_release(out->data);
    out->data = data;
}

static bool names_command(struct session *s, const char *text)
{
    int used;
    struct err e = ERR_INIT;
    return command_find(s, text, &used, &e) != NULL;
}

/* "1: " before the first line of a value that is displayed: it has the name already. */
static void number_line(struct result *out, struct view *v, const struct display *d)
{
    if (v == NULL || v->kind != VIEW_LINE)
        return;
    int n = v->u.line.n;
    struct span *spans = arena_alloc(&out->arena, ((size_t)n + 1) * sizeof *spans);
    spans[0] = (struct span){TONE_DIM, arena_printf(&out->arena, "%d: ", d->number)};
    memcpy(spans + 1, v->u.line.spans, (size_t)n * sizeof *spans);
    v->u.line.spans = spans;
    v->u.line.n = n + 1;
}

/* What is displayed at each stop gets no number in the value history. */
static void show_displays(struct session *s, struct result *out)
{
    int (*record)(void *, const struct tensor *) = s->hooks.record;
    s->hooks.record = NULL;
    for (size_t i = 0; i < s->ndisplays; i++) {
        const struct display *d = &s->displays[i];
        if (!d->enabled)
            continue;
        bool command = names_command(s, d->text);
        char *line = command ? mem_strdup(d->text) : mem_printf("print %s", d->text);
        if (command)
            out_line(out, TONE_DIM, "%d: %s", d->number, d->text);
        struct view *before = out->last;
        append(s, line, "", out);
        if (!command)
            number_line(out, before == NULL ? out->first : before->next, d);
        free(line);
    }
    s->hooks.record = record;
}

static void break_line(struct session *s, const struct stop *stop, struct result *out)
{
    struct err e = ERR_INIT;
    struct stop_point *b = session_stop_point(s, stop->number, &e);
    if (b == NULL)
        return;
    out_begin(out);
    out_span(out, TONE_STRONG, "%s %d", b->watch ? "watch" : "break", b->number);
    out_span(out, TONE_PLAIN, ", %s", b->spec);
    if (b->watch)
        out_span(out, TONE_PLAIN, ": %.6g -> %.6g", stop->old_value, stop->new_value);
    else if (stop->last_node >= 0 && !b->part)
        op_line(s, stop->last_node, out);
}

/* The commands of a break; a temporary one is gone after its stop. */
static void break_commands(struct session *s, int number, struct result *out)
{
    struct err e = ERR_INIT;
    struct stop_point *b = session_stop_point(s, number, &e);
    if (b == NULL)
        return;
    size_t n = b->ncommands;
    char **lines = mem_alloc((n + 1) * sizeof *lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = mem_strdup(b->commands[i]);
    if (b->temporary)
        session_delete(s, number, &e);
    for (size_t i = 0; i < n; i++) {
        append(s, lines[i], "", out);
        free(lines[i]);
    }
    free(lines);
}

bool report_stop(struct session *s, enum ladder l, const struct stop *stop, struct result *out,
                 struct err *e)
{
    place_data(s, stop, out);
    switch (stop->reason) {
    case STOP_BREAK:
        emitted_lines(s, stop, out);
        break_line(s, stop, out);
        break;
    case STOP_INTERRUPT: {
        struct str name = STR_INIT, about = STR_INIT;
        session_frame(s, FRAME_OP, &name, &about);
        err_set(e, ERR_INTERRUPT, "interrupted at %s, step %lld; c continues", name.s,
                (long long)gen_place(s->gen).pass);
        str_release(&name);
        str_release(&about);
        return false;
    }
    case STOP_TARGET: /* a value is there, or the program stands before a part */
        emitted_lines(s, stop, out);
        if (l == STEP_OP && stop->last_node >= 0)
            op_line(s, stop->last_node, out);
        else
            report_place(s, out);
        break;
    case STOP_END:
        moved_lines(s, l, stop, out);
        return report_generation(s, true, out, e);
    case STOP_BEGIN:
        out_line(out, TONE_PLAIN, "at the beginning");
        break;
    case STOP_MOVED:
        moved_lines(s, l, stop, out);
        break;
    }
    if (stop->reason == STOP_BREAK)
        break_commands(s, stop->number, out);
    show_displays(s, out);
    return true;
}
