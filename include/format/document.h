/* Documents: what a session computed, in one .safetensors file that opens without the model. One
 * float32 tensor for each value, named by its site, those of a named run "RUN/SITE"; __metadata__
 * has `rasad`, `axes` and `document`, a JSON object with the model's configuration, the tokens, the
 * choices, the place, the named runs, the lines typed and the notes. */
#ifndef RASAD_FORMAT_DOCUMENT_H
#define RASAD_FORMAT_DOCUMENT_H

#include "base/arena.h"
#include "format/save.h"
#include "format/weights.h"

/* 2: named runs, lines, notes, what lies after the place, models with modules and heads. */
enum { DOCUMENT_VERSION = 2 };

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
/* Of a beam search: one of the beams after a choice. */
struct document_beam {
    int32_t parent, id;
    double score;  /* -INFINITY: it fills up the rows */
    double ranked; /* of what is finished */
    bool finished, alive;
};
struct document_step {
    struct document_choice best;
    struct document_beam *beams; /* first those of the rows */
    size_t nbeams;
};
struct document_beams {
    int64_t width, max_new, min_new; /* of tokens, at most and at least */
    double length_penalty;
    const char *early_stopping; /* "true" "false" "never" */
    struct document_step *steps;
    size_t nsteps;
};
struct document_hypothesis {
    int32_t *ids;
    size_t n;
    double score;
    const char *text; /* NULL: it has none */
};
struct document_piece {
    int32_t id;
    const char *piece;
};
/* Before operation `node` of the pass. */
struct document_place {
    int64_t pass;
    int node;
};

/* The present run or a named one, with what it read. */
struct document_run {
    const char *name;        /* NULL: the present one */
    const char *text, *pair; /* NULL: ids were given, there is one text */
    size_t text_len, pair_len;
    bool coded; /* the tokens have spans in the text */
    struct document_token *tokens;
    size_t ntokens;
    bool started;    /* there is a run; what follows is empty without */
    int32_t *prompt; /* start token and prefix of the target */
    size_t nprompt;
    struct document_choice *choices; /* all that were made, also those after `at`; of a beam search
                                        the best sentence's, as if each had been chosen */
    size_t nchoices;
    bool over;
    double score;
    const char *changes;                    /* those in force, one a line */
    struct document_beams *beams;           /* NULL: it was no beam search */
    struct document_hypothesis *hypotheses; /* best first */
    size_t nhypotheses;
    struct document_place end; /* it was computed up to here */
    struct document_place at;  /* where it stood: there, or gone back from there */
    int32_t *likely[2]; /* source, target: tokens that logits speak of; written as spellings */
    size_t nlikely[2];
};

struct document {
    struct arena arena;                        /* owns all that follows, but not the weights */
    const char *name, *path, *digest, *family; /* of the model */
    const char *config, *generation; /* its config.json and generation_config.json (NULL: none) */
    const char *modules;             /* JSON, see modules_json; NULL: it has none */
    struct weight *tensors;          /* those that the model's parameters are, without data */
    size_t ntensors;
    bool weighed;         /* there were weights: `tensors` are all that it has */
    const char *commands; /* that make the session again, one a line: settings, input, changes */
    struct document_run present;
    struct document_run *runs; /* those with names */
    size_t nruns;
    const char **lines, **notes; /* typed in the session; of the user */
    size_t nlines, nnotes;
    int32_t mask;                     /* the token that stands for a missing one, -1: none */
    struct document_piece *pieces[2]; /* of source and target, by id; those that occur */
    size_t npieces[2];
    struct document_hypothesis *texts; /* read: what its runs say */
    size_t ntexts;
    struct weights *values; /* read */
};

/* Is this the name of a document? (.safetensors) */
bool document_named(const char *path);
/* Writes it with these values, atomically: the old file is whole until the new one is. Text that is
 * not UTF-8 is refused; in lines and notes such bytes become U+FFFD. `axes`: JSON, as export writes
 * it; program: the version. */
bool document_write(const char *path, const struct document *d, const struct save_item *values,
                    size_t n, const char *axes, const char *program, struct err *e);
/* Errors (ERR_FILE), each one line: not a document, a later version, what is missing or of the wrong
 * type. Ids are not negative, lists are as long as they say, values are of runs that are there; what
 * they mean to the model is for the caller to check. Freed with document_free, after an error
 * too. */
bool document_open(const char *path, struct document *out, struct err *e);
void document_free(struct document *d);
/* NULL: the document has no spelling of this id. side: 0 source, 1 target. */
const char *document_piece(const struct document *d, int side, int32_t id);
/* The spellings that another document has and this one lacks become its own, too. */
void document_add_pieces(struct document *d, const struct document *from);
/* What its runs say, for document_text; document_open has done it with its own. */
void document_add_texts(struct document *d, const struct document *from);
/* The text of these choices, where a run of the document has just them; NULL: none has. */
const char *document_text(const struct document *d, const int32_t *ids, size_t n);
/* The value's site in that run (NULL: the present one); NULL: it is of another. */
const char *document_site(const char *value, const char *run);

#endif
