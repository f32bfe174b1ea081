/* Files: mappings, limits, names that must stay in their folder, and writing that loses nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

static char *home;

static int setup(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    home = mem_printf("%s/file_test.XXXXXX", tmp ? tmp : "/tmp");
    return mkdtemp(home) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    char *command = mem_printf("rm -rf '%s'", home);
    int status = system(command);
    free(command);
    free(home);
    return status;
}

static char *in_home(const char *name)
{
    return path_join(home, name);
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void holds(const char *path, const char *text)
{
    struct err e = ERR_INIT;
    size_t n;
    char *got = file_read(path, 1 << 20, &n, &e);
    assert_non_null(got);
    assert_string_equal(got, text);
    assert_int_equal(n, strlen(text));
    free(got);
}

static int files_in(const char *dir)
{
    DIR *d = opendir(dir);
    int n = 0;
    while (readdir(d))
        n++;
    closedir(d);
    return n - 2;
}

static void test_file__read_and_map(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    char *path = in_home("a"), *empty = in_home("empty"), *none = in_home("none\x1b");
    put(path, "hello");
    put(empty, "");
    holds(path, "hello");
    holds(empty, "");
    size_t n;
    assert_null(file_read(path, 4, &n, &e));
    assert_int_equal(e.kind, ERR_FILE);
    assert_null(file_read(none, 4, &n, &e));
    assert_null(strchr(e.msg, '\x1b'));
    assert_null(file_read(home, 4, &n, &e));
    assert_non_null(strstr(e.msg, "folder"));
    struct mapping *m = mapping_open(path, &e);
    assert_non_null(m);
    assert_int_equal(m->size, 5);
    assert_memory_equal(m->data, "hello", 5);
    assert_ptr_equal(mapping_ref(m), m);
    mapping_unref(m);
    assert_memory_equal(m->data, "hello", 5);
    mapping_unref(m);
    mapping_unref(NULL);
    m = mapping_open(empty, &e);
    assert_non_null(m->data);
    assert_int_equal(m->size, 0);
    mapping_unref(m);
    assert_null(mapping_open(none, &e));
    assert_null(mapping_open(home, &e));
    assert_null(mapping_open("/dev/null", &e));
    char *fifo = in_home("fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_null(mapping_open(fifo, &e)); /* and does not wait for a writer */
    assert_true(file_exists(path) && !file_exists(none) && !file_is_dir(path) && file_is_dir(home));
    free(fifo);
    free(path);
    free(empty);
    free(none);
}

static void test_path__inside(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    static const char *const bad[] = {"", ".", "..", "a/b", "/etc/passwd", "../x", "a/../../x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_null(path_inside(home, bad[i], &e));
        assert_int_equal(e.kind, ERR_FILE);
    }
    char longest[400];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(path_inside(home, longest, &e));
    char *file = in_home("plain"), *link = in_home("link"), *out = in_home("out");
    char *gone = in_home("gone"), *fine;
    put(file, "x");
    assert_int_equal(symlink("plain", link), 0);
    assert_int_equal(symlink("/etc/passwd", out), 0);
    assert_int_equal(symlink("nowhere", gone), 0);
    static const char *const good[] = {"plain", "link", "missing", "...", "a b", "\u0639"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        fine = path_inside(home, good[i], &e);
        assert_non_null(fine);
        char *expect = in_home(good[i]);
        assert_string_equal(fine, expect);
        free(fine);
        free(expect);
    }
    assert_null(path_inside(home, "out", &e));
    assert_null(path_inside(home, "gone", &e));
    /* A sibling whose name begins like the folder is outside. */
    char *sibling = mem_printf("%s-other", home), *leak = in_home("leak");
    put(sibling, "x");
    assert_int_equal(symlink(sibling, leak), 0);
    assert_null(path_inside(home, "leak", &e));
    unlink(sibling);
    free(sibling);
    free(leak);
    free(file);
    free(link);
    free(out);
    free(gone);
}

