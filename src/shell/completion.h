/* Completion at the prompt: candidates of the command layer and of Lua, shown with descriptions. */
#ifndef RASAD_SHELL_COMPLETION_H
#define RASAD_SHELL_COMPLETION_H

#include "shell/shell.h"

/* Hands Readline the functions. Before Readline reads inputrc, so that users may say otherwise. */
void completion_start(struct shell *sh);
void completion_stop(void);

#endif
