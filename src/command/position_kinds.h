/* The schemes of the command `positions`, each shown whole: formula, numbers, curves, map, products. */
#ifndef RASAD_COMMAND_POSITION_KINDS_H
#define RASAD_COMMAND_POSITION_KINDS_H

#include "position_views.h"

struct scheme {
    int64_t length, width;
    double base;
    int64_t buckets, distance; /* of relative ones */
    bool causal;
};

bool kind_sinusoid(const struct scheme *c, struct result *out, struct err *e);
/* The table of the model that is open; `asked`: that many positions were asked for. */
bool kind_learned(struct session *s, const struct scheme *c, bool asked, struct result *out,
                  struct err *e);
bool kind_relative(const struct scheme *c, struct result *out, struct err *e);
bool kind_rotary(const struct scheme *c, uint64_t seed, struct result *out, struct err *e);

/* kind and formula, as data and as the first line. */
void kind_begin(struct result *out, const char *kind, const char *formula);
/* A few of n, evenly spread from the first: how many. */
enum { KIND_SHOWN = 4 };
int kind_some(int64_t n, int64_t at[KIND_SHOWN]);

#endif
