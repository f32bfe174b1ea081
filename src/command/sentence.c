/* Sentence vectors by hand: first, mean and maximum of an encoder's states. */
#include "sentence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "session/pass.h"
#include "tokens.h"

const char *pooling_name(enum pooling p)
{
    static const char *const names[] = {"cls", "mean", "max", "model"};
    return names[p];
}

/* ---- the numbers ----------------------------------------------------------------------------- */

static double dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

double vector_length(const double *a, int64_t n)
{
    return sqrt(dot(a, a, n));
}

double vector_cosine(const double *a, const double *b, int64_t n)
{
    double lengths = vector_length(a, n) * vector_length(b, n);
    return lengths > 0 ? fmax(-1, fmin(1, dot(a, b, n) / lengths)) : NAN; /* rounding apart */
}

double sentence_cosine(const struct sentence *a, const struct sentence *b, enum pooling k)
{
    return vector_cosine(a->vector[k], b->vector[k], k == POOLING_MODEL ? a->own_width : a->width);
}

/* ---- correlation ---- */

struct ranked {
    double value;
    int64_t at;
};

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return (x->value > y->value) - (x->value < y->value);
}

static void rank(const double *x, int64_t n, struct ranked *places, double *ranks)
{
    for (int64_t i = 0; i < n; i++)
        places[i] = (struct ranked){x[i], i};
    qsort(places, (size_t)n, sizeof *places, by_value);
    for (int64_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && places[end].value == places[i].value;)
            end++;
        for (int64_t k = i; k < end; k++)
            ranks[places[k].at] = (double)(i + end - 1) / 2; /* the mean of i .. end - 1 */
    }
}

double rank_correlation(const double *x, const double *y, int64_t n)
{
    struct ranked *places = mem_alloc(((size_t)n + 1) * sizeof *places);
    double *rx = mem_alloc(((size_t)n + 1) * sizeof *rx),
           *ry = mem_alloc(((size_t)n + 1) * sizeof *ry);
    double mean = (double)(n - 1) / 2;
    rank(x, n, places, rx);
    rank(y, n, places, ry);
    for (int64_t i = 0; i < n; i++) {
        rx[i] -= mean;
        ry[i] -= mean;
    }
    double r = vector_cosine(rx, ry, n);
    free(places);
    free(rx);
    free(ry);
    return r;
}

void sentence_pool(struct sentence *x)
{
    size_t bytes = (size_t)x->width * sizeof(double);
    for (int k = POOLING_CLS; k <= POOLING_MAX; k++)
        x->vector[k] = mem_alloc(bytes);
    x->wins = mem_alloc((size_t)x->n * sizeof *x->wins);
    x->winner = mem_alloc((size_t)x->width * sizeof *x->winner);
    memcpy(x->vector[POOLING_CLS], x->states, bytes);
    for (int64_t d = 0; d < x->width; d++) {
        int64_t best = 0;
        double sum = 0;
        for (int64_t i = 0; i < x->n; i++) {
            double v = x->states[i * x->width + d];
            sum += v;
            if (v > x->states[best * x->width + d])
                best = i;
        }
        x->vector[POOLING_MEAN][d] = sum / (double)x->n;
        x->vector[POOLING_MAX][d] = x->states[best * x->width + d];
        x->winner[d] = (int32_t)best;
        x->wins[best]++;
    }
}

void sentence_shares(const struct sentence *x, const struct sentence *other, double *shares)
{
    const double *mine = x->vector[POOLING_MEAN], *theirs = other->vector[POOLING_MEAN];
    double scale = (double)x->n * vector_length(mine, x->width) * vector_length(theirs, x->width);
    for (int64_t i = 0; i < x->n; i++)
        shares[i] = dot(x->states + i * x->width, theirs, x->width) / scale;
}

/* ---- from the model -------------------------------------------------------------------------- */

static int node_of(const struct plan *p, const char *site)
{
    int at = p ? plan_site(p, site) : -1;
    return at < 0 ? -1 : p->sites[at].node;
}

