/* Any bytes as text for the tokenizers of the tests; the first byte picks one. Spans must not go
 * back, the lattice must agree with the tokens, and visible text must be safe. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "token/tokenizer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const paths[] = {
    "tests/golden/token/nfkc.model",   "tests/golden/token/bytes.model",
    "tests/golden/token/user.model",   "tests/golden/token/raw.model",
    "tests/golden/token/suffix.model", "tests/golden/marian/lang",
};
enum { COUNT = sizeof paths / sizeof *paths };

static struct tokenizer *pick(uint8_t which)
{
    static struct tokenizer *opened[COUNT];
    struct err e = ERR_INIT;
    which %= COUNT;
    if (!opened[which] && !tokenizer_open(paths[which], TOKEN_SOURCE, &opened[which], &e)) {
        fprintf(stderr, "%s\n", e.msg);
        abort();
    }
    return opened[which];
}

static void check_visible(const char *s, size_t n)
{
    struct str b = STR_INIT;
    str_add_visible(&b, s, n);
    for (size_t i = 0; i < b.len;) {
        int32_t cp;
        i += (size_t)utf8_decode(b.s + i, b.len - i, &cp);
        if (cp < 0 || utf8_unsafe(cp))
            abort();
    }
    if (utf8_width(b.s, b.len) < 0)
        abort();
    str_release(&b);
}

/* The chosen edges spell the normalised text from end to end, and no total beats theirs. */
static void check_lattice(const struct tokenizer *t, const char *text, size_t n,
                          const struct encoding *x)
{
    struct err e = ERR_INIT;
    struct lattice l;
    if (!tokenizer_lattice(t, text, n, 4, &l, &e))
        return;
    int64_t at = 0;
    double slack = 1e-4 * (l.best < 0 ? 1 - l.best : 1 + l.best);
    for (size_t i = 0; i < l.n; i++) {
        if (l.edges[i].best_through > l.best + slack)
            abort();
        if (!l.edges[i].chosen)
            continue;
        if (l.edges[i].from != at)
            abort();
        at = l.edges[i].to;
    }
    if (at != (int64_t)l.normalized_len || l.normalized_len != x->normalized_len ||
        memcmp(l.normalized, x->normalized, x->normalized_len) != 0)
        abort();
    lattice_release(&l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const struct tokenizer *t = pick(data[0]);
    const char *text = (const char *)data + 1;
    size_t n = size - 1;
    struct err e = ERR_INIT;
    struct encoding x;
    struct str out = STR_INIT;
    if (!tokenizer_encode(t, text, n, true, &x, &e))
        abort();
    int32_t *ids = malloc((x.n + 1) * sizeof *ids);
    int64_t last = 0;
    for (size_t i = 0; i < x.n; i++) {
        const struct token *token = &x.tokens[i];
        ids[i] = token->id;
        if (!tokenizer_piece(t, token->id))
            abort();
        if (token->start < 0)
            continue;
        if (token->start < last || token->end < token->start || token->end > (int64_t)n)
            abort();
        last = token->start;
    }
    if (!tokenizer_decode(t, ids, x.n, &out, &e))
        abort();
    check_lattice(t, text, n, &x);
    check_visible(text, n);
    free(ids);
    str_release(&out);
    encoding_release(&x);
    return 0;
}
