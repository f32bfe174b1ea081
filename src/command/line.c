/* Words of a command line: quotes, escapes, comments. */
#include <string.h>

#include "base/utf8.h"
#include "command/internal.h"

bool line_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

size_t line_skip(const char *line, size_t at)
{
    while (line_blank(line[at]))
        at++;
    return at;
}

static bool is_digit_at(const char *s)
{
    int32_t cp;
    size_t n = strnlen(s, 4);
    if (n == 0)
        return false;
    utf8_decode(s, n, &cp);
    return (cp >= '0' && cp <= '9') || (cp >= 0x660 && cp <= 0x669) || (cp >= 0x6F0 && cp <= 0x6F9);
}

bool line_comment(const char *line, size_t at, bool numbers)
{
    return line[at] == '#' && (at == 0 || line_blank(line[at - 1])) &&
           !(numbers && is_digit_at(line + at + 1));
}

const char *line_quote(const char *s, const char **closing)
{
    static const char *const pairs[][2] = {{"\"", "\""}, {"'", "'"}, {"«", "»"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (str_starts(s, pairs[i][0])) {
            *closing = pairs[i][1];
            return pairs[i][0];
        }
    }
    return NULL;
}

/* Appends a quoted part and moves past it; \" and \\ are read inside "..." only. */
static bool add_quoted(struct str *word, const char *line, size_t *at, struct err *e)
{
    const char *closing = "", *opening = line_quote(line + *at, &closing);
    size_t start = *at, i = start + strlen(opening);
    while (line[i] && !str_starts(line + i, closing)) {
        if (opening[0] == '"' && line[i] == '\\' && (line[i + 1] == '"' || line[i + 1] == '\\'))
            i++;
        str_addc(word, line[i++]);
    }
    if (!line[i]) {
        err_set(e, ERR_COMMAND, "the quote %s is never closed", opening);
        err_hint(e, "close it with %s", closing);
        return err_at(e, (int)start, (int)strlen(opening));
    }
    *at = i + strlen(closing);
    return true;
}

bool line_word(struct arena *a, const char *line, size_t *at, bool numbers, struct word *out,
               struct err *e)
{
    size_t i = line_skip(line, *at);
    *out = (struct word){.column = (int)i};
    *at = i;
    if (!line[i] || line_comment(line, i, numbers))
        return true;
    struct str word = STR_INIT;
    const char *closing;
    /* A quote counts where a word begins and after "--name=": an apostrophe inside a word is a
     * letter. */
    for (bool opens = true; line[i] && !line_blank(line[i]);) {
        if (opens && line_quote(line + i, &closing)) {
            if (!add_quoted(&word, line, &i, e)) {
                str_release(&word);
                return false;
            }
            out->quoted = true;
            opens = false;
            continue;
        }
        opens = line[i] == '=' && line[*at] == '-';
        str_addc(&word, line[i++]);
    }
    out->s = arena_strndup(a, word.s, word.len);
    out->n = word.len;
    out->length = (int)(i - *at);
    *at = i;
    str_release(&word);
    return true;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \u{HEX} at s (after the backslash): bytes read, 0 = not a character. */
static size_t read_hex(const char *s, size_t n, int32_t *cp)
{
    *cp = 0;
    size_t i = 2;
    if (n < 4 || s[1] != '{')
        return 0;
    for (; i < n && hex_value(s[i]) >= 0 && *cp < 0x110000; i++)
        *cp = *cp * 16 + hex_value(s[i]);
    bool fine = i > 2 && i < n && s[i] == '}' && *cp < 0x110000 && (*cp < 0xD800 || *cp > 0xDFFF);
    return fine ? i + 1 : 0;
}

static bool add_escape(struct str *text, const char *s, size_t n, size_t *used, struct err *e)
{
    static const char known[] = "\"\\nt", meant[] = "\"\\\n\t";
    const char *p = n && *s ? strchr(known, *s) : NULL;
    if (p) {
        str_addc(text, meant[p - known]);
        *used = 1;
        return true;
    }
    int32_t cp;
    size_t hex = n && *s == 'u' ? read_hex(s, n, &cp) : 0;
    if (hex) {
        char bytes[4];
        str_addn(text, bytes, (size_t)utf8_encode(cp, bytes));
        *used = hex;
        return true;
    }
    if (n && *s == 'u')
        err_set(e, ERR_COMMAND, "\\u{HEX} needs the number of a character between braces");
    else
        err_set(e, ERR_COMMAND, "unknown escape '\\%.*s' in quoted text", n ? 1 : 0, s);
    return err_hint(e, "inside \"...\" these are read: \\\" \\\\ \\n \\t \\u{HEX}");
}

/* Does the quote at the end close the text (an even number of backslashes before it)? */
static bool closes(const char *s, size_t n)
{
    size_t slashes = 0;
    while (slashes + 2 < n && s[n - 2 - slashes] == '\\')
        slashes++;
    return n >= 2 && s[n - 1] == '"' && slashes % 2 == 0;
}

bool line_text(struct arena *a, const char *from, size_t n, int column, struct word *out,
               struct err *e)
{
    *out = (struct word){.s = from, .n = n, .column = column, .length = (int)n};
    if (n < 2 || from[0] != '"' || !closes(from, n)) {
        out->s = arena_strndup(a, from, n);
        return true;
    }
    struct str text = STR_INIT;
    for (size_t i = 1; i < n - 1;) {
        size_t used = 1;
        if (from[i] != '\\') {
            str_addc(&text, from[i]);
        } else if (add_escape(&text, from + i + 1, n - 2 - i, &used, e)) {
            used++;
        } else {
            str_release(&text);
            return column < 0 ? false : err_at(e, column + (int)i, 2);
        }
        i += used;
    }
    out->s = arena_strndup(a, text.s, text.len);
    out->n = text.len;
    out->quoted = true;
    str_release(&text);
    return true;
}
