/* open: a document: the session goes on where its model is, else it is shown read-only. */
#include <stdlib.h>

#include "document.h"
#include "format/document.h"
#include "values.h"

/* With its model the session is made again. false with e->kind ERR_NONE: its model is not here. */
static bool go_on(struct session *s, const char *path, struct model *before, struct result *out,
                  struct err *e)
{
    struct model *m = document_model(before, s->document);
    struct document *d = s->document;
    if (m == NULL)
        return false;
    s->document = NULL; /* it outlives the session that showed it */
    bool ok = document_continue(s, m, d, e);
    if (ok) {
        data_add_str(&out->arena, out->data, "file", path);
        data_add_str(&out->arena, out->data, "model", d->name);
        data_add_int(&out->arena, out->data, "choices", (int64_t)d->nchoices);
        data_add_bool(&out->arena, out->data, "read_only", false);
        out_line(out, TONE_PLAIN, "%s: the session goes on with %s, %zu token%s chosen", path,
                 s->model->name, d->nchoices, d->nchoices == 1 ? "" : "s");
    }
    document_free(d);
    free(d);
    return ok;
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
    struct arena *m = &out->arena;
    const struct document *d = s->document;
    int64_t held = 0;
    for (int i = 0; s->gen != NULL && i < s->model->plan->nnodes; i++)
        held += run_computed(gen_run(s->gen), i);
    data_add_str(m, out->data, "file", path);
    data_add_str(m, out->data, "model", d->name);
    data_add_str(m, out->data, "digest", d->digest);
    data_add_int(m, out->data, "values", held);
    data_add_int(m, out->data, "tokens", (int64_t)d->ntokens);
    data_add_int(m, out->data, "choices", (int64_t)d->nchoices);
    data_add_bool(m, out->data, "read_only", true);
    out_line(out, TONE_PLAIN, "%s, read-only: %lld value%s of %s, %zu source token%s, %zu chosen",
             path, (long long)held, held == 1 ? "" : "s", d->name, d->ntokens,
             d->ntokens == 1 ? "" : "s", d->nchoices);
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
        "  save session friday.rasad.safetensors\n  open friday.rasad.safetensors\n"
        "  open friday.rasad.safetensors --read-only",
    .exec = open_exec,
};
