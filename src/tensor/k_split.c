/* Work split among the threads of the one pool. */
#include <omp.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "k_ops.h"

/* When other programs keep the processors busy, a region begins and ends only when each of its
 * threads has had its turn: milliseconds for microseconds of work. After such a wait small work
 * stays on one thread for a while. This is state of the machine, not of a computation: results do
 * not depend on it. */
enum { SPELL = 25, LONGEST = 400 };
static _Atomic int alone;         /* pieces of small work yet to be done on one thread */
static _Atomic int spell = SPELL; /* how many next time: more when the next wait comes soon */
/* What a region takes beyond its work, in nanoseconds: half a microsecond where the processors share
 * a cache, three times that where they do not, more for many. */
static double region = 500;
static const double REGIONS = 6;   /* a thread is to do that many times as much */
static const double SMALL = 300e3; /* ns: what one thread may do by itself then */

int k_team(double ns)
{
    int n = omp_in_parallel() ? 1 : k_threads();
    double worth = ns / (REGIONS * region);
    if (worth < 2)
        return 1;
    if (ns < SMALL && atomic_load_explicit(&alone, memory_order_relaxed) > 0) {
        atomic_fetch_sub_explicit(&alone, 1, memory_order_relaxed);
        return 1;
    }
    return worth < n ? (int)worth : n;
}

/* Waits of some regions in a row: the least of them is what a region takes, more was uneven work. */
static void learn(double wait)
{
    enum { SOME = 32 };
    static double least = 1;
    static int seen;
    least = wait < least ? wait : least;
    if (++seen < SOME)
        return;
    region = least < 300e-9 ? 300 : least > 5e-6 ? 5000 : 1e9 * least;
    least = 1;
    seen = 0;
}

/* A region that was asked for at `began`; its first thread worked from `from` to `done`. */
static void judge(double began, double from, double done)
{
    double wait = from - began + clock_seconds() - done;
    int n = atomic_load_explicit(&spell, memory_order_relaxed);
    if (wait > 300e-6 && wait > done - from) {
        atomic_store_explicit(&alone, n, memory_order_relaxed);
        n = 2 * n < LONGEST ? 2 * n : LONGEST;
    } else if (n > SPELL) {
        n--;
    }
    atomic_store_explicit(&spell, n, memory_order_relaxed);
    learn(wait);
}

/* What one thread is to do first: items next .. end. The others help when they are through. */
struct share {
    _Alignas(2 * 64) _Atomic int64_t next; /* no two of them in lines that are fetched together */
    int64_t end;
};
enum { MOST_SHARES = 64 };

static void do_share(struct share *s, int64_t step, k_range *f, const void *work)
{
    /* Looked at first: to write to what another thread uses takes longer than to read it. */
    while (!interrupted() && atomic_load_explicit(&s->next, memory_order_relaxed) < s->end) {
        int64_t i = atomic_fetch_add_explicit(&s->next, step, memory_order_relaxed);
        if (i >= s->end)
            return;
        f(work, i, s->end - i < step ? s->end : i + step);
    }
}

/* Each thread has one long stretch of its own, in which the hardware reads ahead: a new stretch
 * costs a microsecond until it does. Only what a slow thread leaves is taken by the others. */
void k_split(int team, int64_t n, int64_t step, k_range *f, const void *work)
{
    if (team == 1) { /* even a region of one thread would cost as much as a small op */
        for (int64_t i = 0; i < n && !interrupted(); i += step)
            f(work, i, n - i < step ? n : i + step);
        return;
    }
    struct share shares[MOST_SHARES];
    int most = team < MOST_SHARES ? team : MOST_SHARES;
    int64_t steps = (n + step - 1) / step;
    for (int i = 0; i < most; i++) {
        atomic_init(&shares[i].next, steps * i / most * step);
        shares[i].end = i + 1 < most ? steps * (i + 1) / most * step : n;
    }
    double began = clock_seconds(), from = began, done = began;
#pragma omp parallel num_threads(most)
    {
        int me = omp_get_thread_num();
        if (me == 0)
            from = clock_seconds();
        for (int i = 0; i < most; i++)
            do_share(&shares[(me + i) % most], step, f, work);
        if (me == 0)
            done = clock_seconds();
    }
    judge(began, from, done);
}

int k_rows_team(int64_t n, int64_t rows)
{
    enum { WORTH = 12 }; /* rows of a thread: fewer are no tile */
    const struct k_ops *ops = k_ops();
    /* With fewer the weights would not be transposed, and the bits be others. */
    int64_t least = n * rows < ops->turn_rows ? WORTH : ops->turn_rows;
    int team = ops == &k_ops_c || omp_in_parallel() ? 1 : k_threads();
    while (team > 1 && (n - (team - 1) * ((n + team - 1) / team)) * rows < least)
        team--;
    return team;
}

void k_share_rows(int64_t n, int64_t rows, k_range *f, const void *work)
{
    int team = k_team(SMALL / 2) > 1 ? k_rows_team(n, rows) : 1;
    k_split(team, n, (n + team - 1) / team, f, work);
}

int64_t k_rows_at_once(int64_t width)
{
    enum { ELEMENTS = 8192 }; /* some microseconds */
    return width > 0 && width < ELEMENTS ? ELEMENTS / width : 1;
}
