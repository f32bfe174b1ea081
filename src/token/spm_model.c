/* The SentencePiece .model file: a protobuf message of pieces, training options and normaliser.
 * Field numbers are those of sentencepiece_model.proto; what may be refused is what the reference
 * library refuses, and every kind but Unigram. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"
#include "proto.h"

/* So many bytes of spellings make fewer nodes than a trie can have. */
enum { MOST_PIECES = 1 << 22, MOST_BYTES = (1 << 24) - 1, LONGEST_PIECE = 8000 };

/* What is needed of the training options. */
struct trainer {
    int64_t kind; /* 1 Unigram, 2 BPE, 3 word, 4 character */
    bool suffix, byte_fallback;
    char *unk, *eos, *unk_surface; /* spellings of special pieces */
};

static bool broken(const char *where, struct err *e)
{
    return err_set(e, ERR_FILE,
                   "this is no SentencePiece model, or it is cut off: %s cannot be read", where);
}

static void take_string(const struct proto_field *f, char **out)
{
    if (f->wire != PROTO_BYTES)
        return;
    free(*out);
    *out = mem_strndup((const char *)f->bytes.p, f->bytes.n);
}

static bool read_trainer(struct cursor c, struct trainer *t, struct err *e)
{
    struct proto_field f;
    while (proto_next(&c, &f)) {
        int64_t kind;
        switch (f.number) {
        case 3:
            if (proto_int(&f, &kind) && kind >= 1 && kind <= 4)
                t->kind = kind;
            break;
        case 24:
            proto_bool(&f, &t->suffix);
            break;
        case 35:
            proto_bool(&f, &t->byte_fallback);
            break;
        case 44:
            take_string(&f, &t->unk_surface);
            break;
        case 45:
            take_string(&f, &t->unk);
            break;
        case 47:
            take_string(&f, &t->eos);
            break;
        }
    }
    return !c.bad || broken("its training options", e);
}

static bool read_normalizer(struct cursor c, struct normalizer *z, struct cursor *rules,
                            struct err *e)
{
    struct proto_field f;
    while (proto_next(&c, &f)) {
        switch (f.number) {
        case 2:
            if (f.wire == PROTO_BYTES)
                *rules = f.bytes;
            break;
        case 3:
            proto_bool(&f, &z->dummy_prefix);
            break;
        case 4:
            proto_bool(&f, &z->remove_extra);
            break;
        case 5:
            proto_bool(&f, &z->escape);
            break;
        }
    }
    return !c.bad || broken("its normaliser", e);
}

/* One piece; its spelling goes to *text, which moves on. */
static bool read_piece(struct cursor c, struct spm *m, char **text, struct err *e)
{
    struct piece *p = &m->pieces[m->n];
    *p = (struct piece){.text = {.s = *text}, .type = PIECE_NORMAL};
    struct cursor spelling = {0};
    struct proto_field f;
    while (proto_next(&c, &f)) {
        int64_t type;
        if (f.number == 1 && f.wire == PROTO_BYTES)
            spelling = f.bytes;
        else if (f.number == 2)
            proto_float(&f, &p->score);
        else if (f.number == 3 && proto_int(&f, &type) && type >= PIECE_NORMAL &&
                 type <= PIECE_BYTE)
            p->type = (enum piece_type)type;
    }
    if (c.bad)
        return err_set(e, ERR_FILE, "piece %d of the model cannot be read", (int)m->n);
    if (spelling.n == 0)
        return err_set(e, ERR_FILE, "piece %d of the model has no spelling", (int)m->n);
    if (spelling.n >= LONGEST_PIECE)
        return err_set(e, ERR_FILE, "piece %d of the model is %zu bytes long; %d is the limit",
                       (int)m->n, spelling.n, LONGEST_PIECE - 1);
    if (!isfinite(p->score))
        return err_set(e, ERR_FILE, "piece %d of the model has a score that is no number",
                       (int)m->n);
    memcpy(*text, spelling.p, spelling.n);
    (*text)[spelling.n] = '\0';
    p->text.n = spelling.n;
    *text += spelling.n + 1;
    m->n++;
    return true;
}

