/* The Marian tokenizer: SentencePiece cuts the text, and a vocabulary of its own gives the ids.
 * What is cut out before, and left out after, follows MarianTokenizer of transformers 5. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "internal.h"

enum { CONFIG_LIMIT = 16 << 20 };
/* Numbers as floating point: model_max_length may be 10^30. */
enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL };

/* ---- opening ---- */

static int32_t id_of(const struct vocab *v, const char *s, size_t n)
{
    return names_find(&v->ids, s, n);
}

static void add_special(struct marian *m, const char *text, bool skip)
{
    size_t len = strlen(text);
    int32_t id = id_of(m->vocab, text, len);
    if (len == 0 || id < 0)
        return;
    for (size_t i = 0; i < m->nspecials; i++)
        if (m->specials[i].id == id) {
            m->specials[i].skip |= skip;
            return;
        }
    m->specials = mem_realloc(m->specials, (m->nspecials + 1) * sizeof *m->specials);
    m->specials[m->nspecials++] = (struct special){mem_strdup(text), len, id, skip};
}

/* A token in tokenizer_config.json is a string or an object with `content`. */
static const char *token_text(const json_t *value)
{
    if (json_is_object(value))
        value = json_object_get(value, "content");
    return json_string_value(value);
}

static const char *named_token(const json_t *config, const char *key, const char *usual)
{
    const char *text = token_text(json_object_get(config, key));
    return text ? text : usual;
}

static void add_specials(struct marian *m, const json_t *config)
{
    static const char *const lists[] = {"additional_special_tokens", "extra_special_tokens"};
    const char *unk = named_token(config, "unk_token", "<unk>");
    const char *eos = named_token(config, "eos_token", "</s>");
    const char *pad = named_token(config, "pad_token", "<pad>");
    m->unk = id_of(m->vocab, unk, strlen(unk));
    m->eos = id_of(m->vocab, eos, strlen(eos));
    add_special(m, unk, true);
    add_special(m, eos, true);
    add_special(m, pad, true);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const json_t *list = json_object_get(config, lists[i]);
        for (size_t j = 0; j < json_array_size(list); j++) {
            const char *text = token_text(json_array_get(list, j));
            if (text)
                add_special(m, text, true);
        }
    }
    json_t *added = json_object_get(config, "added_tokens_decoder");
    const char *key;
    json_t *value;
    json_object_foreach(added, key, value)
    {
        const char *text = token_text(value);
        if (text)
            add_special(m, text, json_is_true(json_object_get(value, "special")));
    }
}

/* *out is NULL when there is no such file. */
static bool read_config(const char *dir, json_t **out, struct err *e)
{
    char *path = path_join(dir, "tokenizer_config.json");
    *out = NULL;
    bool fine = true;
    if (file_exists(path)) {
        size_t n;
        char *text = file_read(path, CONFIG_LIMIT, &n, e);
        json_error_t why;
        if (text) {
            *out = json_loadb(text, n, FLAGS, &why);
            if (!json_is_object(*out)) {
                err_set(e, ERR_FILE, "'%s', line %d: %s", path, *out ? 1 : why.line,
                        *out ? "an object is expected" : why.text);
                fine = false;
            }
        }
        fine = fine && text;
        free(text);
    }
    free(path);
    return fine;
}

/* The vocabulary of a side: target_vocab.json is for the target where the two are separate. */
static struct vocab *open_vocab(const char *dir, enum token_side side, const json_t *config,
                                struct vocab *shared, struct err *e)
{
    char *path = NULL;
    if (side == TOKEN_TARGET && !json_is_false(json_object_get(config, "separate_vocabs"))) {
        path = path_join(dir, "target_vocab.json");
        if (!file_exists(path)) {
            free(path);
            path = NULL;
        }
    }
    if (!path && shared) {
        shared->refs++;
        return shared;
    }
    if (!path)
        path = path_join(dir, "vocab.json");
    struct vocab *v = vocab_open(path, e);
    free(path);
    return v;
}

bool marian_open(struct marian *m, const char *dir, enum token_side side, struct vocab *shared,
                 struct err *e)
{
    json_t *config;
    *m = (struct marian){.unk = -1, .eos = -1};
    bool fine = read_config(dir, &config, e);
    if (fine) {
        m->vocab = open_vocab(dir, side, config, shared, e);
        fine = m->vocab != NULL;
    }
    if (fine) {
        add_specials(m, config);
        m->clean_up = json_is_true(json_object_get(config, "clean_up_tokenization_spaces"));
        if (m->unk < 0)
            fine = err_set(e, ERR_FILE, "the vocabulary in '%s' has no unknown token", dir);
    }
    json_decref(config);
    if (!fine)
        marian_release(m);
    return fine;
}

