/* align: which source words each target word comes from, by cross-attention. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "maps.h"

static const struct arg align_args[] = {
    {.name = "method",
     .kind = ARG_WORD,
     .help = "argmax (the sharpest head), mean (of all heads), or LAYER.HEAD",
     .optional = true},
    {0},
};

/* Tokens merged to words: a piece that begins with U+2581 starts one. */
struct words {
    int64_t n; /* words */
    int64_t ntokens;
    int64_t *of;       /* [ntokens] word of each token; -1: special */
    const char **text; /* [n] */
    bool rtl;
};

static bool is_special(const struct session *s, enum token_side side, int32_t id)
{
    const struct tokenizer *t = s->model->tokenizer[side];
    const struct gen_rules *r = &s->model->rules;
    if (t != NULL &&
        id == tokenizer_unk(t)) /* a letter that the vocabulary lacks is part of its word */
        return false;
    bool special = id == r->start || id == r->pad || (t != NULL && tokenizer_is_special(t, id));
    for (int i = 0; i < r->neos; i++)
        special = special || r->eos[i] == id;
    return special;
}

static void words_make(struct session *s, struct arena *a, enum token_side side, const int32_t *ids,
                       int64_t n, struct words *w)
{
    bool spelled = s->model->tokenizer[side] != NULL, inside = false;
    *w = (struct words){.ntokens = n};
    w->of = arena_alloc(a, ((size_t)n + 1) * sizeof *w->of);
    w->text = arena_alloc(a, ((size_t)n + 1) * sizeof *w->text);
    for (int64_t i = 0; i < n; i++) {
        char buf[24];
        const char *piece = session_piece(s, side, ids[i], buf);
        bool mark = str_starts(piece, "\xE2\x96\x81");
        w->of[i] = -1;
        if (is_special(s, side, ids[i])) {
            inside = false;
            continue;
        }
        piece += mark ? 3 : 0;
        if (mark || !inside || !spelled)
            w->text[w->n++] = "";
        inside = true;
        w->of[i] = w->n - 1;
        w->text[w->n - 1] = arena_printf(a, "%s%s", w->text[w->n - 1], piece);
        w->rtl = w->rtl || utf8_has_rtl(piece, strlen(piece));
    }
}

/* Everything that a method needs: rows[i] leads to target token i, columns are source tokens. */
struct job {
    struct words source, target; /* target tokens: those after the start token */
    int64_t rows;                /* decoder positions that lead to a token of the target */
};

static void job_make(struct session *s, struct arena *a, struct job *j)
{
    int64_t ns, nt;
    const int32_t *src = session_tokens(s, TOKEN_SOURCE, &ns);
    words_make(s, a, TOKEN_SOURCE, src, ns, &j->source);
    const int32_t *tgt = session_tokens(s, TOKEN_TARGET, &nt);
    j->rows = nt > 0 ? nt - 1 : 0;
    words_make(s, a, TOKEN_TARGET, tgt + (nt > 0), j->rows, &j->target);
}

/* The weight of each source word in one row: what its tokens get together. */
static void row_words(const struct job *j, const struct attn *m, int64_t head, int64_t row,
                      double *out)
{
    for (int64_t w = 0; w < j->source.n; w++)
        out[w] = 0;
    for (int64_t c = 0; c < m->cols.n && c < j->source.ntokens; c++)
        if (j->source.of[c] >= 0)
            out[j->source.of[c]] += attn_at(m, head, row, c);
}

static int64_t largest(const double *v, int64_t n)
{
    int64_t best = 0;
    for (int64_t i = 1; i < n; i++)
        if (v[i] > v[best])
            best = i;
    return best;
}

/* How sharply a head aligns: the mean over the rows of the largest weight on one source word, times
 * the share of words that are reached: a head that looks at one and the same word all the time
 * aligns nothing. */
