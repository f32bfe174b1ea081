/* Breaks, watches and interventions. Breaks and watches are looked at between operations, when the
 * run is consistent, so that their conditions may ask for any value that exists. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

/* ---- breaks and watches ---------------------------------------------------------------------- */

void stop_point_release(struct stop_point *b)
{
    free(b->spec);
    free(b->condition);
    free(b->nodes);
    free(b->why);
    for (size_t i = 0; i < b->ncommands; i++)
        free(b->commands[i]);
    free(b->commands);
    *b = (struct stop_point){0};
}

bool session_break(struct session *s, const char *spec, bool temporary, const char *condition,
                   int *number, struct err *e)
{
    struct stop_point b = {.temporary = temporary, .enabled = true};
    struct site_ref *refs = NULL;
    size_t n = 0;
    struct err span = ERR_INIT;
    if (sites_span(s, spec, &b.first, &b.last, &b.step, &span)) {
        b.part = b.first != b.last;
        b.nodes = mem_alloc((size_t)s->model->plan->nnodes);
        b.nodes[b.first] = true;
    } else if (strpbrk(spec, "*-") != NULL) {
        if (!sites_match(s, spec, &refs, &n, e))
            return false;
        b.nodes = mem_alloc((size_t)s->model->plan->nnodes);
        b.step = refs[0].step;
        for (size_t i = 0; i < n; i++)
            b.nodes[refs[i].node] = true;
        b.first = refs[0].node;
        b.last = refs[n - 1].node;
        free(refs);
    } else {
        *e = span;
        return false;
    }
    b.number = *number = s->next_number++;
    b.spec = mem_strdup(spec);
    b.condition = condition != NULL ? mem_strdup(condition) : NULL;
    ARRAY_PUSH(s->stops, s->nstops, s->stops_cap) = b;
    return true;
}

bool session_watch(struct session *s, const char *expr, int *number, struct err *e)
{
    struct site_ref r;
    struct err none = ERR_INIT;
    bool site = sites_one(s, expr, &r, &none);
    if (!site && s->hooks.eval_number == NULL)
        return err_set(e, ERR_COMMAND, "watches need Lua, which is not there");
    struct stop_point b = {
        .watch = true, .site = site, .enabled = true, .spec = mem_strdup(expr), .step = -1};
    b.number = *number = s->next_number++;
    ARRAY_PUSH(s->stops, s->nstops, s->stops_cap) = b;
    return true;
}

struct stop_point *session_stop_point(struct session *s, int64_t number, struct err *e)
{
    if (number == 0 && s->nstops > 0)
        return &s->stops[s->nstops - 1];
    for (size_t i = 0; i < s->nstops; i++)
        if (s->stops[i].number == number)
            return &s->stops[i];
    if (s->nstops == 0)
        err_set(e, ERR_COMMAND, "there is no break %lld: no breaks are set", (long long)number);
    else
        err_set(e, ERR_COMMAND, "there is no break %lld (see: info breaks)", (long long)number);
    return NULL;
}

bool session_delete(struct session *s, int64_t number, struct err *e)
{
    struct stop_point *b = session_stop_point(s, number, e);
    if (b == NULL)
        return false;
    stop_point_release(b);
    size_t i = (size_t)(b - s->stops);
    memmove(b, b + 1, (s->nstops - i - 1) * sizeof *b);
    s->nstops--;
    return true;
}

/* Does the program stand where this break is? A value: its operation was just done. A part: its
 * first operation is next. */
static bool reached(const struct session *s, const struct stop_point *b, int done, struct place to)
{
    if (b->step >= 0 && session_position(s) != b->step)
        return false;
    if (b->part)
        return to.node == b->first;
    return done >= 0 && b->nodes[done];
}

/* The number that a watch looks at: one cell of a site, or an expression. */
static bool watched_number(struct session *s, const struct stop_point *b, double *v, struct err *e)
{
    if (!b->site)
        return s->hooks.eval_number(s->hooks.ud, b->spec, v, e);
    struct site_ref r;
    struct tensor t;
    if (!sites_one(s, b->spec, &r, e) || !sites_tensor(s, &r, &t, e))
        return false;
    const int64_t zero[TENSOR_DIMS] = {0};
    bool one = tensor_count(&t) == 1;
    if (one)
        *v = tensor_get(&t, zero);
    tensor_unref(&t);
    return one || err_set(e, ERR_COMMAND, "%s is not one number; index one, for example %s[0,0]",
                          b->spec, r.name);
}

/* A failure is no value: mostly it is not computed yet. What it was is told at the end, if it never
 * had one. */
