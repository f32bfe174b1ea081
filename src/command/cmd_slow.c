/* slow: a pause between the steps of run and continue, for a lecture. */
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "report.h"
#include "slow.h"

static const double longest = 60, slice = 0.05;

static void pause_for(double seconds)
{
    double end = clock_seconds() + seconds;
    for (double left; !interrupted() && (left = end - clock_seconds()) > 0;) {
        long ns = (long)((left < slice ? left : slice) * 1e9);
        nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
    }
}

bool slow_run(struct session *s, struct stop *stop, struct err *e)
{
    for (;;) {
        if (!session_step(s, STEP_PART, 1, stop, e))
            return false;
        if (stop->reason != STOP_MOVED)
            return true;
        struct result now;
        result_init(&now);
        bool ok = report_stop(s, STEP_PART, stop, &now, e);
        if (ok && s->hooks.show)
            s->hooks.show(s->hooks.ud, &now);
        result_release(&now);
        if (!ok)
            return false;
        pause_for(s->slow);
        if (interrupted()) {
            stop->reason = STOP_INTERRUPT;
            return true;
        }
    }
}

static bool slow_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    const char *word = args_str(a, "seconds");
    double seconds = s->slow;
    if (word && strcmp(word, "off") == 0) {
        seconds = 0;
    } else if (word && (!str_double(word, &seconds) || !(seconds >= 0 && seconds <= longest))) {
        err_set(e, ERR_COMMAND, "slow takes seconds from 0 to %g, or 'off'; not '%.60s'", longest,
                word);
        return args_blame(a, "seconds", 0, e);
    }
    s->slow = seconds;
    data_add_num(&out->arena, out->data, "seconds", seconds);
    if (seconds > 0)
        out_line(out, TONE_PLAIN, "%g seconds after each sub-layer of run and continue", seconds);
    else
        out_line(out, TONE_PLAIN, "no pause between steps");
    return true;
}

static const struct arg args[] = {
    {"seconds", ARG_WORD, "0 to 60, 0.5 for half a second; off; none: what is set",
     .optional = true},
    {0},
};

const struct command cmd_slow = {
    .name = "slow",
    .group = GROUP_TEACH,
    .args = args,
    .summary = "Pause between the steps of run and continue, for a lecture",
    .help = "After each sub-layer a line tells what it computed, then there is a pause. Ctrl-C "
            "answers\n"
            "at once; continue goes on from there. See also 'set presenter on'.\n"
            "\n"
            "  slow 0.5\n"
            "  slow off\n",
    .exec = slow_exec,
};
