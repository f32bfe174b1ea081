/* What the commands that count share: parameters, activations and operations of the nodes of a plan in
 * groups, all from the op table, and how the costs grow with the length. */
#ifndef RASAD_COMMAND_COUNTS_H
#define RASAD_COMMAND_COUNTS_H

#include "command/command.h"
#include "engine/count.h"

enum count_kind { COUNT_PARAMS, COUNT_ACTIVATIONS, COUNT_FLOPS };
enum count_by { COUNT_BY_PART, COUNT_BY_LAYER, COUNT_BY_SITE };

/* Nodes that are told as one line. Layers of one make that follow one another are one group by
 * part. */
struct count_group {
    const char *name; /* "enc.0-11.self" "enc.3" "enc.0.self.q.h1" */
    enum stack stack;
    int layer, last_layer; /* -1: outside the layers */
    enum part part;
    struct sum each;  /* of one of the layers */
    int64_t times;    /* layers it stands for */
    const char *tied; /* all its parameters are counted here already; NULL = none are */
};
struct counts {
    struct count_group *groups;
    size_t n, cap;
    struct sum total;
};

/* Counts these values (from sites_match; NULL = everything) into groups. `matrices`: of the
 * parameters those that are matrices alone, without biases and gains. Names are in the arena. A
 * head that has no such count is an error. Released in any case. */
bool counts_of(const struct model *m, struct arena *a, enum count_kind kind, enum count_by by,
               bool matrices, const struct site_ref *sites, size_t n, struct counts *out,
               struct err *e);
void counts_release(struct counts *c);

/* How a cost grows with the length N of source and target: what attention does between every two
 * positions (scores, softmax, mix: N^2), the maps into and out of attention, the feed-forward
 * layer, and the rest (all N). */
enum growth { GROWTH_PAIRS, GROWTH_MAPS, GROWTH_MLP, GROWTH_OTHER, GROWTH_COUNT };
enum growth growth_of(const struct node *n);
const char *growth_name(enum growth g);
/* Operations of each kind for one batch at length N, from the plan's op table. */
struct growth_sums {
    const struct plan *p;
    int64_t batch;
    struct sum part[GROWTH_COUNT];
};
void growth_init(struct growth_sums *g, const struct plan *p, int64_t batch);
void growth_release(struct growth_sums *g);
double growth_at(const struct growth_sums *g, enum growth part, int64_t length);
/* The first length at which pairs cost at least as much as the feed-forward layer (`all`: as
 * everything else together); 0 when they do not up to 10^9, or there are none. */
int64_t growth_crossing(const struct growth_sums *g, bool all);
/* The same as lines and data ("crossing", "crossing_all"). */
void counts_crossing(struct result *out, const struct growth_sums *g);

#endif
