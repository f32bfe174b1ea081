/* Tokenizers: which files a folder has, and the questions that any kind answers. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

static bool has(const char *dir, const char *name)
{
    char *path = path_join(dir, name);
    bool found = file_exists(path);
    free(path);
    return found;
}

/* Layouts whose ids would come out wrong if the files were read as if they were another layout. */
static bool refuse_others(const char *dir, struct err *e)
{
    static const struct {
        const char *file, *what;
    } others[] = {
        {"tokenizer.json", "a tokenizer.json"},
        {"sentencepiece.bpe.model", "a sentencepiece.bpe.model with ids in another order"},
        {"vocab.txt", "a WordPiece vocabulary (vocab.txt)"},
        {"merges.txt", "BPE merges (merges.txt)"},
        {"vocab.json", "a vocab.json without source.spm and target.spm"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (has(dir, others[i].file))
            return err_set(e, ERR_FILE, "'%s' has %s, a tokenizer that cannot be read", dir,
                           others[i].what);
    return true;
}

/* The SentencePiece file of one side of a folder; NULL with success: there is none. */
static bool find_model(const char *dir, enum token_side side, char **out, struct err *e)
{
    static const char *const single[] = {"spiece.model", "tokenizer.model", "sentencepiece.model"};
    const char *mine = side == TOKEN_SOURCE ? "source.spm" : "target.spm";
    const char *other = side == TOKEN_SOURCE ? "target.spm" : "source.spm";
    *out = NULL;
    if (has(dir, mine)) {
        *out = path_join(dir, mine);
        return true;
    }
    if (has(dir, other))
        return err_set(e, ERR_FILE, "'%s' has %s but no %s", dir, other, mine);
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (has(dir, single[i]) && !has(dir, "vocab.json")) {
            *out = path_join(dir, single[i]);
            return true;
        }
    return refuse_others(dir, e);
}

static bool open_side(const char *path, enum token_side side, struct vocab *shared,
                      struct tokenizer **out, struct err *e)
{
    bool folder = file_is_dir(path);
    char *model = NULL;
    *out = NULL;
    if (folder && !find_model(path, side, &model, e))
        return false;
    if (folder && !model)
        return true;
    struct tokenizer *t = mem_alloc(sizeof *t);
    t->spm = spm_open(folder ? model : path, e);
    bool fine = t->spm != NULL;
    if (fine && folder && has(path, "vocab.json"))
        fine = marian_open(&t->marian, path, side, shared, e);
    else if (fine && folder && str_ends(model, ".spm"))
        fine =
            err_set(e, ERR_FILE, "'%s' has %s but no vocab.json, which gives the ids of the model",
                    path, side == TOKEN_SOURCE ? "source.spm" : "target.spm");
    free(model);
    if (fine)
        *out = t;
    else
        tokenizer_free(t);
    return fine;
}

bool tokenizer_open(const char *path, enum token_side side, struct tokenizer **out, struct err *e)
{
    return open_side(path, side, NULL, out, e);
}

bool tokenizer_open_pair(const char *path, struct tokenizer **source, struct tokenizer **target,
                         struct err *e)
{
    *target = NULL;
    if (!open_side(path, TOKEN_SOURCE, NULL, source, e))
        return false;
    if (open_side(path, TOKEN_TARGET, *source ? (*source)->marian.vocab : NULL, target, e))
        return true;
    tokenizer_free(*source);
    *source = NULL;
    return false;
}

void tokenizer_free(struct tokenizer *t)
{
    if (!t)
        return;
    marian_release(&t->marian);
    spm_free(t->spm);
    free(t);
}

const char *tokenizer_kind(const struct tokenizer *t)
{
    return t->marian.vocab ? "Marian (SentencePiece Unigram)" : "SentencePiece Unigram";
}

int32_t tokenizer_size(const struct tokenizer *t)
{
    return t->marian.vocab ? t->marian.vocab->size : t->spm->n;
}

const char *tokenizer_piece(const struct tokenizer *t, int32_t id)
{
    if (id < 0 || id >= tokenizer_size(t))
        return NULL;
    return t->marian.vocab ? t->marian.vocab->by[id].s : t->spm->pieces[id].text.s;
}

int32_t tokenizer_id(const struct tokenizer *t, const char *piece)
{
    size_t n = strlen(piece);
    if (t->marian.vocab)
        return names_find(&t->marian.vocab->ids, piece, n);
    int32_t id = spm_id(t->spm, piece, n);
    return id >= 0 && strcmp(t->spm->pieces[id].text.s, piece) == 0 ? id : -1;
}

int32_t tokenizer_model_id(const struct tokenizer *t, int32_t spm_id, const char *piece, size_t n)
{
    if (t->marian.vocab)
        return names_find(&t->marian.vocab->ids, piece, n);
    return spm_id >= 0 && t->spm->pieces[spm_id].type != PIECE_UNKNOWN ? spm_id : -1;
}

bool tokenizer_is_special(const struct tokenizer *t, int32_t id)
{
    const char *piece = tokenizer_piece(t, id);
    if (!piece)
        return false;
    if (!t->marian.vocab)
        return t->spm->pieces[id].type == PIECE_CONTROL || t->spm->pieces[id].type == PIECE_UNKNOWN;
    for (size_t i = 0; i < t->marian.nspecials; i++)
        if (t->marian.specials[i].id == id)
            return true;
    return str_starts(piece, ">>") && str_ends(piece, "<<");
}

int32_t tokenizer_eos(const struct tokenizer *t)
{
    return t->marian.vocab ? t->marian.eos : t->spm->eos;
}

int32_t tokenizer_unk(const struct tokenizer *t)
{
    return t->marian.vocab ? t->marian.unk : t->spm->unk;
}

int32_t tokenizer_mask(const struct tokenizer *t)
{
    (void)t; /* no model of SentencePiece pieces read here hides tokens */
    return -1;
}

bool tokenizer_encode_pair(const struct tokenizer *t, const char *a, size_t na, const char *b,
                           size_t nb, struct encoding *out, struct err *e)
{
    (void)a, (void)na, (void)b, (void)nb, (void)out;
    return err_set(e, ERR_COMMAND, "this tokenizer (%s) does not join two texts to one input",
                   tokenizer_kind(t));
}

struct segment *tokenizer_segments(const struct tokenizer *t, const char *s, size_t n,
                                   size_t *count)
{
    if (t->marian.vocab)
        return marian_segments(&t->marian, s, n, count);
    struct segment *whole = mem_alloc(sizeof *whole);
    *whole = (struct segment){0, n, -1, false};
    *count = 1;
    return whole;
}

bool tokenizer_decode(const struct tokenizer *t, const int32_t *ids, size_t n, struct str *out,
                      struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (!tokenizer_piece(t, ids[i]))
            return err_set(e, ERR_COMMAND,
                           "id %d has no piece in this vocabulary, whose ids are 0-%d", (int)ids[i],
                           (int)tokenizer_size(t) - 1);
    if (t->marian.vocab)
        return marian_decode(&t->marian, t->spm, ids, n, out, e);
    struct spelling *pieces = mem_alloc(n * sizeof *pieces);
    for (size_t i = 0; i < n; i++)
        pieces[i] = t->spm->pieces[ids[i]].text;
    bool fine = spm_join(t->spm, pieces, n, out, e);
    free(pieces);
    return fine;
}
