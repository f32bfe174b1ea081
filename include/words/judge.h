/* What kind of words come out as neighbours, measured: words of the same part of speech or class
 * (by a lexicon), which could stand in each other's place, or companions (by the text itself),
 * which stand beside each other. */
#ifndef RASAD_WORDS_JUDGE_H
#define RASAD_WORDS_JUDGE_H

#include "words/w2v.h"

/* For each word of a vocabulary a number for its part of speech and its class, -1 = not listed. */
struct lexicon {
    int32_t *part, *kind;
    int32_t n; /* words of the vocabulary */
    int32_t listed;
    struct arena arena;
    struct map names; /* of parts and classes */
};
/* A file of lines WORD tab PART tab CLASS; '#' begins a comment line. Errors: ERR_FILE with the
 * line; ERR_COMMAND when it knows no word of the vocabulary. */
bool lexicon_open(const char *path, const struct vocab *v, struct lexicon *out, struct err *e);
void lexicon_release(struct lexicon *l);

/* Shares of the k nearest words, means over the words judged: those that come at least min_count
 * times (and are listed, for the first two). NAN: there was none to judge. A companion of a word
 * stands in the same sentence at least twice, and at least twice as often as chance would have it:
 * n_ab >= 2 and n_ab N >= 2 n_a n_b, with n the sentences that hold a word, N all of them. */
struct judgement {
    double same_part, same_class, companions;
    int64_t judged, listed; /* how many words the means are over */
};
/* `l` may be NULL. model NULL: what all other words of the vocabulary would give, the level of
 * chance. t is the text that the model was trained on; its ids are those of v. */
void judge(const struct w2v *m, const struct vocab *v, const struct text *t,
           const struct lexicon *l, int64_t k, int64_t min_count, struct judgement *out);

#endif
