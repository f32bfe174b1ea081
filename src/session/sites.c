/* Sites as users write them: parsing, matching, and messages that say why nothing matches. */
#include "session/sites.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "internal.h"
#include "session/session.h"
#include "spellings.h"

/* ---- parsing --------------------------------------------------------------------------------- */

/* A site cut into its parts; `path` is what remains. */
struct spec {
    char *path;
    bool result, any_head, has_head;
    int64_t head_lo, head_hi;
    int64_t step;
    bool has_step;
    int nslices;
    struct slice slices[SITE_SLICES];
};

/* The text with Persian and Arabic-Indic digits written as 0-9. */
static char *latin_digits(const char *text)
{
    struct str out = STR_INIT;
    for (size_t i = 0, n = strlen(text); i < n;) {
        int32_t cp;
        int len = utf8_decode(text + i, n - i, &cp);
        if (cp >= 0x6F0 && cp <= 0x6F9)
            str_addc(&out, (char)('0' + cp - 0x6F0));
        else if (cp >= 0x660 && cp <= 0x669)
            str_addc(&out, (char)('0' + cp - 0x660));
        else
            str_addn(&out, text + i, (size_t)len);
        i += (size_t)len;
    }
    return str_detach(&out);
}

static bool slice_of(const char *text, struct slice *out)
{
    *out = (struct slice){.to = INT64_MAX};
    const char *colon = strchr(text, ':');
    if (colon == NULL) {
        out->one = true;
        return str_int(text, INT32_MIN, INT32_MAX, &out->from);
    }
    char *left = mem_strndup(text, (size_t)(colon - text));
    bool ok = (*left == 0 || str_int(left, INT32_MIN, INT32_MAX, &out->from)) &&
              (colon[1] == 0 || str_int(colon + 1, INT32_MIN, INT32_MAX, &out->to));
    out->all = *left == 0 && colon[1] == 0;
    free(left);
    return ok;
}

/* "[1,2:5,:]" at the end of the path. */
static bool cut_slices(struct spec *x, struct err *e)
{
    size_t n = strlen(x->path);
    char *open = strchr(x->path, '[');
    if (n == 0 || x->path[n - 1] != ']' || open == NULL)
        return true;
    x->path[n - 1] = 0;
    *open = 0;
    char *save = NULL;
    for (char *part = strtok_r(open + 1, ",", &save); part != NULL;
         part = strtok_r(NULL, ",", &save)) {
        while (*part == ' ')
            part++;
        if (x->nslices == SITE_SLICES)
            return err_set(e, ERR_COMMAND, "[...]: at most %d indices", SITE_SLICES);
        if (!slice_of(part, &x->slices[x->nslices++]))
            return err_set(e, ERR_COMMAND, "[%s]: an index is a number, or from:to", part);
    }
    return true;
}

static bool cut_step(struct spec *x, struct err *e)
{
    char *at = strrchr(x->path, '@');
    x->step = -1;
    if (at == NULL)
        return true;
    *at = 0;
    if (strcmp(at + 1, "*") == 0)
        return true;
    x->has_step = true;
    if (!str_int(at + 1, 0, INT32_MAX, &x->step))
        return err_set(e, ERR_COMMAND, "@%s: a decoder step is a number from 0, or *", at + 1);
    return true;
}

/* ".h3", ".h0-2", ".h*" at the end of the path. */
static void cut_head(struct spec *x)
{
    char *dot = strrchr(x->path, '.');
    char *h = dot != NULL ? dot + 1 : x->path;
    if (*h != 'h' || h[1] == 0)
        return;
    char *dash = strchr(h, '-');
    bool star = strcmp(h + 1, "*") == 0, ok;
    if (dash != NULL)
        *dash = 0;
    ok = star || str_int(h + 1, 0, INT32_MAX, &x->head_lo);
    x->head_hi = x->head_lo;
    if (ok && dash != NULL)
        ok = str_int(dash + 1, 0, INT32_MAX, &x->head_hi);
    if (dash != NULL)
        *dash = '-';
    if (!ok)
        return;
    x->has_head = true;
    x->any_head = star;
    *(dot != NULL ? dot : x->path) = 0;
}

