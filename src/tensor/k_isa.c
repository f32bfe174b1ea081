/* Which instruction set the kernels use, and how many threads. */
#include <cblas.h>
#include <omp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "k_ops.h"

/* The one choice of the process. It changes speed, never meaning, so it is not part of any run. */
static _Atomic(const struct k_ops *) chosen;

static bool cpu_has_avx2(void) /* the half precision conversions came a generation earlier */
{
#ifdef __x86_64__
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

static bool cpu_has_avx512(void)
{
#ifdef __x86_64__
    return cpu_has_avx2() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
#else
    return false;
#endif
}

/* The table of that name, or the best when name is NULL; NULL when this machine has none such. */
static const struct k_ops *find(const char *name)
{
    const struct k_ops *all[] = {cpu_has_avx512() ? k_ops_avx512 : NULL,
                                 cpu_has_avx2() ? k_ops_avx2 : NULL, &k_ops_c};
    for (int i = 0; i < 3; i++)
        if (all[i] && (!name || strcmp(name, all[i]->name) == 0))
            return all[i];
    return NULL;
}

/* OpenBLAS always runs on the thread that calls it: we split the work ourselves, so there is one
 * pool of threads. Its setter also sets the size of the pool, which is put back. */
static void one_thread_in_openblas(void)
{
    int n = omp_get_max_threads();
    openblas_set_num_threads(1);
    omp_set_num_threads(n);
}

const struct k_ops *k_ops(void)
{
    const struct k_ops *o = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (!o) {
        const char *name = getenv("RASAD_ISA");
        one_thread_in_openblas();
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
    k_ops(); /* what the first call does is done */
    atomic_store_explicit(&chosen, o, memory_order_relaxed);
    return true;
}

void k_set_threads(int n)
{
    k_ops();
    omp_set_num_threads(n < 1 ? 1 : n);
}

int k_threads(void)
{
    return omp_get_max_threads();
}

const float *k_floats(const struct k_weight *w, int64_t n, float **take)
{
    *take = NULL;
    if (!w || !w->data || n <= 0)
        return NULL;
    if (w->dtype == DT_F32 && (uintptr_t)w->data % sizeof(float) == 0)
        return w->data;
    *take = mem_realloc(NULL, (size_t)n * sizeof **take);
    k_ops()->widen(*take, w->data, w->dtype, n);
    return *take;
}
