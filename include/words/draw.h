/* Drawing by lot: words by frequency, and which words of a sentence are left out. */
#ifndef RASAD_WORDS_DRAW_H
#define RASAD_WORDS_DRAW_H

#include <stdint.h>

#include "base/random.h"

/* 0 .. n-1 from the upper half of a number; n below 2^32. */
static inline uint32_t draw_below(uint64_t number, uint32_t n)
{
    return (uint32_t)(((number >> 32) * n) >> 32);
}

/* Words drawn with probability count^power / sum of count^power, each in the same time (Walker's
 * alias table: every slot holds a share of its own word and gives the rest to one other). */
struct sampler {
    struct sampler_slot {
        uint32_t keep; /* of 2^32 */
        int32_t other;
    } * slot;
    double *p; /* [n] the probabilities */
    int32_t n;
};
void sampler_init(struct sampler *s, const int64_t *count, int32_t n, double power);
void sampler_release(struct sampler *s);

static inline int32_t sampler_draw(const struct sampler *s, uint64_t *lots)
{
    uint64_t number = random_next(lots);
    uint32_t i = draw_below(number, (uint32_t)s->n);
    return (uint32_t)number < s->slot[i].keep ? (int32_t)i : s->slot[i].other;
}

/* The chance that an occurrence of a word with this share of all tokens is kept when frequent words
 * are thinned out: min(1, sqrt(sample / share) + sample / share); 1 when sample is 0. As the
 * program word2vec does it (Mikolov et al. 2013 print another form). */
double keep_chance(double share, double sample);

#endif
