/* Decoding, inside: the decoder, which holds the rules, the options and every choice made so far
 * and knows nothing of the run, and the strategies that make a choice from rows of logits. All
 * state of a search after a choice lies in that choice's record, so that going back is dropping
 * records. */
#ifndef RASAD_ENGINE_GEN_INTERNAL_H
#define RASAD_ENGINE_GEN_INTERNAL_H

#include "engine/gen.h"

/* The score that transformers gives to what cannot win: beams that only fill up the rows in the
 * first pass. Anything below DECODER_REAL is such a filler. */
#define DECODER_NEVER (-1e9)
#define DECODER_REAL (-1e8)

#define DECODER_MAX_WIDTH 1000

/* What the rules say of one choice. */
struct decoder_rule {
    int32_t forced; /* the only token allowed, -1 = any that is not banned */
    int nbanned;
    int32_t banned[2 * GEN_MAX_IDS];
};

/* One decoder row after a choice. */
struct decoder_row {
    int32_t parent; /* row before the choice */
    int32_t id;     /* token that it is fed next */
    double score;   /* sum of log-probabilities of the generated tokens */
    bool ended; /* greedy, sampling: the end token came, now or before; the row is fed padding */
};

/* Beam search: a finished hypothesis, the row `parent` before choice `step` and then `id`. */
struct decoder_end {
    int64_t step;
    int32_t parent, id;
    double ranked;
    bool eos;
};

struct decoder_record {
    struct gen_step step;
    struct decoder_row *rows; /* [rows] */
    struct decoder_end *ends; /* [width] beam search: the best finished so far, best first */
    int nends;
    bool over; /* nothing is left to choose */
};

struct decoder {
    struct gen_rules rules;
    struct gen_options o; /* prefix unused: it is in the prompt */
    int64_t vocab, batch, beams, rows;
    int64_t positions; /* of the model, 0 = no limit */
    int32_t *prompt;   /* start token and prefix */
    int64_t nprompt;
    int64_t limit; /* most tokens of a sequence, prompt included */
    struct decoder_record *records;
    size_t nrecords, cap;
    int32_t pick;   /* the user's token for row 0 of the next choice, -1 = none */
    float *weights; /* sampling: [vocab] */
};

bool decoder_init(struct decoder *d, const struct gen_rules *rules, const struct gen_options *o,
                  int64_t vocab, int64_t batch, int64_t positions, struct err *e);
void decoder_release(struct decoder *d);
void decoder_copy(struct decoder *to, const struct decoder *from); /* `to` is uninitialised */
bool decoder_check(const struct gen_options *o, int64_t batch, struct err *e);
void decoder_set_limit(struct decoder *d);

/* Makes the next choice from the logits of the last position, logits[row] -> [vocab]: appends a
 * record. */
bool decoder_choose(struct decoder *d, const float *const *logits, struct err *e);
/* Forgets the choices from `n` on. */
void decoder_truncate(struct decoder *d, int64_t n);
bool decoder_over(const struct decoder *d); /* after all choices made */

/* Tokens of decoder row `row` after the first n choices, prompt included: out
 * [nprompt + n]. Returns how many. */
int64_t decoder_history(const struct decoder *d, int64_t n, int64_t row, int32_t *out);
/* Hypotheses, best first; ids are allocated. Returns how many; *out is allocated. */
int decoder_results(const struct decoder *d, struct gen_hypothesis **out);

/* ---- rules ---------------------------------------------------------------------------------- */

/* The rule for the choice that follows `length` tokens. */
void rule_at(const struct decoder *d, int64_t length, struct decoder_rule *out);
bool rule_bans(const struct decoder_rule *r,
               int32_t id); /* by a ban, or because another is forced */
bool rule_is_end(const struct gen_rules *r, int32_t id);
/* The best allowed token of a row, -1 when there is none. */
int32_t rule_best(const struct decoder_rule *r, const float *logits, int64_t n);
/* Log of the sum of the exponentials of the tokens that are not banned; lse: of all. */
double rule_norm(const struct decoder_rule *r, const float *logits, int64_t n, double lse);
/* The k best of a row by raw log-probability; returns how many. */
int rule_candidates(const struct decoder_rule *r, const float *logits, int64_t n, double lse, int k,
                    struct candidate_token *out);

/* ---- strategies ----------------------------------------------------------------------------- */

/* Each fills the record of a choice whose arrays are there: rows [rows], ends [width]. */
typedef bool decoder_strategy(struct decoder *d, const float *const *logits,
                              struct decoder_record *rec, struct err *e);
decoder_strategy rows_choose, beam_choose;
/* What was finished before stays; a hypothesis more. rec->ends has room for the width. */
void beam_inherit(const struct decoder *d, struct decoder_record *rec);
void beam_finish(const struct decoder *d, struct decoder_record *rec, struct decoder_end end);
/* Draws a token of a row, -1 when all are forbidden. No token is forced here. */
int32_t sample_token(struct decoder *d, const struct decoder_rule *rule, const float *logits,
                     int64_t position, int64_t row);

/* Can tokens be weighed by this log of the sum of a row's exponentials? false + e: it is not
 * finite. */
bool decoder_norm(double lse, int64_t position, struct err *e);

/* ---- the machine ---------------------------------------------------------------------------- */

struct gen {
    struct run *run;
    const struct plan *plan;
    struct decoder d;
    struct place cursor, frontier;
    int64_t begun;                /* passes begun in the run */
    bool past;                    /* restored: shows what was computed, computes nothing */
    int32_t *tokens, *row_tokens; /* what gen_tokens and gen_row_tokens gave last */
    struct gen_hypothesis *results;
    int nresults;
};

static inline int place_compare(struct place a, struct place b)
{
    if (a.pass != b.pass) {
        return a.pass < b.pass ? -1 : 1;
    }
    return (a.node > b.node) - (a.node < b.node);
}
static inline bool gen_at_choice(const struct gen *g, struct place at)
{
    return at.node >= g->plan->nnodes;
}
/* Does the plan generate? An encoder alone, or a head that is no language model, has one pass. */
static inline bool gen_chooses(const struct gen *g)
{
    return g->plan->logits >= 0 && plan_decodes(g->plan);
}
/* Target positions of a pass: the first, and how many. */
static inline int64_t gen_pass_start(const struct gen *g, int64_t pass)
{
    return pass == 0 ? 0 : g->d.nprompt + pass - 1;
}
static inline int64_t gen_pass_rows(const struct gen *g, int64_t pass)
{
    return pass == 0 ? g->d.nprompt : 1;
}
/* The first operation of a pass. What is computed is settled when the first pass begins. */
static inline int gen_first_node(const struct gen *g, int64_t pass)
{
    return g->begun == 0 ? 0 : run_executes(g->run, 0, pass == 0);
}
bool gen_is_end(const struct gen *g, struct place at);
/* The choice at the cursor: made now, or passed over when it was made before. */
enum gen_status gen_make_choice(struct gen *g, struct err *e);
void gen_forget_results(struct gen *g);
bool gen_may_compute(const struct gen *g, struct err *e); /* false + e: it was restored */

#endif
