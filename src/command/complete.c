/* Completion: what could stand at a place of a line, with a word about each. */
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/internal.h"

enum { MOST_FILES = 5000 };

struct completion {
    struct session *s;
    struct arena *a;
    const char *word; /* what was typed of it */
    struct candidate *v;
    size_t n, cap;
};

static bool begins(const struct completion *l, const char *text)
{
    return strncasecmp(text, l->word, strlen(l->word)) == 0;
}

static void push(struct completion *l, const char *text, const char *about, bool open)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? 2 * l->cap : 32;
        struct candidate *more = arena_alloc(l->a, cap * sizeof *more);
        if (l->n)
            memcpy(more, l->v, l->n * sizeof *more);
        l->v = more;
        l->cap = cap;
    }
    l->v[l->n++] = (struct candidate){.text = text, .about = about ? about : "", .open = open};
}

static void offer(struct completion *l, const char *text, const char *about, bool open)
{
    if (!begins(l, text))
        return;
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->v[i].text, text) == 0)
            return;
    push(l, arena_strdup(l->a, text), about ? arena_strdup(l->a, about) : "", open);
}

void completion_add(struct completion *to, const char *text, const char *about)
{
    offer(to, text, about, false);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct candidate *)a)->text, ((const struct candidate *)b)->text);
}

/* ---- kinds of arguments ---------------------------------------------------------------------- */

/* First words, or with `first` the second words of its commands. */
static void offer_commands(struct completion *l, const char *first, size_t nfirst)
{
    const struct command *c;
    size_t table = 0;
    while (commands[table])
        table++;
    for (size_t i = 0; (c = i < table ? commands[i] : command_added(l->s, i - table)) != NULL;
         i++) {
        const char *second;
        size_t n = name_first(c->name, &second);
        if (first) {
            if (second && n == nfirst && memcmp(c->name, first, n) == 0)
                offer(l, second, c->summary, false);
            continue;
        }
        offer(l, arena_strndup(l->a, c->name, n), second ? "commands of two words" : c->summary,
              false);
    }
    const char *name, *text;
    for (size_t i = 0; !first && command_alias_at(l->s, i, &name, &text); i++)
        offer(l, name, text, false);
}

static void offer_choices(struct completion *l, const char *choices)
{
    for (const char *p = choices ? choices : ""; *p;) {
        size_t n = strcspn(p, "|");
        offer(l, arena_strndup(l->a, p, n), NULL, false);
        p += n + (p[n] == '|');
    }
}

static void offer_settings(struct completion *l)
{
    for (int i = 0; i < SET_COUNT; i++)
        offer(l, setting_table[i].name, setting_table[i].help, false);
}

static void offer_values(struct completion *l, const char *setting)
{
    enum setting_id id;
    struct err spare = ERR_INIT;
    if (!settings_find(setting, &id, &spare))
        return;
    const struct setting *t = &setting_table[id];
    if (t->kind == SETTING_BOOL)
        offer_choices(l, "on|off");
    else
        offer_choices(l, t->domain);
}

static void offer_sites(struct completion *l)
{
    const char **names;
    bool *open;
    if (!l->s->model || !l->s->model->plan)
        return;
    size_t n = sites_complete(l->s, l->a, l->word, &names, &open);
    for (size_t i = 0; i < n; i++)
        push(l, names[i], "", open[i]);
}

static void offer_piece(struct completion *l, enum token_side side, int32_t id, const char *about)
{
    char buf[24];
    const char *piece = session_piece(l->s, side, id, buf);
    struct str shown = STR_INIT;
    /* The mark of a blank is not on any keyboard. */
    size_t mark = str_starts(piece, "▁") && piece[3] ? 3 : 0;
    str_add_visible(&shown, piece + mark, strlen(piece + mark));
    offer(l, shown.s, about, false);
    str_release(&shown);
}

static void offer_tokens(struct completion *l, enum token_side side)
{
    int64_t n;
    const int32_t *ids = session_tokens(l->s, side, &n);
    for (int64_t i = 0; ids && i < n; i++)
        offer_piece(l, side, ids[i],
                    arena_printf(l->a, "%s %lld", side == TOKEN_SOURCE ? "source" : "target",
                                 (long long)i));
}

static void offer_candidates(struct completion *l)
{
    enum { BEST = 20 };
    struct candidate_token c[BEST];
    int n = l->s->gen ? gen_candidates(l->s->gen, BEST, c) : 0;
    for (int i = 0; i < n; i++)
        offer_piece(l, TOKEN_TARGET, c[i].id,
                    arena_printf(l->a, "#%d  p %.3g", i + 1, exp(c[i].logp)));
}

