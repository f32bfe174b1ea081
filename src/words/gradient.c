/* Gradients of one example, by formula and by finite differences. */
#include "words/gradient.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

static bool make(const struct w2v *m, int32_t t, int64_t rows, bool softmax, struct example *out,
                 struct err *e)
{
    size_t cells, bytes;
    *out = (struct example){.softmax = softmax, .rows = rows, .dim = m->dim};
    if (mem_mul((size_t)rows, (size_t)m->dim, &cells) && mem_mul(cells, sizeof(double), &bytes))
        out->v = mem_try(bytes);
    if (out->v == NULL)
        return err_memory(e, (size_t)rows * (size_t)m->dim * sizeof(double),
                          "the vectors in double precision");
    out->id = mem_alloc((size_t)rows * sizeof *out->id);
    out->score = mem_alloc((size_t)rows * sizeof *out->score);
    out->p = mem_alloc((size_t)rows * sizeof *out->p);
    out->u = mem_alloc((size_t)m->dim * sizeof *out->u);
    for (int64_t c = 0; c < m->dim; c++)
        out->u[c] = (double)m->u[t * m->stride + c];
    return true;
}

static void set_row(const struct w2v *m, struct example *x, int64_t row, int32_t id)
{
    x->id[row] = id;
    for (int64_t c = 0; c < m->dim; c++)
        x->v[row * m->dim + c] = (double)m->v[id * m->stride + c];
}

bool example_softmax(const struct w2v *m, int32_t t, int32_t o, struct example *out, struct err *e)
{
    if (!make(m, t, m->vocab.n, true, out, e))
        return false;
    for (int32_t i = 0; i < m->vocab.n; i++)
        set_row(m, out, i, i);
    out->right = o;
    return true;
}

static bool drawn_before(const struct example *x, int64_t n, int32_t id)
{
    for (int64_t j = 0; j < n; j++)
        if (x->id[j] == id)
            return true;
    return false;
}

bool example_negative(const struct w2v *m, int32_t t, int32_t o, int64_t negatives, double power,
                      uint64_t lots, struct example *out, struct err *e)
{
    enum { TRIES = 100 }; /* for each word that is to be new */
    struct sampler s;
    if (!make(m, t, 1 + negatives, false, out, e))
        return false;
    sampler_init(&s, m->vocab.count, m->vocab.n, power);
    set_row(m, out, 0, o);
    out->rows = 1;
    for (int64_t i = 0; i < TRIES * negatives && out->rows < 1 + negatives; i++) {
        int32_t id = sampler_draw(&s, &lots);
        if (!drawn_before(out, out->rows, id))
            set_row(m, out, out->rows++, id);
    }
    sampler_release(&s);
    return true;
}

void example_release(struct example *x)
{
    free(x->id);
    free(x->u);
    free(x->v);
    free(x->score);
    free(x->p);
    *x = (struct example){0};
}

static double softmax_loss(struct example *x)
{
    double top = -INFINITY, sum = 0;
    for (int64_t j = 0; j < x->rows; j++)
        top = x->score[j] > top ? x->score[j] : top;
    for (int64_t j = 0; j < x->rows; j++)
        sum += x->p[j] = exp(x->score[j] - top);
    for (int64_t j = 0; j < x->rows; j++)
        x->p[j] /= sum;
    return top + log(sum) - x->score[x->right];
}

static double negative_loss(struct example *x)
{
    double loss = 0;
    for (int64_t j = 0; j < x->rows; j++) {
        double s = x->score[j], away = j == x->right ? -s : s; /* -log s(-away) */
        x->p[j] = 1 / (1 + exp(-s));
        loss += softplus(away);
    }
    return loss;
}

double example_forward(struct example *x)
{
    for (int64_t j = 0; j < x->rows; j++) {
        double sum = 0;
        for (int64_t c = 0; c < x->dim; c++)
            sum += x->v[j * x->dim + c] * x->u[c];
        x->score[j] = sum;
    }
    return x->softmax ? softmax_loss(x) : negative_loss(x);
}

static double error_of(const struct example *x, int64_t row)
{
    return x->p[row] - (row == x->right ? 1 : 0);
}

void example_gradient_v(const struct example *x, int64_t row, double *out)
{
    for (int64_t c = 0; c < x->dim; c++)
        out[c] = error_of(x, row) * x->u[c];
}

void example_gradient_u(const struct example *x, double *out)
{
    memset(out, 0, (size_t)x->dim * sizeof *out);
    for (int64_t j = 0; j < x->rows; j++)
        for (int64_t c = 0; c < x->dim; c++)
            out[c] += error_of(x, j) * x->v[j * x->dim + c];
}

double example_step(double cell)
{
    return 1e-5 * fmax(1, fabs(cell));
}

double example_finite(struct example *x, double *cell)
{
    double here = *cell, h = example_step(here);
    volatile double up = here + h, down = here - h; /* the h that rounding leaves */
    *cell = up;
    double above = example_forward(x);
    *cell = down;
    double below = example_forward(x);
    *cell = here;
    example_forward(x);
    return (above - below) / (up - down);
}
