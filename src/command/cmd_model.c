/* model load, info, list, unload: which model is open. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "models.h"
#include "values.h"

/* ---- info ------------------------------------------------------------------------------------ */

static const char *grouped(struct arena *a, int64_t n)
{
    return values_grouped(a, (double)n, n);
}

static int64_t symbol_size(const struct plan *p, const char *name)
{
    for (int i = 0; i < p->nsymbols; i++)
        if (strcmp(p->symbols[i].name, name) == 0)
            return p->symbols[i].size;
    return -1;
}

static const char *kind_of(const struct plan *p)
{
    return p->layers[0] > 0 && p->layers[1] > 0 ? "encoder-decoder"
           : p->layers[0] > 0                   ? "encoder"
                                                : "decoder";
}

/* "encoder-decoder 6+6 layers, 8 heads, d_model 512, vocabulary 42317" */
static void summary(const struct model *m, struct str *t)
{
    const struct plan *p = m->plan;
    if (p == NULL) {
        str_addf(t, "%s, %d pieces; no model", tokenizer_kind(m->tokenizer[0]),
                 tokenizer_size(m->tokenizer[0]));
        return;
    }
    str_addf(t, "%s, %s ", p->family, kind_of(p));
    if (p->layers[0] > 0)
        str_addf(t, "%d%s", p->layers[0], p->layers[1] > 0 ? "+" : "");
    if (p->layers[1] > 0)
        str_addf(t, "%d", p->layers[1]);
    int heads = p->layers[0] > 0 ? p->heads[0] : p->heads[1];
    str_addf(t, " layer%s, %d", p->layers[0] + p->layers[1] == 1 ? "" : "s", heads);
    if (p->layers[0] > 0 && p->layers[1] > 0 && p->heads[1] != heads)
        str_addf(t, "+%d", p->heads[1]);
    str_addf(t, " head%s, d_model %lld, vocabulary %lld", heads == 1 ? "" : "s",
             (long long)p->symbols[p->sym_stream].size, (long long)p->symbols[p->sym_vocab].size);
    if (m->weights == NULL)
        str_add(t, "; no weights");
}

/* layers and heads are those of the encoder where there is one, as transformers has
 * num_hidden_layers. */
static void plan_data(const struct plan *p, struct arena *a, struct data *to)
{
    bool enc = p->layers[0] > 0;
    data_add_int(a, to, "layers", p->layers[!enc]);
    data_add_int(a, to, "heads", p->heads[!enc]);
    data_add_int(a, to, "d_model", p->symbols[p->sym_stream].size);
    data_add_int(a, to, "vocabulary",
                 p->vocab_source > 0 ? p->vocab_source : p->symbols[p->sym_vocab].size);
    data_add_int(a, to, "target_vocabulary", p->vocab_target);
    data_add_int(a, to, "encoder_layers", p->layers[0]);
    data_add_int(a, to, "decoder_layers", p->layers[1]);
    data_add_int(a, to, "encoder_heads", p->heads[0]);
    data_add_int(a, to, "decoder_heads", p->heads[1]);
    data_add_int(a, to, "max_positions", p->max_positions);
}

static void info_data(const struct model *m, struct arena *a, struct data *to)
{
    data_add_str(a, to, "name", m->name);
    data_add_str(a, to, "path", m->path);
    data_add_str(a, to, "family", m->plan != NULL ? m->plan->family : NULL);
    data_add_int(a, to, "parameters", model_parameters(m));
    data_add_int(a, to, "bytes", (int64_t)model_bytes(m));
    if (m->plan != NULL)
        plan_data(m->plan, a, to);
    else
        data_add_int(a, to, "vocabulary", tokenizer_size(m->tokenizer[0]));
    data_add_bool(a, to, "weights", m->weights != NULL);
    data_add_str(a, to, "tokenizer",
                 m->tokenizer[0] != NULL ? tokenizer_kind(m->tokenizer[0]) : NULL);
}

static void fact(struct result *out, struct table *t, const char *what, const char *value)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, what);
    c[0].tone = TONE_DIM;
    c[1] = cell_str(out, value);
}

