/* note: what the user wants to remember; reports show it. */
#include <stdio.h>
#include <stdlib.h>

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

static bool drop(struct session *s, const struct args *a, bool text, struct result *out,
                 struct err *e)
{
    int64_t number = args_int(a, "--drop", 0);
    if (text)
        return err_set(e, ERR_COMMAND, "--drop takes a number and nothing after it") ||
               args_blame(a, "text", 0, e);
    if (number > (int64_t)s->nnotes)
        return err_set(e, ERR_COMMAND, "there is no note %lld: there are %zu", (long long)number,
                       s->nnotes) ||
               args_blame(a, "--drop", 0, e);
    free(s->notes[number - 1]);
    s->nnotes--;
    for (size_t i = (size_t)number - 1; i < s->nnotes; i++)
        s->notes[i] = s->notes[i + 1];
    list(s, out);
    return true;
}

static void offer_numbers(struct session *s, struct completion *to)
{
    char number[24];
    for (size_t i = 0; i < s->nnotes; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        completion_add(to, number, s->notes[i]);
    }
}

static bool note_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n;
    const char *text = args_text(a, "text", &n);
    if (args_has(a, "--drop"))
        return drop(s, a, text != NULL && n > 0, out, e);
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
    {.name = "--drop",
     .kind = ARG_INT,
     .help = "forget the note of this number; those after it move up",
     .optional = true,
     .lo = 1,
     .hi = INT32_MAX,
     .offer = offer_numbers},
    {.name = "text", .kind = ARG_REST, .help = "what to remember", .optional = true},
    {0},
};

const struct command cmd_note = {
    .name = "note",
    .group = GROUP_EXPORT,
    .flags = CMD_RAW,
    .args = note_args,
    .summary = "Remember a text; report shows it; without one: the notes",
    .help =
        "Notes stay while the program runs, also with another model.\n"
        "  note head 2 of the last layer finds the word that comes next\n  note\n  note --drop 2",
    .exec = note_exec,
};
