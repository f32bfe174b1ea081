/* choose: the user's token instead of the model's. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report.h"

static const struct arg choose_args[] = {
    {.name = "token", .kind = ARG_NEXT, .help = "a piece, #RANK of topk, or an id"},
    {0},
};

static bool by_rank(struct session *s, int64_t rank, int32_t *id, struct err *e)
{
    if (rank > s->model->plan->vocab_target)
        return err_set(e, ERR_COMMAND, "rank %lld: the vocabulary has %lld tokens", (long long)rank,
                       (long long)s->model->plan->vocab_target);
    struct candidate_token *c = mem_alloc((size_t)rank * sizeof *c);
    int n = gen_candidates(s->gen, (int)rank, c);
    *id = n >= rank ? c[rank - 1].id : -1;
    free(c);
    if (n == 0)
        return err_set(e, ERR_COMMAND, "no candidates yet: no logits have been computed") ||
               err_hint(e, "finish runs to the choice");
    return n >= rank ||
           err_set(e, ERR_COMMAND, "rank %lld: only %d candidates of this choice are known",
                   (long long)rank, n);
}

/* The piece as typed, or as the beginning of a word. */
static bool by_piece(struct session *s, const char *word, int32_t *id, struct err *e)
{
    const struct tokenizer *t = s->model->tokenizer[TOKEN_TARGET];
    if (t == NULL)
        return err_set(e, ERR_COMMAND, "%s has no tokenizer, so `%s` has no id", s->model->name,
                       word) ||
               err_hint(e, "give an id, or #2 for the second candidate");
    char *begins = mem_printf("\xE2\x96\x81%s", word);
    int32_t whole = tokenizer_id(t, begins), exact = tokenizer_id(t, word);
    free(begins);
    *id = whole >= 0 ? whole : exact; /* a word of that spelling is meant before a part of one */
    if (*id >= 0)
        return true;
    err_set(e, ERR_COMMAND, "`%s` is no single token of the target vocabulary", word);
    return err_hint(
        e,
        "topk lists candidates, tokenize shows the pieces of a text; prefix forces several tokens");
}

static bool token_of(struct session *s, const char *word, int32_t *id, struct err *e)
{
    int64_t n;
    if (word[0] == '#') {
        if (!str_int(word + 1, 1, INT32_MAX, &n))
            return err_set(e, ERR_COMMAND, "%s: a rank is a number from 1, as #2", word);
        return by_rank(s, n, id, e);
    }
    if (!str_int(word, INT64_MIN, INT64_MAX, &n))
        return by_piece(s, word, id, e);
    int64_t vocab = s->model->plan->vocab_target;
    if (n < 0 || n >= vocab)
        return err_set(e, ERR_COMMAND, "id %lld is outside the vocabulary (ids 0-%lld)",
                       (long long)n, (long long)vocab - 1);
    *id = (int32_t)n;
    return true;
}

/* "step 1: ▁went (p 0.124, rank 2) instead of ▁goes". */
static void tell(struct session *s, int32_t id, struct result *out)
{
    int64_t i = gen_nsteps(s->gen) - 1;
    const struct gen_step *step = gen_step_at(s->gen, i);
    char buf[24];
    const char *piece = session_piece(s, TOKEN_TARGET, id, buf);
    struct arena *a = &out->arena;
    data_add_int(a, out->data, "step", i);
    data_add_int(a, out->data, "id", id);
    data_add_str(a, out->data, "piece", piece);
    out_begin(out);
    out_span(out, TONE_PLAIN, "step %lld  ", (long long)i);
    if (step != NULL) {
        data_add_num(a, out->data, "logp", step->logp);
        report_probability(exp(step->logp), out);
    }
    out_span(out, TONE_STRONG, "%s", piece);
    out_span(out, TONE_DIM, "  (chosen by you)");
    for (int k = 0; step != NULL && k < step->ncandidates; k++)
        if (step->candidates[k].id == id && step->candidates[k].banned)
            session_note(
                s, "the rules of the search forbid this token here; it is taken all the same");
}

static bool choose_exec(struct session *s, const struct args *a, struct result *out, struct err *e)
{
    int32_t id = -1;
    if (!token_of(s, args_str(a, "token"), &id, e))
        return args_blame(a, "token", 0, e);
    int64_t before = gen_nsteps(s->gen);
    if (!session_choose(s, id, e))
        return false;
    tell(s, id, out);
    if (gen_nsteps(s->gen) < before)
        session_note(s, "the %lld token%s chosen after it %s forgotten",
                     (long long)(before - gen_nsteps(s->gen)),
                     before - gen_nsteps(s->gen) == 1 ? "" : "s",
                     before - gen_nsteps(s->gen) == 1 ? "is" : "are");
    if (gen_done(s->gen))
        report_place(s, out);
    return true;
}

const struct command cmd_choose = {
    .name = "choose",
    .alias = "ch",
    .group = GROUP_GENERATE,
    .needs = NEED_RUN | NEED_DECODER,
    .args = choose_args,
    .summary = "Take this token rather than the model's",
    .help = "At a choice, made or not: what came after it is forgotten, what came before stays. "
            "`remit` goes back to an\n"
            "earlier choice. Not in beam search, which weighs whole sentences.\n"
            "  choose went\n  choose #2\n  choose 1377",
    .exec = choose_exec,
};
