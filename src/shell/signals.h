/* Signals at the prompt: Ctrl-C, a new window size, Ctrl-Z, and ends that must leave the terminal
 * as it was found. Handlers only note what came; loops and the editor act on it. */
#ifndef RASAD_SHELL_SIGNALS_H
#define RASAD_SHELL_SIGNALS_H

#include <stdbool.h>

/* Installs the handlers and remembers the terminal's modes; stop puts both back. */
void signals_start(void);
void signals_stop(void);

/* Readable when something has come since the last signals_take; wait for it beside the keyboard. */
int signals_fd(void);
struct arrivals {
    bool interrupt, resize, suspend, resume;
};
/* What came since the last call; empties signals_fd. Ctrl-C counts as answered. */
struct arrivals signals_take(void);

/* The terminal is in the editor's modes: Ctrl-Z is noted for signals_suspend, and an end of the
 * program leaves bracketed paste. */
void signals_editing(bool on);
/* Stops the program, as is due after a Ctrl-Z that was noted; the terminal has its own modes then.
 * Returns when the program is continued. */
void signals_suspend(void);

#endif