static bool find_nodes(struct session *s, int *states, int *own, struct err *e)
{
    const struct plan *p = s->model->plan;
    *states = node_of(p, "enc.out");
    *own = node_of(p, "embedding");
    if (!p || !s->model->weights)
        return err_set(e, ERR_COMMAND, "%s has no weights to compute with", s->model->name);
    if (*states < 0)
        return err_set(e, ERR_COMMAND,
                       "%s has no encoder, whose states sentence vectors are made of",
                       s->model->name);
    return true;
}

static double *numbers_of(struct run *r, int node, int64_t *count, int64_t *width, struct err *e)
{
    struct tensor t, flat;
    if (!run_value(r, node, &t, e))
        return NULL;
    *count = tensor_count(&t);
    *width = t.shape[t.ndim - 1];
    double *out = mem_alloc((size_t)*count * sizeof *out);
    bool ok = tensor_to_f32(&t, &flat, e);
    for (int64_t i = 0; ok && i < *count; i++)
        out[i] = ((const float *)flat.data)[i];
    if (ok)
        tensor_unref(&flat);
    tensor_unref(&t);
    if (ok)
        return out;
    free(out);
    return NULL;
}

static bool run_encoder(struct session *s, struct sentence *x, struct err *e)
{
    const struct plan *p = s->model->plan;
    int states, own;
    if (!find_nodes(s, &states, &own, e))
        return false;
    bool *keep = mem_alloc((size_t)p->nnodes + 1);
    keep[states] = true;
    if (own >= 0)
        keep[own] = true;
    const struct pass in = {.source = x->ids, .nsource = x->n, .keep = keep};
    struct run *r = session_pass(s, &in, 0, e);
    bool ok = r != NULL;
    int64_t count;
    if (ok) {
        x->states = numbers_of(r, states, &count, &x->width, e);
        ok = x->states != NULL;
    }
    if (ok && own >= 0) {
        x->vector[POOLING_MODEL] = numbers_of(r, own, &count, &x->own_width, e);
        ok = x->vector[POOLING_MODEL] != NULL;
    }
    if (r != NULL)
        run_free(r);
    free(keep);
    return ok;
}

bool sentence_open(struct session *s, const char *text, size_t n, const char *what,
                   struct sentence *out, struct err *e)
{
    const struct tokenizer *t = tokens_tokenizer(s, TOKEN_SOURCE, e);
    const struct plan *p = s->model->plan;
    struct encoding coding;
    if (t == NULL || !tokenizer_encode(t, text, n, true, &coding, e))
        return false;
    session_cut(s, &coding);
    struct sentence x = {.text = text, .len = n, .n = (int64_t)coding.n};
    bool ok = true;
    if (x.n == 0)
        ok = err_set(e, ERR_COMMAND, "%s has no tokens", what);
    else if (p != NULL && p->max_positions > 0 && x.n > p->max_positions)
        ok = err_set(e, ERR_COMMAND, "%s has %lld tokens, but this model takes at most %lld", what,
                     (long long)x.n, (long long)p->max_positions);
    if (ok) {
        x.ids = mem_alloc(coding.n * sizeof *x.ids);
        for (size_t i = 0; i < coding.n; i++)
            x.ids[i] = coding.tokens[i].id;
        ok = run_encoder(s, &x, e);
    }
    encoding_release(&coding);
    if (!ok) {
        sentence_release(&x);
        return false;
    }
    sentence_pool(&x);
    *out = x;
    return true;
}

void sentence_forget(struct sentence *x)
{
    free(x->states);
    free(x->ids);
    free(x->wins);
    free(x->winner);
    x->states = NULL;
    x->ids = NULL;
    x->wins = NULL;
    x->winner = NULL;
}

void sentence_release(struct sentence *x)
{
    sentence_forget(x);
    for (int k = 0; k < POOLING_COUNT; k++)
        free(x->vector[k]);
    *x = (struct sentence){0};
}
