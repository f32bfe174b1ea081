/* A program started and watched from outside. */
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "bench.h"

/* The child: nothing to read, its output into the pipe, messages thrown away. */
static void become(char *const argv[], int out)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, 0);
    dup2(out, 1);
    dup2(null, 2);
    execv(argv[0], argv);
    _exit(127);
}

/* Reads to the end; keeps what fits. */
static void collect(int from, char *out, size_t size)
{
    char rest[4096];
    size_t n = 0;
    for (;;) {
        bool room = n + 1 < size;
        ssize_t got = read(from, room ? out + n : rest, room ? size - 1 - n : sizeof rest);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        n += room && got > 0 ? (size_t)got : 0;
    }
    out[n] = 0;
}

struct process process_run(char *const argv[])
{
    struct process p = {.status = 127};
    int fd[2];
    if (pipe2(fd, O_CLOEXEC) != 0)
        return p;
    double began = clock_seconds();
    pid_t pid = fork();
    if (pid == 0)
        become(argv, fd[1]);
    close(fd[1]);
    if (pid > 0)
        collect(fd[0], p.out, sizeof p.out);
    close(fd[0]);
    struct rusage use = {0};
    int status = 0;
    while (pid > 0 && wait4(pid, &status, 0, &use) < 0 && errno == EINTR)
        continue;
    p.seconds = clock_seconds() - began;
    p.peak = (double)use.ru_maxrss * 1024;
    if (pid > 0 && WIFEXITED(status))
        p.status = WEXITSTATUS(status);
    return p;
}
