/* Pages of a whole session: sections of views that read without scripts, and data with a script
 * that makes the attention maps things to choose and to walk over. One file, no network. */
#ifndef RASAD_RENDER_PAGE_H
#define RASAD_RENDER_PAGE_H

#include "render/picture.h"

/* One line of a tree that is written in order, parents before what grows out of them. */
struct page_branch {
    int depth; /* at most one more than that of the line before */
    const char *text, *note;
    bool strong; /* what the search ended with */
};
struct page_section {
    const char *id, *title;  /* of our own */
    const struct view *from; /* views up to `to`, NULL = all that follow */
    const struct view *to;
    const char
        *fold; /* shown when asked for, under this line; text of any script; NULL = at once */
    const struct page_branch *tree;
    int ntree;
    bool unscripted; /* its views are for readers without scripts alone */
    bool maps;       /* here the script puts what it draws of the maps */
    bool joins;      /* under the heading of the section before */
};
/* `data`: {"maps": [...], "axes": {"source": ..., "target": ...}}, as page.js reads it; NULL = no
 * script. */
void page_html(struct str *out, const struct caption *c, const struct page_section *s, int n,
               const struct data *data, const struct style *st);

#endif
