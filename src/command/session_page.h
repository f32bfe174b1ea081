/* Parts of the page of a session (report): its maps as data, its decoding as views. */
#ifndef RASAD_COMMAND_SESSION_PAGE_H
#define RASAD_COMMAND_SESSION_PAGE_H

#include "command/command.h"
#include "render/page.h"

struct page_layers {
    int64_t first, last; /* last < 0: all */
};

struct page_count {
    int64_t heads; /* maps that went in */
    int missing;   /* patterns that are not computed yet */
};

/* Patterns of these layers that are there: "maps" and "axes" of `to`, as page.js reads them; a map's
 * weights are float32, little-endian, in base64. Also draws into `means` the mean of the heads of
 * the last layer of each kind, where a table takes so many cells, and into `all` all of them. */
bool page_maps(struct session *s, const struct page_layers *l, struct data *to,
               struct result *means, struct result *all, struct page_count *count, struct err *e);
/* Bytes that their weights take in the page. */
double page_maps_bytes(struct session *s, const struct page_layers *l);

/* The i-th choice: its candidates as a table into `out`; the line over it. */
const char *page_step(struct session *s, int64_t i, struct result *out);
/* The beams as a tree, in the arena; ones that went on together share a line. */
const struct page_branch *page_tree(struct session *s, struct arena *a, int *n);

#endif
