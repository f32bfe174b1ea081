/* Reading and writing files of word vectors. What is read is not trusted. */
#include "words/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/str.h"

/* ---- writing --------------------------------------------------------------------------------- */

bool w2v_save(const struct w2v *m, const char *path, enum w2v_format f, bool context, struct err *e)
{
    struct file_writer w;
    const float *x = context ? m->v : m->u;
    if (!file_create(&w, path, e))
        return false;
    fprintf(w.f, "%d %lld\n", m->vocab.n, (long long)m->dim);
    for (int32_t i = 0; i < m->vocab.n; i++) {
        const float *row = x + i * m->stride;
        fprintf(w.f, "%s%s", m->vocab.word[i], f == W2V_BINARY ? " " : "");
        if (f == W2V_BINARY)
            fwrite(row, sizeof *row, (size_t)m->dim, w.f); /* the program is little-endian */
        for (int64_t c = 0; f != W2V_BINARY && c < m->dim; c++)
            fprintf(w.f, " %.9g", (double)row[c]);
        fputc('\n', w.f);
    }
    return file_commit(&w, e);
}

/* ---- reading --------------------------------------------------------------------------------- */

struct reader {
    const char *path;
    struct cursor c;
    int64_t words, dim;
    float *x;    /* [dim] the numbers of the present word */
    int64_t row; /* which word, from 1 */
    struct w2v *m;
};

enum { HEADER = 64, LONGEST_WORD = 1 << 16, LONGEST_NUMBER = 64 };

/* Bytes up to one of `ends`, at most `most`; NULL when none comes. The end itself is not taken. */
static const char *until(struct reader *r, const char *ends, size_t most, size_t *n)
{
    const unsigned char *p = r->c.p + r->c.at;
    size_t left = cursor_left(&r->c);
    for (*n = 0; *n < left && *n <= most; ++*n)
        if (p[*n] != 0 && strchr(ends, p[*n]) != NULL)
            return (const char *)cursor_bytes(&r->c, *n);
    return NULL;
}

static bool next_is(const struct reader *r, char c)
{
    return cursor_left(&r->c) > 0 && r->c.p[r->c.at] == (unsigned char)c;
}

static void skip(struct reader *r, char c)
{
    while (next_is(r, c))
        cursor_bytes(&r->c, 1);
}

static bool header(struct reader *r, struct err *e)
{
    size_t n;
    const char *line = until(r, "\n", HEADER, &n);
    bool ok = false;
    if (line != NULL) {
        char text[HEADER + 1];
        memcpy(text, line, n);
        text[n] = 0;
        text[strcspn(text, "\r")] = 0;
        char *second = strchr(text, ' ');
        if (second != NULL) {
            *second++ = 0;
            second[strcspn(second, " ")] = 0;
            ok = str_int(text, 1, INT32_MAX - 1, &r->words) &&
                 str_int(second, 1, W2V_MOST_DIM, &r->dim);
        }
    }
    if (!ok)
        return err_set(e, ERR_FILE,
                       "%s does not begin with a line 'WORDS NUMBERS' (numbers 1-%d), as files of "
                       "word vectors do",
                       r->path, W2V_MOST_DIM);
    cursor_bytes(&r->c, 1);
    return true;
}

/* A file can hold no more words than its size allows: a name of one byte, a blank, the numbers. */
static bool plausible(const struct reader *r, enum w2v_format f, struct err *e)
{
    int64_t each = f == W2V_BINARY ? 2 + 4 * r->dim : 1 + 2 * r->dim;
    int64_t left = (int64_t)cursor_left(&r->c) + 1; /* the last newline may be missing */
    return r->words <= left / each ||
           err_set(e, ERR_FILE,
                   "%s: the header says %lld words of %lld numbers, at least %lld bytes; there are "
                   "%lld",
                   r->path, (long long)r->words, (long long)r->dim, (long long)(r->words * each),
                   (long long)left - 1);
}

static bool cut_off(const struct reader *r, struct err *e)
{
    return err_set(e, ERR_FILE, "%s ends in word %lld of %lld", r->path, (long long)r->row,
                   (long long)r->words);
}

static bool word_name(struct reader *r, const char **word, size_t *n, struct err *e)
{
    skip(r, '\n'); /* writers differ in whether a newline ends a vector */
    *word = until(r, " \t", LONGEST_WORD, n);
    if (*word == NULL)
        return cursor_left(&r->c) > LONGEST_WORD
                   ? err_set(e, ERR_FILE, "%s: word %lld is longer than %d bytes", r->path,
                             (long long)r->row, LONGEST_WORD)
                   : cut_off(r, e);
    if (*n == 0 || memchr(*word, '\n', *n) != NULL || memchr(*word, 0, *n) != NULL)
        return err_set(e, ERR_FILE, "%s: word %lld has no name, or too few numbers come before it",
                       r->path, (long long)r->row);
    return true;
}

