/* Opening a model's weights: folders, single files, shards with an index, and what is wrong
 * there. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"

static char *dir;
static const char index_name[] = "model.safetensors.index.json";

#define ONE(name, size)                                                                            \
    "{\"" name "\":{\"dtype\":\"U8\",\"shape\":[" #size "],\"data_offsets\":[0," #size "]}}"
#define TWO(first, second)                                                                         \
    "{\"" first "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"" second             \
    "\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}"

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

static struct weights *open_path(const char *path)
{
    struct err e = ERR_INIT;
    struct weights *w = NULL;
    if (!weights_open(path, &w, &e))
        fail_msg("refused: %s", e.msg);
    if (w && weights_broken(w))
        fail_msg("accepted, but has %s", weights_broken(w));
    return w;
}

static void refuses(const char *path, const char *expect, const char *hint)
{
    struct err e = ERR_INIT;
    struct weights *w = NULL;
    if (weights_open(path, &w, &e))
        fail_msg("accepted; expected \"%s\"", expect);
    assert_null(w);
    assert_int_equal(e.kind, ERR_FILE);
    if (!strstr(e.msg, expect) || !strstr(e.hint, hint))
        fail_msg("expected \"%s\" in: %s (%s)", expect, e.msg, e.hint);
}

static void put(const char *name, const char *text)
{
    file_write(dir, name, text, strlen(text));
}

static void test_weights__folder_and_file(void **state)
{
    (void)state;
    st_write(dir, "model.safetensors", TWO("a", "b"), 3);
    char *file = file_in(dir, "model.safetensors");
    for (int i = 0; i < 2; i++) {
        struct weights *w = open_path(i ? file : dir);
        assert_int_equal(weights_count(w), 2);
        assert_int_equal(weights_bytes(w), 3);
        assert_non_null(weights_find(w, "b"));
        assert_null(weights_note(w));
        weights_free(w);
    }
    free(file);
}

static void test_weights__none(void **state)
{
    (void)state;
    struct weights *w = open_path(dir);
    assert_null(w);
    put("config.json", "{}");
    assert_null(open_path(dir));
    weights_free(NULL);
}

static void test_weights__other_formats(void **state)
{
    (void)state;
    put("pytorch_model.bin", "PK");
    refuses(dir, "pytorch_model.bin, which cannot be read; model.safetensors is needed",
            "save_pretrained");
    char *file = file_in(dir, "pytorch_model.bin");
    refuses(file, "not a .safetensors file", "ends in .safetensors");
    free(file);
    st_write(dir, "model.safetensors", "{}", 0);
    struct weights *w = open_path(dir); /* both: the good one is taken */
    assert_int_equal(weights_count(w), 0);
    weights_free(w);
}

static void test_weights__bad_files(void **state)
{
    (void)state;
    char *path = file_in(dir, "model.safetensors");
    refuses(path, "No such file", "");
    assert_int_equal(symlink("nowhere", path), 0);
    refuses(dir, "No such file", "");
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    st_write(path, "inner", "{}", 0);
    refuses(dir, "model.safetensors' is a folder", "");
    char *inner = file_in(path, "inner");
    unlink(inner);
    free(inner);
    rmdir(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    refuses(dir, "not a regular file", "");
    unlink(path);
    put("model.safetensors", "");
    refuses(dir, "is empty", "");
    if (geteuid() != 0) { /* root may read everything */
        chmod(path, 0);
        refuses(dir, "Permission denied", "");
    }
    free(path);
}

static void make_shards(const char *index)
{
    st_write(dir, "m-1.safetensors", TWO("a", "b"), 3);
    st_write(dir, "m-2.safetensors", ONE("c", 4), 4);
    put(index_name, index);
}

static const char good_index[] =
    "{\"metadata\":{\"total_size\":7,\"x\":[1,{\"y\":[-1.5e3,null,true]}]},\"weight_map\":"
    "{\"c\":\"m-2.safetensors\",\"a\":\"m-1.safetensors\",\"b\":\"m-1.safetensors\"}}\n";

static void test_weights__shards(void **state)
{
    (void)state;
    make_shards(good_index);
    char *file = file_in(dir, index_name);
    for (int i = 0; i < 2; i++) {
        struct weights *w = open_path(i ? file : dir);
        assert_int_equal(weights_count(w), 3);
        assert_int_equal(weights_bytes(w), 7);
        assert_string_equal(weights_at(w, 0)->name, "a");
        assert_string_equal(weights_at(w, 2)->name, "c");
        assert_ptr_equal(weights_find(w, "a")->t.st, weights_find(w, "b")->t.st); /* opened once */
        assert_null(weights_note(w));
        weights_free(w);
    }
    free(file);
    /* A folder given relative to the current one. */
    assert_int_equal(chdir(dir), 0);
    struct weights *w = open_path(index_name);
    assert_int_equal(weights_count(w), 3);
    weights_free(w);
    w = open_path(".");
    assert_int_equal(weights_count(w), 3);
    weights_free(w);
    assert_int_equal(chdir("/"), 0);
}

static void test_weights__index_and_shards_disagree(void **state)
{
    (void)state;
    make_shards("{\"weight_map\":{\"a\":\"m-1.safetensors\",\"c\":\"m-2.safetensors\"}}");
    struct weights *w = open_path(dir);
    assert_int_equal(weights_count(w), 3);
    assert_non_null(strstr(weights_note(w), "1 of 3 tensors are not listed"));
    weights_free(w);
    put(index_name, "{\"weight_map\":{\"a\":\"m-1.safetensors\",\"z\":\"m-1.safetensors\"}}");
    refuses(dir, "tensor \"z\" is listed in", "do not belong together");
    put(index_name, "{\"weight_map\":{\"a\":\"m-2.safetensors\",\"b\":\"m-1.safetensors\"}}");
    refuses(dir, "lies in another file", "do not belong together");
    put(index_name, "{\"weight_map\":{\"a\":\"m-3.safetensors\"}}");
    refuses(dir, "lists m-3.safetensors, which is missing", "");
    put(index_name, good_index);
    st_write(dir, "m-2.safetensors", TWO("c", "a"), 3);
    refuses(dir, "tensor \"a\": is also in", "");
    st_write(dir, "m-2.safetensors", ONE("c", 4), 3);
    refuses(dir, "m-2.safetensors: the tensors need 4 bytes", "download");
}

static void test_weights__bad_index(void **state)
{
    (void)state;
    make_shards("");
    refuses(dir, "index.json: wrong at byte 0: expected '{'", "");
    put(index_name, "{}");
    refuses(dir, "no weight_map", "");
    put(index_name, "[]");
    refuses(dir, "expected '{'", "");
    put(index_name, "{\"weight_map\":[]}");
    refuses(dir, "expected '{'", "");
    put(index_name, "{\"weight_map\":{\"a\":1}}");
    refuses(dir, "expected a string", "");
    put(index_name, "{\"weight_map\":{\"a\":\"m-1.safetensors\",\"a\":\"m-2.safetensors\"}}");
    refuses(dir, "lists tensor \"a\" twice", "");
    put(index_name, "{\"weight_map\":{},\"weight_map\":{}}");
    refuses(dir, "weight_map twice", "");
    put(index_name, "{\"weight_map\":{}} x");
    refuses(dir, "after the end", "");
    put(index_name, "{\"weight_map\":{},\"\xff\":1}");
    refuses(dir, "not UTF-8 at byte 18", "");
    static const char *const values[] = {"01",  "1.",     "1e",  "-",  "tru", "[1,]",
                                         "{1}", "{\"a\"", "nul", "+1", ".5",  ""};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct str b = STR_INIT;
        str_addf(&b, "{\"metadata\":%s,\"weight_map\":{}}", values[i]);
        put(index_name, b.s);
        refuses(dir, "wrong at byte", "");
        str_release(&b);
    }
    struct str deep = STR_INIT;
    str_add(&deep, "{\"metadata\":");
    str_repeat(&deep, "[", 100000);
    put(index_name, deep.s);
    refuses(dir, "nested too deeply", "");
    str_release(&deep);
}