static void test_path__inside_download_cache(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    char *repo = in_home("models--x"), *snapshots = path_join(repo, "snapshots");
    char *rev = path_join(snapshots, "abc"), *blobs = path_join(repo, "blobs");
    char *blob = path_join(blobs, "123"), *link = path_join(rev, "m"), *out = path_join(rev, "o");
    mkdir(repo, 0700);
    mkdir(snapshots, 0700);
    mkdir(rev, 0700);
    mkdir(blobs, 0700);
    put(blob, "x");
    assert_int_equal(symlink("../../blobs/123", link), 0);
    assert_int_equal(symlink("../../other", out), 0);
    char *fine = path_inside(rev, "m", &e);
    assert_non_null(fine);
    free(fine);
    char *other = path_join(repo, "other");
    put(other, "x");
    assert_null(path_inside(rev, "o", &e));
    free(repo), free(snapshots), free(rev), free(blobs), free(blob), free(link), free(out);
    free(other);
}

static void test_path__join(void **state)
{
    (void)state;
    char *a = path_join("a", "b"), *b = path_join("a/", "b"), *c = path_join("", "b");
    assert_string_equal(a, "a/b");
    assert_string_equal(b, "a/b");
    assert_string_equal(c, "b");
    free(a);
    free(b);
    free(c);
}

static void test_writer__commit_and_abort(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct file_writer w;
    char *dir = in_home("w"), *path = path_join(dir, "f");
    mkdir(dir, 0700);
    assert_true(file_create(&w, path, &e));
    fputs("one", w.f);
    assert_false(file_exists(path));
    assert_true(file_commit(&w, &e));
    holds(path, "one");
    assert_int_equal(chmod(path, 0640), 0);
    assert_true(file_create(&w, path, &e));
    fputs("two", w.f);
    file_abort(&w);
    file_abort(&w);
    holds(path, "one");
    assert_int_equal(files_in(dir), 1);
    assert_true(file_create(&w, path, &e));
    fputs("three", w.f);
    assert_true(file_commit(&w, &e));
    holds(path, "three");
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0640);
    assert_int_equal(files_in(dir), 1);
    /* A link stays one, and what it points to is replaced. */
    char *link = path_join(dir, "l");
    assert_int_equal(symlink("f", link), 0);
    assert_true(file_create(&w, link, &e));
    fputs("four", w.f);
    assert_true(file_commit(&w, &e));
    holds(path, "four");
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    free(link);
    free(dir);
    free(path);
}

static void test_writer__refuses(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct file_writer w;
    char *path = in_home("no/such/folder/f");
    assert_false(file_create(&w, path, &e));
    assert_int_equal(e.kind, ERR_COMMAND);
    assert_false(file_create(&w, home, &e));
    assert_false(file_create(&w, "", &e));
    file_abort(&w);
    free(path);
}

static void test_writer__full_disk(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct file_writer w;
    if (access("/dev/full", W_OK) != 0) {
        print_message("no /dev/full here\n");
        skip();
    }
    assert_true(file_create(&w, "/dev/full", &e));
    for (int i = 0; i < 100000; i++)
        fputs("text", w.f);
    assert_false(file_commit(&w, &e));
    assert_non_null(strstr(e.msg, "No space left"));
    struct stat st;
    assert_int_equal(stat("/dev/full", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    /* Little text fails only when it is flushed. */
    assert_true(file_create(&w, "/dev/full", &e));
    fputs("text", w.f);
    assert_false(file_commit(&w, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file__read_and_map),          cmocka_unit_test(test_path__inside),
        cmocka_unit_test(test_path__inside_download_cache), cmocka_unit_test(test_path__join),
        cmocka_unit_test(test_writer__commit_and_abort),    cmocka_unit_test(test_writer__refuses),
        cmocka_unit_test(test_writer__full_disk),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
