/* A file of sentences: where lines begin and end. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/corpus.h"

static struct corpus *open_text(const char *text, size_t n)
{
    char path[] = "/tmp/corpus-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, n), (ssize_t)n);
    close(fd);
    struct corpus *c;
    struct err e = ERR_INIT;
    bool ok = corpus_open(path, &c, &e);
    unlink(path);
    if (!ok)
        fail_msg("%s", e.msg);
    return c;
}

static void check(const char *text, size_t n, const char *const *lines, const size_t *lengths,
                  int64_t count)
{
    struct corpus *c = open_text(text, n);
    assert_int_equal(corpus_count(c), count);
    assert_int_equal(corpus_current(c), 0);
    for (int64_t i = 0; i < count; i++) {
        const char *line;
        size_t len;
        struct err e = ERR_INIT;
        assert_true(corpus_line(c, i + 1, &line, &len, &e));
        assert_int_equal(len, lengths[i]);
        assert_memory_equal(line, lines[i], len);
        assert_int_equal(corpus_current(c), i + 1);
    }
    corpus_free(c);
}

static void test_corpus__lines(void **state)
{
    (void)state;
    check("a\nbc\n", 5, (const char *const[]){"a", "bc"}, (size_t[]){1, 2}, 2);
    check("a\r\n\nbc", 6, (const char *const[]){"a", "", "bc"}, (size_t[]){1, 0, 2}, 3);
    check("x\0y\n", 4, (const char *const[]){"x\0y"}, (size_t[]){3}, 1);
    check("\n", 1, (const char *const[]){""}, (size_t[]){0}, 1);
    check("", 0, NULL, NULL, 0);
}

static void test_corpus__range(void **state)
{
    (void)state;
    struct corpus *c = open_text("a\nb\n", 4), *none = open_text("", 0);
    const char *line;
    size_t n;
    for (int64_t number = -1; number <= 3; number += number == -1 ? 1 : 3) {
        struct err e = ERR_INIT;
        assert_false(corpus_line(c, number, &line, &n, &e));
        assert_non_null(strstr(e.msg, "has lines 1-2"));
    }
    struct err e = ERR_INIT;
    assert_false(corpus_line(none, 1, &line, &n, &e));
    assert_non_null(strstr(e.msg, "has no lines"));
    assert_int_equal(corpus_current(c), 0);
    corpus_free(c);
    corpus_free(none);
}

static void test_corpus__files(void **state)
{
    (void)state;
    struct corpus *c;
    struct err e = ERR_INIT;
    assert_false(corpus_open("/nowhere/x", &c, &e));
    assert_int_equal(e.kind, ERR_FILE);
    e = (struct err)ERR_INIT;
    assert_false(corpus_open("/tmp", &c, &e));
    assert_int_equal(e.kind, ERR_FILE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corpus__lines),
        cmocka_unit_test(test_corpus__range),
        cmocka_unit_test(test_corpus__files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
