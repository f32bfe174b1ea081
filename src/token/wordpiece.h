/* WordPiece as BERT has it: characters cleaned, words cut at spaces and punctuation, each word cut
 * by longest matches. Follows the tokenizers library 0.23 and transformers 5. */
#ifndef RASAD_TOKEN_WORDPIECE_H
#define RASAD_TOKEN_WORDPIECE_H

#include <jansson.h>

#include "internal.h"

/* ---- bert_chars.c: what a character is ------------------------------------------------------- */

enum char_class {
    CHAR_REMOVED = 1, /* NUL, control, format, private use; also U+FFFD */
    CHAR_SPACE = 2,
    CHAR_PUNCT = 4,
    CHAR_CHINESE = 8,   /* spaces are put around it */
    CHAR_MARK = 16,     /* taken off with the accents */
    CHAR_COMPOSED = 32, /* has a canonical decomposition */
    CHAR_MOVES = 64,    /* has a combining class: marks are put in order */
    CHAR_UPPER = 128,   /* has another lower case */
};
unsigned char_class(int32_t cp);
enum { MOST_PARTS = 8 };                             /* of one character */
int char_parts(int32_t cp, int32_t out[MOST_PARTS]); /* the canonical decomposition */
int char_order(int32_t cp);                          /* its combining class, 0..254 */
int char_lower(int32_t cp, int32_t out[2]);
bool char_in_word(int32_t cp); /* \w of a regular expression */

/* ---- bert_normal.c --------------------------------------------------------------------------- */

struct bert_rules {
    bool any; /* false: the text stays as it is, bytes that are not UTF-8 excepted */
    bool clean, chinese, strip, lower;
};
/* Normalised text; each byte knows the characters of the text as typed that it came from. */
struct bert_text {
    struct str text;
    uint32_t *start, *end; /* by byte of the text; offsets in the text as typed */
    size_t n, start_cap;
};
#define BERT_TEXT_INIT                                                                             \
    {                                                                                              \
        .text = STR_INIT                                                                           \
    }
/* Normalises bytes from..to of s into *out, which is cleared first. */
void bert_normal(const struct bert_rules *r, const char *s, size_t from, size_t to,
                 struct bert_text *out);
void bert_text_release(struct bert_text *x);
/* What was changed in from..to, appended to *changes. */
struct change_list {
    struct change *v;
    size_t n, cap;
};
void bert_changes(const struct bert_rules *r, const char *s, size_t from, size_t to,
                  const struct bert_text *x, bool second, struct arena *arena,
                  struct change_list *changes);

/* ---- added.c: tokens that are found in the text before it is cut into words ------------------ */

struct added {
    struct spelling text;  /* owned by the list */
    struct spelling plain; /* normalised, of those that are looked for so */
    int32_t id;
    bool special, single_word, lstrip, rstrip;
    bool outside;    /* the vocabulary of the model does not have it: no word is cut into it */
    bool normalized; /* looked for in the normalised text, its own text normalised too */
};
struct added_list {
    struct added *v;
    size_t n, cap;
    struct names names;
    struct trie raw, normal; /* by text: the index in v */
    bool has_raw, has_normal;
};
struct added *added_find(struct added_list *l, const char *s, size_t n);
void added_put(struct added_list *l, const struct added *a); /* copies the text; replaces */
void added_index(struct added_list *l, const struct bert_rules *r);
void added_release(struct added_list *l);
/* The next one at or after `at`: its index and bytes from..to, spaces that it takes included (but
 * none before `at`); -1: none. */
int added_next(const struct added_list *l, bool normal, const char *s, size_t n, size_t at,
               size_t *from, size_t *to);

/* ---- the tokenizer --------------------------------------------------------------------------- */

