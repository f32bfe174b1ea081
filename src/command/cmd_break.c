/* break tbreak condition ignore watch commands delete enable disable: where to stop. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report.h"

static void told(struct session *s, int number, struct result *out)
{
    struct err e = ERR_INIT;
    const struct stop_point *b = session_stop_point(s, number, &e);
    const struct plan *p = s->model->plan;
    data_add_int(&out->arena, out->data, "number", number);
    out_begin(out);
    out_span(out, TONE_PLAIN, "%s %d: ",
             b->watch       ? "watch"
             : b->temporary ? "temporary break"
                            : "break",
             number);
    out_span(out, TONE_SITE, "%s", b->spec);
    if (b->watch)
        return;
    int n = 0;
    for (int i = 0; i < p->nnodes; i++)
        n += b->nodes[i];
    if (b->part)
        out_span(out, TONE_DIM, ", stops before %s", p->nodes[b->first].name);
    else if (n > 1)
        out_span(out, TONE_DIM, ", %d values", n);
    if (b->condition != NULL)
        out_span(out, TONE_PLAIN, " if %s", b->condition);
}

/* "SITE if LUA" */
static bool set_break(struct session *s, const struct args *a, bool temporary, struct result *out,
                      struct err *e)
{
    char *text = mem_strdup(args_str(a, "site"));
    char *cond = strstr(text, " if ");
    if (cond != NULL) {
        *cond = 0;
        cond += 4;
    }
    size_t n = strlen(text);
    while (n > 0 && text[n - 1] == ' ')
        text[--n] = 0;
    int number;
    bool ok = session_break(s, text, temporary, cond, &number, e);
    free(text);
    if (ok)
        told(s, number, out);
    return ok;
}

static const struct arg break_args[] = {
    {.name = "site", .kind = ARG_LUA, .help = "SITE [if LUA]"},
    {0},
};

static bool break_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return set_break(s, a, false, out, e);
}

const struct command cmd_break = {
    .name = "break",
    .alias = "b",
    .group = GROUP_RUN,
    .needs = NEED_MODEL,
    .flags = CMD_CONDITION,
    .args = break_args,
    .summary = "Stop at matching sites",
    .help =
        "At a value it stops when the value has just been computed; at a part (enc.2, dec.0.cross) "
        "before\n"
        "its first operation. With `if` only when the Lua expression is true.\n"
        "  break enc.2.self\n  break dec.*.cross.pattern@3\n  break logits if rank(\"school\") < 3",
    .exec = break_exec,
};

static bool tbreak_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return set_break(s, a, true, out, e);
}

const struct command cmd_tbreak = {
    .name = "tbreak",
    .alias = "tb",
    .group = GROUP_RUN,
    .needs = NEED_MODEL,
    .flags = CMD_CONDITION,
    .args = break_args,
    .summary = "Stop at matching sites, once",
    .help = "As break; it is deleted after its first stop.",
    .exec = tbreak_exec,
};

static const struct arg watch_args[] = {
    {.name = "expression", .kind = ARG_LUA, .help = "a number, in Lua"},
    {0},
};

static bool watch_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    int number;
    if (!session_watch(s, args_str(a, "expression"), &number, e))
        return false;
    told(s, number, out);
    return true;
}

const struct command cmd_watch = {
    .name = "watch",
    .alias = "wa",
    .group = GROUP_RUN,
    .needs = NEED_MODEL,
    .flags = CMD_CONDITION,
    .args = watch_args,
    .summary = "Stop when the value of an expression changes",
    .help = "The expression is looked at after every operation; while it has no value it does not "
            "stop.\n"
            "  watch rank(\"school\")",
    .exec = watch_exec,
};

static const struct arg condition_args[] = {
    {.name = "number", .kind = ARG_INT, .help = "of the break"},
    {.name = "expression",
     .kind = ARG_LUA,
     .help = "Lua; without it the break stops always",
     .optional = true},
    {0},
};

static bool condition_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    struct stop_point *b = session_stop_point(s, args_int(a, "number", 0), e);
    if (b == NULL)
        return false;
    const char *text = args_str(a, "expression");
    free(b->condition);
    b->condition = text != NULL && *text != 0 ? mem_strdup(text) : NULL;
    if (b->condition != NULL)
        out_line(out, TONE_PLAIN, "break %d stops if %s", b->number, b->condition);
    else
        out_line(out, TONE_PLAIN, "break %d stops always", b->number);
    return true;
}

const struct command cmd_condition = {
    .name = "condition",
    .alias = "cond",
    .group = GROUP_RUN,
    .flags = CMD_CONDITION,
    .args = condition_args,
    .summary = "Change the condition of a break",
    .help = "  condition 1 probs[\"▁went\"] > 0.1\n  condition 1",
    .exec = condition_exec,
};

