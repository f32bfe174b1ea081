/* Outside text on a terminal: visible stand-ins, guards or reordering for right-to-left scripts,
 * cutting at cluster boundaries. */
#include <fribidi.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "internal.h"

#define LRM "\xE2\x80\x8E"
#define LRE "\xE2\x80\xAA"
#define RLE "\xE2\x80\xAB"
#define PDF "\xE2\x80\xAC"

enum { LRI = 0x2066, PDI = 0x2069 };
enum { ZWNJ = 0x200C, ZWJ = 0x200D, VS16 = 0xFE0F };

static bool is_letter(int32_t cp)
{
    utf8proc_category_t c = cp < 0x0590 ? UTF8PROC_CATEGORY_CN : utf8proc_category(cp);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME);
}

static bool is_emoji(int32_t cp)
{
    return cp >= 0x2190 && (cp == VS16 || utf8proc_category(cp) == UTF8PROC_CATEGORY_SO ||
                            utf8proc_category(cp) == UTF8PROC_CATEGORY_SK);
}

void term_visible(struct str *out, const char *s, size_t n)
{
    size_t from = 0;
    int32_t before = -1, cp, after;
    for (size_t i = 0; i < n; before = cp) {
        size_t len = (size_t)utf8_decode(s + i, n - i, &cp);
        if ((cp == ZWNJ || cp == ZWJ) && i + len < n) {
            utf8_decode(s + i + len, n - i - len, &after);
            if ((is_letter(before) && is_letter(after)) ||
                (cp == ZWJ && is_emoji(before) && is_emoji(after))) {
                str_add_visible(out, s + from, i - from);
                str_addn(out, s + i, len);
                from = i + len;
            }
        }
        i += len;
    }
    str_add_visible(out, s + from, n - from);
}

/* Anything that a terminal would move: right-to-left letters, and Arabic-Indic numbers, which the
 * bidi algorithm moves too. */
bool term_needs_bidi(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        int32_t cp;
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        if (cp < 0x0590)
            continue;
        FriBidiCharType t = fribidi_get_bidi_type((FriBidiChar)cp);
        if (FRIBIDI_IS_RTL(t) || t == FRIBIDI_TYPE_AN)
            return true;
    }
    return false;
}

/* A paragraph as code points with their levels. */
struct turned {
    FriBidiChar *text;
    FriBidiLevel *level;
    FriBidiStrIndex n;
};

static void paragraph_shape(struct turned *p, const FriBidiCharType *types, bool shaping)
{
    FriBidiFlags flags = FRIBIDI_FLAG_SHAPE_MIRRORING;
    FriBidiArabicProp *props = mem_alloc((size_t)p->n * sizeof *props);
    fribidi_get_joining_types(p->text, p->n, props);
    fribidi_join_arabic(types, p->n, p->level, props);
    if (shaping)
        flags |= FRIBIDI_FLAG_SHAPE_ARAB_PRES; /* no ligatures: one letter, one cell */
    fribidi_shape(flags, p->level, p->n, props, p->text);
    free(props);
}

static bool paragraph_resolve(struct turned *p, FriBidiParType dir, bool shaping)
{
    size_t n = (size_t)p->n;
    FriBidiCharType *types = mem_alloc(n * sizeof *types);
    FriBidiBracketType *brackets = mem_alloc(n * sizeof *brackets);
    fribidi_get_bidi_types(p->text, p->n, types);
    fribidi_get_bracket_types(p->text, p->n, types, brackets);
    bool ok = fribidi_get_par_embedding_levels_ex(types, brackets, p->n, &dir, p->level) > 0;
    if (ok)
        paragraph_shape(p, types, shaping);
    free(types);
    free(brackets);
    return ok;
}

/* A run of code points that stays together when the line is turned. */
struct cluster {
    FriBidiStrIndex from, to;
    FriBidiLevel level;
};

/* Clusters by the rules of utf8_cluster, on code points. */
static int paragraph_clusters(const struct turned *p, struct cluster *out)
{
    int n = 0;
    utf8proc_int32_t state = 0;
    for (FriBidiStrIndex i = 0; i < p->n; i++) {
        if (i && !utf8proc_grapheme_break_stateful((utf8proc_int32_t)p->text[i - 1],
                                                   (utf8proc_int32_t)p->text[i], &state))
            out[n - 1].to = i + 1;
        else
            out[n++] = (struct cluster){i, i + 1, p->level[i]};
    }
    return n;
}

/* Rule L2 of UAX 9: from the highest level to the lowest odd one, reverse each run at or above
 * it. */
static void reorder(struct cluster *c, int n)
{
    FriBidiLevel high = 0;
    for (int i = 0; i < n; i++)
        high = c[i].level > high ? c[i].level : high;
    for (FriBidiLevel level = high; level >= 1; level--)
        for (int i = 0; i < n; i++) {
            int end = i;
            while (end < n && c[end].level >= level)
                end++;
            for (int a = i, b = end - 1; a < b; a++, b--) {
                struct cluster swap = c[a];
                c[a] = c[b];
                c[b] = swap;
            }
            i = end > i ? end - 1 : i;
        }
}

