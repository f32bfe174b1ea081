/* Views as pixels in the terminals that show them: sixel, kitty's and iTerm2's ways. */
#include <stdlib.h>
#include <string.h>

#include "pixels.h"

/* kitty takes a PNG in pieces of at most that many characters; q=2: it answers nothing, which would
 * be taken for typing. */
static void add_kitty(struct str *out, const struct str *png)
{
    enum { PIECE = 4096 };
    struct str text = STR_INIT;
    base64_encode(&text, png->s, png->len);
    for (size_t at = 0; at < text.len; at += PIECE) {
        size_t n = text.len - at < PIECE ? text.len - at : PIECE;
        str_addf(out, "\033_G%sm=%d;", at == 0 ? "a=T,f=100,q=2," : "", at + n < text.len);
        str_addn(out, text.s + at, n);
        str_add(out, "\033\\");
    }
    str_release(&text);
}

static void add_iterm(struct str *out, const struct str *png)
{
    str_addf(out, "\033]1337;File=inline=1;size=%zu:", png->len);
    base64_encode(out, png->s, png->len);
    str_addc(out, '\a');
}

bool term_pixels(struct str *out, const struct view *v, const struct style *st)
{
    struct pixels p;
    struct str png = STR_INIT;
    struct err e = ERR_INIT;
    if (!view_pixels(&p, v, st, st->pixel_scale > 0 ? st->pixel_scale : 1, st->pixel_width, &e))
        return false;
    bool ok = true;
    if (st->pixels == PIXELS_SIXEL)
        sixel_encode(out, &p);
    else
        ok = png_encode(&png, p.rgb, p.w, p.h, &e);
    if (ok && st->pixels == PIXELS_KITTY)
        add_kitty(out, &png);
    else if (ok && st->pixels == PIXELS_ITERM)
        add_iterm(out, &png);
    if (ok)
        str_addc(out, '\n');
    str_release(&png);
    free(p.rgb);
    return ok;
}

/* ---- what a terminal answers ----------------------------------------------------------------- */

const char pixels_query[] = "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\\033[c";

/* "?62;4;22": a terminal of level 62 to 65 (VT200 to VT500) whose features hold 4. A VT132 says
 * "?4;6", which is no feature. */
static bool has_sixel(const char *s, size_t n)
{
    int level = 0;
    bool feature = false, first = true;
    for (size_t i = 0; i < n; i++) {
        int v = 0;
        for (; i < n && s[i] >= '0' && s[i] <= '9'; i++)
            v = v < 10000 ? v * 10 + (s[i] - '0') : v;
        if (first)
            level = v;
        else
            feature = feature || v == 4;
        first = false;
    }
    return level >= 62 && level <= 65 && feature;
}

bool pixels_answer(const char *s, size_t n, enum pixel_mode *out)
{
    static const char kitty[] = "\033_Gi=31;OK", features[] = "\033[?";
    bool k = memmem(s, n, kitty, sizeof kitty - 1) != NULL;
    for (const char *p = s; (p = memmem(p, n - (size_t)(p - s), features, 3)) != NULL;) {
        p += 3;
        size_t len = 0, left = n - (size_t)(p - s);
        while (len < left && (p[len] == ';' || (p[len] >= '0' && p[len] <= '9')))
            len++;
        if (len < left && p[len] == 'c') {
            *out = k ? PIXELS_KITTY : has_sixel(p, len) ? PIXELS_SIXEL : PIXELS_NONE;
            return true;
        }
    }
    return false;
}
