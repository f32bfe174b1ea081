/* Commands and values in lessons. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calc.h"
#include "base/file.h"
#include "base/mem.h"
#include "internal.h"
#include "question_axes.h"
#include "teach.h"

/* ---- commands -------------------------------------------------------------------------------- */

static const char *refuse(struct err *e, const char *line, const char *why)
{
    err_set(e, ERR_COMMAND, "'%.80s' cannot stand in a lesson: %s", line, why);
    return NULL;
}

/* "$examples/x" as a path: relative where that works, so that it can be typed as it is shown. */
static const char *fill_paths(struct arena *a, const char *line)
{
    const char *at = strstr(line, "$examples");
    if (!at)
        return line;
    char *folder = file_is_dir("examples/lessons") ? NULL : path_bundled("", "lessons");
    if (folder)
        folder[strlen(folder) - strlen("/lessons")] = '\0';
    const char *filled = arena_printf(a, "%.*s%s%s", (int)(at - line), line,
                                      folder ? folder : "examples", at + strlen("$examples"));
    free(folder);
    return filled;
}

/* Does it keep an expression of Lua, or a command line, that would be carried out later? */
static bool keeps_code(const struct command *c, const char *line)
{
    if (strcmp(c->name, "alias") == 0)
        return true;
    if (strcmp(c->name, "print") == 0) /* works it out at once: teach_run */
        return false;
    if (strcmp(c->name, "break") == 0 || strcmp(c->name, "tbreak") == 0)
        return strstr(line, " if ") != NULL;
    for (const struct arg *t = c->args; t && t->name; t++)
        if (t->kind == ARG_LUA)
            return true;
    return false;
}

static bool leads_out(const struct command *c)
{
    static const char *const names[] = {"teach", "tour", "answer"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(c->name, names[i]) == 0)
            return true;
    return false;
}

const char *teach_command(struct session *s, struct arena *a, const char *line, struct err *e)
{
    struct line_part part;
    int used;
    line = fill_paths(a, line);
    if (strchr("!=\\", line[0]))
        return refuse(e, line, "only commands of the program, without shell and Lua");
    if (!line_cut(s, line, 0, &part, e))
        return NULL;
    if (part.redirect != REDIRECT_NONE)
        return refuse(e, line, "its output goes to the lesson alone ('|' and '>')");
    if (line[part.next])
        return refuse(e, line, "one command a line");
    const struct command *c = command_find(s, line, &used, e);
    if (!c)
        return NULL;
    bool own = false;
    for (size_t i = 0; commands[i] && !own; i++)
        own = commands[i] == c;
    if (!own || (c->flags & (CMD_SHELL | CMD_BLOCK)) || c->group == GROUP_LUA ||
        keeps_code(c, line))
        return refuse(e, line, "only commands of the program, without shell and Lua");
    if (c->flags & CMD_WRITES)
        return refuse(e, line, "a lesson writes no files");
    if (leads_out(c))
        return refuse(e, line, "it would lead out of the lesson");
    return arena_strndup(a, line + part.start, part.end - part.start);
}

bool teach_run(struct session *s, const char *line, struct result *out, struct err *e)
{
    struct arena scratch = ARENA_INIT;
    struct session_hooks hooks = s->hooks;
    const struct command *ran;
    const char *command = teach_command(s, &scratch, line, e);
    s->hooks.eval_bool = NULL;
    s->hooks.eval_number = NULL;
    s->hooks.eval_value = NULL;
    double slow = s->slow;
    s->slow = 0; /* what it shows would come before the text of the step */
    bool ok = command && command_run(s, command, false, out, &ran, e);
    s->hooks = hooks;
    s->slow = slow;
    arena_release(&scratch);
    return ok;
}

/* ---- values ---------------------------------------------------------------------------------- */

