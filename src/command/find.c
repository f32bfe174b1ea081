/* Looking up commands by what was typed: names, abbreviations, prefixes; and what was meant
 * otherwise. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "command/internal.h"
#include "command/user.h"

#define CMD(name) extern const struct command cmd_##name;
#include "command/all.def"
#undef CMD

#define CMD(name) &cmd_##name,
const struct command *const commands[] = {
#include "command/all.def"
    NULL};
#undef CMD

enum { CANDIDATES = 24, LONGEST = 128 };

/* Abbreviations of first words, which are no commands of their own. */
static const char *const families[][2] = {{"model", "m"}};

static const char *family_alias(const char *first, size_t n)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (strlen(families[i][0]) == n && memcmp(families[i][0], first, n) == 0)
            return families[i][1];
    return NULL;
}

size_t name_first(const char *name, const char **second)
{
    size_t n = strcspn(name, " ");
    *second = name[n] ? name + n + 1 : NULL;
    return n;
}

/* Is `word` one of the space-separated words of `list` (may be NULL)? */
static bool listed(const char *list, const char *word, size_t n)
{
    for (const char *p = list ? list : ""; *p;) {
        size_t len = strcspn(p, " ");
        if (len == n && memcmp(p, word, n) == 0)
            return true;
        p += len;
        p += *p == ' ';
    }
    return false;
}

/* All commands, those made at run time after those of the table. NULL past the last. */
static const struct command *nth(struct session *s, size_t i)
{
    static const size_t ntable = sizeof commands / sizeof *commands - 1;
    if (i < ntable)
        return commands[i];
    return s ? command_added(s, i - ntable) : NULL;
}

/* The word of a command's name that is looked up: the first, or the second of a family's commands.
 * NULL: the command is not of this family. */
static const char *part_of(const struct command *c, const char *family, size_t nfamily, size_t *n)
{
    const char *second;
    *n = name_first(c->name, &second);
    if (!family)
        return c->name;
    if (!second || *n != nfamily || memcmp(c->name, family, nfamily) != 0)
        return NULL;
    *n = strlen(second);
    return second;
}

struct match {
    const struct command *found; /* of a family: any of its commands */
    const char *names[CANDIDATES + 1];
    size_t count; /* different names that begin with the word */
};

static void add_candidate(struct match *m, const struct command *c, const char *name, size_t n)
{
    for (size_t i = 0; i < m->count && i < CANDIDATES; i++)
        if (strncmp(m->names[i], name, n) == 0 && (!m->names[i][n] || m->names[i][n] == ' '))
            return;
    if (m->count < CANDIDATES)
        m->names[m->count] = name;
    if (m->count++ == 0)
        m->found = c;
}

/* Exact names win over reserved abbreviations, those over unique prefixes. */
static struct match match(struct session *s, const char *family, size_t nfamily, const char *word,
                          size_t len)
{
    struct match m = {0};
    for (int pass = 0; pass < 3 && !m.count; pass++) {
        const struct command *c;
        for (size_t i = 0; (c = nth(s, i)) != NULL; i++) {
            const char *second;
            size_t n;
            const char *name = part_of(c, family, nfamily, &n);
            if (!name)
                continue;
            bool inner = !family && (name_first(c->name, &second), second != NULL);
            const char *alias = inner ? family_alias(name, n) : c->alias;
            bool fits = pass == 0   ? n == len && memcmp(name, word, len) == 0
                        : pass == 1 ? listed(alias, word, len)
                                    : len <= n && memcmp(name, word, len) == 0;
            if (fits)
                add_candidate(&m, c, name, n);
        }
    }
    return m;
}

static size_t word_length(const char *line)
{
    if (line[0] == '?')
        return 1;
    size_t n = 0;
    while (line[n] && !line_blank(line[n]) && line[n] != '/')
        n++;
    return n;
}

/* ---- what was meant -------------------------------------------------------------------------- */

/* The standard Persian layout (ISIRI 9147) and where Windows differs from it, key by key. */
static const char *const layout_letters =
    "ض\0ص\0ث\0ق\0ف\0غ\0ع\0ه\0خ\0ح\0ش\0س\0ی\0ب\0ل\0ا\0ت\0ن\0م\0ظ\0ط\0ز\0ر\0ذ\0د\0پ\0ئ\0ي\0آ\0";
static const char layout_keys[] = "qwertyuiopasdfghjklzxcvbnmmdh";

/* Text typed on a Persian keyboard layout as the Latin one would have given it; NULL: nothing to
 * translate, or a letter that is on no key. */
static char *retyped(struct arena *a, const char *s, size_t n)
{
    struct str out = STR_INIT;
    bool changed = false;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        char key = cp > 0 && cp < 128 ? (char)cp : '\0';
        const char *p = layout_letters;
        for (const char *k = layout_keys; *k && !key; k++, p += strlen(p) + 1) {
            if (strlen(p) == (size_t)len && memcmp(p, s + i, (size_t)len) == 0) {
                key = *k;
                changed = true;
            }
        }
        if (!key) {
            str_release(&out);
            return NULL;
        }
        str_addc(&out, key);
        i += (size_t)len;
    }
    char *text = changed ? arena_strndup(a, out.s, out.len) : NULL;
    str_release(&out);
    return text;
}