/* Bytes that keeping every value of a sentence takes. */
static const char *keeping(const struct plan *p, struct arena *a, int64_t tokens)
{
    int64_t all, some;
    struct binding b = {1, tokens, tokens};
    run_keep_bytes(p, &b, &all, &some);
    const char *length = plan_decodes(p)
                             ? arena_printf(a, "%lld + %lld", (long long)tokens, (long long)tokens)
                             : arena_printf(a, "%lld", (long long)tokens);
    return arena_printf(a, "%s for %s tokens; residuals and patterns %s",
                        values_bytes_text(a, (double)all), length,
                        values_bytes_text(a, (double)some));
}

static const char *both(struct arena *a, int64_t x, int64_t y)
{
    if (x == y || y == 0 || x == 0)
        return arena_printf(a, "%lld", (long long)(x != 0 ? x : y));
    return arena_printf(a, "%lld encoder, %lld decoder", (long long)x, (long long)y);
}

static void special_tokens(const struct model *m, struct arena *a, struct result *out,
                           struct table *t)
{
    const struct tokenizer *k = m->tokenizer[TOKEN_TARGET];
    struct str text = STR_INIT;
    const int32_t ids[] = {m->rules.start, m->rules.neos > 0 ? m->rules.eos[0] : -1, m->rules.pad};
    static const char *const names[] = {"start", "end", "pad"};
    for (int i = 0; i < 3; i++) {
        const char *piece = ids[i] >= 0 && k != NULL ? tokenizer_piece(k, ids[i]) : NULL;
        if (ids[i] >= 0)
            str_addf(&text, "%s%s %d%s%s", text.len > 0 ? ", " : "", names[i], ids[i],
                     piece != NULL ? " " : "", piece != NULL ? piece : "");
    }
    fact(out, t, "special ids", arena_strdup(a, text.s));
    str_release(&text);
}

/* What stands on an encoder. */
static const char *tops_text(const struct plan *p, struct arena *a)
{
    static const struct {
        const char *site, *about;
    } tops[] = {{"mlm.logits", "head for masked tokens"},
                {"pooled", "pooler"},
                {"nsp.logits", "head for the next sentence"},
                {"embedding", "sentence vector"}};
    const char *text = "nothing";
    for (size_t i = 0, n = 0; i < sizeof tops / sizeof *tops; i++)
        if (plan_site(p, tops[i].site) >= 0)
            text = n++ == 0 ? tops[i].about : arena_printf(a, "%s, %s", text, tops[i].about);
    return text;
}

static void plan_facts(const struct model *m, struct arena *a, struct result *out, struct table *t)
{
    const struct plan *p = m->plan;
    int64_t f[2] = {symbol_size(p, "F"), symbol_size(p, "Fd")};
    int64_t k[2] = {symbol_size(p, "K"), symbol_size(p, "Kd")};
    fact(out, t, "architecture", arena_printf(a, "%s, %s", p->family, kind_of(p)));
    fact(out, t, "layers",
         p->layers[0] > 0 && p->layers[1] > 0
             ? arena_printf(a, "%d encoder, %d decoder", p->layers[0], p->layers[1])
             : both(a, p->layers[0], p->layers[1]));
    fact(out, t, "heads", both(a, p->heads[0], p->heads[1]));
    fact(out, t, "width",
         arena_printf(a, "d_model %lld", (long long)p->symbols[p->sym_stream].size));
    fact(out, t, "head width", both(a, k[0], k[1] > 0 ? k[1] : k[0]));
    fact(out, t, "feed-forward", both(a, f[0], f[1] > 0 ? f[1] : f[0]));
    fact(out, t, "vocabulary",
         p->vocab_source == p->vocab_target || p->vocab_source == 0 || !plan_decodes(p)
             ? grouped(a, p->symbols[p->sym_vocab].size)
             : arena_printf(a, "%s source, %s target", grouped(a, p->vocab_source),
                            grouped(a, p->vocab_target)));
    fact(out, t, "positions",
         p->max_positions > 0 ? arena_printf(a, "at most %lld", (long long)p->max_positions)
                              : "no limit");
    if (p->segments > 0)
        fact(out, t, "segments", arena_printf(a, "%lld", (long long)p->segments));
    if (!plan_decodes(p))
        fact(out, t, "on it", tops_text(p, a));
    fact(out, t, "parameters", grouped(a, model_parameters(m)));
    fact(out, t, "weights",
         m->weights != NULL ? values_bytes_text(a, (double)model_bytes(m)) : "none on disk");
    fact(out, t, "keeping all", keeping(p, a, 32));
    special_tokens(m, a, out, t);
}

