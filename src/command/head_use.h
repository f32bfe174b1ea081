/* What one head does with its attention, measured: sums over the rows of its patterns. Rows are
 * queries, columns are keys; a causal pattern's masked keys do not count. */
#ifndef RASAD_COMMAND_HEAD_USE_H
#define RASAD_COMMAND_HEAD_USE_H

#include "maps.h"

enum use {
    USE_ENTROPY,   /* bits: - sum p log2 p */
    USE_STRONGEST, /* weight on the strongest key */
    USE_PREVIOUS,  /* weight on the key before the query's position */
    USE_SAME,      /* on the key at the query's position: the diagonal */
    USE_NEXT,      /* on the key after it */
    USE_FIRST,     /* on the first key of all */
    USE_LAST,      /* on the last one of all (often the end token) */
    USE_UNDER,     /* share of the weights under a threshold */
    USE_TOP,       /* weight on the k strongest keys */
    USE_COUNT
};
enum { USE_MOST_TOP = 64 };       /* the largest k */
const char *use_name(enum use u); /* "entropy" ... : heads of columns, keys of data */

struct head_use {
    double under;          /* the threshold of USE_UNDER */
    int top;               /* the k of USE_TOP */
    double sum[USE_COUNT]; /* over `rows[u]` rows */
    int64_t rows[USE_COUNT];
};
/* Adds the rows of one pattern [queries, keys]. Rows that cannot but be as they are count in the
 * entropy alone (as in `heads`): the first of a causal pattern; of USE_TOP those that see no more
 * than k keys; of USE_PREVIOUS and the like those without such a key. */
void head_use_add(struct head_use *u, const struct tensor *pattern, bool causal);
double head_use_mean(const struct head_use *u, enum use which); /* NaN: of no row */

/* A table of one number for each head of each layer of one kind of attention. */
struct head_grid {
    const char *kind; /* "enc.*.self" */
    int layers, heads;
    int64_t keys; /* most that a row could see; of the first measure of a kind */
    double *v;    /* [layers, heads], NaN = not there */
};
/* Grids of some measures, kind by kind: v[kind * nwhich + measure]. In the arena. */
struct head_grids {
    struct arena *a;
    const struct plan *plan;
    int nwhich, nkinds;
    struct head_grid *v;
};
/* The grids of the kind of attention of this node, one for each measure; made when they are new,
 * of NaN. */
struct head_grid *head_grids_of(struct head_grids *g, int node);
double *head_grid_cell(const struct head_grid *g, int layer, int64_t head); /* layer -1: 0 */
/* Measures every pattern that `spec` names ("": all that are computed) of the present run. */
bool head_grids(struct session *s, struct arena *a, const char *spec, double under, int top,
                const enum use *which, int nwhich, struct head_grids *out, struct err *e);
/* A heat map, layer by head, one panel for each of n grids of one size, numbers after it as a table
 * with the mean of each layer. fmt: of one number; NULL: no table. */
void head_grid_draw(struct result *out, const struct head_grid *grids, int n,
                    const char *const *titles, const char *scale, const char *fmt);
void head_grid_data(struct result *out, struct data *to, const char *key,
                    const struct head_grid *g);

#endif
