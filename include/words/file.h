/* Files of word vectors as the program word2vec writes them (gensim and others read and write them
 * too): a line "WORDS NUMBERS", then for each word its name, a blank and its numbers: in text as
 * decimals with blanks between them, in binary as float32, little endian, a newline after each. */
#ifndef RASAD_WORDS_FILE_H
#define RASAD_WORDS_FILE_H

#include "words/w2v.h"

enum w2v_format { W2V_GUESS, W2V_TEXT, W2V_BINARY };

/* The u of all words, or with `context` the v, most frequent word first. Errors: ERR_FILE. */
bool w2v_save(const struct w2v *m, const char *path, enum w2v_format f, bool context,
              struct err *e);
/* Word vectors alone: v is NULL, counts are 0. W2V_GUESS looks at the first word's line. A word that
 * comes twice keeps its first vector; *twice counts them. Errors: ERR_FILE, with the line or word;
 * nothing is believed that the size of the file does not bear out. */
struct w2v *w2v_load(const char *path, enum w2v_format f, w2v_progress *progress, void *ud,
                     int64_t *twice, struct err *e);

#endif
