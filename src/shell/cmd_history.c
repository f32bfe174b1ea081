/* history: the lines typed before, at the prompt ever or in this session. */
#include <string.h>

#include "prompt.h"

enum { SHOWN = 20 };

/* The first line after the number, the others of a block under it. */
static void show_entry(struct result *out, size_t number, const char *text)
{
    for (bool first = true; *text || first; first = false) {
        size_t n = strcspn(text, "\n");
        out_begin(out);
        if (first)
            out_span(out, TONE_DIM, "%5zu  ", number);
        else
            out_span(out, TONE_DIM, "       ");
        out_span(out, TONE_PLAIN, "%.*s", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

static bool history_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    bool session = args_has(a, "--session");
    struct prompt *p = session ? NULL : prompt_of(s, "history", e);
    if (!session && !p)
        return err_hint(e, "'history --session' shows the lines of this session alone");
    char *const *lines = session ? s->lines : p->history.entries;
    size_t n = session ? s->nlines : p->history.n;
    size_t most = (size_t)args_int(a, "count", session ? INT32_MAX : SHOWN);
    struct data *list = data_add_list(&out->arena, out->data, "lines");
    for (size_t i = n > most ? n - most : 0; i < n; i++) {
        show_entry(out, i + 1, lines[i]);
        data_add_str(&out->arena, list, NULL, lines[i]);
    }
    return true;
}

static const struct arg args[] = {
    {"count", ARG_INT, "how many of the last lines, 20 when left out", .optional = true, .lo = 1,
     .hi = INT32_MAX},
    {"--session", ARG_FLAG, "those of this session: all, and of a document also its own",
     .optional = true},
    {0},
};

const struct command cmd_history = {
    .name = "history",
    .alias = "hi",
    .group = GROUP_HELP,
    .flags = CMD_SHELL | CMD_VARIES,
    .args = args,
    .summary = "Show the lines typed before",
    .help = "They are kept in ~/.local/state/rasad/history (or the file that RASAD_HISTFILE names; "
            "empty:\n"
            "none). Lines that begin with a blank are not kept. Ctrl-R searches. --session: what "
            "was typed or read from a\n"
            "script since the program began; after `open` what led to the document, and what came "
            "after.\n"
            "\n"
            "  history 5\n  history --session\n",
    .exec = history_exec,
};
