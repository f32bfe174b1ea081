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

/* config.json of a folder, NULL = there is none. */
static bool own_config(const char *dir, const char *name, struct config **out, struct err *e)
{
    char *path = path_join(dir, name);
    *out = NULL;
    bool ok = !file_exists(path) || config_open(path, out, e);
    free(path);
    return ok;
}

/* Each module's own configuration; a module that lies in the model's own folder has none. */
static bool open_own(struct modules *m, const char *dir, struct err *e)
{
    bool ok = true;
    m->own = mem_alloc((size_t)(m->n + 1) * sizeof *m->own);
    for (int i = 1; ok && i < m->n; i++) {
        const char *folder;
        ok = module_path(m->items[i], &folder, e);
        char *path = ok && *folder != 0 ? path_inside(dir, folder, e) : NULL;
        if (ok && *folder != 0)
            ok = path != NULL && own_config(path, "config.json", &m->own[i], e);
        free(path);
    }
    return ok;
}

/* What they are, and where the encoder lies. */
static bool check_items(struct modules *m, struct err *e)
{
    bool ok = true;
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
    return ok;
}

bool modules_open(const char *dir, struct modules *m, struct err *e)
{
    *m = (struct modules){0};
    char *path = path_join(dir, "modules.json");
    bool ok = !file_exists(path) || config_open_list(path, &m->items, &m->n, e);
    free(path);
    ok = ok && check_items(m, e) && open_own(m, dir, e);
    if (!ok)
        modules_release(m);
    return ok;
}

char *modules_json(const struct modules *m)
{
    struct str out = STR_INIT;
    if (m->n == 0)
        return NULL;
    for (int i = 0; i < m->n; i++) {
        char *item = config_json(m->items[i]);
        char *own = m->own[i] != NULL ? config_json(m->own[i]) : mem_strdup("null");
        str_addf(&out, "%s{\"module\":%s,\"config\":%s}", i > 0 ? "," : "[", item, own);
        free(item);
        free(own);
    }
    str_addc(&out, ']');
    return str_detach(&out);
}

bool modules_parse(const char *json, struct modules *m, struct err *e)
{
    struct config **all;
    int n;
    bool ok = true;
    *m = (struct modules){0};
    if (!config_parse_list(json, strlen(json), "the document's modules", &all, &n, e))
        return false;
    m->items = mem_alloc((size_t)(n + 1) * sizeof *m->items);
    m->own = mem_alloc((size_t)(n + 1) * sizeof *m->own);
    for (int i = 0; i < n; i++) {
        m->items[i] = config_inner(all[i], "module");
        m->own[i] = config_inner(all[i], "config");
        m->n += m->items[i] != NULL && m->n == i;
        config_free(all[i]);
    }
    free(all);
    if (m->n < n)
        ok = err_set(e, ERR_FILE, "the document's modules: entry %d tells of no module", m->n);
    m->n = n; /* all are released */
    ok = ok && check_items(m, e);
    if (!ok)
        modules_release(m);
    return ok;
}

void modules_release(struct modules *m)
{
    for (int i = 0; i < m->n; i++) {
        config_free(m->items[i]);
        if (m->own != NULL)
            config_free(m->own[i]);
    }
    free(m->items);
    free(m->own);
    free(m->encoder);
    for (int i = 0; i < m->nweights; i++) {
        weights_free(m->weights[i].w);
        free(m->weights[i].folder);
    }
    free(m->weights);
    *m = (struct modules){0};
}

static bool open_weights(struct modules *m, const char *dir, const char *folder, struct err *e)
{
    struct module_weights *w = &m->weights[m->nweights];
    char *path = *folder == 0 ? mem_strdup(dir) : path_inside(dir, folder, e);
    bool ok = path != NULL && weights_open(path, &w->w, e);
    free(path);
    if (ok)
        m->weights[m->nweights++].folder = mem_strdup(folder);
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
    if (!sentence_module(p, (enum sentence_kind)kind, m->own[i], folder, value, e))
        return false;
    return kind != SENTENCE_DENSE || dir == NULL || open_weights(m, dir, folder, e);
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
