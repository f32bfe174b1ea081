/* Runs one transcript: a shell session as text, compared with what the program prints. The format
 * is described in tests/transcript/README.
 *
 * usage: transcript [--update] PROGRAM FILE Exit status: 0 agrees, 1 differs (the difference is
 * printed), 2 cannot run, 77 skipped (with reason). */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <regex.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_DIFFERS = 1, EXIT_TROUBLE = 2, EXIT_SKIPPED = 77, OPTIONS_MAX = 64 };
enum { OUTPUT_MAX = 16 << 20, DIFF_CELLS_MAX = 16 << 20, TIMEOUT_DEFAULT = 60 };

struct lines {
    char **v;
    size_t n, cap;
};

struct transcript {
    struct lines head;   /* the "#!" lines as they stand */
    struct lines expect; /* commands and expected output */
    char *option[OPTIONS_MAX];
    int options;
    char *env[OPTIONS_MAX];
    int envs;
    bool bare; /* none of the usual options */
    int status;
    int timeout; /* seconds */
};

struct outcome {
    char *text;
    size_t len;
    int status; /* exit status; 128 + signal when killed */
    bool late;
};

__attribute__((noreturn, format(printf, 1, 2))) static void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("transcript: ", stdout);
    vprintf(fmt, ap);
    putchar('\n');
    va_end(ap);
    exit(EXIT_TROUBLE);
}

static void *grow(void *p, size_t n)
{
    p = realloc(p, n);
    if (!p)
        die("out of memory");
    return p;
}

static char *copy(const char *s, size_t n)
{
    char *c = grow(NULL, n + 1);
    memcpy(c, s, n);
    c[n] = '\0';
    return c;
}

static void lines_add(struct lines *l, char *take_line)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 64;
        l->v = grow(l->v, l->cap * sizeof *l->v);
    }
    l->v[l->n++] = take_line;
}

static void lines_free(struct lines *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i]);
    free(l->v);
    *l = (struct lines){0};
}

/* NUL bytes would cut a line short in the comparison; they are shown as "\0". */
static char *printable(const char *s, size_t n)
{
    char *c = grow(NULL, 2 * n + 1), *p = c;
    for (size_t i = 0; i < n; i++) {
        if (s[i]) {
            *p++ = s[i];
        } else {
            *p++ = '\\';
            *p++ = '0';
        }
    }
    *p = '\0';
    return c;
}

static struct lines split(const char *text, size_t len)
{
    struct lines l = {0};
    for (const char *p = text, *end = text + len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (!nl) {
            char *cut = printable(p, (size_t)(end - p));
            size_t n = strlen(cut);
            cut = grow(cut, n + sizeof "\\(no newline)");
            memcpy(cut + n, "\\(no newline)", sizeof "\\(no newline)");
            lines_add(&l, cut);
            break;
        }
        lines_add(&l, printable(p, (size_t)(nl - p)));
        p = nl + 1;
    }
    return l;
}

static char *read_all(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        die("cannot read %s: %s", path, strerror(errno));
    char *text = NULL;
    *len = 0;
    for (size_t got = 1; got;) {
        text = grow(text, *len + 65536);
        got = fread(text + *len, 1, 65536, f);
        *len += got;
    }
    fclose(f);
    return text;
}

/* Words divided by blanks; "..." keeps blanks and \" in one word. */
static void add_options(struct transcript *t, const char *s)
{
    for (;;) {
        s += strspn(s, " \t");
        if (!*s)
            return;
        char *word = grow(NULL, strlen(s) + 1), *w = word;
        for (bool quoted = false; *s && (quoted || !strchr(" \t", *s)); s++) {
            if (*s == '"')
                quoted = !quoted;
            else if (*s == '\\' && s[1])
                *w++ = *++s;
            else
                *w++ = *s;
        }
        *w = '\0';
        if (t->options == OPTIONS_MAX)
            die("more than %d options", OPTIONS_MAX);
        t->option[t->options++] = word;
    }
}

