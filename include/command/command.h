/* Commands as data. Each file src/command/cmd_NAME.c exports one `const struct command`; from it
 * come parsing, errors with a caret, help, completion and the Lua function.
 *
 * To add a command: write src/command/cmd_NAME.c, add CMD(NAME) to include/command/all.def, add the
 * transcript tests/transcript/command/NAME.t. Nothing else. A command returns a result and never
 * prints; what runs longer reports through the session's progress. */
#ifndef RASAD_COMMAND_COMMAND_H
#define RASAD_COMMAND_COMMAND_H

#include "base/err.h"
#include "render/view.h"
#include "session/session.h"

enum group {
    GROUP_MODEL,
    GROUP_INPUT,
    GROUP_RUN,
    GROUP_LOOK,
    GROUP_ATTENTION,
    GROUP_CHANGE,
    GROUP_ANALYSIS,
    GROUP_GENERATE,
    GROUP_ENCODER,
    GROUP_WORDS,
    GROUP_LUA,
    GROUP_EXPORT,
    GROUP_SETTINGS,
    GROUP_TEACH,
    GROUP_HELP,
    GROUP_COUNT
};
const char *group_name(enum group g); /* "model" "input" "run control" ... */

enum arg_kind {
    ARG_WORD,    /* one word, quotes removed */
    ARG_INT,     /* whole number; Persian and Arabic-Indic digits too */
    ARG_NUM,     /* real number */
    ARG_CHOICE,  /* one of `choices`, unique prefixes accepted */
    ARG_SITE,    /* a site or glob: enc.0.self.pattern, dec.*.cross, h3, ...; kept as text */
    ARG_TOKEN,   /* a token of the sentence: index or piece */
    ARG_NEXT,    /* a token that may come next: piece, #RANK or id */
    ARG_FILE,    /* a path, ~ expanded */
    ARG_RUN,     /* a named run, the file of a document (~ expanded), or a site */
    ARG_COMMAND, /* the name of a command */
    ARG_SETTING, /* the name of a setting */
    ARG_IDS,     /* 5,6,7; with `many` also 5 6 7; one list in any case */
    ARG_REST,    /* the rest of the line, raw (quotes as in contract.md for `input`) */
    ARG_LUA,     /* the rest of the line as Lua */
    ARG_FLAG     /* an option without a value: --json */
};

/* A completion under way; texts are copied. `about` may hold anything, `text` what may be typed. */
struct completion;
void completion_add(struct completion *to, const char *text, const char *about);

struct arg {
    const char *name; /* "site"; options begin with "--" */
    enum arg_kind kind;
    const char *help;
    bool optional;
    bool many; /* the last positional may come several times */
    bool line; /* with `many`: may be a command, whose options come after its first word */
    const char *choices; /* ARG_CHOICE: "heat|table|bars"; ARG_FILE: words that are no files */
    int64_t lo, hi;      /* ARG_INT range, checked when lo < hi */
    /* Completions beside those of its kind, through completion_add; NULL = none. */
    void (*offer)(struct session *s, struct completion *to);
};

/* What must be there before exec; the framework checks it and answers helpfully. */
enum need {
    NEED_MODEL = 1,   /* a model is open */
    NEED_WEIGHTS = 2, /* and has weights */
    NEED_TEXT = 4,    /* a source is set */
    NEED_RUN = 8,     /* something has been computed */
    NEED_TOKENIZER = 16,
    NEED_DECODER = 32, /* the model has a decoder */
    NEED_VALUES = 64,  /* the model has weights, or it is a document's, which has values */
};
enum command_flags {
    CMD_REPEATS = 1,    /* Enter on an empty line repeats it */
    CMD_RAW = 2,        /* the rest of the line is raw text: no pipes, quotes or ; */
    CMD_SHELL = 4,      /* only in the shell (quit, history, edit): no Lua function */
    CMD_BLOCK = 8,      /* lines up to `end` follow it (commands, define): see args_block */
    CMD_VARIES = 32,    /* what it prints differs from run to run by its nature (times) */
    CMD_WRITES = 64,    /* writes a file: not in a lesson */
    CMD_CONDITION = 16, /* takes a condition in Lua: '>' and '|' are operators, not redirections */
};

/* Parsed arguments. Look-ups by the name in the table; absent ones give the stated value. */
struct args;
bool args_has(const struct args *a, const char *name);
const char *args_str(const struct args *a, const char *name); /* NULL: absent */
int64_t args_int(const struct args *a, const char *name, int64_t otherwise);
double args_num(const struct args *a, const char *name, double otherwise);
int args_count(const struct args *a, const char *name); /* of a `many` argument */
const char *args_nth(const struct args *a, const char *name, int i);
int64_t args_nth_int(const struct args *a, const char *name, int i, int64_t otherwise);
const int32_t *args_ids(const struct args *a, const char *name, int *n);
const char *args_letters(const struct args *a); /* flags after '/': "n", "6.3f", "8f"; "" = none */
bool args_repeated(const struct args *a);       /* this is a repetition by an empty Enter */
/* An argument with its length: text may hold NULs (written \u{0}). NULL: absent. */
const char *args_text(const struct args *a, const char *name, size_t *n);
const char *args_block(const struct args *a); /* CMD_BLOCK: the lines before `end`; NULL: none */
const struct command *args_command(const struct args *a);
enum { ARG_SHOWN = 64 };
/* The name as messages and usage show it: "SITE", "--max". */
const char *arg_shown(const struct arg *t, char buf[ARG_SHOWN]);
/* The error is about this argument (the i-th of a `many` one): the caret goes under it, or under
 * the part of it that e->column names when that is set already (an offset in the argument's text).
 * Returns false:   return sites_one(s, spec, &ref, e) || args_blame(a, "site", 0, e); */
