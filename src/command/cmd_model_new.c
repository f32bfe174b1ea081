/* model new: a model of any size without weights, from options or from a configuration file. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "models.h"

static const struct {
    const char *option, *key;
} sizes[] = {
    {"--d-model", "d_model"},
    {"--heads", "heads"},
    {"--d-k", "d_k"},
    {"--d-v", "d_v"},
    {"--d-ff", "d_ff"},
    {"--enc-layers", "encoder_layers"},
    {"--dec-layers", "decoder_layers"},
    {"--vocab", "vocab_size"},
    {"--target-vocab", "target_vocab_size"},
};

/* Whether an option that gives a size was written, and which: only a made model has them. */
static const char *any_size(const struct args *a)
{
    static const char *const others[] = {"--layers", "--activation", "--no-bias"};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (args_has(a, sizes[i].option))
            return sizes[i].option;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (args_has(a, others[i]))
            return others[i];
    return NULL;
}

/* The configuration that the options stand for, as a config.json of the family "transformer". */
static bool from_options(const struct args *a, bool encoder, bool decoder, struct config **out,
                         struct err *e)
{
    struct str text = STR_INIT;
    str_add(&text, "{\"model_type\": \"transformer\"");
    int64_t layers = args_int(a, "--layers", -1);
    if (layers > 0 && !args_has(a, "--enc-layers"))
        str_addf(&text, ", \"encoder_layers\": %lld", (long long)(encoder ? layers : 0));
    else if (!encoder)
        str_add(&text, ", \"encoder_layers\": 0");
    if (layers > 0 && !args_has(a, "--dec-layers"))
        str_addf(&text, ", \"decoder_layers\": %lld", (long long)(decoder ? layers : 0));
    else if (!decoder)
        str_add(&text, ", \"decoder_layers\": 0");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (args_has(a, sizes[i].option))
            str_addf(&text, ", \"%s\": %lld", sizes[i].key,
                     (long long)args_int(a, sizes[i].option, 0));
    if (args_has(a, "--activation"))
        str_addf(&text, ", \"activation_function\": \"%s\"", args_str(a, "--activation"));
    str_addf(&text, ", \"bias\": %s}", args_has(a, "--no-bias") ? "false" : "true");
    bool ok = config_parse(text.s, text.len, "model new", out, e);
    str_release(&text);
    return ok;
}

/* An option for the side that is not there would change nothing. */
static bool check_sides(const struct args *a, bool encoder, bool decoder, struct err *e)
{
    static const char *const of_encoder[] = {"--enc-layers", NULL}, *const of_decoder[] = {
                                                                        "--dec-layers",
                                                                        "--target-vocab", NULL};
    for (int side = 0; side < 2; side++) {
        const char *const *list = side == 0 ? of_encoder : of_decoder;
        for (; *list != NULL && !(side == 0 ? encoder : decoder); list++)
            if (args_has(a, *list))
                return err_set(e, ERR_COMMAND, "%s: this model has no %s", *list,
                               stack_word((enum stack)side)) ||
                       args_blame(a, *list, 0, e);
    }
    return true;
}

/* What the model of a file is called: the folder that its config.json lies in, else the file. */
static const char *name_of(const struct args *a, struct arena *arena)
{
    static const char usual[] = "/config.json";
    char *text = arena_strdup(arena, args_str(a, "what"));
    if (str_ends(text, usual))
        text[strlen(text) - strlen(usual)] = 0;
    for (size_t n = strlen(text); n > 1 && text[n - 1] == '/'; n--)
        text[n - 1] = 0;
    const char *slash = strrchr(text, '/');
    return slash != NULL && slash[1] != 0 ? slash + 1 : text;
}

