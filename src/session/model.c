/* Opening a model: configuration to plan, weights bound to the plan's parameters, tokenizers. */
#include "session/model.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "family/family.h"
#include "internal.h"

enum { UNUSED_NAMED = 8 }; /* tensors without a use that are named; the others are counted */

static void note(struct model *m, char *text)
{
    ARRAY_PUSH(m->notes, m->nnotes, m->notes_cap) = text;
}

static char *last_component(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    size_t from = n;
    while (from > 0 && path[from - 1] != '/')
        from--;
    return mem_strndup(path + from, n - from);
}

/* ---- weights --------------------------------------------------------------------------------- */

static const struct weight *find_param(const struct model *m, const struct param *p,
                                       const char **name)
{
    const struct weights *w = m->weights;
    const struct weight *found = weights_find(w, *name = p->name);
    for (int i = 0; found == NULL && i < 3 && p->alt[i] != NULL; i++)
        found = weights_find(w, *name = p->alt[i]);
    return found != NULL ? found : modules_weight(&m->modules, *name = p->name);
}

static bool check_param(const struct plan *p, const struct param *want, const struct tensor *t,
                        const char *name, struct err *e)
{
    int64_t shape[2];
    const struct binding none = {1, 1, 1};
    bool fits = t->ndim == want->ndim;
    for (int i = 0; i < want->ndim; i++) {
        shape[i] = dim_size(p, want->shape[i], &none);
        fits = fits && t->shape[i] == shape[i];
    }
    if (t->dtype != DT_F32 && t->dtype != DT_F16 && t->dtype != DT_BF16)
        return err_set(e, ERR_FILE, "tensor %s is of type %s; weights must be f32, f16 or bf16",
                       name, dtype_name(t->dtype));
    if (fits)
        return true;
    struct str have = STR_INIT, need = STR_INIT;
    shape_text(&have, t->ndim, t->shape);
    shape_text(&need, want->ndim, shape);
    err_set(e, ERR_FILE, "tensor %s has shape %s but the configuration needs %s", name, have.s,
            need.s);
    str_release(&have);
    str_release(&need);
    return false;
}

/* A table that a formula can give needs only the width of the plan: its length is the file's
 * own. */
static bool check_table(const struct plan *p, const struct param *want, const struct tensor *t,
                        const char *name, struct err *e)
{
    int64_t width = dim_size(p, want->shape[1], &(struct binding){1, 1, 1});
    if (t->ndim == 2 && t->shape[1] == width && t->shape[0] >= p->max_positions)
        return true;
    return check_param(p, want, t, name, e);
}

static bool bind_weights(struct model *m, struct err *e)
{
    const struct plan *p = m->plan;
    struct map taken = MAP_INIT;
    bool ok = true;
    for (int i = 0; ok && i < p->nparams; i++) {
        const struct param *want = &p->params[i];
        const char *name;
        const struct weight *w = find_param(m, want, &name);
        if (w == NULL) {
            if (!want->optional && !want->formula)
                ok = err_set(e, ERR_FILE, "%s: tensor %s is missing", m->path, want->name);
            continue;
        }
        ok = want->formula ? check_table(p, want, &w->t, name, e)
                           : check_param(p, want, &w->t, name, e);
        if (!ok)
            err_wrap(e, "%s", m->path);
        m->params[i] = tensor_ref(&w->t);
        m->param_names[i] = w->name;
        map_add(&taken, w->name, strlen(w->name), i);
        /* Tied weights that were stored under several names are one parameter. */
        const char *const other[] = {want->name, want->alt[0], want->alt[1], want->alt[2]};
        for (int k = 0; k < 4; k++)
            if (other[k] != NULL && weights_find(m->weights, other[k]) != NULL)
                map_add(&taken, other[k], strlen(other[k]), i);
    }
    for (int i = 0; i < p->nignored; i++)
        map_add(&taken, p->ignored[i], strlen(p->ignored[i]), 0);
    int unused = 0;
    for (size_t i = 0; ok && i < weights_count(m->weights); i++) {
        const struct weight *w = weights_at(m->weights, i);
        if (map_get(&taken, w->name, strlen(w->name), -1) >= 0)
            continue;
        if (++unused > UNUSED_NAMED)
            continue;
        struct str text = STR_INIT;
        str_add(&text, "tensor ");
        str_add_visible(&text, w->name, strlen(w->name));
        str_add(&text, " is in the file but this architecture has no use for it");
        note(m, str_detach(&text));
    }
    if (unused > UNUSED_NAMED) {
        struct str text = STR_INIT;
        str_addf(&text, "and %d more tensors that this architecture has no use for",
                 unused - UNUSED_NAMED);
        note(m, str_detach(&text));
    }
    map_release(&taken);
    return ok;
}

