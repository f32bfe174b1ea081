/* history: the lines typed before. */
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
    struct prompt *p = prompt_of(s, "history", e);
    if (!p)
        return false;
    size_t n = p->history.n, most = (size_t)args_int(a, "count", SHOWN);
    struct data *list = data_add_list(&out->arena, out->data, "lines");
    for (size_t i = n > most ? n - most : 0; i < n; i++) {
        show_entry(out, i + 1, p->history.entries[i]);
        data_add_str(&out->arena, list, NULL, p->history.entries[i]);
    }
    return true;
}

static const struct arg args[] = {
    {"count", ARG_INT, "how many of the last lines, 20 when left out", .optional = true, .lo = 1,
     .hi = INT32_MAX},
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
            "none). Lines that begin with a blank are not kept. Ctrl-R searches.\n"
            "\n"
            "  history 5\n",
    .exec = history_exec,
};
