/* Private to the shell. */
#ifndef RASAD_SHELL_INTERNAL_H
#define RASAD_SHELL_INTERNAL_H

#include "shell/shell.h"

bool shell_json(const struct shell *sh); /* results are written as JSON */
void progress_erase(struct shell *sh); /* the progress line goes before anything else is written */
bool shell_keeps_going(const struct shell *sh); /* after an error of a script */

#endif
