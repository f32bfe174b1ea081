/* ablate, undo, reset: changes to the computation that stay until they are undone. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change.h"

struct scale {
    float factor;
    size_t n;
    struct {
        int node, head; /* head -1: all */
    } at[];             /* each once */
};

/* Writes `factor` times the value (0: nothing is left of it) into the heads and positions that are
 * meant. */
static bool scale_apply(struct intervention *v, struct tensor *value, int node, int64_t first,
                        struct err *e)
{
    (void)e;
    const struct scale *c = v->ud;
    struct tensor t = *value;
    int pos = t.ndim == 4 ? 2 : 1;
    if (v->step >= 0) {
        if (v->step < first || v->step >= first + t.shape[pos]) {
            v->idle = true;
            return true;
        }
        t = tensor_slice(&t, pos, v->step - first, v->step - first + 1);
    }
    for (size_t i = 0; i < c->n; i++) {
        int head = c->at[i].head;
        struct tensor part = head >= 0 ? tensor_slice(&t, 1, head, head + 1) : t;
        if (c->at[i].node == node)
            tensor_scale(&part, c->factor);
    }
    return true;
}

static void scale_release(struct intervention *v)
{
    free(v->ud);
}

/* A value with two names may be matched twice. */
static struct scale *scale_of(const struct site_ref *refs, size_t n, float factor)
{
    struct scale *c = mem_alloc(sizeof *c + n * sizeof c->at[0]);
    c->factor = factor;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < c->n && (c->at[k].node != refs[i].node || c->at[k].head != refs[i].head))
            k++;
        c->at[k].node = refs[i].node;
        c->at[k].head = refs[i].head;
        c->n += k == c->n;
    }
    return c;
}

bool change_match(struct session *s, const char *text, struct site_ref **refs, size_t *n,
                  struct err *e)
{
    int first, last;
    int64_t step;
    struct err ignored = ERR_INIT;
    const char *head = strstr(text, ".h");
    char *path = head != NULL ? mem_strndup(text, (size_t)(head - text)) : mem_strdup(text);
    bool part = sites_span(s, path, &first, &last, &step, &ignored) && first != last;
    char *full =
        part ? mem_printf("%s.%s%s", path, head != NULL ? "z" : "out", head != NULL ? head : "")
             : mem_strdup(text);
    bool ok = sites_match(s, full, refs, n, e);
    free(full);
    free(path);
    return ok;
}

/* Values that are there are not computed again by themselves. */
static bool stale(struct session *s, bool touched, struct result *out)
{
    if (s->gen != NULL && touched)
        out_line(out, TONE_DIM, "what is computed already stays as it is until the next run");
    return true;
}

bool change_begin(struct session *s, struct intervention *v, int node, struct result *out,
                  struct err *e)
{
    struct place at = s->gen != NULL ? gen_place(s->gen) : (struct place){0};
    bool stays = at.pass > 0 || node < at.node;
    return session_intervene(s, v, e) && stale(s, stays, out);
}

/* Has one of the last n changes worked on the present run? */
static bool touched(const struct session *s, size_t n)
{
    for (size_t i = 0; i < n && i < s->ninterventions; i++)
        if (s->interventions[s->ninterventions - 1 - i]->observer.fired > 0)
            return true;
    return false;
}

static bool change(struct session *s, const char *site, float factor, struct result *out,
                   struct err *e)
{
    struct site_ref *refs;
    size_t n;
    if (!change_match(s, site, &refs, &n, e))
        return false;
    struct intervention *v = mem_alloc(sizeof *v);
    struct str name = STR_INIT;
    sites_text(&refs[0], &name);
    v->ud = scale_of(refs, n, factor);
    v->nodes = mem_alloc((size_t)s->model->plan->nnodes);
    v->head = -1; /* each value has its own */
    v->step = refs[0].step;
    v->apply = scale_apply;
    v->release = scale_release;
    for (size_t i = 0; i < n; i++)
        v->nodes[refs[i].node] = true;
    v->text = factor == 0 ? mem_printf("%s zero", site) : mem_printf("%s times %g", site, factor);
    out_begin(out);
    out_span(out, TONE_SITE, "%s", n == 1 ? name.s : site);
    if (factor == 0)
        out_span(out, TONE_PLAIN, " set to zero");
    else
        out_span(out, TONE_PLAIN, " multiplied by %g", factor);
    if (n > 1)
        out_span(out, TONE_DIM, ", %zu values", n);
    out_span(out, TONE_DIM, " (undo removes it)");
    data_add_str(&out->arena, out->data, "site", name.s);
    data_add_int(&out->arena, out->data, "values", (int64_t)n);
    str_release(&name);
    int node = refs[0].node;
    free(refs);
    return change_begin(s, v, node, out, e);
}

static const struct arg ablate_args[] = {
    {.name = "site", .kind = ARG_SITE, .help = "a value, or a head: dec.5.cross.h1"},
    {0},
};

static bool ablate_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return change(s, args_str(a, "site"), 0, out, e);
}

const struct command cmd_ablate = {
    .name = "ablate",
    .alias = "ab",
    .group = GROUP_CHANGE,
    .needs = NEED_WEIGHTS,
    .args = ablate_args,
    .summary = "Set a value or a head to zero",
    .help = "What is computed from here on uses zero in its place; the next run from its first "
            "step. A head is\n"
            "ablated at its z, before W_O. The prompt shows a star while a change is in force.\n"
            "  ablate dec.2.cross.h1\n  run\n  undo",
    .exec = ablate_exec,
};

static const struct arg scale_args[] = {
    {.name = "site", .kind = ARG_SITE, .help = "a value, or a head"},
    {.name = "factor", .kind = ARG_NUM, .help = "to multiply by"},
    {0},
};

static bool scale_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    return change(s, args_str(a, "site"), (float)args_num(a, "factor", 1), out, e);
}

const struct command cmd_scale = {
    .name = "scale",
    .alias = "sc",
    .group = GROUP_CHANGE,
    .needs = NEED_WEIGHTS,
    .args = scale_args,
    .summary = "Multiply a value or a head by a number",
    .help = "  scale enc.0.self.h2 0.5",
    .exec = scale_exec,
};

static const struct arg undo_args[] = {
    {.name = "count",
     .kind = ARG_INT,
     .help = "how many",
     .optional = true,
     .lo = 1,
     .hi = 1000000},
    {0},
};

static bool undo_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    size_t n = (size_t)args_int(a, "count", 1), before = s->ninterventions;
    for (size_t i = 0; i < n && i < before; i++)
        out_line(out, TONE_PLAIN, "removed: %s", s->interventions[before - 1 - i]->text);
    bool stays = touched(s, n);
    return session_undo(s, n, e) && stale(s, stays, out);
}

const struct command cmd_undo = {
    .name = "undo",
    .group = GROUP_CHANGE,
    .args = undo_args,
    .summary = "Remove the last change to the computation",
    .help = "  undo      the last one\n"
            "  undo 2    the last two\n",
    .exec = undo_exec,
};

static bool reset_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    (void)a;
    size_t n = s->ninterventions;
    out_line(out, TONE_PLAIN, "%zu change%s removed", n, n == 1 ? "" : "s");
    bool stays = touched(s, n);
    return n == 0 || (session_undo(s, n, e) && stale(s, stays, out));
}

const struct command cmd_reset = {
    .name = "reset",
    .group = GROUP_CHANGE,
    .summary = "Remove all changes to the computation",
    .help = "What was computed with them is no longer true: 'run' computes it again.\n",
    .exec = reset_exec,
};
