/* Everything that goes element by element or row by row, written once for every vector width.
 * The functions are good to one or two units in the last place unless their comment says more. */
#ifndef RASAD_TENSOR_K_ELEM_H
#define RASAD_TENSOR_K_ELEM_H

#include <math.h>
#include <string.h>

#include "k_ops.h"

/* 1 + r + ... + r^7 / 7!, without the 1, for |r| <= ln 2 / 2: the rest is below 2e-8 of r */
VEC vf exp_rest(vf r)
{
    vf p = v_set(1.0f / 5040);
    p = v_fma(p, r, v_set(1.0f / 720));
    p = v_fma(p, r, v_set(1.0f / 120));
    p = v_fma(p, r, v_set(1.0f / 24));
    p = v_fma(p, r, v_set(1.0f / 6));
    p = v_fma(p, r, v_set(0.5f));
    return v_fma(v_mul(p, r), r, r);
}

/* x = n ln 2 + r; ln 2 in two parts (Cody and Waite) */
VEC vf exp_split(vf x, vf *n)
{
    *n = v_round(v_mul(x, v_set(0x1.715476p+0f)));
    vf r = v_nfma(*n, v_set(0x1.62e43p-1f), x);
    return v_nfma(*n, v_set(-0x1.05c61p-29f), r);
}

VEC vf v_exp(vf x)
{
    vf n, r;
    x = v_min(v_set(89), v_max(v_set(-105), x)); /* inf and 0 lie beyond; NaN passes */
    r = exp_split(x, &n);
    return v_ldexp(v_add(exp_rest(r), v_set(1)), n);
}

/* tanh |x| = t / (t + 2) with t = e^(2|x|) - 1 = 2^n (e^r - 1) + (2^n - 1): exact near 0 */
VEC vf v_tanh(vf x)
{
    vf n, r = exp_split(v_min(v_set(20), v_mul(v_set(2), v_abs(x))), &n);
    vf power = v_ldexp(v_set(1), n);
    vf t = v_fma(power, exp_rest(r), v_sub(power, v_set(1)));
    return v_copysign(v_div(t, v_add(t, v_set(2))), x);
}

/* x Phi(x). With u = |x| the tail is Q(u) = erfc(u / sqrt 2) / 2 = e^(-u^2/2) t P(t), where
 * t = 1 / (1 + 0.35 u). P was fitted to the relative error of e^(u^2/2) Q over
 * 0 <= u <= 14.5: below 6e-8. */
VEC vf v_gelu(vf x)
{
    vf u = v_min(v_set(14.5f), v_abs(x)), half = v_mul(u, v_set(0.5f));
    vf t = v_div(v_set(1), v_fma(v_set(0.35f), u, v_set(1)));
    vf p = v_set(-0.029158029705286026f);
    p = v_fma(p, t, v_set(0.1440316140651703f));
    p = v_fma(p, t, v_set(-0.25584039092063904f));
    p = v_fma(p, t, v_set(0.15932124853134155f));
    p = v_fma(p, t, v_set(-0.023213393986225128f));
    p = v_fma(p, t, v_set(0.10555292665958405f));
    p = v_fma(p, t, v_set(0.11982118338346481f));
    p = v_fma(p, t, v_set(0.1398635357618332f));
    p = v_fma(p, t, v_set(0.139621302485466f));
    vf square = v_mul(u, half), lost = v_fms(u, half, square);
    vf e = v_exp(v_sub(v_zero(), square));
    vf tail = v_mul(v_nfma(e, lost, e), v_mul(p, t));
    return v_mul(x, v_select(v_less(x, v_zero()), tail, v_sub(v_set(1), tail)));
}

VEC vf v_sigmoid(vf x)
{
    return v_div(v_set(1), v_add(v_set(1), v_exp(v_sub(v_zero(), x))));
}

VEC vf v_silu(vf x)
{
    return v_div(x, v_add(v_set(1), v_exp(v_sub(v_zero(), x))));
}

/* x (1 + tanh u) / 2 = x / (1 + e^(-2u)), u = sqrt(2/pi) (x + 0.044715 x^3) */
VEC vf v_gelu_tanh(vf x)
{
    vf cube = v_mul(v_mul(x, x), x);
    vf u = v_fma(v_set(0.044715f), cube, x);
    return v_div(x, v_add(v_set(1), v_exp(v_mul(v_set(-1.5957691216f), u))));
}

VEC vf act_one(const enum k_act a, vf x)
{
    switch (a) {
    case ACT_RELU:
        return v_max(v_zero(), x);
    case ACT_GELU:
        return v_gelu(x);
    case ACT_GELU_TANH:
        return v_gelu_tanh(x);
    case ACT_SILU:
        return v_silu(x);
    case ACT_TANH:
        return v_tanh(x);
    case ACT_SIGMOID:
        return v_sigmoid(x);
    case ACT_NONE:
    case ACT_COUNT:
        break;
    }
    return x;
}

VEC void act_all(const enum k_act a, float *y, const float *x, int64_t n)
{
    int64_t i = 0;
    for (; i + VW <= n; i += VW)
        v_store(y + i, act_one(a, v_load(x + i)));
    if (i < n)
        v_store_n(y + i, act_one(a, v_load_n(x + i, n - i)), n - i);
}

static void act(enum k_act a, float *y, const float *x, int64_t n)
{
    switch (a) {
    case ACT_RELU:
        act_all(ACT_RELU, y, x, n);
        break;
    case ACT_GELU:
        act_all(ACT_GELU, y, x, n);
        break;
    case ACT_GELU_TANH:
        act_all(ACT_GELU_TANH, y, x, n);
        break;
    case ACT_SILU:
        act_all(ACT_SILU, y, x, n);
        break;
    case ACT_TANH:
        act_all(ACT_TANH, y, x, n);
        break;
    case ACT_SIGMOID:
        act_all(ACT_SIGMOID, y, x, n);
        break;
    case ACT_NONE:
    case ACT_COUNT:
        act_all(ACT_NONE, y, x, n);
        break;
    }
}

