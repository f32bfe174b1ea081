/* The alias table of word frequencies, and thinning. */
#include "words/draw.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void sampler_init(struct sampler *s, const int64_t *count, int32_t n, double power)
{
    s->n = n;
    s->slot = mem_alloc((size_t)n * sizeof *s->slot);
    s->p = mem_alloc((size_t)n * sizeof *s->p);
    double *left = mem_alloc((size_t)n * sizeof *left), sum = 0; /* in units of one slot */
    int32_t *small = mem_alloc((size_t)n * sizeof *small),
            *large = mem_alloc((size_t)n * sizeof *large);
    int32_t smalls = 0, larges = 0;
    for (int32_t i = 0; i < n; i++)
        sum += s->p[i] = pow((double)count[i], power);
    for (int32_t i = 0; i < n; i++) {
        s->p[i] /= sum;
        left[i] = s->p[i] * n;
        if (left[i] < 1)
            small[smalls++] = i;
        else
            large[larges++] = i;
    }
    while (smalls > 0 && larges > 0) {
        int32_t a = small[--smalls], b = large[larges - 1];
        s->slot[a] = (struct sampler_slot){(uint32_t)(left[a] * 4294967296.0), b};
        left[b] -= 1 - left[a];
        if (left[b] < 1) {
            larges--;
            small[smalls++] = b;
        }
    }
    while (larges > 0) {
        int32_t b = large[--larges];
        s->slot[b] = (struct sampler_slot){UINT32_MAX, b};
    }
    while (smalls > 0) { /* left over by rounding: as good as whole */
        int32_t a = small[--smalls];
        s->slot[a] = (struct sampler_slot){UINT32_MAX, a};
    }
    free(left);
    free(small);
    free(large);
}

void sampler_release(struct sampler *s)
{
    free(s->slot);
    free(s->p);
    *s = (struct sampler){0};
}

double keep_chance(double share, double sample)
{
    if (sample <= 0 || share <= 0)
        return 1;
    double r = sample / share, p = sqrt(r) + r;
    return p < 1 ? p : 1;
}
