/* What the commands on word vectors share: the text, the options, the vectors that are there. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* The words of the argument as one text; false: it is one word without blanks, so a file. */
static bool typed(const struct args *a, struct str *text)
{
    int n = args_count(a, "file");
    for (int i = 0; i < n; i++)
        str_addf(text, "%s%s", i > 0 ? " " : "", args_nth(a, "file", i));
    return n > 1 || (n == 1 && strpbrk(text->s, " \t\n") != NULL && !file_exists(text->s));
}

bool words_text(const struct args *a, struct arena *arena, bool bundled, int64_t min_count,
                struct text *out, const char **name, struct err *e)
{
    struct str text = STR_INIT;
    bool ok, direct = typed(a, &text);
    if (direct) {
        *name = "the text";
        ok = text_parse(text.s, text.len, *name, min_count, out, e);
    } else if (args_has(a, "file")) {
        *name = arena_strdup(arena, text.s);
        ok = text_open(text.s, min_count, out, e);
    } else if (bundled) {
        char *path = example_file("words.fa.txt");
        *name = "the bundled corpus";
        ok = (path != NULL ||
              err_set(e, ERR_FILE, "the bundled corpus is not there; name a file")) &&
             text_open(path, min_count, out, e);
        free(path);
    } else {
        ok = err_set(e, ERR_COMMAND, "a text is missing") ||
             err_hint(e, "name a file, or write several words");
    }
    str_release(&text);
    return ok || (!direct && args_blame(a, "file", 0, e));
}

void words_note(struct session *s, const struct text *t)
{
    if (t->bad_bytes > 0)
        session_note(s, "%lld byte%s of the text %s not UTF-8 and became U+FFFD",
                     (long long)t->bad_bytes, t->bad_bytes == 1 ? "" : "s",
                     t->bad_bytes == 1 ? "is" : "are");
}

struct w2v *words_present(struct session *s, bool context, struct err *e)
{
    if (s->words == NULL) {
        err_set(e, ERR_COMMAND, "there are no word vectors yet");
        err_hint(e, "w2v train learns them from a text, w2v load reads a file of them");
        return NULL;
    }
    if (context && s->words->v == NULL) {
        err_set(e, ERR_COMMAND, "%s holds target vectors u alone; the context vectors v are needed",
                s->words->source);
        err_hint(e, "w2v train makes both");
        return NULL;
    }
    return s->words;
}

bool words_id(const struct args *a, const char *arg, const struct w2v *m, int32_t *id,
              struct err *e)
{
    return vocab_find(&m->vocab, args_str(a, arg), id, e) || args_blame(a, arg, 0, e);
}

struct w2v_options words_options(const struct args *a, const struct text *t)
{
    enum { SHORT = 10000 }; /* words: in so few every one is frequent */
    struct w2v_options o = w2v_defaults(args_has(a, "--cbow"), args_has(a, "--softmax"));
    o.fixed = args_has(a, "--fixed");
    o.dim = args_int(a, "--dim", o.dim);
    o.window = args_int(a, "--window", o.window);
    o.negatives = args_int(a, "--negatives", o.negatives);
    o.epochs = args_int(a, "--epochs", o.epochs);
    o.rate = args_num(a, "--rate", o.rate);
    o.least = o.least < o.rate ? o.least : o.rate;
    o.sample = args_num(a, "--sample", t->n < SHORT ? 0 : o.sample);
    o.power = args_num(a, "--power", o.power);
    o.seed = (uint64_t)args_int(a, "--seed", (int64_t)o.seed);
    return o;
}

struct report {
    struct session *s;
    const char *what;
};

static void progress(void *ud, double fraction)
{
    const struct report *r = ud;
    r->s->hooks.progress(r->s->hooks.ud, r->what, fraction, false);
}

static void done(struct session *s, const char *what)
{
    if (s->hooks.progress != NULL)
        s->hooks.progress(s->hooks.ud, what, 1, true);
}

bool words_train(struct session *s, struct text *t, const struct w2v_options *o, const char *what,
                 struct w2v **out, struct err *e)
{
    struct report r = {s, what};
    bool ok = w2v_train(t, o, s->hooks.progress != NULL ? progress : NULL, &r, out, e);
    done(s, what);
    return ok;
}

struct w2v *words_load(struct session *s, const char *path, enum w2v_format f, int64_t *twice,
                       struct err *e)
{
    struct report r = {s, "reading"};
    struct w2v *m = w2v_load(path, f, s->hooks.progress != NULL ? progress : NULL, &r, twice, e);
    done(s, r.what);
    return m;
}