static bool model_info_exec(struct session *s, const struct args *args, struct result *out,
                            struct err *e)
{
    (void)args, (void)e;
    const struct model *m = s->model;
    struct arena *a = &out->arena;
    info_data(m, a, out->data);
    struct table *t = out_table(out, "_ _*");
    fact(out, t, "model", m->name);
    if (m->plan != NULL)
        plan_facts(m, a, out, t);
    if (m->tokenizer[0] != NULL)
        fact(out, t, "tokenizer",
             arena_printf(a, "%s, %d pieces", tokenizer_kind(m->tokenizer[0]),
                          tokenizer_size(m->tokenizer[0])));
    else
        fact(out, t, "tokenizer",
             m->tokenizer_error.kind != ERR_NONE ? m->tokenizer_error.msg : "none: ids only");
    fact(out, t, "path", m->path);
    for (size_t i = 0; i < m->nnotes; i++)
        fact(out, t, "note", m->notes[i]);
    return true;
}

const struct command cmd_model_info = {
    .name = "model info",
    .alias = "i",
    .group = GROUP_MODEL,
    .needs = NEED_MODEL,
    .summary = "Architecture, layers, heads, sizes, vocabulary, parameters, memory",
    .help = "Parameters are counted once where weights are tied. As data, `layers` and `heads` are "
            "the encoder's where the\n"
            "two stacks differ (decoder_layers and decoder_heads stand beside them).",
    .exec = model_info_exec,
};

/* ---- load, unload ---------------------------------------------------------------------------- */

char *models_path(const char *path)
{
    if (!file_exists(path) && strchr(path, '/') == NULL) {
        char *bundled = model_bundled(path);
        if (bundled != NULL)
            return bundled;
    }
    return mem_strdup(path);
}

void models_opened(struct session *s, struct result *out)
{
    struct str text = STR_INIT;
    summary(s->model, &text);
    info_data(s->model, &out->arena, out->data);
    out_begin(out);
    out_span(out, TONE_STRONG, "%s", s->model->name);
    out_span(out, TONE_PLAIN, ": %s", text.s);
    str_release(&text);
}

static bool model_load_exec(struct session *s, const struct args *a, struct result *out,
                            struct err *e)
{
    char *path = models_path(args_str(a, "file"));
    bool ok = session_open(s, path, e);
    free(path);
    if (!ok)
        return args_blame(a, "file", 0, e);
    models_opened(s, out);
    return true;
}

static const struct arg model_load_args[] = {
    {.name = "file",
     .kind = ARG_FILE,
     .help = "a model folder, a .safetensors file, a tokenizer file"},
    {0},
};

const struct command cmd_model_load = {
    .name = "model load",
    .alias = "l",
    .group = GROUP_MODEL,
    .args = model_load_args,
    .summary = "Open a model; the one that is open stays when it cannot be read",
    .help = "A folder as Hugging Face lays it out (config.json, model.safetensors, tokenizer "
            "files), or a single file. The\n"
            "bare name of a bundled model works too. Input, breaks and runs of the model before "
            "are dropped.\n"
            "  model load examples/models/fa-en",
    .exec = model_load_exec,
};

static bool model_unload_exec(struct session *s, const struct args *a, struct result *out,
                              struct err *e)
{
    (void)a, (void)e;
    out_line(out, TONE_PLAIN, "%s is closed", s->model->name);
    session_close(s);
    return true;
}

const struct command cmd_model_unload = {
    .name = "model unload",
    .group = GROUP_MODEL,
    .needs = NEED_MODEL,
    .summary = "Free the current model",
    .help = "The source, runs, breaks and changes go with it.\n",
    .exec = model_unload_exec,
};

