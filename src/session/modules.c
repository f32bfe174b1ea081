/* A sentence-transformers folder: modules.json and the folders that it names, none of them outside
 * the model's own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "family/sentence.h"
#include "internal.h"
#include "session/model.h"

/* Is it the folder itself ("") or one right in it? */
static bool inside(const char *path)
{
    return strchr(path, '/') == NULL && strchr(path, '\\') == NULL && path[0] != '.';
}

static bool module_path(const struct config *c, const char **out, struct err *e)
{
    if (!config_str_or(c, "path", "", out, e))
        return false;
    if (inside(*out))
        return true;
    struct str shown = STR_INIT;
    str_add_visible(&shown, *out, strlen(*out));
    err_set(e, ERR_FILE, "%s: the path \"%.80s\" is not a folder in the model's own",
            config_path(c), shown.s);
    str_release(&shown);
    return false;
}

/* "sentence_transformers.models.Pooling": the last word. */
static bool module_type(const struct config *c, const char **out, struct err *e)
{
    if (!config_str(c, "type", out, e))
        return false;
    const char *dot = strrchr(*out, '.');
    *out = dot != NULL ? dot + 1 : *out;
    return true;
}

bool modules_open(const char *dir, struct modules *m, struct err *e)
{
    *m = (struct modules){0};
    char *path = path_join(dir, "modules.json");
    bool ok = !file_exists(path) || config_open_list(path, &m->items, &m->n, e);
    free(path);
    for (int i = 0; ok && i < m->n; i++) {
        const char *type, *folder;
        ok = module_type(m->items[i], &type, e) && module_path(m->items[i], &folder, e);
        if (ok && (i == 0) != (strcmp(type, "Transformer") == 0))
            ok = err_set(e, ERR_FILE, "%s: %s", config_path(m->items[i]),
                         i == 0 ? "the first module is no Transformer"
                                : "a Transformer stands after the first module");
        if (ok && i == 0)
            m->encoder = mem_strdup(folder);
    }
    if (!ok)
        modules_release(m);
    return ok;
}

void modules_release(struct modules *m)
{
    for (int i = 0; i < m->n; i++)
        config_free(m->items[i]);
    free(m->items);
    free(m->encoder);
    for (int i = 0; i < m->nweights; i++) {
        weights_free(m->weights[i].w);
        free(m->weights[i].folder);
    }
    free(m->weights);
    *m = (struct modules){0};
}

/* config.json of a folder, NULL = there is none. */
static bool own_config(const char *dir, const char *name, struct config **out, struct err *e)
{
    char *path = path_join(dir, name);
    *out = NULL;
    bool ok = !file_exists(path) || config_open(path, out, e);
    free(path);
    return ok;
}

static bool add_module(struct modules *m, struct plan *p, const char *dir, int i, int *value,
                       struct err *e)
{
    static const char *const types[SENTENCE_KINDS] = {"Pooling", "Dense", "Normalize"};
    const char *type, *folder;
    if (!module_type(m->items[i], &type, e) || !module_path(m->items[i], &folder, e))
        return false;
    int kind = 0;
    while (kind < SENTENCE_KINDS && strcmp(types[kind], type) != 0)
        kind++;
    if (kind == SENTENCE_KINDS)
        return err_set(e, ERR_FILE,
                       "%s: a module of type %.60s is not known (Transformer, Pooling, Dense, "
                       "Normalize)",
                       config_path(m->items[i]), type);
    char *own = *folder == 0 ? path_join(dir, folder) : path_inside(dir, folder, e);
    if (own == NULL)
        return false;
    struct config *c = NULL;
    bool ok = (*folder == 0 || own_config(own, "config.json", &c, e)) &&
              sentence_module(p, (enum sentence_kind)kind, c, folder, value, e);
    if (ok && kind == SENTENCE_DENSE) {
        struct module_weights *w = &m->weights[m->nweights];
        ok = weights_open(own, &w->w, e);
        if (ok)
            m->weights[m->nweights++].folder = mem_strdup(folder);
    }
    config_free(c);
    free(own);
    return ok;
}

bool modules_build(struct modules *m, struct plan *p, const char *dir, struct err *e)
{
    int value = -1;
    m->weights = mem_alloc((size_t)(m->n + 1) * sizeof *m->weights);
    for (int i = 1; i < m->n; i++)
        if (!add_module(m, p, dir, i, &value, e))
            return false;
    if (value >= 0)
        sentence_end(p, value);
    return true;
}

bool modules_limit(const char *dir, int64_t *limit, bool *lower, struct err *e)
{
    struct config *c;
    *limit = 0;
    *lower = false;
    if (!own_config(dir, "sentence_bert_config.json", &c, e) || c == NULL)
        return e->kind == ERR_NONE;
    bool ok = config_int_or(c, "max_seq_length", 1, INT32_MAX, 0, limit, e) &&
              config_bool_or(c, "do_lower_case", false, lower, e);
    config_free(c);
    return ok;
}

bool modules_prompt(const char *dir, bool *has, struct err *e)
{
    struct config *c;
    *has = false;
    if (!own_config(dir, "config_sentence_transformers.json", &c, e) || c == NULL)
        return e->kind == ERR_NONE;
    *has = config_item(c, "default_prompt_name", 0) != NULL;
    config_free(c);
    return true;
}

const struct weight *modules_weight(const struct modules *m, const char *name)
{
    const char *slash = strrchr(name, '/');
    for (int i = 0; slash != NULL && i < m->nweights; i++) {
        size_t n = (size_t)(slash - name);
        const struct module_weights *w = &m->weights[i];
        if (w->w != NULL && strlen(w->folder) == n && memcmp(w->folder, name, n) == 0)
            return weights_find(w->w, slash + 1);
    }
    return NULL;
}
