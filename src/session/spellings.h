/* Other tools' names of sites. */
#ifndef RASAD_SESSION_SPELLINGS_H
#define RASAD_SESSION_SPELLINGS_H

#include <stdbool.h>

#include "base/str.h"

/* Our name for another tool's; false when it is none that we know. */
bool spelling_ours(const char *text, struct str *out);
/* "tool  name" lines for a site of ours. */
void spelling_theirs(const char *site, const char *family, struct str *out);

#endif
