/* The training of word vectors: stochastic gradient descent, one example after the other. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "internal.h"
#include "tensor/kernels.h"
#include "words/pairs.h"
#include "words/w2v.h"

enum {
    POINTS = 50,      /* of the curve of the loss */
    LOOKS = 1 << 17,  /* about how many positions have their loss taken */
    REPORT = 1 << 14, /* words between two reports of progress */
    STRETCH = 1000,   /* longer sentences are cut into such */
};

struct trainer {
    struct w2v *m;
    const struct text *t;
    struct w2v_options o;
    struct sampler sampler;
    uint64_t lots;         /* the state of the stream of random numbers */
    uint32_t *keep;        /* [V] chance of 2^32 that an occurrence is kept */
    int32_t *sentence;     /* the words that were kept */
    int32_t *row;          /* [1 + negatives] the right word, then the drawn ones */
    float *score, *g, *dx; /* [1 + negatives] or [V]; [stride] */
    float *mean;           /* [stride] */
    float rate;
    int64_t every; /* one position in so many has its loss taken */
    bool look;     /* this one */
    double loss;
    int64_t losses;
};

/* ---- one example ----------------------------------------------------------------------------- */

/* Draws the negatives of a right word; a draw of the word itself is left out. Returns how many
 * rows. */
static int64_t draw_rows(struct trainer *w, int32_t right)
{
    int64_t n = 1;
    w->row[0] = right;
    for (int64_t i = 0; i < w->o.negatives; i++) {
        int32_t id = sampler_draw(&w->sampler, &w->lots);
        w->row[n] = id;
        n += id != right;
    }
    return n;
}

/* One step of -log s(v_right . x) - sum of log s(-v_k . x): moves the v; dx gets what is to be
 * added to x. g_j = rate (label - s(score)). */
static void step_negative(struct trainer *w, const float *x, int32_t right)
{
    struct w2v *m = w->m;
    int64_t n = draw_rows(w, right);
    k_row_dots(w->score, x, m->v, m->stride, w->row, n, m->stride);
    if (w->look) {
        w->loss += softplus(-(double)w->score[0]);
        for (int64_t j = 1; j < n; j++)
            w->loss += softplus((double)w->score[j]);
        w->losses++;
    }
    k_sigmoid(w->g, w->score, n);
    for (int64_t j = 0; j < n; j++)
        w->g[j] = w->rate * ((float)(j == 0) - w->g[j]);
    memset(w->dx, 0, (size_t)m->stride * sizeof *w->dx);
    k_row_push(w->dx, x, w->g, m->v, m->stride, w->row, n, m->stride);
}

/* One step of the sum of -log P(o|x) over the n words right: the examples of one x share the
 * softmax. g_w = rate (how often w is right - n P(w|x)). */
static void step_softmax(struct trainer *w, const float *x, const int32_t *right, int64_t n)
{
    struct w2v *m = w->m;
    int32_t vocab = m->vocab.n;
    k_row_dots(w->score, x, m->v, m->stride, NULL, vocab, m->stride);
    k_softmax(w->g, vocab, w->score, vocab, 1, vocab);
    for (int64_t j = 0; w->look && j < n; j++)
        w->loss -= log((double)w->g[right[j]]);
    w->losses += w->look ? n : 0;
    float share = w->rate * (float)n;
    for (int32_t i = 0; i < vocab; i++)
        w->g[i] *= -share;
    for (int64_t j = 0; j < n; j++)
        w->g[right[j]] += w->rate;
    memset(w->dx, 0, (size_t)m->stride * sizeof *w->dx);
    k_row_push(w->dx, x, w->g, m->v, m->stride, NULL, vocab, m->stride);
}

/* ---- one position ---------------------------------------------------------------------------- */

/* The window of position i of the sentence without i itself: words from..i-1 and i+1..to. */
struct window {
    int64_t from, i, to;
};

