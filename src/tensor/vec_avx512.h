/* Vectors of 16 floats for the kernels that are written once for every width. */
#ifndef RASAD_TENSOR_VEC_AVX512_H
#define RASAD_TENSOR_VEC_AVX512_H

#include <immintrin.h>
#include <stdint.h>

enum { VW = 16 };   /* floats in a vector */
#define TILE_ROWS 6 /* with four weight rows 24 sums: 8 of 32 registers stay for operands */
enum { TILE_M = TILE_ROWS };
typedef __m512 vf;
typedef __mmask16 vm;

#define VEC static inline __attribute__((always_inline))
/* Before a loop over registers: unrolled early, so that its array never lies in memory. */
#ifdef __clang__
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

/* One line for one instruction. */
/* clang-format off */
VEC __mmask16 v_first(int64_t n) { return (__mmask16)((1u << n) - 1); }

VEC vf v_zero(void) { return _mm512_setzero_ps(); }
VEC vf v_set(float x) { return _mm512_set1_ps(x); }
VEC vf v_load(const void *p) { return _mm512_loadu_ps(p); }
/* The same by quarters: a line that is asked for four times comes from memory a fifth sooner. */
VEC vf v_load_far(const void *p)
{
    const float *q = p;
    vf v = _mm512_castps128_ps512(_mm_loadu_ps(q));
    v = _mm512_insertf32x4(v, _mm_loadu_ps(q + 4), 1);
    v = _mm512_insertf32x4(v, _mm_loadu_ps(q + 8), 2);
    return _mm512_insertf32x4(v, _mm_loadu_ps(q + 12), 3);
}
VEC vf v_load_n(const void *p, int64_t n) { return _mm512_maskz_loadu_ps(v_first(n), p); }
VEC void v_store(void *p, vf a) { _mm512_storeu_ps(p, a); }
VEC void v_store_n(void *p, vf a, int64_t n) { _mm512_mask_storeu_ps(p, v_first(n), a); }

VEC vf v_half_(__m256i h) { return _mm512_cvtph_ps(h); }
VEC vf v_bf16_(__m256i h)
{
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(h), 16));
}
VEC vf v_half(const void *p) { return v_half_(_mm256_loadu_si256(p)); }
VEC vf v_bf16(const void *p) { return v_bf16_(_mm256_loadu_si256(p)); }
VEC vf v_half_n(const void *p, int64_t n)
{
    return v_half_(_mm256_maskz_loadu_epi16(v_first(n), p));
}
VEC vf v_bf16_n(const void *p, int64_t n)
{
    return v_bf16_(_mm256_maskz_loadu_epi16(v_first(n), p));
}

VEC vf v_add(vf a, vf b) { return _mm512_add_ps(a, b); }
VEC vf v_sub(vf a, vf b) { return _mm512_sub_ps(a, b); }
VEC vf v_mul(vf a, vf b) { return _mm512_mul_ps(a, b); }
VEC vf v_div(vf a, vf b) { return _mm512_div_ps(a, b); }
VEC vf v_max(vf a, vf b) { return _mm512_max_ps(a, b); } /* b when either is NaN */
VEC vf v_min(vf a, vf b) { return _mm512_min_ps(a, b); } /* b when either is NaN */
VEC vf v_fma(vf a, vf b, vf c) { return _mm512_fmadd_ps(a, b, c); }  /* a b + c */
VEC vf v_fms(vf a, vf b, vf c) { return _mm512_fmsub_ps(a, b, c); }  /* a b - c */
VEC vf v_nfma(vf a, vf b, vf c) { return _mm512_fnmadd_ps(a, b, c); } /* c - a b */
VEC vf v_round(vf a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT); }
VEC vf v_ldexp(vf a, vf n) { return _mm512_scalef_ps(a, n); } /* a 2^n, n whole */
VEC vf v_abs(vf a) { return _mm512_abs_ps(a); }
VEC vf v_copysign(vf a, vf sign)
{
    return _mm512_castsi512_ps(_mm512_ternarylogic_epi32(
        _mm512_set1_epi32(INT32_MIN), _mm512_castps_si512(sign), _mm512_castps_si512(a), 0xca));
}
VEC vm v_less(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
VEC vf v_select(vm m, vf yes, vf no) { return _mm512_mask_blend_ps(m, no, yes); }
VEC int v_any(vm m) { return m != 0; }

VEC __m128 v_fold(__m512 a) /* sum of the four quarters */
{
    __m256 h = _mm256_add_ps(_mm512_castps512_ps256(a),
                             _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(a), 1)));
    return _mm_add_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
}
/* The sums of the elements of four vectors. The order is that of v_sum, bit for bit. */
VEC __m128 v_sum4(vf a, vf b, vf c, vf d)
{
    vf ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
    vf cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
    vf lo = _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd)));
    vf hi = _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(ab), _mm512_castps_pd(cd)));
    return v_fold(_mm512_add_ps(lo, hi));
}
VEC float v_sum(vf a) { return _mm_cvtss_f32(v_sum4(a, a, a, a)); }
VEC float v_largest(vf a) { return _mm512_reduce_max_ps(a); }
VEC double v_sum_double(vf a)
{
    __m256 hi = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(a), 1));
    return _mm512_reduce_add_pd(_mm512_add_pd(_mm512_cvtps_pd(_mm512_castps512_ps256(a)),
                                              _mm512_cvtps_pd(hi)));
}

/* Quarters of a, then of b, one float or two of each by turns. */
VEC vf v_zip_lo(vf a, vf b) { return _mm512_unpacklo_ps(a, b); }
VEC vf v_zip_hi(vf a, vf b) { return _mm512_unpackhi_ps(a, b); }
VEC vf v_zip2_lo(vf a, vf b)
{
    return _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(a), _mm512_castps_pd(b)));
}
VEC vf v_zip2_hi(vf a, vf b)
{
    return _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(a), _mm512_castps_pd(b)));
}
/* The last step of a transposition: of the quarters of the vectors, in which fours are turned. */
VEC void v_turn_quarters(vf r[VW])
{
    vf t[VW];
    UNROLL
    for (int i = 0; i < 4; i++) {
        vf a = _mm512_shuffle_f32x4(r[i], r[i + 4], 0x88),
           b = _mm512_shuffle_f32x4(r[i], r[i + 4], 0xdd),
           c = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0x88),
           d = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0xdd);
        t[i] = _mm512_shuffle_f32x4(a, c, 0x88);
        t[i + 4] = _mm512_shuffle_f32x4(b, d, 0x88);
        t[i + 8] = _mm512_shuffle_f32x4(a, c, 0xdd);
        t[i + 12] = _mm512_shuffle_f32x4(b, d, 0xdd);
    }
    UNROLL
    for (int i = 0; i < VW; i++)
        r[i] = t[i];
}

/* clang-format on */

#endif
