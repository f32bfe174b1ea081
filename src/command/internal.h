/* Private to the command layer: words of a line, parsed arguments, names. */
#ifndef RASAD_COMMAND_INTERNAL_H
#define RASAD_COMMAND_INTERNAL_H

#include "command/command.h"

/* A word with its quotes removed, in an arena. */
struct word {
    const char *s; /* NULL: there was none */
    size_t n;
    int column, length; /* of what was typed; column -1: not from a line */
    bool quoted;
};

bool line_blank(char c);
size_t line_skip(const char *line, size_t at); /* past blanks */
/* Does a comment begin here? `numbers`: "#3" is a word (a rank), not a comment. */
bool line_comment(const char *line, size_t at, bool numbers);
/* The quote that opens at s, with its closing form; NULL = none. */
const char *line_quote(const char *s, const char **closing);
/* The next word; *at moves past it. An unclosed quote is an error. */
bool line_word(struct arena *a, const char *line, size_t *at, bool numbers, struct word *out,
               struct err *e);
/* Raw text [from, from + n): begins and ends with '"': escapes are read; else it is copied.
 * `column` of its first byte, for errors. */
bool line_text(struct arena *a, const char *from, size_t n, int column, struct word *out,
               struct err *e);

/* ---- arguments ------------------------------------------------------------------------------- */

struct value {
    const struct arg *arg;
    const char *s; /* NULL: absent */
    size_t n;
    int64_t i;
    double d;
    int32_t *ids;
    int nids;
    int column, length;
};
struct args {
    struct arena arena;
    const struct command *command;
    const char *letters, *block;
    bool repeated;
    struct value *v;
    size_t n, cap;
};

/* Where arguments come from: the rest of a line, or words that are split already (argv != NULL). */
struct feed {
    const char *line;
    size_t at;
    int argc, next;
    const char *const *argv;
};
/* Fills `a` (zeroed but for command, block, repeated). Released with args_release also after an
 * error. */
bool args_parse(struct session *s, struct args *a, struct feed *f, struct err *e);
void args_release(struct args *a);
/* Could this word be an optional number or choice? If not, and another argument follows, it is left
 * out. */
bool args_could_be(struct arena *a, const struct arg *t, const char *s);
/* Does a comment begin here, for this command (or NULL)? Before Lua's length operator ("#t") none
 * does. */
bool args_comment(const struct command *c, const char *line, size_t at);
const struct arg *args_option(const struct command *c, const char *word, size_t n);
const struct arg *args_positional(const struct command *c,
                                  int i); /* the i-th; NULL past the last */

/* Are the preconditions met? Errors name the command. */
bool command_ready(struct session *s, const struct command *c, unsigned needs, struct err *e);

/* ---- names ----------------------------------------------------------------------------------- */

/* The two words of a name like "model info": length of the first, and the second or NULL. */
size_t name_first(const char *name, const char **second);

#endif
