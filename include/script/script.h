/* Lua inside: one state for each session. Scripts see the session through values (models, runs,
 * sites, tensors) and may call every command. Nothing here longjmps out: errors arrive as struct
 * err. */
#ifndef RASAD_SCRIPT_SCRIPT_H
#define RASAD_SCRIPT_SCRIPT_H

#include "base/arena.h"
#include "command/command.h"
#include "render/term.h"
#include "session/session.h"

struct script;

/* Opens Lua for the session: sets s->script and the hooks for conditions and watches. */
struct script *script_new(struct session *s, struct err *e);
void script_free(struct script *sc); /* before the session is freed */

/* Where print writes, and how tostring draws values; without it, to standard output as into a
 * pipe. */
struct script_output {
    void (*write)(void *ud, const char *text, size_t n);
    struct style (*style)(void *ud);
    void *ud;
};
void script_set_output(struct script *sc, const struct script_output *o);

/* A line of the prompt: an expression or statements; $, $N, $$N and X@N are read as the shell's
 * manual says. Values are recorded in the history and shown in `out`. *more (unless NULL) is set
 * when the text is the beginning of something longer; then nothing was run. Columns of errors are
 * bytes of `text`. */
bool script_line(struct script *sc, const char *text, struct result *out, bool *more,
                 struct err *e);
/* Is the text the beginning of something longer? */
bool script_incomplete(struct script *sc, const char *text);
/* A file, with its arguments in `arg` and `...`. */
bool script_file(struct script *sc, const char *path, int argc, const char *const *argv,
                 struct err *e);

/* Expressions, as the session asks for them. A number: nil is an error (there is no value yet). */
bool script_bool(struct script *sc, const char *expr, bool *out, struct err *e);
bool script_number(struct script *sc, const char *expr, double *out, struct err *e);
/* Puts a tensor into the value history and gives its number. */
bool script_record(struct script *sc, const struct tensor *t, int64_t *number, struct err *e);

/* What belongs under the message of the error that came last, in lines: the place in the source,
 * the traceback. "" when there is nothing. Valid until the next call. */
const char *script_detail(const struct script *sc);
void script_forget_detail(struct script *sc); /* it was shown */

/* `lua` alone: the shell reads Lua until it is left. */
bool script_mode(const struct script *sc);
void script_set_mode(struct script *sc, bool on);

/* Completion of a Lua expression that ends after `n` bytes: global names and fields (nothing is
 * called). */
struct candidate *script_complete(struct script *sc, struct arena *a, const char *text, size_t n,
                                  size_t *word_start, size_t *count);

#endif
