/* The prompt's own state, for the commands that concern it. */
#ifndef RASAD_SHELL_PROMPT_H
#define RASAD_SHELL_PROMPT_H

#include "history.h"
#include "shell/shell.h"

struct prompt {
    struct history history;
    bool editing;      /* with Readline */
    bool told_leaving; /* how to leave has been said */
    struct str queue;  /* lines still to be carried out: pasted, or from the user's editor */
    struct str input;  /* the beginning of a block or a Lua chunk */
    char *repeat;      /* what Enter repeats, NULL = nothing */
    char *repeat_shown;
};

/* NULL and an error when there is no prompt (scripts, Lua). */
struct prompt *prompt_of(struct session *s, const char *command, struct err *e);

/* The greeting and, once for each user, a hint at `setup`. */
void banner_show(struct shell *sh);

#endif
