/* Normalising as SentencePiece does: the longest rule that matches, bytes that are not UTF-8 to
 * U+FFFD, spaces trimmed and shown as U+2581; each byte of the result knows where it came from.
 * The rules are a Darts-clone double array inside the model file, used where they lie. */
#include <stdlib.h>
#include <string.h>

#include "base/cursor.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "internal.h"

/* ---- the double array ---- */

static uint32_t unit_at(const struct normalizer *z, uint32_t i)
{
    const unsigned char *p = z->units + (size_t)i * 4;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}
static uint32_t label_of(uint32_t unit)
{
    return unit & (UINT32_C(1) << 31 | 0xFF);
}
static uint32_t offset_of(uint32_t unit)
{
    return (unit >> 10) << ((unit & (1u << 9)) >> 6);
}
static bool has_leaf(uint32_t unit)
{
    return unit >> 8 & 1;
}
static uint32_t value_of(uint32_t unit)
{
    return unit & ((UINT32_C(1) << 31) - 1);
}

/* Every step from every unit stays inside the array and every value inside the strings, so that
 * walking needs no further checks. Unit 0 is the root; a unit with the high bit is a value. */
static bool units_are_sound(const struct normalizer *z)
{
    uint32_t root = unit_at(z, 0);
    if (label_of(root) != 0 || has_leaf(root) || offset_of(root) == 0 ||
        (offset_of(root) | 0xFF) >= z->nunits)
        return false;
    for (uint32_t i = 1; i < z->nunits; i++) {
        uint32_t unit = unit_at(z, i);
        if (label_of(unit) > 0xFF) {
            if (value_of(unit) >= z->strings_len)
                return false;
        } else {
            uint32_t to = i ^ offset_of(unit);
            if ((to | 0xFF) >= z->nunits)
                return false;
            if (has_leaf(unit) && label_of(unit_at(z, to)) <= 0xFF)
                return false;
        }
    }
    return true;
}

bool normalizer_rules(struct normalizer *z, const unsigned char *blob, size_t n, struct err *e)
{
    z->nunits = 0;
    if (n == 0)
        return true;
    struct cursor c = cursor_make(blob, n);
    uint32_t bytes;
    if (!cursor_u32(&c, &bytes))
        return err_set(e, ERR_FILE, "the normalisation rules are cut off (%zu bytes)", n);
    if (bytes < 1024 || bytes % 1024 != 0 || bytes >= cursor_left(&c))
        return err_set(e, ERR_FILE,
                       "the normalisation rules claim a trie of %u bytes, which must be a "
                       "multiple of 1024 and less than the %zu there are",
                       bytes, cursor_left(&c));
    z->units = cursor_bytes(&c, bytes);
    z->strings_len = cursor_left(&c);
    z->strings = (const char *)cursor_bytes(&c, z->strings_len);
    if (z->strings[z->strings_len - 1] != '\0')
        return err_set(e, ERR_FILE, "the last normalisation rule has no end");
    z->nunits = bytes / 4;
    if (!units_are_sound(z)) {
        z->nunits = 0;
        return err_set(e, ERR_FILE, "the trie of the normalisation rules points outside itself");
    }
    return true;
}

/* ---- one step ---- */

enum why { WHY_SAME, WHY_RULE, WHY_NOT_UTF8, WHY_SPACE, WHY_START, WHY_END };
static const char *const reasons[] = {
    "",
    "rule of the model",
    "not UTF-8",
    "extra space removed",
    "space at the start removed",
    "space at the end removed",
};

struct piece_of_text {
    const char *to;
    size_t to_len, used;
    enum why why;
};

/* Bytes of the longest piece at s that no rule may touch. */
static size_t kept(const struct trie *keep, const char *s, size_t n)
{
    size_t best = 0;
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++) {
        node = trie_step(keep, node, (unsigned char)s[i]);
        if (!node)
            break;
        if (keep->values[node] >= 0)
            best = i + 1;
    }
    return best;
}

static size_t longest_rule(const struct normalizer *z, const char *s, size_t n, const char **to)
{
    size_t best = 0;
    if (z->nunits == 0)
        return 0;
    uint32_t node = offset_of(unit_at(z, 0));
    for (size_t i = 0; i < n; i++) {
        node ^= (unsigned char)s[i];
        uint32_t unit = unit_at(z, node);
        if (label_of(unit) != (unsigned char)s[i])
            break;
        node ^= offset_of(unit);
        if (has_leaf(unit)) {
            best = i + 1;
            *to = z->strings + value_of(unit_at(z, node));
        }
    }
    return best;
}

static struct piece_of_text next_piece(const struct normalizer *z, const char *s, size_t n)
{
    struct piece_of_text p = {.to = s, .why = WHY_SAME};
    if (z->keep && (p.used = kept(z->keep, s, n)) > 0) {
        p.to_len = p.used;
        return p;
    }
    p.used = longest_rule(z, s, n, &p.to);
    if (p.used > 0) {
        p.to_len = strlen(p.to);
        if (p.to_len != p.used || memcmp(p.to, s, p.used) != 0)
            p.why = WHY_RULE;
        return p;
    }
    int32_t cp;
    p.used = (size_t)utf8_decode(s, n, &cp);
    p.to_len = p.used;
    if (cp < 0)
        p = (struct piece_of_text){"\xEF\xBF\xBD", 3, 1, WHY_NOT_UTF8};
    return p;
}

