/* How many examples a window makes. */
#include "words/pairs.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t pairs_before(int64_t i, int64_t window)
{
    return smaller(i, window);
}

int64_t pairs_after(int64_t i, int64_t length, int64_t window)
{
    return smaller(length - 1 - i, window);
}

int64_t pairs_count(int64_t length, int64_t window)
{
    /* One side: 0 + 1 + ... up to the window, then the window at every further position. */
    int64_t ramp = smaller(length > 0 ? length - 1 : 0, window);
    return 2 * (ramp * (ramp + 1) / 2 + (length > ramp ? (length - 1 - ramp) * ramp : 0));
}