static bool numbers_text(struct reader *r, struct err *e)
{
    for (int64_t c = 0; c < r->dim; c++) {
        size_t n;
        char text[LONGEST_NUMBER + 1];
        double v;
        skip(r, ' ');
        skip(r, '\t');
        if (next_is(r, '\n') || next_is(r, '\r'))
            return err_set(e, ERR_FILE, "%s, line %lld: %lld numbers; the header says %lld",
                           r->path, (long long)r->row + 1, (long long)c, (long long)r->dim);
        const char *field = until(r, " \t\r\n", LONGEST_NUMBER, &n);
        if (field == NULL && cursor_left(&r->c) <= LONGEST_NUMBER && r->row == r->words &&
            c == r->dim - 1) { /* no newline at the end of the file */
            n = cursor_left(&r->c);
            field = (const char *)cursor_bytes(&r->c, n);
        }
        if (field == NULL || n == 0)
            return cursor_left(&r->c) > LONGEST_NUMBER
                       ? err_set(e, ERR_FILE, "%s, line %lld: number %lld is too long", r->path,
                                 (long long)r->row + 1, (long long)c + 1)
                       : cut_off(r, e);
        memcpy(text, field, n);
        text[n] = 0;
        if (!str_double(text, &v) || !isfinite((float)v))
            return err_set(e, ERR_FILE, "%s, line %lld: '%s' is no number", r->path,
                           (long long)r->row + 1, text);
        r->x[c] = (float)v;
    }
    skip(r, ' ');
    skip(r, '\r');
    return cursor_left(&r->c) == 0 || next_is(r, '\n') ||
           err_set(e, ERR_FILE, "%s, line %lld: more than the %lld numbers that the header says",
                   r->path, (long long)r->row + 1, (long long)r->dim);
}

static bool numbers_binary(struct reader *r, struct err *e)
{
    cursor_bytes(&r->c, 1); /* the blank */
    const unsigned char *p = cursor_bytes(&r->c, 4 * (size_t)r->dim);
    if (p == NULL)
        return cut_off(r, e);
    memcpy(r->x, p, 4 * (size_t)r->dim);
    for (int64_t c = 0; c < r->dim; c++)
        if (!isfinite(r->x[c]))
            return err_set(e, ERR_FILE, "%s: number %lld of word %lld is infinite or no number",
                           r->path, (long long)c + 1, (long long)r->row);
    return true;
}

/* Do the first word and its numbers read as a line of text? */
static enum w2v_format guess(struct reader *r)
{
    struct err ignored = ERR_INIT;
    struct cursor here = r->c;
    const char *word;
    size_t n;
    r->row = 1;
    bool text = word_name(r, &word, &n, &ignored) && numbers_text(r, &ignored);
    r->c = here;
    return text ? W2V_TEXT : W2V_BINARY;
}

/* A new word with the numbers read; one that is there already is passed over. */
static bool add(struct reader *r, const char *word, size_t n)
{
    struct vocab *v = &r->m->vocab;
    char *name = arena_strndup(&v->arena, word, n);
    if (!map_add(&v->index, name, n, v->n))
        return false;
    v->word[v->n] = name;
    memcpy(r->m->u + v->n * r->m->stride, r->x, (size_t)r->dim * sizeof *r->x);
    v->n++;
    return true;
}

static bool all_words(struct reader *r, enum w2v_format f, w2v_progress *progress, void *ud,
                      int64_t *twice, struct err *e)
{
    enum { REPORT = 4096 };
    for (r->row = 1; r->row <= r->words; r->row++) {
        const char *word;
        size_t n;
        if (interrupted())
            return err_set(e, ERR_INTERRUPT, "interrupted");
        if (!word_name(r, &word, &n, e) ||
            !(f == W2V_BINARY ? numbers_binary(r, e) : numbers_text(r, e)))
            return false;
        *twice += !add(r, word, n);
        if (progress != NULL && r->row % REPORT == 0)
            progress(ud, (double)r->row / (double)r->words);
    }
    skip(r, '\n');
    return cursor_left(&r->c) == 0 ||
           err_set(e, ERR_FILE, "%s goes on after the %lld words that its header says", r->path,
                   (long long)r->words);
}

/* Room for all words that the header says; the vocabulary is empty at first. */
static bool make_room(struct reader *r, struct err *e)
{
    struct vocab v = {.n = (int32_t)r->words};
    v.word = mem_alloc((size_t)r->words * sizeof *v.word);
    v.count = mem_alloc((size_t)r->words * sizeof *v.count);
    r->m = w2v_new(&v, r->dim, false, 0, e);
    if (r->m == NULL)
        vocab_release(&v);
    else
        r->m->vocab.n = 0;
    return r->m != NULL;
}

struct w2v *w2v_load(const char *path, enum w2v_format f, w2v_progress *progress, void *ud,
                     int64_t *twice, struct err *e)
{
    struct reader r = {.path = path};
    *twice = 0;
    if (file_is_dir(path)) {
        err_set(e, ERR_FILE, "%s is a folder; a file of word vectors is wanted", path);
        return NULL;
    }
    struct mapping *file = mapping_open(path, e);
    if (file == NULL)
        return NULL;
    r.c = cursor_make(file->data, file->size);
    bool ok = header(&r, e);
    if (ok) {
        r.x = mem_alloc((size_t)r.dim * sizeof *r.x);
        f = f == W2V_GUESS ? guess(&r) : f;
    }
    ok = ok && plausible(&r, f, e) && make_room(&r, e) && all_words(&r, f, progress, ud, twice, e);
    mapping_unref(file);
    free(r.x);
    if (!ok) {
        w2v_free(r.m);
        return NULL;
    }
    r.m->source = mem_strdup(path);
    w2v_settle(r.m);
    return r.m;
}
