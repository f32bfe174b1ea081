/* Questions: what counts as right, why an answer is wrong, points, languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "session/session.h"

static int setup(void **state)
{
    *state = session_new();
    return 0;
}

static int teardown(void **state)
{
    session_free(*state);
    return 0;
}

/* Asks `q` alone and judges the answer; *say is what the user is told. */
static enum verdict judge(struct session *s, const struct question *q, const char *text,
                          char say[300])
{
    struct str told = STR_INIT;
    questions_begin(s, "test");
    struct question *mine = questions_add(s, q->kind);
    *mine = *q;
    mine->points = 3;
    enum verdict v = questions_answer(s, text, &told);
    snprintf(say, 300, "%s", told.s);
    str_release(&told);
    return v;
}

static void test_question__number(void **state)
{
    char say[300];
    /* one attention of width 1024 with 4 heads of 192: 4 matrices of 1024 x 768 */
    struct question q = {.kind = QUESTION_NUMBER, .number = 3145728};
    assert_int_equal(judge(*state, &q, "3,145,728", say), ANSWER_RIGHT);
    assert_int_equal(judge(*state, &q, "4 x 1024 x 768", say), ANSWER_RIGHT);
    assert_int_equal(judge(*state, &q, "3 x 1024 x 768", say), ANSWER_WRONG);
    assert_string_equal(say, "2,359,296 is too small");
    assert_int_equal(judge(*state, &q, "786432", say), ANSWER_WRONG);
    assert_string_equal(say, "786,432 is too small, by a factor of 4");
    assert_int_equal(judge(*state, &q, "many", say), ANSWER_UNREADABLE);
    q.number = 0.5;
    assert_int_equal(judge(*state, &q, "0.52", say), ANSWER_WRONG);
    q.tolerance = 0.02;
    assert_int_equal(judge(*state, &q, "0.52", say), ANSWER_RIGHT);
}

static void test_question__shape(void **state)
{
    char say[300];
    struct question q = {.kind = QUESTION_SHAPE,
                         .naxes = 3,
                         .axes = {{32, "B", "sentences in the batch"},
                                  {2048, "S", "source length"},
                                  {1024, "D", NULL}}};
    static const char *const right[] = {"[32, 2048, 1024]", "32x2048x1024",
                                        "32 × 2048 × 1024", "B=32, S=2048, D=1024",
                                        "(۳۲، ۲۰۴۸، ۱۰۲۴)", "32 2048 1024"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        if (judge(*state, &q, right[i], say) != ANSWER_RIGHT)
            fail_msg("'%s' is right, but: %s", right[i], say);
    assert_int_equal(judge(*state, &q, "[32, 1024, 2048]", say), ANSWER_WRONG);
    assert_string_equal(say, "the sizes are right, their order is not: axis 2, S (source length), "
                             "is not 1024");
    assert_int_equal(judge(*state, &q, "[2048, 1024]", say), ANSWER_WRONG);
    assert_string_equal(say, "it has 3 axes, not 2: [B, S, D]");
    static const char *const no_shape[] = {
        "", "many", "[]", "[32, -1, 4]", "1x2x3x4x5x6x7x8x9", "[99999999999999999999]"};
    for (size_t i = 0; i < sizeof no_shape / sizeof *no_shape; i++)
        assert_int_equal(judge(*state, &q, no_shape[i], say), ANSWER_UNREADABLE);
    q.axes[0].size = 1; /* a batch of one may be left out */
    assert_int_equal(judge(*state, &q, "[2048, 1024]", say), ANSWER_RIGHT);
}

static void test_question__words(void **state)
{
    char say[300];
    static const char *words[] = {"▁علی", "softmax"};
    static const char *options[] = {"key", "query", "query of the next layer"};
    struct question q = {.kind = QUESTION_TOKEN, .words = words, .nwords = 1, .id = 1004};
    assert_int_equal(judge(*state, &q, "علي", say), ANSWER_RIGHT);
    assert_int_equal(judge(*state, &q, "1004", say), ANSWER_RIGHT);
    assert_int_equal(judge(*state, &q, "به", say), ANSWER_WRONG);
    q = (struct question){.kind = QUESTION_WORD, .words = words, .nwords = 2};
    assert_int_equal(judge(*state, &q, "SoftMax", say), ANSWER_RIGHT);
    assert_int_equal(judge(*state, &q, "max", say), ANSWER_WRONG);
    q = (struct question){.kind = QUESTION_CHOICE, .options = options, .noptions = 3, .right = 1};
    assert_int_equal(judge(*state, &q, "2", say), ANSWER_RIGHT);
    assert_int_equal(judge(*state, &q, "QUERY", say), ANSWER_RIGHT);
    assert_int_equal(judge(*state, &q, "k", say), ANSWER_WRONG);
    assert_int_equal(judge(*state, &q, "4", say), ANSWER_UNREADABLE);
    assert_int_equal(judge(*state, &q, "q", say), ANSWER_UNREADABLE);
}

static void test_question__points(void **state)
{
    struct session *s = *state;
    struct str say = STR_INIT;
    int earned, most;
    questions_begin(s, "test");
    for (int i = 0; i < 3; i++) {
        struct question *q = questions_add(s, QUESTION_NUMBER);
        q->number = i;
        q->hint = questions_copy(s, "count");
    }
    assert_int_equal(questions_answer(s, "0", &say), ANSWER_RIGHT);
    assert_string_equal(questions_hint(s), "count");
    for (int i = 0; i < 5; i++)
        assert_int_equal(questions_answer(s, "7", &say), ANSWER_WRONG);
    assert_int_equal(questions_answer(s, "1", &say), ANSWER_RIGHT);
    str_clear(&say);
    questions_give_up(s, &say);
    assert_string_equal(say.s, "2");
    assert_null(questions_now(s));
    questions_points(s, &earned, &most);
    assert_int_equal(earned, 3 + 1 + 0); /* at once; the least; given up */
    assert_int_equal(most, 9);
    str_release(&say);
}

static void test_question__persian(void **state)
{
    struct session *s = *state;
    struct err e = ERR_INIT;
    char say[300];
    struct question q = {.kind = QUESTION_NUMBER, .number = 4};
    assert_true(settings_set(&s->settings, "lang", "fa", &e));
    assert_int_equal(judge(s, &q, "2", say), ANSWER_WRONG);
    assert_non_null(strstr(say, "کوچک"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_question__number, setup, teardown),
        cmocka_unit_test_setup_teardown(test_question__shape, setup, teardown),
        cmocka_unit_test_setup_teardown(test_question__words, setup, teardown),
        cmocka_unit_test_setup_teardown(test_question__points, setup, teardown),
        cmocka_unit_test_setup_teardown(test_question__persian, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
