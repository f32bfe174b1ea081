/* A session with a tiny model and Lua. */
#include "open.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

#include "base/interrupt.h"

struct session *open_session(void)
{
    struct session *s = session_new();
    struct err e = ERR_INIT;
    if (!session_open(s, MODEL, &e)) {
        fprintf(stderr, "%s\n", e.msg);
        abort();
    }
    return s;
}

bool run_text(struct script *sc, const char *text, struct err *e)
{
    struct result out;
    result_init(&out);
    bool ok = script_line(sc, text, &out, NULL, e);
    result_release(&out);
    return ok;
}

static void on_alarm(int sig)
{
    (void)sig;
    interrupt_flag = 1;
}

void interrupt_after(int ms)
{
    struct sigaction act = {.sa_handler = on_alarm};
    struct itimerval t = {.it_value = {ms / 1000, ms % 1000 * 1000}};
    interrupt_flag = 0;
    sigaction(SIGALRM, &act, NULL);
    setitimer(ITIMER_REAL, &t, NULL);
}

void interrupt_clear(void)
{
    struct itimerval none = {.it_value = {0, 0}};
    setitimer(ITIMER_REAL, &none, NULL);
    interrupt_flag = 0;
}