/* ---- list ------------------------------------------------------------------------------------ */

static bool is_model_dir(const char *path)
{
    static const char *const files[] = {"config.json", "source.spm", "tokenizer.json",
                                        "tokenizer.model"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *file = path_join(path, files[i]);
        bool found = file_exists(file);
        free(file);
        if (found)
            return true;
    }
    return false;
}

static const char *family_of(struct arena *a, const char *dir)
{
    char *path = path_join(dir, "config.json");
    struct config *c;
    struct err ignored = ERR_INIT;
    const char *type, *copy = "";
    if (file_exists(path) && config_open(path, &c, &ignored)) {
        if (config_str(c, "model_type", &type, &ignored))
            copy = arena_strdup(a, type);
        config_free(c);
    }
    free(path);
    return copy;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* The model folders in a folder, in order of their names. */
static bool list_dir(struct session *s, const char *dir, struct result *out, struct table *t,
                     struct data *list, struct err *e)
{
    DIR *d = opendir(dir);
    if (d == NULL)
        return err_set(e, ERR_FILE, "%s: this folder cannot be read", dir);
    char **names = NULL;
    size_t n = 0, cap = 0;
    for (const struct dirent *f = readdir(d); f != NULL; f = readdir(d))
        if (f->d_name[0] != '.')
            ARRAY_PUSH(names, n, cap) = mem_strdup(f->d_name);
    closedir(d);
    if (n > 0)
        qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        char *path = path_join(dir, names[i]);
        if (file_is_dir(path) && is_model_dir(path)) {
            const char *family = family_of(&out->arena, path);
            bool open = s->model != NULL && strcmp(s->model->path, path) == 0;
            struct data *m = data_add_map(&out->arena, list, NULL);
            data_add_str(&out->arena, m, "name", names[i]);
            data_add_str(&out->arena, m, "path", path);
            data_add_str(&out->arena, m, "family", family);
            struct cell *c = table_row(out, t);
            c[0] = cell_str(out, open ? "*" : "");
            c[1] = cell_str(out, names[i]);
            c[2] = cell_str(out, family);
            c[3] = cell_str(out, path);
        }
        free(path);
        free(names[i]);
    }
    free(names);
    return true;
}

static bool model_list_exec(struct session *s, const struct args *a, struct result *out,
                            struct err *e)
{
    const char *dir = args_str(a, "folder");
    struct data *list = data_add_list(&out->arena, out->data, "models");
    struct table *t = out_table(out, "_ name family path");
    if (dir != NULL && !list_dir(s, dir, out, t, list, e))
        return args_blame(a, "folder", 0, e);
    if (dir == NULL) {
        char *bundled = model_bundled(".");
        if (bundled != NULL && str_ends(bundled, "/."))
            bundled[strlen(bundled) - 2] = 0;
        bool ok = bundled == NULL || list_dir(s, bundled, out, t, list, e);
        free(bundled);
        char *paths = getenv("RASAD_MODELS") != NULL ? mem_strdup(getenv("RASAD_MODELS")) : NULL,
             *save = NULL;
        for (char *p = paths != NULL ? strtok_r(paths, ":", &save) : NULL; ok && p != NULL;
             p = strtok_r(NULL, ":", &save))
            ok = list_dir(s, p, out, t, list, e);
        free(paths);
        if (!ok)
            return false;
    }
    out_line(out, TONE_PLAIN, "%zu model%s", t->nrows, t->nrows == 1 ? "" : "s");
    return true;
}

static const struct arg model_list_args[] = {
    {.name = "folder", .kind = ARG_FILE, .help = "where to look", .optional = true},
    {0},
};

const struct command cmd_model_list = {
    .name = "model list",
    .alias = "ls",
    .group = GROUP_MODEL,
    .args = model_list_args,
    .summary = "Models in a folder, or in the model path",
    .help = "The model path: the bundled models, then the folders in RASAD_MODELS (separated by "
            "colons). * is open.",
    .exec = model_list_exec,
};
