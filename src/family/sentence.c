/* Sentence encoders: pooling, dense layers and scaling on an encoder (Reimers and Gurevych 2019;
 * the modules of sentence-transformers). */
#include "family/sentence.h"

#include <stdio.h>
#include <string.h>

#include "blocks.h"

#define LIMIT_WIDTH (1 << 20)
#define UNIT_EPS 1e-12f /* torch.nn.functional.normalize's */

static const struct {
    const char *mode, *old_key, *site;
    enum k_pool pool;
} modes[] = {
    {"cls", "pooling_mode_cls_token", "pool.cls", POOL_FIRST},
    {"max", "pooling_mode_max_tokens", "pool.max", POOL_MAX},
    {"mean", "pooling_mode_mean_tokens", "pool.mean", POOL_MEAN},
    {"mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens", "pool.sqrt", POOL_SQRT_MEAN},
    {"weightedmean", "pooling_mode_weightedmean_tokens", "pool.weighted", POOL_WEIGHTED},
    {"lasttoken", "pooling_mode_lasttoken", "pool.last", POOL_LAST},
};
enum { MODES = sizeof modes / sizeof *modes };

/* The modes that a configuration asks for, in order of the vector's parts: a list of names, or the
 * flags of older files; none: the mean. */
static bool read_modes(const struct config *c, int out[MODES], int *n, struct err *e)
{
    *n = 0;
    for (size_t i = 0; config_item(c, "pooling_mode", i) != NULL; i++) {
        const char *name = config_item(c, "pooling_mode", i);
        int k = 0;
        while (k < MODES && strcmp(modes[k].mode, name) != 0)
            k++;
        for (int j = 0; j < *n; j++)
            if (out[j] == k)
                return err_set(e, ERR_FILE, "%s: pooling_mode \"%.40s\" stands there twice",
                               config_path(c), name);
        if (k == MODES)
            return err_set(e, ERR_FILE, "%s: pooling_mode \"%.40s\" is not known", config_path(c),
                           name);
        out[(*n)++] = k;
    }
    for (int k = 0; k < MODES && !config_has(c, "pooling_mode"); k++) {
        bool on;
        if (!config_bool_or(c, modes[k].old_key, false, &on, e))
            return false;
        if (on)
            out[(*n)++] = k;
    }
    if (*n == 0)
        out[(*n)++] = 2;
    return true;
}

static int64_t width_of(const struct plan *p, int node)
{
    const struct node *n = &p->nodes[node];
    return dim_size(p, n->shape[n->ndim - 1], &(struct binding){1, 1, 1});
}

/* No prompt is put before a text here: leaving its tokens out of the pooling changes nothing. */
static bool note_prompt(struct plan *p, const struct config *c, struct err *e)
{
    bool with;
    if (!config_bool_or(c, "include_prompt", true, &with, e))
        return false;
    if (!with && p->note == NULL)
        p->note = "the pooling leaves out the tokens of a prompt (include_prompt is false): texts "
                  "get none here, so it changes nothing";
    return true;
}

static bool pool(struct blocks *b, const struct config *c, int *value, struct err *e)
{
    int mode[MODES], n;
    if (c == NULL)
        return err_set(e, ERR_FILE, "the pooling module has no config.json");
    if (!read_modes(c, mode, &n, e) || !note_prompt(b->p, c, e))
        return false;
    int64_t width;
    const char *key =
        config_has(c, "embedding_dimension") ? "embedding_dimension" : "word_embedding_dimension";
    if (!config_int_or(c, key, 1, LIMIT_WIDTH, width_of(b->p, b->p->enc_out), &width, e))
        return false;
    if (width != width_of(b->p, b->p->enc_out))
        return err_set(e, ERR_FILE, "%s: \"%s\" is %lld, but the encoder gives %lld",
                       config_path(c), key, (long long)width,
                       (long long)width_of(b->p, b->p->enc_out));
    if (*value >= 0)
        return err_set(e, ERR_FILE, "%s: the positions are pooled already", config_path(c));
    for (int i = 0; i < n; i++) {
        int one = block_pool(b, b->p->enc_out, modes[mode[i]].pool, modes[mode[i]].site);
        char name[32];
        snprintf(name, sizeof name, i == n - 1 ? "pool.all" : "pool.all%d", i + 1);
        *value = i == 0 ? one : block_concat(b, *value, one, name);
    }
    return !b->failed;
}

