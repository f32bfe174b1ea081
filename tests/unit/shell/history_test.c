/* The history file: what is read back, cut, and written by several processes at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shell/history.h"

static char path[64];

static int set_up(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/rasad-history-XXXXXX");
    int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    close(fd);
    setenv("RASAD_HISTFILE", path, 1);
    unsetenv("RASAD_HISTSIZE");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

static void write_file(const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static void assert_entries(const char *const *want, size_t n, size_t limit)
{
    struct history h;
    history_open(&h, limit);
    assert_int_equal(h.n, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(h.entries[i], want[i]);
    history_close(&h);
}

static void test_history__reads_what_it_wrote(void **state)
{
    (void)state;
    static const char *const want[] = {"run", "=f(\n1,\n\n2)", "# note", "input علی", "run"};
    struct history h;
    history_open(&h, 100);
    for (size_t i = 0; i < 5; i++) {
        assert_true(history_add(&h, want[i]));
        assert_false(history_add(&h, want[i])); /* the same again */
    }
    assert_false(history_add(&h, " hidden"));
    assert_false(history_add(&h, ""));
    history_close(&h);
    assert_entries(want, 5, 100);
}

static void test_history__reads_files_of_any_content(void **state)
{
    (void)state;
    write_file("");
    assert_entries(NULL, 0, 100);
    write_file("by\nhand\n");
    assert_entries((const char *const[]){"by", "hand"}, 2, 100);
    write_file("#1700000000\n#1700000001\nrun\n#1700000002\ncut off");
    assert_entries((const char *const[]){"run", "cut off"}, 2, 100);
    write_file("#1700000000");
    assert_entries(NULL, 0, 100);
    write_file("\n\n\n#17\n");
    assert_entries((const char *const[]){"#17"}, 1, 100);
}

static void test_history__is_cut_to_its_size(void **state)
{
    (void)state;
    write_file("1\n2\n3\n4\n5\n");
    assert_entries((const char *const[]){"4", "5"}, 2, 2);
    assert_entries((const char *const[]){"4", "5"}, 2, 100); /* in the file as well */
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_entries(NULL, 0, 0);
}

static void test_history__without_a_file_is_this_sessions(void **state)
{
    (void)state;
    static const char *const nowhere[] = {"", "/proc/no/such/file", "/tmp"};
    for (size_t i = 0; i < 3; i++) {
        struct history h;
        setenv("RASAD_HISTFILE", nowhere[i], 1);
        history_open(&h, 100);
        assert_null(h.path);
        assert_true(history_add(&h, "run"));
        assert_int_equal(h.n, 1);
        history_close(&h);
    }
}

static void test_history__of_many_writers_loses_nothing(void **state)
{
    (void)state;
    enum { WRITERS = 4, LINES = 100 };
    char line[40];
    for (int w = 0; w < WRITERS; w++) {
        fflush(NULL);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid > 0)
            continue;
        struct history h;
        for (int i = 0; i < LINES; i++) {
            if (i % 10 ==
                0) /* a start in between may cut the file: here it replaces it with itself */
                history_open(&h, 1000);
            snprintf(line, sizeof line, "writer %d\nline %d", w, i);
            history_add(&h, line);
            if (i % 10 == 9)
                history_close(&h);
        }
        _exit(0);
    }
    int status;
    for (int w = 0; w < WRITERS; w++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    struct history h;
    history_open(&h, 1000);
    assert_int_equal(h.n, WRITERS * LINES);
    for (size_t i = 0; i < h.n; i++)
        assert_int_equal(strncmp(h.entries[i], "writer ", 7), 0);
    history_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_history__reads_what_it_wrote, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_history__reads_files_of_any_content, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_history__is_cut_to_its_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_history__without_a_file_is_this_sessions, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_history__of_many_writers_loses_nothing, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
