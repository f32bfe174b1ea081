/* Running programs of the system: `!cmd`, and the other end of `cmd | program`. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shell/internal.h"

/* Signals of the terminal are the child's while it runs. */
struct held {
    struct sigaction interrupt, quit;
};

static void hold_signals(struct held *h)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGINT, &ignore, &h->interrupt);
    sigaction(SIGQUIT, &ignore, &h->quit);
}

static void release_signals(const struct held *h)
{
    sigaction(SIGINT, &h->interrupt, NULL);
    sigaction(SIGQUIT, &h->quit, NULL);
}

__attribute__((noreturn)) static void child(const char *command, const int in[2], bool to_stderr)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    if (in) {
        dup2(in[0], STDIN_FILENO);
        close(in[0]);
        close(in[1]);
    }
    if (to_stderr)
        dup2(STDERR_FILENO, STDOUT_FILENO);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static void feed(int fd, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, text, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return; /* the reader has seen enough */
        text += w;
        n -= (size_t)w;
    }
}

bool shell_system(struct shell *sh, const char *command, const char *text, size_t n, int *status,
                  struct err *e)
{
    int in[2];
    if (sh->contained &&
        text != NULL) { /* a record has what the command printed: the rest is left */
        *status = 0;
        return true;
    }
    if (sh->contained)
        return err_set(e, ERR_COMMAND, "a record does not run programs of the system");
    if (!shell_flush(sh))
        return err_set(e, ERR_COMMAND, "standard output is closed");
    if (text && pipe(in) != 0)
        return err_set(e, ERR_COMMAND, "cannot make a pipe: %s", strerror(errno));
    struct held h;
    hold_signals(&h);
    pid_t pid = fork();
    if (pid == 0)
        child(command, text ? in : NULL, sh->options->json);
    if (text) {
        close(in[0]);
        if (pid > 0)
            feed(in[1], text, n);
        close(in[1]);
    }
    bool ok = pid > 0;
    while (ok && waitpid(pid, status, 0) < 0)
        ok = errno == EINTR;
    release_signals(&h);
    return ok || err_set(e, ERR_COMMAND, "cannot run '%.200s': %s", command, strerror(errno));
}
