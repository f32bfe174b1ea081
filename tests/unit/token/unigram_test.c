/* The search and the lattice: byte fallback, user-defined and unused pieces, every path counted. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "make.h"

#define SP "\u2581"

static void no_spaces(struct str *b)
{
    struct str part = STR_INIT;
    put_varint(&part, 3, 0);
    put_varint(&part, 4, 0);
    put_bytes(b, 3, part.s, part.len);
    str_release(&part);
}

static const struct made_piece letters[] = {
    {"<unk>", 0, PIECE_UNKNOWN}, {"a", -2, 0}, {"b", -2, 0}, {"ab", -3, 0}, {"ba", -5, 0},
    {"aba", -4.5f, 0},           {0},
};

static struct made model_of(const struct made_piece *pieces)
{
    struct str b = STR_INIT;
    put_pieces(&b, pieces);
    no_spaces(&b);
    return make_model(&b);
}

static void test_unigram__best_path(void **state)
{
    (void)state;
    struct made m = model_of(letters);
    tokens_are(&m.t, "aba", "aba/5");
    tokens_are(&m.t, "abab", "ab/3 ab/3");
    tokens_are(&m.t, "bab", "b/2 ab/3");
    tokens_are(&m.t, "axxb", "a/1 xx/0 b/2");
    tokens_are(&m.t, "a b", "a/1 " SP "/0 b/2");
    made_free(&m);
}

static void test_unigram__user_and_unused(void **state)
{
    (void)state;
    static const struct made_piece pieces[] = {
        {"<unk>", 0, PIECE_UNKNOWN},
        {"a", -2, 0},
        {"b", -2, PIECE_UNUSED},
        {"ab", -3, PIECE_UNUSED},
        {"ba", -9, PIECE_USER},
        {"bab", -9, PIECE_USER},
        {"abab", -3, 0},
        {0},
    };
    struct made m = model_of(pieces);
    /* User-defined pieces win, the longer ones first; unused ones match nothing. */
    tokens_are(&m.t, "abab", "a/1 bab/5");
    tokens_are(&m.t, "aba", "a/1 ba/4");
    tokens_are(&m.t, "ab", "a/1 b/0");
    made_free(&m);
}

static struct made byte_model(void)
{
    struct str b = STR_INIT, part = STR_INIT;
    static const struct made_piece pieces[] = {{"<unk>", 0, PIECE_UNKNOWN}, {"a", -1, 0}, {0}};
    put_pieces(&b, pieces);
    for (int i = 0; i < 256; i++) {
        static const char hex[] = "0123456789ABCDEF";
        char name[] = "<0x00>";
        name[3] = hex[i >> 4];
        name[4] = hex[i & 15];
        struct made_piece piece = {name, -5, PIECE_BYTE};
        put_piece(&b, &piece);
    }
    put_varint(&part, 35, 1);
    put_bytes(&b, 2, part.s, part.len);
    no_spaces(&b);
    str_release(&part);
    return make_model(&b);
}

static void test_unigram__byte_fallback(void **state)
{
    (void)state;
    struct made m = byte_model();
    struct err e = ERR_INIT;
    struct encoding x;
    tokens_are(&m.t, "a\u06cc", "a/1 <0xDB>/221 <0x8C>/142");
    assert_true(tokenizer_encode(&m.t, "a\u06cca", 4, true, &x, &e));
    assert_int_equal(x.n, 4);
    assert_true(x.tokens[1].start == 1 && x.tokens[1].end == 1);
    assert_true(x.tokens[2].start == 1 && x.tokens[2].end == 3);
    assert_false(x.tokens[1].unknown);
    encoding_release(&x);
    static const int32_t whole[] = {221, 142, 1}, half[] = {221, 1, 142}, none[] = {2, 0};
    decoded_is(&m.t, whole, 3, "\u06cca");
    decoded_is(&m.t, half, 3, "\ufffda\ufffd");
    struct str out = STR_INIT;
    assert_true(tokenizer_decode(&m.t, none, 2, &out, &e));
    assert_int_equal(out.len, 1 + strlen(" \u2047 "));
    str_release(&out);
    made_free(&m);
}