bool teach_data(struct session *s, const char *text, size_t n, struct result *result,
                const struct data **out, struct err *e)
{
    char *line = arena_strndup(&result->arena, text, n), *arrow = NULL;
    for (char *at = line; (at = strstr(at, "->")) != NULL; at += 2)
        arrow = at;
    if (!arrow)
        return err_set(e, ERR_COMMAND, "between backquotes stands COMMAND -> PATH, not '%.80s'",
                       line);
    char *path = arrow + 2 + strspn(arrow + 2, " \t"), *end = path + strlen(path);
    while (end > path && line_blank(end[-1]))
        *--end = '\0';
    while (arrow > line && line_blank(arrow[-1]))
        arrow--;
    *arrow = '\0';
    return teach_run(s, line + line_skip(line, 0), result, e) &&
           (data_path(&result->arena, result->data, path, out, e) ||
            err_wrap(e, "%s -> %s", line, path));
}

static bool as_number(const struct data *d, double *out, struct err *e)
{
    if (d->kind == DATA_INT)
        *out = (double)d->u.i;
    else if (d->kind == DATA_NUM)
        *out = d->u.d;
    else if (d->kind == DATA_TENSOR && d->u.t->ndim == 0)
        *out = tensor_get(d->u.t, NULL);
    else
        return err_set(e, ERR_COMMAND, "the value is no number");
    return true;
}

static bool value(void *ud, const char *text, size_t n, double *out, struct err *e)
{
    struct result r;
    const struct data *d;
    result_init(&r);
    bool ok = teach_data(ud, text, n, &r, &d, e) && as_number(d, out, e);
    result_release(&r);
    return ok;
}

bool teach_number(struct session *s, const char *text, double *out, struct err *e)
{
    struct calc_values values = {value, s};
    if (calc(text, &values, out, e))
        return true;
    return err_at(e, -1, 0);
}

/* Is the whole expression one value between backquotes? Its inside, then. */
static bool is_single(const char *text, const char **inside, size_t *n)
{
    const char *from = text + line_skip(text, 0), *to;
    if (*from != '`' || !(to = strchr(from + 1, '`')) || to[1 + line_skip(to + 1, 0)])
        return false;
    *inside = from + 1;
    *n = (size_t)(to - from - 1);
    return true;
}

static void add_number(struct str *out, double v)
{
    if (v == floor(v))
        question_number(out, v);
    else
        str_addf(out, "%.4g", v);
}

/* A value as running text has it: strings as they are, lists in brackets. */
static void add_value(struct str *out, const struct data *d)
{
    if (d->kind == DATA_STR) {
        str_addn(out, d->u.str.s, d->u.str.n);
    } else if (d->kind == DATA_INT || d->kind == DATA_NUM) {
        add_number(out, d->kind == DATA_INT ? (double)d->u.i : d->u.d);
    } else if (d->kind == DATA_LIST) {
        str_addc(out, '[');
        for (const struct data *x = d->first; x; x = x->next) {
            add_value(out, x);
            str_add(out, x->next ? ", " : "");
        }
        str_addc(out, ']');
    } else {
        data_json(out, d);
    }
}

static bool add_expression(struct session *s, const char *text, struct str *out, struct err *e)
{
    const char *inside;
    size_t n;
    if (is_single(text, &inside, &n)) {
        struct result r;
        const struct data *d;
        result_init(&r);
        bool ok = teach_data(s, inside, n, &r, &d, e);
        if (ok)
            add_value(out, d);
        result_release(&r);
        return ok;
    }
    double v;
    if (!teach_number(s, text, &v, e))
        return false;
    add_number(out, v);
    return true;
}

bool teach_text(struct session *s, const char *text, struct str *out, struct err *e)
{
    while (*text) {
        size_t n = strcspn(text, "{");
        str_addn(out, text, n);
        text += n;
        if (!*text)
            break;
        if (text[1] == '{') {
            str_addc(out, '{');
            text += 2;
            continue;
        }
        size_t len = strcspn(text, "}");
        if (!text[len])
            return err_set(e, ERR_COMMAND, "a '}' is missing ('{{' is a brace)");
        char *expression = mem_strndup(text + 1, len - 1);
        bool ok = add_expression(s, expression, out, e);
        free(expression);
        if (!ok)
            return false;
        text += len + 1;
    }
    return true;
}

/* ---- answers --------------------------------------------------------------------------------- */

