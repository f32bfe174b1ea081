/* Typed arguments: from the words of a line, or from split words, to values that were checked. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/internal.h"

enum { WORD_SHOWN = 80 };

static bool is_option(const struct arg *t)
{
    return t->name[0] == '-';
}

const struct arg *args_option(const struct command *c, const char *word, size_t n)
{
    for (const struct arg *t = c->args; t && t->name; t++)
        if (is_option(t) && strlen(t->name) == n && memcmp(t->name, word, n) == 0)
            return t;
    return NULL;
}

const struct arg *args_positional(const struct command *c, int i)
{
    for (const struct arg *t = c->args; t && t->name; t++)
        if (!is_option(t) && (i-- == 0 || t->many))
            return t;
    return NULL;
}

/* "#3" is a word (a rank) for this command, not a comment. */
static bool takes_ranks(const struct command *c)
{
    for (const struct arg *t = c->args; t && t->name; t++)
        if (t->kind == ARG_TOKEN || t->kind == ARG_NEXT)
            return true;
    return false;
}

bool args_comment(const struct command *c, const char *line, size_t at)
{
    if (!line_comment(line, at, c && takes_ranks(c)))
        return false;
    for (const struct arg *t = c ? c->args : NULL; t && t->name; t++)
        if (t->kind == ARG_LUA)
            return !line[at + 1] || line_blank(line[at + 1]);
    return true;
}

static bool is_raw(const struct arg *t)
{
    return t && (t->kind == ARG_REST || t->kind == ARG_LUA);
}

/* ---- the feed -------------------------------------------------------------------------------- */

/* The next word without moving past it, and where the feed would stand after it. */
static bool peek(const struct args *a, const struct feed *f, struct arena *arena, struct word *w,
                 struct feed *after, struct err *e)
{
    *after = *f;
    *w = (struct word){.column = -1};
    if (!f->argv)
        return line_word(arena, f->line, &after->at, takes_ranks(a->command), w, e);
    if (f->next < f->argc) {
        w->s = f->argv[f->next];
        w->n = strlen(w->s);
        after->next++;
    }
    return true;
}

/* Everything that is left, as text. In a raw command it stands as it is, after the one blank that
 * ends the word before it; elsewhere blanks around it and a comment after it do not count. */
static bool take_rest(struct args *a, struct feed *f, struct word *w, struct err *e)
{
    if (f->argv) {
        struct str joined = STR_INIT;
        for (int i = f->next; i < f->argc; i++) {
            if (i > f->next)
                str_addc(&joined, ' ');
            str_add(&joined, f->argv[i]);
        }
        *w = (struct word){.column = -1};
        if (f->next < f->argc)
            w->s = arena_strndup(&a->arena, joined.s, joined.len);
        w->n = joined.len;
        f->next = f->argc;
        str_release(&joined);
        return true;
    }
    size_t from = f->at, to = from + strlen(f->line + from);
    bool raw = a->command->flags & CMD_RAW;
    if (raw) {
        from += line_blank(f->line[from]);
    } else {
        from = line_skip(f->line, from);
        for (size_t i = from; i < to; i++)
            if (args_comment(a->command, f->line, i))
                to = i;
        while (to > from && line_blank(f->line[to - 1]))
            to--;
    }
    f->at += strlen(f->line + f->at);
    *w = (struct word){.column = (int)from};
    if (to == from)
        return true;
    return line_text(&a->arena, f->line + from, to - from, (int)from, w, e);
}

/* ---- one value ------------------------------------------------------------------------------- */

static bool blame(const struct word *w, struct err *e)
{
    return w->column < 0 ? false : err_at(e, w->column, w->length);
}

static bool hint_usage(const struct command *c, const char *meant, struct err *e)
{
    struct str usage = STR_INIT;
    command_usage(c, &usage);
    if (meant)
        err_hint(e, "did you mean '%s'? usage: %s", meant, usage.s);
    else
        err_hint(e, "usage: %s", usage.s);
    str_release(&usage);
    return false;
}

static bool read_int(const struct arg *t, const struct word *w, struct value *v, struct err *e)
{
    char name[ARG_SHOWN];
    if (!str_int(w->s, INT64_MIN, INT64_MAX, &v->i)) {
        err_set(e, ERR_COMMAND, "%s is a whole number, not '%.*s'", arg_shown(t, name), WORD_SHOWN,
                w->s);
        return blame(w, e);
    }
    if (t->lo < t->hi && (v->i < t->lo || v->i > t->hi)) {
        if (t->hi >= INT32_MAX)
            err_set(e, ERR_COMMAND, "%s must be at least %lld, not %lld", arg_shown(t, name),
                    (long long)t->lo, (long long)v->i);
        else
            err_set(e, ERR_COMMAND, "%s must be %lld to %lld, not %lld", arg_shown(t, name),
                    (long long)t->lo, (long long)t->hi, (long long)v->i);
        return blame(w, e);
    }
    v->d = (double)v->i;
    return true;
}

