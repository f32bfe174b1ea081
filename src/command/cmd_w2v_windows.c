/* w2v windows: what the width of the window does to the neighbours, measured. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "words.h"
#include "words/judge.h"

enum { WINDOWS = 6, GROUP = 2, NEAR = 10, SHOWN = 6 };

struct study {
    struct text *t;
    struct w2v_options o;
    struct lexicon *lexicon; /* NULL = none */
    int64_t near, min_count;
    bool curve;   /* draw it */
    int32_t word; /* whose neighbours are shown, -1 = none */
    struct judgement by[WINDOWS], chance;
    const char *neighbours[WINDOWS]; /* of the word, in the arena */
};

/* FILE.tsv beside FILE.txt, when it is there; the bundled one for the bundled corpus. */
static char *lexicon_beside(const struct args *a)
{
    const char *file = args_str(a, "file");
    if (file == NULL)
        return example_file("words.fa.tsv");
    if (args_count(a, "file") > 1 || !str_ends(file, ".txt"))
        return NULL;
    char *path = mem_printf("%.*s.tsv", (int)strlen(file) - 4, file);
    if (file_exists(path))
        return path;
    free(path);
    return NULL;
}

/* *out stays NULL where there is no lexicon. */
static bool find_lexicon(const struct args *a, const struct vocab *v, struct lexicon *room,
                         struct lexicon **out, struct err *e)
{
    bool asked = args_has(a, "--lexicon");
    char *path = asked ? mem_strdup(args_str(a, "--lexicon")) : lexicon_beside(a);
    bool ok = path == NULL || lexicon_open(path, v, room, e);
    if (ok && path != NULL)
        *out = room;
    free(path);
    return ok || (asked && args_blame(a, "--lexicon", 0, e));
}

static const char *near_text(const struct w2v *m, int32_t word, struct arena *a)
{
    struct w2v_near near[SHOWN];
    int64_t n = w2v_nearest(m, m->u + word * m->stride, &word, 1, SHOWN, near);
    struct str text = STR_INIT;
    for (int64_t i = 0; i < n; i++)
        str_addf(&text, "%s%s", i > 0 ? " " : "", m->vocab.word[near[i].id]);
    const char *copy = arena_strdup(a, text.s);
    str_release(&text);
    return copy;
}

/* Trains with each window; the text has its vocabulary back afterwards. */
static bool train_all(struct session *s, struct study *y, struct arena *a, struct err *e)
{
    for (int i = 0; i < WINDOWS; i++) {
        struct w2v_options o = y->o;
        struct w2v *m;
        char what[32];
        o.window = i + 1;
        o.fixed = true;
        snprintf(what, sizeof what, "window %d of %d", i + 1, WINDOWS);
        if (!words_train(s, y->t, &o, what, &m, e))
            return false;
        bool whole = m->done >= 1;
        if (whole) {
            judge(m, &m->vocab, y->t, y->lexicon, y->near, y->min_count, &y->by[i]);
            y->neighbours[i] = y->word >= 0 ? near_text(m, y->word, a) : NULL;
        }
        vocab_move(&y->t->vocab, &m->vocab);
        w2v_free(m);
        if (!whole)
            return err_set(e, ERR_INTERRUPT, "interrupted");
    }
    return true;
}

/* ---- showing --------------------------------------------------------------------------------- */

static struct judgement mean(const struct judgement *j, int n)
{
    struct judgement m = {.judged = j[0].judged, .listed = j[0].listed};
    for (int i = 0; i < n; i++) {
        m.same_part += j[i].same_part / n;
        m.same_class += j[i].same_class / n;
        m.companions += j[i].companions / n;
    }
    return m;
}

static struct cell share(struct result *out, double v)
{
    return isnan(v) ? cell_str(out, "-") : cell_num(100 * v, "%.1f %%");
}

static void row(struct result *out, struct table *t, const char *name, const struct judgement *j)
{
    struct cell *c = table_row(out, t);
    c[0] = cell_str(out, name);
    c[1] = share(out, j->same_part);
    c[2] = share(out, j->same_class);
    c[3] = share(out, j->companions);
}

static void shares_data(struct arena *a, struct data *d, const struct judgement *j)
{
    data_add_num(a, d, "same_part", j->same_part);
    data_add_num(a, d, "same_class", j->same_class);
    data_add_num(a, d, "companions", j->companions);
}

static void curves(const struct study *y, struct result *out)
{
    static const char *const labels[] = {"same part of speech", "same class", "companions"};
    int first = y->lexicon != NULL ? 0 : 2;
    struct plot *p = out_plot(out, 3 - first, WINDOWS);
    p->title = "share of the nearest words";
    p->x_name = "window";
    p->y_name = "%";
    for (int i = first; i < 3; i++) {
        struct plot_series *series = &p->series[i - first];
        series->label = labels[i];
        for (int k = 0; k < WINDOWS; k++) {
            const struct judgement *j = &y->by[k];
            series->x[k] = k + 1;
            series->y[k] = 100 * (i == 0 ? j->same_part : i == 1 ? j->same_class : j->companions);
        }
    }
}

static void change(struct result *out, const char *what, double from, double to)
{
    double points = 100 * fabs(to - from);
    if (isnan(from))
        return;
    out_begin(out);
    out_span(out, TONE_STRONG, "%s: %.1f %% with windows 1-2, %.1f %% with 5-6: ", what, 100 * from,
             100 * to);
    if (points < 0.05)
        out_span(out, TONE_STRONG, "the same");
    else
        out_span(out, TONE_STRONG, "%s by %.1f points", to < from ? "falls" : "rises", points);
}

