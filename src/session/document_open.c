/* Opening documents: what a session computed, shown without the model; and runs of a document beside
 * those of the session. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "document.h"

void document_close(struct session *s)
{
    if (s->document == NULL)
        return;
    document_free(s->document);
    free(s->document);
    s->document = NULL;
}

/* ---- named runs ------------------------------------------------------------------------------ */

static bool make_named(const struct document *d, const struct document_run *r,
                       const struct model *m, const char *name, struct named_run *out,
                       struct err *e)
{
    *out = (struct named_run){.shown = true};
    document_source(d, r, &out->source);
    if (!document_gen(d, r, m, &out->source, &out->gen, e)) {
        named_run_release(out);
        return false;
    }
    out->name = mem_strdup(name);
    out->text = mem_strdup(r->changes);
    return true;
}

static bool make_runs(const struct document *d, const struct model *m, struct named_run **out,
                      size_t *n, struct err *e)
{
    *n = 0;
    *out = mem_alloc((d->nruns + 1) * sizeof **out);
    while (*n < d->nruns) {
        const struct document_run *r = &d->runs[*n];
        if (!make_named(d, r, m, r->name, &(*out)[*n], e))
            break;
        ++*n;
    }
    if (*n == d->nruns)
        return true;
    while (*n > 0)
        named_run_release(&(*out)[--*n]);
    free(*out);
    *out = NULL;
    return false;
}

static void put_runs(struct session *s, struct named_run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        named_run_put(s, &runs[i]);
    free(runs);
}

/* ---- lines and notes ------------------------------------------------------------------------- */

void session_take_words(struct session *s, const struct document *d)
{
    for (size_t i = 0; i < s->nlines; i++)
        free(s->lines[i]);
    s->nlines = 0;
    for (size_t i = 0; i < d->nlines; i++)
        session_typed(s, d->lines[i]);
    for (size_t i = 0; i < d->nnotes; i++) {
        bool there = false;
        for (size_t k = 0; !there && k < s->nnotes; k++)
            there = strcmp(s->notes[k], d->notes[i]) == 0;
        if (!there)
            ARRAY_PUSH(s->notes, s->nnotes, s->notes_cap) = mem_strdup(d->notes[i]);
    }
}

/* ---- a document in place of the model -------------------------------------------------------- */

/* What is made of a document before it takes the session's place. */
struct opened {
    struct document *d;
    struct model *m;
    struct source source;
    struct gen *gen;
    struct named_run *runs;
    size_t nruns;
};

static bool make_all(const char *path, struct opened *x, struct err *e)
{
    if (!document_open(path, x->d, e))
        return false;
    bool ok = (x->m = document_model_of(x->d, e)) != NULL;
    if (ok) {
        document_source(x->d, &x->d->present, &x->source);
        ok = document_gen(x->d, &x->d->present, x->m, &x->source, &x->gen, e) &&
             make_runs(x->d, x->m, &x->runs, &x->nruns, e);
    }
    weights_free(x->d->values); /* copied: the file may change */
    x->d->values = NULL;
    if (!ok) {
        e->kind = e->kind == ERR_COMMAND ? ERR_FILE : e->kind;
        err_wrap(e, "%s", path);
    }
    return ok;
}

bool session_open_document(struct session *s, const char *path, struct err *e)
{
    struct opened x = {.d = mem_alloc(sizeof *x.d)};
    if (!make_all(path, &x, e)) {
        gen_free(x.gen);
        source_release(&x.source);
        model_free(x.m);
        document_free(x.d);
        free(x.d);
        return false;
    }
    session_take(s, x.m);
    err_set(&x.m->tokenizer_error, ERR_COMMAND,
            "a document has no tokenizer, only the spellings of its own tokens");
    err_hint(&x.m->tokenizer_error, "'model load PATH' opens a model with one");
    s->document = x.d;
    s->source = x.source;
    s->gen = x.gen;
    put_runs(s, x.runs, x.nruns);
    return true;
}

/* ---- its runs beside the session's ----------------------------------------------------------- */

/* Values of one plan have the same names and shapes in the other. */
static bool same_plan(const struct plan *a, const struct plan *b)
{
    const struct binding some = {1, 3, 7};
    bool same = a->nnodes == b->nnodes && a->vocab_source == b->vocab_source &&
                a->vocab_target == b->vocab_target;
    for (int i = 0; same && i < a->nnodes; i++) {
        int64_t x[NODE_DIMS] = {0}, y[NODE_DIMS] = {0};
        same = strcmp(a->nodes[i].name, b->nodes[i].name) == 0 &&
               a->nodes[i].ndim == b->nodes[i].ndim && a->nodes[i].op == b->nodes[i].op;
        plan_shape(a, i, &some, x);
        plan_shape(b, i, &some, y);
        same = same && memcmp(x, y, sizeof x) == 0;
    }
    return same;
}

static bool check_plan(const struct session *s, const struct document *d, struct err *e)
{
    struct model *m = document_model_of(d, e);
    bool same = m != NULL && same_plan(m->plan, s->model->plan);
    if (m != NULL && !same)
        err_set(e, ERR_FILE,
                "it is of %s, whose values are not those of %s: they cannot be "
                "compared",
                d->name, s->model->name);
    model_free(m);
    return same;
}

bool session_borrow_runs(struct session *s, const char *path, const char *as, char digest[17],
                         struct err *e)
{
    struct document d;
    struct named_run *runs = NULL;
    size_t n = 0;
    bool ok = document_open(path, &d, e);
    if (!ok) {
        document_free(&d);
        return false;
    }
    if (as != NULL && !d.present.started)
        ok = err_set(e, ERR_FILE, "nothing was run in it");
    ok = ok && check_plan(s, &d, e);
    if (ok && as == NULL) {
        ok = make_runs(&d, s->model, &runs, &n, e);
    } else if (ok) {
        runs = mem_alloc(sizeof *runs);
        n = 1;
        ok = make_named(&d, &d.present, s->model, as, runs, e);
        if (!ok)
            free(runs);
    }
    if (ok) {
        put_runs(s, runs, n);
        if (s->document != NULL) {
            document_add_pieces(s->document, &d);
            document_add_texts(s->document, &d);
        }
        snprintf(digest, 17, "%.16s", d.digest);
    } else {
        err_wrap(e, "%s", path);
    }
    document_free(&d);
    return ok;
}
