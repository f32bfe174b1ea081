/* The inner loops for AVX512. Compiled to nothing where the compiler has no such instructions. */
#include "k_ops.h"

#if defined __AVX512F__ && defined __AVX512BW__ && defined __AVX512DQ__ && defined __AVX512VL__

#include "vec_avx512.h"

#include "k_attend.h"
#include "k_elem.h"
#include "k_learn.h"
#include "k_mix.h"
#include "k_tile.h"

static const struct k_ops table = {
    .name = "avx512",
    .blas_rows = 256,
    .blas_columns = 8192,
    .turn_rows = 64,
#include "k_loops.def"
};
const struct k_ops *const k_ops_avx512 = &table;

#else
const struct k_ops *const k_ops_avx512 = NULL;
#endif
