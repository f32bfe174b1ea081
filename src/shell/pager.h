/* The pager: long output, when a person reads it. */
#ifndef RASAD_SHELL_PAGER_H
#define RASAD_SHELL_PAGER_H

#include "shell/shell.h"

/* For sh->page: shows the text in the pager when it is longer than the screen (or `set pager
 * always`). False: it is to be written as it is. */
bool pager_show(struct shell *sh, const char *text, size_t n);

#endif