enum { ITEM_FIRST = -1, ITEM_SECOND = -2 };
struct item {
    int32_t id; /* a token, or ITEM_FIRST, ITEM_SECOND: the text */
    int segment;
};
struct template
{
    struct item *v;
    size_t n, cap;
};
enum added_flags {
    ADDED_SPECIAL = 1,    /* decoding leaves it out */
    ADDED_NORMALIZED = 2, /* decoding gives the normalised text */
};
struct wordpiece {
    int refs;
    struct vocab *vocab;
    struct arena arena; /* spellings that the vocabulary's own text does not have */
    char *prefix;       /* of pieces that go on in a word: "##" */
    char *decoded_prefix;
    size_t longest;    /* characters of a word; longer ones are unknown */
    int32_t unk, mask; /* mask -1: none */
    struct bert_rules rules;
    struct added_list added;
    struct template single, pair; /* pair.n 0: no pairs */
    bool decoder;                 /* pieces are joined to words; else all by spaces */
    bool tidy;                    /* of each piece: " ." becomes "." */
    bool clean_up;        /* the same of the whole text: tokenizer_config.json asks for it */
    unsigned char *flags; /* by id: enum added_flags */
    struct trie trie;     /* of the vocabulary; made when the first text comes */
    uint32_t continued;   /* its node after the prefix; 0: no piece has it */
};

struct wordpiece *wordpiece_new(void);
void wordpiece_unref(struct wordpiece *w);
/* Makes what is searched, once vocabulary, rules and added tokens are there. */
bool wordpiece_finish(struct wordpiece *w, const char *name, struct err *e);

/* wordpiece_open.c: from files. A folder has tokenizer.json or vocab.txt, and may have more that
 * says how to read them. */
struct wordpiece *wordpiece_open(const char *dir, const char *path, struct err *e);
/* From memory: the lines of a vocab.txt, a tokenizer.json; what tokenizer_config.json and the like
 * say of it, NULL = nothing. */
struct wordpiece *wordpiece_parse_lines(const char *name, const char *s, size_t n,
                                        const json_t *config, struct err *e);
struct wordpiece *wordpiece_parse_json(const char *name, const char *s, size_t n,
                                       const json_t *config, struct err *e);

/* wordpiece_config.c: rules, special and added tokens as transformers takes them from
 * tokenizer_config.json; a name that is not in it has BERT's default. */
bool wordpiece_configure(struct wordpiece *w, const json_t *config, struct err *e);
/* [CLS] A [SEP] and [CLS] A [SEP] B [SEP]. */
void wordpiece_template(struct wordpiece *w, int32_t cls, int32_t sep);
/* Adds the token that a JSON string or object stands for; id -1: the vocabulary says it or it is
 * new. */
bool wordpiece_add_token(struct wordpiece *w, const json_t *value, int32_t id, bool special,
                         struct err *e);

/* wordpiece.c */
bool wordpiece_encode(const struct wordpiece *w, const char *const *texts, const size_t *sizes,
                      int count, bool special, struct encoding *out, struct err *e);
bool wordpiece_is_special(const struct wordpiece *w, int32_t id);
void wordpiece_decode(const struct wordpiece *w, const int32_t *ids, size_t n, struct str *out);
const struct trie *wordpiece_trie(const struct wordpiece *w);
/* The id of exactly this piece as words are cut into it; -1: none. */
int32_t wordpiece_id(const struct wordpiece *w, const char *s, size_t n);
/* The longest piece at s+from that ends at or before n; 0 = none. */
size_t wordpiece_longest(const struct wordpiece *w, const char *s, size_t n, size_t from,
                         int32_t *id);

/* The text as the model takes it: words and added tokens, in order. A callback that returns false
 * ends it. Bytes of `x` are those of the stretch normalised last. */
struct word_sink {
    bool (*word)(void *ud, const struct bert_text *x, size_t from, size_t to, struct err *e);
    bool (*token)(void *ud, const struct added *a, size_t start, size_t end, struct err *e);
    /* A stretch was normalised: bytes from..to of the text. */
    bool (*stretch)(void *ud, const struct bert_text *x, size_t from, size_t to, struct err *e);
    void *ud;
};
bool wordpiece_walk(const struct wordpiece *w, const char *s, size_t n,
                    const struct word_sink *sink, struct err *e);

#endif
