/* The shape of a value as an answer: axes with their names, sizes and meanings. */
#ifndef RASAD_COMMAND_QUESTION_AXES_H
#define RASAD_COMMAND_QUESTION_AXES_H

#include "command/command.h"

/* From an object of `shapes` ({site, axes, shape}) a list of sizes, or a tensor. */
bool question_axes(struct session *s, const struct data *d, struct question *q, struct err *e);

#endif