bool args_blame(const struct args *a, const char *name, int i, struct err *e);

struct command {
    const char *name;
    const char *alias; /* space-separated reserved abbreviations, or NULL */
    enum group group;
    unsigned needs;         /* enum need, or'ed */
    unsigned flags;         /* enum command_flags, or'ed */
    const struct arg *args; /* ends with a NULL name; NULL = none */
    const char *summary;    /* one line without a full stop */
    const char *help;       /* several lines: what it does, then examples */
    /* Fills `out` (initialised by the caller). On failure sets e; `out` is then not shown. */
    bool (*exec)(struct session *s, const struct args *a, struct result *out, struct err *e);
    /* Letters that may follow '/': "cnt"; '#' in it: also numbers ("6.3f", "8f"). NULL = none. */
    const char *letters;
    void *ud; /* of commands made at run time */
};

extern const struct command *const commands[]; /* ends with NULL, in order of all.def */

/* Finds by name, alias or unique prefix. Unknown or ambiguous: error with candidates and a nearest
 * name; commands of two words ("model info") are entries with a space in the name, whose alias
 * lists the abbreviations of the second word. *used: bytes of the line that the name takes. The
 * session may be NULL: commands made at run time are not found then. */
const struct command *command_find(struct session *s, const char *line, int *used, struct err *e);

/* Runs one command line ("attn/n enc.0.self h3"; no ';', no redirection: the shell has cut those
 * off already; a block's lines follow after newlines). `repeated` is true for an empty Enter. Needs
 * are checked, arguments parsed, exec called. *ran is the command, or NULL when it was not found
 * (true and NULL: an empty line or a comment). Columns of errors are bytes of `line`. */
bool command_run(struct session *s, const char *line, bool repeated, struct result *out,
                 const struct command **ran, struct err *e);
/* The same with arguments that are already split (from Lua): options as "--name", "value". */
bool command_call(struct session *s, const struct command *c, int argc, const char *const *argv,
                  struct result *out, struct err *e);

/* One command of a typed line: what belongs to it, where its output goes, where the next one
 * begins. All are byte offsets. Raw commands and blocks go to the end of the text. */
enum redirect { REDIRECT_NONE, REDIRECT_PIPE, REDIRECT_WRITE, REDIRECT_APPEND };
struct line_part {
    size_t start, end; /* the command, blanks around it cut off (not those of a raw one) */
    enum redirect redirect;
    size_t target, target_end; /* shell command or file name, quotes included */
    size_t next;               /* the next command; at the end of the text there is none */
};
bool line_cut(struct session *s, const char *text, size_t at, struct line_part *out, struct err *e);
/* The file name of a redirection, quotes removed and ~ expanded, in the arena. */
const char *line_target(struct arena *a, const char *text, const struct line_part *p,
                        struct err *e);

/* The Lua that does the same as a typed line: rasad.top(3, "enc.0.self"). */
bool command_as_lua(struct session *s, const char *line, struct str *out, struct err *e);

void command_usage(const struct command *c, struct str *out); /* "attn [SITE] [--head N]" */

/* ---- made at run time ------------------------------------------------------------------------ */

/* An alias stands for the text of a command line; what follows it is added. text NULL removes
 * it. */
bool command_alias(struct session *s, const char *name, const char *text, struct err *e);
/* The i-th alias in order of making; false past the last. */
bool command_alias_at(struct session *s, size_t i, const char **name, const char **text);
/* Replaces the first word of *line while it is an alias; the new line is in the arena. */
bool command_expand(struct session *s, struct arena *a, const char **line, struct err *e);
/* Adds a command (define, Lua). The structure and all it points to are the caller's until `release`
 * is called with it, in command_release. A name of the table is refused. */
bool command_add(struct session *s, const struct command *c,
                 void (*release)(const struct command *c), struct err *e);
const struct command *command_added(struct session *s, size_t i); /* NULL past the last */
void command_release(struct session *s); /* frees aliases and added commands; before session_free */

/* Completion of the word that ends at `point`: candidates with descriptions, in the arena. */
struct candidate {
    const char *text, *about;
    bool open; /* more follows directly (a site's inner part, a directory): no space */
};
struct candidate *command_complete(struct session *s, struct arena *a, const char *line, int point,
                                   int *word_start, size_t *n);

#endif
