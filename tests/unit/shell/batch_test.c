/* The program as other programs call it: options, streams, exit statuses, JSON. Runs the program
 * itself. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORDS = 24, ROOM = 1 << 16, WAIT_MS = 60000 };

#define MODEL "tests/golden/marian/swish-3h"

struct outcome {
    int status; /* exit status, or 128 + signal */
    char out[ROOM], err[ROOM];
};
static struct outcome last;
static char folder[256];

static const char *program(void)
{
    const char *p = getenv("RASAD_ASAN");
    return p && access(p, X_OK) == 0 ? p : getenv("RASAD");
}

static void slurp(const char *name, char *to)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(to, 1, ROOM - 1, f) : 0;
    to[n] = '\0';
    if (f)
        fclose(f);
}

static void write_file(const char *name, const char *text)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static const char *in_folder(const char *name)
{
    static char path[4][400];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[0], "%s/%s", folder, name);
    return path[next];
}

static FILE *open_stream(const char *name, const char *mode)
{
    FILE *f = fopen(in_folder(name), mode);
    if (!f)
        _exit(126);
    return f;
}

static pid_t start(const char *input, const char *const *argv)
{
    write_file("in", input ? input : "");
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(fileno(open_stream("in", "rb")), 0);
        dup2(fileno(open_stream("out", "wb")), 1);
        dup2(fileno(open_stream("err", "wb")), 2);
        execv(program(), (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return pid;
}

static void finish(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        ;
    last.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    slurp("out", last.out);
    slurp("err", last.err);
}

/* Runs the program with no init file; the list of words ends with NULL. */
static int run(const char *input, ...)
{
    const char *argv[WORDS] = {"rasad", "-n"};
    int n = 2;
    va_list ap;
    va_start(ap, input);
    while (n < WORDS - 1 && (argv[n] = va_arg(ap, const char *)) != NULL)
        n++;
    va_end(ap);
    argv[n] = NULL;
    finish(start(input, argv));
    return last.status;
}

static void says(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in: %s", part, text);
}

static int setup(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/batch.XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!program()) {
        print_message("the program is not named in RASAD_ASAN or RASAD\n");
        return -1;
    }
    return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void test_batch__exit_statuses(void **state)
{
    (void)state;
    assert_int_equal(run("", "-m", MODEL, "-c", "show precision", NULL), 0);
    assert_string_equal(last.err, "");
    assert_int_equal(run("", "-m", MODEL, "-c", "nosuch", NULL), 1);
    assert_int_equal(run("", "-m", MODEL, "-c", "set precision x", NULL), 1);
    assert_int_equal(run("", "-m", MODEL, "-c", "step", NULL), 1);
    assert_int_equal(run("", "--nosuch", NULL), 2);
    assert_int_equal(run("", "-m", "no/such/model", NULL), 3);
    assert_int_equal(run("", "-m", MODEL, "-f", "no/such/file", NULL), 3);
    assert_int_equal(run("", "-m", MODEL, "-c", "source no/such/file", NULL), 3);
    assert_int_equal(run("", "-m", MODEL, "-c", "quit 42", NULL), 42);
    assert_int_equal(run("", "-m", MODEL, "-c", "quit", "-c", "nosuch", NULL), 0);
    assert_int_equal(run("", "-k", "-m", MODEL, "-c", "nosuch", "-c", "quit", NULL), 1);
    assert_int_equal(run("", "-k", "-m", MODEL, "-c", "nosuch", "-c", "quit 0", NULL), 0);
    assert_int_equal(run("", "-m", MODEL, "-c", "quit 256", NULL), 1);
}

static void test_batch__wrong_usage(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"--jsn", "did you mean '--json'?"},  {"-x", "unknown option '-x'"},
        {"--color=red", "auto always never"}, {"--threads=0", "1 to 1024"},
        {"--threads=many", "not 'many'"},     {"-m", "needs a value"},
        {"--json=1", "takes no value"},       {"--threads", "needs a value"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(run("", wrong[i][0], NULL), 2);
        says(last.err, wrong[i][1]);
        assert_string_equal(last.out, "");
    }
    assert_int_equal(run("", "a.rasad", "b.rasad", NULL), 2);
    says(last.err, "b.rasad");
}

static void test_batch__help_and_version_open_nothing(void **state)
{
    (void)state;
    assert_int_equal(run("", "-m", "no/such/model", "--help", NULL), 0);
    says(last.out, "usage: rasad");
    says(last.out, "130 interrupted");
    assert_string_equal(last.err, "");
    assert_int_equal(run("", "-m", "no/such/model", "--version", NULL), 0);
    assert_memory_equal(last.out, "rasad 0.1.0\n", 12);
    assert_int_equal(run("", "-V", NULL), 0);
    assert_int_equal(run("", "-h", NULL), 0);
}

static void test_batch__the_order_given(void **state)
{
    (void)state;
    write_file("a.rasad", "echo file\n");
    assert_int_equal(run("echo stdin\n", "-m", MODEL, "-c", "echo one", "-f", in_folder("a.rasad"),
                         "-c", "echo two", "-", "-c", "echo three", NULL),
                     0);
    assert_string_equal(last.out, "one\nfile\ntwo\nstdin\nthree\n");
    assert_int_equal(run("echo stdin\n", "-m", MODEL, "-c", "echo one", NULL), 0);
    assert_string_equal(last.out, "one\n");
    assert_int_equal(run("echo stdin\n", "-m", MODEL, NULL), 0);
    assert_string_equal(last.out, "stdin\n");
    assert_int_equal(run("echo stdin\n", "-m", MODEL, "-c", "echo one", "-i", NULL), 0);
    assert_string_equal(last.out, "one\nstdin\n");
    assert_int_equal(run("", "-m", MODEL, in_folder("a.rasad"), NULL), 0);
    assert_string_equal(last.out, "file\n");
}

static void test_batch__the_demo(void **state)
{
    (void)state;
    assert_int_equal(run("", "-n", "--echo", "-f", "examples/demo.rasad", NULL), 0);
    assert_non_null(strstr(last.out, "> input \xD8\xB9\xD9\x84\xDB\x8C "));
    assert_non_null(strstr(last.out, "Ali goes to school"));
    assert_non_null(strstr(last.out, "they agree"));
    assert_null(strstr(last.err, "error"));
}

static void test_batch__the_first_error_ends(void **state)
{
    (void)state;
    assert_int_equal(run("echo one\nnosuch\necho two\n", "-m", MODEL, NULL), 1);
    assert_string_equal(last.out, "one\n");
    assert_int_equal(run("", "-m", MODEL, "-c", "echo one", "-c", "nosuch; show precision", "-c",
                         "echo two", NULL),
                     1);
    assert_string_equal(last.out, "one\n");
    assert_int_equal(run("echo one\nnosuch\necho two\n", "-k", "-m", MODEL, NULL), 1);
    assert_string_equal(last.out, "one\ntwo\n");
    assert_int_equal(run("set stop-on-error off\nnosuch\necho two\n", "-m", MODEL, NULL), 1);
    assert_string_equal(last.out, "two\n");
    assert_int_equal(run("", "-k", "-m", MODEL, "-c", "nosuch; echo two", NULL), 1);
    assert_string_equal(last.out, "two\n");
}

static void test_batch__data_and_the_rest_are_apart(void **state)
{
    (void)state;
    assert_int_equal(run("", "-m", MODEL, "-c", "set timing on", "-c", "echo data", NULL), 0);
    assert_string_equal(last.out, "data\n");
    says(last.err, "time: ");
    assert_int_equal(run("", "-m", MODEL, "-c", "show", "--color=auto", NULL), 0);
    assert_null(strchr(last.out, '\033'));
    assert_int_equal(run("", "-m", MODEL, "-c", "help help", "--color=always", NULL), 0);
    assert_non_null(strchr(last.out, '\033'));
}

static void test_batch__places_of_errors(void **state)
{
    (void)state;
    write_file("bad.rasad", "# first\n\n  set precision abc\n");
    assert_int_equal(run("", "-m", MODEL, "-f", in_folder("bad.rasad"), NULL), 1);
    says(last.err, "bad.rasad:3:17: error: precision is a whole number");
    says(last.err, "\n    set precision abc\n                  ^~~\n");
    /* On a command line of a program nothing is drawn. */
    assert_int_equal(run("", "-m", MODEL, "-c", "set precision abc", NULL), 1);
    assert_null(strchr(last.err, '^'));
    /* A caret cannot be placed after right-to-left text. */
    write_file("bad.rasad", "show 'علی' x\n");
    assert_int_equal(run("", "-m", MODEL, "-f", in_folder("bad.rasad"), NULL), 1);
    assert_null(strchr(last.err, '^'));
    says(last.err, "at character ");
    write_file("bad.rasad", "define x\necho y\n");
    assert_int_equal(run("", "-m", MODEL, "-f", in_folder("bad.rasad"), NULL), 1);
    says(last.err, "bad.rasad:1: error: the script ends inside the block");
}

static void test_batch__scripts_in_scripts(void **state)
{
    (void)state;
    char text[600];
    write_file("inner.rasad", "echo inner\nnosuch\n");
    snprintf(text, sizeof text, "echo outer\nsource %s\necho never\n", in_folder("inner.rasad"));
    write_file("outer.rasad", text);
    assert_int_equal(run("", "-m", MODEL, "-f", in_folder("outer.rasad"), NULL), 1);
    assert_string_equal(last.out, "outer\ninner\n");
    says(last.err, "inner.rasad:2:1: error: unknown command 'nosuch'");
    assert_null(strstr(last.err, "outer.rasad")); /* told once, where it happened */
    snprintf(text, sizeof text, "source %s\n", in_folder("loop.rasad"));
    write_file("loop.rasad", text);
    assert_int_equal(run("", "-m", MODEL, "-f", in_folder("loop.rasad"), NULL), 1);
    says(last.err, "more than 32 deep");
}

static void test_batch__byte_order_mark_and_odd_lines(void **state)
{
    (void)state;
    write_file("a.rasad", "\xEF\xBB\xBF"
                          "echo one\r\n\r\n  # note\n#!shebang\necho two");
    assert_int_equal(run("", "-m", MODEL, "-f", in_folder("a.rasad"), NULL), 0);
    says(last.out, "two\n");
    assert_int_equal(run("\xEF\xBB\xBF\xEF\xBB\xBF"
                         "echo x\n",
                         "-m", MODEL, NULL),
                     1);
    FILE *f = open_stream("nul.rasad", "wb");
    fwrite("echo a\0b\n", 1, 9, f);
    fclose(f);
    assert_int_equal(run("", "-m", MODEL, "-f", in_folder("nul.rasad"), NULL), 1);
    says(last.err, "NUL byte");
}

static void test_batch__json(void **state)
{
    (void)state;
    assert_int_equal(run("show precision\nnosuch x\nset precision 0\necho \"a\\tb\"\n", "--json",
                         "-k", "-m", MODEL, NULL),
                     1);
    char *line = last.out;
    line[strcspn(line, "\n")] = 0;
    says(line, "{\"command\": \"show\", \"ok\": true, \"ms\": ");
    says(line, "\"value\": \"4\"");
    assert_int_equal(
        run("nosuch x\nset precision 0\necho \"a\\tb\"\n", "--json", "-k", "-m", MODEL, NULL), 1);
    assert_memory_equal(
        last.out, "{\"command\": \"nosuch\", \"ok\": false, \"error\": {\"message\": \"unknown",
        63);
    says(last.out,
         "\n{\"command\": \"set\", \"ok\": false, \"error\": {\"message\": \"precision is");
    says(last.out, "\"text\": \"a\\tb\"}\n");
    says(last.err, "error: ");
    int lines = 0;
    for (const char *p = last.out; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 3);
    /* What only people were given is not lost. */
    assert_int_equal(run("", "--json", "-m", MODEL, "-c", "help", NULL), 0);
    says(last.out, "\"commands\": [");
    assert_int_equal(run("", "--json", "-m", "no/such", "-c", "help", NULL), 3);
    assert_memory_equal(last.out, "{\"command\": \"model load\", \"ok\": false", 37);
}

static void test_batch__redirections(void **state)
{
    (void)state;
    char line[900], text[ROOM];
    snprintf(line, sizeof line,
             "show precision > %s; show precision | cat >> '%s'; show width >> %s; echo x",
             in_folder("a"), in_folder("b c"), in_folder("a"));
    assert_int_equal(run("", "-m", MODEL, "-c", line, NULL), 0);
    assert_string_equal(last.out, "x\n");
    slurp("a", text);
    says(text, "precision is 4\n");
    says(text, "width is auto\n");
    slurp("b c", text);
    says(text, "precision is 4\n");
    /* A command that fails leaves the old file whole. */
    snprintf(line, sizeof line, "show nosuch > %s", in_folder("a"));
    assert_int_equal(run("", "-m", MODEL, "-c", line, NULL), 1);
    slurp("a", text);
    says(text, "precision is 4\n");
    assert_int_equal(run("", "-m", MODEL, "-c", "show > /no/such/file", NULL), 1);
    assert_int_equal(run("", "-m", MODEL, "-c", "show precision | /no/such/program", NULL), 1);
    assert_int_equal(run("", "-m", MODEL, "-c", "show | head -n 1", NULL), 0);
    assert_int_equal(run("", "-m", MODEL, "-c", "!exit 3", NULL), 1);
    says(last.err, "status 3");
}

static void test_batch__init_file(void **state)
{
    (void)state;
    const char *argv[] = {"rasad", "-m", MODEL, "-c", "show precision", NULL};
    char path[300];
    snprintf(path, sizeof path, "%s/rasad", folder);
    mkdir(path, 0700);
    write_file("rasad/init.rasad", "set precision 9\nnosuch\n");
    setenv("XDG_CONFIG_HOME", folder, 1);
    finish(start("", argv));
    assert_int_equal(last.status, 0);
    says(last.out, "precision is 9");
    says(last.err, "init.rasad:2:1: error: unknown command 'nosuch'");
    assert_int_equal(run("", "-m", MODEL, "-c", "show precision", NULL), 0);
    says(last.out, "precision is 4");
    unsetenv("XDG_CONFIG_HOME");
}

static void test_batch__echo(void **state)
{
    (void)state;
    assert_int_equal(
        run("echo one\n# two\ndefine xyz\n  echo three\nend\nxyz\n", "--echo", "-m", MODEL, NULL),
        0);
    assert_string_equal(
        last.out, "> echo one\none\n> # two\n> define xyz\n>   echo three\n> end\n> xyz\nthree\n");
}

static void test_batch__a_full_or_closed_output(void **state)
{
    (void)state;
    char command[900];
    snprintf(command, sizeof command, "'%s' -n -m " MODEL " -c show -c show > /dev/full 2> '%s'",
             program(), in_folder("err"));
    int status = system(command);
    assert_int_equal(WEXITSTATUS(status), 1);
    slurp("err", last.err);
    says(last.err, "cannot write to standard output");
    snprintf(command, sizeof command,
             "{ '%s' -n -m " MODEL
             " -c '!sleep 0.3' -c show -c show 2> '%s'; echo $? > '%s'; } | :",
             program(), in_folder("err"), in_folder("status"));
    assert_int_equal(system(command), 0);
    slurp("err", last.err);
    assert_string_equal(last.err, "");
    slurp("status", last.out);
    assert_string_equal(last.out, "141\n");
}

static void pause_ms(long ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static void test_batch__interrupt(void **state)
{
    (void)state;
    const char *argv[] = {"rasad", "-n", "-k", "-m", MODEL, "-", NULL};
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fds[0], 0);
        close(fds[0]);
        close(fds[1]);
        dup2(fileno(open_stream("out", "wb")), 1);
        dup2(fileno(open_stream("err", "wb")), 2);
        execv(program(), (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(fds[0]);
    assert_int_equal(write(fds[1], "echo ready\n", 11), 11);
    for (int ms = 0; ms < WAIT_MS; ms += 20) {
        slurp("out", last.out);
        if (strstr(last.out, "ready"))
            break;
        pause_ms(20);
    }
    kill(pid, SIGINT);
    finish(pid);
    close(fds[1]);
    assert_int_equal(last.status, 130);
    says(last.err, "interrupted");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batch__exit_statuses),
        cmocka_unit_test(test_batch__wrong_usage),
        cmocka_unit_test(test_batch__help_and_version_open_nothing),
        cmocka_unit_test(test_batch__the_order_given),
        cmocka_unit_test(test_batch__the_demo),
        cmocka_unit_test(test_batch__the_first_error_ends),
        cmocka_unit_test(test_batch__data_and_the_rest_are_apart),
        cmocka_unit_test(test_batch__places_of_errors),
        cmocka_unit_test(test_batch__scripts_in_scripts),
        cmocka_unit_test(test_batch__byte_order_mark_and_odd_lines),
        cmocka_unit_test(test_batch__json),
        cmocka_unit_test(test_batch__redirections),
        cmocka_unit_test(test_batch__init_file),
        cmocka_unit_test(test_batch__echo),
        cmocka_unit_test(test_batch__a_full_or_closed_output),
        cmocka_unit_test(test_batch__interrupt),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
