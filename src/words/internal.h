/* Private to the words layer. */
#ifndef RASAD_WORDS_INTERNAL_H
#define RASAD_WORDS_INTERNAL_H

#include <math.h>

/* log(1 + e^x) without overflow: -log sigmoid(-x) */
static inline double softplus(double x)
{
    return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

#endif
