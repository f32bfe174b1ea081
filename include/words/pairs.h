/* The training examples that a window makes of a sentence. Positions count from 0 here; formulas
 * for people count i = 1..L. */
#ifndef RASAD_WORDS_PAIRS_H
#define RASAD_WORDS_PAIRS_H

#include <stdint.h>

/* Words within `window` before and after position i of a sentence of `length` words:
 * min(i-1, w) and min(L-i, w) with i = 1..L. */
int64_t pairs_before(int64_t i, int64_t window);
int64_t pairs_after(int64_t i, int64_t length, int64_t window);
/* The sum of both over all positions: (target, context) pairs of a skip-gram, inputs of CBOW. */
int64_t pairs_count(int64_t length, int64_t window);

#endif
