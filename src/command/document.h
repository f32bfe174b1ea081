/* Documents: what `save session FILE.safetensors` writes, and going on from one. */
#ifndef RASAD_COMMAND_DOCUMENT_H
#define RASAD_COMMAND_DOCUMENT_H

#include "command/command.h"

/* With the values that the arguments "site" match; without any, all that were computed. */
bool document_save(struct session *s, const struct args *a, struct result *out, struct err *e);

struct document;
/* The model of a document, by its weights: the one open now, that of the stored path, a bundled one
 * of the name. A reference for the caller; NULL: it is not here, a note says why. */
struct model *document_model(struct session *s, struct model *now, const struct document *d);
/* Makes the session again with that model (taken over): input, prefix, search and changes, then the
 * run up to where it stood. `d` is not the session's own. */
bool document_continue(struct session *s, struct model *m, const struct document *d, struct err *e);

#endif