static void test_unigram__spans(void **state)
{
    (void)state;
    struct str b = STR_INIT;
    static const struct made_piece pieces[] = {
        {"<unk>", 0, PIECE_UNKNOWN}, {SP "a", -1, 0}, {"b", -1, 0}, {SP, -1, 0}, {0}};
    put_pieces(&b, pieces);
    struct made m = make_model(&b);
    struct err e = ERR_INIT;
    struct encoding x;
    /* Bytes: two spaces, a, two spaces, a byte that is not UTF-8, b, a space. */
    assert_true(tokenizer_encode(&m.t,
                                 "  a  \xff"
                                 "b ",
                                 8, true, &x, &e));
    static const int64_t spans[][2] = {{2, 3}, {3, 5}, {5, 6}, {6, 7}};
    assert_int_equal(x.n, 4);
    for (size_t i = 0; i < 4; i++)
        assert_true(x.tokens[i].start == spans[i][0] && x.tokens[i].end == spans[i][1]);
    assert_true(x.tokens[2].unknown && !x.tokens[1].unknown);
    assert_string_equal(x.tokens[2].piece, "\ufffd");
    assert_true(x.tokens[0].score == -1.0f);
    static const struct change changes[] = {{0, 2, "", "space at the start removed"},
                                            {4, 5, "", "extra space removed"},
                                            {5, 6, "\ufffd", "not UTF-8"},
                                            {7, 8, "", "space at the end removed"}};
    assert_int_equal(x.nchanges, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(x.changes[i].start == changes[i].start && x.changes[i].end == changes[i].end);
        assert_string_equal(x.changes[i].to, changes[i].to);
        assert_string_equal(x.changes[i].why, changes[i].why);
    }
    encoding_release(&x);
    made_free(&m);
}

static void test_normalizer__rules_are_told(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct tokenizer *t;
    struct encoding x;
    assert_true(tokenizer_open("tests/golden/token/nfkc.model", TOKEN_SOURCE, &t, &e));
    static const char text[] = "\u0645\u06cc\u200c\u0631 \ufb01";
    assert_true(tokenizer_encode(t, text, sizeof text - 1, true, &x, &e));
    assert_int_equal(x.nchanges, 2);
    assert_true(x.changes[0].start == 4 && x.changes[0].end == 7);
    assert_string_equal(x.changes[0].to, " ");
    assert_string_equal(x.changes[0].why, "rule of the model");
    assert_true(x.changes[1].start == 10 && x.changes[1].end == 13);
    assert_string_equal(x.changes[1].to, "fi");
    encoding_release(&x);
    tokenizer_free(t);
}

/* ---- the lattice against all segmentations, one by one ---- */

struct all {
    const struct lattice *l;
    double best, through[64];
    int count;
    size_t path[64];
};

static void walk(struct all *a, int64_t at, size_t depth, double total)
{
    if (at == (int64_t)a->l->normalized_len) {
        a->count++;
        if (total > a->best)
            a->best = total;
        for (size_t i = 0; i < depth; i++)
            if (total > a->through[a->path[i]])
                a->through[a->path[i]] = total;
        return;
    }
    for (size_t i = 0; i < a->l->n; i++)
        if (a->l->edges[i].from == at) {
            a->path[depth] = i;
            walk(a, a->l->edges[i].to, depth + 1, total + (double)a->l->edges[i].score);
        }
}

static void check_lattice(const struct tokenizer *t, const char *text, int nbest)
{
    struct err e = ERR_INIT;
    struct lattice l;
    struct encoding x;
    assert_true(tokenizer_lattice(t, text, strlen(text), nbest, &l, &e));
    assert_true(tokenizer_encode(t, text, strlen(text), false, &x, &e));
    assert_true(l.n <= 64);
    struct all a = {.l = &l, .best = -INFINITY};
    for (size_t i = 0; i < 64; i++)
        a.through[i] = -INFINITY;
    walk(&a, 0, 0, 0.0);
    assert_float_equal(l.best, a.best, 1e-9);
    struct str chosen = STR_INIT;
    for (size_t i = 0; i < l.n; i++) {
        const struct lattice_edge *edge = &l.edges[i];
        assert_float_equal(edge->best_through, a.through[i], 1e-9);
        assert_true(i == 0 || edge[-1].from < edge->from ||
                    (edge[-1].from == edge->from && edge[-1].to < edge->to));
        assert_int_equal(edge->tie, !edge->chosen && edge->best_through == l.best);
        if (edge->chosen)
            str_addf(&chosen, "%s%s", chosen.len ? " " : "", edge->piece);
    }
    assert_string_equal(l.paths[0].pieces, chosen.s);
    assert_int_equal(l.npaths, nbest < a.count ? nbest : a.count);
    for (size_t i = 1; i < l.npaths; i++) {
        assert_true(l.paths[i].score <= l.paths[i - 1].score);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(l.paths[i].pieces, l.paths[j].pieces);
    }
    str_release(&chosen);
    encoding_release(&x);
    lattice_release(&l);
}

static void test_lattice__against_every_path(void **state)
{
    (void)state;
    struct made m = model_of(letters);
    static const char *const texts[] = {"a",     "ab",  "aba",  "abab",
                                        "babab", "axb", "xxxx", "abaabab"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int nbest = 1; nbest < 40; nbest += 6)
            check_lattice(&m.t, texts[i], nbest);
    made_free(&m);
}

