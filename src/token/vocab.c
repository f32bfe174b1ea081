/* vocab.json: one flat object from spelling to id. Read by a parser of its own, because it is the
 * largest file that has to be read before the first prompt; it takes exactly this shape of JSON. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "internal.h"

struct parser {
    const char *name; /* of the file */
    const char *s;
    size_t n, at;
    char *out; /* next free byte for a spelling */
    struct err *e;
};

static bool fail(const struct parser *p, const char *what)
{
    return err_set(p->e, ERR_FILE, "'%s', byte %zu: %s", p->name, p->at, what);
}

static void skip_space(struct parser *p)
{
    while (p->at < p->n && (p->s[p->at] == ' ' || p->s[p->at] == '\n' || p->s[p->at] == '\r' ||
                            p->s[p->at] == '\t'))
        p->at++;
}

static bool take(struct parser *p, char c)
{
    skip_space(p);
    if (p->at == p->n || p->s[p->at] != c)
        return false;
    p->at++;
    return true;
}

static bool hex4(struct parser *p, int32_t *out)
{
    int32_t v = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        char c = p->at < p->n ? p->s[p->at] : '\0';
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return fail(p, "\\u wants four hexadecimal digits");
        v = v << 4 | digit;
    }
    *out = v;
    return true;
}

/* What follows \u, with the second half of a pair if this is a first one. */
static bool unicode_escape(struct parser *p)
{
    int32_t cp, low;
    if (!hex4(p, &cp))
        return false;
    if (cp >= 0xD800 && cp <= 0xDBFF && p->n - p->at >= 2 && p->s[p->at] == '\\' &&
        p->s[p->at + 1] == 'u') {
        p->at += 2;
        if (!hex4(p, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail(p, "half of a surrogate pair");
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
    } else if (cp >= 0xD800 && cp <= 0xDFFF) {
        return fail(p, "half of a surrogate pair");
    }
    p->out += utf8_encode(cp, p->out);
    return true;
}

static bool escape(struct parser *p)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = p->at < p->n ? p->s[p->at] : '\0';
    if (c == 'u') {
        p->at++;
        return unicode_escape(p);
    }
    const char *known = c ? strchr(from, c) : NULL;
    if (known) {
        p->at++;
        *p->out++ = to[known - from];
        return true;
    }
    return fail(p, "this escape does not exist in JSON");
}

/* A spelling takes no more bytes than its string between quotes, and its NUL the room of one. */
static bool string(struct parser *p, struct spelling *out)
{
    if (!take(p, '"'))
        return fail(p, "a piece in quotes is expected");
    out->s = p->out;
    while (p->at < p->n && p->s[p->at] != '"') {
        unsigned char c = (unsigned char)p->s[p->at];
        if (c == '\\') {
            p->at++;
            if (!escape(p))
                return false;
        } else if (c < 0x20) {
            return fail(p, "a control character in a string");
        } else if (c < 0x80) {
            *p->out++ = (char)c;
            p->at++;
        } else {
            int32_t cp;
            int n = utf8_decode(p->s + p->at, p->n - p->at, &cp);
            if (cp < 0)
                return fail(p, "bytes that are not UTF-8");
            memcpy(p->out, p->s + p->at, (size_t)n);
            p->out += n;
            p->at += (size_t)n;
        }
    }
    if (p->at == p->n)
        return fail(p, "the file ends inside a string");
    p->at++;
    out->n = (size_t)(p->out - out->s);
    *p->out++ = '\0';
    return true;
}

static bool number(struct parser *p, int32_t *out)
{
    skip_space(p);
    size_t start = p->at;
    int32_t v = 0;
    while (p->at < p->n && p->s[p->at] >= '0' && p->s[p->at] <= '9' && v < MOST_IDS)
        v = v * 10 + (p->s[p->at++] - '0');
    char next = p->at < p->n ? p->s[p->at] : '\0';
    if (p->at == start || (p->s[start] == '0' && p->at - start > 1) || v >= MOST_IDS ||
        next == '.' || next == 'e' || next == 'E' || (next >= '0' && next <= '9')) {
        p->at = start;
        return fail(p, "an id is expected: a whole number from 0 to 16777215");
    }
    *out = v;
    return true;
}

bool vocab_add(struct vocab *v, const char *name, struct spelling key, int32_t id, struct err *e)
{
    if ((size_t)id >= v->cap) {
        size_t more = v->cap * 2 > (size_t)id ? v->cap * 2 : (size_t)id + 1;
        v->by = mem_realloc(v->by, more * sizeof *v->by);
        memset(v->by + v->cap, 0, (more - v->cap) * sizeof *v->by);
        v->ids.items = v->by;
        v->cap = more;
    }
    if (v->by[id].s)
        return err_set(e, ERR_FILE, "'%s' gives id %d to both '%s' and '%s'", name, (int)id,
                       v->by[id].s, key.s);
    v->by[id] = key;
    if (!names_add(&v->ids, id))
        return err_set(e, ERR_FILE, "'%s' has the piece '%s' twice", name, key.s);
    if (id >= v->size)
        v->size = id + 1;
    return true;
}

struct vocab *vocab_new(size_t bytes, size_t expected)
{
    struct vocab *v = mem_alloc(sizeof *v);
    v->refs = 1;
    v->text = mem_realloc(NULL, bytes + 1);
    v->cap = expected + 1;
    v->by = mem_alloc(v->cap * sizeof *v->by);
    names_init(&v->ids, v->cap, sizeof *v->by);
    v->ids.items = v->by;
    return v;
}

static bool parse(struct parser *p, struct vocab *v, struct err *e)
{
    if (!take(p, '{'))
        return fail(p, "an object {\"piece\": id, ...} is expected");
    bool first = true;
    while (!take(p, '}')) {
        struct spelling key = {0};
        int32_t id = 0;
        if (!first && !take(p, ','))
            return fail(p, "',' or '}' is expected");
        first = false;
        if (!string(p, &key))
            return false;
        if (!take(p, ':'))
            return fail(p, "':' is expected");
        if (!number(p, &id) || !vocab_add(v, p->name, key, id, e))
            return false;
    }
    skip_space(p);
    if (p->at < p->n)
        return fail(p, "something follows the end of the object");
    if (v->size == 0)
        return err_set(e, ERR_FILE, "'%s' has no pieces", p->name);
    return true;
}

struct vocab *vocab_parse(const char *name, const char *s, size_t n, struct err *e)
{
    /* An entry takes at least six bytes; typical ones take about thirty. */
    struct vocab *v = vocab_new(n, n / 32 + 16);
    struct parser p = {.name = name, .s = s, .n = n, .out = v->text, .e = e};
    if (!parse(&p, v, e)) {
        vocab_unref(v);
        return NULL;
    }
    return v;
}

struct vocab *vocab_open(const char *path, struct err *e)
{
    struct mapping *file = mapping_open(path, e);
    if (!file)
        return NULL;
    struct vocab *v = vocab_parse(path, (const char *)file->data, file->size, e);
    mapping_unref(file);
    return v;
}

void vocab_unref(struct vocab *v)
{
    if (!v || --v->refs > 0)
        return;
    names_release(&v->ids);
    free(v->by);
    free(v->text);
    free(v);
}