/* The choices as a list that ends with NULL, in the arena. */
static const char **split_choices(struct arena *a, const char *choices)
{
    size_t n = 1, k = 0;
    for (const char *p = choices; *p; p++)
        n += *p == '|';
    const char **list = arena_alloc(a, (n + 1) * sizeof *list);
    for (const char *p = choices; k < n; k++) {
        size_t len = strcspn(p, "|");
        list[k] = arena_strndup(a, p, len);
        p += len + 1;
    }
    return list;
}

/* The choice that a word stands for: exact or a unique prefix; NULL = none or several. */
static const char *match_choice(const char **list, const char *word, int64_t *index)
{
    const char *found = NULL;
    for (int64_t i = 0; list[i]; i++) {
        bool exact = strcmp(list[i], word) == 0;
        if (!exact && !(word[0] && str_starts(list[i], word)))
            continue;
        if (found && !exact)
            return NULL;
        found = list[i];
        *index = i;
        if (exact)
            break;
    }
    return found;
}

static bool read_choice(struct args *a, const struct arg *t, const struct word *w, struct value *v,
                        struct err *e)
{
    char name[ARG_SHOWN];
    const char **list = split_choices(&a->arena, t->choices ? t->choices : "");
    v->s = match_choice(list, w->s, &v->i);
    if (v->s) {
        v->n = strlen(v->s);
        return true;
    }
    struct str all = STR_INIT;
    for (size_t i = 0; list[i]; i++)
        str_addf(&all, "%s%s", i ? " " : "", list[i]);
    err_set(e, ERR_COMMAND, "%s is one of: %s; not '%.*s'", arg_shown(t, name), all.s, WORD_SHOWN,
            w->s);
    str_release(&all);
    const char *meant = str_nearest(w->s, list);
    if (meant)
        err_hint(e, "did you mean '%s'?", meant);
    return blame(w, e);
}

/* Adds the ids of one word to the list of v. */
static bool read_ids(struct args *a, const struct arg *t, const struct word *w, struct value *v,
                     struct err *e)
{
    char name[ARG_SHOWN];
    size_t commas = 1;
    for (size_t i = 0; i < w->n; i++)
        commas += w->s[i] == ',';
    int32_t *ids = arena_alloc(&a->arena, ((size_t)v->nids + commas) * sizeof *ids);
    if (v->nids)
        memcpy(ids, v->ids, (size_t)v->nids * sizeof *ids);
    v->ids = ids;
    for (size_t at = 0; at < w->n;) {
        size_t len = strcspn(w->s + at, ",");
        char *one = arena_strndup(&a->arena, w->s + at, len);
        int64_t id;
        if (!str_int(one, INT32_MIN, INT32_MAX, &id)) {
            err_set(e, ERR_COMMAND, "%s takes token ids like 5,6,7, not '%.*s'", arg_shown(t, name),
                    WORD_SHOWN, one);
            return w->column < 0 || w->quoted ? blame(w, e)
                                              : err_at(e, w->column + (int)at, (int)len);
        }
        ids[v->nids++] = (int32_t)id;
        at += len + 1;
    }
    return true;
}

static const char *expand_home(struct arena *a, const char *path)
{
    const char *home = getenv("HOME");
    if (path[0] != '~' || (path[1] && path[1] != '/') || !home || !*home)
        return path;
    return arena_printf(a, "%s%s", home, path + 1);
}

static bool read_value(struct args *a, const struct arg *t, const struct word *w, struct value *v,
                       struct err *e)
{
    char name[ARG_SHOWN];
    v->s = w->s;
    v->n = w->n;
    switch (t->kind) {
    case ARG_INT:
        return read_int(t, w, v, e);
    case ARG_NUM:
        if (str_double(w->s, &v->d))
            return true;
        err_set(e, ERR_COMMAND, "%s is a number, not '%.*s'", arg_shown(t, name), WORD_SHOWN, w->s);
        return blame(w, e);
    case ARG_CHOICE:
        return read_choice(a, t, w, v, e);
    case ARG_IDS:
        return read_ids(a, t, w, v, e);
    case ARG_RUN:
    case ARG_FILE:
        if (!w->n && t->kind == ARG_FILE) {
            err_set(e, ERR_COMMAND, "%s is empty; a file name is needed", arg_shown(t, name));
            return blame(w, e);
        }
        v->s = w->quoted ? w->s : expand_home(&a->arena, w->s);
        v->n = strlen(v->s);
        return true;
    case ARG_SETTING: {
        enum setting_id id;
        if (!settings_find(w->s, &id, e))
            return blame(w, e);
        v->s = setting_table[id].name;
        v->n = strlen(v->s);
        v->i = (int64_t)id;
        return true;
    }
    default:
        return true;
    }
}