/* All names that could stand in place of the word, ends with NULL. */
static const char **all_names(struct session *s, struct arena *a, const char *family,
                              size_t nfamily)
{
    size_t n = 0, k = 0, len;
    while (nth(s, n))
        n++;
    const char **list = arena_alloc(a, (2 * n + 1) * sizeof *list);
    for (size_t i = 0; i < n; i++) {
        const char *name = part_of(nth(s, i), family, nfamily, &len);
        if (name)
            list[k++] = arena_strndup(a, name, len);
    }
    return list;
}

static bool names_site(struct session *s, const char *text)
{
    struct site_ref *v;
    size_t n;
    struct err ignored = ERR_INIT;
    if (!s || !s->model || !s->model->plan || !sites_match(s, text, &v, &n, &ignored))
        return false;
    free(v);
    return true;
}

static bool unknown(struct session *s, const char *family, size_t nfamily, const char *word,
                    size_t len, struct err *e)
{
    struct arena a = ARENA_INIT;
    const char **names = all_names(s, &a, family, nfamily);
    if (len > LONGEST) /* it resembles no name */
        len = LONGEST;
    char *typed = arena_strndup(&a, word, len);
    const char *meant = len < LONGEST ? str_nearest(typed, names) : NULL;
    char *latin = len < LONGEST ? retyped(&a, word, len) : NULL;
    if (latin) {
        struct match m = match(s, family, nfamily, latin, strlen(latin));
        size_t n;
        meant = str_nearest(latin, names);
        if (m.count == 1) {
            const char *name = part_of(m.found, family, nfamily, &n);
            meant = arena_strndup(&a, name, n);
        }
    }
    if (family)
        err_set(e, ERR_COMMAND, "'%.*s' has no command '%.80s'", (int)nfamily, family, typed);
    else
        err_set(e, ERR_COMMAND, "unknown command '%.80s'", typed);
    struct str list = STR_INIT;
    for (size_t i = 0; family && names[i]; i++)
        str_addf(&list, " %s", names[i]);
    if (meant)
        err_hint(e, "did you mean '%s'?", meant);
    else if (family)
        err_hint(e, "there are:%s", list.s);
    else if (len < LONGEST && names_site(s, typed))
        err_hint(e, "print %s shows this value", typed);
    else
        err_hint(e, "'help' lists the commands");
    str_release(&list);
    arena_release(&a);
    return false;
}

static bool ambiguous(const struct match *m, const char *word, size_t len, struct err *e)
{
    struct str list = STR_INIT;
    for (size_t i = 0; i < m->count && i < CANDIDATES; i++)
        str_addf(&list, "%s%.*s", i ? " " : "", (int)strcspn(m->names[i], " "), m->names[i]);
    if (m->count > CANDIDATES)
        str_add(&list, " ...");
    if (len)
        err_set(e, ERR_COMMAND, "'%.*s' may be any of: %s", (int)len, word, list.s);
    else
        err_set(e, ERR_COMMAND, "%s: which one? %s", word, list.s);
    str_release(&list);
    return false;
}

/* The second word of a command of two. */
static const struct command *find_inner(struct session *s, const struct command *any,
                                        const char *line, size_t at, int *used, struct err *e)
{
    const char *second;
    size_t nfamily = name_first(any->name, &second), from = line_skip(line, at),
           len = word_length(line + from);
    struct match m = match(s, any->name, nfamily, line + from, len);
    if (m.count == 1) {
        *used = (int)(from + len);
        return m.found;
    }
    if (len == 0) {
        char family[64];
        snprintf(family, sizeof family, "%.*s", (int)nfamily, any->name);
        ambiguous(&m, family, 0, e);
        err_at(e, 0, (int)at);
        return NULL;
    }
    if (m.count)
        ambiguous(&m, line + from, len, e);
    else
        unknown(s, any->name, nfamily, line + from, len, e);
    err_at(e, (int)from, (int)len);
    return NULL;
}

const struct command *command_find(struct session *s, const char *line, int *used, struct err *e)
{
    size_t at = line_skip(line, 0), len = word_length(line + at);
    const char *second;
    *used = (int)(at + len);
    struct match m = {0};
    if (len)
        m = match(s, NULL, 0, line + at, len);
    if (m.count == 1) {
        name_first(m.found->name, &second);
        return second ? find_inner(s, m.found, line, at + len, used, e) : m.found;
    }
    if (m.count)
        ambiguous(&m, line + at, len, e);
    else
        unknown(s, NULL, 0, line + at, len ? len : strcspn(line + at, " "), e);
    err_at(e, (int)at, len ? (int)len : 1);
    return NULL;
}