/* "torch.nn.modules.activation.Tanh" */
static bool activation(const struct config *c, enum k_act *out, struct err *e)
{
    static const struct {
        const char *name;
        enum k_act act;
    } known[] = {{"Identity", ACT_NONE}, {"Tanh", ACT_TANH}, {"ReLU", ACT_RELU},
                 {"GELU", ACT_GELU},     {"SiLU", ACT_SILU}, {"Sigmoid", ACT_SIGMOID}};
    const char *text;
    if (!config_str_or(c, "activation_function", "Tanh", &text, e))
        return false;
    const char *dot = strrchr(text, '.'), *name = dot != NULL ? dot + 1 : text;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0) {
            *out = known[i].act;
            return true;
        }
    return err_set(e, ERR_FILE,
                   "%s: activation_function \"%.60s\" is not known (Identity, Tanh, ReLU, GELU, "
                   "SiLU, Sigmoid)",
                   config_path(c), text);
}

/* Modules may be told to read and write other values than the sentence's; those are not known. */
static bool plain_names(const struct config *c, struct err *e)
{
    static const char *const keys[] = {"module_input_name", "module_output_name"};
    for (int i = 0; i < 2; i++) {
        const char *name;
        if (!config_str_or(c, keys[i], "sentence_embedding", &name, e))
            return false;
        if (strcmp(name, "sentence_embedding") != 0)
            return err_set(e, ERR_FILE,
                           "%s: %s \"%.40s\" is not known: modules after the pooling work on "
                           "sentence_embedding",
                           config_path(c), keys[i], name);
    }
    return true;
}

static int dense_count(const struct plan *p)
{
    int n = 0;
    for (int i = 0; i < p->nsites; i++)
        n += strncmp(p->sites[i].name, "dense", 5) == 0 && strstr(p->sites[i].name, ".pre") != NULL;
    return n;
}

static bool dense(struct blocks *b, const struct config *c, const char *folder, int *value,
                  struct err *e)
{
    int64_t in, out;
    bool bias, residual;
    enum k_act act = ACT_NONE;
    if (c == NULL)
        return err_set(e, ERR_FILE, "the dense module in %s has no config.json", folder);
    if (!config_int(c, "in_features", 1, LIMIT_WIDTH, &in, e) ||
        !config_int(c, "out_features", 1, LIMIT_WIDTH, &out, e) ||
        !config_bool_or(c, "bias", true, &bias, e) ||
        !config_bool_or(c, "use_residual", false, &residual, e) || !plain_names(c, e) ||
        !activation(c, &act, e))
        return false;
    if (residual)
        return err_set(e, ERR_FILE, "%s: use_residual is not known to this version",
                       config_path(c));
    if (*value < 0)
        return err_set(e, ERR_FILE, "%s: a dense module comes before any pooling", config_path(c));
    if (width_of(b->p, *value) != in)
        return err_set(e, ERR_FILE, "%s: \"in_features\" is %lld, but what comes before gives %lld",
                       config_path(c), (long long)in, (long long)width_of(b->p, *value));
    int number = dense_count(b->p) + 1;
    char name[32], symbol[24], prefix[256], tail[16] = "";
    if (number > 1)
        snprintf(tail, sizeof tail, "%d", number);
    snprintf(symbol, sizeof symbol, "E%s", tail);
    snprintf(prefix, sizeof prefix, "%s/linear", folder);
    int e_sym = plan_symbol(b->p, symbol, "width of the sentence vector after a dense layer", out);
    const struct node *x = &b->p->nodes[*value];
    struct linear l = {dim_sym(e_sym), x->shape[x->ndim - 1], bias, prefix};
    snprintf(name, sizeof name, "dense%s.pre", tail);
    int pre = block_linear(b, *value, l, name);
    snprintf(name, sizeof name, "dense%s", tail);
    *value = block_act(b, pre, act, name);
    return !b->failed;
}

bool sentence_module(struct plan *p, enum sentence_kind kind, const struct config *c,
                     const char *folder, int *value, struct err *e)
{
    struct blocks b = {.p = p, .e = e, .layer = -1, .stack = STACK_ENC, .part = PART_POOL};
    if (plan_decodes(p) || p->enc_out < 0)
        return err_set(e, ERR_FILE, "%s has a decoder: sentence vectors are read from encoders",
                       p->family);
    if (kind == SENTENCE_POOL)
        return pool(&b, c, value, e);
    if (kind == SENTENCE_DENSE)
        return dense(&b, c, folder, value, e);
    if (c != NULL && !plain_names(c, e))
        return false;
    if (*value < 0)
        return err_set(e, ERR_FILE, "%s: nothing is pooled before it is scaled", folder);
    if (plan_site(p, "unit") >= 0)
        return err_set(e, ERR_FILE, "%s: the vector is scaled to length 1 already", folder);
    *value = block_unit(&b, *value, UNIT_EPS, "unit");
    return !b.failed;
}

void sentence_end(struct plan *p, int value)
{
    plan_alias(p, value, "embedding");
}
