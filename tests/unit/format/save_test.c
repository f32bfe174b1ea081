/* Writing tensors: what is written reads back, and a failure leaves the old file whole. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cursor.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "files.h"
#include "format/save.h"

static char *dir;

static int setup(void **state)
{
    (void)state;
    dir = folder_make();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    folder_remove(dir);
    return 0;
}

/* Values that text formats get wrong. */
static const float hard[] = {0.0f,          -0.0f,       0.1f,         1.0f / 3, 1e-45f,    -1e-38f,
                             3.4028235e38f, 16777217.0f, 123456789.0f, INFINITY, -INFINITY, NAN};
enum { HARD = sizeof hard / sizeof *hard };

static struct tensor borrow(int ndim, const int64_t *shape, const float *data)
{
    return tensor_borrow(DT_F32, ndim, shape, data);
}

static void save_ok(const char *name, const struct save_item *items, size_t n,
                    const struct save_meta *meta, size_t nmeta)
{
    struct err e = ERR_INIT;
    char *path = file_in(dir, name);
    if (!save_tensors(path, items, n, meta, nmeta, &e))
        fail_msg("%s: %s", name, e.msg);
    assert_int_equal(e.kind, ERR_NONE);
    free(path);
}

/* The error of a save that must fail, with nothing left behind. */
static struct err save_fails(const char *name, const struct save_item *items, size_t n)
{
    struct err e = ERR_INIT;
    int before = folder_count(dir);
    char *path = file_in(dir, name);
    assert_false(save_tensors(path, items, n, NULL, 0, &e));
    assert_true(e.msg[0]);
    assert_int_equal(folder_count(dir), before);
    free(path);
    return e;
}

static char *read_back(const char *name, size_t *n)
{
    struct err e = ERR_INIT;
    char *path = file_in(dir, name), *text = file_read(path, 1 << 26, n, &e);
    if (!text)
        fail_msg("%s", e.msg);
    free(path);
    return text;
}

static void same_bits(const float *a, const float *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(&a[i], &b[i], sizeof *a) != 0 && !(isnan(a[i]) && isnan(b[i])))
            fail_msg("value %zu is %.9g, not %.9g", i, (double)a[i], (double)b[i]);
}

/* Three tensors: all hard values, a transposed view of them, a scalar; and one without elements. */
static size_t make_items(struct save_item *items)
{
    static const int order[] = {1, 0};
    struct tensor t = borrow(2, (const int64_t[]){3, 4}, hard);
    const char *axes[] = {"S", "S'"};
    tensor_set_axes(&t, axes);
    items[0] = (struct save_item){"enc.0.self.q", t};
    items[1] = (struct save_item){"enc.0.\"odd\"\\\u06cc", tensor_permute(&t, order)};
    items[2] = (struct save_item){"scalar", borrow(0, NULL, &hard[2])};
    items[3] = (struct save_item){"empty", borrow(2, (const int64_t[]){0, 5}, hard)};
    return 4;
}

static void test_save__safetensors_reads_back(void **state)
{
    (void)state;
    struct save_item items[4];
    size_t n = make_items(items), size;
    const struct save_meta meta[] = {
        {"tokens", "[\"\u0639\u0644\u06cc\"]"}, {"control", "a\n\t\x01\""}, {"bad", "x\xffy"}};
    save_ok("x.safetensors", items, n, meta, 3);
    char *path = file_in(dir, "x.safetensors"), *bytes = read_back("x.safetensors", &size);
    assert_int_equal(*(const uint64_t *)bytes % 8, 0); /* data begins at a multiple of 8 */
    free(bytes);
    struct err e = ERR_INIT;
    struct weights *w = NULL;
    if (!weights_open(path, &w, &e))
        fail_msg("%s", e.msg);
    assert_null(weights_broken(w));
    assert_int_equal(weights_count(w), n);
    for (size_t i = 0; i < n; i++) {
        const struct weight *got = weights_find(w, items[i].name);
        struct tensor want;
        assert_non_null(got);
        assert_int_equal(got->t.ndim, items[i].t.ndim);
        for (int d = 0; d < got->t.ndim; d++)
            assert_int_equal(got->t.shape[d], items[i].t.shape[d]);
        assert_true(tensor_to_f32(&items[i].t, &want, &e));
        same_bits(got->t.data, want.data, (size_t)tensor_count(&want));
        tensor_unref(&want);
    }
    assert_string_equal(weights_metadata(w, "tokens"), meta[0].value);
    assert_string_equal(weights_metadata(w, "control"), meta[1].value);
    assert_string_equal(weights_metadata(w, "bad"), "x\uFFFDy");
    weights_free(w);
    free(path);
}

static void test_save__other_types_become_f32(void **state)
{
    (void)state;
    const int32_t ints[] = {-1, 7};
    const uint16_t halves[] = {0x3C00, 0xFC00};
    const int64_t two = 2;
    struct save_item items[] = {{"i", tensor_borrow(DT_I32, 1, &two, ints)},
                                {"h", tensor_borrow(DT_F16, 1, &two, halves)}};
    save_ok("x.safetensors", items, 2, NULL, 0);
    struct err e = ERR_INIT;
    struct weights *w = NULL;
    char *path = file_in(dir, "x.safetensors");
    assert_true(weights_open(path, &w, &e));
    same_bits(weights_find(w, "i")->t.data, (const float[]){-1, 7}, 2);
    same_bits(weights_find(w, "h")->t.data, (const float[]){1, -INFINITY}, 2);
    weights_free(w);
    free(path);
}

