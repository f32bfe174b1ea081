/* Tokens as data: what tokens, tokenize and their like give to programs. */
#ifndef RASAD_COMMAND_TOKENS_H
#define RASAD_COMMAND_TOKENS_H

#include "command/command.h"

/* text, ids, tokens of a tokenized text. segments: [x->n] of which text each token is, NULL = there
 * is one. */
void tokens_data(struct result *out, struct data *to, const char *text, size_t n,
                 const struct encoding *x, const int32_t *segments);
/* The tokenizer of a side, or an error that says what is missing. */
const struct tokenizer *tokens_tokenizer(struct session *s, enum token_side side, struct err *e);
/* The competing segmentations of a text (tokenize --lattice). */
bool tokens_lattice(const struct tokenizer *t, const char *text, size_t n, int best,
                    struct result *out, struct err *e);
/* What was looked up to cut each word (the same, of WordPiece). */
bool tokens_trace(const struct tokenizer *t, const char *text, size_t n, struct result *out,
                  struct err *e);

#endif
