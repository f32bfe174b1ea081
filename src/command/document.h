/* Documents: what `save session FILE.safetensors` writes. */
#ifndef RASAD_COMMAND_DOCUMENT_H
#define RASAD_COMMAND_DOCUMENT_H

#include "command/command.h"

/* With the values that the arguments "site" match; without any, all that were computed. */
bool document_save(struct session *s, const struct args *a, struct result *out, struct err *e);

#endif
