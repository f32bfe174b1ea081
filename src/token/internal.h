/* Private parts of the token layer: the trie, the SentencePiece model, its normaliser, the Viterbi
 * search, the vocabulary of Marian, and the tokenizer that ties them together. */
#ifndef RASAD_TOKEN_INTERNAL_H
#define RASAD_TOKEN_INTERNAL_H

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "token/tokenizer.h"

enum {
    TEXT_LIMIT = 64 << 20, /* bytes of a text, typed or normalised */
    POLL_EVERY = 4096,     /* characters between looks at the interrupt flag */
};

/* ---- trie.c: byte strings to numbers, walked one byte at a time ---------------------------- */

struct trie_edge;
struct trie {
    struct trie_edge *edges; /* hash table by (node, byte) */
    int32_t *values;         /* by node, -1: no key ends here */
    uint32_t nodes, cap;     /* node 0 is the root */
    uint32_t slots;          /* of the table, a power of two */
};
void trie_init(struct trie *t, size_t keys);
void trie_release(struct trie *t);
/* -1 when the key was there already, -2 when the trie would grow past 2^24 nodes, else 0. */
int trie_add(struct trie *t, const char *key, size_t n, int32_t value);
/* The node after one more byte; 0 = none. */
uint32_t trie_step(const struct trie *t, uint32_t node, unsigned char byte);

/* ---- names.c: spellings to ids, in little memory -------------------------------------------- */

struct spelling {
    const char *s; /* NUL-terminated */
    size_t n;
};
struct name_slot;
struct names {
    struct name_slot *slots; /* a power of two of them */
    size_t n, cap;
    const void *items; /* by id: each begins with its struct spelling */
    size_t stride;
};
void names_init(struct names *t, size_t expected, size_t stride);
void names_release(struct names *t);
/* Adds the spelling of items[id], which has to be there; false when it was known. */
bool names_add(struct names *t, int32_t id);
int32_t names_find(const struct names *t, const char *s, size_t n); /* -1 = none */

/* ---- normalizer.c -------------------------------------------------------------------------- */

struct normalizer {
    const unsigned char *units; /* double array of the precompiled rules, in the mapped file */
    uint32_t nunits;            /* 0: no rules */
    const char *strings;        /* replacements, each ending in NUL, the last byte is NUL */
    size_t strings_len;
    bool dummy_prefix, remove_extra, escape, suffix;
    const struct trie *keep; /* pieces that no rule may touch; NULL = none */
};
struct normal {
    struct str text;
    uint32_t *map; /* by byte of the text, and one past it: byte of the text as typed */
    size_t n, cap;
    struct change *changes;
    size_t nchanges, changes_cap;
};
#define NORMAL_INIT                                                                                \
    {                                                                                              \
        .text = STR_INIT                                                                           \
    }
/* Checks a precompiled_charsmap (formats of Darts-clone and SentencePiece) and points into it. */
bool normalizer_rules(struct normalizer *z, const unsigned char *blob, size_t n, struct err *e);
/* Fills `out` (cleared first, its changes excepted) from n bytes whose first is byte `base` of what
 * was typed. Changes are recorded when `arena` is not NULL, their text in it. */
bool normalizer_run(const struct normalizer *z, const char *s, size_t n, size_t base,
                    struct normal *out, struct arena *arena, struct err *e);
void normal_release(struct normal *x);

/* ---- spm_model.c: the .model file ------------------------------------------------------------ */

enum piece_type {
    PIECE_NORMAL = 1,
    PIECE_UNKNOWN,
    PIECE_CONTROL,
    PIECE_USER,
    PIECE_UNUSED,
    PIECE_BYTE,
};
struct piece {
    struct spelling text;
    float score;
    enum piece_type type;
};
struct spm {
    struct mapping *file; /* NULL: the bytes are the caller's */
    struct piece *pieces;
    int32_t n;
    char *text;          /* the spellings */
    struct names names;  /* normal, user-defined and unused pieces */
    struct map reserved; /* control, unknown and byte pieces */
    struct trie trie;    /* the same as names; made when the first text comes */
    struct trie keep;    /* user-defined pieces alone */
    int32_t byte_ids[256];
    int32_t unk, eos; /* -1: none */
    float unk_score;
    bool byte_fallback, has_denormal;
    char *unk_surface;
    struct normalizer normal, denormal;
};
/* The bytes must stay where they are as long as the model does. */
struct spm *spm_parse(const unsigned char *data, size_t n, struct err *e);
struct spm *spm_open(const char *path, struct err *e);
void spm_free(struct spm *m);
/* The trie, which costs more than all the rest and is not needed to open a model. */
const struct trie *spm_trie(const struct spm *m);
/* The id of a spelling; the unknown id (or -1) when there is none. */
int32_t spm_id(const struct spm *m, const char *piece, size_t n);
/* The byte that a piece like <0x0A> stands for, or -1. */
int spm_byte(const char *piece, size_t n);