static void read_directive(struct transcript *t, const char *line)
{
    const char *s = line + 2 + strspn(line + 2, " \t");
    size_t word = strcspn(s, " \t");
    const char *rest = s + word + strspn(s + word, " \t");
    if (!strncmp(s, "rasad", word)) {
        add_options(t, rest);
    } else if (!strncmp(s, "exit", word)) {
        t->status = (int)strtol(rest, NULL, 10);
    } else if (!strncmp(s, "timeout", word)) {
        t->timeout = (int)strtol(rest, NULL, 10);
    } else if (!strncmp(s, "bare", word)) {
        t->bare = true;
    } else if (!strncmp(s, "env", word) && t->envs < OPTIONS_MAX) {
        t->env[t->envs++] = copy(rest, strlen(rest));
    } else if (!strncmp(s, "needs", word)) {
        if (access(rest, R_OK) != 0) {
            printf("SKIP %s is not there\n", rest);
            exit(EXIT_SKIPPED);
        }
    } else if (*s != '#') {
        die("unknown directive '%s' (rasad, bare, exit, env, needs, timeout)", line);
    }
}

static struct transcript read_transcript(const char *path)
{
    struct transcript t = {.timeout = TIMEOUT_DEFAULT};
    size_t len;
    char *text = read_all(path, &len);
    struct lines all = split(text, len);
    free(text);
    size_t i = 0;
    for (; i < all.n && !strncmp(all.v[i], "#!", 2); i++) {
        read_directive(&t, all.v[i]);
        lines_add(&t.head, all.v[i]);
    }
    for (; i < all.n; i++)
        lines_add(&t.expect, all.v[i]);
    free(all.v);
    return t;
}

static bool is_command(const char *line)
{
    return line[0] == '>' && (line[1] == ' ' || !line[1]);
}

static const char *command_text(const char *line)
{
    return line[1] ? line + 2 : line + 1;
}

/* The working folder of a session: new and empty but for links, so that a session can write
 * files. */
static void make_folder(char *dir, size_t cap)
{
    static const char *const linked[] = {"examples", "tests", "README.md", "src"};
    char root[PATH_MAX], from[PATH_MAX + 16], to[PATH_MAX + 16];
    const char *tmp = getenv("TMPDIR");
    snprintf(dir, cap, "%s/transcript.XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!getcwd(root, sizeof root) || !mkdtemp(dir))
        die("cannot make a folder %s: %s", dir, strerror(errno));
    for (size_t i = 0; i < sizeof linked / sizeof *linked; i++) {
        snprintf(from, sizeof from, "%s/%s", root, linked[i]);
        snprintf(to, sizeof to, "%s/%s", dir, linked[i]);
        if (symlink(from, to) != 0)
            die("cannot link %s: %s", to, strerror(errno));
    }
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void run_child(const struct transcript *t, const char *program, const char *dir, int in,
                      int out)
{
    static const char *const usual[] = {"-n", "-q", "-k", "--echo"};
    char *argv[OPTIONS_MAX + 8], **a = argv;
    *a++ = copy(program, strlen(program));
    for (size_t i = 0; i < sizeof usual / sizeof *usual && !t->bare; i++)
        *a++ = copy(usual[i], strlen(usual[i]));
    for (int i = 0; i < t->options; i++)
        *a++ = t->option[i];
    *a = NULL;
    setenv("HOME", dir, 1);
    for (int i = 0; i < t->envs; i++)
        putenv(t->env[i]);
    if (chdir(dir) != 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
        _exit(127);
    setpgid(0, 0);
    execv(program, argv);
    dprintf(2, "cannot run %s: %s\n", program, strerror(errno));
    _exit(127);
}

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

static void collect(struct outcome *o, int fd, pid_t pid, int timeout)
{
    double end = now() + timeout;
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        double left = end - now();
        int r = left > 0 ? poll(&p, 1, (int)(1000 * left) + 1) : 0;
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0 || o->len > OUTPUT_MAX) {
            o->late = r <= 0;
            kill(-pid, SIGKILL);
            break;
        }
        o->text = grow(o->text, o->len + 65536);
        ssize_t got = read(fd, o->text + o->len, 65536);
        if (got <= 0)
            break;
        o->len += (size_t)got;
    }
    int status;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    o->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static struct outcome run_session(const struct transcript *t, const char *program)
{
    struct outcome o = {0};
    char dir[PATH_MAX], full[PATH_MAX], name[PATH_MAX + 16];
    if (!realpath(program, full))
        die("no program at %s", program);
    make_folder(dir, sizeof dir);
    snprintf(name, sizeof name, "%s/.stdin", dir);
    FILE *in = fopen(name, "w+");
    int out[2];
    if (!in || pipe2(out, O_CLOEXEC) != 0)
        die("cannot set up the session: %s", strerror(errno));
    unlink(name);
    for (size_t i = 0; i < t->expect.n; i++)
        if (is_command(t->expect.v[i]))
            fprintf(in, "%s\n", command_text(t->expect.v[i]));
    fflush(in);
    lseek(fileno(in), 0, SEEK_SET);
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0)
        die("cannot fork: %s", strerror(errno));
    if (pid == 0)
        run_child(t, full, dir, fileno(in), out[1]);
    close(out[1]);
    fclose(in);
    collect(&o, out[0], pid, t->timeout);
    close(out[0]);
    nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return o;
}

static bool regex_matches(const char *pattern, const char *line)
{
    regex_t re;
    int r = regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB);
    if (r != 0) {
        char why[200];
        regerror(r, &re, why, sizeof why);
        die("bad expression '%s': %s", pattern, why);
    }
    bool ok = regexec(&re, line, 0, NULL, 0) == 0;
    regfree(&re);
    return ok;
}

