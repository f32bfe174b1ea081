/* Element types: names, sizes, and the conversions of the two half-width floats. */
#include "tensor/dtype.h"

#include <string.h>

struct dtype_row {
    const char *safetensors;
    size_t bytes;
};

static const struct dtype_row rows[DT_COUNT] = {
#define X(id, st, bytes) [DT_##id] = {st, bytes},
    DTYPES(X)
#undef X
};

/* Lower-case names in the order of the enum. */
static const char *const lower[DT_COUNT] = {"f32", "f16", "bf16", "f64", "i64", "i32", "i16",
                                            "i8",  "u64", "u32",  "u16", "u8",  "bool"};

const char *dtype_name(enum dtype t)
{
    return (unsigned)t < DT_COUNT ? lower[t] : "?";
}

const char *dtype_safetensors(enum dtype t)
{
    return (unsigned)t < DT_COUNT ? rows[t].safetensors : "?";
}

size_t dtype_size(enum dtype t)
{
    return (unsigned)t < DT_COUNT ? rows[t].bytes : 0;
}

bool dtype_from_safetensors(const char *name, enum dtype *out)
{
    for (int t = 0; t < DT_COUNT; t++) {
        if (strcmp(rows[t].safetensors, name) == 0) {
            *out = (enum dtype)t;
            return true;
        }
    }
    return false;
}

static float float_of_bits(uint32_t u)
{
    float f;
    memcpy(&f, &u, sizeof f);
    return f;
}

float half_to_float(uint16_t h)
{
    uint32_t sign = (uint32_t)(h & 0x8000u) << 16;
    uint32_t exponent = (h >> 10) & 0x1fu, fraction = h & 0x3ffu;
    if (exponent == 0) { /* zero or subnormal: fraction * 2^-24 is exact in binary32 */
        float f = (float)fraction * 0x1p-24f;
        return sign ? -f : f;
    }
    if (exponent == 31) /* infinity, or NaN made quiet as the hardware conversion does */
        return float_of_bits(sign | 0x7f800000u | (fraction ? 0x400000u | fraction << 13 : 0));
    return float_of_bits(sign | (exponent + 112) << 23 | fraction << 13);
}

/* v / 2^shift, rounded to nearest, ties to even */
static uint32_t shift_round(uint32_t v, unsigned shift)
{
    uint32_t half = 1u << (shift - 1), rest = v & ((1u << shift) - 1), q = v >> shift;
    return q + (rest > half || (rest == half && (q & 1)));
}

uint16_t float_to_half(float f)
{
    uint32_t u;
    memcpy(&u, &f, sizeof u);
    uint32_t sign = u >> 16 & 0x8000u, a = u & 0x7fffffffu;
    if (a > 0x7f800000u)
        return (uint16_t)(sign | 0x7e00u | (a >> 13 & 0x3ffu));
    if (a >= 0x477ff000u) /* 65520 and above round to infinity */
        return (uint16_t)(sign | 0x7c00u);
    if (a >= 0x38800000u) /* normal: rebias; a carry moves into the exponent, as it should */
        return (uint16_t)(sign | shift_round(a - (112u << 23), 13));
    if (a < 0x33000000u) /* below half of the smallest subnormal */
        return (uint16_t)sign;
    uint32_t fraction = (a & 0x7fffffu) | 0x800000u;
    return (uint16_t)(sign | shift_round(fraction, 126 - (a >> 23)));
}

float bf16_to_float(uint16_t b)
{
    return float_of_bits((uint32_t)b << 16);
}

#define LOAD(type)                                                                                 \
    do {                                                                                           \
        type v;                                                                                    \
        memcpy(&v, p, sizeof v);                                                                   \
        return (double)v;                                                                          \
    } while (0)

double dtype_load(enum dtype t, const void *p)
{
    uint16_t h;
    switch (t) {
    case DT_F32:
        LOAD(float);
    case DT_F16:
        memcpy(&h, p, sizeof h);
        return half_to_float(h);
    case DT_BF16:
        memcpy(&h, p, sizeof h);
        return bf16_to_float(h);
    case DT_F64:
        LOAD(double);
    case DT_I64:
        LOAD(int64_t);
    case DT_I32:
        LOAD(int32_t);
    case DT_I16:
        LOAD(int16_t);
    case DT_I8:
        LOAD(int8_t);
    case DT_U64:
        LOAD(uint64_t);
    case DT_U32:
        LOAD(uint32_t);
    case DT_U16:
        LOAD(uint16_t);
    case DT_U8:
        LOAD(uint8_t);
    case DT_BOOL:
        return *(const unsigned char *)p != 0;
    case DT_COUNT:
        break;
    }
    return 0;
}
