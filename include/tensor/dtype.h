/* Element types of tensors, as they lie in files and in memory. */
#ifndef RASAD_TENSOR_DTYPE_H
#define RASAD_TENSOR_DTYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(enum name, safetensors name, bytes) */
#define DTYPES(X)                                                                                  \
    X(F32, "F32", 4)                                                                               \
    X(F16, "F16", 2)                                                                               \
    X(BF16, "BF16", 2)                                                                             \
    X(F64, "F64", 8)                                                                               \
    X(I64, "I64", 8)                                                                               \
    X(I32, "I32", 4)                                                                               \
    X(I16, "I16", 2)                                                                               \
    X(I8, "I8", 1)                                                                                 \
    X(U64, "U64", 8)                                                                               \
    X(U32, "U32", 4)                                                                               \
    X(U16, "U16", 2)                                                                               \
    X(U8, "U8", 1)                                                                                 \
    X(BOOL, "BOOL", 1)

#define X(name, st, bytes) DT_##name,
enum dtype { DTYPES(X) DT_COUNT };
#undef X

const char *dtype_name(enum dtype t);        /* lower case: "f32" */
const char *dtype_safetensors(enum dtype t); /* "F32" */
size_t dtype_size(enum dtype t);
bool dtype_from_safetensors(const char *name, enum dtype *out);

float half_to_float(uint16_t h); /* IEEE binary16; subnormals, infinities and NaN kept */
uint16_t float_to_half(float f); /* round to nearest even */
float bf16_to_float(uint16_t b);
/* One element of any type as a double, from possibly unaligned memory. */
double dtype_load(enum dtype t, const void *p);

#endif