/* ---- the whole text ---- */

struct job {
    const struct normalizer *z;
    struct normal *out;
    struct arena *arena;
    size_t base;
};

static void put(struct job *j, const char *s, size_t n, size_t from)
{
    struct normal *o = j->out;
    str_addn(&o->text, s, n);
    for (size_t i = 0; i < n; i++)
        ARRAY_PUSH(o->map, o->n, o->cap) = (uint32_t)(j->base + from);
}

static const char *space_of(const struct normalizer *z)
{
    return z->escape ? "\xE2\x96\x81" : " ";
}

static void put_space(struct job *j, size_t from)
{
    const char *space = space_of(j->z);
    put(j, space, strlen(space), from);
}

static void note(struct job *j, size_t from, size_t n, const char *to, size_t to_len, enum why why)
{
    if (!j->arena || why == WHY_SAME)
        return;
    struct normal *o = j->out;
    int64_t start = (int64_t)(j->base + from);
    struct change *last = o->nchanges ? &o->changes[o->nchanges - 1] : NULL;
    if (last && to_len == 0 && !last->to[0] && last->why == reasons[why] && last->end == start) {
        last->end += (int64_t)n;
        return;
    }
    ARRAY_PUSH(o->changes, o->nchanges, o->changes_cap) = (struct change){
        .start = start,
        .end = start + (int64_t)n,
        .to = arena_strndup(j->arena, to, to_len),
        .why = reasons[why],
    };
}

/* Takes spaces off the end. What was said of the characters they came from no longer holds. */
static size_t trim(struct job *j, size_t n, size_t at)
{
    struct normal *o = j->out;
    const char *space = space_of(j->z);
    size_t len = strlen(space), cut = o->text.len;
    while (cut >= len && memcmp(o->text.s + cut - len, space, len) == 0)
        cut -= len;
    if (cut == o->text.len)
        return at;
    at = o->map[cut] - j->base;
    str_truncate(&o->text, cut);
    o->n = cut;
    while (o->nchanges && o->changes[o->nchanges - 1].start >= (int64_t)(j->base + at))
        o->nchanges--;
    note(j, at, n - at, "", 0, WHY_END);
    return at;
}

static bool check_size(size_t n, struct err *e)
{
    if (n > TEXT_LIMIT)
        return err_set(e, ERR_COMMAND, "the text is too long: past %d MiB when normalised",
                       TEXT_LIMIT >> 20);
    return !interrupted() || err_set(e, ERR_INTERRUPT, "interrupted while normalising");
}

bool normalizer_run(const struct normalizer *z, const char *s, size_t n, size_t base,
                    struct normal *out, struct arena *arena, struct err *e)
{
    struct job j = {z, out, arena, base};
    str_clear(&out->text);
    out->n = 0;
    size_t at = 0;
    if (!check_size(n, e))
        return false;
    while (z->remove_extra && at < n) {
        struct piece_of_text p = next_piece(z, s + at, n - at);
        if (p.to_len != 1 || p.to[0] != ' ')
            break;
        note(&j, at, p.used, "", 0, WHY_START);
        at += p.used;
    }
    if (at < n && z->dummy_prefix && !z->suffix)
        put_space(&j, at);
    bool any = at < n, after_space = z->remove_extra;
    for (size_t count = 1; at < n; count++) {
        struct piece_of_text p = next_piece(z, s + at, n - at);
        size_t skip = 0;
        while (after_space && skip < p.to_len && p.to[skip] == ' ')
            skip++;
        const char *to = p.to + skip;
        size_t len = p.to_len - skip;
        for (size_t i = 0, run; i < len; i += run) {
            const char *space = memchr(to + i, ' ', len - i);
            run = space ? (size_t)(space - (to + i)) : len - i;
            put(&j, to + i, run, at);
            if (space) {
                put_space(&j, at);
                run++;
            }
        }
        note(&j, at, p.used, to, len, skip && p.why == WHY_SAME ? WHY_SPACE : p.why);
        if (len)
            after_space = z->remove_extra && to[len - 1] == ' ';
        at += p.used;
        if ((count % POLL_EVERY == 0 || p.to_len > POLL_EVERY) && !check_size(out->text.len, e))
            return false;
    }
    if (z->remove_extra)
        at = trim(&j, n, at);
    if (any && z->dummy_prefix && z->suffix)
        put_space(&j, at);
    ARRAY_PUSH(out->map, out->n, out->cap) = (uint32_t)(base + at);
    return check_size(out->text.len, e);
}

void normal_release(struct normal *x)
{
    str_release(&x->text);
    free(x->map);
    free(x->changes);
    *x = (struct normal)NORMAL_INIT;
}
