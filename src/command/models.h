/* What the commands that open a model share. */
#ifndef RASAD_COMMAND_MODELS_H
#define RASAD_COMMAND_MODELS_H

#include "command/command.h"

/* A path, or the bare name of a bundled model. The caller frees. */
char *models_path(const char *path);
/* The line and the data of the model that was opened. */
void models_opened(struct session *s, struct result *out);

#endif