VEC void widen_as(const enum dtype t, float *y, const unsigned char *p, int64_t n)
{
    const int64_t size = t == DT_F32 ? 4 : 2;
    int64_t i = 0;
    for (; i + VW <= n; i += VW)
        v_store(y + i, t == DT_F16 ? v_half(p + i * size) : v_bf16(p + i * size));
    if (i < n)
        v_store_n(y + i,
                  t == DT_F16 ? v_half_n(p + i * size, n - i) : v_bf16_n(p + i * size, n - i),
                  n - i);
}

static void widen(float *y, const void *w, enum dtype t, int64_t n)
{
    if (t == DT_F32)
        memcpy(y, w, (size_t)n * sizeof *y);
    else if (t == DT_F16)
        widen_as(DT_F16, y, w, n);
    else
        widen_as(DT_BF16, y, w, n);
}

static void scale(float *y, const float *x, float s, int64_t n)
{
    vf sv = v_set(s);
    int64_t i = 0;
    for (; i + VW <= n; i += VW)
        v_store(y + i, v_mul(v_load(x + i), sv));
    if (i < n)
        v_store_n(y + i, v_mul(v_load_n(x + i, n - i), sv), n - i);
}

static void add(float *y, const float *a, const float *b, int64_t n)
{
    int64_t i = 0;
    for (; i + VW <= n; i += VW)
        v_store(y + i, v_add(v_load(a + i), v_load(b + i)));
    if (i < n)
        v_store_n(y + i, v_add(v_load_n(a + i, n - i), v_load_n(b + i, n - i)), n - i);
}

static float largest(const float *x, int64_t n)
{
    vf top = v_set(-INFINITY), other = top;
    int64_t i = 0;
    for (; i + 2 * VW <= n; i += 2 * VW) {
        top = v_max(v_load(x + i), top);
        other = v_max(v_load(x + i + VW), other);
    }
    float most = v_largest(v_max(top, other));
    for (; i < n; i++)
        most = x[i] > most ? x[i] : most;
    return most;
}

static double exp_sum(const float *x, float minus, int64_t n)
{
    vf m = v_set(minus);
    double sum = 0;
    int64_t i = 0;
    while (i + VW <= n) { /* short runs in single precision */
        vf s = v_zero();
        for (int c = 0; c < 16 && i + VW <= n; c++, i += VW)
            s = v_add(s, v_exp(v_sub(v_load(x + i), m)));
        sum += v_sum_double(s);
    }
    for (; i < n; i++)
        sum += exp((double)x[i] - (double)minus);
    return sum;
}

static void softmax(float *y, const float *x, int64_t n)
{
    float top = largest(x, n), tail[VW];
    bool any = top > -INFINITY;
    for (int64_t i = 0; !any && i < n; i++)
        any = isnan(x[i]);
    if (!any) {
        memset(y, 0, (size_t)n * sizeof *y);
        return;
    }
    vf t = v_set(top), sum = v_zero();
    int64_t i = 0;
    for (; i + VW <= n; i += VW) {
        vf e = v_exp(v_sub(v_load(x + i), t));
        v_store(y + i, e);
        sum = v_add(sum, e);
    }
    float total = v_sum(sum);
    if (i < n) {
        vf e = v_exp(v_sub(v_load_n(x + i, n - i), t));
        v_store_n(y + i, e, n - i);
        v_store(tail, e);
        for (int64_t l = 0; l < n - i; l++)
            total += tail[l];
    }
    scale(y, y, 1 / total, n);
}

static void norm(float *y, const float *x, const float *gain, const float *bias, float eps,
                 int64_t n)
{
    int64_t whole = n / VW * VW;
    vf sum = v_zero(), sum2 = v_zero();
    int64_t i = 0;
    for (; i + 2 * VW <= n; i += 2 * VW) {
        sum = v_add(sum, v_load(x + i));
        sum2 = v_add(sum2, v_load(x + i + VW));
    }
    double total = v_sum_double(v_add(sum, sum2));
    for (; i < n; i++)
        total += x[i];
    float mean = (float)(total / (double)n);
    vf m = v_set(mean);
    sum = sum2 = v_zero();
    for (i = 0; i + 2 * VW <= n; i += 2 * VW) {
        vf d = v_sub(v_load(x + i), m), d2 = v_sub(v_load(x + i + VW), m);
        sum = v_fma(d, d, sum);
        sum2 = v_fma(d2, d2, sum2);
    }
    total = v_sum_double(v_add(sum, sum2));
    for (; i < n; i++)
        total += ((double)x[i] - (double)mean) * ((double)x[i] - (double)mean);
    vf inverse = v_set((float)(1 / sqrt(total / (double)n + (double)eps)));
    for (i = 0; i < whole; i += VW) {
        vf v = v_mul(v_sub(v_load(x + i), m), inverse);
        v = gain ? v_mul(v, v_load(gain + i)) : v;
        v_store(y + i, bias ? v_add(v, v_load(bias + i)) : v);
    }
    if (i < n) {
        vf v = v_mul(v_sub(v_load_n(x + i, n - i), m), inverse);
        v = gain ? v_mul(v, v_load_n(gain + i, n - i)) : v;
        v_store_n(y + i, bias ? v_add(v, v_load_n(bias + i, n - i)) : v, n - i);
    }
}

#endif
