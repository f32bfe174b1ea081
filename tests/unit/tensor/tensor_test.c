/* Tensors: shapes, views, copies, statistics, references. */
#include "kernel_check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tensor/tensor.h"

/* [2, 3, 4] holding 0 .. 23, axes B, S, D */
static struct tensor counting(void)
{
    struct tensor t;
    struct err e = ERR_INIT;
    assert_true(tensor_new(&t, DT_F32, 3, (const int64_t[]){2, 3, 4}, "a test", &e));
    for (int i = 0; i < 24; i++)
        tensor_f32(&t)[i] = (float)i;
    tensor_set_axes(&t, (const char *const[]){"B", "S", "a long name"});
    return t;
}

static void test_tensor__new_and_get(void **state)
{
    (void)state;
    struct tensor t = counting();
    assert_int_equal(tensor_count(&t), 24);
    assert_true(tensor_contiguous(&t));
    assert_true(tensor_get(&t, (const int64_t[]){1, 2, 3}) == 23);
    assert_true(tensor_get(&t, (const int64_t[]){0, 1, 2}) == 6);
    assert_int_equal(tensor_axis(&t, "S"), 1);
    assert_int_equal(tensor_axis(&t, "a long "), 2); /* cut to fit */
    assert_int_equal(tensor_axis(&t, ""), -1);
    assert_int_equal((uintptr_t)t.data % 64, 0);
    tensor_unref(&t);
    assert_null(t.data);
}

static void test_tensor__refuses_impossible_shapes(void **state)
{
    (void)state;
    struct tensor t = {0};
    struct err e = ERR_INIT;
    const int64_t huge[] = {INT64_MAX, INT64_MAX}, large[] = {1LL << 31, 1LL << 31, 4},
                  negative[] = {3, -1}, seven[] = {1, 1, 1, 1, 1, 1, 1},
                  zero_and_huge[] = {0, INT64_MAX, INT64_MAX};
    assert_false(tensor_new(&t, DT_F32, 2, huge, "a test", &e));
    assert_true(strlen(e.msg) > 0);
    assert_false(tensor_new(&t, DT_F32, 3, large, "a test", &e));
    assert_false(tensor_new(&t, DT_F32, 2, negative, "a test", &e));
    assert_false(tensor_new(&t, DT_F32, 7, seven, "a test", &e));
    assert_false(tensor_new(&t, DT_F32, 3, zero_and_huge, "a test", &e));
    assert_null(t.data);
    assert_true(tensor_new(&t, DT_F32, 2, (const int64_t[]){0, 5}, "a test", &e));
    assert_int_equal(tensor_count(&t), 0);
    assert_true(tensor_contiguous(&t));
    tensor_unref(&t);
    assert_true(tensor_new(&t, DT_F64, 0, NULL, "a test", &e));
    assert_int_equal(tensor_count(&t), 1);
    tensor_unref(&t);
}

static void test_tensor__views(void **state)
{
    (void)state;
    struct tensor t = counting();
    struct tensor row = tensor_index(&t, 1, 2); /* [2, 4] */
    assert_int_equal(row.ndim, 2);
    assert_true(tensor_get(&row, (const int64_t[]){1, 3}) == 23);
    assert_string_equal(row.axis[1], "a long ");
    assert_false(tensor_contiguous(&row));
    struct tensor part = tensor_slice(&t, 2, 1, 3); /* [2, 3, 2] */
    assert_true(tensor_get(&part, (const int64_t[]){0, 0, 1}) == 2);
    struct tensor turned = tensor_permute(&t, (const int[]){2, 0, 1}); /* [4, 2, 3] */
    assert_int_equal(turned.shape[0], 4);
    assert_true(tensor_get(&turned, (const int64_t[]){3, 1, 2}) == 23);
    assert_string_equal(turned.axis[1], "B");
    struct tensor none = tensor_slice(&t, 0, 2, 2);
    assert_int_equal(tensor_count(&none), 0);
    tensor_unref(&t);
}

