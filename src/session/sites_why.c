/* Why a name of a site means nothing: no such layer, head or part, and what there is instead. */
#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"
#include "session/sites.h"

/* What stands after a prefix in names of sites: "self, mlp, norm1". NULL-terminated, in the
 * arena. */
const char **sites_children(const struct plan *p, const char *prefix, struct arena *a, bool **open)
{
    size_t len = strlen(prefix), n = 0;
    const char **out = arena_alloc(a, ((size_t)p->nsites + 1) * sizeof *out);
    bool *more = arena_alloc(a, (size_t)p->nsites + 1);
    struct map seen = MAP_INIT;
    for (int i = 0; i < p->nsites; i++) {
        const char *name = p->sites[i].name;
        if (strncmp(name, prefix, len) != 0 || (len > 0 && name[len] != '.'))
            continue;
        const char *from = name + len + (len > 0);
        size_t k = strcspn(from, ".");
        char *part = arena_strndup(a, from, k);
        int64_t at = map_gets(&seen, part, -1);
        if (at < 0) {
            map_add(&seen, part, k, (int64_t)n);
            at = (int64_t)n;
            out[n++] = part;
        }
        more[at] = more[at] || from[k] == '.';
    }
    map_release(&seen);
    if (open != NULL)
        *open = more;
    return out;
}

static void list_children(const char **names, struct str *out)
{
    bool numbers = names[0] != NULL && isdigit((unsigned char)names[0][0]);
    int count = 0;
    for (; names[count] != NULL; count++)
        if (!numbers || !isdigit((unsigned char)names[count][0]))
            str_addf(out, "%s%s", out->len > 0 ? " " : "", names[count]);
}

/* The layers of a stack as "0-5", or false. */
bool sites_layer_range(const struct plan *p, const char *prefix, const char *word, struct err *e)
{
    bool enc = strcmp(prefix, "enc") == 0, dec = strcmp(prefix, "dec") == 0;
    if ((!enc && !dec) || !isdigit((unsigned char)*word))
        return false;
    int n = p->layers[dec];
    if (n == 0)
        err_set(e, ERR_COMMAND, "this model has no %s", dec ? "decoder" : "encoder");
    else
        err_set(e, ERR_COMMAND, "layer %s: the %s of this model has layers 0-%d", word,
                dec ? "decoder" : "encoder", n - 1);
    return true;
}

int sites_heads(const struct plan *p, int node)
{
    const struct node *n = &p->nodes[node];
    return n->ndim == 4 ? (int)dim_size(p, n->shape[1], &(struct binding){1, 1, 1}) : 0;
}

/* Below a site there are only heads. */
static void bad_head(const struct plan *p, const char *site, const char *word, const char *text,
                     struct err *e)
{
    int at = plan_site(p, site), heads = at >= 0 ? sites_heads(p, p->sites[at].node) : 0;
    if (heads > 0 && word[0] == 'h' && (isdigit((unsigned char)word[1]) || word[1] == '-'))
        err_set(e, ERR_COMMAND, "head %s: this model has heads 0-%d", word + 1, heads - 1);
    else if (err_set(e, ERR_COMMAND, "no site matches `%s`", text), heads > 0)
        err_hint(e, "%s has heads h0 to h%d", site, heads - 1);
    else
        err_hint(e, "%s has no parts", site);
}

/* What names of sites begin with, and what it means that a model has none of them. */
static const struct {
    const char *stem, *why;
} stems[] = {
    {"enc", "this model has no encoder"},
    {"dec", "this model has no decoder"},
    {"logits", "this model has no decoder, whose logits these would be"},
    {"probs", "this model has no decoder, whose choices these would be"},
    {"mlm", "this model has no head for masked tokens"},
    {"nsp", "this model has no head for the next sentence"},
    {"pooled", "this model has no pooler"},
    {"pool", "this model pools nothing: it is no sentence encoder"},
    {"dense", "this model has no dense layer after the pooling"},
    {"unit", "this model does not scale its sentence vectors to length 1"},
    {"embedding", "this model gives no sentence vector: it has no modules.json"},
};

bool sites_stem(const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (strlen(stems[i].stem) == n && memcmp(stems[i].stem, word, n) == 0)
            return true;
    return false;
}

/* Names that other models have. */
static bool missing_part(const struct plan *p, const char *path, struct err *e)
{
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        const char *stem = stems[i].stem;
        size_t n = strlen(stem);
        int first, last;
        if (strncmp(path, stem, n) != 0 || (path[n] != 0 && path[n] != '.'))
            continue;
        if (plan_site(p, stem) >= 0 || plan_range(p, stem, &first, &last))
            return false;
        err_set(e, ERR_COMMAND, "%s: %s", path, stems[i].why);
        return true;
    }
    return false;
}

/* "sites begin with enc, dec, logits or probs" */
static void add_stems(const char **names, struct str *out)
{
    str_add(out, "sites begin with ");
    for (int i = 0; names[i] != NULL; i++)
        str_addf(out, "%s%s", i == 0 ? "" : names[i + 1] == NULL ? " or " : ", ", names[i]);
}

/* Walks the path to its first component that is wrong, and says what stands there. */
bool sites_explain_miss(const struct plan *p, const char *text, const char *path, struct err *e)
{
    struct arena a = ARENA_INIT;
    struct str good = STR_INIT, list = STR_INIT;
    const char *at = path;
    for (;;) {
        size_t k = strcspn(at, ".");
        char *word = arena_strndup(&a, at, k);
        const char **names = sites_children(p, good.s, &a, NULL);
        bool known = false;
        for (int i = 0; names[i] != NULL; i++)
            known = known || strcmp(names[i], word) == 0;
        if (known && at[k] == '.') {
            str_addf(&good, "%s%s", good.len > 0 ? "." : "", word);
            at += k + 1;
            continue;
        }
        if (sites_layer_range(p, good.s, word, e) || missing_part(p, path, e))
            break;
        if (strncmp(good.s, "enc", 3) == 0 && strcmp(word, "cross") == 0) {
            err_set(e, ERR_COMMAND, "%s: only decoder layers have cross-attention", text);
            break;
        }
        if (good.len > 0 && names[0] == NULL) {
            bad_head(p, good.s, word, text, e);
            break;
        }
        err_set(e, ERR_COMMAND, "no site matches `%s`", text);
        const char *near = str_nearest(word, names);
        if (good.len == 0)
            add_stems(names, &list);
        else
            list_children(names, &list);
        if (near != NULL)
            err_hint(e,
                     good.len > 0 ? "did you mean `%s`?   (%s has: %s)"
                                  : "did you mean `%s`?   (%s%s)",
                     near, good.s, list.s);
        else
            err_hint(e, good.len > 0 ? "%s has: %s" : "%s%s", good.s, list.s);
        break;
    }
    str_release(&good);
    str_release(&list);
    arena_release(&a);
    return false;
}
