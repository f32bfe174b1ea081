/* Documents: what a session computed, in one .safetensors file that opens without the model. One
 * float32 tensor for each value, named by its site; __metadata__ has `rasad`, `axes` and `document`,
 * a JSON object with the model's configuration, the tokens, the choices and the place. */
#ifndef RASAD_FORMAT_DOCUMENT_H
#define RASAD_FORMAT_DOCUMENT_H

#include "base/arena.h"
#include "format/save.h"
#include "format/weights.h"

enum { DOCUMENT_VERSION = 1 };

struct document_token {
    int32_t id;
    int32_t segment;
    int64_t start, end; /* bytes of the text; -1 -1: came from nowhere */
    bool special, second;
};
struct document_candidate {
    int32_t id;
    double logp;
};
struct document_choice {
    int32_t id;
    double logp; /* NAN: the search weighed whole sentences */
    bool forced;
    struct document_candidate *candidates;
    size_t ncandidates;
};
struct document_piece {
    int32_t id;
    const char *piece;
};

struct document {
    struct arena arena;                        /* owns all that follows, but not the weights */
    const char *name, *path, *digest, *family; /* of the model */
    const char *config;                        /* its config.json */
    const char *commands;    /* that make the session again, one a line: settings, input, changes */
    const char *text, *pair; /* NULL: ids were given, there is one text */
    size_t text_len, pair_len;
    bool coded; /* the tokens have spans in the text */
    struct document_token *tokens;
    size_t ntokens;
    bool started;    /* there is a run; what follows is empty without */
    int32_t *prompt; /* start token and prefix of the target */
    size_t nprompt;
    struct document_choice *choices;
    size_t nchoices;
    bool over;
    double score;
    int64_t pass; /* where it stood: before operation `node` of the pass */
    int node;
    struct document_piece *pieces[2]; /* of source and target, by id; those that occur */
    size_t npieces[2];
    struct weights *values; /* read: named by site */
};

/* Is this the name of a document? (.safetensors) */
bool document_named(const char *path);
/* Writes it with these values, atomically: the old file is whole until the new one is. Text that is
 * not UTF-8 is refused. `axes`: JSON, as export writes it; program: the version. */
bool document_write(const char *path, const struct document *d, const struct save_item *values,
                    size_t n, const char *axes, const char *program, struct err *e);
/* Errors (ERR_FILE), each one line: not a document, a later version, what is missing or of the wrong
 * type. Ids are not negative, lists are as long as they say; what they mean to the model is for the
 * caller to check. Freed with document_free, after an error too. */
bool document_open(const char *path, struct document *out, struct err *e);
void document_free(struct document *d);
/* NULL: the document has no spelling of this id. side: 0 source, 1 target. */
const char *document_piece(const struct document *d, int side, int32_t id);

#endif