static double sharpness(const struct job *j, const struct attn *m, int64_t head, double *mean,
                        int64_t *reached)
{
    double *w = mem_alloc(((size_t)j->source.n + 1) * sizeof *w), sum = 0;
    bool *hit = mem_alloc((size_t)j->source.n + 1);
    int64_t rows = 0;
    *reached = 0;
    for (int64_t r = 0; r < m->rows.n && r < j->rows; r++) {
        if (j->target.of[r] < 0)
            continue;
        row_words(j, m, head, r, w);
        int64_t best = largest(w, j->source.n);
        sum += w[best];
        *reached += !hit[best];
        hit[best] = true;
        rows++;
    }
    int64_t most = j->source.n < j->target.n ? j->source.n : j->target.n;
    *mean = rows > 0 ? sum / (double)rows : 0;
    free(w);
    free(hit);
    return most > 0 ? *mean * (double)*reached / (double)most : 0;
}

static int cross_node(const struct plan *p, int from)
{
    for (int i = from; i < p->nnodes; i++)
        if (attn_is_pattern(p, i) && p->nodes[i].part == PART_CROSS)
            return i;
    return -1;
}

static struct attn_ref whole(const struct plan *p, int node)
{
    return (struct attn_ref){
        .site = {.name = p->nodes[node].name, .node = node, .head = -1, .step = -1},
        .last_head = -1};
}

/* The head that aligns most sharply, of all layers; `how` says which and why. */
static bool sharpest(struct session *s, struct arena *a, const struct job *j, struct attn_ref *out,
                     const char **how, struct err *e)
{
    const struct plan *p = s->model->plan;
    double best = -1;
    int heads = 0;
    for (int i = cross_node(p, 0); i >= 0; i = cross_node(p, i + 1)) {
        struct attn_ref ref = whole(p, i);
        struct attn m;
        if (!attn_load(s, a, &ref, &m, e))
            return false;
        for (int64_t h = 0; h < m.t.shape[0]; h++, heads++) {
            double mean;
            int64_t reached;
            double sharp = sharpness(j, &m, h, &mean, &reached);
            if (sharp <= best)
                continue;
            best = sharp;
            *out = ref;
            out->site.head = out->last_head = (int)h;
            *how = arena_printf(
                a, "%.2f on the strongest word in the mean, %lld of %lld source words reached",
                mean, (long long)reached, (long long)j->source.n);
        }
        attn_release(&m);
    }
    *how = arena_printf(a, "the sharpest of %d heads: %s", heads, *how);
    return true;
}

/* The mean of the heads of all layers. */
static bool mean_map(struct session *s, struct arena *a, struct attn *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    int layers = 0;
    for (int i = cross_node(p, 0); i >= 0; i = cross_node(p, i + 1), layers++) {
        struct attn_ref ref = whole(p, i);
        struct attn m;
        if (!attn_load(s, a, &ref, &m, e) || !attn_average(a, &m, e)) {
            if (layers > 0)
                attn_release(out);
            return false;
        }
        if (layers == 0) {
            *out = m;
            continue;
        }
        float *to = tensor_f32(&out->t), *from = tensor_f32(&m.t);
        int64_t n =
            tensor_count(&m.t) < tensor_count(&out->t) ? tensor_count(&m.t) : tensor_count(&out->t);
        for (int64_t k = 0; k < n; k++)
            to[k] += from[k];
        attn_release(&m);
    }
    float *to = tensor_f32(&out->t);
    for (int64_t k = 0; k < tensor_count(&out->t); k++)
        to[k] /= (float)layers;
    return true;
}

/* "1.2", "1.h2" or a site of one head. */
static bool named(struct session *s, struct arena *a, const char *method, int first,
                  struct attn_ref *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    char *text = arena_strdup(a, method), *dot = strchr(text, '.');
    int64_t layer, head;
    if (dot != NULL)
        *dot++ = 0;
    if (dot != NULL && str_int(text, INT32_MIN, INT32_MAX, &layer)) {
        if (!str_int(*dot == 'h' ? dot + 1 : dot, INT32_MIN, INT32_MAX, &head))
            return err_set(e, ERR_COMMAND, "`%s`: a head is named as LAYER.HEAD, for example 1.2",
                           method);
        return attn_layer(s, first, layer, out, e) && attn_head(out, p, head, e);
    }
    if (dot == NULL)
        return err_set(e, ERR_COMMAND, "there is no method `%s`", method) ||
               err_hint(e, "argmax (the sharpest head), mean (of all heads), or LAYER.HEAD, for "
                           "example 1.2");
    return attn_find_one(s, method, out, e);
}

