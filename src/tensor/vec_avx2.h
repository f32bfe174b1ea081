/* Vectors of 8 floats for the kernels that are written once for every width. */
#ifndef RASAD_TENSOR_VEC_AVX2_H
#define RASAD_TENSOR_VEC_AVX2_H

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

enum { VW = 8 };    /* floats in a vector */
#define TILE_ROWS 3 /* with four weight rows 12 sums: 4 of 16 registers stay for operands */
enum { TILE_M = TILE_ROWS };
typedef __m256 vf;
typedef __m256 vm;

#define VEC static inline __attribute__((always_inline))
/* Before a loop over registers: unrolled early, so that its array never lies in memory. */
#ifdef __clang__
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

/* One line for one instruction. */
/* clang-format off */
VEC __m256i v_first(int64_t n)
{
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

VEC vf v_zero(void) { return _mm256_setzero_ps(); }
VEC vf v_set(float x) { return _mm256_set1_ps(x); }
VEC vf v_load(const void *p) { return _mm256_loadu_ps(p); }
/* The same by halves: a line that is asked for four times comes from memory a fifth sooner. */
VEC vf v_load_far(const void *p)
{
    const float *q = p;
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(q)), _mm_loadu_ps(q + 4), 1);
}
VEC vf v_load_n(const void *p, int64_t n) { return _mm256_maskload_ps(p, v_first(n)); }
VEC void v_store(void *p, vf a) { _mm256_storeu_ps(p, a); }
VEC void v_store_n(void *p, vf a, int64_t n) { _mm256_maskstore_ps(p, v_first(n), a); }

VEC vf v_half_(__m128i h) { return _mm256_cvtph_ps(h); }
VEC vf v_bf16_(__m128i h)
{
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(h), 16));
}
VEC vf v_half(const void *p) { return v_half_(_mm_loadu_si128(p)); }
VEC vf v_bf16(const void *p) { return v_bf16_(_mm_loadu_si128(p)); }
VEC __m128i v_part(const void *p, int64_t n) /* n 16-bit values, then zeros */
{
    uint16_t part[8] = {0};
    memcpy(part, p, 2 * (size_t)n);
    return _mm_loadu_si128((const void *)part);
}
VEC vf v_half_n(const void *p, int64_t n) { return v_half_(v_part(p, n)); }
VEC vf v_bf16_n(const void *p, int64_t n) { return v_bf16_(v_part(p, n)); }

VEC vf v_add(vf a, vf b) { return _mm256_add_ps(a, b); }
VEC vf v_sub(vf a, vf b) { return _mm256_sub_ps(a, b); }
VEC vf v_mul(vf a, vf b) { return _mm256_mul_ps(a, b); }
VEC vf v_div(vf a, vf b) { return _mm256_div_ps(a, b); }
VEC vf v_max(vf a, vf b) { return _mm256_max_ps(a, b); } /* b when either is NaN */
VEC vf v_min(vf a, vf b) { return _mm256_min_ps(a, b); } /* b when either is NaN */
VEC vf v_fma(vf a, vf b, vf c) { return _mm256_fmadd_ps(a, b, c); }  /* a b + c */
VEC vf v_fms(vf a, vf b, vf c) { return _mm256_fmsub_ps(a, b, c); }  /* a b - c */
VEC vf v_nfma(vf a, vf b, vf c) { return _mm256_fnmadd_ps(a, b, c); } /* c - a b */
VEC vf v_round(vf a)
{
    return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
VEC vf v_pow2_(__m256i n) /* 2^n for n from -126 to 127 */
{
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23));
}
VEC vf v_ldexp(vf a, vf n) /* a 2^n, n whole, from -250 to 250: in two steps, for subnormals */
{
    __m256i i = _mm256_cvtps_epi32(n), half = _mm256_srai_epi32(i, 1);
    return v_mul(v_mul(a, v_pow2_(half)), v_pow2_(_mm256_sub_epi32(i, half)));
}
VEC vf v_abs(vf a) { return _mm256_andnot_ps(v_set(-0.0f), a); }
VEC vf v_copysign(vf a, vf sign)
{
    return _mm256_or_ps(v_abs(a), _mm256_and_ps(v_set(-0.0f), sign));
}
VEC vm v_less(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
VEC vf v_select(vm m, vf yes, vf no) { return _mm256_blendv_ps(no, yes, m); }
VEC int v_any(vm m) { return _mm256_movemask_ps(m) != 0; }

/* The sums of the elements of four vectors. The order is that of v_sum, bit for bit. */
VEC __m128 v_sum4(vf a, vf b, vf c, vf d)
{
    vf ab = _mm256_add_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
    vf cd = _mm256_add_ps(_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
    vf lo = _mm256_castpd_ps(_mm256_unpacklo_pd(_mm256_castps_pd(ab), _mm256_castps_pd(cd)));
    vf hi = _mm256_castpd_ps(_mm256_unpackhi_pd(_mm256_castps_pd(ab), _mm256_castps_pd(cd)));
    vf all = _mm256_add_ps(lo, hi);
    return _mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1));
}
VEC float v_sum(vf a) { return _mm_cvtss_f32(v_sum4(a, a, a, a)); }
VEC float v_largest(vf a)
{
    __m128 h = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    h = _mm_max_ps(h, _mm_movehl_ps(h, h));
    return _mm_cvtss_f32(_mm_max_ss(h, _mm_movehdup_ps(h)));
}
VEC double v_sum_double(vf a)
{
    __m256d s = _mm256_add_pd(_mm256_cvtps_pd(_mm256_castps256_ps128(a)),
                              _mm256_cvtps_pd(_mm256_extractf128_ps(a, 1)));
    __m128d h = _mm_add_pd(_mm256_castpd256_pd128(s), _mm256_extractf128_pd(s, 1));
    return _mm_cvtsd_f64(_mm_add_sd(h, _mm_unpackhi_pd(h, h)));
}

/* Quarters of a, then of b, one float or two of each by turns. */
VEC vf v_zip_lo(vf a, vf b) { return _mm256_unpacklo_ps(a, b); }
VEC vf v_zip_hi(vf a, vf b) { return _mm256_unpackhi_ps(a, b); }
VEC vf v_zip2_lo(vf a, vf b)
{
    return _mm256_castpd_ps(_mm256_unpacklo_pd(_mm256_castps_pd(a), _mm256_castps_pd(b)));
}
VEC vf v_zip2_hi(vf a, vf b)
{
    return _mm256_castpd_ps(_mm256_unpackhi_pd(_mm256_castps_pd(a), _mm256_castps_pd(b)));
}
/* The last step of a transposition: of the quarters of the vectors, in which fours are turned. */
VEC void v_turn_quarters(vf r[VW])
{
    UNROLL
    for (int i = 0; i < 4; i++) {
        vf a = r[i], b = r[i + 4];
        r[i] = _mm256_permute2f128_ps(a, b, 0x20);
        r[i + 4] = _mm256_permute2f128_ps(a, b, 0x31);
    }
}

/* clang-format on */

#endif
