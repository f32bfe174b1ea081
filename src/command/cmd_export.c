/* export: values to a file, a view as a picture or page; by the ending. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/version.h"
#include "export.h"
#include "format/save.h"
#include "internal.h"
#include "values.h"

struct items {
    struct save_item *v;
    size_t n, cap;
};

/* The same site may be matched twice: it is written once. */
static bool has_item(const struct items *x, const char *name)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->v[i].name, name) == 0)
            return true;
    return false;
}

/* A view was meant: a command stands where values are named. */
static bool hint_view(struct session *s, const char *word, struct err *e)
{
    struct err spare = ERR_INIT;
    int used;
    const struct command *c = command_find(s, word, &used, &spare);
    if (c != NULL && strcmp(c->name, word) == 0)
        err_hint(e, "what '%s' draws goes to a file that ends with %s", c->name, export_pictures);
    err_clear(&spare);
    return false;
}

static bool collect(struct session *s, const struct args *a, struct result *out, struct items *x,
                    struct err *e)
{
    for (int i = 0; i < args_count(a, "site"); i++) {
        struct site_ref *v;
        size_t n;
        if (!values_match(s, a, "site", i, &v, &n, e))
            return hint_view(s, args_nth(a, "site", i), e);
        bool ok = true;
        for (size_t k = 0; ok && k < n; k++) {
            const char *name = values_name(&out->arena, &v[k]);
            struct tensor t;
            if (has_item(x, name))
                continue;
            ok = sites_tensor(s, &v[k], &t, e) || args_blame(a, "site", i, e);
            if (ok)
                ARRAY_PUSH(x->v, x->n, x->cap) = (struct save_item){name, t};
        }
        free(v);
        if (!ok)
            return false;
    }
    return true;
}

/* ---- metadata -------------------------------------------------------------------------------- */

static const char *json_text(struct arena *a, const struct data *d)
{
    struct str t = STR_INIT;
    data_json(&t, d);
    const char *copy = arena_strdup(a, t.s);
    str_release(&t);
    return copy;
}

const char *export_axes(struct arena *a, const struct save_item *v, size_t n)
{
    struct data *all = data_map(a);
    for (size_t i = 0; i < n; i++) {
        struct data *axes = data_add_list(a, all, v[i].name);
        for (int k = 0; k < v[i].t.ndim; k++)
            data_add_str(a, axes, NULL, v[i].t.axis[k]);
    }
    return json_text(a, all);
}

/* Ids and pieces of one side as JSON lists. */
static void tokens_json(struct session *s, enum token_side side, struct arena *a, const char **ids,
                        const char **pieces)
{
    int64_t n;
    const int32_t *v = session_tokens(s, side, &n);
    struct data *list = data_list(a), *words = data_list(a);
    for (int64_t i = 0; i < n; i++) {
        char buf[24];
        data_add_int(a, list, NULL, v[i]);
        data_add_str(a, words, NULL, session_piece(s, side, v[i], buf));
    }
    *ids = json_text(a, list);
    *pieces = json_text(a, words);
}

static bool write_items(struct session *s, const char *path, const struct items *x, struct arena *a,
                        struct err *e)
{
    const char *src_ids, *src, *tgt_ids, *tgt;
    tokens_json(s, TOKEN_SOURCE, a, &src_ids, &src);
    tokens_json(s, TOKEN_TARGET, a, &tgt_ids, &tgt);
    struct save_meta meta[8] = {
        {"rasad", RASAD_VERSION},
        {"model", s->model->path},
        {"axes", export_axes(a, x->v, x->n)},
        {"source_ids", src_ids},
        {"source_tokens", src},
        {"target_ids", tgt_ids},
        {"target_tokens", tgt},
        {"source_text", s->source.text},
    };
    return save_tensors(path, x->v, x->n, meta, s->source.text != NULL ? 8 : 7, e);
}

static bool export_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *path = args_str(a, "file");
    struct items x = {0};
    if (export_is_picture(path))
        return export_picture(s, a, out, e);
    if (!save_known(path)) {
        err_set(e, ERR_COMMAND, "cannot tell the format of '%s' from its ending", path);
        err_hint(e, "known endings: of values %s; of the last view %s", save_endings,
                 export_pictures);
        return args_blame(a, "file", 0, e);
    }
    if (!command_ready(s, args_command(a), NEED_RUN, e))
        return false;
    if (args_count(a, "site") == 0)
        return err_set(e, ERR_COMMAND, "export: which values?") ||
               err_hint(e, "usage: export FILE GLOB..., for example export all.safetensors *");
    bool ok = collect(s, a, out, &x, e);
    if (ok)
        ok = write_items(s, path, &x, &out->arena, e) || args_blame(a, "file", 0, e);
    double bytes = 0;
    struct data *list = ok ? data_add_list(&out->arena, out->data, "sites") : NULL;
    for (size_t i = 0; i < x.n; i++) {
        bytes += (double)tensor_count(&x.v[i].t) * sizeof(float);
        if (ok)
            data_add_str(&out->arena, list, NULL, x.v[i].name);
        tensor_unref(&x.v[i].t);
    }
    if (ok) {
        data_add_str(&out->arena, out->data, "file", path);
        out_line(out, TONE_PLAIN, "wrote %s (%zu value%s, %s of numbers)", path, x.n,
                 x.n == 1 ? "" : "s", values_bytes_text(&out->arena, bytes));
    }
    free(x.v);
    return ok;
}

static const struct arg export_args[] = {
    {.name = "file",
     .kind = ARG_FILE,
     .help = "its ending says how: .safetensors .npz .npy .json .csv, or .svg .png .html"},
    {.name = "site",
     .kind = ARG_SITE,
     .help = "values, * for all; of pictures: a command whose view is drawn",
     .optional = true,
     .many = true,
     .line = true},
    {0},
};

const struct command cmd_export = {
    .name = "export",
    .alias = "exp",
    .group = GROUP_EXPORT,
    .flags = CMD_WRITES,
    .args = export_args,
    .summary = "Write values or the last view to a file: .npz .csv ... .svg .png .html",
    .help =
        "Values: one float32 tensor for each site, named by the site; .npy and .csv take one. A "
        ".safetensors file holds in\n"
        "__metadata__ the axes, the tokens and ids of both sides and the model's path. An old "
        "file stays whole until\n"
        "the new one is.\n"
        "Pictures and pages: the last table, map or curves that were shown, or those of a "
        "command, with the sentence and\n"
        "the model. `set colormap`, `set axis rtl` and `set digits` hold for them.\n"
        "  export all.safetensors *\n  export attention.npz *.pattern\n  export h2.csv "
        "dec.1.cross.pattern.h2\n"
        "  attn h3\n  export h3.svg                         the map just drawn\n"
        "  export cross.png cross 1              a command's view\n"
        "  export tokens.html tokens",
    .exec = export_exec,
};
