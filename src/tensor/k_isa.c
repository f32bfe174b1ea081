/* Which instruction set the kernels use, and how many threads. */
#include <cblas.h>
#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "k_ops.h"

const struct k_ops *k_ops_avx2(void)
{
    return NULL;
}

const struct k_ops *k_ops_avx512(void)
{
    return NULL;
}

/* The one choice of the process. It changes speed, never meaning, so it is not part of any run. */
static _Atomic(const struct k_ops *) chosen;

static const struct k_ops *find(const char *name)
{
    const struct k_ops *all[] = {k_ops_avx512(), k_ops_avx2(), &k_ops_c};
    for (int i = 0; i < 3; i++)
        if (all[i] && (!name || strcmp(name, all[i]->name) == 0))
            return all[i];
    return NULL;
}

const struct k_ops *k_ops(void)
{
    const struct k_ops *o = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (!o) {
        const char *name = getenv("RASAD_ISA");
        o = name && *name ? find(name) : NULL;
        if (!o)
            o = find(NULL);
        atomic_store_explicit(&chosen, o, memory_order_relaxed);
    }
    return o;
}

const char *k_isa(void)
{
    return k_ops()->name;
}

bool k_force_isa(const char *name)
{
    const struct k_ops *o = find(name);
    if (!o)
        return false;
    atomic_store_explicit(&chosen, o, memory_order_relaxed);
    return true;
}

void k_set_threads(int n)
{
    if (n < 1)
        n = 1;
    omp_set_num_threads(n);
    openblas_set_num_threads(n);
}

int k_threads(void)
{
    return omp_get_max_threads();
}

int k_team(double ns)
{
    int n = k_threads();
    double worth = ns / 10e3; /* a region costs a microsecond; each thread gets ten of work */
    return worth < 2 ? 1 : worth < n ? (int)worth : n;
}
