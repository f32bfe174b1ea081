/* w2v neighbours, w2v analogy: what lies near in the space of words. */
#include <string.h>

#include "base/mem.h"
#include "words.h"

enum { MOST = 1000 };

static void list_words(const struct w2v *m, const struct w2v_near *near, int64_t n,
                       struct result *out)
{
    struct arena *a = &out->arena;
    struct table *t = out_table(out, "#> cosine> count> | word*");
    struct data *list = data_add_list(a, out->data, "neighbours");
    for (int64_t i = 0; i < n; i++) {
        double cosine = (double)near[i].cosine;
        int64_t count = m->vocab.count[near[i].id];
        struct cell *c = table_row(out, t);
        c[0] = cell_int(i + 1);
        c[1] = cell_num(cosine, "%.3f");
        c[2] = count > 0 ? cell_int(count) : cell_str(out, "-");
        c[3] = cell_bar(cosine);
        c[4] = cell_str(out, m->vocab.word[near[i].id]);
        struct data *d = data_add_map(a, list, NULL);
        data_add_str(a, d, "word", m->vocab.word[near[i].id]);
        data_add_num(a, d, "cosine", cosine);
        data_add_int(a, d, "count", count);
    }
}

static struct w2v_near *room(struct arena *a, int64_t k)
{
    return arena_alloc(a, (size_t)k * sizeof(struct w2v_near));
}

static bool w2v_neighbours_exec(struct session *s, const struct args *a, struct result *out,
                                struct err *e)
{
    const struct w2v *m = words_present(s, false, e);
    int64_t k = args_int(a, "k", 10);
    int32_t id;
    if (m == NULL || !words_id(a, "word", m, &id, e))
        return false;
    if (!(m->norm[id] > 0))
        return err_set(e, ERR_COMMAND, "the vector of '%s' is zero: it has no direction",
                       m->vocab.word[id]);
    struct w2v_near *near = room(&out->arena, k);
    int64_t n = w2v_nearest(m, m->u + id * m->stride, &id, 1, k, near);
    data_add_str(&out->arena, out->data, "word", m->vocab.word[id]);
    out_begin(out);
    out_span(out, TONE_PLAIN, "nearest by the cosine of the u to ");
    out_span(out, TONE_STRONG, "%s", m->vocab.word[id]);
    list_words(m, near, n, out);
    return true;
}

static const struct arg w2v_neighbours_args[] = {
    {.name = "word", .kind = ARG_WORD, .help = "a word of the vocabulary"},
    {.name = "k", .kind = ARG_INT, .help = "how many (10)", .optional = true, .lo = 1, .hi = MOST},
    {0},
};

const struct command cmd_w2v_neighbours = {
    .name = "w2v neighbours",
    .alias = "n neighbors",
    .group = GROUP_WORDS,
    .args = w2v_neighbours_args,
    .summary = "The words whose vectors point most in the same direction",
    .help = "By the cosine of their target vectors u; count: occurrences in the text.\n"
            "  w2v neighbours مدرسه\n  w2v neighbours مدرسه 20",
    .exec = w2v_neighbours_exec,
};

static bool w2v_analogy_exec(struct session *s, const struct args *a, struct result *out,
                             struct err *e)
{
    static const char *const names[] = {"a", "b", "c"};
    const struct w2v *m = words_present(s, false, e);
    int64_t k = args_int(a, "k", 5);
    int32_t id[3];
    for (int i = 0; i < 3; i++)
        if (m == NULL || !words_id(a, names[i], m, &id[i], e))
            return false;
    for (int i = 0; i < 3; i++)
        if (!(m->norm[id[i]] > 0))
            return err_set(e, ERR_COMMAND, "the vector of '%s' is zero: it has no direction",
                           m->vocab.word[id[i]]);
    struct arena *arena = &out->arena;
    float *query = arena_alloc(arena, (size_t)m->stride * sizeof *query);
    w2v_analogy(m, id[0], id[1], id[2], query);
    struct w2v_near *near = room(arena, k);
    int64_t n = w2v_nearest(m, query, id, 3, k, near);
    for (int i = 0; i < 3; i++)
        data_add_str(arena, out->data, names[i], m->vocab.word[id[i]]);
    out_begin(out);
    for (int i = 0; i < 3; i++) {
        static const char *const after[] = {" is to ", " as ", " is to ..."};
        out_span(out, TONE_STRONG, "%s", m->vocab.word[id[i]]);
        out_span(out, TONE_PLAIN, "%s", after[i]);
    }
    out_line(out, TONE_DIM, "nearest to u_B - u_A + u_C (each of length 1), the three left out");
    list_words(m, near, n, out);
    return true;
}

static const struct arg w2v_analogy_args[] = {
    {.name = "a", .kind = ARG_WORD, .help = "a word"},
    {.name = "b", .kind = ARG_WORD, .help = "what A is to"},
    {.name = "c", .kind = ARG_WORD, .help = "another like A"},
    {.name = "k", .kind = ARG_INT, .help = "how many (5)", .optional = true, .lo = 1, .hi = MOST},
    {0},
};

const struct command cmd_w2v_analogy = {
    .name = "w2v analogy",
    .alias = "a",
    .group = GROUP_WORDS,
    .args = w2v_analogy_args,
    .summary = "A is to B as C is to what: the words nearest to B - A + C",
    .help = "  w2v analogy تهران ایران پاریس",
    .exec = w2v_analogy_exec,
};