/* The map that the method means, with one panel. */
static bool choose_map(struct session *s, struct arena *a, const char *method, const struct job *j,
                       struct attn *m, const char **how, struct err *e)
{
    int first = cross_node(s->model->plan, 0);
    if (first < 0)
        return err_set(e, ERR_COMMAND, "this model has no cross-attention, so it aligns nothing");
    if (j->target.n == 0)
        return err_set(e, ERR_COMMAND, "the target has no words yet") ||
               err_hint(e, "run, or emit a few tokens");
    if (strcmp(method, "mean") == 0) {
        *how = "mean of all heads of all layers";
        return mean_map(s, a, m, e);
    }
    struct attn_ref ref;
    bool automatic = strcmp(method, "argmax") == 0;
    *how = "as asked";
    if (automatic ? !sharpest(s, a, j, &ref, how, e) : !named(s, a, method, first, &ref, e))
        return false;
    if (s->model->plan->nodes[ref.site.node].part != PART_CROSS)
        return err_set(e, ERR_COMMAND, "%s is no cross-attention", ref.site.name);
    if (!attn_load(s, a, &ref, m, e))
        return false;
    if (m->t.shape[0] == 1 || attn_average(a, m, e))
        return true;
    attn_release(m);
    return false;
}

/* One target word: its rows' best source words, and the mean weight of each word. */
static void align_word(const struct job *j, const struct attn *m, int64_t word, double *weight,
                       bool *linked)
{
    double *w = mem_alloc(((size_t)j->source.n + 1) * sizeof *w);
    int64_t rows = 0;
    for (int64_t c = 0; c < j->source.n; c++) {
        weight[c] = 0;
        linked[c] = false;
    }
    for (int64_t r = 0; r < m->rows.n && r < j->rows; r++) {
        if (j->target.of[r] != word)
            continue;
        row_words(j, m, 0, r, w);
        for (int64_t c = 0; c < j->source.n; c++)
            weight[c] += w[c];
        linked[largest(w, j->source.n)] = true;
        rows++;
    }
    for (int64_t c = 0; rows > 0 && c < j->source.n; c++)
        weight[c] /= (double)rows;
    if (rows == 0)
        memset(linked, 0, (size_t)j->source.n);
    free(w);
}

static void add_line(struct result *out, struct table *t, struct data *words, const struct job *j,
                     int64_t word, const double *weight, const bool *linked, struct str *pairs,
                     bool *covered)
{
    struct arena *a = &out->arena;
    struct str index = STR_INIT, text = STR_INIT, numbers = STR_INIT;
    struct data *d = data_add_map(a, words, NULL), *to;
    data_add_int(a, d, "target", word);
    data_add_str(a, d, "word", j->target.text[word]);
    to = data_add_list(a, d, "source");
    for (int64_t c = 0; c < j->source.n; c++) {
        if (!linked[c])
            continue;
        covered[c] = true;
        const char *gap = index.len > 0 ? " " : "";
        str_addf(&index, "%s%lld", gap, (long long)c);
        str_addf(&numbers, "%s%.2f", gap, weight[c]);
        str_addf(&text, "%s%s", gap, j->source.text[c]);
        str_addf(pairs, "%s%lld-%lld", pairs->len > 0 ? " " : "", (long long)c, (long long)word);
        struct data *link = data_add_map(a, to, NULL);
        data_add_int(a, link, "index", c);
        data_add_str(a, link, "word", j->source.text[c]);
        data_add_num(a, link, "weight", weight[c]);
    }
    bool source_last = !j->target.rtl || j->source.rtl;
    struct cell *c = table_row(out, t);
    *c++ = cell_int(word);
    *c++ = cell_str(out, source_last ? j->target.text[word] : index.s);
    *c++ = cell_str(out, numbers.s);
    *c++ = cell_str(out, source_last ? index.s : text.s);
    *c = cell_str(out, source_last ? text.s : j->target.text[word]);
    str_release(&index);
    str_release(&text);
    str_release(&numbers);
}

