/* One training example in double precision: its loss, the gradients by formula, and the same by
 * finite differences.
 *
 * Rows are output vectors v_j, one of which is right. Full softmax, rows = all words:
 *     L = -log P(o|t) = log sum_w exp(s_w) - s_o,   s_w = v_w . u_t,   p_w = P(w|t)
 * Negative sampling, rows = o and the drawn words k:
 *     L = -log sigma(s_o) - sum_k log sigma(-s_k),   sigma(x) = 1 / (1 + e^-x),   p_j = sigma(s_j)
 * With y_j = 1 for the right row and 0 for the others both have dL/ds_j = p_j - y_j, so that
 *     dL/dv_j = (p_j - y_j) u_t        dL/du_t = sum_j (p_j - y_j) v_j */
#ifndef RASAD_WORDS_GRADIENT_H
#define RASAD_WORDS_GRADIENT_H

#include "words/w2v.h"

struct example {
    bool softmax;
    int64_t rows, dim, right; /* right: the row of o */
    int32_t *id;              /* [rows] which word a row is */
    double *u;                /* [dim] u_t */
    double *v;                /* [rows, dim] */
    double *score, *p;        /* [rows], filled by example_forward */
};

/* The example "o near t" with the present numbers of a model that has v. Softmax: row w is word w.
 * Negative sampling: row 0 is o, then up to `negatives` different words drawn from `lots`. Errors:
 * ERR_INTERNAL (memory). */
bool example_softmax(const struct w2v *m, int32_t t, int32_t o, struct example *out, struct err *e);
bool example_negative(const struct w2v *m, int32_t t, int32_t o, int64_t negatives, double power,
                      uint64_t lots, struct example *out, struct err *e);
void example_release(struct example *x);

double example_forward(struct example *x); /* fills score and p; the loss */
/* By formula, after example_forward: out [dim]. */
void example_gradient_v(const struct example *x, int64_t row, double *out);
void example_gradient_u(const struct example *x, double *out);
/* (L(cell + h) - L(cell - h)) / 2h for one number of u or v, the loss computed afresh both times;
 * score and p are as after example_forward again. */
double example_finite(struct example *x, double *cell);
double example_step(double cell); /* the h taken there */

#endif
