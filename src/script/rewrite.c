/* The prompt's additions to Lua, turned into Lua: $ $N $$ $$N are values of the history, X@N is
 * decoder position N of X. Strings and comments stay as they are. */
#include <stdlib.h>
#include <string.h>

#include "script/internal.h"

/* Length of a long bracket's opening "[==[" at s, 0 = none; *level: its equals signs. */
static size_t long_bracket(const char *s, int *level)
{
    size_t n = 1;
    while (s[0] == '[' && s[n] == '=')
        n++;
    *level = (int)n - 1;
    return s[0] == '[' && s[n] == '[' ? n + 1 : 0;
}

static size_t long_string(const char *s)
{
    int level;
    size_t n = long_bracket(s, &level);
    for (; n > 0 && s[n] != 0; n++) {
        if (s[n] != ']')
            continue;
        size_t k = n + 1;
        while (s[k] == '=')
            k++;
        if (s[k] == ']' && (int)(k - n) - 1 == level)
            return k + 1;
    }
    return n;
}

/* Bytes of a string or comment at s, 0 = neither. */
static size_t literal(const char *s)
{
    size_t n;
    if (s[0] == '-' && s[1] == '-') {
        n = long_string(s + 2);
        return n > 0 ? n + 2 : strcspn(s, "\n");
    }
    if (s[0] == '[')
        return long_string(s);
    if (s[0] != '"' && s[0] != '\'')
        return 0;
    for (n = 1; s[n] != 0 && s[n] != s[0] && s[n] != '\n'; n++)
        if (s[n] == '\\' && s[n + 1] != 0)
            n++;
    return s[n] == s[0] ? n + 1 : n;
}

/* One addition at s: its Lua form is added; bytes read, 0 = none. */
static size_t addition(struct str *out, const char *s)
{
    size_t from = s[0] == '$' && s[1] == '$' ? 2 : 1, n = strspn(s + from, "0123456789");
    if (s[0] == '@' && n > 0) {
        str_addf(out, ":at(%.*s)", (int)n, s + 1);
        return n + 1;
    }
    if (s[0] != '$')
        return 0;
    if (n == 0)
        str_add(out, from == 2 ? "__history(-1)" : "__history(0)");
    else
        str_addf(out, "__history(%s%.*s)", from == 2 ? "-" : "", (int)n, s + from);
    return from + n;
}

static void rewrite(struct str *out, const char *text, size_t stop, size_t *at)
{
    size_t i = 0;
    while (text[i] != 0 && out->len < stop) {
        *at = i;
        size_t n = literal(text + i);
        if (n > 0) {
            str_addn(out, text + i, n);
            *at = out->len > stop ? i + n - (out->len - stop) : i;
        } else {
            n = addition(out, text + i);
            if (n == 0)
                str_addc(out, text[i]);
        }
        i += n > 0 ? n : 1;
        if (out->len <= stop)
            *at = i;
    }
}

void script_rewrite(struct str *out, const char *text)
{
    size_t at;
    rewrite(out, text, SIZE_MAX, &at);
}

size_t script_rewrite_back(const char *text, size_t to)
{
    struct str out = STR_INIT;
    size_t at = 0;
    rewrite(&out, text, to, &at);
    str_release(&out);
    return at;
}
