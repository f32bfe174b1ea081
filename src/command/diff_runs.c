/* Which runs diff compares: the present one, named ones, and those of documents. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/internal.h"
#include "diff.h"
#include "format/document.h"

/* ---- words ----------------------------------------------------------------------------------- */

struct words {
    const char
        *name[2]; /* "present", the name of a run, the file of a document; NULL: none is saved */
    int word[2];  /* which argument it is, -1: it was not named */
};

static bool is_run(struct session *s, const char *word)
{
    struct err none = ERR_INIT;
    return document_named(word) || strcmp(word, "present") == 0 ||
           session_named(s, word, &none) != NULL;
}

/* The words before the first that is no run are the runs; the last one may be a site. Missing ones:
 * the present run, and the one saved last. */
static bool read_words(struct session *s, const struct args *a, struct words *w, struct diff *d,
                       struct err *e)
{
    int n = args_count(a, "what"), runs = 0;
    while (runs < n && runs < 2 && is_run(s, args_nth(a, "what", runs)))
        runs++;
    d->site = runs < n ? args_nth(a, "what", runs) : NULL;
    d->site_word = runs;
    if (runs + 1 < n)
        return err_set(e, ERR_COMMAND, "diff takes two runs and a site at most") ||
               args_blame(a, "what", runs + 1, e);
    for (int k = 0; k < 2; k++) {
        w->word[k] = runs == 2 ? k : runs == 1 && k == 1 ? 0 : -1;
        w->name[k] = w->word[k] >= 0 ? args_nth(a, "what", w->word[k]) : "present";
    }
    if (runs == 0)
        w->name[1] = s->nruns > 0 ? s->runs[s->nruns - 1].name : NULL;
    return true;
}

/* A plain word that is no value was meant as a run. */
static bool check_words(const struct args *a, const struct words *w, const struct diff *d,
                        struct err *e)
{
    struct site_ref *refs;
    size_t count;
    struct err none = ERR_INIT;
    bool named = w->word[0] >= 0;
    if (d->site != NULL && !named && strpbrk(d->site, ".*") == NULL) {
        if (!sites_match(d->s, d->site, &refs, &count, &none))
            return session_named(d->s, d->site, e) != NULL ||
                   args_blame(a, "what", d->site_word, e);
        free(refs);
    }
    if (w->name[1] == NULL)
        return err_set(e, ERR_COMMAND, "no run is saved to compare with") ||
               err_hint(e, "save-run NAME saves the present one");
    return true;
}

/* ---- documents ------------------------------------------------------------------------------- */

/* "friday" of "work/friday.rasad.safetensors". */
static const char *short_name(struct arena *m, const char *path)
{
    const char *slash = strrchr(path, '/'), *from = slash != NULL ? slash + 1 : path;
    size_t n = strlen(from);
    static const char *const endings[] = {".safetensors", ".rasad"};
    for (int i = 0; i < 2; i++) {
        size_t k = strlen(endings[i]);
        if (n > k && memcmp(from + n - k, endings[i], k) == 0)
            n -= k;
    }
    return arena_strndup(m, from, n);
}

/* The session that shows the first of two documents; settings and notes are those of the present
 * one. */
static bool open_first(struct session *s, struct words *w, struct diff *d, struct err *e)
{
    d->s = session_new();
    if (!session_open_document(d->s, w->name[0], e))
        return false;
    d->s->hooks = s->hooks;
    d->own = d->s->settings;
    d->s->settings = s->settings; /* until it is closed */
    w->name[0] = "present";
    return true;
}

static void digest_of(const struct session *s, char out[17])
{
    if (s->document != NULL)
        snprintf(out, 17, "%.16s", s->document->digest);
    else
        model_digest(s->model, out);
}

/* The documents that are named become runs of the session for a while. No run can have the name of a
 * file: it has a dot. */
static bool borrow(const struct args *a, const struct words *w, struct diff *d, struct err *e)
{
    for (int k = 0; k < 2; k++) {
        char theirs[17], ours[17];
        if (w->name[k] == NULL || !document_named(w->name[k]))
            continue;
        if (!session_borrow_runs(d->s, w->name[k], w->name[k], theirs, e))
            return args_blame(a, "what", w->word[k], e);
        d->borrowed[k] = w->name[k];
        digest_of(d->s, ours);
        d->other_model = d->other_model || strcmp(ours, theirs) != 0;
    }
    return true;
}

/* ---- sides ----------------------------------------------------------------------------------- */

static bool side_of(struct session *s, const char *name, struct diff_side *out, struct err *e)
{
    if (strcmp(name, "present") != 0 && (out->run = session_named(s, name, e)) == NULL)
        return false;
    out->gen = out->run != NULL ? out->run->gen : s->gen;
    if (out->gen == NULL)
        return err_set(e, ERR_COMMAND, "there is no present run to compare") ||
               err_hint(e, "run, or name two saved ones: diff RUN RUN");
    out->source = out->run != NULL ? &out->run->source : &s->source;
    const int32_t *ids = gen_tokens(out->gen, &out->n);
    out->ids = mem_alloc((size_t)(out->n + 1) * sizeof *out->ids);
    memcpy(out->ids, ids, (size_t)out->n * sizeof *out->ids);
    out->prefix = gen_prefix_length(out->gen);
    return true;
}

/* What stands over its column: files of one name by their whole paths. */
static void name_sides(struct arena *m, const struct args *a, const struct words *w, struct diff *d)
{
    const char *typed[2], *name[2];
    for (int k = 0; k < 2; k++) {
        typed[k] = w->word[k] >= 0 ? args_nth(a, "what", w->word[k]) : w->name[k];
        name[k] = document_named(typed[k]) ? short_name(m, typed[k]) : typed[k];
    }
    bool whole = strcmp(name[0], name[1]) == 0 && strcmp(typed[0], typed[1]) != 0;
    for (int k = 0; k < 2; k++)
        d->side[k].name = arena_strdup(m, whole ? typed[k] : name[k]);
}

bool diff_open(struct session *s, const struct args *a, struct arena *m, struct diff *out,
               struct err *e)
{
    struct words w;
    *out = (struct diff){.s = s};
    if (!read_words(s, a, &w, out, e))
        return false;
    if (w.word[0] >= 0 && document_named(w.name[0]) && document_named(w.name[1])) {
        if (!open_first(s, &w, out, e))
            return args_blame(a, "what", w.word[0], e);
    } else if (!command_ready(s, args_command(a), NEED_VALUES, e)) {
        return false;
    }
    if (!check_words(a, &w, out, e) || !borrow(a, &w, out, e))
        return false;
    name_sides(m, a, &w, out);
    return side_of(out->s, w.name[0], &out->side[0], e) &&
           side_of(out->s, w.name[1], &out->side[1], e);
}

void diff_close(struct session *s, struct diff *d)
{
    struct err none = ERR_INIT;
    for (int k = 0; k < 2; k++) {
        free(d->side[k].ids);
        if (d->borrowed[k] != NULL)
            session_drop_run(d->s, d->borrowed[k], &none);
    }
    if (d->s == s)
        return;
    if (d->s->document != NULL)
        d->s->settings = d->own;
    session_free(d->s);
}