static bool parse(const char *text, struct spec *x, struct err *e)
{
    *x = (struct spec){.path = latin_digits(text), .step = -1};
    struct str ours = STR_INIT;
    if (spelling_ours(x->path, &ours)) {
        free(x->path);
        x->path = str_detach(&ours);
    }
    if (!cut_slices(x, e) || !cut_step(x, e)) {
        free(x->path);
        return false;
    }
    cut_head(x);
    struct str again = STR_INIT;
    if (spelling_ours(x->path, &again)) {
        free(x->path);
        x->path = str_detach(&again);
    }
    if (str_ends(x->path, ".result") || strcmp(x->path, "result") == 0) {
        x->result = true;
        size_t n = strlen(x->path);
        x->path[n - strlen("result")] = 'z';
        x->path[n - strlen("result") + 1] = 0;
    }
    return true;
}

/* ---- matching -------------------------------------------------------------------------------- */

/* "0-3" at the beginning of a component: does the number in the name lie in it? */
static bool range_at(const char **pattern, const char **name, bool *is_range)
{
    char *end;
    *is_range = false;
    if (!isdigit((unsigned char)**pattern))
        return false;
    long lo = strtol(*pattern, &end, 10), hi;
    if (*end != '-' || !isdigit((unsigned char)end[1]))
        return false;
    hi = strtol(end + 1, &end, 10);
    *is_range = true;
    if (!isdigit((unsigned char)**name))
        return false;
    char *after;
    long n = strtol(*name, &after, 10);
    *pattern = end;
    *name = after;
    return n >= lo && n <= hi;
}

/* '*' matches any run, dots too. A pattern that ends at a dot of the name matches all that lies
 * below. */
static bool glob(const char *pattern, const char *name, bool start)
{
    for (; *pattern != 0; start = *pattern == '.', pattern++, name++) {
        bool is_range;
        if (*pattern == '*') {
            while (pattern[1] == '*') /* or many of them would take for ever */
                pattern++;
            for (const char *n = name;; n++) {
                if (glob(pattern + 1, n, false))
                    return true;
                if (*n == 0)
                    return false;
            }
        }
        if (start && range_at(&pattern, &name, &is_range))
            return glob(pattern, name, false);
        if (start && is_range)
            return false;
        if (*pattern != *name)
            return false;
    }
    return *name == 0;
}

struct found {
    int *sites;
    size_t n, cap;
};

static void match_all(const struct plan *p, const char *pattern, struct found *f)
{
    int exact = plan_site(p, pattern);
    if (exact >= 0) {
        ARRAY_PUSH(f->sites, f->n, f->cap) = exact;
        return;
    }
    for (int i = 0; i < p->nsites; i++)
        if (glob(pattern, p->sites[i].name, true))
            ARRAY_PUSH(f->sites, f->n, f->cap) = i;
    if (f->n > 0)
        return;
    char *below = mem_printf("%s.*", pattern);
    for (int i = 0; i < p->nsites; i++)
        if (glob(below, p->sites[i].name, true))
            ARRAY_PUSH(f->sites, f->n, f->cap) = i;
    free(below);
}

/* The path under the part, layer and stack where the program stands. */
static void match_relative(struct session *s, const char *path, struct found *f)
{
    struct str prefix = STR_INIT;
    session_frame_prefix(s, &prefix);
    while (prefix.len > 0 && f->n == 0) {
        char *full =
            *path != 0 ? mem_printf("%s.%s", prefix.s, path) : mem_printf("%s.pattern", prefix.s);
        match_all(s->model->plan, full, f);
        free(full);
        char *dot = strrchr(prefix.s, '.');
        str_truncate(&prefix, dot != NULL ? (size_t)(dot - prefix.s) : 0);
    }
    str_release(&prefix);
}

/* ---- references ------------------------------------------------------------------------------ */

