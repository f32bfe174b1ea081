/* Text to tokens: each stretch of the text is normalised and segmented, then pieces become tokens
 * with ids of the model and spans in the text as typed. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wordpiece.h"

struct job {
    const struct tokenizer *t;
    struct encoding *x;
    struct token *tokens;
    size_t n, cap;
    struct normal normal;
    struct str whole; /* normalised text of all stretches */
};

static struct token *push(struct job *j)
{
    struct token *token = &ARRAY_PUSH(j->tokens, j->n, j->cap);
    *token = (struct token){.start = -1, .end = -1};
    return token;
}

/* The id of a token's piece, or the unknown one. */
static void name_token(struct job *j, struct token *token, int32_t id, const char *piece, size_t n)
{
    token->piece = arena_strndup(&j->x->arena, piece, n);
    token->piece_len = n;
    token->id = tokenizer_model_id(j->t, id, piece, n);
    token->unknown = token->id < 0;
    if (token->unknown)
        token->id = tokenizer_unk(j->t);
}

/* A character that no piece covers, as one piece for each of its bytes; the last one holds the
 * span, as in SentencePiece. */
static void push_bytes(struct job *j, const struct step *step, int64_t start, int64_t end)
{
    const struct spm *spm = j->t->spm;
    for (uint32_t i = step->from; i < step->to; i++) {
        int32_t id = spm->byte_ids[(unsigned char)j->normal.text.s[i]];
        struct token *token = push(j);
        token->start = start;
        token->end = i + 1 == step->to ? end : start;
        token->score = spm->pieces[id].score;
        name_token(j, token, id, spm->pieces[id].text.s, spm->pieces[id].text.n);
    }
}

static void push_steps(struct job *j, const struct step *steps, size_t n)
{
    const struct spm *spm = j->t->spm;
    const char *s = j->normal.text.s;
    for (size_t i = 0; i < n; i++) {
        const struct step *step = &steps[i];
        bool unknown = step->id == spm->unk;
        int64_t start = j->normal.map[step->from], end;
        uint32_t to = step->to;
        if (unknown && spm->byte_fallback) {
            push_bytes(j, step, start, j->normal.map[to]);
            continue;
        }
        /* Unknown characters in a row are one token. */
        while (unknown && i + 1 < n && steps[i + 1].id == spm->unk)
            to = steps[++i].to;
        end = j->normal.map[to];
        struct token *token = push(j);
        token->start = start;
        token->end = end;
        token->score = step->score;
        name_token(j, token, step->id, s + step->from, to - step->from);
    }
}

static bool push_text(struct job *j, const char *s, const struct segment *g, struct err *e)
{
    struct step *steps;
    size_t n;
    if (!normalizer_run(&j->t->spm->normal, s + g->start, g->end - g->start, g->start, &j->normal,
                        &j->x->arena, e) ||
        !unigram_best(j->t->spm, j->normal.text.s, j->normal.text.len, &steps, &n, e))
        return false;
    push_steps(j, steps, n);
    free(steps);
    str_addn(&j->whole, j->normal.text.s, j->normal.text.len);
    return true;
}

static void push_special(struct job *j, const char *s, const struct segment *g)
{
    struct token *token = push(j);
    size_t n = g->end - g->start;
    *token = (struct token){
        .id = g->id,
        .piece = arena_strndup(&j->x->arena, s + g->start, n),
        .piece_len = n,
        .start = (int64_t)g->start,
        .end = (int64_t)g->end,
        .special = true,
        .unknown = g->unknown,
    };
    str_addn(&j->whole, s + g->start, n);
}

static void push_end(struct job *j)
{
    int32_t eos = tokenizer_eos(j->t);
    if (!j->t->marian.vocab || eos < 0)
        return;
    struct token *token = push(j);
    token->id = eos;
    token->piece = arena_strdup(&j->x->arena, tokenizer_piece(j->t, eos));
    token->piece_len = strlen(token->piece);
    token->special = true;
}

void encoding_fill(struct encoding *x, const struct token *tokens, size_t n,
                   const struct change *changes, size_t nchanges)
{
    x->n = n;
    x->tokens = arena_alloc(&x->arena, n * sizeof *x->tokens);
    if (n)
        memcpy(x->tokens, tokens, n * sizeof *x->tokens);
    x->nchanges = nchanges;
    x->changes = arena_alloc(&x->arena, nchanges * sizeof *x->changes);
    if (nchanges)
        memcpy(x->changes, changes, nchanges * sizeof *x->changes);
}

bool tokenizer_encode(const struct tokenizer *t, const char *text, size_t n, bool special,
                      struct encoding *out, struct err *e)
{
    if (t->wordpiece)
        return wordpiece_encode(t->wordpiece, &text, &n, 1, special, out, e);
    struct encoding x = {0};
    struct job j = {.t = t, .x = &x, .normal = NORMAL_INIT, .whole = STR_INIT};
    size_t count;
    struct segment *segments = tokenizer_segments(t, text, n, &count);
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++) {
        if (segments[i].id >= 0)
            push_special(&j, text, &segments[i]);
        else
            fine = push_text(&j, text, &segments[i], e);
    }
    if (fine) {
        if (special)
            push_end(&j);
        encoding_fill(&x, j.tokens, j.n, j.normal.changes, j.normal.nchanges);
        x.normalized = arena_strndup(&x.arena, j.whole.s, j.whole.len);
        x.normalized_len = j.whole.len;
        *out = x;
    } else {
        arena_release(&x.arena);
    }
    free(segments);
    free(j.tokens);
    normal_release(&j.normal);
    str_release(&j.whole);
    return fine;
}

void encoding_release(struct encoding *x)
{
    arena_release(&x->arena);
    *x = (struct encoding){0};
}