static void test_lattice__ties(void **state)
{
    (void)state;
    static const struct made_piece pieces[] = {
        {"<unk>", 0, PIECE_UNKNOWN}, {"-", -3, 0}, {"--", -4, 0}, {0}};
    struct made m = model_of(pieces);
    struct err e = ERR_INIT;
    struct lattice l;
    assert_true(tokenizer_lattice(&m.t, "---", 3, 5, &l, &e));
    int ties = 0;
    for (size_t i = 0; i < l.n; i++)
        ties += l.edges[i].tie;
    assert_int_equal(ties, 2);
    assert_int_equal(l.npaths, 3);
    assert_true(l.paths[0].score == -7.0 && l.paths[1].score == -7.0 && l.paths[2].score == -9.0);
    assert_string_equal(l.paths[2].pieces, "- - -");
    lattice_release(&l);
    assert_true(tokenizer_lattice(&m.t, "", 0, 5, &l, &e));
    assert_true(l.n == 0 && l.best == 0.0);
    lattice_release(&l);
    made_free(&m);
}

static void test_unigram__long_texts(void **state)
{
    (void)state;
    struct made m = model_of(letters);
    enum { LENGTH = 300000 };
    char *text = malloc(LENGTH);
    for (size_t i = 0; i < LENGTH; i++)
        text[i] = "abx"[i * 7 % 11 % 3];
    struct err e = ERR_INIT;
    struct encoding x;
    assert_true(tokenizer_encode(&m.t, text, LENGTH, true, &x, &e));
    size_t at = 0;
    for (size_t i = 0; i < x.n; i++) {
        assert_int_equal(x.tokens[i].start, at);
        at = (size_t)x.tokens[i].end;
    }
    assert_int_equal(at, LENGTH);
    assert_true(x.n > 100000);
    encoding_release(&x);
    struct lattice l;
    assert_false(tokenizer_lattice(&m.t, text, LENGTH, 1000, &l, &e));
    assert_int_equal(e.kind, ERR_COMMAND);
    interrupt_flag = 1;
    assert_false(tokenizer_encode(&m.t, text, LENGTH, true, &x, &e));
    assert_int_equal(e.kind, ERR_INTERRUPT);
    interrupt_flag = 0;
    free(text);
    made_free(&m);
}

/* Past 100,000 the totals start again from zero; a plain float sum would lose the difference. */
static void test_unigram__far_totals(void **state)
{
    (void)state;
    static const struct made_piece pieces[] = {{"<unk>", 0, PIECE_UNKNOWN},
                                               {"a", -9000000, 0},
                                               {"b", -1, 0},
                                               {"c", -1, 0},
                                               {"bc", -1.75f, 0},
                                               {0}};
    struct made m = model_of(pieces);
    tokens_are(&m.t, "aaabc", "a/1 a/1 a/1 bc/4");
    made_free(&m);
}

/* The value of a key, -1 = none. */
static int32_t look_up(const struct trie *t, const char *key, size_t n)
{
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++) {
        node = trie_step(t, node, (unsigned char)key[i]);
        if (!node)
            return -1;
    }
    return t->values[node];
}

static void test_trie__against_a_list(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "a", "ab", "abc", "b", "\xff\xfe", "abd", "zzzzzzzzzzzzzzzz"};
    enum { COUNT = sizeof keys / sizeof *keys };
    struct trie t;
    trie_init(&t, 1);
    for (int32_t i = 0; i < COUNT; i++)
        assert_int_equal(trie_add(&t, keys[i], strlen(keys[i]), i), 0);
    for (int32_t i = 0; i < COUNT; i++) {
        assert_int_equal(trie_add(&t, keys[i], strlen(keys[i]), 9), -1);
        assert_int_equal(look_up(&t, keys[i], strlen(keys[i])), i);
    }
    assert_int_equal(look_up(&t, "", 0), -1);
    assert_int_equal(look_up(&t, "abx", 3), -1);
    assert_int_equal(look_up(&t, "zz", 2), -1);
    /* Enough to grow several times. */
    for (int32_t i = 0; i < 20000; i++) {
        char key[4] = {'x', (char)(i & 127), (char)(i >> 7 & 127), (char)(i >> 14)};
        assert_int_equal(trie_add(&t, key, 4, i), 0);
    }
    for (int32_t i = 0; i < 20000; i++) {
        char key[4] = {'x', (char)(i & 127), (char)(i >> 7 & 127), (char)(i >> 14)};
        assert_int_equal(look_up(&t, key, 4), i);
    }
    trie_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unigram__best_path),
        cmocka_unit_test(test_unigram__user_and_unused),
        cmocka_unit_test(test_unigram__byte_fallback),
        cmocka_unit_test(test_unigram__spans),
        cmocka_unit_test(test_normalizer__rules_are_told),
        cmocka_unit_test(test_lattice__against_every_path),
        cmocka_unit_test(test_lattice__ties),
        cmocka_unit_test(test_unigram__long_texts),
        cmocka_unit_test(test_unigram__far_totals),
        cmocka_unit_test(test_trie__against_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
