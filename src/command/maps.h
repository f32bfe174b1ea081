/* What the commands of attention share: finding the map that is meant, its numbers with the tokens
 * of both axes, and drawing it. Rows are queries, columns are keys, always. */
#ifndef RASAD_COMMAND_MAPS_H
#define RASAD_COMMAND_MAPS_H

#include "command/command.h"

/* The positions along one side of a map. */
struct attn_axis {
    enum token_side side;
    int64_t first, n;    /* positions shown: [first, first + n) */
    const char **pieces; /* [n], in the arena that attn_load was given */
    int32_t *ids;        /* [n] */
    int64_t all;         /* positions there are */
    bool rtl;            /* some piece is written from right to left */
};

/* One site of maps: all of its heads or some that follow one another. */
struct attn_ref {
    struct site_ref site; /* head: the first one, -1 = all */
    int last_head;
};

struct attn {
    int node;
    const char *name;  /* canonical site, without head, step and slice */
    const char *title; /* with them */
    bool pattern;      /* weights: each row sums to 1 */
    bool causal;       /* a query sees no key after itself */
    bool mean;         /* of all heads */
    int64_t heads;     /* heads of the layer */
    int64_t head;      /* number of the first one shown */
    struct tensor t;   /* [heads shown, rows, columns], float32, own reference */
    struct attn_axis rows, cols;
    double
        *entropy; /* [heads shown] bits, mean over the rows shown; NULL when these are no weights */
};

/* Words of arguments joined with dots: "enc.0.self h3" -> "enc.0.self.h3". Empty: "". In the
 * arena. */
const char *attn_words(struct arena *a, const struct args *args, const char *name);

/* The site of maps that is meant when none is named: that of the frame's sub-layer, else the last
 * one computed before the present place. */
bool attn_here(struct session *s, int *node, struct err *e);
/* All maps that a text names; NULL or "": attn_here; "h3": a head of it. A part ("dec.1",
 * "dec.1.cross") stands for its patterns. Values that are no maps are refused with advice. *out is
 * freed with free(). */
bool attn_find(struct session *s, const char *spec, struct attn_ref **out, size_t *n,
               struct err *e);
bool attn_find_one(struct session *s, const char *spec, struct attn_ref *out, struct err *e);
/* The one that differs from `node` in its layer alone; the range of layers in the error. */
bool attn_layer(struct session *s, int node, int64_t layer, struct attn_ref *out, struct err *e);
bool attn_is_map(const struct plan *p, int node);
bool attn_is_pattern(const struct plan *p, int node);
int attn_mixed(const struct plan *p, int pattern); /* the z that a pattern makes of v; -1: none */
/* The projection that queries, keys or values come from, which may be turned or normalised after
 * it; -1: none. */
int attn_projection(const struct plan *p, int node);
bool attn_head(struct attn_ref *r, const struct plan *p, int64_t head,
               struct err *e); /* checks the range */

/* The numbers. [rows,columns] slices of the reference are applied; one index keeps its axis. */
bool attn_load(struct session *s, struct arena *a, const struct attn_ref *r, struct attn *out,
               struct err *e);
bool attn_average(struct arena *a, struct attn *m,
                  struct err *e); /* the mean over its heads, in its place */
void attn_release(struct attn *m);
double attn_at(const struct attn *m, int64_t head, int64_t row, int64_t col); /* indices of t */
/* A row that cannot but have its one weight 1: the first of a causal pattern. */
bool attn_forced(const struct attn *m, int64_t row);
/* The largest finite cell of a head (index of t, 0 = first shown), in indices of t; forced rows
 * left out. */
double attn_edge(const struct attn *m, int64_t head, int64_t *row, int64_t *col);
bool attn_masked(const struct attn *m, int64_t row, int64_t col);

/* A position by index or by piece; indices of the sentence. `what`: "query" "key". */
bool attn_position(const struct attn_axis *x, const char *word, const char *what, int64_t *out,
                   struct err *e);

/* One panel for each head of each map; they share the axes of the first. letters: "c" cells, "n"
 * numbers, "t" text ramp, "h" half blocks. */
struct heat *attn_heat(struct session *s, struct result *out, const struct attn *maps, size_t n,
                       const char *title, const char *letters);
/* The same with what helps to see more of it under it. */
struct heat *attn_draw(struct session *s, struct result *out, const struct attn *maps, size_t n,
                       const char *title, const char *letters);
/* site, heads, axes, shape, rows, columns, data and entropy into the object `to`. */
void attn_data(struct result *out, struct data *to, const struct attn *m);
/* "rows: ..." of one axis: "source (queries)". */
const char *attn_axis_name(struct arena *a, const struct attn_axis *x, const char *role);

/* The token that decoder position t leads to, NULL = none yet. */
const char *attn_next_piece(struct session *s, struct arena *a, int64_t t);

#endif