/* Checks an .npy file that lies in `c` against a tensor of 3 x 4. */
static void check_npy(struct cursor *c)
{
    uint16_t n = 0;
    const unsigned char *magic = cursor_bytes(c, 8);
    assert_non_null(magic);
    assert_memory_equal(magic, "\x93NUMPY\x01\x00", 8);
    assert_true(cursor_u16(c, &n));
    assert_int_equal((n + 10) % 64, 0);
    const char *dict = (const char *)cursor_bytes(c, n);
    const char expect[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }";
    assert_memory_equal(dict, expect, sizeof expect - 1);
    assert_int_equal(dict[n - 1], '\n');
    float values[HARD];
    const unsigned char *data = cursor_bytes(c, sizeof values);
    assert_non_null(data);
    memcpy(values, data, sizeof values);
    same_bits(values, hard, HARD);
}

static void test_save__npy(void **state)
{
    (void)state;
    struct save_item items[4];
    size_t size;
    make_items(items);
    save_ok("x.npy", items, 1, NULL, 0);
    char *bytes = read_back("x.npy", &size);
    struct cursor c = cursor_make(bytes, size);
    check_npy(&c);
    assert_int_equal(cursor_left(&c), 0);
    free(bytes);
    save_ok("x.npy", &items[2], 1, NULL, 0);
    bytes = read_back("x.npy", &size);
    assert_non_null(strstr(bytes + 10, "'shape': (), }"));
    free(bytes);
    items[0].t = borrow(1, (const int64_t[]){HARD}, hard);
    save_ok("x.npy", items, 1, NULL, 0);
    bytes = read_back("x.npy", &size);
    assert_non_null(strstr(bytes + 10, "'shape': (12,), }"));
    free(bytes);
}

/* CRC-32 bit by bit, as its definition has it. */
static uint32_t plain_crc(const unsigned char *p, size_t n)
{
    uint32_t c = 0xFFFFFFFF;
    for (size_t i = 0; i < n * 8; i++) {
        uint32_t bit = (c ^ (uint32_t)(p[i / 8] >> i % 8)) & 1;
        c = c >> 1 ^ (bit ? 0xEDB88320 : 0);
    }
    return ~c;
}

static uint32_t u32_at(const char *p)
{
    uint32_t v;
    memcpy(&v, p, 4);
    return v;
}

static void test_save__npz(void **state)
{
    (void)state;
    struct save_item items[4];
    size_t n = make_items(items), size;
    save_ok("x.npz", items, n, NULL, 0);
    char *bytes = read_back("x.npz", &size);
    const char *end = bytes + size - 22;
    assert_int_equal(u32_at(end), 0x06054b50);
    assert_int_equal(end[10], (int)n);
    assert_int_equal(u32_at(end + 12) + u32_at(end + 16), size - 22);
    const char *central = bytes + u32_at(end + 16);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(u32_at(central), 0x02014b50);
        const char *local = bytes + u32_at(central + 42);
        size_t name = (size_t)central[28], length = u32_at(local + 22);
        assert_int_equal(u32_at(local), 0x04034b50);
        assert_int_equal(name, strlen(items[i].name) + 4);
        assert_memory_equal(central + 46, items[i].name, name - 4);
        assert_memory_equal(local + 30, central + 46, name);
        assert_memory_equal(central + 46 + name - 4, ".npy", 4);
        assert_memory_equal(local + 4, central + 6, 26); /* the records agree */
        assert_int_equal(u32_at(local + 14),
                         plain_crc((const unsigned char *)local + 30 + name, length));
        if (i == 0) {
            struct cursor c = cursor_make(local + 30 + name, length);
            check_npy(&c);
        }
        central += 46 + name;
    }
    assert_ptr_equal(central, end);
    free(bytes);
}

static float json_float(const json_t *v)
{
    if (json_is_string(v))
        return strcmp(json_string_value(v), "nan") == 0 ? NAN
               : json_string_value(v)[0] == '-'         ? -INFINITY
                                                        : INFINITY;
    return (float)json_number_value(v);
}

