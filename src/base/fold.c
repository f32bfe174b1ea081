/* Folding of words for comparison. */
#include "base/fold.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* The character that stands for cp; 0: it is left out, ' ': a blank. */
static int32_t folded(int32_t cp)
{
    if (cp == 0x064A || cp == 0x0649)
        return 0x06CC; /* yeh */
    if (cp == 0x0643)
        return 0x06A9; /* kaf */
    if (cp >= 0x06F0 && cp <= 0x06F9)
        return '0' + (cp - 0x06F0);
    if (cp >= 0x0660 && cp <= 0x0669)
        return '0' + (cp - 0x0660);
    if (cp == '-' || cp == '_' || cp == 0x2581 || cp == 0x00A0)
        return ' ';
    if (cp == 0x0640)
        return 0;
    utf8proc_category_t c = utf8proc_category(cp);
    if (c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_CF)
        return 0;
    if (c == UTF8PROC_CATEGORY_ZS || cp == '\t' || cp == '\n' || cp == '\r')
        return ' ';
    return utf8proc_tolower(cp);
}

void fold_add(struct str *out, const char *s, size_t n)
{
    bool blank = false, any = false;
    for (size_t i = 0; i < n;) {
        int32_t cp;
        char bytes[4];
        size_t len = (size_t)utf8_decode(s + i, n - i, &cp);
        int32_t as = cp < 0 ? cp : folded(cp);
        if (as == ' ') {
            blank = any;
        } else if (as != 0) {
            if (blank)
                str_addc(out, ' ');
            blank = false;
            any = true;
            if (cp < 0)
                str_addn(out, s + i, 1);
            else
                str_addn(out, bytes, (size_t)utf8_encode(as, bytes));
        }
        i += len;
    }
}

bool fold_equal(const char *a, const char *b)
{
    struct str x = STR_INIT, y = STR_INIT;
    fold_add(&x, a, strlen(a));
    fold_add(&y, b, strlen(b));
    bool same = x.len == y.len && memcmp(x.s, y.s, x.len) == 0;
    str_release(&x);
    str_release(&y);
    return same;
}
