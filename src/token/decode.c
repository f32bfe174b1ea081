/* Pieces back to text as SentencePiece joins them: U+2581 to spaces, the space that was put before
 * the text taken off, byte pieces gathered to characters. */
#include <string.h>

#include "base/utf8.h"
#include "internal.h"

#define SPACE "\xE2\x96\x81"

static void add_spaced(struct str *out, const char *s, size_t n)
{
    size_t from = 0;
    for (size_t i = 0; i + 3 <= n;) {
        if (memcmp(s + i, SPACE, 3) != 0) {
            i++;
            continue;
        }
        str_addn(out, s + from, i - from);
        str_addc(out, ' ');
        i += 3;
        from = i;
    }
    str_addn(out, s + from, n - from);
}

/* Adds the bytes gathered so far; what is not UTF-8 becomes U+FFFD, a byte each. */
static void flush_bytes(struct str *bytes, struct str *out)
{
    for (size_t i = 0; i < bytes->len;) {
        int32_t cp;
        int n = utf8_decode(bytes->s + i, bytes->len - i, &cp);
        if (cp < 0)
            str_add(out, "\xEF\xBF\xBD");
        else
            str_addn(out, bytes->s + i, (size_t)n);
        i += (size_t)n;
    }
    str_clear(bytes);
}

static void join(const struct spm *m, const struct spelling *pieces, size_t count, struct str *out)
{
    struct str bytes = STR_INIT;
    bool at_start = true; /* a space here is the one that the normaliser put */
    for (size_t i = 0; i < count; i++) {
        const char *s = pieces[i].s;
        size_t n = pieces[i].n;
        int32_t id = spm_id(m, s, n);
        enum piece_type type = id < 0 ? PIECE_UNKNOWN : m->pieces[id].type;
        if (type == PIECE_BYTE) {
            str_addc(&bytes, (char)spm_byte(s, n));
            continue;
        }
        flush_bytes(&bytes, out);
        if (out->len)
            at_start = false;
        if (type == PIECE_CONTROL)
            continue;
        bool dropped = at_start && (m->normal.dummy_prefix || m->normal.remove_extra) && n >= 3 &&
                       memcmp(s, SPACE, 3) == 0;
        if (type == PIECE_UNKNOWN) {
            const struct piece *unk = id < 0 ? NULL : &m->pieces[id];
            if (unk && unk->text.n == n && memcmp(unk->text.s, s, n) == 0)
                str_add(out, m->unk_surface);
            else
                str_addn(out, s, n);
        } else if (dropped) {
            add_spaced(out, s + 3, n - 3);
        } else {
            add_spaced(out, s, n);
        }
        /* Where extra spaces are removed, all of them are at the start, not just the first. */
        if ((dropped && !m->normal.remove_extra) || out->len)
            at_start = false;
    }
    flush_bytes(&bytes, out);
    str_release(&bytes);
}

bool spm_join(const struct spm *m, const struct spelling *pieces, size_t n, struct str *out,
              struct err *e)
{
    if (n == 0)
        return true;
    struct str text = STR_INIT;
    join(m, pieces, n, &text);
    bool fine = true;
    if (m->has_denormal) {
        struct normal x = NORMAL_INIT;
        fine = normalizer_run(&m->denormal, text.s, text.len, 0, &x, NULL, e);
        if (fine)
            str_addn(out, x.text.s, x.text.len);
        normal_release(&x);
    } else {
        str_addn(out, text.s, text.len);
    }
    str_release(&text);
    return fine;
}
