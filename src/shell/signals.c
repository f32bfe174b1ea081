/* Handlers of signals. They touch only what is async-signal-safe: flags, a pipe, the terminal's
 * modes. */
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/interrupt.h"

enum {
    PATIENCE_MS = 2000,
    PRESSES = 3
}; /* so many presses in so much time, unanswered, end the program */

/* Handlers have no argument of ours, so this one state is shared by the whole file. */
static struct {
    volatile sig_atomic_t interrupt, resize, suspend, continued, editing, presses;
    volatile int64_t pressed[PRESSES]; /* times of the last presses */
    int pipe[2];
    bool running, has_modes;
    struct termios modes;
    struct sigaction before[NSIG];
} state = {.pipe = {-1, -1}};

static const int ending[] = {SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

static void wake(void)
{
    ssize_t ignored = write(state.pipe[1], "", 1); /* full: it is readable already */
    (void)ignored;
}

static void say(const char *text)
{
    ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
    (void)ignored;
}

static void restore_terminal(void)
{
    if (!state.has_modes)
        return;
    if (state.editing)
        say("\033[?2004l\r\n");
    tcsetattr(STDIN_FILENO, TCSANOW, &state.modes);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void on_interrupt(int sig)
{
    (void)sig;
    int saved = errno;
    int64_t now = now_ms();
    int n = state.presses % PRESSES;
    state.pressed[n] = now; /* the next slot of the ring holds the oldest */
    state.presses++;
    if (state.presses >= PRESSES && now - state.pressed[(n + 1) % PRESSES] <= PATIENCE_MS) {
        restore_terminal();
        say("\nkilled\n");
        _exit(130);
    }
    interrupt_flag = 1;
    state.interrupt = 1;
    wake();
    errno = saved;
}

static void on_resize(int sig)
{
    (void)sig;
    int saved = errno;
    state.resize = 1;
    wake();
    errno = saved;
}

/* The terminal is put right here and at once: the shell that we belong to may have stopped another
 * process of the job first, and sets the terminal for itself a moment later. SIGTTOU is blocked, so
 * that we may set it even when it is that shell's already. */
static void on_suspend(int sig)
{
    int saved = errno;
    if (state.editing) {
        state.suspend = 1;
        state.continued = 0;
        restore_terminal();
        wake();
    } else {
        signal(sig, SIG_DFL);
        raise(sig); /* blocked until the handler returns; signals_editing installs it again */
    }
    errno = saved;
}

static void on_continue(int sig)
{
    (void)sig;
    int saved = errno;
    state.continued = 1;
    wake();
    errno = saved;
}

static void on_end(int sig)
{
    restore_terminal();
    signal(sig, SIG_DFL);
    raise(sig);
}

static void handle(int sig, void (*f)(int))
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_handler = f;
    sigemptyset(&a.sa_mask);
    sigaddset(&a.sa_mask, SIGTTOU);
    sigaction(sig, &a, &state.before[sig]);
}

static void handle_again(int sig, void (*f)(int))
{
    struct sigaction spare = state.before[sig];
    handle(sig, f);
    state.before[sig] = spare;
}

/* An ignored signal stays ignored (nohup), a handler of others (a sanitizer's) stays theirs. */
static void handle_end(int sig)
{
    struct sigaction a;
    sigaction(sig, NULL, &a);
    state.before[sig] = a;
    if (!(a.sa_flags & SA_SIGINFO) && a.sa_handler == SIG_DFL)
        handle(sig, on_end);
}

static void nonblocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

void signals_start(void)
{
    if (state.running || pipe(state.pipe) != 0)
        return;
    state.running = true;
    nonblocking(state.pipe[0]);
    nonblocking(state.pipe[1]);
    state.has_modes = tcgetattr(STDIN_FILENO, &state.modes) == 0;
    handle(SIGINT, on_interrupt);
    handle(SIGWINCH, on_resize);
    handle(SIGTSTP, on_suspend);
    handle(SIGCONT, on_continue);
    handle(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        handle_end(ending[i]);
}

void signals_stop(void)
{
    if (!state.running)
        return;
    static const int others[] = {SIGINT, SIGWINCH, SIGTSTP, SIGCONT, SIGPIPE};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        sigaction(others[i], &state.before[others[i]], NULL);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        sigaction(ending[i], &state.before[ending[i]], NULL);
    close(state.pipe[0]);
    close(state.pipe[1]);
    state.pipe[0] = state.pipe[1] = -1;
    state.running = false;
}

int signals_fd(void)
{
    return state.pipe[0];
}

struct arrivals signals_take(void)
{
    char spare[64];
    while (read(state.pipe[0], spare, sizeof spare) > 0)
        ;
    struct arrivals a = {state.interrupt, state.resize, state.suspend,
                         state.continued && !state.suspend};
    state.interrupt = state.resize = state.suspend = 0;
    if (a.resume)
        state.continued = 0;
    state.presses = 0;
    interrupt_flag = 0;
    return a;
}

void signals_editing(bool on)
{
    state.editing = on;
    if (state.running && on)
        handle_again(SIGTSTP, on_suspend);
}

void signals_suspend(void)
{
    if (!state.continued) { /* else `fg` was faster than we */
        handle_again(SIGTSTP, SIG_DFL);
        raise(SIGTSTP);
        handle_again(SIGTSTP, on_suspend);
    }
    state.continued = 0;
}
