/* Private: what users add to the commands of a session: aliases, and commands made at run time. */
#ifndef RASAD_COMMAND_USER_H
#define RASAD_COMMAND_USER_H

#include "command/shown.h"

struct alias {
    char *name, *text;
};
struct added {
    const struct command *command;
    void (*release)(const struct command *c);
};
struct user {
    struct alias *aliases;
    size_t naliases, aliases_cap;
    struct added *added;
    size_t nadded, added_cap;
    struct added *replaced; /* kept to the end: one of them may be running */
    size_t nreplaced, replaced_cap;
    struct shown *shown; /* or NULL */
};
struct user *user_of(struct session *s);

#endif