/* The references of one site: one, or one for each head asked for. */
static bool expand(const struct plan *p, const struct spec *x, int site, struct site_ref **v,
                   size_t *n, size_t *cap, struct err *e)
{
    struct site_ref r = {.name = p->sites[site].name,
                         .node = p->sites[site].node,
                         .result = x->result,
                         .head = -1,
                         .step = x->step,
                         .nslices = x->nslices};
    memcpy(r.slices, x->slices, sizeof r.slices);
    if (x->has_step && p->nodes[r.node].source)
        return err_set(e, ERR_COMMAND,
                       "%s has no decoder steps: it is computed once from the source", r.name);
    if (!x->has_head) {
        ARRAY_PUSH(*v, *n, *cap) = r;
        return true;
    }
    int heads = sites_heads(p, r.node);
    if (heads == 0)
        return err_set(e, ERR_COMMAND, "%s has no heads", r.name);
    int64_t hi = x->any_head ? heads - 1 : x->head_hi;
    if (hi >= heads)
        return err_set(e, ERR_COMMAND, "head %lld: this model has heads 0-%d", (long long)hi,
                       heads - 1);
    if (!x->any_head && x->head_lo > hi)
        return err_set(e, ERR_COMMAND, "heads %lld-%lld: the first is above the last",
                       (long long)x->head_lo, (long long)hi);
    for (int64_t h = x->any_head ? 0 : x->head_lo; h <= hi; h++) {
        r.head = (int)h;
        ARRAY_PUSH(*v, *n, *cap) = r;
    }
    return true;
}

static bool need_plan(struct session *s, struct err *e)
{
    if (s->model == NULL)
        return err_set(e, ERR_COMMAND, "no model is open") ||
               err_hint(e, "open one with: model load FOLDER");
    if (s->model->plan == NULL)
        return err_set(e, ERR_COMMAND, "%s is a tokenizer alone: it has no values", s->model->name);
    return true;
}

/* "dec.*.cross.h2" names a part and a head: its pattern is meant. */
static void keep_headed(const struct plan *p, const struct spec *x, struct found *f)
{
    if (!x->has_head || f->n <= 1 || strstr(x->path, "pattern") != NULL)
        return;
    size_t k = 0;
    for (size_t i = 0; i < f->n; i++)
        if (str_ends(p->sites[f->sites[i]].name, ".pattern"))
            f->sites[k++] = f->sites[i];
    if (k > 0) /* else values by head were meant: dec.*.cross.z.h2 */
        f->n = k;
}

/* "enc.0-9" in a model of six layers is a mistake, though some of them are there. */
static bool layers_exist(const struct plan *p, const char *path, struct err *e)
{
    bool dec = str_starts(path, "dec.");
    if (!dec && !str_starts(path, "enc."))
        return true;
    size_t n = strcspn(path + 4, ".");
    const char *dash = memchr(path + 4, '-', n);
    if (dash == NULL || strtol(dash + 1, NULL, 10) < p->layers[dec])
        return true;
    char *word = mem_strndup(path + 4, n);
    bool unfit = sites_layer_range(p, dec ? "dec" : "enc", word, e);
    free(word);
    return !unfit;
}

bool sites_match(struct session *s, const char *text, struct site_ref **out, size_t *n,
                 struct err *e)
{
    struct spec x;
    if (!need_plan(s, e) || !parse(text, &x, e))
        return false;
    const struct plan *p = s->model->plan;
    struct found f = {0};
    if (*x.path != 0)
        match_all(p, x.path, &f);
    if (f.n == 0)
        match_relative(s, x.path, &f);
    keep_headed(p, &x, &f);
    struct site_ref *v = NULL;
    size_t count = 0, cap = 0;
    bool ok = f.n > 0 ? layers_exist(p, x.path, e) : sites_explain_miss(p, text, x.path, e);
    for (size_t i = 0; ok && i < f.n; i++)
        ok = expand(p, &x, f.sites[i], &v, &count, &cap, e);
    free(f.sites);
    free(x.path);
    if (!ok) {
        free(v);
        return false;
    }
    *out = v;
    *n = count;
    return true;
}

bool sites_one(struct session *s, const char *text, struct site_ref *out, struct err *e)
{
    struct site_ref *v;
    size_t n;
    if (!sites_match(s, text, &v, &n, e))
        return false;
    if (n == 1) {
        *out = v[0];
    } else {
        err_set(e, ERR_COMMAND, "`%s` names %zu values; one is wanted", text, n);
        err_hint(e, "for example %s", v[0].name);
    }
    free(v);
    return n == 1;
}