static bool copy_text(struct session *s, const struct lesson_text *t, const char **out,
                      struct err *e)
{
    const char *text = lesson_in(t, lesson_language(s));
    struct str filled = STR_INIT;
    if (!text)
        return true;
    bool ok = teach_text(s, text, &filled, e);
    *out = questions_copy(s, filled.s);
    str_release(&filled);
    return ok;
}

/* "a | b" as words; each may be a value between backquotes. */
static bool add_words(struct session *s, struct question *q, const char *text, struct err *e)
{
    enum { MOST = 16 };
    const char **words = arena_alloc(&s->questions.arena, MOST * sizeof *words);
    while (q->nwords < MOST && *text) {
        struct str word = STR_INIT;
        const char *bar = strstr(text, " | "), *inside;
        size_t n = bar ? (size_t)(bar - text) : strlen(text), len;
        char *one = mem_strndup(text, n);
        bool ok = true;
        if (is_single(one, &inside, &len))
            ok = add_expression(s, one, &word, e);
        else
            str_add(&word, one);
        words[q->nwords++] = questions_copy(s, word.s);
        free(one);
        str_release(&word);
        if (!ok)
            return false;
        text += n + (bar ? 3 : 0);
    }
    q->words = words;
    return true;
}

static bool add_shape(struct session *s, struct question *q, const char *text, struct err *e)
{
    struct result r;
    const struct data *d;
    const char *inside;
    size_t n;
    result_init(&r);
    char *short_form = arena_printf(&r.arena, "shapes %s -> sites[0]", text);
    if (!is_single(text, &inside, &n)) {
        inside = short_form;
        n = strlen(inside);
    }
    bool ok = teach_data(s, inside, n, &r, &d, e) && question_axes(s, d, q, e);
    result_release(&r);
    return ok;
}

static bool add_site(struct session *s, struct question *q, const char *text, struct err *e)
{
    struct site_ref r;
    struct str name = STR_INIT;
    if (!s->model || !s->model->plan)
        return err_set(e, ERR_COMMAND, "no model is open to have '%.60s'", text);
    bool ok = sites_one(s, text, &r, e);
    if (ok)
        sites_text(&r, &name);
    q->site = questions_copy(s, name.s);
    str_release(&name);
    return ok;
}

static bool add_answer(struct session *s, struct question *q, const struct lesson_question *from,
                       struct err *e)
{
    switch (from->kind) {
    case QUESTION_NUMBER:
        return teach_number(s, from->answer, &q->number, e);
    case QUESTION_SHAPE:
        return add_shape(s, q, from->answer, e);
    case QUESTION_SITE:
        return add_site(s, q, from->answer, e);
    case QUESTION_TOKEN:
    case QUESTION_WORD:
        return add_words(s, q, from->answer, e);
    case QUESTION_CHOICE:
        break;
    }
    q->options = arena_alloc(&s->questions.arena, (size_t)from->noptions * sizeof *q->options);
    q->noptions = from->noptions;
    q->right = from->right;
    for (int i = 0; i < from->noptions; i++)
        if (!copy_text(s, &from->options[i], &q->options[i], e))
            return false;
    return true;
}

bool teach_at(const struct lesson *l, int line, struct err *e)
{
    err_at(e, -1, 0);
    return err_wrap(e, "%s:%d", l->path, line);
}

bool teach_ask(struct session *s, const struct lesson *l, const struct lesson_question *from,
               struct err *e)
{
    struct question *q = questions_add(s, from->kind);
    q->points = from->points;
    if (!copy_text(s, &from->ask, &q->ask, e))
        return teach_at(l, from->ask.line, e);
    if (!copy_text(s, &from->rule, &q->rule, e))
        return teach_at(l, from->rule.line, e);
    if (!copy_text(s, &from->hint, &q->hint, e))
        return teach_at(l, from->hint.line, e);
    if (!add_answer(s, q, from, e))
        return teach_at(l, from->answer ? from->answer_line : from->ask.line, e);
    if (from->within && !teach_number(s, from->within, &q->tolerance, e))
        return teach_at(l, from->within_line, e);
    return true;
}
