/* Documents and the session: a run as a document tells it, and the other way round. */
#ifndef RASAD_SESSION_DOCUMENT_H
#define RASAD_SESSION_DOCUMENT_H

#include "format/document.h"
#include "internal.h"

/* document_run.c: the present run (named NULL) or a named one, which stands where it was computed up
 * to; `stood`: where it stood before. Texts are those of the session. */
void document_take_run(struct session *s, struct named_run *named, struct place stood,
                       const struct save_item *values, size_t n, struct arena *a,
                       struct document_run *out);

/* document_show.c: what the run read, and a machine that stands where it stood (NULL + no error:
 * nothing was run). Errors: ERR_FILE. */
struct model *document_model_of(const struct document *d, struct err *e);
void document_source(const struct document *d, const struct document_run *r, struct source *out);
bool document_gen(const struct document *d, const struct document_run *r, const struct model *m,
                  const struct source *x, struct gen **out, struct err *e);

#endif
