/* The session's life, the model and the input. */
#include "session/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "format/document.h"
#include "internal.h"

struct session *session_new(void)
{
    struct session *s = mem_alloc(sizeof *s);
    settings_init(&s->settings);
    s->keep = KEEP_AUTO;
    s->frame = FRAME_OP;
    s->next_number = s->next_display = 1;
    s->search = gen_defaults();
    return s;
}

void source_release(struct source *x)
{
    free(x->text);
    free(x->pair);
    free(x->ids);
    free(x->segments);
    encoding_release(&x->coding);
    *x = (struct source){0};
}

int32_t *ids_copy(const int32_t *ids, int64_t n)
{
    if (ids == NULL)
        return NULL;
    int32_t *copy = mem_alloc((size_t)(n + 1) * sizeof *copy);
    memcpy(copy, ids, (size_t)n * sizeof *copy);
    return copy;
}

struct run_input source_input(const struct source *x)
{
    return (struct run_input){
        .ids = x->ids, .segments = x->segments, .batch = 1, .length = x->n, .beams = 1};
}

static void drop_points(struct session *s)
{
    for (size_t i = 0; i < s->nstops; i++)
        stop_point_release(&s->stops[i]);
    for (size_t i = 0; i < s->ninterventions; i++)
        intervention_free(s->interventions[i]);
    for (size_t i = 0; i < s->nruns; i++)
        named_run_release(&s->runs[i]);
    s->nstops = s->ninterventions = s->nruns = 0;
}

void session_close(struct session *s)
{
    session_kill(s);
    drop_points(s);
    source_release(&s->source);
    session_prefix_clear(s);
    model_free(s->model);
    s->model = NULL;
    document_close(s);
}

enum { LINES_KEPT = 10000 };

void session_typed(struct session *s, const char *line)
{
    if (s->nlines == 2 * LINES_KEPT) {
        for (size_t i = 0; i < LINES_KEPT; i++)
            free(s->lines[i]);
        s->nlines -= LINES_KEPT;
        memmove(s->lines, s->lines + LINES_KEPT, LINES_KEPT * sizeof *s->lines);
    }
    ARRAY_PUSH(s->lines, s->nlines, s->lines_cap) = mem_strdup(line);
}

void session_free(struct session *s)
{
    if (s == NULL)
        return;
    session_close(s);
    corpus_free(s->corpus);
    questions_release(s);
    w2v_free(s->words);
    lesson_walk_free(s->lesson);
    for (size_t i = 0; i < s->ndisplays; i++)
        free(s->displays[i].text);
    for (size_t i = 0; i < s->nnotes; i++)
        free(s->notes[i]);
    free(s->notes);
    free(s->told);
    for (size_t i = 0; i < s->nlines; i++)
        free(s->lines[i]);
    free(s->lines);
    free(s->displays);
    free(s->stops);
    free(s->interventions);
    free(s->runs);
    settings_release(&s->settings);
    free(s);
}

/* Was this said of it before? Remembers that it is now. */
static bool told(struct session *s, const char *of, const struct str *text)
{
    uint64_t key = hash_bytes(hash_bytes(0, of, strlen(of)), text->s, text->len);
    for (size_t i = 0; i < s->ntold; i++)
        if (s->told[i] == key)
            return true;
    ARRAY_PUSH(s->told, s->ntold, s->told_cap) = key;
    return false;
}

/* of: what it is about, to be said once; NULL: each time. */
static void note(struct session *s, const char *of, const char *fmt, va_list ap)
{
    if (s->hooks.note == NULL)
        return;
    struct str text = STR_INIT;
    str_vaddf(&text, fmt, ap);
    if (of == NULL || !told(s, of, &text))
        s->hooks.note(s->hooks.ud, text.s);
    str_release(&text);
}

void session_note(struct session *s, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    note(s, NULL, fmt, ap);
    va_end(ap);
}

void session_note_once(struct session *s, const char *of, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    note(s, of, fmt, ap);
    va_end(ap);
}

bool session_open(struct session *s, const char *path, struct err *e)
{
    struct model *m;
    if (!model_open(path, &m, e)) /* the model that is open stays */
        return false;
    session_take(s, m);
    return true;
}

