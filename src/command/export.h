/* Parts of `export`. */
#ifndef RASAD_COMMAND_EXPORT_H
#define RASAD_COMMAND_EXPORT_H

#include "command/shown.h"

/* Is this the name of a picture or page? */
bool export_is_picture(const char *path);
extern const char export_pictures[]; /* their endings, for messages */
/* Writes the view last shown, or that of the command line in the arguments. */
bool export_picture(struct session *s, const struct args *a, struct result *out, struct err *e);

#endif