static void unaligned(struct result *out, const struct job *j, const bool *covered)
{
    struct str text = STR_INIT;
    struct data *list = data_add_list(&out->arena, out->data, "unaligned");
    for (int64_t c = 0; c < j->source.n; c++) {
        if (covered[c])
            continue;
        data_add_int(&out->arena, list, NULL, c);
        str_addf(&text, "%s%s", text.len > 0 ? " " : "", j->source.text[c]);
    }
    if (text.len > 0) {
        out_begin(out);
        out_span(out, TONE_DIM, "source words that no target word comes from: ");
        out_span(out, TONE_PLAIN, "%s", text.s);
    }
    str_release(&text);
}

static void draw(struct result *out, const struct job *j, const struct attn *m)
{
    bool source_last = !j->target.rtl || j->source.rtl;
    struct arena *a = &out->arena;
    struct table *t =
        out_table(out, source_last ? "#> target weight # source*" : "#> # weight source target*");
    struct data *words = data_add_list(a, out->data, "words");
    struct str pairs = STR_INIT;
    double *weight = mem_alloc(((size_t)j->source.n + 1) * sizeof *weight);
    bool *linked = mem_alloc((size_t)j->source.n + 1),
         *covered = mem_alloc((size_t)j->source.n + 1);
    for (int64_t w = 0; w < j->target.n; w++) {
        align_word(j, m, w, weight, linked);
        add_line(out, t, words, j, w, weight, linked, &pairs, covered);
    }
    unaligned(out, j, covered);
    out_line(out, TONE_PLAIN, "source-target: %s", pairs.s);
    data_add_strn(a, out->data, "pharaoh", pairs.s, pairs.len);
    str_release(&pairs);
    free(weight);
    free(linked);
    free(covered);
}

static bool align_exec(struct session *s, const struct args *args, struct result *out,
                       struct err *e)
{
    struct arena *a = &out->arena;
    const char *method = args_str(args, "method"), *how = "";
    struct job j = {0};
    struct attn m;
    job_make(s, a, &j);
    if (j.source.n == 0)
        return err_set(e, ERR_COMMAND, "the source has no words, only special tokens");
    if (!choose_map(s, a, method != NULL ? method : "argmax", &j, &m, &how, e))
        return args_blame(args, "method", 0, e);
    bool mean = method != NULL && strcmp(method, "mean") == 0;
    const char *title = mean ? "cross-attention" : m.title;
    out_begin(out);
    out_span(out, TONE_SITE, "%s", title);
    out_line(out, TONE_DIM, "%s", how);
    data_add_str(a, out->data, "method", method != NULL ? method : "argmax");
    data_add_str(a, out->data, "map", mean ? "mean" : m.title);
    draw(out, &j, &m);
    attn_release(&m);
    return true;
}

const struct command cmd_align = {
    .name = "align",
    .alias = "al",
    .group = GROUP_ATTENTION,
    .needs = NEED_RUN | NEED_DECODER,
    .args = align_args,
    .summary = "Hard alignment of words from cross-attention",
    .help = "The row of the decoder position that leads to a token is asked which source word gets "
            "most. Tokens are merged\n"
            "to words (a piece with \xE2\x96\x81 before it starts one); the weight of a word is "
            "what its tokens get together.\n"
            "argmax takes the head that aligns most sharply and says which; mean all heads; "
            "LAYER.HEAD that one.\n"
            "The last line holds pairs SOURCE-TARGET of words.\n"
            "  align\n  align mean\n  align 1.2",
    .exec = align_exec,
};