static void test_save__json(void **state)
{
    (void)state;
    struct save_item items[4];
    size_t n = make_items(items), size;
    const struct save_meta meta[] = {{"model", "a\"b"}};
    save_ok("x.json", items, n, meta, 1);
    char *text = read_back("x.json", &size);
    json_error_t je;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &je);
    if (!root)
        fail_msg("%s\n%s", je.text, text);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(root, "metadata"), "model")), "a\"b");
    json_t *sites = json_object_get(root, "sites");
    assert_int_equal(json_array_size(sites), n);
    json_t *first = json_array_get(sites, 0);
    assert_string_equal(json_string_value(json_object_get(first, "site")), "enc.0.self.q");
    assert_string_equal(json_string_value(json_array_get(json_object_get(first, "axes"), 1)), "S'");
    assert_int_equal(json_integer_value(json_array_get(json_object_get(first, "shape"), 1)), 4);
    for (size_t i = 0; i < HARD; i++) {
        json_t *row = json_array_get(json_object_get(first, "data"), i / 4);
        float got = json_float(json_array_get(row, i % 4));
        same_bits(&got, &hard[i], 1);
    }
    json_t *scalar = json_object_get(json_array_get(sites, 2), "data");
    assert_true((float)json_real_value(scalar) == 0.1f);
    assert_int_equal(json_array_size(json_object_get(json_array_get(sites, 3), "data")), 0);
    json_decref(root);
    free(text);
}

static void csv_is(const struct save_item *item, const char *expect)
{
    size_t size;
    save_ok("x.csv", item, 1, NULL, 0);
    char *text = read_back("x.csv", &size);
    assert_string_equal(text, expect);
    free(text);
}

static void test_save__csv(void **state)
{
    (void)state;
    const float v[] = {0, 1, 2, 3, -INFINITY, 0.5f, NAN, 1e-7f, 8, 9, 10, 11};
    struct save_item item = {"x", borrow(2, (const int64_t[]){3, 4}, v)};
    csv_is(&item, "0,1,2,3\n-inf,0.5,nan,1.00000001e-07\n8,9,10,11\n");
    item.t = borrow(4, (const int64_t[]){1, 3, 1, 4}, v);
    csv_is(&item, "0,1,2,3\n-inf,0.5,nan,1.00000001e-07\n8,9,10,11\n");
    item.t = borrow(1, (const int64_t[]){3}, v);
    csv_is(&item, "0,1,2\n");
    item.t = borrow(2, (const int64_t[]){1, 1}, v);
    csv_is(&item, "0\n");
    item.t = borrow(0, NULL, v);
    csv_is(&item, "0\n");
    item.t = borrow(2, (const int64_t[]){2, 0}, v);
    csv_is(&item, "");
    item.t = borrow(4, (const int64_t[]){1, 2, 2, 2}, v);
    csv_is(&item, "0,0,0,1\n0,1,2,3\n1,0,-inf,0.5\n1,1,nan,1.00000001e-07\n");
}

static void test_save__refusals(void **state)
{
    (void)state;
    struct save_item items[4];
    make_items(items);
    struct err e = save_fails("x.bin", items, 1);
    assert_int_equal(e.kind, ERR_COMMAND);
    assert_non_null(strstr(e.hint, save_endings));
    save_fails("x", items, 1);
    e = save_fails("x.npy", items, 2);
    assert_non_null(strstr(e.msg, "one tensor, not 2"));
    save_fails("x.csv", items, 0);
    items[1].name = items[0].name;
    e = save_fails("x.npz", items, 2);
    assert_non_null(strstr(e.msg, "twice"));
    items[0].name = "__metadata__";
    save_fails("x.safetensors", items, 1);
    e = save_fails("nowhere/x.npy", items, 1);
    assert_non_null(strstr(e.msg, "No such file"));
    interrupt_flag = 1;
    e = save_fails("x.json", items, 1);
    interrupt_flag = 0;
    assert_int_equal(e.kind, ERR_INTERRUPT);
}

/* A target that fills up half way: the old file stays, nothing else is left. */
static void test_save__full_disk(void **state)
{
    (void)state;
    static const char *const names[] = {"x.safetensors", "x.npz", "x.npy", "x.json", "x.csv"};
    enum { BIG = 50000 };
    float *big = mem_alloc(BIG * sizeof *big);
    struct save_item item = {"big", borrow(1, (const int64_t[]){BIG}, big)};
    struct rlimit old, limit;
    getrlimit(RLIMIT_FSIZE, &old);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size;
        file_write(dir, names[i], "old", 3);
        limit = old;
        limit.rlim_cur = 10000;
        setrlimit(RLIMIT_FSIZE, &limit);
        struct err e = save_fails(names[i], &item, 1);
        setrlimit(RLIMIT_FSIZE, &old);
        assert_int_equal(e.kind, ERR_COMMAND);
        assert_non_null(strstr(e.msg, "File too large"));
        char *text = read_back(names[i], &size);
        assert_int_equal(size, 3);
        assert_memory_equal(text, "old", 3);
        free(text);
    }
    signal(SIGXFSZ, handler);
    free(big);
}

/* A device that is always full: small files fail only when they are closed. */
static void test_save__full_device(void **state)
{
    (void)state;
    struct save_item items[4];
    make_items(items);
    char *link = file_in(dir, "x.npy");
    assert_int_equal(symlink("/dev/full", link), 0);
    struct err e = save_fails("x.npy", items, 1);
    assert_non_null(strstr(e.msg, "No space left on device"));
    free(link);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_save__##name, setup, teardown)
        TEST(safetensors_reads_back),
        TEST(other_types_become_f32),
        TEST(npy),
        TEST(npz),
        TEST(json),
        TEST(csv),
        TEST(refusals),
        TEST(full_disk),
        TEST(full_device),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
