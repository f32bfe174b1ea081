/* Private to the shell. */
#ifndef RASAD_SHELL_INTERNAL_H
#define RASAD_SHELL_INTERNAL_H

#include "shell/shell.h"

bool shell_json(const struct shell *sh); /* results are written as JSON */
void progress_erase(struct shell *sh); /* the progress line goes before anything else is written */
bool shell_keeps_going(const struct shell *sh); /* after an error of a script */

/* ---- tees ------------------------------------------------------------------------------------ */

/* A command as typed, to one of them and to all; its lines each after "> ". */
void tee_input(struct shell *sh, enum tee_kind kind, const char *text);
void tee_inputs(struct shell *sh, const char *text);
void tee_result(struct shell *sh, const struct result *r);
void tee_text(struct shell *sh, const char *text, size_t n);           /* as a script printed it */
void tee_line(struct shell *sh, const char *before, const char *text); /* a note, an error */
void tee_close(struct shell *sh, enum tee_kind kind);
void shell_output_close(struct shell *sh);
/* A file that a command has data sent to takes no more: an error of the line at hand. Clears e. */
void shell_file_lost(struct shell *sh, const char *command, struct err *e);

/* ---- pixels ---------------------------------------------------------------------------------- */

/* Asks the terminal for its pixels when a view of the result wants them, once; at the prompt
 * only. */
void shell_find_pixels(struct shell *sh, const struct result *r);
void shell_style_pixels(const struct shell *sh, struct style *s, int fd);

#endif
