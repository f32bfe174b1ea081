/* Hash maps: what was put in comes out, whatever the keys hold. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/map.h"

static void test_map__many_keys(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    static char keys[COUNT][16];
    struct map m = MAP_INIT;
    assert_int_equal(map_gets(&m, "none", -5), -5);
    for (int i = 0; i < COUNT; i++) {
        snprintf(keys[i], sizeof keys[i], "k%d", i);
        assert_true(map_add(&m, keys[i], strlen(keys[i]), i));
    }
    assert_int_equal(m.n, COUNT);
    for (int i = 0; i < COUNT; i++) {
        assert_false(map_add(&m, keys[i], strlen(keys[i]), -1));
        assert_int_equal(map_gets(&m, keys[i], -1), i);
    }
    assert_int_equal(map_gets(&m, "k", -1), -1);
    assert_int_equal(map_gets(&m, "k20000", -1), -1);
    map_release(&m);
    assert_int_equal(map_gets(&m, "k1", -1), -1);
    map_release(&m);
}

static void test_map__keys_are_bytes(void **state)
{
    (void)state;
    struct map m = MAP_INIT;
    assert_true(map_add(&m, "", 0, 1));
    assert_true(map_add(&m, "\0", 1, 2));
    assert_true(map_add(&m, "\0\0", 2, 3));
    assert_true(map_add(&m, "a\0b", 3, 4));
    assert_true(map_add(&m, "a", 1, INT64_MIN));
    assert_int_equal(map_get(&m, "", 0, 0), 1);
    assert_int_equal(map_get(&m, "\0", 1, 0), 2);
    assert_int_equal(map_get(&m, "\0\0", 2, 0), 3);
    assert_int_equal(map_get(&m, "a\0b", 3, 0), 4);
    assert_int_equal(map_get(&m, "a\0c", 3, 0), 0);
    assert_true(map_get(&m, "a", 1, 0) == INT64_MIN);
    map_release(&m);
}

static void test_map__reserve(void **state)
{
    (void)state;
    struct map m = MAP_INIT;
    map_reserve(&m, 1000);
    size_t cap = m.cap;
    static char keys[1000][16];
    for (int i = 0; i < 1000; i++) {
        snprintf(keys[i], sizeof keys[i], "%d", i);
        assert_true(map_add(&m, keys[i], strlen(keys[i]), i));
    }
    assert_int_equal(m.cap, cap);
    map_release(&m);
}

static void test_hash__depends_on_every_byte_and_the_length(void **state)
{
    (void)state;
    char key[40] = {0};
    for (size_t n = 0; n < sizeof key; n++) {
        uint64_t h = hash_bytes(1, key, n);
        assert_true(h != hash_bytes(2, key, n));
        if (n)
            assert_true(h != hash_bytes(1, key, n - 1));
        for (size_t i = 0; i < n; i++) {
            key[i] = 1;
            assert_true(h != hash_bytes(1, key, n));
            key[i] = 0;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map__many_keys),
        cmocka_unit_test(test_map__keys_are_bytes),
        cmocka_unit_test(test_map__reserve),
        cmocka_unit_test(test_hash__depends_on_every_byte_and_the_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
