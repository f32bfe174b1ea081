/* Sentence vectors: the states that an encoder gives to the tokens of a sentence, brought to one
 * vector in three ways, and what each token has in it. */
#ifndef RASAD_COMMAND_SENTENCE_H
#define RASAD_COMMAND_SENTENCE_H

#include "command/command.h"

enum pooling {
    POOLING_CLS,   /* the state of the first token: [CLS] of BERT */
    POOLING_MEAN,  /* of all tokens, special ones too, as Sentence-BERT does */
    POOLING_MAX,   /* in each dimension the largest of all tokens */
    POOLING_MODEL, /* the vector that the model itself gives (modules.json) */
    POOLING_COUNT
};
const char *pooling_name(enum pooling p); /* "cls" "mean" "max" "model" */

struct sentence {
    const char *text; /* borrowed */
    size_t len;
    int64_t n, width; /* tokens; numbers of a state */
    int32_t *ids;
    double *states;                /* [n, width]; NULL after sentence_forget */
    double *vector[POOLING_COUNT]; /* [width] each; of MODEL [own_width], NULL = it gives none */
    int64_t own_width;
    int32_t *winner; /* [width] the token that has the maximum, the first of equals */
    int64_t *wins;   /* [n] in how many dimensions the token has it */
};

/* Tokenizes and runs the encoder once, beside what is open in the session. Needs a model with
 * weights and a tokenizer; `what` names the text in errors: "the first text", "line 3". */
bool sentence_open(struct session *s, const char *text, size_t n, const char *what,
                   struct sentence *out, struct err *e);
void sentence_forget(struct sentence *x); /* the states, where many sentences are held */
void sentence_release(struct sentence *x);

/* The three vectors and the wins, from the states. */
void sentence_pool(struct sentence *x);
/* a . b / (|a| |b|); NaN when one of them is zero. */
double vector_cosine(const double *a, const double *b, int64_t n);
/* The same of two sentences under a pooling that both have. */
double sentence_cosine(const struct sentence *a, const struct sentence *b, enum pooling k);
/* Spearman's rank correlation of two lists: Pearson's of their ranks, equal numbers sharing the mean
 * of theirs. NaN when one list is all equal, or n < 2. */
double rank_correlation(const double *x, const double *y, int64_t n);
/* similarity --pairs: a file of "first TAB second TAB score". */
bool similarity_pairs(struct session *s, const char *path, struct result *out, struct err *e);
double vector_length(const double *a, int64_t n);
/* What each token of x adds to the cosine of the mean vectors of x and other: state . other's mean /
 * (n |mean| |other's mean|). They sum to it. shares: [x->n]. */
void sentence_shares(const struct sentence *x, const struct sentence *other, double *shares);

#endif
