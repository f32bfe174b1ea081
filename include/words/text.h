/* Text as word2vec sees it: sentences of words, and the vocabulary with its counts.
 *
 * A line is a sentence. Words stand between blanks; punctuation and symbols part them and are
 * dropped, but ZWNJ and an apostrophe between letters stay inside (می‌رود is one word). Latin
 * letters become small, Arabic ي ى ك become Persian ی ک, kashida and direction marks go. Bytes that
 * are not UTF-8 become U+FFFD, which counts as a letter; how many is told. */
#ifndef RASAD_WORDS_TEXT_H
#define RASAD_WORDS_TEXT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"

/* Words by id; ids go from the most to the least frequent, equals in order of first occurrence. */
struct vocab {
    struct arena arena;
    const char **word;
    int64_t *count; /* occurrences; 0: not known (a file of vectors does not say) */
    int32_t n;
    struct map index;
};
void vocab_release(struct vocab *v);
void vocab_move(struct vocab *to, struct vocab *from); /* `from` is empty afterwards */
/* The id of a word after the normalisation of text; an error with the nearest word when unknown. */
bool vocab_find(const struct vocab *v, const char *word, int32_t *id, struct err *e);
int64_t vocab_tokens(const struct vocab *v); /* sum of the counts */

struct text {
    struct vocab vocab;
    int32_t *ids;  /* [n] words of the vocabulary, sentence after sentence */
    int64_t *from; /* [sentences + 1] where each begins in ids */
    int64_t n, sentences;
    int64_t words;     /* all words of the text, the rare ones too */
    int64_t kinds;     /* distinct ones */
    int64_t bad_bytes; /* replaced by U+FFFD */
};
/* Words that come fewer than min_count times are left out of sentences and vocabulary. Sentences
 * without a word are dropped. Errors: ERR_FILE (cannot be read, past 1 GiB), ERR_COMMAND (holds no
 * words, or none often enough); `name` is how messages call the text. */
bool text_open(const char *path, int64_t min_count, struct text *out, struct err *e);
bool text_parse(const char *bytes, size_t n, const char *name, int64_t min_count, struct text *out,
                struct err *e);
void text_release(struct text *t);

/* One word normalised as in a text, freed by the caller; "" when nothing is left. */
char *text_word(const char *word);

#endif