static bool from_file(const struct args *a, struct config **out, struct err *e)
{
    char *path = models_path(args_str(a, "what"));
    const char *option = any_size(a);
    bool ok = true;
    if (!file_exists(path))
        ok = err_set(e, ERR_COMMAND,
                     "%s: no such file or folder, and none of transformer, encoder, decoder",
                     args_str(a, "what"));
    else if (option != NULL)
        ok = err_set(e, ERR_COMMAND, "%s: the sizes are those of the file", option) ||
             args_blame(a, option, 0, e);
    else if (file_is_dir(path)) {
        char *config = path_join(path, "config.json");
        ok = config_open(config, out, e);
        free(config);
    } else {
        ok = config_open(path, out, e);
    }
    free(path);
    if (!ok && e->column < 0)
        args_blame(a, "what", 0, e);
    return ok;
}

static bool model_new_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    const char *what = args_str(a, "what");
    bool encoder = strcmp(what, "encoder") == 0, decoder = strcmp(what, "decoder") == 0,
         both = strcmp(what, "transformer") == 0;
    struct config *c = NULL;
    struct model *m = NULL;
    bool ok, made = encoder || decoder || both;
    if (made)
        ok = check_sides(a, !decoder, !encoder, e) && from_options(a, !decoder, !encoder, &c, e);
    else
        ok = from_file(a, &c, e);
    if (ok && !model_of_config(c, name_of(a, &out->arena), &m, e)) {
        ok = false;
        if (made)
            e->kind = ERR_COMMAND;
        if (made && !args_has(a, "--d-k") && strstr(e->msg, "d_k") != NULL)
            err_hint(e, "for example --d-k 64");
    }
    if (!ok)
        return false;
    session_take(s, m);
    models_opened(s, out);
    return true;
}

#define SIZE(option, text, most)                                                                   \
    {                                                                                              \
        .name = (option), .kind = ARG_INT, .help = (text), .optional = true, .lo = 1, .hi = (most) \
    }
#define WIDEST (1 << 20)

static const struct arg model_new_args[] = {
    SIZE("--d-model", "width of the residual stream (512)", WIDEST),
    SIZE("--heads", "heads (8)", WIDEST),
    SIZE("--d-k", "width of a head (d_model / heads)", WIDEST),
    SIZE("--d-v", "width of a head's values (that of its keys)", WIDEST),
    SIZE("--d-ff", "width of the feed-forward layer (4 d_model)", WIDEST),
    SIZE("--layers", "layers of each side (6)", 1024),
    SIZE("--enc-layers", "layers of the encoder", 1024),
    SIZE("--dec-layers", "layers of the decoder", 1024),
    SIZE("--vocab", "tokens of the source (32000)", 1 << 28),
    SIZE("--target-vocab", "tokens of the target (as many)", 1 << 28),
    {.name = "--activation",
     .kind = ARG_CHOICE,
     .help = "of the feed-forward layer (relu)",
     .optional = true,
     .choices = "relu|gelu|gelu_new|swish|tanh"},
    {.name = "--no-bias",
     .kind = ARG_FLAG,
     .help = "no biases in attention and feed-forward layer",
     .optional = true},
    {.name = "what",
     .kind = ARG_FILE,
     .help = "transformer, encoder, decoder; or a config.json, or a folder that has one",
     .choices = "transformer|encoder|decoder"},
    {0},
};

const struct command cmd_model_new = {
    .name = "model new",
    .alias = "n",
    .group = GROUP_MODEL,
    .args = model_new_args,
    .summary = "A model of any size without weights, to ask for shapes and costs",
    .help =
        "Everything that follows from sizes works on it: shapes, count, explain, plot cost, list. "
        "Nothing of the size\n"
        "asked for is allocated. It is the transformer of 2017: post-norm, sinusoid positions, an "
        "output layer with\n"
        "bias; heads need not divide d_model: they are joined to heads * d_k, and W_O brings that "
        "back to d_model.\n"
        "A file gives its own sizes; its weights, if any, are left alone.\n"
        "  model new transformer --d-model 1024 --heads 4 --d-k 192 --d-ff 1024 --layers 12 "
        "--vocab 20000 --target-vocab 30000\n"
        "  model new decoder --layers 96 --d-model 12288 --heads 96\n"
        "  model new examples/models/fa-en/config.json",
    .exec = model_new_exec,
};
