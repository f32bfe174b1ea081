/* info: facts about the session. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/document.h"
#include "render/term.h"
#include "values.h"

extern const struct command cmd_model_info;

static void fact(struct result *out, struct table *t, const char *what, const char *value)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, what);
    c[0].tone = TONE_DIM;
    c[1] = cell_str(out, value);
    data_add_str(&out->arena, out->data, what, value);
}

/* ---- breaks, displays ------------------------------------------------------------------------ */

static bool info_breaks(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a, (void)e;
    struct data *list = data_add_list(&out->arena, out->data, "breaks");
    if (s->nstops == 0) {
        out_line(out, TONE_DIM, "no breaks and no watches");
        return true;
    }
    struct table *t = out_table(out, "#> kind on hits> ignore> commands> what*");
    for (size_t i = 0; i < s->nstops; i++) {
        const struct stop_point *b = &s->stops[i];
        struct data *d = data_add_map(&out->arena, list, NULL);
        const char *kind = b->watch ? "watch" : b->temporary ? "tbreak" : "break";
        data_add_int(&out->arena, d, "number", b->number);
        data_add_str(&out->arena, d, "kind", kind);
        data_add_bool(&out->arena, d, "enabled", b->enabled);
        data_add_int(&out->arena, d, "hits", b->hits);
        data_add_int(&out->arena, d, "ignore", b->ignore);
        data_add_str(&out->arena, d, "site", b->spec);
        data_add_str(&out->arena, d, "condition", b->condition);
        struct cell *c = table_row(out, t);
        c[0] = cell_int(b->number);
        c[1] = cell_str(out, kind);
        c[2] = cell_str(out, b->enabled ? "yes" : "no");
        c[3] = cell_int(b->hits);
        c[4] = cell_int(b->ignore);
        c[5] = cell_int((int64_t)b->ncommands);
        c[6] = cell_str(out, b->condition != NULL
                                 ? arena_printf(&out->arena, "%s if %s", b->spec, b->condition)
                                 : b->spec);
    }
    return true;
}

static bool info_displays(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    (void)a, (void)e;
    struct data *list = data_add_list(&out->arena, out->data, "displays");
    for (size_t i = 0; i < s->ndisplays; i++) {
        struct data *d = data_add_map(&out->arena, list, NULL);
        data_add_int(&out->arena, d, "number", s->displays[i].number);
        data_add_str(&out->arena, d, "text", s->displays[i].text);
        out_line(out, TONE_PLAIN, "%d: %s%s", s->displays[i].number, s->displays[i].text,
                 s->displays[i].enabled ? "" : "  (off)");
    }
    if (s->ndisplays == 0)
        out_line(out, TONE_DIM, "nothing is displayed");
    return true;
}

/* ---- sites ----------------------------------------------------------------------------------- */

static bool need_plan(struct session *s, struct err *e)
{
    if (s->model == NULL)
        return err_set(e, ERR_COMMAND, "no model is open") ||
               err_hint(e, "open one with 'model load PATH'");
    if (s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: it has no values", s->model->name);
    return true;
}

static const char *state_of(struct session *s, int node)
{
    if (s->gen == NULL)
        return "";
    struct run *r = gen_run(s->gen);
    return run_computed(r, node) ? run_kept(r, node) ? "kept" : "passed" : "";
}

static bool info_sites(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a;
    if (!need_plan(s, e))
        return false;
    const struct plan *p = s->model->plan;
    struct data *list = data_add_list(&out->arena, out->data, "sites");
    struct table *t = out_table(out, "site axes state also_called");
    for (int i = 0; i < p->nnodes; i++) {
        struct site_ref r = {.name = p->nodes[i].name, .node = i, .head = -1, .step = -1};
        struct binding none = {0};
        struct value_shape v;
        struct str symbols = STR_INIT, also = STR_INIT;
        values_shape(p, &r, &none, &v);
        values_symbols(&symbols, &v);
        for (int k = 0; k < p->nsites; k++)
            if (p->sites[k].node == i && strcmp(p->sites[k].name, r.name) != 0)
                str_addf(&also, "%s%s", also.len > 0 ? ", " : "", p->sites[k].name);
        data_add_str(&out->arena, list, NULL, r.name);
        struct cell *c = table_row(out, t);
        c[0] = cell_str(out, r.name);
        c[0].tone = TONE_SITE;
        c[1] = cell_str(out, symbols.s);
        c[2] = cell_str(out, state_of(s, i));
        c[3] = cell_str(out, also.s);
        str_release(&symbols);
        str_release(&also);
    }
    return true;
}

/* ---- state ----------------------------------------------------------------------------------- */

static const char *search_text(struct session *s, struct arena *a)
{
    const struct gen_options *o = &s->search;
    switch (o->search) {
    case SEARCH_BEAM:
        return arena_printf(a, "beam search of width %d, length penalty %g", o->width,
                            o->length_penalty);
    case SEARCH_SAMPLE:
        return arena_printf(a, "sampling, temperature %g, top-k %d, top-p %g, seed %llu",
                            o->temperature, o->top_k, o->top_p, (unsigned long long)o->seed);
    default:
        return "greedy";
    }
}

static const char *place_text(struct session *s, struct arena *a)
{
    if (s->gen == NULL)
        return "nothing has been computed";
    struct str name = STR_INIT, about = STR_INIT;
    session_frame(s, FRAME_OP, &name, &about);
    const char *text =
        plan_decodes(s->model->plan)
            ? arena_printf(a, "%s, step %lld%s", name.s, (long long)gen_place(s->gen).pass,
                           gen_done(s->gen) ? ", the generation is over" : "")
            : arena_strdup(a, name.s);
    str_release(&name);
    str_release(&about);
    return text;
}

static const char *pieces_text(struct session *s, enum token_side side, const int32_t *ids,
                               int64_t n, struct arena *a)
{
    struct str t = STR_INIT;
    for (int64_t i = 0; i < n; i++) {
        char buf[24];
        str_addf(&t, "%s%s", i > 0 ? " " : "", session_piece(s, side, ids[i], buf));
    }
    const char *text = arena_strdup(a, n > 0 ? t.s : "none");
    str_release(&t);
    return text;
}

static void change_row(struct result *out, struct table *t, struct data *list, const char *text,
                       const char *more)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, "");
    c[1] = cell_str(out, arena_printf(&out->arena, "%s%s", text, more));
    data_add_str(&out->arena, list, NULL, text);
}