static struct value *new_value(struct args *a, const struct arg *t, const struct word *w)
{
    if (a->n == a->cap) {
        size_t cap = a->cap ? 2 * a->cap : 8;
        struct value *more = arena_alloc(&a->arena, cap * sizeof *more);
        if (a->n)
            memcpy(more, a->v, a->n * sizeof *more);
        a->v = more;
        a->cap = cap;
    }
    struct value *v = &a->v[a->n++];
    *v = (struct value){.arg = t, .column = w->column, .length = w->length};
    return v;
}

/* An option given twice: the last one counts. */
static void forget(struct args *a, const struct arg *t)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        if (a->v[i].arg != t)
            a->v[n++] = a->v[i];
    a->n = n;
}

/* ---- the line -------------------------------------------------------------------------------- */

/* Lists of ids may go on after a comma and a blank; `all`: as long as there are words. */
static bool more_ids(struct args *a, struct feed *f, const struct arg *t, struct value *v,
                     const struct word *first, bool all, struct err *e)
{
    struct word w = *first;
    struct feed after;
    while (all || (w.n && w.s[w.n - 1] == ',')) {
        if (!peek(a, f, &a->arena, &w, &after, e))
            return false;
        if (!w.s)
            break;
        *f = after;
        if (!read_ids(a, t, &w, v, e))
            return false;
        v->length = w.column + w.length - v->column;
    }
    return true;
}

static bool option_value(struct args *a, struct feed *f, const struct arg *t, const struct word *w,
                         size_t name, struct err *e)
{
    struct word given = *w;
    forget(a, t);
    if (t->kind == ARG_FLAG) {
        if (name < w->n) {
            err_set(e, ERR_COMMAND, "%s takes no value", t->name);
            return blame(w, e);
        }
        new_value(a, t, w)->s = "";
        return true;
    }
    if (name < w->n) {
        given.s += name + 1;
        given.n -= name + 1;
        if (given.column >= 0) {
            given.column += (int)name + 1;
            given.length -= (int)name + 1;
        }
    } else if (is_raw(t)) {
        if (!take_rest(a, f, &given, e))
            return false;
    } else {
        struct feed after;
        if (!peek(a, f, &a->arena, &given, &after, e))
            return false;
        if (given.s)
            *f = after;
    }
    if (!given.s) {
        err_set(e, ERR_COMMAND, "%s needs a value", t->name);
        hint_usage(a->command, NULL, e);
        return blame(w, e);
    }
    struct value *v = new_value(a, t, &given);
    return read_value(a, t, &given, v, e) &&
           (t->kind != ARG_IDS || more_ids(a, f, t, v, &given, t->many, e));
}

static bool unknown_option(const struct args *a, const struct word *w, struct err *e)
{
    const struct command *c = a->command;
    const char *names[64];
    size_t n = 0;
    for (const struct arg *t = c->args; t && t->name && n < 63; t++)
        if (is_option(t))
            names[n++] = t->name;
    names[n] = NULL;
    char word[WORD_SHOWN + 1];
    size_t len = strcspn(w->s, "=");
    len = len < WORD_SHOWN ? len : WORD_SHOWN;
    memcpy(word, w->s, len);
    word[len] = '\0';
    err_set(e, ERR_COMMAND, "%s has no option '%s'", c->name, word);
    hint_usage(c, str_nearest(word, names), e);
    return blame(w, e);
}

bool args_could_be(struct arena *a, const struct arg *t, const char *s)
{
    double d;
    int64_t i;
    if (t->kind == ARG_INT || t->kind == ARG_NUM)
        return str_double(s, &d) || str_int(s, INT64_MIN, INT64_MAX, &i);
    if (t->kind == ARG_CHOICE)
        return match_choice(split_choices(a, t->choices ? t->choices : ""), s, &i) != NULL;
    return true;
}

static bool too_many(const struct args *a, const struct word *w, struct err *e)
{
    if (!args_positional(a->command, 0))
        err_set(e, ERR_COMMAND, "%s takes no arguments", a->command->name);
    else
        err_set(e, ERR_COMMAND, "one argument too many: '%.*s'", WORD_SHOWN, w->s);
    hint_usage(a->command, NULL, e);
    return blame(w, e);
}

static bool looks_like_option(const struct word *w)
{
    double d;
    return w->s && !w->quoted && w->s[0] == '-' && w->n > 1 && !str_double(w->s, &d);
}

static bool take_raw(struct args *a, struct feed *f, const struct arg *t, struct err *e)
{
    struct word w;
    if (!take_rest(a, f, &w, e))
        return false;
    if (!w.s || (t->optional && !w.quoted && !w.s[line_skip(w.s, 0)]))
        return true;
    return read_value(a, t, &w, new_value(a, t, &w), e);
}

