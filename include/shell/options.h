/* The options of the program. */
#ifndef RASAD_SHELL_OPTIONS_H
#define RASAD_SHELL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum action_kind { ACTION_COMMAND, ACTION_FILE, ACTION_LUA, ACTION_STDIN };
struct action {
    enum action_kind kind;
    const char *text;
};

struct options {
    const char *model;      /* -m, or NULL */
    struct action *actions; /* -c -f -l FILE, in the order given */
    size_t nactions, actions_cap;
    bool interactive, quiet, no_init, keep_going, json, echo;
    bool help, version;
    const char *color; /* "auto" "always" "never", or NULL */
    int threads;       /* 0: not given */
};

/* Errors are of kind ERR_USAGE. Strings are those of argv. */
bool options_parse(struct options *o, int argc, char **argv, struct err *e);
void options_release(struct options *o);
extern const char options_help[];

#endif
