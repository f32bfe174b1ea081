/* A strict JSON reader (RFC 8259) that hands out one piece at a time. Headers may list hundreds of
 * thousands of tensors: a tree of them would cost more than everything else in opening a model. */
#include "internal.h"

#include <string.h>

#include "base/utf8.h"

enum { SKIP_DEPTH = 64 };

struct scan scan_make(const char *text, size_t n)
{
    return (struct scan){.text = text, .n = n, .decoded = STR_INIT};
}

void scan_release(struct scan *s)
{
    str_release(&s->decoded);
}

/* Keeps the first reason; returns false. */
static bool fail(struct scan *s, const char *why)
{
    if (!s->why)
        s->why = why;
    return false;
}

char scan_peek(struct scan *s)
{
    if (s->why)
        return 0;
    while (s->at < s->n) {
        char c = s->text[s->at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return c;
        s->at++;
    }
    return 0;
}

static bool take(struct scan *s, char c)
{
    if (scan_peek(s) != c || s->at >= s->n)
        return false;
    s->at++;
    return true;
}

bool scan_open(struct scan *s, char c)
{
    return take(s, c) || fail(s, c == '{' ? "expected '{'" : "expected '['");
}

bool scan_more(struct scan *s, char close, bool *first)
{
    if (s->why || take(s, close))
        return false;
    if (!*first && !take(s, ','))
        return fail(s, close == '}' ? "expected ',' or '}'" : "expected ',' or ']'");
    *first = false;
    return true;
}

bool scan_key(struct scan *s, struct slice *out)
{
    return scan_string(s, out) && (take(s, ':') || fail(s, "expected ':'"));
}

static bool hex4(struct scan *s, int32_t *out)
{
    int32_t v = 0;
    for (int i = 0; i < 4; i++) {
        char c = s->at < s->n ? s->text[s->at] : 0;
        int d = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
        if (d < 0)
            return fail(s, "\\u without four hexadecimal digits");
        v = v * 16 + d;
        s->at++;
    }
    *out = v;
    return true;
}

/* After "\u": one code point, of two halves where it is past U+FFFF. */
static bool unicode_escape(struct scan *s)
{
    int32_t cp = 0, low = 0;
    if (!hex4(s, &cp))
        return false;
    if (cp >= 0xD800 && cp <= 0xDBFF) {
        if (s->n - s->at < 2 || s->text[s->at] != '\\' || s->text[s->at + 1] != 'u')
            return fail(s, "half of a surrogate pair");
        s->at += 2;
        if (!hex4(s, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail(s, "half of a surrogate pair");
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
    } else if (cp >= 0xDC00 && cp <= 0xDFFF) {
        return fail(s, "half of a surrogate pair");
    }
    if (cp == 0)
        return fail(s, "a NUL character in a string");
    char bytes[4];
    str_addn(&s->decoded, bytes, (size_t)utf8_encode(cp, bytes));
    return true;
}

static bool escape(struct scan *s)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = s->at < s->n ? s->text[s->at] : 0;
    if (c == 'u') {
        s->at++;
        return unicode_escape(s);
    }
    const char *hit = c ? strchr(from, c) : NULL;
    if (!hit)
        return fail(s, "unknown escape in a string");
    s->at++;
    str_addc(&s->decoded, to[hit - from]);
    return true;
}

bool scan_string(struct scan *s, struct slice *out)
{
    if (!take(s, '"'))
        return fail(s, "expected a string");
    size_t from = s->at;
    bool copied = false;
    str_clear(&s->decoded);
    while (s->at < s->n) {
        unsigned char c = (unsigned char)s->text[s->at];
        if (c < 0x20)
            return fail(s, "a control character in a string");
        if (c != '"' && c != '\\') {
            s->at++;
            continue;
        }
        if (c == '"' && !copied) {
            *out = (struct slice){s->text + from, s->at - from};
            s->at++;
            return true;
        }
        str_addn(&s->decoded, s->text + from, s->at - from);
        copied = true;
        s->at++;
        if (c == '"') {
            *out = (struct slice){s->decoded.s, s->decoded.len};
            return true;
        }
        if (!escape(s))
            return false;
        from = s->at;
    }
    return fail(s, "a string without end");
}

static bool digit(const struct scan *s)
{
    return s->at < s->n && s->text[s->at] >= '0' && s->text[s->at] <= '9';
}

bool scan_u64(struct scan *s, uint64_t *out)
{
    char c = scan_peek(s);
    if (c == '-')
        return fail(s, "a negative number");
    if (c < '0' || c > '9')
        return fail(s, "expected a number");
    uint64_t v = 0;
    size_t from = s->at;
    for (; digit(s); s->at++) {
        uint64_t d = (uint64_t)(s->text[s->at] - '0');
        if (v > (UINT64_MAX - d) / 10)
            return fail(s, "a number past 64 bits");
        v = v * 10 + d;
    }
    if (c == '0' && s->at - from > 1)
        return fail(s, "a number that begins with 0");
    c = s->at < s->n ? s->text[s->at] : 0;
    if (c == '.' || c == 'e' || c == 'E')
        return fail(s, "a number that is not a plain integer");
    *out = v;
    return true;
}

static bool digits(struct scan *s)
{
    if (!digit(s))
        return fail(s, "a number without digits");
    while (digit(s))
        s->at++;
    return true;
}

static bool skip_number(struct scan *s)
{
    if (s->text[s->at] == '-')
        s->at++;
    bool zero = s->at < s->n && s->text[s->at] == '0';
    size_t from = s->at;
    if (!digits(s))
        return false;
    if (zero && s->at - from > 1)
        return fail(s, "a number that begins with 0");
    if (s->at < s->n && s->text[s->at] == '.') {
        s->at++;
        if (!digits(s))
            return false;
    }
    if (s->at < s->n && (s->text[s->at] == 'e' || s->text[s->at] == 'E')) {
        s->at++;
        if (s->at < s->n && (s->text[s->at] == '+' || s->text[s->at] == '-'))
            s->at++;
        return digits(s);
    }
    return true;
}

static bool skip_word(struct scan *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (int i = 0; i < 3; i++) {
        size_t len = strlen(words[i]);
        if (s->n - s->at >= len && memcmp(s->text + s->at, words[i], len) == 0) {
            s->at += len;
            return true;
        }
    }
    return fail(s, "expected a value");
}

static bool skip_value(struct scan *s, int depth)
{
    struct slice ignored;
    char c = scan_peek(s);
    if (c == '"')
        return scan_string(s, &ignored);
    if (c == '-' || (c >= '0' && c <= '9'))
        return skip_number(s);
    if (c != '{' && c != '[')
        return !s->why && skip_word(s);
    if (depth == 0)
        return fail(s, "values are nested too deeply");
    s->at++;
    for (bool first = true; scan_more(s, c == '{' ? '}' : ']', &first);) {
        if (c == '{' && !scan_key(s, &ignored))
            return false;
        if (!skip_value(s, depth - 1))
            return false;
    }
    return !s->why;
}

bool scan_skip(struct scan *s)
{
    return skip_value(s, SKIP_DEPTH);
}

bool scan_end(struct scan *s)
{
    scan_peek(s);
    if (s->why)
        return false;
    return s->at == s->n || fail(s, "text after the end");
}

bool slice_is(struct slice a, const char *word)
{
    return a.n == strlen(word) && memcmp(a.s, word, a.n) == 0;
}