void session_take(struct session *s, struct model *m)
{
    session_close(s);
    s->model = m;
    s->search = m->plan != NULL ? m->defaults : gen_defaults();
    s->search.search = SEARCH_GREEDY;
    s->search.max_new = 0; /* as `set max-new` or the model says */
    for (size_t i = 0; i < m->nnotes; i++)
        session_note(s, "%s", m->notes[i]);
    if (m->tokenizer_error.kind != ERR_NONE)
        session_note(s, "text cannot be used with this model: %s", m->tokenizer_error.msg);
    if (m->weights != NULL && weights_note(m->weights) != NULL)
        session_note(s, "%s", weights_note(m->weights));
}

void session_kill(struct session *s)
{
    session_drop_replay(s);
    gen_free(s->gen);
    s->gen = NULL;
    s->frame = FRAME_OP;
}

/* ---- input ----------------------------------------------------------------------------------- */

static bool need_model(const struct session *s, struct err *e)
{
    if (s->model == NULL)
        return err_set(e, ERR_COMMAND, "no model is open") ||
               err_hint(e, "open one with: model load FOLDER");
    if (s->document != NULL)
        return err_set(e, ERR_COMMAND, "this document is read-only: its input stays as it is") ||
               err_hint(e, "'model load PATH' opens a model to compute with");
    return true;
}

static bool need_tokenizer(const struct session *s, enum token_side side, struct err *e)
{
    if (!need_model(s, e))
        return false;
    if (s->model->tokenizer[side] == NULL && s->model->tokenizer_error.kind != ERR_NONE) {
        *e = s->model->tokenizer_error;
        return err_hint(e, "ids work without it: input --ids 5,6,7");
    }
    if (s->model->tokenizer[side] == NULL) {
        err_set(e, ERR_COMMAND, "%s has no tokenizer files, so text cannot be turned into ids",
                s->model->name);
        return err_hint(e, "give ids instead: input --ids 5,6,7");
    }
    return true;
}

static bool is_direction_mark(int32_t cp)
{
    return cp == 0x200E || cp == 0x200F || cp == 0x061C || (cp >= 0x2066 && cp <= 0x2069) ||
           (cp >= 0x202A && cp <= 0x202E);
}

/* A copy without direction marks: text copied from a terminal carries those that guard our tables,
 * and a normaliser would turn them into spaces. U+200C stays: it is spelling. */
static char *strip_marks(const char *text, size_t n, size_t *out_n, int *stripped)
{
    char *out = mem_alloc(n + 1);
    size_t k = 0;
    *stripped = 0;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(text + i, n - i, &cp);
        if (is_direction_mark(cp)) {
            ++*stripped;
        } else {
            memcpy(out + k, text + i, (size_t)len);
            k += (size_t)len;
        }
        i += (size_t)len;
    }
    out[k] = 0;
    *out_n = k;
    return out;
}

static bool check_positions(const struct session *s, int64_t n, const char *what, struct err *e)
{
    const struct plan *p = s->model->plan;
    if (p != NULL && p->max_positions > 0 && n > p->max_positions)
        return err_set(e, ERR_COMMAND, "%s has %lld tokens, but this model takes at most %lld",
                       what, (long long)n, (long long)p->max_positions);
    return true;
}

static int32_t *ids_of(const struct encoding *x)
{
    int32_t *ids = mem_alloc((x->n + 1) * sizeof *ids);
    for (size_t i = 0; i < x->n; i++)
        ids[i] = x->tokens[i].id;
    return ids;
}

/* The segments of the tokens; NULL: all are 0. */
static int32_t *segments_of(const struct encoding *x)
{
    int32_t *segments = mem_alloc((x->n + 1) * sizeof *segments);
    bool any = false;
    for (size_t i = 0; i < x->n; i++) {
        segments[i] = x->tokens[i].segment;
        any = any || segments[i] != 0;
    }
    if (!any) {
        free(segments);
        return NULL;
    }
    return segments;
}

