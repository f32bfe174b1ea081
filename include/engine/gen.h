/* Decoding: a machine over a run that chooses tokens: greedy, beam search, sampling, each as the
 * transformers library defines it. It can be stepped by operation, forced, rewound and branched;
 * what was computed stays, so going back and forth over it moves a pointer. */
#ifndef RASAD_ENGINE_GEN_H
#define RASAD_ENGINE_GEN_H

#include "engine/run.h"

enum search { SEARCH_GREEDY, SEARCH_BEAM, SEARCH_SAMPLE };
enum early_stopping { EARLY_FALSE, EARLY_TRUE, EARLY_NEVER };

const char *early_stopping_name(enum early_stopping x); /* "false" "true" "never" */
bool early_stopping_parse(const char *word, enum early_stopping *out);

#define GEN_MAX_IDS 16

/* What the model's generation_config.json and config.json demand. */
struct gen_rules {
    int32_t start; /* decoder start token, -1 = none: the prefix begins */
    int32_t pad;   /* -1 = none */
    int32_t eos[GEN_MAX_IDS];
    int neos;
    int32_t banned[GEN_MAX_IDS]; /* bad_words_ids of one token; an end token in it is ignored */
    int nbanned;
    int32_t forced_bos, forced_eos; /* -1 = none */
    int64_t max_length;             /* positions, start token included; 0 = no limit of the file */
    bool renormalize; /* renormalize_logits: beams are scored among the tokens allowed */
};

struct gen_options {
    enum search search;
    int width;       /* beams */
    int64_t max_new; /* tokens generated at most; -1 = as the rules say (else 20) */
    int64_t min_new;
    double length_penalty;
    enum early_stopping early;
    double temperature; /* sampling */
    int top_k;          /* 0 = off */
    double top_p;       /* 1 = off */
    uint64_t seed;
    const int32_t *prefix; /* forced after the start token; copied */
    int64_t nprefix;
    int candidates; /* how many are recorded for each choice; 0 = none beyond the chosen */
};

struct candidate_token {
    int32_t id;
    double logp; /* log softmax of the raw logits */
    bool banned; /* a search rule forbids it here */
};
/* One beam after a choice. */
struct gen_beam {
    int32_t parent; /* beam before it, in the previous choice */
    int32_t id;     /* token added */
    double score;   /* sum of log-probabilities */
    double ranked;  /* finished: normalised by length */
    bool finished;  /* ended with this token */
    bool alive; /* goes on; neither: it was pruned (kept for the tree), or it fills up the rows */
};
/* One choice: after the pass that computed position `position`. */
struct gen_step {
    int64_t position; /* row of logits it was chosen from */
    int32_t id;       /* greedy, sampling: the token chosen (row 0) */
    double logp;
    bool forced; /* by the user or a rule, not by the search */
    int ncandidates;
    struct candidate_token *candidates; /* best first, row 0 / best beam */
    int nbeams;
    /* beam search: first the `width` decoder rows of the next pass, fillers included, then what was
     * finished or pruned */
    struct gen_beam *beams;
};
struct gen_hypothesis {
    int32_t *ids;
    int64_t n;
    double score; /* as the contract says: sum, or normalised for beams */
    bool eos;     /* ended by the end token */
};

enum gen_status {
    GEN_OP,     /* one operation was done (or passed over, when it was computed before) */
    GEN_CHOSE,  /* a choice was made */
    GEN_PAUSED, /* an observer stopped it */
    GEN_DONE,   /* nothing is left to do */
    GEN_FAILED
};

/* Where the machine stands: before operation `node` of pass `pass`; node = nnodes: before the
 * choice that follows that pass. After the last choice it stands in a pass that is never begun.
 * Pass 0 takes the start token and the prefix, each later one a single position. */
struct place {
    int64_t pass;
    int node;
};

struct gen;

struct gen_options gen_defaults(void);
/* The gen owns the run that it makes; what it keeps and who observes it is set on gen_run before
 * the first advance. A prefix that begins with the start token is not doubled. source->beams is
 * ignored. */
struct gen *gen_new(const struct plan *p, const struct tensor *params,
                    const struct run_input *source, const struct gen_rules *rules,
                    const struct gen_options *o, struct err *e);
