/* explain scaling: why scores are divided by sqrt(d_k). */
#ifndef RASAD_COMMAND_SCALING_H
#define RASAD_COMMAND_SCALING_H

#include "command/command.h"

bool scaling_explain(struct session *s, struct result *out, struct err *e);

#endif
