/* What the commands on word vectors share. */
#ifndef RASAD_COMMAND_WORDS_H
#define RASAD_COMMAND_WORDS_H

#include "command/command.h"
#include "words/file.h"
#include "words/w2v.h"

/* The text that the words of the `many` argument "file" mean: one word is a file, several (or one
 * quoted with blanks in it) are the text itself; none: the bundled corpus where `bundled` says so.
 * *name gets what messages call it, in the arena. */
bool words_text(const struct args *a, struct arena *arena, bool bundled, int64_t min_count,
                struct text *out, const char **name, struct err *e);
/* Says in a note what was done to the text: bytes replaced. */
void words_note(struct session *s, const struct text *t);

/* The vectors of the session; an error when there are none, or (context) no v beside the u. */
struct w2v *words_present(struct session *s, bool context, struct err *e);
/* The id of the word that the argument names; the caret of an error goes under it. */
bool words_id(const struct args *a, const char *arg, const struct w2v *m, int32_t *id,
              struct err *e);

/* Training options from --cbow --softmax --fixed --dim --window ...; WORDS_TRAIN_ARGS are the
 * entries of the argument table. Thinning is left out of short texts unless it is asked for. */
struct w2v_options words_options(const struct args *a, const struct text *t);
bool words_train(struct session *s, struct text *t, const struct w2v_options *o, const char *what,
                 struct w2v **out, struct err *e);

struct w2v *words_load(struct session *s, const char *path, enum w2v_format f, int64_t *twice,
                       struct err *e);

#define WORDS_FILE_ARG                                                                             \
    {                                                                                              \
        .name = "file", .kind = ARG_FILE, .optional = true, .many = true,                          \
        .help = "a text file, a sentence a line; or several words: the text itself"                \
    }
#define WORDS_TRAIN_ARGS                                                                           \
    {.name = "--cbow", .kind = ARG_FLAG, .help = "predict the middle word from its window"},       \
        {.name = "--softmax", .kind = ARG_FLAG, .help = "over all words, no negatives"},           \
        {.name = "--fixed", .kind = ARG_FLAG, .help = "the whole window each time, not drawn"},    \
        {.name = "--dim", .kind = ARG_INT, .help = "numbers in a vector (64)"},                    \
        {.name = "--negatives", .kind = ARG_INT, .help = "drawn for each right word (5)"},         \
        {.name = "--epochs", .kind = ARG_INT, .help = "times over the text (20, softmax 5)"},      \
        {.name = "--rate",                                                                         \
         .kind = ARG_NUM,                                                                          \
         .help = "learning rate at first (0.025; CBOW, softmax: twice)"},                          \
        {.name = "--sample",                                                                       \
         .kind = ARG_NUM,                                                                          \
         .help = "thinning of frequent words (0.001; short texts and 0: none)"},                   \
        {.name = "--power", .kind = ARG_NUM, .help = "of the counts in drawing negatives (0.75)"}, \
    {                                                                                              \
        .name = "--seed", .kind = ARG_INT, .help = "of all that is drawn by lot (1)"               \
    }

#endif
