/* edit: the last line, or a given one, in the user's editor; what comes back is carried out. */
#include <string.h>

#include "editor.h"
#include "prompt.h"

static void add_edited(struct prompt *p, const struct str *text)
{
    struct str rest = p->queue;
    p->queue = (struct str)STR_INIT;
    str_add(&p->queue, text->s);
    str_addc(&p->queue, '\n');
    str_add(&p->queue, rest.s);
    str_release(&rest);
}

/* The last entry that is no `edit` itself: the one under way is the last. */
static const char *last_entry(const struct history *h)
{
    for (size_t i = h->n; i-- > 0;) {
        const char *text = h->entries[i];
        if (strncmp(text, "ed", 2) != 0 && strncmp(text, "\\e", 2) != 0)
            return text;
    }
    return "";
}

static bool edit_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct prompt *p = prompt_of(s, "edit", e);
    (void)out;
    if (!p)
        return false;
    struct str text = STR_INIT;
    const char *given = args_str(a, "text");
    str_add(&text, given ? given : last_entry(&p->history));
    bool ok = editor_external(s->shell, &text, e);
    if (ok && text.len > 0)
        add_edited(p, &text);
    str_release(&text);
    return ok;
}

static const struct arg args[] = {
    {"text", ARG_REST, "what to begin with; the last line when left out", .optional = true},
    {0},
};

const struct command cmd_edit = {
    .name = "edit",
    .alias = "ed",
    .group = GROUP_HELP,
    .flags = CMD_SHELL | CMD_RAW,
    .args = args,
    .summary = "Write lines in your editor and carry them out",
    .help = "The editor is $VISUAL or $EDITOR, else vi; it begins with the last line. An empty "
            "text does\n"
            "nothing. Ctrl-X Ctrl-E edits the line being typed and comes back to it. Persian is "
            "easier to\n"
            "edit there than in a line of the terminal.\n"
            "\n"
            "  edit\n"
            "  edit input علی به مدرسه می‌رود\n",
    .exec = edit_exec,
};