static bool check_watch(struct session *s, struct stop_point *b, struct stop *out, bool *hit)
{
    double v;
    struct err why = ERR_INIT;
    if (!watched_number(s, b, &v, &why)) {
        free(b->why);
        b->why = mem_strdup(why.msg);
        return true;
    }
    bool same = b->has_last && (v == b->last_value || (isnan(v) && isnan(b->last_value)));
    if (b->has_last && !same) {
        *hit = true;
        out->old_value = b->last_value;
        out->new_value = v;
    }
    b->last_value = v;
    b->has_last = true;
    return true;
}

static bool check_one(struct session *s, struct stop_point *b, int done, struct place to,
                      struct stop *out, bool *hit, struct err *e)
{
    *hit = false;
    if (!b->enabled)
        return true;
    if (b->watch)
        check_watch(s, b, out, hit);
    else
        *hit = reached(s, b, done, to);
    if (*hit && b->condition != NULL && s->hooks.eval_bool != NULL)
        if (!s->hooks.eval_bool(s->hooks.ud, b->condition, hit, e))
            return err_wrap(e, "condition of break %d", b->number);
    if (!*hit)
        return true;
    b->hits++;
    if (b->ignore > 0) {
        b->ignore--;
        *hit = false;
    }
    return true;
}

bool stops_check(struct session *s, int done, struct place from, struct place to, struct stop *out,
                 bool *hit, struct err *e)
{
    (void)from;
    *hit = false;
    for (size_t i = 0; i < s->nstops; i++) {
        bool one;
        if (!check_one(s, &s->stops[i], done, to, out, &one, e))
            return false;
        if (one && !*hit) {
            *hit = true;
            out->reason = STOP_BREAK;
            out->number = s->stops[i].number;
        }
    }
    return true;
}

/* ---- interventions --------------------------------------------------------------------------- */

static bool wants(void *ud, const struct plan *p, int node)
{
    (void)p;
    return ((struct intervention *)ud)->nodes[node];
}

static enum observe seen(void *ud, struct run *r, int node, struct tensor *value, int64_t first,
                         bool *changed, struct err *e)
{
    (void)r;
    struct intervention *v = ud;
    v->idle = false;
    bool ok = v->apply(v, value, node, first, e);
    *changed = !v->idle;
    return ok ? OBSERVE_GO : OBSERVE_FAIL;
}

void intervention_free(struct intervention *v)
{
    if (v == NULL)
        return;
    if (v->holders > 0) { /* a named run needs it still */
        v->holders--;
        return;
    }
    if (v->release != NULL)
        v->release(v);
    free(v->text);
    free(v->nodes);
    free(v);
}

bool session_intervene(struct session *s, struct intervention *v, struct err *e)
{
    v->observer =
        (struct observer){.what = v->text, .wants = wants, .seen = seen, .ud = v, .changes = true};
    ARRAY_PUSH(s->interventions, s->ninterventions, s->interventions_cap) = v;
    session_drop_replay(s);
    if (s->gen == NULL)
        return true;
    run_observe(gen_run(s->gen), &v->observer);
    return gen_truncate(s->gen, e);
}

bool session_undo(struct session *s, size_t n, struct err *e)
{
    if (s->ninterventions == 0)
        return err_set(e, ERR_COMMAND, "there is no intervention to undo");
    session_drop_replay(s);
    for (size_t i = 0; i < n && s->ninterventions > 0; i++) {
        struct intervention *v = s->interventions[--s->ninterventions];
        if (s->gen != NULL)
            run_unobserve(gen_run(s->gen), &v->observer);
        intervention_free(v);
    }
    return s->gen == NULL || gen_truncate(s->gen, e);
}

bool session_remove(struct session *s, struct intervention *v, struct err *e)
{
    size_t k = 0;
    for (size_t i = 0; i < s->ninterventions; i++)
        if (s->interventions[i] != v)
            s->interventions[k++] = s->interventions[i];
    s->ninterventions = k;
    session_drop_replay(s);
    if (s->gen != NULL)
        run_unobserve(gen_run(s->gen), &v->observer);
    intervention_free(v);
    return s->gen == NULL || gen_truncate(s->gen, e);
}

bool session_account(struct session *s, struct err *e)
{
    for (size_t i = 0; i < s->nstops; i++)
        if (s->stops[i].watch && !s->stops[i].has_last && s->stops[i].why != NULL)
            session_note(s, "watch %d never had a value: %s", s->stops[i].number, s->stops[i].why);
    for (size_t i = 0; i < s->ninterventions; i++) {
        const struct observer *o = &s->interventions[i]->observer;
        if (o->fired == 0)
            return err_set(e, ERR_COMMAND, "%s: matched %d value%s but never fired", o->what,
                           o->matched, o->matched == 1 ? "" : "s");
        if (o->changed == 0 && !s->interventions[i]->looks)
            return err_set(e, ERR_COMMAND, "%s: fired %lld times and changed nothing", o->what,
                           (long long)o->fired);
    }
    return true;
}