static const struct arg ignore_args[] = {
    {.name = "number", .kind = ARG_INT, .help = "of the break"},
    {.name = "count", .kind = ARG_INT, .help = "hits to pass over", .lo = 0, .hi = 1000000000},
    {0},
};

static bool ignore_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct stop_point *b = session_stop_point(s, args_int(a, "number", 0), e);
    if (b == NULL)
        return false;
    b->ignore = args_int(a, "count", 0);
    out_line(out, TONE_PLAIN, "break %d passes over the next %lld hit%s", b->number,
             (long long)b->ignore, b->ignore == 1 ? "" : "s");
    return true;
}

const struct command cmd_ignore = {
    .name = "ignore",
    .alias = "ign",
    .group = GROUP_RUN,
    .args = ignore_args,
    .summary = "Pass over a number of hits of a break",
    .help = "  ignore 1 5    break 1 stops at its sixth hit\n",
    .exec = ignore_exec,
};

static const struct arg commands_args[] = {
    {.name = "number", .kind = ARG_INT, .help = "of the break"},
    {0},
};

static bool commands_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    struct stop_point *b = session_stop_point(s, args_int(a, "number", 0), e);
    if (b == NULL)
        return false;
    for (size_t i = 0; i < b->ncommands; i++)
        free(b->commands[i]);
    b->ncommands = 0;
    char *text = mem_strdup(args_block(a) != NULL ? args_block(a) : ""), *save = NULL;
    for (char *line = strtok_r(text, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        line += strspn(line, " \t");
        if (*line != 0)
            ARRAY_PUSH(b->commands, b->ncommands, b->commands_cap) = mem_strdup(line);
    }
    free(text);
    out_line(out, TONE_PLAIN, "%zu command%s at break %d", b->ncommands,
             b->ncommands == 1 ? "" : "s", b->number);
    return true;
}

const struct command cmd_commands = {
    .name = "commands",
    .alias = "com",
    .group = GROUP_RUN,
    .flags = CMD_BLOCK,
    .args = commands_args,
    .summary = "Commands to run at a break, up to `end`",
    .help = "  commands 1\n  attn h2\n  continue\n  end",
    .exec = commands_exec,
};

/* ---- delete, enable, disable ----------------------------------------------------------------- */

static const struct arg numbers_args[] = {
    {.name = "number",
     .kind = ARG_INT,
     .help = "breaks and watches; none: all",
     .optional = true,
     .many = true},
    {0},
};

static bool delete_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    int n = args_count(a, "number");
    size_t before = s->nstops;
    for (int i = 0; i < n; i++) {
        if (!session_delete(s, args_nth_int(a, "number", i, 0), e))
            return args_blame(a, "number", i, e);
    }
    while (n == 0 && s->nstops > 0)
        session_delete(s, s->stops[0].number, e);
    out_line(out, TONE_PLAIN, "%zu deleted", before - s->nstops);
    return true;
}

const struct command cmd_delete = {
    .name = "delete",
    .alias = "d",
    .group = GROUP_RUN,
    .args = numbers_args,
    .summary = "Delete breaks and watches",
    .help = "Without a number: all of them.",
    .exec = delete_exec,
};

static bool switch_all(struct session *s, const struct args *a, bool on, struct result *out,
                       struct err *e)
{
    int n = args_count(a, "number");
    for (int i = 0; i < n; i++) {
        struct stop_point *b = session_stop_point(s, args_nth_int(a, "number", i, 0), e);
        if (b == NULL)
            return args_blame(a, "number", i, e);
        b->enabled = on;
    }
    for (size_t i = 0; n == 0 && i < s->nstops; i++)
        s->stops[i].enabled = on;
    out_line(out, TONE_PLAIN, "%zu %s", n == 0 ? s->nstops : (size_t)n,
             on ? "enabled" : "disabled");
    return true;
}

static bool enable_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return switch_all(s, a, true, out, e);
}

const struct command cmd_enable = {
    .name = "enable",
    .alias = "en",
    .group = GROUP_RUN,
    .args = numbers_args,
    .summary = "Enable breaks and watches",
    .help = "Without a number: all of them.",
    .exec = enable_exec,
};

static bool disable_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return switch_all(s, a, false, out, e);
}

const struct command cmd_disable = {
    .name = "disable",
    .alias = "dis",
    .group = GROUP_RUN,
    .args = numbers_args,
    .summary = "Disable breaks and watches",
    .help = "Without a number: all of them.",
    .exec = disable_exec,
};