/* A copy of the text without direction marks; what is odd about it is said. */
static char *clean_text(struct session *s, const char *text, size_t n, size_t *out_n)
{
    size_t bad = utf8_valid(text, n);
    if (bad < n)
        session_note(s,
                     "byte %zu of the text (0x%02X) is not UTF-8; the normaliser replaces such "
                     "bytes by U+FFFD",
                     bad, (unsigned char)text[bad]);
    int stripped;
    char *out = strip_marks(text, n, out_n, &stripped);
    if (stripped > 0)
        session_note(s, "%d direction mark%s taken out of the text", stripped,
                     stripped == 1 ? "" : "s");
    return out;
}

void session_cut(struct session *s, struct encoding *x)
{
    int64_t most = s->model->max_tokens, n = (int64_t)x->n;
    if (most < 1 || n <= most)
        return;
    if (x->tokens[n - 1].special)
        x->tokens[most - 1] = x->tokens[n - 1];
    x->n = (size_t)most;
    session_note(s, "the text has %lld tokens and this model reads %lld: the rest is left out",
                 (long long)n, (long long)most);
}

/* Makes `next` the source when its tokens fit the model; else frees it. */
static bool take_source(struct session *s, struct source *next, bool ok, struct err *e)
{
    ok = ok && check_positions(s, (int64_t)next->coding.n, "the text", e);
    if (ok && next->coding.n == 0)
        ok = err_set(e, ERR_COMMAND, "the text has no tokens");
    if (!ok) {
        source_release(next);
        return false;
    }
    next->n = (int64_t)next->coding.n;
    next->ids = ids_of(&next->coding);
    next->segments = segments_of(&next->coding);
    session_kill(s);
    source_release(&s->source);
    s->source = *next;
    return true;
}

bool session_text(struct session *s, const char *text, size_t n, struct err *e)
{
    if (!need_tokenizer(s, TOKEN_SOURCE, e))
        return false;
    struct source next = {0};
    next.text = clean_text(s, text, n, &next.len);
    bool ok = tokenizer_encode(s->model->tokenizer[TOKEN_SOURCE], next.text, next.len, true,
                               &next.coding, e);
    if (ok)
        session_cut(s, &next.coding);
    return take_source(s, &next, ok, e);
}

static bool need_segments(const struct session *s, struct err *e)
{
    const struct plan *p = s->model->plan;
    if (p == NULL || p->segments > 1)
        return true;
    return err_set(e, ERR_COMMAND, "%s takes one text: it has no segments to tell two apart",
                   p->family);
}

bool session_pair(struct session *s, const char *a, size_t na, const char *b, size_t nb,
                  struct err *e)
{
    if (!need_tokenizer(s, TOKEN_SOURCE, e) || !need_segments(s, e))
        return false;
    struct source next = {0};
    next.text = clean_text(s, a, na, &next.len);
    next.pair = clean_text(s, b, nb, &next.pair_len);
    bool ok = tokenizer_encode_pair(s->model->tokenizer[TOKEN_SOURCE], next.text, next.len,
                                    next.pair, next.pair_len, &next.coding, e);
    return take_source(s, &next, ok, e);
}

static bool check_ids(const struct session *s, const int32_t *ids, int64_t n, enum token_side side,
                      struct err *e)
{
    const struct plan *p = s->model->plan;
    int64_t vocab = p == NULL ? 0 : side == TOKEN_SOURCE ? p->vocab_source : p->vocab_target;
    for (int64_t i = 0; p != NULL && i < n; i++)
        if (ids[i] < 0 || ids[i] >= vocab)
            return err_set(e, ERR_COMMAND, "id %d is outside the vocabulary (ids 0-%lld)", ids[i],
                           (long long)vocab - 1);
    return true;
}

