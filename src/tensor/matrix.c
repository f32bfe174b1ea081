/* Singular values by one-sided Jacobi rotations; triangles by Householder reflections. */
#include "tensor/matrix.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/mem.h"

static double dot(const double *a, const double *b, int64_t n)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* a [m,n] -> its transpose, allocated. */
static double *transposed(const double *a, int64_t m, int64_t n)
{
    double *t = mem_alloc((size_t)(m * n + 1) * sizeof *t);
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++)
            t[j * m + i] = a[i * n + j];
    return t;
}

/* Turns two rows so that they stand at a right angle; false: they did already. */
static bool turn(double *p, double *q, int64_t n)
{
    double alpha = dot(p, p, n), beta = dot(q, q, n), gamma = dot(p, q, n);
    if (fabs(gamma) <= DBL_EPSILON * sqrt(alpha * beta))
        return false;
    double zeta = (beta - alpha) / (2 * gamma),
           t = (zeta < 0 ? -1 : 1) / (fabs(zeta) + sqrt(1 + zeta * zeta)), c = 1 / sqrt(1 + t * t),
           s = c * t;
    for (int64_t i = 0; i < n; i++) {
        double x = p[i], y = q[i];
        p[i] = c * x - s * y;
        q[i] = s * x + c * y;
    }
    return true;
}

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Rows of a [k,n], k <= n, turned pair by pair until all are at right angles: their lengths are the
 * singular values. */
static bool orthogonal(double *a, int64_t k, int64_t n, double *s)
{
    enum { SWEEPS = 60 }; /* ten are enough as a rule */
    bool turned = true;
    for (int sweep = 0; turned && sweep < SWEEPS; sweep++) {
        turned = false;
        for (int64_t p = 0; p < k; p++) {
            if (interrupted())
                return false;
            for (int64_t q = p + 1; q < k; q++)
                turned = turn(a + p * n, a + q * n, n) || turned;
        }
    }
    for (int64_t p = 0; p < k; p++)
        s[p] = sqrt(dot(a + p * n, a + p * n, n));
    qsort(s, (size_t)k, sizeof *s, falling);
    return true;
}

bool matrix_singular(double *a, int64_t m, int64_t n, double *s)
{
    if (m <= n)
        return orthogonal(a, m, n, s);
    double *t = transposed(a, m, n);
    bool ok = orthogonal(t, n, m, s);
    free(t);
    return ok;
}

/* The upper triangle R of a [m,n] = Q R, m >= n, into r [n,n]; a is destroyed. */
static void triangle(double *a, int64_t m, int64_t n, double *r)
{
    double *t = transposed(a, m, n); /* columns lie in rows */
    for (int64_t j = 0; j < n; j++) {
        double *v = t + j * m + j;
        int64_t len = m - j;
        double norm = sqrt(dot(v, v, len)), head = v[0], lead = head > 0 ? -norm : norm;
        for (int64_t i = 0; i <= j; i++)
            r[i * n + j] = i < j ? t[j * m + i] : lead;
        for (int64_t i = j + 1; i < n; i++)
            r[i * n + j] = 0;
        v[0] = head - lead;
        double square = dot(v, v, len);
        for (int64_t c = j + 1; c < n && square > 0; c++) {
            double *w = t + c * m + j, f = 2 * dot(v, w, len) / square;
            for (int64_t i = 0; i < len; i++)
                w[i] -= f * v[i];
        }
    }
    free(t);
}

/* out [m,n] = x [m,k] y [n,k]^T */
static void product(double *out, const double *x, int64_t m, const double *y, int64_t n, int64_t k)
{
    for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++)
            out[i * n + j] = dot(x + i * k, y + j * k, k);
}

bool matrix_singular_product(double *x, int64_t m, double *y, int64_t n, int64_t k, double *s)
{
    bool tall = m >= k && n >= k;
    int64_t rows = tall ? k : m, cols = tall ? k : n;
    double *all = mem_alloc((size_t)(rows * cols + 2 * k * k + 1) * sizeof *all);
    if (tall) {
        double *rx = all + rows * cols, *ry = rx + k * k;
        triangle(x, m, k, rx);
        triangle(y, n, k, ry);
        product(all, rx, k, ry, k, k);
    } else {
        product(all, x, m, y, n, k);
    }
    bool ok = matrix_singular(all, rows, cols, s);
    free(all);
    return ok;
}

int64_t matrix_rank(const double *s, int64_t n, double tolerance)
{
    int64_t rank = 0;
    while (rank < n && s[rank] > tolerance * s[0])
        rank++;
    return rank;
}
