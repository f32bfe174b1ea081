/* Two texts on one command line: A ||| B. */
#ifndef RASAD_COMMAND_TEXTS_H
#define RASAD_COMMAND_TEXTS_H

#include "command/command.h"

struct texts {
    const char *a, *b;
    size_t na, nb;
};
/* Cuts at the one "|||"; blanks around both texts are not part of them. */
bool texts_cut(const char *text, size_t n, struct texts *out, struct err *e);

#endif