/* Does an expected line hold an expression: /ERE/ for the whole line, or {{ERE}} within it? */
static bool has_pattern(const char *want)
{
    size_t n = strlen(want);
    return (n > 2 && want[0] == '/' && want[n - 1] == '/') || strstr(want, "{{");
}

static bool line_matches(const char *want, const char *got)
{
    if (!strcmp(want, got) || (!strcmp(want, ">") && !strcmp(got, "> ")))
        return true;
    if (!has_pattern(want) || is_command(want))
        return false;
    size_t n = strlen(want);
    char *pattern = grow(NULL, 3 * n + 8), *p = pattern;
    *p++ = '^';
    if (want[0] == '/' && want[n - 1] == '/') {
        *p++ = '(';
        memcpy(p, want + 1, n - 2);
        p += n - 2;
        *p++ = ')';
    } else {
        for (const char *s = want; *s;) {
            const char *end = strncmp(s, "{{", 2) ? NULL : strstr(s, "}}");
            if (end) {
                *p++ = '(';
                memcpy(p, s + 2, (size_t)(end - s - 2));
                p += end - s - 2;
                *p++ = ')';
                s = end + 2;
                continue;
            }
            if (strchr("\\^$.[]|()*+?{}", *s))
                *p++ = '\\';
            *p++ = *s++;
        }
    }
    *p++ = '$';
    *p = '\0';
    bool ok = regex_matches(pattern, got);
    free(pattern);
    return ok;
}

static bool agrees(const struct lines *want, const struct lines *got)
{
    if (want->n != got->n)
        return false;
    for (size_t i = 0; i < want->n; i++)
        if (!line_matches(want->v[i], got->v[i]))
            return false;
    return true;
}

static void print_context(const struct lines *l, size_t from, size_t to)
{
    enum { AROUND = 3 };
    for (size_t i = from; i < to; i++) {
        if (to - from > 2 * AROUND && i == from + AROUND) {
            printf("  ...\n");
            i = to - AROUND;
        }
        printf("  %s\n", l->v[i]);
    }
}

