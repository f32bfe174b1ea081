/* Tokenizers: text to ids and back, each able to say what it did.
 *
 * One interface for every kind; a tokenizer is opened from a model folder (the files decide the
 * kind) or from a single tokenizer file. */
#ifndef RASAD_TOKEN_TOKENIZER_H
#define RASAD_TOKEN_TOKENIZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct tokenizer;

/* Whose side of a translation: source.spm or target.spm, vocab.json or target_vocab.json. */
enum token_side { TOKEN_SOURCE, TOKEN_TARGET };

/* Spans are those of the reference library: a piece that begins with U+2581 begins at the space it
 * came from; of a character spelt in byte pieces the last piece has the span, the others are
 * empty. */
struct token {
    int32_t id;         /* in the model's vocabulary */
    const char *piece;  /* spelling in the vocabulary, NUL-terminated, e.g. "▁مدرسه" */
    int64_t start, end; /* bytes of the text as typed; -1 -1 for a token that came from nowhere */
    bool special;       /* added by the tokenizer (</s>), or a language code */
    bool unknown;       /* no such piece: the unknown id stands for it; piece is the text itself */
    float score;        /* of the piece in a Unigram model, else 0 */
    size_t piece_len;   /* bytes of piece, which may hold NULs when the text did */
    int segment;        /* what the model is told: 0 or 1 (BERT's token types), else 0 */
    bool second;        /* the span counts from the beginning of the second of two texts */
};

/* One character (or run) that the normaliser changed. */
struct change {
    int64_t start, end; /* bytes of the text as typed */
    const char *to;     /* replacement, NUL-terminated; "" = removed */
    const char
        *why;    /* "rule of the model" "space removed" "not UTF-8" "direction mark stripped" ... */
    bool second; /* start and end count from the beginning of the second of two texts */
};

struct encoding {
    struct arena arena; /* owns all that follows */
    struct token *tokens;
    size_t n;
    const char *normalized;  /* with U+2581 for spaces where the tokenizer does so */
    size_t normalized_len;   /* of the first text */
    const char *normalized2; /* of the second of two texts, else NULL */
    size_t normalized2_len;
    struct change *changes;
    size_t nchanges;
};
void encoding_release(struct encoding *x);

/* Opens the tokenizer of one side from a model folder, or a single .model/.spm file. *out is NULL
 * with success when the folder has no tokenizer files at all. Errors: ERR_FILE. */
bool tokenizer_open(const char *path, enum token_side side, struct tokenizer **out, struct err *e);
/* Both sides of a folder, which share what they can; either both are NULL or none is. */
bool tokenizer_open_pair(const char *path, struct tokenizer **source, struct tokenizer **target,
                         struct err *e);
void tokenizer_free(struct tokenizer *t);

const char *tokenizer_kind(const struct tokenizer *t); /* "SentencePiece Unigram" ... */
int32_t tokenizer_size(const struct tokenizer *t);     /* 1 + the largest id */
/* Spelling of an id, NULL when there is none. */
const char *tokenizer_piece(const struct tokenizer *t, int32_t id);
/* The id of an exact spelling, -1 when there is none. */
int32_t tokenizer_id(const struct tokenizer *t, const char *piece);
bool tokenizer_is_special(const struct tokenizer *t, int32_t id);
int32_t tokenizer_eos(const struct tokenizer *t); /* -1: none */
int32_t tokenizer_unk(const struct tokenizer *t);
int32_t tokenizer_mask(const struct tokenizer *t); /* stands for a hidden token; -1: none */

/* Text of n bytes (any bytes) to tokens; with `special` also the tokens that the model expects
 * around it. */
bool tokenizer_encode(const struct tokenizer *t, const char *text, size_t n, bool special,
                      struct encoding *out, struct err *e);
/* Two texts as one input, with the special tokens around and between them: [CLS] A [SEP] B [SEP].
 * A tokenizer that joins no texts is an error (ERR_COMMAND). */
bool tokenizer_encode_pair(const struct tokenizer *t, const char *a, size_t na, const char *b,
                           size_t nb, struct encoding *out, struct err *e);
/* Ids to text, special tokens left out. An id outside the vocabulary is an error. */
bool tokenizer_decode(const struct tokenizer *t, const int32_t *ids, size_t n, struct str *out,
                      struct err *e);

/* The competing segmentations (Unigram): every piece that matches somewhere, whether it lies on the
 * best path, and for each the best total of a path that goes through it. */
struct lattice_edge {
    int64_t from, to;   /* bytes of the normalised text */
    int64_t start, end; /* bytes of the text as typed */
    const char *piece;
    int32_t id;          /* in the model's vocabulary; the unknown id when it has none */
    float score;         /* log-probability of the piece */
    double best_through; /* total of the best path through this edge */
    bool chosen, unknown;
    bool tie; /* not chosen, yet best_through is the winner's total, to the precision
                            of the float32 sums that chose */
};
struct lattice_path {
    const char *pieces; /* joined with single spaces */
    double score;
};
struct lattice {
    struct arena arena;
    const char *normalized;
    size_t normalized_len;
    struct lattice_edge *edges; /* by `from`, then length */
    size_t n;
    double best;                /* total of the winner */
    struct lattice_path *paths; /* the n-best whole segmentations, best first */
    size_t npaths;
};
/* false when the tokenizer has no lattice (the message says which kind it is). */
bool tokenizer_lattice(const struct tokenizer *t, const char *text, size_t n, int nbest,
                       struct lattice *out, struct err *e);
void lattice_release(struct lattice *x);

/* How WordPiece cuts words: at each place of a word the beginnings of the rest are looked up, the
 * longest first, and the first that is a piece is taken; where none is, the whole word is
 * unknown. */
enum attempt_kind {
    ATTEMPT_MISS,    /* no such piece */
    ATTEMPT_TAKEN,   /* the longest match */
    ATTEMPT_SHORTER, /* a piece too, but a longer one was taken: never looked up */
};
struct attempt {
    int64_t from, to;   /* bytes of the normalised word */
    int64_t start, end; /* bytes of the text as typed */
    const char *piece;  /* as looked up: "##" before what goes on in a word */
    int32_t id;         /* -1: no such piece */
    enum attempt_kind kind;
};
enum word_end {
    WORD_CUT,      /* into pieces of the vocabulary */
    WORD_MISS,     /* at some place no beginning is a piece: unknown */
    WORD_TOO_LONG, /* more characters than the model allows: unknown, nothing was looked up */
    WORD_ADDED,    /* an added token, found whole: nothing was looked up */
};
struct cut_word {
    const char *text;   /* normalised */
    int64_t start, end; /* bytes of the text as typed */
    size_t chars;
    enum word_end how;
    struct attempt *attempts; /* in order of places, then longest first */
    size_t n;
    size_t looked_up; /* attempts that were made: all but the shorter ones */
};
struct trace {
    struct arena arena;
    const char *normalized;
    size_t normalized_len;
    struct cut_word *words;
    size_t n;
    size_t longest; /* characters of a word */
};
/* false when the tokenizer does not cut words so (the message says which kind it is). */
bool tokenizer_trace(const struct tokenizer *t, const char *text, size_t n, struct trace *out,
                     struct err *e);
bool tokenizer_traces(const struct tokenizer *t); /* trace is there; else lattice is */
void trace_release(struct trace *x);

#endif