static void test_tensor__references(void **state)
{
    (void)state;
    struct tensor t = counting();
    struct tensor view = tensor_index(&t, 0, 1), kept = tensor_ref(&view);
    assert_int_equal(t.st->refs, 2);
    tensor_unref(&t);
    assert_true(tensor_get(&kept, (const int64_t[]){0, 0}) == 12);
    tensor_unref(&kept);
    storage_unref(NULL);
    assert_null(storage_ref(NULL));
}

static void test_tensor__copies(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct tensor t = counting(), copy, other = counting();
    struct tensor turned = tensor_permute(&t, (const int[]){2, 1, 0});
    assert_true(tensor_to_f32(&turned, &copy, &e));
    assert_true(tensor_contiguous(&copy));
    assert_string_equal(copy.axis[2], "B");
    for (int64_t d = 0; d < 4; d++)
        for (int64_t s = 0; s < 3; s++)
            for (int64_t b = 0; b < 2; b++)
                assert_true(tensor_f32(&copy)[d * 6 + s * 2 + b] == (float)(b * 12 + s * 4 + d));
    assert_false(tensor_copy(&copy, &t, &e));
    struct tensor back = tensor_permute(&other, (const int[]){2, 1, 0});
    memset(other.data, 0, 24 * sizeof(float));
    assert_true(tensor_copy(&back, &copy, &e));
    assert_memory_equal(other.data, t.data, 24 * sizeof(float));
    tensor_unref(&copy);

    const uint16_t halves[] = {0x3c00, 0xc000, 0x7c00}; /* 1, -2, infinity */
    struct tensor h = tensor_borrow(DT_F16, 1, (const int64_t[]){3}, halves);
    assert_null(h.st);
    assert_true(tensor_to_f32(&h, &copy, &e));
    assert_true(tensor_f32(&copy)[1] == -2 && isinf(tensor_f32(&copy)[2]));
    tensor_unref(&copy);

    struct tensor repeated = t; /* one element seen five times */
    repeated.ndim = 1;
    repeated.shape[0] = 5;
    repeated.stride[0] = 0;
    assert_true(tensor_to_f32(&repeated, &copy, &e));
    assert_true(tensor_f32(&copy)[4] == 0);
    tensor_unref(&copy);
    tensor_unref(&t);
    tensor_unref(&other);
}

static void test_tensor__stats(void **state)
{
    (void)state;
    struct tensor t = counting();
    struct tensor_stats s;
    tensor_stats(&t, &s);
    assert_int_equal(s.count, 24);
    assert_true(fabs(s.mean - 11.5) < 1e-12 && fabs(s.sd - sqrt(575.0 / 12)) < 1e-12);
    assert_true(s.min == 0 && s.max == 23 && fabs(s.norm - sqrt(4324)) < 1e-9);
    tensor_f32(&t)[0] = NAN;
    tensor_f32(&t)[1] = -INFINITY;
    tensor_stats(&t, &s);
    assert_true(s.nan == 1 && s.inf == 1 && s.min == 2);
    for (int i = 0; i < 24; i++)
        tensor_f32(&t)[i] = 1e6f + (float)(i % 2); /* small spread far from 0 */
    tensor_stats(&t, &s);
    assert_true(fabs(s.sd - 0.5) < 1e-9 && s.mean == 1e6 + 0.5);
    struct tensor none = tensor_slice(&t, 0, 0, 0);
    tensor_stats(&none, &s);
    assert_true(s.count == 0 && isnan(s.mean) && s.norm == 0);
    tensor_unref(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tensor__new_and_get),
        cmocka_unit_test(test_tensor__refuses_impossible_shapes),
        cmocka_unit_test(test_tensor__views),
        cmocka_unit_test(test_tensor__references),
        cmocka_unit_test(test_tensor__copies),
        cmocka_unit_test(test_tensor__stats),
    };
    return cmocka_run_group_tests_name("tensor/tensor", tests, NULL, NULL);
}
