/* A tensor as people see it: the one picture behind `print`, Lua's tostring and displays. */
#ifndef RASAD_RENDER_SHOW_H
#define RASAD_RENDER_SHOW_H

#include "render/view.h"

/* A line with name (or NULL), type, axes, bytes and statistics, then the numbers: of large tensors the
 * corners, of many axes the first few matrices. Indices count from 0, as in names of sites. */
void out_tensor(struct result *r, const char *name, const struct tensor *t);
/* "f32 [B=1, H=4, S=7, S'=7]" */
void show_shape(struct str *out, const struct tensor *t);

#endif
