/* Tokenizers: which files a folder has, and the questions that any kind answers. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wordpiece.h"

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
        {"sentencepiece.bpe.model", "a sentencepiece.bpe.model with ids in another order"},
        {"merges.txt", "BPE merges (merges.txt)"},
        {"vocab.json", "a vocab.json without source.spm and target.spm"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (has(dir, others[i].file))
            return err_set(e, ERR_FILE, "'%s' has %s, a tokenizer that cannot be read", dir,
                           others[i].what);
    return true;
}

/* The file of one side of a folder that decides the kind; NULL with success: there is none. */
static bool find_model(const char *dir, enum token_side side, char **out, struct err *e)
{
    static const char *const wordpiece[] = {"tokenizer.json", "vocab.txt"};
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
    for (size_t i = 0; i < sizeof wordpiece / sizeof *wordpiece; i++)
        if (has(dir, wordpiece[i])) {
            *out = path_join(dir, wordpiece[i]);
            return true;
        }
    return refuse_others(dir, e);
}

static bool open_sentencepiece(struct tokenizer *t, const char *path, const char *model,
                               enum token_side side, struct vocab *shared, struct err *e)
{
    bool folder = model != path;
    t->spm = spm_open(model, e);
    if (!t->spm)
        return false;
    if (folder && has(path, "vocab.json"))
        return marian_open(&t->marian, path, side, shared, e);
    if (folder && str_ends(model, ".spm"))
        return err_set(e, ERR_FILE,
                       "'%s' has %s but no vocab.json, which gives the ids of the model", path,
                       side == TOKEN_SOURCE ? "source.spm" : "target.spm");
    return true;
}

static bool open_wordpiece(struct tokenizer *t, const char *model, const struct tokenizer *shared,
                           struct err *e)
{
    if (shared && shared->wordpiece) {
        t->wordpiece = shared->wordpiece;
        t->wordpiece->refs++;
        return true;
    }
    const char *slash = strrchr(model, '/');
    char *dir = slash ? mem_strndup(model, (size_t)(slash - model) + 1) : mem_strdup(".");
    t->wordpiece = wordpiece_open(dir, model, e);
    free(dir);
    return t->wordpiece != NULL;
}

/* `other`: the tokenizer of the other side, which lends what both have; NULL: none. */
static bool open_side(const char *path, enum token_side side, const struct tokenizer *other,
                      struct tokenizer **out, struct err *e)
{
    bool folder = file_is_dir(path);
    char *found = NULL;
    *out = NULL;
    if (folder && !find_model(path, side, &found, e))
        return false;
    if (folder && !found)
        return true;
    const char *model = folder ? found : path;
    struct tokenizer *t = mem_alloc(sizeof *t);
    bool fine;
    if (str_ends(model, ".json") || str_ends(model, ".txt"))
        fine = open_wordpiece(t, model, other, e);
    else
        fine = open_sentencepiece(t, path, model, side, other ? other->marian.vocab : NULL, e);
    free(found);
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
    if (open_side(path, TOKEN_TARGET, *source, target, e))
        return true;
    tokenizer_free(*source);
    *source = NULL;
    return false;
}

void tokenizer_free(struct tokenizer *t)
{
    if (!t)
        return;
    wordpiece_unref(t->wordpiece);
    marian_release(&t->marian);
    spm_free(t->spm);
    free(t);
}

const char *tokenizer_kind(const struct tokenizer *t)
{
    if (t->wordpiece)
        return t->wordpiece->rules.lower ? "WordPiece (uncased)" : "WordPiece (cased)";
    return t->marian.vocab ? "Marian (SentencePiece Unigram)" : "SentencePiece Unigram";
}

/* The vocabulary that gives the ids; NULL: those of the .model itself. */
static const struct vocab *vocab_of(const struct tokenizer *t)
{
    return t->wordpiece ? t->wordpiece->vocab : t->marian.vocab;
}

int32_t tokenizer_size(const struct tokenizer *t)
{
    const struct vocab *v = vocab_of(t);
    return v ? v->size : t->spm->n;
}

const char *tokenizer_piece(const struct tokenizer *t, int32_t id)
{
    if (id < 0 || id >= tokenizer_size(t))
        return NULL;
    const struct vocab *v = vocab_of(t);
    return v ? v->by[id].s : t->spm->pieces[id].text.s;
}

int32_t tokenizer_id(const struct tokenizer *t, const char *piece)
{
    size_t n = strlen(piece);
    const struct vocab *v = vocab_of(t);
    if (v)
        return names_find(&v->ids, piece, n);
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
    if (t->wordpiece)
        return wordpiece_is_special(t->wordpiece, id);
    if (!t->marian.vocab)
        return t->spm->pieces[id].type == PIECE_CONTROL || t->spm->pieces[id].type == PIECE_UNKNOWN;
    for (size_t i = 0; i < t->marian.nspecials; i++)
        if (t->marian.specials[i].id == id)
            return true;
    return str_starts(piece, ">>") && str_ends(piece, "<<");
}

int32_t tokenizer_eos(const struct tokenizer *t)
{
    if (t->wordpiece)
        return -1;
    return t->marian.vocab ? t->marian.eos : t->spm->eos;
}

int32_t tokenizer_unk(const struct tokenizer *t)
{
    if (t->wordpiece)
        return t->wordpiece->unk;
    return t->marian.vocab ? t->marian.unk : t->spm->unk;
}

int32_t tokenizer_mask(const struct tokenizer *t)
{
    return t->wordpiece ? t->wordpiece->mask : -1;
}

bool tokenizer_encode_pair(const struct tokenizer *t, const char *a, size_t na, const char *b,
                           size_t nb, struct encoding *out, struct err *e)
{
    const char *const texts[] = {a, b};
    const size_t sizes[] = {na, nb};
    if (t->wordpiece)
        return wordpiece_encode(t->wordpiece, texts, sizes, 2, true, out, e);
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
    if (t->wordpiece) {
        wordpiece_decode(t->wordpiece, ids, n, out);
        return true;
    }
    if (t->marian.vocab)
        return marian_decode(&t->marian, t->spm, ids, n, out, e);
    struct spelling *pieces = mem_alloc(n * sizeof *pieces);
    for (size_t i = 0; i < n; i++)
        pieces[i] = t->spm->pieces[ids[i]].text;
    bool fine = spm_join(t->spm, pieces, n, out, e);
    free(pieces);
    return fine;
}