/* Room for all pieces: their number, and the bytes of their messages, which hold the spellings. */
static bool make_room(struct spm *m, struct cursor c, struct err *e)
{
    struct proto_field f;
    size_t count = 0, bytes = 0;
    while (proto_next(&c, &f))
        if (f.number == 1 && f.wire == PROTO_BYTES) {
            count++;
            bytes += f.bytes.n + 1;
        }
    if (c.bad)
        return broken("the file", e);
    if (count == 0)
        return err_set(e, ERR_FILE, "this is no SentencePiece model: it has no pieces");
    if (count > MOST_PIECES)
        return err_set(e, ERR_FILE, "the model has %zu pieces; %d is the limit", count,
                       MOST_PIECES);
    if (bytes >= MOST_BYTES)
        return err_set(e, ERR_FILE, "the pieces of the model take %zu bytes; %d is the limit",
                       bytes, MOST_BYTES);
    m->pieces = mem_alloc(count * sizeof *m->pieces);
    m->text = mem_realloc(NULL, bytes);
    return true;
}

static bool read_model(struct spm *m, struct cursor c, struct trainer *t, struct err *e)
{
    if (!make_room(m, c, e))
        return false;
    struct cursor rules = {0}, back_rules = {0};
    char *text = m->text;
    struct proto_field f;
    m->normal = m->denormal =
        (struct normalizer){.dummy_prefix = true, .remove_extra = true, .escape = true};
    while (proto_next(&c, &f)) {
        bool fine = true;
        if (f.wire != PROTO_BYTES)
            continue;
        if (f.number == 1)
            fine = read_piece(f.bytes, m, &text, e);
        else if (f.number == 2)
            fine = read_trainer(f.bytes, t, e);
        else if (f.number == 3)
            fine = read_normalizer(f.bytes, &m->normal, &rules, e);
        else if (f.number == 5)
            fine = read_normalizer(f.bytes, &m->denormal, &back_rules, e);
        if (!fine)
            return false;
    }
    m->normal.suffix = t->suffix;
    m->has_denormal = back_rules.n > 0;
    return normalizer_rules(&m->normal, rules.p, rules.n, e) &&
           normalizer_rules(&m->denormal, back_rules.p, back_rules.n, e);
}

