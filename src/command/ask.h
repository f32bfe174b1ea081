/* Showing the questions that wait for an answer; for the commands that ask (quiz, shapes, teach). */
#ifndef RASAD_COMMAND_ASK_H
#define RASAD_COMMAND_ASK_H

#include "command/command.h"

/* The present question with its options and how to answer it, as views and as `question` in the
 * data: {number, of, kind, ask, options, points, tries}. Without one: nothing. */
void ask_show(struct session *s, struct result *out);

#endif
