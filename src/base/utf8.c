/* UTF-8 decoding (RFC 3629), and what a terminal shows of it: clusters, cells, direction. */
#include "base/utf8.h"

#include <utf8proc.h>

int utf8_decode(const char *s, size_t n, int32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    *cp = -1;
    /* Table 3-7 of the Unicode standard: the second byte is what tells overlong forms, surrogates
     * and values past U+10FFFF. */
    int len = p[0] >= 0xC2 && p[0] <= 0xDF   ? 2
              : p[0] >= 0xE0 && p[0] <= 0xEF ? 3
              : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
                                             : 0;
    if (len == 0 || (size_t)len > n)
        return 1;
    unsigned lo = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned hi = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < lo || p[1] > hi)
        return 1;
    int32_t v = p[0] & (0xFF >> (len + 1));
    for (int i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 1;
        v = v << 6 | (p[i] & 0x3F);
    }
    *cp = v;
    return len;
}

int utf8_encode(int32_t cp, char out[4])
{
    if (cp < 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    int len = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (int i = len - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((0xF00 >> len) | cp);
    return len;
}

size_t utf8_valid(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        int32_t cp;
        int len = utf8_decode(s + i, n - i, &cp);
        if (cp < 0)
            return i;
        i += (size_t)len;
    }
    return n;
}

size_t utf8_count(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; count++) {
        int32_t cp;
        i += (size_t)utf8_decode(s + i, n - i, &cp);
    }
    return count;
}

static int cells_of(int32_t cp)
{
    if (cp < 0)
        return 1;
    if (cp >= 0x20 && cp < 0x7F)
        return 1;
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return 0;
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
        return utf8proc_charwidth(cp) == 2 ? 2 : 1;
    default:
        return utf8proc_charwidth(cp);
    }
}

size_t utf8_cluster(const char *s, size_t n, int *cells)
{
    *cells = 0;
    if (n == 0)
        return 0;
    int32_t cp, next;
    size_t at = (size_t)utf8_decode(s, n, &cp);
    *cells = cells_of(cp);
    if (cp < 0)
        return at;
    utf8proc_int32_t state = 0;
    while (at < n) {
        int len = utf8_decode(s + at, n - at, &next);
        if (next < 0 || (cp < 0x80 && next < 0x80 && cp != '\r') ||
            utf8proc_grapheme_break_stateful(cp, next, &state))
            break;
        int w = cells_of(next);
        if (w > *cells)
            *cells = w;
        at += (size_t)len;
        cp = next;
    }
    return at;
}

int utf8_width(const char *s, size_t n)
{
    int width = 0, cells;
    for (size_t i = 0; i < n; width += cells)
        i += utf8_cluster(s + i, n - i, &cells);
    return width;
}

bool utf8_has_rtl(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        int32_t cp;
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        if (cp < 0x590)
            continue;
        int class = utf8proc_get_property(cp)->bidi_class;
        bool letter = utf8proc_category(cp) != UTF8PROC_CATEGORY_CF;
        if (letter && (class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL))
            return true;
    }
    return false;
}

bool utf8_unsafe(int32_t cp)
{
    if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
        return true;
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    case UTF8PROC_CATEGORY_CF:
        /* Signs that enclose the number after them are format characters with a shape. */
        return !((cp >= 0x0600 && cp <= 0x0605) || cp == 0x06DD || cp == 0x070F ||
                 (cp >= 0x0890 && cp <= 0x0891) || cp == 0x08E2 || cp == 0x110BD || cp == 0x110CD);
    default:
        return cp >= 0xFFF0 && (cp & 0xFFFE) == 0xFFFE; /* noncharacters */
    }
}

const char *utf8_invisible_name(int32_t cp)
{
    static const char c0[][4] = {"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL",
                                 "BS",  "TAB", "LF",  "VT",  "FF",  "CR",  "SO",  "SI",
                                 "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB",
                                 "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US"};
    static const struct {
        int32_t cp;
        const char *name;
    } others[] = {
        {0x7F, "DEL"},   {0x85, "NEL"},   {0xA0, "NBSP"},   {0xAD, "SHY"},    {0x034F, "CGJ"},
        {0x061C, "ALM"}, {0x180E, "MVS"}, {0x200B, "ZWSP"}, {0x200C, "ZWNJ"}, {0x200D, "ZWJ"},
        {0x200E, "LRM"}, {0x200F, "RLM"}, {0x2028, "LS"},   {0x2029, "PS"},   {0x202F, "NNBSP"},
        {0x2060, "WJ"},  {0xFEFF, "BOM"},
    };
    if (cp >= 0 && cp < 0x20)
        return c0[cp];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].cp == cp)
            return others[i].name;
    return NULL;
}