int spm_byte(const char *s, size_t n)
{
    if (n != 6 || memcmp(s, "<0x", 3) != 0 || s[5] != '>')
        return -1;
    int value = 0;
    for (int i = 3; i < 5; i++) {
        int digit = s[i] >= '0' && s[i] <= '9'   ? s[i] - '0'
                    : s[i] >= 'A' && s[i] <= 'F' ? s[i] - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool twice(const struct piece *p, struct err *e)
{
    return err_set(e, ERR_FILE, "the model has the piece '%s' twice", p->text.s);
}

static bool add_reserved(struct spm *m, int32_t id, bool byte_fallback, struct err *e)
{
    struct piece *p = &m->pieces[id];
    if (p->type == PIECE_UNKNOWN) {
        if (m->unk >= 0)
            return err_set(e, ERR_FILE, "pieces %d and %d are both the unknown piece", (int)m->unk,
                           (int)id);
        m->unk = id;
    } else if (p->type == PIECE_BYTE) {
        int byte = spm_byte(p->text.s, p->text.n);
        if (!byte_fallback)
            return err_set(e, ERR_FILE,
                           "piece %d '%s' stands for a byte, in a model without byte fallback",
                           (int)id, p->text.s);
        if (byte < 0)
            return err_set(e, ERR_FILE, "piece %d '%s' does not name a byte", (int)id, p->text.s);
        m->byte_ids[byte] = id;
    }
    return map_add(&m->reserved, p->text.s, p->text.n, id) || twice(p, e);
}

static bool add_matchable(struct spm *m, int32_t id, struct err *e)
{
    struct piece *p = &m->pieces[id];
    if (!names_add(&m->names, id))
        return twice(p, e);
    if (p->type == PIECE_USER) {
        if (!m->keep.edges)
            trie_init(&m->keep, 16);
        trie_add(&m->keep, p->text.s, p->text.n, id);
    }
    return true;
}

/* A piece of one NUL byte, written by some converters, is harmless beside <0x00> and is ignored. */
static bool lone_nul(const struct piece *p, bool byte_fallback)
{
    return p->text.n == 1 && p->text.s[0] == '\0' && (byte_fallback || p->type == PIECE_UNUSED);
}

static bool is_matchable(const struct piece *p)
{
    return p->type == PIECE_NORMAL || p->type == PIECE_USER || p->type == PIECE_UNUSED;
}

/* Made at the first use of a model that is otherwise never written to. */
const struct trie *spm_trie(const struct spm *m)
{
    struct trie *t = (struct trie *)&m->trie;
    if (t->edges)
        return t;
    trie_init(t, m->names.n);
    for (int32_t id = 0; id < m->n; id++) {
        const struct piece *p = &m->pieces[id];
        if (is_matchable(p) && !memchr(p->text.s, '\0', p->text.n))
            trie_add(t, p->text.s, p->text.n, id);
    }
    return t;
}

static bool index_pieces(struct spm *m, const struct trainer *t, struct err *e)
{
    names_init(&m->names, (size_t)m->n, sizeof *m->pieces);
    m->names.items = m->pieces;
    m->unk = -1;
    float lowest = FLT_MAX;
    for (int i = 0; i < 256; i++)
        m->byte_ids[i] = -1;
    for (int32_t id = 0; id < m->n; id++) {
        struct piece *p = &m->pieces[id];
        if (lone_nul(p, t->byte_fallback)) {
            p->type = PIECE_UNUSED;
            continue;
        }
        if (memchr(p->text.s, '\0', p->text.n))
            return err_set(e, ERR_FILE, "piece %d of the model holds a NUL byte", (int)id);
        if (is_matchable(p) ? !add_matchable(m, id, e) : !add_reserved(m, id, t->byte_fallback, e))
            return false;
        if (p->type == PIECE_NORMAL && p->score < lowest)
            lowest = p->score;
    }
    if (m->names.n == 0)
        return err_set(e, ERR_FILE, "the model has no pieces to match text with");
    for (int i = 0; t->byte_fallback && i < 256; i++)
        if (m->byte_ids[i] < 0)
            return err_set(e, ERR_FILE, "the model falls back to bytes but has no piece <0x%02X>",
                           (unsigned)i);
    if (m->unk < 0 && !t->byte_fallback)
        return err_set(e, ERR_FILE, "the model has no unknown piece");
    m->unk_score = lowest - 10.0f;
    m->byte_fallback = t->byte_fallback;
    m->normal.keep = m->keep.edges ? &m->keep : NULL;
    return true;
}

/* The id of a special piece by its spelling, if it is of that type. */
static int32_t special_id(const struct spm *m, const char *set, const char *usual)
{
    const char *name = set && set[0] ? set : usual;
    int64_t id = map_gets(&m->reserved, name, -1);
    return id >= 0 && m->pieces[id].type == PIECE_CONTROL ? (int32_t)id : -1;
}

static bool check_kind(const struct trainer *t, struct err *e)
{
    static const char *const kinds[] = {"", "Unigram", "BPE", "word", "character"};
    if (t->kind == 1)
        return true;
    err_set(e, ERR_FILE, "a SentencePiece model of the %s kind; only Unigram can be read",
            kinds[t->kind]);
    return false;
}

struct spm *spm_parse(const unsigned char *data, size_t n, struct err *e)
{
    struct spm *m = mem_alloc(sizeof *m);
    struct trainer t = {.kind = 1};
    bool fine =
        read_model(m, cursor_make(data, n), &t, e) && check_kind(&t, e) && index_pieces(m, &t, e);
    if (fine) {
        m->eos = special_id(m, t.eos, "</s>");
        m->unk_surface = t.unk_surface ? t.unk_surface : mem_strdup(" \u2047 ");
        t.unk_surface = NULL;
    } else {
        spm_free(m);
        m = NULL;
    }
    free(t.unk);
    free(t.eos);
    free(t.unk_surface);
    return m;
}

struct spm *spm_open(const char *path, struct err *e)
{
    struct mapping *file = mapping_open(path, e);
    if (!file)
        return NULL;
    struct spm *m = spm_parse(file->data, file->size, e);
    if (m) {
        m->file = file;
    } else {
        mapping_unref(file);
        err_wrap(e, "'%s'", path);
    }
    return m;
}

void spm_free(struct spm *m)
{
    if (!m)
        return;
    mapping_unref(m->file);
    names_release(&m->names);
    trie_release(&m->trie);
    trie_release(&m->keep);
    map_release(&m->reserved);
    free(m->pieces);
    free(m->text);
    free(m->unk_surface);
    free(m);
}

int32_t spm_id(const struct spm *m, const char *piece, size_t n)
{
    int64_t id = map_get(&m->reserved, piece, n, -1);
    if (id < 0)
        id = names_find(&m->names, piece, n);
    return id < 0 ? m->unk : (int32_t)id;
}
