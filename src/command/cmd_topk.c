/* topk: the candidates for the next token where the program stands. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "candidates.h"
#include "maps.h"

enum { USUAL = 10 };

static const struct arg topk_args[] = {
    {.name = "count",
     .kind = ARG_INT,
     .help = "how many, 10 when not given",
     .optional = true,
     .lo = 1,
     .hi = 10000000},
    {0},
};

/* The pass whose logits they are: the last one computed before the present place. */
static int64_t pass_of(const struct session *s)
{
    struct place at = gen_place(s->gen);
    return at.node > s->model->plan->logits ? at.pass : at.pass - 1;
}

static void heading(struct session *s, struct result *out)
{
    int64_t pass = pass_of(s), at = gen_prefix_length(s->gen) + pass - 1, n;
    bool beams = gen_opts(s->gen)->search == SEARCH_BEAM;
    const int32_t *ids = beams ? gen_row_tokens(s->gen, 0, &n) : gen_tokens(s->gen, &n);
    char buf[24];
    data_add_int(&out->arena, out->data, "step", pass);
    data_add_int(&out->arena, out->data, "position", at);
    out_begin(out);
    out_span(out, TONE_PLAIN, "step %lld%s", (long long)pass, beams ? " of the best beam" : "");
    if (at < n) {
        data_add_str(&out->arena, out->data, "after", session_piece(s, TOKEN_TARGET, ids[at], buf));
        out_span(out, TONE_PLAIN, " after ");
        out_span(out, TONE_STRONG, "%s", session_piece(s, TOKEN_TARGET, ids[at], buf));
    }
}

/* What happened to a candidate: "chosen", "banned". */
static const char *fate(const struct session *s, const struct candidate_token *c)
{
    const struct gen_step *step = gen_step_at(s->gen, pass_of(s));
    bool beams = gen_opts(s->gen)->search == SEARCH_BEAM;
    if (!beams && step != NULL && step->id == c->id)
        return step->forced ? "forced" : "chosen";
    return c->banned ? "banned" : "";
}

/* "42313 more, total 0.072": what is not on the list. */
static void rest(struct session *s, struct result *out, const struct candidate_token *c, int from,
                 int n, int asked)
{
    int64_t vocab = s->model->plan->vocab_target, banned = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
        sum += exp(c[i].logp);
        banned += i >= from && c[i].banned;
    }
    if (n < asked && n < vocab)
        out_line(out, TONE_DIM,
                 "only %d were recorded for this choice; the logits themselves were not kept", n);
    else if (n < vocab)
        out_line(out, TONE_DIM, "%lld more, total %.3g", (long long)(vocab - n),
                 sum < 1 ? 1 - sum : 0.0);
    if (banned > 0)
        out_line(out, TONE_DIM,
                 "banned: the model says it, the rules of the search forbid it here");
    data_add_num(&out->arena, out->data, "rest", sum < 1 ? 1 - sum : 0.0);
}

static bool topk_exec(struct session *s, const struct args *args, struct result *out, struct err *e)
{
    const struct plan *p = s->model->plan;
    int64_t count = args_int(args, "count", USUAL), from = args_repeated(args) ? s->topk_next : 0;
    if (count > p->vocab_target - from)
        count = p->vocab_target - from;
    if (count <= 0)
        return err_set(e, ERR_COMMAND, "the list is at its end: the vocabulary has %lld tokens",
                       (long long)p->vocab_target);
    int asked = (int)(from + count);
    struct candidate_token *c = mem_alloc((size_t)asked * sizeof *c);
    int n = gen_candidates(s->gen, asked, c);
    if (n == 0) {
        free(c);
        return err_set(e, ERR_COMMAND, "no candidates yet: no logits have been computed") ||
               err_hint(e, "finish runs to the end of this decoder step, emit to the next choice");
    }
    const char **fates = arena_alloc(&out->arena, (size_t)n * sizeof *fates);
    for (int i = 0; i < n; i++)
        fates[i] = fate(s, &c[i]);
    heading(s, out);
    candidates_show(s, TOKEN_TARGET, c, from < n ? (int)from : n, n, fates, out, out->data);
    rest(s, out, c, (int)from, n, asked);
    s->topk_next = asked;
    free(c);
    return true;
}

const struct command cmd_topk = {
    .name = "topk",
    .alias = "k",
    .group = GROUP_GENERATE,
    .needs = NEED_RUN | NEED_DECODER,
    .flags = CMD_REPEATS,
    .args = topk_args,
    .summary = "Candidates for the next token: rank, id, p, log p, piece",
    .help = "By what the model says (softmax of its logits), before any rule of the search. Enter "
            "shows the next ones.\n"
            "`choose` takes another than the model's.\n  topk\n  topk 4",
    .exec = topk_exec,
};