/* A head that is named must be one that some value of the span has. */
static bool span_heads(const struct plan *p, const struct spec *x, int first, int last,
                       struct err *e)
{
    int heads = 0;
    for (int i = first; i <= last; i++)
        if (sites_heads(p, i) > heads)
            heads = sites_heads(p, i);
    if (!x->has_head || (heads > 0 && (x->any_head || x->head_hi < heads)))
        return true;
    if (heads == 0)
        return err_set(e, ERR_COMMAND, "%s has no heads", x->path);
    return err_set(e, ERR_COMMAND, "head %lld: this model has heads 0-%d", (long long)x->head_hi,
                   heads - 1);
}

bool sites_span(struct session *s, const char *text, int *first, int *last, int64_t *step,
                struct err *e)
{
    struct spec x;
    if (!need_plan(s, e) || !parse(text, &x, e))
        return false;
    const struct plan *p = s->model->plan;
    *step = x.step;
    struct found f = {0};
    bool ok = true;
    int exact = plan_site(p, x.path); /* "pooled" is a value, though pooled.pre lies below it */
    if (exact >= 0) {
        *first = *last = p->sites[exact].node;
    } else if (plan_range(p, x.path, first, last)) {
        /* a part */
    } else {
        match_all(p, x.path, &f);
        if (f.n == 0)
            match_relative(s, x.path, &f);
        if (f.n == 0)
            ok = sites_explain_miss(p, text, x.path, e);
        else if (f.n == 1)
            *first = *last = p->sites[f.sites[0]].node;
        else
            ok = err_set(e, ERR_COMMAND, "`%s` names %zu values; one value or part is wanted", text,
                         f.n);
    }
    if (ok && x.has_step && p->nodes[*first].source)
        ok = err_set(e, ERR_COMMAND, "%s has no decoder steps: it is computed once from the source",
                     x.path);
    ok = ok && span_heads(p, &x, *first, *last, e);
    free(f.sites);
    free(x.path);
    return ok;
}

void sites_text(const struct site_ref *r, struct str *out)
{
    size_t n = strlen(r->name);
    str_addn(out, r->name, r->result ? n - 1 : n);
    if (r->result)
        str_add(out, "result");
    if (r->head >= 0)
        str_addf(out, ".h%d", r->head);
    if (r->step >= 0)
        str_addf(out, "@%lld", (long long)r->step);
    for (int i = 0; i < r->nslices; i++) {
        const struct slice *c = &r->slices[i];
        str_add(out, i == 0 ? "[" : ",");
        if (c->one)
            str_addf(out, "%lld", (long long)c->from);
        else if (c->all)
            str_add(out, ":");
        else if (c->to == INT64_MAX)
            str_addf(out, "%lld:", (long long)c->from);
        else
            str_addf(out, "%lld:%lld", (long long)c->from, (long long)c->to);
    }
    if (r->nslices > 0)
        str_addc(out, ']');
}

void sites_spellings(const struct plan *p, int node, struct str *out)
{
    for (int i = 0; i < p->nsites; i++) {
        if (p->sites[i].node != node)
            continue;
        str_addf(out, "%-16s %s\n", "rasad", p->sites[i].name);
        spelling_theirs(p->sites[i].name, p->family, out);
    }
}

/* ---- completion ------------------------------------------------------------------------------ */

size_t sites_complete(struct session *s, struct arena *a, const char *prefix, const char ***names,
                      bool **open)
{
    *names = NULL;
    if (s->model == NULL || s->model->plan == NULL)
        return 0;
    const char *dot = strrchr(prefix, '.');
    char *head =
        dot != NULL ? arena_strndup(a, prefix, (size_t)(dot - prefix)) : arena_strdup(a, "");
    const char *word = dot != NULL ? dot + 1 : prefix;
    bool *more;
    const char **all = sites_children(s->model->plan, head, a, &more);
    size_t n = 0;
    for (size_t i = 0; all[i] != NULL; i++) {
        if (strncmp(all[i], word, strlen(word)) != 0)
            continue;
        all[n] = dot != NULL ? arena_printf(a, "%s.%s", head, all[i]) : all[i];
        more[n++] = more[i];
    }
    *names = all;
    *open = more;
    return n;
}
