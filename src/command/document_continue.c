/* A document with its model: the session is made again, and it goes on where it stood. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "document.h"
#include "format/document.h"
#include "models.h"

/* Is this the model that the document is of? By its weights, not by its name. */
static bool same_model(const struct model *m, const struct document *d)
{
    char digest[17];
    if (m == NULL || m->weights == NULL || m->plan == NULL)
        return false;
    model_digest(m, digest);
    return strcmp(digest, d->digest) == 0;
}

/* NULL, and why not: what lies there is another model, or none. */
static struct model *try_path(const char *path, const struct document *d, struct str *why)
{
    struct model *m = NULL;
    struct err e = ERR_INIT;
    if (path == NULL || !file_exists(path))
        return NULL;
    if (!model_open(path, &m, &e)) {
        str_addf(why, "%s; ", e.msg);
        return NULL;
    }
    if (same_model(m, d))
        return m;
    str_addf(why, "%s has other weights than the document's model; ", path);
    model_free(m);
    return NULL;
}

struct model *document_model(struct session *s, struct model *now, const struct document *d)
{
    struct str why = STR_INIT;
    struct model *m = same_model(now, d) ? model_ref(now) : try_path(d->path, d, &why);
    if (m == NULL) {
        char *bundled = model_bundled(d->name);
        m = try_path(bundled, d, &why);
        free(bundled);
    }
    if (m == NULL)
        session_note(s, "%sso it is shown read-only",
                     why.len > 0 ? why.s : "the document's model is not here; ");
    str_release(&why);
    return m;
}

/* A document is data that others wrote: of its commands only those are carried out that make the
 * input and the changes again, and none that could reach files, Lua or the system. */
static bool is_harmless(const char *line)
{
    static const char *const names[] = {"input ",  "prefix ", "beam ",
                                        "sample ", "ablate ", "scale "};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(line, names[i]))
            return true;
    return false;
}

static bool run_command(struct session *s, const char *line, struct err *e)
{
    struct result r;
    const struct command *ran;
    result_init(&r);
    bool ok = command_run(s, line, false, &r, &ran, e);
    if (!ok) {
        err_at(e, -1, 0); /* its columns are those of its own line */
        err_wrap(e, "the document's command '%.60s'", line);
    }
    result_release(&r);
    return ok;
}

static bool run_commands(struct session *s, const char *lines, struct err *e)
{
    bool ok = true, block = false;
    int left = 0;
    while (ok && *lines != 0) {
        size_t n = strcspn(lines, "\n");
        char *line = mem_strndup(lines, n);
        lines += n + (lines[n] != 0);
        block = block || str_starts(line, "commands ");
        if (!block && is_harmless(line))
            ok = run_command(s, line, e);
        else
            left++;
        block = block && strcmp(line, "end") != 0;
        free(line);
    }
    if (left > 0)
        session_note(s, "%d line%s of settings and breaks in the document left as they are", left,
                     left == 1 ? "" : "s");
    return ok;
}

/* Did its end token end it? Else its limit did. */
static bool ended(const struct gen_rules *rules, const struct document_run *r)
{
    for (int i = 0; i < rules->neos && r->nchoices > 0; i++)
        if (r->choices[r->nchoices - 1].id == rules->eos[i])
            return true;
    return r->nchoices == 0;
}

/* How the run was searched: `run --beam` does not change what the session is set to. */
static struct gen_options search_of(const struct session *s, const struct document_run *r)
{
    struct gen_options o = s->search;
    if (r->beams != NULL) {
        o.search = SEARCH_BEAM;
        o.width = (int)r->beams->width;
        o.max_new = r->beams->max_new;
        o.min_new = r->beams->min_new;
        o.length_penalty = r->beams->length_penalty;
        early_stopping_parse(r->beams->early_stopping, &o.early);
    } else if (r->over && o.search != SEARCH_BEAM && !ended(&s->model->rules, r)) {
        o.max_new = (int64_t)r->nchoices;
    }
    return o;
}

/* Goes as far as the document did; what was forced is forced again, and a token that comes out
 * otherwise is told. */
static bool go(struct session *s, const struct document_run *r, struct err *e)
{
    struct gen_options o = search_of(s, r);
    bool beams = o.search == SEARCH_BEAM, told = false, whole = r->over && r->nchoices > 0;
    if (!session_begin(s, &o, s->keep, e))
        return false;
    for (;;) {
        struct place at = gen_place(s->gen);
        bool choice = at.node == s->model->plan->nnodes;
        bool there =
            !whole && (at.pass > r->end.pass || (at.pass == r->end.pass && at.node >= r->end.node));
        if (interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted on the way to where the document stood");
        if (there || gen_done(s->gen))
            return true;
        const struct document_choice *c =
            choice && at.pass < (int64_t)r->nchoices ? &r->choices[at.pass] : NULL;
        if (c != NULL && c->forced && !beams) {
            if (!gen_choose(s->gen, c->id, e))
                return false;
            continue;
        }
        if (gen_advance(s->gen, e) == GEN_FAILED)
            return false;
        const struct gen_step *step = c != NULL ? gen_step_at(s->gen, at.pass) : NULL;
        if (step != NULL && !beams && !told && step->id != c->id) {
            session_note(s, "step %lld comes out otherwise here: token %d, not %d",
                         (long long)at.pass, (int)step->id, (int)c->id);
            told = true;
        }
    }
}

/* Back to where it stood, when one had gone back. */
static bool go_back(struct session *s, const struct document_run *r, struct err *e)
{
    if (r->at.pass == r->end.pass && r->at.node == r->end.node)
        return true;
    return gen_goto(s->gen, (struct place){r->at.pass, r->at.node}, e);
}

bool document_continue(struct session *s, struct model *m, const struct document *d, struct err *e)
{
    session_take(s, m);
    return run_commands(s, d->commands, e) &&
           (!d->present.started || (go(s, &d->present, e) && go_back(s, &d->present, e)));
}
