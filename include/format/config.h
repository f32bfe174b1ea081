/* A model's config.json (and the like): typed look-up with ranges, in the user's terms. */
#ifndef RASAD_FORMAT_CONFIG_H
#define RASAD_FORMAT_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct config;

/* Parses a JSON object; duplicates, trailing text and bad UTF-8 are errors (ERR_FILE). */
bool config_open(const char *path, struct config **out, struct err *e);
bool config_parse(const char *text, size_t n, const char *name, struct config **out, struct err *e);
/* A list of objects as one configuration each; *out and its members are the caller's. */
bool config_open_list(const char *path, struct config ***out, int *n, struct err *e);
bool config_parse_list(const char *text, size_t n, const char *name, struct config ***out,
                       int *count, struct err *e);
/* A member that is an object, as a configuration of its own; NULL: absent, or something else. */
struct config *config_inner(const struct config *c, const char *key);
void config_free(struct config *c);
const char *config_path(const struct config *c);
char *config_json(const struct config *c); /* the object as compact JSON; the caller frees */

bool config_has(const struct config *c, const char *key); /* present and not null */
/* Required values: missing, of another type or out of range is an error that names file, key, what
 * was found and what is allowed. */
bool config_int(const struct config *c, const char *key, int64_t lo, int64_t hi, int64_t *out,
                struct err *e);
bool config_str(const struct config *c, const char *key, const char **out, struct err *e);
/* Optional values: absent or null leaves the default in *out; of another type is an error. */
bool config_int_or(const struct config *c, const char *key, int64_t lo, int64_t hi,
                   int64_t otherwise, int64_t *out, struct err *e);
bool config_double_or(const struct config *c, const char *key, double lo, double hi,
                      double otherwise, double *out, struct err *e);
bool config_bool_or(const struct config *c, const char *key, bool otherwise, bool *out,
                    struct err *e);
bool config_str_or(const struct config *c, const char *key, const char *otherwise, const char **out,
                   struct err *e);
/* The i-th string of a list of strings, or of a string alone; NULL: no such. */
const char *config_item(const struct config *c, const char *key, size_t i);
/* A list of token ids, or of lists of one id (bad_words_ids), or one id alone (eos_token_id). *n is
 * 0 when absent. More than cap, or an id that is negative or past 32 bits, is an error. */
bool config_ids(const struct config *c, const char *key, int32_t *out, int cap, int *n,
                struct err *e);

/* Any value whatever, for files that are shown as they are. */
enum config_kind {
    CONFIG_NULL,
    CONFIG_BOOL,
    CONFIG_INT,
    CONFIG_NUM,
    CONFIG_STR,
    CONFIG_LIST,
    CONFIG_MAP
};
struct config_part {
    enum config_kind kind;
    const char *key; /* in an object; NULL in a list */
    bool b;
    int64_t i;
    double d;
    const char *s;
    size_t n; /* bytes of a text; members of a list or object */
    const void *node, *whole;
    size_t at; /* its place in the whole, from 0 */
};
/* The object of the file; all parts of it live as long as the configuration. */
struct config_part config_whole(const struct config *c);
/* The first member of a list or object, in the file's order, and the one after; false: no more. */
bool config_first(const struct config_part *whole, struct config_part *out);
bool config_next(struct config_part *part);

#endif