/* A choice as a file tells it. */
struct gen_choice {
    int32_t id;
    double logp;
    bool forced;
    int ncandidates;
    const struct candidate_token *candidates; /* copied */
};
/* A choice of a beam search: the choice of its best beam, and what it looked at (gen_step). */
struct gen_beam_choice {
    struct gen_choice best;
    const struct gen_beam *beams; /* first those of the rows; copied */
    int nbeams;
};
struct gen_beam_past {
    int width;
    int64_t max_new, min_new;
    double length_penalty;
    enum early_stopping early;
    const struct gen_beam_choice *steps;
    int64_t nsteps;
};
/* What a machine had done: all that it needs to stand there again without weights. */
struct gen_past {
    const int32_t *prompt; /* start token and prefix */
    int64_t nprompt;
    const struct gen_choice *choices; /* all that were made; of a beam search the best sentence's */
    int64_t nchoices;
    bool over;                         /* nothing was left to choose */
    double score;                      /* of the tokens chosen */
    const struct gen_beam_past *beams; /* NULL: the choices were made one by one */
    struct place end;                  /* it was computed up to here */
    struct place at;                   /* where it stood: there, or before */
    const struct run_given *given;
    size_t ngiven;
};
/* A machine over one sentence that stands where `past` says and can move over it, and no further:
 * what would compute is an error. Of a beam search it has the values of the best sentence. Tokens,
 * beams, places and shapes are checked (ERR_FILE). */
struct gen *gen_restore(const struct plan *p, const struct tensor *params,
                        const struct run_input *source, const struct gen_rules *rules,
                        const struct gen_past *past, struct err *e);
void gen_free(struct gen *g);
/* A second machine at the same place with the same past and future, sharing what is computed. */
struct gen *gen_fork(const struct gen *g, struct err *e);
struct run *gen_run(struct gen *g);

/* One operation or one choice. GEN_FAILED leaves it where it was: the same may be tried again. */
enum gen_status gen_advance(struct gen *g, struct err *e);
/* Everything of this pass, no choice after it: GEN_OP when it stands before the choice. */
enum gen_status gen_finish_pass(struct gen *g, struct err *e);
/* To the end: GEN_DONE, GEN_PAUSED or GEN_FAILED. */
enum gen_status gen_all(struct gen *g, struct err *e);

struct place gen_place(const struct gen *g);    /* what comes next */
struct place gen_frontier(const struct gen *g); /* what was computed up to */
bool gen_done(const struct gen *g);
/* Moves to a place at or before the frontier. Nothing is lost. */
bool gen_goto(struct gen *g, struct place to, struct err *e);
/* One operation or choice back; false at the beginning. */
bool gen_back(struct gen *g);
/* Forgets what lies after the present place (an intervention or a forced token makes it untrue).
 * Where the operands of the operation there were not kept, this pass is computed again up to it. */
bool gen_truncate(struct gen *g, struct err *e);
/* At a choice, made or not: takes this token instead (greedy and sampling; in a batch for the first
 * sentence). Any id of the vocabulary may be taken, forbidden ones too. What lay after it is
 * forgotten. */
bool gen_choose(struct gen *g, int32_t id, struct err *e);

int64_t gen_nsteps(const struct gen *g);
const struct gen_step *gen_step_at(const struct gen *g, int64_t i); /* NULL: no such */
/* All tokens of the decoder, start and prefix included, up to the last choice made (row 0; the best
 * beam, or when the search is over the best hypothesis). Owned by g, valid until the next call. */
const int32_t *gen_tokens(struct gen *g, int64_t *n);
/* Tokens that stand at the positions of decoder row `row` in the run's values, and the one that is
 * fed next where there is one. Owned by g, valid until the next call. */
const int32_t *gen_row_tokens(struct gen *g, int64_t row, int64_t *n);
int64_t gen_prefix_length(const struct gen *g); /* start token + prefix */
/* Results, best first, as after the last choice made. Greedy and sampling: one for each sentence
 * of the batch, in its order. Beam search: the finished hypotheses; before its end the running
 * beams too, ranked as if they ended there. Owned by g, valid until the next call. */
int gen_results(struct gen *g, const struct gen_hypothesis **out);
/* Candidates at the last position whose logits were computed before the present place: the k best
 * by raw log-probability (row 0 or the best beam). Returns how many; 0 before the first logits.
 * Fewer than k where the logits were not kept and the choice recorded fewer. */
int gen_candidates(struct gen *g, int k, struct candidate_token *out);
const struct gen_options *gen_opts(const struct gen *g);
/* Another search or other options from the present place on; what lies after it is forgotten. The
 * number of decoder rows cannot change: to or from beam search one starts again. */
bool gen_set_search(struct gen *g, const struct gen_options *o, struct err *e);

/* Sampling's warpers in transformers' order: temperature, top-k (0 = off), top-p (1 = off). logits
 * [n] in, processed log-weights out (-inf = cut). Draws are counter-based: a token depends on the
 * seed, its position and its row alone, so that going back or branching draws the same. */
void gen_warp(float *logits, int64_t n, double temperature, int top_k, double top_p);

#endif
