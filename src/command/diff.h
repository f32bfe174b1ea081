/* Comparing the values of two runs. */
#ifndef RASAD_COMMAND_DIFF_H
#define RASAD_COMMAND_DIFF_H

#include "command/command.h"

struct diff_side {
    const char *name;
    struct named_run *run; /* NULL = the present one */
    struct gen *gen;
    const struct source *source;
    int32_t *ids; /* decoder tokens, start and prefix included; own copy */
    int64_t n, prefix;
};

/* What is compared, and in which session: the present one, or where both are documents one of their
 * own, which has the settings of the present one. */
struct diff {
    struct session *s;
    struct diff_side side[2];
    const char *site;        /* NULL: none was named */
    int site_word;           /* which argument it is */
    bool other_model;        /* a document is of a model with other weights */
    const char *borrowed[2]; /* documents that are runs of the session for a while */
    struct settings own;     /* of a session of their own */
};
/* Of the arguments "what". diff_close is called in any case; what the result shows outlives it. */
bool diff_open(struct session *s, const struct args *a, struct arena *m, struct diff *out,
               struct err *e);
void diff_close(struct session *s, struct diff *d);

/* How far the values are apart: the sites named, or NULL: the layers. `same`: decoder tokens from
 * the first that both runs have in common. letters: as of attn, for a single map. */
bool diff_sites(struct session *s, const struct diff_side side[2], int64_t same, const char *glob,
                const char *letters, struct result *out, struct err *e);

#endif