bool session_ids_segments(struct session *s, const int32_t *ids, const int32_t *segments, int64_t n,
                          struct err *e)
{
    if (!need_model(s, e))
        return false;
    if (n < 1)
        return err_set(e, ERR_COMMAND, "there are no ids");
    if (!check_positions(s, n, "the input", e) || !check_ids(s, ids, n, TOKEN_SOURCE, e) ||
        (segments != NULL && !need_segments(s, e)))
        return false;
    const struct plan *p = s->model->plan;
    for (int64_t i = 0; p != NULL && segments != NULL && i < n; i++)
        if (segments[i] < 0 || segments[i] >= p->segments)
            return err_set(e, ERR_COMMAND, "segment %d: this model has segments 0-%lld",
                           segments[i], (long long)p->segments - 1);
    session_kill(s);
    source_release(&s->source);
    s->source.ids = ids_copy(ids, n);
    s->source.segments = ids_copy(segments, n);
    s->source.n = n;
    return true;
}

bool session_ids(struct session *s, const int32_t *ids, int64_t n, struct err *e)
{
    return session_ids_segments(s, ids, NULL, n, e);
}

static bool set_prefix(struct session *s, int32_t *take_ids, int64_t n, struct err *e)
{
    const struct plan *p = s->model->plan;
    int64_t from =
        n > 0 && p != NULL && take_ids[0] == s->model->rules.start; /* it is not doubled */
    if (!check_ids(s, take_ids, n, TOKEN_TARGET, e) ||
        !check_positions(s, n - from + 1, "the prefix with its start token", e)) {
        free(take_ids);
        return false;
    }
    memmove(take_ids, take_ids + from, (size_t)(n - from) * sizeof *take_ids);
    session_kill(s);
    session_prefix_clear(s);
    s->prefix = take_ids;
    s->nprefix = n - from;
    return true;
}

bool session_prefix_text(struct session *s, const char *text, size_t n, struct err *e)
{
    if (!need_tokenizer(s, TOKEN_TARGET, e))
        return false;
    size_t len;
    int stripped;
    char *clean = strip_marks(text, n, &len, &stripped);
    struct encoding x;
    bool ok = tokenizer_encode(s->model->tokenizer[TOKEN_TARGET], clean, len, false, &x, e);
    free(clean);
    if (!ok)
        return false;
    int32_t *ids = ids_of(&x);
    int64_t count = (int64_t)x.n;
    encoding_release(&x);
    return set_prefix(s, ids, count, e);
}

bool session_prefix_ids(struct session *s, const int32_t *ids, int64_t n, struct err *e)
{
    if (!need_model(s, e))
        return false;
    return set_prefix(s, ids_copy(ids, n), n, e);
}

void session_prefix_clear(struct session *s)
{
    if (s->nprefix > 0)
        session_kill(s);
    free(s->prefix);
    s->prefix = NULL;
    s->nprefix = 0;
}

const char *session_piece(struct session *s, enum token_side side, int32_t id, char buf[24])
{
    const struct tokenizer *t = s->model != NULL ? s->model->tokenizer[side] : NULL;
    const char *piece = t != NULL             ? tokenizer_piece(t, id)
                        : s->document != NULL ? document_piece(s->document, side, id)
                                              : NULL;
    if (piece != NULL)
        return piece;
    snprintf(buf, 24, "<%d>", id);
    return buf;
}

int32_t session_mask(const struct session *s)
{
    const struct tokenizer *t = s->model->tokenizer[TOKEN_SOURCE];
    return t != NULL ? tokenizer_mask(t) : s->document != NULL ? s->document->mask : -1;
}

const char *session_decode(struct session *s, const int32_t *ids, int64_t n, struct arena *a)
{
    const struct tokenizer *t = s->model->tokenizer[TOKEN_TARGET];
    struct err ignored = ERR_INIT;
    struct str text = STR_INIT;
    if (t == NULL)
        return s->document != NULL ? document_text(s->document, ids, (size_t)n) : NULL;
    const char *out = tokenizer_decode(t, ids, (size_t)n, &text, &ignored)
                          ? arena_strndup(a, text.s, text.len)
                          : NULL;
    str_release(&text);
    return out;
}

const int32_t *session_tokens(struct session *s, enum token_side side, int64_t *n)
{
    if (side == TOKEN_SOURCE) {
        *n = s->source.n;
        return s->source.ids;
    }
    if (s->gen == NULL) {
        *n = 0;
        return NULL;
    }
    return gen_tokens(s->gen, n);
}
