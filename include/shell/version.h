/* What --version prints. */
#ifndef RASAD_SHELL_VERSION_H
#define RASAD_SHELL_VERSION_H

#include "base/str.h"

#define RASAD_VERSION "0.1.0"

void version_text(struct str *out); /* the program's version and those of its libraries, lines */

#endif
