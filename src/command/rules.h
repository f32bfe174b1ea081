/* Questions about shapes and counts, and the rules that wrong answers to them break. */
#ifndef RASAD_COMMAND_RULES_H
#define RASAD_COMMAND_RULES_H

#include "command/command.h"
#include "counts.h"

enum rule {
#define RULE(id, english, persian) RULE_##id,
#include "rules.def"
#undef RULE
    RULE_COUNT
};
/* Its text in the language of the session; some are formats. */
const char *rules_says(const struct session *s, enum rule r);

/* Fits `why` of a shape's question: the rule that gives the first axis that is wrong, and what the
 * given size is, if it is one of the model's. From q->site (a name of a value) and the names of
 * q->axes alone ("H*K": heads joined); adds nothing when the model has no such value. */
void rules_shape_why(struct session *s, const struct question *q, const char *given,
                     struct str *out);

/* A seed for the next questions: that of the settings, and how many were drawn in this session. */
uint64_t rules_seed(struct session *s);

/* Asks (into the session's list) for the shape of a value under a binding; joined: heads side by
 * side. `ask` is the question as it is put. */
struct question *rules_ask_shape(struct session *s, int node, bool joined, const struct binding *b,
                                 const char *ask);
/* Asks for a count of a value (matrices: of its parameters without biases). */
struct question *rules_ask_count(struct session *s, enum count_kind kind, int node, bool matrices,
                                 const struct binding *b, const char *ask);

#endif