/* Those in force; of a document those that were. */
static void changes(const struct session *s, struct result *out, struct table *t)
{
    struct arena *a = &out->arena;
    struct data *list = data_add_list(a, out->data, "interventions");
    size_t n = s->ninterventions;
    const char *was = s->document != NULL ? s->document->present.changes : "";
    for (const char *p = was; *p; p += strcspn(p, "\n"), p += *p == '\n')
        n++;
    fact(out, t, "changes", n == 0 ? "none" : arena_printf(a, "%zu", n));
    for (size_t i = 0; i < s->ninterventions; i++) {
        const struct intervention *v = s->interventions[i];
        change_row(out, t, list, v->text,
                   arena_printf(a, ": seen %lld times, changed %lld", (long long)v->observer.fired,
                                (long long)v->observer.changed));
    }
    for (size_t k; *was; was += k, was += *was == '\n') {
        k = strcspn(was, "\n");
        change_row(out, t, list, arena_strndup(a, was, k), "");
    }
}

static bool info_state(struct session *s, const struct args *args, struct result *out,
                       struct err *e)
{
    (void)args, (void)e;
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "_ _*");
    int64_t n;
    fact(out, t, "model", s->model != NULL ? s->model->name : "none");
    if (s->document != NULL)
        fact(out, t, "document", "read-only: it shows what was computed");
    fact(out, t, "position", place_text(s, a));
    bool decodes = s->model == NULL || s->model->plan == NULL || plan_decodes(s->model->plan);
    if (decodes)
        fact(out, t, "search", search_text(s, a));
    fact(out, t, "keep", s->keep == KEEP_ALL ? "all" : s->keep == KEEP_NONE ? "none" : "auto");
    fact(out, t, "source",
         s->source.text != NULL ? s->source.text
                                : pieces_text(s, TOKEN_SOURCE, s->source.ids, s->source.n, a));
    if (s->source.pair != NULL)
        fact(out, t, "second", s->source.pair);
    if (s->nprefix > 0)
        fact(out, t, "prefix", pieces_text(s, TOKEN_TARGET, s->prefix, s->nprefix, a));
    const int32_t *ids = session_tokens(s, TOKEN_TARGET, &n);
    if (decodes)
        fact(out, t, "target", pieces_text(s, TOKEN_TARGET, ids, n, a));
    fact(out, t, "breaks", arena_printf(a, "%zu", s->nstops));
    changes(s, out, t);
    if (s->nruns > 0)
        fact(out, t, "named runs", arena_printf(a, "%zu", s->nruns));
    return true;
}

/* ---- cache ----------------------------------------------------------------------------------- */