static void skip_gram(struct trainer *w, struct window at)
{
    struct w2v *m = w->m;
    float *u = m->u + w->sentence[at.i] * m->stride;
    if (w->o.softmax) {
        int32_t middle = w->sentence[at.i];
        int64_t n = at.to - at.from;
        /* The words of the window side by side: the middle one gives its place to the last. */
        w->sentence[at.i] = w->sentence[at.to];
        step_softmax(w, u, w->sentence + at.from, n);
        w->sentence[at.i] = middle;
        k_add(u, u, w->dx, m->stride);
        m->pairs += n;
        return;
    }
    for (int64_t j = at.from; j <= at.to; j++)
        if (j != at.i) {
            step_negative(w, u, w->sentence[j]);
            k_add(u, u, w->dx, m->stride);
            m->pairs++;
        }
}

static void cbow(struct trainer *w, struct window at)
{
    struct w2v *m = w->m;
    int64_t n = at.to - at.from;
    float share = 1 / (float)n;
    memset(w->mean, 0, (size_t)m->stride * sizeof *w->mean);
    for (int64_t j = at.from; j <= at.to; j++)
        if (j != at.i)
            k_add(w->mean, w->mean, m->u + w->sentence[j] * m->stride, m->stride);
    for (int64_t c = 0; c < m->stride; c++)
        w->mean[c] *= share;
    if (w->o.softmax)
        step_softmax(w, w->mean, &w->sentence[at.i], 1);
    else
        step_negative(w, w->mean, w->sentence[at.i]);
    for (int64_t c = 0; c < m->stride; c++) /* each input has its share of the mean */
        w->dx[c] *= share;
    for (int64_t j = at.from; j <= at.to; j++)
        if (j != at.i) {
            float *u = m->u + w->sentence[j] * m->stride;
            k_add(u, u, w->dx, m->stride);
        }
    m->pairs++;
}

/* ---- the text -------------------------------------------------------------------------------- */

/* Words from..to-1 of the text, which stand in one sentence. */
static void stretch(struct trainer *w, int64_t from, int64_t to)
{
    int64_t n = 0, position = 0;
    for (int64_t i = from; i < to; i++) {
        int32_t id = w->t->ids[i];
        if (w->keep[id] == UINT32_MAX || (uint32_t)(random_next(&w->lots) >> 32) < w->keep[id])
            w->sentence[n++] = id;
    }
    w->m->learnt += n;
    for (int64_t i = 0; i < n && n > 1 && !interrupted(); i++, position++) {
        int64_t width =
            w->o.fixed ? w->o.window : 1 + draw_below(random_next(&w->lots), (uint32_t)w->o.window);
        struct window at = {i - pairs_before(i, width), i, i + pairs_after(i, n, width)};
        w->look = (w->m->learnt + position) % w->every == 0;
        if (w->o.cbow)
            cbow(w, at);
        else
            skip_gram(w, at);
    }
    w->m->words += to - from;
}

static void add_point(struct trainer *w)
{
    struct w2v *m = w->m;
    if (w->losses == 0)
        return;
    ARRAY_PUSH(m->curve, m->points, m->points_cap) =
        (struct w2v_point){(double)m->words, w->loss / (double)w->losses};
    w->loss = 0;
    w->losses = 0;
}

/* What of all epochs has been gone over, told now and then. */
struct course {
    double all, next_point;
    int64_t next_report;
    w2v_progress *progress;
    void *ud;
};

static void tell(struct trainer *w, struct course *c)
{
    double words = (double)w->m->words;
    if (words >= c->next_point) {
        add_point(w);
        c->next_point = words + c->all / POINTS;
    }
    if (w->m->words >= c->next_report && c->progress != NULL) {
        c->progress(c->ud, words / c->all);
        c->next_report = w->m->words + REPORT;
    }
}