static void show(const struct study *y, struct result *out)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "window same_part_of_speech> same_class> companions>");
    struct data *each = data_add_list(a, out->data, "windows"),
                *groups = data_add_list(a, out->data, "groups");
    struct judgement mean_of[WINDOWS / GROUP];
    for (int i = 0; i < WINDOWS; i++) {
        row(out, t, arena_printf(a, "%d", i + 1), &y->by[i]);
        struct data *d = data_add_map(a, each, NULL);
        data_add_int(a, d, "window", i + 1);
        shares_data(a, d, &y->by[i]);
        if (y->neighbours[i] != NULL)
            data_add_str(a, d, "neighbours", y->neighbours[i]);
    }
    for (int g = 0; g < WINDOWS / GROUP; g++) {
        mean_of[g] = mean(&y->by[g * GROUP], GROUP);
        row(out, t, arena_printf(a, "%d-%d", g * GROUP + 1, (g + 1) * GROUP), &mean_of[g]);
        struct data *d = data_add_map(a, groups, NULL);
        data_add_int(a, d, "from", g * GROUP + 1);
        data_add_int(a, d, "to", (g + 1) * GROUP);
        shares_data(a, d, &mean_of[g]);
    }
    row(out, t, "chance", &y->chance);
    shares_data(a, data_add_map(a, out->data, "chance"), &y->chance);
    data_add_int(a, out->data, "judged", y->by[0].judged);
    out_line(out, TONE_DIM,
             "shares of the %lld nearest words, means over the %lld words that come %lld times or "
             "more; chance: of all words",
             (long long)y->near, (long long)y->by[0].judged, (long long)y->min_count);
    out_line(out, TONE_DIM,
             "companion: in one sentence with the word at least twice, and twice as often as "
             "chance has it");
    if (y->lexicon == NULL)
        out_line(out, TONE_DIM,
                 "no lexicon: parts of speech and classes are not known (--lexicon)");
    if (y->curve)
        curves(y, out);
    if (y->word >= 0) {
        struct table *n = out_table(out, "window> nearest*");
        for (int i = 0; i < WINDOWS; i++) {
            struct cell *c = table_row(out, n);
            c[0] = cell_int(i + 1);
            c[1] = cell_str(out, y->neighbours[i]);
        }
    }
    const struct judgement *near = &mean_of[0], *wide = &mean_of[WINDOWS / GROUP - 1];
    change(out, "same part of speech", near->same_part, wide->same_part);
    change(out, "same class", near->same_class, wide->same_class);
    change(out, "companions", near->companions, wide->companions);
}

static bool w2v_windows_exec(struct session *s, const struct args *a, struct result *out,
                             struct err *e)
{
    struct text t;
    struct lexicon room = {0};
    const char *name;
    if (!words_text(a, &out->arena, true, args_int(a, "--min-count", 1), &t, &name, e))
        return false;
    words_note(s, &t);
    struct study y = {.t = &t,
                      .o = words_options(a, &t),
                      .near = args_int(a, "--near", NEAR),
                      .min_count = args_int(a, "--judge", 10),
                      .curve = args_has(a, "--curve"),
                      .word = -1};
    bool ok = find_lexicon(a, &t.vocab, &room, &y.lexicon, e);
    if (ok && args_has(a, "--word"))
        ok = vocab_find(&t.vocab, args_str(a, "--word"), &y.word, e) ||
             args_blame(a, "--word", 0, e);
    if (ok && t.vocab.n > 1 && t.vocab.count[0] < y.min_count)
        ok = err_set(e, ERR_COMMAND, "no word comes %lld times, so there is none to judge",
                     (long long)y.min_count) ||
             err_hint(e, "lower --judge");
    if (ok && (ok = train_all(s, &y, &out->arena, e))) {
        judge(NULL, &t.vocab, &t, y.lexicon, y.near, y.min_count, &y.chance);
        show(&y, out);
    }
    lexicon_release(&room);
    text_release(&t);
    return ok;
}

static const struct arg w2v_windows_args[] = {
    WORDS_FILE_ARG,
    WORDS_TRAIN_ARGS,
    {.name = "--min-count",
     .kind = ARG_INT,
     .help = "rarer words are left out (1)",
     .lo = 1,
     .hi = INT32_MAX},
    {.name = "--judge",
     .kind = ARG_INT,
     .help = "words that come so often are judged (10)",
     .lo = 1,
     .hi = INT32_MAX},
    {.name = "--near", .kind = ARG_INT, .help = "how many neighbours (10)", .lo = 1, .hi = 1000},
    {.name = "--lexicon",
     .kind = ARG_FILE,
     .help = "lines WORD tab PART tab CLASS (the .tsv beside a .txt)"},
    {.name = "--curve", .kind = ARG_FLAG, .help = "draws the shares"},
    {.name = "--word", .kind = ARG_WORD, .help = "whose neighbours are shown for each window"},
    {0},
};

const struct command cmd_w2v_windows = {
    .name = "w2v windows",
    .alias = "w",
    .group = GROUP_WORDS,
    .args = w2v_windows_args,
    .summary = "What windows of 1-2, 3-4 and 5-6 words do to the neighbours, measured",
    .help =
        "Trains once with each window from 1 to 6 (whole windows) and looks at the nearest words "
        "of every frequent word:\n"
        "how many are of its part of speech and class (they could stand in its place), how many "
        "are its companions in the\n"
        "sentences of the text (they belong to its topic). The session's vectors stay as they "
        "are.\n"
        "  w2v windows\n  w2v windows --curve --word خورد\n"
        "  w2v windows corpus.txt --lexicon classes.tsv",
    .exec = w2v_windows_exec,
};