static bool read_positional(struct args *a, struct feed *f, int *position, bool options, bool *done,
                            struct err *e)
{
    struct word w;
    struct feed after;
    const struct arg *t = args_positional(a->command, *position);
    if (is_raw(t)) {
        *done = true;
        return take_raw(a, f, t, e);
    }
    if (!peek(a, f, &a->arena, &w, &after, e))
        return false;
    while (t && t->optional && w.s && !is_raw(t) && !args_could_be(&a->arena, t, w.s) &&
           args_positional(a->command, *position + 1) && !t->many)
        t = args_positional(a->command, ++*position);
    if (is_raw(t)) {
        *done = true;
        return take_raw(a, f, t, e);
    }
    *done = !w.s;
    if (!w.s)
        return true;
    bool others = t && t->line && args_count(a, t->name) > 0; /* options of a command within it */
    if (options && !others && looks_like_option(&w) &&
        (!t || (t->kind != ARG_TOKEN && t->kind != ARG_NEXT)))
        return unknown_option(a, &w, e);
    if (!t)
        return too_many(a, &w, e);
    *f = after;
    ++*position;
    struct value *v = new_value(a, t, &w);
    return read_value(a, t, &w, v, e) &&
           (t->kind != ARG_IDS || more_ids(a, f, t, v, &w, t->many, e));
}

/* The option that stands next in the feed, looked at without reading words: raw text need not be
 * well quoted. `text`: what stands there. */
static const struct arg *next_option(const struct args *a, const struct feed *f, const char **text,
                                     size_t *name)
{
    *text =
        f->argv ? (f->next < f->argc ? f->argv[f->next] : "") : f->line + line_skip(f->line, f->at);
    *name = 0;
    while ((*text)[*name] && (*text)[*name] != '=' && (f->argv || !line_blank((*text)[*name])))
        ++*name;
    return **text == '-' ? args_option(a->command, *text, *name) : NULL;
}

/* Flags may stand apart ("attn /p"), where nothing else can be meant: paths begin so, too. */
static bool are_letters(const char *allowed, const char *word)
{
    size_t n = 0;
    for (; word[n] && !line_blank(word[n]); n++) {
        bool number = (word[n] >= '0' && word[n] <= '9') || word[n] == '.';
        if (strchr(allowed, number ? '#' : word[n]) == NULL || word[n] == '#')
            return false;
    }
    return n > 0;
}

static bool read_letters(struct args *a, struct feed *f, struct err *e)
{
    if (f->argv)
        return true;
    const char *allowed = a->command->letters ? a->command->letters : "";
    size_t at = line_skip(f->line, f->at);
    if (f->line[at] != '/' || (at > f->at && !are_letters(allowed, f->line + at + 1)))
        return true;
    size_t from = at + 1, to = from;
    while (f->line[to] && !line_blank(f->line[to]))
        to++;
    if (to > from && !are_letters(allowed, f->line + from)) {
        if (!*allowed)
            err_set(e, ERR_COMMAND, "%s takes no flags after '/'", a->command->name);
        else
            err_set(e, ERR_COMMAND, "%s takes the flags /%s%s, not '%.*s'", a->command->name,
                    allowed + (*allowed == '#'), strchr(allowed, '#') ? " and numbers" : "",
                    (int)(to - from), f->line + from);
        return err_at(e, (int)from, (int)(to - from));
    }
    a->letters = arena_strndup(&a->arena, f->line + from, to - from);
    f->at = to;
    return true;
}

static bool check_missing(const struct args *a, struct err *e)
{
    char name[ARG_SHOWN];
    for (const struct arg *t = a->command->args; t && t->name; t++) {
        if (t->optional || is_option(t) || args_has(a, t->name))
            continue;
        err_set(e, ERR_COMMAND, "%s: %s is missing", a->command->name, arg_shown(t, name));
        return hint_usage(a->command, NULL, e);
    }
    return true;
}

bool args_parse(struct session *s, struct args *a, struct feed *f, struct err *e)
{
    (void)s;
    if (!read_letters(a, f, e))
        return false;
    int position = 0;
    for (bool done = false, options = true; !done;) {
        struct word w;
        struct feed after;
        const char *text;
        size_t name;
        const struct arg *t = options ? next_option(a, f, &text, &name) : NULL;
        bool ends = options && !t && name == 2 && str_starts(text, "--") && text[2] != '=' &&
                    !is_raw(args_positional(a->command, position));
        if (!t && !ends) {
            if (!read_positional(a, f, &position, options, &done, e))
                return false;
            continue;
        }
        if (!peek(a, f, &a->arena, &w, &after, e))
            return false;
        *f = after;
        options = !ends;
        if (t && !option_value(a, f, t, &w, name, e))
            return false;
    }
    return check_missing(a, e);
}
