/* Added tokens: found in the text as typed or in the normalised text, the leftmost first and the
 * longest of those, before anything is cut into words. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "wordpiece.h"

struct added *added_find(struct added_list *l, const char *s, size_t n)
{
    int32_t i = names_find(&l->names, s, n);
    return i < 0 ? NULL : &l->v[i];
}

void added_put(struct added_list *l, const struct added *a)
{
    struct added *have = added_find(l, a->text.s, a->text.n);
    if (have) {
        struct spelling text = have->text;
        *have = *a;
        have->text = text;
        return;
    }
    if (!l->names.slots)
        names_init(&l->names, 16, sizeof *l->v);
    struct added *new = &ARRAY_PUSH(l->v, l->n, l->cap);
    *new = *a;
    new->text.s = mem_strndup(a->text.s, a->text.n);
    l->names.items = l->v;
    names_add(&l->names, (int32_t)(l->n - 1));
}

/* A token that is looked for in the normalised text is itself normalised first. */
static void index_normalized(struct added_list *l, const struct bert_rules *r, int32_t i)
{
    struct bert_text x = BERT_TEXT_INIT;
    bert_normal(r, l->v[i].text.s, 0, l->v[i].text.n, &x);
    if (x.n) {
        trie_add(&l->normal, x.text.s, x.n, i);
        l->has_normal = true;
        l->v[i].plain = (struct spelling){mem_strndup(x.text.s, x.n), x.n};
    }
    bert_text_release(&x);
}

void added_index(struct added_list *l, const struct bert_rules *r)
{
    trie_init(&l->raw, l->n);
    trie_init(&l->normal, 0);
    for (size_t i = 0; i < l->n; i++) {
        const struct added *a = &l->v[i];
        if (a->text.n == 0)
            continue;
        if (a->normalized) {
            index_normalized(l, r, (int32_t)i);
        } else {
            trie_add(&l->raw, a->text.s, a->text.n, (int32_t)i);
            l->has_raw = true;
        }
    }
}

void added_release(struct added_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        free((char *)l->v[i].text.s), free((char *)l->v[i].plain.s);
    free(l->v);
    names_release(&l->names);
    trie_release(&l->raw);
    trie_release(&l->normal);
    *l = (struct added_list){0};
}

/* ---- searching ---- */

static int longest(const struct trie *t, const char *s, size_t n, size_t at, size_t *end)
{
    int best = -1;
    uint32_t node = 0;
    for (size_t i = at; i < n; i++) {
        node = trie_step(t, node, (unsigned char)s[i]);
        if (!node)
            break;
        if (t->values[node] >= 0) {
            best = t->values[node];
            *end = i + 1;
        }
    }
    return best;
}

/* Where the character that ends before `at` begins. */
static size_t before(const char *s, size_t at, int32_t *cp)
{
    size_t from = at - 1;
    while (from > 0 && at - from < 4 && ((unsigned char)s[from] & 0xC0) == 0x80)
        from--;
    if ((size_t)utf8_decode(s + from, at - from, cp) != at - from) {
        *cp = -1;
        from = at - 1;
    }
    return from;
}

static bool stands_alone(const char *s, size_t n, size_t from, size_t to)
{
    int32_t cp;
    if (from > 0 && (before(s, from, &cp), char_in_word(cp)))
        return false;
    return to == n || (utf8_decode(s + to, n - to, &cp), !char_in_word(cp));
}

static bool is_space(int32_t cp)
{
    return cp >= 0 && char_class(cp) & CHAR_SPACE;
}

static size_t spaces_before(const char *s, size_t at, size_t floor)
{
    int32_t cp;
    while (at > floor) {
        size_t from = before(s, at, &cp);
        if (from < floor || !is_space(cp))
            break;
        at = from;
    }
    return at;
}

static size_t spaces_after(const char *s, size_t n, size_t at)
{
    int32_t cp;
    while (at < n) {
        size_t used = (size_t)utf8_decode(s + at, n - at, &cp);
        if (!is_space(cp))
            break;
        at += used;
    }
    return at;
}

int added_next(const struct added_list *l, bool normal, const char *s, size_t n, size_t at,
               size_t *from, size_t *to)
{
    const struct trie *t = normal ? &l->normal : &l->raw;
    const size_t floor = at;
    for (; at < n; at++) {
        size_t end = 0;
        int i = longest(t, s, n, at, &end);
        if (i < 0)
            continue;
        const struct added *a = &l->v[i];
        if (a->single_word && !stands_alone(s, n, at, end)) {
            at = end - 1; /* it is passed over whole */
            continue;
        }
        *from = a->lstrip ? spaces_before(s, at, floor) : at;
        *to = a->rstrip ? spaces_after(s, n, end) : end;
        return i;
    }
    return -1;
}
