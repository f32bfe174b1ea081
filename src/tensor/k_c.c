/* Inner loops in plain C: what every machine has. */
#include <math.h>
#include <string.h>

#include "k_ops.h"

static void widen(float *y, const void *w, enum dtype t, int64_t n)
{
    const unsigned char *p = w;
    if (t == DT_F32) {
        memcpy(y, p, (size_t)n * sizeof *y);
        return;
    }
    for (int64_t i = 0; i < n; i++) {
        uint16_t h;
        memcpy(&h, p + 2 * i, sizeof h);
        y[i] = t == DT_F16 ? half_to_float(h) : bf16_to_float(h);
    }
}

/* Eight running sums: the compiler keeps them in vector registers of whatever width there is. */
static float dot(const float *a, const float *b, int64_t n)
{
    float s[8] = {0}, rest = 0;
    int64_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (int l = 0; l < 8; l++)
            s[l] += a[i + l] * b[i + l];
    for (; i < n; i++)
        rest += a[i] * b[i];
    return ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7])) + rest;
}

enum { STRIP = 512 };

static void linear(float *y, int64_t ldy, const float *x, int64_t ldx, const void *w, int64_t ldw,
                   enum dtype t, const float *bias, int64_t m, int64_t from, int64_t to, int64_t k)
{
    float strip[STRIP];
    const unsigned char *p = w;
    int64_t size = (int64_t)dtype_size(t);
    for (int64_t j = from; j < to; j++) {
        for (int64_t i = 0; i < m; i++)
            y[i * ldy + j] = bias ? bias[j] : 0;
        for (int64_t c = 0; c < k; c += STRIP) {
            int64_t n = k - c < STRIP ? k - c : STRIP;
            widen(strip, p + (j * ldw + c) * size, t, n);
            for (int64_t i = 0; i < m; i++)
                y[i * ldy + j] += dot(x + i * ldx + c, strip, n);
        }
    }
}

static void axpy(float *y, float s, const float *x, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        y[i] += s * x[i];
}

static void mix(float *z, int64_t ldz, const float *p, int64_t ldp, const float *v, int64_t ldv,
                const float *bias, int64_t m, int64_t n, int64_t width)
{
    for (int64_t i = 0; i < m; i++) {
        memset(z + i * ldz, 0, (size_t)width * sizeof *z);
        for (int64_t j = 0; j < n; j++)
            axpy(z + i * ldz, p[i * ldp + j], v + j * ldv, width);
        if (bias)
            axpy(z + i * ldz, 1, bias, width);
    }
}

static void turn(float *y, int64_t ldy, const float *x, int64_t ldx, int64_t m, int64_t n)
{
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++)
            y[j * ldy + i] = x[i * ldx + j];
}

static const float *gathered(const struct k_gather *g, int64_t j)
{
    return g->p + j * g->pos + g->slot[j * g->step] * g->batch;
}

static void gather_dots(float *y, const float *q, const struct k_gather *g)
{
    for (int64_t j = 0; j < g->rows; j++)
        y[j] = dot(q, gathered(g, j), g->width);
}

static void gather_mix(float *z, const float *p, const struct k_gather *g)
{
    memset(z, 0, (size_t)g->width * sizeof *z);
    for (int64_t j = 0; j < g->rows; j++)
        axpy(z, p[j], gathered(g, j), g->width);
}

static void scale(float *y, const float *x, float s, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = x[i] * s;
}

static void add(float *y, const float *a, const float *b, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = a[i] + b[i];
}

static void act(enum k_act a, float *y, const float *x, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = (float)k_act_cell(a, x[i]);
}

static void softmax(float *y, const float *x, int64_t n)
{
    float top = -INFINITY, sum = 0;
    for (int64_t i = 0; i < n; i++)
        if (x[i] > top || isnan(x[i]))
            top = x[i];
    if (top == -INFINITY) {
        memset(y, 0, (size_t)n * sizeof *y);
        return;
    }
    for (int64_t i = 0; i < n; i++) {
        y[i] = expf(x[i] - top);
        sum += y[i];
    }
    float inverse = 1 / sum;
    for (int64_t i = 0; i < n; i++)
        y[i] *= inverse;
}

static void norm(float *y, const float *x, const float *gain, const float *bias, float eps,
                 int64_t n)
{
    double sum = 0, squares = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i];
    double mean = sum / (double)n;
    for (int64_t i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    double inverse = 1 / sqrt(squares / (double)n + (double)eps);
    for (int64_t i = 0; i < n; i++) {
        float v = (float)((x[i] - mean) * inverse);
        y[i] = v * (gain ? gain[i] : 1) + (bias ? bias[i] : 0);
    }
}

static float largest(const float *x, int64_t n)
{
    float top = -INFINITY;
    for (int64_t i = 0; i < n; i++)
        top = x[i] > top ? x[i] : top;
    return top;
}

static double exp_sum(const float *x, float minus, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += exp((double)x[i] - (double)minus);
    return sum;
}

static void row_dots(float *y, const float *x, const float *w, int64_t ld, const int32_t *row,
                     int64_t n, int64_t d)
{
    for (int64_t j = 0; j < n; j++)
        y[j] = dot(x, w + (row ? row[j] : j) * ld, d);
}

static void row_push(float *dx, const float *x, const float *g, float *w, int64_t ld,
                     const int32_t *row, int64_t n, int64_t d)
{
    for (int64_t j = 0; j < n; j++) {
        float *at = w + (row ? row[j] : j) * ld;
        axpy(dx, g[j], at, d);
        axpy(at, g[j], x, d);
    }
}

static void sigmoid(float *y, const float *x, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        y[i] = 1 / (1 + expf(-x[i]));
}

const struct k_ops k_ops_c = {
    .name = "c",
    .blas_rows = 4,
    .blas_columns = 16,
    .turn_rows = INT64_MAX, /* nothing is held in vectors */
#include "k_loops.def"
};
