/* Positions by formula against the reference library: T5's buckets, Llama's rotations, Marian's
 * sinusoids (positions/expected.json). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "tensor/position.h"

#define FILE_NAME "tests/golden/positions/expected.json"
#define TOLERANCE 2e-6 /* the reference computes in float32 */

static int64_t whole(const json_t *row, const char *key)
{
    const json_t *v = json_object_get(row, key);
    assert_true(json_is_integer(v));
    return json_integer_value(v);
}

static double number(const json_t *list, int64_t i)
{
    return json_number_value(json_array_get(list, (size_t)i));
}

static void bucket(const json_t *row)
{
    int64_t reach = whole(row, "reach"), buckets = whole(row, "buckets"),
            most = whole(row, "max_distance");
    bool both = json_is_true(json_object_get(row, "both"));
    const json_t *want = json_object_get(row, "row");
    assert_int_equal(json_array_size(want), 2 * reach + 1);
    for (int64_t d = -reach; d <= reach; d++) {
        int64_t got = position_bucket(d, both, buckets, most),
                right = json_integer_value(json_array_get(want, (size_t)(d + reach)));
        if (got != right)
            fail_msg("distance %d, %d buckets to %d: bucket %d, the reference says %d", (int)d,
                     (int)buckets, (int)most, (int)got, (int)right);
    }
}

static void near(double got, double want, const char *what, int64_t at)
{
    if (fabs(got - want) > TOLERANCE * (1 + fabs(want)))
        fail_msg("%s %d: %.9g, the reference says %.9g", what, (int)at, got, want);
}

static void rotary(const json_t *row)
{
    int64_t width = whole(row, "width");
    double x[64];
    assert_true(width <= 64);
    for (int64_t i = 0; i < width; i++)
        x[i] = number(json_object_get(row, "x"), i);
    position_rotate(x, whole(row, "position"), width,
                    json_number_value(json_object_get(row, "base")));
    for (int64_t i = 0; i < width; i++)
        near(x[i], number(json_object_get(row, "turned"), i), "rotary", i);
}

static void sinusoid(const json_t *row)
{
    int64_t width = whole(row, "width");
    for (int64_t i = 0; i < width; i++)
        near(position_sinusoid(whole(row, "position"), i, width, 10000),
             number(json_object_get(row, "row"), i), "sinusoid", i);
}

static void test_positions__as_the_reference(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        void (*check)(const json_t *row);
        int least;
    } kinds[] = {{"bucket", bucket, 14}, {"rotary", rotary, 12}, {"sinusoid", sinusoid, 8}};
    json_error_t e;
    json_t *rows = json_load_file(FILE_NAME, 0, &e), *row;
    size_t at;
    if (rows == NULL)
        fail_msg("%s: %s", FILE_NAME, e.text);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int n = 0;
        json_array_foreach(rows, at, row)
        {
            if (strcmp(json_string_value(json_object_get(row, "kind")), kinds[k].kind) != 0)
                continue;
            kinds[k].check(row);
            n++;
        }
        assert_true(n >= kinds[k].least);
    }
    json_decref(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_positions__as_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
