/* Families: a configuration compiled into a plan. One file a family; nothing else knows families.
 *
 * To add one: src/family/NAME.c exports a `const struct family`, FAMILY(NAME) goes into
 * include/family/all.def, goldens into tests/golden/NAME/. */
#ifndef RASAD_FAMILY_FAMILY_H
#define RASAD_FAMILY_FAMILY_H

#include "engine/gen.h"
#include "engine/plan.h"
#include "format/config.h"
#include "format/weights.h"

struct family {
    const char *name; /* model_type of config.json */
    /* The plan, from the configuration alone; of optional parts (heads) those that the
     * configuration speaks of, or where weights are given (NULL: none) those that are among them.
     * NULL + e (ERR_FILE) when sizes are missing or absurd. */
    struct plan *(*build)(const struct config *c, const struct weights *w, struct err *e);
    /* What decoding must obey. `g`: generation_config.json, may be NULL; it goes before `c`. */
    bool (*rules)(const struct config *c, const struct config *g, struct gen_rules *out,
                  struct err *e);
};

/* By model_type; unknown: e lists the known ones. */
const struct family *family_find(const struct config *c, struct err *e);

#endif
