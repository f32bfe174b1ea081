/* open: a document, read-only: what a session computed, without its model. */
#include "format/document.h"
#include "values.h"

static bool open_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *path = args_str(a, "file");
    if (!session_open_document(s, path, e))
        return args_blame(a, "file", 0, e);
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
    {0},
};

const struct command cmd_open = {
    .name = "open",
    .group = GROUP_EXPORT,
    .args = open_args,
    .summary = "Show a document of save session, read-only and without its model",
    .help =
        "Everything that looks works as it did in the session: tokens, print, attn, top, where, "
        "rstep. What would compute\n"
        "says that it cannot; `model load PATH` ends the reading and opens a model. The model "
        "that was open is closed.\n"
        "  save session friday.rasad.safetensors\n  open friday.rasad.safetensors",
    .exec = open_exec,
};
