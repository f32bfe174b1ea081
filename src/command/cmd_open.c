/* open: a document: the session goes on where its model is, else it is shown read-only. */
#include <stdlib.h>

#include "document.h"
#include "format/document.h"
#include "values.h"

/* What a document has beside the run, for both ways of opening it. */
static void tell(const char *path, const struct document *d, bool read_only, struct result *out)
{
    struct arena *a = &out->arena;
    data_add_str(a, out->data, "file", path);
    data_add_str(a, out->data, "model", d->name);
    data_add_int(a, out->data, "tokens", (int64_t)d->present.ntokens);
    data_add_int(a, out->data, "choices", (int64_t)d->present.nchoices);
    data_add_int(a, out->data, "runs", (int64_t)d->nruns);
    data_add_int(a, out->data, "lines", (int64_t)d->nlines);
    data_add_int(a, out->data, "notes", (int64_t)d->nnotes);
    data_add_bool(a, out->data, "read_only", read_only);
}

static void add_part(struct result *out, bool *any, size_t n, const char *what, const char *command)
{
    if (n == 0)
        return;
    if (!*any)
        out_begin(out);
    out_span(out, TONE_DIM, "%s%zu %s%s (%s)", *any ? ", " : "", n, what, n == 1 ? "" : "s",
             command);
    *any = true;
}

/* "2 named runs (runs), 14 typed lines (history --session), 1 note (note)" */
static void add_parts(const struct document *d, struct result *out)
{
    bool any = false;
    add_part(out, &any, d->nruns, "named run", "runs");
    add_part(out, &any, d->nlines, "typed line", "history --session");
    add_part(out, &any, d->nnotes, "note", "note");
}

static bool take_runs(struct session *s, const char *path, const struct document *d, struct err *e)
{
    char digest[17];
    if (d->nruns == 0)
        return true;
    if (!session_borrow_runs(s, path, NULL, digest, e))
        return false;
    session_note(s, "named runs are not computed again: they have the values that the document "
                    "holds of them");
    return true;
}

/* With its model the session is made again. false with e->kind ERR_NONE: its model is not here. */
static bool go_on(struct session *s, const char *path, struct model *before, struct result *out,
                  struct err *e)
{
    struct model *m = document_model(s, before, s->document);
    struct document *d = s->document;
    if (m == NULL)
        return false;
    s->document = NULL; /* it outlives the session that showed it */
    bool ok = document_continue(s, m, d, e) && take_runs(s, path, d, e);
    if (ok) {
        session_take_words(s, d);
        tell(path, d, false, out);
        out_line(out, TONE_PLAIN, "%s: the session goes on with %s, %zu token%s chosen", path,
                 s->model->name, d->present.nchoices, d->present.nchoices == 1 ? "" : "s");
        add_parts(d, out);
    }
    document_free(d);
    free(d);
    return ok;
}

static void show(struct session *s, const char *path, struct result *out)
{
    const struct document *d = s->document;
    int64_t held = 0;
    for (int i = 0; s->gen != NULL && i < s->model->plan->nnodes; i++)
        held += run_computed(gen_run(s->gen), i);
    session_take_words(s, d);
    tell(path, d, true, out);
    data_add_str(&out->arena, out->data, "digest", d->digest);
    data_add_int(&out->arena, out->data, "values", held);
    out_line(out, TONE_PLAIN, "%s, read-only: %lld value%s of %s, %zu source token%s, %zu chosen",
             path, (long long)held, held == 1 ? "" : "s", d->name, d->present.ntokens,
             d->present.ntokens == 1 ? "" : "s", d->present.nchoices);
    add_parts(d, out);
}

static bool open_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *path = args_str(a, "file");
    struct model *before = s->model != NULL ? model_ref(s->model) : NULL;
    bool ok = session_open_document(s, path, e) || args_blame(a, "file", 0, e);
    bool on = ok && !args_has(a, "--read-only") && go_on(s, path, before, out, e);
    model_free(before);
    if (!ok || on || e->kind != ERR_NONE)
        return ok && on;
    show(s, path, out);
    return true;
}

static const struct arg open_args[] = {
    {.name = "file", .kind = ARG_FILE, .help = "a document (.safetensors) of save session"},
    {.name = "--read-only",
     .kind = ARG_FLAG,
     .help = "show it as it is; its model is not looked for",
     .optional = true},
    {0},
};

const struct command cmd_open = {
    .name = "open",
    .group = GROUP_EXPORT,
    .args = open_args,
    .summary = "Open a document of save session: read-only, or with its model to go on",
    .help =
        "Where the model of the document is (the one that is open, that of the stored path, or a "
        "bundled one, with the\n"
        "same weights), its input, prefix, search and changes are made again and the run is taken "
        "to where it stood, with\n"
        "the forced tokens forced. Else, and with --read-only, what was computed is shown: tokens, "
        "print, attn, top, where,\n"
        "rstep work, and what would compute says that it cannot. Settings and breaks of a document "
        "are left alone.\n"
        "Named runs (runs, diff), notes (note, report) and the lines that were typed come with it; "
        "the lines are shown by\n"
        "'history --session' and never carried out.\n"
        "  save session friday.rasad.safetensors\n  open friday.rasad.safetensors\n"
        "  open friday.rasad.safetensors --read-only",
    .exec = open_exec,
};
