/* Records: reading damaged ones, and what counts as the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "shell/record.h"

static const char good[] = "# rasad record 1\n"
                           "# model tiny 0123456789abcdef\n"
                           "# machine c, 1 thread, 0.1.0\n"
                           "# width 60, color never, seed 0\n"
                           "+ set precision 3\n"
                           "> define two\n"
                           "> echo 2\n"
                           "> end\n"
                           "> two\n"
                           "2\n"
                           "\\> an arrow\n"
                           "> \n";

static bool read_bytes(const char *bytes, size_t n, struct record *r, struct err *e)
{
    char path[] = "/tmp/record-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), n);
    close(fd);
    bool ok = record_read(path, r, e);
    unlink(path);
    return ok;
}

static void test_record__reads(void **state)
{
    (void)state;
    struct record r;
    struct err e = ERR_INIT;
    assert_true(read_bytes(good, sizeof good - 1, &r, &e));
    assert_string_equal(r.model, "tiny");
    assert_string_equal(r.digest, "0123456789abcdef");
    assert_int_equal(r.width, 60);
    assert_string_equal(r.setup, "set precision 3\n");
    assert_int_equal(r.n, 5);
    assert_string_equal(r.steps[0].input, "define two");
    assert_string_equal(r.steps[3].input, "two");
    assert_int_equal(r.steps[3].line, 9);
    assert_string_equal(r.steps[3].expected, "2\n> an arrow\n");
    assert_string_equal(r.steps[4].input, "");
    record_release(&r);
}

/* Every truncation and every changed byte: read, or refused with a reason. */
static void test_record__damaged(void **state)
{
    (void)state;
    char bytes[sizeof good];
    for (size_t n = 0; n < sizeof good - 1; n++) {
        struct record r;
        struct err e = ERR_INIT;
        if (read_bytes(good, n, &r, &e))
            record_release(&r);
        else
            assert_true(e.kind == ERR_FILE && strlen(e.msg) > 0);
        for (int bit = 0; bit < 8; bit++) {
            memcpy(bytes, good, sizeof good);
            bytes[n] = (char)(bytes[n] ^ (1 << bit));
            struct err f = ERR_INIT;
            if (read_bytes(bytes, sizeof good - 1, &r, &f))
                record_release(&r);
            else
                assert_true(f.kind == ERR_FILE && strlen(f.msg) > 0);
        }
    }
}

static void check(const char *a, const char *b, double tolerance, int line)
{
    struct line_pair p = {0};
    bool same = record_agrees(a, b, tolerance, &p);
    assert_int_equal(same, line < 0);
    if (same)
        return;
    assert_int_equal(p.line, line);
    free(p.expected);
    free(p.got);
}

static void test_record__agrees(void **state)
{
    (void)state;
    check("a 1\nb 2\n", "a 1\nb 2\n", 0, -1);
    check("a 1\nb 2\n", "a 1\nb 3\n", 0, 1);
    check("a 1\n", "a 1\nmore\n", 0, 1);
    check("a  1.0\n", "a 1.0\n", 0, 0);
    check("a  1.0\n", "a 1.0\n", 1e-6, -1); /* blanks */
    /* 0.5 of 1000 is within a thousandth, 2 is not */
    check("x 1000.00\n", "x 1000.50\n", 1e-3, -1);
    check("x 1000.00\n", "x 1002.00\n", 1e-3, 0);
    /* one unit of the last digit always is, which for whole numbers is 1 */
    check("p 0.10\n", "p 0.11\n", 1e-3, -1);
    check("p 0.10\n", "p 0.12\n", 1e-3, 0);
    check("p 1.5e-05\n", "p 1.6e-05\n", 1e-3, -1);
    check("p 1.5e-05\n", "p 1.5e-04\n", 1e-3, 0);
    check("p -0.5\n", "p 0.5\n", 1e-3, 0);
    check("h1 2\n", "h2 2\n", 0.9, 0); /* the digit of a name is no number */
    check("[6,128]\n", "[6,129]\n", 1e-3, -1);
    check("nan\n", "inf\n", 1e-3, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_record__reads),
        cmocka_unit_test(test_record__damaged),
        cmocka_unit_test(test_record__agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
