/* One typed line at a time: with Readline on a terminal that can, plain elsewhere. */
#ifndef RASAD_SHELL_EDITOR_H
#define RASAD_SHELL_EDITOR_H

#include "shell/shell.h"

enum typed { TYPED_LINE, TYPED_END, TYPED_INTERRUPT };

/* Readline on this terminal: both ends are one, and TERM tells that it can move its cursor. */
bool editor_possible(void);
void editor_start(struct shell *sh);
void editor_stop(void);
void editor_remember(const char *entry); /* for the arrow keys and Ctrl-R */

/* Shows the prompt and edits a line until Enter (*line is the caller's to free; it holds newlines
 * when several lines were pasted), the end of input or Ctrl-C. The terminal is in its own modes at
 * return. *empty: of an interrupted line, whether nothing was on it. */
enum typed editor_read(const char *prompt, char **line, bool *empty);
/* The same without Readline; the line that Ctrl-C or the end of input leaves behind is ended. */
enum typed plain_read(const char *prompt, char **line, bool *empty);

/* Lets the user's editor ($VISUAL, $EDITOR, vi) change a text. False: it failed, or the text is as
 * it was when the editor said so by its status. */
bool editor_external(struct shell *sh, struct str *text, struct err *e);

#endif