/* ---- configuration --------------------------------------------------------------------------- */

static bool read_defaults(struct model *m, struct err *e)
{
    struct gen_options *o = &m->defaults;
    *o = gen_defaults();
    const struct config *g = m->generation != NULL ? m->generation : m->config;
    int64_t beams, max_new, min_new, top_k, length;
    const char *early;
    if (!config_int_or(g, "num_beams", 1, 1024, 1, &beams, e) ||
        !config_int_or(g, "max_new_tokens", 1, INT32_MAX, 0, &max_new, e) ||
        !config_int_or(g, "min_new_tokens", 0, INT32_MAX, 0, &min_new, e) ||
        !config_int_or(g, "max_length", 1, INT32_MAX, 0, &length, e) ||
        !config_int_or(g, "top_k", 0, INT32_MAX, 50, &top_k, e) ||
        !config_double_or(g, "length_penalty", -100, 100, 1, &o->length_penalty, e) ||
        !config_double_or(g, "temperature", 0, 1000, 1, &o->temperature, e) ||
        !config_double_or(g, "top_p", 0, 1, 1, &o->top_p, e))
        return false;
    o->width = (int)beams;
    o->top_k = (int)top_k;
    o->min_new = min_new;
    if (max_new > 0)
        o->max_new = max_new;
    else if (length > 1)
        o->max_new = length - 1; /* max_length counts the start token */
    bool flag = false;
    if (config_str_or(g, "early_stopping", NULL, &early, &(struct err)ERR_INIT) && early != NULL)
        o->early = strcmp(early, "never") == 0 ? EARLY_NEVER : EARLY_FALSE;
    else if (config_bool_or(g, "early_stopping", false, &flag, &(struct err)ERR_INIT))
        o->early = flag ? EARLY_TRUE : EARLY_FALSE;
    return true;
}

