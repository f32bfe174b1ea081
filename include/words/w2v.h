/* word2vec: two vectors for every word, and how they are learnt from text.
 *
 * Notation, used everywhere here and in what the commands print: u_t is the target vector of the
 * word t in the middle of the window, v_o the output (context) vector of a word o near it, and
 *     P(o|t) = exp(v_o . u_t) / sum over all words w of exp(v_w . u_t).
 * (Other texts swap the letters.) Skip-gram predicts each word of the window from the middle one;
 * CBOW predicts the middle one from the mean of the u of the window: there u belongs to the inputs.
 * After training u are the word vectors; v are kept for the gradients. */
#ifndef RASAD_WORDS_W2V_H
#define RASAD_WORDS_W2V_H

#include "words/draw.h"
#include "words/text.h"

struct w2v_options {
    bool cbow;          /* predict the middle from the mean of the window; else skip-gram */
    bool softmax;       /* over the whole vocabulary; else negative sampling */
    bool fixed;         /* the whole window always; else its width is drawn from 1..window */
    int64_t dim;        /* 1..W2V_MOST_DIM */
    int64_t window;     /* at least 1 */
    int64_t negatives;  /* at least 1, at most W2V_MOST_NEGATIVES */
    int64_t epochs;     /* at least 1 */
    double rate, least; /* learning rate at the beginning; falls in a line to the least */
    double sample;      /* thinning of frequent words (keep_chance); 0: none */
    double power;       /* of the counts in the drawing of negatives */
    uint64_t seed;
};
enum { W2V_MOST_DIM = 4096, W2V_MOST_NEGATIVES = 1000, W2V_MOST_WINDOW = 1000 };
struct w2v_options w2v_defaults(bool cbow, bool softmax);
const char *w2v_method(const struct w2v_options *o); /* "skip-gram, negative sampling" ... */

/* Mean loss of the examples looked at between two moments of the training. */
struct w2v_point {
    double words; /* of the text gone over so far, all epochs */
    double loss;  /* mean -log P(o|t), or of the negative-sampling loss, of one example */
};

struct w2v {
    struct vocab vocab;
    int64_t dim, stride; /* rows are stride floats apart; the rest of a row is 0 */
    float *u, *v;        /* [V, stride]; v NULL: not known (a file of word vectors) */
    float *norm;         /* [V] lengths of the u */
    char *source;        /* the file it comes from */
    bool trained;        /* here; the fields below are then set */
    struct w2v_options options;
    struct w2v_point *curve;
    size_t points, points_cap;
    double done;    /* share of the training that was carried out: 1, or less after Ctrl-C */
    double seconds; /* of the loops alone */
    int64_t words;  /* of the text gone over, all epochs */
    int64_t learnt; /* of these not thinned out */
    int64_t pairs;  /* examples: (target, context) pairs, or windows of CBOW */
    int64_t tokens, sentences; /* of the text */
};

/* Untrained vectors for a vocabulary, which is moved into the model: u small and random, v zero.
 * Errors: ERR_COMMAND (sizes), ERR_INTERNAL (memory). */
struct w2v *w2v_new(struct vocab *take, int64_t dim, bool with_v, uint64_t seed, struct err *e);
void w2v_free(struct w2v *m);
void w2v_settle(struct w2v *m); /* makes the norms anew, after u has changed */

/* Trains on a text, whose vocabulary moves into the model. One thread; equal options on one
 * instruction set give equal vectors. Windows do not reach over the ends of sentences; of a sentence
 * of more than 1,000 words every 1,000 are one. Ctrl-C ends it early: true, with done < 1.
 * Errors: ERR_COMMAND (options out of range, a vocabulary of one word, no pair in the text). */
typedef void w2v_progress(void *ud, double fraction);
bool w2v_train(struct text *t, const struct w2v_options *o, w2v_progress *progress, void *ud,
               struct w2v **out, struct err *e);

/* ---- looking --------------------------------------------------------------------------------- */

struct w2v_near {
    int32_t id;
    float cosine;
};
/* The k words whose u point most in the direction of `query` [stride], best first, equals by id;
 * those in skip [nskip] and those without length are left out. Returns how many. */
int64_t w2v_nearest(const struct w2v *m, const float *query, const int32_t *skip, int nskip,
                    int64_t k, struct w2v_near *out);
double w2v_cosine(const struct w2v *m, int32_t a, int32_t b);
/* query [stride] = u_b/|u_b| - u_a/|u_a| + u_c/|u_c|: a is to b as c is to what is nearest. */
void w2v_analogy(const struct w2v *m, int32_t a, int32_t b, int32_t c, float *query);

#endif