/* A plain longest-common-subsequence difference: "-" expected, "+" printed. */
static void print_diff(const struct lines *want, const struct lines *got)
{
    size_t n = want->n, m = got->n, w = m + 1;
    if ((n + 1) * w > DIFF_CELLS_MAX) {
        size_t i = 0;
        while (i < n && i < m && line_matches(want->v[i], got->v[i]))
            i++;
        printf("first difference at line %zu\n- %s\n+ %s\n", i + 1, i < n ? want->v[i] : "(end)",
               i < m ? got->v[i] : "(end)");
        return;
    }
    unsigned *common = calloc((n + 1) * w, sizeof *common);
    if (!common)
        die("out of memory");
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            unsigned down = common[(i + 1) * w + j], right = common[i * w + j + 1];
            common[i * w + j] = line_matches(want->v[i], got->v[j])
                                    ? 1 + common[(i + 1) * w + j + 1]
                                    : (down > right ? down : right);
        }
    size_t i = 0, j = 0;
    while (i < n || j < m) {
        size_t from = j;
        while (i < n && j < m && line_matches(want->v[i], got->v[j]))
            i++, j++;
        print_context(got, from, j);
        if (i < n && (j == m || common[(i + 1) * w + j] >= common[i * w + j + 1]))
            printf("- %s\n", want->v[i++]);
        else if (j < m)
            printf("+ %s\n", got->v[j++]);
    }
    free(common);
}

/* The first expression among the expected lines of this command's block that matches the line. */
static const char *kept_pattern(const struct lines *want, size_t command, const char *line)
{
    size_t seen = 0;
    for (size_t i = 0; i < want->n; i++) {
        if (is_command(want->v[i]))
            seen++;
        else if (seen == command && has_pattern(want->v[i]) && line_matches(want->v[i], line))
            return want->v[i];
    }
    return line;
}

static void update(const char *path, const struct transcript *t, const struct lines *got,
                   int status)
{
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%s.new", path);
    FILE *f = fopen(name, "w");
    if (!f)
        die("cannot write %s: %s", name, strerror(errno));
    for (size_t i = 0; i < t->head.n; i++)
        if (!strstr(t->head.v[i], "#! exit"))
            fprintf(f, "%s\n", t->head.v[i]);
    if (status)
        fprintf(f, "#! exit %d\n", status);
    size_t command = 0;
    for (size_t i = 0; i < got->n; i++) {
        if (is_command(got->v[i])) {
            command++;
            fprintf(f, "%s\n", got->v[i]);
        } else {
            fprintf(f, "%s\n", kept_pattern(&t->expect, command, got->v[i]));
        }
    }
    if (fclose(f) != 0 || rename(name, path) != 0)
        die("cannot write %s: %s", path, strerror(errno));
    printf("updated %s\n", path);
}

int main(int argc, char **argv)
{
    bool rewrite = argc > 1 && !strcmp(argv[1], "--update");
    if (argc - rewrite != 3)
        die("usage: transcript [--update] PROGRAM FILE");
    const char *path = argv[argc - 1];
    struct transcript t = read_transcript(path);
    struct outcome o = run_session(&t, argv[argc - 2]);
    struct lines got = split(o.text, o.len);
    bool same = agrees(&t.expect, &got), ended = o.status == t.status && !o.late;
    int status = 0;
    if (o.late)
        printf("%s: no end after %d seconds; what was printed:\n", path, t.timeout);
    if (rewrite && !o.late && o.status < 128) {
        if (!same || !ended)
            update(path, &t, &got, o.status);
    } else if (!same || !ended) {
        if (!same)
            print_diff(&t.expect, &got);
        if (!ended)
            printf("exit status %d, expected %d\n", o.status, t.status);
        status = EXIT_DIFFERS;
    }
    free(o.text);
    for (int i = 0; i < t.options; i++)
        free(t.option[i]);
    for (int i = 0; i < t.envs; i++)
        free(t.env[i]);
    lines_free(&got);
    lines_free(&t.expect);
    lines_free(&t.head);
    return status;
}