static void add_cluster(struct str *out, const struct turned *p, const struct cluster *c,
                        bool shaped)
{
    bool emoji = is_emoji((int32_t)p->text[c->from]);
    for (FriBidiStrIndex i = c->from; i < c->to; i++) {
        /* Joiners have done their work when the letters carry their forms. */
        if (shaped && !emoji && (p->text[i] == ZWNJ || p->text[i] == ZWJ))
            continue;
        if (p->text[i] == LRI || p->text[i] == PDI)
            continue;
        char bytes[4];
        str_addn(out, bytes, (size_t)utf8_encode((int32_t)p->text[i], bytes));
    }
}

static void add_visual(struct str *out, const char *s, size_t n, FriBidiParType dir, bool shaping)
{
    if (n > INT32_MAX / 2) {
        str_addn(out, s, n);
        return;
    }
    struct turned p = {.text = mem_alloc(n * sizeof *p.text),
                       .level = mem_alloc(n * sizeof *p.level)};
    for (size_t i = 0; i < n;) {
        int32_t cp;
        i += (size_t)utf8_decode(s + i, n - i, &cp);
        p.text[p.n++] = (FriBidiChar)(cp < 0 ? 0xFFFD : cp);
    }
    if (paragraph_resolve(&p, dir, shaping)) {
        struct cluster *c = mem_alloc((size_t)p.n * sizeof *c);
        int count = paragraph_clusters(&p, c);
        reorder(c, count);
        for (int i = 0; i < count; i++)
            add_cluster(out, &p, &c[i], shaping);
        free(c);
    } else {
        str_addn(out, s, n);
    }
    free(p.text);
    free(p.level);
}

void term_bidi(struct str *out, const char *s, size_t n, const struct style *st)
{
    if (!st->tty || st->bidi == BIDI_OFF || !term_needs_bidi(s, n)) {
        str_addn(out, s, n);
        return;
    }
    /* Blanks round a field belong to the layout and stay at their side. */
    size_t from = 0, to = n;
    while (from < to && s[from] == ' ')
        from++;
    while (to > from && s[to - 1] == ' ')
        to--;
    str_addn(out, s, from);
    if (st->bidi == BIDI_TERMINAL) {
        str_add(out, LRM);
        str_addn(out, s + from, to - from);
        str_add(out, LRM);
    } else {
        /* The first strong letter decides. */
        add_visual(out, s + from, to - from, FRIBIDI_PAR_ON, st->shaping);
    }
    str_addn(out, s + to, n - to);
}

/* The text with other signs for LRI and PDI. */
static void add_replaced(struct str *out, const char *s, size_t n, const char *lri, const char *pdi)
{
    for (size_t i = 0; i < n; i++) {
        if (n - i >= 3 && memcmp(s + i, TEXT_LRI, 3) == 0) {
            str_add(out, lri);
            i += 2;
        } else if (n - i >= 3 && memcmp(s + i, TEXT_PDI, 3) == 0) {
            str_add(out, pdi);
            i += 2;
        } else {
            str_addc(out, s[i]);
        }
    }
}

void term_directed(struct str *out, const char *s, size_t n, bool rtl, const struct style *st)
{
    if (!st->tty || st->bidi == BIDI_OFF || !(rtl || term_needs_bidi(s, n))) {
        add_replaced(out, s, n, "", "");
    } else if (st->bidi == BIDI_VISUAL) {
        add_visual(out, s, n, rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR, st->shaping);
    } else {
        /* Embeddings, because terminals that turn text know them longer than isolates. */
        str_add(out, LRM);
        str_add(out, rtl ? RLE : "");
        add_replaced(out, s, n, LRE, PDF);
        str_add(out, rtl ? PDF : "");
        str_add(out, LRM);
    }
}

void term_text(struct str *out, const char *s, size_t n, const struct style *st)
{
    struct str v = STR_INIT;
    term_visible(&v, s, n);
    term_bidi(out, v.s, v.len, st);
    str_release(&v);
}

int term_text_width(const char *s, size_t n, const struct style *st)
{
    (void)st; /* guards and reordering take no cells */
    struct str v = STR_INIT;
    term_visible(&v, s, n);
    int width = utf8_width(v.s, v.len);
    str_release(&v);
    return width;
}

void term_text_fit(struct str *out, const char *s, size_t n, int cells, const struct style *st)
{
    struct str v = STR_INIT;
    term_visible(&v, s, n);
    size_t keep = 0; /* bytes that leave one cell for the sign of the cut */
    int used = 0, w;
    bool cut = false;
    for (size_t i = 0; i < v.len && !cut;) {
        size_t len = utf8_cluster(v.s + i, v.len - i, &w);
        cut = used + w > cells;
        i += len;
        used += w;
        if (used < cells)
            keep = i;
    }
    if (cut) {
        str_truncate(&v, keep);
        if (cells > 0)
            str_add(&v, st->unicode ? "…" : "~");
    }
    term_bidi(out, v.s, v.len, st);
    str_release(&v);
}