static bool needs_quotes(const char *name)
{
    return strpbrk(name, " \t;|>#\"'") != NULL;
}

static void offer_files(struct completion *l)
{
    size_t first = l->n;
    const char *slash = strrchr(l->word, '/'), *home = getenv("HOME");
    char *shown = arena_strndup(l->a, l->word, slash ? (size_t)(slash - l->word) + 1 : 0);
    const char *dir = *shown ? shown : ".", *base = slash ? slash + 1 : l->word;
    if (shown[0] == '~' && shown[1] == '/' && home)
        dir = arena_printf(l->a, "%s%s", home, shown + 1);
    DIR *d = opendir(dir);
    if (!d)
        return;
    struct dirent *entry;
    while ((entry = readdir(d)) != NULL && l->n < MOST_FILES) {
        const char *name = entry->d_name;
        if (strncmp(name, base, strlen(base)) != 0 || (name[0] == '.' && base[0] != '.'))
            continue;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strchr(name, '\n'))
            continue;
        char *path = path_join(dir, name);
        bool folder = file_is_dir(path);
        free(path);
        const char *text = arena_printf(l->a, "%s%s%s", shown, name, folder ? "/" : "");
        if (needs_quotes(text))
            text = arena_printf(l->a, folder ? "\"%s" : "\"%s\"", text);
        push(l, text, folder ? "folder" : "", folder);
    }
    closedir(d);
    if (l->n > first)
        qsort(l->v + first, l->n - first, sizeof *l->v, by_text);
}

/* Runs, sites, and the files that may be documents. */
static void offer_runs(struct completion *l)
{
    struct session *s = l->s;
    for (size_t i = 0; i < s->nruns; i++)
        offer(l, s->runs[i].name, "named run", false);
    if (s->gen)
        offer(l, "present", "the run that is open", false);
    offer_sites(l);
    size_t first = l->n;
    offer_files(l);
    size_t k = first;
    for (size_t i = first; i < l->n; i++)
        if (l->v[i].open || strstr(l->v[i].text, ".safetensors"))
            l->v[k++] = l->v[i];
    l->n = k;
}

static void offer_options(struct completion *l, const struct command *c)
{
    for (const struct arg *t = c->args; t && t->name; t++)
        if (t->name[0] == '-')
            offer(l, t->name, t->help, false);
}

static void offer_topics(struct completion *l)
{
    offer_commands(l, NULL, 0);
    for (int g = 0; g < GROUP_COUNT; g++)
        offer(l, group_name((enum group)g), "class of commands", false);
}

static void offer_kind(struct completion *l, const struct arg *t)
{
    if (t->offer)
        t->offer(l->s, l);
    switch (t->kind) {
    case ARG_CHOICE:
        offer_choices(l, t->choices);
        break;
    case ARG_SITE:
    case ARG_LUA: /* names of Lua are the shell's to add */
        offer_sites(l);
        break;
    case ARG_TOKEN:
        offer_tokens(l, TOKEN_SOURCE);
        offer_tokens(l, TOKEN_TARGET);
        break;
    case ARG_NEXT:
        offer_candidates(l);
        break;
    case ARG_RUN:
        offer_runs(l);
        break;
    case ARG_FILE:
        offer_choices(l, t->choices);
        offer_files(l);
        break;
    case ARG_COMMAND:
        offer_topics(l);
        break;
    case ARG_SETTING:
        offer_settings(l);
        break;
    default:
        break;
    }
}

/* ---- where the word stands ------------------------------------------------------------------- */

/* Words of the line before the one at the end: option values are told from positional words. */
struct before {
    int positional;
    const struct arg *option; /* the word at the end is its value */
    const char *first;        /* the first positional word */
    bool options_ended;
};

static struct before read_before(struct arena *a, const struct command *c, const char *line,
                                 size_t at, size_t word)
{
    struct before b = {0};
    struct err spare = ERR_INIT;
    struct word w;
    while (at < word && line_word(a, line, &at, true, &w, &spare) && w.s && at <= word) {
        size_t name = strcspn(w.s, "=");
        const struct arg *t = w.s[0] == '-' && !b.options_ended ? args_option(c, w.s, name) : NULL;
        if (b.option) {
            b.option = NULL;
        } else if (t) {
            b.option = t->kind != ARG_FLAG && name == w.n ? t : NULL;
        } else if (strcmp(w.s, "--") == 0) {
            b.options_ended = true;
        } else {
            if (!b.first)
                b.first = w.s;
            for (const struct arg *p; (p = args_positional(c, b.positional)) != NULL &&
                                      p->optional && !p->many && !args_could_be(a, p, w.s) &&
                                      args_positional(c, b.positional + 1);)
                b.positional++;
            b.positional++;
        }
    }
    return b;
}

