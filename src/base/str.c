/* Growable strings, the visible form of foreign text, and whole-string number parsing. */
#include "base/str.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

char str_empty[1] = "";

static void reserve(struct str *b, size_t more)
{
    size_t need;
    if (!mem_add(b->len, more, &need) || !mem_add(need, 1, &need))
        need = SIZE_MAX; /* which mem_realloc refuses */
    if (need <= b->cap)
        return;
    size_t cap = b->cap + b->cap / 2;
    if (cap < need)
        cap = need;
    if (cap < 32)
        cap = 32;
    b->s = mem_realloc(b->cap ? b->s : NULL, cap);
    b->cap = cap;
}

void str_addn(struct str *b, const char *s, size_t n)
{
    if (n == 0)
        return;
    reserve(b, n);
    memcpy(b->s + b->len, s, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void str_add(struct str *b, const char *s)
{
    str_addn(b, s, strlen(s));
}

void str_addc(struct str *b, char c)
{
    str_addn(b, &c, 1);
}

void str_vaddf(struct str *b, const char *fmt, va_list ap)
{
    enum { USUAL = 48 }; /* bytes that most texts fit in: they are written once */
    va_list again;
    va_copy(again, ap);
    reserve(b, USUAL);
    size_t room = b->cap - b->len;
    int n = vsnprintf(b->s + b->len, room, fmt, ap);
    if (n >= 0 && (size_t)n >= room) {
        reserve(b, (size_t)n);
        vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
    }
    if (n > 0)
        b->len += (size_t)n;
    b->s[b->len] = '\0';
    va_end(again);
}

void str_add_int(struct str *b, int64_t v)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (v < 0)
        digits[--at] = '-';
    str_addn(b, digits + at, sizeof digits - at);
}

void str_addf(struct str *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(b, fmt, ap);
    va_end(ap);
}

void str_repeat(struct str *b, const char *s, int n)
{
    size_t len = strlen(s);
    for (int i = 0; i < n; i++)
        str_addn(b, s, len);
}

void str_truncate(struct str *b, size_t len)
{
    if (len < b->len) {
        b->len = len;
        b->s[len] = '\0';
    }
}

void str_clear(struct str *b)
{
    str_truncate(b, 0);
}

char *str_detach(struct str *b)
{
    char *s = b->cap ? b->s : mem_strdup("");
    *b = (struct str)STR_INIT;
    return s;
}

void str_release(struct str *b)
{
    if (b->cap)
        free(b->s);
    *b = (struct str)STR_INIT;
}

void str_add_visible(struct str *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t plain = i;
        while (plain < n && s[plain] >= 0x20 && s[plain] < 0x7F)
            plain++;
        str_addn(b, s + i, plain - i);
        i = plain;
        if (i == n)
            break;
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        const char *name = cp < 0 ? NULL : utf8_invisible_name(cp);
        if (cp < 0)
            str_addf(b, "<0x%02X>", (unsigned char)s[i]);
        else if (name)
            str_addf(b, "\u2039%s\u203A", name);
        else if (utf8_unsafe(cp))
            str_addf(b, "\u2039U+%04X\u203A", (unsigned)cp);
        else
            str_addn(b, s + i, (size_t)len);
        i += (size_t)len;
    }
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

/* A number as ASCII: Persian and Arabic-Indic digits, the Arabic decimal point and U+2212 replaced.
 * False when it is longer than any number. */
static bool ascii_number(const char *s, char *out, size_t size)
{
    size_t n = strlen(s), used = 0;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        if (cp >= 0x06F0 && cp <= 0x06F9)
            cp = '0' + (cp - 0x06F0);
        else if (cp >= 0x0660 && cp <= 0x0669)
            cp = '0' + (cp - 0x0660);
        else if (cp == 0x066B)
            cp = '.';
        else if (cp == 0x2212)
            cp = '-';
        if (cp <= ' ' || cp > 0x7E || used + 1 >= size)
            return false;
        out[used++] = (char)cp;
    }
    out[used] = '\0';
    return used > 0;
}

bool str_int(const char *s, int64_t lo, int64_t hi, int64_t *out)
{
    char text[64], *end;
    if (!ascii_number(s, text, sizeof text))
        return false;
    errno = 0;
    long long v = strtoll(text, &end, 10);
    if (*end || errno || v < lo || v > hi)
        return false;
    *out = v;
    return true;
}

bool str_double(const char *s, double *out)
{
    char text[512], *end;
    if (!ascii_number(s, text, sizeof text))
        return false;
    /* The user's locale may want a decimal comma; a command or a file never does. */
    locale_t c = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    double v = c ? strtod_l(text, &end, c) : strtod(text, &end);
    if (c)
        freelocale(c);
    if (*end || end == text)
        return false;
    *out = v;
    return true;
}
