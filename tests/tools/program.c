/* Running the program and looking at what it wrote. */
#include "program.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *program(void)
{
    const char *p = getenv("RASAD_ASAN");
    return p && access(p, X_OK) == 0 ? p : getenv("RASAD");
}

void program_folder(struct program *p)
{
    const char *tmp = getenv("TMPDIR");
    *p = (struct program){0};
    snprintf(p->folder, sizeof p->folder, "%.150s/rasad-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(p->folder));
}

static void remove_below(const char *path)
{
    DIR *d = opendir(path);
    struct dirent *e;
    while (d && (e = readdir(d)) != NULL) {
        char inner[512];
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        snprintf(inner, sizeof inner, "%.250s/%.255s", path, e->d_name);
        if (unlink(inner) != 0)
            remove_below(inner);
    }
    if (d)
        closedir(d);
    rmdir(path);
}

void program_clean(struct program *p)
{
    remove_below(p->folder);
    free(p->out);
    free(p->err);
    *p = (struct program){0};
}

const char *program_path(const struct program *p, const char *name)
{
    static char path[4][512];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[0], "%s/%.250s", p->folder, name);
    return path[next];
}

void program_write(const struct program *p, const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(program_path(p, name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

char *program_read(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st) != 0)
        fail_msg("cannot read %s", path);
    char *text = malloc((size_t)st.st_size + 1);
    assert_non_null(text);
    *n = fread(text, 1, (size_t)st.st_size, f);
    text[*n] = '\0';
    fclose(f);
    return text;
}

void program_copy_model(const struct program *p, const char *from, const char *name)
{
    static const char *const files[] = {
        "config.json", "generation_config.json", "model.safetensors", "source.spm", "target.spm",
        "vocab.json",  "tokenizer_config.json"};
    assert_int_equal(mkdir(program_path(p, name), 0777), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[300], to[300];
        size_t n;
        snprintf(path, sizeof path, "%.200s/%s", from, files[i]);
        snprintf(to, sizeof to, "%.200s/%s", name, files[i]);
        if (access(path, R_OK) != 0)
            continue;
        char *text = program_read(path, &n);
        program_write(p, to, text, n);
        free(text);
    }
}

static void child(const struct program *p, char *const *argv)
{
    if (!freopen(program_path(p, "in"), "rb", stdin) ||
        !freopen(program_path(p, "out"), "wb", stdout) ||
        !freopen(program_path(p, "err"), "wb", stderr))
        _exit(126);
    setenv("HOME", p->folder, 1); /* ~/FILE is a file of the folder */
    if (p->size_limit) {
        struct rlimit limit = {(rlim_t)p->size_limit, (rlim_t)p->size_limit};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    execv(program(), argv);
    _exit(127);
}

int program_run(struct program *p, const char *input, ...)
{
    const char *argv[PROGRAM_WORDS] = {"rasad", "-n"};
    int n = 2, status;
    va_list ap;
    va_start(ap, input);
    while (n < PROGRAM_WORDS - 1 && (argv[n] = va_arg(ap, const char *)) != NULL)
        n++;
    va_end(ap);
    argv[n] = NULL;
    program_write(p, "in", input ? input : "", input ? strlen(input) : 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        child(p, (char *const *)(uintptr_t)argv);
    while (waitpid(pid, &status, 0) < 0)
        ;
    p->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    free(p->out);
    free(p->err);
    p->out = program_read(program_path(p, "out"), &p->out_size);
    p->err = program_read(program_path(p, "err"), &p->err_size);
    return p->status;
}

int program_lines(const char *text, const char *start)
{
    int count = 0;
    for (const char *line = text; line && *line; line = strchr(line, '\n'), line += line != NULL)
        count += strncmp(line, start, strlen(start)) == 0;
    return count;
}
