/* w2v train, w2v info: learning word vectors from a text, and what was learnt. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "words.h"

/* "skip-gram, negative sampling (5 negatives), window 1-5, 64 numbers, 20 epochs" */
static const char *recipe(const struct w2v *m, struct arena *a)
{
    const struct w2v_options *o = &m->options;
    const char *negatives =
        o->softmax ? "" : arena_printf(a, " (%lld negatives)", (long long)o->negatives);
    return arena_printf(a, "%s%s, window %s%lld, %lld numbers, %lld epoch%s, seed %llu",
                        w2v_method(o), negatives, o->fixed || o->window == 1 ? "" : "1-",
                        (long long)o->window, (long long)o->dim, (long long)o->epochs,
                        o->epochs == 1 ? "" : "s", (unsigned long long)o->seed);
}

static void training_data(const struct w2v *m, struct arena *a, struct data *to)
{
    const struct w2v_options *o = &m->options;
    data_add_str(a, to, "method", w2v_method(o));
    data_add_int(a, to, "window", o->window);
    data_add_bool(a, to, "fixed", o->fixed);
    data_add_int(a, to, "negatives", o->softmax ? 0 : o->negatives);
    data_add_int(a, to, "epochs", o->epochs);
    data_add_num(a, to, "rate", o->rate);
    data_add_num(a, to, "sample", o->sample);
    data_add_num(a, to, "power", o->power);
    data_add_int(a, to, "seed", (int64_t)o->seed);
    data_add_int(a, to, "tokens", m->tokens);
    data_add_int(a, to, "sentences", m->sentences);
    data_add_int(a, to, "words", m->words);
    data_add_int(a, to, "learnt", m->learnt);
    data_add_int(a, to, "pairs", m->pairs);
    data_add_num(a, to, "done", m->done);
    data_add_num(a, to, "seconds", m->seconds);
    data_add_num(a, to, "words_per_second", m->seconds > 0 ? (double)m->words / m->seconds : 0);
    if (m->points > 0)
        data_add_num(a, to, "loss", m->curve[m->points - 1].loss);
    struct data *list = data_add_list(a, to, "curve");
    for (size_t i = 0; i < m->points; i++) {
        struct data *d = data_add_map(a, list, NULL);
        data_add_num(a, d, "words", m->curve[i].words);
        data_add_num(a, d, "loss", m->curve[i].loss);
    }
}

static void vectors_data(const struct w2v *m, struct arena *a, struct data *to)
{
    data_add_str(a, to, "source", m->source);
    data_add_int(a, to, "vocabulary", m->vocab.n);
    data_add_int(a, to, "dim", m->dim);
    data_add_bool(a, to, "context", m->v != NULL);
    if (m->trained)
        training_data(m, a, to);
}

static void curve(const struct w2v *m, struct result *out)
{
    if (m->points < 2)
        return;
    struct plot *p = out_plot(out, 1, (int)m->points);
    p->title = "mean loss of an example";
    p->x_name = "epochs";
    p->y_name = "loss";
    p->series[0].label = w2v_method(&m->options);
    for (size_t i = 0; i < m->points; i++) {
        p->series[0].x[i] = m->curve[i].words / (double)m->tokens;
        p->series[0].y[i] = m->curve[i].loss;
    }
}

static void describe(const struct w2v *m, struct result *out)
{
    out_begin(out);
    out_span(out, TONE_STRONG, "%d words", m->vocab.n);
    out_span(out, TONE_PLAIN, " of %lld numbers, from %s", (long long)m->dim, m->source);
    if (!m->trained) {
        out_line(out, TONE_DIM, "read from a file: target vectors u alone");
        return;
    }
    out_line(out, TONE_PLAIN, "%s", recipe(m, &out->arena));
    out_line(out, TONE_PLAIN,
             "%lld tokens in %lld sentence%s; %lld of %lld read were learnt from, %lld %s",
             (long long)m->tokens, (long long)m->sentences, m->sentences == 1 ? "" : "s",
             (long long)m->learnt, (long long)m->words, (long long)m->pairs,
             m->options.cbow ? "windows" : "pairs");
    if (m->points > 0)
        out_line(out, TONE_PLAIN, "loss %.3f at first, %.3f at the end (means of an example)",
                 m->curve[0].loss, m->curve[m->points - 1].loss);
}

/* ---- train ----------------------------------------------------------------------------------- */

static bool w2v_train_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    struct text t;
    const char *name;
    struct w2v *m;
    int64_t min_count = args_int(a, "--min-count", 1);
    if (!words_text(a, &out->arena, true, min_count, &t, &name, e))
        return false;
    words_note(s, &t);
    struct w2v_options o = words_options(a, &t);
    bool ok = words_train(s, &t, &o, "training", &m, e);
    text_release(&t);
    if (!ok)
        return false;
    m->source = mem_strdup(name);
    w2v_free(s->words);
    s->words = m;
    vectors_data(m, &out->arena, out->data);
    describe(m, out);
    if (m->done < 1)
        out_line(out, TONE_BAD, "stopped after %.0f %%; the vectors are those learnt until then",
                 100 * m->done);
    out_line(out, TONE_DIM, "%.2f s, %.0f words a second", m->seconds,
             m->seconds > 0 ? (double)m->words / m->seconds : 0);
    if (args_has(a, "--curve"))
        curve(m, out);
    return true;
}

static const struct arg w2v_train_args[] = {
    WORDS_FILE_ARG,
    WORDS_TRAIN_ARGS,
    {.name = "--window", .kind = ARG_INT, .help = "words on either side (5)"},
    {.name = "--min-count",
     .kind = ARG_INT,
     .help = "rarer words are left out (1)",
     .lo = 1,
     .hi = INT32_MAX},
    {.name = "--curve", .kind = ARG_FLAG, .help = "draws the loss"},
    {0},
};

const struct command cmd_w2v_train = {
    .name = "w2v train",
    .alias = "t",
    .group = GROUP_WORDS,
    .args = w2v_train_args,
    .summary = "Learn word vectors from a text: skip-gram or CBOW",
    .help =
        "Each word gets two vectors: u as the target in the middle of a window, v as the "
        "output (context) near it.\n"
        "P(o|t) = exp(v_o . u_t) / sum over all w of exp(v_w . u_t). Skip-gram raises P of the "
        "words around t; --softmax\n"
        "does it as written, otherwise negative sampling tells each right word from a few drawn "
        "ones. CBOW predicts the\n"
        "middle word from the mean of the u around it. Without a file: the bundled corpus. "
        "One seed gives one result.\n"
        "Ctrl-C ends it early; what was learnt until then stays.\n"
        "  w2v train\n"
        "  w2v train corpus.txt --dim 100 --window 3 --epochs 10 --curve\n"
        "  w2v train corpus.txt --cbow --softmax",
    .exec = w2v_train_exec,
};

/* ---- info ------------------------------------------------------------------------------------ */

static bool w2v_info_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    (void)a;
    const struct w2v *m = words_present(s, false, e);
    if (m == NULL)
        return false;
    vectors_data(m, &out->arena, out->data);
    describe(m, out);
    if (m->trained)
        curve(m, out);
    return true;
}

const struct command cmd_w2v_info = {
    .name = "w2v info",
    .alias = "i",
    .group = GROUP_WORDS,
    .summary = "The word vectors that are there: size, source, how they were trained",
    .help = "  w2v info",
    .exec = w2v_info_exec,
};
