/* Sentences with their translations, as ids: of a file, or the present one. */
#ifndef RASAD_COMMAND_PAIRS_H
#define RASAD_COMMAND_PAIRS_H

#include "command/command.h"

struct pair {
    int32_t *source, *target; /* target: as the decoder is to say it, end token included */
    int64_t nsource, ntarget;
};
struct pairs {
    struct pair *v;
    size_t n, cap;
};

/* The tokens of a text with its end token, allocated. */
bool pairs_encode(struct session *s, enum token_side side, const char *text, size_t n,
                  int32_t **ids, int64_t *count, struct err *e);
/* Can the model take them: some, in the vocabulary, not too many. */
bool pairs_check(struct session *s, enum token_side side, const int32_t *ids, int64_t n,
                 struct err *e);
/* Lines "source TAB translation" (what follows a second tab is left out), at most `most` of them;
 * empty lines are passed over. Errors say file and line. */
bool pairs_read(struct session *s, const char *path, int64_t most, struct pairs *out,
                struct err *e);
/* The present sentence with the translation of the present run. */
bool pairs_present(struct session *s, struct pairs *out, struct err *e);
void pairs_release(struct pairs *p);

/* Decoder input of a pair: the start token, then the target without its last. [ntarget], in the
 * arena. */
int32_t *pairs_fed(const struct session *s, struct arena *a, const struct pair *p, int64_t *n);

/* How well a model says a target: from logits [1, n, V], whose last ntarget rows foretell it. */
struct pair_score {
    double logp;   /* sum of log-probabilities */
    int64_t first; /* tokens that were the most probable */
};
struct pair_score pairs_score(const struct tensor *logits, const struct pair *p);

#endif