void marian_release(struct marian *m)
{
    for (size_t i = 0; i < m->nspecials; i++)
        free(m->specials[i].text);
    free(m->specials);
    vocab_unref(m->vocab);
    *m = (struct marian){.unk = -1, .eos = -1};
}

/* ---- text ---- */

struct cuts {
    struct segment *v;
    size_t n, cap;
};

/* Text between special tokens: what stands between >> and the first << at its very start is a
 * language, one token even if the vocabulary does not have it. */
static void cut_language(const struct marian *m, struct cuts *c, const char *s, size_t start,
                         size_t end)
{
    const char *close = end - start >= 2 && memcmp(s + start, ">>", 2) == 0
                            ? memmem(s + start, end - start, "<<", 2)
                            : NULL;
    if (close) {
        size_t to = (size_t)(close - s) + 2;
        int32_t id = id_of(m->vocab, s + start, to - start);
        ARRAY_PUSH(c->v, c->n, c->cap) = (struct segment){start, to, id < 0 ? m->unk : id, id < 0};
        start = to;
    }
    if (start < end)
        ARRAY_PUSH(c->v, c->n, c->cap) = (struct segment){start, end, -1, false};
}

static const struct special *longest_special(const struct marian *m, const char *s, size_t n)
{
    const struct special *best = NULL;
    for (size_t i = 0; i < m->nspecials; i++) {
        const struct special *x = &m->specials[i];
        if (x->len <= n && memcmp(x->text, s, x->len) == 0 && (!best || x->len > best->len))
            best = x;
    }
    return best;
}

struct segment *marian_segments(const struct marian *m, const char *s, size_t n, size_t *count)
{
    bool starts[256] = {false};
    for (size_t i = 0; i < m->nspecials; i++)
        starts[(unsigned char)m->specials[i].text[0]] = true;
    struct cuts c = {0};
    size_t from = 0;
    for (size_t at = 0; at < n;) {
        const struct special *x =
            starts[(unsigned char)s[at]] ? longest_special(m, s + at, n - at) : NULL;
        if (!x) {
            at++;
            continue;
        }
        cut_language(m, &c, s, from, at);
        ARRAY_PUSH(c.v, c.n, c.cap) = (struct segment){at, at + x->len, x->id, x->id == m->unk};
        at += x->len;
        from = at;
    }
    cut_language(m, &c, s, from, n);
    *count = c.n;
    return c.v;
}

/* ---- ids back to text ---- */

/* What Python's str.strip takes off. */
static bool is_blank(int32_t cp)
{
    return (cp >= 9 && cp <= 13) || (cp >= 0x1C && cp <= 0x20) || cp == 0x85 || cp == 0xA0 ||
           cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static void add_stripped(struct str *out, const char *s, size_t n)
{
    size_t start = n, end = 0;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        size_t len = (size_t)utf8_decode(s + i, n - i, &cp);
        if (!is_blank(cp)) {
            if (start == n)
                start = i;
            end = i + len;
        }
        i += len;
    }
    if (start < end)
        str_addn(out, s + start, end - start);
}

static void replace(struct str *text, const char *from, const char *to)
{
    struct str out = STR_INIT;
    const char *s = text->s, *end = s + text->len, *hit;
    size_t n = strlen(from);
    while ((hit = memmem(s, (size_t)(end - s), from, n))) {
        str_addn(&out, s, (size_t)(hit - s));
        str_add(&out, to);
        s = hit + n;
    }
    str_addn(&out, s, (size_t)(end - s));
    str_release(text);
    *text = out;
}

void clean_up_spaces(struct str *text)
{
    static const char *const pairs[][2] = {
        {" .", "."},     {" ?", "?"},   {" !", "!"},   {" ,", ","},     {" ' ", "'"},
        {" n't", "n't"}, {" 'm", "'m"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        replace(text, pairs[i][0], pairs[i][1]);
}

static bool is_skipped(const struct marian *m, int32_t id)
{
    for (size_t i = 0; i < m->nspecials; i++)
        if (m->specials[i].id == id)
            return m->specials[i].skip;
    return false;
}

bool marian_decode(const struct marian *m, const struct spm *spm, const int32_t *ids, size_t n,
                   struct str *out, struct err *e)
{
    struct spelling *pieces = mem_alloc(n * sizeof *pieces);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (!is_skipped(m, ids[i]))
            pieces[count++] = m->vocab->by[ids[i]];
    struct str text = STR_INIT;
    bool fine = spm_join(spm, pieces, count, &text, e);
    free(pieces);
    if (fine) {
        replace(&text, "\xE2\x96\x81", " ");
        struct str stripped = STR_INIT;
        add_stripped(&stripped, text.s, text.len);
        if (m->clean_up)
            clean_up_spaces(&stripped);
        str_addn(out, stripped.s, stripped.len);
        str_release(&stripped);
    }
    str_release(&text);
    return fine;
}
