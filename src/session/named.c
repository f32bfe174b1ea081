/* Named runs: the present run branched off under a name, to compare with and to take values
 * from. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

void named_run_release(struct named_run *r)
{
    replay_drop(&r->replay);
    gen_free(r->gen);
    for (size_t i = 0; i < r->nchanges; i++)
        intervention_free(r->changes[i]);
    free(r->changes);
    free(r->name);
    free(r->text);
    source_release(&r->source);
    *r = (struct named_run){0};
}

/* All but the coding. */
static struct source source_copy(const struct source *x)
{
    return (struct source){
        .text = x->text != NULL ? mem_strndup(x->text, x->len) : NULL,
        .len = x->len,
        .pair = x->pair != NULL ? mem_strndup(x->pair, x->pair_len) : NULL,
        .pair_len = x->pair_len,
        .ids = ids_copy(x->ids, x->n),
        .segments = ids_copy(x->segments, x->n),
        .n = x->n,
    };
}

/* A name can stand where a site or a word of the commands may stand too. */
static bool check_name(struct session *s, const char *name, struct err *e)
{
    static const char *const taken[] = {"present", "drop", "from"};
    for (const char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '-' && *c != '_' && !((unsigned char)*c & 0x80))
            return err_set(e, ERR_COMMAND,
                           "a name of a run has letters, digits, '-' and '_' alone");
    bool own = *name == 0;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        own = own || strcmp(name, taken[i]) == 0;
    own = own || map_gets(&s->model->plan->site_index, name, -1) >= 0;
    return !own ||
           err_set(e, ERR_COMMAND, "'%s' means something else, so no run can have the name", name);
}

char *changes_text(const struct session *s)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < s->ninterventions; i++)
        str_addf(&text, "%s%s", i > 0 ? "\n" : "", s->interventions[i]->text);
    return text.len > 0 ? str_detach(&text) : mem_strdup("");
}

/* The changes in force, so that its values can be computed again when the session has undone
 * them. */
static void take_changes(struct session *s, struct named_run *r)
{
    r->text = changes_text(s);
    r->changes = mem_alloc((s->ninterventions + 1) * sizeof *r->changes);
    for (size_t i = 0; i < s->ninterventions; i++) {
        struct intervention *v = s->interventions[i];
        if (v->looks) {
            r->hooked = true;
            continue; /* the script may take it back at any time */
        }
        v->holders++;
        r->changes[r->nchanges++] = v;
    }
}

void named_run_put(struct session *s, struct named_run *r)
{
    size_t k = 0;
    for (size_t i = 0; i < s->nruns; i++) {
        if (strcmp(s->runs[i].name, r->name) == 0)
            named_run_release(&s->runs[i]);
        else
            s->runs[k++] = s->runs[i];
    }
    s->nruns = k;
    ARRAY_PUSH(s->runs, s->nruns, s->runs_cap) = *r;
}

bool session_save_run(struct session *s, const char *name, struct err *e)
{
    if (s->gen == NULL)
        return err_set(e, ERR_COMMAND, "there is no run to be saved") ||
               err_hint(e, "run, or start and step");
    if (!check_name(s, name, e))
        return false;
    struct named_run r = {.gen = gen_fork(s->gen, e), .shown = s->document != NULL};
    if (r.gen == NULL)
        return false;
    r.name = mem_strdup(name);
    r.source = source_copy(&s->source);
    take_changes(s, &r);
    named_run_put(s, &r);
    return true;
}

struct named_run *session_named(struct session *s, const char *name, struct err *e)
{
    for (size_t i = 0; i < s->nruns; i++)
        if (strcmp(s->runs[i].name, name) == 0)
            return &s->runs[i];
    if (s->nruns == 0) {
        err_set(e, ERR_COMMAND, "no run has the name '%s': none is saved", name);
        err_hint(e, "save-run NAME saves the present one");
        return NULL;
    }
    const char **names = mem_alloc((s->nruns + 1) * sizeof *names);
    for (size_t i = 0; i < s->nruns; i++)
        names[i] = s->runs[i].name;
    const char *near = str_nearest(name, names);
    err_set(e, ERR_COMMAND, "no run has the name '%s'", name);
    if (near != NULL)
        err_hint(e, "did you mean '%s'?", near);
    else
        err_hint(e, "runs lists them");
    free(names);
    return NULL;
}

bool session_drop_run(struct session *s, const char *name, struct err *e)
{
    struct named_run *r = session_named(s, name, e);
    if (r == NULL)
        return false;
    named_run_release(r);
    size_t i = (size_t)(r - s->runs);
    memmove(r, r + 1, (s->nruns - i - 1) * sizeof *r);
    s->nruns--;
    return true;
}

int64_t session_run_bytes(const struct session *s, const struct named_run *r)
{
    const struct plan *p = s->model->plan;
    struct run *run = gen_run(r->gen);
    struct binding b = run_binding(run);
    int64_t bytes = 0;
    for (int i = 0; i < p->nnodes; i++) {
        int64_t shape[NODE_DIMS];
        if (run_computed(run, i) && run_kept(run, i))
            bytes += plan_shape(p, i, &b, shape) * (int64_t)sizeof(float);
    }
    return bytes;
}