/* Where the word that ends at the end of the line begins; an open quote belongs to it. */
static size_t word_begin(const char *line, size_t from)
{
    const char *closing;
    size_t at = from;
    for (;;) {
        size_t start = line_skip(line, at);
        if (!line[start])
            return start;
        const char *opening = line_quote(line + start, &closing);
        const char *close = opening ? strstr(line + start + strlen(opening), closing) : NULL;
        if (opening && !close)
            return start;
        size_t i = close ? (size_t)(close - line) + strlen(closing) : start;
        while (line[i] && !line_blank(line[i]))
            i++;
        if (!line[i])
            return start;
        at = i;
    }
}

static void complete_argument(struct completion *l, const struct command *c, const char *line,
                              size_t used, size_t *word)
{
    *word = word_begin(line, used);
    if (*word == used && used > 0)
        return; /* directly after the name: flags */
    struct before b = read_before(l->a, c, line, used, *word);
    l->word = line + *word;
    const char *equal = strchr(l->word, '=');
    if (!b.option && l->word[0] == '-' && equal) {
        const struct arg *t = args_option(c, l->word, (size_t)(equal - l->word));
        *word += (size_t)(equal - l->word) + 1;
        l->word = equal + 1;
        if (t)
            offer_kind(l, t);
        return;
    }
    if (b.option) {
        offer_kind(l, b.option);
        return;
    }
    const struct arg *t = args_positional(c, b.positional);
    /* An optional number or choice may be left out for what follows it. */
    for (int i = b.positional; t && t->name[0] != '-'; i++) {
        if (t->kind == ARG_REST && i > 0 && args_positional(c, i - 1)->kind == ARG_SETTING &&
            b.first)
            offer_values(l, b.first);
        offer_kind(l, t);
        if (!t->optional || t->many ||
            (t->kind != ARG_INT && t->kind != ARG_NUM && t->kind != ARG_CHOICE))
            break;
        t = args_positional(c, i + 1);
    }
    if (!b.options_ended && (l->word[0] == '-' || !l->n))
        offer_options(l, c);
}

struct candidate *command_complete(struct session *s, struct arena *a, const char *line, int point,
                                   int *word_start, size_t *n)
{
    struct completion l = {.s = s, .a = a};
    char *text = arena_strndup(a, line, (size_t)point);
    struct line_part p = {0};
    struct err spare = ERR_INIT;
    size_t from = 0, word;
    while (text[from] && line_cut(s, text, from, &p, &spare) && text[p.next])
        from = p.next;
    /* A ';' that ends the text begins a command. */
    if (text[from] && p.redirect == REDIRECT_NONE && p.next > from && text[p.next - 1] == ';' &&
        p.end < p.next)
        from = p.next;
    const char *part = text + from;
    *n = 0;
    if (p.redirect != REDIRECT_NONE && text[from]) {
        word = p.target;
        l.word = text + word;
        if (p.redirect != REDIRECT_PIPE)
            offer_files(&l);
    } else {
        size_t start = line_skip(part, 0), end = start + strcspn(part + start, " \t/");
        int used = 0;
        const struct command *c = NULL;
        if (!part[end]) {
            word = start;
            l.word = part + word;
            if (*l.word != '!' && *l.word != '=' && *l.word != '\\')
                offer_commands(&l, NULL, 0);
        } else if ((c = command_find(s, part, &used, &spare)) != NULL && part[used]) {
            complete_argument(&l, c, part, (size_t)used, &word);
        } else {
            /* The second word of a command of two. */
            word = word_begin(part, end);
            l.word = part + word;
            char *inner = arena_printf(a, "%.*s x", (int)(end - start), part + start);
            struct err why = ERR_INIT;
            const struct command *any = command_find(s, inner, &used, &why);
            const char *second;
            for (size_t i = 0; !any && commands[i]; i++) {
                size_t first = name_first(commands[i]->name, &second);
                if (second && strncmp(commands[i]->name, part + start, end - start) == 0 &&
                    first >= end - start)
                    any = commands[i];
            }
            if (any) {
                size_t first = name_first(any->name, &second);
                if (second)
                    offer_commands(&l, any->name, first);
            }
        }
        word += from;
    }
    *word_start = (int)word;
    *n = l.n;
    return l.v;
}
