/* note: what the user wants to remember; reports show it. */
#include "base/mem.h"
#include "command/command.h"

static void list(const struct session *s, struct result *out)
{
    struct data *notes = data_add_list(&out->arena, out->data, "notes");
    struct table *t = s->nnotes > 0 ? out_table(out, "#> note*") : NULL;
    for (size_t i = 0; i < s->nnotes; i++) {
        struct cell *c = table_row(out, t);
        c[0] = cell_int((int64_t)i + 1);
        c[1] = cell_str(out, s->notes[i]);
        data_add_str(&out->arena, notes, NULL, s->notes[i]);
    }
    if (s->nnotes == 0)
        out_line(out, TONE_DIM, "no notes; note TEXT adds one");
}

static bool note_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    (void)e;
    if (text == NULL || n == 0) {
        list(s, out);
        return true;
    }
    ARRAY_PUSH(s->notes, s->nnotes, s->notes_cap) = mem_strdup(out_strn(out, text, n));
    data_add_int(&out->arena, out->data, "number", (int64_t)s->nnotes);
    out_line(out, TONE_PLAIN, "note %zu", s->nnotes);
    return true;
}

static const struct arg note_args[] = {
    {"text", ARG_REST, "what to remember", .optional = true},
    {0},
};

const struct command cmd_note = {
    .name = "note",
    .group = GROUP_EXPORT,
    .flags = CMD_RAW,
    .args = note_args,
    .summary = "Remember a text; report shows it; without one: the notes",
    .help = "Notes stay while the program runs, also with another model.\n"
            "  note head 2 of the last layer finds the word that comes next\n  note",
    .exec = note_exec,
};
