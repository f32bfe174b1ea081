/* Tables: the cells as text and the columns as drawn. */
#ifndef RASAD_RENDER_TABLE_H
#define RASAD_RENDER_TABLE_H

#include "internal.h"

/* What a column holds, for the order in which columns give way. */
enum column_class { COLUMN_FIXED, COLUMN_TEXT, COLUMN_BAR, COLUMN_FOREIGN };

struct slot {
    int col; /* in the table */
    int width, natural;
    int keep; /* the width of its widest number, which is never cut */
    enum column_class class;
    bool hidden;
};

struct layout {
    const struct table *t;
    const struct style *st;
    int n;
    struct slot *slots; /* in the order drawn */
    size_t rows;        /* drawn */
};

bool table_is_data(enum table_mode m); /* csv, tsv: for programs */
const struct cell *table_at(const struct table *t, size_t row, int col);
/* Logical text with stand-ins and the escapes of the mode; `cells` is the room of a bar. */
void table_text(struct str *out, const char *s, const struct style *st);
void table_cell(struct str *out, const struct cell *c, int cells, const struct style *st);
/* Fills in the slots (freed by the caller): order, widths, what is hidden. t, st and rows are
 * set. */
void table_layout(struct layout *l);

#endif
