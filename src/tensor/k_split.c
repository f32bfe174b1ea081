/* Work split among the threads of the one pool. */
#include "base/interrupt.h"
#include "k_ops.h"

int k_team(double ns)
{
    int n = k_threads();
    double worth = ns / 10e3; /* a region costs a microsecond: ten of work for each thread */
    return worth < 2 ? 1 : worth < n ? (int)worth : n;
}

void k_split(int team, int64_t n, int64_t step, k_range *f, const void *work)
{
    if (team == 1) { /* even a region of one thread would cost as much as a small op */
        for (int64_t i = 0; i < n && !interrupted(); i += step)
            f(work, i, n - i < step ? n : i + step);
        return;
    }
#pragma omp parallel for schedule(dynamic) num_threads(team)
    for (int64_t i = 0; i < n; i += step)
        if (!interrupted())
            f(work, i, n - i < step ? n : i + step);
}

int64_t k_rows_at_once(int64_t width)
{
    enum { ELEMENTS = 8192 }; /* some microseconds */
    return width > 0 && width < ELEMENTS ? ELEMENTS / width : 1;
}