/* Names in an index are those of an untrusted file. */
static void test_weights__paths(void **state)
{
    (void)state;
    static const char *const names[] = {
        "../m-1.safetensors", "/etc/passwd", "..", ".", "", "x/../m-1.safetensors",
    };
    make_shards("");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str b = STR_INIT;
        str_addf(&b, "{\"weight_map\":{\"a\":\"%s\"}}", names[i]);
        put(index_name, b.s);
        refuses(dir, "not a plain file name", "");
        str_release(&b);
    }
    char *outside = folder_make(), *link = file_in(dir, "m-3.safetensors");
    st_write(outside, "t", ONE("a", 1), 1);
    char *target = file_in(outside, "t");
    assert_int_equal(symlink(target, link), 0);
    put(index_name, "{\"weight_map\":{\"a\":\"m-3.safetensors\"}}");
    refuses(dir, "leads out of its folder", "");
    put(index_name, "{\"weight_map\":{\"a\":\"\\u001b[2J\\u202e\"}}");
    refuses(dir, "lists ", "");
    free(link);
    free(target);
    folder_remove(outside);
}

/* Shards beside an index that can be changed often without touching a disk. */
static void link_index(struct scratch *scratch)
{
    make_shards("");
    scratch_open(scratch);
    char *path = file_in(dir, index_name);
    unlink(path);
    assert_int_equal(symlink(scratch->path, path), 0);
    free(path);
}

static void test_weights__every_index_truncation(void **state)
{
    (void)state;
    struct scratch scratch;
    link_index(&scratch);
    for (size_t n = 0; n < strlen(good_index) - 1; n++) {
        struct err e = ERR_INIT;
        struct weights *w = NULL;
        scratch_set(&scratch, good_index, n);
        assert_false(weights_open(dir, &w, &e));
        assert_true(e.msg[0]);
    }
    scratch_close(&scratch);
}

static void test_weights__every_index_byte_change(void **state)
{
    (void)state;
    char text[sizeof good_index];
    size_t len = strlen(good_index), accepted = 0;
    struct scratch scratch;
    link_index(&scratch);
    memcpy(text, good_index, sizeof text);
    for (size_t i = 0; i < len; i++) {
        for (int change = 1; change < 256; change++) {
            struct err e = ERR_INIT;
            struct weights *w = NULL;
            text[i] = (char)(good_index[i] ^ change);
            scratch_set(&scratch, text, len);
            if (!weights_open(dir, &w, &e)) {
                assert_true(e.kind == ERR_FILE && e.msg[0] && !w);
                continue;
            }
            accepted++;
            assert_non_null(w);
            if (weights_broken(w))
                fail_msg("accepted, but has %s", weights_broken(w));
            weights_free(w);
        }
        text[i] = good_index[i];
    }
    scratch_close(&scratch);
    assert_true(accepted > 100); /* changes inside "metadata" */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_weights__##name, setup, teardown)
        TEST(folder_and_file),
        TEST(none),
        TEST(other_formats),
        TEST(bad_files),
        TEST(shards),
        TEST(index_and_shards_disagree),
        TEST(bad_index),
        TEST(paths),
        TEST(every_index_truncation),
        TEST(every_index_byte_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
