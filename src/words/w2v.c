/* Word vectors: making them, and looking for what lies near. */
#include "words/w2v.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tensor/kernels.h"

enum { STRIDE = 16 }; /* floats; rows begin at cache lines */

struct w2v_options w2v_defaults(bool cbow, bool softmax)
{
    return (struct w2v_options){.cbow = cbow,
                                .softmax = softmax,
                                .dim = 64,
                                .window = 5,
                                .negatives = 5,
                                .epochs = softmax ? 5 : 20,
                                .rate = (cbow ? 0.05 : 0.025) * (softmax ? 2 : 1),
                                .least = 0.0001,
                                .sample = 0.001,
                                .power = 0.75,
                                .seed = 1};
}

const char *w2v_method(const struct w2v_options *o)
{
    static const char *const names[2][2] = {
        {"skip-gram, negative sampling", "skip-gram, full softmax"},
        {"CBOW, negative sampling", "CBOW, full softmax"}};
    return names[o->cbow][o->softmax];
}

/* Rows of zeros; NULL + e when they cannot be had. */
static float *rows(int32_t n, int64_t stride, struct err *e)
{
    size_t cells, bytes;
    if (!mem_mul((size_t)n, (size_t)stride, &cells) || !mem_mul(cells, sizeof(float), &bytes)) {
        err_set(e, ERR_COMMAND, "%d words of %lld numbers are more than memory can hold", n,
                (long long)stride);
        return NULL;
    }
    float *x = mem_try(bytes);
    if (x == NULL)
        err_memory(e, bytes, "word vectors");
    else
        memset(x, 0, bytes);
    return x;
}

struct w2v *w2v_new(struct vocab *take, int64_t dim, bool with_v, uint64_t seed, struct err *e)
{
    if (dim < 1 || dim > W2V_MOST_DIM) {
        err_set(e, ERR_COMMAND, "vectors have 1 to %d numbers, not %lld", W2V_MOST_DIM,
                (long long)dim);
        return NULL;
    }
    int64_t stride = (dim + STRIDE - 1) / STRIDE * STRIDE;
    float *u = rows(take->n, stride, e), *v = with_v && u != NULL ? rows(take->n, stride, e) : NULL;
    if (u == NULL || (with_v && v == NULL)) {
        free(u);
        return NULL;
    }
    struct w2v *m = mem_alloc(sizeof *m);
    vocab_move(&m->vocab, take);
    m->dim = dim;
    m->stride = stride;
    m->u = u;
    m->v = v;
    for (int32_t i = 0; with_v && i < m->vocab.n; i++)
        for (int64_t c = 0; c < dim; c++)
            u[i * stride + c] = ((float)(random_next(&seed) >> 40) * 0x1p-24f - 0.5f) / (float)dim;
    m->norm = mem_alloc((size_t)m->vocab.n * sizeof *m->norm);
    w2v_settle(m);
    return m;
}

void w2v_free(struct w2v *m)
{
    if (m == NULL)
        return;
    vocab_release(&m->vocab);
    free(m->u);
    free(m->v);
    free(m->norm);
    free(m->source);
    free(m->curve);
    free(m);
}

static double length(const float *x, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += (double)x[i] * (double)x[i];
    return sqrt(sum);
}

void w2v_settle(struct w2v *m)
{
    for (int32_t i = 0; i < m->vocab.n; i++)
        m->norm[i] = (float)length(m->u + i * m->stride, m->dim);
}

static bool listed(const int32_t *list, int n, int32_t id)
{
    for (int i = 0; i < n; i++)
        if (list[i] == id)
            return true;
    return false;
}

int64_t w2v_nearest(const struct w2v *m, const float *query, const int32_t *skip, int nskip,
                    int64_t k, struct w2v_near *out)
{
    enum { BLOCK = 256 };
    float dot[BLOCK], own = (float)length(query, m->dim);
    int64_t n = 0;
    for (int32_t from = 0; from < m->vocab.n; from += BLOCK) {
        int32_t count = m->vocab.n - from < BLOCK ? m->vocab.n - from : BLOCK;
        k_row_dots(dot, query, m->u + from * m->stride, m->stride, NULL, count, m->stride);
        for (int32_t i = 0; i < count; i++) {
            float size = m->norm[from + i] * own, cosine = dot[i] / size;
            if (!(size > 0) || !isfinite(cosine) || listed(skip, nskip, from + i))
                continue;
            if (n == k && !(cosine > out[k - 1].cosine))
                continue;
            int64_t at = n < k ? n++ : k - 1;
            for (; at > 0 && out[at - 1].cosine < cosine; at--)
                out[at] = out[at - 1];
            out[at] = (struct w2v_near){from + i, cosine};
        }
    }
    return n;
}

double w2v_cosine(const struct w2v *m, int32_t a, int32_t b)
{
    double dot = 0;
    for (int64_t c = 0; c < m->dim; c++)
        dot += (double)m->u[a * m->stride + c] * (double)m->u[b * m->stride + c];
    return dot / ((double)m->norm[a] * (double)m->norm[b]);
}

void w2v_analogy(const struct w2v *m, int32_t a, int32_t b, int32_t c, float *query)
{
    const float *x = m->u + a * m->stride, *y = m->u + b * m->stride, *z = m->u + c * m->stride;
    for (int64_t i = 0; i < m->stride; i++)
        query[i] = y[i] / m->norm[b] - x[i] / m->norm[a] + z[i] / m->norm[c];
}
