/* Memory, growable arrays, arenas, time and the interrupt flag. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"

static void test_mem__sizes_are_checked(void **state)
{
    (void)state;
    size_t out = 5;
    assert_true(mem_mul(6, 7, &out) && out == 42);
    assert_false(mem_mul(SIZE_MAX / 2, 3, &out));
    assert_true(mem_add(SIZE_MAX - 1, 1, &out) && out == SIZE_MAX);
    assert_false(mem_add(SIZE_MAX, 1, &out));
    assert_true(mem_mul(0, SIZE_MAX, &out) && out == 0);
    assert_null(mem_try(SIZE_MAX));
    assert_null(mem_try(SIZE_MAX - 63));
}

static void test_mem__try_is_aligned(void **state)
{
    (void)state;
    for (size_t n = 0; n < 200; n += 7) {
        char *p = mem_try(n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 64, 0);
        memset(p, 1, n);
        free(p);
    }
}

static void test_mem__strings(void **state)
{
    (void)state;
    char *a = mem_strdup("abc"), *b = mem_strndup("abcdef", 2), *c = mem_printf("%d-%s", 7, "x");
    assert_string_equal(a, "abc");
    assert_string_equal(b, "ab");
    assert_string_equal(c, "7-x");
    free(a);
    free(b);
    free(c);
}

static void test_array__push(void **state)
{
    (void)state;
    struct pair {
        int a, b;
    } *v = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < 1000; i++)
        ARRAY_PUSH(v, n, cap) = (struct pair){i, -i};
    assert_int_equal(n, 1000);
    assert_true(cap >= n);
    for (int i = 0; i < 1000; i++)
        assert_true(v[i].a == i && v[i].b == -i);
    free(v);
}

static void test_arena__zeroed_aligned_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 3, 16, 17, 100, 4096, 5000, 70000, 1, 2000000, 8};
    enum { COUNT = sizeof sizes / sizeof *sizes, ROUNDS = 40 };
    struct arena a = ARENA_INIT;
    unsigned char *p[COUNT * ROUNDS];
    for (size_t i = 0; i < COUNT * ROUNDS; i++) {
        size_t n = sizes[i % COUNT];
        if (n > 100000 && i > COUNT)
            n = 9;
        p[i] = arena_alloc(&a, n);
        assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < n; j++)
            assert_int_equal(p[i][j], 0);
        memset(p[i], (int)(i & 0xFF), n);
    }
    for (size_t i = 0; i < COUNT * ROUNDS; i++) {
        size_t n = sizes[i % COUNT];
        if (n > 100000 && i > COUNT)
            n = 9;
        for (size_t j = 0; j < n; j++)
            assert_int_equal(p[i][j], i & 0xFF);
    }
    assert_string_equal(arena_strdup(&a, "abc"), "abc");
    assert_memory_equal(arena_strndup(&a, "a\0b", 3), "a\0b", 4);
    assert_string_equal(arena_printf(&a, "%s-%d", "x", 12), "x-12");
    assert_string_equal(arena_printf(&a, "%s", ""), "");
    arena_release(&a);
    assert_string_equal(arena_strdup(&a, "again"), "again");
    arena_release(&a);
}

static void test_clock__goes_on(void **state)
{
    (void)state;
    double t = clock_seconds(), u;
    while ((u = clock_seconds()) == t)
        ;
    assert_true(u > t && u - t < 10);
}

static void test_interrupt__flag(void **state)
{
    (void)state;
    assert_false(interrupted());
    interrupt_flag = 1;
    assert_true(interrupted());
    interrupt_flag = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mem__sizes_are_checked),
        cmocka_unit_test(test_mem__try_is_aligned),
        cmocka_unit_test(test_mem__strings),
        cmocka_unit_test(test_array__push),
        cmocka_unit_test(test_arena__zeroed_aligned_apart),
        cmocka_unit_test(test_clock__goes_on),
        cmocka_unit_test(test_interrupt__flag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
