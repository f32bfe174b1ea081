/* What --version prints. */
#ifndef RASAD_SHELL_VERSION_H
#define RASAD_SHELL_VERSION_H

#include "base/str.h"
#include "base/version.h"

void version_text(struct str *out); /* the program's version and those of its libraries, lines */

#endif
