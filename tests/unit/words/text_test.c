/* Text for word vectors: what a word is, counts, sentences, pairs in a window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "words/pairs.h"
#include "words/text.h"

static struct text parsed(const char *s, int64_t min_count)
{
    struct text t;
    struct err e = ERR_INIT;
    if (!text_parse(s, strlen(s), "it", min_count, &t, &e))
        fail_msg("%s", e.msg);
    return t;
}

/* The words in order, "|" between sentences. */
static void check_words(const char *s, const char *want)
{
    struct text t = parsed(s, 1);
    char got[256] = "";
    for (int64_t k = 0; k < t.sentences; k++)
        for (int64_t i = t.from[k]; i < t.from[k + 1]; i++) {
            const char *gap = i == 0 ? "" : i == t.from[k] ? "|" : " ";
            strncat(got, gap, sizeof got - strlen(got) - 1);
            strncat(got, t.vocab.word[t.ids[i]], sizeof got - strlen(got) - 1);
        }
    assert_string_equal(got, want);
    text_release(&t);
}

static void test_text__words(void **state)
{
    (void)state;
    check_words("Ali, goes to School.", "ali goes to school");
    check_words("علی به مدرسه می‌رود.", "علی به مدرسه می‌رود");
    check_words("‌می‌‌رود‌ ‌", "می‌رود"); /* ZWNJ at an end or twice */
    check_words("don't 'quoted' rock'n'roll", "don't quoted rock'n'roll");
    check_words("كتاب علي", "کتاب علی");      /* Arabic kaf and yeh */
    check_words("کـــتاب خانهٔ", "کتاب خانهٔ"); /* kashida goes, the ezafe stays */
    check_words("a\xE2\x80\x8E"
                "b (c)«d»e-f؟",
                "ab c d e f");
    check_words("a b\r\nc\n\n \n...\nd", "a b|c|d");
    check_words("x\xFFy \xC3", "x\xEF\xBF\xBDy \xEF\xBF\xBD");
    char *word = text_word("«Tehran»");
    assert_string_equal(word, "tehran");
    free(word);
}

static void test_text__counts_and_rare_words(void **state)
{
    (void)state;
    struct text t = parsed("b a c\na b a\nd\n\xFF z", 1);
    assert_int_equal(t.words, 9);
    assert_int_equal(t.kinds, 6);
    assert_int_equal(t.bad_bytes, 1);
    assert_int_equal(vocab_tokens(&t.vocab), 9);
    const char *order[] = {"a", "b", "c", "d", "\xEF\xBF\xBD", "z"}; /* 3 2 1 1 1 1 */
    for (int i = 0; i < 6; i++)
        assert_string_equal(t.vocab.word[i], order[i]);
    assert_int_equal(t.vocab.count[0], 3);
    assert_int_equal(t.sentences, 4);
    text_release(&t);
    t = parsed("b a c\na b a\nd", 2);
    assert_int_equal(t.vocab.n, 2);
    assert_int_equal(t.n, 5);
    assert_int_equal(t.sentences, 2); /* of the third nothing is left */
    assert_int_equal(t.from[1], 2);
    assert_int_equal(t.from[2], 5);
    int32_t id;
    struct err e = ERR_INIT;
    assert_true(vocab_find(&t.vocab, "B!", &id, &e));
    assert_int_equal(id, 1);
    assert_false(vocab_find(&t.vocab, "d", &id, &e));
    text_release(&t);
}

static void test_text__nothing(void **state)
{
    (void)state;
    struct text t;
    struct err e = ERR_INIT;
    assert_false(text_parse("", 0, "it", 1, &t, &e));
    assert_string_equal(e.msg, "it holds no words");
    err_clear(&e);
    assert_false(text_parse(" . ", 3, "it", 1, &t, &e));
    err_clear(&e);
    assert_false(text_parse("a b", 3, "it", 2, &t, &e));
    assert_string_equal(e.msg, "no word of it comes at least 2 times");
}

/* Ten words, window 2: 2 + 3 + 6 x 4 + 3 + 2 = 34 pairs; with 5 negatives each 34 x 6 = 204. */
static void test_pairs__ten_words(void **state)
{
    (void)state;
    static const int sums[] = {2, 3, 4, 4, 4, 4, 4, 4, 3, 2};
    for (int64_t i = 0; i < 10; i++)
        assert_int_equal(pairs_before(i, 2) + pairs_after(i, 10, 2), sums[i]);
    assert_int_equal(pairs_count(10, 2), 34);
    assert_int_equal(pairs_count(10, 2) * (5 + 1), 204);
}

static void test_pairs__against_counting(void **state)
{
    (void)state;
    for (int64_t n = 0; n < 25; n++)
        for (int64_t w = 1; w < 30; w++) {
            int64_t pairs = 0;
            for (int64_t i = 0; i < n; i++)
                for (int64_t j = 0; j < n; j++)
                    pairs += i != j && (i > j ? i - j : j - i) <= w;
            assert_int_equal(pairs_count(n, w), pairs);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__words),
        cmocka_unit_test(test_text__counts_and_rare_words),
        cmocka_unit_test(test_text__nothing),
        cmocka_unit_test(test_pairs__ten_words),
        cmocka_unit_test(test_pairs__against_counting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
