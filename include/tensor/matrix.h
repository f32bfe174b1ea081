/* Small dense matrices in double precision, row-major: singular values and rank. */
#ifndef RASAD_TENSOR_MATRIX_H
#define RASAD_TENSOR_MATRIX_H

#include <stdbool.h>
#include <stdint.h>

/* Singular values of a [m,n], which is destroyed, falling, into s [min(m,n)]: one-sided Jacobi
 * rotations (Hestenes 1958), which find small ones to full relative precision. False: interrupted.
 */
bool matrix_singular(double *a, int64_t m, int64_t n, double *s);

/* The same of x y^T for x [m,k], y [n,k], both destroyed, into s [k] when m and n are at least k,
 * without making the product [m,n]: its singular values are those of R_x R_y^T [k,k] of the two QR
 * decompositions (Householder 1958). Else s [min(m,n)], by the product. */
bool matrix_singular_product(double *x, int64_t m, double *y, int64_t n, int64_t k, double *s);

/* How many of n singular values exceed `tolerance` times the largest. */
int64_t matrix_rank(const double *s, int64_t n, double tolerance);

#endif
