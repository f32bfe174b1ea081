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

/* How far the values are apart: the sites named, or NULL: the layers. `same`: decoder tokens from
 * the first that both runs have in common. letters: as of attn, for a single map. */
bool diff_sites(struct session *s, const struct diff_side side[2], int64_t same, const char *glob,
                const char *letters, struct result *out, struct err *e);

#endif
