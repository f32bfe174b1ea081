/* positions: how a model is told the order of its tokens; four schemes, from their formulas or the
 * table of the model. */
#include <math.h>
#include <string.h>

#include "base/interrupt.h"
#include "position_kinds.h"

enum { LENGTH = 32, WIDTH = 16, BUCKETS = 32, DISTANCE = 128, MOST_CELLS = 1 << 24 };

static const struct arg positions_args[] = {
    {.name = "kind",
     .kind = ARG_CHOICE,
     .help = "the scheme",
     .choices = "sinusoid|learned|relative|rotary"},
    {.name = "--len",
     .kind = ARG_INT,
     .help = "positions (32)",
     .optional = true,
     .lo = 1,
     .hi = 65536},
    {.name = "--width",
     .kind = ARG_INT,
     .help = "dimensions of a vector (16)",
     .optional = true,
     .lo = 2,
     .hi = 65536},
    {.name = "--base", .kind = ARG_NUM, .help = "of the powers (10000)", .optional = true},
    {.name = "--buckets",
     .kind = ARG_INT,
     .help = "relative: how many (32)",
     .optional = true,
     .lo = 2,
     .hi = 65536},
    {.name = "--max-distance",
     .kind = ARG_INT,
     .help = "relative: from here on all share a bucket (128)",
     .optional = true,
     .lo = 2,
     .hi = 65536},
    {.name = "--causal", .kind = ARG_FLAG, .help = "relative: keys before alone", .optional = true},
    {0},
};

static bool read_scheme(const struct args *a, struct scheme *c, struct err *e)
{
    *c = (struct scheme){
        .length = args_int(a, "--len", LENGTH),
        .width = args_int(a, "--width", WIDTH),
        .base = args_num(a, "--base", 10000),
        .buckets = args_int(a, "--buckets", BUCKETS),
        .distance = args_int(a, "--max-distance", DISTANCE),
        .causal = args_has(a, "--causal"),
    };
    if (!(c->base > 1) || !isfinite(c->base))
        return err_set(e, ERR_COMMAND, "--base must be above 1") || args_blame(a, "--base", 0, e);
    if (strcmp(args_str(a, "kind"), "learned") == 0 && args_has(a, "--width"))
        return err_set(e, ERR_COMMAND, "a learned table has the width of its model") ||
               args_blame(a, "--width", 0, e);
    int64_t wide = strcmp(args_str(a, "kind"), "relative") == 0 ? c->length : c->width;
    if (c->length * wide > MOST_CELLS)
        return err_set(e, ERR_COMMAND, "%lld x %lld numbers are too many to show",
                       (long long)c->length, (long long)wide) ||
               args_blame(a, "--len", 0, e);
    return true;
}

static bool positions_exec(struct session *s, const struct args *a, struct result *out,
                           struct err *e)
{
    const char *kind = args_str(a, "kind");
    struct scheme c;
    if (!read_scheme(a, &c, e))
        return false;
    bool ok = strcmp(kind, "sinusoid") == 0  ? kind_sinusoid(&c, out, e)
              : strcmp(kind, "learned") == 0 ? kind_learned(s, &c, args_has(a, "--len"), out, e)
              : strcmp(kind, "relative") == 0
                  ? kind_relative(&c, out, e)
                  : kind_rotary(&c, (uint64_t)s->settings.number[SET_SEED], out, e);
    return ok && (!interrupted() || err_set(e, ERR_INTERRUPT, "interrupted"));
}

const struct command cmd_positions = {
    .name = "positions",
    .group = GROUP_ANALYSIS,
    .args = positions_args,
    .summary = "How order is told: sinusoid, learned, relative and rotary positions",
    .help =
        "Formula with its sizes, numbers, curves, heat map and products by distance. sinusoid, "
        "relative (T5's buckets)\n"
        "and rotary follow from their formulas; learned is the table of the model that is open. "
        "The seed setting\n"
        "draws the query and key of rotary.\n"
        "  positions sinusoid\n  positions sinusoid --width 128 --len 64\n  positions learned\n"
        "  positions relative --buckets 32 --max-distance 128 --causal\n"
        "  positions rotary --width 64 --base 500000",
    .exec = positions_exec,
};
