/* Element types: every half-width value, rounding, and the names. */
#include "kernel_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The value of a binary16 by the definition of IEEE 754. */
static double half_by_definition(unsigned h)
{
    int e = (int)(h >> 10 & 31);
    double f = h & 1023, v = e == 31 ? (f != 0 ? NAN : INFINITY)
                             : e     ? ldexp(1024 + f, e - 25)
                                     : ldexp(f, -24);
    return h & 0x8000 ? -v : v;
}

static void test_half__all_values(void **state)
{
    (void)state;
    for (unsigned h = 0; h < 65536; h++) {
        double want = half_by_definition(h);
        float got = half_to_float((uint16_t)h);
        if (isnan(want)) {
            assert_true(isnan(got));
            assert_true(isnan(half_to_float(float_to_half(got))));
            continue;
        }
        assert_true(got == want && !signbit(got) == !signbit(want));
        assert_int_equal(float_to_half(got), h);
    }
}

static void test_half__rounds_to_nearest_even(void **state)
{
    (void)state;
    for (unsigned h = 0; h < 0x7bff; h++) {
        double a = half_by_definition(h), b = half_by_definition(h + 1);
        float middle = (float)((a + b) / 2); /* exact: one bit more than a half has */
        unsigned even = h & 1 ? h + 1 : h;
        assert_int_equal(float_to_half(middle), even);
        assert_int_equal(float_to_half(nextafterf(middle, 1e30f)), h + 1);
        assert_int_equal(float_to_half(-nextafterf(middle, -1e30f)), h | 0x8000);
    }
    assert_int_equal(float_to_half(65519.99f), 0x7bff);
    assert_int_equal(float_to_half(65520.0f), 0x7c00);
    assert_int_equal(float_to_half(1e38f), 0x7c00);
    assert_int_equal(float_to_half(-INFINITY), 0xfc00);
    assert_int_equal(float_to_half(1e-30f), 0);
}

static void test_bf16__all_values(void **state)
{
    (void)state;
    for (unsigned b = 0; b < 65536; b++) {
        float got = bf16_to_float((uint16_t)b);
        int e = (int)(b >> 7 & 255);
        double f = b & 127, want = e == 255 ? (f != 0 ? NAN : INFINITY)
                                   : e      ? ldexp(128 + f, e - 134)
                                            : ldexp(f, -133);
        want = b & 0x8000 ? -want : want;
        assert_true(isnan(want) ? isnan(got) : got == want && !signbit(got) == !signbit(want));
    }
}

/* The kernels' own conversions, on all values and off alignment, through rows of a table. */
static void test_embed__widens_all_values(void **state)
{
    (void)state;
    unsigned char *bytes = malloc(2 * 65536 + 1);
    float *y = malloc(65536 * sizeof *y);
    assert_non_null(bytes);
    assert_non_null(y);
    for (unsigned i = 0; i < 65536; i++) {
        uint16_t h = (uint16_t)i;
        memcpy(bytes + 1 + 2 * i, &h, 2);
    }
    const enum dtype types[] = {DT_F16, DT_BF16};
    FOR_EACH_ISA(isa)
    {
        for (int t = 0; t < 2; t++) {
            struct k_weight w = {bytes + 1, types[t], 1, 65536};
            int32_t id = 0;
            k_embed(y, &w, &id, 1, 1);
            for (unsigned i = 0; i < 65536; i++) {
                float want = t ? bf16_to_float((uint16_t)i) : half_to_float((uint16_t)i);
                assert_true(isnan(want) ? isnan(y[i]) : memcmp(y + i, &want, 4) == 0);
            }
        }
    }
    free(bytes);
    free(y);
}

static void test_dtype__names(void **state)
{
    (void)state;
    for (int t = 0; t < DT_COUNT; t++) {
        enum dtype back;
        assert_true(dtype_from_safetensors(dtype_safetensors((enum dtype)t), &back));
        assert_int_equal(back, t);
        assert_true(dtype_size((enum dtype)t) > 0);
        assert_int_equal(strlen(dtype_name((enum dtype)t)),
                         strlen(dtype_safetensors((enum dtype)t)));
    }
    enum dtype none;
    assert_false(dtype_from_safetensors("f32", &none));
    assert_false(dtype_from_safetensors("", &none));
    assert_string_equal(dtype_name(DT_BF16), "bf16");
}

static void test_dtype__loads_unaligned(void **state)
{
    (void)state;
    unsigned char b[9] = {0};
    int64_t i = -5;
    memcpy(b + 1, &i, 8);
    assert_true(dtype_load(DT_I64, b + 1) == -5);
    double d = 2.5;
    memcpy(b + 1, &d, 8);
    assert_true(dtype_load(DT_F64, b + 1) == 2.5);
    b[1] = 255;
    assert_true(dtype_load(DT_U8, b + 1) == 255);
    assert_true(dtype_load(DT_I8, b + 1) == -1);
    assert_true(dtype_load(DT_BOOL, b + 1) == 1);
    b[2] = 255;
    assert_true(dtype_load(DT_U16, b + 1) == 65535);
    assert_true(dtype_load(DT_I16, b + 1) == -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half__all_values),
        cmocka_unit_test(test_half__rounds_to_nearest_even),
        cmocka_unit_test(test_bf16__all_values),
        cmocka_unit_test(test_embed__widens_all_values),
        cmocka_unit_test(test_dtype__names),
        cmocka_unit_test(test_dtype__loads_unaligned),
    };
    return cmocka_run_group_tests_name("tensor/dtype", tests, NULL, NULL);
}