/* Rules of generation that the file asks for and rasad does not apply: said, not passed over. */
static void note_unsupported(struct model *m)
{
    const struct config *g = m->generation != NULL ? m->generation : m->config;
    static const struct {
        const char *key;
        double neutral;
    } rules[] = {
        {"repetition_penalty", 1},         {"no_repeat_ngram_size", 0}, {"min_length", 0},
        {"encoder_repetition_penalty", 1}, {"diversity_penalty", 0},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        double v = rules[i].neutral;
        struct err ignored = ERR_INIT;
        bool number = config_double_or(g, rules[i].key, -1e300, 1e300, v, &v, &ignored);
        if (!number || v != rules[i].neutral)
            note(m,
                 mem_printf("%s: %s is not applied by this version", config_path(g), rules[i].key));
    }
    static const char *const lists[] = {"suppress_tokens", "begin_suppress_tokens",
                                        "forced_decoder_ids"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (config_has(g, lists[i]))
            note(m, mem_printf("%s: %s is not applied by this version", config_path(g), lists[i]));
}

/* The plan and the rules of generation, from m->config and m->generation. */
static bool compile(struct model *m, struct err *e)
{
    m->family = family_find(m->config, e);
    if (m->family == NULL)
        return false;
    m->plan = m->family->build(m->config, m->weights, e);
    if (m->plan == NULL || !m->family->rules(m->config, m->generation, &m->rules, e))
        return false;
    if (plan_parameters(m->plan) == INT64_MAX)
        return err_set(e, ERR_FILE, "%s: these sizes ask for more than 2^63 parameters",
                       config_path(m->config));
    if (!read_defaults(m, e))
        return false;
    if (plan_decodes(m->plan))
        note_unsupported(m);
    if (!modules_build(&m->modules, m->plan, m->root, e))
        return false;
    if (m->plan->note != NULL)
        note(m, mem_strdup(m->plan->note));
    return true;
}

static bool open_config(struct model *m, const char *dir, const char *weights, struct err *e)
{
    char *path = path_join(dir, "config.json");
    bool ok = config_open(path, &m->config, e);
    free(path);
    path = path_join(dir, "generation_config.json");
    if (ok && file_exists(path))
        ok = config_open(path, &m->generation, e);
    free(path);
    return ok && weights_open(weights, &m->weights, e) && compile(m, e);
}

static bool take_weights(struct model *m, struct err *e)
{
    size_t n = (size_t)m->plan->nparams;
    m->params = mem_alloc((n + 1) * sizeof *m->params);
    m->param_names = mem_alloc((n + 1) * sizeof *m->param_names);
    return m->weights == NULL || bind_weights(m, e);
}

static bool open_tokenizers(struct model *m, const char *path, struct err *e)
{
    return tokenizer_open_pair(path, &m->tokenizer[TOKEN_SOURCE], &m->tokenizer[TOKEN_TARGET], e);
}

/* Whether something lies there that would be read as weights. */
static bool has_weights(const char *dir, const char *weights)
{
    static const char *const usual[] = {"model.safetensors", "model.safetensors.index.json"};
    bool found = file_exists(weights) && !file_is_dir(weights);
    for (int i = 0; i < 2 && !found; i++) {
        char *path = path_join(dir, usual[i]);
        found = file_exists(path);
        free(path);
    }
    return found;
}

static bool open_dir(struct model *m, const char *dir, const char *weights, struct err *e)
{
    char *config = path_join(dir, "config.json");
    bool has_config = file_exists(config);
    free(config);
    if (has_config && (!open_config(m, dir, weights, e) || !take_weights(m, e)))
        return false;
    if (!has_config && has_weights(dir, weights))
        return err_set(e, ERR_FILE, "%s has weights but no config.json, which says what they are",
                       dir);
    /* A model whose tokenizer is of another kind, or broken, is still good for ids: the reason is
     * told when text is asked for. */
    m->tokenizer_error = (struct err)ERR_INIT;
    if (!open_tokenizers(m, dir, &m->tokenizer_error) && !has_config) {
        *e = m->tokenizer_error;
        return false;
    }
    if (!has_config && m->tokenizer[0] == NULL)
        return err_set(e, ERR_FILE,
                       "%s has no config.json and no tokenizer files: not a model folder", dir);
    return true;
}

/* A text longer than the encoder's limit is cut, as sentence-transformers does; what is not done as it
 * does is said. */
static bool set_limit(struct model *m, const char *dir, struct err *e)
{
    bool lower, prompt;
    int64_t most = m->plan->max_positions;
    if (!modules_limit(dir, &m->max_tokens, &lower, e) || !modules_prompt(m->root, &prompt, e))
        return false;
    if (m->max_tokens == 0 || (most > 0 && m->max_tokens > most))
        m->max_tokens = most;
    if (lower)
        note(m, mem_printf("%s: do_lower_case of sentence_bert_config.json is not applied by this "
                           "version",
                           m->path));
    if (prompt)
        note(m, mem_printf("%s: the default prompt of config_sentence_transformers.json is not put "
                           "before texts: write it yourself where vectors are to be the same",
                           m->path));
    return true;
}

/* The folder of a model; that of a sentence encoder may have the encoder in one of its own. */
static bool open_root(struct model *m, const char *dir, const char *weights, struct err *e)
{
    if (!modules_open(dir, &m->modules, e))
        return false;
    m->root = mem_strdup(dir);
    const char *inner = m->modules.encoder;
    if (inner == NULL)
        return open_dir(m, dir, weights, e);
    char *encoder = *inner != 0 ? path_inside(dir, inner, e) : mem_strdup(dir);
    if (encoder == NULL)
        return false;
    bool ok = open_dir(m, encoder, strcmp(weights, dir) == 0 ? encoder : weights, e);
    if (ok && m->plan == NULL)
        ok = err_set(e, ERR_FILE, "%s has no config.json", encoder);
    ok = ok && set_limit(m, encoder, e);
    free(encoder);
    return ok;
}

/* The folder that a file lies in. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return mem_strdup(".");
    return mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

bool model_open(const char *path, struct model **out, struct err *e)
{
    struct model *m = mem_alloc(sizeof *m);
    m->refs = 1;
    m->path = mem_strdup(path);
    m->name = last_component(path);
    bool ok;
    if (!file_exists(path)) {
        ok = err_set(e, ERR_FILE, "%s: %s", *path ? path : "''",
                     errno == ENOENT ? "no such file or folder" : strerror(errno));
    } else if (file_is_dir(path)) {
        ok = open_root(m, path, path, e);
    } else if (str_ends(path, ".safetensors")) {
        char *dir = folder_of(path);
        ok = open_root(m, dir, path, e);
        free(dir);
    } else {
        ok = open_tokenizers(m, path, e) ||
             err_hint(e, "a model is a folder, a .safetensors file, or a tokenizer file alone");
        if (ok && m->tokenizer[0] == NULL)
            ok = err_set(e, ERR_FILE,
                         "%s is neither a model folder, nor .safetensors, nor a tokenizer file",
                         path);
    }
    if (!ok) {
        model_free(m);
        return false;
    }
    *out = m;
    return true;
}

bool model_of_parts(const struct model_parts *x, const char *name, struct model **out,
                    struct err *e)
{
    struct model *m = mem_alloc(sizeof *m);
    m->refs = 1;
    m->path = mem_strdup(config_path(x->config));
    m->name = mem_strdup(name);
    m->config = x->config;
    m->generation = x->generation;
    m->modules = x->modules;
    m->weights = x->tensors;
    m->tokenizer_error = (struct err)ERR_INIT;
    bool ok = compile(m, e);
    m->weights = NULL; /* they are names */
    weights_free(x->tensors);
    if (!ok) {
        model_free(m);
        return false;
    }
    *out = m;
    return true;
}

