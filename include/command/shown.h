/* What was last shown to people, for pictures of it. */
#ifndef RASAD_COMMAND_SHOWN_H
#define RASAD_COMMAND_SHOWN_H

#include "command/command.h"
#include "render/picture.h"

/* Views with the words that stand over a picture of them. */
struct shown {
    struct result views; /* a copy of its own */
    struct caption caption;
    const char *lines[4];
};
/* Fills `out` (zeroed) with a copy of the views of `r`, which the line `line` made, and with the
 * command, the sentence, what it became and the model as they are now. Released in any case. */
bool shown_make(struct shown *out, struct session *s, const char *line, const struct result *r,
                struct err *e);
void shown_release(struct shown *v);

/* Does a result hold more than words: a table, a map, bars, curves? */
bool shown_is_picture(const struct result *r);
/* Remembers it as what was last shown, when it is a picture. */
void command_show(struct session *s, const struct command *c, const char *line,
                  const struct result *r);
const struct shown *command_shown(const struct session *s); /* NULL: nothing yet */

/* How pictures look, by the settings: colour map, digits, direction of axes. */
struct style shown_style(const struct session *s);

#endif