static void epochs(struct trainer *w, w2v_progress *progress, void *ud)
{
    struct w2v *m = w->m;
    const struct text *t = w->t;
    double all = (double)w->o.epochs * (double)t->n;
    struct course c = {all, all / POINTS, REPORT, progress, ud};
    for (int64_t epoch = 0; epoch < w->o.epochs; epoch++)
        for (int64_t s = 0; s < t->sentences; s++)
            for (int64_t from = t->from[s], to; from < t->from[s + 1]; from = to) {
                m->done = (double)m->words / all;
                w->rate = (float)(w->o.rate - (w->o.rate - w->o.least) * m->done);
                to = t->from[s + 1] - from > STRETCH ? from + STRETCH : t->from[s + 1];
                stretch(w, from, to);
                if (interrupted())
                    return;
                tell(w, &c);
            }
    m->done = 1;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static bool check_range(const char *what, double v, double lo, double hi, struct err *e)
{
    return (v >= lo && v <= hi) ||
           err_set(e, ERR_COMMAND, "%s must be %g to %g, not %g", what, lo, hi, v);
}

static bool check(const struct text *t, const struct w2v_options *o, struct err *e)
{
    if (o->window < 1)
        return err_set(e, ERR_COMMAND, "a window of %lld makes no pairs; it is at least 1",
                       (long long)o->window);
    bool ok =
        check_range("the window", (double)o->window, 1, W2V_MOST_WINDOW, e) &&
        check_range("the number of negatives", (double)o->negatives, 1, W2V_MOST_NEGATIVES, e) &&
        check_range("the number of epochs", (double)o->epochs, 1, 100000, e) &&
        check_range("the learning rate", o->rate, 0, 10, e) &&
        check_range("the least learning rate", o->least, 0, o->rate, e) &&
        check_range("the thinning", o->sample, 0, 1, e) &&
        check_range("the power of the counts", o->power, 0, 4, e);
    if (ok && t->vocab.n < 2)
        ok =
            err_set(e, ERR_COMMAND,
                    t->n < 2 ? "the text is one word, '%s': a pair needs two"
                             : "the vocabulary is one word, '%s': there is nothing to tell it from",
                    t->vocab.word[0]);
    int64_t longest = 0;
    for (int64_t s = 0; s < t->sentences; s++)
        longest = t->from[s + 1] - t->from[s] > longest ? t->from[s + 1] - t->from[s] : longest;
    if (ok && longest < 2)
        ok = err_set(e, ERR_COMMAND, "no sentence has two words, so there is no pair") ||
             err_hint(e, "a line is a sentence");
    return ok;
}

static void prepare(struct trainer *w)
{
    const struct vocab *v = &w->m->vocab;
    size_t most = (size_t)(w->o.softmax ? v->n : 1 + w->o.negatives);
    double tokens = (double)vocab_tokens(v);
    w->every = 1 + w->t->n * w->o.epochs / LOOKS;
    sampler_init(&w->sampler, v->count, v->n, w->o.power);
    w->keep = mem_alloc((size_t)v->n * sizeof *w->keep);
    for (int32_t i = 0; i < v->n; i++) {
        double p = keep_chance((double)v->count[i] / tokens, w->o.sample);
        w->keep[i] = p < 1 ? (uint32_t)(p * 4294967295.0) : UINT32_MAX;
    }
    w->sentence = mem_alloc(STRETCH * sizeof *w->sentence);
    w->row = mem_alloc(most * sizeof *w->row);
    w->score = mem_alloc(most * sizeof *w->score);
    w->g = mem_alloc(most * sizeof *w->g);
    w->dx = mem_alloc((size_t)w->m->stride * sizeof *w->dx);
    w->mean = mem_alloc((size_t)w->m->stride * sizeof *w->mean);
}

static void finish(struct trainer *w)
{
    sampler_release(&w->sampler);
    free(w->keep);
    free(w->sentence);
    free(w->row);
    free(w->score);
    free(w->g);
    free(w->dx);
    free(w->mean);
}

bool w2v_train(struct text *t, const struct w2v_options *o, w2v_progress *progress, void *ud,
               struct w2v **out, struct err *e)
{
    if (!check(t, o, e))
        return false;
    struct w2v *m = w2v_new(&t->vocab, o->dim, true, o->seed, e);
    if (m == NULL)
        return false;
    m->trained = true;
    m->options = *o;
    m->tokens = t->n;
    m->sentences = t->sentences;
    struct trainer w = {.m = m, .t = t, .o = *o, .lots = o->seed ^ 0x5DEECE66Du};
    prepare(&w);
    double began = clock_seconds();
    epochs(&w, progress, ud);
    m->seconds = clock_seconds() - began;
    add_point(&w);
    finish(&w);
    w2v_settle(m);
    *out = m;
    return true;
}