static bool info_cache(struct session *s, const struct args *args, struct result *out,
                       struct err *e)
{
    (void)args;
    if (!need_plan(s, e))
        return false;
    if (s->gen == NULL)
        return err_set(e, ERR_COMMAND, "nothing is kept yet") ||
               err_hint(e, "run, or start and step");
    struct arena *a = &out->arena;
    const struct plan *p = s->model->plan;
    struct run *r = gen_run(s->gen);
    struct binding b = session_binding(s);
    int kept = 0, computed = 0;
    double bytes = 0;
    for (int i = 0; i < p->nnodes; i++) {
        int64_t shape[NODE_DIMS];
        if (!run_computed(r, i))
            continue;
        computed++;
        if (!run_kept(r, i))
            continue;
        kept++;
        bytes += (double)plan_shape(p, i, &b, shape) * sizeof(float);
    }
    int64_t all, some;
    run_keep_bytes(p, &b, &all, &some);
    struct table *t = out_table(out, "_ _");
    fact(out, t, "kept",
         arena_printf(a, "%d of %d computed values, %s", kept, computed,
                      values_bytes_text(a, bytes)));
    fact(out, t, "everything",
         arena_printf(a, "%s at these lengths", values_bytes_text(a, (double)all)));
    fact(out, t, "residuals and patterns", values_bytes_text(a, (double)some));
    int64_t named = 0;
    for (size_t i = 0; i < s->nruns; i++)
        named += session_run_bytes(s, &s->runs[i]);
    if (s->nruns > 0)
        fact(out, t, "named runs",
             arena_printf(a, "%zu, %s, shared values counted in each", s->nruns,
                          values_bytes_text(a, (double)named)));
    fact(out, t, "limit", arena_printf(a, "%s MiB (set memory N)", s->settings.text[SET_MEMORY]));
    return true;
}

/* ---- terminal, model, history ---------------------------------------------------------------- */

static bool info_terminal(struct session *s, const struct args *args, struct result *out,
                          struct err *e)
{
    (void)args, (void)e;
    static const char *const depths[] = {"none", "basic", "256 colours", "24 bit"};
    static const char *const modes[] = {"off: logical order, letters left to right",
                                        "terminal: it reorders by itself",
                                        "visual: reordered and shaped here"};
    struct table *t = out_table(out, "_ _");
    const char *term = getenv("TERM");
    bool tty = isatty(STDOUT_FILENO) != 0, guess = false;
    enum bidi_mode bidi = term_bidi_mode(tty, &guess);
    fact(out, t, "output", tty ? "a terminal" : "not a terminal");
    fact(out, t, "TERM", term != NULL ? term : "not set");
    fact(out, t, "colour", depths[term_color_depth(STDOUT_FILENO, s->settings.text[SET_COLOR])]);
    fact(out, t, "right-to-left",
         s->settings.number[SET_BIDI] == 0 ? modes[bidi] : s->settings.text[SET_BIDI]);
    if (guess)
        fact(out, t, "hint", "how this terminal treats right-to-left text is a guess; setup asks");
    fact(out, t, "width", s->settings.text[SET_WIDTH]);
    fact(out, t, "cells", s->settings.text[SET_CELLS]);
    return true;
}

static bool info_model(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    if (s->model == NULL)
        return err_set(e, ERR_COMMAND, "no model is open") ||
               err_hint(e, "open one with 'model load PATH'");
    return cmd_model_info.exec(s, a, out, e);
}

static bool info_history(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a;
    int used;
    struct err none = ERR_INIT;
    const struct command *c = command_find(s, "history", &used, &none);
    if (c == NULL)
        return err_set(e, ERR_COMMAND, "there is no history here");
    return command_call(s, c, 0, NULL, out, e);
}

static bool info_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    static const struct {
        const char *name;
        bool (*show)(struct session *s, const struct args *a, struct result *out, struct err *e);
    } all[] = {
        {"breaks", info_breaks}, {"displays", info_displays}, {"sites", info_sites},
        {"state", info_state},   {"cache", info_cache},       {"terminal", info_terminal},
        {"model", info_model},   {"history", info_history},
    };
    const char *what = args_str(a, "what");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, what != NULL ? what : "state") == 0)
            return all[i].show(s, a, out, e);
    return err_set(e, ERR_INTERNAL, "info %s", what);
}

static const struct arg info_args[] = {
    {.name = "what",
     .kind = ARG_CHOICE,
     .help = "which facts (state)",
     .optional = true,
     .choices = "breaks|displays|sites|state|cache|terminal|model|history"},
    {0},
};

const struct command cmd_info = {
    .name = "info",
    .alias = "i",
    .group = GROUP_LOOK,
    .args = info_args,
    .summary = "Facts about the session",
    .help = "breaks (and watches), displays, sites (all names of values), state (model, text, "
            "position, search, changes),\n"
            "cache (what is kept), terminal, model, history.\n  info breaks\n  info state",
    .exec = info_exec,
};
