/* What neighbours are, on four words by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "../format/files.h"
#include "words/judge.h"

/* N = 4 sentences, every word in 2 of them: a and b stand together twice, 2 x 4 >= 2 x 2 x 2, so
 * they are companions, and so are c and d; the others never meet. */
static const char text[] = "a b\na b a\nc d\nd c\n";
static const char list[] = "# word\tpart\tclass\na\tnoun\tfood\nb\tverb\tfood\r\n\nc\tnoun\tplace\n"
                           "z\tnoun\tfood\n";

static struct lexicon listed(const struct vocab *v)
{
    struct scratch s;
    struct lexicon l;
    struct err e = ERR_INIT;
    scratch_open(&s);
    scratch_set(&s, list, sizeof list - 1);
    if (!lexicon_open(s.path, v, &l, &e))
        fail_msg("%s", e.msg);
    scratch_close(&s);
    return l;
}

static void refused(const char *bytes, const struct vocab *v, const char *want)
{
    struct scratch s;
    struct lexicon l;
    struct err e = ERR_INIT;
    scratch_open(&s);
    scratch_set(&s, bytes, strlen(bytes));
    assert_false(lexicon_open(s.path, v, &l, &e));
    if (strstr(e.msg, want) == NULL)
        fail_msg("'%s' does not say '%s'", e.msg, want);
    scratch_close(&s);
}

static int32_t id_of(const struct vocab *v, const char *word)
{
    int32_t id;
    struct err e = ERR_INIT;
    assert_true(vocab_find(v, word, &id, &e));
    return id;
}

static void test_lexicon__reads(void **state)
{
    (void)state;
    struct text t;
    struct err e = ERR_INIT;
    assert_true(text_parse(text, sizeof text - 1, "it", 1, &t, &e));
    struct lexicon l = listed(&t.vocab);
    int32_t a = id_of(&t.vocab, "a"), b = id_of(&t.vocab, "b"), c = id_of(&t.vocab, "c"),
            d = id_of(&t.vocab, "d");
    assert_int_equal(l.listed, 3);
    assert_int_equal(l.part[a], l.part[c]);
    assert_int_not_equal(l.part[a], l.part[b]);
    assert_int_equal(l.kind[a], l.kind[b]);
    assert_int_not_equal(l.kind[a], l.kind[c]);
    assert_int_equal(l.part[d], -1);
    lexicon_release(&l);
    refused("a\tnoun\n", &t.vocab, "line 1: a word, its part of speech and its class");
    refused("a\tnoun\tfood\nb\t\tfood\n", &t.vocab, "line 2:");
    refused("x\tnoun\tfood\n", &t.vocab, "lists no word of this vocabulary");
    text_release(&t);
}

/* Chance: a has b, c, d beside it: part 1/3 (c), class 1/3 (b); b: 0, 1/3 (a); c: 1/3 (a), 0. Over
 * the three that are listed: part 2/9, class 2/9. Companions are 1 of 3 for all four. */
static void test_judge__chance(void **state)
{
    (void)state;
    struct text t;
    struct err e = ERR_INIT;
    struct judgement j;
    assert_true(text_parse(text, sizeof text - 1, "it", 1, &t, &e));
    struct lexicon l = listed(&t.vocab);
    judge(NULL, &t.vocab, &t, &l, 10, 1, &j);
    assert_int_equal(j.judged, 4);
    assert_int_equal(j.listed, 3);
    assert_true(fabs(j.same_part - 2 / 9.0) < 1e-12);
    assert_true(fabs(j.same_class - 2 / 9.0) < 1e-12);
    assert_true(fabs(j.companions - 1 / 3.0) < 1e-12);
    judge(NULL, &t.vocab, &t, NULL, 10, 3, &j); /* a alone comes three times */
    assert_int_equal(j.judged, 1);
    assert_true(isnan(j.same_part) && isnan(j.same_class));
    lexicon_release(&l);
    text_release(&t);
}

/* The vectors of a and c point one way, those of b and d another: the nearest word of a is c (same
 * part, no companion), of c it is a; of b it is d (not listed), of d it is b. */
static void test_judge__nearest(void **state)
{
    (void)state;
    static const float x[4][2] = {{1, 0.1f}, {0.1f, 1}, {2, 0.1f}, {0.1f, 2}}; /* a b c d */
    static const char *const words[] = {"a", "b", "c", "d"};
    struct text t;
    struct err e = ERR_INIT;
    struct judgement j;
    assert_true(text_parse(text, sizeof text - 1, "it", 1, &t, &e));
    struct lexicon l = listed(&t.vocab);
    struct w2v *m = w2v_new(&t.vocab, 2, false, 1, &e);
    assert_non_null(m);
    for (int i = 0; i < 4; i++)
        memcpy(m->u + id_of(&m->vocab, words[i]) * m->stride, x[i], sizeof x[i]);
    w2v_settle(m);
    judge(m, &m->vocab, &t, &l, 1, 1, &j);
    assert_true(fabs(j.same_part - 2 / 3.0) < 1e-12);
    assert_true(j.same_class == 0);
    assert_true(j.companions == 0);
    judge(m, &m->vocab, &t, &l, 3, 1, &j); /* all the others: the level of chance */
    assert_true(fabs(j.same_class - 2 / 9.0) < 1e-12);
    assert_true(fabs(j.companions - 1 / 3.0) < 1e-12);
    w2v_free(m);
    lexicon_release(&l);
    text_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lexicon__reads),
        cmocka_unit_test(test_judge__chance),
        cmocka_unit_test(test_judge__nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
