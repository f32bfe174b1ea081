/* The shell: carries out typed lines and writes what commands return. Batch mode and the prompt
 * share all that is declared here; the prompt (readline, history, pager, signals) lies behind
 * shell_interactive. */
#ifndef RASAD_SHELL_SHELL_H
#define RASAD_SHELL_SHELL_H

#include <stdio.h>

#include "base/file.h"
#include "command/command.h"
#include "render/term.h"
#include "shell/options.h"

/* What the script layer lends (shell_open_lua). Any function may be NULL: Lua is not open. */
struct shell_script {
    void *ud;
    bool (*eval)(void *ud, const char *expr, struct result *out, struct err *e); /* =EXPR */
    bool (*file)(void *ud, const char *path, int argc, const char *const *argv, struct result *out,
                 struct err *e);
    bool (*incomplete)(void *ud, const char *chunk); /* more lines are wanted */
};

/* Where a line came from, for errors: the name of a script and the line's number, or NULL (typed,
 * -c). */
struct origin {
    const char *file;
    int line;
    bool shown; /* the user sees the line above the error anyway (--echo): no position */
    const struct origin *outer;
};

/* A further place where commands and what they print go, as plain text. */
struct tee {
    struct file_writer file; /* without a path: to memory; f NULL: none */
    const char *command;     /* whose it is, for errors */
    int width;               /* columns; 0 = no limit */
    bool escaped;            /* a backslash before lines that look like those of a record itself */
    bool inside;             /* of a line: its beginning is written */
};
enum tee_kind { TEE_LOG, TEE_RECORD, TEE_COUNT };

struct shell {
    struct session *session;
    const struct options *options;
    struct shell_script script;
    struct str printed; /* by a script under --json: part of its object */
    FILE *sink;         /* where data goes now: standard output, a file, a buffer for a pipe */
    struct tee tees[TEE_COUNT];
    bool mute;                 /* nothing but the tees: a record that is replayed */
    bool contained;            /* and no programs of the system: it comes from others */
    struct file_writer output; /* where the `output` command sends data; f NULL: nowhere */
    bool interactive;          /* at the prompt now */
    bool quitting;             /* `quit`, or the first error of a script */
    int quit_status;           /* of `quit N`; -1: not given */
    int status;                /* of the first command that failed, 0 */
    const struct origin *origin;
    char *last;       /* the last line that was carried out, for lua!! */
    int depth;        /* of scripts and defined commands within each other */
    bool timed;       /* durations were shown before the record began */
    int64_t recorded; /* commands of the record so far */
    struct {
        bool shown;
        double began, drawn;
    } progress;
    struct {
        bool asked;
        enum pixel_mode found;
    } pixels; /* of this terminal */
    /* Set by the prompt. Shows text that may be longer than the screen; NULL or false: write it. */
    bool (*page)(struct shell *sh, const char *text, size_t n);
    /* Asks for a line (quit with unsaved work); NULL: nobody is there to be asked. */
    bool (*confirm)(struct shell *sh, const char *question);
    void *prompt; /* the prompt's own state */
    bool in_init; /* the init file is read: its lines were not typed */
};

/* ---- life ------------------------------------------------------------------------------------ */

/* The session is the caller's; its hooks and s->shell are set. */
void shell_init(struct shell *sh, struct session *s, const struct options *o);
void shell_release(struct shell *sh);
bool shell_open_lua(struct shell *sh, struct err *e);
void shell_close_lua(struct shell *sh);
/* Everything that the options ask for, in their order; exit status. */
int shell_main(struct shell *sh);
/* The prompt, until the user leaves. The status is in sh (see shell_status). */
int shell_interactive(struct shell *sh);
int shell_status(const struct shell *sh); /* exit status as things stand */

/* ---- lines ----------------------------------------------------------------------------------- */

/* Does the text end inside a block or a Lua chunk, so that more lines belong to it? */
bool shell_incomplete(struct shell *sh, const char *text);
/* Carries out one input (possibly several lines long, see shell_incomplete): all its commands up to
 * the first that fails; writes results and errors. `last` (may be NULL) is set to the last command
 * that was run, for the repetition by Enter. False: something failed and was reported. */
bool shell_line(struct shell *sh, const char *text, const struct command **last);
/* Repeats a line as an empty Enter does. */
bool shell_repeat(struct shell *sh, const char *text);
/* All lines of a script in memory, echoed when asked for; `name` for errors. Stops at the first
 * error unless told otherwise, and at `quit`. False: something failed and was reported. */
bool shell_text(struct shell *sh, const char *text, size_t n, const char *name);
/* The same from a file: .lua goes to the script layer. Cannot be read: error. */
bool shell_file(struct shell *sh, const char *path, int argc, const char *const *argv,
                struct err *e);

/* ---- output ---------------------------------------------------------------------------------- */

/* How things look on a stream, from settings, options and environment. */
struct style shell_style(const struct shell *sh, FILE *f);
/* A command's result: views for people, or one object a line under --json. */
void shell_result(struct shell *sh, const char *command, struct result *r, double seconds);
/* What a command that is still under way has to show (slow); under --json nothing. */
void shell_show(struct shell *sh, const struct result *r);
/* Reports an error and remembers its status; text: the input that e->column counts in, NULL = none.
 * `command`: for the object under --json, NULL = no command. */
void shell_error(struct shell *sh, const char *command, const char *text, const struct err *e);
void shell_note(struct shell *sh, const char *text); /* standard error, unless -q */
void shell_say(struct shell *sh, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* standard error */
void shell_progress(struct shell *sh, const char *what, double fraction, bool done);
/* Flushes standard output; leaves when nobody reads it any more. False: it cannot be written. */
bool shell_flush(struct shell *sh);
/* Runs a shell command with its standard input from `text` (n bytes; NULL: ours); wait status in
 * *status. */
bool shell_system(struct shell *sh, const char *command, const char *text, size_t n, int *status,
                  struct err *e);

#endif