/* ---- unigram.c ------------------------------------------------------------------------------- */

/* The pieces that match at one place, shortest first, then the unknown character if no piece covers
 * exactly it. */
struct match {
    size_t to;
    int32_t id;
    float score;
};
struct matches {
    const struct spm *model;
    const struct trie *trie;
    const char *s;
    size_t n, from, at;
    size_t one; /* bytes of the character at `from` */
    uint32_t node;
    bool single, done;
};
void matches_begin(struct matches *m, const struct spm *model, const char *s, size_t n,
                   size_t from);
bool matches_next(struct matches *m, struct match *out);

/* One piece of the best segmentation. */
struct step {
    uint32_t from, to; /* bytes of the normalised text */
    int32_t id;
    float score;
};
/* The best segmentation; the caller frees *steps. */
bool unigram_best(const struct spm *model, const char *s, size_t n, struct step **steps,
                  size_t *count, struct err *e);

/* ---- decode.c -------------------------------------------------------------------------------- */

/* Pieces to text as SentencePiece joins them. */
bool spm_join(const struct spm *m, const struct spelling *pieces, size_t n, struct str *out,
              struct err *e);

/* ---- vocab.c: a flat JSON object from spelling to id ----------------------------------------- */

struct vocab {
    int refs;
    char *text;          /* the spellings, each ending in NUL */
    struct spelling *by; /* by id; s is NULL where no spelling has the id */
    int32_t size;        /* 1 + the largest id */
    size_t cap;          /* of by */
    struct names ids;
};
enum { MOST_IDS = 1 << 24 };
/* An empty one, with room in `text` for spellings of so many bytes in all, their NULs included. */
struct vocab *vocab_new(size_t bytes, size_t expected);
/* Gives an id below MOST_IDS to a spelling that stays where it is; `name` is the file's. */
bool vocab_add(struct vocab *v, const char *name, struct spelling key, int32_t id, struct err *e);
struct vocab *vocab_open(const char *path, struct err *e); /* new reference */
struct vocab *vocab_parse(const char *name, const char *s, size_t n, struct err *e);
void vocab_unref(struct vocab *v);

/* ---- marian.c -------------------------------------------------------------------------------- */

/* A stretch of the text: for SentencePiece, or one token as it stands. */
struct segment {
    size_t start, end;
    int32_t id; /* -1: text for SentencePiece */
    bool unknown;
};
struct special {
    char *text;
    size_t len;
    int32_t id;
    bool skip; /* left out of decoded text */
};
struct marian {
    struct vocab *vocab;
    struct special *specials;
    size_t nspecials;
    int32_t unk, eos;
    bool clean_up; /* the folder asks for " ." to become "." */
};
bool marian_open(struct marian *m, const char *dir, enum token_side side, struct vocab *shared,
                 struct err *e);
void marian_release(struct marian *m);
/* Cuts special tokens and a leading >>language<< out; the caller frees the result. */
struct segment *marian_segments(const struct marian *m, const char *s, size_t n, size_t *count);
/* What transformers does to decoded text when it is asked to: " ." becomes "." and so on. */
void clean_up_spaces(struct str *text);
bool marian_decode(const struct marian *m, const struct spm *spm, const int32_t *ids, size_t n,
                   struct str *out, struct err *e);

/* ---- tokenizer.c ----------------------------------------------------------------------------- */

struct wordpiece;
struct tokenizer {
    struct wordpiece *wordpiece; /* NULL: what follows it is used */
    struct spm *spm;
    struct marian marian; /* vocab NULL: the ids are those of the .model itself */
};

/* Copies tokens and changes into the arena that the caller releases as one. */
void encoding_fill(struct encoding *x, const struct token *tokens, size_t n,
                   const struct change *changes, size_t nchanges);
/* The text cut into what SentencePiece sees and what it does not; the caller frees it. */
struct segment *tokenizer_segments(const struct tokenizer *t, const char *s, size_t n,
                                   size_t *count);
/* The id of a piece in the model's vocabulary, -1 when it has none. */
int32_t tokenizer_model_id(const struct tokenizer *t, int32_t spm_id, const char *piece, size_t n);

#endif
