/* Positions by formula, in double precision, one number at a time: what tables, curves and proofs
 * are made of. (k_sinusoid computes the rows of a run.) */
#ifndef RASAD_TENSOR_POSITION_H
#define RASAD_TENSOR_POSITION_H

#include <stdbool.h>
#include <stdint.h>

/* Column `column` of position `pos` of the fixed table of that width: sines in the first half,
 * cosines in the second, angle pos / base^(2j/width) (Vaswani and others 2017, section 3.5, where
 * sines and cosines alternate; Marian keeps them in halves, which is the same up to the order). */
double position_sinusoid(int64_t pos, int64_t column, int64_t width, double base);

/* The bucket of a distance (key position - query position) of relative positions (Raffel and others
 * 2020, section 2.1, "T5"): half of the buckets hold one distance each, the rest widen by powers up
 * to max_distance, beyond which all share the last. `both`: a half of them for keys before the
 * query and one for keys after it; else keys after the query fall into bucket 0. In float32, as the
 * transformers library computes it: an edge falls where it falls there. buckets at least 4 with
 * `both`, else 2; max_distance above the distances that have a bucket each. */
int64_t position_bucket(int64_t distance, bool both, int64_t buckets, int64_t max_distance);
/* How many distances of one direction have a bucket of their own. */
int64_t position_exact(bool both, int64_t buckets);

/* Rotary positions (Su and others 2021, section 3.2.2): the angle by which pair `pair` of a vector
 * of that width is turned at position `pos`: pos / base^(2 pair / width). */
double position_angle(int64_t pos, int64_t pair, int64_t width, double base);
/* Turns x [width] to position pos. Pair j is (x[j], x[j + width/2]), as Llama in the transformers
 * library pairs them; width is even. */
void position_rotate(double *x, int64_t pos, int64_t width, double base);

#endif
