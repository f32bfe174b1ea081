/* A program on a pseudo-terminal; see pty.h. */
#include "pty.h"
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct pty {
    int fd; /* -1 when the other end is closed */
    pid_t pid;
    bool ended;
    int status;
    struct screen screen;
    size_t mark; /* length of screen.plain at the last pty_send */
    size_t escapes;
    char *text; /* owned answer of pty_line and pty_text */
};

static double now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return 1e3 * (double)ts.tv_sec + 1e-6 * (double)ts.tv_nsec;
}

static void child(const char *const argv[], const char *const env[])
{
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    /* The size comes from the terminal alone. */
    unsetenv("COLUMNS");
    unsetenv("LINES");
    for (int i = 0; env && env[i]; i++) {
        char *copy = strdup(env[i]);
        if (copy)
            putenv(copy);
    }
    signal(SIGINT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    execv(argv[0], (char *const *)argv);
    dprintf(2, "cannot run %s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

struct pty *pty_start_program(const char *const argv[], const char *const env[], int rows, int cols)
{
    struct pty *p = calloc(1, sizeof *p);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    if (!p)
        abort();
    fflush(NULL);
    p->pid = forkpty(&p->fd, NULL, NULL, &size);
    if (p->pid < 0) {
        perror("forkpty");
        abort();
    }
    if (p->pid == 0)
        child(argv, env);
    fcntl(p->fd, F_SETFL, fcntl(p->fd, F_GETFL) | O_NONBLOCK);
    screen_init(&p->screen, rows, cols);
    return p;
}

struct pty *pty_start(const char *const args[], const char *const env[], int rows, int cols)
{
    enum { ARGS_MAX = 64 };
    const char *argv[ARGS_MAX + 2] = {getenv("RASAD")};
    if (!argv[0])
        argv[0] = "./rasad";
    for (int i = 0; args && args[i] && i < ARGS_MAX; i++)
        argv[i + 1] = args[i];
    return pty_start_program(argv, env, rows, cols);
}

/* Takes in what has been printed, waiting at most `ms` for the first byte; false = nothing came. */
static bool take(struct pty *p, int ms)
{
    if (p->fd < 0)
        return false;
    struct pollfd pf = {.fd = p->fd, .events = POLLIN};
    int r = poll(&pf, 1, ms > 0 ? ms : 0);
    if (r <= 0)
        return false;
    char buf[65536];
    ssize_t n = read(p->fd, buf, sizeof buf);
    if (n > 0) {
        for (ssize_t i = 0; i < n; i++)
            p->escapes += buf[i] == '\033';
        screen_write(&p->screen, buf, (size_t)n);
        return true;
    }
    if (n == 0 || (errno != EAGAIN && errno != EINTR)) { /* EIO: the last user of the pty is gone */
        close(p->fd);
        p->fd = -1;
    }
    return false;
}

static void drain(struct pty *p)
{
    while (take(p, 0))
        ;
}

static void reap(struct pty *p, int flags)
{
    int status;
    if (!p->ended && waitpid(p->pid, &status, flags) == p->pid) {
        p->ended = true;
        p->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
}

void pty_send(struct pty *p, const char *keys)
{
    drain(p);
    p->mark = p->screen.plain_len;
    for (size_t n = strlen(keys); n && p->fd >= 0;) {
        ssize_t w = write(p->fd, keys, n);
        if (w > 0) {
            keys += w;
            n -= (size_t)w;
        } else if (errno == EAGAIN || errno == EINTR) {
            take(p, 10); /* the program must be read while it is written to */
        } else {
            return;
        }
    }
}

void pty_enter(struct pty *p, const char *line)
{
    char *keys = malloc(strlen(line) + 2);
    if (!keys)
        abort();
    memcpy(keys, line, strlen(line));
    memcpy(keys + strlen(line), "\r", 2);
    pty_send(p, keys);
    free(keys);
}

static bool on_screen(struct pty *p, const char *text)
{
    return strstr(pty_text(p), text) != NULL;
}

static bool printed(struct pty *p, const char *text)
{
    return strstr(pty_output(p), text) != NULL;
}

static bool wait_for(struct pty *p, bool (*seen)(struct pty *, const char *), const char *text,
                     int ms)
{
    double end = now_ms() + ms;
    for (;;) {
        drain(p);
        if (seen(p, text))
            return true;
        if (p->fd < 0 || now_ms() >= end)
            break;
        take(p, (int)(end - now_ms()) + 1);
    }
    printf("# no '%s' within %d ms; the screen:\n", text, ms);
    for (const char *s = pty_text(p), *nl; *s; s = nl + 1) {
        nl = strchr(s, '\n');
        printf("# |%.*s\n", (int)(nl - s), s);
    }
    return false;
}

bool pty_wait(struct pty *p, const char *text, int ms)
{
    return wait_for(p, on_screen, text, ms);
}

bool pty_expect(struct pty *p, const char *text, int ms)
{
    return wait_for(p, printed, text, ms);
}

bool pty_settle(struct pty *p, int quiet, int ms)
{
    double end = now_ms() + ms;
    while (p->fd >= 0 && take(p, quiet))
        if (now_ms() > end)
            return false;
    return true;
}

bool pty_wait_end(struct pty *p, int ms)
{
    double end = now_ms() + ms;
    for (;;) {
        take(p, 5);
        reap(p, WNOHANG);
        if (p->ended || now_ms() > end)
            break;
        if (p->fd < 0)
            nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    if (p->ended)
        drain(p);
    return p->ended;
}

void pty_resize(struct pty *p, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    drain(p);
    screen_resize(&p->screen, rows, cols);
    ioctl(p->fd, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *p, int sig)
{
    reap(p, WNOHANG);
    if (!p->ended)
        kill(p->pid, sig);
}

pid_t pty_pid(const struct pty *p)
{
    return p->pid;
}

const char *pty_line(struct pty *p, int row)
{
    drain(p);
    free(p->text);
    p->text = row >= 0 && row < p->screen.rows ? screen_line(&p->screen, row) : strdup("");
    return p->text;
}

const char *pty_text(struct pty *p)
{
    drain(p);
    free(p->text);
    p->text = screen_text(&p->screen);
    return p->text;
}

const char *pty_output(struct pty *p)
{
    drain(p);
    return p->screen.plain ? p->screen.plain + p->mark : "";
}

int pty_row(const struct pty *p)
{
    return p->screen.row;
}

int pty_col(const struct pty *p)
{
    return p->screen.col;
}

size_t pty_unknown(const struct pty *p)
{
    return p->screen.cuts;
}

size_t pty_escapes(const struct pty *p)
{
    return p->escapes;
}

int pty_end(struct pty *p, int ms)
{
    bool by_itself = pty_wait_end(p, ms);
    if (!by_itself) {
        kill(p->pid, SIGKILL);
        reap(p, 0);
    }
    int status = by_itself ? p->status : -1;
    if (p->fd >= 0)
        close(p->fd);
    screen_release(&p->screen);
    free(p->text);
    free(p);
    return status;
}
