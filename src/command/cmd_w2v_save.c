/* w2v save, w2v load: files of word vectors. */
#include <stdlib.h>
#include <string.h>

#include "words.h"

static const char formats[] = "text|binary";

static enum w2v_format asked(const struct args *a, enum w2v_format otherwise)
{
    const char *f = args_str(a, "--format");
    return f == NULL ? otherwise : *f == 'b' ? W2V_BINARY : W2V_TEXT;
}

static bool w2v_save_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    bool context = args_has(a, "--context");
    const struct w2v *m = words_present(s, context, e);
    const char *path = args_str(a, "file");
    if (m == NULL)
        return false;
    enum w2v_format f = asked(a, str_ends(path, ".bin") ? W2V_BINARY : W2V_TEXT);
    if (!w2v_save(m, path, f, context, e))
        return args_blame(a, "file", 0, e);
    const char *format = f == W2V_BINARY ? "binary" : "text";
    data_add_str(&out->arena, out->data, "file", path);
    data_add_str(&out->arena, out->data, "format", format);
    data_add_int(&out->arena, out->data, "vocabulary", m->vocab.n);
    data_add_int(&out->arena, out->data, "dim", m->dim);
    out_line(out, TONE_PLAIN, "wrote %s: %d %s vectors of %lld numbers, word2vec's %s format", path,
             m->vocab.n, context ? "context" : "word", (long long)m->dim, format);
    return true;
}

static const struct arg w2v_save_args[] = {
    {.name = "file", .kind = ARG_FILE, .help = "where to write; .bin: binary, else text"},
    {.name = "--format",
     .kind = ARG_CHOICE,
     .help = "whatever the ending says",
     .choices = formats},
    {.name = "--context", .kind = ARG_FLAG, .help = "the context vectors v instead of u"},
    {0},
};

const struct command cmd_w2v_save = {
    .name = "w2v save",
    .alias = "s",
    .group = GROUP_WORDS,
    .flags = CMD_WRITES,
    .args = w2v_save_args,
    .summary = "Write the word vectors to a file that word2vec, gensim and others read",
    .help = "Text: a line 'WORDS NUMBERS', then a word and its numbers a line. Binary: the numbers "
            "as float32.\n"
            "  w2v save words.txt\n  w2v save words.bin\n"
            "In Python: gensim.models.KeyedVectors.load_word2vec_format(\"words.bin\", "
            "binary=True)",
    .exec = w2v_save_exec,
};

static bool w2v_load_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    int64_t twice;
    struct w2v *m = words_load(s, args_str(a, "file"), asked(a, W2V_GUESS), &twice, e);
    if (m == NULL)
        return args_blame(a, "file", 0, e);
    w2v_free(s->words);
    s->words = m;
    if (twice > 0)
        session_note(s, "%lld word%s twice in %s; the first vector counts", (long long)twice,
                     twice == 1 ? " comes" : "s come", m->source);
    data_add_str(&out->arena, out->data, "file", m->source);
    data_add_int(&out->arena, out->data, "vocabulary", m->vocab.n);
    data_add_int(&out->arena, out->data, "dim", m->dim);
    out_line(out, TONE_PLAIN, "%s: %d words of %lld numbers", m->source, m->vocab.n,
             (long long)m->dim);
    return true;
}

static const struct arg w2v_load_args[] = {
    {.name = "file", .kind = ARG_FILE, .help = "word2vec's text or binary format"},
    {.name = "--format", .kind = ARG_CHOICE, .help = "if the guess is wrong", .choices = formats},
    {0},
};

const struct command cmd_w2v_load = {
    .name = "w2v load",
    .alias = "l",
    .group = GROUP_WORDS,
    .args = w2v_load_args,
    .summary = "Read word vectors from a file in word2vec's text or binary format",
    .help = "The vectors that are there stay when the file cannot be read. A file holds target "
            "vectors alone, so gradients\n"
            "need a training of their own.\n"
            "  w2v load words.bin",
    .exec = w2v_load_exec,
};
