/* Parts of `export`. */
#ifndef RASAD_COMMAND_EXPORT_H
#define RASAD_COMMAND_EXPORT_H

#include "command/shown.h"
#include "format/save.h"

/* Is this the name of a picture or page? */
bool export_is_picture(const char *path);
extern const char export_pictures[]; /* their endings, for messages */
/* The names of the axes of each value, as a JSON object: what __metadata__ says of them. */
const char *export_axes(struct arena *a, const struct save_item *v, size_t n);
/* Writes the view last shown, or that of the command line in the arguments. */
bool export_picture(struct session *s, const struct args *a, struct result *out, struct err *e);

#endif
