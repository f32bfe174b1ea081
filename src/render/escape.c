/* Outside text in HTML and SVG. What XML cannot hold (controls, lone surrogates, bytes that are not
 * UTF-8) and what would turn the text around it is made visible first. */
#include <string.h>

#include "base/utf8.h"
#include "scene.h"

void html_text(struct str *out, const char *s, size_t most)
{
    struct style st;
    style_init(&st);
    struct str v = STR_INIT;
    if (most > 0)
        term_text_fit(&v, s, strlen(s), most < INT32_MAX ? (int)most : INT32_MAX, &st);
    else
        term_text(&v, s, strlen(s), &st);
    for (size_t i = 0; i < v.len;) {
        int32_t cp;
        size_t len = (size_t)utf8_decode(v.s + i, v.len - i, &cp);
        if (cp == '<')
            str_add(out, "&lt;");
        else if (cp == '>')
            str_add(out, "&gt;");
        else if (cp == '&')
            str_add(out, "&amp;");
        else if (cp == '"')
            str_add(out, "&quot;");
        else if (cp == '\'')
            str_add(out, "&#39;");
        else if ((cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF)) /* no characters */
            str_addf(out, "‹U+%04X›", (unsigned)cp);
        else
            str_addn(out, v.s + i, len);
        i += len;
    }
    str_release(&v);
}

void html_bdi(struct str *out, const char *s, size_t most)
{
    str_addf(out, "<bdi dir=\"%s\">", text_is_rtl(s) ? "rtl" : "ltr");
    html_text(out, s, most);
    str_add(out, "</bdi>");
}

void base64_encode(struct str *out, const void *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)b[i] << 16 | (i + 1 < n ? (unsigned)b[i + 1] << 8 : 0) |
                     (i + 2 < n ? (unsigned)b[i + 2] : 0);
        char four[4] = {digits[v >> 18], digits[v >> 12 & 63], digits[v >> 6 & 63], digits[v & 63]};
        if (i + 2 >= n)
            four[3] = '=';
        if (i + 1 >= n)
            four[2] = '=';
        str_addn(out, four, 4);
    }
}
