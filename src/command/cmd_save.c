/* save: settings, breaks or the whole session as a file of commands that `source` reads, or the
 * session with what was computed as a document that `open` shows. */
#include <string.h>

#include "base/file.h"
#include "command/saved.h"
#include "document.h"
#include "format/document.h"
#include "values.h"

static bool write_text(const char *path, const struct str *text, struct err *e)
{
    struct file_writer w;
    if (!file_create(&w, path, e))
        return false;
    if (fwrite(text->s, 1, text->len, w.f) == text->len)
        return file_commit(&w, e);
    file_abort(&w);
    return err_set(e, ERR_COMMAND, "%s: cannot write", path);
}

static bool save_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *what = args_str(a, "what"), *path = args_str(a, "file");
    if (strcmp(what, "session") == 0 && document_named(path))
        return document_save(s, a, out, e);
    if (args_count(a, "site") > 0)
        return err_set(e, ERR_COMMAND, "a file of commands holds no values") ||
               err_hint(e, "save session FILE.rasad.safetensors GLOB... writes a document");
    struct str text = STR_INIT;
    str_addf(&text, "# rasad: %s\n", what);
    if (strcmp(what, "settings") == 0)
        saved_settings(s, &text);
    else if (strcmp(what, "breaks") == 0)
        saved_breaks(s, &text);
    else {
        saved_model(s, &text);
        saved_state(s, &text);
    }
    int64_t lines = -1;
    for (const char *p = text.s; *p != 0; p++)
        lines += *p == '\n';
    bool ok = write_text(path, &text, e) || args_blame(a, "file", 0, e);
    str_release(&text);
    if (!ok)
        return false;
    data_add_str(&out->arena, out->data, "file", path);
    data_add_int(&out->arena, out->data, "lines", lines);
    out_line(out, TONE_PLAIN, "wrote %s (%lld line%s; source %s reads it)", path, (long long)lines,
             lines == 1 ? "" : "s", path);
    return true;
}

static const struct arg save_args[] = {
    {.name = "what",
     .kind = ARG_CHOICE,
     .help = "what to write",
     .choices = "settings|breaks|session"},
    {.name = "file", .kind = ARG_FILE, .help = "a file of commands, or .safetensors: a document"},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "of a document: the values in it (all that were computed)",
     .optional = true,
     .many = true},
    {0},
};

const struct command cmd_save = {
    .name = "save",
    .group = GROUP_EXPORT,
    .flags = CMD_WRITES,
    .args = save_args,
    .summary = "Write settings, breaks or the session to a file that source or open reads",
    .help =
        "settings: those that differ from their defaults. breaks: breaks, watches, displays; "
        "reading them adds to\n"
        "what is set. session: model, settings, input, prefix, search, changes, breaks.\n"
        "A session in a file that ends with .safetensors is a document: the text, the tokens, the "
        "choices with their\n"
        "candidates and the values, as far as was computed, named runs, notes and the lines typed. "
        "`open` shows it without\n"
        "the model, Python reads it with safetensors and json. The old file stays whole until the "
        "new one is.\n"
        "  save session friday.rasad\n  source friday.rasad\n"
        "  save session friday.rasad.safetensors\n"
        "  save session small.rasad.safetensors *.pattern logits",
    .exec = save_exec,
};
