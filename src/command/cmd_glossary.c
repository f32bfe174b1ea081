/* glossary: terms of the field in English and Persian, from one plain text table. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "command/command.h"

enum { LARGEST = 1 << 20, FIELDS = 4 };
enum field { TERM_EN, TERM_FA, ABOUT_EN, ABOUT_FA };

struct entry {
    const char *field[FIELDS];
};
struct glossary {
    struct entry *entries;
    size_t n, cap;
};

/* ---- the table ------------------------------------------------------------------------------- */

static bool add_line(struct arena *a, struct glossary *g, char *line, const char *path, int number,
                     struct err *e)
{
    struct entry one;
    char *p = line;
    for (int i = 0; i < FIELDS; i++) {
        one.field[i] = p;
        char *tab = strchr(p, '\t');
        if ((tab == NULL) != (i == FIELDS - 1) || p == tab || !*p)
            return err_set(e, ERR_FILE,
                           "%s:%d: a line of the glossary has four fields, tabs "
                           "between them",
                           path, number);
        if (tab)
            *tab++ = '\0';
        p = tab;
    }
    if (g->n == g->cap) {
        size_t cap = g->cap ? 2 * g->cap : 128;
        struct entry *more = arena_alloc(a, cap * sizeof *more);
        if (g->n)
            memcpy(more, g->entries, g->n * sizeof *more);
        g->entries = more;
        g->cap = cap;
    }
    g->entries[g->n++] = one;
    return true;
}

static bool read_table(struct arena *a, struct glossary *g, struct err *e)
{
    size_t n;
    char *path = path_bundled("lessons", "glossary.tsv");
    if (!path)
        return err_set(e, ERR_FILE, "the glossary (examples/lessons/glossary.tsv) is not there");
    char *file = file_read(path, LARGEST, &n, e);
    bool ok = file != NULL;
    if (ok && utf8_valid(file, n) != n)
        ok = err_set(e, ERR_FILE, "%s is not valid UTF-8", path);
    char *text = ok ? arena_strndup(a, file, n) : NULL;
    free(file);
    for (int number = 1; ok && *text; number++) {
        char *nl = strchr(text, '\n'), *next = nl ? nl + 1 : text + strlen(text);
        if (nl)
            *nl = '\0';
        ok = !*text || *text == '#' || add_line(a, g, text, path, number, e);
        text = next;
    }
    free(path);
    return ok;
}

/* ---- finding --------------------------------------------------------------------------------- */

/* The next of "query; question" or "محور؛ بُعد" in the arena; NULL: no more. */
static char *next_term(struct arena *a, const char **at)
{
    const char *p = *at, *latin = strstr(p, "; "), *persian = strstr(p, "؛ ");
    const char *end = latin && (!persian || latin < persian) ? latin : persian;
    if (!*p)
        return NULL;
    size_t n = end ? (size_t)(end - p) : strlen(p);
    *at = end ? strchr(end, ' ') + 1 : p + n;
    return arena_strndup(a, p, n);
}

/* Folded, and without blanks: "نیم فاصله" is «نیم‌فاصله», "feedforward" is "feed-forward". */
static void squeeze(struct str *out, const char *s)
{
    struct str folded = STR_INIT;
    fold_add(&folded, s, strlen(s));
    for (const char *p = folded.s; *p; p++)
        if (*p != ' ')
            str_addc(out, *p);
    str_release(&folded);
}

/* 2: it is the word, 1: it begins with it. */
static int likeness(const char *term, const char *word)
{
    struct str x = STR_INIT, y = STR_INIT;
    squeeze(&x, term);
    squeeze(&y, word);
    int like = y.len == 0 || !str_starts(x.s, y.s) ? 0 : x.len == y.len ? 2 : 1;
    str_release(&x);
    str_release(&y);
    return like;
}

/* The entry that has the word as one of its terms, or alone has one that begins so. */
static const struct entry *find(struct arena *a, const struct glossary *g, const char *word)
{
    const struct entry *found = NULL;
    bool several = false;
    for (size_t i = 0; i < g->n; i++) {
        for (int f = TERM_EN; f <= TERM_FA; f++) {
            const char *at = g->entries[i].field[f];
            for (char *term; (term = next_term(a, &at)) != NULL;) {
                int like = likeness(term, word);
                if (like == 2)
                    return &g->entries[i];
                if (like == 1) {
                    several = several || (found && found != &g->entries[i]);
                    found = &g->entries[i];
                }
            }
        }
    }
    return several ? NULL : found;
}

static bool unknown(struct arena *a, const struct glossary *g, const char *word, struct err *e)
{
    size_t n = 0, cap = 8 * g->n + 1;
    const char **terms = arena_alloc(a, cap * sizeof *terms);
    for (size_t i = 0; i < g->n; i++)
        for (int f = TERM_EN; f <= TERM_FA; f++) {
            const char *at = g->entries[i].field[f];
            for (char *term; n + 1 < cap && (term = next_term(a, &at)) != NULL;)
                terms[n++] = term;
        }
    err_set(e, ERR_COMMAND, "the glossary has no '%.80s'", word);
    const char *meant = str_nearest(word, terms);
    return meant ? err_hint(e, "did you mean '%s'?", meant)
                 : err_hint(e, "'glossary' lists its terms");
}

/* ---- showing --------------------------------------------------------------------------------- */

static void add_data(struct result *out, struct data *d, const struct entry *x)
{
    static const char *const keys[FIELDS] = {"term", "persian", "en", "fa"};
    for (int i = 0; i < FIELDS; i++)
        data_add_str(&out->arena, d, keys[i], x->field[i]);
}

static void show(struct session *s, struct result *out, const struct entry *x)
{
    bool persian = lesson_language(s) == LESSON_FA;
    add_data(out, out->data, x);
    for (int i = 0; i < 2; i++) {
        bool fa = persian == (i == 0);
        out_paragraph(out, TONE_STRONG, 0, x->field[fa ? TERM_FA : TERM_EN]);
        out_paragraph(out, TONE_PLAIN, 2, x->field[fa ? ABOUT_FA : ABOUT_EN]);
    }
}

static bool glossary_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    struct glossary g = {0};
    const char *word = args_str(a, "term");
    if (!read_table(&out->arena, &g, e))
        return false;
    if (word && *word) {
        const struct entry *x = find(&out->arena, &g, word);
        if (!x) {
            unknown(&out->arena, &g, word, e);
            return args_blame(a, "term", 0, e);
        }
        show(s, out, x);
        return true;
    }
    struct data *list = data_add_list(&out->arena, out->data, "terms");
    struct table *t = out_table(out, "term Persian*");
    for (size_t i = 0; i < g.n; i++) {
        struct cell *row = table_row(out, t);
        row[0] = cell_str(out, g.entries[i].field[TERM_EN]);
        row[1] = cell_str(out, g.entries[i].field[TERM_FA]);
        add_data(out, data_add_map(&out->arena, list, NULL), &g.entries[i]);
    }
    return true;
}

static const struct arg args[] = {
    {"term", ARG_REST, "a term, in English or Persian; none: all of them", .optional = true},
    {0},
};

const struct command cmd_glossary = {
    .name = "glossary",
    .alias = "gl",
    .group = GROUP_TEACH,
    .args = args,
    .summary = "What a term means, in English and Persian",
    .help = "The table is a plain text file, examples/lessons/glossary.tsv.\n"
            "\n"
            "  glossary residual stream\n"
            "  glossary توجه\n"
            "  glossary\n",
    .exec = glossary_exec,
};
