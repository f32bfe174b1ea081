/* step stepi next finish emit continue until, and the same backwards: run control by steps. */
#include "report.h"
#include "slow.h"

static const struct arg count_arg[] = {
    {.name = "count",
     .kind = ARG_INT,
     .help = "how many times",
     .optional = true,
     .lo = 1,
     .hi = 1000000000},
    {0},
};

static bool forward(struct session *s, const struct args *a, enum ladder l, struct result *out,
                    struct err *e)
{
    struct stop stop;
    return session_step(s, l, args_int(a, "count", 1), &stop, e) &&
           report_stop(s, l, &stop, out, e);
}

static bool backward(struct session *s, const struct args *a, enum ladder l, struct result *out,
                     struct err *e)
{
    struct stop stop;
    return session_back(s, l, args_int(a, "count", 1), &stop, e) &&
           report_stop(s, l, &stop, out, e);
}

#define STEP(fn, word, short_name, direction, ladder, need, text, about)                           \
    static bool fn##_exec(struct session *s, const struct args *a, struct result *out,             \
                          struct err *e)                                                           \
    {                                                                                              \
        return direction(s, a, ladder, out, e);                                                    \
    }                                                                                              \
    const struct command cmd_##fn = {                                                              \
        .name = word,                                                                              \
        .alias = short_name,                                                                       \
        .group = GROUP_RUN,                                                                        \
        .needs = need,                                                                             \
        .flags = CMD_REPEATS,                                                                      \
        .args = count_arg,                                                                         \
        .summary = text,                                                                           \
        .help = about,                                                                             \
        .exec = fn##_exec,                                                                         \
    };

#define FORWARD (NEED_WEIGHTS | NEED_TEXT)

STEP(step, "step", "s", forward, STEP_PART, FORWARD, "One sub-layer (self, cross, mlp)",
     "Enters a layer and stops after its next sub-layer. `next` does a whole layer, `stepi` one "
     "operation.")
STEP(stepi, "stepi", "si", forward, STEP_OP, FORWARD, "One operation",
     "The smallest step: one named value is computed.")
STEP(next, "next", "n", forward, STEP_LAYER, FORWARD, "One whole layer",
     "Stops before the next layer.")
STEP(finish, "finish", "fin", forward, STEP_STACK, FORWARD,
     "To the end of this encoder or decoder step",
     "In the encoder: to enc.out. In the decoder: to the logits of this step, before the token is "
     "chosen.")
STEP(emit, "emit", "e", forward, STEP_EMIT, FORWARD | NEED_DECODER,
     "Until the next target token is chosen", "emit 3 goes on until three more tokens are chosen.")
STEP(rstep, "rstep", "rs", backward, STEP_PART, NEED_RUN, "Back by one sub-layer",
     "What was computed stays: going back moves the position only.")
STEP(rstepi, "rstepi", "rsi", backward, STEP_OP, NEED_RUN, "Back by one operation", "See rstep.")
STEP(rnext, "rnext", "rn", backward, STEP_LAYER, NEED_RUN, "Back by one layer", "See rstep.")
STEP(remit, "remit", "re", backward, STEP_EMIT, NEED_RUN | NEED_DECODER,
     "Back to before the last chosen token",
     "There, `topk` shows its candidates and `choose` takes another.")

static bool continue_exec(struct session *s, const struct args *a, struct result *out,
                          struct err *e)
{
    struct stop stop;
    int64_t n = args_int(a, "count", 1);
    do
        if (!(s->slow > 0 ? slow_run(s, &stop, e) : session_step(s, STEP_ALL, 1, &stop, e)))
            return false;
    while (stop.reason == STOP_BREAK && --n > 0);
    return report_stop(s, STEP_ALL, &stop, out, e);
}

const struct command cmd_continue = {
    .name = "continue",
    .alias = "c",
    .group = GROUP_RUN,
    .needs = FORWARD,
    .flags = CMD_REPEATS,
    .args = count_arg,
    .summary = "To the next break or the end",
    .help = "continue N passes N-1 breaks on the way.",
    .exec = continue_exec,
};

static const struct arg site_arg[] = {
    {.name = "site",
     .kind = ARG_SITE,
     .help = "a value (stops when it is there) or a part (stops before it)"},
    {0},
};

static bool until_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct stop stop;
    const char *site = args_str(a, "site");
    int first, last;
    int64_t step;
    if (!sites_span(s, site, &first, &last, &step, e) || !session_until(s, site, &stop, e))
        return false;
    return report_stop(s, first == last ? STEP_OP : STEP_ALL, &stop, out, e);
}

const struct command cmd_until = {
    .name = "until",
    .alias = "u advance",
    .group = GROUP_RUN,
    .needs = FORWARD,
    .args = site_arg,
    .summary = "Run to a site",
    .help = "A value is computed, then it stops; before a part (enc.2, dec.0.cross) it stops "
            "before the first\n"
            "operation.\n  until enc.2.self\n  until dec.1.cross.pattern@3",
    .exec = until_exec,
};

static bool goto_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    struct stop stop;
    if (!session_goto(s, args_str(a, "site"), &stop, e))
        return false;
    return report_stop(
        s, STEP_OP,
        &(struct stop){.reason = STOP_MOVED, .from = stop.to, .to = stop.to, .last_node = -1}, out,
        e);
}

const struct command cmd_goto = {
    .name = "goto",
    .alias = "g",
    .group = GROUP_RUN,
    .needs = NEED_RUN,
    .args = site_arg,
    .summary = "Move to an operation that was computed before",
    .help =
        "Nothing is computed and nothing is lost.\n  goto enc.0.self.scores\n  goto dec.2.cross@1",
    .exec = goto_exec,
};