bool model_of_config(struct config *c, const char *name, struct model **out, struct err *e)
{
    return model_of_parts(&(struct model_parts){.config = c}, name, out, e);
}

struct model *model_ref(struct model *m)
{
    m->refs++;
    return m;
}

void model_free(struct model *m)
{
    if (m == NULL || --m->refs > 0)
        return;
    for (int i = 0; m->plan != NULL && m->params != NULL && i < m->plan->nparams; i++)
        tensor_unref(&m->params[i]);
    for (size_t i = 0; i < m->nnotes; i++)
        free(m->notes[i]);
    free(m->notes);
    free(m->params);
    free(m->param_names);
    plan_free(m->plan);
    weights_free(m->weights);
    tokenizer_free(m->tokenizer[0]);
    tokenizer_free(m->tokenizer[1]);
    modules_release(&m->modules);
    free(m->root);
    config_free(m->config);
    config_free(m->generation);
    free(m->path);
    free(m->name);
    free(m);
}

int64_t model_parameters(const struct model *m)
{
    if (m->plan == NULL)
        return 0;
    if (m->weights == NULL)
        return plan_parameters(m->plan);
    int64_t n = 0;
    for (int i = 0; i < m->plan->nparams; i++)
        if (m->params[i].data != NULL && !m->plan->params[i].formula)
            n += tensor_count(&m->params[i]);
    return n;
}

size_t model_bytes(const struct model *m)
{
    size_t n = 0;
    for (int i = 0; m->plan != NULL && m->params != NULL && i < m->plan->nparams; i++)
        if (m->params[i].data != NULL)
            n += (size_t)tensor_count(&m->params[i]) * dtype_size(m->params[i].dtype);
    return n;
}

void model_digest(const struct model *m, char out[17])
{
    uint64_t h = 0;
    for (int i = 0; m->plan != NULL && i < m->plan->nparams; i++) {
        const struct param *p = &m->plan->params[i];
        h = hash_bytes(h, p->name, strlen(p->name));
        const struct tensor *t = m->params != NULL ? &m->params[i] : NULL;
        if (t != NULL && t->data != NULL)
            h = hash_bytes(h, t->data, (size_t)tensor_count(t) * dtype_size(t->dtype));
    }
    snprintf(out, 17, "%016llx", (unsigned long long)h);
}

char *model_bundled(const char *name)
{
    char *path = path_bundled("models", name);
    if (path == NULL || file_is_dir(path))
        return path;
    free(path);
    return NULL;
}

char *example_file(const char *name)
{
    return path_bundled("", name);
}
