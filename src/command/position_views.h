/* How a scheme of positions is shown: numbers, curves, heat map, and products by distance. */
#ifndef RASAD_COMMAND_POSITION_VIEWS_H
#define RASAD_COMMAND_POSITION_VIEWS_H

#include "command/command.h"

/* What a query at position p and a key at position p + distance give. */
typedef double position_product(const void *ud, int64_t query, int64_t key);

/* Rows of the first positions, a few columns of [length, width]: those of `cols` [n], headed so. */
void position_rows(struct result *out, const struct tensor *t, const char *title,
                   const int64_t *cols, const char *const *heads, int n);
/* Those columns over the positions, as curves; labels as heads of columns. */
void position_curves(struct result *out, const struct tensor *t, const char *title,
                     const int64_t *cols, const char *const *labels, int n);
/* The whole table as a heat map. Takes its own reference. */
void position_map(struct result *out, const struct tensor *t, const char *title,
                  const char *row_name, const char *col_name);
/* A scheme whose products are shown. */
struct position_scheme {
    const char *name; /* "learned": in the legend and as a key of the data */
    position_product *product;
    const void *ud;
};
/* Products by distance: a curve of the mean over the queries, and a table of it with its spread
 * (largest minus smallest over the queries): 0 where the distance alone matters. `beside` (or NULL):
 * another scheme's, for comparison, brought to the same product at distance 0. `products` of the
 * data has all distances. */
void position_products(struct result *out, const struct position_scheme *f,
                       const struct position_scheme *beside, int64_t length, const char *what);

#endif
